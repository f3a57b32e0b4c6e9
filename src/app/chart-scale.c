#include "app/chart-scale.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A unit is used where there is at least `from` of it. */
typedef struct {
  double size;
  double from;
  const char *format;
} Unit;

#define SECOND_NS 1e9
#define MINUTE_NS (60 * SECOND_NS)
#define HOUR_NS   (60 * MINUTE_NS)
#define DAY_NS    (24 * HOUR_NS)

/* Translators: numbers beside an axis. */
static const Unit byte_units[] = {
  { 1e9, 1, N_ ("%s GB") }, { 1e6, 1, N_ ("%s MB") }, { 1e3, 1, N_ ("%s kB") }, { 1, 0, N_ ("%s B") }
};
static const Unit time_units[] = {
  { DAY_NS, 3, N_ ("%s d") },    { HOUR_NS, 3, N_ ("%s h") }, { MINUTE_NS, 3, N_ ("%s min") },
  { SECOND_NS, 1, N_ ("%s s") }, { 1e6, 1, N_ ("%s ms") },    { 1e3, 0, N_ ("%s µs") },
};

static const Unit *
unit_for (LecScaleQuantity quantity, double most)
{
  const Unit *unit = quantity == LEC_SCALE_BYTES ? byte_units : time_units;

  while (unit->from > 0 && most < unit->from * unit->size)
    unit++;
  return unit;
}

/* The least of 1, 2, 2.5 and 5 times a power of ten that is not below VALUE: never twice as much. */
static double
round_up (double value)
{
  static const double factors[] = { 1, 2, 2.5, 5 };
  double power = pow (10, floor (log10 (value)));

  for (unsigned i = 0; i < G_N_ELEMENTS (factors); i++)
    if (value <= factors[i] * power * (1 + 1e-9))
      return factors[i] * power;
  return 10 * power;
}

static int
decimals_of (double value)
{
  int decimals = 0;

  while (decimals < 3 && fabs (value - round (value)) > 1e-6) {
    value *= 10;
    decimals++;
  }
  return decimals;
}

LecChartScale
lec_chart_scale (LecScaleQuantity quantity, double most, unsigned most_ticks)
{
  most = MAX (most, 1);
  const Unit *unit = unit_for (quantity, most);
  double step = round_up (most / unit->size / most_ticks) * unit->size;

  if (step < 10) /* there is no half byte, and nothing is timed finer than a nanosecond */
    step = ceil (step - 1e-9);
  return (LecChartScale){
    .most = most,
    .step = step,
    .n_ticks = 1 + (unsigned) floor (most / step * (1 + 1e-9)),
    .unit = unit->size,
    .format = _ (unit->format),
    .decimals = decimals_of (step / unit->size),
  };
}

static char *
dup_number (double value, int decimals)
{
  switch (decimals) {
  case 0:
    return lec_dup_text ("%.0f", value);
  case 1:
    return lec_dup_text ("%.1f", value);
  case 2:
    return lec_dup_text ("%.2f", value);
  default:
    return lec_dup_text ("%.3f", value);
  }
}

char *
lec_chart_scale_dup_tick (const LecChartScale *scale, unsigned tick)
{
  g_autofree char *number = dup_number (tick * scale->step / scale->unit, scale->decimals);
  GString *text = g_string_new (scale->format);

  if (tick == 0)
    return g_string_free (g_string_assign (text, "0"), FALSE);
  g_string_replace (text, "%s", number, 1);
  return g_string_free (text, FALSE);
}
