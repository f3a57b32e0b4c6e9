#include "session/time-text.h"

#include <langinfo.h>

#define NS_PER_SECOND 1000000000

/* Between groups of three digits: a narrow space that does not break (U+202F). */
#define GROUP_SPACE "\342\200\257"

/* Floor division, for times before 1970 as well. */
static int64_t
seconds_of (int64_t time_ns, uint32_t *microseconds)
{
  int64_t seconds = time_ns / NS_PER_SECOND, rest = time_ns % NS_PER_SECOND;

  if (rest < 0) {
    rest += NS_PER_SECOND;
    seconds--;
  }
  *microseconds = (uint32_t) (rest / 1000);
  return seconds;
}

static void
append_fraction (GString *text, const char *point, uint32_t microseconds)
{
  g_string_append_printf (text, "%s%03u" GROUP_SPACE "%03u", point, microseconds / 1000, microseconds % 1000);
}

static void
append_whole (GString *text, uint64_t number)
{
  char digits[24];
  int n = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number);

  for (int i = 0; i < n; i++) {
    if (i && (n - i) % 3 == 0)
      g_string_append (text, GROUP_SPACE);
    g_string_append_c (text, digits[i]);
  }
}

void
lec_append_seconds (GString *text, int64_t span_ns)
{
  uint64_t size = span_ns < 0 ? -(uint64_t) span_ns : (uint64_t) span_ns;

  if (span_ns < 0)
    g_string_append (text, "\342\210\222"); /* a minus sign */
  append_whole (text, size / NS_PER_SECOND);
  append_fraction (text, nl_langinfo (RADIXCHAR), (uint32_t) (size % NS_PER_SECOND / 1000));
}

static void
append_date_time (GString *text, GDateTime *moment, const char *format)
{
  g_autofree char *formatted = moment ? g_date_time_format (moment, format) : NULL;

  g_string_append (text, formatted ? formatted : "?");
  g_clear_pointer (&moment, g_date_time_unref);
}

void
lec_append_time (GString *text, LecTimeFormat format, int64_t time_ns, int64_t start_ns, int64_t previous_ns)
{
  uint32_t microseconds;
  int64_t seconds = seconds_of (time_ns, &microseconds);

  switch (format) {
  case LEC_TIME_SINCE_START:
    lec_append_seconds (text, (int64_t) ((uint64_t) time_ns - (uint64_t) start_ns));
    break;
  case LEC_TIME_SINCE_SHOWN:
    lec_append_seconds (text, (int64_t) ((uint64_t) time_ns - (uint64_t) previous_ns));
    break;
  case LEC_TIME_OF_DAY:
    append_date_time (text, g_date_time_new_from_unix_local (seconds), "%H:%M:%S");
    append_fraction (text, nl_langinfo (RADIXCHAR), microseconds);
    break;
  case LEC_TIME_UTC:
    append_date_time (text, g_date_time_new_from_unix_utc (seconds), "%Y-%m-%dT%H:%M:%S");
    g_string_append_printf (text, ".%06uZ", microseconds);
    break;
  }
}
