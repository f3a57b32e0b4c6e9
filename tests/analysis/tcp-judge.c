#include "analysis/tcp-judge.h"

#define MS 1000000ll

/* A segment on a path of 20 ms to the sender and 20 ms to the receiver and back, otherwise without any hint. */
static LecSegmentEvidence
plain (uint32_t evidence)
{
  return (LecSegmentEvidence){ .evidence = evidence,
                               .since_copy_ns = LEC_SPAN_UNKNOWN,
                               .since_asked_ns = LEC_SPAN_UNKNOWN,
                               .since_heard_ns = 1 * MS,
                               .since_silence_ns = LEC_SPAN_UNKNOWN,
                               .since_resend_ns = LEC_SPAN_UNKNOWN,
                               .since_duplicate_ns = LEC_SPAN_UNKNOWN,
                               .round_trip_ns = { 20 * MS, 20 * MS },
                               .tcp_flags = LEC_TCP_ACK,
                               .sack_permitted = true };
}

static void
assert_kind (const LecSegmentEvidence *given, LecVerdictKind kind, LecConfidence confidence)
{
  LecJudgement judgement = lec_judge_segment (given);

  g_assert_cmpuint (judgement.kind, ==, kind);
  g_assert_cmpuint (judgement.confidence, ==, confidence);
}

/* What the sender's own counters say of the order is certain, whichever of them there is. */
static void
test_fillers_with_hints (void)
{
  static const uint32_t earlier[] = { LEC_EVIDENCE_IP_ID_EARLIER, LEC_EVIDENCE_TIMESTAMP_EARLIER };
  static const uint32_t later[] = { LEC_EVIDENCE_IP_ID_LATER, LEC_EVIDENCE_TIMESTAMP_LATER };

  for (unsigned i = 0; i < 2; i++) {
    LecSegmentEvidence late = plain (LEC_EVIDENCE_FILLS_HOLE | earlier[i]);
    late.since_asked_ns = 90 * MS; /* however long it took */
    assert_kind (&late, LEC_VERDICT_REORDERED, LEC_CONFIDENCE_CERTAIN);
    LecSegmentEvidence again = plain (LEC_EVIDENCE_FILLS_HOLE | later[i]);
    again.since_asked_ns = 1 * MS;
    assert_kind (&again, LEC_VERDICT_RETRANSMISSION, LEC_CONFIDENCE_CERTAIN);
  }
}

/* Without them, nobody can have answered a request sooner than it reaches the sender. */
static void
test_fillers_by_timing (void)
{
  LecSegmentEvidence given = plain (LEC_EVIDENCE_FILLS_HOLE);

  given.since_copy_ns = 30 * MS;
  given.since_asked_ns = 5 * MS;
  assert_kind (&given, LEC_VERDICT_REORDERED, LEC_CONFIDENCE_LIKELY);
  given.since_asked_ns = 25 * MS;
  given.n_duplicate_acks = 3;
  assert_kind (&given, LEC_VERDICT_RETRANSMISSION, LEC_CONFIDENCE_LIKELY);
  given.round_trip_ns[0] = 0;
  assert_kind (&given, LEC_VERDICT_RETRANSMISSION, LEC_CONFIDENCE_UNCLEAR);
}

static void
test_repeats (void)
{
  LecSegmentEvidence copy = plain (LEC_EVIDENCE_SEEN_BEFORE | LEC_EVIDENCE_IDENTICAL | LEC_EVIDENCE_IP_ID_SAME);
  copy.since_copy_ns = 500 * MS;
  assert_kind (&copy, LEC_VERDICT_NETWORK_DUPLICATE, LEC_CONFIDENCE_CERTAIN);

  LecSegmentEvidence again = plain (LEC_EVIDENCE_SEEN_BEFORE | LEC_EVIDENCE_IDENTICAL | LEC_EVIDENCE_IP_ID_LATER);
  again.since_copy_ns = 1 * MS;
  assert_kind (&again, LEC_VERDICT_RETRANSMISSION, LEC_CONFIDENCE_CERTAIN);

  LecSegmentEvidence first = plain (LEC_EVIDENCE_SEEN_BEFORE | LEC_EVIDENCE_TIMESTAMP_EARLIER);
  first.since_copy_ns = 1 * MS;
  assert_kind (&first, LEC_VERDICT_REORDERED, LEC_CONFIDENCE_CERTAIN);

  LecSegmentEvidence bare = plain (LEC_EVIDENCE_SEEN_BEFORE | LEC_EVIDENCE_IDENTICAL);
  bare.since_copy_ns = 5 * MS;
  assert_kind (&bare, LEC_VERDICT_NETWORK_DUPLICATE, LEC_CONFIDENCE_UNCLEAR);
  bare.since_copy_ns = 60 * MS;
  g_assert_cmpuint (lec_judge_segment (&bare).kind, ==, LEC_VERDICT_RETRANSMISSION);
  /* A timer may have run out while the first copy was on its way. */
  bare.since_copy_ns = 5 * MS;
  bare.since_silence_ns = 5 * MS;
  g_assert_cmpuint (lec_judge_segment (&bare).kind, ==, LEC_VERDICT_RETRANSMISSION);
}

static void
assert_cause (const LecSegmentEvidence *given, LecCause cause)
{
  LecJudgement judgement = lec_judge_segment (given);

  g_assert_cmpuint (judgement.kind, ==, LEC_VERDICT_RETRANSMISSION);
  g_assert_cmpuint (judgement.cause, ==, cause);
}

static void
test_causes (void)
{
  LecSegmentEvidence given = plain (LEC_EVIDENCE_SEEN_BEFORE);

  given.since_copy_ns = 60 * MS;
  given.at_edge = true;
  given.n_duplicate_acks = 3;
  assert_cause (&given, LEC_CAUSE_DUPLICATE_ACKS);
  given.evidence |= LEC_EVIDENCE_SACKED_ABOVE;
  assert_cause (&given, LEC_CAUSE_SACK);
  given.since_heard_ns = 400 * MS; /* they were heard, and it was lost again */
  assert_cause (&given, LEC_CAUSE_TIMEOUT);

  LecSegmentEvidence tail = plain (LEC_EVIDENCE_SEEN_BEFORE | LEC_EVIDENCE_TAIL);
  tail.since_copy_ns = tail.since_heard_ns = 300 * MS;
  tail.at_edge = true;
  assert_cause (&tail, LEC_CAUSE_PROBE);
  tail.since_copy_ns = tail.since_heard_ns = 1100 * MS; /* no probe waits so long */
  assert_cause (&tail, LEC_CAUSE_TIMEOUT);
  tail.since_copy_ns = tail.since_heard_ns = 300 * MS;
  tail.n_resends = 1;
  assert_cause (&tail, LEC_CAUSE_TIMEOUT);
  tail.n_resends = 0;
  tail.sack_permitted = false;
  assert_cause (&tail, LEC_CAUSE_TIMEOUT);

  LecSegmentEvidence back = plain (LEC_EVIDENCE_SEEN_BEFORE);
  back.since_copy_ns = 60 * MS;
  back.recovery = LEC_CAUSE_TIMEOUT;
  assert_cause (&back, LEC_CAUSE_TIMEOUT);

  LecSegmentEvidence syn = plain (LEC_EVIDENCE_SEEN_BEFORE | LEC_EVIDENCE_IDENTICAL);
  syn.since_copy_ns = 1000 * MS;
  syn.tcp_flags = LEC_TCP_SYN;
  assert_cause (&syn, LEC_CAUSE_SYN);
  syn.tcp_flags = LEC_TCP_SYN | LEC_TCP_ACK;
  assert_cause (&syn, LEC_CAUSE_SYN_ACK);
}

/* What the receiver is known to have need not be sent again; otherwise only time tells. */
static void
test_need (void)
{
  LecSegmentEvidence given = plain (LEC_EVIDENCE_SEEN_BEFORE | LEC_EVIDENCE_IP_ID_LATER);

  g_assert_cmpuint (lec_judge_segment (&given).need, ==, LEC_NEED_UNKNOWN);
  given.evidence |= LEC_EVIDENCE_SACKED;
  g_assert_cmpuint (lec_judge_segment (&given).need, ==, LEC_NEED_SPURIOUS);
  given.evidence = LEC_EVIDENCE_SEEN_BEFORE | LEC_EVIDENCE_IP_ID_LATER | LEC_EVIDENCE_ACKNOWLEDGED;
  g_assert_cmpuint (lec_judge_segment (&given).need, ==, LEC_NEED_SPURIOUS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp-judge/fillers-with-hints", test_fillers_with_hints);
  g_test_add_func ("/tcp-judge/fillers-by-timing", test_fillers_by_timing);
  g_test_add_func ("/tcp-judge/repeats", test_repeats);
  g_test_add_func ("/tcp-judge/causes", test_causes);
  g_test_add_func ("/tcp-judge/need", test_need);
  return g_test_run ();
}
