#include "analysis/copy.h"

#include <string.h>

#include "analysis/record-head.h"
#include "analysis/tcp-judge.h"
#include "base/publish.h"

/* How far back a copy of what is not TCP is looked for, in frames. */
#define REACH 16u

/* A packet's bytes in a frame: from the IP header to the end that it tells; what has no IP header begins with the
 * frame. */
typedef struct {
  const uint8_t *bytes;
  uint32_t captured;
  uint32_t reported;
  uint32_t link_bytes; /* before it */
} Packet;

static Packet
packet_in (const LecRecord *record, const LecHead *head)
{
  Packet packet = { record->bytes, record->captured_bytes, record->original_bytes, 0 };

  if (!(head->flags & LEC_HEAD_IP))
    return packet;
  gboolean is_ipv6 = (head->flags & LEC_HEAD_IPV6) != 0;
  packet.bytes = head->source - (is_ipv6 ? 8 : 12);
  packet.link_bytes = (uint32_t) (packet.bytes - record->bytes);
  packet.captured -= packet.link_bytes;
  packet.reported -= MIN (packet.reported, packet.link_bytes);
  const uint8_t *length = packet.bytes + (is_ipv6 ? 4 : 2);
  uint32_t told = (uint32_t) (length[0] << 8 | length[1]) + (is_ipv6 ? 40 : 0);
  if (told > (is_ipv6 ? 40u : 0u) && told < packet.reported) /* padding and check sequences belong to the link */
    packet.reported = told;
  packet.captured = MIN (packet.captured, packet.reported);
  return packet;
}

/* What routers change in an IP header (RFC 1812 §5.3.1, RFC 8200 §3; RFC 2474 §2 and RFC 3168 §5 for the second byte of
 * IPv4, which straddles two in IPv6), in the order of its bytes. */
static gboolean
is_changed_on_the_way (unsigned i, gboolean is_ipv6)
{
  return is_ipv6 ? i <= 1 || i == 7 : i == 1 || i == 8 || i == 10 || i == 11;
}

static LecCopy
compare_packets (const Packet *a, const Packet *b, gboolean is_ip, gboolean is_ipv6)
{
  uint32_t n = MIN (a->captured, b->captured);
  uint32_t changing = MIN (n, is_ip ? 12u : 0u);
  LecCopy copy = LEC_COPY_SAME;

  if (a->reported != b->reported || memcmp (a->bytes + changing, b->bytes + changing, n - changing) != 0)
    return LEC_COPY_NONE;
  for (unsigned i = 0; i < changing; i++) {
    if (a->bytes[i] == b->bytes[i])
      continue;
    if (!is_changed_on_the_way (i, is_ipv6))
      return LEC_COPY_NONE;
    copy = LEC_COPY_OTHER_WAY;
  }
  return copy;
}

LecCopy
lec_copy_compare (const LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t earlier)
{
  LecPlace place = lec_index_place (analyzer->index, earlier);
  const LecInterface *interface = lec_trace_interface (analyzer->index->trace, LEC_PLACE_INTERFACE (place));
  LecRecord record;
  LecHead head;

  if (!lec_trace_read_record (analyzer->cache, place, &record))
    return LEC_COPY_NONE;
  lec_record_head (&record, interface, &head);
  gboolean is_ip = (head.flags & LEC_HEAD_IP) != 0, is_ipv6 = (head.flags & LEC_HEAD_IPV6) != 0;
  if (((head.flags ^ at->head->flags) & (LEC_HEAD_IP | LEC_HEAD_IPV6)) || head.protocol != at->head->protocol)
    return LEC_COPY_NONE;
  Packet now = packet_in (at->record, at->head), then = packet_in (&record, &head);
  LecCopy copy = compare_packets (&now, &then, is_ip, is_ipv6);
  if (copy != LEC_COPY_SAME)
    return copy;
  gboolean same_link = LEC_PLACE_INTERFACE (place) == LEC_PLACE_INTERFACE (at->record->place) &&
                       now.link_bytes == then.link_bytes &&
                       memcmp (at->record->bytes, record.bytes, now.link_bytes) == 0;
  return same_link ? LEC_COPY_SAME : LEC_COPY_OTHER_WAY;
}

/* What the index tells of a frame without reading it. Lengths differ where one of the links has a tag more. */
static gboolean
may_be_copy (const LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t earlier)
{
  const LecIndex *index = analyzer->index;

  return lec_index_protocol (index, earlier) == at->head->protocol &&
         lec_index_tcp_flags (index, earlier) == at->head->tcp_flags &&
         lec_index_conversation_of (index, earlier) == at->conversation &&
         ((lec_index_state (index, earlier) & LEC_FRAME_SIDE) != 0) == at->side;
}

uint32_t
lec_copy_find (const LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t reach, LecCopy *copy)
{
  uint32_t end = at->frame > reach ? at->frame - reach : 1;

  for (uint32_t frame = at->frame; frame-- > end;) {
    if (!may_be_copy (analyzer, at, frame))
      continue;
    *copy = lec_copy_compare (analyzer, at, frame);
    if (*copy != LEC_COPY_NONE)
      return frame;
  }
  return 0;
}

static gboolean
is_one_packet (const LecAnalyzer *analyzer, const LecFrameAt *at, LecCopy copy, int64_t span_ns)
{
  if (copy == LEC_COPY_OTHER_WAY)
    return span_ns < LEC_COPY_LONGEST_WAY_NS;
  return analyzer->captured_twice && (at->head->ip_identification || lec_judge_at_once (span_ns));
}

gboolean
lec_copy_seen (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  LecIndex *index = analyzer->index;
  LecCopy copy = LEC_COPY_NONE;

  if (!analyzer->captured_twice && lec_trace_n_interfaces (index->trace) < 2)
    return FALSE;
  uint32_t of = lec_copy_find (analyzer, at, REACH, &copy);
  int64_t span_ns = of ? ABS (lec_index_time_ns (index, at->frame) - lec_index_time_ns (index, of)) : 0;
  if (!of || !is_one_packet (analyzer, at, copy, span_ns))
    return FALSE;
  if (at->conversation != LEC_OWNER_NONE) {
    LecConversation *conversation = lec_index_conversation (index, at->conversation);
    LEC_ADD (conversation->n_bytes[at->side], -(uint64_t) at->head->payload_bytes);
  }
  lec_index_add_verdict (
      index,
      &(LecVerdict){ .frame = at->frame,
                     .of = of,
                     .first = of,
                     .evidence = LEC_EVIDENCE_IDENTICAL | (copy == LEC_COPY_OTHER_WAY ? LEC_EVIDENCE_OTHER_HOPS : 0),
                     .kind = LEC_VERDICT_CAPTURE_DUPLICATE,
                     .confidence = copy == LEC_COPY_OTHER_WAY ? LEC_CONFIDENCE_CERTAIN : LEC_CONFIDENCE_LIKELY,
                     .side = (uint8_t) at->side,
                     .count = at->head->payload_bytes,
                     .span_ns = span_ns });
  return TRUE;
}
