#include "analysis/head-block.h"

#include <string.h>

#include "analysis/record-head.h"

void
lec_head_ring_init (LecHeadRing *ring)
{
  *ring = (LecHeadRing){ .filled = 0 };
  pthread_mutex_init (&ring->mutex, NULL);
  pthread_cond_init (&ring->moved, NULL);
  for (unsigned i = 0; i < LEC_HEAD_RING_BLOCKS; i++) {
    ring->blocks[i] = g_aligned_alloc0 (1, sizeof (LecHeadBlock), LEC_HEAD_ALIGNMENT);
    ring->blocks[i]->batch = lec_batch_new ();
  }
}

void
lec_head_ring_clear (LecHeadRing *ring)
{
  for (unsigned i = 0; i < LEC_HEAD_RING_BLOCKS; i++) {
    lec_batch_free (ring->blocks[i]->batch);
    g_aligned_free (ring->blocks[i]);
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

static inline uint64_t
load_u64 (const uint8_t *bytes)
{
  uint64_t value;
  memcpy (&value, bytes, sizeof value);
  return value;
}

static inline uint32_t
load_u32 (const uint8_t *bytes)
{
  uint32_t value;
  memcpy (&value, bytes, sizeof value);
  return value;
}

static inline uint64_t
mix (uint64_t value)
{
  value *= UINT64_C (0x9e3779b97f4a7c15);
  return value ^ value >> 29;
}

/* One end is mixed by itself, so that adding the two ends forgets which is which but not which port goes with which
 * address. */
static inline uint64_t
hash_end (const uint8_t *address, gboolean is_ipv6, uint16_t port)
{
  uint64_t value = is_ipv6 ? mix (load_u64 (address)) + load_u64 (address + 8) : load_u32 (address);

  return mix (mix (value + port));
}

uint32_t
lec_head_hash (const LecHead *head)
{
  gboolean is_ipv6 = (head->flags & LEC_HEAD_IPV6) != 0;
  uint64_t sum = hash_end (head->source, is_ipv6, head->source_port) +
                 hash_end (head->destination, is_ipv6, head->destination_port) + head->ip_protocol;
  uint32_t hash = (uint32_t) (mix (sum) >> 32);

  return hash ? hash : 1;
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
    block->hashes[i] = head->flags & LEC_HEAD_TRANSPORT ? lec_head_hash (head) : 0;
  }
}
