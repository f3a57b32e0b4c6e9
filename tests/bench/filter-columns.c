/* What a filter over columns costs: the least CPU of many runs over a whole trace. Built, and run by hand:
 * filter-columns TRACE [FILTER…]. */
#include "bench.h"
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
    double start_ms = bench_thread_ms ();

    lec_filter_run (filter, reader, index, 1, end, matches, NULL);
    least_ms = MIN (least_ms, bench_thread_ms () - start_ms);
  }
  g_print ("%9.3f ms %9u frames  %s\n", least_ms, lec_bitmap_count (matches, end), expression);
}

int
main (int argc, char **argv)
{
  g_autoptr (LecIndex) index = bench_index (argc, argv, "filter-columns TRACE [FILTER…]");

  if (index == NULL)
    return 1;
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  for (unsigned i = 0; argc <= 2 && i < G_N_ELEMENTS (expressions); i++)
    measure (registry, index, reader, expressions[i]);
  for (int i = 2; i < argc; i++)
    measure (registry, index, reader, argv[i]);
  return 0;
}
