/* Segments that were damaged on the way here: their receiver finds the checksum wrong, drops them and says nothing (RFC
 * 9293 §3.10.7.4, RFC 1122 §4.2.2.7). Index pass only. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* AT brings bytes once more that were in FRAME. */
G_GNUC_NO_INLINE void lec_tcp_damage_repeated (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t frame);

G_END_DECLS
