/* What IPv4 and IPv6 have in common: protocol numbers, fragments, the way to the transport. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* IANA, "Assigned Internet Protocol Numbers". */
enum {
  LEC_IP_HOP_BY_HOP = 0,
  LEC_IP_ICMP = 1,
  LEC_IP_IGMP = 2,
  LEC_IP_IPV4 = 4,
  LEC_IP_TCP = 6,
  LEC_IP_UDP = 17,
  LEC_IP_IPV6 = 41,
  LEC_IP_ROUTING = 43,
  LEC_IP_FRAGMENT = 44,
  LEC_IP_ESP = 50,
  LEC_IP_AH = 51,
  LEC_IP_ICMPV6 = 58,
  LEC_IP_NO_NEXT = 59,
  LEC_IP_DESTINATION_OPTIONS = 60,
};

extern const LecValueName lec_ip_protocol_names[];
extern const LecValueName lec_dscp_names[];
extern const LecValueName lec_ecn_names[];

/* Which protocol NUMBER stands for, LEC_PROTOCOL_DATA where nothing here knows it. */
LecProtocolId lec_ip_protocol_of (uint8_t number);
/* Runs it over READER, the payload of an IP packet or what follows an extension header. */
void lec_dissect_ip_payload (LecDissection *dissection, uint8_t number, LecReader *reader);

/* A fragment as its header describes it, and what the rest of the trace says about its datagram. */
typedef struct {
  uint8_t ip_protocol; /* of the payload that the datagram carries */
  uint32_t identification;
  uint32_t offset_bytes;
  gboolean more;
  /* Answered by lec_ip_fragment_ask(). */
  LecBytes datagram; /* put together: this fragment completes it; else no bytes */
  GArray *pieces;    /* of LecPiece, or NULL */
  uint32_t completed_in;
} LecIpFragment;

/* The fields that tell of fragments: IPv4's and IPv6's are named apart. */
typedef struct {
  const LecField *fragment; /* a frame with one */
  const LecField *count;
  const LecField *length;
  const LecField *reassembled_in;
} LecIpFragmentFields;

/* Notes the fragment in the head and asks the surroundings; announces what they say with FIELDS. */
void lec_ip_fragment_ask (LecDissection *dissection, LecIpFragment *fragment, const LecReader *body,
                          const LecIpFragmentFields *fields);
/* Dissects the datagram where the fragment completes it, else shows its bytes; frees what was answered. */
void lec_ip_fragment_dissect (LecDissection *dissection, LecIpFragment *fragment, LecReader *body);

/* IPsec's headers, which stand over IPv4 as over IPv6; their fields are in ipv6.c's table. Authentication Header: reads
 * it and returns the number of what follows. Encapsulating Security Payload: takes all of READER. */
uint8_t lec_dissect_ah (LecDissection *dissection, LecReader *reader);
void lec_dissect_esp (LecDissection *dissection, LecReader *reader);

/* The name that the trace gives to an address, else its text. A tree does without where that says no more than the
 * address beside it. */
void lec_add_host (LecDissection *dissection, const LecField *field, const uint8_t *address, unsigned n_bytes);

/* ipv4.c's ip.version, which stands for that of IPv6 too. */
extern const LecField *const lec_field_ip_version;

/* Marks the head where READER ran out in a header. */
void lec_head_note_state (LecDissection *dissection, const LecReader *reader);
/* The head, for an IP header to fill in: VERSION_FLAG is 0 or LEC_HEAD_IPV6. NULL inside a quoted packet. */
LecHead *lec_ip_head (LecDissection *dissection, uint32_t version_flag);
/* A header that is none, from OFFSET to where READER stands, as FIELD. */
void lec_dissect_damaged_ip (LecDissection *dissection, const LecField *field, LecReader *reader, uint32_t offset);
/* Says that the header claims CLAIMED bytes where the frame has AVAILABLE, except in a quoted packet, which is cut. */
void lec_add_ip_too_long (LecDissection *dissection, const LecField *field, uint32_t claimed, uint32_t available);

/* The translated name of protocol NUMBER, or "protocol NUMBER"; to be freed. */
char *lec_ip_protocol_text (uint8_t number);
/* FRAGMENT holds BODY_BYTES of its datagram. */
void lec_ip_fragment_summarise (LecDissection *dissection, unsigned layer, const LecIpFragment *fragment,
                                uint32_t body_bytes);

G_END_DECLS
