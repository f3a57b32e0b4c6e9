#include "analysis/tcp-reset.h"

#include "analysis/segment-head.h"
#include "base/publish.h"

/* Paths of one host's packets differ by a router or two; a difference beyond that is another host's. */
#define FAR_HOPS 4
/* RFC 7323 §2.3. */
#define LARGEST_SHIFT 14

typedef struct {
  LecAnalyzer *analyzer;
  const LecFrameAt *at;
  LecConversation *conversation;
  LecTcpFlow *flow;
  const LecTcpSide *sender; /* of the RST */
  const LecTcpSide *receiver;
} Reset;

static gboolean
is_by_opener (const Reset *reset)
{
  return reset->flow->connecting &&
         lec_index_operation (reset->analyzer->index, reset->flow->connect_operation)->request_side == reset->at->side;
}

/* Where only a SYN is known of the conversation, the receiver takes a RST that acknowledges it, and no other (RFC 9293
 * §3.10.7.3). Windows tries again with the same sequence number, and is refused again. */
static gboolean
answers_attempt (const Reset *reset)
{
  uint8_t handshake = LEC_GET (reset->conversation->handshake);

  return (handshake == LEC_HANDSHAKE_PENDING || handshake == LEC_HANDSHAKE_REFUSED) &&
         !LEC_GET (reset->conversation->syn_ack_frame) && !is_by_opener (reset);
}

static gboolean
acknowledges_syn (const Reset *reset)
{
  uint32_t first = LEC_GET (reset->conversation->first_sequence[!reset->at->side]);
  uint32_t n_bytes = reset->at->head->acknowledgment - first;

  return reset->at->head->tcp_flags & LEC_TCP_ACK && n_bytes > 0 &&
         (!reset->receiver->known || n_bytes <= reset->receiver->next_sequence - first);
}

/* Outside what the receiver may take, as far as its window is known (RFC 9293 §3.10.7.4, RFC 5961 §3.2). A segment
 * that the sender knows nothing of is answered with its own acknowledgment's number, and that may be an old one. */
static gboolean
is_out_of_window (const Reset *reset)
{
  const LecTcpSide *receiver = reset->receiver;
  int8_t shift = LEC_GET (reset->conversation->window_shift[!reset->at->side]);
  uint32_t window = (uint32_t) receiver->window << (shift == -1 ? LARGEST_SHIFT : MAX (shift, 0));

  if (!reset->sender->acknowledged_known || !receiver->window_known)
    return FALSE;
  if (reset->sender->known && reset->at->head->sequence == reset->sender->next_sequence)
    return FALSE;
  int32_t ahead = lec_sequence_distance (reset->sender->acknowledged, reset->at->head->sequence);
  if (ahead < 0)
    return reset->at->head->tcp_flags & LEC_TCP_ACK || ahead < -(int32_t) G_MAXUINT16;
  return (uint32_t) ahead > MAX (window, 1);
}

/* From another distance than the side's other packets. Of one that sent no more than a SYN nothing is known: scanners
 * make theirs by hand. */
static gboolean
is_from_elsewhere (const Reset *reset)
{
  uint32_t frame = lec_tcp_side_last_frame (reset->sender);
  LecSegmentHead other = { 0 };

  if (!frame || lec_index_tcp_flags (reset->analyzer->index, frame) & LEC_TCP_SYN)
    return FALSE;
  gboolean elsewhere = lec_segment_head_read (&other, reset->analyzer->index, reset->analyzer->cache, frame) &&
                       ABS (reset->at->head->ttl - other.head.ttl) >= FAR_HOPS;
  lec_segment_head_clear (&other);
  return elsewhere;
}

/* A closed end answers a segment with a RST that has no ACK bit and begins where that one's acknowledgment ends (RFC
 * 9293 §3.5.2, §3.10.7.1). */
static gboolean
answers_unknown (const Reset *reset)
{
  return !(reset->at->head->tcp_flags & LEC_TCP_ACK) && reset->sender->acknowledged_known &&
         lec_sequence_distance (reset->sender->acknowledged, reset->at->head->sequence) <= 0;
}

static int64_t
since (const Reset *reset, uint32_t frame)
{
  return lec_index_time_ns (reset->analyzer->index, reset->at->frame) -
         lec_index_time_ns (reset->analyzer->index, frame);
}

/* The receiver's last frame before FRAME, of those that are remembered; 0 = none. */
static uint32_t
frame_before (const Reset *reset, uint32_t frame)
{
  const LecSegmentRing *ring = &reset->receiver->segments;
  uint32_t bare = reset->receiver->last_bare < frame ? reset->receiver->last_bare : 0;

  for (uint32_t i = ring->count; i-- > 0;) {
    uint32_t other = lec_segment_ring_at (ring, i)->frame;
    if (other < frame)
      return MAX (other, bare);
  }
  return bare;
}

/* The segment that is answered: the latest that is a round trip to the RST's sender old, 0 where another one came close
 * before it or none is known. */
static uint32_t
answered_segment (const Reset *reset)
{
  uint32_t spoke = MAX (lec_tcp_side_last_frame (reset->sender), LEC_GET (reset->conversation->reset_frame));
  int64_t way_ns = reset->sender->round_trip_us * INT64_C (1000);
  uint32_t found = frame_before (reset, reset->at->frame);

  while (found > spoke && since (reset, found) < way_ns / 10 * 7)
    found = frame_before (reset, found);
  uint32_t before = frame_before (reset, found);
  if (found <= spoke || (before > spoke && since (reset, before) - since (reset, found) <= way_ns / 2))
    return 0;
  return found;
}

static LecResetReason
reason_of (const Reset *reset, uint32_t *evidence)
{
  if (answers_attempt (reset))
    *evidence |= acknowledges_syn (reset) ? 0 : LEC_EVIDENCE_OUT_OF_WINDOW;
  else if (is_out_of_window (reset))
    *evidence |= LEC_EVIDENCE_OUT_OF_WINDOW;
  else if (is_from_elsewhere (reset))
    *evidence |= LEC_EVIDENCE_OTHER_HOPS;
  if (*evidence)
    return LEC_RESET_SUSPICIOUS;
  if (answers_attempt (reset))
    return LEC_RESET_REFUSED;
  if (reset->sender->fin)
    return LEC_RESET_AFTER_CLOSE;
  return answers_unknown (reset) ? LEC_RESET_HALF_OPEN : LEC_RESET_ABORTED;
}

static void
tell (const Reset *reset, LecResetReason reason, uint32_t evidence)
{
  const LecConversation *conversation = reset->conversation;
  LecIndex *index = reset->analyzer->index;
  uint32_t syn_frame = LEC_GET (conversation->syn_frame);
  LecVerdict verdict = { .frame = reset->at->frame,
                         .kind = LEC_VERDICT_RESET,
                         .side = (uint8_t) reset->at->side,
                         .reason = (uint8_t) reason,
                         .evidence = evidence,
                         .confidence = reason == LEC_RESET_SUSPICIOUS ? LEC_CONFIDENCE_LIKELY : LEC_CONFIDENCE_CERTAIN,
                         .sequence = reset->at->head->sequence,
                         .count = LEC_GET (conversation->n_frames[0]) + LEC_GET (conversation->n_frames[1]) - 1 };

  if (reason == LEC_RESET_REFUSED) {
    verdict.kind = LEC_VERDICT_REFUSED;
    verdict.of = verdict.first = syn_frame;
    verdict.count = LEC_GET (conversation->n_syns);
    verdict.span_ns = lec_index_time_ns (index, reset->at->frame) - lec_index_time_ns (index, syn_frame);
  } else if (reason == LEC_RESET_HALF_OPEN) {
    verdict.of = answered_segment (reset);
  }
  lec_index_add_verdict (index, &verdict);
}

/* The attempt is an operation of its own, which ends here. */
static void
refuse (const Reset *reset)
{
  LecAnalyzer *analyzer = reset->analyzer;
  LecOperation *operation = lec_index_operation (analyzer->index, reset->flow->connect_operation);
  uint32_t frame = reset->at->frame;

  LEC_SET (reset->conversation->handshake, LEC_HANDSHAKE_REFUSED);
  LEC_SET (operation->outcome, LEC_OUTCOME_REFUSED);
  if (!LEC_GET (operation->response.first_frame))
    LEC_SET (operation->response.first_frame, frame);
  LEC_SET (operation->response.last_frame, frame);
  lec_tcp_flow_claim_syns (analyzer, reset->flow);
  lec_analyzer_claim (analyzer, frame, reset->flow->connect_operation);
}

static void
end (const Reset *reset)
{
  LecConversation *conversation = reset->conversation;

  if (!LEC_GET (conversation->reset_frame))
    LEC_SET (conversation->reset_frame, reset->at->frame);
  if (LEC_GET (conversation->ending) != LEC_ENDING_RESET && !(reset->sender->fin && reset->receiver->fin)) {
    LEC_SET (conversation->ending, LEC_ENDING_RESET);
    LEC_SET (conversation->ending_side, (uint8_t) reset->at->side);
    LEC_SET (conversation->reset_frame, reset->at->frame);
  }
  for (unsigned side = 0; side < 2; side++)
    lec_app_stream_end (reset->analyzer, reset->at->conversation, side, reset->at->frame, TRUE);
}

void
lec_tcp_reset_seen (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  Reset reset = { .analyzer = analyzer,
                  .at = at,
                  .conversation = at->row,
                  .flow = at->flow,
                  .sender = at->sender,
                  .receiver = at->receiver };
  uint32_t evidence = 0;
  LecResetReason reason = reason_of (&reset, &evidence);

  tell (&reset, reason, evidence);
  if (reason == LEC_RESET_REFUSED)
    refuse (&reset);
  if (evidence & LEC_EVIDENCE_OUT_OF_WINDOW) /* whoever gets it drops it */
    return;
  end (&reset);
}
