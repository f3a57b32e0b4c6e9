/* What a SYN did not offer and its connection lacks: window scaling (RFC 7323 §2) and a segment size (RFC 9293 §3.7.1).
 * Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* The acknowledgment AT lets a sender go on that had used up its window. */
G_GNUC_NO_INLINE void lec_tcp_limits_waited (LecAnalyzer *analyzer, const LecFrameAt *at);
/* The trace is over. */
void lec_tcp_limits_finish (LecAnalyzer *analyzer, uint32_t conversation, const LecTcpFlow *flow);

G_END_DECLS
