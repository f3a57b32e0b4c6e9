#include "base/bitmap.h"

/* Rank and select agree with a plain walk, over densities and across the borders of words and rank blocks. */
static void
test_rank_and_select (gconstpointer data)
{
  double density = *(const double *) data;
  uint32_t n_bits = 200000;
  g_autoptr (LecBitmap) bitmap = lec_bitmap_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  lec_bitmap_reserve (bitmap, n_bits);
  for (uint32_t bit = 0; bit < n_bits; bit++)
    if (g_rand_double (random) < density)
      lec_bitmap_set (bitmap, bit, TRUE);
  /* Counted in steps, as a filter that runs publishes. */
  for (uint32_t end = 0; end < n_bits; end += 777)
    lec_bitmap_count (bitmap, end);
  uint32_t total = lec_bitmap_count (bitmap, n_bits);

  uint32_t seen = 0;
  for (uint32_t bit = 0; bit < n_bits; bit++) {
    if (bit % 97 == 0)
      g_assert_cmpuint (lec_bitmap_rank (bitmap, bit), ==, seen);
    if (lec_bitmap_get (bitmap, bit)) {
      g_assert_cmpuint (lec_bitmap_select (bitmap, seen), ==, bit);
      seen++;
    }
  }
  g_assert_cmpuint (seen, ==, total);
  g_assert_cmpuint (lec_bitmap_select (bitmap, total), ==, G_MAXUINT32);
}

/* Counting anew from a changed bit on gives what counting anew from the front gives. */
static void
test_recount_from (void)
{
  static const uint32_t changed[] = { 0, 5, 511, 512, 513, 4096, 9999 };
  g_autoptr (LecBitmap) bitmap = lec_bitmap_new ();

  lec_bitmap_reserve (bitmap, 10000);
  for (uint32_t bit = 0; bit < 10000; bit += 3)
    lec_bitmap_set (bitmap, bit, TRUE);
  lec_bitmap_count (bitmap, 10000);
  for (unsigned i = 0; i < G_N_ELEMENTS (changed); i++) {
    lec_bitmap_set (bitmap, changed[i], !lec_bitmap_get (bitmap, changed[i]));
    lec_bitmap_recount_from (bitmap, changed[i]);
    uint32_t total = lec_bitmap_count (bitmap, 10000), seen = 0;
    for (uint32_t bit = 0; bit < 10000; bit++) {
      if (lec_bitmap_get (bitmap, bit))
        g_assert_cmpuint (lec_bitmap_select (bitmap, seen++), ==, bit);
    }
    g_assert_cmpuint (seen, ==, total);
  }
}

static void
test_next_and_previous (void)
{
  g_autoptr (LecBitmap) bitmap = lec_bitmap_new ();

  lec_bitmap_reserve (bitmap, 1000);
  lec_bitmap_set (bitmap, 3, TRUE);
  lec_bitmap_set (bitmap, 64, TRUE);
  lec_bitmap_set (bitmap, 900, TRUE);
  g_assert_cmpuint (lec_bitmap_next (bitmap, 0, 1000), ==, 3);
  g_assert_cmpuint (lec_bitmap_next (bitmap, 4, 1000), ==, 64);
  g_assert_cmpuint (lec_bitmap_next (bitmap, 65, 1000), ==, 900);
  g_assert_cmpuint (lec_bitmap_next (bitmap, 65, 900), ==, G_MAXUINT32);
  g_assert_cmpuint (lec_bitmap_previous (bitmap, 1000), ==, 900);
  g_assert_cmpuint (lec_bitmap_previous (bitmap, 900), ==, 64);
  g_assert_cmpuint (lec_bitmap_previous (bitmap, 64), ==, 3);
  g_assert_cmpuint (lec_bitmap_previous (bitmap, 3), ==, G_MAXUINT32);
}

int
main (int argc, char **argv)
{
  static const double sparse = 0.001, half = 0.5, dense = 0.999, none = 0.0;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/bitmap/rank-and-select/sparse", &sparse, test_rank_and_select);
  g_test_add_data_func ("/bitmap/rank-and-select/half", &half, test_rank_and_select);
  g_test_add_data_func ("/bitmap/rank-and-select/dense", &dense, test_rank_and_select);
  g_test_add_data_func ("/bitmap/rank-and-select/none", &none, test_rank_and_select);
  g_test_add_func ("/bitmap/next-and-previous", test_next_and_previous);
  g_test_add_func ("/bitmap/recount-from", test_recount_from);
  return g_test_run ();
}
