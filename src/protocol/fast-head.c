/* The index pass looks at every frame of a trace, so this file reads headers in place, without readers, fields and
 * layers. Every access stands behind a check of its length; whatever is rare, cut or wrong is left to the dissectors,
 * which a property test holds this equal to. */
#include "protocol/fast-head.h"

#include "protocol/ethertype.h"
#include "protocol/ip-payload.h"
#include "protocol/loopback.h"
#include "protocol/udp-application.h"

#define IPV4_HEADER_BYTES 20u
#define IPV6_HEADER_BYTES 40u
#define TCP_HEADER_BYTES  20u
#define UDP_HEADER_BYTES  8u
/* Extension headers that are followed here; a longer chain is for the dissectors. */
#define EXTENSIONS 4

enum {
  LINK_NULL = 0,
  LINK_ETHERNET = 1,
  LINK_RAW_BSD = 12,
  LINK_RAW_OPENBSD = 14,
  LINK_RAW = 101,
  LINK_LOOP = 108,
  LINK_COOKED = 113,
  LINK_IPV4 = 228,
  LINK_IPV6 = 229,
  LINK_COOKED_2 = 276
};

/* The bytes that are left: CAPTURED of REPORTED. */
typedef struct {
  const uint8_t *at;
  uint32_t captured;
  uint32_t reported;
} Rest;

static inline uint16_t
u16 (const uint8_t *bytes)
{
  return (uint16_t) (bytes[0] << 8 | bytes[1]);
}

static inline uint32_t
u32 (const uint8_t *bytes)
{
  uint32_t value;

  memcpy (&value, bytes, 4);
  return GUINT32_FROM_BE (value);
}

static inline void
advance (Rest *rest, uint32_t length)
{
  rest->at += length;
  rest->captured -= length;
  rest->reported -= length;
}

/* Cuts the end off, as an inner length says. */
static inline void
limit (Rest *rest, uint32_t length)
{
  rest->reported = length;
  rest->captured = MIN (rest->captured, length);
}

static void
read_sack (LecHead *head, const uint8_t *option, uint32_t length)
{
  uint32_t n = MIN ((length - 2) / 8, G_N_ELEMENTS (head->sack));

  head->flags |= LEC_HEAD_SACK;
  head->n_sack_blocks = (uint8_t) n;
  for (uint32_t i = 0; i < n; i++) {
    head->sack[i][0] = u32 (option + 2 + i * 8);
    head->sack[i][1] = u32 (option + 6 + i * 8);
  }
}

/* One option of LENGTH bytes, all of them there. */
static void
read_option (LecHead *head, const uint8_t *option, uint32_t length)
{
  switch (option[0] << 8 | length) {
  case 2 << 8 | 4:
    head->flags |= LEC_HEAD_MSS;
    head->mss = u16 (option + 2);
    break;
  case 3 << 8 | 3:
    head->flags |= LEC_HEAD_SCALE;
    head->window_shift = MIN (option[2], 14);
    break;
  case 4 << 8 | 2:
    head->flags |= LEC_HEAD_SACK_PERMITTED;
    break;
  case 8 << 8 | 10:
    head->flags |= LEC_HEAD_TIMESTAMP;
    head->timestamp_value = u32 (option + 2);
    head->timestamp_echo = u32 (option + 6);
    break;
  default:
    if (option[0] == 5 && length >= 10 && length <= 38)
      read_sack (head, option, length);
  }
}

static inline void
read_options (LecHead *head, const uint8_t *at, uint32_t left)
{
  /* Nearly all segments of an open connection have just this: two NOPs and timestamps. */
  if (left == 12 && u32 (at) == 0x0101080a) {
    head->flags |= LEC_HEAD_TIMESTAMP;
    head->timestamp_value = u32 (at + 4);
    head->timestamp_echo = u32 (at + 8);
    return;
  }
  while (left && *at) {
    uint32_t length = 1;
    if (*at != 1) {
      if (left < 2 || at[1] < 2 || at[1] > left)
        return;
      length = at[1];
      read_option (head, at, length);
    }
    at += length;
    left -= length;
  }
}

static inline void
set_payload (LecHead *head, const Rest *rest)
{
  head->payload = rest->at;
  head->payload_captured = rest->captured;
  head->payload_bytes = rest->reported;
}

static inline gboolean
read_tcp (Rest *rest, LecHead *head)
{
  if (G_UNLIKELY (rest->captured < TCP_HEADER_BYTES))
    return FALSE;
  const uint8_t *tcp = rest->at;
  uint32_t header_bytes = (tcp[12] >> 4) * 4u;
  if (G_UNLIKELY (header_bytes < TCP_HEADER_BYTES || header_bytes > rest->captured))
    return FALSE;
  head->flags |= LEC_HEAD_TRANSPORT;
  head->protocol = LEC_PROTOCOL_TCP;
  head->source_port = u16 (tcp);
  head->destination_port = u16 (tcp + 2);
  head->sequence = u32 (tcp + 4);
  head->acknowledgment = u32 (tcp + 8);
  head->tcp_flags = tcp[13];
  head->window = u16 (tcp + 14);
  if (header_bytes > TCP_HEADER_BYTES)
    read_options (head, tcp + TCP_HEADER_BYTES, header_bytes - TCP_HEADER_BYTES);
  advance (rest, header_bytes);
  set_payload (head, rest);
  return TRUE;
}

static inline gboolean
read_udp (Rest *rest, LecHead *head)
{
  if (G_UNLIKELY (rest->captured < UDP_HEADER_BYTES))
    return FALSE;
  const uint8_t *udp = rest->at;
  uint32_t length = u16 (udp + 4);
  if (G_UNLIKELY (length && length < UDP_HEADER_BYTES))
    return FALSE;
  advance (rest, UDP_HEADER_BYTES);
  if (length && length - UDP_HEADER_BYTES < rest->reported)
    limit (rest, length - UDP_HEADER_BYTES);
  head->flags |= LEC_HEAD_TRANSPORT;
  head->source_port = u16 (udp);
  head->destination_port = u16 (udp + 2);
  set_payload (head, rest);
  head->protocol = (uint8_t) lec_udp_application (head->source_port, head->destination_port, rest->at, rest->captured,
                                                  rest->reported);
  return TRUE;
}

static inline gboolean
read_transport (Rest *rest, LecHead *head)
{
  LecProtocolId protocol;

  set_payload (head, rest);
  if (G_LIKELY (head->ip_protocol == LEC_IP_TCP))
    return read_tcp (rest, head);
  if (head->ip_protocol == LEC_IP_UDP)
    return read_udp (rest, head);
  protocol = lec_ip_protocol_of (head->ip_protocol);
  /* A tunnel begins a new IP header, and authentication hides the number of what follows. */
  if (protocol == LEC_PROTOCOL_IPV4 || protocol == LEC_PROTOCOL_IPV6 || head->ip_protocol == LEC_IP_AH)
    return FALSE;
  if (protocol != LEC_PROTOCOL_DATA)
    head->protocol = (uint8_t) protocol;
  return TRUE;
}

static inline void
set_fragment (const Rest *rest, LecHead *head, uint32_t identification, uint32_t offset_bytes, gboolean more)
{
  head->flags |= LEC_HEAD_FRAGMENT;
  head->fragment_identification = identification;
  head->fragment_offset_bytes = offset_bytes;
  head->fragment_more = more;
  head->fragment = rest->at;
  head->fragment_captured = rest->captured;
  head->fragment_bytes = rest->reported;
}

static inline gboolean
read_ipv4 (Rest *rest, LecHead *head)
{
  if (G_UNLIKELY (rest->captured < IPV4_HEADER_BYTES))
    return FALSE;
  const uint8_t *ip = rest->at;
  uint32_t header_bytes = (ip[0] & 0x0fu) * 4, total = u16 (ip + 2);
  if (!total)
    total = rest->reported;
  if (G_UNLIKELY (ip[0] >> 4 != 4 || header_bytes < IPV4_HEADER_BYTES || header_bytes > rest->captured ||
                  total < header_bytes || total > rest->reported))
    return FALSE;
  limit (rest, total);
  advance (rest, header_bytes);
  head->flags |= LEC_HEAD_IP | ((ip[1] & 3) == 3 ? LEC_HEAD_CONGESTION : 0);
  head->protocol = LEC_PROTOCOL_IPV4;
  head->ttl = ip[8];
  head->ip_protocol = ip[9];
  head->ip_identification = u16 (ip + 4);
  head->source = ip + 12;
  uint32_t place = u16 (ip + 6);
  if (G_LIKELY (!(place & 0x3fff)))
    return read_transport (rest, head);
  set_fragment (rest, head, head->ip_identification, (place & 0x1fff) * 8, (place & 0x2000) != 0);
  return TRUE;
}

/* RFC 8200 §4: hop-by-hop, routing and destination options are passed over, fragments end the way. */
static gboolean
read_extensions (Rest *rest, LecHead *head)
{
  for (unsigned i = 0; i < EXTENSIONS; i++) {
    uint8_t number = head->ip_protocol;
    if (number == LEC_IP_HOP_BY_HOP || number == LEC_IP_ROUTING || number == LEC_IP_DESTINATION_OPTIONS) {
      if (rest->captured < 2 || rest->at[1] * 8u + 8 > rest->captured)
        return FALSE;
      head->ip_protocol = rest->at[0];
      advance (rest, rest->at[1] * 8u + 8);
    } else if (number == LEC_IP_FRAGMENT) {
      if (rest->captured < 8)
        return FALSE;
      const uint8_t *header = rest->at;
      uint32_t place = u16 (header + 2);
      head->ip_protocol = header[0];
      advance (rest, 8);
      if (place & 0xfff9) {
        set_fragment (rest, head, u32 (header + 4), place & 0xfff8, place & 1);
        return TRUE;
      }
    } else {
      return number != LEC_IP_NO_NEXT && read_transport (rest, head);
    }
  }
  return FALSE;
}

static gboolean
read_ipv6 (Rest *rest, LecHead *head)
{
  if (rest->captured < IPV6_HEADER_BYTES || rest->at[0] >> 4 != 6)
    return FALSE;
  const uint8_t *ip = rest->at;
  uint32_t length = u16 (ip + 4);
  advance (rest, IPV6_HEADER_BYTES);
  if (length > rest->reported)
    return FALSE;
  if (length)
    limit (rest, length);
  head->flags |= LEC_HEAD_IP | LEC_HEAD_IPV6 | ((ip[1] >> 4 & 3) == 3 ? LEC_HEAD_CONGESTION : 0);
  head->protocol = LEC_PROTOCOL_IPV6;
  head->ttl = ip[7];
  head->ip_protocol = ip[6];
  head->source = ip + 8;
  return read_extensions (rest, head);
}

/* RFC 826: the lengths in the header must fit what is there. */
static gboolean
read_arp (const Rest *rest, LecHead *head)
{
  if (rest->captured < 8 || 8 + 2u * rest->at[4] + 2u * rest->at[5] > rest->captured)
    return FALSE;
  head->protocol = LEC_PROTOCOL_ARP;
  return TRUE;
}

static inline gboolean
read_ethertype (Rest *rest, uint16_t type, LecHead *head)
{
  for (unsigned i = 0; i < EXTENSIONS; i++) {
    switch (lec_ethertype_protocol (type)) {
    case LEC_PROTOCOL_IPV4:
      return read_ipv4 (rest, head);
    case LEC_PROTOCOL_IPV6:
      return read_ipv6 (rest, head);
    case LEC_PROTOCOL_ARP:
      return read_arp (rest, head);
    case LEC_PROTOCOL_VLAN:
      if (rest->captured < 4)
        return FALSE;
      head->protocol = LEC_PROTOCOL_VLAN;
      type = u16 (rest->at + 2);
      advance (rest, 4);
      if (type < LEC_ETHERTYPE_FIRST)
        return FALSE;
      break;
    default:
      return TRUE;
    }
  }
  return FALSE;
}

static inline gboolean
read_ethernet (Rest *rest, uint8_t fcs_bytes, LecHead *head)
{
  if (rest->captured < 14u + fcs_bytes)
    return FALSE;
  if (fcs_bytes && rest->captured == rest->reported)
    limit (rest, rest->reported - fcs_bytes);
  uint16_t type = u16 (rest->at + 12);
  advance (rest, 14);
  head->protocol = LEC_PROTOCOL_ETHERNET;
  if (G_LIKELY (type == 0x0800))
    return read_ipv4 (rest, head);
  return type >= LEC_ETHERTYPE_FIRST && read_ethertype (rest, type, head);
}

static gboolean
read_cooked (Rest *rest, uint32_t header_bytes, uint32_t type_offset, LecHead *head)
{
  if (rest->captured < header_bytes)
    return FALSE;
  uint16_t type = u16 (rest->at + type_offset);
  advance (rest, header_bytes);
  head->protocol = LEC_PROTOCOL_COOKED;
  return type >= LEC_ETHERTYPE_FIRST && read_ethertype (rest, type, head);
}

static gboolean
read_loopback (Rest *rest, LecHead *head)
{
  if (rest->captured < 4)
    return FALSE;
  LecProtocolId protocol = lec_loopback_protocol_of (lec_loopback_family (u32 (rest->at)));
  advance (rest, 4);
  return protocol == LEC_PROTOCOL_IPV4 ? read_ipv4 (rest, head)
                                       : protocol == LEC_PROTOCOL_IPV6 && read_ipv6 (rest, head);
}

static gboolean
read_raw (Rest *rest, LecHead *head)
{
  if (!rest->captured)
    return FALSE;
  return rest->at[0] >> 4 == 4 ? read_ipv4 (rest, head) : read_ipv6 (rest, head);
}

/* All but the SACK blocks, which count only as far as n_sack_blocks says. In two parts, because the compiler clears a
 * struct of this size by an instruction that takes longer to start than the rest of this file to run. */
static inline void
clear (LecHead *head)
{
  memset (head, 0, LEC_HEAD_ALIGNMENT);
  memset ((uint8_t *) head + LEC_HEAD_ALIGNMENT, 0, G_STRUCT_OFFSET (LecHead, sack) - LEC_HEAD_ALIGNMENT);
}

gboolean
lec_fast_transport (const uint8_t *bytes, uint32_t captured, uint32_t reported, LecHead *head)
{
  Rest rest = { bytes, captured, MAX (captured, reported) };

  return read_transport (&rest, head);
}

gboolean
lec_fast_head (const LecRecord *record, uint8_t fcs_bytes, LecHead *head)
{
  Rest rest = { record->bytes, record->captured_bytes, MAX (record->captured_bytes, record->original_bytes) };

  clear (head);
  switch (record->link_type) {
  case LINK_ETHERNET:
    return read_ethernet (&rest, fcs_bytes, head);
  case LINK_COOKED:
    return read_cooked (&rest, 16, 14, head);
  case LINK_COOKED_2:
    return read_cooked (&rest, 20, 0, head);
  case LINK_NULL:
  case LINK_LOOP:
    return read_loopback (&rest, head);
  case LINK_RAW:
  case LINK_RAW_BSD:
  case LINK_RAW_OPENBSD:
    return read_raw (&rest, head);
  case LINK_IPV4:
    return read_ipv4 (&rest, head);
  case LINK_IPV6:
    return read_ipv6 (&rest, head);
  default:
    return FALSE;
  }
}
