/* A piece of the filter as a switch: its text, whether it is on, and a menu of what can be done with it. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_FILTER_CHIP (lec_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (LecFilterChip, lec_filter_chip, LEC, FILTER_CHIP, GtkWidget)

/* Stands for the piece I of the document's filter, whose owner calls lec_filter_chip_update() when that has changed. */
LecFilterChip *lec_filter_chip_new (LecDocument *document, unsigned i);
void lec_filter_chip_update (LecFilterChip *chip);
/* Where it is not LIVE it can be read and copied, and nothing else. */
void lec_filter_chip_set_live (LecFilterChip *chip, gboolean live);
void lec_filter_chip_take_focus (LecFilterChip *chip);

G_END_DECLS
