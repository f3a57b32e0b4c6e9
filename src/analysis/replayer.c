#include "analysis/replayer.h"

#include "base/publish.h"

/* A frame on its way in. */
typedef struct {
  LecReplayer *replayer;
  uint32_t frame;
  const LecHead *head;
  LecReplaySide *sender;
  LecReplaySide *receiver;
  LecSequenceRange range; /* of its sequence numbers, SYN and FIN included */
  uint64_t verdicts;      /* bits of LecVerdictKind */
  bool new_data;
} Arrival;

void
lec_replayer_init (LecReplayer *replayer, const LecIndex *index, uint32_t conversation)
{
  *replayer = (LecReplayer){ .index = index, .conversation = conversation };
  replayer->side[0].handshake_ns = replayer->side[1].handshake_ns = -1;
  lec_wireshark_flow_init (&replayer->wireshark);
}

void
lec_replayer_clear (LecReplayer *replayer)
{
  for (unsigned side = 0; side < 2; side++) {
    lec_tcp_side_clear (&replayer->side[side].tcp);
    lec_flight_clear (&replayer->side[side].flight);
  }
  lec_wireshark_flow_clear (&replayer->wireshark);
}

static bool
is_before (uint32_t a, uint32_t b)
{
  return lec_sequence_distance (a, b) > 0;
}

static uint64_t
verdicts_about (const LecIndex *index, uint32_t frame)
{
  uint64_t kinds = 0;
  uint32_t at = G_MAXUINT32;

  if (!(lec_index_state (index, frame) & LEC_FRAME_VERDICT))
    return 0;
  while ((at = lec_index_next_verdict (index, frame, at)) != G_MAXUINT32)
    kinds |= UINT64_C (1) << lec_index_verdict (index, at)->kind;
  return kinds;
}

static bool
has_verdict (const Arrival *arrival, LecVerdictKind kind)
{
  return arrival->verdicts >> kind & 1;
}

/* The same packet once more. */
static bool
is_copy (const Arrival *arrival)
{
  return has_verdict (arrival, LEC_VERDICT_NETWORK_DUPLICATE) || has_verdict (arrival, LEC_VERDICT_CAPTURE_DUPLICATE);
}

static bool
is_keep_alive (const Arrival *arrival)
{
  return has_verdict (arrival, LEC_VERDICT_KEEP_ALIVE) ||
         (has_verdict (arrival, LEC_VERDICT_ZERO_WINDOW_PROBE) && !arrival->new_data);
}

/* What it brings in sequence space. */

/* Numbers start here, whatever a stray segment of an earlier connection claimed. */
static void
begin_with_syn (const Arrival *arrival)
{
  LecReplaySide *sender = arrival->sender;
  LecTcpSide *tcp = &sender->tcp;

  lec_flight_clear (&sender->flight);
  sender->syn = true;
  sender->syn_sequence = arrival->range.from;
  sender->in_order = tcp->next_sequence = tcp->acknowledged = arrival->range.from;
  tcp->known = tcp->acknowledged_known = true;
  tcp->window_known = tcp->fin = false;
}

static bool
is_syn_unanswered (const LecReplaySide *side)
{
  return side->syn && side->tcp.acknowledged == side->syn_sequence;
}

/* What is new of it goes on its way, and what is not acknowledged once more. */
static void
fly (const Arrival *arrival)
{
  LecReplaySide *sender = arrival->sender;
  const LecHead *head = arrival->head;
  LecFlying sending = { .range = arrival->range,
                        .frame = arrival->frame,
                        .timestamp = head->timestamp_value,
                        .has_timestamp = (head->flags & LEC_HEAD_TIMESTAMP) != 0,
                        .sent_twice = has_verdict (arrival, LEC_VERDICT_RETRANSMISSION) };

  if (sender->tcp.acknowledged_known && is_before (sending.range.from, sender->tcp.acknowledged))
    sending.range.from = sender->tcp.acknowledged;
  if (is_before (sending.range.from, sending.range.to))
    lec_flight_add (&sender->flight, &sending);
}

static void
take_bytes (Arrival *arrival)
{
  LecReplaySide *sender = arrival->sender;
  LecTcpSide *tcp = &sender->tcp;
  const LecHead *head = arrival->head;

  if (head->tcp_flags & LEC_TCP_SYN &&
      (!sender->syn || (is_syn_unanswered (sender) && sender->syn_sequence != arrival->range.from)))
    begin_with_syn (arrival);
  if (!tcp->known)
    sender->in_order = tcp->next_sequence = arrival->range.from;
  tcp->known = true;
  arrival->new_data = head->payload_bytes && is_before (tcp->next_sequence, arrival->range.to);
  if (!is_before (arrival->range.from, arrival->range.to) || is_keep_alive (arrival))
    return;
  if (head->tcp_flags & LEC_TCP_FIN) {
    tcp->fin = true;
    tcp->fin_sequence = arrival->range.to - 1;
  }
  fly (arrival);
  if (is_before (tcp->next_sequence, arrival->range.to))
    tcp->next_sequence = arrival->range.to;
  if (!is_before (sender->in_order, arrival->range.from) && is_before (sender->in_order, arrival->range.to))
    sender->in_order = lec_flight_run_from (&sender->flight, arrival->range.to);
}

/* What it acknowledges. */

/* Sequence numbers of SYN and FIN between FROM and TO, which are no bytes. */
static uint32_t
n_not_bytes (const LecReplaySide *side, LecSequenceRange range)
{
  bool syn = side->syn && !is_before (side->syn_sequence, range.from) && is_before (side->syn_sequence, range.to);
  bool fin =
      side->tcp.fin && !is_before (side->tcp.fin_sequence, range.from) && is_before (side->tcp.fin_sequence, range.to);

  return (uint32_t) syn + (uint32_t) fin;
}

static void
time_answer (const Arrival *arrival, const LecFlightAnswer *answer, bool of_syn, LecReplayStep *step,
             LecReplayEvent *event)
{
  const LecIndex *index = arrival->replayer->index;
  /* A SYN-ACK that is sent again echoes the first SYN, whichever made it go out. */
  bool ambiguous = answer->ambiguous || (of_syn && answer->outdated);

  step->acks_frame = answer->acks_frame;
  if (ambiguous)
    step->flags |= LEC_STEP_AMBIGUOUS;
  if (ambiguous || !answer->timed_frame)
    return;
  int64_t span_ns = lec_index_time_ns (index, arrival->frame) - lec_index_time_ns (index, answer->timed_frame);
  if (span_ns < 0) /* the clock was set back */
    return;
  step->timed_frame = answer->timed_frame;
  event->round_trip_ns = span_ns;
  if (of_syn)
    arrival->sender->handshake_ns = span_ns;
}

/* SENDER of the frame acknowledges bytes of RECEIVER. */
static void
advance (const Arrival *arrival, LecReplayStep *step, LecReplayEvent *event)
{
  LecReplaySide *other = arrival->receiver;
  LecTcpSide *tcp = &other->tcp;
  const LecHead *head = arrival->head;
  uint32_t number = head->acknowledgment;
  const uint32_t *echo = head->flags & LEC_HEAD_TIMESTAMP ? &head->timestamp_echo : NULL;
  bool of_syn = is_syn_unanswered (other);

  if (tcp->acknowledged_known) {
    LecSequenceRange range = { tcp->acknowledged, number };
    event->newly_acknowledged = number - tcp->acknowledged - n_not_bytes (other, range);
  }
  LecFlightAnswer answer = lec_flight_acknowledge (&other->flight, number, tcp, echo);
  time_answer (arrival, &answer, of_syn, step, event);
  tcp->acknowledged = number;
  tcp->acknowledged_known = true;
  if (!tcp->known || is_before (tcp->next_sequence, number))
    tcp->next_sequence = number;
  if (!tcp->known || is_before (other->in_order, number))
    other->in_order = lec_flight_run_from (&other->flight, number);
  tcp->known = true;
  lec_tcp_side_forget_sacked (tcp);
}

static void
take_sack (const Arrival *arrival)
{
  const LecHead *head = arrival->head;
  LecTcpSide *tcp = &arrival->receiver->tcp;

  if (!(head->flags & LEC_HEAD_SACK))
    return;
  for (unsigned i = 0; i < head->n_sack_blocks; i++) {
    LecSequenceRange block = { head->sack[i][0], head->sack[i][1] };
    /* What lies below was acknowledged, and is told because it came twice (RFC 2883). */
    if (is_before (block.from, block.to) && !is_before (block.from, tcp->acknowledged))
      lec_tcp_side_sack (tcp, block);
  }
}

static bool
is_beyond (const LecReplaySide *side, uint32_t number)
{
  return !side->tcp.known || is_before (side->tcp.next_sequence, number);
}

static void
take_acknowledgment (const Arrival *arrival, LecReplayStep *step, LecReplayEvent *event)
{
  const LecTcpSide *tcp = &arrival->receiver->tcp;

  /* Of an earlier connection (RFC 9293 §3.10.7.3, "check the ACK bit"). */
  if (is_syn_unanswered (arrival->receiver) && is_beyond (arrival->receiver, arrival->head->acknowledgment))
    return;
  if (!tcp->acknowledged_known || is_before (tcp->acknowledged, arrival->head->acknowledgment))
    advance (arrival, step, event);
  if (tcp->acknowledged == arrival->head->acknowledgment)
    take_sack (arrival);
}

/* A segment that was overtaken tells an old window. */
static void
take_window (const Arrival *arrival)
{
  LecReplaySide *sender = arrival->sender;
  const LecHead *head = arrival->head;
  bool ack = (head->tcp_flags & LEC_TCP_ACK) != 0;

  if (sender->tcp.window_known && (is_before (arrival->range.from, sender->window_sequence) ||
                                   (ack && is_before (head->acknowledgment, sender->window_acknowledgment))))
    return;
  sender->tcp.window = head->window;
  sender->tcp.window_known = true;
  sender->window_plain = (head->tcp_flags & LEC_TCP_SYN) != 0;
  sender->window_sequence = arrival->range.from;
  if (ack)
    sender->window_acknowledgment = head->acknowledgment;
}

/* States. */

static bool
acknowledges (const LecHead *head, uint32_t sequence)
{
  return (head->tcp_flags & LEC_TCP_ACK) && is_before (sequence, head->acknowledgment);
}

/* RFC 9293 §3.10.7.4: a reset counts within the window; here also behind acknowledgments that this capture has not. */
static bool
is_in_window (const Arrival *arrival)
{
  const LecReplaySide *receiver = arrival->receiver;
  const LecTcpSide *sent = &arrival->sender->tcp;
  int8_t shift = LEC_GET (lec_index_conversation (arrival->replayer->index, arrival->replayer->conversation)
                              ->window_shift[!(arrival->sender - arrival->replayer->side)]);
  uint32_t sequence = arrival->head->sequence;

  if (!sent->acknowledged_known || !receiver->tcp.window_known)
    return true;
  uint32_t window = (uint32_t) receiver->tcp.window << (receiver->window_plain ? 0 : shift == -1 ? 14 : MAX (shift, 0));
  uint32_t end = sent->acknowledged + MAX (window, 1);
  if (sent->known && is_before (end, sent->next_sequence + 1))
    end = sent->next_sequence + 1;
  return !is_before (sequence, sent->acknowledged) && is_before (sequence, end);
}

static LecDone
is_accepted (const Arrival *arrival)
{
  const LecConversation *conversation =
      lec_index_conversation (arrival->replayer->index, arrival->replayer->conversation);

  if (LEC_GET (conversation->syn_ack_frame))
    return LEC_DONE_YES;
  return LEC_GET (conversation->handshake) == LEC_HANDSHAKE_REFUSED ? LEC_DONE_NO : LEC_DONE_UNKNOWN;
}

static void
take_state (const Arrival *arrival)
{
  const LecHead *head = arrival->head;
  const LecReplaySide *sender = arrival->sender, *receiver = arrival->receiver;
  LecStateSegment segment = {
    .tcp_flags = head->tcp_flags,
    .acks_syn = receiver->syn ? acknowledges (head, receiver->syn_sequence) : (head->tcp_flags & LEC_TCP_ACK) != 0,
    .acks_fin = receiver->tcp.fin && acknowledges (head, receiver->tcp.fin_sequence),
    .new_data = arrival->new_data,
    .fin_in_order = sender->tcp.fin && is_before (sender->tcp.fin_sequence, sender->in_order),
  };

  if (head->tcp_flags & LEC_TCP_RST) {
    segment.in_window = is_in_window (arrival);
    segment.at_next = !sender->tcp.known || head->sequence == sender->tcp.next_sequence;
  }
  if (head->tcp_flags & LEC_TCP_SYN)
    segment.accepted = (uint8_t) is_accepted (arrival);
  lec_tcp_ends_segment (arrival->replayer->ends, (unsigned) (arrival->sender - arrival->replayer->side), &segment);
}

/* All. */

static void
fill_side (const LecReplayer *replayer, unsigned at, LecReplayStep *step)
{
  const LecReplaySide *side = &replayer->side[at];
  const LecTcpSide *tcp = &side->tcp;

  step->states |= (uint8_t) (lec_tcp_end_state (&replayer->ends[at]) << (4 * at));
  if (tcp->known && tcp->acknowledged_known) {
    LecSequenceRange range = { tcp->acknowledged, tcp->next_sequence };
    step->flags |= (uint16_t) (LEC_STEP_FLIGHT_KNOWN_0 << at);
    step->in_flight[at] = range.to - range.from - n_not_bytes (side, range);
  }
  step->window[at] = tcp->window;
  if (tcp->window_known)
    step->flags |= (uint16_t) (LEC_STEP_WINDOW_TOLD_0 << at);
  if (side->window_plain)
    step->flags |= (uint16_t) (LEC_STEP_WINDOW_PLAIN_0 << at);
}

static void
count_push (const Arrival *arrival, LecReplayStep *step)
{
  LecReplaySide *sender = arrival->sender;
  const LecHead *head = arrival->head;

  sender->push_bytes += head->payload_bytes;
  step->push_bytes = sender->push_bytes;
  step->flags |= head->payload_bytes ? LEC_STEP_SEGMENT : 0;
  if (head->tcp_flags & LEC_TCP_PSH)
    sender->push_bytes = 0;
}

static void
take (Arrival *arrival, LecReplayStep *step, LecReplayEvent *event)
{
  const LecHead *head = arrival->head;
  bool reset = (head->tcp_flags & LEC_TCP_RST) != 0;

  if (!reset) {
    take_bytes (arrival);
    event->in_sequence_space = is_before (arrival->range.from, arrival->range.to) && !is_keep_alive (arrival);
    count_push (arrival, step);
  }
  /* What a reset says beyond what was sent, somebody else may have made up. */
  if (head->tcp_flags & LEC_TCP_ACK && !(reset && is_beyond (arrival->receiver, head->acknowledgment)))
    take_acknowledgment (arrival, step, event);
  if (!reset)
    take_window (arrival);
  take_state (arrival);
}

void
lec_replayer_frame (LecReplayer *replayer, uint32_t frame, const LecHead *head, LecReplayStep *step,
                    LecReplayEvent *event)
{
  unsigned side = (lec_index_state (replayer->index, frame) & LEC_FRAME_SIDE) != 0;
  uint32_t length =
      head->payload_bytes + ((head->tcp_flags & LEC_TCP_SYN) != 0) + ((head->tcp_flags & LEC_TCP_FIN) != 0);
  Arrival arrival = { .replayer = replayer,
                      .frame = frame,
                      .head = head,
                      .sender = &replayer->side[side],
                      .receiver = &replayer->side[!side],
                      .range = { head->sequence, head->sequence + length },
                      .verdicts = verdicts_about (replayer->index, frame) };

  *step = (LecReplayStep){ .frame = frame };
  *event = (LecReplayEvent){ .side = side,
                             .payload_bytes = head->payload_bytes,
                             .round_trip_ns = -1,
                             .retransmission = has_verdict (&arrival, LEC_VERDICT_RETRANSMISSION) };
  if (!is_copy (&arrival))
    take (&arrival, step, event);
  if (event->in_sequence_space && event->retransmission)
    step->flags |= LEC_STEP_RETRANSMISSION;
  fill_side (replayer, 0, step);
  fill_side (replayer, 1, step);
}

void
lec_replayer_wireshark (LecReplayer *replayer, uint32_t frame, const LecHead *head, LecWiresharkFinding *finding)
{
  const LecIndex *index = replayer->index;
  unsigned side = (lec_index_state (index, frame) & LEC_FRAME_SIDE) != 0;
  gboolean reused = frame == lec_index_conversation (index, replayer->conversation)->first_frame &&
                    lec_index_find_verdict (index, frame, LEC_VERDICT_PORT_REUSED);

  lec_wireshark_flow_segment (&replayer->wireshark, side, frame, lec_index_time_ns (index, frame), head, reused,
                              finding);
}

int64_t
lec_replayer_handshake_ns (const LecReplayer *replayer)
{
  const LecReplaySide *side = replayer->side;

  return side[0].handshake_ns < 0 || side[1].handshake_ns < 0 ? -1 : side[0].handshake_ns + side[1].handshake_ns;
}
