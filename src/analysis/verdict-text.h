/* Verdicts in words. One place words them; list, pane, command line and filter ask. */
#pragma once

#include "analysis/verdict-kinds.h"

G_BEGIN_DECLS

/* The translated sentence: "Retransmission of frame 12: the same 0 bytes again, 3.00 s later." Free with g_free(). */
char *lec_verdict_dup_sentence (const LecIndex *index, const LecVerdict *verdict);
/* A clause for the end of a summary line: "retransmission of 12", "no answer to 3 SYNs over 9.0 s, gave up". */
char *lec_verdict_dup_clause (const LecIndex *index, const LecVerdict *verdict);

G_END_DECLS
