/* A TCP conversation as it goes by: how it opens, how it ends, and which segments were sent again. */
#include "analysis/tcp-close.h"
#include "analysis/tcp-copy.h"
#include "analysis/tcp-ecn.h"
#include "analysis/tcp-limits.h"
#include "analysis/tcp-paws.h"
#include "analysis/tcp-reset.h"
#include "analysis/tcp-segments.h"
#include "analysis/tcp-window.h"
#include "base/publish.h"

static int64_t
time_since (const LecAnalyzer *analyzer, uint32_t frame, uint32_t earlier)
{
  return lec_index_time_ns (analyzer->index, frame) - lec_index_time_ns (analyzer->index, earlier);
}

gboolean
lec_tcp_flow_is_reused (LecAnalyzer *analyzer, uint32_t conversation, unsigned side, const LecHead *head)
{
  const LecConversation *row = lec_index_conversation (analyzer->index, conversation);

  if ((head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_ACK)) != LEC_TCP_SYN)
    return FALSE;
  return (LEC_GET (row->sequence_known) & (1u << side)) && LEC_GET (row->first_sequence[side]) != head->sequence;
}

void
lec_tcp_flow_begin (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t former)
{
  LecIndex *index = analyzer->index;
  LecVerdict verdict = { .frame = at->frame, .side = (uint8_t) at->side };

  if (former != G_MAXUINT32) {
    verdict.kind = LEC_VERDICT_PORT_REUSED;
    verdict.of = LEC_GET (lec_index_conversation (index, former)->last_frame);
    verdict.span_ns = time_since (analyzer, at->frame, verdict.of);
    lec_index_add_verdict (index, &verdict);
  } else if (!(at->head->tcp_flags & LEC_TCP_SYN)) {
    verdict.kind = LEC_VERDICT_HANDSHAKE_MISSING;
    lec_index_add_verdict (index, &verdict);
  }
}

/* Sequence numbers are shown from the SYN's on; where it was not captured, so that the first byte seen is number 1. */
static void
learn_first_sequence (LecConversation *conversation, unsigned side, uint32_t sequence)
{
  uint8_t known = LEC_GET (conversation->sequence_known);

  if (known & (1u << side))
    return;
  LEC_SET (conversation->first_sequence[side], sequence);
  LEC_SET (conversation->sequence_known, (uint8_t) (known | 1u << side));
}

/* Window scaling is used where both SYNs offer it (RFC 7323 §2.2). */
static void
learn_window_shift (LecConversation *conversation, unsigned side, const LecHead *head)
{
  int8_t offered = head->flags & LEC_HEAD_SCALE ? (int8_t) MIN (head->window_shift, 14) : -2;
  gboolean is_answer = (head->tcp_flags & LEC_TCP_ACK) != 0;

  LEC_SET (conversation->window_shift[side], offered);
  if (is_answer && (offered == -2 || LEC_GET (conversation->window_shift[!side]) == -2)) {
    LEC_SET (conversation->window_shift[0], -2);
    LEC_SET (conversation->window_shift[1], -2);
  }
}

void
lec_tcp_flow_claim_syns (LecAnalyzer *analyzer, const LecTcpFlow *flow)
{
  const LecOperation *operation = lec_index_operation (analyzer->index, flow->connect_operation);
  const LecSegmentRing *ring = &flow->side[operation->request_side].segments;

  for (uint32_t i = 0; i < ring->count; i++) {
    const LecSegment *segment = lec_segment_ring_at (ring, i);
    if (segment->sequence == LEC_GET (operation->request.sequence))
      lec_analyzer_claim (analyzer, segment->frame, flow->connect_operation);
  }
}

/* A connection attempt: an operation that begins with the SYN, or where that was not captured with what answers it. */
static void
begin_connect (LecAnalyzer *analyzer, const LecFrameAt *at, LecConversation *conversation, LecTcpFlow *flow,
               unsigned opener)
{
  LecOperation operation = { .conversation = at->conversation,
                             .first_frame = at->frame,
                             .kind = LEC_OPERATION_CONNECT,
                             .request_side = (uint8_t) opener,
                             .outcome = LEC_OUTCOME_PENDING };

  LEC_SET (conversation->handshake, LEC_HANDSHAKE_PENDING);
  if (opener == at->side) {
    operation.request.first_frame = operation.request.last_frame = at->frame;
    operation.request.sequence = at->head->sequence;
  }
  flow->connect_operation = lec_index_add_operation (analyzer->index, &operation);
  flow->connecting = TRUE;
  lec_analyzer_claim (analyzer, at->frame, flow->connect_operation);
}

/* Both sides open at once where each sends a SYN before it has the other's (RFC 9293 §3.5, figure 7). */
static void
judge_simultaneous (LecAnalyzer *analyzer, const LecFrameAt *at, LecConversation *conversation, const LecTcpFlow *flow)
{
  LecIndex *index = analyzer->index;
  uint32_t syn_frame = LEC_GET (conversation->syn_frame);

  if (lec_index_operation (index, flow->connect_operation)->request_side == at->side || at->sender->known)
    return;
  LEC_SET (conversation->traits, LEC_GET (conversation->traits) | LEC_TRAIT_SIMULTANEOUS_OPEN);
  lec_index_add_verdict (index, &(LecVerdict){ .frame = at->frame,
                                               .of = syn_frame,
                                               .kind = LEC_VERDICT_SIMULTANEOUS_OPEN,
                                               .side = (uint8_t) at->side,
                                               .span_ns = time_since (analyzer, at->frame, syn_frame) });
}

/* A frame that went past its connection's SYN: the handshake is there after all. */
static void
take_handshake_back (LecAnalyzer *analyzer, const LecConversation *conversation)
{
  uint32_t first = conversation->first_frame, row = G_MAXUINT32;

  while ((row = lec_index_next_verdict (analyzer->index, first, row)) != G_MAXUINT32)
    if (lec_index_verdict (analyzer->index, row)->kind == LEC_VERDICT_HANDSHAKE_MISSING)
      lec_index_withdraw_verdict (analyzer->index, row);
}

static void
learn_mss (const LecAnalyzer *analyzer, const LecFrameAt *at)
{
  if (at->head->flags & LEC_HEAD_MSS)
    LEC_SET (lec_index_opening (analyzer->index, at->conversation)->mss[at->side], at->head->mss);
}

static void
syn_seen (LecAnalyzer *analyzer, const LecFrameAt *at, LecConversation *conversation, LecTcpFlow *flow)
{
  LecOpening *opening = lec_index_opening (analyzer->index, at->conversation);

  LEC_SET (opening->called, (uint8_t) (LEC_GET (opening->called) | 1u << at->side));
  if (LEC_GET (conversation->syn_frame)) {
    if (!at->sender->known) {
      learn_mss (analyzer, at);
      learn_window_shift (conversation, at->side, at->head);
    }
    judge_simultaneous (analyzer, at, conversation, flow);
    return;
  }
  if (conversation->first_frame != at->frame)
    take_handshake_back (analyzer, conversation);
  LEC_SET (conversation->syn_frame, at->frame);
  learn_mss (analyzer, at);
  learn_window_shift (conversation, at->side, at->head);
  if (!flow->connecting)
    begin_connect (analyzer, at, conversation, flow, at->side);
}

/* Whoever was refused tries again with the same SYN, and somebody listens now. */
static void
take_refusal_back (LecConversation *conversation)
{
  if (LEC_GET (conversation->handshake) != LEC_HANDSHAKE_REFUSED)
    return;
  LEC_SET (conversation->handshake, LEC_HANDSHAKE_PENDING);
  LEC_SET (conversation->ending, LEC_ENDING_OPEN);
}

static void
syn_ack_seen (LecAnalyzer *analyzer, const LecFrameAt *at, LecConversation *conversation, LecTcpFlow *flow)
{
  if (!LEC_GET (conversation->syn_ack_frame)) {
    take_refusal_back (conversation);
    LEC_SET (conversation->syn_ack_frame, at->frame);
    learn_mss (analyzer, at);
    LEC_SET (conversation->first_sequence[at->side], at->head->sequence); /* whatever a stray reset claimed before */
    learn_window_shift (conversation, at->side, at->head);
  }
  if (!flow->connecting)
    begin_connect (analyzer, at, conversation, flow, !at->side);
  LecOperation *operation = lec_index_operation (analyzer->index, flow->connect_operation);
  if (!LEC_GET (operation->response.first_frame)) {
    LEC_SET (operation->response.first_frame, at->frame);
    LEC_SET (operation->response.last_frame, at->frame);
    LEC_SET (operation->response.sequence, at->head->sequence);
    lec_tcp_flow_claim_syns (analyzer, flow);
  }
  lec_analyzer_claim (analyzer, at->frame, flow->connect_operation);
}

/* Whatever the opener acknowledges after its SYN shows that the connection stands (RFC 9293 §3.5): the bare third
 * segment, or data where that one was lost. */
static void
opener_acknowledged (LecAnalyzer *analyzer, const LecFrameAt *at, LecConversation *conversation, LecTcpFlow *flow)
{
  LecOperation *operation = lec_index_operation (analyzer->index, flow->connect_operation);
  uint32_t syn_ack = LEC_GET (operation->response.sequence);

  if (LEC_GET (operation->response.first_frame) && lec_sequence_distance (syn_ack + 1, at->head->acknowledgment) < 0)
    return;
  LEC_SET (conversation->handshake, LEC_HANDSHAKE_COMPLETE);
  LEC_SET (conversation->handshake_ack_frame, at->frame);
  LEC_SET (operation->outcome, LEC_OUTCOME_ANSWERED);
  if (at->head->payload_bytes == 0 && !(at->head->tcp_flags & LEC_TCP_FIN)) {
    LEC_SET (operation->request.last_frame, at->frame);
    lec_analyzer_claim (analyzer, at->frame, flow->connect_operation);
  }
}

/* A bare acknowledgment is shown with the message that it acknowledges; that of a FIN, and a keep-alive, by itself. */
static void
claim_bare_acknowledgment (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecTcpSide *other = at->receiver;
  const LecHead *head = at->head;

  if (head->payload_bytes || (head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_FIN | LEC_TCP_RST)))
    return;
  if (other->fin && lec_sequence_distance (other->fin_sequence, head->acknowledgment) > 0)
    return;
  if (lec_index_owner (analyzer->index, at->frame) & LEC_OWNER_OPERATION)
    return;
  uint32_t operation = lec_app_stream_operation (analyzer, at->conversation, !at->side);
  if (operation != G_MAXUINT32)
    lec_analyzer_claim (analyzer, at->frame, operation);
}

/* What the segment says of its connection's beginning. */
static inline void
follow_opening (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  LecConversation *conversation = at->row;
  const LecHead *head = at->head;
  gboolean syn = (head->tcp_flags & LEC_TCP_SYN) != 0, ack = (head->tcp_flags & LEC_TCP_ACK) != 0;

  if (LEC_GET (conversation->sequence_known) != LEC_BOTH_SIDES) {
    learn_first_sequence (conversation, at->side, syn ? head->sequence : head->sequence - 1);
    if (ack)
      learn_first_sequence (conversation, !at->side, head->acknowledgment - 1);
  }
  if (syn && !ack)
    syn_seen (analyzer, at, conversation, at->flow);
  else if (syn)
    syn_ack_seen (analyzer, at, conversation, at->flow);
  else if (ack && !(head->tcp_flags & LEC_TCP_RST) && at->flow->connecting &&
           LEC_GET (conversation->handshake) == LEC_HANDSHAKE_PENDING &&
           lec_index_operation (analyzer->index, at->flow->connect_operation)->request_side == at->side)
    opener_acknowledged (analyzer, at, conversation, at->flow);
  if (syn && head->flags & LEC_HEAD_SACK_PERMITTED)
    at->sender->sack_permitted = true;
}

/* What it says to the program that reads the stream: payload, in order, and that more has arrived of the other side's.
 */
static inline void
follow_stream (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecHead *head = at->head;
  gboolean ack = (head->tcp_flags & LEC_TCP_ACK) != 0;

  if (ack && at->flow->streams && at->receiver->acknowledged_frame == at->frame)
    lec_app_stream_acknowledged (analyzer, at->conversation, !at->side, head->acknowledgment);
  if (head->payload_bytes && !(head->tcp_flags & LEC_TCP_SYN))
    lec_app_stream_payload (analyzer, at);
  else if (ack && at->flow->streams)
    claim_bare_acknowledgment (analyzer, at);
}

static void
follow (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecHead *head = at->head;
  LecTcpSide *sender = at->sender;
  gboolean syn = (head->tcp_flags & LEC_TCP_SYN) != 0, ack = (head->tcp_flags & LEC_TCP_ACK) != 0;

  follow_opening (analyzer, at);
  if (head->tcp_flags & LEC_TCP_RST) {
    if (!LEC_GET (at->row->reset_frame) || !lec_tcp_copy_seen (analyzer, at))
      lec_tcp_reset_seen (analyzer, at);
    return;
  }
  if (lec_tcp_copy_is_possible (at) && lec_tcp_copy_seen (analyzer, at))
    return;
  if (lec_tcp_window_probed (analyzer, at)) {
    lec_tcp_copy_note (at, sender);
    lec_tcp_window_told (analyzer, at);
    return;
  }
  uint32_t length = head->payload_bytes + syn + ((head->tcp_flags & LEC_TCP_FIN) != 0);
  if (length && !lec_tcp_segments_seen (analyzer, at, length))
    return;
  if (!length && sender->known && sender->next_sequence != head->sequence)
    lec_tcp_empty_segment_seen (analyzer, at);
  if (syn && !ack && LEC_GET (at->row->n_syns) < G_MAXUINT16)
    LEC_ADD (at->row->n_syns, 1);
  if (ack)
    lec_tcp_acknowledgment_seen (analyzer, at);
  if (head->payload_bytes) {
    lec_tcp_window_used (analyzer, at);
    if (at->receiver->fin)
      lec_tcp_data_after_fin (analyzer, at);
  }
  lec_tcp_window_told (analyzer, at);
  follow_stream (analyzer, at);
  if (head->tcp_flags & LEC_TCP_FIN) {
    lec_tcp_fin_seen (analyzer, at);
    lec_app_stream_end (analyzer, at->conversation, at->side, at->frame, FALSE);
  }
}

/* Of marked frames; the others, which are nearly all, need not keep in mind what came before them. */
static void
follow_marked (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  uint32_t before = lec_tcp_side_last_frame (at->sender);

  follow (analyzer, at);
  if (!(at->head->tcp_flags & LEC_TCP_SYN) && /* SYNs agree on it by the same flags (RFC 3168 §6.1.1) */
      !lec_index_find_verdict (analyzer->index, at->frame, LEC_VERDICT_NETWORK_DUPLICATE) &&
      !lec_index_find_verdict (analyzer->index, at->frame, LEC_VERDICT_CAPTURE_DUPLICATE))
    lec_tcp_ecn_seen (analyzer, at, before);
}

void
lec_tcp_flow_frame (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  if (G_UNLIKELY (lec_tcp_ecn_is_marked (at->head)))
    follow_marked (analyzer, at);
  else
    follow (analyzer, at);
}

/* SYN and SYN-ACK, and no ACK: it never came, or passed unseen and the answering side went on to speak. */
static void
judge_incomplete (LecAnalyzer *analyzer, LecConversation *conversation, LecTcpFlow *flow)
{
  LecOperation *operation = lec_index_operation (analyzer->index, flow->connect_operation);
  const LecTcpSide *answerer = &flow->side[!operation->request_side];
  uint32_t syn_ack = LEC_GET (conversation->syn_ack_frame);
  uint32_t n_resends = LEC_GET (conversation->n_retransmissions[!operation->request_side]);
  gboolean by_opener = LEC_GET (conversation->ending_side) == operation->request_side;

  if (LEC_GET (conversation->n_bytes[!operation->request_side]) || answerer->fin) {
    LEC_SET (conversation->handshake, LEC_HANDSHAKE_COMPLETE);
    LEC_SET (operation->outcome, LEC_OUTCOME_ANSWERED);
    return;
  }
  LEC_SET (conversation->handshake, LEC_HANDSHAKE_INCOMPLETE);
  LEC_SET (operation->outcome, LEC_OUTCOME_INCOMPLETE);
  if (!lec_analyzer_ends_with (analyzer, operation->conversation, syn_ack))
    lec_index_add_verdict (analyzer->index,
                           &(LecVerdict){ .frame = syn_ack,
                                          .of = by_opener ? LEC_GET (conversation->reset_frame) : 0,
                                          .kind = LEC_VERDICT_HANDSHAKE_INCOMPLETE,
                                          .side = !operation->request_side,
                                          .count = n_resends + 1,
                                          .span_ns = time_since (analyzer, answerer->last_sent, syn_ack) });
}

/* The trace is over and nobody answered: that is now known. */
static void
judge_unanswered (LecAnalyzer *analyzer, LecConversation *conversation, LecTcpFlow *flow)
{
  LecOperation *operation = lec_index_operation (analyzer->index, flow->connect_operation);
  uint32_t syn_frame = LEC_GET (conversation->syn_frame);
  const LecSegmentRing *ring = &flow->side[operation->request_side].segments;
  uint32_t last = ring->count ? lec_segment_ring_at (ring, ring->count - 1)->frame : syn_frame;

  if (LEC_GET (conversation->syn_ack_frame)) {
    judge_incomplete (analyzer, conversation, flow);
    return;
  }
  LEC_SET (operation->request.last_frame, last);
  if (lec_analyzer_ends_with (analyzer, operation->conversation, syn_frame)) {
    LEC_SET (conversation->handshake, LEC_HANDSHAKE_TRACE_ENDED);
    LEC_SET (operation->outcome, LEC_OUTCOME_TRACE_ENDED);
    return;
  }
  lec_tcp_paws_unanswered (analyzer, conversation, operation->request_side);
  LEC_SET (conversation->handshake, LEC_HANDSHAKE_UNANSWERED);
  LEC_SET (operation->outcome, LEC_OUTCOME_UNANSWERED);
  lec_index_add_verdict (analyzer->index, &(LecVerdict){ .frame = syn_frame,
                                                         .kind = LEC_VERDICT_NO_ANSWER,
                                                         .side = operation->request_side,
                                                         .count = LEC_GET (conversation->n_syns),
                                                         .span_ns = time_since (analyzer, last, syn_frame) });
}

void
lec_tcp_flow_finish (LecAnalyzer *analyzer, uint32_t conversation)
{
  LecConversation *row = lec_index_conversation (analyzer->index, conversation);
  LecTcpFlow *flow = lec_analyzer_flow (analyzer, conversation);

  if (flow->connecting && LEC_GET (row->handshake) == LEC_HANDSHAKE_PENDING)
    judge_unanswered (analyzer, row, flow);
  lec_tcp_segments_finish (analyzer, flow);
  lec_tcp_close_finish (analyzer, conversation, flow);
  lec_tcp_limits_finish (analyzer, conversation, flow);
  for (unsigned side = 0; flow->streams && side < 2; side++)
    lec_app_stream_end (analyzer, conversation, side, 0, FALSE);
}
