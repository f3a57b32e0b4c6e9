#include "analysis/quantity-text.h"

#include <glib/gi18n-lib.h>

void
lec_append_duration (GString *text, int64_t span)
{
  double ms = (double) span / 1e6;
  double size = ms < 0 ? -ms : ms;

  if (size < 10)
    /* Translators: milliseconds. */
    g_string_append_printf (text, _ ("%.1f ms"), ms);
  else if (size < 1000)
    g_string_append_printf (text, _ ("%.0f ms"), ms);
  else
    /* Translators: seconds. */
    g_string_append_printf (text, _ ("%.1f s"), ms / 1000);
}

char *
lec_dup_duration (int64_t span_ns)
{
  GString *text = g_string_new (NULL);

  lec_append_duration (text, span_ns);
  return g_string_free (text, FALSE);
}
