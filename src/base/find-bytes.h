/* Bytes looked for among others, at the speed at which memory is read. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* A run of bytes in which each may be one of two: what a text in any case is, in an encoding that writes both cases of
 * a letter in as many bytes. Both arrays have LENGTH bytes, at least one. */
typedef struct {
  const uint8_t *bytes;
  const uint8_t *others; /* the same array where nothing else will do */
  uint32_t length;
} LecNeedle;

/* The first place of NEEDLE in LENGTH bytes of DATA, or NULL. */
const uint8_t *lec_find_needle (const uint8_t *data, size_t length, const LecNeedle *needle);
/* The same for BYTES, at least one; FOLD_CASE: ASCII letters in either case. */
const uint8_t *lec_find_bytes (const uint8_t *data, size_t length, const uint8_t *bytes, uint32_t n_bytes,
                               gboolean fold_case);

G_END_DECLS
