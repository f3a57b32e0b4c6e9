/* What a person waits for: opens the window on a trace and prints, in milliseconds since the start, when it was there,
 * when it had rows and when all were read; how long the main loop stood still at most while loading, and while a filter
 * was put on; and the memory after loading.
 *
 *     bench-window TRACE [FILTER [FRAME]]
 *
 * FRAME is where the list is when the filter is put on.
 *
 * A timer that should fire every 5 ms sees the stalls. Beside the time on the clock stands the processor time that the
 * main thread itself used meanwhile: on a machine that is busy with other things only that one says something. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "analysis/index.h"
#include "app/window.h"

#define TICK_MS 5
/* Left alone between two steps, so that one does not count for the other. */
#define REST_MS 700

typedef enum { OPENING, LOADING, LOADED, GONE, FILTERING, DONE } Step;

typedef struct {
  GApplication *application;
  const char *filter;
  guint32 frame; /* 0 = none */
  Step step;
  gint64 start_us;
  gint64 last_tick_us;
  gint64 rest_until_us;
  gint64 worst_us;
  gint64 last_tick_cpu_us;
  gint64 worst_cpu_us;
  gboolean has_rows;
} Bench;

static void
say (const Bench *bench, const char *what)
{
  printf ("%-24s %8.1f ms\n", what, (double) (g_get_monotonic_time () - bench->start_us) / 1e3);
}

static void
say_worst (Bench *bench, const char *what)
{
  printf ("%-24s %8.1f ms, %.1f ms of them its own work\n", what, (double) bench->worst_us / 1e3,
          (double) bench->worst_cpu_us / 1e3);
  bench->worst_us = bench->worst_cpu_us = 0;
}

static gint64
cpu_time_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
say_memory (void)
{
  g_autofree char *status = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    printf ("%-24s %8.1f MB\n", "private memory", g_ascii_strtod (strstr (status, "RssAnon:") + 8, NULL) / 1024);
}

static LecDocument *
document_of (const Bench *bench)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (bench->application));

  return LEC_IS_WINDOW (window) ? lec_window_document (LEC_WINDOW (window)) : NULL;
}

static void
rest (Bench *bench, Step next)
{
  bench->step = next;
  bench->rest_until_us = g_get_monotonic_time () + REST_MS * 1000;
}

static void
watch_loading (Bench *bench, LecSession *session)
{
  if (!bench->has_rows && lec_index_n_frames (lec_session_index (session))) {
    bench->has_rows = TRUE;
    say (bench, "rows");
  }
  if (lec_session_state (session) == LEC_SESSION_LOADING)
    return;
  say (bench, "loaded");
  say_worst (bench, "longest stall loading");
  say_memory ();
  rest (bench, LOADED);
}

static gboolean
tick (gpointer data)
{
  Bench *bench = data;
  LecDocument *document = document_of (bench);
  gint64 now = g_get_monotonic_time (), cpu = cpu_time_us ();

  bench->worst_us = MAX (bench->worst_us, now - bench->last_tick_us - TICK_MS * 1000);
  bench->worst_cpu_us = MAX (bench->worst_cpu_us, cpu - bench->last_tick_cpu_us);
  bench->last_tick_us = now;
  bench->last_tick_cpu_us = cpu;
  if (now < bench->rest_until_us)
    return G_SOURCE_CONTINUE;
  if (bench->step == OPENING && document) {
    say (bench, "window");
    bench->worst_us = bench->worst_cpu_us = 0;
    bench->step = LOADING;
  } else if (bench->step == LOADING) {
    watch_loading (bench, lec_document_session (document));
  } else if (bench->step == LOADED) {
    if (bench->frame)
      g_action_group_activate_action (
          G_ACTION_GROUP (gtk_application_get_active_window (GTK_APPLICATION (bench->application))), "go-to-frame",
          g_variant_new_uint32 (bench->frame));
    rest (bench, GONE);
  } else if (bench->step == GONE) {
    bench->worst_us = bench->worst_cpu_us = 0;
    bench->start_us = now;
    lec_document_set_filter (document, bench->filter, NULL);
    bench->step = FILTERING;
  } else if (bench->step == FILTERING && lec_matches_finished (lec_document_matches (document))) {
    say (bench, "filtered");
    rest (bench, DONE);
  } else if (bench->step == DONE) {
    say_worst (bench, "longest stall filtering");
    g_application_quit (bench->application);
  }
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  Bench bench = { .start_us = g_get_monotonic_time (),
                  .filter = argc > 2 ? argv[2] : "tcp.port == 5001",
                  .frame = argc > 3 ? (guint32) g_ascii_strtoull (argv[3], NULL, 10) : 0 };
  g_autoptr (LecApplication) application = lec_application_new ();

  if (argc < 2) {
    fprintf (stderr, "usage: bench-window TRACE [FILTER [FRAME]]\n");
    return 2;
  }
  bench.application = G_APPLICATION (application);
  bench.last_tick_us = bench.start_us;
  g_application_set_flags (bench.application, g_application_get_flags (bench.application) | G_APPLICATION_NON_UNIQUE);
  g_timeout_add_full (G_PRIORITY_HIGH, TICK_MS, tick, &bench, NULL);
  return g_application_run (bench.application, 2, argv);
}
