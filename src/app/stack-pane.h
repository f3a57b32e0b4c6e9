/* The message stack: the layers under the selected row, one box a layer, the topmost first; for an operation, those of
 * its request and its response side by side.
 *
 * Signal "layer-selected" (uint side, int node): a box was chosen. */
#pragma once

#include <gtk/gtk.h>

#include "app/details-node.h"

G_BEGIN_DECLS

#define LEC_TYPE_STACK_PANE (lec_stack_pane_get_type ())
G_DECLARE_FINAL_TYPE (LecStackPane, lec_stack_pane, LEC, STACK_PANE, GtkWidget)

/* SIDES[0] is the message, or an operation's request; SIDES[1] the operation's response. Each may be NULL.
 * IS_OPERATION gives them their titles. */
void lec_stack_pane_set_trees (LecStackPane *pane, LecSharedTree *const sides[2], gboolean is_operation);
/* Marks the box of the layer that NODE of SIDE belongs to; −1 marks none. */
void lec_stack_pane_mark (LecStackPane *pane, unsigned side, int32_t node);

G_END_DECLS
