/* The titles over the message list: where each column stands, and what is dropped there. */
#pragma once

#include "app/list-columns.h"

G_BEGIN_DECLS

/* The widget of the titles of VIEW. */
GtkWidget *lec_list_header_of (GtkColumnView *view);

/* A title that is shown, where it stands in the view, and the place of its column among all. */
typedef struct {
  GtkWidget *title;
  float x, width;
  guint position;
} LecListTitle;

/* All of them (LecListTitle), from left to right. Free with g_array_unref(). */
GArray *lec_list_titles (GtkColumnView *view);
/* From now on, a term that is dropped on a title adds its field as a column there. COLUMNS must outlive VIEW. */
void lec_list_header_accept_terms (GtkColumnView *view, LecListColumns *columns);

G_END_DECLS
