/* What is asked of a frame's bytes when its turn in the conversation comes. */
#pragma once

#include "protocol/head.h"

G_BEGIN_DECLS

/* The addresses of IPv4 and the first bytes of the payload stand here once more: the frame's own bytes are in another
 * core's cache when they are asked for. */
typedef struct {
  uint32_t hash;      /* of the 5-tuple, the same for both directions; 0 without ports */
  uint32_t ipv4[2];   /* source and destination as they stand in the header; not set for IPv6 */
  uint8_t payload[4]; /* its first bytes, all 0 where there are fewer; set where there are ports */
} LecFlowKey;

LecFlowKey lec_flow_key (const LecHead *head);

G_END_DECLS
