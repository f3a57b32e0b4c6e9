/* Where the message list stands: what is selected, and which row is how far down the view. It can be found again when
 * other rows have come and gone. */
#pragma once

#include "session/rows.h"

G_BEGIN_DECLS

typedef struct {
  LecRow selected;
  LecRow anchor; /* the selected row, while it is in view; or else the first that is */
  double offset; /* from the view's top down to the anchor's, in rows */
  gboolean has_selected;
  gboolean has_anchor;
} LecListPlace;

G_END_DECLS
