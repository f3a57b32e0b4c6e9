/* Names of addresses, as the trace itself gives them (pcapng name records). Filled by the index pass after reading,
 * replaced as a whole; readers take the table with an acquire load. */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "trace/trace.h"

G_BEGIN_DECLS

typedef struct LecNames LecNames;

LecNames *lec_names_new (void);
void lec_names_free (LecNames *names);
/* Writer: takes over what TRACE knows by now. */
void lec_names_update (LecNames *names, LecTrace *trace);
/* The name of ADDRESS, or NULL; borrowed, lives as long as NAMES. */
const char *lec_names_find (const LecNames *names, const uint8_t *address, unsigned address_bytes);

G_END_DECLS
