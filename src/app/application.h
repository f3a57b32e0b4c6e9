/* The program: one process, a window for each trace. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_APPLICATION (lec_application_get_type())
G_DECLARE_FINAL_TYPE(LecApplication, lec_application, LEC, APPLICATION, GtkApplication)

LecApplication *lec_application_new(void);
/* What the user has set; shared by all windows. Borrowed. */
GSettings *lec_application_settings(LecApplication *application);

G_END_DECLS
