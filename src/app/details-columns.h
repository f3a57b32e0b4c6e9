/* The columns of the details: what a field's row says in each, and how wide they are. Names and values share what the
 * pane has; names take as much of it as those of the message need, up to a half. */
#pragma once

#include "app/details-node.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct LecDetailsColumns LecDetailsColumns;

/* Adds the columns to VIEW, which is in a scroller already and must outlive them. */
LecDetailsColumns *lec_details_columns_new (GtkColumnView *view);
void lec_details_columns_free (LecDetailsColumns *columns);
/* Another message is shown: what the names of the former needed is over. */
void lec_details_columns_start_over (LecDetailsColumns *columns);
/* Sees to it that the names of ROWS (GtkTreeListRow of LecDetailsNode) find room. */
void lec_details_columns_make_room (LecDetailsColumns *columns, GListModel *rows);
/* To be called when the style of PANE, which the view is in, has changed: widths follow the font. */
void lec_details_columns_follow_text (LecDetailsColumns *columns, GtkWidget *pane);
/* The row at a point of the view. Borrowed; NULL = there is none. */
GtkListItem *lec_details_columns_item_at (LecDetailsColumns *columns, double x, double y);

G_END_DECLS
