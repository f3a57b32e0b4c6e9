/* Integers of a record header, in either byte order, at any alignment.
 *
 * The formats here have lengths that are checked once for a whole header; LecReader's check a field would cost more
 * than the hop over the record. The caller has made sure that the bytes are there. */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <string.h>

G_BEGIN_DECLS

static inline uint16_t
lec_get_u16 (const uint8_t *bytes, gboolean big_endian)
{
  uint16_t value;

  memcpy (&value, bytes, sizeof value);
  return big_endian ? GUINT16_FROM_BE (value) : GUINT16_FROM_LE (value);
}

static inline uint32_t
lec_get_u32 (const uint8_t *bytes, gboolean big_endian)
{
  uint32_t value;

  memcpy (&value, bytes, sizeof value);
  return big_endian ? GUINT32_FROM_BE (value) : GUINT32_FROM_LE (value);
}

static inline uint64_t
lec_get_u64 (const uint8_t *bytes, gboolean big_endian)
{
  uint64_t value;

  memcpy (&value, bytes, sizeof value);
  return big_endian ? GUINT64_FROM_BE (value) : GUINT64_FROM_LE (value);
}

G_END_DECLS
