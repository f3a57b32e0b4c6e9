/* What a filter over columns costs: the least CPU of many runs over a whole trace. Built, and run by hand:
 * filter-columns TRACE [FILTER…]. */
#include <time.h>

#include "analysis/index-pass.h"
#include "filter/filter.h"

static const char *const expressions[] = {
  "tcp.port == 5001",
  "tcp",
  "udp",
  "ip.addr == 10.0.0.0/9",
  "dns",
  "tcp.flags.reset",
  "tcp.flags.syn == 1 && tcp.flags.ack == 0",
  "http",
  "http.request",
  "http.response.code == 302",
  "http.response.code >= 400",
  "tcp.analysis.retransmission",
  "frame.len > 1000",
  "frame.number == 5",
  "tcp.stream == 3 and not http",
  "tcp.port == 80 or udp.port == 53",
};

enum { RUNS = 15 };

static void
ignore_news (LecIndex *index, void *data)
{
}

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
measure (const LecRegistry *registry, LecIndex *index, LecFrameReader *reader, const char *expression)
{
  uint32_t end = lec_index_n_frames (index) + 1;
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();
  LecFilterProblem problem;
  g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, &problem);
  double least_ms = G_MAXDOUBLE;

  if (filter == NULL) {
    g_printerr ("%s: at %u: %s\n", expression, problem.position, problem.message);
    lec_filter_problem_clear (&problem);
    return;
  }
  lec_bitmap_reserve (matches, end + 64);
  for (unsigned run = 0; run < RUNS; run++) {
    double start_ms = thread_ms ();

    lec_filter_run (filter, reader, index, 1, end, matches, NULL);
    least_ms = MIN (least_ms, thread_ms () - start_ms);
  }
  g_print ("%9.3f ms %9u frames  %s\n", least_ms, lec_bitmap_count (matches, end), expression);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  LecTrace *trace = argc > 1 ? lec_trace_open (argv[1], &error) : NULL;

  if (trace == NULL) {
    g_printerr ("%s\n", error != NULL ? error->message : "filter-columns TRACE [FILTER…]");
    return 1;
  }
  g_autoptr (LecIndex) index = lec_index_new (trace);
  g_autoptr (LecIndexPass) pass = lec_index_pass_new (index, ignore_news, NULL);
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  lec_index_pass_run (pass);
  for (unsigned i = 0; argc <= 2 && i < G_N_ELEMENTS (expressions); i++)
    measure (registry, index, reader, expressions[i]);
  for (int i = 2; i < argc; i++)
    measure (registry, index, reader, argv[i]);
  return 0;
}
