#include "app/filter-library-window.h"

#include "app/filter-editor.h"
#include "app/filter-exchange.h"
#include "app/filter-history.h"
#include "app/filter-row.h"
#include "app/mnemonic.h"

#include <glib/gi18n-lib.h>

/* The places of the choice that are no categories. */
enum { PLACE_ALL, PLACE_HISTORY, N_PLACES };

struct _LecFilterLibraryWindow {
  GtkWindow parent;
  GtkSearchEntry *search;
  GtkDropDown *place;
  GtkListBox *list; /* of LecFilterRow */
  GtkLabel *empty;  /* stands where no row does */
  GtkWidget *message_box;
  GtkLabel *message;
  GtkButton *undo_button;
  GtkButton *edit_button;
  LecFilterLibrary *library;
  GSettings *settings;
  char **words;            /* searched for, casefolded */
  gint64 scroll_frame;     /* from which on the chosen row can be scrolled to */
  LecNamedFilter *removed; /* what "undo" brings back, or NULL */
};

G_DEFINE_FINAL_TYPE (LecFilterLibraryWindow, lec_filter_library_window, GTK_TYPE_WINDOW)

/* Telling. */

static void
tell (LecFilterLibraryWindow *self, const char *text)
{
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (self->message_box, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_button), self->removed != NULL);
}

static void
tell_outcome (const char *text, void *data)
{
  LecFilterLibraryWindow *self = data;

  g_clear_pointer (&self->removed, lec_named_filter_free);
  tell (self, text);
}

/* ERROR, which it frees, where a change was not kept; nothing where it is NULL. */
static void
tell_error (LecFilterLibraryWindow *self, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *text =
      error != NULL ? g_strdup_printf (_ ("The filters could not be kept: %s"), error->message) : NULL;

  if (text != NULL)
    tell_outcome (text, self);
}

/* The list. */

static gboolean
is_of_history (const LecNamedFilter *filter)
{
  return *filter->name == '\0';
}

static LecFilterRow *
selected_row (LecFilterLibraryWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL && gtk_widget_get_child_visible (GTK_WIDGET (row)) ? LEC_FILTER_ROW (row) : NULL;
}

static void
update_actions (LecFilterLibraryWindow *self)
{
  LecFilterRow *row = self->library != NULL ? selected_row (self) : NULL;
  const LecNamedFilter *filter = row != NULL ? lec_filter_row_filter (row) : NULL;
  gboolean own = filter != NULL && filter->own;
  static const char *const of_any[] = { "library.apply", "library.and", "library.edit" };
  static const char *const of_own[] = { "library.remove", "library.up", "library.down" };

  for (unsigned i = 0; i < G_N_ELEMENTS (of_any); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_any[i], filter != NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS (of_own); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), of_own[i], own);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "library.export",
                                 self->library != NULL && lec_filter_library_n_own (self->library) > 0);
  gtk_button_set_label (self->edit_button, own ? _ ("_Edit…") : _ ("_Save as Your Own…"));
  lec_mnemonic_name (GTK_WIDGET (self->edit_button));
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer data)
{
  LecFilterLibraryWindow *self = data;
  unsigned place = gtk_drop_down_get_selected (self->place);
  const char *heading = lec_filter_row_heading (LEC_FILTER_ROW (row));
  gboolean of_history = is_of_history (lec_filter_row_filter (LEC_FILTER_ROW (row)));

  if (place == PLACE_HISTORY && !of_history)
    return FALSE;
  if (place >= N_PLACES && place != GTK_INVALID_LIST_POSITION) {
    GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->place);

    if (of_history || g_strcmp0 (gtk_string_object_get_string (chosen), heading) != 0)
      return FALSE;
  }
  return self->words == NULL || lec_filter_row_has_words (LEC_FILTER_ROW (row), self->words);
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *heading = lec_filter_row_heading (LEC_FILTER_ROW (row));
  GtkWidget *label;

  if (before != NULL && g_str_equal (lec_filter_row_heading (LEC_FILTER_ROW (before)), heading)) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;
  label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label", heading, "xalign",
                        0.0f, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_header (row, label);
}

/* Row number I of those that are shown, counted from FROM on in the direction of STEP. */
static GtkListBoxRow *
next_shown (LecFilterLibraryWindow *self, int from, int step)
{
  GtkListBoxRow *row;

  for (; from >= 0 && (row = gtk_list_box_get_row_at_index (self->list, from)) != NULL; from += step)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
scroll_to (LecFilterLibraryWindow *self, GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (self->list);
  graphene_rect_t place;

  if (adjustment != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &place))
    gtk_adjustment_clamp_page (adjustment, place.origin.y, place.origin.y + place.size.height);
}

static void
select_row (LecFilterLibraryWindow *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  if (row != NULL)
    scroll_to (self, row);
  update_actions (self);
}

/* Where rows came or went, places are known again after the next frame. */
static gboolean
scroll_to_selected (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  LecFilterLibraryWindow *self = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (gdk_frame_clock_get_frame_counter (clock) < self->scroll_frame)
    return G_SOURCE_CONTINUE;
  if (row != NULL)
    scroll_to (self, row);
  return G_SOURCE_REMOVE;
}

static void
select_row_anew (LecFilterLibraryWindow *self, GtkListBoxRow *row)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->list));

  gtk_list_box_select_row (self->list, row);
  update_actions (self);
  if (clock == NULL)
    return;
  self->scroll_frame = gdk_frame_clock_get_frame_counter (clock) + 2;
  gtk_widget_add_tick_callback (GTK_WIDGET (self->list), scroll_to_selected, self, NULL);
}

/* What is sought has changed: the first that is left is the one that Enter applies. */
static void
refilter (LecFilterLibraryWindow *self)
{
  gboolean of_history = gtk_drop_down_get_selected (self->place) == PLACE_HISTORY;
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';

  gtk_label_set_text (self->empty, of_history && !searching ? _ ("No filter has been applied yet.")
                                                            : _ ("No filter here has all of these words."));
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  select_row_anew (self, next_shown (self, 0, +1));
}

static void
search_changed (LecFilterLibraryWindow *self)
{
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_strfreev (self->words);
  self->words = g_strsplit_set (folded, " \t", -1);
  refilter (self);
}

static void
append_history (LecFilterLibraryWindow *self)
{
  g_auto (GStrv) history = g_settings_get_strv (self->settings, LEC_FILTER_HISTORY_KEY);

  for (char **text = history; *text != NULL; text++) {
    g_autoptr (LecNamedFilter) filter = lec_named_filter_new ("", NULL, NULL, *text);

    gtk_list_box_append (self->list, lec_filter_row_new (filter, _ ("Applied before")));
  }
}

static void
fill_list (LecFilterLibraryWindow *self)
{
  GtkListBoxRow *row;

  /* Rows only: what stands in an empty list is its child, too. */
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (unsigned i = 0; i < lec_filter_library_n_filters (self->library); i++) {
    const LecNamedFilter *filter = lec_filter_library_get (self->library, i);
    const char *heading = lec_filter_library_category_label (self->library, filter->category);

    gtk_list_box_append (self->list, lec_filter_row_new (filter, heading));
  }
  append_history (self);
}

/* The choice, made anew only where there are other categories than before. */
static void
fill_places (LecFilterLibraryWindow *self)
{
  g_auto (GStrv) categories = lec_filter_library_dup_categories (self->library);
  g_autoptr (GtkStringList) places = gtk_string_list_new (NULL);
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->place);
  g_autofree char *former = chosen != NULL ? g_strdup (gtk_string_object_get_string (chosen)) : NULL;
  unsigned selected = PLACE_ALL;

  gtk_string_list_append (places, _ ("All filters"));
  gtk_string_list_append (places, _ ("Applied before"));
  for (char **category = categories; *category != NULL; category++)
    gtk_string_list_append (places, lec_filter_library_category_label (self->library, *category));
  for (unsigned i = 0; former != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (places)); i++)
    if (g_str_equal (gtk_string_list_get_string (places, i), former))
      selected = i;
  gtk_drop_down_set_model (self->place, G_LIST_MODEL (places));
  gtk_drop_down_set_selected (self->place, selected);
}

/* Selects the row of the own filter ID; of none, the first that is shown. */
static void
select_own (LecFilterLibraryWindow *self, const char *id)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; id != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    const LecNamedFilter *filter = lec_filter_row_filter (LEC_FILTER_ROW (row));

    if (filter->own && g_str_equal (filter->id, id) && gtk_widget_get_child_visible (GTK_WIDGET (row)))
      break;
  }
  select_row_anew (self, row != NULL ? row : next_shown (self, 0, +1));
}

static void
library_changed (LecFilterLibraryWindow *self)
{
  LecFilterRow *row = selected_row (self);
  g_autofree char *id = row != NULL ? g_strdup (lec_filter_row_filter (row)->id) : NULL;

  fill_places (self);
  fill_list (self);
  select_own (self, id);
}

/* Applying. */

static void
apply (LecFilterLibraryWindow *self, const char *how)
{
  LecFilterRow *row = selected_row (self);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (row == NULL || parent == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.filter-term", "(ss)", how,
                              lec_filter_row_filter (row)->expression);
  gtk_window_close (GTK_WINDOW (self));
}

static void
apply_only (GtkWidget *widget, const char *name, GVariant *parameter)
{
  apply (LEC_FILTER_LIBRARY_WINDOW (widget), "only");
}

static void
apply_and (GtkWidget *widget, const char *name, GVariant *parameter)
{
  apply (LEC_FILTER_LIBRARY_WINDOW (widget), "and");
}

static void
row_activated (LecFilterLibraryWindow *self)
{
  apply (self, "only");
}

/* Escape: the entry keeps it from the window. */
static void
search_stopped (LecFilterLibraryWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* Up and down go through the list while the focus stays where one types. */
static gboolean
search_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
                    LecFilterLibraryWindow *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);
  int step = key == GDK_KEY_Down ? +1 : key == GDK_KEY_Up ? -1 : 0;
  GtkListBoxRow *row;

  if (step == 0 || (modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  row = next_shown (self, selected != NULL ? gtk_list_box_row_get_index (selected) + step : 0, step);
  if (row != NULL)
    select_row (self, row);
  return TRUE;
}

/* Changing. */

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecFilterLibraryWindow *self = LEC_FILTER_LIBRARY_WINDOW (widget);
  LecFilterRow *row = selected_row (self);

  if (row != NULL)
    gtk_window_present (
        GTK_WINDOW (lec_filter_editor_new (GTK_WINDOW (self), self->library, lec_filter_row_filter (row))));
}

static void
remove_filter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecFilterLibraryWindow *self = LEC_FILTER_LIBRARY_WINDOW (widget);
  LecFilterRow *row = selected_row (self);
  g_autoptr (LecNamedFilter) filter = row != NULL ? lec_named_filter_copy (lec_filter_row_filter (row)) : NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  if (filter == NULL || !filter->own)
    return;
  if (!lec_filter_library_remove (self->library, filter->id, &error)) {
    tell_error (self, error);
    return;
  }
  text = g_strdup_printf (_ ("Deleted: %s"), filter->name);
  g_clear_pointer (&self->removed, lec_named_filter_free);
  self->removed = g_steal_pointer (&filter);
  tell (self, text);
}

static void
undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecFilterLibraryWindow *self = LEC_FILTER_LIBRARY_WINDOW (widget);
  g_autofree char *id = self->removed != NULL ? g_strdup (self->removed->id) : NULL;
  GError *error = NULL;

  if (id == NULL)
    return;
  lec_filter_library_set (self->library, NULL, g_steal_pointer (&self->removed), &error);
  tell (self, NULL);
  tell_error (self, error);
  select_own (self, id);
}

static void
move (LecFilterLibraryWindow *self, int step)
{
  LecFilterRow *row = selected_row (self);
  GError *error = NULL;

  if (row != NULL && lec_filter_row_filter (row)->own)
    lec_filter_library_move (self->library, lec_filter_row_filter (row)->id, step, &error);
  tell_error (self, error);
}

static void
move_up (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move (LEC_FILTER_LIBRARY_WINDOW (widget), -1);
}

static void
move_down (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move (LEC_FILTER_LIBRARY_WINDOW (widget), +1);
}

static void
save_applied (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.save-filter", NULL);
}

static void
import (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecFilterLibraryWindow *self = LEC_FILTER_LIBRARY_WINDOW (widget);

  lec_filter_exchange_import (GTK_WINDOW (self), self->library, tell_outcome, self);
}

static void export(GtkWidget *widget, const char *name, GVariant *parameter)
{
  LecFilterLibraryWindow *self = LEC_FILTER_LIBRARY_WINDOW (widget);

  lec_filter_exchange_export (GTK_WINDOW (self), self->library, tell_outcome, self);
}

static void
clear_history (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lec_filter_history_clear (LEC_FILTER_LIBRARY_WINDOW (widget)->settings);
}

/* Making it. */

static void
lec_filter_library_window_dispose (GObject *object)
{
  LecFilterLibraryWindow *self = LEC_FILTER_LIBRARY_WINDOW (object);

  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->removed, lec_named_filter_free);
  G_OBJECT_CLASS (lec_filter_library_window_parent_class)->dispose (object);
}

static const struct {
  const char *name;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "library.apply", apply_only },
  { "library.and", apply_and },
  { "library.edit", edit },
  { "library.remove", remove_filter },
  { "library.undo", undo },
  { "library.up", move_up },
  { "library.down", move_down },
  { "library.save", save_applied },
  { "library.import", import },
  { "library.export", export },
  { "library.clear-history", clear_history },
};

static void
lec_filter_library_window_class_init (LecFilterLibraryWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_filter_library_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/filter-library-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LecFilterLibraryWindow, search);
  gtk_widget_class_bind_template_child (widget_class, LecFilterLibraryWindow, place);
  gtk_widget_class_bind_template_child (widget_class, LecFilterLibraryWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LecFilterLibraryWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, LecFilterLibraryWindow, message_box);
  gtk_widget_class_bind_template_child (widget_class, LecFilterLibraryWindow, message);
  gtk_widget_class_bind_template_child (widget_class, LecFilterLibraryWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, LecFilterLibraryWindow, edit_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, refilter);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
  for (unsigned i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_SHIFT_MASK, "library.and", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "library.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "library.down", NULL);
}

static void
lec_filter_library_window_init (LecFilterLibraryWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lec_mnemonic_name_all (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
}

GtkWidget *
lec_filter_library_window_new (GtkWindow *parent, LecFilterLibrary *library, GSettings *settings)
{
  LecFilterLibraryWindow *self = g_object_new (LEC_TYPE_FILTER_LIBRARY_WINDOW, "transient-for", parent,
                                               "destroy-with-parent", TRUE, "hide-on-close", TRUE, NULL);

  self->library = g_object_ref (library);
  self->settings = g_object_ref (settings);
  g_signal_connect_swapped (library, "changed", G_CALLBACK (library_changed), self);
  g_signal_connect_swapped (settings, "changed::" LEC_FILTER_HISTORY_KEY, G_CALLBACK (library_changed), self);
  library_changed (self);
  tell (self, lec_filter_library_problem (library));
  return GTK_WIDGET (self);
}

void
lec_filter_library_window_open (LecFilterLibraryWindow *self, gboolean history)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->place, history ? PLACE_HISTORY : PLACE_ALL);
  refilter (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_window_present (GTK_WINDOW (self));
}
