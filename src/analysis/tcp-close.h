/* How the ends of a TCP connection say that they have no more to send. Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

void lec_tcp_fin_seen (LecAnalyzer *analyzer, const LecFrameAt *at);
/* Payload came although the other side has said FIN. */
void lec_tcp_data_after_fin (LecAnalyzer *analyzer, const LecFrameAt *at);
/* The trace is over. */
void lec_tcp_close_finish (LecAnalyzer *analyzer, uint32_t conversation, const LecTcpFlow *flow);

G_END_DECLS
