#include "cli/table.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

#define FLUSH_BYTES (256 * 1024)

/* Rows gather in `out` and leave it in large writes: a write a row would cost more than the row. */
struct LecTable {
  LecFormat format;
  const LecTableColumn *columns;
  unsigned n_columns;
  unsigned column;  /* the next cell's */
  unsigned n_shown; /* cells of this row that text has shown */
  int owed;         /* spaces due before the next cell, left off at the end of a line */
  GString *out;
  LecJson json;
};

LecTable *
lec_table_new (LecFormat format, const LecTableColumn *columns, unsigned n_columns)
{
  LecTable *table = g_new0 (LecTable, 1);

  table->format = format;
  table->columns = columns;
  table->n_columns = n_columns;
  table->out = g_string_sized_new (FLUSH_BYTES + 4096);
  table->json = lec_json (table->out);
  return table;
}

static void
flush (LecTable *table)
{
  fwrite (table->out->str, 1, table->out->len, stdout);
  g_string_truncate (table->out, 0);
}

void
lec_table_free (LecTable *table)
{
  flush (table);
  fflush (stdout);
  g_string_free (table->out, TRUE);
  g_free (table);
}

LecFormat
lec_table_format (const LecTable *table)
{
  return table->format;
}

/* The key of the cell that comes, and the row's opening before the first. */
static const char *
begin_json (LecTable *table)
{
  if (table->column == 0) {
    table->json.has_value = FALSE;
    lec_json_open_object (&table->json, NULL);
  }
  g_assert (table->column < table->n_columns);
  return table->columns[table->column++].key;
}

/* A cell must not break its line or, in TSV, its column: those controls are written as in C, as tshark writes them. */
static void
append_plain (LecTable *table, const char *text, gsize length)
{
  static const char controls[] = "\a\b\t\n\v\f\r", letters[] = "abtnvfr";
  const char *end = text + length;

  while (text < end) {
    const char *stop = text;

    while (stop < end && (guchar) *stop >= 0x20)
      stop++;
    g_string_append_len (table->out, text, stop - text);
    text = stop;
    if (stop < end) {
      const char *control = *stop ? strchr (controls, *stop) : NULL;

      if (control) {
        g_string_append_c (table->out, '\\');
        g_string_append_c (table->out, letters[control - controls]);
      } else {
        g_string_append_printf (table->out, "\\x%02x", (guchar) *stop);
      }
      text++;
    }
  }
}

static void
append_spaces (GString *out, int n)
{
  while (n-- > 0)
    g_string_append_c (out, ' ');
}

static void
append_cell (LecTable *table, const char *text, gsize length)
{
  const LecTableColumn *column = &table->columns[table->column];
  gsize start;
  int width;

  g_assert (table->column < table->n_columns);
  if (table->format == LEC_FORMAT_TSV) {
    if (table->column++ > 0)
      g_string_append_c (table->out, '\t');
    append_plain (table, text, length);
    return;
  }
  table->column++;
  if (column->width == 0)
    return;
  append_spaces (table->out, table->owed);
  if (table->n_shown++ > 0)
    append_spaces (table->out, 2);
  start = table->out->len;
  append_plain (table, text, length);
  width = (int) g_utf8_strlen (table->out->str + start, -1);
  table->owed = MAX (0, column->width - width);
  if (column->width < 0 && width < -column->width) {
    char pad[64];
    int n_spaces = MIN (-column->width - width, (int) sizeof pad);

    memset (pad, ' ', n_spaces);
    g_string_insert_len (table->out, start, pad, n_spaces);
  }
}

void
lec_table_add_text (LecTable *table, const char *text)
{
  if (table->format == LEC_FORMAT_JSON) {
    const char *key = begin_json (table);

    lec_json_add_string (&table->json, key, text, -1);
  } else {
    append_cell (table, text ? text : "", text ? strlen (text) : 0);
  }
}

void
lec_table_add_number (LecTable *table, uint64_t number)
{
  if (table->format == LEC_FORMAT_JSON) {
    const char *key = begin_json (table);

    lec_json_add_uint (&table->json, key, number);
  } else {
    char text[24];

    append_cell (table, text, g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, number));
  }
}

void
lec_table_add_frame (LecTable *table, uint32_t frame)
{
  if (frame)
    lec_table_add_number (table, frame);
  else
    lec_table_add_none (table);
}

void
lec_table_add_seconds (LecTable *table, int64_t time_ns)
{
  if (table->format == LEC_FORMAT_JSON) {
    const char *key = begin_json (table);

    lec_json_add_real (&table->json, key, (double) time_ns / 1e9, 9);
  } else {
    uint64_t magnitude = time_ns < 0 ? -(uint64_t) time_ns : (uint64_t) time_ns;
    char text[32];

    append_cell (table, text,
                 g_snprintf (text, sizeof text, "%s%" G_GUINT64_FORMAT ".%09" G_GUINT64_FORMAT, time_ns < 0 ? "-" : "",
                             magnitude / 1000000000, magnitude % 1000000000));
  }
}

void
lec_table_add_real (LecTable *table, double value, unsigned digits)
{
  if (table->format == LEC_FORMAT_JSON) {
    const char *key = begin_json (table);

    lec_json_add_real (&table->json, key, value, (int) digits);
  } else {
    char text[G_ASCII_DTOSTR_BUF_SIZE], format[8];

    g_snprintf (format, sizeof format, "%%.%uf", MIN (digits, 17));
    g_ascii_formatd (text, sizeof text, format, value);
    append_cell (table, text, strlen (text));
  }
}

void
lec_table_add_boolean (LecTable *table, gboolean value)
{
  if (table->format == LEC_FORMAT_JSON) {
    const char *key = begin_json (table);

    lec_json_add_boolean (&table->json, key, value);
  } else {
    append_cell (table, value ? "1" : "0", 1);
  }
}

void
lec_table_add_none (LecTable *table)
{
  lec_table_add_text (table, NULL);
}

void
lec_table_add_texts (LecTable *table, const char *texts, const uint32_t *ends, unsigned n_texts)
{
  uint32_t start = 0;

  if (table->format == LEC_FORMAT_JSON) {
    lec_json_open_array (&table->json, begin_json (table));
    for (unsigned i = 0; i < n_texts; start = ends[i++])
      lec_json_add_string (&table->json, NULL, texts + start, ends[i] - start);
    lec_json_close_array (&table->json);
    return;
  }
  append_cell (table, texts, n_texts > 0 ? ends[0] : 0);
  for (unsigned i = 1; i < n_texts; i++) {
    g_string_append_c (table->out, ',');
    append_plain (table, texts + ends[i - 1], ends[i] - ends[i - 1]);
  }
}

void
lec_table_add_texts_of_frames (LecTable *table, const char *const *texts, const uint32_t *frames, unsigned n_texts)
{
  g_autoptr (GString) joined = NULL;

  if (table->format == LEC_FORMAT_JSON) {
    lec_json_open_array (&table->json, begin_json (table));
    for (unsigned i = 0; i < n_texts; i++) {
      lec_json_open_object (&table->json, NULL);
      lec_json_add_string (&table->json, "text", texts[i], -1);
      if (frames[i])
        lec_json_add_uint (&table->json, "frame", frames[i]);
      else
        lec_json_add_null (&table->json, "frame");
      lec_json_close_object (&table->json);
    }
    lec_json_close_array (&table->json);
    return;
  }
  joined = g_string_new (NULL);
  for (unsigned i = 0; i < n_texts; i++)
    g_string_append_printf (joined, "%s%s", i ? " " : "", texts[i]);
  append_cell (table, joined->str, joined->len);
}

void
lec_table_end_row (LecTable *table)
{
  g_assert (table->column == table->n_columns);
  if (table->format == LEC_FORMAT_JSON)
    lec_json_close_object (&table->json);
  g_string_append_c (table->out, '\n');
  table->column = table->n_shown = 0;
  table->owed = 0;
  if (table->out->len >= FLUSH_BYTES)
    flush (table);
}
