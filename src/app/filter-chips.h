/* The strip of chips below the filter's entry: the tiers that narrow the list and the parts of what the entry holds.
 * It is there while there is more to tell than the entry says by itself. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_FILTER_CHIPS (lec_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (LecFilterChips, lec_filter_chips, LEC, FILTER_CHIPS, GtkWidget)

/* DOCUMENT may be NULL. */
void lec_filter_chips_set_document (LecFilterChips *chips, LecDocument *document);
/* STALE: the entry reads otherwise than what is applied, and the parts of that cannot be switched meanwhile. */
void lec_filter_chips_set_stale (LecFilterChips *chips, gboolean stale);

G_END_DECLS
