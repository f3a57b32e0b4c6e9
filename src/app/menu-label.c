#include "app/menu-label.h"

#define MOST_CHARS 48

char *
lec_menu_title_dup (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MOST_CHARS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MOST_CHARS);
  return g_strconcat (start, "…", NULL);
}

char *
lec_menu_label_dup (const char *text)
{
  g_autofree char *title = lec_menu_title_dup (text);
  g_autoptr (GString) label = g_string_new (title);

  g_string_replace (label, "_", "__", 0);
  return g_string_free (g_steal_pointer (&label), FALSE);
}
