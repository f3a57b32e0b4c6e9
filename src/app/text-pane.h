/* The text pane: what the selected message says, as text. */
#pragma once

#include <gtk/gtk.h>

#include "session/tree.h"

G_BEGIN_DECLS

#define LEC_TYPE_TEXT_PANE (lec_text_pane_get_type ())
G_DECLARE_FINAL_TYPE (LecTextPane, lec_text_pane, LEC, TEXT_PANE, GtkWidget)

/* NULL shows the empty state. TREE is not kept. */
void lec_text_pane_set_tree (LecTextPane *pane, const LecTree *tree);

G_END_DECLS
