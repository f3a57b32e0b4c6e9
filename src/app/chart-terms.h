/* What a place of a chart, or a span of its time, can be filtered by. */
#pragma once

#include "app/chart-plot.h"
#include "app/term.h"

G_BEGIN_DECLS

/* Terms (LecTerm), the best first: of the span of PLOT where STEP is in it; else of STEP, and of what came before and
 * after it; −1 = none. Free with g_ptr_array_unref(). */
GPtrArray *lec_chart_terms (const LecChartPlot *plot, int64_t step);

G_END_DECLS
