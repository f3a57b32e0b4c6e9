/* Terms that stand for what somebody points at. */
#include "filter/filter.h"

#include <string.h>

/* Quoted so that the parser reads the same bytes again. */
static char *
quote (LecBytes bytes)
{
  g_autoptr (GString) text = g_string_new ("\"");

  for (uint32_t i = 0; i < bytes.length; i++) {
    uint8_t byte = bytes.data[i];

    if (byte == '"' || byte == '\\')
      g_string_append_printf (text, "\\%c", byte);
    else if (byte < 0x20 || byte == 0x7f)
      g_string_append_printf (text, "\\x%02x", byte);
    else
      g_string_append_c (text, (char) byte);
  }
  g_string_append_c (text, '"');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
bytes_text (LecBytes bytes)
{
  g_autoptr (GString) text = g_string_new ("$[");

  for (uint32_t i = 0; i < bytes.length; i++)
    g_string_append_printf (text, "%02x", bytes.data[i]);
  g_string_append_c (text, ']');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
seconds_text (int64_t ns)
{
  uint64_t magnitude = ns < 0 ? -(uint64_t) ns : (uint64_t) ns;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%09u", ns < 0 ? "-" : "", magnitude / 1000000000,
                          (unsigned) (magnitude % 1000000000));
}

char *
lec_filter_dup_term (const LecField *field, const LecValue *value)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) plain = NULL;

  switch (field->type) {
  case LEC_TYPE_NONE:
  case LEC_TYPE_PROTOCOL:
    return g_strdup (field->name);
  case LEC_TYPE_BOOLEAN:
    text = g_strdup (value->number != 0 ? "true" : "false");
    break;
  case LEC_TYPE_STRING:
    text = g_utf8_validate ((const char *) value->bytes.data, value->bytes.length, NULL) ? quote (value->bytes)
                                                                                         : bytes_text (value->bytes);
    break;
  case LEC_TYPE_BYTES:
    text = bytes_text (value->bytes);
    break;
  case LEC_TYPE_TIME:
  case LEC_TYPE_DURATION:
    text = seconds_text ((int64_t) value->number);
    break;
  default:
    plain = g_string_new (NULL);
    lec_value_append (plain, field, value, FALSE);
    text = g_strdup (plain->str);
  }
  if (*text == '\0')
    return NULL;
  return g_strdup_printf ("%s == %s", field->name, text);
}
