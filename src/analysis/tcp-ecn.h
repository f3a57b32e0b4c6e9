/* Explicit congestion notification (RFC 3168): routers that mark instead of dropping, the receiver that reports it, and
 * the sender that answers. Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* Rare, and so all that other frames pay for: the two in one test. */
static inline bool
lec_tcp_ecn_is_marked (const LecHead *head)
{
  return ((head->flags & LEC_HEAD_CONGESTION) | (head->tcp_flags & (LEC_TCP_ECE | LEC_TCP_CWR))) != 0;
}

/* A marked segment; BEFORE is its side's last frame before it. Of several in a row the first is told. */
void lec_tcp_ecn_seen (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t before);

G_END_DECLS
