#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "cli/cli.h"
#include "filter/reason.h"

/* The filter with the place underlined, as compilers do. */
static void
tell_problem (const char *text, const LecFilterProblem *problem)
{
  lec_cli_complain (_ ("In the filter, at character %u: %s"), problem->position + 1, problem->message);
  fprintf (stderr, "  %s\n  %*s", text, (int) problem->position, "");
  for (unsigned i = 0; i < MAX (problem->length, 1); i++)
    fputc ('^', stderr);
  fputc ('\n', stderr);
}

/* Beside the output, and without the program's name: nothing went wrong. */
static void
tell_note (const char *sentence)
{
  if (sentence)
    g_printerr ("%s\n", sentence);
}

/* Where nothing passes, or all, or what was not meant. */
static void
tell_reason (LecCliTrace *trace, const LecFilter *filter)
{
  uint32_t end = trace->n_frames + 1;
  g_autofree char *reason = lec_filter_dup_reason (filter, lec_session_registry (trace->session), trace->reader,
                                                   trace->index, end, lec_bitmap_count (trace->matches, end), NULL);

  tell_note (reason);
}

static gboolean
run_filter (LecCliTrace *trace, const char *text)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = lec_filter_new (lec_session_registry (trace->session), text, &problem);
  _Atomic unsigned cancel = 0;

  if (!filter) {
    tell_problem (text, &problem);
    lec_filter_problem_clear (&problem);
    return FALSE;
  }
  tell_note (lec_filter_hint (filter));
  lec_session_wait (trace->session);
  trace->n_frames = lec_index_n_frames (trace->index);
  trace->matches = lec_bitmap_new ();
  lec_bitmap_reserve (trace->matches, trace->n_frames + 1);
  if (!lec_filter_run (filter, trace->reader, trace->index, 1, trace->n_frames + 1, trace->matches, &cancel))
    return FALSE;
  tell_reason (trace, filter);
  return TRUE;
}

static void
clear (LecCliTrace *trace)
{
  g_clear_pointer (&trace->matches, lec_bitmap_free);
  g_clear_pointer (&trace->reader, lec_frame_reader_free);
  g_clear_pointer (&trace->replays, lec_replay_stream_free);
  g_clear_pointer (&trace->session, lec_session_free);
}

gboolean
lec_cli_trace_open (LecCliTrace *trace, const LecOptions *options)
{
  g_autoptr (GError) error = NULL;

  *trace = (LecCliTrace){ 0 };
  trace->session = lec_session_open (options->file, &error);
  if (!trace->session) {
    lec_cli_complain ("%s", error->message);
    return FALSE;
  }
  trace->index = lec_session_index (trace->session);
  trace->reader = lec_frame_reader_new (trace->index);
  trace->replays = lec_replay_stream_new (trace->index, NULL, NULL);
  lec_frame_reader_set_replay_stream (trace->reader, trace->replays);
  lec_frame_reader_set_absolute (trace->reader, options->absolute_sequence_numbers);
  if (options->filter && !run_filter (trace, options->filter)) {
    clear (trace);
    return FALSE;
  }
  lec_session_wait (trace->session);
  lec_session_dispatch (trace->session);
  trace->n_frames = lec_index_n_frames (trace->index);
  return TRUE;
}

uint32_t
lec_cli_trace_next (const LecCliTrace *trace, uint32_t from)
{
  uint32_t frame = from;

  if (trace->matches) {
    frame = lec_bitmap_next (trace->matches, from, trace->n_frames + 1);
    return frame == G_MAXUINT32 ? 0 : frame;
  }
  return frame <= trace->n_frames ? frame : 0;
}

LecExit
lec_cli_tell_damage (const LecTrace *trace, const char *file)
{
  const LecDamage *damage = lec_trace_damage (trace);
  g_autofree char *offset = NULL;

  if (!damage)
    return LEC_EXIT_WHOLE;
  offset = g_strdup_printf ("%" G_GUINT64_FORMAT, damage->offset);
  lec_cli_complain (_ ("%s: at byte %s: %s"), file, offset, damage->message);
  return LEC_EXIT_DAMAGED;
}

LecExit
lec_cli_trace_close (LecCliTrace *trace)
{
  LecExit status = lec_cli_tell_damage (trace->index->trace, lec_session_path (trace->session));

  clear (trace);
  return status;
}
