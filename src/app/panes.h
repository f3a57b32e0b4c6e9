/* The panes under the list: Stack | Details | Why, Bytes, Text, for the row that is selected in the document; and
 * Problems, for the whole trace.
 *
 * Signal "place-found" (uint nth, uint number of places): one of the places where something is found was gone to.
 *
 * Property "document", bound by the window; property "rules", the colour rules that mark rows, set before it. Widths,
 * what is shown, and the open tab are remembered. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"
#include "session/find-query.h"

G_BEGIN_DECLS

#define LEC_TYPE_PANES (lec_panes_get_type ())
G_DECLARE_FINAL_TYPE (LecPanes, lec_panes, LEC, PANES, GtkWidget)

/* The problems pane gets the keyboard. */
void lec_panes_focus_problems (LecPanes *panes);

/* The frame whose details and bytes are shown, 0 = none. */
uint32_t lec_panes_shown_frame (LecPanes *panes);
/* To the next (or previous) place in them where QUERY, for details or bytes, is found. FALSE: there is no further one.
 */
gboolean lec_panes_find (LecPanes *panes, LecFindQuery *query, gboolean forward);
/* To the first (or last) such place of FRAME, as soon as it is shown. */
void lec_panes_find_in_frame (LecPanes *panes, LecFindQuery *query, uint32_t frame, gboolean forward);

G_END_DECLS
