/* The first cell of a row: how deep it stands, the triangle that opens it, its mark, its number. */
#pragma once

#include <gtk/gtk.h>

#include "session/rows.h"

G_BEGIN_DECLS

#define LEC_TYPE_NUMBER_CELL (lec_number_cell_get_type ())
G_DECLARE_FINAL_TYPE (LecNumberCell, lec_number_cell, LEC, NUMBER_CELL, GtkWidget)

/* Signal "toggle": the triangle was pressed. Action "row.toggle": the same, for those who do not point. */
GtkWidget *lec_number_cell_new (void);
void lec_number_cell_set_row (LecNumberCell *cell, const LecRow *row, const char *number);

G_END_DECLS
