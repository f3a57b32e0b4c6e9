/* A pool of memory for one thread and one job: many small pieces, given back all at once when the job is over. Pieces
 * lie close together, and in huge pages once there are many; what is given back before goes to the next piece of its
 * size. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_POOL_CLASSES 32

/* Sizes are rounded up to powers of two, each a class with its own list of free pieces. */
typedef struct {
  GPtrArray *slabs;             /* owned; of lec_pages_new() */
  GArray *slab_bytes;           /* gsize beside each */
  guint8 *next;                 /* in the newest slab: what was not given out yet */
  gsize left_bytes;             /* from there on */
  void *free[LEC_POOL_CLASSES]; /* each begins with a pointer to the next one */
} LecPool;

void lec_pool_init (LecPool *pool);
/* Gives back every piece. */
void lec_pool_clear (LecPool *pool);
/* N_BYTES aligned to 16, not zeroed. */
void *lec_pool_take (LecPool *pool, gsize n_bytes);
/* PIECE was taken with N_BYTES; it may be NULL. */
void lec_pool_give (LecPool *pool, void *piece, gsize n_bytes);

G_END_DECLS
