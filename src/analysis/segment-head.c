#include "analysis/segment-head.h"

#include "analysis/datagram-table.h"
#include "analysis/record-head.h"
#include "protocol/fast-head.h"

static gboolean
read_datagram (LecSegmentHead *segment, const LecIndex *index, LecTraceCache *cache, uint32_t frame)
{
  uint32_t row;

  if (!lec_index_find_mark (index, frame, LEC_MARK_DATAGRAM, &row))
    return FALSE;
  const LecDatagram *datagram = &LEC_COLUMN (&index->datagrams, LecDatagram, row);
  if (atomic_load_explicit (&datagram->completed_in, memory_order_acquire) != frame)
    return FALSE;
  segment->datagram = lec_datagram_dup_bytes (index, cache, row, NULL);
  return segment->datagram &&
         lec_fast_transport (segment->datagram->data, segment->datagram->len, segment->datagram->len, &segment->head);
}

gboolean
lec_segment_head_read (LecSegmentHead *segment, const LecIndex *index, LecTraceCache *cache, uint32_t frame)
{
  lec_segment_head_clear (segment);
  if (!lec_trace_read_record (cache, lec_index_place (index, frame), &segment->record))
    return FALSE;
  const LecInterface *interface =
      lec_trace_interface (index->trace, LEC_PLACE_INTERFACE (lec_index_place (index, frame)));
  lec_record_head (&segment->record, interface, &segment->head);
  if (segment->head.flags & LEC_HEAD_FRAGMENT && !read_datagram (segment, index, cache, frame))
    return FALSE;
  return (segment->head.flags & LEC_HEAD_TRANSPORT) != 0;
}

void
lec_segment_head_clear (LecSegmentHead *segment)
{
  g_clear_pointer (&segment->datagram, g_byte_array_unref);
}
