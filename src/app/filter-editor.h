/* A small window in which a filter gets its name, its category, and a word on what it is for. */
#pragma once

#include <gtk/gtk.h>

#include "app/filter-library.h"

G_BEGIN_DECLS

#define LEC_TYPE_FILTER_EDITOR (lec_filter_editor_get_type ())
G_DECLARE_FINAL_TYPE (LecFilterEditor, lec_filter_editor, LEC, FILTER_EDITOR, GtkWindow)

/* Begins with FILTER. Saving puts the result in place of it where it is the user's own, else adds it. */
GtkWidget *lec_filter_editor_new (GtkWindow *parent, LecFilterLibrary *library, const LecNamedFilter *filter);

G_END_DECLS
