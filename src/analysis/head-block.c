#include "analysis/head-block.h"

#include <string.h>

#include "analysis/record-head.h"
#include "base/pages.h"

void
lec_head_ring_init (LecHeadRing *ring)
{
  *ring = (LecHeadRing){ .filled = 0 };
  pthread_mutex_init (&ring->mutex, NULL);
  pthread_cond_init (&ring->moved, NULL);
  for (unsigned i = 0; i < LEC_HEAD_RING_BLOCKS; i++) {
    ring->blocks[i] = lec_pages_new (sizeof (LecHeadBlock)); /* of large frames a block holds few */
    ring->blocks[i]->batch = lec_batch_new ();
  }
}

void
lec_head_ring_clear (LecHeadRing *ring)
{
  for (unsigned i = 0; i < LEC_HEAD_RING_BLOCKS; i++) {
    lec_batch_free (ring->blocks[i]->batch);
    lec_pages_free (ring->blocks[i], sizeof (LecHeadBlock));
  }
  pthread_cond_destroy (&ring->moved);
  pthread_mutex_destroy (&ring->mutex);
}

/* Waits until the ring has a block for the caller: one to fill while fewer than all are filled, one to empty else. */
static LecHeadBlock *
wait_for_block (LecHeadRing *ring, gboolean to_fill)
{
  pthread_mutex_lock (&ring->mutex);
  while (to_fill ? ring->filled - ring->emptied == LEC_HEAD_RING_BLOCKS : ring->filled == ring->emptied)
    pthread_cond_wait (&ring->moved, &ring->mutex);
  uint64_t turn = to_fill ? ring->filled : ring->emptied;
  pthread_mutex_unlock (&ring->mutex);
  return ring->blocks[turn % LEC_HEAD_RING_BLOCKS];
}

LecHeadBlock *
lec_head_ring_begin_fill (LecHeadRing *ring)
{
  return wait_for_block (ring, TRUE);
}

void
lec_head_ring_end_fill (LecHeadRing *ring, gboolean at_once)
{
  pthread_mutex_lock (&ring->mutex);
  ring->filled++;
  if (at_once || ring->filled - ring->emptied >= LEC_HEAD_RING_WAKE)
    pthread_cond_signal (&ring->moved);
  pthread_mutex_unlock (&ring->mutex);
}

LecHeadBlock *
lec_head_ring_begin_empty (LecHeadRing *ring)
{
  return wait_for_block (ring, FALSE);
}

void
lec_head_ring_end_empty (LecHeadRing *ring)
{
  pthread_mutex_lock (&ring->mutex);
  ring->emptied++;
  if (ring->filled - ring->emptied <= LEC_HEAD_RING_BLOCKS - LEC_HEAD_RING_WAKE)
    pthread_cond_signal (&ring->moved);
  pthread_mutex_unlock (&ring->mutex);
}

void
lec_head_block_dissect (LecHeadBlock *block, LecTrace *trace)
{
  const LecBatch *batch = block->batch;
  const LecInterface *interface = NULL;
  uint32_t interface_number = G_MAXUINT32;

  for (uint32_t i = 0; i < batch->n_records; i++) {
    const LecRecord *record = &batch->records[i];
    LecHead *head = &block->heads[i];
    if (LEC_PLACE_INTERFACE (record->place) != interface_number) {
      interface_number = LEC_PLACE_INTERFACE (record->place);
      interface = lec_trace_interface (trace, interface_number);
    }
    lec_record_head (record, interface, head);
    block->keys[i] = lec_flow_key (head);
  }
}
