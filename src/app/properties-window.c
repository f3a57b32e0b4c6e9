#include "app/properties-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/mnemonic.h"
#include "app/side-scroller.h"
#include "app/trace-properties.h"

/* In a table with a heading, longer texts break. */
#define WIDEST_CELL_CHARS 32

/* One part on screen: made anew only where what it says has changed, so that a selection in it lasts. */
typedef struct {
  LecPropertiesTable *table; /* NULL = not shown yet */
  GtkWidget *content;        /* GtkBox below the title */
} Part;

struct _LecPropertiesWindow {
  GtkWindow parent;
  GtkBox *box;
  GtkWidget *copy_button;
  LecDocument *document; /* or NULL */
  GtkSizeGroup *names;   /* of the tables without a heading */
  Part parts[LEC_N_PROPERTIES];
};

G_DEFINE_FINAL_TYPE (LecPropertiesWindow, lec_properties_window, GTK_TYPE_WINDOW)

enum { PROP_DOCUMENT = 1, N_OBJECT_PROPERTIES };
static GParamSpec *properties[N_OBJECT_PROPERTIES];

/* Showing. */

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_value (const char *text)
{
  GtkWidget *label = new_label (text, "value");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* What the cell is the value of. */
static const char *
name_of_cell (const LecPropertiesTable *table, unsigned i)
{
  if (table->has_heading)
    return table->cells->pdata[i % table->n_columns];
  return table->n_columns == 2 ? table->cells->pdata[i - 1] : NULL;
}

static GtkWidget *
new_cell (const LecPropertiesTable *table, unsigned i, GtkSizeGroup *names)
{
  const char *text = table->cells->pdata[i];
  gboolean is_heading = table->has_heading ? i < table->n_columns : table->n_columns == 2 && i % 2 == 0;
  const char *name = is_heading ? NULL : name_of_cell (table, i);
  GtkWidget *label = is_heading ? new_label (text, "dim-label") : new_value (text);

  if (is_heading && !table->has_heading)
    gtk_size_group_add_widget (names, label);
  if (name) {
    g_autofree char *whole = g_strdup_printf ("%s: %s", name, text);

    gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  }
  if (table->has_heading) {
    /* A wide table scrolls: only long texts break, and not into columns of single words. */
    gtk_label_set_wrap (GTK_LABEL (label), g_utf8_strlen (text, -1) > WIDEST_CELL_CHARS);
    if (gtk_label_get_wrap (GTK_LABEL (label)))
      gtk_label_set_width_chars (GTK_LABEL (label), WIDEST_CELL_CHARS);
    gtk_label_set_max_width_chars (GTK_LABEL (label), WIDEST_CELL_CHARS);
    gtk_widget_set_hexpand (label, FALSE);
  }
  return label;
}

/* NAMES makes the names of all tables as wide as the widest: values stand in one line down the window. */
static GtkWidget *
new_grid (const LecPropertiesTable *table, GtkSizeGroup *names)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_add_css_class (grid, "properties");
  for (unsigned i = 0; i < table->cells->len; i++)
    gtk_grid_attach (GTK_GRID (grid), new_cell (table, i, names), (int) (i % table->n_columns),
                     (int) (i / table->n_columns), 1, 1);
  if (!table->has_heading)
    return grid;
  return lec_side_scroller_new (grid);
}

static void
show_part (LecPropertiesWindow *self, LecPropertiesPart which)
{
  Part *part = &self->parts[which];
  g_autoptr (LecPropertiesTable) table = lec_properties_table_new (self->document, which);
  GtkWidget *child;

  if (part->table && lec_properties_table_equal (part->table, table))
    return;
  while ((child = gtk_widget_get_first_child (part->content)))
    gtk_box_remove (GTK_BOX (part->content), child);
  if (table->cells->len)
    gtk_box_append (GTK_BOX (part->content), new_grid (table, self->names));
  if (table->remark->len)
    gtk_box_append (GTK_BOX (part->content), new_label (table->remark->str, "dim-label"));
  g_clear_pointer (&part->table, lec_properties_table_free);
  part->table = g_steal_pointer (&table);
}

static void
show_all (LecPropertiesWindow *self)
{
  for (unsigned i = 0; self->document && i < LEC_N_PROPERTIES; i++)
    show_part (self, i);
}

static void
add_parts (LecPropertiesWindow *self)
{
  for (unsigned i = 0; i < LEC_N_PROPERTIES; i++) {
    const char *title = lec_properties_title (i);
    GtkWidget *group = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                                     "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
    GtkWidget *heading = new_label (title, "heading");

    self->parts[i].content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
    gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    gtk_box_append (GTK_BOX (group), heading);
    gtk_box_append (GTK_BOX (group), self->parts[i].content);
    gtk_box_append (self->box, group);
  }
}

/* Copying. */

char *
lec_properties_window_dup_text (LecPropertiesWindow *self)
{
  GString *text = g_string_new (NULL);

  for (unsigned i = 0; i < LEC_N_PROPERTIES; i++) {
    if (!self->parts[i].table)
      continue;
    g_string_append_printf (text, "%s%s\n", text->len ? "\n" : "", lec_properties_title (i));
    lec_properties_table_append (self->parts[i].table, text);
  }
  return g_string_free (text, FALSE);
}

static void
copy_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = lec_properties_window_dup_text (LEC_PROPERTIES_WINDOW (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/* The document. */

static void
set_document (LecPropertiesWindow *self, LecDocument *document)
{
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (!document)
    return;
  g_signal_connect_swapped (document, "changed", G_CALLBACK (show_all), self);
  show_all (self);
}

static void
lec_properties_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DOCUMENT)
    set_document (LEC_PROPERTIES_WINDOW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lec_properties_window_dispose (GObject *object)
{
  LecPropertiesWindow *self = LEC_PROPERTIES_WINDOW (object);

  set_document (self, NULL);
  g_clear_object (&self->names);
  for (unsigned i = 0; i < LEC_N_PROPERTIES; i++)
    g_clear_pointer (&self->parts[i].table, lec_properties_table_free);
  G_OBJECT_CLASS (lec_properties_window_parent_class)->dispose (object);
}

static void
lec_properties_window_class_init (LecPropertiesWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->set_property = lec_properties_window_set_property;
  G_OBJECT_CLASS (class)->dispose = lec_properties_window_dispose;
  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, LEC_TYPE_DOCUMENT, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_OBJECT_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/properties-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LecPropertiesWindow, box);
  gtk_widget_class_bind_template_child (widget_class, LecPropertiesWindow, copy_button);
  gtk_widget_class_install_action (widget_class, "properties.copy-all", NULL, copy_all);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "properties.copy-all", NULL);
}

static void
lec_properties_window_init (LecPropertiesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lec_mnemonic_name_all (GTK_WIDGET (self));
  self->names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  add_parts (self);
  /* Else the first label would take the focus, and select all of itself. */
  gtk_window_set_focus (GTK_WINDOW (self), self->copy_button);
}

GtkWidget *
lec_properties_window_new (GtkWindow *parent)
{
  return g_object_new (LEC_TYPE_PROPERTIES_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
}
