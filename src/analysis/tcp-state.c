#include "analysis/tcp-state.h"

#include "protocol/head.h"

const char *
lec_tcp_state_name (LecTcpState state)
{
  static const char *const names[LEC_N_STATES] = {
    [LEC_STATE_UNKNOWN] = "unknown",
    [LEC_STATE_CLOSED] = "CLOSED",
    [LEC_STATE_LISTEN] = "LISTEN",
    [LEC_STATE_SYN_SENT] = "SYN-SENT",
    [LEC_STATE_SYN_RECEIVED] = "SYN-RECEIVED",
    [LEC_STATE_ESTABLISHED] = "ESTABLISHED",
    [LEC_STATE_FIN_WAIT_1] = "FIN-WAIT-1",
    [LEC_STATE_FIN_WAIT_2] = "FIN-WAIT-2",
    [LEC_STATE_CLOSE_WAIT] = "CLOSE-WAIT",
    [LEC_STATE_CLOSING] = "CLOSING",
    [LEC_STATE_LAST_ACK] = "LAST-ACK",
    [LEC_STATE_TIME_WAIT] = "TIME-WAIT",
  };
  return names[state];
}

/* Both SYNs are through: what remains depends on the FINs (RFC 9293 §3.6). */
static LecTcpState
state_by_fins (const LecTcpEnd *end)
{
  if (end->fin_sent == LEC_DONE_UNKNOWN || end->fin_received == LEC_DONE_UNKNOWN)
    return LEC_STATE_UNKNOWN;
  if (end->fin_sent == LEC_DONE_NO)
    return end->fin_received == LEC_DONE_YES ? LEC_STATE_CLOSE_WAIT : LEC_STATE_ESTABLISHED;
  if (end->fin_received == LEC_DONE_NO)
    return end->fin_acknowledged ? LEC_STATE_FIN_WAIT_2 : LEC_STATE_FIN_WAIT_1;
  if (end->closed_second)
    return end->fin_acknowledged ? LEC_STATE_CLOSED : LEC_STATE_LAST_ACK;
  return end->fin_acknowledged ? LEC_STATE_TIME_WAIT : LEC_STATE_CLOSING;
}

LecTcpState
lec_tcp_end_state (const LecTcpEnd *end)
{
  if (end->reset)
    return end->listens_again ? LEC_STATE_LISTEN : LEC_STATE_CLOSED;
  if (end->syn_sent && !(end->syn_received && end->syn_acknowledged))
    return end->syn_received ? LEC_STATE_SYN_RECEIVED : LEC_STATE_SYN_SENT;
  if (!end->syn_sent && !end->synchronized)
    return end->syn_received ? LEC_STATE_SYN_RECEIVED : LEC_STATE_UNKNOWN;
  return state_by_fins (end);
}

/* Who has not yet both SYNs answers what does not fit with a RST that bears the number asked for, and stays as it is
 * (RFC 9293 §3.5.2, first two groups). All others send one because they have, or want, no connection any more. */
static void
send_reset (LecTcpEnd *sender, const LecStateSegment *segment)
{
  LecTcpState state = lec_tcp_end_state (sender);

  if ((state == LEC_STATE_SYN_SENT || state == LEC_STATE_SYN_RECEIVED) && !segment->at_next)
    return;
  sender->reset = true;
  sender->listens_again = false;
}

/* Who was only answering a SYN goes back to where it was (RFC 9293 §3.10.7.4, "check the RST bit"). */
static void
receive_reset (LecTcpEnd *receiver, const LecStateSegment *segment)
{
  LecTcpState state = lec_tcp_end_state (receiver);

  if (!segment->in_window || (state == LEC_STATE_SYN_SENT && !segment->acks_syn))
    return;
  receiver->listens_again = !receiver->opened && state == LEC_STATE_SYN_RECEIVED;
  receiver->reset = true;
}

static void
send_syn (LecTcpEnd *sender, const LecStateSegment *segment)
{
  bool is_answer = (segment->tcp_flags & LEC_TCP_ACK) != 0;
  bool opened = sender->opened || !is_answer;
  bool received = sender->syn_received && is_answer;

  /* Whoever sends its SYN still has no acknowledgment of it, and without an ACK not the other's either. */
  *sender = (LecTcpEnd){
    .opened = opened, .syn_sent = true, .syn_received = received, .fin_sent = LEC_DONE_NO, .fin_received = LEC_DONE_NO
  };
}

/* Acknowledgments tell exactly what their sender has. */
static void
send_acknowledgment (LecTcpEnd *sender, const LecTcpEnd *receiver, const LecStateSegment *segment)
{
  if (segment->acks_syn)
    sender->syn_received = true;
  if (receiver->fin_sent == LEC_DONE_YES)
    sender->fin_received = segment->acks_fin ? LEC_DONE_YES : LEC_DONE_NO;
  else if (receiver->fin_sent == LEC_DONE_NO)
    sender->fin_received = LEC_DONE_NO;
  if (segment->tcp_flags & LEC_TCP_SYN)
    return;
  sender->synchronized = true;
  if (sender->syn_sent && segment->acks_syn)
    sender->syn_acknowledged = true;
}

static void
send (LecTcpEnd *sender, const LecTcpEnd *receiver, const LecStateSegment *segment)
{
  sender->reset = sender->listens_again = false; /* it sent this before the reset got there */
  if (segment->tcp_flags & LEC_TCP_SYN)
    send_syn (sender, segment);
  if (segment->new_data && sender->fin_sent == LEC_DONE_UNKNOWN)
    sender->fin_sent = LEC_DONE_NO;
  if (segment->tcp_flags & LEC_TCP_ACK)
    send_acknowledgment (sender, receiver, segment);
  if (!(segment->tcp_flags & LEC_TCP_FIN))
    return;
  if (sender->fin_sent != LEC_DONE_YES)
    sender->closed_second = sender->fin_received == LEC_DONE_YES;
  sender->fin_sent = LEC_DONE_YES;
  sender->fin_acknowledged = false; /* whoever sends its FIN still, has no acknowledgment of it */
}

static void
receive_syn (LecTcpEnd *receiver, const LecStateSegment *segment)
{
  bool is_answer = (segment->tcp_flags & LEC_TCP_ACK) != 0;

  if (receiver->synchronized || (is_answer && !segment->acks_syn))
    return;
  if (receiver->syn_sent || segment->accepted == LEC_DONE_YES)
    receiver->syn_received = true;
  else if (segment->accepted == LEC_DONE_NO)
    receiver->reset = true; /* nobody listens there */
}

static void
receive (LecTcpEnd *receiver, const LecTcpEnd *sender, const LecStateSegment *segment)
{
  if (receiver->reset)
    return;
  if (segment->tcp_flags & LEC_TCP_SYN)
    receive_syn (receiver, segment);
  if (segment->tcp_flags & LEC_TCP_ACK && receiver->syn_sent && segment->acks_syn)
    receiver->syn_acknowledged = true;
  if (segment->tcp_flags & LEC_TCP_ACK && receiver->fin_sent == LEC_DONE_YES && segment->acks_fin)
    receiver->fin_acknowledged = true;
  if (sender->fin_sent == LEC_DONE_YES && segment->fin_in_order)
    receiver->fin_received = LEC_DONE_YES;
  else if (sender->fin_sent == LEC_DONE_NO && receiver->fin_received == LEC_DONE_UNKNOWN)
    receiver->fin_received = LEC_DONE_NO;
}

void
lec_tcp_ends_segment (LecTcpEnd ends[2], unsigned side, const LecStateSegment *segment)
{
  LecTcpEnd *sender = &ends[side], *receiver = &ends[!side];

  if (segment->tcp_flags & LEC_TCP_RST) {
    send_reset (sender, segment);
    receive_reset (receiver, segment);
    return;
  }
  send (sender, receiver, segment);
  receive (receiver, sender, segment);
}
