#include "analysis/segment-ring.h"

#include <string.h>

#include "base/limits.h"

#define FIRST_CAPACITY 8u
/* A copy further back than this is not looked for: time per segment stays bounded whatever is sent. */
#define SEARCH_LIMIT 8192u

void
lec_segment_ring_clear (LecSegmentRing *ring)
{
  g_clear_pointer (&ring->segments, g_free);
  ring->count = 0;
}

LecSegment *
lec_segment_ring_at (const LecSegmentRing *ring, uint32_t i)
{
  return &ring->segments[(ring->first + i) & ring->mask];
}

static void
grow (LecSegmentRing *ring)
{
  uint32_t capacity = ring->segments ? (ring->mask + 1) * 2 : FIRST_CAPACITY;
  LecSegment *larger = g_new (LecSegment, capacity);

  for (uint32_t i = 0; i < ring->count; i++)
    larger[i] = *lec_segment_ring_at (ring, i);
  g_free (ring->segments);
  ring->segments = larger;
  ring->mask = capacity - 1;
  ring->first = 0;
}

void
lec_segment_ring_push (LecSegmentRing *ring, const LecSegment *segment)
{
  if (!ring->segments || ring->count > ring->mask) {
    if (ring->segments && ring->mask + 1 >= LEC_LIMIT_KNOWN_SEGMENTS) {
      ring->first++;
      ring->count--;
    } else {
      grow (ring);
    }
  }
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

void
lec_segment_ring_forget (LecSegmentRing *ring, uint32_t acknowledged, uint32_t keep)
{
  while (ring->count > keep) {
    const LecSegment *oldest = lec_segment_ring_at (ring, 0);
    if (lec_sequence_distance (oldest->sequence + oldest->length, acknowledged) < 0)
      return;
    ring->first++;
    ring->count--;
  }
}
