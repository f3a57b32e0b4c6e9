/* Parts that the panes have in common. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a pane shows while it has nothing: what would be here, and what to do. *LABEL (or NULL) gets its label. The text
 * wraps inside something whose least height does not depend on its width: a GtkPaned measures its children without
 * their widths, and would promise too little otherwise. */
GtkWidget *lec_pane_empty_new (const char *text, GtkWidget **label);

/* TEXT, or what a line can show of it: a hostile value may have megabytes, and laying it out takes time. Always UTF-8.
 * Free with g_free(). */
char *lec_pane_dup_short (const char *text);
/* An icon beside words that say the same: nothing to read out. ICON may be NULL: an empty place. */
GtkWidget *lec_decoration_new (const char *icon);

G_END_DECLS
