#include "writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

Writer
writer_new (gboolean big_endian)
{
  return (Writer){ .bytes = g_byte_array_new (), .big_endian = big_endian };
}

void
writer_clear (Writer *writer)
{
  g_clear_pointer (&writer->bytes, g_byte_array_unref);
}

char *
writer_save (const Writer *writer, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lectern-trace-XXXXXX", &error);
  char *path;

  g_assert_no_error (error);
  path = g_build_filename (folder, name, NULL);
  g_file_set_contents_full (path, (const char *) writer->bytes->data, writer->bytes->len, G_FILE_SET_CONTENTS_NONE,
                            0600, &error);
  g_assert_no_error (error);
  return path;
}

gboolean
writer_compress (Writer *writer, int filter)
{
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  g_autofree uint8_t *buffer = g_malloc (writer->bytes->len * 2 + 100000);
  size_t used = 0;
  gboolean has_filter = archive_write_add_filter (archive, filter) == ARCHIVE_OK;

  archive_write_set_format_raw (archive);
  archive_entry_set_filetype (entry, AE_IFREG);
  if (has_filter) {
    g_assert_cmpint (archive_write_open_memory (archive, buffer, writer->bytes->len * 2 + 100000, &used), ==,
                     ARCHIVE_OK);
    g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
    g_assert_cmpint (archive_write_data (archive, writer->bytes->data, writer->bytes->len), ==, writer->bytes->len);
    g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
    g_byte_array_set_size (writer->bytes, 0);
    g_byte_array_append (writer->bytes, buffer, (guint) used);
  }
  archive_write_free (archive);
  archive_entry_free (entry);
  return has_filter;
}

static void
put_number (Writer *writer, uint64_t value, unsigned n_bytes)
{
  for (unsigned i = 0; i < n_bytes; i++)
    put_u8 (writer, (unsigned) (value >> 8 * (writer->big_endian ? n_bytes - 1 - i : i)) & 0xff);
}

void
put_u8 (Writer *writer, unsigned value)
{
  guint8 byte = (guint8) value;

  g_byte_array_append (writer->bytes, &byte, 1);
}

void
put_u16 (Writer *writer, unsigned value)
{
  put_number (writer, value, 2);
}

void
put_u32 (Writer *writer, uint32_t value)
{
  put_number (writer, value, 4);
}

void
put_u64 (Writer *writer, uint64_t value)
{
  put_number (writer, value, 8);
}

void
put_bytes (Writer *writer, const void *bytes, size_t n_bytes)
{
  g_byte_array_append (writer->bytes, bytes, (guint) n_bytes);
}

void
pad_to_4 (Writer *writer)
{
  while (writer->bytes->len % 4 != 0)
    put_u8 (writer, 0);
}

void
put_frame (Writer *writer, unsigned number, size_t n_bytes)
{
  for (size_t i = 0; i < n_bytes; i++)
    put_u8 (writer, (unsigned) (number * 7 + i * 13 + i / 256) & 0xff);
}

void
pcap_header (Writer *writer, uint32_t magic, uint32_t snap_bytes, uint32_t link_field)
{
  put_u32 (writer, magic);
  put_u16 (writer, 2);
  put_u16 (writer, 4);
  put_u32 (writer, 0);
  put_u32 (writer, 0);
  put_u32 (writer, snap_bytes);
  put_u32 (writer, link_field);
}

void
pcap_record (Writer *writer, uint32_t seconds, uint32_t fraction, unsigned number, uint32_t captured, uint32_t original)
{
  put_u32 (writer, seconds);
  put_u32 (writer, fraction);
  put_u32 (writer, captured);
  put_u32 (writer, original);
  put_frame (writer, number, captured);
}

size_t
block_begin (Writer *writer, uint32_t type)
{
  size_t start = writer->bytes->len;

  put_u32 (writer, type);
  put_u32 (writer, 0);
  return start;
}

void
block_end (Writer *writer, size_t start)
{
  uint32_t length;
  Writer lengths = writer_new (writer->big_endian);

  pad_to_4 (writer);
  length = (uint32_t) (writer->bytes->len - start) + 4;
  put_u32 (&lengths, length);
  memcpy (writer->bytes->data + start + 4, lengths.bytes->data, 4);
  put_u32 (writer, length);
  writer_clear (&lengths);
}

void
put_option (Writer *writer, unsigned code, const void *value, size_t n_bytes)
{
  pad_to_4 (writer);
  put_u16 (writer, code);
  put_u16 (writer, (unsigned) n_bytes);
  put_bytes (writer, value, n_bytes);
  pad_to_4 (writer);
}

void
put_text_option (Writer *writer, unsigned code, const char *text)
{
  put_option (writer, code, text, strlen (text));
}

void
put_u32_option (Writer *writer, unsigned code, uint32_t value)
{
  put_u16 (writer, code);
  put_u16 (writer, 4);
  put_u32 (writer, value);
}

void
put_u64_option (Writer *writer, unsigned code, uint64_t value)
{
  put_u16 (writer, code);
  put_u16 (writer, 8);
  put_u64 (writer, value);
}

size_t
section (Writer *writer)
{
  size_t start = block_begin (writer, 0x0a0d0d0a);

  put_u32 (writer, 0x1a2b3c4d);
  put_u16 (writer, 1);
  put_u16 (writer, 0);
  put_u64 (writer, UINT64_MAX);
  block_end (writer, start);
  return start;
}

static size_t
interface_begin (Writer *writer, unsigned link_type, uint32_t snap_bytes)
{
  size_t start = block_begin (writer, 1);

  put_u16 (writer, link_type);
  put_u16 (writer, 0);
  put_u32 (writer, snap_bytes);
  return start;
}

size_t
interface (Writer *writer, unsigned link_type, uint32_t snap_bytes)
{
  size_t start = interface_begin (writer, link_type, snap_bytes);

  block_end (writer, start);
  return start;
}

size_t
timed_interface (Writer *writer, unsigned link_type, uint8_t resolution, int64_t offset_s)
{
  size_t start = interface_begin (writer, link_type, 0);

  put_option (writer, 9, &resolution, 1);
  if (offset_s != 0)
    put_u64_option (writer, 14, (uint64_t) offset_s);
  put_u32 (writer, 0);
  block_end (writer, start);
  return start;
}

size_t
packet (Writer *writer, uint32_t interface_number, uint64_t ticks, unsigned number, uint32_t captured,
        uint32_t original)
{
  size_t start = block_begin (writer, 6);

  put_u32 (writer, interface_number);
  put_u32 (writer, (uint32_t) (ticks >> 32));
  put_u32 (writer, (uint32_t) ticks);
  put_u32 (writer, captured);
  put_u32 (writer, original);
  put_frame (writer, number, captured);
  block_end (writer, start);
  return start;
}

size_t
simple_packet (Writer *writer, unsigned number, uint32_t captured, uint32_t original)
{
  size_t start = block_begin (writer, 3);

  put_u32 (writer, original);
  put_frame (writer, number, captured);
  block_end (writer, start);
  return start;
}

size_t
old_packet (Writer *writer, unsigned interface_number, unsigned drops, uint64_t ticks, unsigned number,
            uint32_t captured, uint32_t original)
{
  size_t start = block_begin (writer, 2);

  put_u16 (writer, interface_number);
  put_u16 (writer, drops);
  put_u32 (writer, (uint32_t) (ticks >> 32));
  put_u32 (writer, (uint32_t) ticks);
  put_u32 (writer, captured);
  put_u32 (writer, original);
  put_frame (writer, number, captured);
  block_end (writer, start);
  return start;
}
