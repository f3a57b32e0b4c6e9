#include "base/bitmap.h"

#define RANK_SHIFT 9 /* a rank entry for every 512 bits */
#define WORD_BITS  64u

/* words: bit n at word n / 64. ranks: entry i = set bits below bit i * 512; n_ranked entries are valid.
 * counted: bits that the ranks cover. */
struct LecBitmap {
  LecColumn words;
  LecColumn ranks;
  uint32_t n_ranked;
  uint32_t counted;
  uint32_t total;
};

LecBitmap *
lec_bitmap_new (void)
{
  LecBitmap *bitmap = g_new0 (LecBitmap, 1);

  lec_column_init (&bitmap->words, sizeof (uint64_t));
  lec_column_init (&bitmap->ranks, sizeof (uint32_t));
  return bitmap;
}

void
lec_bitmap_free (LecBitmap *bitmap)
{
  if (!bitmap)
    return;
  lec_column_clear (&bitmap->words);
  lec_column_clear (&bitmap->ranks);
  g_free (bitmap);
}

void
lec_bitmap_reserve (LecBitmap *bitmap, uint32_t n_bits)
{
  lec_column_reserve (&bitmap->words, n_bits / WORD_BITS + 1);
  lec_column_reserve (&bitmap->ranks, (n_bits >> RANK_SHIFT) + 2);
}

uint64_t *
lec_bitmap_word (const LecBitmap *bitmap, uint32_t bit)
{
  return lec_column_at (&bitmap->words, bit / WORD_BITS);
}

void
lec_bitmap_set (LecBitmap *bitmap, uint32_t bit, gboolean value)
{
  uint64_t *word = lec_bitmap_word (bitmap, bit);
  uint64_t mask = UINT64_C (1) << (bit % WORD_BITS);

  *word = value ? *word | mask : *word & ~mask;
}

gboolean
lec_bitmap_get (const LecBitmap *bitmap, uint32_t bit)
{
  return (*lec_bitmap_word (bitmap, bit) >> (bit % WORD_BITS)) & 1;
}

void
lec_bitmap_recount (LecBitmap *bitmap)
{
  bitmap->n_ranked = 0;
  bitmap->counted = 0;
  bitmap->total = 0;
}

void
lec_bitmap_recount_from (LecBitmap *bitmap, uint32_t bit)
{
  uint32_t block = bit >> RANK_SHIFT;

  if (!bitmap->n_ranked || bit >= bitmap->counted)
    return;
  bitmap->n_ranked = block + 1;
  bitmap->counted = block << RANK_SHIFT;
  bitmap->total = LEC_COLUMN (&bitmap->ranks, uint32_t, block);
}

/* Set bits in [from, end), where both lie in words that exist. */
static uint32_t
count_range (const LecBitmap *bitmap, uint32_t from, uint32_t end)
{
  uint32_t total = 0;

  while (from < end) {
    uint64_t word = *lec_bitmap_word (bitmap, from) >> (from % WORD_BITS);
    uint32_t step = MIN (WORD_BITS - from % WORD_BITS, end - from);
    if (step < WORD_BITS)
      word &= (UINT64_C (1) << step) - 1;
    total += (uint32_t) __builtin_popcountll (word);
    from += step;
  }
  return total;
}

uint32_t
lec_bitmap_count (LecBitmap *bitmap, uint32_t n_bits)
{
  lec_bitmap_reserve (bitmap, n_bits);
  if (!bitmap->n_ranked) {
    LEC_COLUMN (&bitmap->ranks, uint32_t, 0) = 0;
    bitmap->n_ranked = 1;
  }
  while (bitmap->counted < n_bits) {
    uint32_t block_end = (uint32_t) MIN ((uint64_t) n_bits, ((uint64_t) bitmap->n_ranked) << RANK_SHIFT);
    bitmap->total += count_range (bitmap, bitmap->counted, block_end);
    bitmap->counted = block_end;
    if (block_end == bitmap->n_ranked << RANK_SHIFT) {
      LEC_COLUMN (&bitmap->ranks, uint32_t, bitmap->n_ranked) = bitmap->total;
      bitmap->n_ranked++;
    }
  }
  return bitmap->total;
}

uint32_t
lec_bitmap_rank (const LecBitmap *bitmap, uint32_t bit)
{
  uint32_t block = MIN (bit >> RANK_SHIFT, bitmap->n_ranked - 1);

  return LEC_COLUMN (&bitmap->ranks, uint32_t, block) + count_range (bitmap, block << RANK_SHIFT, bit);
}

uint32_t
lec_bitmap_select (const LecBitmap *bitmap, uint32_t rank)
{
  if (rank >= bitmap->total)
    return G_MAXUINT32;

  uint32_t low = 0, high = bitmap->n_ranked; /* the answer's block: the last one whose rank is ≤ RANK */
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (LEC_COLUMN (&bitmap->ranks, uint32_t, middle) <= rank)
      low = middle;
    else
      high = middle;
  }
  uint32_t left = rank - LEC_COLUMN (&bitmap->ranks, uint32_t, low);
  for (uint32_t bit = low << RANK_SHIFT;; bit += WORD_BITS) {
    uint64_t word = *lec_bitmap_word (bitmap, bit);
    uint32_t here = (uint32_t) __builtin_popcountll (word);
    if (left < here) {
      while (left--)
        word &= word - 1;
      return bit + (uint32_t) __builtin_ctzll (word);
    }
    left -= here;
  }
}

uint32_t
lec_bitmap_next (const LecBitmap *bitmap, uint32_t from, uint32_t end)
{
  while (from < end) {
    uint64_t word = *lec_bitmap_word (bitmap, from) >> (from % WORD_BITS);
    if (word) {
      uint32_t bit = from + (uint32_t) __builtin_ctzll (word);
      return bit < end ? bit : G_MAXUINT32;
    }
    from += WORD_BITS - from % WORD_BITS;
  }
  return G_MAXUINT32;
}

uint32_t
lec_bitmap_previous (const LecBitmap *bitmap, uint32_t from)
{
  while (from) {
    uint32_t last = from - 1;
    uint64_t word = *lec_bitmap_word (bitmap, last) << (WORD_BITS - 1 - last % WORD_BITS);
    if (word)
      return last - (uint32_t) __builtin_clzll (word);
    from = last - last % WORD_BITS;
  }
  return G_MAXUINT32;
}
