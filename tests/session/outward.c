/* Filters that begin where somebody looks and go on both ways find what those find that begin at the first frame: of
 * recordings, and of a trace that is still being read. Meant to be run under ThreadSanitizer too. */
#include <glib/gstdio.h>
#include <poll.h>

#include "filter/recording.h"
#include "generated.h"
#include "session/rows.h"
#include "session/session.h"

static const char *const recordings[] = { "analyzer.pcapng", "landing-page.pcapng", "lost-segment.pcapng",
                                          "redirect.pcap" };

/* Of the expressions of tests/data, where the language means it: ours. */
static const char *
own_expression (const char *line)
{
  const char *own = strstr (line, " => ");

  return own ? own + 4 : line;
}

static LecSession *
open_session (const char *path)
{
  g_autoptr (GError) error = NULL;
  LecSession *session = lec_session_open (path, &error);

  g_assert_no_error (error);
  return session;
}

static LecRowList *
rows_of (LecSession *session, LecMatches *matches)
{
  LecRowList *list = lec_row_list_new (session, LEC_VIEW_MESSAGES);
  uint32_t position, removed, added;

  lec_row_list_set_matches (list, matches);
  while (lec_row_list_update (list, &position, &removed, &added))
    ;
  return list;
}

static void
assert_same_rows (LecRowList *a, LecRowList *b)
{
  LecRow row, other;

  g_assert_cmpuint (lec_row_list_n_rows (a), ==, lec_row_list_n_rows (b));
  for (uint32_t i = 0; i < lec_row_list_n_rows (a); i++) {
    g_assert_true (lec_row_list_get (a, i, &row) && lec_row_list_get (b, i, &other));
    g_assert_cmpuint (row.frame, ==, other.frame);
    g_assert_cmpuint (row.operation, ==, other.operation);
    g_assert_cmpint (row.matches, ==, other.matches);
  }
}

static void
assert_same (LecSession *session, LecMatches *outward, LecMatches *forward)
{
  g_autoptr (LecRowList) rows = rows_of (session, outward), expected = rows_of (session, forward);

  g_assert_true (lec_matches_finished (outward));
  g_assert_cmpuint (lec_matches_first (outward), ==, 1);
  g_assert_cmpuint (lec_matches_done (outward), ==, lec_matches_done (forward));
  g_assert_cmpuint (lec_matches_count (outward), ==, lec_matches_count (forward));
  for (uint32_t frame = 1; frame < lec_matches_done (forward); frame++)
    g_assert_cmpint (lec_bitmap_get (lec_matches_bitmap (outward), frame), ==,
                     lec_bitmap_get (lec_matches_bitmap (forward), frame));
  assert_same_rows (rows, expected);
}

static void
test_recordings (void)
{
  g_auto (GStrv) lines = lec_test_lines ("filters.txt");

  for (unsigned i = 0; i < G_N_ELEMENTS (recordings); i++) {
    g_autofree char *path = lec_test_recording (recordings[i]);
    g_autoptr (LecSession) session = open_session (path);
    lec_session_wait (session);
    uint32_t n_frames = lec_index_n_frames (lec_session_index (session));
    for (char **line = lines; *line; line++) {
      g_autoptr (LecFilter) filter = lec_filter_new (lec_session_registry (session), own_expression (*line), NULL);
      uint32_t place = 2 + (uint32_t) (line - lines) % n_frames; /* behind the last, too */
      g_autoptr (LecMatches) outward = lec_session_match_shown (session, filter, place, NULL, NULL);
      g_autoptr (LecMatches) forward = lec_session_match (session, filter, NULL, NULL);
      lec_session_wait (session);
      assert_same (session, outward, forward);
    }
  }
}

/* Whose answer takes the frame's bytes; whose answer comes with later frames; and of operations. */
static const char *const expressions[] = {
  "http.request.uri contains \"page\"",
  "frame contains \"page\"",
  "tcp.window_size_value > 1000",
  "lectern.verdict or tcp.options.mss",
  "lectern.verdict == \"no-answer\" and tcp.window_size_value > 0",
  "http.time > 0 and http.request.uri",
};

/* Rows only come, while they are judged for the first time. */
typedef struct {
  LecMatches *matches;
  LecRowList *list;
  uint32_t n_rows;
  unsigned n_fronts; /* changes before what was there */
} Follower;

static void
follow (LecSession *session, void *data)
{
  Follower *follower = data;
  uint32_t position, removed, added;

  while (lec_row_list_update (follower->list, &position, &removed, &added)) {
    g_assert_cmpuint (position + removed, <=, follower->n_rows);
    follower->n_fronts += position == 0 && removed == 0 && follower->n_rows > 0;
    follower->n_rows += added - removed;
    g_assert_cmpuint (lec_row_list_n_rows (follower->list), ==, follower->n_rows);
  }
}

static void
wait_for_frames (LecSession *session, uint32_t n_frames)
{
  struct pollfd descriptor = { .fd = lec_session_event_fd (session), .events = POLLIN };

  while (lec_index_n_frames (lec_session_index (session)) < n_frames &&
         lec_session_state (session) == LEC_SESSION_LOADING) {
    poll (&descriptor, 1, 10);
    lec_session_dispatch (session);
  }
}

/* Begun in the middle of what is read of a trace of 60,000 frames, or of all of it. */
static void
check_generated (const char *path, uint32_t n_awaited)
{
  unsigned n_fronts = 0;

  for (unsigned i = 0; i < G_N_ELEMENTS (expressions); i++) {
    g_autoptr (LecSession) session = open_session (path);
    g_autoptr (LecFilter) filter = lec_filter_new (lec_session_registry (session), expressions[i], NULL);
    g_assert_false (lec_filter_is_columnar (filter));
    wait_for_frames (session, n_awaited);
    uint32_t place = MIN (lec_index_n_frames (lec_session_index (session)), n_awaited) / 2;
    Follower follower = { .list = lec_row_list_new (session, LEC_VIEW_MESSAGES) };
    follower.matches = lec_session_match_shown (session, filter, place, follow, &follower);
    lec_row_list_set_matches (follower.list, follower.matches);
    g_autoptr (LecMatches) forward = lec_session_match (session, filter, NULL, NULL);
    lec_session_wait (session);
    assert_same (session, follower.matches, forward);
    g_autoptr (LecRowList) expected = rows_of (session, forward);
    assert_same_rows (follower.list, expected);
    n_fronts += follower.n_fronts;
    lec_row_list_free (follower.list);
    lec_matches_free (follower.matches);
  }
  /* A fast machine may judge all of it before the first look. */
  g_test_message ("%u times rows came before those that were there", n_fronts);
}

static void
test_while_loading (gconstpointer path)
{
  check_generated (path, 20000);
}

static void
test_when_loaded (gconstpointer path)
{
  check_generated (path, 60000);
}

int
main (int argc, char **argv)
{
  Generated generated;
  g_autofree char *path = generate_trace (60000, &generated);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outward/recordings", test_recordings);
  g_test_add_data_func ("/outward/while-loading", path, test_while_loading);
  g_test_add_data_func ("/outward/when-loaded", path, test_when_loaded);
  int result = g_test_run ();
  g_unlink (path);
  return result;
}
