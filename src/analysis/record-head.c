#include "analysis/record-head.h"

#include "protocol/dissection.h"
#include "protocol/fast-head.h"
#include "protocol/null-sink.h"

static void
dissect_slowly (const LecRecord *record, const LecInterface *interface, LecHead *head)
{
  LecDissection dissection = { 0 };
  LecSink sink;

  lec_null_sink_init (&sink, TRUE);
  dissection.sink = &sink;
  dissection.captured_bytes = record->captured_bytes;
  dissection.original_bytes = record->original_bytes;
  dissection.link_type = record->link_type;
  dissection.fcs_bytes = interface ? interface->fcs_bytes : 0;
  dissection.outbound = record->outbound;
  lec_dissect_frame_bytes (&dissection, record->bytes);
  *head = dissection.head;
  lec_dissection_clear (&dissection);
}

void
lec_record_head (const LecRecord *record, const LecInterface *interface, LecHead *head)
{
  if (!lec_fast_head (record, interface ? interface->fcs_bytes : 0, head))
    dissect_slowly (record, interface, head);
}
