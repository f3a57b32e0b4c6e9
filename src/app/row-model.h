/* The rows of the message list as GTK wants them: a GListModel over a LecRowList that makes a row's object when it is
 * asked for one and keeps none. */
#pragma once

#include "app/document.h"
#include "app/row-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_ROW_MODEL (lec_row_model_get_type ())
G_DECLARE_FINAL_TYPE (LecRowModel, lec_row_model, LEC, ROW_MODEL, GObject)

/* Signal "stale": what changed is too much to tell GTK row by row; make a new model.
 * Signal "toggled" (guint position): the row there was opened or closed. */
LecRowModel *lec_row_model_new (LecDocument *document, LecView view);
/* Borrowed; changes to it go through the model. */
const LecRowList *lec_row_model_list (LecRowModel *model);
/* Takes in what the session or the matches have published. */
void lec_row_model_update (LecRowModel *model);
/* Opens or closes the row at POSITION; opening may take until the worker has found its parts. */
void lec_row_model_set_expanded (LecRowModel *model, guint position, gboolean expanded);
/* A new model tells GTK of a screenful at first, so that the first rows are painted at once. All rows from now on. */
void lec_row_model_tell_all (LecRowModel *model);

G_END_DECLS
