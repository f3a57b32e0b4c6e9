/* Small texts of values, shared by the dissectors' summaries and lec_value_append(). */
#pragma once

#include "base/reader.h"

G_BEGIN_DECLS

/* Long enough for any address, with its NUL. */
#define LEC_ADDRESS_TEXT 48

/* The address of N_BYTES (4: IPv4, 6: MAC, 16: IPv6 as RFC 5952 §4 writes it) into TEXT; returns TEXT. */
const char *lec_address_text (const uint8_t *address, unsigned n_bytes, char text[LEC_ADDRESS_TEXT]);
/* BYTES as text for people: valid UTF-8 stays, control characters and stray bytes are escaped. */
void lec_append_escaped (GString *text, LecBytes bytes);

G_END_DECLS
