#include "app/problems-pane.h"

#include <glib/gi18n-lib.h>

#include "app/problem-model.h"
#include "app/problem-row.h"
#include "app/term-menu.h"
#include "base/text.h"
#include "session/problem.h"

struct _LecProblemsPane {
  GtkWidget parent;
  GtkWidget *pages;
  GtkLabel *empty_text;
  GtkListView *list;
  LecDocument *document; /* or NULL */
  LecProblemModel *model;
  GtkSingleSelection *selection;
  gboolean seen;      /* or about to be */
  gboolean following; /* the selection changes because the message list's did */
};

G_DEFINE_FINAL_TYPE (LecProblemsPane, lec_problems_pane, GTK_TYPE_WIDGET)

enum { PROP_DOCUMENT = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

/* FALSE where POSITION is none. */
static gboolean
get_row (LecProblemsPane *self, guint position, LecProblemRow *row)
{
  g_autoptr (LecProblemItem) item = self->model ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;

  if (item)
    *row = *lec_problem_item_row (item);
  return item != NULL;
}

static guint
selected (LecProblemsPane *self)
{
  return self->selection ? gtk_single_selection_get_selected (self->selection) : GTK_INVALID_LIST_POSITION;
}

/* Acting. */

static void
show_frame (LecProblemsPane *self, const LecProblemRow *row)
{
  const char *action = lec_problem_is_of_operation (row->kind) ? "win.select-frame" : "win.reveal-frame";

  gtk_widget_activate_action (GTK_WIDGET (self), action, "u", row->frame);
}

static void
switch_filter (LecProblemsPane *self, unsigned kind)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.switch-filter", "s", lec_problem_filter (kind));
}

static void
activate (LecProblemsPane *self, guint position)
{
  LecProblemRow row;

  if (!get_row (self, position, &row))
    return;
  if (row.type == LEC_PROBLEM_ROW_KIND) {
    switch_filter (self, row.kind);
  } else if (row.type == LEC_PROBLEM_ROW_FRAME) {
    show_frame (self, &row);
    gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-list", NULL);
  }
}

/* Going from frame to frame shows each, and the keys stay here. */
static void
selected_changed (LecProblemsPane *self)
{
  LecProblemRow row;

  if (!self->following && get_row (self, selected (self), &row) && row.type == LEC_PROBLEM_ROW_FRAME)
    show_frame (self, &row);
}

/* FALSE where there is no row at POSITION, or no heading. */
static gboolean
is_heading (LecProblemsPane *self, guint position)
{
  LecProblemRow row;

  return get_row (self, position, &row) && row.type == LEC_PROBLEM_ROW_HEADING;
}

static void
scroll_to (LecProblemsPane *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/* The first of a group is seen below its heading. */
static void
scroll_to_row (LecProblemsPane *self, guint position)
{
  if (position > 0 && is_heading (self, position - 1))
    scroll_to (self, position - 1);
  scroll_to (self, position);
}

static void
select_position (LecProblemsPane *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION && gtk_widget_get_height (GTK_WIDGET (self->list)) > 0)
    scroll_to_row (self, position);
}

/* Of the row that WIDGET is in; GTK_INVALID_LIST_POSITION = none. */
static guint
position_of (GtkWidget *widget)
{
  GtkWidget *row = widget ? gtk_widget_get_ancestor (widget, LEC_TYPE_PROBLEM_ROW) : NULL;
  GtkListItem *item = row ? g_object_get_data (G_OBJECT (row), "lec-item") : NULL;

  return item ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
}

/* GTK's row at POSITION, NULL where it has none. */
static GtkWidget *
find_widget (LecProblemsPane *self, guint position)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row;
       row = gtk_widget_get_next_sibling (row)) {
    GtkWidget *child = gtk_widget_get_first_child (row);
    GtkListItem *item = child ? g_object_get_data (G_OBJECT (child), "lec-item") : NULL;

    if (item && gtk_list_item_get_position (item) == position)
      return row;
  }
  return NULL;
}

static void
go_to (LecProblemsPane *self, guint position)
{
  GtkWidget *row;

  select_position (self, position);
  row = find_widget (self, position);
  if (!row)
    return;
  gtk_widget_grab_focus (row);
  scroll_to_row (self, position);
}

/* The first row after POSITION, or before it, that is no heading; GTK_INVALID_LIST_POSITION = none. GTK's own keys
 * would stop at headings. */
static guint
next_row (LecProblemsPane *self, guint position, int step)
{
  LecProblemRow row;

  do
    position += (guint) step;
  while (is_heading (self, position));
  return get_row (self, position, &row) ? position : GTK_INVALID_LIST_POSITION;
}

static gboolean
step (LecProblemsPane *self, int by)
{
  guint target = next_row (self, selected (self), by);

  if (target != GTK_INVALID_LIST_POSITION)
    go_to (self, target);
  return TRUE;
}

/* All of a click is handled here: GTK's own would activate a row with the second of a double click, and so take back
 * what the first one did. */
static void
row_pressed (GtkGestureClick *gesture, int n_press, double x, double y, LecProblemsPane *self)
{
  GtkWidget *child = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkListItem *item = g_object_get_data (G_OBJECT (child), "lec-item");
  LecProblemRow row;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (!get_row (self, gtk_list_item_get_position (item), &row) || row.type == LEC_PROBLEM_ROW_HEADING)
    return;
  go_to (self, gtk_list_item_get_position (item));
  if (row.type != LEC_PROBLEM_ROW_KIND)
    return;
  if (lec_problem_row_is_on_arrow (LEC_PROBLEM_ROW (child), x, y))
    lec_problem_model_set_expanded (self->model, row.kind, !row.expanded);
  else if (n_press == 1)
    switch_filter (self, row.kind);
}

/* Right opens, or goes in; Left closes, or goes out. */
static gboolean
step_sideways (LecProblemsPane *self, gboolean inwards)
{
  guint position = selected (self);
  LecProblemRow row;

  if (!get_row (self, position, &row) || row.type == LEC_PROBLEM_ROW_HEADING)
    return FALSE;
  if (row.type == LEC_PROBLEM_ROW_KIND && row.expanded != inwards) {
    lec_problem_model_set_expanded (self->model, row.kind, inwards);
  } else {
    guint target = inwards ? position + 1 : lec_problem_model_find_kind (self->model, row.kind);

    if (target != position && (!inwards || row.type == LEC_PROBLEM_ROW_KIND))
      go_to (self, target);
  }
  return TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, LecProblemsPane *self)
{
  if (state & gtk_accelerator_get_default_mod_mask ())
    return FALSE;
  if (key == GDK_KEY_Right || key == GDK_KEY_Left)
    return step_sideways (self, key == GDK_KEY_Right);
  if (key == GDK_KEY_Down || key == GDK_KEY_Up)
    return step (self, key == GDK_KEY_Down ? 1 : -1);
  if (key != GDK_KEY_space || selected (self) == GTK_INVALID_LIST_POSITION)
    return FALSE;
  activate (self, selected (self));
  return TRUE;
}

/* A frame of a problem stands for itself first. */
static GMenuModel *
menu_at (GtkWidget *widget, double x, double y, gpointer data)
{
  LecProblemsPane *self = data;
  GtkWidget *picked = x >= 0 ? gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT) : NULL;
  g_autoptr (GPtrArray) terms = lec_terms_new ();
  guint position = x >= 0 ? position_of (picked) : selected (self);
  GMenu *menu;
  LecProblemRow row;

  if (!get_row (self, position, &row) || row.type == LEC_PROBLEM_ROW_HEADING)
    return NULL;
  go_to (self, position);
  if (row.type == LEC_PROBLEM_ROW_FRAME)
    lec_terms_add (terms, g_strdup_printf ("frame.number == %u", row.frame), "frame.number");
  lec_terms_add (terms, g_strdup (lec_problem_filter (row.kind)), "lectern.verdict");
  menu = g_menu_new ();
  lec_term_menu_append (menu, terms);
  return G_MENU_MODEL (menu);
}

/* Following the message list. */

/* The kind to be marked for ROW of the list, −1 = none: the one that is marked already, where that fits too. */
static int
kind_of (LecProblemsPane *self, LecIndex *index, const LecRow *row)
{
  LecProblemRow marked;

  if (get_row (self, selected (self), &marked) && marked.type != LEC_PROBLEM_ROW_HEADING &&
      lec_problem_find_in_row (index, row, marked.kind))
    return (int) marked.kind;
  return lec_problem_of_row (index, row);
}

static guint
position_for (LecProblemsPane *self, const LecRow *row)
{
  LecIndex *index = lec_session_index (lec_document_session (self->document));
  int kind = row ? kind_of (self, index, row) : -1;
  guint position = kind < 0 ? G_MAXUINT
                            : lec_problem_model_find_frame (self->model, (unsigned) kind,
                                                            lec_problem_find_in_row (index, row, (unsigned) kind));

  if (kind >= 0 && position == G_MAXUINT)
    position = lec_problem_model_find_kind (self->model, (unsigned) kind);
  return position == G_MAXUINT ? GTK_INVALID_LIST_POSITION : position;
}

static void
follow (LecProblemsPane *self)
{
  guint position = position_for (self, lec_document_selected (self->document));

  self->following = TRUE;
  if (position != selected (self))
    select_position (self, position);
  self->following = FALSE;
}

/* What there is to list. */

static void
update (LecProblemsPane *self)
{
  LecSession *session = lec_document_session (self->document);
  uint32_t n_frames = lec_index_n_frames (lec_session_index (session));
  gboolean loading = lec_session_state (session) == LEC_SESSION_LOADING;
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0;
  g_autofree char *text = NULL;

  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), empty ? "empty" : "list");
  if (!empty || !self->seen)
    return;
  if (!n_frames && !loading) {
    gtk_label_set_text (self->empty_text, _ ("The trace holds no frames"));
    return;
  }
  text = lec_dup_text (
      loading ? ngettext ("No problems so far in %'u frame.", "No problems so far in %'u frames.", n_frames)
              : ngettext ("No problems found in %'u frame.", "No problems found in %'u frames.", n_frames),
      n_frames);
  gtk_label_set_text (self->empty_text, text);
}

static void
drop_model (LecProblemsPane *self)
{
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_list_view_set_model (self->list, NULL);
  if (self->model) {
    g_signal_handlers_disconnect_by_data (self->model, self);
    g_object_run_dispose (G_OBJECT (self->model));
  }
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->document);
  self->seen = FALSE;
}

/* What is worse comes in above what is there. GTK would keep that where it is. */
static void
items_changed (LecProblemsPane *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));

  update (self);
  if (gtk_adjustment_get_value (adjustment) <= 0 && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    scroll_to (self, 0);
}

/* Nothing is counted for a pane that nobody sees. */
static void
set_seen (LecProblemsPane *self, gboolean seen)
{
  if (!self->document || seen == self->seen)
    return;
  self->seen = seen;
  lec_problem_model_set_active (self->model, seen);
  if (!seen)
    return;
  update (self);
  follow (self);
}

static void
set_document (LecProblemsPane *self, LecDocument *document)
{
  if (document == self->document)
    return;
  drop_model (self);
  if (!document)
    return;
  self->document = g_object_ref (document);
  self->model = lec_problem_model_new (document);
  self->selection =
      g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", self->model, NULL);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (selected_changed), self);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (items_changed), self);
  g_signal_connect_swapped (document, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (document, "selected", G_CALLBACK (follow), self);
  set_seen (self, gtk_widget_get_mapped (GTK_WIDGET (self)));
}

/* Rows. */

static void
setup_row (LecProblemsPane *self, GtkListItem *item)
{
  GtkWidget *row = lec_problem_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_object_set_data (G_OBJECT (row), "lec-item", item);
  g_signal_connect (click, "pressed", G_CALLBACK (row_pressed), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
bind_row (LecProblemsPane *self, GtkListItem *item)
{
  LecProblemItem *shown = gtk_list_item_get_item (item);
  gboolean is_heading = lec_problem_item_row (shown)->type == LEC_PROBLEM_ROW_HEADING;

  gtk_list_item_set_selectable (item, !is_heading);
  gtk_list_item_set_activatable (item, !is_heading);
  lec_problem_row_set_item (LEC_PROBLEM_ROW (gtk_list_item_get_child (item)), shown,
                            lec_document_session (self->document));
}

static void
unbind_row (LecProblemsPane *self, GtkListItem *item)
{
  lec_problem_row_set_item (LEC_PROBLEM_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

void
lec_problems_pane_grab_focus (LecProblemsPane *self)
{
  guint position;

  set_seen (self, TRUE); /* it may be about to be */
  position = selected (self);
  if (position == GTK_INVALID_LIST_POSITION)
    position = next_row (self, position, 1);
  if (position != GTK_INVALID_LIST_POSITION)
    go_to (self, position);
}

/* Making it. */

static void
lec_problems_pane_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    set_document (LEC_PROBLEMS_PANE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_problems_pane_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_DOCUMENT)
    g_value_set_object (value, LEC_PROBLEMS_PANE (object)->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
lec_problems_pane_dispose (GObject *object)
{
  LecProblemsPane *self = LEC_PROBLEMS_PANE (object);

  if (self->pages) {
    drop_model (self);
    g_clear_pointer (&self->pages, gtk_widget_unparent);
  }
  G_OBJECT_CLASS (lec_problems_pane_parent_class)->dispose (object);
}

static void
lec_problems_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lec_problems_pane_parent_class)->map (widget);
  set_seen (LEC_PROBLEMS_PANE (widget), TRUE);
}

static void
lec_problems_pane_unmap (GtkWidget *widget)
{
  set_seen (LEC_PROBLEMS_PANE (widget), FALSE);
  GTK_WIDGET_CLASS (lec_problems_pane_parent_class)->unmap (widget);
}

static void
lec_problems_pane_class_init (LecProblemsPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->set_property = lec_problems_pane_set_property;
  object_class->get_property = lec_problems_pane_get_property;
  object_class->dispose = lec_problems_pane_dispose;
  widget_class->map = lec_problems_pane_map;
  widget_class->unmap = lec_problems_pane_unmap;
  properties[PROP_DOCUMENT] =
      g_param_spec_object ("document", NULL, NULL, LEC_TYPE_DOCUMENT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "problems");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lectern/Lectern/problems-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LecProblemsPane, pages);
  gtk_widget_class_bind_template_child (widget_class, LecProblemsPane, empty_text);
  gtk_widget_class_bind_template_child (widget_class, LecProblemsPane, list);
  gtk_widget_class_bind_template_callback (widget_class, activate);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, setup_row);
  gtk_widget_class_bind_template_callback (widget_class, bind_row);
  gtk_widget_class_bind_template_callback (widget_class, unbind_row);
}

static void
lec_problems_pane_init (LecProblemsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lec_term_menu_attach (GTK_WIDGET (self->list), menu_at, self);
}
