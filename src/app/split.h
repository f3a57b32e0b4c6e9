/* A GtkPaned that stays where the user put it: where there is too little room for that, for large text or in a small
 * window, it gives way, and comes back with the room. GtkPaned itself forgets what it had to give up. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a split keeps. */
typedef enum {
  LEC_SPLIT_START, /* the size of the start child, in pixels */
  LEC_SPLIT_END,   /* that of the end child */
  LEC_SPLIT_SHARE, /* the start child's share of the whole, 0 to 1 */
} LecSplitKept;

#define LEC_TYPE_SPLIT_KEPT (lec_split_kept_get_type ())
GType lec_split_kept_get_type (void);

#define LEC_TYPE_SPLIT (lec_split_get_type ())
G_DECLARE_FINAL_TYPE (LecSplit, lec_split, LEC, SPLIT, GtkWidget)

/* Properties: "orientation", "start-child" and "end-child", as GtkPaned's; "kept", a LecSplitKept; "size", a double,
 * which the user's dragging changes and a lack of room does not. */

G_END_DECLS
