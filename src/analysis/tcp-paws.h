/* Segments with timestamps so old that their receiver drops them: protection against wrapped sequences (RFC 7323 §5).
 * Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* The receiver says again what it said, and nothing is missing there: it may have dropped what came next. AT is that
 * acknowledgment's. */
void lec_tcp_paws_asked_again (LecAnalyzer *analyzer, const LecFrameAt *at, const LecTcpSide *sender);
/* Nobody answered the SYN of a port that was used before. */
void lec_tcp_paws_unanswered (LecAnalyzer *analyzer, const LecConversation *conversation, unsigned side);
/* TRUE where so many ticks of a timestamp clock are more than packets overtake each other by. */
static inline bool
lec_tcp_paws_is_old (uint32_t earlier, uint32_t later)
{
  /* Clocks tick once to a thousand times a second (RFC 7323 §5.4): that is 2 s at least. */
  return lec_sequence_distance (earlier, later) >= 2000;
}

G_END_DECLS
