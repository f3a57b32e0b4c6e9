#include "trace/unpacker.h"

#include <archive.h>
#include <gio/gio.h>
#include <string.h>

#define INPUT_BYTES (64u * 1024)

struct LecUnpacker {
  LecUnpackerFeed feed;
  void *data;

  GConverter *gzip; /* or */
  struct archive *archive;
  gboolean opened; /* the archive, which reads as soon as it is opened */

  uint8_t input[INPUT_BYTES]; /* of which these have not been used yet: */
  size_t start;
  size_t end;
  gboolean between; /* gzip: a member has ended; another may follow (RFC 1952 §2.2) */

  const uint8_t *block; /* what the archive gave last, in its own memory */
  size_t block_left;
};

static const struct {
  const char *name;
  uint8_t n_bytes;
  uint8_t magic[LEC_UNPACKER_MAGIC_BYTES];
} kinds[] = {
  { "gzip", 2, { 0x1f, 0x8b } },
  { "zstd", 4, { 0x28, 0xb5, 0x2f, 0xfd } },
  { "lz4", 4, { 0x04, 0x22, 0x4d, 0x18 } },
  { "xz", 6, { 0xfd, '7', 'z', 'X', 'Z', 0x00 } },
  { "bzip2", 3, { 'B', 'Z', 'h' } },
};

const char *
lec_unpacker_recognise (const uint8_t *bytes, size_t n_bytes)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (n_bytes >= kinds[i].n_bytes && memcmp (bytes, kinds[i].magic, kinds[i].n_bytes) == 0)
      return kinds[i].name;
  return NULL;
}

LecUnpacker *
lec_unpacker_new (const char *name, LecUnpackerFeed feed, void *data)
{
  LecUnpacker *unpacker = g_new0 (LecUnpacker, 1);

  unpacker->feed = feed;
  unpacker->data = data;
  if (strcmp (name, kinds[0].name) == 0)
    unpacker->gzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  else {
    unpacker->archive = archive_read_new ();
    archive_read_support_filter_zstd (unpacker->archive);
    archive_read_support_filter_lz4 (unpacker->archive);
    archive_read_support_filter_xz (unpacker->archive);
    archive_read_support_filter_bzip2 (unpacker->archive);
    archive_read_support_format_raw (unpacker->archive);
    archive_read_support_format_empty (unpacker->archive);
  }
  return unpacker;
}

void
lec_unpacker_free (LecUnpacker *unpacker)
{
  if (unpacker == NULL)
    return;
  g_clear_object (&unpacker->gzip);
  if (unpacker->archive != NULL)
    archive_read_free (unpacker->archive);
  g_free (unpacker);
}

/* Adds input behind what is left of it. */
static ssize_t
feed_more (LecUnpacker *unpacker)
{
  ssize_t n;

  memmove (unpacker->input, unpacker->input + unpacker->start, unpacker->end - unpacker->start);
  unpacker->end -= unpacker->start;
  unpacker->start = 0;
  n = unpacker->feed (unpacker->data, unpacker->input + unpacker->end, INPUT_BYTES - unpacker->end);
  unpacker->end += (size_t) MAX (n, 0);
  return n;
}

/* After a gzip member: 1 where another follows, 0 at the end, −1 where there is something else. */
static int
next_member (LecUnpacker *unpacker)
{
  while (unpacker->end - unpacker->start < 2) {
    ssize_t n = feed_more (unpacker);

    if (n < 0)
      return -1;
    if (n == 0)
      return unpacker->end == unpacker->start ? 0 : -1;
  }
  if (memcmp (unpacker->input + unpacker->start, kinds[0].magic, 2) != 0)
    return -1;
  g_converter_reset (unpacker->gzip);
  unpacker->between = FALSE;
  return 1;
}

static ssize_t
read_gzip (LecUnpacker *unpacker, uint8_t *buffer, size_t n_bytes)
{
  for (;;) {
    g_autoptr (GError) error = NULL;
    gsize used = 0, made = 0;
    GConverterResult result;
    int follows;

    if (unpacker->between && (follows = next_member (unpacker)) <= 0)
      return follows;
    result = g_converter_convert (unpacker->gzip, unpacker->input + unpacker->start, unpacker->end - unpacker->start,
                                  buffer, n_bytes, G_CONVERTER_NO_FLAGS, &used, &made, &error);
    if (result == G_CONVERTER_ERROR && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
      return -1;
    unpacker->start += used;
    unpacker->between = result == G_CONVERTER_FINISHED;
    if (made > 0)
      return (ssize_t) made;
    /* An end within a member is a cut. */
    if (result == G_CONVERTER_ERROR && feed_more (unpacker) <= 0)
      return -1;
  }
}

static la_ssize_t
feed_archive (struct archive *archive, void *data, const void **bytes)
{
  LecUnpacker *unpacker = data;

  *bytes = unpacker->input;
  return unpacker->feed (unpacker->data, unpacker->input, INPUT_BYTES);
}

static int
open_archive (LecUnpacker *unpacker)
{
  struct archive_entry *entry;
  int result = archive_read_open (unpacker->archive, unpacker, NULL, feed_archive, NULL);

  unpacker->opened = TRUE;
  return result == ARCHIVE_OK ? archive_read_next_header (unpacker->archive, &entry) : result;
}

static ssize_t
read_archive (LecUnpacker *unpacker, uint8_t *buffer, size_t n_bytes)
{
  int result = unpacker->opened ? ARCHIVE_OK : open_archive (unpacker);
  la_int64_t offset;
  size_t n;

  while (unpacker->block_left == 0 && (result == ARCHIVE_OK || result == ARCHIVE_WARN))
    result =
        archive_read_data_block (unpacker->archive, (const void **) &unpacker->block, &unpacker->block_left, &offset);
  if (unpacker->block_left == 0)
    return result == ARCHIVE_EOF ? 0 : -1;
  n = MIN (n_bytes, unpacker->block_left);
  memcpy (buffer, unpacker->block, n);
  unpacker->block += n;
  unpacker->block_left -= n;
  return (ssize_t) n;
}

ssize_t
lec_unpacker_read (LecUnpacker *unpacker, uint8_t *buffer, size_t n_bytes)
{
  return unpacker->gzip != NULL ? read_gzip (unpacker, buffer, n_bytes) : read_archive (unpacker, buffer, n_bytes);
}
