#include "app/cut-text.h"

static const char *
text_of (GtkWidget *text)
{
  return GTK_IS_LABEL (text) ? gtk_label_get_text (GTK_LABEL (text))
                             : gtk_inscription_get_text (GTK_INSCRIPTION (text));
}

static gboolean
is_cut (GtkWidget *text)
{
  if (GTK_IS_LABEL (text))
    return pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (text)));
  /* An inscription keeps its layout to itself. */
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (text, text_of (text));
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (text);
}

static gboolean
query_tooltip (GtkWidget *text, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip, gpointer data)
{
  if (text_of (text) == NULL || !is_cut (text))
    return FALSE;
  gtk_tooltip_set_text (tooltip, text_of (text));
  return TRUE;
}

void
lec_cut_text_explain (GtkWidget *text)
{
  gtk_widget_set_has_tooltip (text, TRUE);
  g_signal_connect (text, "query-tooltip", G_CALLBACK (query_tooltip), NULL);
}
