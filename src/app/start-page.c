#include "app/start-page.h"

#include <glib/gi18n-lib.h>

#include "app/mnemonic.h"
#include "app/paths.h"

#define MOST_RECENT 6

struct _LecStartPage {
  GtkWidget parent;
  GtkWidget *scroller;
  GtkWidget *recent_section;
  GtkListBox *recent;
  GtkWidget *samples_section;
  GtkListBox *samples;
};

G_DEFINE_FINAL_TYPE (LecStartPage, lec_start_page, GTK_TYPE_WIDGET)

static void
add_label (GtkBox *box, const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class)
    gtk_widget_add_css_class (label, class);
  gtk_box_append (box, label);
}

/* A row that opens URI. */
static void
add_row (GtkListBox *list, const char *title, const char *sentence, const char *uri)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  add_label (GTK_BOX (box), title, "heading");
  add_label (GTK_BOX (box), sentence, "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-uri");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  gtk_list_box_append (list, row);
}

/* samples.ini: a group for each trace, named as its file, with a title and a sentence. */
static void
fill_samples (LecStartPage *self)
{
  g_autofree char *path = lec_paths_dup_data ("samples/samples.ini");
  g_autoptr (GKeyFile) key_file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (key_file, path, G_KEY_FILE_KEEP_TRANSLATIONS, NULL))
    return;
  groups = g_key_file_get_groups (key_file, NULL);
  for (unsigned i = 0; groups[i]; i++) {
    g_autofree char *title = g_key_file_get_locale_string (key_file, groups[i], "Title", NULL, NULL);
    g_autofree char *sentence = g_key_file_get_locale_string (key_file, groups[i], "Sentence", NULL, NULL);
    g_autofree char *name = g_build_filename ("samples", groups[i], NULL);
    g_autofree char *sample_path = lec_paths_dup_data (name);
    g_autofree char *uri = g_filename_to_uri (sample_path, NULL, NULL);

    if (title && sentence && uri && g_file_test (sample_path, G_FILE_TEST_IS_REGULAR))
      add_row (self->samples, title, sentence, uri);
  }
  gtk_widget_set_visible (self->samples_section, gtk_list_box_get_row_at_index (self->samples, 0) != NULL);
}

static gboolean
is_sample (const char *uri)
{
  g_autofree char *path = g_filename_from_uri (uri, NULL, NULL);
  g_autofree char *samples = lec_paths_dup_data ("samples");

  return path && g_str_has_prefix (path, samples);
}

static void
fill_recent (LecStartPage *self)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GtkListBoxRow *row;
  guint n_items = 0;

  while ((row = gtk_list_box_get_row_at_index (self->recent, 0)))
    gtk_list_box_remove (self->recent, GTK_WIDGET (row));
  for (GList *link = items; link && n_items < MOST_RECENT; link = link->next) {
    const char *uri = gtk_recent_info_get_uri (link->data);
    g_autofree char *directory = NULL;
    g_autofree char *place = gtk_recent_info_get_uri_display (link->data);

    if (!gtk_recent_info_has_application (link->data, g_get_application_name ()) || is_sample (uri) ||
        !gtk_recent_info_exists (link->data))
      continue;
    directory = place ? g_path_get_dirname (place) : g_strdup (uri);
    add_row (self->recent, gtk_recent_info_get_display_name (link->data), directory, uri);
    n_items++;
  }
  gtk_widget_set_visible (self->recent_section, n_items > 0);
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

static void
lec_start_page_dispose (GObject *object)
{
  g_clear_pointer (&LEC_START_PAGE (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_start_page_parent_class)->dispose (object);
}

static void
lec_start_page_class_init (LecStartPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_start_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LecStartPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LecStartPage, recent_section);
  gtk_widget_class_bind_template_child (widget_class, LecStartPage, recent);
  gtk_widget_class_bind_template_child (widget_class, LecStartPage, samples_section);
  gtk_widget_class_bind_template_child (widget_class, LecStartPage, samples);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lec_start_page_init (LecStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lec_mnemonic_name_all (GTK_WIDGET (self));
  fill_samples (self);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (fill_recent), self,
                           G_CONNECT_SWAPPED);
  fill_recent (self);
}
