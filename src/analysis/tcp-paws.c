#include "analysis/tcp-paws.h"

#include "base/publish.h"

/* How long an end remembers a connection that it has closed (RFC 9293 §3.6.1: twice the longest life of a segment). */
#define TIME_WAIT_NS (240 * 1000000000ll)

static void
tell (LecAnalyzer *analyzer, uint32_t frame, unsigned side, uint32_t of, uint32_t ticks, uint32_t proof)
{
  LecIndex *index = analyzer->index;

  if (lec_index_find_verdict (index, frame, LEC_VERDICT_OLD_TIMESTAMP))
    return;
  lec_index_add_verdict (index, &(LecVerdict){ .frame = frame,
                                               .of = of,
                                               .proof = proof,
                                               .kind = LEC_VERDICT_OLD_TIMESTAMP,
                                               .side = (uint8_t) side,
                                               .count = ticks,
                                               .evidence = LEC_EVIDENCE_TIMESTAMP_EARLIER });
}

/* The segment before SEGMENT that carried TIMESTAMP: the receiver echoes it, so that it took that one last. */
static uint32_t
frame_of_timestamp (const LecSegmentRing *ring, const LecSegment *segment, uint32_t timestamp)
{
  for (uint32_t i = ring->count; i-- > 0;) {
    const LecSegment *other = lec_segment_ring_at (ring, i);
    if (other->frame < segment->frame && other->has_timestamp && other->timestamp == timestamp)
      return other->frame;
  }
  return 0;
}

/* A receiver echoes the timestamp of what it took last in order, and answers an older one with its last acknowledgment
 * (RFC 7323 §4.3, §5.3 R1). */
void
lec_tcp_paws_asked_again (LecAnalyzer *analyzer, const LecFrameAt *at, const LecTcpSide *sender)
{
  const LecHead *head = at->head;
  const LecSegment *next = lec_segment_ring_find (&sender->segments, head->acknowledgment);

  if (!(head->flags & LEC_HEAD_TIMESTAMP) || !next || !next->has_timestamp ||
      !lec_tcp_paws_is_old (next->timestamp, head->timestamp_echo))
    return;
  tell (analyzer, next->frame, !at->side, frame_of_timestamp (&sender->segments, next, head->timestamp_echo),
        head->timestamp_echo - next->timestamp, at->frame);
}

/* What SIDE of CONVERSATION, which is another one of the same ends, sent last. */
static const LecSegment *
last_segment_of (LecAnalyzer *analyzer, uint32_t former, const LecConversation *conversation, unsigned side)
{
  const LecConversation *row = lec_index_conversation (analyzer->index, former);
  bool swapped = row->port[0] != conversation->port[0] ||
                 memcmp (row->address[0].bytes, conversation->address[0].bytes, sizeof row->address[0].bytes) != 0;
  const LecSegmentRing *ring = &lec_analyzer_flow (analyzer, former)->side[side ^ swapped].segments;

  return ring->count ? lec_segment_ring_at (ring, ring->count - 1) : NULL;
}

/* An end that still remembers the former connection takes a SYN only with a newer timestamp or number (RFC 6191 §2). */
void
lec_tcp_paws_unanswered (LecAnalyzer *analyzer, const LecConversation *conversation, unsigned side)
{
  LecIndex *index = analyzer->index;
  uint32_t syn = LEC_GET (conversation->syn_frame);
  const LecVerdict *reused = lec_index_find_verdict (index, syn, LEC_VERDICT_PORT_REUSED);
  const LecSegmentRing *ring =
      &lec_analyzer_flow (analyzer, lec_index_conversation_of (index, syn))->side[side].segments;

  if (!reused || !ring->count || LEC_GET (reused->span_ns) > TIME_WAIT_NS)
    return;
  const LecSegment *first = lec_segment_ring_at (ring, 0);
  const LecSegment *last =
      last_segment_of (analyzer, lec_index_conversation_of (index, LEC_GET (reused->of)), conversation, side);
  if (last && last->has_timestamp && first->has_timestamp &&
      lec_sequence_distance (first->timestamp, last->timestamp) > 0)
    tell (analyzer, syn, side, last->frame, last->timestamp - first->timestamp, 0);
}
