/* What a TCP segment brings in sequence space: new bytes, a hole, or bytes from below the highest seen, of which the
 * evidence is gathered here and judged in tcp-judge.c. */
#include "analysis/tcp-segments.h"

#include "analysis/copy.h"
#include "analysis/tcp-copy.h"
#include "analysis/tcp-damage.h"
#include "analysis/tcp-judge.h"
#include "analysis/tcp-paws.h"
#include "base/limits.h"
#include "base/publish.h"

#define US_NS 1000
/* RFC 7323 §2.3 */
#define WIDEST_SHIFT 14
/* What comes later than this was not overtaken: it is a packet from another time. */
#define LONGEST_DETOUR_NS 2000000000ll

/* A segment on its way in. */
typedef struct {
  LecAnalyzer *analyzer;
  const LecFrameAt *at;
  const LecHead *head;
  LecConversation *conversation;
  LecTcpFlow *flow;
  LecTcpSide *sender;
  LecTcpSide *receiver;
  LecSequenceRange range;
} Arrival;

static int64_t
time_of (const Arrival *arrival, uint32_t frame)
{
  return lec_index_time_ns (arrival->analyzer->index, frame);
}

static int64_t
since (const Arrival *arrival, uint32_t frame)
{
  return frame ? time_of (arrival, arrival->at->frame) - time_of (arrival, frame) : LEC_SPAN_UNKNOWN;
}

/* Since the sender last spoke, or heard something new. */
static int64_t
since_heard (const Arrival *arrival)
{
  return since (arrival, MAX (arrival->sender->last_sent, arrival->sender->acknowledged_frame));
}

static LecSegment
segment_of (const LecFrameAt *at, uint32_t length)
{
  const LecHead *head = at->head;

  return (LecSegment){ .sequence = head->sequence,
                       .length = length,
                       .frame = at->frame,
                       .first = at->frame,
                       .timestamp = head->timestamp_value,
                       .fingerprint = lec_tcp_fingerprint (head),
                       .ip_identification = head->ip_identification,
                       .tcp_flags = head->tcp_flags,
                       .has_timestamp = (head->flags & LEC_HEAD_TIMESTAMP) != 0 };
}

/* How this packet's identification, and its timestamp, stand to those of another one of the same sender. */
static uint32_t
order_evidence (const Arrival *arrival, uint16_t ip_identification, bool has_timestamp, uint32_t timestamp)
{
  const LecHead *head = arrival->head;
  uint32_t evidence = 0;

  if (head->ip_identification && ip_identification) {
    int16_t step = (int16_t) (head->ip_identification - ip_identification);
    if (step == 0)
      evidence |= LEC_EVIDENCE_IP_ID_SAME;
    else if (lec_tcp_side_ids_count (arrival->sender) && step > -LEC_IDENTIFICATION_STEP)
      evidence |= step > 0 ? LEC_EVIDENCE_IP_ID_LATER : LEC_EVIDENCE_IP_ID_EARLIER;
    else /* nobody is overtaken by thousands: a sender that is busy elsewhere has come round */
      evidence |= LEC_EVIDENCE_IP_ID_OTHER;
  }
  if (has_timestamp && head->flags & LEC_HEAD_TIMESTAMP) {
    int32_t step = lec_sequence_distance (timestamp, head->timestamp_value);
    evidence |= step == 0  ? LEC_EVIDENCE_TIMESTAMP_SAME
                : step > 0 ? LEC_EVIDENCE_TIMESTAMP_LATER
                           : LEC_EVIDENCE_TIMESTAMP_EARLIER;
  }
  return evidence;
}

/* Whether the packet of a segment that has all in its header from an earlier one came another way: then it is that
 * packet, captured twice. */
static gboolean
came_another_way (const Arrival *arrival, const LecSegment *copy, uint32_t evidence)
{
  if (evidence & (LEC_EVIDENCE_IP_ID_EARLIER | LEC_EVIDENCE_IP_ID_LATER | LEC_EVIDENCE_IP_ID_OTHER))
    return FALSE;
  return lec_copy_compare (arrival->analyzer, arrival->at, copy->frame) == LEC_COPY_OTHER_WAY;
}

static uint32_t
copy_evidence (const Arrival *arrival, const LecSegment *copy)
{
  uint32_t evidence = order_evidence (arrival, copy->ip_identification, copy->has_timestamp, copy->timestamp);

  if (copy->fingerprint == lec_tcp_fingerprint (arrival->head) && copy->sequence == arrival->range.from &&
      copy->length == arrival->range.to - arrival->range.from)
    evidence |= LEC_EVIDENCE_IDENTICAL;
  if (evidence & LEC_EVIDENCE_IDENTICAL && came_another_way (arrival, copy, evidence))
    evidence |= LEC_EVIDENCE_OTHER_HOPS;
  return evidence;
}

/* The least round trip between both ends, in microseconds as verdicts keep it. */
static uint32_t
round_trip_us (const Arrival *arrival)
{
  return arrival->sender->round_trip_us && arrival->receiver->round_trip_us
             ? arrival->sender->round_trip_us + arrival->receiver->round_trip_us
             : 0;
}

/* Since the end of the last silence of the sender's that was long enough for a timer to run out; looked for among what
 * it sent within the time in which that may still have an effect. */
static int64_t
since_silence (const Arrival *arrival)
{
  const LecSegmentRing *segments = &arrival->sender->segments;
  int64_t round_trip_ns = round_trip_us (arrival) * (int64_t) US_NS;

  for (uint32_t i = segments->count; i-- > 1;) {
    uint32_t frame = lec_segment_ring_at (segments, i)->frame;
    int64_t span_ns = since (arrival, frame);
    if (lec_judge_silence (span_ns, round_trip_ns))
      break;
    if (lec_judge_silence (time_of (arrival, frame) - time_of (arrival, lec_segment_ring_at (segments, i - 1)->frame),
                           round_trip_ns))
      return span_ns;
  }
  return LEC_SPAN_UNKNOWN;
}

/* Retransmissions since the sender had reason to go on: it sent something new, or news came from the receiver. */
static unsigned
n_resends (const LecTcpSide *sender)
{
  const GArray *resends = sender->trouble ? sender->trouble->resends : NULL;
  unsigned n = 0;

  for (unsigned i = resends ? resends->len : 0; i-- > 0; n++) {
    const LecResend *resend = &g_array_index (resends, LecResend, i);
    if (resend->covered || resend->frame < sender->last_new)
      break;
  }
  return n;
}

static void
gather_history (const Arrival *arrival, LecSegmentEvidence *given)
{
  const LecTcpTrouble *trouble = arrival->sender->trouble;

  given->since_silence_ns = since_silence (arrival);
  given->since_resend_ns = given->since_duplicate_ns = LEC_SPAN_UNKNOWN;
  given->n_resends = n_resends (arrival->sender);
  if (!trouble)
    return;
  given->recovery = trouble->recovery;
  given->since_duplicate_ns = since (arrival, trouble->last_duplicate_ack);
  if (trouble->resends->len) {
    const LecResend *last = &g_array_index (trouble->resends, LecResend, trouble->resends->len - 1);
    given->since_resend_ns = since (arrival, last->frame);
    given->last_cause = last->cause;
  }
}

static LecSegmentEvidence
gather (const Arrival *arrival, const LecHole *hole, const LecSegment *copy)
{
  const LecTcpSide *sender = arrival->sender;
  const LecTcpTrouble *trouble = sender->trouble;
  LecSegmentEvidence given = { .evidence = hole ? LEC_EVIDENCE_FILLS_HOLE : LEC_EVIDENCE_SEEN_BEFORE,
                               .since_copy_ns = LEC_SPAN_UNKNOWN,
                               .since_asked_ns = LEC_SPAN_UNKNOWN,
                               .tcp_flags = arrival->head->tcp_flags,
                               .sack_permitted = sender->sack_permitted && arrival->receiver->sack_permitted,
                               .captured_twice = arrival->flow->captured_twice };

  if (hole) {
    given.evidence |=
        order_evidence (arrival, hole->opener_ip_identification, hole->opener_has_timestamp, hole->opener_timestamp);
    given.since_copy_ns = since (arrival, hole->opener);
    given.since_asked_ns = since (arrival, hole->asked);
    given.n_duplicate_acks = hole->n_asked;
    given.evidence |= hole->acknowledged ? LEC_EVIDENCE_ACKNOWLEDGED : 0;
  } else if (copy) {
    given.evidence |= copy_evidence (arrival, copy);
    given.since_copy_ns = since (arrival, copy->frame);
    given.since_asked_ns = since (arrival, copy->asked);
  }
  if (trouble && trouble->n_duplicate_acks && sender->acknowledged == arrival->range.from)
    given.n_duplicate_acks = MAX (given.n_duplicate_acks, trouble->n_duplicate_acks);
  given.since_heard_ns = since_heard (arrival);
  given.round_trip_ns[0] = sender->round_trip_us * (int64_t) US_NS;
  given.round_trip_ns[1] = arrival->receiver->round_trip_us * (int64_t) US_NS;
  gather_history (arrival, &given);
  given.at_edge = !sender->acknowledged_known || sender->acknowledged == arrival->range.from;
  if (given.n_duplicate_acks)
    given.evidence |= LEC_EVIDENCE_DUPLICATE_ACKS;
  if (lec_tcp_side_has_sacked_above (sender, arrival->range.to))
    given.evidence |= LEC_EVIDENCE_SACKED_ABOVE;
  if (lec_tcp_side_is_sacked (sender, arrival->range))
    given.evidence |= LEC_EVIDENCE_SACKED;
  if (sender->acknowledged_known && lec_sequence_distance (arrival->range.to, sender->acknowledged) >= 0)
    given.evidence |= LEC_EVIDENCE_ACKNOWLEDGED;
  if (arrival->range.to == sender->next_sequence)
    given.evidence |= LEC_EVIDENCE_TAIL;
  return given;
}

/* What opened a hole is told once it is known how the hole came about. */
static uint32_t
tell_lost (const Arrival *arrival, LecHole *hole)
{
  if (hole->told || !hole->opener || hole->acknowledged)
    return G_MAXUINT32;
  hole->told = true;
  return lec_index_add_verdict (arrival->analyzer->index, &(LecVerdict){ .frame = hole->opener,
                                                                         .of = arrival->at->frame,
                                                                         .kind = LEC_VERDICT_SEGMENT_LOST,
                                                                         .side = (uint8_t) arrival->at->side,
                                                                         .count = hole->range.to - hole->range.from,
                                                                         .sequence = hole->range.from,
                                                                         .n_duplicate_acks = hole->n_asked,
                                                                         .span_ns = since (arrival, hole->opener) });
}

/* Keeps an eye on a retransmission: acknowledgments to come tell whether it was needed. */
static void
watch (const Arrival *arrival, uint32_t verdict, uint32_t loss, const LecSegmentEvidence *given, LecCause cause)
{
  LecTcpTrouble *trouble = lec_tcp_side_trouble (arrival->sender);
  LecResend resend = { .range = arrival->range,
                       .frame = arrival->at->frame,
                       .verdict = verdict,
                       .loss = loss,
                       .timestamp = arrival->head->timestamp_value,
                       .has_timestamp = (arrival->head->flags & LEC_HEAD_TIMESTAMP) != 0,
                       .at_edge = given->at_edge,
                       .cause = (uint8_t) cause };

  if (trouble->resends->len >= LEC_LIMIT_RESENDS)
    g_array_remove_index (trouble->resends, 0);
  g_array_append_val (trouble->resends, resend);
}

/* A recovery goes on until all that was sent when it began is acknowledged (RFC 6675 §5, RFC 6298 §5). */
static void
note_recovery (const Arrival *arrival, LecCause cause)
{
  LecTcpTrouble *trouble = lec_tcp_side_trouble (arrival->sender);

  if (cause == LEC_CAUSE_PROBE || cause == LEC_CAUSE_SYN || cause == LEC_CAUSE_SYN_ACK || cause == LEC_CAUSE_UNKNOWN)
    return;
  if (trouble->recovery == LEC_CAUSE_TIMEOUT || (trouble->recovery && cause != LEC_CAUSE_TIMEOUT))
    return;
  trouble->recovery = (uint8_t) cause;
  trouble->recovery_frame = arrival->at->frame;
  trouble->recovery_point = arrival->sender->next_sequence;
}

/* What the sender acted on, as far as it passed here. */
static uint32_t
prompt_of (const Arrival *arrival, const LecJudgement *judgement, const LecHole *hole)
{
  const LecTcpTrouble *trouble = arrival->sender->trouble;
  gboolean by_timer = judgement->cause != LEC_CAUSE_DUPLICATE_ACKS && judgement->cause != LEC_CAUSE_SACK;

  if (by_timer && judgement->evidence & LEC_EVIDENCE_TIMEOUT_RECOVERY && !(judgement->evidence & LEC_EVIDENCE_SILENCE))
    return trouble->recovery_frame;
  if (by_timer)
    return judgement->cause == LEC_CAUSE_UNKNOWN
               ? 0
               : MAX (arrival->sender->last_sent, arrival->sender->acknowledged_frame);
  if (trouble && trouble->n_duplicate_acks)
    return trouble->last_duplicate_ack;
  if (hole && hole->asked)
    return hole->asked;
  return trouble && trouble->recovery ? trouble->recovery_frame : 0;
}

static void
tell_retransmission (const Arrival *arrival, const LecSegmentEvidence *given, const LecJudgement *judgement,
                     LecHole *hole, const LecSegment *copy)
{
  int64_t span = since (arrival, copy && copy->first ? copy->first : copy ? copy->frame : hole ? hole->opener : 0);
  LecVerdict verdict = { .frame = arrival->at->frame,
                         .of = copy ? copy->frame : 0,
                         .first = copy ? copy->first : 0,
                         .kind = LEC_VERDICT_RETRANSMISSION,
                         .cause = (uint8_t) judgement->cause,
                         .confidence = (uint8_t) judgement->confidence,
                         .need = (uint8_t) judgement->need,
                         .evidence = judgement->evidence,
                         .n_duplicate_acks = given->n_duplicate_acks,
                         .side = (uint8_t) arrival->at->side,
                         .count = arrival->head->payload_bytes,
                         .sequence = arrival->range.from,
                         .opener = hole ? hole->opener : 0,
                         .prompt = prompt_of (arrival, judgement, hole),
                         .round_trip_us = round_trip_us (arrival),
                         .span_ns = span == LEC_SPAN_UNKNOWN ? 0 : span };

  LEC_ADD (arrival->conversation->n_retransmissions[arrival->at->side], 1);
  uint32_t row = lec_index_add_verdict (arrival->analyzer->index, &verdict);
  watch (arrival, row, hole ? tell_lost (arrival, hole) : G_MAXUINT32, given, judgement->cause);
  note_recovery (arrival, judgement->cause);
  if (copy && verdict.count && judgement->need != LEC_NEED_SPURIOUS)
    lec_tcp_damage_repeated (arrival->analyzer, arrival->at, copy->frame);
  arrival->sender->timed_frame = 0; /* an acknowledgment of what was sent twice says nothing of time (RFC 6298 §3) */
}

/* By how much its timestamp is older than that of what had gone past it, 0 where it is not by far. */
static uint32_t
ticks_late (const Arrival *arrival, const LecHole *hole, const LecSegment *copy)
{
  bool has_timestamp = copy ? copy->has_timestamp : hole && hole->opener_has_timestamp;
  uint32_t later = copy ? copy->timestamp : hole ? hole->opener_timestamp : 0;

  if (!has_timestamp || !(arrival->head->flags & LEC_HEAD_TIMESTAMP) ||
      !lec_tcp_paws_is_old (arrival->head->timestamp_value, later))
    return 0;
  return later - arrival->head->timestamp_value;
}

/* FALSE where it was before. */
static bool
mark_copied (LecSegment *copy)
{
  bool is_first = !copy->copied;

  copy->copied = true;
  return is_first;
}

static void
tell_other (const Arrival *arrival, const LecSegmentEvidence *given, const LecJudgement *judgement, const LecHole *hole,
            LecSegment *copy)
{
  LecVerdict verdict = { .frame = arrival->at->frame,
                         .of = copy   ? copy->frame
                               : hole ? hole->opener
                                      : 0,
                         .first = copy ? copy->first : 0,
                         .kind = (uint8_t) judgement->kind,
                         .confidence = (uint8_t) judgement->confidence,
                         .evidence = judgement->evidence,
                         .side = (uint8_t) arrival->at->side,
                         .count = arrival->head->payload_bytes,
                         .sequence = arrival->range.from,
                         .opener = hole ? hole->opener : 0,
                         .round_trip_us = round_trip_us (arrival),
                         .span_ns = given->since_copy_ns == LEC_SPAN_UNKNOWN ? 0 : given->since_copy_ns };

  uint32_t ticks = ticks_late (arrival, hole, copy);
  if (judgement->kind == LEC_VERDICT_REORDERED && given->since_copy_ns > LONGEST_DETOUR_NS && ticks) {
    verdict.kind = LEC_VERDICT_OLD_TIMESTAMP;
    verdict.count = ticks;
  }
  if (judgement->kind == LEC_VERDICT_NETWORK_DUPLICATE)
    lec_tcp_copy_tell (arrival->analyzer, arrival->at, verdict, mark_copied (copy));
  else
    lec_index_add_verdict (arrival->analyzer->index, &verdict);
}

/* The first of two copies came after the second: so the hole that the second filled was none. */
static void
withdraw_loss (const Arrival *arrival, const LecSegment *copy)
{
  GArray *resends = arrival->sender->trouble ? arrival->sender->trouble->resends : NULL;

  for (unsigned i = resends ? resends->len : 0; i-- > 0;) {
    LecResend *resend = &g_array_index (resends, LecResend, i);
    if (resend->frame != copy->frame)
      continue;
    if (resend->loss != G_MAXUINT32)
      lec_index_withdraw_verdict (arrival->analyzer->index, resend->loss);
    resend->loss = G_MAXUINT32;
    return;
  }
}

/* Where both ends open at once, each sends its SYN again with an ACK: an answer, not a repeat (RFC 9293 §3.5). */
static gboolean
answers_simultaneous_open (const LecHead *head, const LecSegment *copy)
{
  return copy && head->tcp_flags & LEC_TCP_SYN && head->tcp_flags & LEC_TCP_ACK && !(copy->tcp_flags & LEC_TCP_ACK);
}

/* A segment from below the highest sequence number seen. FALSE where it is only a copy of a packet. */
static gboolean
judge_old (const Arrival *arrival, LecSegment *segment)
{
  LecHole *hole = NULL;
  LecSegment *copy = NULL;

  if (!lec_tcp_side_find_hole (arrival->sender, arrival->range, &hole))
    copy = lec_segment_ring_find_copy (&arrival->sender->segments, segment);
  if (answers_simultaneous_open (arrival->head, copy))
    return TRUE;
  LecSegmentEvidence given = gather (arrival, hole, copy);
  LecJudgement judgement = lec_judge_segment (&given);
  if (judgement.kind == LEC_VERDICT_RETRANSMISSION)
    tell_retransmission (arrival, &given, &judgement, hole, copy);
  else
    tell_other (arrival, &given, &judgement, hole, copy);
  if (judgement.kind == LEC_VERDICT_REORDERED && copy)
    withdraw_loss (arrival, copy);
  if (judgement.kind == LEC_VERDICT_RETRANSMISSION && lec_tcp_copy_is_suspected (judgement.evidence) &&
      lec_judge_at_once (given.since_copy_ns))
    lec_tcp_copy_suspect (arrival->analyzer, arrival->at, mark_copied (copy));
  segment->asked = hole ? hole->asked : 0;
  if (copy || judgement.kind == LEC_VERDICT_RETRANSMISSION)
    segment->first = copy ? copy->first : 0; /* what fills a hole once more was first sent before here, unseen */
  return judgement.kind != LEC_VERDICT_NETWORK_DUPLICATE;
}

/* The holes that an acknowledgment told of before anything behind them was seen have their opener now. */
static void
give_opener (const Arrival *arrival, LecHole *hole)
{
  hole->opener = arrival->at->frame;
  hole->opener_ip_identification = arrival->head->ip_identification;
  hole->opener_has_timestamp = (arrival->head->flags & LEC_HEAD_TIMESTAMP) != 0;
  hole->opener_timestamp = arrival->head->timestamp_value;
}

static void
open_hole (const Arrival *arrival)
{
  LecTcpSide *sender = arrival->sender;
  LecHole hole = { .range = { sender->next_sequence, arrival->range.from } };

  give_opener (arrival, &hole);
  lec_tcp_side_open_hole (sender, &hole);
}

static void
tell_holes_without_opener (const Arrival *arrival)
{
  GArray *holes = arrival->sender->trouble->holes;
  uint32_t n_bytes = 0, acknowledgment = 0, sequence = 0;

  for (unsigned i = holes->len; i-- > 0;) {
    LecHole *hole = &g_array_index (holes, LecHole, i);
    if (hole->opener)
      break;
    give_opener (arrival, hole);
    hole->told = true;
    n_bytes += hole->range.to - hole->range.from;
    acknowledgment = hole->asked;
    sequence = hole->range.from;
  }
  if (n_bytes)
    lec_index_add_verdict (arrival->analyzer->index, &(LecVerdict){ .frame = arrival->at->frame,
                                                                    .of = acknowledgment,
                                                                    .kind = LEC_VERDICT_SEGMENT_UNCAPTURED,
                                                                    .side = (uint8_t) arrival->at->side,
                                                                    .sequence = sequence,
                                                                    .count = n_bytes });
}

static Arrival
arrival_of (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t length)
{
  return (Arrival){ .analyzer = analyzer,
                    .at = at,
                    .head = at->head,
                    .conversation = at->row,
                    .flow = at->flow,
                    .sender = at->sender,
                    .receiver = at->receiver,
                    .range = { at->head->sequence, at->head->sequence + length } };
}

/* A segment AHEAD of what was to come next, or behind it, or of a side in trouble: kept out of the way of the others,
 * which are nearly all. FALSE where it is only a copy of a packet. */
G_GNUC_NO_INLINE static gboolean
judge_place (LecAnalyzer *analyzer, const LecFrameAt *at, LecSegment *segment, int32_t ahead)
{
  Arrival arrival = arrival_of (analyzer, at, segment->length);
  LecTcpSide *sender = arrival.sender;

  if (ahead < 0) {
    gboolean is_new = judge_old (&arrival, segment);
    if (is_new)
      lec_tcp_side_fill (sender, arrival.range);
    return is_new;
  }
  /* Before a SYN there is nothing, whatever another answer or a forged reset claimed. */
  if (ahead > 0 && !(at->head->tcp_flags & LEC_TCP_SYN))
    open_hole (&arrival);
  if (sender->trouble && sender->trouble->holes->len)
    tell_holes_without_opener (&arrival);
  return TRUE;
}

gboolean
lec_tcp_segments_seen (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t length)
{
  LecTcpSide *sender = at->sender;
  LecSegment segment = segment_of (at, length);
  uint32_t end = segment.sequence + length;
  int32_t ahead = lec_sequence_distance (sender->next_sequence, segment.sequence);

  if (sender->known && (ahead || sender->trouble) && !judge_place (analyzer, at, &segment, ahead))
    return FALSE;
  lec_segment_ring_push (&sender->segments, &analyzer->pool, &segment,
                         sender->acknowledged_known ? &sender->acknowledged : NULL);
  if (!sender->known || lec_sequence_distance (sender->next_sequence, end) > 0) {
    sender->next_sequence = end;
    sender->last_new = at->frame;
    if (!sender->timed_frame) {
      sender->timed_frame = at->frame;
      sender->timed_end = end;
    }
  }
  sender->known = true;
  sender->last_sent = at->frame;
  return TRUE;
}

void
lec_tcp_empty_segment_seen (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  Arrival arrival = arrival_of (analyzer, at, 0);
  LecTcpSide *sender = arrival.sender;
  int8_t shift = LEC_GET (at->row->window_shift[!at->side]);
  uint32_t window = (uint32_t) arrival.receiver->window << (shift == -1 ? WIDEST_SHIFT : MAX (shift, 0));
  int32_t ahead = lec_sequence_distance (sender->next_sequence, arrival.range.from);

  if (ahead <= 0 || (uint32_t) ahead > window)
    return;
  open_hole (&arrival);
  sender->next_sequence = arrival.range.from;
}
