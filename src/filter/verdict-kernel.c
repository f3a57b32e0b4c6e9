/* Conditions on what is said of frames. */
#include <string.h>

#include "analysis/verdict-fields.h"
#include "filter/column-run.h"
#include "filter/facts.h"

G_STATIC_ASSERT (LEC_BLOCK_FRAMES % LEC_CHAIN_FRAMES == 0);

static uint8_t
answer (LecColumnRun *run, const LecCode *code)
{
  return lec_evaluator_answer (run->evaluator, code) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
}

/* By all that is said of FRAME. */
static uint8_t
truth_of_frame (LecColumnRun *run, const LecCode *code, uint32_t frame)
{
  lec_evaluator_begin (run->evaluator);
  lec_facts_of_verdicts (run->evaluator, run->program, run->index, frame);
  return answer (run, code);
}

/* By the only VERDICT about a frame. */
static uint8_t
truth_of_verdict (LecColumnRun *run, const LecCode *code, const LecVerdict *verdict)
{
  uint32_t key = lec_verdict_fields_key (verdict);
  uint8_t *memo = run->verdict_memos[code->verdict_memo], truth = memo[key];

  if (truth != LEC_TRUTH_UNKNOWN)
    return truth;
  lec_evaluator_begin (run->evaluator);
  lec_facts_of_verdict (run->evaluator, run->program, run->index, verdict);
  truth = answer (run, code);
  /* A later frame may have told more of it meanwhile. */
  if (lec_verdict_fields_key (verdict) == key)
    memo[key] = truth;
  return truth;
}

/* SEEN: frames of the block of which a verdict was there already; what several say together no table holds. */
static void
take_verdict (LecColumnRun *run, const LecCode *code, const LecVerdict *verdict, uint64_t seen[LEC_BLOCK_WORDS])
{
  unsigned i = verdict->frame - run->base;
  uint64_t bit = (uint64_t) 1 << i % 64;

  if (i < run->from || i >= run->end || (lec_index_state (run->index, verdict->frame) & LEC_FRAME_VERDICT) == 0)
    return;
  run->truths[i] = code->by_verdict_key && (seen[i / 64] & bit) == 0 ? truth_of_verdict (run, code, verdict)
                                                                     : truth_of_frame (run, code, verdict->frame);
  seen[i / 64] |= bit;
}

void
lec_verdict_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  uint64_t seen[LEC_BLOCK_WORDS] = { 0 };
  unsigned first_chain = run->from - run->from % LEC_CHAIN_FRAMES;

  memset (run->truths + run->from, code->without_values ? LEC_TRUTH_YES : LEC_TRUTH_NO, run->end - run->from);
  /* Remarks may be about any frame. */
  for (unsigned i = run->from; run->program->wants_remarks && i < run->end; i++)
    run->truths[i] = truth_of_frame (run, code, run->base + i);
  for (unsigned i = first_chain; !run->program->wants_remarks && i < run->end; i += LEC_CHAIN_FRAMES)
    for (uint32_t row = lec_index_next_verdict_near (run->index, run->base + i, G_MAXUINT32); row != G_MAXUINT32;
         row = lec_index_next_verdict_near (run->index, run->base + i, row))
      take_verdict (run, code, lec_index_verdict (run->index, row), seen);
  lec_column_run_pack (run, result);
}
