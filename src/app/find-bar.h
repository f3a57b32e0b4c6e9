/* Finding: goes from match to match and hides nothing. What is typed is a filter expression, or else plain text that is
 * looked for in the summaries. */
#pragma once

#include "app/message-list.h"
#include "app/search.h"

G_BEGIN_DECLS

#define LEC_TYPE_FIND_BAR (lec_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (LecFindBar, lec_find_bar, LEC, FIND_BAR, GtkWidget)

/* Borrows LIST, in which rows are selected. */
void lec_find_bar_set_list (LecFindBar *bar, LecMessageList *list);
void lec_find_bar_set_document (LecFindBar *bar, LecDocument *document);
void lec_find_bar_open (LecFindBar *bar);
/* Looks for EXPRESSION: writes it into the entry and goes to the next match. The focus stays where it is. */
void lec_find_bar_find (LecFindBar *bar, const char *expression);
void lec_find_bar_step (LecFindBar *bar, gboolean forward);

G_END_DECLS
