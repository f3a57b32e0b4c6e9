/* The legend under the list: the colour rules that are on, with how many frames each concerns. It is a control: a click
 * shows only those frames, a second one brings back what was shown before.
 *
 * Counts are found by the worker, one rule at a time, once the trace is read. Properties "document" and "rules". */
#pragma once

#include <gtk/gtk.h>

#include "app/color-rules.h"
#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_LEGEND (lec_legend_get_type ())
G_DECLARE_FINAL_TYPE (LecLegend, lec_legend, LEC, LEGEND, GtkWidget)

GtkWidget *lec_legend_new (LecColorRules *rules);

G_END_DECLS
