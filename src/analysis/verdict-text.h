/* Verdicts in words. One place words them; list, pane, command line and filter ask. */
#pragma once

#include "analysis/verdict-kinds.h"

G_BEGIN_DECLS

/* One translated sentence or two for whoever learns: "Retransmission of frame 12: the same 1,448 bytes again, 310 ms
 * later; no duplicate ACKs came before, so the sender's timer ran out. Frame 12 was lost after this capture point."
 * What cannot be decided, or not yet, is said to be. Free with g_free(). From any thread. */
char *lec_verdict_dup_sentence (const LecIndex *index, const LecVerdict *verdict);
/* A clause for the end of a summary line: "retransmission of 12 (timeout)", "no answer to 3 SYNs over 9.0 s, gave up".
 * Free with g_free(). From any thread. */
char *lec_verdict_dup_clause (const LecIndex *index, const LecVerdict *verdict);

G_END_DECLS
