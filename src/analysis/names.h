/* Names of addresses, as the trace itself gives them: its name records, and the DNS answers in it. Written by the index
 * pass, read by any thread meanwhile, without a lock. The first name an address gets is its name. */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "trace/trace.h"

G_BEGIN_DECLS

typedef struct LecNames LecNames;

LecNames *lec_names_new (void);
void lec_names_free (LecNames *names);
/* Writer. ADDRESS has 4 or 16 bytes. */
void lec_names_add (LecNames *names, const uint8_t *address, unsigned address_bytes, const char *name);
/* Writer: adds what TRACE's name records say by now. */
void lec_names_add_records (LecNames *names, LecTrace *trace);
/* The name of ADDRESS, or NULL; borrowed, lives as long as NAMES. */
const char *lec_names_find (const LecNames *names, const uint8_t *address, unsigned address_bytes);

G_END_DECLS
