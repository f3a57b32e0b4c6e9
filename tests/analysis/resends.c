/* Whether what was sent again was needed, from what the receiver says afterwards. */
#include <string.h>

#include "analysis/verdict-text.h"
#include "base/publish.h"
#include "story.h"

static void
assert_need (const LecIndex *index, uint32_t frame, LecNeed need, const char *words)
{
  const LecVerdict *verdict = story_verdict (index, frame, LEC_VERDICT_RETRANSMISSION);
  g_autofree char *sentence = lec_verdict_dup_sentence (index, verdict);

  g_assert_cmpuint (LEC_GET (verdict->need), ==, need);
  if (!strstr (sentence, words))
    g_error ("“%s” does not say “%s”", sentence, words);
}

/* Captured beside the receiver, whose answers come at once, and quicker than the handshake's did. */
static void
test_duplicate_reported_at_once (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10 },       { 1, 1, "SA", 0, 1, 0, 20 },
    { 1.05, 0, "A", 1, 1, 0, 11 },    { 5, 1, "PA", 1, 1, 300, 21 },
    { 37, 1, "PA", 1, 1, 300, 22 },   { 37.01, 0, "A", 1, 301, 0, 12, .sack = { 1, 301 } },
    { 50, 1, "PA", 301, 1, 300, 23 }, { 50.05, 0, "A", 1, 601, 0, 13 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  assert_need (index, 5, LEC_NEED_SPURIOUS, "It was not needed: frame 6 reports that the bytes came twice.");
}

/* The timestamp that the answer echoes is the first copy's, the second one's, or none at all: some write 0 there. */
static LecIndex *
answered_syn (uint32_t echo)
{
  const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10, .timestamp = 5000 },
    { 1000, 0, "S", 0, 0, 0, 11, .timestamp = 6000 },
    { 1100, 1, "SA", 0, 1, 0, 20, .timestamp = 70, .echo = echo },
    { 1101, 0, "A", 1, 1, 0, 12, .timestamp = 6101, .echo = 70 },
    { 1200, 1, "PA", 1, 1, 300, 21, .timestamp = 80, .echo = 6101 },
    { 1201, 0, "A", 1, 301, 0, 13, .sack = { 1, 301 } }, /* so SACK is spoken */
  };

  return STORY (frames);
}

static void
test_echoes (void)
{
  g_autoptr (LecIndex) first = answered_syn (5000);
  assert_need (first, 2, LEC_NEED_SPURIOUS, "It was not needed: frame 3 answers the earlier copy.");
  g_autoptr (LecIndex) second = answered_syn (6000);
  assert_need (second, 2, LEC_NEED_UNKNOWN, "Whether frame 1 was lost, or the answer to it, is unclear.");
  g_autoptr (LecIndex) none = answered_syn (0);
  assert_need (none, 2, LEC_NEED_UNKNOWN, "Whether frame 1 was lost, or the answer to it, is unclear.");
}

/* A busy server's counter comes round between two timeouts, and is lower then than it was. */
static void
test_counter_comes_round (void)
{
  enum { N_SENT = 40, N_RESENT = 3 };
  static const uint16_t ids[N_RESENT] = { 45000, 22000, 60000 };
  StoryFrame frames[3 + N_SENT + N_RESENT] = { { 0, 0, "S", 0, 0, 0, 10 },
                                               { 20, 1, "SA", 0, 1, 0, 20000 },
                                               { 20.1, 0, "A", 1, 1, 0, 11 } };

  for (unsigned i = 0; i < N_SENT; i++)
    frames[3 + i] = (StoryFrame){ 40 + i, 1, "PA", 1 + 100 * i, 1, 100, (uint16_t) (20001 + i) };
  for (unsigned i = 0; i < N_RESENT; i++)
    frames[3 + N_SENT + i] = (StoryFrame){ 600 << i, 1, "PA", 1, 1, 100, ids[i] };
  g_autoptr (LecIndex) index = STORY (frames);

  for (unsigned i = 0; i < N_RESENT; i++)
    story_assert (index, 4 + N_SENT + i, "retransmission");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resends/duplicate-reported-at-once", test_duplicate_reported_at_once);
  g_test_add_func ("/resends/echoes", test_echoes);
  g_test_add_func ("/resends/counter-comes-round", test_counter_comes_round);
  return g_test_run ();
}
