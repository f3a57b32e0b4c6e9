/* Axes: numbers a person would write, enough of them and not too many, whatever there is to show. */
#include "app/chart-scale.h"

#include <string.h>

/* "0 20 kB": all ticks, one after the other. */
static void
assert_ticks (LecScaleQuantity quantity, double most, unsigned most_ticks, const char *expected)
{
  LecChartScale scale = lec_chart_scale (quantity, most, most_ticks);
  g_autoptr (GString) ticks = g_string_new (NULL);

  for (unsigned i = 0; i < scale.n_ticks; i++) {
    g_autofree char *tick = lec_chart_scale_dup_tick (&scale, i);
    g_string_append_printf (ticks, "%s%s", i > 0 ? ", " : "", tick);
  }
  g_assert_cmpstr (ticks->str, ==, expected);
}

static void
test_round_numbers (void)
{
  assert_ticks (LEC_SCALE_BYTES, 39096, 3, "0, 20 kB");
  assert_ticks (LEC_SCALE_BYTES, 161792, 3, "0, 100 kB");
  assert_ticks (LEC_SCALE_BYTES, 86, 3, "0, 50 B");
  assert_ticks (LEC_SCALE_BYTES, 1, 3, "0, 1 B");
  assert_ticks (LEC_SCALE_BYTES, 1.2e6, 3, "0, 0.5 MB, 1.0 MB");
  assert_ticks (LEC_SCALE_TIME, 1.037e9, 5, "0, 0.25 s, 0.50 s, 0.75 s, 1.00 s");
  assert_ticks (LEC_SCALE_TIME, 0.454e9, 5, "0, 100 ms, 200 ms, 300 ms, 400 ms");
  assert_ticks (LEC_SCALE_TIME, 800, 2, "0, 0.5 µs");
  assert_ticks (LEC_SCALE_TIME, 100 * 60e9, 5, "0, 20 min, 40 min, 60 min, 80 min, 100 min");
  assert_ticks (LEC_SCALE_TIME, 5 * 24 * 3600e9, 5, "0, 1 d, 2 d, 3 d, 4 d, 5 d");
}

static void
test_any_most (void)
{
  for (double most = 1; most < 1e18; most *= 1.173) {
    for (unsigned most_ticks = 2; most_ticks < 12; most_ticks++) {
      for (LecScaleQuantity quantity = LEC_SCALE_BYTES; quantity <= LEC_SCALE_TIME; quantity++) {
        LecChartScale scale = lec_chart_scale (quantity, most, most_ticks);
        g_assert_cmpuint (scale.n_ticks, >=, 2);
        g_assert_cmpuint (scale.n_ticks, <=, most_ticks + 1);
        g_assert_cmpfloat ((scale.n_ticks - 1) * scale.step, <=, most * (1 + 1e-6));
        g_autofree char *first = lec_chart_scale_dup_tick (&scale, 0);
        for (unsigned i = 1; i < scale.n_ticks; i++) {
          g_autofree char *tick = lec_chart_scale_dup_tick (&scale, i), *before = g_steal_pointer (&first);
          g_assert_cmpstr (tick, !=, before);
          g_assert_cmpuint (strlen (tick), <, 16);
          first = g_steal_pointer (&tick);
        }
      }
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart-scale/round-numbers", test_round_numbers);
  g_test_add_func ("/chart-scale/any-most", test_any_most);
  return g_test_run ();
}
