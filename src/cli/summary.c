/* lectern-cli summary: the index, what it cost, and what is to be said of the trace as a whole. */
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "analysis/index-pass.h"
#include "analysis/verdict-kinds.h"
#include "base/json.h"
#include "cli/cli.h"
#include "cli/report.h"
#include "protocol/value-text.h"

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
add_json_text (LecJson *json, const char *key, const char *text)
{
  if (text)
    lec_json_add_string (json, key, text, -1);
  else
    lec_json_add_null (json, key);
}

static void
add_json_count (LecJson *json, const char *key, int64_t count)
{
  if (count < 0)
    lec_json_add_null (json, key);
  else
    lec_json_add_int (json, key, count);
}

static void
add_json_interfaces (LecJson *json, const LecTrace *trace)
{
  lec_json_open_array (json, "interfaces");
  for (uint32_t i = 0; i < lec_trace_n_interfaces (trace); i++) {
    const LecInterface *interface = lec_trace_interface (trace, i);
    g_autofree char *link_type = lec_link_type_dup_name (interface->link_type);

    lec_json_open_object (json, NULL);
    add_json_text (json, "name", interface->name);
    add_json_text (json, "description", interface->description);
    lec_json_add_string (json, "link_type", link_type, -1);
    add_json_text (json, "filter", interface->filter);
    lec_json_add_uint (json, "snap_bytes", interface->snap_bytes);
    add_json_count (json, "received", interface->received_frames);
    add_json_count (json, "dropped", interface->dropped_frames);
    lec_json_close_object (json);
  }
  lec_json_close_array (json);
}

static void
print_json (const LecOptions *options, const LecIndex *index, const LecReport *report, const Cost *cost)
{
  g_autoptr (GString) out = g_string_new (NULL);
  LecJson json = lec_json (out);
  g_autofree char *description = lec_trace_dup_description (index->trace);
  uint32_t n_frames = lec_index_n_frames (index);

  lec_json_open_object (&json, NULL);
  lec_json_add_string (&json, "file", options->file, -1);
  lec_json_add_string (&json, "format", lec_trace_format (index->trace), -1);
  lec_json_add_uint (&json, "frames", n_frames);
  lec_json_add_uint (&json, "bytes", index->n_bytes);
  add_json_text (&json, "description", description);
  add_json_interfaces (&json, index->trace);
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
  lec_cli_report_add_json (&json, report);
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

/* Texts of the trace's own may hold anything, and a terminal obeys some of it. */
static void
append_part (GString *line, const char *text)
{
  if (!text)
    return;
  if (line->len)
    g_string_append (line, ", ");
  lec_append_escaped (line, (LecBytes){ (const uint8_t *) text, (uint32_t) strlen (text) });
}

/* "eth0, Uplink, EN10MB, 4 dropped" */
static void
print_interfaces (const LecOptions *options, const LecTrace *trace)
{
  for (uint32_t i = 0; i < lec_trace_n_interfaces (trace); i++) {
    const LecInterface *interface = lec_trace_interface (trace, i);
    g_autofree char *heading = g_strdup_printf (_ ("Interface %u"), i);
    g_autofree char *link_type = lec_link_type_dup_name (interface->link_type);
    g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, interface->dropped_frames);
    g_autofree char *dropped = interface->dropped_frames < 0 ? NULL : g_strdup_printf (_ ("%s dropped"), number);
    g_autoptr (GString) line = g_string_new (NULL);

    append_part (line, interface->name);
    append_part (line, interface->description);
    append_part (line, link_type);
    append_part (line, dropped);
    print_line (options, heading, "%s", line->str);
  }
}

/* What the trace says about itself, a line each. */
static void
print_description (const LecOptions *options, LecTrace *trace)
{
  g_autofree char *description = lec_trace_dup_description (trace);
  g_auto (GStrv) lines = description ? g_strsplit (description, "\n", -1) : NULL;

  for (char **text = lines; text && *text; text++) {
    g_autoptr (GString) line = g_string_new (NULL);

    append_part (line, *text);
    print_line (options, text == lines ? _ ("Origin") : "", "%s", line->str);
  }
}

static void
print_report_line (const char *heading, const char *text, void *options)
{
  print_line (options, heading, "%s", text);
}

static void
print_lines (const LecOptions *options, const LecIndex *index, const LecReport *report, const Cost *cost)
{
  uint32_t n_frames = lec_index_n_frames (index);
  g_autofree char *start = n_frames ? dup_time (index->first_time_ns) : g_strdup ("–");

  print_line (options, _ ("File"), "%s", options->file);
  print_line (options, _ ("Format"), "%s", lec_trace_format (index->trace));
  print_line (options, _ ("Frames"), "%u", n_frames);
  print_line (options, _ ("Bytes"), "%" G_GUINT64_FORMAT, (uint64_t) index->n_bytes);
  print_line (options, _ ("Interfaces"), "%u", lec_trace_n_interfaces (index->trace));
  print_interfaces (options, index->trace);
  print_description (options, index->trace);
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
  lec_cli_report_foreach_line (report, print_report_line, (void *) options);
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
  g_autoptr (LecTrustScan) scan = NULL;
  g_autoptr (LecReport) report = NULL;
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
  scan = lec_trust_scan_new (index);
  report = lec_report_new (scan, NULL);
  if (options->format == LEC_FORMAT_JSON)
    print_json (options, index, report, &cost);
  else
    print_lines (options, index, report, &cost);
  return lec_cli_tell_damage (trace, options->file);
}
