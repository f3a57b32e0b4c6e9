/* The titles over the message list: where each column stands, and what is dropped there. */
#pragma once

#include "app/list-columns.h"

G_BEGIN_DECLS

/* The widget of the titles of VIEW, a child for each of its columns, in their order. */
GtkWidget *lec_list_header_of (GtkColumnView *view);
/* From now on, a term that is dropped on a title adds its field as a column there. COLUMNS must outlive VIEW. */
void lec_list_header_accept_terms (GtkColumnView *view, LecListColumns *columns);

G_END_DECLS
