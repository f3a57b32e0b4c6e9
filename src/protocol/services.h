/* Names of well-known ports, in the short form that summaries print. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* "HTTP" for 80, as IANA's Service Name and Port Number Registry assigns it; NULL where it has no name here. */
const char *lec_service_name (uint16_t port);
/* "HTTP(80)", or the number alone, into TEXT; returns TEXT. */
const char *lec_port_text (uint16_t port, char text[32]);
/* The I-th of the names, in the order of their ports; NULL after the last. */
const char *lec_service_listed (unsigned i);
/* The port that NAME (in any case) stands for, 0 = none. */
uint16_t lec_service_port (const char *name);

G_END_DECLS
