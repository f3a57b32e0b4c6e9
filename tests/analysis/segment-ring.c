#include "analysis/segment-ring.h"

static LecPool pool;

static void
push (LecSegmentRing *ring, uint32_t sequence, uint32_t length, uint32_t frame)
{
  lec_segment_ring_push (ring, &pool,
                         &(LecSegment){ .sequence = sequence, .length = length, .frame = frame, .first = frame }, NULL);
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
}

/* What was acknowledged makes room for what comes, but the newest of it stays; what was not stays. */
static void
test_forget (void)
{
  LecSegmentRing ring = { 0 };
  uint32_t acknowledged = 0;

  for (uint32_t i = 0; i < 100000; i++) {
    acknowledged = i * 10; /* all before this one */
    lec_segment_ring_push (&ring, &pool, &(LecSegment){ .sequence = i * 10, .length = 10, .frame = i + 1 },
                           &acknowledged);
  }
  g_assert_cmpuint (ring.count, <=, 256);
  g_assert_null (lec_segment_ring_find (&ring, 90000 * 10));
  g_assert_cmpuint (lec_segment_ring_find (&ring, 99900 * 10)->frame, ==, 99901);
  for (uint32_t i = 100000; i < 101000; i++)
    lec_segment_ring_push (&ring, &pool, &(LecSegment){ .sequence = i * 10, .length = 10, .frame = i + 1 },
                           &acknowledged);
  g_assert_cmpuint (lec_segment_ring_find (&ring, 100000 * 10)->frame, ==, 100001);
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
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment-ring/find", test_find);
  g_test_add_func ("/segment-ring/forget", test_forget);
  g_test_add_func ("/segment-ring/bounded", test_bounded);
  lec_pool_init (&pool);
  int failed = g_test_run ();
  lec_pool_clear (&pool);
  return failed;
}
