/* lectern-cli frames: a line a frame. */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"

/* The values of one asked-for name in the current frame, one behind the other; value i ends at ends[i]. */
typedef struct {
  GString *texts;
  GArray *ends; /* uint32_t */
} Values;

/* A sink that keeps the values of the fields it was asked for. */
typedef struct {
  LecSink sink;
  GHashTable *places; /* const LecField * → GArray of unsigned: where in `values` */
  Values *values;
  unsigned n_values;
  const LecRegistry *registry;
  gboolean wants_applications; /* a field above the transport is asked for */
  gboolean wants_replay;       /* how TCP conversations stand */
  gboolean wants_dissection;   /* of some field the index has no value */
} Collector;

static uint64_t
number_of (const LecIndex *index, uint32_t frame)
{
  return frame;
}

static uint64_t
time_of (const LecIndex *index, uint32_t frame)
{
  return (uint64_t) lec_index_time_ns (index, frame);
}

static uint64_t
time_since_first (const LecIndex *index, uint32_t frame)
{
  return time_of (index, frame) - time_of (index, 1);
}

static uint64_t
time_since_previous (const LecIndex *index, uint32_t frame)
{
  return time_of (index, frame) - time_of (index, MAX (frame, 2) - 1);
}

/* Values that every frame has and the index knows: who asks for no others need not wait for dissections. */
static const struct {
  const char *name;
  uint64_t (*value) (const LecIndex *index, uint32_t frame);
} index_values[] = {
  { "frame.number", number_of },
  { "frame.time", time_of },
  { "frame.time_epoch", time_of },
  { "frame.time_relative", time_since_first },
  { "frame.time_delta", time_since_previous },
};

static gboolean
is_in_index (const LecField *field)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (index_values); i++)
    if (g_str_equal (index_values[i].name, field->name))
      return TRUE;
  return FALSE;
}

static void
collector_add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text,
               gboolean opens)
{
  Collector *collector = (Collector *) sink;
  GArray *places = g_hash_table_lookup (collector->places, field);

  for (unsigned i = 0; places && i < places->len; i++) {
    Values *values = &collector->values[g_array_index (places, unsigned, i)];
    uint32_t end;

    lec_value_append (values->texts, field, value, FALSE);
    end = (uint32_t) values->texts->len;
    g_array_append_val (values->ends, end);
  }
}

static void
collector_close (LecSink *sink)
{
}

/* What the lower layers carry may hold any of them again (tunnels, quoted packets); what applications carry does not.
 */
static gboolean
collector_wants_protocol (LecSink *sink, const LecProtocol *protocol)
{
  if (lec_protocol_is_replayed (protocol->id))
    return ((Collector *) sink)->wants_replay;
  return protocol->id <= LEC_PROTOCOL_TCP || ((Collector *) sink)->wants_applications;
}

/* The frame's texts tell of all its layers (frame.protocols). */
static gboolean
is_of_applications (const LecRegistry *registry, const LecField *field)
{
  LecProtocolId protocol = lec_registry_protocol_of (registry, field)->id;

  return (protocol > LEC_PROTOCOL_TCP && protocol < LEC_PROTOCOL_VERDICT) ||
         (protocol == LEC_PROTOCOL_FRAME && field->type == LEC_TYPE_STRING);
}

/* Adds the names; FALSE where one is not known. */
static gboolean
collector_add_names (Collector *collector, char **names)
{
  for (unsigned i = 0; names[i]; i++) {
    const LecName *name = lec_registry_find (collector->registry, names[i]);

    if (!name) {
      lec_cli_complain (_ ("No field is called “%s”; lectern-cli fields lists them"), names[i]);
      return FALSE;
    }
    for (unsigned k = 0; k < name->n_fields; k++) {
      const LecField *field = name->fields[k];
      GArray *places = g_hash_table_lookup (collector->places, field);

      if (!places) {
        places = g_array_new (FALSE, FALSE, sizeof (unsigned));
        g_hash_table_insert (collector->places, (gpointer) field, places);
      }
      g_array_append_val (places, i);
      collector->wants_dissection |= !is_in_index (field);
      collector->wants_applications |= is_of_applications (collector->registry, field);
      collector->wants_replay |= lec_protocol_is_replayed (lec_registry_protocol_of (collector->registry, field)->id);
    }
  }
  return TRUE;
}

static void
collector_init (Collector *collector, const LecRegistry *registry, unsigned n_names)
{
  *collector = (Collector){
    .sink = { .add = collector_add, .close = collector_close, .wants_protocol = collector_wants_protocol },
    .places = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref),
    .values = g_new0 (Values, n_names),
    .n_values = n_names,
    .registry = registry,
  };
  for (unsigned i = 0; i < n_names; i++) {
    collector->values[i].texts = g_string_new (NULL);
    collector->values[i].ends = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  }
}

static void
collector_clear (Collector *collector)
{
  for (unsigned i = 0; i < collector->n_values; i++) {
    g_string_free (collector->values[i].texts, TRUE);
    g_array_unref (collector->values[i].ends);
  }
  g_free (collector->values);
  g_hash_table_unref (collector->places);
}

/* As the dissection of FRAME would, where only what the index has is wanted. FIELDS are those of `index_values`. */
static void
collect_from_index (Collector *collector, const LecField *const *fields, const LecIndex *index, uint32_t frame)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (index_values); i++) {
    LecValue value = { 0 };

    if (!fields[i])
      continue;
    value.number = index_values[i].value (index, frame);
    collector_add (&collector->sink, fields[i], &value, (LecSpan){ 0 }, NULL, FALSE);
  }
}

/* The fields of `index_values` that are wanted, NULL for others. */
static void
find_index_fields (const Collector *collector, const LecField **fields)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (index_values); i++) {
    const LecName *name = lec_registry_find (collector->registry, index_values[i].name);

    fields[i] = g_hash_table_contains (collector->places, name->fields[0]) ? name->fields[0] : NULL;
  }
}

static void
print_fields (const LecOptions *options, LecCliTrace *trace, Collector *collector)
{
  unsigned n_names = collector->n_values;
  g_autofree LecTableColumn *columns = g_new (LecTableColumn, n_names);
  g_autoptr (LecTable) table = NULL;
  const LecField *index_fields[G_N_ELEMENTS (index_values)];

  find_index_fields (collector, index_fields);
  for (unsigned i = 0; i < n_names; i++)
    columns[i] = (LecTableColumn){ options->fields[i], 1 };
  /* As tshark, whose -T fields is separated by tabs. */
  table = lec_table_new (options->format_given ? options->format : LEC_FORMAT_TSV, columns, n_names);
  for (uint32_t frame = 1; (frame = lec_cli_trace_next (trace, frame)) != 0; frame++) {
    if (collector->wants_dissection)
      lec_frame_reader_dissect (trace->reader, frame, &collector->sink, LEC_SUMMARY_NONE);
    else
      collect_from_index (collector, index_fields, trace->index, frame);
    for (unsigned i = 0; i < n_names; i++) {
      Values *values = &collector->values[i];

      lec_table_add_texts (table, values->texts->str, (const uint32_t *) values->ends->data, values->ends->len);
      g_string_truncate (values->texts, 0);
      g_array_set_size (values->ends, 0);
    }
    lec_table_end_row (table);
  }
}

static void
print_columns (const LecOptions *options, LecCliTrace *trace)
{
  static const LecTableColumn columns[] = {
    { "number", -7 },      { "verdict", 14 }, { "time", -14 },  { "source", 22 },
    { "destination", 22 }, { "module", 6 },   { "summary", 1 }, { "time_epoch", 0 },
  };
  static const LecColumnId ids[] = { LEC_COLUMN_VERDICT,     LEC_COLUMN_TIME,   LEC_COLUMN_SOURCE,
                                     LEC_COLUMN_DESTINATION, LEC_COLUMN_MODULE, LEC_COLUMN_SUMMARY };
  g_autoptr (LecTable) table = lec_table_new (options->format, columns, G_N_ELEMENTS (columns));
  g_autoptr (LecRowText) text = lec_row_text_new ();
  LecRow previous = { 0 };

  for (uint32_t frame = 1; (frame = lec_cli_trace_next (trace, frame)) != 0; frame++) {
    LecRow row = { .frame = frame, .operation = G_MAXUINT32, .kind = LEC_ROW_FRAME, .matches = TRUE };

    lec_row_text_fill (text, trace->session, &row, previous.frame ? &previous : NULL, options->time_format,
                       options->absolute_sequence_numbers);
    lec_table_add_number (table, frame);
    for (unsigned i = 0; i < G_N_ELEMENTS (ids); i++)
      lec_table_add_text (table, text->texts[ids[i]]->str);
    lec_table_add_seconds (table, lec_index_time_ns (trace->index, frame));
    lec_table_end_row (table);
    previous = row;
  }
}

LecExit
lec_cli_frames (const LecOptions *options)
{
  LecCliTrace trace;
  Collector collector;
  gboolean known;

  if (!lec_cli_trace_open (&trace, options))
    return LEC_EXIT_FAILED;
  if (!options->fields) {
    print_columns (options, &trace);
    return lec_cli_trace_close (&trace);
  }
  collector_init (&collector, lec_session_registry (trace.session), g_strv_length (options->fields));
  known = collector_add_names (&collector, options->fields);
  if (known)
    print_fields (options, &trace, &collector);
  collector_clear (&collector);
  if (!known) {
    lec_cli_trace_close (&trace);
    return LEC_EXIT_FAILED;
  }
  return lec_cli_trace_close (&trace);
}
