/* Segments with a wrong checksum: damaged on the way, or seen before the network card filled it in. */
#include "analysis/verdict-text.h"
#include "base/publish.h"
#include "story.h"

static LecIndex *
resent (gboolean first_wrong, gboolean repeat_wrong, gboolean ipv6)
{
  const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10 },
    { 20, 1, "SA", 0, 1, 0, 20 },
    { 21, 0, "A", 1, 1, 0, 11 },
    { 22, 0, "A", 1, 1, 999, 12, .wrong = first_wrong },
    { 23, 0, "A", 1000, 1, 1000, 13 },
    { 43, 1, "A", 1, 1, 0, 21 },
    { 250, 0, "A", 1, 1, 999, 14, .wrong = repeat_wrong },
    { 270, 1, "A", 1, 2000, 0, 22 },
  };

  return story_index (frames, G_N_ELEMENTS (frames), ipv6);
}

static void
test_damaged (void)
{
  for (unsigned ipv6 = 0; ipv6 < 2; ipv6++) {
    g_autoptr (LecIndex) index = resent (TRUE, FALSE, ipv6 == 1);
    story_assert (index, 4, "checksum-wrong");
    story_assert (index, 7, "retransmission");
    const LecVerdict *wrong = story_verdict (index, 4, LEC_VERDICT_CHECKSUM_WRONG);
    g_assert_cmpuint (LEC_GET (wrong->of), ==, 7);
    g_assert_cmpuint ((wrong->count >> 16) ^ (wrong->count & 0xffff), ==, 0x1234);
    g_autofree char *sentence = lec_verdict_dup_sentence (index, story_verdict (index, 7, LEC_VERDICT_RETRANSMISSION));
    g_assert_nonnull (strstr (sentence, "Frame 4 had been damaged on its way here, so that the receiver dropped it."));
  }
}

/* Whoever captures where segments are sent sees all of them without the card's work; and most repeats repeat what is
 * right. */
static void
test_not_damaged (void)
{
  static const gboolean wrong[][2] = { { FALSE, FALSE }, { TRUE, TRUE }, { FALSE, TRUE } };

  for (unsigned i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (LecIndex) index = resent (wrong[i][0], wrong[i][1], FALSE);
    story_assert (index, 4, "");
    story_assert (index, 7, "retransmission");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/damage/damaged", test_damaged);
  g_test_add_func ("/damage/not-damaged", test_not_damaged);
  return g_test_run ();
}
