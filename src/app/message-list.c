#include "app/message-list-private.h"

#include <glib/gi18n-lib.h>

#include "app/application.h"
#include "app/list-menu.h"
#include "app/verdict-popover.h"

/* Between two looks at rows on screen whose meaning has changed. */
#define REFRESH_MS 120

G_DEFINE_FINAL_TYPE (LecMessageList, lec_message_list, GTK_TYPE_WIDGET)

enum { PROP_DOCUMENT = 1, PROP_FLAT, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static void install_model (LecMessageList *self);

const LecRowText *
lec_message_list_text (LecMessageList *self, const LecRow *row, guint position)
{
  return lec_row_dress_text (self->dress, row, position);
}

/* News */

/* Rows are as they were when their objects were made; what has changed in place is told to them here. */
static void
refresh (LecMessageList *self)
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
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (LecMessageList *self)
{
  if (!self->refresh_source)
    self->refresh_source = g_timeout_add (REFRESH_MS, refresh_later, self);
}

static void
update_empty (LecMessageList *self)
{
  LecMatches *matches = self->document ? lec_document_matches (self->document) : NULL;
  gboolean loading = self->document && lec_session_state (lec_document_session (self->document)) == LEC_SESSION_LOADING;
  gboolean empty = self->model && lec_row_list_n_rows (lec_row_model_list (self->model)) == 0;
  const char *text;

  if (matches)
    text = lec_matches_finished (matches) && !loading ? _ ("No message passes the filter") : _ ("Looking…");
  else
    text = loading ? _ ("Reading…") : _ ("The trace holds no frames");
  gtk_widget_set_visible (self->empty, empty);
  if (empty)
    gtk_label_set_text (self->empty_text, text);
}

static void
select_wanted (LecMessageList *self)
{
  guint position;

  if (!self->wanted_frame)
    return;
  position = lec_row_list_find (lec_row_model_list (self->model), self->wanted_frame);
  if (position != G_MAXUINT32)
    lec_message_list_select_position (self, position, FALSE);
}

static void
update (LecMessageList *self)
{
  const LecIndex *index = lec_session_index (lec_document_session (self->document));
  uint32_t revision = atomic_load_explicit (&index->revision, memory_order_relaxed);
  LecSessionState state = lec_session_state (lec_document_session (self->document));
  const LecRow *selected = lec_document_selected (self->document);
  uint32_t frame = selected ? selected->frame : 0;

  self->installing = TRUE;
  lec_row_model_update (self->model);
  self->installing = FALSE;
  /* The selected row itself may have been replaced, by an operation that it turned out to be part of. */
  if (frame && gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION && !self->wanted_frame)
    self->wanted_frame = frame;
  select_wanted (self);
  update_empty (self);
  lec_list_columns_hold_number (self->columns, atomic_load_explicit (&index->n_frames, memory_order_relaxed),
                                lec_document_time_format (self->document));
  if (revision != self->seen_revision || state != self->seen_state) {
    self->seen_revision = revision;
    self->seen_state = state;
    queue_refresh (self);
  }
}

/* Selection */

static void
selected_changed (LecMessageList *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  LecRow row;

  if (self->installing)
    return;
  if (position == GTK_INVALID_LIST_POSITION) {
    lec_document_select (self->document, NULL);
  } else if (lec_row_list_get (lec_row_model_list (self->model), position, &row)) {
    self->wanted_frame = 0;
    lec_document_select (self->document, &row);
  }
}

guint
lec_message_list_selected (LecMessageList *self)
{
  return self->selection ? gtk_single_selection_get_selected (self->selection) : GTK_INVALID_LIST_POSITION;
}

/* Brings POSITION into view; into the middle where it was well outside. All rows are of one height. */
static void
scroll_to (LecMessageList *self, guint position)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->inner));
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  double height = gtk_adjustment_get_upper (adjustment) / MAX (n_rows, 1);
  double page = gtk_adjustment_get_page_size (adjustment);
  double top = position * height - gtk_adjustment_get_value (adjustment);

  if (page > 0 && (top < -height || top > page))
    gtk_adjustment_set_value (adjustment, position * height - (page - height) / 2);
  gtk_widget_activate_action (self->inner, "list.scroll-to-item", "u", position);
}

void
lec_message_list_select_position (LecMessageList *self, guint position, gboolean take_focus)
{
  if (!self->selection)
    return;
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    lec_row_model_tell_all (self->model);
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    return;
  gtk_single_selection_set_selected (self->selection, position);
  scroll_to (self, position);
  if (take_focus) {
    GtkWidget *row = lec_message_list_row_widget (self, position);

    if (row)
      gtk_widget_grab_focus (row);
  }
}

void
lec_message_list_take_focus (LecMessageList *self)
{
  guint position = lec_message_list_selected (self);

  if (position == GTK_INVALID_LIST_POSITION)
    gtk_widget_child_focus (self->inner, GTK_DIR_TAB_FORWARD);
  else
    lec_message_list_select_position (self, position, TRUE);
}

gboolean
lec_message_list_show_frame (LecMessageList *self, uint32_t frame, gboolean take_focus)
{
  guint position = self->model ? lec_row_list_find (lec_row_model_list (self->model), frame) : G_MAXUINT32;

  if (position == G_MAXUINT32)
    return FALSE;
  lec_message_list_select_position (self, position, take_focus);
  return TRUE;
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
  refresh (self);
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

static gboolean
install_later (void *data)
{
  LecMessageList *self = data;

  if (self->document)
    install_model (self);
  return G_SOURCE_REMOVE;
}

static void
model_stale (LecRowModel *model, LecMessageList *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, install_later, g_object_ref (self), g_object_unref);
}

/* A filter or a view that changes gets a new model and selection: the one way that takes the same time for any number
 * of rows. What was selected is found again by its frame. */
static void
install_model (LecMessageList *self)
{
  LecRowModel *model = lec_row_model_new (self->document, self->flat ? LEC_VIEW_FRAMES : LEC_VIEW_MESSAGES);
  GtkSingleSelection *selection =
      g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", model, NULL);
  const LecRow *selected = lec_document_selected (self->document);

  if (selected)
    self->wanted_frame = selected->frame;
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  lec_row_dress_set_rows (self->dress, lec_row_model_list (model));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  drop_model (self);
  self->model = model;
  self->selection = selection;
  g_signal_connect (model, "stale", G_CALLBACK (model_stale), self);
  g_signal_connect (model, "toggled", G_CALLBACK (row_toggled), self);
  g_signal_connect_swapped (selection, "notify::selected", G_CALLBACK (selected_changed), self);
  select_wanted (self);
  update_empty (self);
}

static void
options_changed (LecMessageList *self)
{
  lec_list_columns_fit (self->columns, lec_document_time_format (self->document));
  refresh (self);
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
  self->wanted_frame = 0;
  if (!document)
    return;
  self->document = g_object_ref (document);
  self->dress = lec_row_dress_new (document, lec_application_color_rules (default_application ()));
  lec_list_columns_set_dress (self->columns, self->dress);
  lec_list_columns_fit (self->columns, lec_document_time_format (document));
  g_signal_connect_swapped (document, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (document, "matches-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (document, "filter-changed", G_CALLBACK (install_model), self);
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
  self->flat = flat;
  if (self->document)
    install_model (self);
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
  g_clear_pointer (&self->columns, lec_list_columns_free);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
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

static void
lec_message_list_init (LecMessageList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->inner = find_inner (self->view);
  self->columns = lec_list_columns_new (self, self->view, lec_application_settings (default_application ()),
                                        &lec_message_list_cell_functions);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", lec_list_columns_actions (self->columns));
  self->menu = lec_list_menu_new (GTK_WIDGET (self));
  self->verdict = lec_verdict_popover_new (GTK_WIDGET (self));
  g_signal_connect_swapped (lec_application_color_rules (default_application ()), "changed", G_CALLBACK (refresh),
                            self);
}
