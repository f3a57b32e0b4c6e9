/* The widget that shows a LecChartPlot.
 *
 * Signal "frame-chosen" (u): the user asks for that frame, by a click or by keys: Left and Right go to the
 * conversation's next one, Page Up and Page Down a tenth of the time, Home and End to the first and the last. A span of
 * time is marked out by dragging, or by Left and Right with Shift; its menu, and that of any other place, offers the
 * filters that it stands for. */
#pragma once

#include "app/chart-plot.h"

G_BEGIN_DECLS

#define LEC_TYPE_SERIES_CHART (lec_series_chart_get_type ())
G_DECLARE_FINAL_TYPE (LecSeriesChart, lec_series_chart, LEC, SERIES_CHART, GtkWidget)

GtkWidget *lec_series_chart_new (LecChartKind kind);
/* Both are borrowed, until others are set, or NULL: nothing. */
void lec_series_chart_set (LecSeriesChart *chart, const LecReplay *replay, const LecReplaySeries *series);
/* Marks the step of FRAME, or the last before it; 0 = none. */
void lec_series_chart_mark (LecSeriesChart *chart, uint32_t frame);
/* What it is about: "Bytes in flight since frame 3". Free with g_free(). */
char *lec_series_chart_dup_title (LecSeriesChart *chart);
/* A bit for each LecChartSign that it draws; 0: there is nothing to draw. */
unsigned lec_series_chart_signs (LecSeriesChart *chart);

G_END_DECLS
