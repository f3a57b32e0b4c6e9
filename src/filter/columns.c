#include "filter/columns.h"

#include <string.h>

#include "analysis/verdict-fields.h"
#include "filter/column-run.h"
#include "filter/facts.h"

/* For fewer, no tables by owner. */
#define FEW_FRAMES (LEC_BLOCK_FRAMES / 16)

static uint32_t
count_rows (const LecIndex *index)
{
  uint32_t n_conversations = atomic_load_explicit (&index->n_conversations, memory_order_acquire);
  uint32_t n_operations = atomic_load_explicit (&index->n_operations, memory_order_acquire);

  return MIN (MAX (n_conversations, n_operations), G_MAXINT32) * 2;
}

LecColumnRun *
lec_column_run_new (const LecProgram *program, const LecIndex *index, LecEvaluator *evaluator, uint32_t n_frames)
{
  LecColumnRun *run = g_new0 (LecColumnRun, 1);

  run->program = program;
  run->index = index;
  run->evaluator = evaluator;
  run->n_frames = n_frames;
  run->n_rows = n_frames < FEW_FRAMES ? 0 : count_rows (index);
  run->kinds = g_malloc0 (run->n_rows + 1u);
  run->memos = g_new0 (uint8_t *, program->n_memos + 1);
  for (unsigned i = 0; i < program->n_memos; i++)
    run->memos[i] = g_malloc0 ((size_t) run->n_rows * 2 + 1);
  run->has_memo = g_new0 (gboolean, program->n_memos + 1);
  run->message_memos = g_new0 (uint8_t *, program->n_message_memos + 1);
  for (unsigned i = 0; i < program->n_message_memos; i++)
    run->message_memos[i] = g_malloc0 (LEC_FACTS_MESSAGE_KEYS);
  run->verdict_memos = g_new0 (uint8_t *, program->n_verdict_memos + 1);
  for (unsigned i = 0; i < program->n_verdict_memos; i++)
    run->verdict_memos[i] = g_malloc0 (LEC_VERDICT_KEYS);
  return run;
}

void
lec_column_run_free (LecColumnRun *run)
{
  for (unsigned i = 0; i < run->program->n_memos; i++)
    g_free (run->memos[i]);
  for (unsigned i = 0; i < run->program->n_message_memos; i++)
    g_free (run->message_memos[i]);
  for (unsigned i = 0; i < run->program->n_verdict_memos; i++)
    g_free (run->verdict_memos[i]);
  g_free (run->verdict_memos);
  g_free (run->message_memos);
  g_free (run->memos);
  g_free (run->has_memo);
  g_free (run->kinds);
  g_free (run);
}

void
lec_column_run_set_reader (LecColumnRun *run, LecFrameReader *reader)
{
  run->reader = reader;
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
void
lec_column_run_pack (const LecColumnRun *run, LecTernary *result)
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

static void
interval_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const LecSlot *slot = &run->program->slots[code->left->slots[0]];

  for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
    uint64_t numbers[64], yes = 0;
    unsigned from = MAX (run->from, word * 64), n = MIN (run->end, word * 64 + 64) - from;
    uint64_t unknown = lec_facts_frame_numbers (slot, run->index, run->base + from, n, numbers);

    for (unsigned i = 0; i < n; i++)
      yes |= (uint64_t) lec_code_passes_number (code, numbers[i]) << i;
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
  lec_column_run_pack (run, result);
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
  if (!lec_facts_of_messages (run->evaluator, run->program, run->index, frame))
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
  lec_layers_kernel (run, code, result);
  for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
    uint64_t open = ~(result->yes[word] | result->no[word]) & lec_column_run_mask (run, word);

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

/* Whether all frames of the block are decided by one part of a list: no in AND, yes in OR. */
static gboolean
is_settled (const LecColumnRun *run, gboolean all, const LecTernary *result)
{
  uint64_t left = 0;

  for (unsigned word = run->from / 64; word * 64 < run->end; word++)
    left |= ~(all ? result->no[word] : result->yes[word]) & lec_column_run_mask (run, word);
  return left == 0;
}

/* AND and OR word by word: AND is yes where all are yes and no where one is no; OR the other way round. What must
 * dissect messages is asked last, of what the others leave open. */
static void
list_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  gboolean all = code->kind == LEC_CODE_AND;
  uint64_t open[G_N_ELEMENTS (run->open)];

  memcpy (open, run->open, sizeof open);
  memset (result->yes, all ? 0xff : 0, sizeof result->yes);
  memset (result->no, all ? 0 : 0xff, sizeof result->no);
  for (unsigned i = 0; i < 2 * code->n_children && !is_settled (run, all, result); i++) {
    const LecCode *child = code->children[i % code->n_children];
    LecTernary one;

    if (child->dissects != (i >= code->n_children))
      continue;
    ask (run, child, &one);
    for (unsigned word = run->from / 64; word * 64 < run->end; word++) {
      result->yes[word] = all ? result->yes[word] & one.yes[word] : result->yes[word] | one.yes[word];
      result->no[word] = all ? result->no[word] | one.no[word] : result->no[word] & one.no[word];
      run->open[word] &= ~(all ? result->no[word] : result->yes[word]);
    }
  }
  memcpy (run->open, open, sizeof open);
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
ask_own_layers (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  if (code->kind == LEC_CODE_EVERYTHING)
    everything_kernel (run, result);
  else if (code->origins == LEC_ORIGIN_CONVERSATION && !code->layers_suffice)
    lec_conversation_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_CONVERSATION)
    lec_layers_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_FLAGS)
    lec_flags_kernel (run, code, result);
  else if (code->kind == LEC_CODE_AND || code->kind == LEC_CODE_OR)
    list_kernel (run, code, result);
  else if (code->kind == LEC_CODE_NOT)
    negation_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_VERDICT)
    lec_verdict_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_OPERATION)
    lec_operation_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_MESSAGE)
    message_kernel (run, code, result);
  else if (code->intervals != NULL)
    interval_kernel (run, code, result);
  else if (code->origins == LEC_ORIGIN_FRAME)
    frame_kernel (run, code, result);
  else
    lec_layers_kernel (run, code, result);
}

static void
ask (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  ask_own_layers (run, code, result);
  if (code->is_carried)
    lec_carried_kernel (run, code, result);
}

void
lec_column_run_block (LecColumnRun *run, uint32_t first, uint32_t end, LecTernary *result)
{
  run->base = first & ~(LEC_BLOCK_FRAMES - 1);
  run->from = first - run->base;
  run->end = end - run->base;
  run->has_streams = FALSE;
  memset (run->open, 0xff, sizeof run->open);
  ask (run, run->program->root, result);
}
