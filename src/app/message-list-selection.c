/* What of the message list is selected, and that it is in view. */
#include "app/message-list-private.h"

guint
lec_message_list_selected (LecMessageList *self)
{
  return self->selection ? gtk_single_selection_get_selected (self->selection) : GTK_INVALID_LIST_POSITION;
}

/* In view. */

static guint
n_items (LecMessageList *self)
{
  return self->selection ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;
}

GtkAdjustment *
lec_message_list_scrolling (LecMessageList *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->inner));
}

/* GTK knows how high new rows are, and where they end, when it has placed them for the next frame. Told to scroll
 * before, it goes astray, or complains. */
static gboolean
rows_are_placed (LecMessageList *self)
{
  return n_items (self) && n_items (self) == self->n_placed;
}

double
lec_message_list_row_offset (LecMessageList *self, guint position, double *height)
{
  *height = gtk_adjustment_get_upper (lec_message_list_scrolling (self)) / self->n_placed;
  return position * *height - gtk_adjustment_get_value (lec_message_list_scrolling (self));
}

gboolean
lec_message_list_selected_is_in_view (LecMessageList *self)
{
  guint position = lec_message_list_selected (self);
  double top, height;

  if (position == GTK_INVALID_LIST_POSITION || !self->n_placed)
    return FALSE;
  if (self->awaited & LEC_AWAITED_SELECTED)
    return TRUE;
  top = lec_message_list_row_offset (self, position, &height);
  return top + height > 0 && top < gtk_adjustment_get_page_size (lec_message_list_scrolling (self));
}

/* Brings the selected row into view; into the middle where it was well outside. */
static void
scroll_to_selected (LecMessageList *self, gboolean take_focus)
{
  guint position = lec_message_list_selected (self);
  double page = gtk_adjustment_get_page_size (lec_message_list_scrolling (self)), top, height;
  GtkWidget *row;

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  top = lec_message_list_row_offset (self, position, &height);
  if (top < -height || top > page)
    gtk_adjustment_set_value (lec_message_list_scrolling (self), position * height - (page - height) / 2);
  gtk_widget_activate_action (self->inner, "list.scroll-to-item", "u", position);
  row = take_focus ? lec_message_list_row_widget (self, position) : NULL;
  if (row)
    gtk_widget_grab_focus (row);
}

/* GTK scrolls to a row that gets the focus, and knows only when it has placed the rows that there is no need to. */
static void
focus_selected (LecMessageList *self)
{
  GtkWidget *row = NULL;

  if (lec_message_list_selected_is_in_view (self))
    row = lec_message_list_row_widget (self, lec_message_list_selected (self));
  if (row)
    gtk_widget_grab_focus (row);
}

static void
show_place (LecMessageList *self)
{
  lec_message_list_scroll_to_place (self);
  if (self->place_has_focus)
    lec_message_list_await (self, LEC_AWAITED_FOCUS);
  self->place_has_focus = FALSE;
}

static void
rows_placed (GdkFrameClock *clock, LecMessageList *self)
{
  LecAwaited awaited = self->awaited;

  self->n_placed = n_items (self);
  self->awaited = n_items (self) ? 0 : awaited & LEC_AWAITED_PLACE;
  if (awaited & LEC_AWAITED_SELECTED && n_items (self))
    scroll_to_selected (self, (awaited & LEC_AWAITED_FOCUS) != 0);
  else if (awaited & LEC_AWAITED_PLACE && n_items (self))
    show_place (self);
  else if (awaited & LEC_AWAITED_FOCUS && n_items (self))
    focus_selected (self);
  if (awaited & LEC_AWAITED_CELLS)
    lec_message_list_refresh (self);
}

void
lec_message_list_await (LecMessageList *self, LecAwaited what)
{
  self->awaited |= what;
  if (self->clock)
    gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

/* The handler comes after GTK's own. What it scrolls to is in the same frame: rows are placed once more for it. */
static void
mapped (LecMessageList *self)
{
  self->clock = g_object_ref (gtk_widget_get_frame_clock (self->inner));
  self->placed_handler = g_signal_connect_after (self->clock, "layout", G_CALLBACK (rows_placed), self);
  gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

static void
unmapped (LecMessageList *self)
{
  self->n_placed = 0;
  g_signal_handler_disconnect (self->clock, self->placed_handler);
  g_clear_object (&self->clock);
}

void
lec_message_list_watch_placing (LecMessageList *self)
{
  g_signal_connect_object (self->inner, "map", G_CALLBACK (mapped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inner, "unmap", G_CALLBACK (unmapped), self, G_CONNECT_SWAPPED);
}

/* Selecting. */

static void
select_position (LecMessageList *self, guint position, gboolean take_focus)
{
  self->wanted_frame = 0;
  gtk_single_selection_set_selected (self->selection, position);
  if (rows_are_placed (self))
    scroll_to_selected (self, take_focus);
  else
    lec_message_list_await (self, LEC_AWAITED_SELECTED | (take_focus ? LEC_AWAITED_FOCUS : 0));
}

/* GTK is told of many rows in steps: one that it does not know yet is selected when it does. */
void
lec_message_list_select_position (LecMessageList *self, guint position, gboolean take_focus)
{
  LecRow row;

  if (!self->model || !lec_row_list_get (lec_row_model_list (self->model), position, &row))
    return;
  if (position < n_items (self) && !lec_row_model_is_settling (self->model)) {
    select_position (self, position, take_focus);
    return;
  }
  self->wanted_frame = row.frame;
  self->wanted_focus = take_focus;
  self->wanted_in_place = FALSE;
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

void
lec_message_list_selected_changed (LecMessageList *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  LecRow row;

  if (self->installing)
    return;
  self->follows_end = FALSE;
  self->step = 0;
  if (position == GTK_INVALID_LIST_POSITION) {
    lec_document_select (self->document, NULL);
  } else if (lec_row_list_get (lec_row_model_list (self->model), position, &row)) {
    self->wanted_frame = 0;
    lec_document_select (self->document, &row);
  }
}

/* The end of the list. */

/* Have all rows come that are to come of what was read by now? */
static gboolean
has_all_rows (LecMessageList *self)
{
  LecMatches *matches = lec_document_matches (self->document);

  if (lec_row_model_is_settling (self->model) || lec_row_list_has_more_before (lec_row_model_list (self->model)) ||
      n_items (self) < lec_row_list_n_rows (lec_row_model_list (self->model)))
    return FALSE;
  return !matches || lec_matches_finished (matches) ||
         (lec_matches_first (matches) == 1 &&
          lec_matches_done (matches) > lec_index_n_frames (lec_session_index (lec_document_session (self->document))));
}

static void
select_last (LecMessageList *self)
{
  guint n_rows = self->model ? lec_row_list_n_rows (lec_row_model_list (self->model)) : 0;

  if (n_rows)
    lec_message_list_select_position (self, n_rows - 1, TRUE);
}

void
lec_message_list_go_to_end (LecMessageList *self)
{
  select_last (self);
  self->follows_end = self->model && !has_all_rows (self);
}

/* After rows have changed. */

static void
unselect (LecMessageList *self)
{
  self->installing = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->installing = FALSE;
}

/* GTK knows the selection by its position, and the row there may have become another. */
static void
find_selected (LecMessageList *self, const LecRow *selected, gboolean was_in_view)
{
  guint position = lec_message_list_selected (self);
  guint found = lec_row_model_find (self->model, selected, position);
  LecRow row;

  if (found == position && !self->is_new) {
    /* The frame may have become an operation's, in the same place. */
    if (lec_row_list_get (lec_row_model_list (self->model), found, &row))
      lec_document_select (self->document, &row);
    return;
  }
  if (found >= n_items (self)) {
    unselect (self);
    self->wanted_frame = selected->frame;
    self->wanted_focus = FALSE;
    self->wanted_in_place = !self->place_is_selected;
  } else if (self->is_new ? self->place_is_selected : was_in_view) {
    select_position (self, found, gtk_widget_get_focus_child (self->inner) != NULL);
  } else {
    gtk_single_selection_set_selected (self->selection, found);
  }
}

static void
show_wanted (LecMessageList *self)
{
  guint position = lec_row_list_find (lec_row_model_list (self->model), self->wanted_frame);

  if (position == G_MAXUINT32)
    return;
  if (!self->wanted_in_place)
    lec_message_list_select_position (self, position, self->wanted_focus);
  else if (position < n_items (self)) {
    gtk_single_selection_set_selected (self->selection, position);
    self->wanted_frame = 0;
  }
}

/* Not before the filter has been through: until then it is not known. */
static void
tell_hidden (LecMessageList *self)
{
  const LecRow *selected = lec_document_selected (self->document);

  if (has_all_rows (self))
    lec_document_set_selected_hidden (self->document,
                                      selected && lec_row_model_find (self->model, selected, 0) == G_MAXUINT32);
}

/* What the filter hides stays the document's selection, and is selected again when it comes back. */
void
lec_message_list_keep_selected (LecMessageList *self, gboolean was_in_view)
{
  const LecRow *selected = lec_document_selected (self->document);
  gboolean follows_end = self->follows_end;

  if (!selected)
    unselect (self);
  else if (!self->wanted_frame)
    find_selected (self, selected, was_in_view);
  if (self->wanted_frame)
    show_wanted (self);
  if (self->is_new && (lec_message_list_selected (self) == GTK_INVALID_LIST_POSITION || !self->place_is_selected))
    lec_message_list_await (self, LEC_AWAITED_PLACE);
  self->is_new = FALSE;
  tell_hidden (self);
  self->follows_end = follows_end && !has_all_rows (self);
  if (follows_end && !self->follows_end && lec_message_list_selected_is_in_view (self))
    select_last (self);
}
