#include "trace/pcapng-block.h"

#include <string.h>

#include "base/limits.h"

/* Offsets of a packet block's fields; those of 0 are not there. */
typedef struct {
  uint8_t interface;
  uint8_t interface_bytes;
  uint8_t drops;
  uint8_t time;
  uint8_t captured;
  uint8_t original;
  uint8_t data;
} Layout;

static const Layout layouts[] = {
  [LEC_BLOCK_PACKET] = { .interface = 8, .interface_bytes = 4, .time = 12, .captured = 20, .original = 24, .data = 28 },
  [LEC_BLOCK_SIMPLE] = { .original = 8, .data = 12 },
  [LEC_BLOCK_OLD_PACKET] = { .interface = 8,
                             .interface_bytes = 2,
                             .drops = 10,
                             .time = 12,
                             .captured = 20,
                             .original = 24,
                             .data = 28 },
};

gboolean
lec_block_read_packet (const LecBlock *block, uint32_t snap_bytes, LecPacketBlock *packet)
{
  const Layout *layout = &layouts[block->type];
  const uint8_t *bytes = block->bytes;
  gboolean big_endian = block->big_endian;
  uint32_t room;

  if (block->length < layout->data + 4u)
    return FALSE;
  room = block->length - 4 - layout->data;
  packet->interface = layout->interface_bytes == 4   ? lec_get_u32 (bytes + 8, big_endian)
                      : layout->interface_bytes == 2 ? lec_get_u16 (bytes + 8, big_endian)
                                                     : 0;
  packet->drops = layout->drops != 0 ? lec_get_u16 (bytes + layout->drops, big_endian) : 0xffff;
  packet->timed = layout->time != 0;
  packet->ticks = 0;
  if (packet->timed)
    packet->ticks = (uint64_t) lec_get_u32 (bytes + layout->time, big_endian) << 32 |
                    lec_get_u32 (bytes + layout->time + 4, big_endian);
  packet->original = lec_get_u32 (bytes + layout->original, big_endian);
  if (layout->captured != 0)
    packet->claimed = lec_get_u32 (bytes + layout->captured, big_endian);
  else /* §4.4: the snap length is the only one to tell how much was kept */
    packet->claimed = snap_bytes != 0 ? MIN (packet->original, snap_bytes) : packet->original;
  packet->captured = MIN (packet->claimed, MIN (room, LEC_LIMIT_FRAME_BYTES));
  packet->bytes = bytes + layout->data;
  packet->options = layout->data + (((size_t) packet->claimed + 3) & ~(size_t) 3);
  if (layout->captured == 0)
    packet->options = block->length;
  return TRUE;
}

LecOptions
lec_options (const LecBlock *block, size_t position)
{
  return (LecOptions){ .block = block, .position = position };
}

gboolean
lec_options_next (LecOptions *options)
{
  const LecBlock *block = options->block;
  size_t end = block->length - 4; /* the second total length stands there */

  if (options->broken || options->position + 4 > end)
    return FALSE;
  options->code = lec_get_u16 (block->bytes + options->position, block->big_endian);
  options->length = lec_get_u16 (block->bytes + options->position + 2, block->big_endian);
  options->value = block->bytes + options->position + 4;
  if (options->code == 0)
    return FALSE;
  if (options->length > end - options->position - 4) {
    options->broken = TRUE;
    return FALSE;
  }
  options->position += 4 + (((size_t) options->length + 3) & ~(size_t) 3);
  return TRUE;
}

uint64_t
lec_options_number (const LecOptions *options)
{
  gboolean big_endian = options->block->big_endian;

  switch (options->length) {
  case 1:
    return options->value[0];
  case 2:
    return lec_get_u16 (options->value, big_endian);
  case 4:
    return lec_get_u32 (options->value, big_endian);
  case 8:
    return lec_get_u64 (options->value, big_endian);
  default:
    return 0;
  }
}

char *
lec_options_dup_text (const LecOptions *options)
{
  const char *text = (const char *) options->value;

  return g_utf8_make_valid (text, (gssize) strnlen (text, options->length));
}
