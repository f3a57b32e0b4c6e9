/* Filters on verdicts: which frames pass, on a small trace that verdicts of all kinds are said of; and the index alone
 * answers. */
#include <string.h>

#include "analysis/known.h"
#include "filter/filter.h"

/* One about each frame, more or less as the index pass would have it. */
static const LecVerdict verdicts[] = {
  { KIND (NO_ANSWER), .frame = 1, .count = 3 },
  { KIND (NETWORK_DUPLICATE), .frame = 2, .of = 1, .first = 1, .confidence = LEC_CONFIDENCE_LIKELY },
  { KIND (CAPTURE_DUPLICATE), .frame = 3, .of = 2, .first = 2 },
  { KIND (SEGMENT_LOST), .frame = 4, .of = 9, .count = 1000 },
  { KIND (REORDERED), .frame = 5, .of = 4, .opener = 4, .count = 1000, .confidence = LEC_CONFIDENCE_UNCLEAR,
    .evidence = HOLE },
  { KIND (DUPLICATE_ACK), .frame = 6, .of = 3, .count = 3 },
  { KIND (RETRANSMISSION), .frame = 7, .of = 5, .first = 4, .prompt = 5, .count = 1000, .cause = LEC_CAUSE_TIMEOUT,
    .need = LEC_NEED_NEEDED, .evidence = BEFORE | EVIDENCE (SILENCE) },
  { KIND (ZERO_WINDOW), .frame = 8, .proof = 10, .span_ns = 630 * MS },
  { KIND (RETRANSMISSION), .frame = 9, .opener = 4, .prompt = 6, .proof = 10, .count = 1000, .cause = LEC_CAUSE_SACK,
    .need = LEC_NEED_SPURIOUS, .n_duplicate_acks = 3,
    .evidence = HOLE | EVIDENCE (DUPLICATE_ACKS) | EVIDENCE (DUPLICATE_REPORTED) },
  { KIND (WINDOW_UPDATE), .frame = 10, .of = 8, .count = 10, .span_ns = 630 * MS },
  { KIND (ACK_OF_UNSEEN), .frame = 10, .count = 100 },
  { KIND (RETRANSMISSION), .frame = 11, .of = 9, .first = 9, .cause = LEC_CAUSE_PROBE, .evidence = BEFORE },
};

/* And what stands in no frame above, on frame 11 each. */
static const LecVerdictKind others[] = {
  LEC_VERDICT_KEEP_ALIVE,        LEC_VERDICT_KEEP_ALIVE_ANSWER,
  LEC_VERDICT_ZERO_WINDOW_PROBE, LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER,
  LEC_VERDICT_WINDOW_FULL,       LEC_VERDICT_SEGMENT_UNCAPTURED,
};

static const struct {
  const char *expression;
  const char *frames;
} passing[] = {
  { "lectern.verdict", "1 2 3 4 5 6 7 8 9 10 11" },
  { "lectern.verdict == \"reordered\"", "5" },
  { "lectern.verdict in {\"no-answer\" \"duplicate-ack\"}", "1 6" },
  { "lectern.verdict.confidence == \"likely\"", "2" },
  { "lectern.verdict.confidence == \"unclear\"", "5" },
  { "lectern.verdict.cause == \"timeout\"", "7" },
  { "lectern.verdict.cause == \"fast\"", "9" },
  { "lectern.verdict.cause == \"probe\"", "11" },
  { "lectern.verdict.cause != nothing", "7 9 11" },
  { "lectern.verdict.spurious", "9" },
  { "lectern.verdict.spurious == false", "7" },
  { "lectern.verdict.spurious != nothing", "7 9" },
  { "lectern.verdict.place == \"before\"", "4" },
  { "lectern.verdict.place == \"after\"", "7" },
  { "lectern.verdict.place == \"not-captured\"", "10 11" },
  { "lectern.verdict.place == \"unclear\"", "9 11" },
  { "lectern.verdict.of == 9", "4 11" },
  { "lectern.verdict.first == 4", "7" },
  { "lectern.verdict.proof == 10", "8 9" },
  { "lectern.verdict.why == 4", "5 7 9" },
  { "lectern.verdict.why == 10", "8 9" },
  { "tcp.analysis.flags", "1 2 4 5 6 7 8 9 10 11" },
  { "tcp.analysis.retransmission", "7 9 11" },
  { "tcp.analysis.fast_retransmission", "9" },
  { "tcp.analysis.spurious_retransmission", "9" },
  { "tcp.analysis.rto", "7" },
  { "tcp.analysis.rto > 0.3", "7" },
  { "tcp.analysis.rto == 0.309", "7" },
  { "tcp.analysis.rto_frame == 5", "7" },
  { "tcp.analysis.out_of_order", "5" },
  { "tcp.analysis.lost_segment", "4 11" },
  { "tcp.analysis.ack_lost_segment", "10" },
  { "tcp.analysis.duplicate_ack", "6" },
  { "tcp.analysis.duplicate_ack_num >= 3", "6" },
  { "tcp.analysis.duplicate_ack_num > 3", "" },
  { "tcp.analysis.duplicate_ack_frame == 3", "6" },
  { "tcp.analysis.keep_alive", "11" },
  { "tcp.analysis.keep_alive_ack", "11" },
  { "tcp.analysis.zero_window", "8" },
  { "tcp.analysis.zero_window_probe", "11" },
  { "tcp.analysis.zero_window_probe_ack", "11" },
  { "tcp.analysis.window_full", "11" },
  { "tcp.analysis.window_update", "10" },
  { "tcp.analysis.retransmission and not lectern.verdict.spurious", "7 11" },
  { "TCP.TCPDiagnosis and tcp.flags.syn", "1 2" },
};

static char *
dup_passing (const LecRegistry *registry, LecIndex *index, const char *expression)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, &problem);
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();
  uint32_t end = lec_index_n_frames (index) + 1;
  GString *frames = g_string_new (NULL);

  if (!filter)
    g_error ("%s: at %u: %s", expression, problem.position, problem.message);
  g_assert_true (lec_filter_is_columnar (filter));
  lec_bitmap_reserve (matches, end);
  g_assert_true (lec_filter_run (filter, reader, index, 1, end, matches, NULL));
  for (uint32_t frame = 1; frame < end; frame++) {
    gboolean passes = lec_bitmap_get (matches, frame);

    /* One by one, as colour rules ask, the answer is the same. */
    g_assert_cmpint (lec_filter_matches (filter, reader, index, frame), ==, passes);
    if (passes)
      g_string_append_printf (frames, "%s%u", frames->len ? " " : "", frame);
  }
  return g_string_free (frames, FALSE);
}

static LecIndex *
judged_index (void)
{
  LecIndex *index = known_index ();

  for (unsigned i = 0; i < G_N_ELEMENTS (verdicts); i++)
    lec_index_add_verdict (index, &verdicts[i]);
  for (unsigned i = 0; i < G_N_ELEMENTS (others); i++)
    lec_index_add_verdict (index, &(LecVerdict){ .frame = 11, .kind = (uint8_t) others[i], .count = 1 });
  return index;
}

static void
test_fields (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (LecIndex) index = judged_index ();

  for (unsigned i = 0; i < G_N_ELEMENTS (passing); i++) {
    g_autofree char *frames = dup_passing (registry, index, passing[i].expression);

    if (strcmp (frames, passing[i].frames) != 0)
      g_error ("%s: “%s” pass, not “%s”", passing[i].expression, frames, passing[i].frames);
  }
}

/* A verdict that is taken back passes no longer. */
static void
test_withdrawn (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (LecIndex) index = judged_index ();

  lec_index_withdraw_verdict (index, 4); /* of frame 5 */
  g_autofree char *frames = dup_passing (registry, index, "tcp.analysis.out_of_order");
  g_assert_cmpstr (frames, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/verdicts/fields", test_fields);
  g_test_add_func ("/filter/verdicts/withdrawn", test_withdrawn);
  return g_test_run ();
}
