/* Segments that occupy sequence space, as they come; and the acknowledgments of them. Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* Takes in a segment of LENGTH in sequence space, SYN and FIN included, and says what it is. FALSE where it is a packet
 * that was seen already, once more: then nothing else shall be made of it. */
gboolean lec_tcp_segments_seen (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t length);
/* One that occupies none stands behind all that its sender has sent (SEG.SEQ = SND.NXT, RFC 9293 §3.10.7.4): what it
 * passes over, within the receiver's window, was sent before it and has not come here. */
void lec_tcp_empty_segment_seen (LecAnalyzer *analyzer, const LecFrameAt *at);
/* What any segment acknowledges. */
void lec_tcp_acknowledgment_seen (LecAnalyzer *analyzer, const LecFrameAt *at);
/* The trace is over: what was pending is judged. */
void lec_tcp_segments_finish (LecAnalyzer *analyzer, LecTcpFlow *flow);

G_END_DECLS
