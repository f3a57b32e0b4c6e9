/* What stands below a pane to explain it: text of up to three lines; more can be scrolled. Its height does not change
 * with the text, so that nothing moves under the pointer, and gives way last to one line. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_FOOTER (lec_footer_get_type ())
G_DECLARE_FINAL_TYPE (LecFooter, lec_footer, LEC, FOOTER, GtkWidget)

GtkWidget *lec_footer_new (void);
void lec_footer_set_text (LecFooter *footer, const char *text);

G_END_DECLS
