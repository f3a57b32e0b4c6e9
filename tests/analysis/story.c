#include "story.h"

#include <glib/gstdio.h>
#include <string.h>

#include "analysis/conversation-text.h"
#include "analysis/verdict-text.h"
#include "base/publish.h"
#include "trace/writer.h"

#define START_0 1000000u
#define START_1 2000000u

static uint32_t
sum_of (const uint8_t *bytes, size_t n, uint32_t sum)
{
  for (size_t i = 0; i < n; i++)
    sum += i % 2 ? bytes[i] : (uint32_t) bytes[i] << 8;
  return sum;
}

static uint16_t
checksum_of (uint32_t sum)
{
  while (sum >> 16)
    sum = (sum & 0xffff) + (sum >> 16);
  return (uint16_t) ~sum;
}

static uint8_t
flag_bits (const char *letters)
{
  static const char order[] = "FSRPAUEC";
  unsigned bits = 0;

  for (; *letters; letters++)
    bits |= 1u << (strchr (order, *letters) - order);
  return (uint8_t) bits;
}

static void
put_options (Writer *writer, const StoryFrame *frame, uint32_t other_start)
{
  if (frame->mss) {
    put_u16 (writer, 0x0204);
    put_u16 (writer, frame->mss);
  }
  if (frame->scale) {
    put_u32 (writer, 0x01030300u | (frame->scale - 1u));
  }
  if (frame->timestamp) {
    put_u32 (writer, 0x0101080au);
    put_u32 (writer, frame->timestamp);
    put_u32 (writer, frame->echo);
  }
  if (frame->sack[1]) {
    put_u32 (writer, 0x0101050au);
    put_u32 (writer, other_start + frame->sack[0]);
    put_u32 (writer, other_start + frame->sack[1]);
  }
}

static uint32_t
start_of (const StoryFrame *frame, unsigned side)
{
  return (side ? START_1 : START_0) + frame->start;
}

static void
put_tcp (Writer *writer, const StoryFrame *frame)
{
  uint16_t port = frame->port ? frame->port : 40000;
  size_t header = writer->bytes->len;

  put_u16 (writer, frame->side ? 80 : port);
  put_u16 (writer, frame->side ? port : 80);
  put_u32 (writer, start_of (frame, frame->side) + frame->sequence);
  put_u32 (writer, strchr (frame->flags, 'A') ? start_of (frame, !frame->side) + frame->ack : 0);
  put_u16 (writer, flag_bits (frame->flags));
  put_u16 (writer, frame->window == SHUT ? 0 : frame->window ? frame->window : 8192);
  put_u32 (writer, 0);
  put_options (writer, frame, start_of (frame, !frame->side));
  writer->bytes->data[header + 12] = (uint8_t) ((writer->bytes->len - header) / 4 << 4);
}

static void
put_udp (Writer *writer, const StoryFrame *frame)
{
  uint16_t port = frame->port ? frame->port : 40000;

  put_u16 (writer, frame->side ? 9 : port);
  put_u16 (writer, frame->side ? port : 9);
  put_u16 (writer, 8 + frame->bytes);
  put_u16 (writer, 0);
}

/* Transport and payload. The payload's bytes follow from its place in the stream, so that a repeat is one. */
static void
put_transport (Writer *writer, const StoryFrame *frame, const uint8_t *addresses, unsigned address_bytes)
{
  gboolean is_udp = strcmp (frame->flags, "D") == 0;
  size_t start = writer->bytes->len;

  if (is_udp)
    put_udp (writer, frame);
  else
    put_tcp (writer, frame);
  for (uint32_t i = 0; i < frame->bytes; i++)
    put_u8 (writer, (frame->sequence + i) * 7 & 0xff);
  uint8_t *bytes = writer->bytes->data + start;
  size_t n = writer->bytes->len - start;
  uint32_t sum = sum_of (addresses, 2 * address_bytes, (is_udp ? 17 : 6) + (uint32_t) n);
  uint16_t checksum = checksum_of (sum_of (bytes, n, sum));
  if (frame->wrong)
    checksum ^= 0x1234;
  if (frame->checksum)
    checksum = frame->checksum;
  unsigned place = is_udp ? 6 : 16;
  bytes[place] = (uint8_t) (checksum >> 8);
  bytes[place + 1] = (uint8_t) checksum;
}

static void
put_ipv4 (Writer *writer, const StoryFrame *frame)
{
  static const uint8_t addresses[2][8] = { { 192, 0, 2, 1, 198, 51, 100, 2 }, { 198, 51, 100, 2, 192, 0, 2, 1 } };
  size_t header = writer->bytes->len;

  put_u16 (writer, 0x4500 | frame->ecn);
  put_u16 (writer, 0);
  put_u16 (writer, frame->id);
  put_u16 (writer, 0x4000);
  put_u8 (writer, frame->hops ? frame->hops : 64);
  put_u8 (writer, strcmp (frame->flags, "D") == 0 ? 17 : 6);
  put_u16 (writer, 0);
  put_bytes (writer, addresses[frame->side], 8);
  put_transport (writer, frame, addresses[frame->side], 4);
  uint8_t *bytes = writer->bytes->data + header;
  size_t n = writer->bytes->len - header;
  bytes[2] = (uint8_t) (n >> 8);
  bytes[3] = (uint8_t) n;
  uint16_t checksum = checksum_of (sum_of (bytes, 20, 0));
  bytes[10] = (uint8_t) (checksum >> 8);
  bytes[11] = (uint8_t) checksum;
}

static void
put_ipv6 (Writer *writer, const StoryFrame *frame)
{
  uint8_t addresses[32] = { 0x20, 0x01, 0x0d, 0xb8 };
  size_t header = writer->bytes->len;

  memcpy (addresses + 16, addresses, 4);
  addresses[15] = frame->side ? 2 : 1;
  addresses[31] = frame->side ? 1 : 2;
  put_u32 (writer, 0x60000000u | (uint32_t) frame->ecn << 20);
  put_u16 (writer, 0);
  put_u8 (writer, strcmp (frame->flags, "D") == 0 ? 17 : 6);
  put_u8 (writer, frame->hops ? frame->hops : 64);
  put_bytes (writer, addresses, 32);
  put_transport (writer, frame, addresses, 16);
  size_t n = writer->bytes->len - header - 40;
  writer->bytes->data[header + 4] = (uint8_t) (n >> 8);
  writer->bytes->data[header + 5] = (uint8_t) n;
}

static void
put_record (Writer *writer, const StoryFrame *frame, gboolean ipv6)
{
  uint64_t us = (uint64_t) (frame->ms * 1000 + 0.5) + UINT64_C (1600000000000000);
  size_t start = block_begin (writer, 6);

  put_u32 (writer, frame->interface);
  put_u32 (writer, (uint32_t) (us >> 32));
  put_u32 (writer, (uint32_t) us);
  size_t lengths = writer->bytes->len;
  put_u64 (writer, 0);
  size_t packet = writer->bytes->len;
  put_bytes (writer, "\0\0\x5e\0\x53\1\0\0\x5e\0\x53\2", 12);
  if (frame->vlan) {
    put_u16 (writer, 0x8100);
    put_u16 (writer, frame->vlan);
  }
  put_u16 (writer, ipv6 ? 0x86dd : 0x0800);
  if (ipv6)
    put_ipv6 (writer, frame);
  else
    put_ipv4 (writer, frame);
  uint32_t n = (uint32_t) (writer->bytes->len - packet);
  for (unsigned i = 0; i < 8; i++)
    writer->bytes->data[lengths + i] = (uint8_t) (n >> 8 * (3 - i % 4));
  pad_to_4 (writer);
  block_end (writer, start);
}

LecIndex *
story_index (const StoryFrame *frames, unsigned n, gboolean ipv6)
{
  g_auto (Writer) writer = writer_new (TRUE); /* as on the wire */

  section (&writer);
  interface (&writer, 1, 0);
  interface (&writer, 1, 0);
  for (unsigned i = 0; i < n; i++)
    put_record (&writer, &frames[i], ipv6);
  g_autofree char *path = writer_save (&writer, "story.pcapng");
  LecIndex *index = loaded_index (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (path);
  g_rmdir (folder);
  g_assert_cmpuint (lec_index_n_frames (index), ==, n);
  return index;
}

static int
compare_words (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
story_assert (const LecIndex *index, uint32_t frame, const char *words)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  uint32_t row = G_MAXUINT32;

  while ((row = lec_index_next_verdict (index, frame, row)) != G_MAXUINT32)
    g_ptr_array_add (names, (char *) lec_verdict_kind_name (lec_index_verdict (index, row)->kind));
  if (names->len)
    qsort (names->pdata, names->len, sizeof (char *), compare_words);
  g_ptr_array_add (names, NULL);
  g_autofree char *found = g_strjoinv (" ", (char **) names->pdata);
  if (strcmp (found, words) != 0)
    g_error ("frame %u has \"%s\" and not \"%s\"", frame, found, words);
}

const LecVerdict *
story_verdict (const LecIndex *index, uint32_t frame, LecVerdictKind kind)
{
  const LecVerdict *verdict = lec_index_find_verdict (index, frame, kind);

  if (!verdict)
    g_error ("frame %u has no \"%s\"", frame, lec_verdict_kind_name (kind));
  return verdict;
}

void
story_assert_outcome (const LecIndex *index, uint32_t conversation, const char *words)
{
  g_autofree char *outcome = lec_conversation_dup_outcome (index, conversation);

  g_assert_cmpuint (conversation, <, LEC_GET (index->n_conversations));
  g_assert_cmpstr (outcome, ==, words);
}
