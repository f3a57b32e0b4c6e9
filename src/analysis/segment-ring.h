/* The segments that one side of a TCP conversation sent lately, oldest first: what a retransmission is a repeat of. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/pool.h"

G_BEGIN_DECLS

typedef struct {
  uint32_t sequence;
  uint32_t length; /* in sequence space: SYN and FIN count one */
  uint32_t frame;
  uint32_t first;       /* frame of the first copy: its own, but for a retransmission */
  uint32_t timestamp;   /* RFC 7323; valid where has_timestamp */
  uint32_t asked;       /* frame that had asked for it before it came, 0 = none */
  uint32_t fingerprint; /* of its TCP header: equal in copies of one packet */
  uint16_t ip_identification;
  uint8_t tcp_flags;
  bool has_timestamp : 1;
  bool copied : 1; /* the packet is there once more */
} LecSegment;

/* A ring, its memory from a pool, that grows by doubling up to LEC_LIMIT_KNOWN_SEGMENTS and then forgets the oldest. */
typedef struct {
  LecSegment *segments;
  uint32_t mask; /* capacity − 1; valid where segments is set */
  uint32_t first;
  uint32_t count;
} LecSegmentRing;

/* ACKNOWLEDGED: up to where the other side has all, or NULL: what ends there may be forgotten rather than the ring
 * grow, but for the newest. */
void lec_segment_ring_push (LecSegmentRing *ring, LecPool *pool, const LecSegment *segment,
                            const uint32_t *acknowledged);
/* The newest segment that holds the byte at SEQUENCE, or NULL. */
const LecSegment *lec_segment_ring_find (const LecSegmentRing *ring, uint32_t sequence);
/* Likewise for the first byte of SEGMENT; but one that is the same packet goes before others. */
LecSegment *lec_segment_ring_find_copy (const LecSegmentRing *ring, const LecSegment *segment);
/* The I-th, 0 = oldest. Good until the next push. */
static inline LecSegment *
lec_segment_ring_at (const LecSegmentRing *ring, uint32_t i)
{
  return &ring->segments[(ring->first + i) & ring->mask];
}

/* Fetches the place of the next push. */
static inline void
lec_segment_ring_prefetch (const LecSegmentRing *ring)
{
  if (ring->segments)
    __builtin_prefetch (lec_segment_ring_at (ring, ring->count), 1);
}

/* Sequence numbers wrap: A is before B where the way from A to B is the shorter one (RFC 9293 §3.4). */
static inline int32_t
lec_sequence_distance (uint32_t from, uint32_t to)
{
  return (int32_t) (to - from);
}

G_END_DECLS
