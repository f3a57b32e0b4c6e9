#include "protocol/dns-name.h"

#include "base/limits.h"

/* RFC 1035 §2.3.4 */
#define LONGEST_NAME 255u

/* The upper two bits of a length say what it is (RFC 1035 §4.1.4). */
#define KIND_BITS    0xc0u
#define KIND_POINTER 0xc0u

gboolean
lec_dns_read_name (const LecReader *message, LecReader *reader, GString *name, unsigned *n_labels)
{
  LecReader walk = *reader;
  gboolean jumped = FALSE;
  unsigned n_pointers = 0, n_bytes = 0, labels = 0;

  for (;;) {
    uint8_t length = lec_read_u8 (&walk);
    if (walk.state || length == 0)
      break;
    if ((length & KIND_BITS) == KIND_POINTER) {
      uint32_t target = (length & ~KIND_BITS) << 8 | lec_read_u8 (&walk);
      if (walk.state)
        break;
      if (!jumped)
        reader->position = walk.position;
      jumped = TRUE;
      walk = *message;
      walk.state = LEC_READ_OK;
      lec_reader_seek (&walk, target);
      if (++n_pointers > LEC_LIMIT_DNS_POINTERS)
        walk.state = LEC_READ_MALFORMED;
      continue;
    }
    LecBytes label = lec_read_bytes (&walk, length);
    n_bytes += length + 1;
    if (length & KIND_BITS || n_bytes > LONGEST_NAME)
      walk.state |= LEC_READ_MALFORMED;
    if (walk.state)
      break;
    if (labels++)
      g_string_append_c (name, '.');
    g_string_append_len (name, (const char *) label.data, label.length);
  }
  if (labels == 0 && !walk.state)
    g_string_append (name, "<Root>");
  if (n_labels)
    *n_labels = labels;
  if (!jumped)
    reader->position = walk.position;
  reader->state |= walk.state;
  return walk.state == LEC_READ_OK;
}
