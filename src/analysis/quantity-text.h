/* Quantities in words, as exact as a person needs them. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* "9.0 s", "20 ms", "0.4 ms", translated. */
void lec_append_duration (GString *text, int64_t span_ns);
/* The same, and of what is longer "12 min", "3.5 h", "2.0 days"; free with g_free(). */
char *lec_dup_period (int64_t span_ns);
/* "9.0 s"; free with g_free(). */
char *lec_dup_duration (int64_t span_ns);
/* "9.4 Mbit/s"; free with g_free(). */
char *lec_dup_rate (double bits_per_second);

G_END_DECLS
