/* Going to a frame that closed rows hide: they are laid open, one after the other, as the worker finds their parts. */
#include "app/message-list-private.h"
#include "session/row-verdict.h"

gboolean
lec_message_list_continue_revealing (LecMessageList *self)
{
  uint32_t frame = self->revealed_frame;
  guint position = self->model ? lec_row_list_find (lec_row_model_list (self->model), frame) : G_MAXUINT32;
  LecRow row;

  if (position == G_MAXUINT32 || !lec_row_list_get (lec_row_model_list (self->model), position, &row)) {
    self->revealed_frame = 0;
    return FALSE;
  }
  if (row.kind != LEC_ROW_FRAME && row.expandable && !row.expanded) {
    lec_row_model_set_expanded (self->model, position, TRUE);
    return TRUE;
  }
  self->revealed_frame = 0;
  lec_message_list_select_position (self, position, FALSE);
  return TRUE;
}

gboolean
lec_message_list_reveal_frame (LecMessageList *self, uint32_t frame)
{
  self->revealed_frame = frame;
  return lec_message_list_continue_revealing (self);
}
