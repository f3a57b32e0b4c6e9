/* What ICMP and ICMPv6 have in common: the names of codes, the quoted packet, and the echo's partner. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* A code means something only with its type. Ended by a NULL name. */
typedef struct {
  uint8_t type;
  uint8_t code;
  const char *name; /* N_() */
} LecIcmpCode;

/* The N_() name of CODE, or NULL. */
const char *lec_icmp_code_name (const LecIcmpCode *codes, uint8_t type, uint8_t code);

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
