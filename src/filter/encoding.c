#include "filter/encoding.h"

#include <string.h>

/* Message Analyzer's names. Those that are usual are what Windows and the web write. */
static const struct {
  const char *name;
  const char *charset; /* iconv's; NULL: as it is */
  gboolean base64;
  gboolean usual;
} encodings[] = {
  { "ASCII" },
  { "UTF7", "UTF-7" },
  { "UTF8", .usual = TRUE },
  { "Unicode", "UTF-16LE", .usual = TRUE },
  { "BigEndianUnicode", "UTF-16BE", .usual = TRUE },
  { "UTF32", "UTF-32LE" },
  { "Base64", .base64 = TRUE },
};

static gboolean
is_meant (unsigned i, const char *name)
{
  return g_str_equal (name, LEC_ENCODING_USUAL) ? encodings[i].usual
                                                : g_ascii_strcasecmp (encodings[i].name, name) == 0;
}

gboolean
lec_encoding_is_known (const char *name)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (is_meant (i, name))
      return TRUE;
  return FALSE;
}

static GBytes *
encode (unsigned i, LecBytes utf8)
{
  char *text = NULL;
  gsize bytes = 0;

  if (encodings[i].base64) {
    text = g_base64_encode (utf8.data, utf8.length);
    return g_bytes_new_take (text, strlen (text));
  }
  if (encodings[i].charset == NULL)
    return g_bytes_new (utf8.data, utf8.length);
  text = g_convert ((const char *) utf8.data, utf8.length, encodings[i].charset, "UTF-8", NULL, &bytes, NULL);
  return text != NULL ? g_bytes_new_take (text, bytes) : NULL;
}

void
lec_encoding_add (const char *name, LecBytes utf8, GPtrArray *encoded)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (encodings); i++) {
    GBytes *bytes = is_meant (i, name) ? encode (i, utf8) : NULL;

    if (bytes != NULL)
      g_ptr_array_add (encoded, bytes);
  }
}

char *
lec_encoding_dup_names (void)
{
  g_autoptr (GString) names = g_string_new (encodings[0].name);

  for (unsigned i = 1; i < G_N_ELEMENTS (encodings); i++)
    g_string_append_printf (names, ", %s", encodings[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}
