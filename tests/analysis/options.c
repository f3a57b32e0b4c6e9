/* Congestion marks, and what the options of a SYN tell or leave untold. */
#include "base/publish.h"
#include "story.h"

/* Two marked segments in a row, reports until the sender answers; and again later. */
static void
test_congestion (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "SEC", 0, 0, 0, 10, .mss = 1460 },
    { 20, 1, "SAE", 0, 1, 0, 20, .mss = 1460 },
    { 21, 0, "A", 1, 1, 0, 11 },
    { 22, 0, "A", 1, 1, 1000, 12, .ecn = 2 },
    { 23, 0, "A", 1001, 1, 1000, 13, .ecn = 3 }, /* 5 */
    { 24, 0, "A", 2001, 1, 1000, 14, .ecn = 3 },
    { 25, 0, "A", 3001, 1, 1000, 15, .ecn = 2 },
    { 43, 1, "AE", 1, 2001, 0, 21 }, /* 8 */
    { 44, 1, "AE", 1, 3001, 0, 22 },
    { 45, 1, "AE", 1, 4001, 0, 23 },
    { 46, 0, "AC", 4001, 1, 1000, 16, .ecn = 2 }, /* 11 */
    { 47, 0, "A", 5001, 1, 1000, 17, .ecn = 3 },
    { 67, 1, "A", 1, 5001, 0, 24 },
    { 68, 1, "AE", 1, 6001, 0, 25 }, /* 14 */
  };
  static const char *const expected[] = { "",
                                          "",
                                          "",
                                          "",
                                          "congestion-experienced",
                                          "",
                                          "",
                                          "congestion-echo",
                                          "",
                                          "",
                                          "congestion-window-reduced",
                                          "congestion-experienced",
                                          "",
                                          "congestion-echo" };

  for (unsigned version = 0; version < 2; version++) {
    g_autoptr (LecIndex) index = story_index (frames, G_N_ELEMENTS (frames), version == 1);
    for (unsigned i = 0; i < G_N_ELEMENTS (expected); i++)
      story_assert (index, i + 1, expected[i]);
    g_assert_cmpuint (story_verdict (index, 8, LEC_VERDICT_CONGESTION_ECHO)->of, ==, 5);
    g_assert_cmpuint (story_verdict (index, 11, LEC_VERDICT_WINDOW_REDUCED)->of, ==, 8);
    g_assert_cmpuint (story_verdict (index, 14, LEC_VERDICT_CONGESTION_ECHO)->of, ==, 12);
  }
}

/* Who did not agree on it may set the flags for fun. */
static void
test_not_agreed (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "SEC", 0, 0, 0, 10 },
    { 20, 1, "SA", 0, 1, 0, 20 },
    { 21, 0, "AE", 1, 1, 0, 11 },
    { 22, 0, "AC", 1, 1, 10, 12 },
    { 23, 0, "A", 11, 1, 10, 13, .ecn = 3 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  for (unsigned i = 3; i <= G_N_ELEMENTS (frames); i++)
    story_assert (index, i, "");
}

/* A side that sends ROUNDS times N segments of SIZE, of which all is acknowledged at once; SCALES: which SYNs offer
 * scaling. */
typedef struct {
  unsigned rounds;
  unsigned n;
  uint32_t size;
  uint16_t window;
  uint16_t mss;
  unsigned scales;
  double way_ms;
  gboolean overshoots; /* the window: it does not wait */
} Transfer;

static void
add_round (GArray *frames, const Transfer *of, unsigned round)
{
  uint32_t from = 11 + round * of->n * of->size, to = from + of->n * of->size;
  double ms = 1 + (round + 2) * of->way_ms * 1.1;
  double step = of->overshoots ? of->way_ms / of->n : 0.001;

  for (uint32_t i = 0; i < of->n; i++) {
    StoryFrame data = { ms + i * step, 0, "A", from + i * of->size, 1, of->size, (uint16_t) (frames->len + 1) };
    g_array_append_val (frames, data);
  }
  StoryFrame ack = { ms + of->way_ms, 1, "A", 1, to, 0, (uint16_t) (frames->len + 1), .window = of->window };
  g_array_append_val (frames, ack);
}

static LecIndex *
transfer (const Transfer *of)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (StoryFrame));
  const StoryFrame handshake[] = {
    { 0, 0, "S", 0, 0, 0, 10, .mss = 1460, .scale = of->scales & 1 ? 1 : 0 },
    { of->way_ms, 1, "SA", 0, 1, 0, 20, .window = of->window, .mss = of->mss, .scale = of->scales & 2 ? 1 : 0 },
    { of->way_ms + 0.1, 0, "A", 1, 1, 0, 11 },
    { of->way_ms + 0.2, 0, "A", 1, 1, 10, 12 },
    { of->way_ms * 2 + 0.2, 1, "A", 1, 11, 0, 21, .window = of->window },
  };

  g_array_append_vals (frames, handshake, G_N_ELEMENTS (handshake));
  for (unsigned i = 0; i < of->rounds; i++)
    add_round (frames, of, i);
  return story_index ((StoryFrame *) frames->data, frames->len, FALSE);
}

static void
test_window_scaling (void)
{
  static const struct {
    Transfer of;
    uint32_t frame; /* of the SYN that lacks it, 0 = none is missed */
  } cases[] = {
    { { 3, 44, 1460, 65535, 1460, 0, 20 }, 1 },
    { { 3, 44, 1460, 65535, 1460, 2, 20 }, 1 },
    { { 3, 44, 1460, 65535, 1460, 1, 20 }, 2 },
    { { 3, 44, 1460, 65535, 1460, 3, 20 }, 0 },
    { { 2, 44, 1460, 65535, 1460, 0, 20 }, 0 },                    /* a hiccup */
    { { 3, 20, 1460, 65535, 1460, 0, 20 }, 0 },                    /* as much was never sent */
    { { 3, 20, 1460, 30000, 1460, 0, 20 }, 0 },                    /* a small window is the receiver's own wish */
    { { 3, 44, 1460, 65535, 1460, 0, 2 }, 0 },                     /* on so short a way it is large enough */
    { { 3, 46, 1460, 65535, 1460, 0, 20, .overshoots = TRUE }, 0 } /* nobody waits */
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LecIndex) index = transfer (&cases[i].of);
    g_test_message ("%u", i);
    g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_NO_WINDOW_SCALING]), ==, cases[i].frame != 0);
    if (!cases[i].frame)
      continue;
    const LecVerdict *verdict = story_verdict (index, cases[i].frame, LEC_VERDICT_NO_WINDOW_SCALING);
    g_assert_cmpuint (verdict->of, ==, 49);
    g_assert_cmpuint (LEC_GET (verdict->proof), ==, 140);
    g_assert_cmpint (LEC_GET (verdict->span_ns) / 1000000, ==, 59);
  }
}

static void
test_segment_size (void)
{
  static const struct {
    Transfer of;
    gboolean missed;
  } cases[] = {
    { { 1, 12, 536, 8192, 0, 3, 20 }, TRUE },    { { 1, 12, 524, 8192, 0, 3, 20 }, TRUE },
    { { 1, 12, 536, 8192, 536, 3, 20 }, FALSE }, { { 1, 12, 1460, 8192, 0, 3, 20 }, FALSE }, /* all the same */
    { { 1, 5, 536, 8192, 0, 3, 20 }, FALSE },    { { 1, 12, 300, 8192, 0, 3, 20 }, FALSE }
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LecIndex) index = transfer (&cases[i].of);
    g_test_message ("%u", i);
    g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_MSS_MISSING]), ==, cases[i].missed);
    if (cases[i].missed)
      g_assert_cmpuint (story_verdict (index, 2, LEC_VERDICT_MSS_MISSING)->of, ==, 6);
  }
}

/* A middlebox gives one segment a timestamp from long ago: the receiver drops it and says so. */
static void
test_old_timestamp (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10, .timestamp = 500000 },
    { 20, 1, "SA", 0, 1, 0, 20, .timestamp = 9000, .echo = 500000 },
    { 21, 0, "A", 1, 1, 1000, 11, .timestamp = 500021, .echo = 9000 },
    { 22, 0, "A", 1001, 1, 1000, 12, .timestamp = 1022, .echo = 9000 },
    { 23, 0, "A", 2001, 1, 1000, 13, .timestamp = 500023, .echo = 9000 },
    { 42, 1, "A", 1, 1001, 0, 21, .timestamp = 9022, .echo = 500021 },
    { 43, 1, "A", 1, 1001, 0, 22, .timestamp = 9023, .echo = 500021 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  story_assert (index, 4, "old-timestamp");
  const LecVerdict *verdict = story_verdict (index, 4, LEC_VERDICT_OLD_TIMESTAMP);
  g_assert_cmpuint (verdict->of, ==, 3);
  g_assert_cmpuint (LEC_GET (verdict->proof), ==, 7);
  g_assert_cmpuint (verdict->count, ==, 500021 - 1022);
  story_assert (index, 3, "");
  story_assert (index, 5, "");
}

/* Five seconds late is no reordering; milliseconds are, also where the clock ticks more often than it should. */
static void
test_stray (void)
{
  static const struct {
    uint32_t ms;
    uint32_t ticks;
    const char *words;
  } cases[] = { { 40, 40, "reordered" }, { 5040, 5040, "old-timestamp" }, { 40, 40000, "reordered" } };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    const StoryFrame frames[] = {
      { 0, 0, "S", 0, 0, 0, 10, .timestamp = 500000 },
      { 20, 1, "SA", 0, 1, 0, 20, .timestamp = 9000, .echo = 500000 },
      { 21, 0, "A", 1, 1, 1000, 11, .timestamp = 500021, .echo = 9000 },
      { 30, 0, "A", 2001, 1, 1000, 13, .timestamp = 500022 + cases[i].ticks, .echo = 9000 },
      { 32 + cases[i].ms, 0, "A", 1001, 1, 1000, 12, .timestamp = 500022, .echo = 9000 },
    };
    g_autoptr (LecIndex) index = STORY (frames);
    story_assert (index, 5, cases[i].words);
  }
}

/* The server remembers the port's former connection, and takes no SYN from before it. */
static void
test_old_syn (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10, .timestamp = 500000 },
    { 20, 1, "SA", 0, 1, 0, 20, .timestamp = 9000, .echo = 500000 },
    { 21, 0, "FA", 1, 1, 0, 11, .timestamp = 500021, .echo = 9000 },
    { 41, 1, "FA", 1, 2, 0, 21, .timestamp = 9021, .echo = 500021 },
    { 42, 0, "A", 2, 2, 0, 12, .timestamp = 500042, .echo = 9021 },
    { 1000, 0, "S", 0, 0, 0, 13, .timestamp = 20000, .start = 777 },
    { 2000, 0, "S", 0, 0, 0, 14, .timestamp = 21000, .start = 777 },
    { 30000, 0, "S", 0, 0, 0, 15, .timestamp = 600000, .start = 999, .port = 40001 },
    { 60000, 0, "S", 0, 0, 0, 15, .timestamp = 700000, .start = 1999, .port = 40001 },
    { 90000, 0, "S", 0, 0, 0, 16, .port = 40002 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  story_assert (index, 6, "no-answer old-timestamp port-reused");
  g_assert_cmpuint (story_verdict (index, 6, LEC_VERDICT_OLD_TIMESTAMP)->of, ==, 3);
  story_assert (index, 9, "no-answer port-reused");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/congestion", test_congestion);
  g_test_add_func ("/options/not-agreed", test_not_agreed);
  g_test_add_func ("/options/window-scaling", test_window_scaling);
  g_test_add_func ("/options/segment-size", test_segment_size);
  g_test_add_func ("/options/old-timestamp", test_old_timestamp);
  g_test_add_func ("/options/stray", test_stray);
  g_test_add_func ("/options/old-syn", test_old_syn);
  return g_test_run ();
}
