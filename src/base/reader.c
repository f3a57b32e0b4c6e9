#include "base/reader.h"

void
lec_reader_fail (LecReader *reader, uint32_t length)
{
  gboolean sent = length <= reader->reported - reader->position;

  reader->state |= sent ? LEC_READ_CUT : LEC_READ_MALFORMED;
  reader->position = reader->captured;
}

uint16_t
lec_read_u16 (LecReader *reader)
{
  if (!lec_reader_has (reader, 2))
    return 0;
  const uint8_t *b = reader->bytes + reader->position;
  reader->position += 2;
  return (uint16_t) (b[0] << 8 | b[1]);
}

uint32_t
lec_read_u24 (LecReader *reader)
{
  if (!lec_reader_has (reader, 3))
    return 0;
  const uint8_t *b = reader->bytes + reader->position;
  reader->position += 3;
  return (uint32_t) b[0] << 16 | (uint32_t) b[1] << 8 | b[2];
}

uint32_t
lec_read_u32 (LecReader *reader)
{
  uint32_t value;

  if (!lec_reader_has (reader, 4))
    return 0;
  memcpy (&value, reader->bytes + reader->position, 4);
  reader->position += 4;
  return GUINT32_FROM_BE (value);
}

uint64_t
lec_read_u64 (LecReader *reader)
{
  uint64_t value;

  if (!lec_reader_has (reader, 8))
    return 0;
  memcpy (&value, reader->bytes + reader->position, 8);
  reader->position += 8;
  return GUINT64_FROM_BE (value);
}

uint16_t
lec_read_u16_le (LecReader *reader)
{
  return __builtin_bswap16 (lec_read_u16 (reader));
}

uint32_t
lec_read_u32_le (LecReader *reader)
{
  return __builtin_bswap32 (lec_read_u32 (reader));
}

uint64_t
lec_read_u64_le (LecReader *reader)
{
  return __builtin_bswap64 (lec_read_u64 (reader));
}

LecBytes
lec_read_bytes (LecReader *reader, uint32_t length)
{
  if (!lec_reader_has (reader, length))
    return (LecBytes){ NULL, 0 };
  LecBytes run = { reader->bytes + reader->position, length };
  reader->position += length;
  return run;
}

LecBytes
lec_read_some (LecReader *reader, uint32_t length)
{
  LecBytes run = { reader->bytes + reader->position, MIN (length, lec_reader_left (reader)) };

  reader->position += run.length;
  return run;
}

void
lec_reader_skip (LecReader *reader, uint32_t length)
{
  if (lec_reader_has (reader, length))
    reader->position += length;
}

void
lec_reader_seek (LecReader *reader, uint32_t position)
{
  reader->position = 0;
  lec_reader_skip (reader, position);
}

uint8_t
lec_reader_peek (const LecReader *reader, uint32_t ahead)
{
  return ahead < lec_reader_left (reader) ? reader->bytes[reader->position + ahead] : 0;
}

LecReader
lec_reader_take (LecReader *reader, uint32_t length)
{
  uint32_t reported = lec_reader_reported_left (reader);
  uint32_t captured = lec_reader_left (reader);
  LecReader part = lec_reader (reader->bytes + reader->position, MIN (captured, length), MIN (reported, length),
                               lec_reader_offset (reader));

  reader->position += part.captured;
  if (length > reported)
    reader->state |= LEC_READ_MALFORMED;
  else if (length > captured)
    reader->state |= LEC_READ_CUT;
  return part;
}

gboolean
lec_read_line (LecReader *reader, LecBytes *line)
{
  const uint8_t *start = reader->bytes + reader->position;
  uint32_t left = lec_reader_left (reader);
  const uint8_t *feed = left ? memchr (start, '\n', left) : NULL;

  if (!feed)
    return FALSE;
  uint32_t length = (uint32_t) (feed - start);
  reader->position += length + 1;
  if (length && start[length - 1] == '\r')
    length--;
  *line = (LecBytes){ start, length };
  return TRUE;
}
