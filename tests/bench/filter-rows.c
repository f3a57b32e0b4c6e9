/* What colour rules cost a jump in the message list: every rule is asked of each row that comes into sight. Built, and
 * run by hand: filter-rows TRACE. */
#include "bench.h"
#include "filter/filter.h"

static const char *const rules[] = {
  "tcp.analysis.retransmission",
  "lectern.verdict == \"no-answer\"",
  "tcp.flags.reset",
  "tcp.flags.syn or tcp.flags.fin",
  "http.response.code >= 500",
  "http.response.code >= 400 and http.response.code < 500",
  "http.response.code == 304",
  "http.response.code >= 300 and http.response.code < 400",
  "http.response.code >= 200 and http.response.code < 300",
  "dns",
  "arp",
  "icmp or icmpv6",
};

enum { ROWS = 205, JUMPS = 200 };

static double
jump_ms (LecFilter *const *filters, LecFrameReader *reader, LecIndex *index, uint32_t first, unsigned *n_matching)
{
  double start_ms = bench_thread_ms ();

  for (uint32_t frame = first; frame < first + ROWS; frame++)
    for (unsigned i = 0; i < G_N_ELEMENTS (rules); i++)
      *n_matching += lec_filter_matches (filters[i], reader, index, frame);
  return bench_thread_ms () - start_ms;
}

int
main (int argc, char **argv)
{
  g_autoptr (LecIndex) index = bench_index (argc, argv, "filter-rows TRACE");
  LecFilter *filters[G_N_ELEMENTS (rules)];
  double sum_ms = 0, most_ms = 0;
  unsigned n_matching = 0;

  if (index == NULL)
    return 1;
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  uint32_t n_frames = lec_index_n_frames (index);
  if (n_frames <= ROWS) {
    g_printerr ("the trace is too short\n");
    return 1;
  }
  for (unsigned i = 0; i < G_N_ELEMENTS (rules); i++)
    filters[i] = lec_filter_new (registry, rules[i], NULL);
  for (unsigned i = 0; i < JUMPS; i++) {
    uint32_t first = 1 + (uint32_t) ((uint64_t) (n_frames - ROWS) * i / JUMPS);
    double ms = jump_ms (filters, reader, index, first, &n_matching);

    sum_ms += ms;
    most_ms = MAX (most_ms, ms);
  }
  g_print ("%.3f ms a jump of %u rows and %u rules, at most %.3f ms; %u matches\n", sum_ms / JUMPS, ROWS,
           (unsigned) G_N_ELEMENTS (rules), most_ms, n_matching);
  for (unsigned i = 0; i < G_N_ELEMENTS (rules); i++)
    lec_filter_unref (filters[i]);
  return 0;
}
