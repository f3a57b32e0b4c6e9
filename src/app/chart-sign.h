/* What a chart draws with: each sign is told from the others by its shape, and has its colour besides. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  LEC_SIGN_FLIGHT,    /* a filled area below a line */
  LEC_SIGN_WINDOW,    /* a dashed line */
  LEC_SIGN_TRIP,      /* a dot */
  LEC_SIGN_RESENT,    /* a triangle that points down */
  LEC_SIGN_AMBIGUOUS, /* a cross */
  LEC_SIGN_SELECTED,  /* an upright line with a foot */
  LEC_N_SIGNS
} LecChartSign;

typedef struct {
  GdkRGBA text, faint, area, line, window, mark, span;
} LecChartColors;

/* Of the theme that WIDGET is in: a light or a dark one. */
LecChartColors lec_chart_colors (GtkWidget *widget);

/* How thick lines are beside text whose lines are LINE_HEIGHT pixels high. */
double lec_chart_stroke (int line_height);
/* Sets color, width and dashes of the line that SIGN is drawn with. */
void lec_chart_sign_pen (cairo_t *cr, LecChartSign sign, const LecChartColors *colors, double stroke);
/* The three signs that mark a place, in a square of SIZE around it. */
void lec_chart_sign_stamp (cairo_t *cr, LecChartSign sign, double x, double y, double size);

/* The sign and its name, for a legend. */
#define LEC_TYPE_CHART_KEY (lec_chart_key_get_type ())
G_DECLARE_FINAL_TYPE (LecChartKey, lec_chart_key, LEC, CHART_KEY, GtkWidget)
GtkWidget *lec_chart_key_new (LecChartSign sign, const char *name);

G_END_DECLS
