/* The form for one colour rule: name, filter, colours, sign. Emits "edited" whenever the rule it holds has changed and
 * is a valid one. */
#pragma once

#include <gtk/gtk.h>

#include "app/color-rules.h"

G_BEGIN_DECLS

#define LEC_TYPE_COLOR_RULE_EDITOR (lec_color_rule_editor_get_type ())
G_DECLARE_FINAL_TYPE (LecColorRuleEditor, lec_color_rule_editor, LEC, COLOR_RULE_EDITOR, GtkWidget)

/* Shows RULE, which is copied; NULL makes the form insensitive. */
void lec_color_rule_editor_set (LecColorRuleEditor *editor, const LecColorRule *rule);
/* The rule as edited. Free with lec_color_rule_free(). NULL where there is none. */
LecColorRule *lec_color_rule_editor_dup (LecColorRuleEditor *editor);

G_END_DECLS
