#include "analysis/flow-key.h"

#include <string.h>

static inline uint64_t
load_u64 (const uint8_t *bytes)
{
  uint64_t value;
  memcpy (&value, bytes, sizeof value);
  return value;
}

static inline uint32_t
load_u32 (const uint8_t *bytes)
{
  uint32_t value;
  memcpy (&value, bytes, sizeof value);
  return value;
}

static inline uint64_t
mix (uint64_t value)
{
  value *= UINT64_C (0x9e3779b97f4a7c15);
  return value ^ value >> 29;
}

/* One end is mixed by itself, so that adding the two ends forgets which is which but not which port goes with which
 * address. */
static inline uint64_t
hash_end (const uint8_t *address, gboolean is_ipv6, uint16_t port)
{
  uint64_t value = is_ipv6 ? mix (load_u64 (address)) + load_u64 (address + 8) : load_u32 (address);

  return mix (mix (value + port));
}

LecFlowKey
lec_flow_key (const LecHead *head)
{
  gboolean is_ipv6 = (head->flags & LEC_HEAD_IPV6) != 0;
  LecFlowKey key = { .hash = 0 };

  if (!(head->flags & LEC_HEAD_TRANSPORT))
    return key;
  uint64_t sum = hash_end (head->source, is_ipv6, head->source_port) +
                 hash_end (lec_head_destination (head), is_ipv6, head->destination_port) + head->ip_protocol;
  key.hash = (uint32_t) (mix (sum) >> 32);
  if (!key.hash)
    key.hash = 1;
  if (!is_ipv6)
    memcpy (key.ipv4, head->source, sizeof key.ipv4);
  if (head->payload_captured >= sizeof key.payload)
    memcpy (key.payload, head->payload, sizeof key.payload);
  return key;
}
