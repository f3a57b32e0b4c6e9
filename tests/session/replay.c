/* Replays made in the worker: a long conversation beside a short one, asked for in every way. Meant to be run under
 * ThreadSanitizer too. */
#include <glib/gstdio.h>
#include <poll.h>

#include "session/rows.h"
#include "trace/writer.h"

/* Of the long conversation; a replay of it takes many times what the worker does in one go. */
#define N_ROUNDS      40000u
#define SEGMENT_BYTES 1000u
#define LINK_ETHERNET 1

#define ACK 0x10
#define SYN 0x02
#define FIN 0x01

/* One end's numbers. */
typedef struct {
  uint32_t sequence;
  uint32_t acknowledgment;
} End;

typedef struct {
  Writer writer;
  uint64_t time_us;
  uint32_t n_frames;
} Script;

/* Headers of 54 bytes, and of the payload nothing is captured. */
static void
put_segment (Script *script, End ends[2], unsigned side, uint16_t port, uint8_t flags, uint16_t payload_bytes)
{
  Writer *writer = &script->writer;
  static const uint8_t link[14] = { [12] = 0x08 };

  put_u32 (writer, (uint32_t) (script->time_us / 1000000));
  put_u32 (writer, (uint32_t) (script->time_us % 1000000));
  put_u32 (writer, 54);
  put_u32 (writer, 54u + payload_bytes);
  put_bytes (writer, link, sizeof link);
  put_u16 (writer, 0x4500);
  put_u16 (writer, 40u + payload_bytes);
  put_u32 (writer, script->n_frames << 16 | 0x4000);
  put_u16 (writer, 0x4006);
  put_u16 (writer, 0);
  put_u32 (writer, side ? 0xc6336402 : 0xc0000201);
  put_u32 (writer, side ? 0xc0000201 : 0xc6336402);
  put_u16 (writer, side ? 80 : port);
  put_u16 (writer, side ? port : 80);
  put_u32 (writer, ends[side].sequence);
  put_u32 (writer, flags & ACK ? ends[side].acknowledgment : 0);
  put_u16 (writer, 0x5000u | flags);
  put_u16 (writer, 50000);
  put_u32 (writer, 0);
  ends[side].sequence += payload_bytes + ((flags & (SYN | FIN)) != 0);
  ends[!side].acknowledgment = ends[side].sequence;
  script->n_frames++;
}

static void
open_connection (Script *script, End ends[2], uint16_t port)
{
  put_segment (script, ends, 0, port, SYN, 0);
  script->time_us += 20000;
  put_segment (script, ends, 1, port, SYN | ACK, 0);
  put_segment (script, ends, 0, port, ACK, 0);
}

/* Frames 1–3: the long one opens; 4–8: the short one, with a request that is acknowledged 30 ms later; then the long
 * one goes on, two segments and an acknowledgment each time. */
static char *
write_trace (uint32_t *n_frames)
{
  Script script = { .writer = writer_new (TRUE), .time_us = 1000000 };
  End longer[2] = { { 1000, 0 }, { 5000, 0 } }, shorter[2] = { { 7000, 0 }, { 9000, 0 } };

  pcap_header (&script.writer, 0xa1b2c3d4, 65535, LINK_ETHERNET);
  open_connection (&script, longer, 40001);
  open_connection (&script, shorter, 40002);
  put_segment (&script, shorter, 0, 40002, ACK, 100);
  script.time_us += 30000;
  put_segment (&script, shorter, 1, 40002, ACK, 0);
  for (unsigned i = 0; i < N_ROUNDS; i++) {
    put_segment (&script, longer, 1, 40001, ACK, SEGMENT_BYTES);
    put_segment (&script, longer, 1, 40001, ACK, SEGMENT_BYTES);
    script.time_us += 10;
    put_segment (&script, longer, 0, 40001, ACK, 0);
  }
  char *path = writer_save (&script.writer, "replay.pcap");
  *n_frames = script.n_frames;
  writer_clear (&script.writer);
  return path;
}

typedef struct {
  char *path;
  uint32_t n_frames;
} Trace;

static LecSession *
open_trace (const Trace *trace)
{
  g_autoptr (GError) error = NULL;
  LecSession *session = lec_session_open (trace->path, &error);

  g_assert_no_error (error);
  return session;
}

static LecSession *
load_trace (const Trace *trace)
{
  LecSession *session = open_trace (trace);

  lec_session_wait (session);
  return session;
}

/* What callbacks were told, in order. */
typedef struct {
  GString *order;
  LecReplay *replay;
  LecReplaySeries *series;
  LecTree *tree; /* the last */
} Told;

static void
clear_told (Told *told)
{
  g_string_free (told->order, TRUE);
  lec_replay_unref (told->replay);
  lec_replay_series_free (told->series);
  lec_tree_free (told->tree);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, clear_told)

static void
tell_replay (LecSession *session, LecReplay *replay, LecReplaySeries *series, void *data)
{
  Told *told = data;

  g_string_append_printf (told->order, "replay %u;", replay->conversation);
  lec_replay_unref (told->replay);
  lec_replay_series_free (told->series);
  told->replay = replay;
  told->series = series;
}

static void
tell_tree (LecSession *session, LecTree *tree, void *data)
{
  Told *told = data;

  g_string_append_printf (told->order, "tree %u%s;", lec_tree_frame (tree),
                          lec_tree_lacks_replay (tree) ? " in part" : "");
  lec_tree_free (told->tree);
  told->tree = tree;
}

static void
test_long_conversation (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = load_trace (trace);
  g_auto (Told) told = { .order = g_string_new (NULL) };

  lec_session_request_replay (session, 0, tell_replay, &told);
  lec_session_wait (session);
  g_assert_cmpstr (told.order->str, ==, "replay 0;");
  const LecReplay *replay = told.replay;
  const LecReplaySummary *summary = &replay->summary;
  g_assert_true (replay->final);
  g_assert_false (replay->cut);
  g_assert_cmpuint (replay->n_steps, ==, 3 + 3 * N_ROUNDS);
  g_assert_cmpuint (summary->n_frames, ==, replay->n_steps);
  g_assert_cmpint (summary->handshake_ns, ==, 20000000);
  g_assert_cmpuint (summary->side[1].n_segments, ==, 1 + 2 * N_ROUNDS);
  g_assert_cmpuint (summary->side[1].delivered_bytes, ==, 2ull * N_ROUNDS * SEGMENT_BYTES);
  g_assert_cmpuint (summary->side[1].largest_flight_bytes, ==, 2 * SEGMENT_BYTES);
  g_assert_cmpuint (summary->side[0].round_trips.n, ==, N_ROUNDS + 1);
  g_assert_cmpint (summary->side[0].round_trips.median_ns, ==, 10000);

  /* The curves: as high as the largest of all, without a gap since the server's SYN, and never more than there was. */
  const LecReplaySeries *series = told.series;
  g_assert_cmpuint (series->most_flight_bytes[1], ==, 2 * SEGMENT_BYTES);
  g_assert_cmpuint (series->most_window_bytes[1], ==, 50000);
  g_assert_cmpint (series->most_trip_ns[0], ==, 10000);
  unsigned opened = lec_replay_series_bucket (series, lec_index_time_ns (lec_session_index (session), 2));
  for (unsigned i = 0; i < series->n_buckets; i++) {
    const LecReplayBucket *bucket = &series->buckets[1][i];
    g_assert_cmpint (bucket->has_flight, ==, i >= opened);
    g_assert_cmpuint (bucket->least_flight_bytes, <=, bucket->most_flight_bytes);
  }
  g_assert_cmpuint (lec_replay_series_bucket (series, series->start_ns), ==, 0);
  g_assert_cmpuint (lec_replay_series_bucket (series, series->end_ns), ==, series->n_buckets - 1);
  g_assert_cmpint (lec_replay_find (replay, 8), ==, 2);
  g_assert_cmpint (lec_replay_find (replay, 9), ==, 3);
}

/* Whoever looks at another frame meanwhile does not wait for the replay. */
static void
test_others_go_first (gconstpointer data)
{
  g_autoptr (LecSession) session = load_trace (data);
  g_auto (Told) told = { .order = g_string_new (NULL) };

  lec_session_request_replay (session, 0, tell_replay, &told);
  lec_session_request_tree (session, 8, FALSE, tell_tree, &told);
  lec_session_wait (session);
  g_assert_cmpstr (told.order->str, ==, "tree 8;replay 0;");
  int32_t node = lec_tree_find_field (told.tree, "tcp.analysis.ack_rtt");
  g_assert_cmpint (node, >=, 0);
  g_assert_cmpuint (lec_tree_node (told.tree, (unsigned) node)->value.number, ==, 30000000);
}

/* A tree comes at once, and again with what takes longer. */
static void
test_tree_comes_twice (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = load_trace (trace);
  g_auto (Told) told = { .order = g_string_new (NULL) };
  g_autofree char *expected = g_strdup_printf ("tree %u in part;tree %u;", trace->n_frames, trace->n_frames);

  lec_session_request_tree (session, trace->n_frames, FALSE, tell_tree, &told);
  lec_session_wait (session);
  g_assert_cmpstr (told.order->str, ==, expected);
  g_assert_cmpint (lec_tree_find_field (told.tree, "tcp.analysis.ack_rtt"), >=, 0);

  /* Now it is at hand; and it is what is made at once elsewhere. */
  g_string_truncate (told.order, 0);
  lec_session_request_tree (session, trace->n_frames - 1, FALSE, tell_tree, &told);
  lec_session_wait (session);
  g_autoptr (LecTree) at_once = lec_session_dup_tree (session, trace->n_frames - 1, FALSE);
  g_assert_false (lec_tree_lacks_replay (told.tree));
  g_assert_cmpuint (lec_tree_n_nodes (told.tree), ==, lec_tree_n_nodes (at_once));
}

static void
test_newest_wins (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = load_trace (trace);
  g_auto (Told) told = { .order = g_string_new (NULL) };

  lec_session_request_replay (session, 0, tell_replay, &told);
  lec_session_request_replay (session, 1, tell_replay, &told);
  lec_session_request_tree (session, trace->n_frames, FALSE, tell_tree, &told);
  lec_session_request_tree (session, 4, FALSE, tell_tree, &told);
  lec_session_wait (session);
  g_assert_cmpstr (told.order->str, ==, "tree 4;replay 1;");
}

/* A cell of a list: empty at first, filled when the worker has found it. */
static void
test_facts_for_cells (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = load_trace (trace);
  const LecName *name = lec_registry_find (lec_session_registry (session), "tcp.analysis.acks_frame");
  g_autoptr (GString) text = g_string_new (NULL);
  const uint32_t frames[] = { trace->n_frames, 8, 2 }, expected[] = { trace->n_frames - 1, 7, 1 };
  uint32_t generation = lec_session_facts_generation (session);

  for (unsigned i = 0; i < G_N_ELEMENTS (frames); i++)
    lec_row_append_field (text, session, &(LecRow){ .frame = frames[i], .operation = G_MAXUINT32 }, name);
  g_assert_cmpstr (text->str, ==, "");
  lec_session_wait (session);
  g_assert_cmpuint (lec_session_facts_generation (session), >, generation);
  generation = lec_session_facts_generation (session);
  for (unsigned i = 0; i < G_N_ELEMENTS (frames); i++) {
    g_autofree char *number = g_strdup_printf ("%u", expected[i]);
    g_string_truncate (text, 0);
    lec_row_append_field (text, session, &(LecRow){ .frame = frames[i], .operation = G_MAXUINT32 }, name);
    g_assert_cmpstr (text->str, ==, number);
  }
  /* A frame of which there is nothing to say is not asked for for ever. */
  lec_session_wait (session);
  g_assert_cmpuint (lec_session_facts_generation (session), ==, generation);
}

static uint32_t
count_matches (LecSession *session, const char *text)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = lec_filter_new (lec_session_registry (session), text, &problem);

  g_assert_nonnull (filter);
  g_autoptr (LecMatches) matches = lec_session_match (session, filter, NULL, NULL);
  lec_session_wait (session);
  g_assert_true (lec_matches_finished (matches));
  return lec_matches_count (matches);
}

static void
test_filters (gconstpointer data)
{
  g_autoptr (LecSession) session = load_trace (data);

  g_assert_cmpuint (count_matches (session, "tcp.analysis.ack_rtt == 0.03"), ==, 1);
  g_assert_cmpuint (count_matches (session, "tcp.analysis.acks_frame"), ==, 2 * 2 + 1 + N_ROUNDS);
  g_assert_cmpuint (count_matches (session, "lectern.tcp.in_flight.server == 2000"), ==, N_ROUNDS);
  g_assert_cmpuint (count_matches (session, "tcp.stream == 1 && lectern.tcp.state.client == \"ESTABLISHED\""), ==, 4);
  g_assert_cmpuint (count_matches (session, "!tcp.analysis"), ==, 0);
  g_assert_cmpuint (count_matches (session, "wireshark.analysis.ack_rtt == 0.03"), ==, 1);
  g_assert_cmpuint (count_matches (session, "wireshark.analysis.bytes_in_flight == 2000"), ==, N_ROUNDS);
  g_assert_cmpuint (count_matches (session, "wireshark.differs"), ==, 0);
  /* Begun while the trace is read. */
  g_autoptr (LecSession) fresh = open_trace (data);
  g_assert_cmpuint (count_matches (fresh, "lectern.tcp.in_flight.server == 2000"), ==, N_ROUNDS);
}

static void
test_free_while_busy (gconstpointer data)
{
  const Trace *trace = data;

  for (unsigned i = 0; i < 10; i++) {
    g_auto (Told) told = { .order = g_string_new (NULL) };
    LecSession *session = i % 2 ? load_trace (trace) : open_trace (trace);
    while (lec_index_n_frames (lec_session_index (session)) < 100)
      g_thread_yield ();
    lec_session_request_replay (session, 0, tell_replay, &told);
    lec_session_request_tree (session, 9, FALSE, tell_tree, &told);
    if (i > 5)
      g_usleep (1000 * i);
    lec_session_free (session);
  }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    GTestDataFunc test;
  } tests[] = {
    { "/replay/long-conversation", test_long_conversation }, { "/replay/others-go-first", test_others_go_first },
    { "/replay/tree-comes-twice", test_tree_comes_twice },   { "/replay/newest-wins", test_newest_wins },
    { "/replay/facts-for-cells", test_facts_for_cells },     { "/replay/filters", test_filters },
    { "/replay/free-while-busy", test_free_while_busy },
  };
  Trace trace;

  g_test_init (&argc, &argv, NULL);
  trace.path = write_trace (&trace.n_frames);
  for (unsigned i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].name, &trace, tests[i].test);
  int status = g_test_run ();
  g_unlink (trace.path);
  g_free (trace.path);
  return status;
}
