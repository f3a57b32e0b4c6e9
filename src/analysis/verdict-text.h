/* Verdicts, conversations and operations in words. One place decides them; list, pane, command line and filter ask. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

/* The word of the command line's JSON and of lectern.verdict: "retransmission". */
const char *lec_verdict_kind_name (LecVerdictKind kind);
/* A short translated name for people: "Retransmission". */
const char *lec_verdict_kind_label (LecVerdictKind kind);
/* How bad it is: where several verdicts concern a row, the heaviest is shown. */
unsigned lec_verdict_kind_weight (LecVerdictKind kind);
/* The translated sentence: "Retransmission of frame 12: the same 0 bytes again, 3.00 s later." Free with g_free(). */
char *lec_verdict_dup_sentence (const LecIndex *index, const LecVerdict *verdict);
/* A clause for the end of a summary line: "retransmission of 12", "no answer to 3 SYNs over 9.0 s, gave up". */
char *lec_verdict_dup_clause (const LecIndex *index, const LecVerdict *verdict);
/* "9.0 s", "20 ms", "0.4 ms": as exact as a person needs it. */
void lec_append_duration (GString *text, int64_t span_ns);
const char *lec_confidence_name (LecConfidence confidence);
/* The word of the command line's JSON: "fast", "timeout". */
const char *lec_cause_name (LecCause cause);
/* One bit of it: "fills-hole". */
const char *lec_evidence_name (LecEvidence evidence);
const char *lec_handshake_name (LecHandshake handshake);
/* "refused", "no answer to 3 SYNs over 9.0 s, gave up", "closed by both", "aborted by the client after 146 frames". */
char *lec_conversation_dup_outcome (const LecIndex *index, uint32_t conversation);
/* "192.0.2.1:80", "[2001:db8::1]:80". */
char *lec_conversation_dup_endpoint (const LecIndex *index, uint32_t conversation, unsigned side);

G_END_DECLS
