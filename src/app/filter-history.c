#include "app/filter-history.h"

#include <string.h>

char **
lec_filter_history_dup_with (const char *const *former, const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  unsigned n = 1;

  g_strv_builder_add (builder, text);
  for (; *former != NULL && n < LEC_FILTER_HISTORY_LENGTH; former++) {
    if (strcmp (*former, text) != 0) {
      g_strv_builder_add (builder, *former);
      n++;
    }
  }
  return g_strv_builder_end (builder);
}

void
lec_filter_history_add (GSettings *settings, const char *text)
{
  g_auto (GStrv) former = g_settings_get_strv (settings, LEC_FILTER_HISTORY_KEY);
  g_auto (GStrv) history = NULL;

  if (*text == '\0' || g_strcmp0 (former[0], text) == 0)
    return;
  history = lec_filter_history_dup_with ((const char *const *) former, text);
  g_settings_set_strv (settings, LEC_FILTER_HISTORY_KEY, (const char *const *) history);
}

void
lec_filter_history_clear (GSettings *settings)
{
  g_settings_reset (settings, LEC_FILTER_HISTORY_KEY);
}
