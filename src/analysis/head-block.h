/* What goes from the reading thread to the next: a batch of records with the head of each, in a round of few blocks. */
#pragma once

#include <pthread.h>

#include "analysis/flow-key.h"
#include "trace/trace.h"

G_BEGIN_DECLS

typedef struct {
  uint32_t n_frames_of[LEC_N_PROTOCOLS];
  uint64_t n_bytes; /* original */
  int64_t first_time_ns;
  int64_t last_time_ns;
  uint32_t longest_frame_bytes; /* original */
  uint8_t states;               /* LecFrameState of any of them */
  uint8_t steps_back;           /* 1: the clock went backwards */
} LecBlockSums;

typedef struct {
  LecHead heads[LEC_BATCH_RECORDS]; /* first, so that each begins a line of the cache */
  LecBatch *batch;
  LecFlowKey keys[LEC_BATCH_RECORDS];
  uint32_t n_frames; /* of the batch that the index has room for */
  LecBlockSums sums; /* over them */
  gboolean last;     /* nothing comes after this block */
} LecHeadBlock;

#define LEC_HEAD_RING_BLOCKS 8
/* Either thread is woken only once this many blocks wait for it: a switch costs more than a block. */
#define LEC_HEAD_RING_WAKE 4

/* Blocks go round: filled in order, emptied in order. `filled` counts blocks filled, `emptied` those given back; the
 * one that waits blocks on a condition (spinning loses badly where cores are shared). */
typedef struct {
  LecHeadBlock *blocks[LEC_HEAD_RING_BLOCKS];
  pthread_mutex_t mutex;
  pthread_cond_t moved;
  uint64_t filled;
  uint64_t emptied;
} LecHeadRing;

void lec_head_ring_init (LecHeadRing *ring);
void lec_head_ring_clear (LecHeadRing *ring);
/* Reading thread: a block to fill; then handed on. AT_ONCE: somebody waits for these very frames. */
LecHeadBlock *lec_head_ring_begin_fill (LecHeadRing *ring);
void lec_head_ring_end_fill (LecHeadRing *ring, gboolean at_once);
/* The other thread: a filled block; then given back. */
LecHeadBlock *lec_head_ring_begin_empty (LecHeadRing *ring);
void lec_head_ring_end_empty (LecHeadRing *ring);

/* Fills heads and hashes of the batch's records. */
void lec_head_block_dissect (LecHeadBlock *block, LecTrace *trace);

G_END_DECLS
