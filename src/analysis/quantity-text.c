#include "analysis/quantity-text.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>

#define SECOND_MS 1000.0
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)

/* From so many on, minutes and hours read better than seconds. */
static void
append_long (GString *text, double ms)
{
  if (ms < 2 * HOUR_MS)
    /* Translators: minutes and seconds. */
    lec_append_text (text, _ ("%d min %d s"), (int) (ms / MINUTE_MS), (int) (ms / SECOND_MS) % 60);
  else
    /* Translators: hours and minutes. */
    lec_append_text (text, _ ("%'d h %d min"), (int) (ms / HOUR_MS), (int) (ms / MINUTE_MS) % 60);
}

void
lec_append_duration (GString *text, int64_t span)
{
  double ms = (double) span / 1e6;
  double size = ms < 0 ? -ms : ms;

  if (size < 0.1)
    /* Translators: microseconds. */
    lec_append_text (text, _ ("%.0f µs"), ms * 1000);
  else if (size < 10)
    /* Translators: milliseconds. */
    lec_append_text (text, _ ("%.1f ms"), ms);
  else if (size < 1000)
    lec_append_text (text, _ ("%.0f ms"), ms);
  else if (ms < 2 * MINUTE_MS)
    /* Translators: seconds. */
    lec_append_text (text, _ ("%.1f s"), ms / 1000);
  else
    append_long (text, ms);
}

char *
lec_dup_duration (int64_t span_ns)
{
  GString *text = g_string_new (NULL);

  lec_append_duration (text, span_ns);
  return g_string_free (text, FALSE);
}

char *
lec_dup_period (int64_t span_ns)
{
  double minutes = (double) span_ns / 60e9;

  if (minutes < 2)
    return lec_dup_duration (span_ns);
  if (minutes < 120)
    /* Translators: minutes. */
    return lec_dup_text (_ ("%.0f min"), minutes);
  if (minutes < 48 * 60)
    /* Translators: hours. */
    return lec_dup_text (_ ("%.1f h"), minutes / 60);
  return lec_dup_text (_ ("%.1f days"), minutes / 60 / 24);
}

/* Network rates count in thousands of bits. */
char *
lec_dup_rate (double bits_per_second)
{
  if (bits_per_second < 1e6)
    /* Translators: kilobits a second. */
    return lec_dup_text (_ ("%.1f kbit/s"), bits_per_second / 1e3);
  if (bits_per_second < 1e9)
    return lec_dup_text (_ ("%.1f Mbit/s"), bits_per_second / 1e6);
  return lec_dup_text (_ ("%.1f Gbit/s"), bits_per_second / 1e9);
}
