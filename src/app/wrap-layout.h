/* Children one after the other, in as many lines as their width asks for, as words stand in a text. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_WRAP_LAYOUT (lec_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (LecWrapLayout, lec_wrap_layout, LEC, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *lec_wrap_layout_new (void);

G_END_DECLS
