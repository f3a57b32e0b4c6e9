#include "app/trace-properties.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/verdict-kinds.h"
#include "base/text.h"
#include "protocol/value-text.h"

#define MOST_INTERFACES        100u
#define MOST_NAMES             300u
#define MOST_DESCRIPTION_BYTES 16384u
#define NS_PER_S               1000000000

static void
add_cell (LecPropertiesTable *table, const char *text)
{
  g_ptr_array_add (table->cells, g_strdup (text && *text ? text : "–"));
}

static void add_row (LecPropertiesTable *table, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
add_row (LecPropertiesTable *table, const char *name, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (table->cells, g_strdup (name));
  g_ptr_array_add (table->cells, lec_dup_text_of (format, &arguments));
  va_end (arguments);
}

static LecIndex *
index_of (LecDocument *document)
{
  return lec_session_index (lec_document_session (document));
}

/* The parts. */

static void
add_file (LecPropertiesTable *table, LecDocument *document)
{
  LecSession *session = lec_document_session (document);
  const LecTrace *trace = lec_session_index (session)->trace;
  const char *path = lec_session_path (session);
  uint64_t read_bytes, total_bytes;

  if (g_str_equal (path, "-")) {
    add_row (table, _ ("Name"), "%s", _ ("standard input"));
  } else {
    g_autofree char *name = g_path_get_basename (path);
    g_autofree char *folder = g_path_get_dirname (path);
    g_autofree char *shown_name = g_filename_display_name (name);
    g_autofree char *shown_folder = g_filename_display_name (folder);

    add_row (table, _ ("Name"), "%s", shown_name);
    add_row (table, _ ("Folder"), "%s", shown_folder);
  }
  lec_trace_progress (trace, &read_bytes, &total_bytes);
  g_autofree char *size = g_format_size_full (total_bytes ? total_bytes : read_bytes, G_FORMAT_SIZE_LONG_FORMAT);
  add_row (table, _ ("Size"), "%s", size);
  add_row (table, _ ("Format"), "%s", lec_trace_format (trace));
}

static void
add_moment (LecPropertiesTable *table, const char *name, int64_t time_ns)
{
  int64_t fraction = (time_ns % NS_PER_S + NS_PER_S) % NS_PER_S;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc ((time_ns - fraction) / NS_PER_S);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autofree char *here = local ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : NULL;
  g_autofree char *there = utc ? g_date_time_format (utc, "%Y-%m-%d %H:%M:%S") : NULL;
  g_autofree char *zone = local ? g_date_time_format (local, "%Z") : NULL;

  if (!here || !there)
    add_row (table, name, "–");
  else if (g_str_equal (here, there))
    add_row (table, name, "%s.%09d UTC", there, (int) fraction);
  else
    add_row (table, name, "%s.%09d %s\n%s.%09d UTC", here, (int) fraction, zone, there, (int) fraction);
}

static void
add_times (LecPropertiesTable *table, LecDocument *document)
{
  const LecIndex *index = index_of (document);
  int64_t first_ns = atomic_load (&index->first_time_ns), last_ns = atomic_load (&index->last_time_ns);

  if (!lec_index_n_frames (index)) {
    g_string_append (table->remark, _ ("No frame was read, so there is no time."));
    return;
  }
  add_moment (table, _ ("First frame"), first_ns);
  add_moment (table, _ ("Last frame"), last_ns);
  /* TRANSLATORS: a time span in seconds */
  add_row (table, _ ("Duration"), _ ("%'.6f s"), (double) (last_ns - first_ns) / NS_PER_S);
}

static void
add_contents (LecPropertiesTable *table, LecDocument *document)
{
  static const char *const states[] = {
    [LEC_SESSION_LOADING] = N_ ("The trace is still being read: these numbers grow."),
    [LEC_SESSION_DONE] = "",
    [LEC_SESSION_CANCELLED] = N_ ("The reading was cancelled: this is what was read."),
  };
  const LecIndex *index = index_of (document);
  const char *state = states[lec_session_state (lec_document_session (document))];
  g_autofree char *bytes = g_format_size_full (atomic_load (&index->n_bytes), G_FORMAT_SIZE_LONG_FORMAT);
  unsigned n_verdicts = 0;

  add_row (table, _ ("Frames"), "%'u", lec_index_n_frames (index));
  add_row (table, _ ("Bytes on the wire"), "%s", bytes);
  add_row (table, _ ("Conversations"), "%'u", atomic_load (&index->n_conversations));
  add_row (table, _ ("Operations"), "%'u", atomic_load (&index->n_operations));
  for (unsigned kind = 0; kind < LEC_N_VERDICTS; kind++) {
    uint32_t n = atomic_load (&index->n_verdicts_of[kind]);

    if (n)
      add_row (table, lec_verdict_kind_label (kind), "%'u", n);
    n_verdicts += n;
  }
  if (!n_verdicts)
    add_row (table, _ ("Problems"), "%s", _ ("none found"));
  if (*state)
    g_string_append (table->remark, _ (state));
}

static void
add_count (LecPropertiesTable *table, int64_t count)
{
  g_autofree char *text = count < 0 ? NULL : lec_dup_text ("%'" G_GINT64_FORMAT, count);

  add_cell (table, text ? text : _ ("not told"));
}

static void
add_interface (LecPropertiesTable *table, const LecInterface *interface, uint32_t number)
{
  g_autofree char *numbers = interface->section > 1
                                 ? g_strdup_printf (_ ("%u of section %u"), interface->id, interface->section)
                                 : g_strdup_printf ("%u", number);
  g_autofree char *link_type = lec_link_type_dup_name (interface->link_type);
  g_autofree char *snap =
      interface->snap_bytes ? lec_dup_text (_ ("%'u bytes"), interface->snap_bytes) : g_strdup (_ ("none"));

  add_cell (table, numbers);
  add_cell (table, interface->name);
  add_cell (table, interface->description);
  add_cell (table, link_type);
  add_cell (table, snap);
  add_cell (table, interface->filter);
  add_count (table, interface->received_frames);
  add_count (table, interface->dropped_frames);
}

static void
add_interfaces (LecPropertiesTable *table, LecDocument *document)
{
  static const char *const headings[] = { N_ ("Number"), N_ ("Name"),           N_ ("Description"), N_ ("Link Type"),
                                          N_ ("Cut At"), N_ ("Capture Filter"), N_ ("Received"),    N_ ("Dropped") };
  const LecTrace *trace = index_of (document)->trace;
  uint32_t n_interfaces = lec_trace_n_interfaces (trace);

  if (!n_interfaces) {
    g_string_append (table->remark, _ ("The trace tells of no interface."));
    return;
  }
  table->n_columns = G_N_ELEMENTS (headings);
  table->has_heading = TRUE;
  for (unsigned i = 0; i < G_N_ELEMENTS (headings); i++)
    add_cell (table, _ (headings[i]));
  for (uint32_t i = 0; i < MIN (n_interfaces, MOST_INTERFACES); i++)
    add_interface (table, lec_trace_interface (trace, i), i);
  if (n_interfaces > MOST_INTERFACES)
    lec_append_text (table->remark, _ ("The first %'u of %'u interfaces."), MOST_INTERFACES, n_interfaces);
}

/* A text of the trace's own, with line breaks where it has them. */
static void
add_origin (LecPropertiesTable *table, LecDocument *document)
{
  g_autofree char *text = lec_trace_dup_description (index_of (document)->trace);

  if (!text) {
    g_string_append (table->remark, _ ("The trace has no comments, and does not say what wrote it."));
    return;
  }
  if (strlen (text) > MOST_DESCRIPTION_BYTES) {
    *g_utf8_find_prev_char (text, text + MOST_DESCRIPTION_BYTES) = '\0';
    g_string_append (table->remark, _ ("There is more; it is too long to be shown here."));
  }
  table->n_columns = 1;
  add_cell (table, text);
}

static void
add_name (const uint8_t *address, unsigned address_bytes, const char *name, void *data)
{
  LecPropertiesTable *table = data;
  char text[LEC_ADDRESS_TEXT];

  add_cell (table, lec_address_text (address, address_bytes, text));
  add_cell (table, name);
}

static void
add_names (LecPropertiesTable *table, LecDocument *document)
{
  uint32_t n_names;

  table->has_heading = TRUE;
  add_cell (table, _ ("Address"));
  add_cell (table, _ ("Name"));
  n_names = lec_trace_foreach_name (index_of (document)->trace, MOST_NAMES, add_name, table);
  if (!n_names) {
    g_ptr_array_set_size (table->cells, 0);
    g_string_append (table->remark, _ ("The trace has no table of names. Names in the list come from the DNS answers "
                                       "in it."));
  } else if (n_names > MOST_NAMES)
    lec_append_text (table->remark, _ ("The first %'u of %'u names."), MOST_NAMES, n_names);
  else
    lec_append_text (table->remark, ngettext ("%'u name.", "%'u names.", n_names), n_names);
}

static void
add_damage (LecPropertiesTable *table, LecDocument *document)
{
  const LecDamage *damage = lec_trace_damage (index_of (document)->trace);

  if (!damage) {
    g_string_append (table->remark, _ ("Nothing wrong was found."));
    return;
  }
  add_row (table, _ ("At byte"), "%'" G_GUINT64_FORMAT, damage->offset);
  add_row (table, _ ("What is wrong"), "%s", damage->message);
}

static const struct {
  const char *title;
  void (*add) (LecPropertiesTable *table, LecDocument *document);
} parts[LEC_N_PROPERTIES] = {
  [LEC_PROPERTIES_FILE] = { N_ ("File"), add_file },
  [LEC_PROPERTIES_TIME] = { N_ ("Time"), add_times },
  [LEC_PROPERTIES_CONTENTS] = { N_ ("Contents"), add_contents },
  [LEC_PROPERTIES_DAMAGE] = { N_ ("Damage"), add_damage },
  [LEC_PROPERTIES_INTERFACES] = { N_ ("Interfaces"), add_interfaces },
  [LEC_PROPERTIES_ORIGIN] = { N_ ("Comments and Origin"), add_origin },
  [LEC_PROPERTIES_NAMES] = { N_ ("Names of Addresses"), add_names },
};

const char *
lec_properties_title (LecPropertiesPart part)
{
  return _ (parts[part].title);
}

LecPropertiesTable *
lec_properties_table_new (LecDocument *document, LecPropertiesPart part)
{
  LecPropertiesTable *table = g_new0 (LecPropertiesTable, 1);

  table->n_columns = 2;
  table->cells = g_ptr_array_new_with_free_func (g_free);
  table->remark = g_string_new (NULL);
  parts[part].add (table, document);
  return table;
}

void
lec_properties_table_free (LecPropertiesTable *table)
{
  g_ptr_array_unref (table->cells);
  g_string_free (table->remark, TRUE);
  g_free (table);
}

gboolean
lec_properties_table_equal (const LecPropertiesTable *table, const LecPropertiesTable *other)
{
  if (table->n_columns != other->n_columns || table->cells->len != other->cells->len ||
      !g_string_equal (table->remark, other->remark))
    return FALSE;
  for (unsigned i = 0; i < table->cells->len; i++)
    if (!g_str_equal (table->cells->pdata[i], other->cells->pdata[i]))
      return FALSE;
  return TRUE;
}

void
lec_properties_table_append (const LecPropertiesTable *table, GString *text)
{
  for (unsigned i = 0; i < table->cells->len; i++)
    g_string_append_printf (text, "%s%c", (const char *) table->cells->pdata[i],
                            (i + 1) % table->n_columns ? '\t' : '\n');
  if (table->remark->len)
    g_string_append_printf (text, "%s\n", table->remark->str);
}
