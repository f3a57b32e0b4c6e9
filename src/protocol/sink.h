/* Where a dissector announces its fields: the tree, the filter and the export each are a sink. */
#pragma once

#include "base/reader.h"
#include "protocol/field.h"

G_BEGIN_DECLS

/* A run of a put-together source: LENGTH bytes at OFFSET came from FRAME, where they stand at FRAME_OFFSET. */
typedef struct {
  uint32_t offset;
  uint32_t length;
  uint32_t frame;
  uint32_t frame_offset;
} LecPiece;

/* Where a field's bits stand: in source 0, the frame's bytes, or in a further one that was put together (a datagram
 * out of fragments, a message out of segments). A field that is computed has a length of 0. */
typedef struct {
  uint16_t source;
  uint32_t offset_bits;
  uint32_t length_bits;
} LecSpan;

/* A field's value, read by the field's type: `number` for integers, booleans, frames and times (signed ones too, as
 * their two's complement), `real` for doubles, `bytes` for strings (UTF-8 not guaranteed), bytes and addresses in
 * network order. Bytes are borrowed for the time of the call. */
typedef struct {
  uint64_t number;
  double real;
  LecBytes bytes;
} LecValue;

typedef struct LecSink LecSink;
struct LecSink {
  /* A field; where OPENS, the fields up to the matching close() stand inside it. TEXT overrides the text of the
   * value that would be made from field and value, or is NULL. The member itself may be NULL: no field is wanted, only
   * summaries or the head. */
  void (*add) (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text,
               gboolean opens);
  void (*close) (LecSink *sink); /* NULL where add is */
  /* FALSE: texts are never looked at, so the dissector need not make any. */
  gboolean wants_text;
  /* FALSE: nothing of this protocol or above is wanted, the dissection may stop there. NULL: all is wanted. */
  gboolean (*wants_protocol) (LecSink *sink, const LecProtocol *protocol);
  /* FALSE: FIELD is passed over, so what is dear to find for it need not be. NULL: any may be looked at. */
  gboolean (*wants_field) (LecSink *sink, const LecField *field);
  /* The same, rougher and many times quicker: a field whose bit (lec_field_bit()) is not set is not announced; nor is
   * the opening of one, though its close() is. 0: all fields are. */
  uint64_t field_bits;
  /* A new source of bytes came to be (see LecSpan); BYTES live as long as the dissection. NAME is translated.
   * PIECES say which frame each byte came from. May be NULL. */
  void (*source) (LecSink *sink, uint16_t source, const char *name, LecBytes bytes, const LecPiece *pieces,
                  unsigned n_pieces);
};

/* The bit of FIELD in LecSink's field_bits. */
static inline uint64_t
lec_field_bit (const LecField *field)
{
  return UINT64_C (1) << (((uintptr_t) field >> 3) * UINT64_C (0x9e3779b97f4a7c15) >> 58);
}

G_END_DECLS
