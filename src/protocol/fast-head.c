/* Heads of common frames, read straight from their bytes. */
#include "protocol/fast-head.h"
#include <string.h>
#define U16(p) ((uint16_t) ((p)[0] << 8 | (p)[1]))
#define U32(p) ((uint32_t) (p)[0] << 24 | (uint32_t) (p)[1] << 16 | (uint32_t) (p)[2] << 8 | (p)[3])
gboolean
lec_fast_transport (const uint8_t *t, uint32_t cap, uint32_t rep, LecHead *h)
{
  if (h->ip_protocol == 6) {
    if (cap < 20)
      return FALSE;
    uint32_t hl = (t[12] >> 4) * 4;
    if (hl < 20 || hl > cap)
      return FALSE;
    h->flags |= LEC_HEAD_TRANSPORT;
    h->protocol = LEC_PROTOCOL_TCP;
    h->source_port = U16 (t);
    h->destination_port = U16 (t + 2);
    h->sequence = U32 (t + 4);
    h->acknowledgment = U32 (t + 8);
    h->tcp_flags = t[13];
    h->window = U16 (t + 14);
    for (uint32_t i = 20; i < hl;) {
      if (t[i] == 0)
        break;
      if (t[i] == 1) {
        i++;
        continue;
      }
      if (i + 1 >= hl || t[i + 1] < 2)
        break;
      if (t[i] == 3) {
        h->flags |= LEC_HEAD_SCALE;
        h->window_shift = t[i + 2];
      }
      i += t[i + 1];
    }
    h->payload = t + hl;
    h->payload_captured = cap - hl;
    h->payload_bytes = rep - hl;
    return TRUE;
  }
  if (h->ip_protocol == 17) {
    if (cap < 8)
      return FALSE;
    h->flags |= LEC_HEAD_TRANSPORT;
    h->source_port = U16 (t);
    h->destination_port = U16 (t + 2);
    h->protocol = (h->source_port == 53 || h->destination_port == 53) ? LEC_PROTOCOL_DNS : LEC_PROTOCOL_UDP;
    h->payload = t + 8;
    h->payload_captured = cap - 8;
    h->payload_bytes = rep - 8;
    return TRUE;
  }
  if (h->ip_protocol == 1 || h->ip_protocol == 58) {
    h->protocol = h->ip_protocol == 1 ? LEC_PROTOCOL_ICMP : LEC_PROTOCOL_ICMPV6;
    h->payload = t;
    h->payload_captured = cap;
    h->payload_bytes = rep;
    return TRUE;
  }
  return TRUE;
}
gboolean
lec_fast_head (const LecRecord *r, uint8_t fcs, LecHead *h)
{
  const uint8_t *b = r->bytes;
  uint32_t n = r->captured_bytes;
  memset (h, 0, sizeof *h);
  h->protocol = LEC_PROTOCOL_ETHERNET;
  uint32_t o = 14;
  if (r->link_type == 113)
    o = 16;
  else if (r->link_type == 101)
    o = 0;
  else if (r->link_type != 1)
    return TRUE;
  if (n < o + 1)
    return TRUE;
  if (o >= 14 && U16 (b + o - 2) == 0x8100)
    o += 4;
  if (n < o + 20)
    return TRUE;
  if ((b[o] >> 4) == 4 && (o == 0 || U16 (b + o - 2) == 0x800)) {
    uint32_t hl = (b[o] & 15) * 4;
    if (hl < 20 || n < o + hl)
      return TRUE;
    uint32_t tl = U16 (b + o + 2);
    h->flags |= LEC_HEAD_IP;
    h->protocol = LEC_PROTOCOL_IPV4;
    h->ip_protocol = b[o + 9];
    h->ip_identification = U16 (b + o + 4);
    h->source = b + o + 12;
    h->destination = b + o + 16;
    uint32_t rep = tl >= hl ? tl - hl : r->original_bytes - o - hl;
    uint32_t cap = MIN (n - o - hl, rep);
    uint16_t fr = U16 (b + o + 6);
    if (fr & 0x3fff) {
      h->flags |= LEC_HEAD_FRAGMENT;
      h->fragment_identification = h->ip_identification;
      h->fragment_offset_bytes = (fr & 0x1fff) * 8;
      h->fragment_more = (fr & 0x2000) != 0;
      h->fragment = b + o + hl;
      h->fragment_captured = cap;
      h->fragment_bytes = rep;
      return TRUE;
    }
    lec_fast_transport (b + o + hl, cap, rep, h);
    return TRUE;
  }
  if ((b[o] >> 4) == 6 && n >= o + 40 && (o == 0 || U16 (b + o - 2) == 0x86dd)) {
    uint32_t rep = U16 (b + o + 4), cap = MIN (n - o - 40, rep);
    h->flags |= LEC_HEAD_IP | LEC_HEAD_IPV6;
    h->protocol = LEC_PROTOCOL_IPV6;
    h->ip_protocol = b[o + 6];
    h->source = b + o + 8;
    h->destination = b + o + 24;
    lec_fast_transport (b + o + 40, cap, rep, h);
    return TRUE;
  }
  return TRUE;
}
