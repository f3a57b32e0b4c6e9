/* What the index keeps of a frame, down to the transport header: filled by the dissectors as they go, or by the fast
 * path beside them (fast-head.c); a property test holds the two equal over every capture. */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The order is that of lec_protocols() in registry.c; stored as a byte in the index. */
typedef enum {
  LEC_PROTOCOL_FRAME,
  LEC_PROTOCOL_ETHERNET,
  LEC_PROTOCOL_LLC,
  LEC_PROTOCOL_VLAN,
  LEC_PROTOCOL_COOKED,
  LEC_PROTOCOL_LOOPBACK,
  LEC_PROTOCOL_RAW,
  LEC_PROTOCOL_ARP,
  LEC_PROTOCOL_IPV4,
  LEC_PROTOCOL_IPV6,
  LEC_PROTOCOL_ICMP,
  LEC_PROTOCOL_ICMPV6,
  LEC_PROTOCOL_IGMP,
  LEC_PROTOCOL_UDP,
  LEC_PROTOCOL_TCP,
  LEC_PROTOCOL_DNS,
  LEC_PROTOCOL_MDNS,
  LEC_PROTOCOL_LLMNR,
  LEC_PROTOCOL_DHCP,
  LEC_PROTOCOL_HTTP,
  LEC_PROTOCOL_TLS,
  LEC_PROTOCOL_DATA,
  LEC_PROTOCOL_VERDICT,   /* in no frame's bytes: what Lectern itself says of one */
  LEC_PROTOCOL_OPERATION, /* … of what it is a part of */
  LEC_PROTOCOL_REPLAY,    /* … of a TCP conversation at one */
  LEC_PROTOCOL_WIRESHARK, /* … what Wireshark's rules would say */
  LEC_N_PROTOCOLS
} LecProtocolId;

/* TCP header bits, as in its 14th byte (RFC 9293 §3.1). */
enum {
  LEC_TCP_FIN = 0x01,
  LEC_TCP_SYN = 0x02,
  LEC_TCP_RST = 0x04,
  LEC_TCP_PSH = 0x08,
  LEC_TCP_ACK = 0x10,
  LEC_TCP_URG = 0x20,
  LEC_TCP_ECE = 0x40,
  LEC_TCP_CWR = 0x80,
};

typedef enum {
  LEC_HEAD_IP = 1 << 0,        /* addresses are set */
  LEC_HEAD_IPV6 = 1 << 1,      /* they have 16 bytes, not 4 */
  LEC_HEAD_TRANSPORT = 1 << 2, /* TCP or UDP: ports and payload are set */
  LEC_HEAD_FRAGMENT = 1 << 3,  /* an IP fragment: see the fragment members */
  LEC_HEAD_CUT = 1 << 4,       /* the snap length cut something that was wanted */
  LEC_HEAD_MALFORMED = 1 << 5,
  LEC_HEAD_MSS = 1 << 6, /* the TCP options of these names are there */
  LEC_HEAD_SCALE = 1 << 7,
  LEC_HEAD_TIMESTAMP = 1 << 8,
  LEC_HEAD_SACK_PERMITTED = 1 << 9,
  LEC_HEAD_SACK = 1 << 10,
  LEC_HEAD_TUNNELLED = 1 << 11,  /* another IP header stands before the one whose addresses are set */
  LEC_HEAD_CONGESTION = 1 << 12, /* a router marked it: it was about to drop packets (RFC 3168 §5) */
} LecHeadFlags;

/* One frame's head. Pointers lead into the frame's bytes (or those of a datagram put together).
 *
 * Heads are written by one thread and read by another, so what is asked of every frame stands in the first 64 bytes,
 * one line of the cache; `sack` counts only as far as n_sack_blocks says, and is not cleared for each frame. */
typedef struct {
  uint32_t flags;      /* LecHeadFlags */
  uint8_t protocol;    /* LecProtocolId: the topmost one recognised */
  uint8_t ip_protocol; /* 6, 17, 1, 58 …; of the fragment's datagram too */
  uint8_t tcp_flags;
  uint8_t ttl;
  const uint8_t *source;  /* address, 4 or 16 bytes; that of the destination follows it in either version of IP */
  const uint8_t *payload; /* of the transport; of IP where that is neither TCP nor UDP */
  uint32_t payload_captured;
  uint32_t payload_bytes; /* as the IP length says */
  uint16_t source_port;
  uint16_t destination_port;
  uint32_t sequence;
  uint32_t acknowledgment;
  uint16_t window;
  uint16_t ip_identification;
  uint16_t mss;
  uint8_t window_shift;
  uint8_t n_sack_blocks;    /* 0 … 4, in the order of the header (RFC 2018 §3) */
  uint8_t fragment_more;    /* LEC_HEAD_FRAGMENT: not the last one */
  uint32_t timestamp_value; /* RFC 7323 §3 */
  uint32_t timestamp_echo;

  /* LEC_HEAD_FRAGMENT (RFC 791 §3.2, RFC 8200 §4.5) */
  const uint8_t *fragment;
  uint32_t fragment_captured;
  uint32_t fragment_bytes;
  uint32_t fragment_identification;
  uint32_t fragment_offset_bytes;
  uint32_t sack[4][2]; /* left and right edges */
  uint8_t unused[8];   /* to the end of the second line */
} LecHead;

static inline unsigned
lec_head_address_bytes (const LecHead *head)
{
  return head->flags & LEC_HEAD_IPV6 ? 16 : 4;
}

static inline const uint8_t *
lec_head_destination (const LecHead *head)
{
  return head->source + lec_head_address_bytes (head);
}

#define LEC_HEAD_ALIGNMENT 64
_Static_assert(offsetof (LecHead, fragment) <= LEC_HEAD_ALIGNMENT, "what every frame needs is in the first line");
_Static_assert(sizeof (LecHead) == 2 * LEC_HEAD_ALIGNMENT, "a head fills two lines of the cache");

G_END_DECLS
