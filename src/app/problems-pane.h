/* What is wrong in the trace: kinds of problems with their numbers, and the frames of each. A click on a kind shows
 * only its frames in the list, another takes that back; a click on a frame goes there. What is selected in the list is
 * selected here too.
 *
 * Property "document". Rows and what they need: problem-model.h. Actions of the window: switch-filter, reveal-frame,
 * select-frame, focus-list. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_PROBLEMS_PANE (lec_problems_pane_get_type ())
G_DECLARE_FINAL_TYPE (LecProblemsPane, lec_problems_pane, LEC, PROBLEMS_PANE, GtkWidget)

void lec_problems_pane_grab_focus (LecProblemsPane *pane);

G_END_DECLS
