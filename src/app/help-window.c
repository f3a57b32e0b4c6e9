#include "app/help-window.h"

#include "app/help-page.h"

#include <glib/gi18n-lib.h>

struct _LecHelpWindow {
  GtkWindow parent;
  GtkDropDown *section;
  GtkStringList *sections; /* their headings */
  GtkStack *pages;         /* of the sections, in their order */
  GtkLabel *message;
};

G_DEFINE_FINAL_TYPE (LecHelpWindow, lec_help_window, GTK_TYPE_WINDOW)

/* Reading. */

/* The chapter in the first of the user's languages that it is written in; all are in English. */
static LecHelpPage *
read_chapter (const char *chapter)
{
  const char *const *languages = g_get_language_names ();
  g_autoptr (GBytes) bytes = NULL;

  for (unsigned i = 0; bytes == NULL && languages[i] != NULL; i++) {
    g_autofree char *path = g_strdup_printf ("/io/github/lectern/Lectern/help/%s.%s.txt", chapter, languages[i]);

    bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    if (g_str_has_prefix (languages[i], "en") || g_str_equal (languages[i], "C"))
      break;
  }
  if (bytes == NULL) {
    g_autofree char *path = g_strdup_printf ("/io/github/lectern/Lectern/help/%s.txt", chapter);

    bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  }
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : "";
  g_autofree char *text = g_strndup (data, length);
  return lec_help_page_new (text);
}

/* Trying. */

static gboolean
link_activated (LecHelpWindow *self, const char *uri, GtkLabel *label)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *expression = g_uri_unescape_string (uri, NULL);
  g_autofree char *text = NULL;
  gboolean tried = parent != NULL && expression != NULL &&
                   gtk_widget_activate_action (GTK_WIDGET (parent), "win.try-filter", "s", expression);
  GActionGroup *actions = G_ACTION_GROUP (parent);

  if (tried && g_action_group_get_action_enabled (actions, "try-filter"))
    text = g_strdup_printf (_ ("In the filter box: %s. Enter applies it."), expression);
  else
    text = g_strdup (_ ("Open a trace first: then a click puts the example into the filter box."));
  gtk_label_set_text (self->message, text);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  return TRUE;
}

/* Showing. */

static GtkWidget *
new_label (const char *markup, const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
new_expression (LecHelpWindow *self, const char *expression)
{
  g_autofree char *uri = g_uri_escape_string (expression, NULL, FALSE);
  g_autofree char *markup =
      g_markup_printf_escaped ("<span insert_hyphens=\"false\"><a href=\"%s\" title=\"%s\">%s</a></span>", uri,
                               _ ("Put into the filter box"), expression);
  GtkWidget *label = new_label (markup, "expression");

  g_signal_connect_swapped (label, "activate-link", G_CALLBACK (link_activated), self);
  return label;
}

static GtkWidget *
new_text (const LecHelpBlock *block, const char *class)
{
  g_autofree char *markup = lec_help_block_dup_markup (block);

  return new_label (markup, class);
}

/* The table at the end of BOX: examples that follow each other are in one, so that their columns begin at the same
 * places. */
static GtkGrid *
take_table (GtkWidget *box)
{
  GtkWidget *table = gtk_widget_get_last_child (box);

  if (table != NULL && GTK_IS_GRID (table))
    return GTK_GRID (table);
  table = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (table), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (table), 16);
  gtk_box_append (GTK_BOX (box), table);
  return GTK_GRID (table);
}

/* Beside its meaning; of two that find the same, each beside the other and their meaning below. */
static void
add_example (LecHelpWindow *self, GtkWidget *box, const LecHelpBlock *block)
{
  GtkGrid *table = take_table (box);
  gboolean two = block->same_expression != NULL;
  int row = 0;

  while (gtk_grid_get_child_at (table, 0, row) != NULL)
    row++;
  gtk_grid_attach (table, new_expression (self, block->expression), 0, row, 1, 1);
  if (two)
    gtk_grid_attach (table, new_expression (self, block->same_expression), 1, row, 1, 1);
  gtk_grid_attach (table, new_text (block, two ? "below" : "beside"), two ? 0 : 1, two ? row + 1 : row, two ? 2 : 1, 1);
}

/* A page of the stack for SECTION; what is below it goes into the box that is returned. */
static GtkWidget *
add_section (LecHelpWindow *self, const char *section)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", section,
                                     "xalign", 0.0f, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (box, "help-text");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_stack_add_child (self->pages, scroller);
  gtk_string_list_append (self->sections, section);
  return box;
}

static void
show_page (LecHelpWindow *self, const LecHelpPage *page)
{
  GtkWidget *box = NULL;

  const char *title = page->title != NULL ? page->title : "";

  gtk_window_set_title (GTK_WINDOW (self), title);
  for (unsigned i = 0; i < page->blocks->len; i++) {
    const LecHelpBlock *block = page->blocks->pdata[i];

    if (block->kind == LEC_HELP_SECTION || box == NULL)
      box = add_section (self, block->kind == LEC_HELP_SECTION ? block->text : title);
    if (block->kind == LEC_HELP_PARAGRAPH)
      gtk_box_append (GTK_BOX (box), new_text (block, NULL));
    else if (block->kind == LEC_HELP_EXAMPLE)
      add_example (self, box, block);
  }
}

/* Turning pages. */

static void
section_chosen (LecHelpWindow *self)
{
  unsigned chosen = gtk_drop_down_get_selected (self->section);
  unsigned n_sections = g_list_model_get_n_items (G_LIST_MODEL (self->sections));
  GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages));

  for (unsigned i = 0; page != NULL && i < chosen; i++)
    page = gtk_widget_get_next_sibling (page);
  if (page != NULL)
    gtk_stack_set_visible_child (self->pages, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.previous", chosen > 0 && chosen < n_sections);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "help.next", chosen + 1 < n_sections);
}

static void
previous (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LecHelpWindow *self = LEC_HELP_WINDOW (widget);

  gtk_drop_down_set_selected (self->section, gtk_drop_down_get_selected (self->section) - 1);
}

static void
next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LecHelpWindow *self = LEC_HELP_WINDOW (widget);

  gtk_drop_down_set_selected (self->section, gtk_drop_down_get_selected (self->section) + 1);
}

/* Making it. */

static void
lec_help_window_dispose (GObject *object)
{
  g_clear_object (&LEC_HELP_WINDOW (object)->sections);
  G_OBJECT_CLASS (lec_help_window_parent_class)->dispose (object);
}

static void
lec_help_window_class_init (LecHelpWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_help_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LecHelpWindow, section);
  gtk_widget_class_bind_template_child (widget_class, LecHelpWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, LecHelpWindow, message);
  gtk_widget_class_bind_template_callback (widget_class, section_chosen);
  gtk_widget_class_install_action (widget_class, "help.previous", NULL, previous);
  gtk_widget_class_install_action (widget_class, "help.next", NULL, next);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "help.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "help.next", NULL);
}

static void
lec_help_window_init (LecHelpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sections = gtk_string_list_new (NULL);
}

GtkWidget *
lec_help_window_new (GtkWindow *parent, const char *chapter)
{
  LecHelpWindow *self = g_object_new (LEC_TYPE_HELP_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE,
                                      "hide-on-close", TRUE, NULL);
  g_autoptr (LecHelpPage) page = read_chapter (chapter);

  show_page (self, page);
  gtk_drop_down_set_model (self->section, G_LIST_MODEL (self->sections));
  section_chosen (self);
  return GTK_WIDGET (self);
}
