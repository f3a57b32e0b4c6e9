#include "bench.h"

#include <time.h>

#include "analysis/index-pass.h"

static void
ignore_news (LecIndex *index, void *data)
{
}

LecIndex *
bench_index (int argc, char **argv, const char *usage)
{
  g_autoptr (GError) error = NULL;
  LecTrace *trace = argc > 1 ? lec_trace_open (argv[1], &error) : NULL;

  if (trace == NULL) {
    g_printerr ("%s\n", error != NULL ? error->message : usage);
    return NULL;
  }
  LecIndex *index = lec_index_new (trace);
  g_autoptr (LecIndexPass) pass = lec_index_pass_new (index, ignore_news, NULL);
  lec_index_pass_run (pass);
  return index;
}

double
bench_thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}
