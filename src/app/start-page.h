/* What a window shows before a trace is open: how to open one, those opened lately, and the samples. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_START_PAGE (lec_start_page_get_type ())
G_DECLARE_FINAL_TYPE (LecStartPage, lec_start_page, LEC, START_PAGE, GtkWidget)

G_END_DECLS
