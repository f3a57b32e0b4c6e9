#include "app/pane-parts.h"

/* Characters; wider than any screen. */
#define SHORT_TEXT 400

char *
lec_pane_dup_short (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *end = valid;
  for (unsigned n = 0; n < SHORT_TEXT && *end != '\0'; n++)
    end = g_utf8_next_char (end);
  if (*end == '\0')
    return g_steal_pointer (&valid);
  g_autofree char *start = g_strndup (valid, (gsize) (end - valid));
  return g_strconcat (start, "…", NULL);
}

static GtkWidget *
new_wrapping_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

static GtkWidget *
new_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  return scroller;
}

GtkWidget *
lec_pane_empty_new (const char *text, GtkWidget **label)
{
  GtkWidget *words = new_wrapping_label (text);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (words, "empty-state");
  if (label != NULL)
    *label = words;
  return new_scroller (words);
}

GtkWidget *
lec_decoration_new (const char *icon)
{
  return g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", icon, NULL);
}
