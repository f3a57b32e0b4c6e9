#include "app/filter-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _LecFilterRow {
  GtkListBoxRow parent;
  LecNamedFilter *filter;
  char *heading;
  char *folded; /* all that is searched */
};

G_DEFINE_FINAL_TYPE (LecFilterRow, lec_filter_row, GTK_TYPE_LIST_BOX_ROW)

const LecNamedFilter *
lec_filter_row_filter (LecFilterRow *self)
{
  return self->filter;
}

const char *
lec_filter_row_heading (LecFilterRow *self)
{
  return self->heading;
}

gboolean
lec_filter_row_has_words (LecFilterRow *self, char **words)
{
  for (; *words != NULL; words++)
    if (strstr (self->folded, *words) == NULL)
      return FALSE;
  return TRUE;
}

static GtkWidget *
new_label (const char *text, PangoWrapMode wrap, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), wrap);
  gtk_widget_add_css_class (label, class);
  return label;
}

static void
lec_filter_row_finalize (GObject *object)
{
  LecFilterRow *self = LEC_FILTER_ROW (object);

  lec_named_filter_free (self->filter);
  g_free (self->heading);
  g_free (self->folded);
  G_OBJECT_CLASS (lec_filter_row_parent_class)->finalize (object);
}

static void
lec_filter_row_class_init (LecFilterRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_filter_row_finalize;
}

static void
lec_filter_row_init (LecFilterRow *self)
{
}

static GtkWidget *
new_content (const LecNamedFilter *filter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  if (*filter->name != '\0')
    gtk_box_append (GTK_BOX (box), new_label (filter->name, PANGO_WRAP_WORD_CHAR, "name"));
  if (*filter->description != '\0')
    gtk_box_append (GTK_BOX (box), new_label (filter->description, PANGO_WRAP_WORD_CHAR, "dim-label"));
  gtk_box_append (GTK_BOX (box), new_label (filter->expression, PANGO_WRAP_WORD_CHAR, "expression"));
  return box;
}

GtkWidget *
lec_filter_row_new (const LecNamedFilter *filter, const char *heading)
{
  LecFilterRow *self = g_object_new (LEC_TYPE_FILTER_ROW, NULL);
  g_autofree char *all = g_strjoin ("\n", heading, filter->name, filter->description, filter->expression, NULL);
  g_autofree char *spoken = *filter->name != '\0' ? g_strdup_printf ("%s, %s", filter->name, filter->expression)
                                                  : g_strdup (filter->expression);

  self->filter = lec_named_filter_copy (filter);
  self->heading = g_strdup (heading);
  self->folded = g_utf8_casefold (all, -1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), new_content (filter));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, filter->description, -1);
  return GTK_WIDGET (self);
}
