/* The filter library and the history of filters in one list: searched, applied, changed, taken in and given out. */
#pragma once

#include <gtk/gtk.h>

#include "app/filter-library.h"

G_BEGIN_DECLS

#define LEC_TYPE_FILTER_LIBRARY_WINDOW (lec_filter_library_window_get_type ())
G_DECLARE_FINAL_TYPE (LecFilterLibraryWindow, lec_filter_library_window, LEC, FILTER_LIBRARY_WINDOW, GtkWindow)

/* Filters are applied to PARENT through its action "win.filter-term". */
GtkWidget *lec_filter_library_window_new (GtkWindow *parent, LecFilterLibrary *library, GSettings *settings);
/* Shows all, or the history alone, with nothing searched for yet. */
void lec_filter_library_window_open (LecFilterLibraryWindow *window, gboolean history);

G_END_DECLS
