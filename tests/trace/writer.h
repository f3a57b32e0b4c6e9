/* Writes traces byte by byte, after the specifications, for tests. Shares nothing with the readers. */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct {
  GByteArray *bytes;
  gboolean big_endian;
} Writer;

Writer writer_new (gboolean big_endian);
void writer_clear (Writer *writer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)
/* A file in DIRECTORY with what was written; free the path. */
char *writer_save (const Writer *writer, const char *name);

/* Compresses what has been written, with an ARCHIVE_FILTER_ of libarchive; FALSE where it has not this one. */
gboolean writer_compress (Writer *writer, int filter);

void put_u8 (Writer *writer, unsigned value);
void put_u16 (Writer *writer, unsigned value);
void put_u32 (Writer *writer, uint32_t value);
void put_u64 (Writer *writer, uint64_t value);
void put_bytes (Writer *writer, const void *bytes, size_t n_bytes);
void pad_to_4 (Writer *writer);
/* N_BYTES of a frame that differ from those of every other NUMBER. */
void put_frame (Writer *writer, unsigned number, size_t n_bytes);

void pcap_header (Writer *writer, uint32_t magic, uint32_t snap_bytes, uint32_t link_field);
void pcap_record (Writer *writer, uint32_t seconds, uint32_t fraction, unsigned number, uint32_t captured,
                  uint32_t original);

/* A block of pcapng: begin, fill, end. Returns where it starts. */
size_t block_begin (Writer *writer, uint32_t type);
void block_end (Writer *writer, size_t start);
void put_option (Writer *writer, unsigned code, const void *value, size_t n_bytes);
void put_text_option (Writer *writer, unsigned code, const char *text);
void put_u32_option (Writer *writer, unsigned code, uint32_t value);
void put_u64_option (Writer *writer, unsigned code, uint64_t value);

size_t section (Writer *writer);
size_t interface (Writer *writer, unsigned link_type, uint32_t snap_bytes);
/* An interface with a clock of its own. */
size_t timed_interface (Writer *writer, unsigned link_type, uint8_t resolution, int64_t offset_s);
size_t packet (Writer *writer, uint32_t interface, uint64_t ticks, unsigned number, uint32_t captured,
               uint32_t original);
size_t simple_packet (Writer *writer, unsigned number, uint32_t captured, uint32_t original);
size_t old_packet (Writer *writer, unsigned interface, unsigned drops, uint64_t ticks, unsigned number,
                   uint32_t captured, uint32_t original);
