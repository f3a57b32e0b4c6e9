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

/* One of the two: the fields of a message's head, the names of its types (type->values) and codes, and what follows. */
typedef struct {
  const LecField *message;
  const LecField *type;
  const LecField *code;
  const LecField *checksum;
  const LecField *checksum_status;
  const LecField *checksum_calculated;
  const LecIcmpCode *codes;
  uint8_t pseudo_header; /* the protocol number in the one that the checksum covers, 0 = it covers none */
  uint8_t echo;          /* the types of ping and its answer */
  uint8_t echo_reply;
  LecProtocolId quoted; /* what errors quote */
  /* Reads what follows the checksum. Where a packet is quoted behind it, sets *QUOTES and returns how many bytes of it
   * are, 0 = all that follows. */
  uint32_t (*dissect_rest) (LecDissection *dissection, LecReader *reader, uint8_t type, uint8_t code, gboolean *quotes);
  /* Sets the summary of a message of which BODY follows the checksum; FALSE where the names of its type and code say
   * enough. May be NULL. */
  gboolean (*summarise) (LecDissection *dissection, unsigned layer, const char *type_name, LecReader body,
                         uint8_t type);
} LecIcmpKind;

/* What the dissect() of both does. */
void lec_icmp_dissect (LecDissection *dissection, LecReader *reader, const LecIcmpKind *kind);

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
