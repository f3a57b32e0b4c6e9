/* Where the bytes come from: compressed files, pipes in dribbles, files that shrink, and what is no trace at all. */
#include <archive.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "whole.h"

#define US_MAGIC     0xa1b2c3d4
#define N_FRAMES     700u
#define FRAME_BYTES  300u
#define RECORD_BYTES (FRAME_BYTES + 16)

static void
write_frames (Writer *writer)
{
  pcap_header (writer, US_MAGIC, 262144, 1);
  for (unsigned i = 0; i < N_FRAMES; i++)
    pcap_record (writer, 1000 + i, 0, i, FRAME_BYTES, FRAME_BYTES);
}

static void
assert_frames (const Whole *whole, guint n)
{
  g_assert_cmpuint (whole->records->len, ==, n);
  for (guint i = 0; i < n; i++)
    assert_frame (whole, i, i, FRAME_BYTES, FRAME_BYTES);
  assert_read_again (whole);
}

static const struct {
  int filter;
  const char *format;
} filters[] = {
  { ARCHIVE_FILTER_GZIP, "pcap in gzip" },   { ARCHIVE_FILTER_ZSTD, "pcap in zstd" },
  { ARCHIVE_FILTER_LZ4, "pcap in lz4" },     { ARCHIVE_FILTER_XZ, "pcap in xz" },
  { ARCHIVE_FILTER_BZIP2, "pcap in bzip2" },
};

static void
test_compressed (gconstpointer data)
{
  unsigned i = GPOINTER_TO_UINT (data);
  g_auto (Writer) writer = writer_new (FALSE);
  uint64_t read_bytes, total_bytes;

  write_frames (&writer);
  if (!writer_compress (&writer, filters[i].filter)) {
    g_test_skip ("libarchive cannot write this");
    return;
  }

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpstr (lec_trace_format (whole.trace), ==, filters[i].format);
  lec_trace_progress (whole.trace, &read_bytes, &total_bytes);
  g_assert_cmpuint (total_bytes, ==, writer.bytes->len);
  g_assert_cmpuint (read_bytes, ==, writer.bytes->len);
  assert_frames (&whole, N_FRAMES);
}

/* Cut in the middle of the compressed data: damage, never a crash, and the frames that are there are right. */
static void
test_compressed_cut (gconstpointer data)
{
  unsigned i = GPOINTER_TO_UINT (data);
  g_auto (Writer) writer = writer_new (FALSE);
  g_autoptr (GError) error = NULL;

  write_frames (&writer);
  if (!writer_compress (&writer, filters[i].filter)) {
    g_test_skip ("libarchive cannot write this");
    return;
  }
  g_byte_array_set_size (writer.bytes, writer.bytes->len * 3 / 4);

  g_autofree char *path = writer_save (&writer, "trace");
  g_autoptr (LecTrace) trace = lec_trace_open (path, &error);

  if (trace == NULL)
    g_assert_error (error, LEC_ERROR, LEC_ERROR_DAMAGED);
  else {
    g_auto (Whole) whole = whole_read (path);

    g_assert_nonnull (lec_trace_damage (whole.trace));
    g_assert_cmpuint (lec_trace_damage (whole.trace)->offset, <, 24 + N_FRAMES * RECORD_BYTES);
    assert_frames (&whole, whole.records->len);
    g_assert_cmpuint (whole.records->len, <, N_FRAMES);
  }
  remove_file (path);
}

/* gzip gives each byte before the cut. */
static void
test_gzip_cut_early (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_auto (Writer) plain = writer_new (FALSE);

  pcap_header (&plain, US_MAGIC, 262144, 1);
  for (unsigned i = 0; i < 30; i++)
    pcap_record (&plain, i, i * i * 7919, i, 20 + i % 7, 60);
  put_bytes (&writer, plain.bytes->data, plain.bytes->len);
  g_assert_true (writer_compress (&writer, ARCHIVE_FILTER_GZIP));
  g_byte_array_set_size (writer.bytes, writer.bytes->len - 12);

  g_auto (Whole) whole = whole_of (&writer);

  g_assert_cmpuint (whole.records->len, >, 10);
  g_assert_nonnull (lec_trace_damage (whole.trace));
  for (guint i = 0; i < whole.records->len; i++)
    assert_frame (&whole, i, i, 20 + i % 7, 60);
}

/* Several gzip members one after the other are one stream (RFC 1952 §2.2); what is not a member behind them is damage.
 */
static void
test_gzip_members (void)
{
  g_auto (Writer) first = writer_new (FALSE);
  g_auto (Writer) second = writer_new (FALSE);
  uint64_t plain_bytes;

  pcap_header (&first, US_MAGIC, 262144, 1);
  pcap_record (&first, 1, 0, 1, 60, 60);
  put_bytes (&first, "\x01\0\0", 3);
  put_u8 (&second, 0);
  put_u32 (&second, 0);
  put_u32 (&second, 61);
  put_u32 (&second, 61);
  put_frame (&second, 2, 61);
  plain_bytes = first.bytes->len + second.bytes->len;
  g_assert_true (writer_compress (&first, ARCHIVE_FILTER_GZIP) && writer_compress (&second, ARCHIVE_FILTER_GZIP));
  put_bytes (&first, second.bytes->data, second.bytes->len);

  g_auto (Whole) whole = whole_of (&first);

  assert_whole (&whole);
  g_assert_cmpuint (whole.records->len, ==, 2);
  assert_frame (&whole, 1, 2, 61, 61);
  put_bytes (&first, "garbage", 7);

  g_auto (Whole) damaged = whole_of (&first);

  assert_damage (&damaged, plain_bytes);
  g_assert_cmpuint (damaged.records->len, ==, 2);
}

/* Writes a trace to a named pipe: all but the last record in small pieces, and waits before that one until the reader
 * has shown what came before. */
typedef struct {
  const Writer *writer;
  const char *path;
  size_t piece;
  size_t hold;             /* pause before this byte … */
  _Atomic gboolean resume; /* … until this is set */
  _Atomic gboolean stop;   /* and go no further if this is */
} Dribble;

static void *
dribble (void *data)
{
  Dribble *d = data;
  int descriptor = open (d->path, O_WRONLY);
  size_t done = 0, length = d->writer->bytes->len;

  g_assert_cmpint (descriptor, >=, 0);
  while (done < length) {
    size_t n = MIN (d->piece, length - done);

    if (done < d->hold)
      n = MIN (n, d->hold - done);
    while (done == d->hold && !d->resume)
      g_usleep (1000);
    if (d->stop)
      break;
    g_assert_cmpint (write (descriptor, d->writer->bytes->data + done, n), ==, n);
    done += n;
  }
  close (descriptor);
  return NULL;
}

static void
make_pipe (char **path)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-trace-XXXXXX", NULL);

  *path = g_build_filename (folder, "pipe", NULL);
  g_assert_cmpint (mkfifo (*path, 0600), ==, 0);
}

static void
test_pipe (gconstpointer compressed)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_autofree char *path = NULL;
  pthread_t thread;

  write_frames (&writer);
  if (compressed != NULL)
    g_assert_true (writer_compress (&writer, ARCHIVE_FILTER_GZIP));
  make_pipe (&path);

  Dribble d = { .writer = &writer, .path = path, .piece = 997, .hold = SIZE_MAX };

  g_assert_cmpint (pthread_create (&thread, NULL, dribble, &d), ==, 0);

  g_auto (Whole) whole = whole_read (path);
  uint64_t read_bytes, total_bytes;

  pthread_join (thread, NULL);
  assert_whole (&whole);
  lec_trace_progress (whole.trace, &read_bytes, &total_bytes);
  g_assert_cmpuint (read_bytes, ==, writer.bytes->len);
  g_assert_cmpuint (total_bytes, ==, 0);
  assert_frames (&whole, N_FRAMES);
  remove_file (path);
}

/* First come, first shown: frames are handed out while the writer still has more to give. */
static void
test_pipe_waits (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  LecBatch *batch = lec_batch_new ();
  pthread_t thread;
  LecRecord again;
  guint n = 0;

  pcap_header (&writer, US_MAGIC, 262144, 1);
  for (unsigned i = 0; i < 3000; i++)
    pcap_record (&writer, i, 0, i, 4, 4);
  make_pipe (&path);

  Dribble d = { .writer = &writer, .path = path, .piece = 50000, .hold = 24 + 2500 * 20 + 7 };

  g_assert_cmpint (pthread_create (&thread, NULL, dribble, &d), ==, 0);

  g_autoptr (LecTrace) trace = lec_trace_open (path, &error);
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new (trace);

  g_assert_no_error (error);
  while (n < 2500) { /* would hang here if the reader waited for a full buffer */
    g_assert_true (lec_trace_read_batch (trace, batch));
    n += batch->n_records;
    if (batch->n_records > 0) /* the spool's last page, which grows */
      g_assert_true (lec_trace_read_record (cache, batch->records[batch->n_records - 1].place, &again));
  }
  g_assert_cmpuint (n, ==, 2500);
  d.resume = TRUE;
  for (gboolean more = TRUE; more;) {
    more = lec_trace_read_batch (trace, batch);
    n += batch->n_records;
  }
  g_assert_cmpuint (n, ==, 3000);
  g_assert_null (lec_trace_damage (trace));
  /* The last frame lies in the page that the cache had while the writer was waiting. */
  g_assert_true (lec_trace_read_record (cache, LEC_PLACE (24 + 2999 * 20, 0), &again));
  g_assert_cmpint (again.time_ns, ==, G_GINT64_CONSTANT (2999000000000));
  pthread_join (thread, NULL);
  lec_batch_free (batch);
  remove_file (path);
}

static void *
cancel_later (void *trace)
{
  g_usleep (50000);
  lec_trace_cancel (trace);
  return NULL;
}

/* A reader that waits for a pipe is let go by cancel, and what was read stays. */
static void
test_cancel_pipe (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  LecBatch *batch = lec_batch_new ();
  pthread_t writing, cancelling;
  guint n = 0;

  write_frames (&writer);
  make_pipe (&path);

  Dribble d = { .writer = &writer, .path = path, .piece = 4096, .hold = 24 + 10 * RECORD_BYTES + 3 };

  g_assert_cmpint (pthread_create (&writing, NULL, dribble, &d), ==, 0);

  g_autoptr (LecTrace) trace = lec_trace_open (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (pthread_create (&cancelling, NULL, cancel_later, trace), ==, 0);
  while (lec_trace_read_batch (trace, batch))
    n += batch->n_records;
  n += batch->n_records;
  g_assert_cmpuint (n, ==, 10);
  g_assert_null (lec_trace_damage (trace));
  g_assert_false (lec_trace_read_batch (trace, batch));
  g_assert_cmpuint (batch->n_records, ==, 0);
  pthread_join (cancelling, NULL);
  lec_batch_free (batch);
  d.stop = TRUE;
  d.resume = TRUE;
  pthread_join (writing, NULL);
  remove_file (path);
}

static void
test_cancel_file (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_autoptr (GError) error = NULL;
  LecBatch *batch = lec_batch_new ();
  LecRecord again, record;

  pcap_header (&writer, US_MAGIC, 262144, 1);
  for (unsigned i = 0; i < 10000; i++)
    pcap_record (&writer, i, 0, i, 60, 60);

  g_autofree char *path = writer_save (&writer, "trace");
  g_autoptr (LecTrace) trace = lec_trace_open (path, &error);
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new (trace);

  g_assert_no_error (error);
  g_assert_true (lec_trace_read_batch (trace, batch));
  record = batch->records[5];
  lec_trace_cancel (trace);
  g_assert_false (lec_trace_read_batch (trace, batch));
  g_assert_cmpuint (batch->n_records, ==, 0);
  g_assert_null (lec_trace_damage (trace));
  g_assert_true (lec_trace_read_record (cache, record.place, &again));
  g_assert_cmpint (again.time_ns, ==, record.time_ns);
  lec_batch_free (batch);
  remove_file (path);
}

/* A file that shrinks while it is read: what was read stays, and the damage stands where the bytes end. */
static void
test_shrinks_while_read (gconstpointer on_boundary)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_autoptr (GError) error = NULL;
  LecBatch *batch = lec_batch_new ();
  guint n = 0, left = 9000;
  off_t length = 24 + left * 76;
  LecRecord again;

  pcap_header (&writer, US_MAGIC, 262144, 1);
  for (unsigned i = 0; i < 10000; i++)
    pcap_record (&writer, i, 0, i, 60, 60);

  g_autofree char *path = writer_save (&writer, "trace");
  g_autoptr (LecTrace) trace = lec_trace_open (path, &error);
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new (trace);

  g_assert_no_error (error);
  g_assert_true (lec_trace_read_batch (trace, batch));
  n += batch->n_records;
  length += on_boundary != NULL ? 0 : 20;
  g_assert_cmpint (truncate (path, length), ==, 0);
  for (gboolean more = TRUE; more;) {
    more = lec_trace_read_batch (trace, batch);
    n += batch->n_records;
  }
  g_assert_cmpuint (n, ==, left);
  g_assert_nonnull (lec_trace_damage (trace));
  g_assert_cmpuint (lec_trace_damage (trace)->offset, ==, length);
  g_assert_true (lec_trace_read_record (cache, LEC_PLACE (24 + 8999 * 76, 0), &again));
  g_assert_false (lec_trace_read_record (cache, LEC_PLACE (24 + 9000 * 76, 0), &again));
  lec_batch_free (batch);
  remove_file (path);
}

/* A file that shrinks after it was read: the frame is told to be lost, once it is wanted. */
static void
test_shrinks_afterwards (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  LecRecord again;

  write_frames (&writer);

  g_autofree char *path = writer_save (&writer, "trace");
  g_auto (Whole) whole = whole_read (path);
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new (whole.trace);

  assert_whole (&whole);
  g_assert_cmpint (truncate (path, 24 + 10 * RECORD_BYTES + 100), ==, 0);
  g_assert_true (lec_trace_read_record (cache, whole_frame (&whole, 9)->place, &again));
  assert_whole (&whole);
  g_assert_false (lec_trace_read_record (cache, whole_frame (&whole, 10)->place, &again));
  g_assert_cmpuint (again.captured_bytes, ==, 0);
  assert_damage (&whole, 24 + 10 * RECORD_BYTES);
  g_assert_false (lec_trace_read_record (cache, whole_frame (&whole, 600)->place, &again));
  remove_file (path);
}

static void
put_on_input (int descriptor)
{
  g_assert_cmpint (dup2 (descriptor, STDIN_FILENO), ==, STDIN_FILENO);
  close (descriptor);
}

/* "-" is standard input, whatever that is: a file from where it stands, a pipe, nothing. */
static void
test_standard_input (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_autoptr (GError) error = NULL;
  int before = dup (STDIN_FILENO), ends[2];

  put_bytes (&writer, "read before", 11);
  write_frames (&writer);

  g_autofree char *path = writer_save (&writer, "trace");
  int file = open (path, O_RDONLY);

  g_assert_cmpint (lseek (file, 11, SEEK_SET), ==, 11);
  put_on_input (file);
  {
    g_auto (Whole) whole = whole_read ("-");

    assert_whole (&whole);
    assert_frames (&whole, N_FRAMES);
  }
  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], writer.bytes->data + 11, 24 + 2 * RECORD_BYTES), ==, 24 + 2 * RECORD_BYTES);
  close (ends[1]);
  put_on_input (ends[0]);
  {
    g_auto (Whole) whole = whole_read ("-");

    assert_whole (&whole);
    assert_frames (&whole, 2);
  }
  put_on_input (open ("/dev/null", O_RDONLY));
  g_assert_null (lec_trace_open ("-", &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_EMPTY);
  put_on_input (before);
  remove_file (path);
}

static void
assert_no_trace (const char *path, int code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_trace_open (path, &error));
  g_assert_error (error, LEC_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_no_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-trace-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "trace", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int descriptor;

  assert_no_trace (folder, LEC_ERROR_OPEN, "folder");
  assert_no_trace (path, LEC_ERROR_OPEN, g_strerror (ENOENT));
  assert_no_trace ("/dev/zero", LEC_ERROR_OPEN, "device");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_no_trace (path, LEC_ERROR_EMPTY, "empty");
  if (geteuid () != 0) { /* who may read everything */
    g_chmod (path, 0);
    assert_no_trace (path, LEC_ERROR_OPEN, g_strerror (EACCES));
  }
  g_remove (path);
  descriptor = socket (AF_UNIX, SOCK_STREAM, 0);
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (descriptor, (struct sockaddr *) &address, sizeof address), ==, 0);
  assert_no_trace (path, LEC_ERROR_OPEN, g_strerror (ENXIO));
  close (descriptor);
  remove_file (path);
}

/* What a file holds that is no trace Lectern reads: these bytes, then zeros up to 96. */
static const struct {
  const char *bytes;
  unsigned n_bytes;
  int code;
  const char *words;
} others[] = {
#define BYTES(text) text, sizeof (text) - 1
  { BYTES ("RTSS\1\1"), LEC_ERROR_UNSUPPORTED, "Network Monitor 1.x trace (.cap)" },
  { BYTES ("GMBU\3\2"), LEC_ERROR_UNSUPPORTED, "This is a Network Monitor trace (.cap); Lectern cannot read it yet." },
  { BYTES ("snoop\0\0\0\0\0\0\2"), LEC_ERROR_UNSUPPORTED, "This is a snoop trace; Lectern cannot read it yet." },
  { BYTES ("PK\3\4\24\0\0\0"), LEC_ERROR_UNKNOWN, "ZIP" },
  { BYTES ("\x89PNG\r\n\x1a\n"), LEC_ERROR_UNKNOWN, "format" },
  { BYTES ("Time\0Source"), LEC_ERROR_UNKNOWN, "format" },
#undef BYTES
};

static void
test_other_formats (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (others); i++) {
    g_auto (Writer) writer = writer_new (FALSE);

    put_bytes (&writer, others[i].bytes, others[i].n_bytes);
    while (writer.bytes->len < 96)
      put_u8 (&writer, 0);

    g_autofree char *path = writer_save (&writer, "trace");

    assert_no_trace (path, others[i].code, others[i].words);
    remove_file (path);
  }
}

/* The header of a Windows event trace's first buffer and first record, where they are told apart. */
static void
test_event_trace (void)
{
  static const uint8_t etl[0x60] = { [0x36] = 4, [0x48] = 2, [0x4a] = 2, [0x4b] = 0xc0 };
  g_auto (Writer) writer = writer_new (FALSE);

  put_bytes (&writer, etl, sizeof etl);

  g_autofree char *path = writer_save (&writer, "trace");

  assert_no_trace (path, LEC_ERROR_UNSUPPORTED, "This is a Windows event trace (.etl); Lectern cannot read it yet.");
  remove_file (path);
}

static void
test_text (void)
{
  g_auto (Writer) writer = writer_new (FALSE);

  put_bytes (&writer, "No.\tTime\tSource\n1\t0.0\t10.0.0.1 \xe2\x86\x92\n", 34);

  g_autofree char *path = writer_save (&writer, "trace");

  assert_no_trace (path, LEC_ERROR_UNKNOWN, "text");
  remove_file (path);
}

static void
test_link_type_names (void)
{
  g_autofree char *ethernet = lec_link_type_dup_name (1);
  g_autofree char *raw = lec_link_type_dup_name (101);
  g_autofree char *unknown = lec_link_type_dup_name (64999);

  g_assert_cmpstr (ethernet, ==, "EN10MB");
  g_assert_cmpstr (raw, ==, "RAW");
  g_assert_cmpstr (unknown, ==, "64999");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS (filters); i++) {
    g_autofree char *name = g_strdup_printf ("/trace/sources/%s", strrchr (filters[i].format, ' ') + 1);
    g_autofree char *cut = g_strdup_printf ("%s-cut", name);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_compressed);
    g_test_add_data_func (cut, GUINT_TO_POINTER (i), test_compressed_cut);
  }
  g_test_add_func ("/trace/sources/gzip-cut-early", test_gzip_cut_early);
  g_test_add_func ("/trace/sources/gzip-members", test_gzip_members);
  g_test_add_data_func ("/trace/sources/pipe", NULL, test_pipe);
  g_test_add_data_func ("/trace/sources/pipe-gzip", "gzip", test_pipe);
  g_test_add_func ("/trace/sources/pipe-waits", test_pipe_waits);
  g_test_add_func ("/trace/sources/cancel-pipe", test_cancel_pipe);
  g_test_add_func ("/trace/sources/cancel-file", test_cancel_file);
  g_test_add_data_func ("/trace/sources/shrinks-while-read/boundary", "boundary", test_shrinks_while_read);
  g_test_add_data_func ("/trace/sources/shrinks-while-read/middle", NULL, test_shrinks_while_read);
  g_test_add_func ("/trace/sources/shrinks-afterwards", test_shrinks_afterwards);
  g_test_add_func ("/trace/sources/standard-input", test_standard_input);
  g_test_add_func ("/trace/sources/no-file", test_no_file);
  g_test_add_func ("/trace/sources/other-formats", test_other_formats);
  g_test_add_func ("/trace/sources/event-trace", test_event_trace);
  g_test_add_func ("/trace/sources/text", test_text);
  g_test_add_func ("/trace/sources/link-type-names", test_link_type_names);
  return g_test_run ();
}
