/* Conversations gone through again: what is said of them and of their frames, and what their curves mark. */
#include "analysis/replay-text.h"

#include <locale.h>

#include "story.h"

/* The first conversation over TCP of a trace. */
typedef struct {
  LecIndex *index;
  LecReplay *replay;
  LecReplaySeries *series;
} Replayed;

static Replayed
replay_first (LecIndex *index)
{
  Replayed replayed = { .index = index };
  uint32_t conversation = 0;

  while (!lec_replay_is_possible (index, conversation))
    conversation++;
  replayed.replay = lec_replay_new (index, conversation);
  replayed.series = lec_replay_series_new (replayed.replay, 500);
  return replayed;
}

static void
replayed_clear (Replayed *replayed)
{
  lec_replay_series_free (replayed->series);
  lec_replay_unref (replayed->replay);
  lec_index_free (replayed->index);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replayed, replayed_clear)

/* No-break spaces count as spaces. */
static void
assert_said (char *text, const char *expected)
{
  g_autoptr (GString) said = g_string_new (text);

  g_string_replace (said, "\u00a0", " ", 0);
  g_assert_cmpstr (said->str, ==, expected);
  g_free (text);
}

/* Of the step with FRAME: what is in flight in both directions, and what it tells of the round trip. */
static void
assert_step (const Replayed *replayed, uint32_t frame, const char *moment, const char *from_client,
             const char *from_server, const char *round_trip)
{
  const LecReplayStep *step = &replayed->replay->steps[lec_replay_find (replayed->replay, frame)];

  g_assert_cmpuint (step->frame, ==, frame);
  assert_said (lec_replay_dup_moment (replayed->replay, step), moment);
  assert_said (lec_replay_dup_standing (replayed->replay, step, 0), from_client);
  assert_said (lec_replay_dup_standing (replayed->replay, step, 1), from_server);
  assert_said (lec_replay_dup_round_trip (replayed->replay, step), round_trip);
}

static void
test_download (void)
{
  g_auto (Replayed) replayed = replay_first (loaded_sample ("lost-segment.pcapng"));
  const LecReplaySummary *summary = &replayed.replay->summary;

  assert_said (lec_replay_dup_flight (replayed.replay, replayed.series, 0),
               "Client → server: up to 86 bytes in flight, window up to 65.5 kB (off the chart)");
  assert_said (lec_replay_dup_flight_label (replayed.series, 0),
               "Client → server; the window, up to 65.5 kB, is off the chart");
  assert_said (lec_replay_dup_flight (replayed.replay, replayed.series, 1),
               "Server → client: up to 71.0 kB in flight, window up to 161.8 kB");
  assert_said (lec_replay_dup_flight_label (replayed.series, 1), "Server → client");
  assert_said (lec_replay_dup_trips (replayed.replay, 1), "To the server and back: 40 ms (40 ms to 41 ms)");
  assert_said (lec_replay_dup_goodput (summary, 1), "5.8 Mbit/s");
  assert_said (lec_replay_dup_retransmissions (&summary->side[1]), "1 of 93 segments (1.1 %)");
  assert_said (lec_replay_dup_retransmissions (&summary->side[0]), "0 of 3 segments");
  g_assert_cmpuint (replayed.series->n_retransmissions[0], ==, 0);
  g_assert_cmpuint (replayed.series->n_retransmissions[1], ==, 1);
  assert_step (&replayed, 3, "Frame 3, the first", "Client → server: in flight 0 bytes, window unknown",
               "Server → client: in flight unknown, window 64.2 kB",
               "Tells no round trip: it acknowledges nothing new.");
  assert_step (&replayed, 7, "Frame 7, 81 ms after the first", "Client → server: in flight 0 bytes, window 65.5 kB",
               "Server → client: in flight 0 bytes, window 64.5 kB", "Round trip of 40 ms: it answers frame 6.");
}

/* The beginning is not there, and the first segment is sent twice: nobody knows by what the window is to be multiplied,
 * nor which of the two is answered. */
static void
test_what_is_not_known (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "A", 101, 1, 100, .id = 1, .window = 501 },    { 5, 1, "A", 1, 101, .id = 1, .window = 501 },
    { 400, 0, "PA", 101, 1, 100, .id = 2, .window = 501 }, { 440, 1, "A", 1, 201, .id = 2, .window = 501 },
    { 450, 0, "PA", 201, 1, 50, .id = 3, .window = 501 },  { 490, 1, "A", 1, 251, .id = 3, .window = 501 },
  };
  g_auto (Replayed) replayed = replay_first (STORY (frames));

  assert_step (
      &replayed, 4, "Frame 4, 440 ms after the first",
      "Client → server: in flight 0 bytes, window unknown, told as 501: no handshake",
      "Server → client: in flight 0 bytes, window unknown, told as 501: no handshake",
      "Tells no round trip: it acknowledges what was sent more than once, and nobody can tell which sending it "
      "answers (Karn's rule).");
  assert_step (&replayed, 6, "Frame 6, 490 ms after the first",
               "Client → server: in flight 0 bytes, window unknown, told as 501: no handshake",
               "Server → client: in flight 0 bytes, window unknown, told as 501: no handshake",
               "Round trip of 40 ms: it answers frame 5.");
  assert_said (lec_replay_dup_flight_label (replayed.series, 0), "Client → server; window unknown");
  assert_said (lec_replay_dup_round_trips (lec_replay_round_trips (&replayed.replay->summary)), "unknown");
  g_assert_cmpuint (replayed.series->n_retransmissions[0], ==, 1);
  g_assert_cmpuint (replayed.series->n_ambiguous[1], ==, 1);
  unsigned bucket = lec_replay_series_bucket (replayed.series, lec_index_time_ns (replayed.index, 3));
  g_assert_cmpuint (replayed.series->buckets[0][bucket].n_retransmissions, ==, 1);
  bucket = lec_replay_series_bucket (replayed.series, lec_index_time_ns (replayed.index, 4));
  g_assert_cmpuint (replayed.series->buckets[1][bucket].n_ambiguous, ==, 1);
}

static void
test_one_frame (void)
{
  static const StoryFrame frames[] = { { 0, 0, "S", 0, 0, .mss = 1460 } };
  g_auto (Replayed) replayed = replay_first (STORY (frames));

  assert_step (&replayed, 1, "Frame 1, the first", "Client → server: in flight 0 bytes, window unknown",
               "Server → client: in flight unknown, window 8,192 bytes",
               "Tells no round trip: it acknowledges nothing new.");
  assert_said (lec_replay_dup_goodput (&replayed.replay->summary, 0), "unknown");
  assert_said (lec_replay_dup_trips (replayed.replay, 0), "To the client and back: unknown");
}

int
main (int argc, char **argv)
{

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay-text/download", test_download);
  g_test_add_func ("/replay-text/what-is-not-known", test_what_is_not_known);
  g_test_add_func ("/replay-text/one-frame", test_one_frame);
  return g_test_run ();
}
