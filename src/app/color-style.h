/* The colour rules as style classes, and looks put on widgets: list rows and the legend's chips. */
#pragma once

#include <gtk/gtk.h>

#include "app/color-rules.h"

G_BEGIN_DECLS

/* Keeps DISPLAY's style classes in step with RULES for as long as RULES live. Call once. Dark colours hold inside a
 * window of class "dark" (see style.h). */
void lec_color_style_install (LecColorRules *rules, GdkDisplay *display);

/* Gives ROW the look's classes and takes away those of the look it had; NULL takes away only. */
void lec_color_look_apply (const LecColorLook *look, GtkWidget *row);

/* Gives a widget that stands for RULE its colours. */
void lec_color_rule_apply (const LecColorRule *rule, GtkWidget *widget);

G_END_DECLS
