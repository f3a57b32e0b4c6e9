#include "trace/byte-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "trace/unpacker.h"

/*      descriptor ──> head ──> unpacker ──> spool ──> lec_byte_source_read()
 *                     (pipe)   (compressed)  (either)
 *
 * `head` holds the first bytes of a pipe, taken to see whether it is compressed. All of it belongs to the reading
 * thread, but for the atomics and the descriptors, which do not change once the source is open. */
struct LecByteSource {
  int descriptor;
  int spool; /* −1 where the file itself can be read again */
  int wake;  /* an eventfd that ends a wait for a pipe */
  gboolean is_file;
  off_t start;      /* where in the file the trace begins: standard input may have been read before */
  uint64_t spooled; /* bytes in the spool */

  uint8_t head[LEC_UNPACKER_MAGIC_BYTES];
  size_t head_bytes;
  size_t head_taken;

  const char *compression;
  LecUnpacker *unpacker;

  char *trouble; /* why nothing more can be read, once that is so */

  _Atomic uint64_t taken; /* bytes taken from the descriptor */
  uint64_t total;         /* its size when it was opened */
  _Atomic gboolean cancelled;
};

/* Waits until the pipe has bytes, is closed, or the reading is cancelled. */
static void
wait_for_bytes (LecByteSource *source)
{
  struct pollfd waits[] = { { .fd = source->descriptor, .events = POLLIN }, { .fd = source->wake, .events = POLLIN } };

  while (poll (waits, G_N_ELEMENTS (waits), -1) < 0 && (errno == EINTR || errno == EAGAIN))
    continue;
}

static ssize_t
read_descriptor (LecByteSource *source, uint8_t *buffer, size_t n_bytes)
{
  for (;;) {
    uint64_t taken = atomic_load_explicit (&source->taken, memory_order_relaxed);
    ssize_t n;

    if (!source->is_file)
      wait_for_bytes (source);
    if (lec_byte_source_cancelled (source))
      return 0;
    if (source->is_file)
      n = pread (source->descriptor, buffer, n_bytes, source->start + (off_t) taken);
    else
      n = read (source->descriptor, buffer, n_bytes);
    if (n >= 0) {
      atomic_store_explicit (&source->taken, taken + (uint64_t) n, memory_order_relaxed);
      return n;
    }
    if (errno != EINTR && errno != EAGAIN)
      return -1;
  }
}

static ssize_t
read_raw (void *data, uint8_t *buffer, size_t n_bytes)
{
  LecByteSource *source = data;
  size_t n = MIN (n_bytes, source->head_bytes - source->head_taken);

  if (n == 0)
    return read_descriptor (source, buffer, n_bytes);
  memcpy (buffer, source->head + source->head_taken, n);
  source->head_taken += n;
  return (ssize_t) n;
}

static gboolean
write_spool (LecByteSource *source, const uint8_t *bytes, size_t n_bytes)
{
  while (n_bytes > 0) {
    ssize_t n = pwrite (source->spool, bytes, n_bytes, (off_t) source->spooled);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    bytes += n;
    n_bytes -= (size_t) n;
    source->spooled += (uint64_t) n;
  }
  return TRUE;
}

/* One piece, as large as the source gives it at once. Sets source->trouble where it returns −1. */
static ssize_t
read_piece (LecByteSource *source, uint8_t *buffer, size_t n_bytes)
{
  ssize_t n;

  n = source->unpacker != NULL ? lec_unpacker_read (source->unpacker, buffer, n_bytes)
                               : read_raw (source, buffer, n_bytes);
  if (lec_byte_source_cancelled (source))
    return 0;
  if (n < 0 && source->unpacker != NULL)
    source->trouble = g_strdup_printf (_ ("The %s data is cut off or broken here."), source->compression);
  else if (n < 0)
    source->trouble = g_strdup_printf (_ ("The system could not read on: %s."), g_strerror (errno));
  else if (source->spool >= 0 && !write_spool (source, buffer, (size_t) n)) {
    source->trouble = g_strdup_printf (_ ("The temporary copy could not be written: %s."), g_strerror (errno));
    return -1;
  }
  return n;
}

/* Whether a further piece can be had without waiting for the writer of a pipe. */
static gboolean
has_more_now (const LecByteSource *source)
{
  struct pollfd now = { .fd = source->descriptor, .events = POLLIN };

  if (source->is_file)
    return source->unpacker != NULL; /* a plain file has given all it has */
  return source->unpacker == NULL && poll (&now, 1, 0) > 0;
}

ssize_t
lec_byte_source_read (LecByteSource *source, uint8_t *buffer, size_t n_bytes, const char **trouble)
{
  size_t done = 0;
  ssize_t n = -1;

  /* Full buffers make full batches. */
  while (source->trouble == NULL && done < n_bytes && (done == 0 || has_more_now (source))) {
    n = read_piece (source, buffer + done, n_bytes - done);
    if (n <= 0)
      break;
    done += (size_t) n;
  }
  if (done > 0)
    return (ssize_t) done; /* an end comes again with the next call, and so does trouble */
  *trouble = source->trouble;
  return n;
}

size_t
lec_byte_source_read_again (const LecByteSource *source, uint8_t *buffer, size_t n_bytes, uint64_t offset)
{
  int descriptor = source->spool >= 0 ? source->spool : source->descriptor;
  off_t start = source->spool >= 0 ? 0 : source->start;
  size_t done = 0;

  while (done < n_bytes) {
    ssize_t n = pread (descriptor, buffer + done, n_bytes - done, start + (off_t) (offset + done));

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      break;
    done += (size_t) n;
  }
  return done;
}

void
lec_byte_source_cancel (LecByteSource *source)
{
  uint64_t one = 1;

  atomic_store_explicit (&source->cancelled, TRUE, memory_order_release);
  /* An eventfd refuses only when it has been woken 2⁶⁴ times. */
  if (write (source->wake, &one, sizeof one) < 0)
    return;
}

gboolean
lec_byte_source_cancelled (const LecByteSource *source)
{
  return atomic_load_explicit (&source->cancelled, memory_order_acquire);
}

void
lec_byte_source_progress (const LecByteSource *source, uint64_t *read_bytes, uint64_t *total_bytes)
{
  *read_bytes = atomic_load_explicit (&source->taken, memory_order_relaxed);
  *total_bytes = source->is_file ? MAX (source->total, *read_bytes) : 0;
}

const char *
lec_byte_source_compression (const LecByteSource *source)
{
  return source->compression;
}

gboolean
lec_byte_source_is_slow (const LecByteSource *source)
{
  return !source->is_file;
}

static int
open_spool (GError **error)
{
  const char *folders[] = { g_get_user_cache_dir (), g_get_tmp_dir () };
  int descriptor = -1;

  for (unsigned i = 0; i < G_N_ELEMENTS (folders) && descriptor < 0; i++) {
    g_autofree char *name = g_build_filename (folders[i], "lectern-XXXXXX", NULL);

    descriptor = open (folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0)
      break;
    /* Not every file system has O_TMPFILE. */
    descriptor = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0)
      unlink (name);
  }
  if (descriptor < 0)
    g_set_error (error, LEC_ERROR, LEC_ERROR_OPEN, _ ("Cannot make a temporary file in “%s”: %s"), g_get_tmp_dir (),
                 g_strerror (errno));
  return descriptor;
}

/* Looks at the first bytes: kept in `head` where they cannot be had again. */
static gboolean
find_compression (LecByteSource *source, GError **error)
{
  while (source->head_bytes < LEC_UNPACKER_MAGIC_BYTES) {
    ssize_t n =
        read_descriptor (source, source->head + source->head_bytes, LEC_UNPACKER_MAGIC_BYTES - source->head_bytes);

    if (n < 0) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_OPEN, _ ("Cannot read the trace: %s"), g_strerror (errno));
      return FALSE;
    }
    if (n == 0)
      break;
    source->head_bytes += (size_t) n;
  }
  source->compression = lec_unpacker_recognise (source->head, source->head_bytes);
  if (source->compression != NULL)
    source->unpacker = lec_unpacker_new (source->compression, read_raw, source);
  if (source->is_file) {
    source->head_bytes = 0;
    atomic_store_explicit (&source->taken, 0, memory_order_relaxed);
  }
  return TRUE;
}

static gboolean
open_descriptor (LecByteSource *source, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat status;
  gboolean is_input = strcmp (path, "-") == 0;

  /* Without O_NONBLOCK the opening of a named pipe would wait for a writer, and nothing could end that. */
  source->descriptor =
      is_input ? fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (source->descriptor < 0 || fstat (source->descriptor, &status) != 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_OPEN, _ ("Cannot open “%s”: %s"), name, g_strerror (errno));
    return FALSE;
  }
  if (S_ISDIR (status.st_mode)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_OPEN, _ ("“%s” is a folder, not a trace."), name);
    return FALSE;
  }
  if (isatty (source->descriptor)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_OPEN, _ ("“%s” is a terminal, not a trace."), name);
    return FALSE;
  }
  if (!is_input && (S_ISCHR (status.st_mode) || S_ISBLK (status.st_mode))) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_OPEN, _ ("“%s” is a device, not a trace."), name);
    return FALSE;
  }
  source->is_file = S_ISREG (status.st_mode);
  if (source->is_file) {
    source->start = is_input ? MAX (lseek (source->descriptor, 0, SEEK_CUR), 0) : 0;
    source->total = (uint64_t) MAX (status.st_size - source->start, 0);
    posix_fadvise (source->descriptor, source->start, 0, POSIX_FADV_SEQUENTIAL);
  }
  return TRUE;
}

LecByteSource *
lec_byte_source_open (const char *path, GError **error)
{
  LecByteSource *source = g_new0 (LecByteSource, 1);

  source->spool = -1;
  source->descriptor = -1;
  source->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (!open_descriptor (source, path, error) || !find_compression (source, error) ||
      ((source->compression != NULL || !source->is_file) && (source->spool = open_spool (error)) < 0))
    g_clear_pointer (&source, lec_byte_source_free);
  return source;
}

static void
close_descriptor (int descriptor)
{
  if (descriptor >= 0)
    close (descriptor);
}

void
lec_byte_source_free (LecByteSource *source)
{
  if (source == NULL)
    return;
  lec_unpacker_free (source->unpacker);
  g_free (source->trouble);
  close_descriptor (source->descriptor);
  close_descriptor (source->spool);
  close_descriptor (source->wake);
  g_free (source);
}
