/* Windows and probes of TCP. Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* TRUE where the segment is a keep-alive or window probe that brings no new byte; that has been told then. To be asked
 * first. */
gboolean lec_tcp_window_probed (LecAnalyzer *analyzer, const LecFrameAt *at);
/* The window that the segment tells. To be asked last. */
void lec_tcp_window_told (LecAnalyzer *analyzer, const LecFrameAt *at);
/* Payload was sent into the other side's window. */
void lec_tcp_window_used (LecAnalyzer *analyzer, const LecFrameAt *at);

G_END_DECLS
