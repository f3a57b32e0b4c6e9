/* The byte pane: the bytes of the frame, or of what was put together out of several, with the selected field's marked.
 *
 * Signal "bytes-selected" (uint source, uint offset, uint length): the user marked bytes. */
#pragma once

#include <gtk/gtk.h>

#include "app/details-node.h"

G_BEGIN_DECLS

#define LEC_TYPE_BYTE_PANE (lec_byte_pane_get_type ())
G_DECLARE_FINAL_TYPE (LecBytePane, lec_byte_pane, LEC, BYTE_PANE, GtkWidget)

/* NULL shows the empty state. The source of the topmost layer is shown first. */
void lec_byte_pane_set_tree (LecBytePane *pane, LecSharedTree *shared);
/* Shows the source of NODE and marks its bytes; −1 marks none. The user's own selection goes, unless KEEP_SELECTION. */
void lec_byte_pane_set_node (LecBytePane *pane, int32_t node, gboolean keep_selection);
/* Shows SOURCE and selects these bytes of it, as the user would. */
void lec_byte_pane_select (LecBytePane *pane, unsigned source, uint32_t offset, uint32_t length);

G_END_DECLS
