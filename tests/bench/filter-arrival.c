/* How soon a screenful of rows is there after a filter over dissected fields was applied, wherever the reader is; and
 * how soon after it was taken back and another applied, as in typing on. Built, and run by hand: filter-arrival TRACE
 * [FILTER…]. */
#include <poll.h>

#include "session/rows.h"
#include "session/session.h"

static const char *const expressions[] = {
  "tcp.window_size_value > 1000",   "http.user_agent contains \"Mozilla\"", "http.request.uri contains \"7\"",
  "frame contains \"jpg\"",         "tcp.options.timestamp.tsval > 0",      "dns.qry.name contains \"a\"",
  "ip.ttl < 60 or ip.dsfield != 0",
};

enum { SCREENFUL = 45, LONGEST_MS = 20000 };

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1000.0;
}

static void
update (LecRowList *list)
{
  uint32_t position, removed, added;

  while (lec_row_list_update (list, &position, &removed, &added))
    ;
}

/* Milliseconds until so many rows are there, or all there are. */
static double
wait_for_screenful (LecSession *session, LecMatches *matches, LecRowList *list)
{
  struct pollfd descriptor = { .fd = lec_session_event_fd (session), .events = POLLIN };
  double start_ms = now_ms ();

  while (lec_row_list_n_rows (list) < SCREENFUL && !lec_matches_finished (matches) &&
         now_ms () - start_ms < LONGEST_MS) {
    poll (&descriptor, 1, 100);
    lec_session_dispatch (session);
    update (list);
  }
  return now_ms () - start_ms;
}

static void
measure (LecSession *session, const char *expression, double share)
{
  uint32_t n_frames = lec_index_n_frames (lec_session_index (session));
  uint32_t place = 1 + (uint32_t) (share * (n_frames - 1));
  g_autoptr (LecFilter) filter = lec_filter_new (lec_session_registry (session), expression, NULL);
  double first_ms, typed_ms;

  if (!filter) {
    g_printerr ("%s: not understood\n", expression);
    return;
  }
  {
    g_autoptr (LecMatches) matches = lec_session_match_shown (session, filter, place, NULL, NULL);
    g_autoptr (LecRowList) list = lec_row_list_new (session, LEC_VIEW_MESSAGES);
    lec_row_list_set_matches (list, matches);
    first_ms = wait_for_screenful (session, matches, list);
    g_usleep (100000); /* in the midst of it */
  }
  {
    g_autoptr (LecMatches) matches = lec_session_match_shown (session, filter, place, NULL, NULL);
    g_autoptr (LecRowList) list = lec_row_list_new (session, LEC_VIEW_MESSAGES);
    lec_row_list_set_matches (list, matches);
    typed_ms = wait_for_screenful (session, matches, list);
  }
  g_print ("%9.1f ms, typing on %9.1f ms, at frame %8u  %s\n", first_ms, typed_ms, place, expression);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc < 2) {
    g_printerr ("filter-arrival TRACE [FILTER…]\n");
    return 1;
  }
  g_autoptr (LecSession) session = lec_session_open_behind (argv[1], &error);
  if (!session) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  lec_session_wait (session);
  const char *const *asked = argc > 2 ? (const char *const *) argv + 2 : expressions;
  unsigned n_asked = argc > 2 ? (unsigned) argc - 2 : G_N_ELEMENTS (expressions);
  for (unsigned i = 0; i < n_asked; i++)
    for (double share = 0; share <= 1; share += 0.5)
      measure (session, asked[i], share);
  return 0;
}
