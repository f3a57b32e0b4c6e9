/* Resets and what they mean. Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* A RST that is no copy: says whether it refuses, aborts, answers something unknown, comes late or is suspicious, and
 * ends the connection where the receiver has to take it. */
void lec_tcp_reset_seen (LecAnalyzer *analyzer, const LecFrameAt *at);

G_END_DECLS
