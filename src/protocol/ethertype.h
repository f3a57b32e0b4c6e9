/* EtherTypes (RFC 9542, IANA "IEEE 802 Numbers"). */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* Values below are lengths (IEEE 802.3 §3.2.6). */
#define LEC_ETHERTYPE_FIRST 1536u

extern const LecValueName lec_ethertype_names[];
/* What an EtherType says is next; LEC_PROTOCOL_DATA where nothing here knows it. */
LecProtocolId lec_ethertype_protocol (uint16_t type);
/* Runs it over READER. */
void lec_dissect_ethertype (LecDissection *dissection, uint16_t type, LecReader *reader);

G_END_DECLS
