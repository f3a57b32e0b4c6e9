#include "base/json.h"

#include <math.h>
#include <string.h>

static void
begin_value (LecJson *json, const char *key)
{
  if (json->has_value)
    g_string_append_c (json->text, ',');
  json->has_value = TRUE;
  if (key)
    g_string_append_printf (json->text, "\"%s\":", key);
}

static void
open_bracket (LecJson *json, const char *key, char bracket)
{
  begin_value (json, key);
  g_string_append_c (json->text, bracket);
  json->has_value = FALSE;
}

static void
close_bracket (LecJson *json, char bracket)
{
  g_string_append_c (json->text, bracket);
  json->has_value = TRUE;
}

void
lec_json_open_object (LecJson *json, const char *key)
{
  open_bracket (json, key, '{');
}

void
lec_json_close_object (LecJson *json)
{
  close_bracket (json, '}');
}

void
lec_json_open_array (LecJson *json, const char *key)
{
  open_bracket (json, key, '[');
}

void
lec_json_close_array (LecJson *json)
{
  close_bracket (json, ']');
}

/* RFC 8259 §7: quotation mark, reverse solidus and controls must be escaped. DEL and C1 need not, but would upset a
 * terminal. */
static void
append_escaped (GString *text, gunichar character)
{
  switch (character) {
  case '"':
  case '\\':
    g_string_append_c (text, '\\');
    g_string_append_c (text, (char) character);
    break;
  case '\n':
    g_string_append (text, "\\n");
    break;
  case '\r':
    g_string_append (text, "\\r");
    break;
  case '\t':
    g_string_append (text, "\\t");
    break;
  default:
    if (character < 0x20 || (character >= 0x7f && character < 0xa0))
      g_string_append_printf (text, "\\u%04x", character);
    else
      g_string_append_unichar (text, character);
  }
}

static void
append_string (GString *text, const char *value, gsize length)
{
  const char *end = value + length;

  g_string_append_c (text, '"');
  while (value < end) {
    gunichar character = *value ? g_utf8_get_char_validated (value, end - value) : 0;

    if (character == (gunichar) -1 || character == (gunichar) -2) {
      g_string_append_unichar (text, 0xfffd);
      value++;
      continue;
    }
    append_escaped (text, character);
    value += g_unichar_to_utf8 (character, NULL);
  }
  g_string_append_c (text, '"');
}

void
lec_json_add_string (LecJson *json, const char *key, const char *value, gssize length)
{
  if (!value) {
    lec_json_add_null (json, key);
    return;
  }
  begin_value (json, key);
  append_string (json->text, value, length < 0 ? strlen (value) : (gsize) length);
}

void
lec_json_add_uint (LecJson *json, const char *key, uint64_t value)
{
  begin_value (json, key);
  g_string_append_printf (json->text, "%" G_GUINT64_FORMAT, value);
}

void
lec_json_add_int (LecJson *json, const char *key, int64_t value)
{
  begin_value (json, key);
  g_string_append_printf (json->text, "%" G_GINT64_FORMAT, value);
}

void
lec_json_add_real (LecJson *json, const char *key, double value, unsigned decimals)
{
  char format[8];
  char number[64];

  if (!isfinite (value)) {
    lec_json_add_null (json, key);
    return;
  }
  begin_value (json, key);
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 9));
  g_string_append (json->text, g_ascii_formatd (number, sizeof number, format, value));
}

void
lec_json_add_boolean (LecJson *json, const char *key, gboolean value)
{
  begin_value (json, key);
  g_string_append (json->text, value ? "true" : "false");
}

void
lec_json_add_null (LecJson *json, const char *key)
{
  begin_value (json, key);
  g_string_append (json->text, "null");
}
