#include "filter/columns.h"

#include <string.h>

#include "filter/facts.h"

/* In a table by owner: what its conversation does not tell, the frame's layers may. */
#define ASK_LAYERS 3

/* Tables by owner have a row for each conversation and each operation, in turn, so that no branch hangs on which of the
 * two owns a frame, which is as good as random. They are filled as frames ask for them: 0 where none did yet. Owners
 * beyond n_rows are newer than the run, or none, and are asked each time.
 *
 * kinds: LecStreamKind. memos: for each code that asks only for what conversations know, a LecTruth (or ASK_LAYERS) by
 * row × 2 + side. message_memos: a LecTruth by lec_facts_message_key(). */
struct LecColumnRun {
  const LecProgram *program;
  const LecIndex *index;
  LecEvaluator *evaluator;
  uint32_t n_rows;
  uint8_t *kinds;
  uint8_t **memos;
  uint8_t **message_memos;
  uint32_t base; /* the block's first frame */
  unsigned from; /* frames of the block that are asked for: from … end − 1, counted in it */
  unsigned end;
  gboolean has_streams;
  uint8_t streams[LEC_BLOCK_FRAMES]; /* LecStreamKind of each frame of the block, once a code asked */
  uint8_t truths[LEC_BLOCK_FRAMES];  /* LecTruth of each, on their way into words of bits */
};

static uint32_t
row_of_owner (uint32_t owner)
{
  return owner << 1 | owner >> 31;
}

G_STATIC_ASSERT (LEC_OWNER_OPERATION == 1u << 31);
G_STATIC_ASSERT (LEC_FRAME_SIDE == 1);
G_STATIC_ASSERT (LEC_TRUTH_UNKNOWN == 0 && LEC_TRUTH_NO == 1 && LEC_TRUTH_YES == 2);

static uint32_t
count_rows (const LecIndex *index)
{
  uint32_t n_conversations = atomic_load_explicit (&index->n_conversations, memory_order_acquire);
  uint32_t n_operations = atomic_load_explicit (&index->n_operations, memory_order_acquire);

  return MIN (MAX (n_conversations, n_operations), G_MAXINT32) * 2;
}

LecColumnRun *
lec_column_run_new (const LecProgram *program, const LecIndex *index, LecEvaluator *evaluator, gboolean few)
{
  LecColumnRun *run = g_new0 (LecColumnRun, 1);

  run->program = program;
  run->index = index;
  run->evaluator = evaluator;
  run->n_rows = few ? 0 : count_rows (index);
  run->kinds = g_malloc0 (run->n_rows + 1u);
  run->memos = g_new0 (uint8_t *, program->n_memos + 1);
  for (unsigned i = 0; i < program->n_memos; i++)
    run->memos[i] = g_malloc0 ((size_t) run->n_rows * 2 + 1);
  run->message_memos = g_new0 (uint8_t *, program->n_message_memos + 1);
  for (unsigned i = 0; i < program->n_message_memos; i++)
    run->message_memos[i] = g_malloc0 (LEC_FACTS_MESSAGE_KEYS);
  return run;
}

void
lec_column_run_free (LecColumnRun *run)
{
  for (unsigned i = 0; i < run->program->n_memos; i++)
    g_free (run->memos[i]);
  for (unsigned i = 0; i < run->program->n_message_memos; i++)
    g_free (run->message_memos[i]);
  g_free (run->message_memos);
  g_free (run->memos);
  g_free (run->kinds);
  g_free (run);
}

void
lec_column_run_move (LecColumnRun *run, const LecIndex *index)
{
  g_assert (run->n_rows == 0);
  run->index = index;
}

/* Bit n of the result is the lowest bit of byte n: each product adds one byte's bit to the top byte. */
static uint64_t
gather_bits (uint64_t bytes)
{
  return ((GUINT64_FROM_LE (bytes) & G_GUINT64_CONSTANT (0x0101010101010101)) *
          G_GUINT64_CONSTANT (0x0102040810204080)) >>
         56;
}

/* The truths of the block as words. */
static void
pack (const LecColumnRun *run, LecTernary *result)
{
  for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
    uint64_t bytes[8], yes = 0, no = 0;

    memcpy (bytes, run->truths + word * 64, sizeof bytes);
    for (unsigned i = 0; i < 8; i++) {
      no |= gather_bits (bytes[i]) << (i * 8);
      yes |= gather_bits (bytes[i] >> 1) << (i * 8);
    }
    result->yes[word] = yes;
    result->no[word] = no;
  }
}

/* The bits of WORD that stand for frames that are asked for. */
static uint64_t
mask_of (const LecColumnRun *run, unsigned word)
{
  uint64_t mask = G_MAXUINT64;

  if (run->from > word * 64)
    mask &= G_MAXUINT64 << (run->from - word * 64);
  if (run->end - word * 64 < 64)
    mask &= ((uint64_t) 1 << (run->end - word * 64)) - 1;
  return mask;
}

/* Columns of the block: it lies within one chunk of each. */
static const _Atomic uint32_t *
owners_of (const LecColumnRun *run)
{
  return &LEC_COLUMN (&run->index->owner, _Atomic uint32_t, run->base);
}

static const _Atomic uint8_t *
states_of (const LecColumnRun *run)
{
  return &LEC_COLUMN (&run->index->state, _Atomic uint8_t, run->base);
}

static const _Atomic uint8_t *
protocols_of (const LecColumnRun *run)
{
  return &LEC_COLUMN (&run->index->protocol, _Atomic uint8_t, run->base);
}

G_STATIC_ASSERT (LEC_COLUMN_CHUNK_ROWS % LEC_BLOCK_FRAMES == 0);

/* The owner, or where that is an operation its conversation; LEC_OWNER_NONE. */
static uint32_t
conversation_of (const LecColumnRun *run, uint32_t owner)
{
  if (owner == LEC_OWNER_NONE || (owner & LEC_OWNER_OPERATION) == 0)
    return owner;
  return lec_index_operation (run->index, LEC_OWNER_INDEX (owner))->conversation;
}

static LecStreamKind
kind_of_owner (LecColumnRun *run, uint32_t owner)
{
  uint32_t row = row_of_owner (owner), conversation;
  LecStreamKind kind;

  if (row < run->n_rows && run->kinds[row] != LEC_STREAM_UNASKED)
    return run->kinds[row];
  conversation = conversation_of (run, owner);
  if (owner == LEC_OWNER_NONE)
    return LEC_STREAM_NONE;
  if (conversation == LEC_OWNER_NONE)
    kind = lec_index_operation (run->index, LEC_OWNER_INDEX (owner))->kind == LEC_OPERATION_ECHO ? LEC_STREAM_ECHO
                                                                                                 : LEC_STREAM_NONE;
  else
    kind = conversation != owner ? kind_of_owner (run, conversation)
                                 : lec_facts_stream_kind (lec_index_conversation (run->index, conversation));
  if (row < run->n_rows)
    run->kinds[row] = (uint8_t) kind;
  return kind;
}

static void
fill_streams (LecColumnRun *run)
{
  const _Atomic uint32_t *owners = owners_of (run);

  if (run->has_streams)
    return;
  run->has_streams = TRUE;
  for (unsigned i = run->from; i < run->end; i++) {
    uint32_t owner = atomic_load_explicit (&owners[i], memory_order_relaxed), row = row_of_owner (owner);
    uint8_t kind = row < run->n_rows ? run->kinds[row] : LEC_STREAM_UNASKED;

    run->streams[i] = G_LIKELY (kind != LEC_STREAM_UNASKED) ? kind : (uint8_t) kind_of_owner (run, owner);
  }
}

static void
layers_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const _Atomic uint8_t *protocols = protocols_of (run);

  fill_streams (run);
  for (unsigned i = run->from; i < run->end; i++)
    run->truths[i] = code->by_layers[run->streams[i]][atomic_load_explicit (&protocols[i], memory_order_relaxed)];
  pack (run, result);
}

static gboolean
is_inside (const LecCode *code, uint64_t number)
{
  gboolean inside = FALSE;

  if (code->left->class != LEC_CLASS_UNSIGNED)
    number ^= (uint64_t) 1 << 63;
  for (unsigned i = 0; i < code->n_intervals; i++)
    inside |= (number >= code->intervals[i].first) & (number <= code->intervals[i].last);
  return inside;
}

/* Ports and streams are compared where they stand; all else is for the evaluator. */
static gboolean
ask_conversation (LecColumnRun *run, const LecCode *code, const LecConversation *conversation, unsigned side)
{
  unsigned n = 0, n_inside = 0;

  if (code->kind == LEC_CODE_NOT)
    return !ask_conversation (run, code->children[0], conversation, side);
  if (code->kind == LEC_CODE_AND || code->kind == LEC_CODE_OR) {
    gboolean answer = code->kind == LEC_CODE_AND;

    for (unsigned i = 0; i < code->n_children && answer == (code->kind == LEC_CODE_AND); i++)
      answer = ask_conversation (run, code->children[i], conversation, side);
    return answer;
  }
  if (code->intervals == NULL) {
    lec_evaluator_begin (run->evaluator);
    lec_facts_of_conversation (run->evaluator, run->program, conversation, side);
    return lec_evaluator_answer (run->evaluator, code);
  }
  for (unsigned i = 0; i < code->left->n_slots; i++) {
    uint64_t number;

    if (!lec_facts_conversation_number (&run->program->slots[code->left->slots[i]], conversation, side, &number))
      continue;
    n_inside += is_inside (code, number);
    n++;
  }
  return lec_aggregate_holds (code->aggregate, n, n_inside);
}

static uint8_t truth_of_owner (LecColumnRun *run, const LecCode *code, uint32_t owner, unsigned side);

/* OWNER's truth where no table holds it: an operation's is that of its CONVERSATION. */
static uint8_t
find_truth (LecColumnRun *run, const LecCode *code, uint32_t owner, uint32_t conversation, unsigned side)
{
  const LecConversation *row;

  if (conversation == LEC_OWNER_NONE)
    return ASK_LAYERS;
  if (conversation != owner)
    return truth_of_owner (run, code, conversation, side);
  row = lec_index_conversation (run->index, conversation);
  if (lec_facts_stream_kind (row) == LEC_STREAM_NONE)
    return ASK_LAYERS;
  return ask_conversation (run, code, row, side) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
}

/* Where there is a table, both sides are found at once, while the owner is in the cache. */
static uint8_t
truth_of_owner (LecColumnRun *run, const LecCode *code, uint32_t owner, unsigned side)
{
  uint32_t conversation;
  uint8_t *memo;

  if (row_of_owner (owner) >= run->n_rows)
    return find_truth (run, code, owner, conversation_of (run, owner), side);
  memo = run->memos[code->memo] + (size_t) row_of_owner (owner) * 2;
  if (memo[side] == LEC_TRUTH_UNKNOWN) {
    conversation = conversation_of (run, owner);
    memo[0] = find_truth (run, code, owner, conversation, 0);
    memo[1] = find_truth (run, code, owner, conversation, 1);
  }
  return memo[side];
}

static uint8_t
ask_owner (LecColumnRun *run, const LecCode *code, unsigned i, uint32_t owner, unsigned side)
{
  uint8_t truth = truth_of_owner (run, code, owner, side);

  return truth != ASK_LAYERS
             ? truth
             : code->by_layers[kind_of_owner (run, owner)][lec_index_protocol (run->index, run->base + i)];
}

static void
conversation_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const _Atomic uint32_t *owners = owners_of (run);
  const _Atomic uint8_t *states = states_of (run);
  const uint8_t *memo = run->memos[code->memo];

  for (unsigned i = run->from; i < run->end; i++) {
    uint32_t owner = atomic_load_explicit (&owners[i], memory_order_relaxed), row = row_of_owner (owner);
    unsigned side = atomic_load_explicit (&states[i], memory_order_relaxed) & LEC_FRAME_SIDE;
    uint8_t truth = row < run->n_rows ? memo[(size_t) row * 2 + side] : LEC_TRUTH_UNKNOWN;

    run->truths[i] =
        G_LIKELY (truth == LEC_TRUTH_NO || truth == LEC_TRUTH_YES) ? truth : ask_owner (run, code, i, owner, side);
  }
  pack (run, result);
}

static gboolean
is_tcp (LecStreamKind kind)
{
  return kind == LEC_STREAM_TCP_IPV4 || kind == LEC_STREAM_TCP_IPV6;
}

static void
flags_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const uint8_t *flags = &LEC_COLUMN (&run->index->tcp_flags, uint8_t, run->base);
  const _Atomic uint8_t *protocols = protocols_of (run);

  fill_streams (run);
  for (unsigned i = run->from; i < run->end; i++) {
    uint8_t by_flags = code->by_flags[flags[i]];
    uint8_t by_layers = code->by_layers[run->streams[i]][atomic_load_explicit (&protocols[i], memory_order_relaxed)];

    run->truths[i] = is_tcp (run->streams[i]) ? by_flags : by_layers;
  }
  pack (run, result);
}

static void
interval_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const LecSlot *slot = &run->program->slots[code->left->slots[0]];

  for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
    uint64_t numbers[64], yes = 0;
    unsigned from = MAX (run->from, word * 64), n = MIN (run->end, word * 64 + 64) - from;
    uint64_t unknown = lec_facts_frame_numbers (slot, run->index, run->base + from, n, numbers);

    for (unsigned i = 0; i < n; i++)
      yes |= (uint64_t) is_inside (code, numbers[i]) << i;
    if (code->aggregate == LEC_AGGREGATE_NONE || code->aggregate == LEC_AGGREGATE_ANY_NOT)
      yes = ~yes;
    result->yes[word] = (yes & ~unknown) << from % 64;
    result->no[word] = (~yes & ~unknown) << from % 64;
  }
}

static void
frame_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  for (unsigned i = run->from; i < run->end; i++) {
    LecTruth truth = LEC_TRUTH_UNKNOWN;

    lec_evaluator_begin (run->evaluator);
    if (lec_facts_of_frame (run->evaluator, run->program, run->index, run->base + i))
      truth = lec_evaluator_answer (run->evaluator, code) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
    run->truths[i] = (uint8_t) truth;
  }
  pack (run, result);
}

static void
verdict_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  for (unsigned i = run->from; i < run->end; i++) {
    gboolean truth = code->without_values;

    if ((lec_index_state (run->index, run->base + i) & LEC_FRAME_VERDICT) != 0) {
      lec_evaluator_begin (run->evaluator);
      lec_facts_of_verdicts (run->evaluator, run->program, run->index, run->base + i);
      truth = lec_evaluator_answer (run->evaluator, code);
    }
    run->truths[i] = truth ? LEC_TRUTH_YES : LEC_TRUTH_NO;
  }
  pack (run, result);
}

static LecTruth
ask_messages (LecColumnRun *run, const LecCode *code, uint32_t frame)
{
  uint8_t *memo = run->message_memos[code->memo];
  uint32_t key;

  if ((lec_index_state (run->index, frame) & LEC_FRAME_MESSAGE) == 0)
    return LEC_TRUTH_UNKNOWN;
  key = lec_facts_message_key (run->index, frame);
  if (key != G_MAXUINT32 && memo[key] != LEC_TRUTH_UNKNOWN)
    return memo[key];
  lec_evaluator_begin (run->evaluator);
  if (!lec_facts_of_operations (run->evaluator, run->program, run->index, frame))
    return LEC_TRUTH_UNKNOWN;
  LecTruth truth = lec_evaluator_answer (run->evaluator, code) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
  if (key != G_MAXUINT32)
    memo[key] = (uint8_t) truth;
  return truth;
}

/* Only a frame in which a message begins, of a conversation that may hold any, need be looked at. */
static void
message_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  layers_kernel (run, code, result);
  for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
    uint64_t open = ~(result->yes[word] | result->no[word]) & mask_of (run, word);

    lec_facts_prefetch_messages (run->index, run->base + word * 64, open);
    for (; open != 0; open &= open - 1) {
      unsigned bit = (unsigned) __builtin_ctzll (open);
      LecTruth truth = ask_messages (run, code, run->base + word * 64 + bit);

      result->yes[word] |= (uint64_t) (truth == LEC_TRUTH_YES) << bit;
      result->no[word] |= (uint64_t) (truth == LEC_TRUTH_NO) << bit;
    }
  }
}

static void ask (LecColumnRun *run, const LecCode *code, LecTernary *result);

/* AND and OR word by word: AND is yes where all are yes and no where one is no; OR the other way round. */
static void
list_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  gboolean all = code->kind == LEC_CODE_AND;
  LecTernary one;

  ask (run, code->children[0], result);
  for (unsigned i = 1; i < code->n_children; i++) {
    ask (run, code->children[i], &one);
    for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
      result->yes[word] = all ? result->yes[word] & one.yes[word] : result->yes[word] | one.yes[word];
      result->no[word] = all ? result->no[word] | one.no[word] : result->no[word] & one.no[word];
    }
  }
}

static void
negation_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  ask (run, code->children[0], result);
  for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
    uint64_t yes = result->yes[word];

    result->yes[word] = result->no[word];
    result->no[word] = yes;
  }
}

static void
everything_kernel (const LecColumnRun *run, LecTernary *result)
{
  for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
    result->yes[word] = G_MAXUINT64;
    result->no[word] = 0;
  }
}

static void
ask (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  if (code->kind == LEC_CODE_EVERYTHING)
    everything_kernel (run, result);
  else if (code->origins == LEC_ORIGIN_CONVERSATION && !code->layers_suffice)
    conversation_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_CONVERSATION)
    layers_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_FLAGS)
    flags_kernel (run, code, result);
  else if (code->kind == LEC_CODE_AND || code->kind == LEC_CODE_OR)
    list_kernel (run, code, result);
  else if (code->kind == LEC_CODE_NOT)
    negation_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_VERDICT)
    verdict_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_OPERATION)
    message_kernel (run, code, result);
  else if (code->intervals != NULL)
    interval_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_FRAME)
    frame_kernel (run, code, result);
  else
    layers_kernel (run, code, result);
}

void
lec_column_run_block (LecColumnRun *run, uint32_t first, uint32_t end, LecTernary *result)
{
  run->base = first & ~(LEC_BLOCK_FRAMES - 1);
  run->from = first - run->base;
  run->end = end - run->base;
  run->has_streams = FALSE;
  ask (run, run->program->root, result);
}
