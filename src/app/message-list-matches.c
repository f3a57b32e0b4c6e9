/* Going through what passes the filter, in the order of the list; closed rows are laid open on the way, as the worker
 * finds their parts. */
#include "app/message-list-private.h"

/* Where the next step looks: at the row after POSITION, or before it. */
static guint
beside (LecMessageList *self, guint position)
{
  if (self->step > 0)
    return position == GTK_INVALID_LIST_POSITION ? 0 : position + 1;
  if (position == GTK_INVALID_LIST_POSITION)
    return lec_message_list_n_rows (self) - 1;
  return position - 1; /* before the first: past all */
}

static void
end_steps (LecMessageList *self, gboolean found)
{
  self->step = 0;
  if (!found)
    g_signal_emit_by_name (self, "no-match");
}

/* From the row at POSITION on. What may hold matches is opened, and gone into when its parts are there. */
static void
step_on (LecMessageList *self, guint position)
{
  const LecRowList *rows = lec_row_model_list (self->model);
  LecRow row;

  for (; lec_row_list_get (rows, position, &row); position = beside (self, position)) {
    if (row.expandable && !row.expanded) {
      self->stepped_row = row;
      lec_row_model_set_expanded (self->model, position, TRUE);
      return;
    }
    if (!row.expandable && row.matches) {
      end_steps (self, TRUE);
      lec_message_list_select_position (self, position, TRUE);
      return;
    }
  }
  end_steps (self, FALSE);
}

void
lec_message_list_step_match (LecMessageList *self, gboolean forward)
{
  guint position = lec_message_list_selected (self);
  LecRow row;

  if (!self->model || !lec_document_matches (self->document))
    return;
  gboolean is_closed =
      lec_row_list_get (lec_row_model_list (self->model), position, &row) && row.expandable && !row.expanded;
  self->step = forward ? 1 : -1;
  step_on (self, forward && is_closed ? position : beside (self, position));
}

/* The row behind the parts of the one at POSITION. */
static guint
behind_parts (const LecRowList *rows, guint position, const LecRow *opened)
{
  LecRow row;

  do
    position++;
  while (lec_row_list_get (rows, position, &row) && row.depth > opened->depth);
  return position;
}

void
lec_message_list_continue_steps (LecMessageList *self, guint position)
{
  const LecRowList *rows = lec_row_model_list (self->model);
  LecRow row;

  if (!lec_row_list_get (rows, position, &row) || row.operation != self->stepped_row.operation ||
      row.kind != self->stepped_row.kind || !row.expanded)
    return;
  step_on (self, self->step > 0 ? position + 1 : behind_parts (rows, position, &row) - 1);
}
