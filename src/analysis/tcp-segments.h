/* Segments that occupy sequence space, as they come; and the acknowledgments of them. Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* Takes in a segment of LENGTH in sequence space, SYN and FIN included, and says what it is. FALSE where it is a packet
 * that was seen already, once more: then nothing else shall be made of it. */
gboolean lec_tcp_segments_seen (LecAnalyzer *analyzer, const LecFrameAt *at, LecTcpFlow *flow, uint32_t length);
/* The same for one that occupies none, and for what any segment acknowledges. */
void lec_tcp_acknowledgment_seen (LecAnalyzer *analyzer, const LecFrameAt *at, LecTcpFlow *flow);
/* The trace is over: what was pending is judged. */
void lec_tcp_segments_finish (LecAnalyzer *analyzer, LecTcpFlow *flow);

G_END_DECLS
