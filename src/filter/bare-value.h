/* A value that stands alone, or behind a word such as "from" or "port", as the condition that is meant by it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which end of a packet is meant. */
typedef enum {
  LEC_END_EITHER,
  LEC_END_SOURCE,
  LEC_END_DESTINATION,
} LecEnd;

/* "10.0.0.1" → "ip.addr == 10.0.0.1"; of one end "ip.src == 10.0.0.1". NULL where WORD is no address, name or port of a
 * host. */
char *lec_bare_value_dup_host (const char *word, LecEnd end);
/* "80" or "http", of TRANSPORT ("tcp", "udp" or NULL: either). */
char *lec_bare_value_dup_port (const char *word, LecEnd end, const char *transport);
/* Any value that says by its form what it is: an address, a status, a method, a path, a time. NULL: it does not. */
char *lec_bare_value_dup (const char *word);
/* A text to look for, in quotation marks that the parser reads again. */
char *lec_bare_value_dup_text (const char *text);
/* "10ms" with ">" → a comparison of response times, "2KB" of lengths. */
char *lec_bare_value_dup_amount (const char *word, const char *sign);
/* Whether WORD can only be the name of a host: it begins with "www." or ends as they do. */
gboolean lec_bare_value_is_host_name (const char *word);

G_END_DECLS
