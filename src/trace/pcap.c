/* pcap: a file header of 24 bytes, then records.
 *
 *     0               4       6       8              12              16              20              24
 *     +---------------+-------+-------+---------------+---------------+---------------+---------------+
 *     | magic         | major | minor | zone (0)      | accuracy (0)  | snap length   |FCS| link type |
 *     +---------------+-------+-------+---------------+---------------+---------------+---------------+
 *     | seconds       | µs or ns      | captured      | original      | (Kuznetzov: 8 bytes more)
 *     +---------------+---------------+---------------+---------------+
 *     | captured bytes of the frame, no padding
 *
 * draft-ietf-opsawg-pcap §4 and §5. The writer's byte order shows in the magic. Alexey Kuznetzov's variant has in each
 * record the interface's index, the protocol, and the packet type of packet(7). */
#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/limits.h"
#include "trace/byte-order.h"
#include "trace/format.h"

#define FILE_HEADER_BYTES  24u
#define LINK_TYPE_OFFSET   20u
#define CAPTURED_OFFSET    8u
#define PACKET_TYPE_OFFSET 22u
#define PACKET_OUTGOING    4 /* packet(7) */

static const struct {
  uint32_t magic;
  uint8_t record_header_bytes;
  gboolean in_ns;
  const char *name;
} variants[] = {
  { 0xa1b2c3d4, 16, FALSE, "pcap" },
  { 0xa1b23c4d, 16, TRUE, "pcap (nanoseconds)" },
  { 0xa1b2cd34, 24, FALSE, "pcap (Kuznetzov)" },
};

/* Set by begin, then read by any thread. */
typedef struct {
  gboolean big_endian;
  gboolean may_be_swapped; /* before version 2.4 the two lengths stood the other way round in some files */
  uint32_t record_header_bytes;
  uint32_t ns_per_fraction;
  uint16_t link_type;
} Pcap;

static int
find_variant (const uint8_t *bytes, gboolean big_endian)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (variants); i++)
    if (lec_get_u32 (bytes, big_endian) == variants[i].magic)
      return (int) i;
  return -1;
}

static gboolean
recognise (const uint8_t *bytes, size_t n_bytes)
{
  return n_bytes >= 4 && (find_variant (bytes, FALSE) >= 0 || find_variant (bytes, TRUE) >= 0);
}

/*      31   28 27 26 25             16 15              0
 *     +-------+--+--+-----------------+-----------------+
 *     |FCS len|  |P | reserved (0)    | link type       |   P: the FCS length, in units of 16 bits, is told
 *     +-------+--+--+-----------------+-----------------+ */
static void
add_interface (LecTrace *trace, const Pcap *pcap, uint32_t link_field, uint32_t snap_bytes)
{
  LecTraceInterface *interface = lec_trace_interface_new ();

  if (link_field & 0x04000000)
    interface->facts.fcs_bytes = (uint8_t) ((link_field >> 28) * 2);
  interface->facts.link_type = pcap->link_type;
  interface->facts.snap_bytes = snap_bytes;
  interface->facts.big_endian = pcap->big_endian;
  interface->facts.ticks_per_second = 1000000000u / pcap->ns_per_fraction;
  lec_trace_add_interface (trace, interface);
}

static gboolean
begin (LecTrace *trace, const uint8_t *bytes, size_t n_bytes, LecScan *scan, GError **error)
{
  Pcap *pcap;
  uint32_t link_field;
  gboolean big_endian = find_variant (bytes, FALSE) < 0;
  int variant = find_variant (bytes, big_endian);

  if (n_bytes < FILE_HEADER_BYTES) {
    scan->wanted = FILE_HEADER_BYTES;
    return TRUE;
  }
  pcap = g_new0 (Pcap, 1);
  trace->state = pcap;
  trace->format_name = g_strdup (variants[variant].name);
  pcap->big_endian = big_endian;
  pcap->record_header_bytes = variants[variant].record_header_bytes;
  pcap->ns_per_fraction = variants[variant].in_ns ? 1 : 1000;
  pcap->may_be_swapped = lec_get_u16 (bytes + 4, big_endian) == 2 && lec_get_u16 (bytes + 6, big_endian) < 4;
  link_field = lec_get_u32 (bytes + LINK_TYPE_OFFSET, big_endian);
  pcap->link_type = link_field & 0x03ff0000 ? LEC_LINK_TYPE_UNKNOWN : (uint16_t) link_field;
  if (link_field & 0x03ff0000)
    lec_trace_add_damage (trace, LINK_TYPE_OFFSET, _ ("The trace names link type %u, which there is not."),
                          link_field & 0x0fffffff);
  add_interface (trace, pcap, link_field, lec_get_u32 (bytes + 16, big_endian));
  scan->used = FILE_HEADER_BYTES;
  return TRUE;
}

/* The record whose header stands at BYTES; captured_bytes may be nonsense yet. */
static inline void
read_header (const Pcap *pcap, const uint8_t *bytes, gboolean big_endian, LecRecord *record)
{
  uint32_t captured = lec_get_u32 (bytes + CAPTURED_OFFSET, big_endian);
  uint32_t original = lec_get_u32 (bytes + 12, big_endian);

  if (G_UNLIKELY (pcap->may_be_swapped && captured > original)) {
    uint32_t other = captured;

    captured = original;
    original = other;
  }
  record->time_ns = (int64_t) lec_get_u32 (bytes, big_endian) * 1000000000 +
                    (int64_t) lec_get_u32 (bytes + 4, big_endian) * pcap->ns_per_fraction;
  record->bytes = bytes + pcap->record_header_bytes;
  record->captured_bytes = captured;
  record->original_bytes = original;
  record->link_type = pcap->link_type;
  record->noted = record->outbound = record->inbound = 0;
  if (G_UNLIKELY (pcap->record_header_bytes > PACKET_TYPE_OFFSET)) {
    record->outbound = bytes[PACKET_TYPE_OFFSET] == PACKET_OUTGOING;
    record->inbound = bytes[PACKET_TYPE_OFFSET] < PACKET_OUTGOING;
  }
}

static inline LecScan
scan_records (LecTrace *trace, const uint8_t *bytes, size_t n_bytes, uint64_t offset, LecBatch *batch,
              gboolean big_endian)
{
  const Pcap pcap = *(const Pcap *) trace->state;
  LecScan scan = { .end = LEC_SCAN_MORE };
  uint32_t n = batch->n_records;
  size_t position = 0;

  while (n < LEC_BATCH_RECORDS) {
    LecRecord *record = &batch->records[n];

    scan.wanted = pcap.record_header_bytes;
    if (n_bytes - position < scan.wanted)
      break;
    read_header (&pcap, bytes + position, big_endian, record);
    if (G_UNLIKELY (record->captured_bytes > LEC_LIMIT_FRAME_BYTES)) {
      lec_trace_add_damage (trace, offset + position + CAPTURED_OFFSET,
                            _ ("A record claims %u bytes, more than any frame has. What follows cannot be read."),
                            record->captured_bytes);
      scan.end = LEC_SCAN_STOP;
      break;
    }
    scan.wanted += record->captured_bytes;
    if (n_bytes - position < scan.wanted)
      break;
    record->place = LEC_PLACE (offset + position, 0);
    position += scan.wanted;
    scan.wanted = 0;
    n++;
  }
  batch->n_records = n;
  scan.used = position;
  return scan;
}

static LecScan
scan (LecTrace *trace, const uint8_t *bytes, size_t n_bytes, uint64_t offset, LecBatch *batch)
{
  const Pcap *pcap = trace->state;

  return pcap->big_endian ? scan_records (trace, bytes, n_bytes, offset, batch, TRUE)
                          : scan_records (trace, bytes, n_bytes, offset, batch, FALSE);
}

static gboolean
read_record (LecTraceCache *cache, LecPlace place, LecRecord *record)
{
  const Pcap *pcap = lec_trace_cache_trace (cache)->state;
  uint64_t offset = LEC_PLACE_OFFSET (place);
  const uint8_t *bytes = lec_trace_cache_bytes (cache, offset, pcap->record_header_bytes);

  if (bytes == NULL)
    return FALSE;
  read_header (pcap, bytes, pcap->big_endian, record);
  if (record->captured_bytes > LEC_LIMIT_FRAME_BYTES)
    return FALSE; /* another file has been written over the one that was read */
  bytes = lec_trace_cache_bytes (cache, offset, pcap->record_header_bytes + record->captured_bytes);
  record->bytes = bytes == NULL ? NULL : bytes + pcap->record_header_bytes;
  return bytes != NULL;
}

const LecTraceFormat lec_pcap_format = {
  .recognise = recognise,
  .begin = begin,
  .scan = scan,
  .free_state = g_free,
  .read_record = read_record,
};
