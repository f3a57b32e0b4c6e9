#include "base/pool.h"

#include <string.h>

/* Pieces never overlap, whatever is taken and given back in between. */
static void
test_pieces (void)
{
  enum { N = 4000 };
  static guint8 *pieces[N];
  static gsize sizes[N];
  LecPool pool;
  guint32 random = 1;

  lec_pool_init (&pool);
  for (unsigned round = 0; round < 20000; round++) {
    random = random * 1664525 + 1013904223;
    unsigned i = (random >> 8) % N;
    if (pieces[i]) {
      for (gsize at = 0; at < sizes[i]; at++)
        g_assert_cmpuint (pieces[i][at], ==, (guint8) i);
      lec_pool_give (&pool, pieces[i], sizes[i]);
    }
    sizes[i] = 1 + (random >> 20) % 3000;
    pieces[i] = lec_pool_take (&pool, sizes[i]);
    g_assert_cmpuint ((guintptr) pieces[i] % 16, ==, 0);
    memset (pieces[i], (guint8) i, sizes[i]);
  }
  lec_pool_clear (&pool);
}

/* What was given back is taken again before there is more of it. */
static void
test_reuse (void)
{
  LecPool pool;

  lec_pool_init (&pool);
  void *piece = lec_pool_take (&pool, 5 << 20); /* larger than a slab */
  memset (piece, 1, 5 << 20);
  lec_pool_give (&pool, piece, 5 << 20);
  g_assert_true (lec_pool_take (&pool, 5 << 20) == piece);
  guint n_slabs = pool.slabs->len;
  for (unsigned i = 0; i < 100000; i++)
    lec_pool_give (&pool, lec_pool_take (&pool, 4096), 4096);
  g_assert_cmpuint (pool.slabs->len, <=, n_slabs + 1);
  lec_pool_clear (&pool);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/pieces", test_pieces);
  g_test_add_func ("/pool/reuse", test_reuse);
  return g_test_run ();
}
