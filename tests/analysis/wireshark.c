/* What Wireshark's rules say of segments, each story as tshark 4.0 tells it, and where Lectern says something else. */
#include <string.h>

#include "analysis/replay.h"
#include "analysis/wireshark-difference.h"
#include "story.h"

/* A frame and what the rules call it, "word word …". */
typedef struct {
  StoryFrame frame;
  const char *words;
} Line;

#define SHAKE(ms)                                                                                                      \
  { { 0, 0, "S", 0, .scale = 1 }, "" }, { { (ms) / 2.0, 1, "SA", 0, 1, .scale = 1 }, "" },                             \
  {                                                                                                                    \
    { ms, 0, "A", 1, 1 }, ""                                                                                           \
  }

static char *
dup_names (uint32_t flags)
{
  GString *text = g_string_new (NULL);

  for (; flags; flags &= flags - 1)
    g_string_append_printf (text, "%s%s", text->len ? " " : "",
                            lec_wireshark_flag_name ((unsigned) __builtin_ctz (flags)));
  return g_string_free (text, FALSE);
}

static LecIndex *
index_of (const Line *lines, unsigned n)
{
  g_autofree StoryFrame *frames = g_new (StoryFrame, n);

  for (unsigned i = 0; i < n; i++)
    frames[i] = lines[i].frame;
  return story_index (frames, n, FALSE);
}

/* All frames are of one conversation, unless they begin another. */
static uint32_t
flags_at (const LecIndex *index, uint32_t frame, LecReplayFacts *facts)
{
  g_autoptr (LecReplay) replay = lec_replay_new (index, lec_index_conversation_of (index, frame));

  g_assert_true (lec_replay_facts (replay, frame, facts));
  return facts->wireshark.flags;
}

static void
assert_lines (const Line *lines, unsigned n)
{
  g_autoptr (LecIndex) index = index_of (lines, n);
  LecReplayFacts facts;

  for (uint32_t frame = 1; frame <= n; frame++) {
    g_autofree char *names = dup_names (flags_at (index, frame, &facts));
    if (strcmp (names, lines[frame - 1].words) != 0)
      g_error ("frame %u: “%s”, not “%s”", frame, names, lines[frame - 1].words);
  }
}

#define TELL(lines) assert_lines (lines, G_N_ELEMENTS (lines))

/* Below the highest byte it is a matter of time alone: the round trip of the handshake, and not what the packet tells.
 */
static void
test_below_the_highest (void)
{
  static const Line lines[] = {
    SHAKE (10),
    { { 20, 0, "A", 1, 1, 100 }, "" },
    { { 20, 0, "A", 201, 1, 100 }, "lost-segment" },
    { { 29, 0, "A", 101, 1, 50 }, "out-of-order" },
    { { 31, 0, "A", 151, 1, 25 }, "retransmission" },
    { { 31, 0, "A", 176, 1, 125 }, "retransmission" }, /* ends with the highest byte */
    { { 32, 1, "A", 1, 301 }, "" },
    { { 33, 0, "A", 101, 1, 50 }, "retransmission spurious-retransmission" },
  };

  TELL (lines);
}

/* Without a handshake 3 ms are taken for its round trip. */
static void
test_no_handshake (void)
{
  static const Line lines[] = {
    { { 0, 0, "A", 1, 1, 100 }, "" },
    { { 1, 0, "A", 201, 1, 100 }, "lost-segment" },
    { { 3.9, 0, "A", 101, 1, 50 }, "out-of-order" },
    { { 4.1, 0, "A", 151, 1, 50 }, "retransmission" },
  };

  TELL (lines);
}

static void
test_fast (void)
{
  static const Line lines[] = {
    SHAKE (1),
    { { 10, 0, "A", 1, 1, 100 }, "" },
    { { 10, 0, "A", 101, 1, 100 }, "" },
    { { 11, 1, "A", 1, 1 }, "duplicate-ack" },
    { { 12, 1, "A", 1, 1 }, "duplicate-ack" },
    { { 31.9, 0, "A", 1, 1, 100 }, "retransmission fast-retransmission" },
    { { 33, 0, "A", 1, 1, 100 }, "retransmission" },
  };
  /* The SYN-ACK, whose acknowledgment they repeat, has the number before. */
  static const Line counted[] = {
    SHAKE (1),
    { { 9, 1, "A", 1, 1, 10 }, "" },
    { { 10, 0, "A", 1, 11, 100 }, "" },
    { { 11, 1, "A", 11, 1 }, "duplicate-ack" },
    { { 12, 1, "A", 11, 1, .window = 8193 }, "window-update" },
    { { 13, 1, "A", 11, 1, .window = 8193 }, "duplicate-ack" },
  };
  g_autoptr (LecIndex) index = index_of (counted, G_N_ELEMENTS (counted));
  LecReplayFacts facts;

  TELL (lines);
  TELL (counted);
  flags_at (index, 8, &facts);
  g_assert_cmpuint (facts.wireshark.duplicate, ==, 2);
  g_assert_cmpuint (facts.wireshark.duplicate_of, ==, 2);
}

static void
test_windows (void)
{
  static const Line lines[] = {
    SHAKE (1),
    { { 2, 1, "A", 1, 1, .window = 200 }, "window-update" },
    { { 3, 0, "A", 1, 1, 199 }, "" },
    { { 3, 0, "A", 200, 1, 1 }, "window-full" },
    { { 4, 1, "A", 1, 201, .window = SHUT }, "zero-window" },
    { { 300, 0, "A", 201, 1, 1 }, "zero-window-probe" },
    { { 301, 1, "A", 1, 201, .window = SHUT }, "zero-window zero-window-probe-ack" },
    { { 600, 0, "A", 200, 1, 0 }, "keep-alive" }, /* as Linux probes */
    { { 601, 1, "A", 1, 201, .window = SHUT }, "zero-window" },
    { { 700, 1, "A", 1, 201 }, "window-update" },
  };

  TELL (lines);
}

static void
test_keep_alive (void)
{
  static const Line lines[] = {
    SHAKE (1),
    { { 2, 0, "A", 1, 1, 100 }, "" },
    { { 3, 1, "A", 1, 101 }, "" },
    { { 1000, 0, "A", 100, 1, 1 }, "keep-alive" },
    { { 1001, 1, "A", 1, 101 }, "keep-alive-ack" },
    { { 1002, 1, "A", 1, 101 }, "keep-alive-ack" },
    { { 1003, 0, "A", 101, 1, 10 }, "" },
    { { 1004, 1, "A", 1, 101 }, "duplicate-ack" },
  };

  TELL (lines);
}

static void
test_unseen (void)
{
  static const Line lines[] = {
    SHAKE (1),
    { { 2, 0, "A", 1, 1, 100 }, "" },
    { { 3, 1, "A", 1, 201 }, "ack-lost-segment" },
    { { 4, 1, "A", 1, 301 }, "" }, /* said once */
    { { 5, 0, "A", 401, 1, 100 }, "lost-segment" },
    { { 6, 1, "A", 1, 501 }, "ack-lost-segment" },
  };

  TELL (lines);
}

static void
test_reused_ports (void)
{
  static const Line lines[] = {
    SHAKE (1),
    { { 2, 0, "R", 1 }, "" },
    { { 3, 0, "S", 0, .start = 5000 }, "reused-ports" },
    { { 4, 1, "SA", 0, 1, .start = 5000 }, "" },
    { { 5, 0, "A", 1, 1, .start = 5000 }, "" },
    { { 6, 0, "S", 0, .start = 5000 }, "retransmission" },
  };

  TELL (lines);
}

/* Round trips from the oldest copy on, against Karn's rule, and what is in flight. */
static void
test_numbers (void)
{
  static const Line lines[] = {
    SHAKE (10),
    { { 20, 0, "A", 1, 1, 100 }, "" },
    { { 220, 0, "A", 1, 1, 100 }, "retransmission" },
    { { 230, 0, "A", 101, 1, 100 }, "" },
    { { 240, 1, "A", 1, 101 }, "" },
    { { 250, 0, "A", 201, 1, 10 }, "" },
  };
  g_autoptr (LecIndex) index = index_of (lines, G_N_ELEMENTS (lines));
  LecReplayFacts facts;

  TELL (lines);
  flags_at (index, 5, &facts);
  g_assert_cmpuint (facts.wireshark.rto_frame, ==, 4);
  g_assert_cmpint (facts.wireshark.initial_rtt_ns, ==, 10000000);
  flags_at (index, 6, &facts);
  g_assert_cmpuint (facts.wireshark.bytes_in_flight, ==, 200);
  flags_at (index, 7, &facts);
  g_assert_cmpuint (facts.wireshark.acks_frame, ==, 4);
  flags_at (index, 8, &facts);
  g_assert_cmpuint (facts.wireshark.bytes_in_flight, ==, 110);
}

/* Where they differ. */

static char *
dup_difference (const LecIndex *index, uint32_t frame)
{
  LecReplayFacts facts;
  uint32_t flags = flags_at (index, frame, &facts);
  char *text = lec_wireshark_dup_difference (index, frame, flags);

  g_assert_cmpint (text != NULL, ==, lec_wireshark_differs (index, frame, flags));
  return text;
}

/* A segment that was overtaken, by its IP identification; Wireshark's rules see only that it is late. */
static void
test_difference (void)
{
  static const Line lines[] = {
    SHAKE (1),
    { { 10, 0, "A", 1, 1, 100, .id = 10 }, "" },
    { { 10, 0, "A", 201, 1, 100, .id = 12 }, "lost-segment" },
    { { 15, 0, "A", 101, 1, 100, .id = 11 }, "retransmission" },
    { { 16, 1, "A", 1, 301 }, "" },
  };
  g_autoptr (LecIndex) index = index_of (lines, G_N_ELEMENTS (lines));
  g_autofree char *none = dup_difference (index, 4);
  g_autofree char *late = dup_difference (index, 6);

  TELL (lines);
  g_assert_null (none);
  story_assert (index, 6, "reordered");
  g_assert_cmpstr (late, ==,
                   "Wireshark's rules call it “retransmission”: it begins below the highest byte so far, and either "
                   "came later than a round trip after that or ends where it does; they look at nothing else.");
  const LecVerdict *verdict = story_verdict (index, 6, LEC_VERDICT_REORDERED);
  g_autofree char *from = lec_wireshark_dup_difference_from (index, verdict, LEC_WIRESHARK_RETRANSMISSION);
  g_assert_cmpstr (from, ==, late);
  /* What is no answer to the same question is no matter of this verdict. */
  g_assert_null (
      lec_wireshark_dup_difference_from (index, verdict, LEC_WIRESHARK_OUT_OF_ORDER | LEC_WIRESHARK_WINDOW_FULL));
  g_assert_null (lec_wireshark_dup_difference_from (index, verdict, LEC_WIRESHARK_OUT_OF_ORDER));
}

/* Of a kind and its special case one sentence, and none on what it is not called instead. */
static void
test_one_sentence (void)
{
  static const Line lines[] = {
    SHAKE (1),
    { { 10, 0, "A", 1, 1, 100, .id = 10 }, "" },
    { { 10, 1, "A", 1, 101 }, "" },
  };
  g_autoptr (LecIndex) index = index_of (lines, G_N_ELEMENTS (lines));
  g_autofree char *text =
      lec_wireshark_dup_difference (index, 4, LEC_WIRESHARK_RETRANSMISSION | LEC_WIRESHARK_SPURIOUS_RETRANSMISSION);
  g_autofree char *words = lec_wireshark_dup_words (LEC_WIRESHARK_RETRANSMISSION | LEC_WIRESHARK_FAST_RETRANSMISSION |
                                                    LEC_WIRESHARK_WINDOW_FULL);

  g_assert_true (g_str_has_prefix (text, "Wireshark's rules call it “spurious retransmission”: "));
  g_assert_null (strstr (text + 1, "Wireshark"));
  g_assert_cmpstr (words, ==, "fast retransmission, window full");
  g_assert_null (lec_wireshark_dup_words (0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wireshark/below-the-highest", test_below_the_highest);
  g_test_add_func ("/wireshark/no-handshake", test_no_handshake);
  g_test_add_func ("/wireshark/fast", test_fast);
  g_test_add_func ("/wireshark/windows", test_windows);
  g_test_add_func ("/wireshark/keep-alive", test_keep_alive);
  g_test_add_func ("/wireshark/unseen", test_unseen);
  g_test_add_func ("/wireshark/reused-ports", test_reused_ports);
  g_test_add_func ("/wireshark/numbers", test_numbers);
  g_test_add_func ("/wireshark/difference", test_difference);
  g_test_add_func ("/wireshark/one-sentence", test_one_sentence);
  return g_test_run ();
}
