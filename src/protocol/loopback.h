/* What BSD's loopback header says. */
#pragma once

#include "protocol/head.h"

G_BEGIN_DECLS

/* The family out of the header's 4 bytes, read in network order: no family is so large that it could be mistaken for
 * one in the other byte order. */
static inline uint32_t
lec_loopback_family (uint32_t network_order)
{
  return network_order > 0xffff ? GUINT32_SWAP_LE_BE (network_order) : network_order;
}

/* Families of IPv4 and, as the BSDs, macOS, Linux and Windows number it, IPv6. */
LecProtocolId lec_loopback_protocol_of (uint32_t family);

G_END_DECLS
