/* Traces with bytes turned over, cut and doubled: neither a crash nor a hang, whatever is read. The mutations are a
 * fixed sequence, so that a failure comes again; run this under the sanitizers too. */
#include <archive.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "whole.h"

#define MUTATIONS 400u

/* A file in memory that each mutation is written to, and its path. */
typedef struct {
  int descriptor;
  char *path;
} Scratch;

static void
write_scratch (const Scratch *scratch, const GByteArray *bytes)
{
  g_assert_cmpint (ftruncate (scratch->descriptor, 0), ==, 0);
  g_assert_cmpint (pwrite (scratch->descriptor, bytes->data, bytes->len, 0), ==, bytes->len);
}

static void
look_at_name (const uint8_t *address, unsigned address_bytes, const char *name, void *data)
{
  g_assert_true (address_bytes == 4 || address_bytes == 16);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

/* Everything that can be asked of a frame. The sum is there so that each byte is touched. */
static unsigned
look_at_record (LecTraceCache *cache, const LecRecord *record)
{
  LecRecord again;
  LecNotes notes;
  unsigned sum = 0;

  for (uint32_t i = 0; i < record->captured_bytes; i++)
    sum += record->bytes[i];
  g_assert_true (lec_trace_read_record (cache, record->place, &again));
  g_assert_cmpint (again.time_ns, ==, record->time_ns);
  g_assert_cmpmem (again.bytes, again.captured_bytes, record->bytes, record->captured_bytes);
  lec_trace_read_notes (cache, record->place, &notes);
  lec_notes_clear (&notes);
  return sum;
}

static void
read_everything (const char *path)
{
  g_autoptr (LecTrace) trace = lec_trace_open (path, NULL);
  g_autoptr (LecTraceCache) cache = trace == NULL ? NULL : lec_trace_cache_new (trace);
  LecBatch *batch = lec_batch_new ();
  gboolean more = trace != NULL;

  while (more) {
    more = lec_trace_read_batch (trace, batch);
    for (uint32_t i = 0; i < batch->n_records; i++)
      look_at_record (cache, &batch->records[i]);
  }
  if (trace != NULL) {
    g_free (lec_trace_dup_description (trace));
    lec_trace_foreach_name (trace, G_MAXUINT32, look_at_name, NULL);
  }
  lec_batch_free (batch);
}

/* One to four small changes of the kinds that hurt: a bit, a byte at an extreme, a cut, a piece twice. */
static void
mutate (GByteArray *bytes, GRand *random)
{
  static const uint8_t extremes[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };

  for (int changes = g_rand_int_range (random, 1, 5); changes > 0 && bytes->len > 8; changes--) {
    guint at = (guint) g_rand_int_range (random, 0, (gint32) bytes->len);
    guint length = (guint) g_rand_int_range (random, 1, 40);

    length = MIN (bytes->len - at, length);
    switch (g_rand_int_range (random, 0, 8)) {
    case 0:
      g_byte_array_set_size (bytes, at);
      break;
    case 1:
      g_byte_array_remove_range (bytes, at, length);
      break;
    case 2: {
      g_autofree guint8 *piece = g_memdup2 (bytes->data + at, length);

      g_byte_array_append (bytes, piece, length);
      break;
    }
    case 3:
    case 4:
      bytes->data[at] ^= (guint8) (1u << g_rand_int_range (random, 0, 8));
      break;
    default:
      bytes->data[at] = extremes[g_rand_int_range (random, 0, G_N_ELEMENTS (extremes))];
    }
  }
}

static void
mutate_and_read (const Writer *writer)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20231114);
  Scratch scratch = { .descriptor = memfd_create ("trace", 0) };

  g_assert_cmpint (scratch.descriptor, >=, 0);
  scratch.path = g_strdup_printf ("/proc/self/fd/%d", scratch.descriptor);
  for (unsigned i = 0; i < MUTATIONS; i++) {
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    g_byte_array_append (bytes, writer->bytes->data, writer->bytes->len);
    if (i > 0) /* the first is as it was written */
      mutate (bytes, random);
    write_scratch (&scratch, bytes);
    read_everything (scratch.path);
  }
  close (scratch.descriptor);
  g_free (scratch.path);
}

static void
test_pcap (gconstpointer magic)
{
  for (int big_endian = 0; big_endian < 2; big_endian++) {
    g_auto (Writer) writer = writer_new (big_endian);

    pcap_header (&writer, GPOINTER_TO_UINT (magic), 262144, 0x24000001);
    for (unsigned i = 0; i < 8; i++)
      pcap_record (&writer, 1000 + i, i, i, 40 + i, 60);
    mutate_and_read (&writer);
  }
}

/* A section with every kind of block that is read. */
static void
write_section (Writer *writer)
{
  size_t start;

  start = block_begin (writer, 0x0a0d0d0a);
  put_u32 (writer, 0x1a2b3c4d);
  put_u16 (writer, 1);
  put_u16 (writer, 0);
  put_u64 (writer, UINT64_MAX);
  put_text_option (writer, 1, "comment");
  put_text_option (writer, 4, "program");
  put_u32 (writer, 0);
  block_end (writer, start);
  start = block_begin (writer, 1);
  put_u16 (writer, 1);
  put_u16 (writer, 0);
  put_u32 (writer, 40);
  put_text_option (writer, 2, "eth0");
  put_option (writer, 9, "\x89", 1);
  put_option (writer, 11, "\0tcp", 4);
  put_u64_option (writer, 14, 77);
  block_end (writer, start);
  timed_interface (writer, 113, 12, -3);
  start = block_begin (writer, 4);
  put_option (writer, 1, "\x0a\x00\x00\x07name\0other", 14);
  put_option (writer, 2, "0123456789abcdefname", 21);
  put_u32 (writer, 0);
  block_end (writer, start);
  packet (writer, 0, 1000, 1, 33, 60);
  simple_packet (writer, 2, 40, 60);
  old_packet (writer, 1, 3, 1001, 3, 21, 60);
  start = block_begin (writer, 6);
  put_u32 (writer, 1);
  put_u64 (writer, 5);
  put_u32 (writer, 4);
  put_u32 (writer, 4);
  put_u32 (writer, 0x01020304);
  put_text_option (writer, 1, "comment");
  put_u32_option (writer, 2, 1);
  put_option (writer, 7, "\2\0\0\0\0\0\0\0\1", 9);
  put_u32 (writer, 0);
  block_end (writer, start);
  start = block_begin (writer, 5);
  put_u32 (writer, 1);
  put_u64 (writer, 0);
  put_u64_option (writer, 4, 10);
  put_u64_option (writer, 5, 2);
  block_end (writer, start);
}

static void
test_pcapng (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));

  for (unsigned i = 0; i < 3; i++)
    write_section (&writer);
  mutate_and_read (&writer);
  writer.big_endian = !writer.big_endian;
  write_section (&writer);
  mutate_and_read (&writer);
}

static void
test_compressed (gconstpointer filter)
{
  g_auto (Writer) writer = writer_new (FALSE);

  for (unsigned i = 0; i < 3; i++)
    write_section (&writer);
  if (writer_compress (&writer, GPOINTER_TO_INT (filter)))
    mutate_and_read (&writer);
  else
    g_test_skip ("libarchive cannot write this");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/trace/hostile/pcap", GUINT_TO_POINTER (0xa1b2c3d4u), test_pcap);
  g_test_add_data_func ("/trace/hostile/pcap-ns", GUINT_TO_POINTER (0xa1b23c4du), test_pcap);
  g_test_add_data_func ("/trace/hostile/pcap-kuznetzov", GUINT_TO_POINTER (0xa1b2cd34u), test_pcap);
  g_test_add_data_func ("/trace/hostile/pcapng/little", GINT_TO_POINTER (FALSE), test_pcapng);
  g_test_add_data_func ("/trace/hostile/pcapng/big", GINT_TO_POINTER (TRUE), test_pcapng);
  g_test_add_data_func ("/trace/hostile/gzip", GINT_TO_POINTER (ARCHIVE_FILTER_GZIP), test_compressed);
  g_test_add_data_func ("/trace/hostile/zstd", GINT_TO_POINTER (ARCHIVE_FILTER_ZSTD), test_compressed);
  g_test_add_data_func ("/trace/hostile/lz4", GINT_TO_POINTER (ARCHIVE_FILTER_LZ4), test_compressed);
  g_test_add_data_func ("/trace/hostile/xz", GINT_TO_POINTER (ARCHIVE_FILTER_XZ), test_compressed);
  return g_test_run ();
}
