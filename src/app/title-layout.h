/* How a header bar's three parts share its width: the buttons at both sides have what they need first, the title stands
 * in the middle of the window for as long as it fits there, then beside it. GtkHeaderBar puts the title first, and
 * takes from the buttons what it covers. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_TITLE_LAYOUT (lec_title_layout_get_type ())
/* For a widget with three children: the buttons at the start, the title, the buttons at the end. */
G_DECLARE_FINAL_TYPE (LecTitleLayout, lec_title_layout, LEC, TITLE_LAYOUT, GtkLayoutManager)

G_END_DECLS
