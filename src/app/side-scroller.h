/* A row of widgets that may be longer than there is room: then it fades at the side where there is more, and has a
 * button there that goes on. The wheel scrolls it, and whatever gets the keyboard's focus comes into view. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_SIDE_SCROLLER (lec_side_scroller_get_type ())
G_DECLARE_FINAL_TYPE (LecSideScroller, lec_side_scroller, LEC, SIDE_SCROLLER, GtkWidget)

/* CHILD is the row. */
GtkWidget *lec_side_scroller_new (GtkWidget *child);

G_END_DECLS
