#include "protocol/null-sink.h"

#include "protocol/dissection.h"

static gboolean
is_below_applications (LecSink *sink, const LecProtocol *protocol)
{
  return protocol->id <= LEC_PROTOCOL_TCP;
}

void
lec_null_sink_init (LecSink *sink, gboolean head_only)
{
  *sink = (LecSink){ .wants_protocol = head_only ? is_below_applications : NULL };
}
