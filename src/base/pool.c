#include "base/pool.h"

#include "base/pages.h"

#define SMALLEST_BITS 5
/* The first slab of a pool: a small trace needs no more. */
#define FIRST_SLAB_BYTES ((gsize) 128 << 10)

void
lec_pool_init (LecPool *pool)
{
  *pool = (LecPool){ .slabs = g_ptr_array_new (), .slab_bytes = g_array_new (FALSE, FALSE, sizeof (gsize)) };
}

void
lec_pool_clear (LecPool *pool)
{
  for (guint i = 0; i < pool->slabs->len; i++)
    lec_pages_free (pool->slabs->pdata[i], g_array_index (pool->slab_bytes, gsize, i));
  g_ptr_array_unref (pool->slabs);
  g_array_unref (pool->slab_bytes);
  *pool = (LecPool){ 0 };
}

static unsigned
class_of (gsize n_bytes)
{
  unsigned class = n_bytes > 1 ? g_bit_storage (n_bytes - 1) : 0;

  return MAX (class, SMALLEST_BITS);
}

/* What is left of the former slab stays unused: less than the piece that did not fit. */
static void
add_slab (LecPool *pool, gsize piece_bytes)
{
  gsize n_bytes = MAX (pool->slabs->len ? LEC_HUGE_PAGE_BYTES : FIRST_SLAB_BYTES, piece_bytes);

  pool->next = lec_pages_new (n_bytes);
  pool->left_bytes = n_bytes;
  g_ptr_array_add (pool->slabs, pool->next);
  g_array_append_val (pool->slab_bytes, n_bytes);
}

void *
lec_pool_take (LecPool *pool, gsize n_bytes)
{
  unsigned class = class_of (n_bytes);
  gsize piece_bytes = (gsize) 1 << class;

  g_assert (class < LEC_POOL_CLASSES);
  void *piece = pool->free[class];
  if (piece) {
    pool->free[class] = *(void **) piece;
    return piece;
  }
  if (pool->left_bytes < piece_bytes)
    add_slab (pool, piece_bytes);
  piece = pool->next;
  pool->next += piece_bytes;
  pool->left_bytes -= piece_bytes;
  return piece;
}

void
lec_pool_give (LecPool *pool, void *piece, gsize n_bytes)
{
  unsigned class = class_of (n_bytes);

  if (!piece)
    return;
  *(void **) piece = pool->free[class];
  pool->free[class] = piece;
}
