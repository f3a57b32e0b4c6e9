/* The window that tells about a trace as a whole: its file, times, contents, interfaces, names, damage. Follows the
 * property "document" (NULL = none) and its trace while that loads. */
#pragma once

#include <gtk/gtk.h>

#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_PROPERTIES_WINDOW (lec_properties_window_get_type ())
G_DECLARE_FINAL_TYPE (LecPropertiesWindow, lec_properties_window, LEC, PROPERTIES_WINDOW, GtkWindow)

GtkWidget *lec_properties_window_new (GtkWindow *parent);
/* All that it shows, as it is copied. Free with g_free(). */
char *lec_properties_window_dup_text (LecPropertiesWindow *window);

G_END_DECLS
