/* The why pane: what is to be said about the selected row in words, with links to the frames concerned. */
#pragma once

#include <gtk/gtk.h>

#include "app/color-rules.h"
#include "session/rows.h"

G_BEGIN_DECLS

#define LEC_TYPE_WHY_PANE (lec_why_pane_get_type ())
G_DECLARE_FINAL_TYPE (LecWhyPane, lec_why_pane, LEC, WHY_PANE, GtkWidget)

/* ROW NULL shows the empty state. PARTS are the frames of the row's operation, where they are known; else NULL. MARKS
 * are the rules (LecColorRule) that mark the row, or NULL. */
void lec_why_pane_show (LecWhyPane *pane, LecSession *session, const LecRow *row, const GArray *parts,
                        const GPtrArray *marks);
/* TRUE where more is to be said once the session's facts_generation changes: show it again then. */
gboolean lec_why_pane_is_incomplete (LecWhyPane *pane);

G_END_DECLS
