#include "analysis/report.h"
#include "analysis/trust-text.h"
#include "loaded.h"

static LecTrust
judged (LecTrustScan *scan)
{
  LecTrust trust;

  lec_trust_scan_judge (scan, &trust, NULL);
  return trust;
}

/* As if the trace held less than there was of each STEP-th frame from FIRST to LAST, and all of those between. */
static void
cut (LecIndex *index, uint32_t first, uint32_t last, uint32_t step)
{
  for (uint32_t frame = first; frame <= last; frame++)
    lec_index_set_state (index, frame, (frame - first) % step ? 0 : LEC_FRAME_CUT,
                         (frame - first) % step ? LEC_FRAME_CUT : 0);
  atomic_store (&index->states, LEC_FRAME_OWN_ROW | LEC_FRAME_CUT);
}

/* What is judged again is not counted again. */
static void
test_again (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("landing-page.pcapng");
  g_autoptr (LecTrustScan) scan = lec_trust_scan_new (index);

  cut (index, 3, 5, 1);
  for (unsigned i = 0; i < 3; i++) {
    LecTrust trust = judged (scan);
    g_assert_false (trust.so_far);
    g_assert_cmpuint (trust.n_remarks, ==, 1);
    g_assert_cmpuint (trust.facts[LEC_TRUST_CUT].n, ==, 3);
    g_assert_cmpuint (trust.facts[LEC_TRUST_CUT].of, ==, lec_index_n_frames (index));
  }
}

/* While a trace is being read: frames up to where it was, then the others, each once. */
static void
test_so_far (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("lost-upload.pcapng");
  g_autoptr (LecTrustScan) scan = lec_trust_scan_new (index);
  uint32_t n_frames = lec_index_n_frames (index);

  cut (index, 1, n_frames, 2);
  atomic_store (&index->complete, 0);
  for (uint32_t n = 0; n < n_frames; n += 7) {
    atomic_store (&index->n_frames, n);
    LecTrust trust = judged (scan);
    g_assert_true (trust.so_far);
    g_assert_cmpuint (trust.facts[LEC_TRUST_CUT].n, ==, (n + 1) / 2);
    g_autoptr (GPtrArray) story = lec_story_new (index, NULL);
    g_assert_cmpuint (story->len, <=, LEC_STORY_LINES);
  }
  atomic_store (&index->n_frames, n_frames);
  atomic_store (&index->complete, 1);
  LecTrust trust = judged (scan);
  g_assert_false (trust.so_far);
  g_assert_cmpuint (trust.facts[LEC_TRUST_CUT].n, ==, (n_frames + 1) / 2);
}

static void
test_copies (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("landing-page.pcapng");
  g_autoptr (LecTrustScan) scan = lec_trust_scan_new (index);
  gboolean hides = FALSE;

  for (uint32_t frame = 20; frame < 24; frame++)
    lec_index_add_verdict (index,
                           &(LecVerdict){ .frame = frame, .of = frame - 1, .kind = LEC_VERDICT_CAPTURE_DUPLICATE });
  LecTrust trust = judged (scan);
  g_assert_cmpuint (trust.facts[LEC_TRUST_COPIES].n, ==, 4);
  g_assert_cmpuint (trust.fitness, ==, LEC_FIT_WITH_CARE);
  g_assert_cmpstr (lec_trust_filter (&trust, LEC_TRUST_COPIES, &hides), ==, "lectern.verdict == \"capture-duplicate\"");
  g_assert_true (hides);
  g_autofree char *sentence = lec_trust_dup_sentence (&trust, LEC_TRUST_COPIES);
  g_assert_nonnull (strstr (sentence, "4 of 34 frames"));
}

/* Whoever asks for it to stop gets no report. */
static void
test_cancelled (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("landing-page.pcapng");
  g_autoptr (LecTrustScan) scan = lec_trust_scan_new (index);
  _Atomic unsigned cancel = 1;

  g_assert_null (lec_report_new (scan, &cancel));
  atomic_store (&cancel, 0);
  g_autoptr (LecReport) report = lec_report_new (scan, &cancel);
  g_assert_nonnull (report);
  g_assert_cmpuint (report->story->len, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trust/again", test_again);
  g_test_add_func ("/trust/so-far", test_so_far);
  g_test_add_func ("/trust/copies", test_copies);
  g_test_add_func ("/trust/cancelled", test_cancelled);
  return g_test_run ();
}
