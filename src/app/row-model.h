/* The rows of the message list as GTK wants them: a GListModel over a LecRowList that makes a row's object when it is
 * asked for one and keeps none. */
#pragma once

#include "app/document.h"
#include "app/row-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_ROW_MODEL (lec_row_model_get_type ())
G_DECLARE_FINAL_TYPE (LecRowModel, lec_row_model, LEC, ROW_MODEL, GObject)

/* The first row from POSITION on that GTK has a widget for, G_MAXUINT = none. */
typedef guint (*LecRowsMade) (guint position, void *data);

/* Signal "due": there are rows that it waited to tell GTK of; call lec_row_model_update().
 * Signal "toggled" (guint position): the row there was opened or closed. */
LecRowModel *lec_row_model_new (LecDocument *document, LecView view, LecRowsMade next_made, void *data);
/* The rows are those of the document's matches and of VIEW from now on; lec_row_model_update() brings them. The former
 * list is gone. What GTK shows stays until there is enough to show instead, or for a moment. */
void lec_row_model_begin (LecRowModel *model, LecView view);
/* TRUE: GTK still shows what was there before lec_row_model_begin(). */
gboolean lec_row_model_is_settling (LecRowModel *model);
/* Borrowed, until lec_row_model_begin(); changes to it go through the model. */
const LecRowList *lec_row_model_list (LecRowModel *model);
/* Takes in what the session or the matches have published. GTK is told of no more new rows at a time than it can make
 * widgets for between two frames. */
void lec_row_model_update (LecRowModel *model);
/* TRUE where rows that GTK knows have become others since it was last asked: they have to be filled again. */
gboolean lec_row_model_take_replaced (LecRowModel *model);
/* Opens or closes the row at POSITION; opening may take until the worker has found its parts. */
void lec_row_model_set_expanded (LecRowModel *model, guint position, gboolean expanded);
/* Where ROW stands now, or else the row that shows its frame; G_MAXUINT32 where it is hidden. NEAR is looked at first.
 */
guint lec_row_model_find (LecRowModel *model, const LecRow *row, guint near);

G_END_DECLS
