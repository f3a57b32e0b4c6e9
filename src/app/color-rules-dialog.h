/* The dialog in which colour rules are listed, switched, ordered and edited. What is changed is seen in the list at
 * once, and kept in the user's file. */
#pragma once

#include <gtk/gtk.h>

#include "app/color-rules.h"

G_BEGIN_DECLS

#define LEC_TYPE_COLOR_RULES_DIALOG (lec_color_rules_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LecColorRulesDialog, lec_color_rules_dialog, LEC, COLOR_RULES_DIALOG, GtkWindow)

GtkWidget *lec_color_rules_dialog_new (GtkWindow *parent, LecColorRules *rules);
/* Adds a rule for FILTER, the first of all, and shows it in the form. */
void lec_color_rules_dialog_add (LecColorRulesDialog *dialog, const char *filter);

G_END_DECLS
