#include "app/message-list-private.h"

#include "app/cell-terms.h"
#include "app/list-menu.h"
#include "app/term-drag.h"
#include "app/term-menu.h"
#include "app/verdict-popover.h"
#include "session/row-verdict.h"

GtkWidget *
lec_message_list_row_widget (LecMessageList *self, guint position)
{
  const LecListCell *cell = lec_list_columns_cell (self->columns, position, LEC_COLUMN_NUMBER);

  return cell ? gtk_widget_get_parent (gtk_widget_get_parent (gtk_list_item_get_child (cell->item))) : NULL;
}

static void
toggle_row (LecMessageList *self, guint position)
{
  LecRow row;

  if (lec_row_list_get (lec_row_model_list (self->model), position, &row))
    lec_row_model_set_expanded (self->model, position, !row.expanded);
}

static guint
parent_of (const LecRowList *rows, guint position)
{
  LecRow row, above;

  if (!lec_row_list_get (rows, position, &row) || row.depth == 0)
    return GTK_INVALID_LIST_POSITION;
  while (position-- > 0 && lec_row_list_get (rows, position, &above)) {
    if (above.depth < row.depth)
      return position;
  }
  return GTK_INVALID_LIST_POSITION;
}

void
lec_message_list_set_selected_expanded (LecMessageList *self, gboolean expanded)
{
  guint position = lec_message_list_selected (self);
  const LecRowList *rows = lec_message_list_rows (self);
  guint to = GTK_INVALID_LIST_POSITION;
  LecRow row;

  if (position == GTK_INVALID_LIST_POSITION || !lec_row_list_get (rows, position, &row))
    return;
  if (row.expandable && row.expanded != expanded) {
    lec_row_model_set_expanded (self->model, position, expanded);
    return;
  }
  if (!expanded)
    to = parent_of (rows, position);
  else if (row.expanded)
    to = position + 1;
  if (to != GTK_INVALID_LIST_POSITION)
    lec_message_list_select_position (self, to, TRUE);
}

void
lec_message_list_toggle_selected (LecMessageList *self)
{
  guint position = lec_message_list_selected (self);

  if (position != GTK_INVALID_LIST_POSITION)
    toggle_row (self, position);
}

static void
show_verdict (LecMessageList *self, guint position, GtkWidget *sign)
{
  LecSession *session = lec_document_session (self->document);
  g_autofree char *meaning = NULL;
  const LecRowText *text;
  uint32_t hidden = 0;
  LecRow row;

  lec_message_list_select_position (self, position, FALSE);
  if (!lec_row_list_get (lec_row_model_list (self->model), position, &row))
    return;
  meaning = g_strdup (lec_row_dress_meaning (self->dress, &row, position));
  text = lec_message_list_text (self, &row, position);
  if (text->verdict_inside)
    hidden = lec_row_find_verdict (lec_session_index (session), &row, text->verdict);
  lec_verdict_popover_show (LEC_VERDICT_POPOVER (self->verdict), session, &row, text->representative, hidden, meaning,
                            text->texts[LEC_COLUMN_SUMMARY]->str, text->comment->str, sign);
}

/* With the menu keys: for the selected row's summary. */
static GMenuModel *
menu_at (GtkWidget *widget, double x, double y, gpointer data)
{
  LecMessageList *self = LEC_MESSAGE_LIST (widget);
  GtkWidget *picked = x < 0 ? NULL : gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  const LecListCell *cell = NULL;
  guint position = lec_message_list_selected (self);
  LecRow row;

  if (x >= 0) {
    cell = picked && gtk_widget_is_ancestor (picked, self->inner) ? lec_list_cell_of (picked) : NULL;
    if (!cell || !gtk_list_item_get_item (cell->item))
      return NULL;
    position = gtk_list_item_get_position (cell->item);
    lec_message_list_select_position (self, position, FALSE);
  }
  if (!self->model || !lec_row_list_get (lec_row_model_list (self->model), position, &row))
    return NULL;
  return lec_list_menu_new (self, lec_document_session (self->document), &row, position,
                            cell ? cell->column->id : LEC_COLUMN_SUMMARY, cell ? cell->column->field : NULL);
}

static LecTerm *
term_at (GtkWidget *inner, double x, double y, gpointer data)
{
  LecMessageList *self = data;
  const LecListCell *cell = lec_list_cell_of (gtk_widget_pick (inner, x, y, GTK_PICK_DEFAULT));
  g_autoptr (GPtrArray) terms = NULL;
  LecRow row;

  if (!cell || !gtk_list_item_get_item (cell->item) ||
      !lec_row_list_get (lec_row_model_list (self->model), gtk_list_item_get_position (cell->item), &row))
    return NULL;
  terms = lec_cell_terms (lec_document_session (self->document), &row, cell->column->id, cell->column->field);
  return terms->len > 0 ? lec_term_copy (lec_terms_get (terms, 0)) : NULL;
}

void
lec_message_list_offer_terms (LecMessageList *self)
{
  lec_term_menu_attach (GTK_WIDGET (self), menu_at, NULL);
  lec_term_drag_attach (self->inner, term_at, self);
}

gboolean
lec_message_list_show_verdict (LecMessageList *self)
{
  guint position = lec_message_list_selected (self);
  GtkWidget *row = position == GTK_INVALID_LIST_POSITION ? NULL : lec_message_list_row_widget (self, position);
  const LecListCell *cell = row ? lec_list_columns_cell (self->columns, position, LEC_COLUMN_VERDICT) : NULL;

  if (!row)
    return FALSE;
  show_verdict (self, position, cell ? gtk_list_item_get_child (cell->item) : row);
  return TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LecMessageList *self)
{
  gboolean control = (modifiers & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK;

  if (control && key == GDK_KEY_space) {
    lec_message_list_toggle_selected (self);
    return TRUE;
  }
  if (!(modifiers & gtk_accelerator_get_default_mod_mask () & ~GDK_CONTROL_MASK) &&
      (key == GDK_KEY_End || key == GDK_KEY_KP_End)) {
    lec_message_list_go_to_end (self);
    return TRUE;
  }
  if (modifiers & gtk_accelerator_get_default_mod_mask () & ~GDK_SHIFT_MASK)
    return FALSE;
  switch (key) {
  case GDK_KEY_Right:
  case GDK_KEY_KP_Right:
  case GDK_KEY_plus:
  case GDK_KEY_KP_Add:
    lec_message_list_set_selected_expanded (self, TRUE);
    return TRUE;
  case GDK_KEY_Left:
  case GDK_KEY_KP_Left:
  case GDK_KEY_minus:
  case GDK_KEY_KP_Subtract:
    lec_message_list_set_selected_expanded (self, FALSE);
    return TRUE;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    lec_message_list_toggle_selected (self);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
row_activated (GtkColumnView *view, guint position, LecMessageList *self)
{
  toggle_row (self, position);
}

const LecListCellFunctions lec_message_list_cell_functions = {
  .toggle = toggle_row,
  .sign_pressed = show_verdict,
};

void
lec_message_list_bind_input (GtkWidgetClass *class)
{
  gtk_widget_class_bind_template_callback (class, key_pressed);
  gtk_widget_class_bind_template_callback (class, row_activated);
}
