/* A chapter of the help: sections at the side, and examples that a click puts into the filter box. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_HELP_WINDOW (lec_help_window_get_type ())
G_DECLARE_FINAL_TYPE (LecHelpWindow, lec_help_window, LEC, HELP_WINDOW, GtkWindow)

/* CHAPTER names a text among the resources, such as "filter-language". Examples go to PARENT through its action
 * "win.try-filter". */
GtkWidget *lec_help_window_new (GtkWindow *parent, const char *chapter);

G_END_DECLS
