#include "app/chart-plot.h"

#include "app/chart-scale.h"

#include "analysis/replay-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PLOT_LINES  3.2  /* of text, is a lane's plot high */
#define STAMP       0.45 /* of a line's height */
#define GAP         4    /* pixels between texts and what they are about */
#define VALUE_TICKS 3
#define TICK_LINES  5 /* heights of a line for each number on the axis of time */

/* What there is. */

static gboolean
has_lane (const LecChartPlot *plot, unsigned side)
{
  const LecReplaySeries *series = plot->series;

  if (!series || series->end_ns <= series->start_ns)
    return FALSE;
  return plot->kind == LEC_CHART_FLIGHT ? series->most_flight_bytes[side] > 0 : series->most_trip_ns[side] > 0;
}

unsigned
lec_chart_plot_n_lanes (const LecChartPlot *plot)
{
  return (unsigned) has_lane (plot, 0) + (unsigned) has_lane (plot, 1);
}

/* A window that is many times what was ever in flight would press that flat: then it is left out, as its label says. */
static gboolean
has_window (const LecChartPlot *plot, unsigned side)
{
  return plot->kind == LEC_CHART_FLIGHT && plot->series->most_window_bytes[side] > 0 &&
         !lec_replay_window_is_far (plot->series, side);
}

unsigned
lec_chart_plot_signs (const LecChartPlot *plot)
{
  const LecReplaySeries *series = plot->series;
  gboolean is_flight = plot->kind == LEC_CHART_FLIGHT;
  unsigned signs = 0;

  for (unsigned side = 0; side < 2; side++) {
    if (!has_lane (plot, side))
      continue;
    signs |= 1u << LEC_SIGN_SELECTED | 1u << (is_flight ? LEC_SIGN_FLIGHT : LEC_SIGN_TRIP);
    if (has_window (plot, side))
      signs |= 1u << LEC_SIGN_WINDOW;
    if (is_flight && series->n_retransmissions[side] > 0)
      signs |= 1u << LEC_SIGN_RESENT;
    if (!is_flight && series->n_ambiguous[side] > 0)
      signs |= 1u << LEC_SIGN_AMBIGUOUS;
  }
  return signs;
}

static char *
dup_label (const LecChartPlot *plot, unsigned side)
{
  if (plot->kind == LEC_CHART_FLIGHT)
    return lec_replay_dup_flight_label (plot->series, side);
  return g_strdup (side ? _ ("To the server and back") : _ ("To the client and back"));
}

/* Times. */

int64_t
lec_chart_plot_time_of (const LecChartPlot *plot, int64_t step)
{
  return lec_index_time_ns (plot->replay->index, plot->replay->steps[step].frame);
}

/* Times mostly rise from step to step; where a clock was set back, near enough. */
int64_t
lec_chart_plot_step_near (const LecChartPlot *plot, int64_t time_ns)
{
  int64_t low = 0, high = (int64_t) plot->replay->n_steps - 1;

  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (lec_chart_plot_time_of (plot, middle) < time_ns)
      low = middle + 1;
    else
      high = middle;
  }
  if (low > 0 && time_ns - lec_chart_plot_time_of (plot, low - 1) < lec_chart_plot_time_of (plot, low) - time_ns)
    low--;
  return low;
}

/* Places. */

/* Where things are in the widget, as it is now. All in pixels. */
typedef struct {
  int line;    /* height of a line of text */
  int width;   /* of all */
  double left; /* of the plots */
  double right;
  double plot;   /* height of one */
  double top[2]; /* of a side's plot */
  double bottom; /* of the last plot */
  LecChartScale scale[2];
} Places;

static int
text_width (PangoLayout *layout, const char *text)
{
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
line_height (PangoLayout *layout)
{
  int height;

  pango_layout_set_text (layout, "0", -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return MAX (1, height);
}

/* Its label, room for stamps, its plot, and the lower half of the number at its foot. */
static int
lane_height (int line)
{
  return (int) (line * (1 + STAMP + PLOT_LINES + 0.5)) + 2 * GAP;
}

static LecChartScale
scale_of (const LecChartPlot *plot, unsigned side)
{
  const LecReplaySeries *series = plot->series;

  if (plot->kind == LEC_CHART_TRIPS)
    return lec_chart_scale (LEC_SCALE_TIME, (double) series->most_trip_ns[side], VALUE_TICKS);
  double most = series->most_flight_bytes[side];
  if (has_window (plot, side))
    most = MAX (most, series->most_window_bytes[side]);
  return lec_chart_scale (LEC_SCALE_BYTES, most, VALUE_TICKS);
}

static Places
find_places (const LecChartPlot *plot, PangoLayout *layout, int width)
{
  int line = line_height (layout), widest = 0;
  double y = 0;
  Places places = { .line = line, .width = width, .plot = line * PLOT_LINES };

  for (unsigned side = 0; side < 2; side++) {
    if (!has_lane (plot, side))
      continue;
    places.scale[side] = scale_of (plot, side);
    for (unsigned i = 0; i < places.scale[side].n_ticks; i++) {
      g_autofree char *text = lec_chart_scale_dup_tick (&places.scale[side], i);
      widest = MAX (widest, text_width (layout, text));
    }
    places.top[side] = y + line * (1 + STAMP) + 2 * GAP;
    places.bottom = places.top[side] + places.plot;
    y += lane_height (line);
  }
  places.left = widest + GAP;
  places.right = MAX (places.left + 1, width - line / 2);
  return places;
}

static double
x_of (const LecChartPlot *plot, const Places *places, int64_t time_ns)
{
  double span = (double) (plot->series->end_ns - plot->series->start_ns);
  double share = (double) (time_ns - plot->series->start_ns) / span;

  return places->left + CLAMP (share, 0, 1) * (places->right - places->left);
}

static int64_t
time_at (const LecChartPlot *plot, const Places *places, double x)
{
  double share = CLAMP ((x - places->left) / (places->right - places->left), 0, 1);

  return plot->series->start_ns + (int64_t) (share * (double) (plot->series->end_ns - plot->series->start_ns));
}

static double
y_of (const Places *places, unsigned side, double value)
{
  return places->top[side] + places->plot * (1 - CLAMP (value / places->scale[side].most, 0, 1));
}

/* Drawing. */

typedef struct {
  const LecChartPlot *plot;
  PangoLayout *layout;
  cairo_t *cr;
  const LecChartColors *colors;
  Places places;
  double stroke;
} Drawing;

static void
draw_text (Drawing *drawing, const char *text, double x, double y)
{
  pango_layout_set_text (drawing->layout, text, -1);
  gdk_cairo_set_source_rgba (drawing->cr, &drawing->colors->text);
  cairo_move_to (drawing->cr, x, y);
  pango_cairo_show_layout (drawing->cr, drawing->layout);
}

static void
draw_rule (Drawing *drawing, double from_x, double from_y, double to_x, double to_y)
{
  gdk_cairo_set_source_rgba (drawing->cr, &drawing->colors->faint);
  cairo_set_dash (drawing->cr, NULL, 0, 0);
  cairo_set_line_width (drawing->cr, 1);
  cairo_move_to (drawing->cr, floor (from_x) + 0.5, floor (from_y) + 0.5);
  cairo_line_to (drawing->cr, floor (to_x) + 0.5, floor (to_y) + 0.5);
  cairo_stroke (drawing->cr);
}

static void
draw_label (Drawing *drawing, unsigned side)
{
  const Places *places = &drawing->places;
  g_autofree char *text = dup_label (drawing->plot, side);

  pango_layout_set_width (drawing->layout, (int) places->right * PANGO_SCALE);
  pango_layout_set_ellipsize (drawing->layout, PANGO_ELLIPSIZE_END);
  draw_text (drawing, text, 0, places->top[side] - places->line * (1 + STAMP) - 2 * GAP);
  pango_layout_set_width (drawing->layout, -1);
}

static void
draw_value_axis (Drawing *drawing, unsigned side)
{
  const Places *places = &drawing->places;
  const LecChartScale *scale = &places->scale[side];

  for (unsigned i = 0; i < scale->n_ticks; i++) {
    g_autofree char *text = lec_chart_scale_dup_tick (scale, i);
    double y = y_of (places, side, i * scale->step);
    int width = text_width (drawing->layout, text);
    draw_text (drawing, text, places->left - GAP - width, y - places->line / 2.0);
    draw_rule (drawing, places->left, y, places->right, y);
  }
}

/* Below the last lane, for all. What would touch the number before it, or stand out at the right, is left out. */
static void
draw_time_axis (Drawing *drawing)
{
  const Places *places = &drawing->places;
  const LecChartPlot *plot = drawing->plot;
  const LecReplaySeries *series = plot->series;
  unsigned most_ticks = (unsigned) MAX (2, (places->right - places->left) / (TICK_LINES * places->line));
  LecChartScale scale = lec_chart_scale (LEC_SCALE_TIME, (double) (series->end_ns - series->start_ns), most_ticks);
  double free_from = 0;

  for (unsigned i = 0; i < scale.n_ticks; i++) {
    g_autofree char *text = lec_chart_scale_dup_tick (&scale, i);
    double x = x_of (plot, places, series->start_ns + (int64_t) (i * scale.step));
    int width = text_width (drawing->layout, text);
    for (unsigned side = 0; side < 2; side++)
      if (has_lane (plot, side))
        draw_rule (drawing, x, places->top[side], x, places->top[side] + places->plot);
    if (x - width / 2.0 < free_from || x + width / 2.0 > places->width)
      continue;
    draw_text (drawing, text, x - width / 2.0, places->bottom + places->line / 2.0);
    free_from = x + width / 2.0 + places->line / 2.0;
  }
}

/* The buckets that share the pixel at X, put together. */
static LecReplayBucket
gather (Drawing *drawing, unsigned side, double x)
{
  const LecChartPlot *plot = drawing->plot;
  const LecReplaySeries *series = plot->series;
  unsigned from = lec_replay_series_bucket (series, time_at (plot, &drawing->places, x));
  unsigned end = MAX (from + 1, lec_replay_series_bucket (series, time_at (plot, &drawing->places, x + 1)));
  LecReplayBucket sum = series->buckets[side][from];

  for (unsigned i = from + 1; i < end && i < series->n_buckets; i++)
    lec_replay_bucket_add (&sum, &series->buckets[side][i]);
  return sum;
}

/* Goes on from where the path is, if it is anywhere, at once to Y. */
static void
go_on (cairo_t *cr, double x, double y)
{
  double former_x, former_y;

  if (!cairo_has_current_point (cr)) {
    cairo_move_to (cr, x, y);
  } else {
    cairo_get_current_point (cr, &former_x, &former_y);
    if (former_y != y)
      cairo_line_to (cr, x, former_y);
  }
  cairo_line_to (cr, x, y);
}

static void
draw_area (Drawing *drawing, unsigned side)
{
  const Places *places = &drawing->places;

  gdk_cairo_set_source_rgba (drawing->cr, &drawing->colors->area);
  for (double x = places->left; x < places->right; x++) {
    LecReplayBucket bucket = gather (drawing, side, x);
    double y = y_of (places, side, bucket.most_flight_bytes);
    if (bucket.has_flight && bucket.most_flight_bytes > 0)
      cairo_rectangle (drawing->cr, x, y, 1, places->top[side] + places->plot - y);
  }
  cairo_fill (drawing->cr);
}

static void
draw_curve (Drawing *drawing, unsigned side, LecChartSign sign)
{
  cairo_t *cr = drawing->cr;
  const Places *places = &drawing->places;

  lec_chart_sign_pen (cr, sign, drawing->colors, drawing->stroke);
  for (double x = places->left; x < places->right; x++) {
    LecReplayBucket bucket = gather (drawing, side, x);
    if (sign == LEC_SIGN_FLIGHT && bucket.has_flight) {
      go_on (cr, x, y_of (places, side, bucket.most_flight_bytes));
    } else if (sign == LEC_SIGN_WINDOW && bucket.has_window) {
      go_on (cr, x, y_of (places, side, bucket.most_window_bytes));
      /* A window that was shut for a moment only is to be seen. */
      if (bucket.least_window_bytes != bucket.most_window_bytes)
        go_on (cr, x, y_of (places, side, bucket.least_window_bytes));
    } else {
      cairo_new_sub_path (cr);
    }
  }
  cairo_stroke (cr);
}

static void
draw_trips (Drawing *drawing, unsigned side)
{
  const Places *places = &drawing->places;

  lec_chart_sign_pen (drawing->cr, LEC_SIGN_TRIP, drawing->colors, drawing->stroke);
  for (double x = places->left; x < places->right; x++) {
    LecReplayBucket bucket = gather (drawing, side, x);
    if (bucket.least_trip_ns < 0)
      continue;
    cairo_move_to (drawing->cr, x, y_of (places, side, (double) bucket.least_trip_ns));
    cairo_line_to (drawing->cr, x, y_of (places, side, (double) bucket.most_trip_ns));
  }
  cairo_stroke (drawing->cr);
}

/* Above the plot, not in it: what they mark may be as high as it. Those too close to be told apart are one. */
static void
draw_stamps (Drawing *drawing, unsigned side, LecChartSign sign)
{
  const Places *places = &drawing->places;
  double size = STAMP * places->line, y = places->top[side] - GAP - size / 2, free_from = 0;

  lec_chart_sign_pen (drawing->cr, sign, drawing->colors, drawing->stroke);
  for (double x = places->left; x < places->right; x++) {
    if (x < free_from)
      continue;
    LecReplayBucket bucket = gather (drawing, side, x);
    if (sign == LEC_SIGN_RESENT ? bucket.n_retransmissions > 0 : bucket.n_ambiguous > 0) {
      lec_chart_sign_stamp (drawing->cr, sign, x, y, size);
      free_from = x + size / 2;
    }
  }
}

static void
draw_lane (Drawing *drawing, unsigned side)
{
  draw_label (drawing, side);
  if (drawing->plot->kind == LEC_CHART_FLIGHT)
    draw_area (drawing, side);
  draw_value_axis (drawing, side);
  if (drawing->plot->kind == LEC_CHART_TRIPS) {
    draw_trips (drawing, side);
    draw_stamps (drawing, side, LEC_SIGN_AMBIGUOUS);
    return;
  }
  draw_curve (drawing, side, LEC_SIGN_FLIGHT);
  if (has_window (drawing->plot, side))
    draw_curve (drawing, side, LEC_SIGN_WINDOW);
  draw_stamps (drawing, side, LEC_SIGN_RESENT);
}

static void
draw_mark (Drawing *drawing, unsigned side)
{
  const Places *places = &drawing->places;
  const LecChartPlot *plot = drawing->plot;
  double size = STAMP * places->line, foot = places->top[side] + places->plot;
  double x = x_of (plot, places, lec_chart_plot_time_of (plot, plot->marked));

  lec_chart_sign_pen (drawing->cr, LEC_SIGN_SELECTED, drawing->colors, drawing->stroke);
  cairo_move_to (drawing->cr, x, places->top[side]);
  cairo_line_to (drawing->cr, x, foot);
  cairo_stroke (drawing->cr);
  lec_chart_sign_stamp (drawing->cr, LEC_SIGN_SELECTED, x, foot - size / 2, size);
}

static void
draw_span (Drawing *drawing, unsigned side)
{
  const Places *places = &drawing->places;
  const LecChartPlot *plot = drawing->plot;
  double left = x_of (plot, places, lec_chart_plot_time_of (plot, plot->span_first));
  double right = x_of (plot, places, lec_chart_plot_time_of (plot, plot->span_last));

  gdk_cairo_set_source_rgba (drawing->cr, &drawing->colors->span);
  cairo_rectangle (drawing->cr, left, places->top[side], MAX (1, right - left), places->plot);
  cairo_fill (drawing->cr);
}

/* For the widget. */

int
lec_chart_plot_height (const LecChartPlot *plot, PangoLayout *layout)
{
  int line = line_height (layout);

  return (int) lec_chart_plot_n_lanes (plot) * lane_height (line) + line;
}

int64_t
lec_chart_plot_step_at (const LecChartPlot *plot, PangoLayout *layout, int width, double x)
{
  if (lec_chart_plot_n_lanes (plot) == 0)
    return -1;
  Places places = find_places (plot, layout, width);
  return lec_chart_plot_step_near (plot, time_at (plot, &places, x));
}

void
lec_chart_plot_draw (const LecChartPlot *plot, PangoLayout *layout, cairo_t *cr, const LecChartColors *colors,
                     int width)
{
  if (lec_chart_plot_n_lanes (plot) == 0)
    return;
  Drawing drawing = { plot, layout, cr, colors, find_places (plot, layout, width) };
  drawing.stroke = lec_chart_stroke (drawing.places.line);
  draw_time_axis (&drawing);
  for (unsigned side = 0; side < 2; side++) {
    if (!has_lane (plot, side))
      continue;
    if (plot->span_first >= 0)
      draw_span (&drawing, side);
    draw_lane (&drawing, side);
    if (plot->marked >= 0)
      draw_mark (&drawing, side);
  }
}
