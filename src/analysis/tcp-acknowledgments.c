/* What acknowledgments tell of the segments before them: what arrived, what is asked for again, what need not have been
 * sent, and what this capture never had. */
#include "analysis/tcp-segments.h"

#include "analysis/tcp-copy.h"
#include "analysis/tcp-limits.h"
#include "analysis/tcp-paws.h"
#include "base/publish.h"

#define US_NS 1000
/* A round trip may be this much quicker than the quickest seen. */
#define OF_ROUND_TRIP(span) ((span) / 10 * 8)
/* With a shorter way to the receiver, timing tells nothing: the capture is taken beside it. */
#define SHORT_WAY_NS 1000000

/* An acknowledgment on its way in. */
typedef struct {
  LecAnalyzer *analyzer;
  const LecFrameAt *at;
  const LecHead *head;
  LecTcpSide *sender;   /* of the bytes that are acknowledged */
  LecTcpSide *receiver; /* who acknowledges */
  uint32_t number;
  bool bare;
} Answer;

static int64_t
since (const Answer *answer, uint32_t frame)
{
  return lec_index_time_ns (answer->analyzer->index, answer->at->frame) -
         lec_index_time_ns (answer->analyzer->index, frame);
}

static uint32_t
tell (const Answer *answer, LecVerdict verdict)
{
  verdict.frame = answer->at->frame;
  verdict.side = (uint8_t) answer->at->side;
  return lec_index_add_verdict (answer->analyzer->index, &verdict);
}

/* The receiver has a hole's bytes: they passed here, and the capture missed them. */
static void
pass_hole (const Answer *answer, LecHole *hole)
{
  LecIndex *index = answer->analyzer->index;

  hole->acknowledged = true;
  if (hole->told || !hole->opener)
    return;
  hole->told = true;
  if (!lec_index_find_verdict (index, hole->opener, LEC_VERDICT_SEGMENT_UNCAPTURED))
    lec_index_add_verdict (index, &(LecVerdict){ .frame = hole->opener,
                                                 .of = answer->at->frame,
                                                 .kind = LEC_VERDICT_SEGMENT_UNCAPTURED,
                                                 .side = (uint8_t) !answer->at->side,
                                                 .sequence = hole->range.from,
                                                 .count = hole->range.to - hole->range.from });
}

/* Marks what holes have in RANGE as passed. */
static void
pass_holes (const Answer *answer, LecSequenceRange range)
{
  LecTcpSide *sender = answer->sender;
  LecHole *hole;

  while (lec_tcp_side_find_hole (sender, range, &hole)) {
    if (lec_sequence_distance (range.to, hole->range.to) > 0) { /* the rest may still come */
      LecHole rest = *hole;
      rest.range.from = hole->range.to = range.to;
      lec_tcp_side_open_hole (sender, &rest);
      continue;
    }
    pass_hole (answer, hole);
    range.from = hole->range.to;
    if (lec_sequence_distance (range.from, range.to) <= 0)
      return;
  }
}

/* Bytes below the acknowledgment that this capture has not, and that no acknowledgment was told to cover yet. */
static uint32_t
count_passed (const LecTcpSide *sender, uint32_t acknowledgment)
{
  GArray *holes = sender->trouble ? sender->trouble->holes : NULL;
  uint32_t n_bytes = 0;

  for (unsigned i = 0; holes && i < holes->len; i++) {
    LecHole *hole = &g_array_index (holes, LecHole, i);
    if (lec_sequence_distance (hole->range.to, acknowledgment) < 0)
      break;
    n_bytes += hole->passed ? 0 : hole->range.to - hole->range.from;
    hole->passed = true;
  }
  return n_bytes;
}

/* Bytes that the receiver has and this capture has not. */
static void
look_for_unseen (const Answer *answer)
{
  LecTcpSide *sender = answer->sender;

  if (!sender->known)
    return;
  if (sender->acknowledged_known)
    pass_holes (answer, (LecSequenceRange){ sender->acknowledged, answer->number });
  if (lec_sequence_distance (sender->next_sequence, answer->number) > 0) {
    lec_tcp_side_open_hole (sender, &(LecHole){ .range = { sender->next_sequence, answer->number },
                                                .acknowledged = true,
                                                .asked = answer->at->frame });
    sender->next_sequence = answer->number;
  }
  uint32_t n_bytes = count_passed (sender, answer->number);
  if (n_bytes)
    tell (answer, (LecVerdict){ .kind = LEC_VERDICT_ACK_OF_UNSEEN, .sequence = answer->number, .count = n_bytes });
}

static void
settle (const Answer *answer, const LecResend *resend, uint32_t evidence)
{
  LecVerdict *verdict = lec_index_verdict (answer->analyzer->index, resend->verdict);

  LEC_SET (verdict->evidence, LEC_GET (verdict->evidence) | evidence);
  LEC_SET (verdict->proof, answer->at->frame);
  lec_index_set_need (answer->analyzer->index, resend->verdict, LEC_NEED_SPURIOUS);
}

/* A retransmission is acknowledged for the first time. That this is the earlier copy's doing shows where the answer
 * comes before the retransmission can have arrived, or echoes a timestamp from before it (RFC 3522 §3.2). */
static void
judge_covered (const Answer *answer, LecResend *resend)
{
  const LecVerdict *verdict = lec_index_verdict (answer->analyzer->index, resend->verdict);
  int64_t way_ns = answer->receiver->round_trip_us * (int64_t) US_NS;
  /* The receiver had said that it lacked them; rather the way became shorter, as queues do. */
  bool asked = (LEC_GET (verdict->evidence) & (LEC_EVIDENCE_DUPLICATE_ACKS | LEC_EVIDENCE_SACKED_ABOVE)) != 0;
  /* Some echo nothing in a SYN-ACK, and leave 0 there. */
  bool echoes = answer->head->flags & LEC_HEAD_TIMESTAMP && answer->head->timestamp_echo;

  resend->covered = true;
  if (LEC_GET (verdict->need) != LEC_NEED_UNKNOWN)
    return;
  if (resend->at_edge && resend->has_timestamp && echoes &&
      lec_sequence_distance (resend->timestamp, answer->head->timestamp_echo) < 0)
    settle (answer, resend, LEC_EVIDENCE_ECHO_OF_EARLIER);
  else if (!asked && way_ns > SHORT_WAY_NS && since (answer, resend->frame) < OF_ROUND_TRIP (way_ns))
    settle (answer, resend, LEC_EVIDENCE_ANSWERED_TOO_SOON);
}

static void
judge_resends (const Answer *answer)
{
  GArray *resends = answer->sender->trouble->resends;

  for (unsigned i = resends->len; i-- > 0;) {
    LecResend *resend = &g_array_index (resends, LecResend, i);
    if (!resend->covered && lec_sequence_distance (resend->range.to, answer->number) >= 0)
      judge_covered (answer, resend);
  }
}

static void
sample_round_trip (const Answer *answer)
{
  LecTcpSide *sender = answer->sender;

  if (!sender->timed_frame || lec_sequence_distance (sender->timed_end, answer->number) < 0)
    return;
  int64_t span_us = since (answer, sender->timed_frame) / US_NS;
  sender->timed_frame = 0;
  if (span_us < 0)
    return;
  uint32_t sample = (uint32_t) CLAMP (span_us, 1, G_MAXUINT32);
  if (answer->receiver->round_trip_us && sample >= answer->receiver->round_trip_us)
    return;
  answer->receiver->round_trip_us = sample;
  LEC_SET (lec_index_opening (answer->analyzer->index, answer->at->conversation)->round_trip_us[answer->at->side],
           sample);
}

static void
advance (const Answer *answer)
{
  LecTcpSide *sender = answer->sender;

  sample_round_trip (answer);
  if (sender->window_full)
    lec_tcp_limits_waited (answer->analyzer, answer->at);
  sender->acknowledged = answer->number;
  sender->acknowledged_known = true;
  sender->acknowledged_frame = answer->at->frame;
  sender->window_full = false;
  if (!sender->trouble)
    return;
  judge_resends (answer);
  sender->trouble->n_duplicate_acks = 0;
  lec_tcp_side_forget_sacked (sender);
  if (sender->trouble->recovery && lec_sequence_distance (sender->trouble->recovery_point, answer->number) >= 0)
    sender->trouble->recovery = 0;
}

static LecSequenceRange
sack_block (const LecHead *head, unsigned i)
{
  return (LecSequenceRange){ head->sack[i][0], head->sack[i][1] };
}

static gboolean
contains (LecSequenceRange outer, LecSequenceRange inner)
{
  return lec_sequence_distance (outer.from, inner.from) >= 0 && lec_sequence_distance (inner.to, outer.to) >= 0;
}

/* The first block tells of a duplicate where it lies below the acknowledgment, or in the second block (RFC 2883 §4). */
static gboolean
reports_duplicate (const LecHead *head)
{
  if (!(head->flags & LEC_HEAD_SACK) || !head->n_sack_blocks)
    return FALSE;
  LecSequenceRange first = sack_block (head, 0);
  return lec_sequence_distance (first.to, head->acknowledgment) >= 0 ||
         (head->n_sack_blocks > 1 && contains (sack_block (head, 1), first));
}

/* The newest retransmission of what came twice is the one that was not needed; where one block tells of several, each
 * range has its own. */
static void
settle_duplicate (const Answer *answer, LecSequenceRange block)
{
  GArray *resends = answer->sender->trouble ? answer->sender->trouble->resends : NULL;
  int64_t way_ns = answer->receiver->round_trip_us * (int64_t) US_NS;
  int64_t soonest_ns = way_ns > SHORT_WAY_NS ? OF_ROUND_TRIP (way_ns) : 0;
  uint32_t settled_from = block.to;

  for (unsigned i = resends ? resends->len : 0; i-- > 0;) {
    const LecResend *resend = &g_array_index (resends, LecResend, i);
    if (!contains (block, resend->range) || since (answer, resend->frame) < soonest_ns ||
        LEC_GET (lec_index_verdict (answer->analyzer->index, resend->verdict)->evidence) &
            LEC_EVIDENCE_DUPLICATE_REPORTED)
      continue;
    if (lec_sequence_distance (resend->range.to, settled_from) < 0)
      continue;
    settled_from = resend->range.from;
    settle (answer, resend, LEC_EVIDENCE_DUPLICATE_REPORTED);
  }
}

/* Whoever tells of later bytes asks for the holes before them. */
static void
ask_for_holes (const Answer *answer)
{
  const LecTcpSide *sender = answer->sender;

  for (unsigned i = 0; i < sender->trouble->holes->len; i++) {
    LecHole *hole = &g_array_index (sender->trouble->holes, LecHole, i);
    if (hole->acknowledged || !hole->opener || !lec_tcp_side_has_sacked_above (sender, hole->range.to))
      continue;
    if (!hole->asked)
      hole->asked = answer->at->frame;
    hole->n_asked++;
  }
}

static void
take_sack (const Answer *answer)
{
  const LecHead *head = answer->head;
  gboolean duplicate = reports_duplicate (head);

  answer->sender->sack_permitted = answer->receiver->sack_permitted = true;
  if (duplicate)
    settle_duplicate (answer, sack_block (head, 0));
  for (unsigned i = duplicate; i < head->n_sack_blocks; i++) {
    LecSequenceRange block = sack_block (head, i);
    if (lec_sequence_distance (block.from, block.to) <= 0 ||
        lec_sequence_distance (head->acknowledgment, block.from) < 0)
      continue;
    lec_tcp_side_sack (answer->sender, block);
    pass_holes (answer, block);
  }
  if (answer->sender->trouble)
    ask_for_holes (answer);
}

/* RFC 5681 §2: bare, the same number again, the same window, while there is something to acknowledge; with SACK the
 * window may differ. What only reports a duplicate asks for nothing. */
static gboolean
is_duplicate (const Answer *answer)
{
  const LecTcpSide *sender = answer->sender;

  if (!answer->bare || !sender->known || lec_sequence_distance (sender->acknowledged, sender->next_sequence) <= 0)
    return FALSE;
  if (answer->head->flags & LEC_HEAD_SACK && answer->head->n_sack_blocks)
    return !reports_duplicate (answer->head) || answer->head->n_sack_blocks > 1;
  return answer->receiver->window_known && answer->receiver->window == answer->head->window;
}

static void
count_duplicate (const Answer *answer)
{
  LecTcpTrouble *trouble = lec_tcp_side_trouble (answer->sender);
  LecHole *hole;

  trouble->n_duplicate_acks++;
  trouble->last_duplicate_ack = answer->at->frame;
  if (!(answer->head->flags & LEC_HEAD_SACK) &&
      lec_tcp_side_find_hole (answer->sender, (LecSequenceRange){ answer->number, answer->number + 1 }, &hole) &&
      hole->opener && !hole->acknowledged) {
    if (!hole->asked)
      hole->asked = answer->at->frame;
    hole->n_asked++;
  }
  tell (answer, (LecVerdict){ .kind = LEC_VERDICT_DUPLICATE_ACK,
                              .of = answer->sender->acknowledged_frame,
                              .sequence = answer->number,
                              .count = trouble->n_duplicate_acks });
  if (trouble->n_duplicate_acks == 1)
    lec_tcp_paws_asked_again (answer->analyzer, answer->at, answer->sender);
}

static void
tell_probe_answer (const Answer *answer)
{
  const LecTcpTrouble *trouble = answer->receiver->trouble;

  tell (answer, (LecVerdict){ .kind = trouble->probe_is_keep_alive ? LEC_VERDICT_KEEP_ALIVE_ANSWER
                                                                   : LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER,
                              .of = trouble->probe,
                              .count = answer->head->window,
                              .span_ns = since (answer, trouble->probe) });
}

/* A SYN-ACK whose SYN is not in the trace: that passed here unseen. */
static void
miss_syn (const Answer *answer)
{
  LecTcpSide *sender = answer->sender;

  sender->known = true;
  sender->next_sequence = answer->number;
  lec_tcp_side_open_hole (sender, &(LecHole){ .range = { answer->number - 1, answer->number },
                                              .acknowledged = true,
                                              .passed = true,
                                              .asked = answer->at->frame });
}

void
lec_tcp_acknowledgment_seen (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecHead *head = at->head;
  LecTcpSide *sender = at->receiver, *receiver = at->sender; /* of what is acknowledged */
  bool bare = head->payload_bytes == 0 && !(head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_FIN | LEC_TCP_RST));
  int32_t ahead =
      sender->acknowledged_known ? lec_sequence_distance (sender->acknowledged, head->acknowledgment) : G_MAXINT32;

  if (ahead == 0 && head->payload_bytes && sender->known && !(head->flags & LEC_HEAD_SACK) && !receiver->trouble)
    return; /* data, and nothing said of the other side's */
  Answer answer = { .analyzer = analyzer,
                    .at = at,
                    .head = head,
                    .sender = sender,
                    .receiver = receiver,
                    .number = head->acknowledgment,
                    .bare = bare };
  bool answers_probe = bare && ahead == 0 && receiver->trouble && receiver->trouble->probe;
  if (!sender->known && head->tcp_flags & LEC_TCP_SYN)
    miss_syn (&answer);
  if (ahead > 0) {
    look_for_unseen (&answer);
    advance (&answer);
  }
  if (head->flags & LEC_HEAD_SACK && ahead >= 0)
    take_sack (&answer);
  if (answers_probe)
    tell_probe_answer (&answer);
  else if (ahead == 0 && is_duplicate (&answer))
    count_duplicate (&answer);
  if (receiver->trouble)
    receiver->trouble->probe = 0;
  if (bare) {
    receiver->last_bare = at->frame;
    lec_tcp_copy_note (at, receiver);
  }
}

static void
finish_side (LecAnalyzer *analyzer, LecTcpSide *sender, unsigned side)
{
  LecTcpTrouble *trouble = sender->trouble;

  for (unsigned i = 0; i < trouble->holes->len; i++) {
    LecHole *hole = &g_array_index (trouble->holes, LecHole, i);
    if (hole->told || !hole->opener || hole->acknowledged)
      continue;
    lec_index_add_verdict (analyzer->index,
                           &(LecVerdict){ .frame = hole->opener,
                                          .kind = LEC_VERDICT_SEGMENT_LOST,
                                          .confidence = hole->asked ? LEC_CONFIDENCE_LIKELY : LEC_CONFIDENCE_UNCLEAR,
                                          .side = (uint8_t) side,
                                          .sequence = hole->range.from,
                                          .count = hole->range.to - hole->range.from,
                                          .n_duplicate_acks = hole->n_asked });
  }
  /* A receiver that reports duplicates reported none (RFC 2883 §4); of a SYN and a FIN it need not. */
  for (unsigned i = 0; sender->sack_permitted && i < trouble->resends->len; i++) {
    const LecResend *resend = &g_array_index (trouble->resends, LecResend, i);
    const LecVerdict *verdict = lec_index_verdict (analyzer->index, resend->verdict);
    if (resend->covered && verdict->count && LEC_GET (verdict->need) == LEC_NEED_UNKNOWN)
      lec_index_set_need (analyzer->index, resend->verdict, LEC_NEED_NEEDED);
  }
}

void
lec_tcp_segments_finish (LecAnalyzer *analyzer, LecTcpFlow *flow)
{
  for (unsigned side = 0; side < 2; side++)
    if (flow->side[side].trouble)
      finish_side (analyzer, &flow->side[side], side);
}
