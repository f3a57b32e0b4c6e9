/* Finding: goes from match to match and hides nothing.
 *
 * Among messages, what is typed is a filter expression, or else plain text that is looked for in the summaries. In
 * details and bytes it is text, or bytes in hex: there a step goes to the next place in the shown message, and then to
 * the next message. */
#pragma once

#include "app/message-list.h"
#include "app/panes.h"
#include "app/search.h"

G_BEGIN_DECLS

#define LEC_TYPE_FIND_BAR (lec_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (LecFindBar, lec_find_bar, LEC, FIND_BAR, GtkWidget)

/* Borrows LIST, in which rows are selected. */
void lec_find_bar_set_list (LecFindBar *bar, LecMessageList *list);
/* Borrows PANES, in which places are shown. */
void lec_find_bar_set_panes (LecFindBar *bar, LecPanes *panes);
void lec_find_bar_set_document (LecFindBar *bar, LecDocument *document);
void lec_find_bar_open (LecFindBar *bar);
/* Looks for EXPRESSION: writes it into the entry and goes to the next match. The focus stays where it is. */
void lec_find_bar_find (LecFindBar *bar, const char *expression);
void lec_find_bar_step (LecFindBar *bar, gboolean forward);

G_END_DECLS
