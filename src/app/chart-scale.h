/* An axis: round numbers between nothing and the most that there is, and how they are written. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LEC_SCALE_BYTES,
  LEC_SCALE_TIME, /* nanoseconds */
} LecScaleQuantity;

/* Ticks stand at 0, step, 2 × step … up to `most`; there are two or more. */
typedef struct {
  double most; /* more than 0 */
  double step;
  unsigned n_ticks;
  double unit;        /* of the numbers beside the ticks */
  const char *format; /* translated; the number goes to its "%s" */
  int decimals;
} LecChartScale;

/* At most MOST_TICKS ticks beside the one at 0, which are 2 or more. */
LecChartScale lec_chart_scale (LecScaleQuantity quantity, double most, unsigned most_ticks);
/* "0", "50 kB", "0.2 s". Free with g_free(). */
char *lec_chart_scale_dup_tick (const LecChartScale *scale, unsigned tick);

G_END_DECLS
