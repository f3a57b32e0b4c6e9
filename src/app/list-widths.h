/* How wide the columns of the message list are. Widths are in tenths of the width of a digit, so that they hold at any
 * size of text. */
#pragma once

#include "app/list-columns.h"

G_BEGIN_DECLS

typedef struct LecListWidths LecListWidths;

/* VIEW must outlive the widths. */
LecListWidths *lec_list_widths_new (GtkColumnView *view);
void lec_list_widths_free (LecListWidths *widths);

/* The width that a column has unless the user gives it another; ID is −1 for one that was added for a field. */
int lec_list_widths_usual (int id);
/* From a column's width to that of its widget, in pixels, and back. */
int lec_list_widths_to_px (const LecListWidths *widths, int width);
int lec_list_widths_from_px (const LecListWidths *widths, int px);
/* Sets the pixels of all COLUMNS (LecListColumn), for the size of text that the view has now. Where there is no room
 * for all, addresses give way to the summary, and then it gives way itself before the list is wider than the window. */
void lec_list_widths_fit (LecListWidths *widths, GPtrArray *columns, LecTimeFormat time_format);
/* TRUE: the view has another size, or another size of text, than the columns were fitted to. */
gboolean lec_list_widths_outdated (const LecListWidths *widths);
/* Tells the largest frame number, which its column has to hold. TRUE: the columns are to be fitted again. */
gboolean lec_list_widths_hold_number (LecListWidths *widths, uint32_t largest);

G_END_DECLS
