/* The one error domain of Lectern. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a caller may want to tell apart; everything else is in the message, which is meant for people and translated. */
typedef enum {
  LEC_ERROR_OPEN,        /* not there, not readable, a directory: the system's own words are in the message */
  LEC_ERROR_EMPTY,       /* there, but holds not a single byte */
  LEC_ERROR_UNKNOWN,     /* no format that Lectern knows */
  LEC_ERROR_UNSUPPORTED, /* a format that Lectern knows by name and cannot read (yet) */
  LEC_ERROR_DAMAGED,     /* a known format, and wrong from its first byte on */
  LEC_ERROR_FILTER,      /* a filter that cannot be understood; lec_filter_error_position() says where */
  LEC_ERROR_CANCELLED,
  LEC_ERROR_LIMIT, /* one of base/limits.h was reached */
} LecError;

#define LEC_ERROR (lec_error_quark ())
GQuark lec_error_quark (void);

G_END_DECLS
