#include "app/menu-label.h"

#define MOST_CHARS 48

char *
lec_menu_label_dup (const char *text)
{
  gboolean is_long = g_utf8_strlen (text, -1) > MOST_CHARS;
  g_autofree char *start = is_long ? g_utf8_substring (text, 0, MOST_CHARS) : g_strdup (text);
  g_autoptr (GString) label = g_string_new (start);

  g_string_replace (label, "_", "__", 0);
  if (is_long)
    g_string_append (label, "…");
  return g_string_free (g_steal_pointer (&label), FALSE);
}
