#include "analysis/index-pass.h"

#include <malloc.h>
#include <pthread.h>

#include "analysis/analyzer.h"
#include "analysis/head-block.h"
#include "analysis/names.h"
#include "base/limits.h"
#include "base/publish.h"

struct LecIndexPass {
  LecIndex *index;
  LecIndexPassFunc published;
  void *data;
  LecHeadRing ring;
  LecAnalyzer analyzer;
};

LecIndexPass *
lec_index_pass_new (LecIndex *index, LecIndexPassFunc published, void *data)
{
  LecIndexPass *pass = g_new0 (LecIndexPass, 1);

  pass->index = index;
  pass->published = published;
  pass->data = data;
  return pass;
}

void
lec_index_pass_free (LecIndexPass *pass)
{
  g_free (pass);
}

void
lec_index_pass_cancel (LecIndexPass *pass)
{
  lec_trace_cancel (pass->index->trace);
}

/* A frame's row, as far as the frame itself tells: filled by the reading thread, which has it all at hand. Returns its
 * state. */
static inline uint8_t
fill_row (LecIndex *index, uint32_t frame, const LecRecord *record, const LecHead *head)
{
  uint8_t state = LEC_FRAME_OWN_ROW;

  if (record->captured_bytes < record->original_bytes)
    state |= LEC_FRAME_CUT;
  if (record->noted)
    state |= LEC_FRAME_NOTED;
  LEC_COLUMN (&index->time_ns, int64_t, frame) = record->time_ns;
  LEC_COLUMN (&index->place, LecPlace, frame) = record->place;
  LEC_COLUMN (&index->length, uint16_t, frame) = (uint16_t) MIN (record->original_bytes, G_MAXUINT16);
  LEC_COLUMN (&index->tcp_flags, uint8_t, frame) = head->tcp_flags;
  LEC_SET (LEC_COLUMN (&index->owner, _Atomic uint32_t, frame), LEC_OWNER_NONE);
  LEC_SET (LEC_COLUMN (&index->protocol, _Atomic uint8_t, frame), head->protocol);
  LEC_SET (LEC_COLUMN (&index->state, _Atomic uint8_t, frame), state);
  return state;
}

/* The rows of a block, and its sums, which are kept apart so that the loop touches no shared word. */
static void
fill_rows (LecIndex *index, uint32_t n_before, LecHeadBlock *block)
{
  uint32_t n_frames = (uint32_t) MIN (block->batch->n_records, LEC_LIMIT_FRAMES - n_before);
  LecBlockSums sums = { .first_time_ns = G_MAXINT64, .last_time_ns = G_MININT64 };
  int64_t before_ns = n_before ? lec_index_time_ns (index, n_before) : G_MININT64;

  lec_index_reserve (index, n_before + n_frames);
  for (uint32_t i = 0; i < n_frames; i++) {
    const LecRecord *record = &block->batch->records[i];
    sums.states |= fill_row (index, n_before + 1 + i, record, &block->heads[i]);
    sums.steps_back |= record->time_ns < before_ns;
    before_ns = record->time_ns;
    sums.longest_frame_bytes = MAX (sums.longest_frame_bytes, record->original_bytes);
    sums.n_frames_of[block->heads[i].protocol]++;
    sums.n_bytes += record->original_bytes;
    sums.first_time_ns = MIN (sums.first_time_ns, record->time_ns);
    sums.last_time_ns = MAX (sums.last_time_ns, record->time_ns);
  }
  block->n_frames = n_frames;
  block->sums = sums;
}

/* The reading thread: records and their heads, block after block. The first goes on at once, for the first rows on
 * screen, and so does all that comes through a pipe. */
static void *
read_blocks (void *data)
{
  LecIndexPass *pass = data;
  gboolean more = TRUE;
  uint32_t n_frames = 0;
  uint64_t read_bytes, total_bytes;

  lec_trace_progress (pass->index->trace, &read_bytes, &total_bytes);

  while (more) {
    LecHeadBlock *block = lec_head_ring_begin_fill (&pass->ring);
    more = lec_trace_read_batch (pass->index->trace, block->batch);
    lec_head_block_dissect (block, pass->index->trace);
    fill_rows (pass->index, n_frames, block);
    block->last = !more;
    lec_head_ring_end_fill (&pass->ring, n_frames == 0 || !more || total_bytes == 0);
    n_frames += block->n_frames;
  }
  return NULL;
}

static void
add_sums (LecIndex *index, const LecBlockSums *sums)
{
  for (unsigned i = 0; i < LEC_N_PROTOCOLS; i++)
    if (sums->n_frames_of[i])
      LEC_ADD (index->n_frames_of[i], sums->n_frames_of[i]);
  LEC_ADD (index->n_bytes, sums->n_bytes);
  LEC_SET (index->first_time_ns, MIN (LEC_GET (index->first_time_ns), sums->first_time_ns));
  LEC_SET (index->last_time_ns, MAX (LEC_GET (index->last_time_ns), sums->last_time_ns));
  LEC_SET (index->longest_frame_bytes, MAX (LEC_GET (index->longest_frame_bytes), sums->longest_frame_bytes));
  LEC_SET (index->states, (uint8_t) (LEC_GET (index->states) | sums->states));
  LEC_SET (index->steps_back, (uint8_t) (LEC_GET (index->steps_back) | sums->steps_back));
}

/* Frames ahead of the one at hand for which something is fetched: first the slot of the table, then the conversation
 * that it names and the addresses to compare, then what hangs on the conversation. */
#define SLOT_AHEAD         12u
#define CONVERSATION_AHEAD 8u
#define FLOW_AHEAD         4u

/* FORESEEN: conversations of the frames up to CONVERSATION_AHEAD, each at its place in the block modulo that. */
static inline void
foresee (const LecAnalyzer *analyzer, const LecHeadBlock *block, uint32_t at, uint32_t foreseen[CONVERSATION_AHEAD])
{
  uint32_t slot = at + SLOT_AHEAD, conversation = at + CONVERSATION_AHEAD, flow = at + FLOW_AHEAD;

  if (slot < block->n_frames)
    lec_conversation_table_prefetch_slot (&analyzer->conversations, block->keys[slot].hash);
  if (flow < block->n_frames)
    lec_analyzer_prefetch_flow (analyzer, &block->heads[flow], foreseen[flow % CONVERSATION_AHEAD]);
  if (conversation >= block->n_frames)
    return;
  const LecHead *head = &block->heads[conversation];
  if (head->flags & LEC_HEAD_IPV6) {
    __builtin_prefetch (head->source);
    __builtin_prefetch (head->source + 31);
  }
  foreseen[conversation % CONVERSATION_AHEAD] =
      lec_analyzer_prefetch_conversation (analyzer, block->keys[conversation].hash);
}

static void
analyse_block (LecIndexPass *pass, const LecHeadBlock *block)
{
  uint32_t foreseen[CONVERSATION_AHEAD];
  LecIndex *index = pass->index;
  uint32_t n_before = LEC_GET (index->n_frames);
  uint32_t n_frames = block->n_frames;

  if (!n_frames)
    return;
  if (!n_before) {
    LEC_SET (index->first_time_ns, block->batch->records[0].time_ns);
    LEC_SET (index->last_time_ns, block->batch->records[0].time_ns);
  }
  add_sums (index, &block->sums);
  for (uint32_t i = 0; i < CONVERSATION_AHEAD; i++)
    foreseen[i] = G_MAXUINT32;
  for (uint32_t i = 0; i < n_frames; i++) {
    foresee (&pass->analyzer, block, i, foreseen);
    lec_analyzer_frame (&pass->analyzer, n_before + 1 + i, &block->batch->records[i], &block->heads[i],
                        &block->keys[i]);
  }
  if (!n_before)
    lec_names_add_records (index->names, index->trace); /* the tables mostly stand at the front */
  atomic_store_explicit (&index->n_frames, n_before + n_frames, memory_order_release);
  pass->published (index, pass->data);
}

void
lec_index_pass_run (LecIndexPass *pass)
{
  pthread_t reader;
  gboolean last = FALSE;

  lec_head_ring_init (&pass->ring);
  lec_analyzer_init (&pass->analyzer, pass->index);
  if (pthread_create (&reader, NULL, read_blocks, pass) != 0)
    g_error ("Cannot start a thread to read the trace");
  while (!last) {
    LecHeadBlock *block = lec_head_ring_begin_empty (&pass->ring);
    last = block->last;
    analyse_block (pass, block);
    lec_head_ring_end_empty (&pass->ring);
  }
  pthread_join (reader, NULL);
  lec_names_add_records (pass->index->names, pass->index->trace);
  lec_analyzer_finish (&pass->analyzer);
  lec_analyzer_clear (&pass->analyzer);
  lec_head_ring_clear (&pass->ring);
  malloc_trim (0); /* what the pass alone needed is many small pieces: give them back */
  atomic_store_explicit (&pass->index->complete, 1, memory_order_release);
  pass->published (pass->index, pass->data);
}
