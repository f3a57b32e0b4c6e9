#include "app/message-list-private.h"

#include <glib/gi18n-lib.h>

#include "app/application.h"
#include "app/column-filters.h"
#include "app/list-header.h"
#include "app/verdict-popover.h"

/* Between two looks at rows on screen whose meaning has changed. */
#define REFRESH_MS 120

G_DEFINE_FINAL_TYPE (LecMessageList, lec_message_list, GTK_TYPE_WIDGET)

enum { PROP_DOCUMENT = 1, PROP_FLAT, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

const LecRowText *
lec_message_list_text (LecMessageList *self, const LecRow *row, guint position)
{
  return lec_row_dress_text (self->dress, row, position);
}

/* News */

/* Rows are as they were when their objects were made; what has changed in place is told to them here. */
void
lec_message_list_refresh (LecMessageList *self)
{
  if (!self->model)
    return;
  lec_row_dress_set_rows (self->dress, lec_row_model_list (self->model));
  lec_list_columns_refresh (self->columns);
}

static gboolean
refresh_later (void *data)
{
  LecMessageList *self = data;

  self->refresh_source = 0;
  lec_message_list_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (LecMessageList *self)
{
  if (!self->refresh_source)
    self->refresh_source = g_timeout_add (REFRESH_MS, refresh_later, self);
}

/* Why there are no rows. */
static const char *
empty_text (LecMessageList *self, gboolean *by_filter)
{
  LecMatches *matches = lec_document_matches (self->document);
  gboolean loading = lec_session_state (lec_document_session (self->document)) == LEC_SESSION_LOADING;

  *by_filter = matches && lec_matches_finished (matches) && !loading;
  if (*by_filter)
    return _ ("No message passes the filter");
  if (matches)
    return _ ("Looking…");
  return loading ? _ ("Reading…") : _ ("The trace holds no frames");
}

static void
update_empty (LecMessageList *self)
{
  gboolean empty = self->model && g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0, by_filter;
  const char *hint;

  gtk_widget_set_visible (self->empty, empty);
  if (!empty)
    return;
  gtk_label_set_text (self->empty_text, empty_text (self, &by_filter));
  hint = by_filter ? lec_document_filter_hint (self->document) : NULL;
  gtk_label_set_text (self->empty_hint, hint ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->empty_hint), hint != NULL);
  gtk_widget_set_visible (self->empty_button, by_filter);
}

/* Takes in what is new. Rows that GTK shows already are filled again when it has placed them anew. */
static void
update_rows (LecMessageList *self)
{
  gboolean was_in_view = lec_message_list_selected_is_in_view (self);

  self->installing = TRUE;
  lec_row_model_update (self->model);
  self->installing = FALSE;
  if (lec_row_model_take_replaced (self->model))
    lec_message_list_await (self, LEC_AWAITED_CELLS);
  if (!lec_row_model_is_settling (self->model))
    lec_message_list_keep_selected (self, was_in_view);
  update_empty (self);
}

static void
update (LecMessageList *self)
{
  const LecIndex *index = lec_session_index (lec_document_session (self->document));
  uint32_t revision = atomic_load_explicit (&index->revision, memory_order_relaxed);
  LecSessionState state = lec_session_state (lec_document_session (self->document));
  uint32_t facts = lec_session_facts_generation (lec_document_session (self->document));

  update_rows (self);
  lec_list_columns_hold_number (self->columns, atomic_load_explicit (&index->n_frames, memory_order_relaxed),
                                lec_document_time_format (self->document));
  if (revision != self->seen_revision || state != self->seen_state || facts != self->seen_facts) {
    self->seen_revision = revision;
    self->seen_state = state;
    self->seen_facts = facts;
    queue_refresh (self);
  }
}

guint
lec_message_list_n_rows (LecMessageList *self)
{
  return self->model ? lec_row_list_n_rows (lec_row_model_list (self->model)) : 0;
}

const LecRowList *
lec_message_list_rows (LecMessageList *self)
{
  return self->model ? lec_row_model_list (self->model) : NULL;
}

/* Models */

static void
row_toggled (LecRowModel *model, guint position, LecMessageList *self)
{
  lec_message_list_refresh (self);
  if (self->revealed_frame)
    lec_message_list_continue_revealing (self);
  else if (self->step)
    lec_message_list_continue_steps (self, position);
}

static void
drop_model (LecMessageList *self)
{
  if (self->model) {
    g_signal_handlers_disconnect_by_data (self->model, self);
    g_object_run_dispose (G_OBJECT (self->model));
  }
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->model);
  g_clear_object (&self->selection);
}

static LecView
view_of (LecMessageList *self)
{
  return self->flat ? LEC_VIEW_FRAMES : LEC_VIEW_MESSAGES;
}

static guint
next_made (guint position, void *data)
{
  return lec_list_columns_next_row (LEC_MESSAGE_LIST (data)->columns, position);
}

static void
install_model (LecMessageList *self)
{
  self->model = lec_row_model_new (self->document, view_of (self), next_made, self);
  self->selection =
      g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", self->model, NULL);
  lec_row_dress_set_rows (self->dress, lec_row_model_list (self->model));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_swapped (self->model, "due", G_CALLBACK (update_rows), self);
  g_signal_connect (self->model, "toggled", G_CALLBACK (row_toggled), self);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (lec_message_list_selected_changed), self);
  update_empty (self);
}

/* Another filter or another view: GTK's rows and their selection stay, and become those of the new list. */
static void
begin_rows (LecMessageList *self)
{
  lec_row_model_begin (self->model, view_of (self));
  lec_row_dress_set_rows (self->dress, lec_row_model_list (self->model));
  self->is_new = TRUE;
  self->step = 0;
  update_rows (self);
}

/* Of rows that are laid open, parts that were not judged are now. */
static void
matches_changed (LecMessageList *self)
{
  update (self);
  if (lec_row_list_has_expanded (lec_row_model_list (self->model)))
    queue_refresh (self);
}

static void
options_changed (LecMessageList *self)
{
  lec_list_columns_fit (self->columns, lec_document_time_format (self->document));
  lec_message_list_refresh (self);
}

/* The columns' view has its new font only after the list has been told of it. */
static gboolean
fit_later (void *data)
{
  LecMessageList *self = data;

  if (self->document)
    lec_list_columns_follow_text (self->columns, lec_document_time_format (self->document));
  return G_SOURCE_REMOVE;
}

static void
css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lec_message_list_parent_class)->css_changed (widget, change);
  g_idle_add_full (G_PRIORITY_LOW, fit_later, g_object_ref (widget), g_object_unref);
}

static LecApplication *
default_application (void)
{
  return LEC_APPLICATION (g_application_get_default ());
}

static void
set_document (LecMessageList *self, LecDocument *document)
{
  if (self->document == document)
    return;
  if (self->document) {
    g_signal_handlers_disconnect_by_data (self->document, self);
    gtk_column_view_set_model (self->view, NULL);
    drop_model (self);
    lec_list_columns_set_dress (self->columns, NULL);
    g_clear_pointer (&self->dress, lec_row_dress_free);
    g_clear_object (&self->document);
  }
  self->wanted_frame = self->revealed_frame = 0;
  lec_column_filters_set_document (LEC_COLUMN_FILTERS (self->filters), document);
  if (!document)
    return;
  self->document = g_object_ref (document);
  self->dress = lec_row_dress_new (document, lec_application_color_rules (default_application ()));
  lec_list_columns_set_dress (self->columns, self->dress);
  lec_list_columns_fit (self->columns, lec_document_time_format (document));
  g_signal_connect_swapped (document, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (document, "matches-changed", G_CALLBACK (matches_changed), self);
  g_signal_connect_swapped (document, "filter-changing", G_CALLBACK (lec_message_list_note_place), self);
  g_signal_connect_swapped (document, "filter-changed", G_CALLBACK (begin_rows), self);
  g_signal_connect_swapped (document, "options-changed", G_CALLBACK (options_changed), self);
  install_model (self);
}

gboolean
lec_message_list_flat (LecMessageList *self)
{
  return self->flat;
}

void
lec_message_list_set_flat (LecMessageList *self, gboolean flat)
{
  if (self->flat == flat)
    return;
  if (self->document)
    lec_message_list_note_place (self);
  self->flat = flat;
  if (self->document)
    begin_rows (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FLAT]);
}

gboolean
lec_message_list_add_column (LecMessageList *self, const char *name)
{
  return lec_list_columns_add (self->columns, name);
}

GMenuModel *
lec_message_list_columns_menu (LecMessageList *self)
{
  return lec_list_columns_menu (self->columns);
}

GActionGroup *
lec_message_list_columns_actions (LecMessageList *self)
{
  return lec_list_columns_actions (self->columns);
}

char *
lec_message_list_dup_selected_text (LecMessageList *self)
{
  guint position = lec_message_list_selected (self);
  LecRow row;

  if (position == GTK_INVALID_LIST_POSITION || !lec_row_list_get (lec_row_model_list (self->model), position, &row))
    return NULL;
  return lec_row_text_dup_line (lec_message_list_text (self, &row, position));
}

/* The widget */

static void
lec_message_list_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  LecMessageList *self = LEC_MESSAGE_LIST (object);

  if (property == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else if (property == PROP_FLAT)
    g_value_set_boolean (value, self->flat);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_message_list_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  LecMessageList *self = LEC_MESSAGE_LIST (object);

  if (property == PROP_DOCUMENT)
    set_document (self, g_value_get_object (value));
  else if (property == PROP_FLAT)
    lec_message_list_set_flat (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_message_list_dispose (GObject *object)
{
  LecMessageList *self = LEC_MESSAGE_LIST (object);

  g_signal_handlers_disconnect_by_data (lec_application_color_rules (default_application ()), self);
  g_signal_handlers_disconnect_by_data (lec_application_settings (default_application ()), self);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->view)
    set_document (self, NULL);
  if (self->filters)
    gtk_overlay_remove_overlay (GTK_OVERLAY (self->overlay), g_steal_pointer (&self->filters));
  g_clear_pointer (&self->columns, lec_list_columns_free);
  g_clear_pointer (&self->verdict, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  self->view = NULL;
  G_OBJECT_CLASS (lec_message_list_parent_class)->dispose (object);
}

static void
lec_message_list_class_init (LecMessageListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_message_list_get_property;
  object_class->set_property = lec_message_list_set_property;
  object_class->dispose = lec_message_list_dispose;
  widget_class->css_changed = css_changed;
  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, LEC_TYPE_DOCUMENT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FLAT] = g_param_spec_boolean ("flat", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/message-list.ui");
  gtk_widget_class_bind_template_child (widget_class, LecMessageList, overlay);
  gtk_widget_class_bind_template_child (widget_class, LecMessageList, view);
  gtk_widget_class_bind_template_child (widget_class, LecMessageList, empty);
  gtk_widget_class_bind_template_child (widget_class, LecMessageList, empty_text);
  gtk_widget_class_bind_template_child (widget_class, LecMessageList, empty_hint);
  gtk_widget_class_bind_template_child (widget_class, LecMessageList, empty_button);
  g_signal_new ("no-match", LEC_TYPE_MESSAGE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  lec_message_list_bind_input (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
find_inner (GtkColumnView *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child;
       child = gtk_widget_get_next_sibling (child)) {
    if (GTK_IS_LIST_VIEW (child))
      return child;
  }
  g_assert_not_reached ();
}

/* Under the titles, in the room that the style gives the header there. */
static gboolean
place_over (GtkOverlay *overlay, GtkWidget *widget, GdkRectangle *place, LecMessageList *self)
{
  return widget == self->filters && lec_column_filters_place (LEC_COLUMN_FILTERS (widget), GTK_WIDGET (overlay), place);
}

static void
show_column_filters (LecMessageList *self)
{
  gboolean shown = g_settings_get_boolean (lec_application_settings (default_application ()), "column-filters");
  GtkWidget *focus =
      gtk_widget_get_root (GTK_WIDGET (self)) ? gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) : NULL;

  if (!shown && focus && gtk_widget_is_ancestor (focus, self->filters))
    lec_message_list_take_focus (self);
  if (!shown)
    lec_column_filters_clear (LEC_COLUMN_FILTERS (self->filters));
  gtk_widget_set_visible (self->filters, shown);
  if (shown)
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "filtered");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "filtered");
  if (shown && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      gtk_window_is_active (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)))))
    gtk_widget_child_focus (self->filters, GTK_DIR_TAB_FORWARD);
}

static void
add_column_filters (LecMessageList *self)
{
  self->filters = lec_column_filters_new (self, self->view, self->columns);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->filters);
  g_signal_connect (self->overlay, "get-child-position", G_CALLBACK (place_over), self);
  g_signal_connect_swapped (lec_application_settings (default_application ()), "changed::column-filters",
                            G_CALLBACK (show_column_filters), self);
  show_column_filters (self);
}

static void
lec_message_list_init (LecMessageList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->inner = find_inner (self->view);
  lec_message_list_watch_placing (self);
  self->columns = lec_list_columns_new (self, self->view, lec_application_settings (default_application ()),
                                        &lec_message_list_cell_functions);
  lec_list_header_accept_terms (self->view, self->columns);
  add_column_filters (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", lec_list_columns_actions (self->columns));
  lec_message_list_offer_terms (self);
  self->verdict = lec_verdict_popover_new (GTK_WIDGET (self));
  g_signal_connect_swapped (lec_application_color_rules (default_application ()), "changed",
                            G_CALLBACK (lec_message_list_refresh), self);
}
