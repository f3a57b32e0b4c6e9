/* The look of all windows: the style sheet, light or dark, and how large everything is.
 *
 * One for the application. Follows the settings "appearance" and "zoom", and the desktop's own preference where the
 * appearance is "system". Windows get the class "dark" and one "zoom-N" as they come. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_STYLE (lec_style_get_type ())
G_DECLARE_FINAL_TYPE (LecStyle, lec_style, LEC, STYLE, GObject)

LecStyle *lec_style_new (GSettings *settings, GdkDisplay *display);
/* Adds app.zoom-in, app.zoom-out, app.zoom-normal and app.appearance, with their keys. */
void lec_style_add_actions (LecStyle *style, GtkApplication *application);

G_END_DECLS
