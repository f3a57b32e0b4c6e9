/* How the cells of a column of the message list are made and filled. */
#pragma once

#include "app/list-columns.h"

G_BEGIN_DECLS

/* LIST and SOURCE must outlive the factory. */
GtkListItemFactory *lec_list_cells_new (LecListColumn *column, LecMessageList *list, const LecListCellSource *source);
/* Fills the cells of COLUMN that are bound. */
void lec_list_cells_refresh (LecListColumn *column, LecMessageList *list, const LecListCellSource *source);

G_END_DECLS
