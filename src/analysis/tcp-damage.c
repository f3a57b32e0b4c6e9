#include "analysis/tcp-damage.h"

#include "analysis/segment-head.h"
#include "protocol/ip-checksum.h"

#define IPV4_HEADER_BYTES 20u
#define IPV6_HEADER_BYTES 40u

/* The TCP header of a segment that follows a plain IP header, NULL where there is more between them. */
static const uint8_t *
tcp_header_in (const LecHead *head)
{
  gboolean is_ipv6 = (head->flags & LEC_HEAD_IPV6) != 0;
  const uint8_t *ip = head->source - (is_ipv6 ? 8 : 12);
  const uint8_t *tcp = ip + (is_ipv6 ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES);
  const uint32_t blocking = LEC_HEAD_FRAGMENT | LEC_HEAD_CUT | LEC_HEAD_MALFORMED;

  if (head->flags & blocking || tcp + 20 > head->payload || tcp + (tcp[12] >> 4) * 4 != head->payload)
    return NULL;
  return tcp;
}

static LecChecksumStatus
judge (const LecRecord *record, const LecHead *head, uint16_t *stored, uint16_t *expected)
{
  const uint8_t *tcp = tcp_header_in (head);
  unsigned address_bytes = lec_head_address_bytes (head);
  LecChecksumReason reason;

  if (!tcp)
    return LEC_CHECKSUM_UNVERIFIED;
  uint32_t header_bytes = (uint32_t) (head->payload - tcp);
  LecReader reader = lec_reader (tcp, header_bytes + head->payload_captured, header_bytes + head->payload_bytes, 0);
  LecDissection dissection = { .has_pseudo_header = TRUE,
                               .pseudo_header_sum = lec_checksum_add (0, head->source, 2 * address_bytes),
                               .outbound = record->outbound };
  *stored = (uint16_t) (tcp[16] << 8 | tcp[17]);
  return lec_checksum_judge (&dissection, &reader, head->ip_protocol, *stored, expected, &reason);
}

/* Only segments that are repeated are looked at, and only when they are: to read all bytes of all frames would cost the
 * index pass more than all the rest of it, and a damaged segment is always repeated, since its receiver drops it. What
 * UDP carries nobody repeats for that reason. That the repeat is right tells damage from a capture on the sending
 * machine, before its network card fills checksums in: there both are wrong. */
void
lec_tcp_damage_repeated (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t frame)
{
  LecIndex *index = analyzer->index;
  g_auto (LecSegmentHead) segment = { 0 };
  uint16_t stored = 0, expected = 0, unused;

  /* The repeat first: it is at hand, and where checksums are filled in by the network card it spares reading the other.
   */
  if (lec_index_state (index, frame) & LEC_FRAME_CUT || at->record->captured_bytes < at->record->original_bytes ||
      lec_index_find_verdict (index, frame, LEC_VERDICT_CHECKSUM_WRONG) ||
      judge (at->record, at->head, &unused, &unused) != LEC_CHECKSUM_GOOD ||
      !lec_segment_head_read (&segment, index, analyzer->cache, frame) ||
      judge (&segment.record, &segment.head, &stored, &expected) != LEC_CHECKSUM_BAD)
    return;
  lec_index_add_verdict (index, &(LecVerdict){ .frame = frame,
                                               .of = at->frame,
                                               .kind = LEC_VERDICT_CHECKSUM_WRONG,
                                               .side = (uint8_t) at->side,
                                               .count = (uint32_t) stored << 16 | expected });
}
