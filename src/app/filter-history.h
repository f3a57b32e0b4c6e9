/* Filters that were applied, the newest first: a list of texts in the settings, which lasts over sessions. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LEC_FILTER_HISTORY_KEY "filter-history"
/* Older ones are forgotten. */
#define LEC_FILTER_HISTORY_LENGTH 200u

/* FORMER, which ends with NULL, with TEXT before it, which stands only once. Free with g_strfreev(). */
char **lec_filter_history_dup_with (const char *const *former, const char *text);
/* TEXT has been applied. An empty one is none. */
void lec_filter_history_add (GSettings *settings, const char *text);
void lec_filter_history_clear (GSettings *settings);

G_END_DECLS
