/* What ICMP and ICMPv6 have in common: the head of a message, the quoted packet, and the echo's partner. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* A code means something only with its type. Ended by a NULL name. */
typedef struct {
  uint8_t type;
  uint8_t code;
  const char *name; /* N_() */
} LecIcmpCode;

/* One of the two: the fields of a message's head, and the names of its types (type->values) and codes. */
typedef struct {
  const LecField *message;
  const LecField *type;
  const LecField *code;
  const LecField *checksum;
  const LecField *checksum_status;
  const LecField *checksum_calculated;
  const LecIcmpCode *codes;
  uint8_t pseudo_header; /* the protocol number in the one that the checksum covers, 0 = it covers none */
} LecIcmpKind;

/* Opens the node of the message at which READER stands, and announces type, code and checksum; the caller closes it. */
void lec_icmp_open_message (LecDissection *dissection, LecReader *reader, const LecIcmpKind *kind);
/* The translated name of TYPE, or what stands for an unknown one. */
const char *lec_icmp_type_name (const LecIcmpKind *kind, uint8_t type);
/* The summary of an echo, of which BODY is what follows the checksum. */
void lec_icmp_summarise_echo (LecDissection *dissection, unsigned layer, const char *name, LecReader body);
/* The summary of most other messages: the names of TYPE and CODE. */
void lec_icmp_summarise (LecDissection *dissection, unsigned layer, const LecIcmpKind *kind, uint8_t type,
                         uint8_t code);

/* The fields that link an echo with its answer. */
typedef struct {
  const LecField *response_in;
  const LecField *response_to;
  const LecField *response_time; /* of LEC_TYPE_DOUBLE, in milliseconds */
} LecIcmpEchoFields;

/* Announces the partner of this frame's echo message, where the trace has it. */
void lec_icmp_add_partner (LecDissection *dissection, const LecIcmpEchoFields *fields, gboolean is_reply);
/* Dissects the packet that an error quotes as PROTOCOL, marked as quoted. */
void lec_icmp_dissect_quoted (LecDissection *dissection, LecProtocolId protocol, LecReader *reader);

G_END_DECLS
