/* The menu of what can be done with something that stands for an expression: the same for whatever is pointed at, and
 * opened the same way, by the second button, the menu keys, or a long press. All its items are actions of the window.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/term.h"

G_BEGIN_DECLS

/* Appends the items for TERMS (LecTerm): the first one's under its own text as title, those of each other one in a menu
 * of its own. */
void lec_term_menu_append (GMenu *menu, const GPtrArray *terms);
/* Appends one item. A floating TARGET is taken over; NULL = none. */
void lec_term_menu_append_item (GMenu *menu, const char *label, const char *action, GVariant *target);
/* Appends SECTION, unless there is nothing in it. */
void lec_term_menu_append_section (GMenu *menu, GMenu *section);

/* The menu for a place of WIDGET; for the keyboard, whose place is what has the focus, X and Y are −1. NULL = none.
 * The caller frees it. */
typedef GMenuModel *(*LecTermMenuAt) (GtkWidget *widget, double x, double y, gpointer data);

/* From now on, WIDGET opens such menus. */
void lec_term_menu_attach (GtkWidget *widget, LecTermMenuAt menu_at, gpointer data);
/* The same, where WIDGET stands for one EXPRESSION, which is copied. Another may be set later; NULL = none. */
void lec_term_menu_attach_expression (GtkWidget *widget, const char *expression);
/* Opens MENU at a place of WIDGET. */
void lec_term_menu_popup (GtkWidget *widget, GMenuModel *menu, double x, double y);

G_END_DECLS
