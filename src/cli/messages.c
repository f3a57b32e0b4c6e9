/* lectern-cli messages: the message list as the window shows it, with every row open. */
#include <string.h>

#include "cli/cli.h"

static const char *const row_kinds[] = {
  [LEC_ROW_FRAME] = "frame",
  [LEC_ROW_OPERATION] = "operation",
  [LEC_ROW_REQUEST] = "request",
  [LEC_ROW_RESPONSE] = "response",
};

typedef struct {
  const LecOptions *options;
  LecCliTrace *trace;
  LecRowList *list;
  LecTable *table;
  LecRowText *text;
  LecRow previous; /* frame 0 = none yet */
  GArray *frames;  /* what lec_session_request_frames() brought */
} Printer;

static void
print_row (Printer *printer, const LecRow *row)
{
  static const LecColumnId ids[] = { LEC_COLUMN_TIME,        LEC_COLUMN_ELAPSED, LEC_COLUMN_SOURCE,
                                     LEC_COLUMN_DESTINATION, LEC_COLUMN_MODULE,  LEC_COLUMN_SUMMARY };
  LecSession *session = printer->trace->session;
  LecTable *table = printer->table;
  g_autofree char *number = NULL;

  lec_row_text_fill (printer->text, session, row, printer->previous.frame ? &printer->previous : NULL,
                     printer->options->time_format, printer->options->absolute_sequence_numbers);
  printer->previous = *row;
  if (lec_table_format (table) == LEC_FORMAT_TEXT) {
    number = g_strdup_printf ("%*s%u", row->depth * 2, "", row->frame);
    lec_table_add_text (table, number);
  } else {
    lec_table_add_number (table, row->frame);
  }
  lec_table_add_number (table, row->depth);
  lec_table_add_text (table, row_kinds[row->kind]);
  lec_table_add_text (table, printer->text->texts[LEC_COLUMN_VERDICT]->str);
  for (unsigned i = 0; i < G_N_ELEMENTS (ids); i++)
    lec_table_add_text (table, printer->text->texts[ids[i]]->str);
  lec_table_add_seconds (table, lec_index_time_ns (printer->trace->index, row->frame));
  lec_table_end_row (table);
}

static void
take_frames (LecSession *session, uint32_t operation, GArray *frames, void *data)
{
  ((Printer *) data)->frames = frames;
}

/* Opens the row at POSITION; FALSE where its frames cannot be had. */
static gboolean
expand (Printer *printer, uint32_t position, const LecRow *row)
{
  LecSession *session = printer->trace->session;

  printer->frames = NULL;
  lec_session_request_frames (session, row->operation, take_frames, printer);
  lec_session_wait (session);
  lec_session_dispatch (session);
  return printer->frames && lec_row_list_expand (printer->list, position, g_steal_pointer (&printer->frames)) > 0;
}

/* Prints the row at POSITION with all below it, which it opens and closes again: only one top row is open at a time. */
static void
print_rows_at (Printer *printer, uint32_t position)
{
  LecRow top, row;
  uint32_t below = position + 1;

  if (!lec_row_list_get (printer->list, position, &top))
    return;
  print_row (printer, &top);
  if (!top.expandable || !expand (printer, position, &top))
    return;
  for (; lec_row_list_get (printer->list, below, &row) && row.depth > top.depth; below++) {
    print_row (printer, &row);
    if (row.expandable && !row.expanded)
      expand (printer, below, &row);
  }
  lec_row_list_collapse (printer->list, position);
}

LecExit
lec_cli_messages (const LecOptions *options)
{
  static const LecTableColumn columns[] = {
    { "number", 10 }, { "depth", 0 },     { "kind", 0 },       { "verdict", 14 },
    { "time", -14 },  { "elapsed", -12 }, { "source", 22 },    { "destination", 22 },
    { "module", 6 },  { "summary", 1 },   { "time_epoch", 0 },
  };
  LecCliTrace trace;
  Printer printer = { .options = options, .trace = &trace };
  LecMatches *matches = NULL;
  uint32_t position, removed, added;

  if (!lec_cli_trace_open (&trace, options))
    return LEC_EXIT_FAILED;
  if (options->filter) {
    g_autoptr (LecFilter) filter = lec_filter_new (lec_session_registry (trace.session), options->filter, NULL);

    matches = lec_session_match (trace.session, filter, NULL, NULL);
    lec_session_wait (trace.session);
    lec_session_dispatch (trace.session);
  }
  printer.list = lec_row_list_new (trace.session, LEC_VIEW_MESSAGES);
  lec_row_list_set_matches (printer.list, matches);
  lec_row_list_update (printer.list, &position, &removed, &added);
  printer.table = lec_table_new (options->format, columns, G_N_ELEMENTS (columns));
  printer.text = lec_row_text_new ();

  for (position = 0; position < lec_row_list_n_rows (printer.list); position++)
    print_rows_at (&printer, position);

  lec_row_text_free (printer.text);
  lec_table_free (printer.table);
  lec_row_list_free (printer.list);
  g_clear_pointer (&matches, lec_matches_free);
  return lec_cli_trace_close (&trace);
}
