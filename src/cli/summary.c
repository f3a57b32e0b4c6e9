/* lectern-cli summary: the index and nothing else, and what it cost. */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "analysis/index-pass.h"
#include "analysis/verdict-text.h"
#include "base/json.h"
#include "cli/cli.h"

/* What reading took: of the whole process, all threads. */
typedef struct {
  double wall_s;
  double cpu_s;
  uint64_t index_bytes;
  uint64_t peak_bytes; /* resident */
} Cost;

static double
now_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static Cost
cost_since (double start_s, const LecIndex *index)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (Cost){
    .wall_s = now_s () - start_s,
    .cpu_s = (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
             (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
    .index_bytes = lec_index_bytes (index),
    .peak_bytes = (uint64_t) usage.ru_maxrss * 1024,
  };
}

static void
ignore_news (LecIndex *index, void *data)
{
}

static double
span_s (const LecIndex *index)
{
  return lec_index_n_frames (index) ? (double) (index->last_time_ns - index->first_time_ns) / 1e9 : 0;
}

static char *
dup_time (int64_t time_ns)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_ns / 1000000000);

  return time ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S UTC") : g_strdup ("?");
}

static void
print_json (const LecOptions *options, const LecIndex *index, const Cost *cost)
{
  g_autoptr (GString) out = g_string_new (NULL);
  LecJson json = lec_json (out);
  uint32_t n_frames = lec_index_n_frames (index);

  lec_json_open_object (&json, NULL);
  lec_json_add_string (&json, "file", options->file, -1);
  lec_json_add_string (&json, "format", lec_trace_format (index->trace), -1);
  lec_json_add_uint (&json, "frames", n_frames);
  lec_json_add_uint (&json, "bytes", index->n_bytes);
  lec_json_add_uint (&json, "interfaces", lec_trace_n_interfaces (index->trace));
  if (n_frames)
    lec_json_add_real (&json, "first_time_epoch", (double) index->first_time_ns / 1e9, 9);
  else
    lec_json_add_null (&json, "first_time_epoch");
  lec_json_add_real (&json, "time_span", span_s (index), 9);
  lec_json_open_object (&json, "protocols");
  for (unsigned id = 0; id < LEC_N_PROTOCOLS; id++)
    if (index->n_frames_of[id])
      lec_json_add_uint (&json, lec_protocol (id)->name, index->n_frames_of[id]);
  lec_json_close_object (&json);
  lec_json_add_uint (&json, "conversations", index->n_conversations);
  lec_json_add_uint (&json, "operations", index->n_operations);
  lec_json_open_object (&json, "verdicts");
  for (unsigned kind = 0; kind < LEC_N_VERDICTS; kind++)
    lec_json_add_uint (&json, lec_verdict_kind_name (kind), index->n_verdicts_of[kind]);
  lec_json_close_object (&json);
  lec_json_add_real (&json, "wall_seconds", cost->wall_s, 6);
  lec_json_add_real (&json, "cpu_seconds", cost->cpu_s, 6);
  lec_json_add_uint (&json, "index_bytes", cost->index_bytes);
  lec_json_add_uint (&json, "peak_bytes", cost->peak_bytes);
  lec_json_close_object (&json);
  puts (out->str);
}

/* A line of the text: name and value, side by side or separated by a tab. */
static void print_line (const LecOptions *options, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
print_line (const LecOptions *options, const char *name, const char *format, ...)
{
  g_autofree char *value = NULL;
  va_list arguments;

  va_start (arguments, format);
  value = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (options->format == LEC_FORMAT_TSV)
    printf ("%s\t%s\n", name, value);
  else
    printf ("%s%*s%s\n", name, MAX (1, 18 - (int) g_utf8_strlen (name, -1)), "", value);
}

static void
print_lines (const LecOptions *options, const LecIndex *index, const Cost *cost)
{
  uint32_t n_frames = lec_index_n_frames (index);
  g_autofree char *start = n_frames ? dup_time (index->first_time_ns) : g_strdup ("–");

  print_line (options, _ ("File"), "%s", options->file);
  print_line (options, _ ("Format"), "%s", lec_trace_format (index->trace));
  print_line (options, _ ("Frames"), "%u", n_frames);
  print_line (options, _ ("Bytes"), "%" G_GUINT64_FORMAT, (uint64_t) index->n_bytes);
  print_line (options, _ ("Interfaces"), "%u", lec_trace_n_interfaces (index->trace));
  print_line (options, _ ("First frame"), "%s", start);
  print_line (options, _ ("Time span"), "%.9f s", span_s (index));
  for (unsigned id = 0; id < LEC_N_PROTOCOLS; id++)
    if (index->n_frames_of[id])
      print_line (options, lec_protocol (id)->module, ngettext ("%u frame", "%u frames", index->n_frames_of[id]),
                  (uint32_t) index->n_frames_of[id]);
  print_line (options, _ ("Conversations"), "%u", (uint32_t) index->n_conversations);
  print_line (options, _ ("Operations"), "%u", (uint32_t) index->n_operations);
  for (unsigned kind = 0; kind < LEC_N_VERDICTS; kind++)
    if (index->n_verdicts_of[kind])
      print_line (options, lec_verdict_kind_label (kind), "%u", (uint32_t) index->n_verdicts_of[kind]);
  print_line (options, _ ("Time taken"), _ ("%.3f s, %.3f s of CPU"), cost->wall_s, cost->cpu_s);
  print_line (options, _ ("Memory"), _ ("%.1f MB of index (%.1f bytes a frame), %.1f MB at most"),
              (double) cost->index_bytes / 1e6, n_frames ? (double) cost->index_bytes / n_frames : 0.0,
              (double) cost->peak_bytes / 1e6);
}

LecExit
lec_cli_summary (const LecOptions *options)
{
  double start_s = now_s ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LecIndex) index = NULL;
  g_autoptr (LecIndexPass) pass = NULL;
  LecTrace *trace = lec_trace_open (options->file, &error);
  Cost cost;

  if (!trace) {
    lec_cli_complain ("%s", error->message);
    return LEC_EXIT_FAILED;
  }
  index = lec_index_new (trace);
  pass = lec_index_pass_new (index, ignore_news, NULL);
  lec_index_pass_run (pass);
  cost = cost_since (start_s, index);
  if (options->format == LEC_FORMAT_JSON)
    print_json (options, index, &cost);
  else
    print_lines (options, index, &cost);
  return lec_cli_tell_damage (trace, options->file);
}
