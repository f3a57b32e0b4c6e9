/* Flow control as it goes by (RFC 9293 §3.8.6): windows that shut, fill and open, and probes, which also keep idle
 * connections alive (§3.8.4). */
#include "analysis/tcp-window.h"

#include "base/publish.h"

static int64_t
since (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t frame)
{
  return lec_index_time_ns (analyzer->index, at->frame) - lec_index_time_ns (analyzer->index, frame);
}

static uint32_t
tell (LecAnalyzer *analyzer, const LecFrameAt *at, LecVerdict verdict)
{
  verdict.frame = at->frame;
  verdict.side = (uint8_t) at->side;
  return lec_index_add_verdict (analyzer->index, &verdict);
}

/* Whether the sender holds the window for shut: the word that it is open may not have reached it, and then it has sent
 * nothing new since. */
static uint32_t
shut_frame_for (const LecTcpSide *sender, const LecTcpSide *receiver)
{
  const LecTcpTrouble *trouble = receiver->trouble;

  if (!trouble || trouble->shut_frame)
    return trouble ? trouble->shut_frame : 0;
  return sender->last_new < trouble->last_shut_frame ? trouble->last_shut_frame : 0;
}

/* Both ask with a segment of at most one byte, and none that is new: the byte before the next one, which the receiver
 * has and must answer. Which of them it is depends on the window that the receiver told last. Linux probes with an
 * empty segment; others send the first byte that the shut window has no room for. */
gboolean
lec_tcp_window_probed (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecHead *head = at->head;
  const LecTcpSide *sender = at->sender;
  LecTcpSide *receiver = at->receiver;

  if (head->payload_bytes > 1 || head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_FIN | LEC_TCP_RST) || sender->fin ||
      !sender->known || !sender->acknowledged_known || sender->acknowledged != sender->next_sequence)
    return FALSE;
  uint32_t shut = shut_frame_for (sender, receiver);
  gboolean old = head->sequence == sender->next_sequence - 1;
  gboolean beyond = shut && head->payload_bytes == 1 && head->sequence == sender->next_sequence;
  if (!old && !beyond)
    return FALSE;
  lec_tcp_side_trouble (receiver)->probe = at->frame;
  receiver->trouble->probe_is_keep_alive = !shut;
  tell (analyzer, at,
        (LecVerdict){ .kind = shut ? LEC_VERDICT_ZERO_WINDOW_PROBE : LEC_VERDICT_KEEP_ALIVE,
                      .of = shut && receiver->trouble ? receiver->trouble->shut_frame : 0,
                      .count = head->payload_bytes,
                      .span_ns = sender->last_sent ? since (analyzer, at, sender->last_sent) : 0 });
  return old;
}

static void
shut_window (LecAnalyzer *analyzer, const LecFrameAt *at, LecTcpSide *side)
{
  LecTcpTrouble *trouble = lec_tcp_side_trouble (side);

  trouble->shut_frame = at->frame;
  trouble->zero_window_verdict = tell (analyzer, at, (LecVerdict){ .kind = LEC_VERDICT_ZERO_WINDOW });
}

static void
open_window (LecAnalyzer *analyzer, const LecFrameAt *at, LecTcpSide *side)
{
  LecTcpTrouble *trouble = side->trouble;
  int64_t span_ns = since (analyzer, at, trouble->shut_frame);

  lec_index_set_span (analyzer->index, trouble->zero_window_verdict, span_ns, at->frame);
  tell (analyzer, at,
        (LecVerdict){ .kind = LEC_VERDICT_WINDOW_UPDATE,
                      .of = trouble->shut_frame,
                      .span_ns = span_ns,
                      .count = at->head->window });
  trouble->last_shut_frame = trouble->shut_frame;
  trouble->shut_frame = 0;
}

/* A segment that was overtaken tells of a window from before (RFC 9293 §3.10.7.4, SND.WL2). */
static gboolean
is_old_news (const LecFrameAt *at, const LecTcpSide *other)
{
  return other->acknowledged_known && at->head->tcp_flags & LEC_TCP_ACK &&
         lec_sequence_distance (other->acknowledged, at->head->acknowledgment) < 0;
}

/* SENDER has said that it sends no more, and all of it has come: nobody waits for room. */
static gboolean
lacks_nothing (const LecHead *head, const LecTcpSide *sender)
{
  return sender->fin && lec_sequence_distance (sender->fin_sequence, head->acknowledgment) > 0;
}

/* SENDER had used up what the frame that its verdict names had offered. */
static void
widen_window (LecAnalyzer *analyzer, const LecFrameAt *at, const LecTcpSide *sender)
{
  const LecVerdict *full = lec_index_find_verdict (analyzer->index, sender->last_sent, LEC_VERDICT_WINDOW_FULL);

  if (!full)
    full = lec_index_find_verdict (analyzer->index, sender->last_new, LEC_VERDICT_WINDOW_FULL);
  tell (analyzer, at,
        (LecVerdict){ .kind = LEC_VERDICT_WINDOW_UPDATE, .of = full ? full->of : 0, .count = at->head->window });
}

void
lec_tcp_window_told (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecHead *head = at->head;
  LecTcpSide *side = at->sender, *other = at->receiver;
  gboolean was_shut = side->trouble && side->trouble->shut_frame;

  if (side->window != head->window && is_old_news (at, other))
    return;
  if (head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_RST))
    ;
  else if (head->window == 0 && !was_shut && !lacks_nothing (head, other))
    shut_window (analyzer, at, side);
  else if (head->window && was_shut)
    open_window (analyzer, at, side);
  else if (other->window_full && side->window_known && head->window > side->window && head->payload_bytes == 0)
    widen_window (analyzer, at, other);
  if (side->window != head->window)
    other->window_full = false;
  side->window = head->window;
  side->window_known = true;
  lec_tcp_side_note_identification (side, head->ip_identification);
}

void
lec_tcp_window_used (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  LecTcpSide *sender = at->sender;
  const LecTcpSide *receiver = at->receiver;
  const LecConversation *conversation = at->row;
  int8_t shift = LEC_GET (conversation->window_shift[!at->side]);

  if (sender->window_full || !receiver->window || !sender->acknowledged_known || shift == -1)
    return;
  uint32_t window = (uint32_t) receiver->window << MAX (shift, 0);
  uint32_t in_flight = sender->next_sequence - sender->acknowledged;
  if (in_flight > window || window - in_flight >= at->head->payload_bytes)
    return;
  sender->window_full = true;
  tell (analyzer, at,
        (LecVerdict){ .kind = LEC_VERDICT_WINDOW_FULL, .of = lec_tcp_side_last_frame (receiver), .count = window });
}
