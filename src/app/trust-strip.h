/* The strip over the list: whether the trace is fit to be judged, where it was captured, and what happened in it. One
 * line, or with all remarks and the story below it. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_TRUST_STRIP (lec_trust_strip_get_type ())
G_DECLARE_FINAL_TYPE (LecTrustStrip, lec_trust_strip, LEC, TRUST_STRIP, GtkWidget)

/* Properties "document" and "list", readable and writable: what it tells of, and the widget with which its lines share
 * the height; where that is little, they open over the list. Whether it is shown and laid open stands in the settings
 * "trust-strip-visible" and "trust-strip-lines". */

/* Shows its lines, and itself if it is hidden; or no longer. */
void lec_trust_strip_toggle_lines (LecTrustStrip *strip);

G_END_DECLS
