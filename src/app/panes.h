/* The panes under the list: Stack | Details | Why, Bytes, Text, for the row that is selected in the document; and
 * Problems, for the whole trace.
 *
 * Property "document", bound by the window; property "rules", the colour rules that mark rows, set before it. Widths,
 * what is shown, and the open tab are remembered. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_PANES (lec_panes_get_type ())
G_DECLARE_FINAL_TYPE (LecPanes, lec_panes, LEC, PANES, GtkWidget)

/* The problems pane gets the keyboard. */
void lec_panes_focus_problems (LecPanes *panes);

G_END_DECLS
