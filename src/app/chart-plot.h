/* What a chart of a conversation draws, and where: for each side that there is something of, a lane with its label, its
 * axis and its curves, and below them one axis of time. It draws what the worker has brought down to a bucket a pixel
 * or so, however many frames there are. */
#pragma once

#include "app/chart-sign.h"

#include "analysis/replay-series.h"

G_BEGIN_DECLS

typedef enum {
  LEC_CHART_FLIGHT, /* bytes in flight, against the other side's window */
  LEC_CHART_TRIPS,  /* round trips from the place of capture to either side */
} LecChartKind;

/* The chart widget's own. */
typedef struct {
  LecChartKind kind;
  const LecReplay *replay;       /* borrowed, or NULL, as the next */
  const LecReplaySeries *series; /* with one step or more */
  int64_t marked;                /* step of the replay, −1 = none */
  int64_t span_first;            /* steps of the span of time that is marked out, −1 = none; FIRST ≤ LAST */
  int64_t span_last;
} LecChartPlot;

/* Sides that there is something to draw of; 0, 1 or 2. */
unsigned lec_chart_plot_n_lanes (const LecChartPlot *plot);
/* A bit for each LecChartSign that it draws. */
unsigned lec_chart_plot_signs (const LecChartPlot *plot);
/* LAYOUT writes in the chart's font; what it says is lost. */
int lec_chart_plot_height (const LecChartPlot *plot, PangoLayout *layout);
/* The step that is nearest to X; −1 = there is nothing. */
int64_t lec_chart_plot_step_at (const LecChartPlot *plot, PangoLayout *layout, int width, double x);
void lec_chart_plot_draw (const LecChartPlot *plot, PangoLayout *layout, cairo_t *cr, const LecChartColors *colors,
                          int width);

/* The step nearest to a time. */
int64_t lec_chart_plot_step_near (const LecChartPlot *plot, int64_t time_ns);
int64_t lec_chart_plot_time_of (const LecChartPlot *plot, int64_t step);

G_END_DECLS
