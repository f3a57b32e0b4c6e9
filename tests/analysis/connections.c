/* How connections begin and end, and what resets mean. */
#include "base/publish.h"
#include "story.h"

static LecResetReason
reason_at (const LecIndex *index, uint32_t frame)
{
  const LecVerdict *refused = lec_index_find_verdict (index, frame, LEC_VERDICT_REFUSED);

  return (LecResetReason) (refused ? refused : story_verdict (index, frame, LEC_VERDICT_RESET))->reason;
}

/* What the kernels of these recordings did is known; each is there from three places. */
static void
test_recordings (void)
{
  static const struct {
    const char *name;
    uint32_t frame;
    LecVerdictKind kind;
    uint32_t of;
    int reason; /* of a reset */
  } expected[] = {
    { "s13g-simultaneous-open-1.client", 6, LEC_VERDICT_SIMULTANEOUS_OPEN, 5, -1 },
    { "s13g-simultaneous-open-1.server", 6, LEC_VERDICT_SIMULTANEOUS_OPEN, 5, -1 },
    { "s13d-simultaneous-close-1.client", 11, LEC_VERDICT_SIMULTANEOUS_CLOSE, 10, -1 },
    { "s13d-simultaneous-close-1.middle", 11, LEC_VERDICT_SIMULTANEOUS_CLOSE, 10, -1 },
    { "s13h-half-close-1.client", 7, LEC_VERDICT_HALF_CLOSED, 9, -1 },
    { "s13h-half-close-1.server", 8, LEC_VERDICT_HALF_CLOSED, 9, -1 },
    { "s13e-port-reuse-rst-1.client", 15, LEC_VERDICT_PORT_REUSED, 14, -1 },
    { "s13e-port-reuse-rst-1.server", 27, LEC_VERDICT_PORT_REUSED, 26, -1 },
    { "s13f-port-reuse-timewait-1.middle", 15, LEC_VERDICT_PORT_REUSED, 14, -1 },
    { "s13c-half-open-1.client", 11, LEC_VERDICT_RESET, 10, LEC_RESET_HALF_OPEN },
    { "s13c-half-open-1.middle", 11, LEC_VERDICT_RESET, 10, LEC_RESET_HALF_OPEN },
    { "s13c-half-open-1.server", 11, LEC_VERDICT_RESET, 10, LEC_RESET_HALF_OPEN },
    { "s11f-lost-rst-1.client", 14, LEC_VERDICT_RESET, 0, LEC_RESET_ABORTED },
    { "s11f-lost-rst-1.client", 16, LEC_VERDICT_RESET, 15, LEC_RESET_HALF_OPEN },
    { "s11f-lost-rst-1.client", 18, LEC_VERDICT_RESET, 17, LEC_RESET_HALF_OPEN },
    { "s07l-server-drops-1.server", 36, LEC_VERDICT_RESET, 0, LEC_RESET_ABORTED },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *name = g_strconcat (expected[i].name, ".pcapng", NULL);
    g_autofree char *path = g_build_filename (g_getenv ("LECTERN_CAPTURES"), "lab", name, NULL);
    g_autoptr (LecIndex) index = loaded_index (path);
    if (!index) {
      g_test_skip ("no recordings here");
      return;
    }
    g_test_message ("%s %u", name, expected[i].frame);
    const LecVerdict *verdict = story_verdict (index, expected[i].frame, expected[i].kind);
    g_assert_cmpuint (LEC_GET (verdict->of), ==, expected[i].of);
    if (expected[i].reason >= 0)
      g_assert_cmpint (verdict->reason, ==, expected[i].reason);
    if (expected[i].kind == LEC_VERDICT_SIMULTANEOUS_OPEN) /* both SYNs tell it */
      for (unsigned side = 0; side < 2; side++)
        g_assert_cmpint (LEC_GET (lec_index_conversation (index, 0)->window_shift[side]), >=, 0);
    g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_HANDSHAKE_MISSING]), ==, 0);
    g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_HANDSHAKE_INCOMPLETE]), ==, 0);
  }
}

/* The last frame of each story below is another conversation's, so that the trace goes on. */
#define LATER                                                                                                          \
  {                                                                                                                    \
    30000, 0, "S", .port = 50000                                                                                       \
  }

static void
test_missing (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "A", 5001, 7001, 100, 1 }, { 20, 1, "A", 7001, 5101, 0, 1 }, { 25, 1, "FA", 7001, 5101, 0, 2 },
    { 26, 0, "FA", 5101, 7002, 0, 2 }, { 46, 1, "A", 7002, 5102, 0, 3 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  story_assert (index, 1, "handshake-missing");
  story_assert (index, 2, "");
  story_assert_outcome (index, 0, "closed by both; handshake missing: the capture began later");
}

/* A card with several queues may hand on the SYN last: then the handshake is not missing. */
static void
test_late_syn (void)
{
  static const StoryFrame frames[] = {
    { 1, 0, "A", 1, 1, 0, 11 },
    { 1.1, 0, "S", 0, 0, 0, 10 },
    { 1.2, 1, "SA", 0, 1, 0, 20 },
    { 2, 0, "A", 1, 1, 100, 12 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  story_assert (index, 1, "");
  g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_HANDSHAKE_MISSING]), ==, 0);
  g_assert_cmpuint (LEC_GET (lec_index_conversation (index, 0)->handshake), ==, LEC_HANDSHAKE_COMPLETE);
}

static void
test_incomplete (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10 },
    { 20, 1, "SA", 0, 1, 0, 20 },
    { 1020, 1, "SA", 0, 1, 0, 21 },
    { 3020, 1, "SA", 0, 1, 0, 22 },
    { 4000, 0, "S", 0, 0, 0, 30, .port = 40001 },
    { 4020, 1, "SA", 0, 1, 0, 23, .port = 40001 },
    { 4021, 0, "R", 1, 0, 0, 0, .port = 40001 },
    { 29999, 1, "SA", 0, 1, 0, 24, .port = 40002 }, /* only the answering side was captured */
    { 29999.5, 1, "A", 1, 1, 100, 25, .port = 40002 },
    LATER,
  };
  g_autoptr (LecIndex) index = STORY (frames);

  story_assert (index, 2, "handshake-incomplete");
  g_assert_cmpuint (story_verdict (index, 2, LEC_VERDICT_HANDSHAKE_INCOMPLETE)->count, ==, 3);
  story_assert_outcome (index, 0, "handshake not finished: the last ACK never came");
  story_assert (index, 6, "handshake-incomplete");
  g_assert_cmpuint (story_verdict (index, 6, LEC_VERDICT_HANDSHAKE_INCOMPLETE)->of, ==, 7);
  g_assert_cmpint (reason_at (index, 7), ==, LEC_RESET_HALF_OPEN);
  g_assert_cmpuint (story_verdict (index, 7, LEC_VERDICT_RESET)->of, ==, 6);
  story_assert_outcome (index, 1, "handshake not finished: reset by the client");
  story_assert (index, 8, "");
  story_assert_outcome (index, 2, "open");
}

/* As long as the trace goes on for less than a round trip, the ACK may be on its way. */
static void
test_trace_ends (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10 },
    { 20, 1, "SA", 0, 1, 0, 20 },
    { 20.5, 0, "S", .port = 50000 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  story_assert (index, 2, "");
}

#define OPENED                                                                                                         \
  { 0, 0, "S", 0, 0, 0, 10, .mss = 1460 }, { 20, 1, "SA", 0, 1, 0, 20, .mss = 1460 }, { 21, 0, "A", 1, 1, 0, 11 },     \
      { 22, 0, "PA", 1, 1, 100, 12 },                                                                                  \
  {                                                                                                                    \
    45, 1, "A", 1, 101, 1000, 21                                                                                       \
  }

static void
test_half_closed (void)
{
  static const StoryFrame waits[] = {
    OPENED, { 46, 0, "FA", 101, 1001, 0, 13 }, { 66, 1, "A", 1001, 102, 0, 22 }, LATER
  };
  /* Bytes that were on their way when the FIN was sent say nothing. */
  static const StoryFrame crosses[] = { OPENED,
                                        { 46, 0, "FA", 101, 1001, 0, 13 },
                                        { 47, 1, "A", 1001, 101, 1000, 22 },
                                        { 66, 1, "FA", 2001, 102, 0, 23 },
                                        LATER };
  g_autoptr (LecIndex) waiting = STORY (waits);
  g_autoptr (LecIndex) crossing = STORY (crosses);

  story_assert (waiting, 6, "half-closed");
  g_assert_cmpuint (story_verdict (waiting, 6, LEC_VERDICT_HALF_CLOSED)->of, ==, 0);
  story_assert_outcome (waiting, 0, "half-closed: the client waits for the server");
  story_assert (crossing, 6, "");
  story_assert (crossing, 8, "");
  story_assert_outcome (crossing, 0, "closed by both");
}

/* Some tell no window any more when all is said: nobody waits for room then. */
static void
test_shut_at_the_end (void)
{
  static const StoryFrame finished[] = {
    OPENED, { 46, 0, "FA", 101, 1001, 0, 13 }, { 66, 1, "FA", 1001, 102, 0, 22, SHUT }, LATER
  };
  static const StoryFrame goes_on[] = {
    OPENED, { 46, 0, "PA", 101, 1001, 100, 13 }, { 66, 1, "FA", 1001, 201, 0, 22, SHUT }, LATER
  };
  g_autoptr (LecIndex) at_the_end = STORY (finished);
  g_autoptr (LecIndex) before = STORY (goes_on);

  g_assert_null (lec_index_find_verdict (at_the_end, 7, LEC_VERDICT_ZERO_WINDOW));
  g_assert_nonnull (lec_index_find_verdict (before, 7, LEC_VERDICT_ZERO_WINDOW));
}

static void
test_resets (void)
{
  static const struct {
    StoryFrame frame;
    LecResetReason reason;
    LecEnding ending;
  } resets[] = {
    { { 70, 1, "RA", 1001, 101, 0, 22 }, LEC_RESET_ABORTED, LEC_ENDING_RESET },
    { { 70, 1, "R", 1001, 0, 0, 0 }, LEC_RESET_HALF_OPEN, LEC_ENDING_RESET },
    /* Ahead of what is known, in the window: something was lost before here. */
    { { 70, 1, "RA", 3001, 101, 0, 22 }, LEC_RESET_ABORTED, LEC_ENDING_RESET },
    { { 70, 1, "RA", 900001, 101, 0, 22 }, LEC_RESET_SUSPICIOUS, LEC_ENDING_OPEN },
    { { 70, 1, "RA", 501, 101, 0, 22 }, LEC_RESET_SUSPICIOUS, LEC_ENDING_OPEN },
    { { 70, 1, "RA", 1001, 101, 0, 22, .hops = 50 }, LEC_RESET_SUSPICIOUS, LEC_ENDING_RESET },
    { { 70, 1, "RA", 1001, 101, 0, 22, .hops = 63 }, LEC_RESET_ABORTED, LEC_ENDING_RESET },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (resets); i++) {
    const StoryFrame frames[] = { OPENED, { 46, 0, "A", 101, 1001, 10, 13 }, resets[i].frame, LATER };
    g_autoptr (LecIndex) index = STORY (frames);
    g_test_message ("%u", i);
    g_assert_cmpint (reason_at (index, 7), ==, resets[i].reason);
    g_assert_cmpuint (LEC_GET (lec_index_conversation (index, 0)->ending), ==, resets[i].ending);
  }
}

static void
test_reset_after_close (void)
{
  static const StoryFrame frames[] = {
    OPENED, { 46, 1, "FA", 1001, 101, 0, 22 }, { 47, 0, "A", 101, 1002, 10, 13 }, { 67, 1, "R", 1002, 0, 0, 0 }, LATER,
  };
  g_autoptr (LecIndex) index = STORY (frames);

  g_assert_cmpint (reason_at (index, 8), ==, LEC_RESET_AFTER_CLOSE);
  story_assert_outcome (index, 0, "closed by the server, which reset what still came");
}

/* A refusal acknowledges the SYN, or is none; and who was refused may try again. */
static void
test_refusals (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10 },
    { 20, 1, "RA", 0, 1, 0, 0 },
    { 500, 0, "S", 0, 0, 0, 11 },
    { 520, 1, "SA", 0, 1, 0, 20 },
    { 521, 0, "A", 1, 1, 0, 12 },
    { 600, 0, "S", 0, 0, 0, 13, .port = 40001 },
    { 605, 1, "RA", 0, 77, 0, 0, .port = 40001 },
    { 620, 1, "SA", 0, 1, 0, 21, .port = 40001 },
    { 621, 0, "A", 1, 1, 0, 14, .port = 40001 },
    LATER,
  };
  g_autoptr (LecIndex) index = STORY (frames);

  g_assert_cmpint (reason_at (index, 2), ==, LEC_RESET_REFUSED);
  story_assert_outcome (index, 0, "open");
  g_assert_cmpint (reason_at (index, 7), ==, LEC_RESET_SUSPICIOUS);
  story_assert_outcome (index, 1, "open");
}

/* Another answer to the same SYN begins its numbers elsewhere (two machines answer, or cookies changed): that is no gap
 * of so many bytes, and what acknowledges it acknowledges nothing unseen. */
static void
test_another_answer (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10 },
    { 10, 1, "SA", 0, 1, 0, 20 },
    { 500, 1, "SA", 70000, 1, 0, 21 },
    { 501, 0, "A", 1, 70001, 0, 11 },
    { 510, 1, "A", 70001, 1, 100, 22 },
    { 511, 0, "A", 1, 70101, 0, 12 },
    LATER,
  };
  g_autoptr (LecIndex) index = STORY (frames);

  for (uint32_t frame = 1; frame <= 6; frame++)
    story_assert (index, frame, "");
}

/* An acknowledgment without data stands behind all that its sender sent: here behind 81 bytes that did not come. What
 * one claims that lies far beyond the receiver's window is not believed. */
static void
test_empty_segment_ahead (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10 },       { 10, 1, "SA", 0, 1, 0, 20 },   { 20, 0, "A", 82, 1, 0, 12 },
    { 1300, 0, "PA", 1, 1, 81, 14 },  { 1301, 1, "A", 1, 82, 0, 21 }, { 1310, 0, "A", 90000, 1, 0, 15 },
    { 1320, 0, "PA", 82, 1, 10, 16 }, { 1330, 1, "A", 1, 92, 0, 22 }, LATER,
  };
  g_autoptr (LecIndex) index = STORY (frames);
  const LecVerdict *resend = story_verdict (index, 4, LEC_VERDICT_RETRANSMISSION);

  story_assert (index, 3, "segment-lost-before");
  g_assert_cmpuint (LEC_GET (story_verdict (index, 3, LEC_VERDICT_SEGMENT_LOST)->of), ==, 4);
  g_assert_cmpuint (resend->first, ==, 0);
  g_assert_cmpuint (resend->cause, ==, LEC_CAUSE_TIMEOUT);
  for (uint32_t frame = 6; frame <= 8; frame++)
    story_assert (index, frame, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connections/recordings", test_recordings);
  g_test_add_func ("/connections/missing", test_missing);
  g_test_add_func ("/connections/late-syn", test_late_syn);
  g_test_add_func ("/connections/incomplete", test_incomplete);
  g_test_add_func ("/connections/trace-ends", test_trace_ends);
  g_test_add_func ("/connections/half-closed", test_half_closed);
  g_test_add_func ("/connections/shut-at-the-end", test_shut_at_the_end);
  g_test_add_func ("/connections/resets", test_resets);
  g_test_add_func ("/connections/reset-after-close", test_reset_after_close);
  g_test_add_func ("/connections/refusals", test_refusals);
  g_test_add_func ("/connections/another-answer", test_another_answer);
  g_test_add_func ("/connections/empty-segment-ahead", test_empty_segment_ahead);
  return g_test_run ();
}
