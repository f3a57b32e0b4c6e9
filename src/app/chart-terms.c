#include "app/chart-terms.h"

#include <string.h>

#define NS_PER_S 1000000000

/* "frame.time_relative >= 1.25": as many digits as it takes to mean that very frame. */
static void
append_time (GString *text, const LecChartPlot *plot, const char *relation, int64_t step)
{
  const LecIndex *index = plot->replay->index;
  int64_t span_ns = lec_chart_plot_time_of (plot, step) - lec_index_time_ns (index, 1);
  uint64_t size = span_ns < 0 ? -(uint64_t) span_ns : (uint64_t) span_ns;

  g_string_append_printf (text, " and frame.time_relative %s %s%" G_GUINT64_FORMAT ".%09u", relation,
                          span_ns < 0 ? "-" : "", size / NS_PER_S, (unsigned) (size % NS_PER_S));
  while (g_str_has_suffix (text->str, "0") && !g_str_has_suffix (text->str, ".0"))
    g_string_truncate (text, text->len - 1);
}

/* The conversation from one step to another; −1 = from its start, or to its end. */
static void
add_times (GPtrArray *terms, const LecChartPlot *plot, int64_t from, int64_t to)
{
  g_autofree char *conversation = lec_term_of_conversation (plot->replay->index, plot->replay->conversation);
  g_autoptr (GString) text = g_string_new (conversation);

  if (from >= 0)
    append_time (text, plot, ">=", from);
  if (to >= 0)
    append_time (text, plot, "<=", to);
  lec_terms_add (terms, g_strdup (text->str), NULL);
}

GPtrArray *
lec_chart_terms (const LecChartPlot *plot, int64_t step)
{
  GPtrArray *terms = lec_terms_new ();

  if (step < 0)
    return terms;
  if (plot->span_first >= 0 && step >= plot->span_first && step <= plot->span_last)
    add_times (terms, plot, plot->span_first, plot->span_last);
  lec_terms_add (terms, g_strdup_printf ("frame.number == %u", plot->replay->steps[step].frame), "frame.number");
  add_times (terms, plot, step, -1);
  add_times (terms, plot, -1, step);
  add_times (terms, plot, -1, -1);
  return terms;
}
