/* The sink that wants no fields: for summaries, and for the head that the index pass keeps of a frame. */
#pragma once

#include "protocol/sink.h"

G_BEGIN_DECLS

/* HEAD_ONLY: the dissection stops before the protocols above TCP, UDP and ICMP, which say nothing about the head. */
void lec_null_sink_init (LecSink *sink, gboolean head_only);

G_END_DECLS
