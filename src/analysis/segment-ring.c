#include "analysis/segment-ring.h"

#include <string.h>

#include "base/limits.h"

#define FIRST_CAPACITY 8u
/* A copy further back than this is not looked for: time per segment stays bounded whatever is sent. */
#define SEARCH_LIMIT 8192u
/* Segments that were acknowledged and are still remembered, so that a needless repeat can name its original. */
#define ACKNOWLEDGED_KEPT 128u

static void
forget_oldest (LecSegmentRing *ring)
{
  ring->first++;
  ring->count--;
}

static void
grow (LecSegmentRing *ring, LecPool *pool)
{
  uint32_t capacity = ring->segments ? (ring->mask + 1) * 2 : FIRST_CAPACITY;
  LecSegment *larger = lec_pool_take (pool, capacity * sizeof (LecSegment));

  for (uint32_t i = 0; i < ring->count; i++)
    larger[i] = *lec_segment_ring_at (ring, i);
  lec_pool_give (pool, ring->segments, (ring->mask + 1) * sizeof (LecSegment));
  ring->segments = larger;
  ring->mask = capacity - 1;
  ring->first = 0;
}

/* Room for one more: where the ring is full, at the cost of the oldest if the other side has it. That one stands just
 * before the free place, in a line of the cache that is touched anyway. */
static void
make_room (LecSegmentRing *ring, LecPool *pool, const uint32_t *acknowledged)
{
  uint32_t capacity = ring->mask + 1;

  if (ring->segments && ring->count < capacity)
    return;
  if (ring->segments && capacity >= ACKNOWLEDGED_KEPT && acknowledged) {
    const LecSegment *oldest = lec_segment_ring_at (ring, 0);
    if (lec_sequence_distance (oldest->sequence + oldest->length, *acknowledged) >= 0) {
      forget_oldest (ring);
      return;
    }
  }
  if (ring->segments && capacity >= LEC_LIMIT_KNOWN_SEGMENTS)
    forget_oldest (ring);
  else
    grow (ring, pool);
}

void
lec_segment_ring_push (LecSegmentRing *ring, LecPool *pool, const LecSegment *segment, const uint32_t *acknowledged)
{
  make_room (ring, pool, acknowledged);
  *lec_segment_ring_at (ring, ring->count++) = *segment;
}

const LecSegment *
lec_segment_ring_find (const LecSegmentRing *ring, uint32_t sequence)
{
  uint32_t end = ring->count > SEARCH_LIMIT ? ring->count - SEARCH_LIMIT : 0;

  for (uint32_t i = ring->count; i-- > end;) {
    const LecSegment *segment = lec_segment_ring_at (ring, i);
    if (sequence - segment->sequence < segment->length)
      return segment;
  }
  return NULL;
}

LecSegment *
lec_segment_ring_find_copy (const LecSegmentRing *ring, const LecSegment *segment)
{
  uint32_t end = ring->count > SEARCH_LIMIT ? ring->count - SEARCH_LIMIT : 0;
  LecSegment *newest = NULL;

  for (uint32_t i = ring->count; i-- > end;) {
    LecSegment *other = lec_segment_ring_at (ring, i);
    if (segment->sequence - other->sequence >= other->length)
      continue;
    if (other->sequence == segment->sequence && other->length == segment->length &&
        other->fingerprint == segment->fingerprint && other->ip_identification == segment->ip_identification)
      return other;
    if (!newest)
      newest = other;
    if (other->first == other->frame)
      break;
  }
  return newest;
}
