/* Which protocol a UDP datagram carries: asked by the dissector and by the index pass's fast path. */
#pragma once

#include "protocol/head.h"

G_BEGIN_DECLS

/* PAYLOAD_CAPTURED of PAYLOAD_BYTES are at PAYLOAD. LEC_PROTOCOL_UDP where none is recognised. */
LecProtocolId lec_udp_application (uint16_t source_port, uint16_t destination_port, const uint8_t *payload,
                                   uint32_t payload_captured, uint32_t payload_bytes);

G_END_DECLS
