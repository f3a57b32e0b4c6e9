/* The row of entries under the titles of the message list. What is typed into one narrows the list, at once, to rows
 * whose cell says it; as a part of the filter, where it can be read. Who changes the filter by other means and leaves
 * that part out, empties the entry. */
#pragma once

#include "app/list-columns.h"

G_BEGIN_DECLS

#define LEC_TYPE_COLUMN_FILTERS (lec_column_filters_get_type ())
G_DECLARE_FINAL_TYPE (LecColumnFilters, lec_column_filters, LEC, COLUMN_FILTERS, GtkWidget)

/* To be laid over VIEW, whose header has room for it below its titles; its place is that of
 * lec_column_filters_place(). All are borrowed. */
GtkWidget *lec_column_filters_new (LecMessageList *list, GtkColumnView *view, LecListColumns *columns);
/* NULL = none. */
void lec_column_filters_set_document (LecColumnFilters *filters, LecDocument *document);
/* Where it is to lie, in coordinates of RELATIVE_TO; FALSE while the view has no place itself. */
gboolean lec_column_filters_place (LecColumnFilters *filters, GtkWidget *relative_to, GdkRectangle *place);
/* Takes all that was typed back. */
void lec_column_filters_clear (LecColumnFilters *filters);

G_END_DECLS
