#include "generated.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  FILE *file;
  uint64_t time_us;
  Generated *generated;
} Writer;

/* One side of a connection. */
typedef struct {
  uint8_t address[4];
  uint16_t port;
  uint32_t sequence;
} End;

enum { FIN = 0x01, SYN = 0x02, PSH = 0x08, ACK = 0x10 };

static void
put16 (uint8_t *at, uint16_t value)
{
  at[0] = (uint8_t) (value >> 8);
  at[1] = (uint8_t) value;
}

static void
put32 (uint8_t *at, uint32_t value)
{
  put16 (at, (uint16_t) (value >> 16));
  put16 (at + 2, (uint16_t) value);
}

/* Ethernet II, IPv4 without options (RFC 791 §3.1), TCP without options (RFC 9293 §3.1); checksums are left 0. */
static void
write_segment (Writer *writer, End *from, const End *to, uint8_t flags, const char *payload)
{
  uint32_t length = (uint32_t) strlen (payload), frame_length = 54 + length;
  uint8_t frame[54] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45 };
  uint32_t record[4] = { (uint32_t) (writer->time_us / 1000000), (uint32_t) (writer->time_us % 1000000), frame_length,
                         frame_length };

  put16 (frame + 16, (uint16_t) (40 + length));
  frame[22] = 64;
  frame[23] = 6;
  memcpy (frame + 26, from->address, 4);
  memcpy (frame + 30, to->address, 4);
  put16 (frame + 34, from->port);
  put16 (frame + 36, to->port);
  put32 (frame + 38, from->sequence);
  put32 (frame + 42, flags & ACK ? to->sequence : 0);
  frame[46] = 5 << 4;
  frame[47] = flags;
  put16 (frame + 48, 65535);
  fwrite (record, sizeof record, 1, writer->file);
  fwrite (frame, sizeof frame, 1, writer->file);
  fwrite (payload, 1, length, writer->file);
  from->sequence += length + (flags & (SYN | FIN) ? 1 : 0);
  writer->time_us += 137;
  writer->generated->n_frames++;
  writer->generated->n_syns += (flags & SYN) != 0;
}

static void
write_unanswered (Writer *writer, End client, const End *server)
{
  for (unsigned i = 0; i < 3; i++) {
    End again = client;
    write_segment (writer, &again, server, SYN, "");
  }
  writer->generated->n_unanswered++;
}

static void
write_connection (Writer *writer, End client, End server, unsigned number)
{
  write_segment (writer, &client, &server, SYN, "");
  write_segment (writer, &server, &client, SYN | ACK, "");
  write_segment (writer, &client, &server, ACK, "");
  for (unsigned i = 0; i < 3; i++) {
    g_autofree char *request = g_strdup_printf ("GET /page-%u-%u HTTP/1.1\r\nHost: server.example\r\n\r\n", number, i);
    write_segment (writer, &client, &server, PSH | ACK, request);
    write_segment (writer, &server, &client, ACK, "");
    write_segment (writer, &server, &client, PSH | ACK, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234");
    write_segment (writer, &server, &client, PSH | ACK, "56789");
    write_segment (writer, &client, &server, ACK, "");
    writer->generated->n_requests++;
  }
  write_segment (writer, &client, &server, FIN | ACK, "");
  write_segment (writer, &server, &client, FIN | ACK, "");
  write_segment (writer, &client, &server, ACK, "");
}

char *
generate_trace (uint32_t n_frames, Generated *generated)
{
  static const uint32_t header[6] = { 0xa1b2c3d4, 2 | 4 << 16, 0, 0, 262144, 1 };
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int descriptor = g_file_open_tmp ("lectern-XXXXXX.pcap", &path, &error);

  g_assert_no_error (error);
  *generated = (Generated){ 0 };
  Writer writer = { fdopen (descriptor, "wb"), UINT64_C (1600000000000000), generated };
  fwrite (header, sizeof header, 1, writer.file);
  for (unsigned i = 0; generated->n_frames < n_frames; i++) {
    End client = { { 192, 0, 2, (uint8_t) (i >> 16) }, (uint16_t) (1024 + i % 60000), i * 7919 };
    End server = { { 198, 51, 100, (uint8_t) (i / 60000) }, 80, i * 104729 };
    if (i % 50 == 7)
      write_unanswered (&writer, client, &server);
    else
      write_connection (&writer, client, server, i);
  }
  fclose (writer.file);
  return path;
}
