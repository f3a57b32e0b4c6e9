/* Why a verdict is what it is: its reasons, one by one, each with the frame that shows it. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

/* No verdict has more; the difference from Wireshark's rules is counted in. */
#define LEC_WHY_REASONS 24u

typedef struct {
  char *text;     /* a translated sentence */
  uint32_t frame; /* that shows it; 0 = none but the verdict's own */
} LecReason;

/* The reasons for VERDICT, from what the segment is to what later frames told of it; at least one. Elements are
 * LecReason; free with g_ptr_array_unref(). From any thread; what later frames tell may be missing while the trace is
 * loading. */
GPtrArray *lec_verdict_why (const LecIndex *index, const LecVerdict *verdict);
/* Adds to them where Wireshark's rules, which give the verdict's frame FLAGS (LecWiresharkFlags), say something else.
 */
void lec_verdict_why_add_difference (GPtrArray *reasons, const LecIndex *index, const LecVerdict *verdict,
                                     uint32_t flags);
/* The frames of the same reasons, in the same order and without a word: cheap enough for a filter. Returns how many. */
unsigned lec_verdict_why_frames (const LecIndex *index, const LecVerdict *verdict, uint32_t frames[LEC_WHY_REASONS]);

G_END_DECLS
