/* Kinds of verdicts and what belongs to each: its word, its label, how bad it is, what it means; and the words for what
 * a verdict rests on. One table: whoever adds a kind adds its row there. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

typedef enum {
  LEC_SEVERITY_NOTE,    /* how TCP works; good to know when something else is wrong */
  LEC_SEVERITY_WARNING, /* it cost time, or hides something */
  LEC_SEVERITY_ERROR,   /* something did not happen that was meant to */
} LecSeverity;

/* "note", "warning", "error", translated. */
const char *lec_severity_label (LecSeverity severity);

/* The word of the command line's JSON and of lectern.verdict: "retransmission". */
const char *lec_verdict_kind_name (LecVerdictKind kind);
/* A short translated name for people: "Retransmission". */
const char *lec_verdict_kind_label (LecVerdictKind kind);
/* A translated sentence or two on what such a verdict means, whichever frame it is about. */
const char *lec_verdict_kind_explanation (LecVerdictKind kind);
/* What is more than a note is a problem; there is no other definition of that. */
LecSeverity lec_verdict_kind_severity (LecVerdictKind kind);
/* How bad it is, finer: where several verdicts concern a row, the heaviest is shown. No note is as heavy as a problem.
 */
unsigned lec_verdict_kind_weight (LecVerdictKind kind);

/* "certain", and translated. */
const char *lec_confidence_name (LecConfidence confidence);
const char *lec_confidence_label (LecConfidence confidence);
/* The word of the command line's JSON: "fast", "timeout". */
const char *lec_cause_name (LecCause cause);
/* The word of the command line's JSON: "half-open". */
const char *lec_reset_reason_name (LecResetReason reason);
/* One bit of it: "fills-hole". */
const char *lec_evidence_name (LecEvidence evidence);

G_END_DECLS
