/* Where the message list stands: what is selected, and which frame's row is how far down the view. It can be found
 * again when other rows have come and gone. */
#pragma once

#include "session/rows.h"

G_BEGIN_DECLS

typedef struct {
  LecRow selected; /* where has_selected */
  gboolean has_selected;
  uint32_t frame; /* the selected one, while it is in view; or else the first that is; 0 = nowhere yet */
  double offset;  /* from the top of the view to its row, in pixels */
} LecListPlace;

G_END_DECLS
