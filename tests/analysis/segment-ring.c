#include "analysis/segment-ring.h"

static void
push (LecSegmentRing *ring, uint32_t sequence, uint32_t length, uint32_t frame)
{
  lec_segment_ring_push (ring, &(LecSegment){ .sequence = sequence, .length = length, .frame = frame, .first = frame });
}

/* The newest copy of a byte is found, also where sequence numbers wrap, and nothing where it was never sent. */
static void
test_find (void)
{
  LecSegmentRing ring = { 0 };

  push (&ring, 0xfffffff0, 32, 1); /* … 0x10 */
  push (&ring, 0x10, 100, 2);
  push (&ring, 0xfffffff0, 32, 3);
  g_assert_cmpuint (lec_segment_ring_find (&ring, 0xfffffff0)->frame, ==, 3);
  g_assert_cmpuint (lec_segment_ring_find (&ring, 0x05)->frame, ==, 3);
  g_assert_cmpuint (lec_segment_ring_find (&ring, 0x10)->frame, ==, 2);
  g_assert_null (lec_segment_ring_find (&ring, 0x74));
  g_assert_null (lec_segment_ring_find (&ring, 0xffffffef));
  lec_segment_ring_clear (&ring);
}

/* What was acknowledged is forgotten but for the newest; what was not stays. */
static void
test_forget (void)
{
  LecSegmentRing ring = { 0 };

  for (uint32_t i = 0; i < 1000; i++)
    push (&ring, i * 10, 10, i + 1);
  lec_segment_ring_forget (&ring, 5000, 100);
  g_assert_cmpuint (ring.count, ==, 500);
  g_assert_null (lec_segment_ring_find (&ring, 4999));
  g_assert_cmpuint (lec_segment_ring_find (&ring, 5000)->frame, ==, 501);
  lec_segment_ring_forget (&ring, 10000, 100);
  g_assert_cmpuint (ring.count, ==, 100);
  lec_segment_ring_clear (&ring);
}

/* However much is sent, memory stays bounded. */
static void
test_bounded (void)
{
  LecSegmentRing ring = { 0 };

  for (uint32_t i = 0; i < 200000; i++)
    push (&ring, i * 10, 10, i + 1);
  g_assert_cmpuint (ring.count, <=, 65536);
  g_assert_cmpuint (lec_segment_ring_find (&ring, 1999995)->frame, ==, 200000);
  lec_segment_ring_clear (&ring);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment-ring/find", test_find);
  g_test_add_func ("/segment-ring/forget", test_forget);
  g_test_add_func ("/segment-ring/bounded", test_bounded);
  return g_test_run ();
}
