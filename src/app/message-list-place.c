/* Where the reader looks in the message list: told to the document before another filter or view comes, looked up again
 * in the new rows, and held while rows come before it. */
#include "app/message-list-private.h"

/* The first row in view that is there as a whole, G_MAXUINT = none. */
static guint
first_in_view (LecMessageList *self, double *offset)
{
  double height;

  if (!self->n_placed)
    return G_MAXUINT;
  double above = -lec_message_list_row_offset (self, 0, &height);
  guint position = height > 0 ? (guint) ((above + height - 1) / height) : 0;
  *offset = position * height - above;
  return MIN (position, self->n_placed - 1);
}

/* What is selected, and in view or hidden by the filter, is where the reader looks; else it is the first row there. */
void
lec_message_list_note_place (LecMessageList *self)
{
  const LecRow *selected = lec_document_selected (self->document);
  double height;
  guint position;
  LecRow row;

  if (self->awaited & LEC_AWAITED_PLACE || lec_row_model_is_settling (self->model) || !self->n_placed)
    return; /* it is what it was, and not in view yet */
  gboolean in_view = lec_message_list_selected_is_in_view (self);
  self->place_has_focus = FALSE;
  self->place_is_selected = selected && (in_view || lec_document_selected_is_hidden (self->document));
  if (in_view)
    self->place_offset = lec_message_list_row_offset (self, lec_message_list_selected (self), &height);
  if (self->place_is_selected) {
    lec_document_set_place (self->document, selected->frame);
    return;
  }
  position = first_in_view (self, &self->place_offset);
  if (position == 0)
    lec_document_set_place (self->document, 1);
  else if (position != G_MAXUINT && lec_row_list_get (lec_row_model_list (self->model), position, &row))
    lec_document_set_place (self->document, row.frame);
}

/* The row of the place, or the next after it, is where that was. */
void
lec_message_list_scroll_to_place (LecMessageList *self)
{
  guint position = lec_row_list_rows_below (lec_row_model_list (self->model), lec_document_place (self->document));
  double height;

  lec_message_list_row_offset (self, position, &height);
  gtk_adjustment_set_value (lec_message_list_scrolling (self), position * height - self->place_offset);
}

void
lec_message_list_get_place (LecMessageList *self, LecListPlace *place)
{
  const LecRow *selected = lec_document_selected (self->document);

  *place = (LecListPlace){ .has_selected = selected != NULL,
                           .frame = lec_document_place (self->document),
                           .offset = self->place_offset };
  if (selected)
    place->selected = *selected;
}

void
lec_message_list_set_place (LecMessageList *self, const LecListPlace *place)
{
  if (place->has_selected)
    lec_document_select (self->document, &place->selected);
  if (!place->frame)
    return;
  lec_document_set_place (self->document, place->frame);
  self->place_offset = place->offset;
  self->place_is_selected = FALSE; /* it may be, but comes into view by the place */
  self->place_has_focus = gtk_widget_get_focus_child (self->inner) != NULL;
}
