/* A window: one trace, its list and its panes; or the start page. */
#pragma once

#include "app/application.h"
#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_WINDOW (lec_window_get_type ())
G_DECLARE_FINAL_TYPE (LecWindow, lec_window, LEC, WINDOW, GtkApplicationWindow)

LecWindow *lec_window_new (LecApplication *application);
/* The trace it shows, NULL while it shows none. Property "document", for <binding> in window.ui; notifies. Borrowed. */
LecDocument *lec_window_document (LecWindow *window);

/* Opens FILE in it, a pipe as soon as its first bytes are there. Where that fails the window says why. */
void lec_window_open (LecWindow *window, GFile *file);
/* The keys of all actions. */
void lec_window_add_keys (GtkApplication *application);

G_END_DECLS
