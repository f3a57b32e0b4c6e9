/* The bounded reader: the only way to the bytes of a trace.
 *
 * A reader is a cursor over a range of bytes of which some may be missing:
 *
 *        |<---------------- reported --------------->|
 *        |<------- captured ------->|
 *        +--------------------------+- - - - - - - - -+
 *        |  bytes that are here     |  cut by snaplen |
 *        +--------------------------+- - - - - - - - -+
 *             ^ position
 *
 * Reading past `captured` but within `reported` sets LEC_READ_CUT: the capture kept too little. Reading past
 * `reported` sets LEC_READ_MALFORMED: the sender's lengths are wrong. Either way the read yields zero, the position
 * goes to the end and the state stays, so that a dissector may read a whole header and look at the state once.
 * A reader is a plain value: copy it to look ahead. No thread is involved. */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <string.h>

G_BEGIN_DECLS

typedef enum {
  LEC_READ_OK = 0,
  LEC_READ_CUT = 1 << 0,       /* wanted bytes that the capture did not keep */
  LEC_READ_MALFORMED = 1 << 1, /* wanted bytes that the sender did not send */
} LecReadState;

typedef struct {
  const uint8_t *bytes; /* borrowed; `captured` of them may be read */
  uint32_t captured;
  uint32_t reported; /* ≥ captured */
  uint32_t position; /* ≤ captured */
  uint32_t origin;   /* offset of bytes[0] in its source (see LecSpan) */
  LecReadState state;
} LecReader;

/* A run of bytes inside a reader's range; borrowed. */
typedef struct {
  const uint8_t *data;
  uint32_t length;
} LecBytes;

static inline LecReader
lec_reader (const uint8_t *bytes, uint32_t captured, uint32_t reported, uint32_t origin)
{
  return (LecReader){ .bytes = bytes, .captured = captured, .reported = MAX (captured, reported), .origin = origin };
}

/* Bytes that can still be read / that the sender says follow. */
static inline uint32_t
lec_reader_left (const LecReader *reader)
{
  return reader->captured - reader->position;
}

static inline uint32_t
lec_reader_reported_left (const LecReader *reader)
{
  return reader->reported - reader->position;
}

/* Offset of the next byte in the reader's source. */
static inline uint32_t
lec_reader_offset (const LecReader *reader)
{
  return reader->origin + reader->position;
}

/* Notes that LENGTH bytes are not there, and goes to the end. */
void lec_reader_fail (LecReader *reader, uint32_t length);

static inline gboolean
lec_reader_has (LecReader *reader, uint32_t length)
{
  if (G_LIKELY (length <= reader->captured - reader->position))
    return TRUE;
  lec_reader_fail (reader, length);
  return FALSE;
}

static inline uint8_t
lec_read_u8 (LecReader *reader)
{
  return lec_reader_has (reader, 1) ? reader->bytes[reader->position++] : 0;
}

/* Network byte order, as nearly all protocols. */
uint16_t lec_read_u16 (LecReader *reader);
uint32_t lec_read_u24 (LecReader *reader);
uint32_t lec_read_u32 (LecReader *reader);
uint64_t lec_read_u64 (LecReader *reader);
/* Little endian. */
uint16_t lec_read_u16_le (LecReader *reader);
uint32_t lec_read_u32_le (LecReader *reader);
uint64_t lec_read_u64_le (LecReader *reader);

/* LENGTH bytes in place; {NULL, 0} where they are not all there. */
LecBytes lec_read_bytes (LecReader *reader, uint32_t length);
/* What is left, at most LENGTH bytes; never fails. */
LecBytes lec_read_some (LecReader *reader, uint32_t length);
void lec_reader_skip (LecReader *reader, uint32_t length);
/* Goes to POSITION (from the range's first byte), forwards or back. */
void lec_reader_seek (LecReader *reader, uint32_t position);
/* The next byte without taking it, 0 at the end; does not change the state. */
uint8_t lec_reader_peek (const LecReader *reader, uint32_t ahead);

/* A reader over the next LENGTH reported bytes, which this one then has behind it. Where the sender claims more than
 * there is, the new reader ends where this one does and this one becomes malformed. */
LecReader lec_reader_take (LecReader *reader, uint32_t length);

/* A line up to LF or CR LF, without it; the reader then stands behind it. Without a line end, FALSE and no move. */
gboolean lec_read_line (LecReader *reader, LecBytes *line);

G_END_DECLS
