#include "analysis/index.h"

#include "analysis/names.h"
#include "analysis/verdict-kinds.h"
#include "base/publish.h"

/* Verdicts and marks are chained for every 256 frames: a walk is short, and a head is a word that can be swapped. */
#define CHAIN_SHIFT 8
#define CHAIN_END   G_MAXUINT32
_Static_assert(LEC_CHAIN_FRAMES == 1u << CHAIN_SHIFT, "what the header says");

static const struct {
  size_t offset;
  uint32_t element_bytes;
} columns[] = {
  { G_STRUCT_OFFSET (LecIndex, time_ns), sizeof (int64_t) },
  { G_STRUCT_OFFSET (LecIndex, place), sizeof (LecPlace) },
  { G_STRUCT_OFFSET (LecIndex, owner), sizeof (uint32_t) },
  { G_STRUCT_OFFSET (LecIndex, length), sizeof (uint16_t) },
  { G_STRUCT_OFFSET (LecIndex, tcp_flags), sizeof (uint8_t) },
  { G_STRUCT_OFFSET (LecIndex, protocol), sizeof (uint8_t) },
  { G_STRUCT_OFFSET (LecIndex, state), sizeof (uint8_t) },
  { G_STRUCT_OFFSET (LecIndex, conversations), sizeof (LecConversation) },
  { G_STRUCT_OFFSET (LecIndex, openings), sizeof (LecOpening) },
  { G_STRUCT_OFFSET (LecIndex, operations), sizeof (LecOperation) },
  { G_STRUCT_OFFSET (LecIndex, endpoints), sizeof (LecEndpoints) },
  { G_STRUCT_OFFSET (LecIndex, verdicts), sizeof (LecVerdict) },
  { G_STRUCT_OFFSET (LecIndex, verdict_heads), sizeof (uint32_t) },
  { G_STRUCT_OFFSET (LecIndex, marks), sizeof (LecMark) },
  { G_STRUCT_OFFSET (LecIndex, mark_heads), sizeof (uint32_t) },
  { G_STRUCT_OFFSET (LecIndex, datagrams), sizeof (LecDatagram) },
  { G_STRUCT_OFFSET (LecIndex, fragments), sizeof (LecFragment) },
};

LecIndex *
lec_index_new (LecTrace *trace)
{
  LecIndex *index = g_new0 (LecIndex, 1);

  index->trace = trace;
  index->names = lec_names_new ();
  for (unsigned i = 0; i < G_N_ELEMENTS (columns); i++)
    lec_column_init (G_STRUCT_MEMBER_P (index, columns[i].offset), columns[i].element_bytes);
  lec_index_reserve (index, 0);
  return index;
}

void
lec_index_free (LecIndex *index)
{
  if (!index)
    return;
  for (unsigned i = 0; i < G_N_ELEMENTS (columns); i++)
    lec_column_clear (G_STRUCT_MEMBER_P (index, columns[i].offset));
  lec_names_free (index->names);
  lec_trace_free (index->trace);
  g_free (index);
}

size_t
lec_index_bytes (const LecIndex *index)
{
  size_t frames = (size_t) lec_index_n_frames (index) + 1;
  size_t total = 0;

  for (unsigned i = 0; i < G_N_ELEMENTS (columns) && columns[i].offset <= G_STRUCT_OFFSET (LecIndex, state); i++)
    total += frames * columns[i].element_bytes;
  total += (size_t) atomic_load (&index->n_conversations) * (sizeof (LecConversation) + sizeof (LecOpening));
  total += (size_t) atomic_load (&index->n_operations) * sizeof (LecOperation);
  total += (size_t) atomic_load (&index->n_verdicts) * sizeof (LecVerdict);
  total += (frames >> CHAIN_SHIFT) * 2 * sizeof (uint32_t);
  return total;
}

uint32_t
lec_index_operation_of (const LecIndex *index, uint32_t frame)
{
  uint32_t owner = lec_index_owner (index, frame);

  if (owner == LEC_OWNER_NONE || !(owner & LEC_OWNER_OPERATION))
    return G_MAXUINT32;
  return LEC_OWNER_INDEX (owner);
}

uint32_t
lec_index_message_begun_in (const LecIndex *index, uint32_t frame)
{
  uint32_t row = lec_index_operation_of (index, frame);

  if (row == G_MAXUINT32)
    return 0;
  const LecOperation *operation = lec_index_operation (index, row);
  unsigned side = (lec_index_state (index, frame) & LEC_FRAME_SIDE) != 0;
  const LecMessage *message = side == operation->request_side ? &operation->request : &operation->response;
  uint32_t first = LEC_GET (message->first_frame);
  return first < frame ? first : 0;
}

uint32_t
lec_index_conversation_of (const LecIndex *index, uint32_t frame)
{
  uint32_t owner = lec_index_owner (index, frame);

  if (owner == LEC_OWNER_NONE)
    return G_MAXUINT32;
  if (owner & LEC_OWNER_OPERATION)
    return lec_index_operation (index, LEC_OWNER_INDEX (owner))->conversation;
  return owner;
}

static uint32_t
chain_head (const LecColumn *heads, uint32_t frame)
{
  return atomic_load_explicit (&LEC_COLUMN (heads, _Atomic uint32_t, frame >> CHAIN_SHIFT), memory_order_acquire) - 1;
}

static void
set_chain_head (LecColumn *heads, uint32_t frame, uint32_t row)
{
  atomic_store_explicit (&LEC_COLUMN (heads, _Atomic uint32_t, frame >> CHAIN_SHIFT), row + 1, memory_order_release);
}

uint32_t
lec_index_next_verdict_near (const LecIndex *index, uint32_t frame, uint32_t after)
{
  uint32_t verdict =
      after == CHAIN_END ? chain_head (&index->verdict_heads, frame) : lec_index_verdict (index, after)->next;

  while (verdict != CHAIN_END && LEC_GET (lec_index_verdict (index, verdict)->withdrawn))
    verdict = lec_index_verdict (index, verdict)->next;
  return verdict;
}

uint32_t
lec_index_next_verdict (const LecIndex *index, uint32_t frame, uint32_t after)
{
  uint32_t verdict = lec_index_next_verdict_near (index, frame, after);

  while (verdict != CHAIN_END && lec_index_verdict (index, verdict)->frame != frame)
    verdict = lec_index_next_verdict_near (index, frame, verdict);
  return verdict;
}

const LecVerdict *
lec_index_find_verdict (const LecIndex *index, uint32_t frame, LecVerdictKind kind)
{
  if (!(lec_index_state (index, frame) & LEC_FRAME_VERDICT))
    return NULL;
  for (uint32_t verdict = CHAIN_END;;) {
    verdict = lec_index_next_verdict (index, frame, verdict);
    if (verdict == CHAIN_END)
      return NULL;
    if (lec_index_verdict (index, verdict)->kind == kind)
      return lec_index_verdict (index, verdict);
  }
}

uint32_t
lec_index_next_with_verdict (const LecIndex *index, uint32_t from, uint32_t end)
{
  while (from < end) {
    uint32_t block_end = MIN (((from >> CHAIN_SHIFT) + 1) << CHAIN_SHIFT, end);

    if (chain_head (&index->verdict_heads, from) != CHAIN_END)
      for (uint32_t frame = from; frame < block_end; frame++)
        if (lec_index_state (index, frame) & LEC_FRAME_VERDICT)
          return frame;
    from = block_end;
  }
  return G_MAXUINT32;
}

gboolean
lec_index_find_mark (const LecIndex *index, uint32_t frame, LecMarkKind kind, uint32_t *value)
{
  if (!(lec_index_state (index, frame) & LEC_FRAME_MARKED))
    return FALSE;
  for (uint32_t mark = chain_head (&index->mark_heads, frame); mark != CHAIN_END;) {
    const LecMark *row = &LEC_COLUMN (&index->marks, LecMark, mark);
    if (row->frame == frame && row->kind == kind) {
      *value = row->value;
      return TRUE;
    }
    mark = row->next;
  }
  return FALSE;
}

void
lec_index_reserve (LecIndex *index, uint32_t n_frames)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (columns) && columns[i].offset <= G_STRUCT_OFFSET (LecIndex, state); i++)
    lec_column_reserve (G_STRUCT_MEMBER_P (index, columns[i].offset), n_frames + 1);
  lec_column_reserve (&index->verdict_heads, (n_frames >> CHAIN_SHIFT) + 1);
  lec_column_reserve (&index->mark_heads, (n_frames >> CHAIN_SHIFT) + 1);
}

uint32_t
lec_index_add_conversation (LecIndex *index, const LecConversation *conversation)
{
  uint32_t row = atomic_load_explicit (&index->n_conversations, memory_order_relaxed);

  lec_column_reserve (&index->conversations, row + 1);
  lec_column_reserve (&index->openings, row + 1);
  LecConversation *added = lec_index_conversation (index, row);
  *added = *conversation;
  LEC_SET (added->window_shift[0], -1);
  LEC_SET (added->window_shift[1], -1);
  LEC_SET (added->last_operation, G_MAXUINT32);
  atomic_store_explicit (&index->n_conversations, row + 1, memory_order_release);
  return row;
}

uint32_t
lec_index_add_operation (LecIndex *index, const LecOperation *operation)
{
  uint32_t row = atomic_load_explicit (&index->n_operations, memory_order_relaxed);

  lec_column_reserve (&index->operations, row + 1);
  LecOperation *added = lec_index_operation (index, row);
  *added = *operation;
  LEC_SET (added->next, G_MAXUINT32);
  atomic_store_explicit (&index->n_operations, row + 1, memory_order_release);
  if (operation->conversation == LEC_OWNER_NONE)
    return row;
  LecConversation *conversation = lec_index_conversation (index, operation->conversation);
  if (LEC_GET (conversation->last_operation) != G_MAXUINT32)
    LEC_LINK (lec_index_operation (index, LEC_GET (conversation->last_operation))->next, row);
  LEC_LINK (conversation->last_operation, row);
  return row;
}

uint32_t
lec_index_add_echo (LecIndex *index, const LecOperation *operation, const LecEndpoints *endpoints)
{
  uint32_t row = atomic_load_explicit (&index->n_operations, memory_order_relaxed);

  lec_column_reserve (&index->endpoints, row + 1);
  *lec_index_endpoints (index, row) = *endpoints;
  return lec_index_add_operation (index, operation);
}

void
lec_index_note_revision (LecIndex *index, uint32_t frame)
{
  if (frame <= atomic_load_explicit (&index->n_frames, memory_order_relaxed))
    LEC_ADD (index->revision, 1);
}

/* That a request had no answer is said of the operation, not of a frame inside it; where several are asked in one
 * frame, of some of them only. */
static void
note_worst (LecOperation *operation, LecVerdictKind kind)
{
  uint8_t worst = LEC_GET (operation->worst_verdict);

  if (kind != LEC_VERDICT_UNANSWERED && worst != LEC_WORST_UNKNOWN &&
      (!worst || lec_verdict_kind_weight (kind) > lec_verdict_kind_weight (worst - 1)))
    LEC_SET (operation->worst_verdict, (uint8_t) (kind + 1));
}

static LecOperation *
owning_operation (const LecIndex *index, uint32_t frame)
{
  uint32_t row = lec_index_operation_of (index, frame);

  return row == G_MAXUINT32 ? NULL : lec_index_operation (index, row);
}

void
lec_index_set_operation (LecIndex *index, uint32_t frame, uint32_t row)
{
  LecOperation *former = owning_operation (index, frame), *operation = lec_index_operation (index, row);

  lec_index_set_owner (index, frame, row | LEC_OWNER_OPERATION);
  if (former == operation || !(lec_index_state (index, frame) & LEC_FRAME_VERDICT))
    return;
  if (former)
    LEC_SET (former->worst_verdict, LEC_WORST_UNKNOWN);
  for (uint32_t i = lec_index_next_verdict (index, frame, CHAIN_END); i != CHAIN_END;
       i = lec_index_next_verdict (index, frame, i))
    note_worst (operation, lec_index_verdict (index, i)->kind);
}

uint32_t
lec_index_add_verdict (LecIndex *index, const LecVerdict *verdict)
{
  uint32_t row = atomic_load_explicit (&index->n_verdicts, memory_order_relaxed);

  lec_column_reserve (&index->verdicts, row + 1);
  LecVerdict *added = lec_index_verdict (index, row);
  *added = *verdict;
  added->next = chain_head (&index->verdict_heads, verdict->frame);
  atomic_store_explicit (&index->n_verdicts, row + 1, memory_order_release);
  set_chain_head (&index->verdict_heads, verdict->frame, row);
  LEC_ADD (index->n_verdicts_of[verdict->kind], 1);
  lec_index_set_state (index, verdict->frame, LEC_FRAME_VERDICT, 0);
  LecOperation *operation = owning_operation (index, verdict->frame);
  if (operation)
    note_worst (operation, verdict->kind);
  return row;
}

void
lec_index_withdraw_verdict (LecIndex *index, uint32_t verdict)
{
  LecVerdict *row = lec_index_verdict (index, verdict);
  LecOperation *operation = owning_operation (index, row->frame);

  LEC_SET (row->withdrawn, 1);
  if (operation)
    LEC_SET (operation->worst_verdict, LEC_WORST_UNKNOWN);
  LEC_ADD (index->n_verdicts_of[row->kind], -1);
  lec_index_note_revision (index, row->frame);
}

void
lec_index_set_need (LecIndex *index, uint32_t verdict, LecNeed need)
{
  LecVerdict *row = lec_index_verdict (index, verdict);

  LEC_SET (row->need, (uint8_t) need);
  lec_index_note_revision (index, row->frame);
}

void
lec_index_set_confidence (LecIndex *index, uint32_t verdict, LecConfidence confidence)
{
  LecVerdict *row = lec_index_verdict (index, verdict);

  LEC_SET (row->confidence, (uint8_t) confidence);
  lec_index_note_revision (index, row->frame);
}

void
lec_index_set_span (LecIndex *index, uint32_t verdict, int64_t span_ns, uint32_t proof)
{
  LecVerdict *row = lec_index_verdict (index, verdict);

  LEC_SET (row->span_ns, span_ns);
  LEC_SET (row->proof, proof);
  lec_index_note_revision (index, row->frame);
}

void
lec_index_add_mark (LecIndex *index, uint32_t frame, LecMarkKind kind, uint32_t value)
{
  uint32_t row = index->n_marks++;

  lec_column_reserve (&index->marks, row + 1);
  LEC_COLUMN (&index->marks, LecMark, row) =
      (LecMark){ .frame = frame, .next = chain_head (&index->mark_heads, frame), .value = value, .kind = kind };
  set_chain_head (&index->mark_heads, frame, row);
  lec_index_set_state (index, frame, LEC_FRAME_MARKED, 0);
}

void
lec_index_set_owner (LecIndex *index, uint32_t frame, uint32_t owner)
{
  LEC_LINK (LEC_COLUMN (&index->owner, _Atomic uint32_t, frame), owner);
  lec_index_note_revision (index, frame);
}

void
lec_index_set_state (LecIndex *index, uint32_t frame, uint8_t set, uint8_t clear)
{
  uint8_t state = lec_index_state (index, frame);

  atomic_store_explicit (&LEC_COLUMN (&index->state, _Atomic uint8_t, frame), (uint8_t) ((state & ~clear) | set),
                         memory_order_relaxed);
  lec_index_note_revision (index, frame);
}

void
lec_index_set_protocol (LecIndex *index, uint32_t frame, LecProtocolId protocol)
{
  LecProtocolId former = lec_index_protocol (index, frame);

  if (former == protocol)
    return;
  LEC_ADD (index->n_frames_of[former], -1);
  LEC_ADD (index->n_frames_of[protocol], 1);
  atomic_store_explicit (&LEC_COLUMN (&index->protocol, _Atomic uint8_t, frame), (uint8_t) protocol,
                         memory_order_relaxed);
  lec_index_note_revision (index, frame);
}
