#include "analysis/wireshark-rules.h"

#include <string.h>

#define MS_NS G_GINT64_CONSTANT (1000000)

/* Taken for the round trip where no handshake told one. */
#define USUAL_RTT_NS (3 * MS_NS)
/* A resend is fast where the other side was heard so lately. */
#define FAST_NS (20 * MS_NS)
/* Duplicate ACKs that make it fast. */
#define FAST_DUPLICATES 2u
/* SACK blocks that are looked at. */
#define SACK_BLOCKS 3u
/* LecWiresharkSide.duplicates: it was said that the other side acknowledged what was never seen. */
#define TOLD G_MAXUINT32

/* What a segment was, for the answer to it. */
enum { LAST_OTHER, LAST_KEEP_ALIVE, LAST_PROBE };

/* What the rules ask of a segment before they look at retransmissions. */
typedef enum {
  IS_PLAIN = 1 << 0, /* no SYN, FIN or RST */
  IS_RESET = 1 << 1,
  IS_EMPTY = 1 << 2,      /* no payload */
  IS_TINY = 1 << 3,       /* at most one byte of it */
  IS_AT_NEXT = 1 << 4,    /* it begins with the next byte expected */
  IS_BELOW_NEXT = 1 << 5, /* … with the one before */
  IS_BEYOND = 1 << 6,     /* … behind it */
  SAME_ACK = 1 << 7,      /* as this side's last segment */
  SAME_WINDOW = 1 << 8,
  NO_WINDOW = 1 << 9,
  PEER_SHUT = 1 << 10,        /* the other side's window is */
  FILLS_WINDOW = 1 << 11,     /* its last byte is the last that the other side's window has room for */
  AFTER_KEEP_ALIVE = 1 << 12, /* the other side's last segment was one */
  AFTER_PROBE = 1 << 13,
} Traits;

#define REPEATS (IS_PLAIN | IS_EMPTY | IS_AT_NEXT | SAME_ACK)

/* Tried one after the other: all of WITH and nothing of WITHOUT. LAST: none is tried after it. */
static const struct {
  LecWiresharkFlags flag;
  Traits with;
  Traits without;
  gboolean last;
} rules[] = {
  { LEC_WIRESHARK_ZERO_WINDOW_PROBE, IS_TINY | IS_AT_NEXT | PEER_SHUT, IS_EMPTY, TRUE },
  { LEC_WIRESHARK_ZERO_WINDOW, IS_PLAIN | NO_WINDOW, 0, FALSE },
  { LEC_WIRESHARK_LOST_SEGMENT, IS_BEYOND, IS_RESET, FALSE },
  { LEC_WIRESHARK_KEEP_ALIVE, IS_PLAIN | IS_TINY | IS_BELOW_NEXT, 0, FALSE },
  { LEC_WIRESHARK_WINDOW_UPDATE, REPEATS, SAME_WINDOW | NO_WINDOW, FALSE },
  { LEC_WIRESHARK_WINDOW_FULL, IS_PLAIN | FILLS_WINDOW, IS_EMPTY, FALSE },
  { LEC_WIRESHARK_KEEP_ALIVE_ACK, REPEATS | SAME_WINDOW | AFTER_KEEP_ALIVE, NO_WINDOW, TRUE },
  { LEC_WIRESHARK_ZERO_WINDOW_PROBE_ACK, REPEATS | SAME_WINDOW | NO_WINDOW | AFTER_PROBE, 0, TRUE },
  { LEC_WIRESHARK_DUPLICATE_ACK, REPEATS | SAME_WINDOW, NO_WINDOW, TRUE },
};

/* A segment on its way through the rules. */
typedef struct {
  LecWiresharkFlow *flow;
  LecWiresharkSide *sender;
  LecWiresharkSide *receiver;
  const LecHead *head;
  LecWiresharkFinding *finding;
  uint32_t frame;
  int64_t time_ns;
  uint32_t length; /* of the numbers that it takes; SYN and FIN together count as one */
  uint32_t end;    /* behind them */
  gboolean told;   /* something was said or worked out: only then Wireshark shows the initial round trip */
} Segment;

static gboolean
is_before (uint32_t a, uint32_t b)
{
  return (int32_t) (a - b) < 0;
}

/* From the time EARLIER_NS on; a clock that went backwards makes it longer than any. */
static uint64_t
since (const Segment *segment, int64_t earlier_ns)
{
  return (uint64_t) segment->time_ns - (uint64_t) earlier_ns;
}

static gboolean
has (const Segment *segment, LecWiresharkFlags flag)
{
  return (segment->finding->flags & flag) != 0;
}

static gboolean
fills_window (const Segment *segment)
{
  const LecWiresharkSide *receiver = segment->receiver;
  unsigned shift = receiver->window_shift > 0 ? (unsigned) receiver->window_shift : 0;

  return receiver->window_shift != -1 && segment->head->sequence + segment->head->payload_bytes ==
                                             receiver->acknowledgment + ((uint32_t) receiver->window << shift);
}

static unsigned
traits_of (const Segment *segment)
{
  const LecWiresharkSide *sender = segment->sender, *receiver = segment->receiver;
  const LecHead *head = segment->head;
  unsigned traits = 0;

#define NOTE(trait, condition) traits |= (condition) ? (unsigned) (trait) : 0
  NOTE (IS_PLAIN, !(head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_FIN | LEC_TCP_RST)));
  NOTE (IS_RESET, head->tcp_flags & LEC_TCP_RST);
  NOTE (IS_EMPTY, head->payload_bytes == 0);
  NOTE (IS_TINY, head->payload_bytes <= 1);
  NOTE (IS_AT_NEXT, head->sequence == sender->next);
  NOTE (IS_BELOW_NEXT, head->sequence == sender->next - 1);
  NOTE (IS_BEYOND, sender->next && is_before (sender->next, head->sequence));
  NOTE (SAME_ACK, head->acknowledgment == sender->acknowledgment);
  NOTE (SAME_WINDOW, head->window == sender->window);
  NOTE (NO_WINDOW, head->window == 0);
  NOTE (PEER_SHUT, receiver->seen && receiver->window == 0);
  NOTE (FILLS_WINDOW, fills_window (segment));
  NOTE (AFTER_KEEP_ALIVE, receiver->last == LAST_KEEP_ALIVE);
  NOTE (AFTER_PROBE, receiver->last == LAST_PROBE);
#undef NOTE
  return traits;
}

static void
apply_rules (const Segment *segment)
{
  unsigned traits = traits_of (segment);

  for (unsigned i = 0; i < G_N_ELEMENTS (rules); i++) {
    if ((traits & rules[i].with) != (unsigned) rules[i].with || traits & rules[i].without)
      continue;
    segment->finding->flags |= rules[i].flag;
    if (rules[i].last)
      break;
  }
}

static void
count_duplicates (const Segment *segment)
{
  LecWiresharkSide *sender = segment->sender;

  if (has (segment, LEC_WIRESHARK_DUPLICATE_ACK)) {
    sender->duplicates = sender->duplicates == TOLD ? 1 : sender->duplicates + 1;
    segment->finding->duplicate = sender->duplicates;
    segment->finding->duplicate_of = sender->duplicates_of;
  }
  if (segment->head->acknowledgment != sender->acknowledgment) {
    sender->duplicates = 0;
    sender->duplicates_of = segment->frame;
  }
}

/* Bytes acknowledged that were never seen. Said once where nothing beyond the edge was seen either, and not at all
 * while the other side repeats itself: that state is kept where its duplicates are counted. */
static void
judge_acknowledgment (Segment *segment)
{
  LecWiresharkSide *receiver = segment->receiver;

  if (!(segment->head->tcp_flags & LEC_TCP_ACK) || !receiver->edge ||
      !is_before (receiver->edge, segment->head->acknowledgment))
    return;
  segment->told = TRUE;
  if (receiver->edge != receiver->next) {
    segment->finding->flags |= LEC_WIRESHARK_ACK_LOST_SEGMENT;
    receiver->edge = receiver->next;
    return;
  }
  if (receiver->duplicates == 0)
    segment->finding->flags |= LEC_WIRESHARK_ACK_LOST_SEGMENT;
  receiver->duplicates = TOLD;
}

static gboolean
is_fast (const Segment *segment)
{
  const LecWiresharkSide *receiver = segment->receiver;

  return receiver->duplicates >= FAST_DUPLICATES && receiver->acknowledgment == segment->head->sequence &&
         since (segment, receiver->last_ns) < FAST_NS;
}

static gboolean
is_reordered (const Segment *segment)
{
  int64_t initial_rtt_ns = segment->flow->initial_rtt_ns;
  uint64_t longest = (uint64_t) (initial_rtt_ns ? initial_rtt_ns : USUAL_RTT_NS);

  return since (segment, segment->sender->next_ns) < longest && segment->end != segment->sender->next;
}

/* Bytes below the highest that was seen. */
static gboolean
goes_back (const Segment *segment)
{
  uint32_t sequence = segment->head->sequence, next = segment->sender->next;

  if (!next || !is_before (sequence, next))
    return FALSE;
  /* Like a keep-alive, with more behind it. */
  return sequence != next - 1 || !is_before (next, segment->end);
}

/* The timer is taken to have run since the oldest sending that nobody acknowledged, or else since the newest. */
static void
tell_rto (const Segment *segment)
{
  const LecWiresharkSending *oldest = lec_wireshark_sent_oldest (&segment->sender->sent);
  int64_t from_ns = oldest ? oldest->time_ns : segment->sender->next_ns;

  if (from_ns != segment->time_ns)
    segment->finding->rto_frame = oldest ? oldest->frame : segment->sender->next_frame;
}

static void
judge_resend (const Segment *segment)
{
  const LecHead *head = segment->head;
  uint32_t acknowledged = segment->receiver->acknowledgment;
  uint32_t *flags = &segment->finding->flags;

  if (!segment->length || has (segment, LEC_WIRESHARK_KEEP_ALIVE))
    return;
  if (head->payload_bytes && acknowledged && !is_before (acknowledged, head->sequence + head->payload_bytes)) {
    *flags |= LEC_WIRESHARK_RETRANSMISSION | LEC_WIRESHARK_SPURIOUS_RETRANSMISSION;
  } else if (goes_back (segment)) {
    if (is_fast (segment)) {
      *flags |= LEC_WIRESHARK_RETRANSMISSION | LEC_WIRESHARK_FAST_RETRANSMISSION;
    } else if (is_reordered (segment)) {
      *flags |= LEC_WIRESHARK_OUT_OF_ORDER;
    } else {
      *flags |= LEC_WIRESHARK_RETRANSMISSION;
      tell_rto (segment);
    }
  }
}

/* Keeping what later segments are judged by. */

static void
note_sent (const Segment *segment)
{
  LecWiresharkSide *sender = segment->sender;
  gboolean full = lec_wireshark_sent_n (&sender->sent) >= LEC_WIRESHARK_SENT_MAX;

  if (has (segment, LEC_WIRESHARK_LOST_SEGMENT))
    sender->flight_unknown = TRUE;
  if (!has (segment, LEC_WIRESHARK_ZERO_WINDOW_PROBE)) {
    if (!sender->next || is_before (sender->next, segment->end)) {
      sender->next = segment->end;
      sender->next_ns = segment->time_ns;
      sender->next_frame = segment->frame;
    }
    if (!sender->edge)
      sender->edge = sender->next;
  }
  if (segment->head->sequence == sender->edge && !(segment->length && full))
    sender->edge = sender->next;
  if (segment->length)
    lec_wireshark_sent_add (&sender->sent, &(LecWiresharkSending){ .time_ns = segment->time_ns,
                                                                   .frame = segment->frame,
                                                                   .sequence = segment->head->sequence,
                                                                   .end = segment->end });
}

static void
note_acknowledged (const Segment *segment)
{
  const LecHead *head = segment->head;
  LecWiresharkSide *receiver = segment->receiver;
  unsigned n_blocks = head->flags & LEC_HEAD_SACK ? MIN (head->n_sack_blocks, SACK_BLOCKS) : 0;

  segment->finding->acks_frame = lec_wireshark_sent_acknowledge (&receiver->sent, head->acknowledgment).frame;
  if (head->tcp_flags & LEC_TCP_ACK)
    receiver->flight_unknown = FALSE;
  segment->sender->sacked_bytes = 0;
  for (unsigned i = 0; i < n_blocks; i++)
    segment->sender->sacked_bytes += head->sack[i][1] - head->sack[i][0];
}

static void
tell_flight (Segment *segment)
{
  LecWiresharkSide *sender = segment->sender;

  if (!segment->head->payload_bytes || sender->flight_unknown || !lec_wireshark_sent_n (&sender->sent))
    return;
  segment->told = TRUE;
  int32_t bytes = (int32_t) (lec_wireshark_sent_span (&sender->sent, sender->first_sequence) -
                             segment->receiver->sacked_bytes - (segment->length - segment->head->payload_bytes));
  if (bytes > 0)
    segment->finding->bytes_in_flight = (uint32_t) bytes;
}

static void
note_segment (const Segment *segment)
{
  const LecHead *head = segment->head;
  LecWiresharkSide *sender = segment->sender;
  LecWiresharkFlow *flow = segment->flow;

  sender->seen = TRUE;
  sender->acknowledgment = head->acknowledgment;
  sender->window = head->window;
  sender->last_ns = segment->time_ns;
  sender->last = has (segment, LEC_WIRESHARK_ZERO_WINDOW_PROBE) ? LAST_PROBE
                 : has (segment, LEC_WIRESHARK_KEEP_ALIVE)      ? LAST_KEEP_ALIVE
                                                                : LAST_OTHER;
  /* Who sends it does not matter. */
  if ((head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_ACK)) == LEC_TCP_ACK && !flow->initial_rtt_ns && flow->syn_ns)
    flow->initial_rtt_ns = segment->time_ns - flow->syn_ns;
}

/* Openings. */

void
lec_wireshark_flow_init (LecWiresharkFlow *flow)
{
  memset (flow, 0, sizeof *flow);
  flow->side[0].window_shift = flow->side[1].window_shift = -1;
}

void
lec_wireshark_flow_clear (LecWiresharkFlow *flow)
{
  lec_wireshark_sent_clear (&flow->side[0].sent);
  lec_wireshark_sent_clear (&flow->side[1].sent);
}

/* Where numbers of a side begin; TRUE where a SYN says that these ports were used by another connection before. A bare
 * SYN then opens a new one. */
static gboolean
note_beginning (LecWiresharkFlow *flow, unsigned side, const LecHead *head)
{
  LecWiresharkSide *sender = &flow->side[side], *receiver = &flow->side[!side];
  gboolean syn = (head->tcp_flags & LEC_TCP_SYN) != 0, ack = (head->tcp_flags & LEC_TCP_ACK) != 0;
  gboolean reused = syn && sender->first_known && sender->first_sequence != head->sequence;

  if (reused && !ack) {
    lec_wireshark_flow_clear (flow);
    lec_wireshark_flow_init (flow);
  }
  if (reused || !sender->first_known)
    sender->first_sequence = syn ? head->sequence : head->sequence - 1;
  sender->first_known = TRUE;
  if (ack && !receiver->first_known) {
    receiver->first_sequence = head->acknowledgment - 1;
    receiver->first_known = TRUE;
  }
  return reused;
}

static void
note_syn (const Segment *segment)
{
  const LecHead *head = segment->head;
  LecWiresharkSide *sender = segment->sender;

  if (!(head->tcp_flags & LEC_TCP_SYN))
    return;
  if (head->flags & LEC_HEAD_SCALE) {
    if (sender->window_shift != -2)
      sender->window_shift = (int8_t) head->window_shift;
  } else if (sender->window_shift == -1) {
    sender->window_shift = segment->receiver->window_shift = -2;
  }
  if (head->tcp_flags & LEC_TCP_ACK)
    return;
  segment->flow->syn_ns = segment->time_ns;
  /* What was seen behind a gap is forgotten. */
  if (sender->edge)
    sender->next = sender->edge;
}

void
lec_wireshark_flow_segment (LecWiresharkFlow *flow, unsigned side, uint32_t frame, int64_t time_ns, const LecHead *head,
                            gboolean reused, LecWiresharkFinding *finding)
{
  uint32_t length = head->payload_bytes + ((head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_FIN)) != 0);
  Segment segment = { .flow = flow,
                      .sender = &flow->side[side],
                      .receiver = &flow->side[!side],
                      .head = head,
                      .finding = finding,
                      .frame = frame,
                      .time_ns = time_ns,
                      .length = length,
                      .end = head->sequence + length };

  *finding = (LecWiresharkFinding){ .flags = 0 };
  if (note_beginning (flow, side, head) || reused)
    finding->flags |= LEC_WIRESHARK_REUSED_PORTS;
  note_syn (&segment);
  apply_rules (&segment);
  count_duplicates (&segment);
  judge_acknowledgment (&segment);
  judge_resend (&segment);
  note_sent (&segment);
  note_acknowledged (&segment);
  tell_flight (&segment);
  note_segment (&segment);
  if (segment.told || finding->flags || finding->acks_frame)
    finding->initial_rtt_ns = flow->initial_rtt_ns;
}
