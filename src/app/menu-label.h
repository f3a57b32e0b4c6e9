/* Texts of the trace, or the user's, as labels of menu items. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TEXT without mnemonics, which menus read out of underscores, and cut where it would make the menu as wide as the
 * screen. Free with g_free(). */
char *lec_menu_label_dup (const char *text);
/* The same for the title of a section, which knows no mnemonics. */
char *lec_menu_title_dup (const char *text);

G_END_DECLS
