/* Sessions: loading, filters that follow, trees, cancelling, and all of it at once. Meant to be run under
 * ThreadSanitizer too. */
#include <glib/gstdio.h>
#include <poll.h>
#include <sys/resource.h>

#include "generated.h"
#include "session/rows.h"
#include "session/session.h"

#define N_FRAMES 60000u

typedef struct {
  char *path;
  Generated generated;
} Trace;

static LecSession *
open_trace (const Trace *trace)
{
  g_autoptr (GError) error = NULL;
  LecSession *session = lec_session_open (trace->path, &error);

  g_assert_no_error (error);
  return session;
}

static LecMatches *
match (LecSession *session, const char *text, LecSessionFunc changed, void *data)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = lec_filter_new (lec_session_registry (session), text, &problem);

  g_assert_nonnull (filter);
  return lec_session_match (session, filter, changed, data);
}

/* Until there are some frames to look at. */
static void
wait_for_frames (LecSession *session)
{
  struct pollfd descriptor = { .fd = lec_session_event_fd (session), .events = POLLIN };

  while (lec_index_n_frames (lec_session_index (session)) < 100) {
    poll (&descriptor, 1, -1);
    lec_session_dispatch (session);
  }
}

static void
count_call (LecSession *session, void *data)
{
  ++*(unsigned *) data;
}

/* The nice value of each of this process's threads. */
static GArray *
thread_priorities (void)
{
  GArray *priorities = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;

  while (threads && (name = g_dir_read_name (threads))) {
    int priority = getpriority (PRIO_PROCESS, (id_t) g_ascii_strtoull (name, NULL, 10));
    g_array_append_val (priorities, priority);
  }
  return priorities;
}

/* Opened behind, the session has threads that are nicer than the owner's; the owner's stays as it was. */
static void
test_threads_behind (gconstpointer data)
{
  const Trace *trace = data;
  int own = getpriority (PRIO_PROCESS, 0);

  for (unsigned behind = 0; behind < 2; behind++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LecSession) session =
        behind ? lec_session_open_behind (trace->path, &error) : lec_session_open (trace->path, &error);
    unsigned n_nicer = 0;

    g_assert_no_error (error);
    lec_session_wait (session); /* the worker has begun by then, or begins soon */
    for (unsigned attempt = 0; attempt < 100 && n_nicer == 0; attempt++) {
      g_autoptr (GArray) priorities = thread_priorities ();
      for (unsigned i = 0; i < priorities->len; i++)
        n_nicer += g_array_index (priorities, int, i) > own;
      g_usleep (behind ? 10000 : 1000);
    }
    g_assert_cmpint (n_nicer > 0, ==, behind && own < 19);
    g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, own);
  }
}

/* All is read, and the owner is told: at once of the first frames, then some tens of times a second, and of the end. */
static void
test_load (gconstpointer data)
{
  const Trace *trace = data;
  unsigned n_calls = 0;
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (LecSession) session = open_trace (trace);

  lec_session_set_changed_func (session, count_call, &n_calls);
  lec_session_wait (session);
  gint64 took_us = g_get_monotonic_time () - start_us;
  g_assert_cmpint (lec_session_state (session), ==, LEC_SESSION_DONE);
  g_assert_cmpuint (lec_index_n_frames (lec_session_index (session)), ==, trace->generated.n_frames);
  g_assert_cmpuint (n_calls, >=, 1);
  g_assert_cmpuint (n_calls, <=, 3 + took_us / 33000);

  struct pollfd descriptor = { .fd = lec_session_event_fd (session), .events = POLLIN };
  lec_session_dispatch (session);
  g_assert_cmpint (poll (&descriptor, 1, 0), ==, 0);
}

static LecMatches *
find_in_rows (LecSession *session, const char *text)
{
  g_autoptr (LecFindQuery) query = lec_find_query_new (LEC_FIND_ROWS, text);

  return lec_session_find (session, query, 1, NULL, NULL);
}

/* Text is found in the summaries of frames and in the lines of operations; in any case of letters. */
static void
test_match_text (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = open_trace (trace);
  g_autoptr (LecMatches) flags = find_in_rows (session, "flags: ......s.");
  g_autoptr (LecMatches) syns = match (session, "tcp.flags.syn == 1 and tcp.flags.ack == 0", NULL, NULL);
  g_autoptr (LecMatches) handshakes = find_in_rows (session, "no answer");
  g_autoptr (LecMatches) none = find_in_rows (session, "there is no such text");

  lec_session_wait (session);
  g_assert_cmpuint (lec_matches_count (flags), ==, lec_matches_count (syns));
  g_assert_cmpuint (lec_matches_count (flags), >, 0);
  g_assert_cmpuint (lec_matches_count (handshakes), >=, trace->generated.n_unanswered);
  g_assert_cmpuint (lec_matches_count (none), ==, 0);
}

static void
test_open_fails (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_session_open ("/nowhere/at-all.pcap", &error));
  g_assert_nonnull (error);
}

/* Filters that run beside the loading end with what a look at the finished index gives: also one whose answer is only
 * known at the end of the trace. */
static void
test_matches_follow (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = open_trace (trace);
  unsigned n_calls = 0;
  g_autoptr (LecMatches) syns = match (session, "tcp.flags.syn == 1", count_call, &n_calls);
  g_autoptr (LecMatches) silent = match (session, "lectern.verdict == \"no-answer\"", NULL, NULL);
  g_autoptr (LecMatches) requests = match (session, "http.request.uri contains \"page\"", NULL, NULL);

  lec_session_wait (session);
  g_assert_cmpuint (n_calls, >, 0);
  g_assert_true (lec_matches_finished (syns));
  g_assert_cmpuint (lec_matches_done (syns), ==, trace->generated.n_frames + 1);
  g_assert_cmpuint (lec_matches_count (syns), ==, trace->generated.n_syns);
  g_assert_cmpuint (lec_matches_count (requests), ==, trace->generated.n_requests);
  g_assert_cmpuint (lec_matches_count (silent), >=, trace->generated.n_unanswered);
  LecIndex *index = lec_session_index (session);
  for (uint32_t frame = 1; frame <= trace->generated.n_frames; frame++) {
    g_assert_cmpint (lec_bitmap_get (lec_matches_bitmap (syns), frame), ==,
                     (lec_index_tcp_flags (index, frame) & LEC_TCP_SYN) != 0);
    g_assert_cmpint (lec_bitmap_get (lec_matches_bitmap (silent), frame), ==,
                     lec_index_find_verdict (index, frame, LEC_VERDICT_NO_ANSWER) != NULL);
  }
}

/* Why nothing passes is found out after all frames are judged, though trees interrupt it and another filter is waited
 * for; of one that goes before it is known, nothing is told. */
static void
test_reasons (gconstpointer data)
{
  const Trace *trace = data;
  g_autofree char *why = g_strdup_printf ("%u frames of this trace have “http.request.uri”, but “http.request.uri "
                                          "contains \"nowhere\"” is true of none of them.",
                                          trace->generated.n_requests);
  g_autoptr (LecSession) session = open_trace (data);
  g_autoptr (LecFilter) none =
      lec_filter_new (lec_session_registry (session), "http.request.uri contains \"nowhere\"", NULL);
  g_autoptr (LecFilter) all = lec_filter_new (lec_session_registry (session), "frame.len", NULL);
  unsigned n_calls = 0;
  g_autoptr (LecMatches) nothing = lec_session_match_shown (session, none, 0, count_call, &n_calls);
  g_autoptr (LecMatches) everything = lec_session_match_shown (session, all, 0, NULL, NULL);
  g_autoptr (LecMatches) silent = lec_session_match (session, none, NULL, NULL);

  for (unsigned i = 0; i < 20; i++) {
    LecMatches *given_up = lec_session_match_shown (session, none, 0, NULL, NULL);
    g_usleep (200 * i);
    lec_matches_free (given_up);
  }
  lec_session_wait (session);
  g_assert_cmpuint (n_calls, >=, 2); /* of the last frames, and of the reason */
  g_assert_cmpuint (lec_matches_count (nothing), ==, 0);
  g_assert_cmpstr (lec_matches_reason (nothing), ==, why);
  g_assert_cmpstr (lec_matches_reason (everything), ==, "Every frame of this trace has “frame.len”.");
  g_assert_null (lec_matches_reason (silent));
}

typedef struct {
  unsigned n_trees;
  uint32_t frame;
  GArray *frames;
} Answers;

static void
on_tree (LecSession *session, LecTree *tree, void *data)
{
  Answers *answers = data;

  answers->n_trees++;
  answers->frame = lec_tree_frame (tree);
  lec_tree_free (tree);
}

static void
on_frames (LecSession *session, uint32_t operation, GArray *frames, void *data)
{
  Answers *answers = data;

  g_clear_pointer (&answers->frames, g_array_unref);
  answers->frames = frames;
}

/* Of several trees asked for at once, only the last one's callback is called. */
static void
test_newest_tree_wins (gconstpointer data)
{
  g_autoptr (LecSession) session = open_trace (data);
  g_autoptr (LecMatches) matches = match (session, "http", NULL, NULL);
  Answers answers = { 0 };

  lec_session_wait (session);
  for (uint32_t frame = 1; frame <= 50; frame++)
    lec_session_request_tree (session, frame, FALSE, on_tree, &answers);
  lec_session_wait (session);
  g_assert_cmpuint (answers.n_trees, ==, 1);
  g_assert_cmpuint (answers.frame, ==, 50);
}

typedef struct {
  unsigned n_reports;
  LecReport *report; /* the newest */
} Reports;

static void
on_report (LecSession *session, LecReport *report, void *data)
{
  Reports *reports = data;

  reports->n_reports++;
  g_clear_pointer (&reports->report, lec_report_free);
  reports->report = report;
}

/* What is said of the trace as a whole: by what is read, at last by all of it; and though trees interrupt its making.
 */
static void
test_report (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = open_trace (trace);
  Answers answers = { 0 };
  Reports reports = { 0 };

  wait_for_frames (session);
  lec_session_request_report (session, on_report, &reports);
  lec_session_wait (session);
  g_assert_cmpuint (reports.n_reports, ==, 1);
  g_assert_cmpuint (reports.report->trust.n_frames, >=, 100);
  for (unsigned round = 0; round < 20; round++) {
    lec_session_request_report (session, on_report, &reports);
    for (uint32_t frame = 1; frame <= 5; frame++) {
      g_usleep (100);
      lec_session_request_tree (session, frame, FALSE, on_tree, &answers);
    }
    lec_session_wait (session);
    g_assert_cmpuint (reports.n_reports, ==, 2 + round);
    g_assert_cmpuint (answers.frame, ==, 5);
    g_assert_false (reports.report->trust.so_far);
    g_assert_cmpuint (reports.report->trust.n_frames, ==, trace->generated.n_frames);
    g_assert_cmpuint (reports.report->story->len, >, 0);
  }
  lec_report_free (reports.report);
}

static void
on_values (LecSession *session, LecTraceValues *values, void *data)
{
  g_ptr_array_add (data, values);
}

/* Of several requests only the newest is answered, though trees interrupt the counting; and one that is forgotten is
 * not. */
static void
test_values (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = open_trace (trace);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_trace_values_free);
  const LecName *host = lec_registry_find (lec_session_registry (session), "http.host");
  const LecName *port = lec_registry_find (lec_session_registry (session), "tcp.port");
  Answers answers = { 0 };

  lec_session_wait (session);
  for (unsigned round = 1; round <= 10; round++) {
    lec_session_request_values (session, host, on_values, told);
    lec_session_request_values (session, port, on_values, told);
    for (uint32_t frame = 1; frame <= 5; frame++) {
      g_usleep (100);
      lec_session_request_tree (session, frame, FALSE, on_tree, &answers);
    }
    lec_session_wait (session);
    g_assert_cmpuint (told->len, ==, round);
    const LecTraceValues *values = told->pdata[round - 1];
    g_assert_true (values->name == port);
    g_assert_cmpuint (values->n_values, >, 0);
    g_assert_cmpuint (values->n_frames, ==, trace->generated.n_frames);
  }
  lec_session_request_values (session, host, on_values, told);
  lec_session_forget_values (session);
  lec_session_wait (session);
  g_assert_cmpuint (told->len, ==, 10);
}

/* The frames of each operation: ascending, its own, and none of another's. */
static void
test_frames_of_operations (gconstpointer data)
{
  g_autoptr (LecSession) session = open_trace (data);
  Answers answers = { 0 };

  lec_session_wait (session);
  LecIndex *index = lec_session_index (session);
  g_assert_cmpuint (index->n_operations, >, 100);
  for (uint32_t operation = 0; operation < 100; operation++) {
    lec_session_request_frames (session, operation, on_frames, &answers);
    lec_session_wait (session);
    g_assert_nonnull (answers.frames);
    uint32_t last = 0;
    for (unsigned i = 0; i < answers.frames->len; i++) {
      uint32_t frame = g_array_index (answers.frames, uint32_t, i);
      g_assert_cmpuint (frame, >, last);
      g_assert_cmpuint (lec_index_operation_of (index, frame), ==, operation);
      last = frame;
    }
    g_assert_cmpuint (answers.frames->len, >, 0);
  }
  g_array_unref (answers.frames);
}

/* What was read stays, and can be looked at. */
static void
test_cancel (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = open_trace (trace);
  g_autoptr (LecMatches) matches = match (session, "tcp", NULL, NULL);

  lec_session_cancel_loading (session);
  lec_session_wait (session);
  uint32_t n_frames = lec_index_n_frames (lec_session_index (session));
  g_assert_cmpint (lec_session_state (session), !=, LEC_SESSION_LOADING);
  g_assert_cmpuint (n_frames, <=, trace->generated.n_frames);
  g_assert_true (lec_matches_finished (matches));
  g_assert_cmpuint (lec_matches_count (matches), ==, n_frames);
}

/* Everything is asked for, and then all is thrown away at some moment. */
static void
test_free_while_busy (gconstpointer data)
{
  for (unsigned i = 0; i < 25; i++) {
    Answers answers = { 0 };
    Reports reports = { 0 };
    LecSession *session = open_trace (data);
    if (i % 4)
      wait_for_frames (session);
    LecMatches *slow = match (session, "http.request.uri contains \"page\"", NULL, NULL);
    LecMatches *quick = match (session, "tcp.port == 80", NULL, NULL);
    if (i % 4)
      lec_session_request_tree (session, 1, FALSE, on_tree, &answers);
    lec_session_request_frames (session, 0, on_frames, &answers);
    lec_session_request_report (session, on_report, &reports);
    if (i % 2)
      g_usleep (i * 500);
    lec_session_dispatch (session);
    lec_matches_free (slow);
    lec_matches_free (match (session, "http", NULL, NULL));
    if (i % 4)
      lec_session_request_tree (session, 2, FALSE, on_tree, &answers);
    lec_matches_free (quick);
    gint64 start_us = g_get_monotonic_time ();
    lec_session_free (session);
    g_assert_cmpint (g_get_monotonic_time () - start_us, <, 2 * G_USEC_PER_SEC);
    g_clear_pointer (&answers.frames, g_array_unref);
    g_clear_pointer (&reports.report, lec_report_free);
  }
}

/* A newer filter replaces an older one from within its callback, as typing does. */
typedef struct {
  LecMatches *matches;
  unsigned n_left;
} Typing;

static void
on_matches (LecSession *session, void *data)
{
  Typing *typing = data;

  if (!typing->n_left)
    return;
  typing->n_left--;
  lec_matches_free (typing->matches);
  typing->matches = match (session, "tcp", on_matches, typing);
}

static void
test_replace_in_callback (gconstpointer data)
{
  const Trace *trace = data;
  g_autoptr (LecSession) session = open_trace (trace);
  Typing typing = { .n_left = 20 };

  typing.matches = match (session, "http", on_matches, &typing);
  lec_session_wait (session);
  g_assert_cmpuint (typing.n_left, ==, 0);
  g_assert_cmpuint (lec_matches_count (typing.matches), ==, trace->generated.n_frames);
  lec_matches_free (typing.matches);
}

static void
free_session (LecSession *session, void *data)
{
  lec_session_free (session);
  *(gboolean *) data = TRUE;
}

/* A window that closes in answer to news. */
static void
test_free_in_callback (gconstpointer data)
{
  LecSession *session = open_trace (data);
  gboolean freed = FALSE;
  struct pollfd descriptor = { .fd = lec_session_event_fd (session), .events = POLLIN };

  lec_session_set_changed_func (session, free_session, &freed);
  while (!freed) {
    poll (&descriptor, 1, -1);
    lec_session_dispatch (session);
  }
}

/* Rows follow the loading, of two sessions side by side. */
static void
test_rows_while_loading (gconstpointer data)
{
  const Trace *trace = data;
  LecSession *sessions[2] = { open_trace (trace), open_trace (trace) };
  LecRowList *lists[4];
  uint32_t position, removed, added;

  for (unsigned i = 0; i < 4; i++)
    lists[i] = lec_row_list_new (sessions[i / 2], i % 2 ? LEC_VIEW_FRAMES : LEC_VIEW_MESSAGES);
  for (unsigned done = 0; done < 2;) {
    done = 0;
    for (unsigned i = 0; i < 2; i++) {
      struct pollfd descriptor = { .fd = lec_session_event_fd (sessions[i]), .events = POLLIN };
      done += lec_session_state (sessions[i]) != LEC_SESSION_LOADING;
      poll (&descriptor, 1, 10);
      lec_session_dispatch (sessions[i]);
    }
    for (unsigned i = 0; i < 4; i++) {
      uint32_t n_rows = lec_row_list_n_rows (lists[i]);
      while (lec_row_list_update (lists[i], &position, &removed, &added)) {
        g_assert_cmpuint (position + removed, <=, n_rows);
        n_rows += added - removed;
        g_assert_cmpuint (lec_row_list_n_rows (lists[i]), ==, n_rows);
      }
    }
  }
  g_assert_cmpuint (lec_row_list_n_rows (lists[1]), ==, trace->generated.n_frames);
  g_assert_cmpuint (lec_row_list_n_rows (lists[0]), ==, lec_row_list_n_rows (lists[2]));
  g_assert_cmpuint (lec_row_list_n_rows (lists[0]), <, trace->generated.n_frames);
  g_assert_cmpuint (lec_row_list_n_rows (lists[0]), >, trace->generated.n_requests);
  for (unsigned i = 0; i < 4; i++)
    lec_row_list_free (lists[i]);
  lec_session_free (sessions[0]);
  lec_session_free (sessions[1]);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    GTestDataFunc test;
  } tests[] = {
    { "/session/load", test_load },
    { "/session/threads-behind", test_threads_behind },
    { "/session/matches-follow", test_matches_follow },
    { "/session/reasons", test_reasons },
    { "/session/match-text", test_match_text },
    { "/session/newest-tree-wins", test_newest_tree_wins },
    { "/session/report", test_report },
    { "/session/values", test_values },
    { "/session/frames-of-operations", test_frames_of_operations },
    { "/session/cancel", test_cancel },
    { "/session/free-while-busy", test_free_while_busy },
    { "/session/replace-in-callback", test_replace_in_callback },
    { "/session/free-in-callback", test_free_in_callback },
    { "/session/rows-while-loading", test_rows_while_loading },
  };
  Trace trace;

  g_test_init (&argc, &argv, NULL);
  trace.path = generate_trace (N_FRAMES, &trace.generated);
  g_test_add_func ("/session/open-fails", test_open_fails);
  for (unsigned i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].name, &trace, tests[i].test);
  int status = g_test_run ();
  g_unlink (trace.path);
  g_free (trace.path);
  return status;
}
