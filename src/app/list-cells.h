/* How the cells of a column of the message list are made and filled. */
#pragma once

#include "app/list-columns.h"

G_BEGIN_DECLS

/* LIST and FUNCTIONS must outlive the factory. */
GtkListItemFactory *lec_list_cells_new (LecListColumn *column, LecMessageList *list,
                                        const LecListCellFunctions *functions);
/* Fills all cells of a row that is bound, after what it shows has changed. ITEM is that of its cell in the column of
 * numbers. */
void lec_list_cells_fill_row (GtkListItem *item, LecRowDress *dress);

G_END_DECLS
