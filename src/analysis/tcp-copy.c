#include "analysis/tcp-copy.h"

#include "analysis/copy.h"
#include "analysis/segment-head.h"
#include "analysis/tcp-judge.h"
#include "base/publish.h"

/* How far back a copy without sequence numbers is looked for, in frames; and where all comes twice: two captures may
 * have been put together one after the other. */
#define REACH            64u
#define REACH_WHEN_TWICE 16384u
/* Fewer packets than these, copied, say nothing of a conversation, unless another one of the trace was captured twice.
 */
#define LEAST_COPIED 4u

/* A quarter or more of the packets are there twice, or half of those that one side sent: some captures have only what
 * goes out twice. */
static gboolean
is_captured_twice (const LecAnalyzer *analyzer, const LecConversation *conversation, const LecTcpFlow *flow)
{
  uint32_t least = analyzer->captured_twice ? 1 : LEAST_COPIED, n_packets = 0, n_copied = 0;

  for (unsigned side = 0; side < 2; side++) {
    const LecTcpTrouble *trouble = flow->side[side].trouble;
    uint32_t copied = trouble ? trouble->n_copied : 0;
    uint32_t packets = LEC_GET (conversation->n_frames[side]) - (trouble ? trouble->n_copies : 0);
    if (copied >= least && copied >= packets / 2)
      return TRUE;
    n_packets += packets;
    n_copied += copied;
  }
  return n_copied >= least && n_copied >= n_packets / 4;
}

void
lec_tcp_copy_suspect (LecAnalyzer *analyzer, const LecFrameAt *at, bool is_first)
{
  const LecConversation *conversation = at->row;
  LecTcpTrouble *trouble = lec_tcp_side_trouble (at->sender);

  trouble->n_copies++;
  trouble->n_copied += is_first;
  if (at->flow->captured_twice || !is_captured_twice (analyzer, conversation, at->flow))
    return;
  at->flow->captured_twice = true;
  analyzer->captured_twice = true;
}

void
lec_tcp_copy_tell (LecAnalyzer *analyzer, const LecFrameAt *at, LecVerdict verdict, bool is_first)
{
  LecIndex *index = analyzer->index;
  LecConversation *conversation = lec_index_conversation (index, at->conversation);

  lec_tcp_copy_suspect (analyzer, at, is_first);
  verdict.kind = verdict.evidence & LEC_EVIDENCE_OTHER_HOPS || at->flow->captured_twice ? LEC_VERDICT_CAPTURE_DUPLICATE
                                                                                        : LEC_VERDICT_NETWORK_DUPLICATE;
  verdict.confidence = verdict.evidence & LEC_EVIDENCE_OTHER_HOPS ? LEC_CONFIDENCE_CERTAIN : LEC_CONFIDENCE_PENDING;
  if (verdict.kind == LEC_VERDICT_CAPTURE_DUPLICATE) /* nobody sent it twice */
    LEC_ADD (conversation->n_bytes[at->side], -(uint64_t) at->head->payload_bytes);
  lec_index_add_verdict (index, &verdict);
}

/* Sequence numbers and SACK blocks too: what has no bytes is not told apart by them. */
static uint32_t
bare_fingerprint (const LecHead *head)
{
  uint32_t value = lec_tcp_fingerprint (head) ^ head->sequence * 0x165667b1u;

  for (unsigned i = 0; head->flags & LEC_HEAD_SACK && i < head->n_sack_blocks; i++)
    value = (value ^ head->sack[i][0] ^ head->sack[i][1] << 9) * 0x9e3779b1u;
  return value;
}

static LecBareSegment
bare_segment_of (const LecFrameAt *at)
{
  return (LecBareSegment){ .frame = at->frame,
                           .fingerprint = bare_fingerprint (at->head),
                           .ip_identification = at->head->ip_identification };
}

void
lec_tcp_copy_note (const LecFrameAt *at, LecTcpSide *sender)
{
  LecTcpTrouble *trouble = sender->trouble;

  if (trouble)
    trouble->bare[trouble->n_bare++ % LEC_BARE_SEGMENTS] = bare_segment_of (at);
}

static LecBareSegment *
find_bare (LecTcpTrouble *trouble, const LecBareSegment *segment)
{
  uint32_t n = MIN (trouble->n_bare, LEC_BARE_SEGMENTS);

  for (uint32_t i = 1; i <= n; i++) {
    LecBareSegment *other = &trouble->bare[(trouble->n_bare - i) % LEC_BARE_SEGMENTS];
    if (other->fingerprint == segment->fingerprint && other->ip_identification == segment->ip_identification)
      return other;
  }
  return NULL;
}

/* Nothing came from the other side that could have been answered, and nothing is outstanding that could be asked for
 * again. */
static gboolean
is_without_reason (const LecTcpFlow *flow, unsigned side)
{
  const LecTcpSide *sender = &flow->side[side], *other = &flow->side[!side];

  return sender->last_bare > lec_tcp_side_last_frame (other) && other->known &&
         other->acknowledged == other->next_sequence;
}

static int64_t
since (const LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t earlier)
{
  return ABS (lec_index_time_ns (analyzer->index, at->frame) - lec_index_time_ns (analyzer->index, earlier));
}

/* Without an IP identification two segments may well be equal and yet be two: then they are one packet only where it
 * came another way, or where all packets come twice, and then no more than twice, or where nothing asked for a second.
 */
static gboolean
is_one_packet (const LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t of, LecBareSegment *twin, LecCopy copy)
{
  if (copy == LEC_COPY_NONE || at->head->ip_identification)
    return copy != LEC_COPY_NONE;
  if (copy == LEC_COPY_OTHER_WAY)
    return since (analyzer, at, of) < LEC_COPY_LONGEST_WAY_NS;
  if (!lec_judge_at_once (since (analyzer, at, of)))
    return FALSE;
  if (at->flow->captured_twice)
    return !twin || !twin->copied;
  return of == at->sender->last_bare && is_without_reason (at->flow, at->side);
}

/* The frame that the segment copies, 0 = none; IS_FIRST: no other copy of it is known. */
static uint32_t
find_original (LecAnalyzer *analyzer, const LecFrameAt *at, LecCopy *copy, bool *is_first)
{
  LecTcpSide *sender = at->sender;
  LecBareSegment segment = bare_segment_of (at);
  gboolean is_reset = (at->head->tcp_flags & LEC_TCP_RST) != 0;
  LecBareSegment *twin = sender->trouble && !is_reset ? find_bare (sender->trouble, &segment) : NULL;
  uint32_t of = 0;

  /* What is not among those remembered may be from before they were. */
  if (is_reset || (!twin && segment.ip_identification &&
                   (at->flow->captured_twice || lec_tcp_side_trouble (sender)->n_bare < LEC_BARE_SEGMENTS))) {
    of = lec_copy_find (analyzer, at, at->flow->captured_twice ? REACH_WHEN_TWICE : REACH, copy);
  } else if (twin || !segment.ip_identification) {
    of = twin ? twin->frame : sender->last_bare;
    *copy = of ? lec_copy_compare (analyzer, at, of) : LEC_COPY_NONE;
  }
  if (!is_one_packet (analyzer, at, of, twin, *copy))
    return 0;
  *is_first = !twin || !twin->copied;
  if (twin)
    twin->copied = true;
  return of;
}

gboolean
lec_tcp_copy_seen (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecHead *head = at->head;
  const LecTcpSide *sender = at->sender;
  LecCopy copy = LEC_COPY_NONE;
  bool is_first;

  if (head->ip_identification && !(head->tcp_flags & LEC_TCP_RST) && lec_tcp_side_ids_count (sender) &&
      (int16_t) (head->ip_identification - sender->ip_identification) > 0)
    return FALSE;
  uint32_t of = find_original (analyzer, at, &copy, &is_first);
  if (!of)
    return FALSE;
  if (!head->ip_identification && copy == LEC_COPY_SAME && !at->flow->captured_twice) {
    lec_tcp_copy_suspect (analyzer, at, is_first);
    return FALSE;
  }
  lec_tcp_copy_tell (analyzer, at,
                     (LecVerdict){ .frame = at->frame,
                                   .of = of,
                                   .first = of,
                                   .evidence = LEC_EVIDENCE_IDENTICAL |
                                               (head->ip_identification ? LEC_EVIDENCE_IP_ID_SAME : 0) |
                                               (copy == LEC_COPY_OTHER_WAY ? LEC_EVIDENCE_OTHER_HOPS : 0),
                                   .side = (uint8_t) at->side,
                                   .count = head->payload_bytes,
                                   .sequence = head->acknowledgment,
                                   .span_ns = since (analyzer, at, of) },
                     is_first);
  return TRUE;
}

/* How sure it is that a packet was doubled on the way. */
static LecConfidence
confidence_in_network (uint32_t evidence)
{
  return evidence & LEC_EVIDENCE_IP_ID_SAME       ? LEC_CONFIDENCE_CERTAIN
         : evidence & LEC_EVIDENCE_TIMESTAMP_SAME ? LEC_CONFIDENCE_LIKELY
                                                  : LEC_CONFIDENCE_UNCLEAR;
}

/* A retransmission that may have been a copy: the same packet at once, and nothing that tells them apart. */
static gboolean
was_suspected (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t of = LEC_GET (verdict->of);

  return verdict->kind == LEC_VERDICT_RETRANSMISSION && of && lec_tcp_copy_is_suspected (LEC_GET (verdict->evidence)) &&
         lec_judge_at_once (lec_index_time_ns (index, verdict->frame) - lec_index_time_ns (index, of));
}

static void
change_kind (LecAnalyzer *analyzer, uint32_t row, LecVerdictKind kind, LecConfidence confidence)
{
  LecIndex *index = analyzer->index;
  LecVerdict verdict = *lec_index_verdict (index, row);
  LecConversation *conversation = lec_index_conversation (index, lec_index_conversation_of (index, verdict.frame));
  uint64_t n_bytes = verdict.kind == LEC_VERDICT_DUPLICATE_ACK ? 0 : verdict.count;

  if (verdict.kind == LEC_VERDICT_RETRANSMISSION)
    LEC_ADD (conversation->n_retransmissions[verdict.side], -1);
  LEC_ADD (conversation->n_bytes[verdict.side], kind == LEC_VERDICT_CAPTURE_DUPLICATE ? -n_bytes : n_bytes);
  lec_index_withdraw_verdict (index, row);
  verdict.kind = (uint8_t) kind;
  verdict.confidence = (uint8_t) confidence;
  verdict.evidence |= LEC_EVIDENCE_IDENTICAL;
  verdict.cause = LEC_CAUSE_UNKNOWN;
  verdict.need = LEC_NEED_UNKNOWN;
  verdict.withdrawn = 0;
  lec_index_add_verdict (index, &verdict);
}

static gboolean
is_of_tcp (const LecIndex *index, uint32_t frame)
{
  uint32_t conversation = lec_index_conversation_of (index, frame);

  return conversation != LEC_OWNER_NONE && lec_index_conversation (index, conversation)->ip_protocol == 6;
}

static gboolean
is_twice (const LecAnalyzer *analyzer, uint32_t frame)
{
  uint32_t conversation = lec_index_conversation_of (analyzer->index, frame);

  return is_captured_twice (analyzer, lec_index_conversation (analyzer->index, conversation),
                            lec_analyzer_flow ((LecAnalyzer *) analyzer, conversation));
}

static void
settle_copy (LecAnalyzer *analyzer, uint32_t row)
{
  const LecVerdict *verdict = lec_index_verdict (analyzer->index, row);
  uint32_t evidence = LEC_GET (verdict->evidence);
  gboolean twice = is_twice (analyzer, verdict->frame);
  LecVerdictKind kind = twice ? LEC_VERDICT_CAPTURE_DUPLICATE : LEC_VERDICT_NETWORK_DUPLICATE;
  LecConfidence confidence = twice ? LEC_CONFIDENCE_LIKELY : confidence_in_network (evidence);

  if (evidence & LEC_EVIDENCE_OTHER_HOPS)
    return;
  if (verdict->kind == kind)
    lec_index_set_confidence (analyzer->index, row, confidence);
  else
    change_kind (analyzer, row, kind, confidence);
}

/* A duplicate acknowledgment from before it was known that all packets come twice may be one of them. */
static void
settle_duplicate_acknowledgment (LecAnalyzer *analyzer, LecTraceCache *cache, uint32_t row)
{
  LecIndex *index = analyzer->index;
  LecVerdict *verdict = lec_index_verdict (index, row);
  LecSegmentHead segment = { 0 };
  LecCopy copy = LEC_COPY_NONE;

  if (!lec_segment_head_read (&segment, index, cache, verdict->frame) || segment.head.ip_identification)
    return;
  uint32_t conversation = lec_index_conversation_of (index, verdict->frame);
  LecFrameAt at = { .frame = verdict->frame,
                    .record = &segment.record,
                    .head = &segment.head,
                    .conversation = conversation,
                    .side = verdict->side,
                    .row = lec_index_conversation (index, conversation),
                    .flow = lec_analyzer_flow (analyzer, conversation) };
  uint32_t of = lec_copy_find (analyzer, &at, REACH, &copy);
  if (of && lec_judge_at_once (since (analyzer, &at, of))) {
    LEC_SET (verdict->of, of);
    change_kind (analyzer, row, LEC_VERDICT_CAPTURE_DUPLICATE, LEC_CONFIDENCE_LIKELY);
  }
  lec_segment_head_clear (&segment);
}

void
lec_tcp_copies_finish (LecAnalyzer *analyzer)
{
  LecIndex *index = analyzer->index;
  uint32_t n = LEC_GET (index->n_verdicts);

  if (!LEC_GET (index->n_verdicts_of[LEC_VERDICT_NETWORK_DUPLICATE]) &&
      !LEC_GET (index->n_verdicts_of[LEC_VERDICT_CAPTURE_DUPLICATE]))
    return;
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new_scattered (index->trace);
  for (uint32_t row = 0; row < n; row++) {
    const LecVerdict *verdict = lec_index_verdict (index, row);
    if (LEC_GET (verdict->withdrawn) || !is_of_tcp (index, verdict->frame))
      continue;
    if (verdict->kind == LEC_VERDICT_NETWORK_DUPLICATE || verdict->kind == LEC_VERDICT_CAPTURE_DUPLICATE)
      settle_copy (analyzer, row);
    else if (was_suspected (index, verdict) && is_twice (analyzer, verdict->frame))
      change_kind (analyzer, row, LEC_VERDICT_CAPTURE_DUPLICATE, LEC_CONFIDENCE_LIKELY);
    else if (verdict->kind == LEC_VERDICT_DUPLICATE_ACK && is_twice (analyzer, verdict->frame))
      settle_duplicate_acknowledgment (analyzer, cache, row);
  }
}
