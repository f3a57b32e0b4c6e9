#include "analysis/tcp-close.h"

#include "base/publish.h"

/* A program mostly closes at once; after this time of silence it has forgotten. */
#define SURELY_FORGOTTEN_NS 10000000000ll
/* Sooner than this nothing is amiss. */
#define LEAST_WAIT_NS 1000000000ll

/* The frame with which a side said FIN first, 0 where it is not remembered. */
static uint32_t
fin_frame (const LecTcpSide *side)
{
  const LecSegment *segment = side->fin ? lec_segment_ring_find (&side->segments, side->fin_sequence) : NULL;

  return segment ? segment->first ? segment->first : segment->frame : 0;
}

static gboolean
acknowledges_fin (const LecHead *head, const LecTcpSide *other)
{
  return lec_sequence_distance (other->fin_sequence, head->acknowledgment) > 0;
}

/* RFC 9293 §3.6, case 3: whoever sends a FIN that does not acknowledge the other's had not heard of that. */
static void
judge_simultaneous (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  LecIndex *index = analyzer->index;
  LecConversation *conversation = lec_index_conversation (index, at->conversation);
  const LecTcpSide *other = at->receiver;
  uint32_t of = fin_frame (other);

  if (!of || acknowledges_fin (at->head, other))
    return;
  LEC_SET (conversation->traits, LEC_GET (conversation->traits) | LEC_TRAIT_SIMULTANEOUS_CLOSE);
  lec_index_add_verdict (
      index, &(LecVerdict){ .frame = at->frame,
                            .of = of,
                            .kind = LEC_VERDICT_SIMULTANEOUS_CLOSE,
                            .side = (uint8_t) at->side,
                            .span_ns = lec_index_time_ns (index, at->frame) - lec_index_time_ns (index, of) });
}

void
lec_tcp_fin_seen (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  LecConversation *conversation = at->row;
  LecTcpSide *sender = at->sender;
  gboolean other_said = at->receiver->fin;

  if (sender->fin)
    return;
  sender->fin = TRUE;
  sender->fin_sequence = at->head->sequence + at->head->payload_bytes;
  if (other_said)
    judge_simultaneous (analyzer, at);
  if (LEC_GET (conversation->ending) == LEC_ENDING_RESET)
    return;
  LEC_SET (conversation->ending, other_said ? LEC_ENDING_CLOSED : LEC_ENDING_HALF_CLOSED);
  if (!other_said)
    LEC_SET (conversation->ending_side, (uint8_t) at->side);
}

static void
tell_half_closed (LecAnalyzer *analyzer, unsigned side, uint32_t frame, uint32_t of, int64_t span_ns,
                  LecConfidence confidence)
{
  lec_index_add_verdict (analyzer->index, &(LecVerdict){ .frame = frame,
                                                         .of = of,
                                                         .kind = LEC_VERDICT_HALF_CLOSED,
                                                         .confidence = (uint8_t) confidence,
                                                         .side = (uint8_t) side,
                                                         .span_ns = span_ns });
}

/* Only who had heard of the FIN goes on by intent; else its bytes were on their way. */
void
lec_tcp_data_after_fin (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  LecIndex *index = analyzer->index;
  LecTcpSide *other = at->receiver;

  if (at->sender->fin || !acknowledges_fin (at->head, other) || lec_tcp_side_trouble (other)->half_closed)
    return;
  other->trouble->half_closed = true;
  uint32_t frame = fin_frame (other);
  if (frame)
    tell_half_closed (analyzer, !at->side, frame, at->frame,
                      lec_index_time_ns (index, at->frame) - lec_index_time_ns (index, frame), LEC_CONFIDENCE_CERTAIN);
}

void
lec_tcp_close_finish (LecAnalyzer *analyzer, uint32_t conversation, const LecTcpFlow *flow)
{
  const LecIndex *index = analyzer->index;
  const LecConversation *row = lec_index_conversation (index, conversation);
  unsigned side = LEC_GET (row->ending_side);

  if (LEC_GET (row->ending) != LEC_ENDING_HALF_CLOSED || !LEC_GET (row->n_frames[!side]) ||
      (flow->side[side].trouble && flow->side[side].trouble->half_closed))
    return;
  uint32_t frame = fin_frame (&flow->side[side]);
  int64_t span_ns = frame ? LEC_GET (index->last_time_ns) - lec_index_time_ns (index, frame) : 0;
  if (span_ns < LEAST_WAIT_NS || lec_analyzer_ends_with (analyzer, conversation, frame))
    return;
  tell_half_closed (analyzer, side, frame, 0, span_ns,
                    span_ns > SURELY_FORGOTTEN_NS ? LEC_CONFIDENCE_CERTAIN : LEC_CONFIDENCE_LIKELY);
}
