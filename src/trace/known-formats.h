/* Formats that are known by their first bytes and not read. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Sets ERROR to what the bytes look like: LEC_ERROR_UNSUPPORTED or LEC_ERROR_UNKNOWN. */
void lec_known_formats_explain (const uint8_t *bytes, size_t n_bytes, GError **error);

G_END_DECLS
