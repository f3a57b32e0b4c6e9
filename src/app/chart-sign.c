#include "app/chart-sign.h"

#define KEY_WIDTH 1.6 /* of its sign, in heights of a line */

struct _LecChartKey {
  GtkWidget parent;
  LecChartSign sign;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (LecChartKey, lec_chart_key, GTK_TYPE_WIDGET)

/* The theme says by its text colour whether it is a dark one. */
LecChartColors
lec_chart_colors (GtkWidget *widget)
{
  LecChartColors colors;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colors.text);
  gboolean dark = colors.text.red + colors.text.green + colors.text.blue > 1.5f;
  colors.faint = colors.text;
  colors.faint.alpha = 0.15f;
  gdk_rgba_parse (&colors.area, dark ? "#24405f" : "#c3dbf7");
  gdk_rgba_parse (&colors.line, dark ? "#7fb2ee" : "#1c5fb8");
  gdk_rgba_parse (&colors.window, dark ? "#ffc46b" : "#8a4b00");
  gdk_rgba_parse (&colors.mark, dark ? "#ff9c94" : "#a3000d");
  colors.span = colors.mark;
  colors.span.alpha = 0.12f;
  return colors;
}

double
lec_chart_stroke (int line_height)
{
  return MAX (1.5, line_height * 0.1);
}

void
lec_chart_sign_pen (cairo_t *cr, LecChartSign sign, const LecChartColors *colors, double stroke)
{
  const GdkRGBA *const inks[LEC_N_SIGNS] = {
    [LEC_SIGN_FLIGHT] = &colors->line, [LEC_SIGN_WINDOW] = &colors->window,  [LEC_SIGN_TRIP] = &colors->line,
    [LEC_SIGN_RESENT] = &colors->mark, [LEC_SIGN_AMBIGUOUS] = &colors->mark, [LEC_SIGN_SELECTED] = &colors->text,
  };

  gdk_cairo_set_source_rgba (cr, inks[sign]);
  cairo_set_line_width (cr, sign == LEC_SIGN_TRIP ? 2.2 * stroke : stroke);
  cairo_set_line_cap (cr, sign == LEC_SIGN_TRIP ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (cr, (const double[]){ 4 * stroke, 2.5 * stroke }, sign == LEC_SIGN_WINDOW ? 2 : 0, 0);
}

static void
add_triangle (cairo_t *cr, double x, double from, double to, double half)
{
  cairo_move_to (cr, x - half, from);
  cairo_line_to (cr, x + half, from);
  cairo_line_to (cr, x, to);
  cairo_close_path (cr);
}

void
lec_chart_sign_stamp (cairo_t *cr, LecChartSign sign, double x, double y, double size)
{
  double half = size / 2;

  switch (sign) {
  case LEC_SIGN_RESENT:
    add_triangle (cr, x, y - half, y + half, half);
    cairo_fill (cr);
    break;
  case LEC_SIGN_AMBIGUOUS:
    cairo_move_to (cr, x - half, y - half);
    cairo_line_to (cr, x + half, y + half);
    cairo_move_to (cr, x - half, y + half);
    cairo_line_to (cr, x + half, y - half);
    cairo_stroke (cr);
    break;
  case LEC_SIGN_SELECTED:
    add_triangle (cr, x, y + half, y - half, half);
    cairo_fill (cr);
    break;
  case LEC_SIGN_FLIGHT:
  case LEC_SIGN_WINDOW:
  case LEC_SIGN_TRIP:
  case LEC_N_SIGNS:
    break;
  }
}

/* A key. */

static int
line_height (GtkWidget *widget)
{
  int height;

  gtk_widget_measure (LEC_CHART_KEY (widget)->label, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

static void
draw_sign (cairo_t *cr, LecChartSign sign, const LecChartColors *colors, double width, double height)
{
  double stroke = lec_chart_stroke ((int) height), middle = height / 2, top = height * 0.3;

  if (sign == LEC_SIGN_FLIGHT) {
    gdk_cairo_set_source_rgba (cr, &colors->area);
    cairo_rectangle (cr, 0, top, width, height * 0.5);
    cairo_fill (cr);
  }
  lec_chart_sign_pen (cr, sign, colors, stroke);
  switch (sign) {
  case LEC_SIGN_FLIGHT:
  case LEC_SIGN_WINDOW:
    cairo_move_to (cr, 0, sign == LEC_SIGN_FLIGHT ? top : middle);
    cairo_rel_line_to (cr, width, 0);
    break;
  case LEC_SIGN_TRIP:
    cairo_move_to (cr, width / 2, middle);
    cairo_rel_line_to (cr, 0, 0);
    break;
  case LEC_SIGN_SELECTED:
    cairo_move_to (cr, width / 2, height * 0.1);
    cairo_line_to (cr, width / 2, height * 0.9);
    cairo_stroke (cr);
    lec_chart_sign_stamp (cr, sign, width / 2, height * 0.75, height * 0.4);
    break;
  case LEC_SIGN_RESENT:
  case LEC_SIGN_AMBIGUOUS:
  case LEC_N_SIGNS:
    lec_chart_sign_stamp (cr, sign, width / 2, middle, height * 0.45);
    break;
  }
  cairo_stroke (cr);
}

static void
lec_chart_key_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LecChartKey *key = LEC_CHART_KEY (widget);
  LecChartColors colors = lec_chart_colors (widget);
  int height = line_height (widget);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) (KEY_WIDTH * height), (float) height));

  draw_sign (cr, key->sign, &colors, KEY_WIDTH * height, height);
  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, key->label, snapshot);
}

static void
lec_chart_key_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (LEC_CHART_KEY (widget)->label, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    int start = (int) ((KEY_WIDTH + 0.4) * line_height (widget));
    *minimum += start;
    *natural += start;
  }
}

static void
lec_chart_key_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int start = (int) ((KEY_WIDTH + 0.4) * line_height (widget));

  gtk_widget_size_allocate (LEC_CHART_KEY (widget)->label, &(GtkAllocation){ start, 0, MAX (0, width - start), height },
                            -1);
}

static void
lec_chart_key_dispose (GObject *object)
{
  g_clear_pointer (&LEC_CHART_KEY (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (lec_chart_key_parent_class)->dispose (object);
}

static void
lec_chart_key_class_init (LecChartKeyClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lec_chart_key_dispose;
  widget_class->snapshot = lec_chart_key_snapshot;
  widget_class->measure = lec_chart_key_measure;
  widget_class->size_allocate = lec_chart_key_size_allocate;
}

static void
lec_chart_key_init (LecChartKey *key)
{
  key->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (key->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (key->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (key->label, GTK_WIDGET (key));
}

GtkWidget *
lec_chart_key_new (LecChartSign sign, const char *name)
{
  LecChartKey *key = g_object_new (LEC_TYPE_CHART_KEY, NULL);

  key->sign = sign;
  gtk_label_set_text (GTK_LABEL (key->label), name);
  return GTK_WIDGET (key);
}
