/* What finds a frame's conversation. */
#pragma once

#include "protocol/head.h"

G_BEGIN_DECLS

/* The addresses of IPv4 stand here once more: the frame's own bytes are in another core's cache when they are asked
 * for. */
typedef struct {
  uint32_t hash;    /* of the 5-tuple, the same for both directions; 0 without ports */
  uint32_t ipv4[2]; /* source and destination as they stand in the header; not set for IPv6 */
} LecFlowKey;

LecFlowKey lec_flow_key (const LecHead *head);

G_END_DECLS
