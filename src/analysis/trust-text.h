/* What is to be thought of a trace's capture, in words: window and command line ask here. */
#pragma once

#include "analysis/trust.h"

G_BEGIN_DECLS

/* The word of JSON: "clock-backwards". */
const char *lec_trust_kind_name (LecTrustKind kind);
/* Translated: "12 of 40 frames are cut short: …". NULL where there is nothing to say. Free with g_free(). */
char *lec_trust_dup_sentence (const LecTrust *trust, LecTrustKind kind);
/* The filter that shows what it is about, or with *HIDES (which may be NULL) what is to be hidden; NULL = none. Static.
 */
const char *lec_trust_filter (const LecTrust *trust, LecTrustKind kind, gboolean *hides);

/* "fit", "care", "hardly". */
const char *lec_fitness_name (LecFitness fitness);
/* Translated: "Fit to judge". */
const char *lec_fitness_label (LecFitness fitness);

/* Translated: "at the client", for the middle of a line. NULL where it is not known. */
const char *lec_capture_point_label (const LecCapturePoint *point);
/* Translated: "Captured at the client 192.0.2.1: it answers within 0.1 ms, the server within 30 ms." NULL where it is
 * not known. Free with g_free(). */
char *lec_capture_point_dup_sentence (const LecCapturePoint *point);

G_END_DECLS
