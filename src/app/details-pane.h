/* The details pane: every field of every layer of the shown message, with its value, place and type.
 *
 * Remembers which fields were opened and which was selected, by name, so that the next message of the same kind shows
 * the same. Signal "field-selected" (int node, −1 = none) tells what the user, or what was remembered, chose. */
#pragma once

#include <gtk/gtk.h>

#include "app/details-node.h"

G_BEGIN_DECLS

#define LEC_TYPE_DETAILS_PANE (lec_details_pane_get_type ())
G_DECLARE_FINAL_TYPE (LecDetailsPane, lec_details_pane, LEC, DETAILS_PANE, GtkWidget)

/* NULL shows the empty state. */
void lec_details_pane_set_tree (LecDetailsPane *pane, LecSharedTree *shared);
/* Opens what NODE stands in, selects it and scrolls to it. */
void lec_details_pane_select (LecDetailsPane *pane, int32_t node);
void lec_details_pane_grab_focus (LecDetailsPane *pane);

G_END_DECLS
