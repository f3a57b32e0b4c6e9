/* Points in time and spans of it, as the list shows them. */
#pragma once

#include "session/rows.h"

G_BEGIN_DECLS

/* Seconds with six decimals, in groups: "1.204 118". */
void lec_append_seconds (GString *text, int64_t span_ns);
/* The time of a row at TIME_NS, in FORMAT. START_NS is the trace's first frame's, PREVIOUS_NS the row's above. */
void lec_append_time (GString *text, LecTimeFormat format, int64_t time_ns, int64_t start_ns, int64_t previous_ns);

G_END_DECLS
