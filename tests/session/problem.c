/* Kinds of problems: what is counted while a trace is read is what the filters find in it, and what "next problem"
 * stops at is all but the notes. */
#include "session/problem.h"
#include "session/session.h"

#include <string.h>

static LecSession *
open_path (const char *path)
{
  g_autoptr (GError) error = NULL;
  LecSession *session = lec_session_open (path, &error);

  g_assert_no_error (error);
  lec_session_wait (session);
  return session;
}

static LecMatches *
match (LecSession *session, const char *text)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = lec_filter_new (lec_session_registry (session), text, &problem);
  LecMatches *matches;

  g_assert_nonnull (filter);
  g_assert_true (lec_filter_is_columnar (filter));
  matches = lec_session_match (session, filter, NULL, NULL);
  lec_session_wait (session);
  return matches;
}

/* Frames with KIND, after MATCHES of its filter agreed about each. */
static uint32_t
count_frames (const LecIndex *index, unsigned kind, const LecMatches *matches, gboolean *has_problem)
{
  uint32_t n = 0;

  for (uint32_t frame = 1; frame <= lec_index_n_frames (index); frame++) {
    gboolean is_in = lec_problem_is_in (index, kind, frame);

    g_assert_cmpint (is_in, ==, lec_bitmap_get (lec_matches_bitmap (matches), frame));
    has_problem[frame] |= is_in && lec_problem_severity (kind) > LEC_SEVERITY_NOTE;
    n += is_in;
  }
  return n;
}

static void
check_trace (const char *path)
{
  g_autoptr (LecSession) session = open_path (path);
  const LecIndex *index = lec_session_index (session);
  g_autofree gboolean *has_problem = g_new0 (gboolean, lec_index_n_frames (index) + 1);

  g_test_message ("%s", path);
  for (unsigned kind = 0; kind < LEC_N_PROBLEMS; kind++) {
    g_autoptr (LecMatches) matches = match (session, lec_problem_place_filter (kind));
    uint32_t n_frames = count_frames (index, kind, matches, has_problem);

    /* Several responses may begin in one frame; of verdicts there is one of a kind. */
    if (kind < LEC_N_VERDICTS)
      g_assert_cmpuint (lec_problem_count (index, kind), ==, n_frames);
    else
      g_assert_cmpuint (lec_problem_count (index, kind), >=, n_frames);
  }
  g_autoptr (LecMatches) all = match (session, LEC_PROBLEM_FILTER);
  for (uint32_t frame = 1; frame <= lec_index_n_frames (index); frame++)
    g_assert_cmpint (lec_bitmap_get (lec_matches_bitmap (all), frame), ==, has_problem[frame]);
}

static void
counts_are_what_filters_find (gconstpointer data)
{
  const char *folder = data;
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  if (!directory) {
    g_test_skip ("no captures here");
    return;
  }
  while ((name = g_dir_read_name (directory))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    /* Of the lab's recordings those at the client's: the others show the same traffic. */
    if (g_str_has_suffix (name, ".pcap") || g_str_has_suffix (name, "client.pcapng") ||
        (g_str_has_suffix (name, ".pcapng") && !strstr (name, ".middle.") && !strstr (name, ".server.")))
      check_trace (path);
  }
}

/* One response with each of many statuses, as the recording's truth lists them. */
static void
error_statuses (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("LECTERN_CAPTURES"), "lab", "s07h-statuses-1.client.pcapng", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip ("no captures here");
    return;
  }
  g_autoptr (LecSession) session = open_path (path);
  g_assert_cmpuint (lec_problem_count (lec_session_index (session), LEC_PROBLEM_CLIENT_ERROR), ==, 5);
  g_assert_cmpuint (lec_problem_count (lec_session_index (session), LEC_PROBLEM_SERVER_ERROR), ==, 2);
}

/* Whatever is only worth knowing weighs less than whatever is wrong. */
static void
notes_are_lighter (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (unsigned a = 0; a < LEC_N_PROBLEMS; a++) {
    g_assert_true (g_hash_table_add (names, (gpointer) lec_problem_name (a)));
    for (unsigned b = 0; b < LEC_N_PROBLEMS; b++)
      if (lec_problem_severity (a) < lec_problem_severity (b))
        g_assert_cmpuint (lec_problem_weight (a), <, lec_problem_weight (b));
  }
  g_assert_cmpint (lec_problem_severity (LEC_VERDICT_DUPLICATE_ACK), ==, LEC_SEVERITY_NOTE);
  g_assert_cmpint (lec_problem_severity (LEC_VERDICT_WINDOW_UPDATE), ==, LEC_SEVERITY_NOTE);
  g_assert_cmpint (lec_problem_severity (LEC_VERDICT_KEEP_ALIVE), ==, LEC_SEVERITY_NOTE);
  g_assert_cmpint (lec_problem_severity (LEC_VERDICT_RETRANSMISSION), ==, LEC_SEVERITY_WARNING);
  g_assert_cmpint (lec_problem_severity (LEC_VERDICT_RESET), ==, LEC_SEVERITY_ERROR);
}

int
main (int argc, char **argv)
{
  g_autofree char *lab = g_build_filename (g_getenv ("LECTERN_CAPTURES"), "lab", NULL);

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/problem/counts-of-samples", g_getenv ("LECTERN_SAMPLES"), counts_are_what_filters_find);
  g_test_add_data_func ("/problem/counts-of-recordings", lab, counts_are_what_filters_find);
  g_test_add_func ("/problem/error-statuses", error_statuses);
  g_test_add_func ("/problem/notes-are-lighter", notes_are_lighter);
  return g_test_run ();
}
