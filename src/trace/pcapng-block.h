/* Blocks of pcapng and their options. Private to the pcapng reader.
 *
 *     +---------------+---------------+------------------------------+---------------+
 *     | type          | total length  | body, padded to 4 bytes      | total length  |
 *     +---------------+---------------+------------------------------+---------------+
 *
 * draft-ietf-opsawg-pcapng §3. */
#pragma once

#include "trace/byte-order.h"
#include "trace/format.h"

G_BEGIN_DECLS

#define LEC_BLOCK_SECTION    0x0a0d0d0au
#define LEC_BLOCK_INTERFACE  1u
#define LEC_BLOCK_OLD_PACKET 2u
#define LEC_BLOCK_SIMPLE     3u
#define LEC_BLOCK_NAMES      4u
#define LEC_BLOCK_STATISTICS 5u
#define LEC_BLOCK_PACKET     6u

#define LEC_BLOCK_MIN_BYTES  12u
#define LEC_BYTE_ORDER_MAGIC 0x1a2b3c4du

/* A whole block: both lengths have been checked. Borrowed. */
typedef struct {
  const uint8_t *bytes;
  uint32_t length;
  uint32_t type;
  gboolean big_endian;
} LecBlock;

/* The parts of a packet block of any of the three kinds. */
typedef struct {
  uint32_t interface; /* as the block says it: within its section */
  gboolean timed;
  uint64_t ticks;
  const uint8_t *bytes;
  uint32_t captured; /* never more than the block holds */
  uint32_t claimed;  /* as the block says it */
  uint32_t original;
  uint32_t drops; /* of the old packet block; 0xffff = not told */
  size_t options; /* offset of the options in the block */
} LecPacketBlock;

/* FALSE where the block is too short for its own header. SNAP_BYTES (0 = none) is what a simple packet is cut to. */
gboolean lec_block_read_packet (const LecBlock *block, uint32_t snap_bytes, LecPacketBlock *packet);

/* Walks options:  u16 code | u16 length | value, padded to 4 bytes */
typedef struct {
  const LecBlock *block;
  size_t position;
  gboolean broken; /* an option claims more than the block has */
  uint16_t code;
  uint16_t length;
  const uint8_t *value;
} LecOptions;

#define LEC_OPTION_COMMENT 1u

LecOptions lec_options (const LecBlock *block, size_t position);
/* Goes to the next option; FALSE at the end, whether told by the end-of-options option or by the block's. */
gboolean lec_options_next (LecOptions *options);
/* The value as a number of its own length (1, 2, 4 or 8); 0 where it has another. */
uint64_t lec_options_number (const LecOptions *options);
/* The value as valid UTF-8 without trailing NULs. */
char *lec_options_dup_text (const LecOptions *options);

void lec_pcapng_read_notes (LecTraceCache *cache, LecPlace place, LecNotes *notes);
/* The packet block at OFFSET, from any thread. */
gboolean lec_pcapng_read_block (LecTraceCache *cache, uint64_t offset, LecBlock *block);

G_END_DECLS
