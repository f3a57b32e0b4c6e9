#include "app/filter-editor.h"

#include "app/mnemonic.h"
#include "filter/filter.h"

#include <glib/gi18n-lib.h>

struct _LecFilterEditor {
  GtkWindow parent;
  GtkEntry *name;
  GtkComboBoxText *category;
  GtkTextView *description;
  GtkEntry *expression;
  GtkLabel *problem;
  GtkWidget *save_button;
  LecFilterLibrary *library;
  LecRegistry *registry;
  char *id; /* of the own filter that is edited; NULL = it becomes a new one */
};

G_DEFINE_FINAL_TYPE (LecFilterEditor, lec_filter_editor, GTK_TYPE_WINDOW)

/* What is in the form. */
static LecNamedFilter *
dup_filter (LecFilterEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->description);
  GtkTextIter start, end;
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autofree char *expression = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->expression))));
  g_autofree char *category = gtk_combo_box_text_get_active_text (self->category);
  g_autofree char *description = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  description = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return lec_named_filter_new (name, lec_filter_library_category_of_label (self->library, g_strstrip (category)),
                               g_strstrip (description), expression);
}

static gboolean
is_taken (LecFilterEditor *self, const LecNamedFilter *filter)
{
  for (unsigned i = 0; i < lec_filter_library_n_filters (self->library); i++) {
    const LecNamedFilter *other = lec_filter_library_get (self->library, i);

    if (g_str_equal (other->name, filter->name) && g_str_equal (other->category, filter->category) &&
        !(other->own && g_strcmp0 (other->id, self->id) == 0))
      return TRUE;
  }
  return FALSE;
}

/* Translated, or NULL: it can be saved. */
static char *
dup_problem (LecFilterEditor *self, const LecNamedFilter *filter)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) compiled = NULL;
  char *text;

  if (*filter->name == '\0')
    return g_strdup (_ ("The filter needs a name."));
  if (is_taken (self, filter))
    return g_strdup (_ ("There is a filter of this name in this category already."));
  if (*filter->expression == '\0')
    return g_strdup (_ ("An empty filter passes everything; there is nothing to keep."));
  compiled = lec_filter_new (self->registry, filter->expression, &problem);
  if (compiled != NULL)
    return NULL;
  text = g_strdup_printf (_ ("At character %u: %s"), problem.position + 1, problem.message ? problem.message : "");
  lec_filter_problem_clear (&problem);
  return text;
}

static void
tell (LecFilterEditor *self, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* Half a name is no mistake, and is called none; saving says what is missing. */
static void
typed (LecFilterEditor *self)
{
  tell (self, NULL);
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LecFilterEditor *self = LEC_FILTER_EDITOR (widget);
  g_autoptr (LecNamedFilter) filter = dup_filter (self);
  g_autofree char *problem = dup_problem (self, filter), *text = NULL;
  g_autoptr (GError) error = NULL;

  if (problem != NULL) {
    tell (self, problem);
    return;
  }
  if (lec_filter_library_set (self->library, self->id, g_steal_pointer (&filter), &error)) {
    gtk_window_close (GTK_WINDOW (self));
    return;
  }
  text = g_strdup_printf (_ ("The filter could not be kept: %s"), error->message);
  tell (self, text);
}

static void
lec_filter_editor_dispose (GObject *object)
{
  LecFilterEditor *self = LEC_FILTER_EDITOR (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->registry, lec_registry_free);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (lec_filter_editor_parent_class)->dispose (object);
}

static void
lec_filter_editor_class_init (LecFilterEditorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_filter_editor_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/filter-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LecFilterEditor, name);
  gtk_widget_class_bind_template_child (widget_class, LecFilterEditor, category);
  gtk_widget_class_bind_template_child (widget_class, LecFilterEditor, description);
  gtk_widget_class_bind_template_child (widget_class, LecFilterEditor, expression);
  gtk_widget_class_bind_template_child (widget_class, LecFilterEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, LecFilterEditor, save_button);
  gtk_widget_class_bind_template_callback (widget_class, typed);
  gtk_widget_class_install_action (widget_class, "filter-editor.save", NULL, save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lec_filter_editor_init (LecFilterEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lec_mnemonic_name_all (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->save_button);
  self->registry = lec_registry_new ();
}

static void
fill (LecFilterEditor *self, const LecNamedFilter *filter)
{
  g_auto (GStrv) categories = lec_filter_library_dup_categories (self->library);
  const char *none = lec_filter_library_category_label (self->library, "");
  GtkWidget *entry = gtk_combo_box_get_child (GTK_COMBO_BOX (self->category));

  gtk_combo_box_text_append_text (self->category, none);
  for (char **category = categories; *category != NULL; category++)
    if (**category != '\0')
      gtk_combo_box_text_append_text (self->category, lec_filter_library_category_label (self->library, *category));
  gtk_editable_set_text (GTK_EDITABLE (entry), lec_filter_library_category_label (self->library, filter->category));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Category"), -1);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed), self);
  gtk_editable_set_text (GTK_EDITABLE (self->name), filter->name);
  gtk_editable_set_text (GTK_EDITABLE (self->expression), filter->expression);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->description), filter->description, -1);
}

GtkWidget *
lec_filter_editor_new (GtkWindow *parent, LecFilterLibrary *library, const LecNamedFilter *filter)
{
  LecFilterEditor *self =
      g_object_new (LEC_TYPE_FILTER_EDITOR, "transient-for", parent, "destroy-with-parent", TRUE, "modal", TRUE,
                    "title", filter->own ? _ ("Edit Filter") : _ ("Save Filter"), NULL);

  self->library = g_object_ref (library);
  self->id = filter->own ? g_strdup (filter->id) : NULL;
  fill (self, filter);
  tell (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  return GTK_WIDGET (self);
}
