#include "known.h"

#include <glib/gstdio.h>

#include "trace/writer.h"

#define LINK_TYPE_RAW 101

/* Frame 1 opens the connection, its window scale is 2 to the 7th. */
typedef struct {
  uint32_t ms;
  uint8_t side;
  uint8_t flags;
  uint32_t sequence;
  uint32_t acknowledgment;
  uint16_t n_bytes;
} Segment;

static const Segment segments[] = {
  { 0, CLIENT, LEC_TCP_SYN, 0, 0, 0 },
  { 20, SERVER, LEC_TCP_SYN | LEC_TCP_ACK, 0, 1, 0 },
  { 40, CLIENT, LEC_TCP_ACK, 1, 1, 0 },
  { 100, SERVER, LEC_TCP_ACK, 1, 1, 1000 },
  { 101, SERVER, LEC_TCP_ACK, 1001, 1, 1000 },
  { 120, CLIENT, LEC_TCP_ACK, 1, 2001, 0 },
  { 410, SERVER, LEC_TCP_ACK, 2001, 1, 1000 },
  { 430, CLIENT, LEC_TCP_ACK, 1, 3001, 0 },
  { 1040, SERVER, LEC_TCP_ACK, 3001, 1, 1000 },
  { 1060, CLIENT, LEC_TCP_ACK, 1, 4001, 0 },
  { 3060, SERVER, LEC_TCP_ACK | LEC_TCP_FIN, 4001, 1, 0 },
};

static void
put_segment (Writer *writer, const Segment *segment)
{
  gboolean syn = (segment->flags & LEC_TCP_SYN) != 0;
  unsigned header_bytes = syn ? 24 : 20;
  uint32_t own = segment->side == CLIENT ? CLIENT_START : SERVER_START;
  uint32_t other = segment->side == CLIENT ? SERVER_START : CLIENT_START;
  uint32_t addresses[] = { 0xc0000201, 0xc6336402 };
  uint16_t ports[] = { 40000, 80 };
  uint32_t length = 20 + header_bytes + segment->n_bytes;

  put_u32 (writer, segment->ms / 1000);
  put_u32 (writer, segment->ms % 1000 * 1000);
  put_u32 (writer, length);
  put_u32 (writer, length);
  put_u16 (writer, 0x4500);
  put_u16 (writer, length);
  put_u32 (writer, 0x4000);     /* no identification, not to be cut */
  put_u32 (writer, 0x40060000); /* TTL, TCP */
  put_u32 (writer, addresses[segment->side]);
  put_u32 (writer, addresses[!segment->side]);
  put_u16 (writer, ports[segment->side]);
  put_u16 (writer, ports[!segment->side]);
  put_u32 (writer, own + segment->sequence);
  put_u32 (writer, segment->flags & LEC_TCP_ACK ? other + segment->acknowledgment : 0);
  put_u8 (writer, header_bytes / 4 << 4);
  put_u8 (writer, segment->flags);
  put_u16 (writer, 512);
  put_u32 (writer, 0);
  if (syn)
    put_u32 (writer, 0x01030307); /* NOP, window scale */
  for (unsigned i = 0; i < segment->n_bytes; i++)
    put_u8 (writer, 'x');
}

LecIndex *
known_index (void)
{
  g_auto (Writer) writer = writer_new (TRUE);

  pcap_header (&writer, 0xa1b2c3d4, 65535, LINK_TYPE_RAW);
  for (unsigned i = 0; i < G_N_ELEMENTS (segments); i++)
    put_segment (&writer, &segments[i]);
  g_autofree char *path = writer_save (&writer, "words.pcap");
  LecIndex *index = loaded_index (path);
  g_remove (path);
  g_assert_cmpuint (lec_index_n_frames (index), ==, G_N_ELEMENTS (segments));
  g_assert_cmpuint (atomic_load (&index->n_verdicts), ==, 0);
  return index;
}
