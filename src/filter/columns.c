#include "filter/columns.h"

#include <string.h>

#include "filter/facts.h"

#define NO_STREAM G_MAXUINT32

/* In a table by conversation: what the conversation does not tell, the frame's layers may. */
#define ASK_LAYERS 3

/* memos: for each code that asks only for what conversations know, a LecTruth (or ASK_LAYERS) by conversation × 2 +
 * side, 0 where it was not asked yet. message_memos: the same by the key of lec_facts_of_operations(). conversations:
 * that of each operation. keys: conversation × 2 + side of each frame of the block. kinds: LecStreamKind + 1 by
 * conversation, 0 where not looked at yet. Conversations from n_conversations on are newer than the run and are asked
 * each time. */
struct LecColumnRun {
  const LecProgram *program;
  const LecIndex *index;
  LecEvaluator *evaluator;
  uint32_t n_conversations;
  uint8_t **memos;
  uint8_t **message_memos;
  uint8_t *kinds;
  uint32_t n_operations;
  uint32_t n_owners; /* rows of `conversations`, as many as there are of the more numerous owners */
  uint32_t *conversations;
  uint32_t base; /* the block's first frame */
  unsigned from; /* frames of the block that are asked for: from … end − 1, counted in it */
  unsigned end;
  gboolean has_keys;
  gboolean has_streams;
  uint32_t keys[LEC_BLOCK_FRAMES];
  uint8_t streams[LEC_BLOCK_FRAMES];
};

LecColumnRun *
lec_column_run_new (const LecProgram *program, const LecIndex *index, LecEvaluator *evaluator, gboolean few)
{
  LecColumnRun *run = g_new (LecColumnRun, 1);

  run->program = program;
  run->index = index;
  run->evaluator = evaluator;
  run->n_conversations = few ? 0 : atomic_load_explicit (&index->n_conversations, memory_order_acquire);
  run->memos = g_new0 (uint8_t *, program->n_memos + 1);
  run->message_memos = g_new0 (uint8_t *, program->n_message_memos + 1);
  for (unsigned i = 0; i < program->n_message_memos; i++)
    run->message_memos[i] = g_malloc0 (LEC_FACTS_MESSAGE_KEYS);
  run->n_operations = few ? 0 : atomic_load_explicit (&index->n_operations, memory_order_acquire);
  run->conversations = NULL;
  run->kinds = g_malloc0 (run->n_conversations + 1u);
  for (unsigned i = 0; i < program->n_memos; i++)
    run->memos[i] = g_malloc0 ((size_t) run->n_conversations * 2 + 1);
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
  g_free (run->conversations);
  g_free (run->kinds);
  g_free (run);
}

static LecStreamKind
stream_kind (LecColumnRun *run, uint32_t conversation)
{
  LecStreamKind kind;

  if (conversation < run->n_conversations && run->kinds[conversation] != 0)
    return run->kinds[conversation] - 1;
  kind = lec_facts_stream_kind (lec_index_conversation (run->index, conversation));
  if (conversation < run->n_conversations)
    run->kinds[conversation] = kind + 1;
  return kind;
}

/* Operations are wide and far apart; their conversations in a row of their own stay in the cache. */
static void
fill_conversations (LecColumnRun *run)
{
  run->n_owners = MAX (run->n_operations, run->n_conversations);
  run->conversations = g_new0 (uint32_t, run->n_owners + 1u);
  for (uint32_t i = 0; i < run->n_operations; i++)
    run->conversations[i] = lec_index_operation (run->index, i)->conversation;
}

/* Whether an operation owns the frame is as good as random, so no branch hangs on it where the tables reach. */
static inline uint32_t
conversation_of_owner (const LecColumnRun *run, uint32_t owner)
{
  uint32_t number = LEC_OWNER_INDEX (owner), is_operation = 0u - (owner >> 31);

  if (G_LIKELY (number < run->n_owners)) {
    uint32_t looked_up = run->conversations[number];

    if (G_LIKELY (!is_operation || number < run->n_operations))
      return (looked_up & is_operation) | (number & ~is_operation);
  }
  if (owner == LEC_OWNER_NONE || !is_operation)
    return owner;
  return lec_index_operation (run->index, number)->conversation;
}

/* The conversation and side of each frame; NO_STREAM where there is none. A block lies within one chunk of a column. */
static void
fill_keys (LecColumnRun *run)
{
  const _Atomic uint32_t *owners = &LEC_COLUMN (&run->index->owner, _Atomic uint32_t, run->base);
  const _Atomic uint8_t *states = &LEC_COLUMN (&run->index->state, _Atomic uint8_t, run->base);

  if (run->has_keys)
    return;
  run->has_keys = TRUE;
  if (run->conversations == NULL)
    fill_conversations (run);
  for (unsigned i = run->from; i < run->end; i++) {
    uint32_t owner = atomic_load_explicit (&owners[i], memory_order_relaxed);

    owner = conversation_of_owner (run, owner);
    run->keys[i] = owner == LEC_OWNER_NONE
                       ? NO_STREAM
                       : owner * 2 + (atomic_load_explicit (&states[i], memory_order_relaxed) & LEC_FRAME_SIDE);
  }
}

G_STATIC_ASSERT (LEC_FRAME_SIDE == 1);

static void
fill_streams (LecColumnRun *run)
{
  if (run->has_streams)
    return;
  fill_keys (run);
  run->has_streams = TRUE;
  for (unsigned i = run->from; i < run->end; i++)
    run->streams[i] = run->keys[i] == NO_STREAM ? LEC_STREAM_NONE : stream_kind (run, run->keys[i] / 2);
}

static void
set_truth (LecTernary *result, unsigned i, LecTruth truth)
{
  result->yes[i / 64] |= (uint64_t) (truth == LEC_TRUTH_YES) << (i % 64);
  result->no[i / 64] |= (uint64_t) (truth == LEC_TRUTH_NO) << (i % 64);
}

static LecTruth
by_layers (LecColumnRun *run, const LecCode *code, unsigned i)
{
  return code->by_layers[run->streams[i]][lec_index_protocol (run->index, run->base + i)];
}

static void
layers_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  fill_streams (run);
  for (unsigned i = run->from; i < run->end; i++)
    set_truth (result, i, by_layers (run, code, i));
}

static uint8_t
ask_conversation (LecColumnRun *run, const LecCode *code, uint32_t key)
{
  if (stream_kind (run, key / 2) == LEC_STREAM_NONE)
    return ASK_LAYERS;
  lec_evaluator_begin (run->evaluator);
  lec_facts_of_conversation (run->evaluator, run->program, lec_index_conversation (run->index, key / 2), key & 1);
  return lec_evaluator_answer (run->evaluator, code) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
}

static LecTruth
truth_of_key (LecColumnRun *run, const LecCode *code, uint8_t *memo, unsigned i)
{
  uint32_t key = run->keys[i];
  uint8_t truth = ASK_LAYERS;

  if (G_LIKELY (key != NO_STREAM && key / 2 < run->n_conversations)) {
    truth = memo[key];
    if (G_UNLIKELY (truth == LEC_TRUTH_UNKNOWN))
      truth = memo[key] = ask_conversation (run, code, key);
  } else if (key != NO_STREAM) {
    truth = ask_conversation (run, code, key);
  }
  if (G_LIKELY (truth != ASK_LAYERS))
    return truth;
  LecStreamKind kind = key == NO_STREAM ? LEC_STREAM_NONE : stream_kind (run, key / 2);
  return code->by_layers[kind][lec_index_protocol (run->index, run->base + i)];
}

/* Word by word, so that the bits are put together in registers. */
static void
conversation_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  uint8_t *memo = run->memos[code->memo];

  fill_keys (run);
  for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
    unsigned from = MAX (run->from, word * 64), end = MIN (run->end, word * 64 + 64);
    uint64_t yes = 0, no = 0;

    for (unsigned i = from; i < end; i++) {
      LecTruth truth = truth_of_key (run, code, memo, i);

      yes |= (uint64_t) (truth == LEC_TRUTH_YES) << (i % 64);
      no |= (uint64_t) (truth == LEC_TRUTH_NO) << (i % 64);
    }
    result->yes[word] = yes;
    result->no[word] = no;
  }
}

static void
flags_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  fill_streams (run);
  for (unsigned i = run->from; i < run->end; i++) {
    gboolean tcp = run->streams[i] == LEC_STREAM_TCP_IPV4 || run->streams[i] == LEC_STREAM_TCP_IPV6;

    set_truth (result, i,
               tcp ? code->by_flags[lec_index_tcp_flags (run->index, run->base + i)] : by_layers (run, code, i));
  }
}

static gboolean
passes_intervals (const LecCode *code, uint64_t number)
{
  gboolean inside = FALSE;

  for (unsigned i = 0; i < code->n_intervals; i++)
    inside |= number >= code->intervals[i].first && number <= code->intervals[i].last;
  return inside != (code->aggregate == LEC_AGGREGATE_NONE || code->aggregate == LEC_AGGREGATE_ANY_NOT);
}

static void
interval_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const LecSlot *slot = &run->program->slots[code->left->slots[0]];
  uint64_t turn = code->left->class == LEC_CLASS_UNSIGNED ? 0 : (uint64_t) 1 << 63;

  for (unsigned i = run->from; i < run->end; i++) {
    uint64_t number;
    LecTruth truth = LEC_TRUTH_UNKNOWN;

    if (lec_facts_frame_number (slot, run->index, run->base + i, &number))
      truth = passes_intervals (code, number ^ turn) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
    set_truth (result, i, truth);
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
    set_truth (result, i, truth);
  }
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
    set_truth (result, i, truth ? LEC_TRUTH_YES : LEC_TRUTH_NO);
  }
}

static LecTruth
ask_messages (LecColumnRun *run, const LecCode *code, uint32_t frame)
{
  uint8_t *memo = run->message_memos[code->memo];
  uint32_t key;

  lec_evaluator_begin (run->evaluator);
  if ((lec_index_state (run->index, frame) & LEC_FRAME_MESSAGE) == 0 ||
      !lec_facts_of_operations (run->evaluator, run->program, run->index, frame, &key))
    return LEC_TRUTH_UNKNOWN;
  if (key != G_MAXUINT32 && memo[key] != LEC_TRUTH_UNKNOWN)
    return memo[key];
  LecTruth truth = lec_evaluator_answer (run->evaluator, code) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
  if (key != G_MAXUINT32)
    memo[key] = (uint8_t) truth;
  return truth;
}

static void
message_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  fill_streams (run);
  for (unsigned i = run->from; i < run->end; i++) {
    LecTruth truth = by_layers (run, code, i);

    set_truth (result, i, truth != LEC_TRUTH_UNKNOWN ? truth : ask_messages (run, code, run->base + i));
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
    for (unsigned word = 0; word < LEC_BLOCK_WORDS; word++) {
      result->yes[word] = all ? result->yes[word] & one.yes[word] : result->yes[word] | one.yes[word];
      result->no[word] = all ? result->no[word] | one.no[word] : result->no[word] & one.no[word];
    }
  }
}

static void
negation_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  ask (run, code->children[0], result);
  for (unsigned word = 0; word < LEC_BLOCK_WORDS; word++) {
    uint64_t yes = result->yes[word];

    result->yes[word] = result->no[word];
    result->no[word] = yes;
  }
}

static void
ask (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  memset (result, 0, sizeof *result);
  if (code->kind == LEC_CODE_EVERYTHING)
    memset (result->yes, 0xff, sizeof result->yes);
  else if (code->origins == LEC_ORIGIN_CONVERSATION)
    conversation_kernel (run, code, result);
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
  run->has_keys = run->has_streams = FALSE;
  ask (run, run->program->root, result);
}
