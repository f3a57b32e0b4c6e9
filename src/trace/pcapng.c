/* pcapng: sections of blocks, each section with its own byte order and its own interfaces.
 * draft-ietf-opsawg-pcapng; see pcapng-block.h for the shape of a block. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/column.h"
#include "base/error.h"
#include "base/limits.h"
#include "trace/pcapng-block.h"

#define SECTION_HEADER_BYTES 28u
#define OPTION_FLAGS         2u
#define FLAG_INBOUND         1u
#define FLAG_OUTBOUND        2u
#define DROPS_UNKNOWN        0xffffu

/* A simple packet has no time; it takes that of the frame before it. One entry for each run of them. */
typedef struct {
  uint64_t offset; /* of the first of the run */
  int64_t time_ns;
} SimpleRun;

/* What the statistics blocks said last about an interface; −1 = not told. */
typedef struct {
  uint32_t interface;
  int64_t received_frames;
  int64_t dropped_frames;
} Counts;

/* The reading thread's, but for the runs, which any thread looks up below n_runs. */
typedef struct {
  gboolean big_endian;
  uint32_t section;         /* from 1 */
  uint32_t first_interface; /* of this section */
  int64_t last_time_ns;
  gboolean in_run;
  GArray *counts; /* of Counts */

  LecColumn runs; /* of SimpleRun, by offset */
  _Atomic uint32_t n_runs;
} Pcapng;

/* The time of a packet of which the interface is not known: the format's own default of microseconds. */
static const LecTimeScale default_scale = { .factor = 1000 };

static gboolean
recognise (const uint8_t *bytes, size_t n_bytes)
{
  return n_bytes >= 4 && lec_get_u32 (bytes, TRUE) == LEC_BLOCK_SECTION;
}

static void
free_state (void *state)
{
  Pcapng *pcapng = state;

  g_array_unref (pcapng->counts);
  lec_column_clear (&pcapng->runs);
  g_free (pcapng);
}

/* The byte order that the section header at BYTES tells. FALSE where it tells none. */
static gboolean
find_byte_order (const uint8_t *bytes, gboolean *big_endian)
{
  *big_endian = lec_get_u32 (bytes + 8, TRUE) == LEC_BYTE_ORDER_MAGIC;
  return *big_endian || lec_get_u32 (bytes + 8, FALSE) == LEC_BYTE_ORDER_MAGIC;
}

static gboolean
plausible_length (uint32_t length, uint32_t type)
{
  uint32_t least = type == LEC_BLOCK_SECTION ? SECTION_HEADER_BYTES : LEC_BLOCK_MIN_BYTES;

  return length >= least && length % 4 == 0 && length <= LEC_LIMIT_BLOCK_BYTES;
}

static gboolean
begin (LecTrace *trace, const uint8_t *bytes, size_t n_bytes, LecScan *scan, GError **error)
{
  Pcapng *pcapng;
  gboolean big_endian;
  uint32_t length;

  if (n_bytes < LEC_BLOCK_MIN_BYTES) {
    scan->wanted = LEC_BLOCK_MIN_BYTES;
    return TRUE;
  }
  if (!find_byte_order (bytes, &big_endian)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_DAMAGED,
                 _ ("This starts as a pcapng trace, but its byte order is not told."));
    return FALSE;
  }
  length = lec_get_u32 (bytes + 4, big_endian);
  if (!plausible_length (length, LEC_BLOCK_SECTION)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_DAMAGED,
                 _ ("This starts as a pcapng trace, but its first block cannot be %u bytes long."), length);
    return FALSE;
  }
  if (n_bytes < length) {
    scan->wanted = length;
    return TRUE;
  }
  if (lec_get_u32 (bytes + length - 4, big_endian) != length) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_DAMAGED,
                 _ ("This starts as a pcapng trace, but the two lengths of its first block (%u and %u) differ."),
                 length, lec_get_u32 (bytes + length - 4, big_endian));
    return FALSE;
  }
  pcapng = g_new0 (Pcapng, 1);
  pcapng->counts = g_array_new (FALSE, FALSE, sizeof (Counts));
  lec_column_init (&pcapng->runs, sizeof (SimpleRun));
  trace->state = pcapng;
  trace->format_name = g_strdup ("pcapng");
  return TRUE;
}

/* A block of the trace as it is read: what it adds to the trace, other than records. */
static void
read_section (LecTrace *trace, const LecBlock *block, uint64_t offset)
{
  static const struct {
    uint16_t code;
    const char *label;
  } labels[] = {
    { LEC_OPTION_COMMENT, N_ ("Comment") }, { 2, N_ ("Hardware") }, { 3, N_ ("System") }, { 4, N_ ("Program") }
  };
  Pcapng *pcapng = trace->state;
  LecOptions options = lec_options (block, 24);
  unsigned major = lec_get_u16 (block->bytes + 12, block->big_endian);

  pcapng->section++;
  pcapng->first_interface = lec_trace_n_interfaces (trace);
  if (major != 1)
    lec_trace_add_damage (trace, offset + 12, _ ("Version %u of pcapng is not known; it is read as version 1."), major);
  while (lec_options_next (&options))
    for (unsigned i = 0; i < G_N_ELEMENTS (labels); i++)
      if (labels[i].code == options.code)
        lec_trace_add_description (trace, _ (labels[i].label), (const char *) options.value,
                                   strnlen ((const char *) options.value, options.length));
  if (options.broken)
    lec_trace_add_damage (trace, offset + options.position, _ ("An option is longer than the block that holds it."));
}

static void
read_interface_option (LecTrace *trace, const LecOptions *option, LecInterface *facts, uint8_t *resolution)
{
  switch (option->code) {
  case LEC_OPTION_COMMENT:
    lec_trace_add_description (trace, _ ("Comment on an interface"), (const char *) option->value, option->length);
    break;
  case 2:
    g_free (facts->name);
    facts->name = lec_options_dup_text (option);
    break;
  case 3:
    g_free (facts->description);
    facts->description = lec_options_dup_text (option);
    break;
  case 9:
    *resolution = option->length == 1 ? option->value[0] : *resolution;
    break;
  case 11: /* one octet of kind, 0 = a libpcap filter as text */
    if (option->length > 1 && option->value[0] == 0) {
      g_free (facts->filter);
      facts->filter = g_utf8_make_valid ((const char *) option->value + 1,
                                         (gssize) strnlen ((const char *) option->value + 1, option->length - 1u));
    }
    break;
  case 13:
    facts->fcs_bytes = option->length == 1 ? option->value[0] : 0;
    break;
  case 14:
    facts->time_offset_s = (int64_t) lec_options_number (option);
    break;
  }
}

static void
read_interface (LecTrace *trace, const LecBlock *block, uint64_t offset)
{
  const Pcapng *pcapng = trace->state;
  LecTraceInterface *interface;
  LecOptions options = lec_options (block, 16);
  uint8_t resolution = 6;

  if (block->length < 20) {
    lec_trace_add_damage (trace, offset + 4, _ ("The description of an interface is too short."));
    return;
  }
  interface = lec_trace_interface_new ();
  interface->facts.section = pcapng->section;
  interface->facts.id = lec_trace_n_interfaces (trace) - pcapng->first_interface;
  interface->facts.link_type = lec_get_u16 (block->bytes + 8, block->big_endian);
  interface->facts.snap_bytes = lec_get_u32 (block->bytes + 12, block->big_endian);
  interface->facts.big_endian = block->big_endian;
  while (lec_options_next (&options))
    read_interface_option (trace, &options, &interface->facts, &resolution);
  if (options.broken)
    lec_trace_add_damage (trace, offset + options.position, _ ("An option is longer than the block that holds it."));
  interface->scale = lec_time_scale (resolution, interface->facts.time_offset_s, &interface->facts.ticks_per_second);
  if (!lec_trace_add_interface (trace, interface))
    lec_trace_add_damage (trace, offset, _ ("The trace describes more than %u interfaces."), LEC_LIMIT_INTERFACES);
}

/* u16 type | u16 length | address, name NUL, name NUL, … padded to 4 bytes: the same shape as options. */
static void
read_names (LecTrace *trace, const LecBlock *block, uint64_t offset)
{
  LecOptions records = lec_options (block, 8);

  while (lec_options_next (&records)) {
    unsigned address_bytes = records.code == 1 ? 4 : records.code == 2 ? 16 : 0;
    size_t position = address_bytes;

    while (address_bytes > 0 && position < records.length) {
      const char *name = (const char *) records.value + position;
      size_t length = strnlen (name, records.length - position);

      if (length > 0)
        lec_trace_add_name (trace, records.value, address_bytes, name, length);
      position += length + 1;
    }
  }
  if (records.broken)
    lec_trace_add_damage (trace, offset + records.position, _ ("A name is longer than the block that holds it."));
}

static int64_t
add_counts (int64_t sum, uint64_t count)
{
  int64_t term = (int64_t) MIN (count, INT64_MAX / 4);

  return sum < 0 ? term : sum + term;
}

static void
read_statistics (LecTrace *trace, const LecBlock *block, uint64_t offset)
{
  Pcapng *pcapng = trace->state;
  Counts counts = { .received_frames = -1, .dropped_frames = -1 };
  LecOptions options = lec_options (block, 20);

  if (block->length < 24) {
    lec_trace_add_damage (trace, offset + 4, _ ("The statistics of an interface are too short."));
    return;
  }
  if (lec_get_u32 (block->bytes + 8, block->big_endian) >= lec_trace_n_interfaces (trace) - pcapng->first_interface)
    return;
  counts.interface = pcapng->first_interface + lec_get_u32 (block->bytes + 8, block->big_endian);
  while (lec_options_next (&options)) {
    if (options.code == 4)
      counts.received_frames = add_counts (-1, lec_options_number (&options));
    else if (options.code == 5 || options.code == 7) /* dropped by the interface, and by the system */
      counts.dropped_frames = add_counts (counts.dropped_frames, lec_options_number (&options));
  }
  for (guint i = 0; i < pcapng->counts->len; i++) {
    if (g_array_index (pcapng->counts, Counts, i).interface == counts.interface) {
      g_array_index (pcapng->counts, Counts, i) = counts;
      return;
    }
  }
  g_array_append_val (pcapng->counts, counts);
}

static void
finish (LecTrace *trace)
{
  Pcapng *pcapng = trace->state;

  for (guint i = 0; i < pcapng->counts->len; i++) {
    const Counts *counts = &g_array_index (pcapng->counts, Counts, i);

    lec_trace_set_counts (trace, counts->interface, counts->received_frames, counts->dropped_frames);
  }
}

static void
read_packet_options (LecTrace *trace, const LecBlock *block, size_t position, uint64_t offset, LecRecord *record)
{
  LecOptions options = lec_options (block, position);

  while (lec_options_next (&options)) {
    if (options.code == OPTION_FLAGS && options.length == 4) {
      uint32_t flags = (uint32_t) lec_options_number (&options);

      record->inbound = (flags & 3) == FLAG_INBOUND;
      record->outbound = (flags & 3) == FLAG_OUTBOUND;
      record->noted |= flags != FLAG_INBOUND && flags != FLAG_OUTBOUND;
    } else
      record->noted = 1;
  }
  if (options.broken && trace != NULL)
    lec_trace_add_damage (trace, offset + options.position, _ ("An option is longer than the block that holds it."));
}

/* What read and read-again have in common. TRACE is where damage is told, NULL when it has been told before. */
static inline void
fill_record (LecTrace *trace, const LecBlock *block, const LecPacketBlock *packet, const LecTraceInterface *interface,
             uint64_t offset, LecRecord *record)
{
  record->bytes = packet->bytes;
  record->captured_bytes = packet->captured;
  record->original_bytes = packet->original;
  record->link_type = interface == NULL ? LEC_LINK_TYPE_UNKNOWN : interface->facts.link_type;
  record->noted = packet->drops != DROPS_UNKNOWN;
  record->inbound = record->outbound = 0;
  if (packet->timed)
    record->time_ns = lec_time_scale_ns (interface == NULL ? &default_scale : &interface->scale, packet->ticks);
  if (packet->options + 8 <= block->length)
    read_packet_options (trace, block, packet->options, offset, record);
}

static void
time_simple_packet (Pcapng *pcapng, uint64_t offset, LecRecord *record)
{
  record->time_ns = pcapng->last_time_ns;
  if (!pcapng->in_run) {
    uint32_t n = atomic_load_explicit (&pcapng->n_runs, memory_order_relaxed);

    lec_column_reserve (&pcapng->runs, n + 1);
    LEC_COLUMN (&pcapng->runs, SimpleRun, n) = (SimpleRun){ .offset = offset, .time_ns = pcapng->last_time_ns };
    atomic_store_explicit (&pcapng->n_runs, n + 1, memory_order_release);
    pcapng->in_run = TRUE;
  }
}

static int64_t
find_simple_time (const Pcapng *pcapng, uint64_t offset)
{
  uint32_t low = 0, high = atomic_load_explicit (&pcapng->n_runs, memory_order_acquire);

  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;

    if (LEC_COLUMN (&pcapng->runs, SimpleRun, middle).offset <= offset)
      low = middle;
    else
      high = middle;
  }
  return high == 0 ? 0 : LEC_COLUMN (&pcapng->runs, SimpleRun, low).time_ns;
}

static void
tell_packet_damage (LecTrace *trace, const LecPacketBlock *packet, const LecTraceInterface *interface, uint64_t offset)
{
  if (interface == NULL)
    lec_trace_add_damage (trace, offset + 8, _ ("A frame names interface %u, which the trace does not describe."),
                          packet->interface);
  if (packet->claimed > packet->captured)
    lec_trace_add_damage (trace, offset + 4, _ ("A frame claims %u bytes; only %u can be read."), packet->claimed,
                          packet->captured);
}

static inline gboolean
read_packet (LecTrace *trace, const LecBlock *block, uint64_t offset, LecRecord *record)
{
  Pcapng *pcapng = trace->state;
  LecPacketBlock packet;
  uint32_t number = LEC_INTERFACE_NONE;
  const LecTraceInterface *interface = NULL;
  uint32_t snap_bytes = 0;

  if (block->type == LEC_BLOCK_SIMPLE) {
    interface = lec_trace_peek_interface (trace, pcapng->first_interface);
    snap_bytes = interface == NULL ? 0 : interface->facts.snap_bytes;
  }
  if (G_UNLIKELY (!lec_block_read_packet (block, snap_bytes, &packet))) {
    lec_trace_add_damage (trace, offset + 4, _ ("A block of %u bytes is too short to hold a frame."), block->length);
    return FALSE;
  }
  if (packet.interface < lec_trace_n_interfaces (trace) - pcapng->first_interface) {
    number = pcapng->first_interface + packet.interface;
    interface = lec_trace_peek_interface (trace, number);
  }
  if (G_UNLIKELY (interface == NULL || packet.claimed > packet.captured))
    tell_packet_damage (trace, &packet, interface, offset);
  fill_record (trace, block, &packet, interface, offset, record);
  record->place = LEC_PLACE (offset, number);
  if (G_UNLIKELY (!packet.timed))
    time_simple_packet (pcapng, offset, record);
  else
    pcapng->in_run = FALSE;
  pcapng->last_time_ns = record->time_ns;
  return TRUE;
}

/* Blocks without records; the others (secrets, journal entries, custom ones) are passed over. */
static void
read_other (LecTrace *trace, const LecBlock *block, uint64_t offset)
{
  static void (*const readers[]) (LecTrace *, const LecBlock *, uint64_t) = {
    [LEC_BLOCK_INTERFACE] = read_interface,
    [LEC_BLOCK_NAMES] = read_names,
    [LEC_BLOCK_STATISTICS] = read_statistics,
  };

  if (block->type == LEC_BLOCK_SECTION)
    read_section (trace, block, offset);
  else if (block->type < G_N_ELEMENTS (readers) && readers[block->type] != NULL)
    readers[block->type](trace, block, offset);
}

static gboolean
is_packet (uint32_t type)
{
  return type == LEC_BLOCK_PACKET || type == LEC_BLOCK_SIMPLE || type == LEC_BLOCK_OLD_PACKET;
}

/* Looks at the block that starts at BYTES, of which LEFT are there. In scan->used its length, once it is whole; 0 with
 * scan->wanted where more is needed. */
static inline void
frame_block (LecTrace *trace, const uint8_t *bytes, size_t left, uint64_t offset, LecBlock *block, LecScan *scan)
{
  Pcapng *pcapng = trace->state;

  scan->wanted = LEC_BLOCK_MIN_BYTES;
  if (left < LEC_BLOCK_MIN_BYTES)
    return;
  block->type = lec_get_u32 (bytes, pcapng->big_endian);
  if (block->type == LEC_BLOCK_SECTION && !find_byte_order (bytes, &pcapng->big_endian)) {
    lec_trace_add_damage (trace, offset + 8,
                          _ ("A section does not tell its byte order. What follows cannot be read."));
    scan->end = LEC_SCAN_STOP;
    return;
  }
  block->bytes = bytes;
  block->big_endian = pcapng->big_endian;
  block->length = lec_get_u32 (bytes + 4, block->big_endian);
  if (!plausible_length (block->length, block->type)) {
    lec_trace_add_damage (trace, offset + 4, _ ("A block cannot be %u bytes long. What follows cannot be read."),
                          block->length);
    scan->end = LEC_SCAN_STOP;
    return;
  }
  scan->wanted = block->length;
  if (left < block->length)
    return;
  if (lec_get_u32 (bytes + block->length - 4, block->big_endian) != block->length) {
    lec_trace_add_damage (trace, offset + block->length - 4,
                          _ ("The two lengths of a block (%u and %u) differ. What follows cannot be read."),
                          block->length, lec_get_u32 (bytes + block->length - 4, block->big_endian));
    scan->end = LEC_SCAN_STOP;
    return;
  }
  scan->used = block->length;
}

static LecScan
scan (LecTrace *trace, const uint8_t *bytes, size_t n_bytes, uint64_t offset, LecBatch *batch)
{
  size_t position = 0;
  LecBlock block;
  LecScan step = { 0 };

  while (batch->n_records < LEC_BATCH_RECORDS) {
    step = (LecScan){ .end = LEC_SCAN_MORE };
    frame_block (trace, bytes + position, n_bytes - position, offset + position, &block, &step);
    if (step.used == 0)
      break;
    if (!is_packet (block.type))
      read_other (trace, &block, offset + position);
    else if (read_packet (trace, &block, offset + position, &batch->records[batch->n_records]))
      batch->n_records++;
    position += step.used;
    step.wanted = 0;
  }
  step.used = position;
  return step;
}

gboolean
lec_pcapng_read_block (LecTraceCache *cache, uint64_t offset, LecBlock *block)
{
  const uint8_t *bytes = lec_trace_cache_bytes (cache, offset, LEC_BLOCK_MIN_BYTES);

  if (bytes == NULL)
    return FALSE;
  /* The types of packet blocks are small numbers: they tell the byte order themselves. */
  block->big_endian = is_packet (lec_get_u32 (bytes, TRUE));
  block->type = lec_get_u32 (bytes, block->big_endian);
  block->length = lec_get_u32 (bytes + 4, block->big_endian);
  if (!is_packet (block->type) || !plausible_length (block->length, block->type))
    return FALSE;
  block->bytes = lec_trace_cache_bytes (cache, offset, block->length);
  return block->bytes != NULL;
}

static gboolean
read_record (LecTraceCache *cache, LecPlace place, LecRecord *record)
{
  LecTrace *trace = lec_trace_cache_trace (cache);
  const LecTraceInterface *interface = lec_trace_peek_interface (trace, LEC_PLACE_INTERFACE (place));
  LecPacketBlock packet;
  LecBlock block;

  if (!lec_pcapng_read_block (cache, LEC_PLACE_OFFSET (place), &block) ||
      !lec_block_read_packet (&block, interface == NULL ? 0 : interface->facts.snap_bytes, &packet))
    return FALSE;
  fill_record (NULL, &block, &packet, interface, LEC_PLACE_OFFSET (place), record);
  if (!packet.timed)
    record->time_ns = find_simple_time (trace->state, LEC_PLACE_OFFSET (place));
  return TRUE;
}

const LecTraceFormat lec_pcapng_format = {
  .recognise = recognise,
  .begin = begin,
  .scan = scan,
  .finish = finish,
  .free_state = free_state,
  .read_record = read_record,
  .read_notes = lec_pcapng_read_notes,
};
