#include "app/series-chart.h"

#include "app/chart-terms.h"
#include "app/term-menu.h"

#include "analysis/replay-text.h"

#include <glib/gi18n-lib.h>

struct _LecSeriesChart {
  GtkWidget parent;
  LecChartPlot plot;
  PangoLayout *layout; /* in the chart's font, or NULL until it is wanted */
};

enum { FRAME_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LecSeriesChart, lec_series_chart, GTK_TYPE_WIDGET)

unsigned
lec_series_chart_signs (LecSeriesChart *chart)
{
  return lec_chart_plot_signs (&chart->plot);
}

/* Words. */

char *
lec_series_chart_dup_title (LecSeriesChart *chart)
{
  gboolean is_flight = chart->plot.kind == LEC_CHART_FLIGHT;

  if (chart->plot.replay == NULL)
    return g_strdup (is_flight ? _ ("Bytes in flight") : _ ("Round trips"));
  return g_strdup_printf (is_flight ? _ ("Bytes in flight since frame %u") : _ ("Round trips since frame %u"),
                          chart->plot.replay->steps[0].frame);
}

/* How things stand with a step: a line a fact. */
static char *
dup_step_text (LecSeriesChart *chart, int64_t at)
{
  const LecReplay *replay = chart->plot.replay;
  const LecReplayStep *step = &replay->steps[at];
  g_autofree char *moment = lec_replay_dup_moment (replay, step);
  g_autofree char *trip = lec_replay_dup_round_trip (replay, step);
  g_autofree char *client = lec_replay_dup_standing (replay, step, 0);
  g_autofree char *server = lec_replay_dup_standing (replay, step, 1);

  if (chart->plot.kind == LEC_CHART_TRIPS)
    return g_strdup_printf ("%s\n%s", moment, trip);
  return g_strdup_printf ("%s\n%s\n%s", moment, client, server);
}

/* Those who do not see the curves are told what they come to, and how things stand where they are. */
static void
describe (LecSeriesChart *chart)
{
  const LecChartPlot *plot = &chart->plot;
  g_autofree char *title = lec_series_chart_dup_title (chart);
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned side = 0; plot->replay != NULL && side < 2; side++) {
    g_autofree char *lane = plot->kind == LEC_CHART_FLIGHT ? lec_replay_dup_flight (plot->replay, plot->series, side)
                                                           : lec_replay_dup_trips (plot->replay, side);
    g_string_append_printf (text, "%s\n", lane);
  }
  if (plot->span_first >= 0) {
    g_autoptr (GPtrArray) terms = lec_chart_terms (plot, plot->span_first);
    g_string_append_printf (text, _ ("Marked out: %s"), lec_terms_get (terms, 0)->expression);
    g_string_append_c (text, '\n');
  }
  if (plot->marked >= 0) {
    g_autofree char *step = dup_step_text (chart, plot->marked);
    g_string_append (text, step);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

/* On screen. */

static PangoLayout *
chart_layout (LecSeriesChart *chart)
{
  if (chart->layout == NULL)
    chart->layout = gtk_widget_create_pango_layout (GTK_WIDGET (chart), NULL);
  return chart->layout;
}

static void
lec_series_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LecSeriesChart *chart = LEC_SERIES_CHART (widget);
  LecChartColors colors = lec_chart_colors (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  lec_chart_plot_draw (&chart->plot, chart_layout (chart), cr, &colors, width);
  cairo_destroy (cr);
}

static void
lec_series_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  LecSeriesChart *chart = LEC_SERIES_CHART (widget);
  int height = lec_chart_plot_height (&chart->plot, chart_layout (chart));

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? height : 100;
}

static void
lec_series_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lec_series_chart_parent_class)->css_changed (widget, change);
  g_clear_object (&LEC_SERIES_CHART (widget)->layout);
  gtk_widget_queue_resize (widget);
}

/* Pointer and keys. */

/* Marks out the time from one step to another, in either order; −1 = none. */
static void
mark_span (LecSeriesChart *chart, int64_t from, int64_t to)
{
  chart->plot.span_first = MIN (from, to);
  chart->plot.span_last = MAX (from, to);
  describe (chart);
  gtk_widget_queue_draw (GTK_WIDGET (chart));
}

/* The mark does not wait for the selection: the next key goes on from there. */
static void
choose (LecSeriesChart *chart, int64_t step)
{
  mark_span (chart, -1, -1);
  chart->plot.marked = step = CLAMP (step, 0, (int64_t) chart->plot.replay->n_steps - 1);
  gtk_widget_queue_draw (GTK_WIDGET (chart));
  g_signal_emit (chart, signals[FRAME_CHOSEN], 0, chart->plot.replay->steps[step].frame);
}

static int64_t
step_at (LecSeriesChart *chart, double x)
{
  return lec_chart_plot_step_at (&chart->plot, chart_layout (chart), gtk_widget_get_width (GTK_WIDGET (chart)), x);
}

static void
drag_update (GtkGestureDrag *drag, double offset_x, double offset_y, LecSeriesChart *chart)
{
  double x, y;

  if (chart->plot.replay == NULL || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  if (!gtk_drag_check_threshold (GTK_WIDGET (chart), (int) x, 0, (int) (x + offset_x), 0) && chart->plot.span_first < 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (chart));
  mark_span (chart, step_at (chart, x), step_at (chart, x + offset_x));
}

static void
pressed (GtkGestureClick *gesture, int n_press, double x, double y, LecSeriesChart *chart)
{
  mark_span (chart, -1, -1);
}

static void
released (GtkGestureClick *gesture, int n_press, double x, double y, LecSeriesChart *chart)
{
  int64_t step = step_at (chart, x);

  gtk_widget_grab_focus (GTK_WIDGET (chart));
  if (step >= 0)
    choose (chart, step);
}

/* AT is moved by SHARE of the whole time, and by a step at least. */
static int64_t
step_further (LecSeriesChart *chart, int64_t at, double share)
{
  const LecReplaySeries *series = chart->plot.series;
  int64_t span_ns = (int64_t) (share * (double) (series->end_ns - series->start_ns));
  int64_t found = lec_chart_plot_step_near (&chart->plot, lec_chart_plot_time_of (&chart->plot, at) + span_ns);

  return share < 0 ? MIN (at - 1, found) : MAX (at + 1, found);
}

/* Shift with the keys that go to the next frame: the span grows to there. */
static gboolean
extend_span (LecSeriesChart *chart, int step)
{
  int64_t from = chart->plot.span_first, to = chart->plot.span_last, at = MAX (chart->plot.marked, 0);

  if (from < 0)
    from = to = at;
  if (at == from && at != to)
    from = to;
  to = CLAMP (at + step, 0, (int64_t) chart->plot.replay->n_steps - 1);
  choose (chart, to);
  mark_span (chart, from, to);
  return TRUE;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, unsigned key, unsigned code, GdkModifierType state,
             LecSeriesChart *chart)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  if (chart->plot.replay == NULL || (modifiers & ~GDK_SHIFT_MASK) != 0)
    return FALSE;
  if (modifiers == GDK_SHIFT_MASK)
    return (key == GDK_KEY_Left || key == GDK_KEY_Right) && extend_span (chart, key == GDK_KEY_Right ? 1 : -1);
  int64_t at = MAX (chart->plot.marked, 0);
  switch (key) {
  case GDK_KEY_Left:
    choose (chart, at - 1);
    return TRUE;
  case GDK_KEY_Right:
    choose (chart, at + 1);
    return TRUE;
  case GDK_KEY_Page_Up:
    choose (chart, step_further (chart, at, -0.1));
    return TRUE;
  case GDK_KEY_Page_Down:
    choose (chart, step_further (chart, at, 0.1));
    return TRUE;
  case GDK_KEY_Home:
    choose (chart, 0);
    return TRUE;
  case GDK_KEY_End:
    choose (chart, chart->plot.replay->n_steps - 1);
    return TRUE;
  default:
    return FALSE;
  }
}

static GMenuModel *
menu_at (GtkWidget *widget, double x, double y, gpointer data)
{
  LecSeriesChart *chart = LEC_SERIES_CHART (widget);
  g_autoptr (GPtrArray) terms = NULL;

  if (chart->plot.replay == NULL)
    return NULL;
  terms = lec_chart_terms (&chart->plot, x >= 0 ? step_at (chart, x) : chart->plot.marked);
  if (terms->len == 0)
    return NULL;
  GMenu *menu = g_menu_new ();
  lec_term_menu_append (menu, terms);
  return G_MENU_MODEL (menu);
}

static gboolean
lec_series_chart_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_mode, GtkTooltip *tooltip)
{
  LecSeriesChart *chart = LEC_SERIES_CHART (widget);
  int64_t step = keyboard_mode ? chart->plot.marked : step_at (chart, x);

  if (step < 0)
    return FALSE;
  g_autofree char *text = dup_step_text (chart, step);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* Making it. */

void
lec_series_chart_set (LecSeriesChart *chart, const LecReplay *replay, const LecReplaySeries *series)
{
  gboolean has_any = replay != NULL && replay->n_steps > 0;

  chart->plot.replay = has_any ? replay : NULL;
  chart->plot.series = has_any ? series : NULL;
  chart->plot.marked = chart->plot.span_first = chart->plot.span_last = -1;
  describe (chart);
  gtk_widget_queue_resize (GTK_WIDGET (chart));
}

void
lec_series_chart_mark (LecSeriesChart *chart, uint32_t frame)
{
  chart->plot.marked = frame != 0 && chart->plot.replay != NULL ? lec_replay_find (chart->plot.replay, frame) : -1;
  describe (chart);
  gtk_widget_queue_draw (GTK_WIDGET (chart));
}

static void
lec_series_chart_dispose (GObject *object)
{
  g_clear_object (&LEC_SERIES_CHART (object)->layout);
  G_OBJECT_CLASS (lec_series_chart_parent_class)->dispose (object);
}

static void
lec_series_chart_class_init (LecSeriesChartClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_series_chart_dispose;
  widget_class->snapshot = lec_series_chart_snapshot;
  widget_class->measure = lec_series_chart_measure;
  widget_class->css_changed = lec_series_chart_css_changed;
  widget_class->query_tooltip = lec_series_chart_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "chart");
  signals[FRAME_CHOSEN] = g_signal_new ("frame-chosen", LEC_TYPE_SERIES_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lec_series_chart_init (LecSeriesChart *chart)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  chart->plot.marked = chart->plot.span_first = chart->plot.span_last = -1;
  gtk_widget_set_focusable (GTK_WIDGET (chart), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (chart), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (chart), GTK_OVERFLOW_HIDDEN);
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update), chart);
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (drag));
  lec_term_menu_attach (GTK_WIDGET (chart), menu_at, NULL);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), chart);
  g_signal_connect (click, "released", G_CALLBACK (released), chart);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), chart);
  gtk_widget_add_controller (GTK_WIDGET (chart), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (chart), keys);
}

GtkWidget *
lec_series_chart_new (LecChartKind kind)
{
  LecSeriesChart *chart = g_object_new (LEC_TYPE_SERIES_CHART, NULL);

  chart->plot.kind = kind;
  describe (chart);
  return GTK_WIDGET (chart);
}
