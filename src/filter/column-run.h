/* The inside of a run over columns. Only for columns.c and owner-kernels.c. */
#pragma once

#include "filter/columns.h"

G_BEGIN_DECLS

/* A program running over an index. Tables by owner have a row for each conversation and each operation, in turn, so
 * that no branch hangs on which of the two owns a frame, which is as good as random. They are filled as frames ask for
 * them: 0 where none did yet. Owners beyond n_rows are newer than the run, or none, and are asked each time.
 *
 * kinds: LecStreamKind. memos: for each code that asks only for what conversations know, or only for what operations
 * do, a LecTruth (or what owner-kernels.c puts there) by row × 2 + side. message_memos: a LecTruth by
 * lec_facts_message_key(). verdict_memos: one by lec_verdict_fields_key(). */
struct LecColumnRun {
  const LecProgram *program;
  const LecIndex *index;
  LecEvaluator *evaluator;
  LecFrameReader *reader; /* borrowed; NULL: what the index does not know of earlier frames stays open */
  uint32_t n_frames;      /* that the run will be asked for in all */
  uint32_t n_rows;
  unsigned kinds_present; /* bits of LecStreamKind of all conversations, 0 = not looked at yet */
  uint8_t *kinds;
  uint8_t **memos;
  gboolean *has_memo; /* for each of them: it was filled at once */
  uint8_t **message_memos;
  uint8_t **verdict_memos;
  uint32_t base; /* the block's first frame */
  unsigned from; /* frames of the block that are asked for: from … end − 1, counted in it */
  unsigned end;
  gboolean has_streams;
  uint8_t streams[LEC_BLOCK_FRAMES];    /* LecStreamKind of each frame of the block, once a code asked */
  uint64_t open[LEC_BLOCK_FRAMES / 64]; /* frames of the block that other conditions have not settled */
  uint8_t truths[LEC_BLOCK_FRAMES];     /* LecTruth of each, on their way into words of bits */
};

static inline uint32_t
lec_row_of_owner (uint32_t owner)
{
  return owner << 1 | owner >> 31;
}

/* The bits of WORD that stand for frames that are asked for. */
static inline uint64_t
lec_column_run_mask (const LecColumnRun *run, unsigned word)
{
  uint64_t mask = G_MAXUINT64;

  if (run->from > word * 64)
    mask &= G_MAXUINT64 << (run->from - word * 64);
  if (run->end - word * 64 < 64)
    mask &= ((uint64_t) 1 << (run->end - word * 64)) - 1;
  return mask;
}

/* Whether NUMBER lies in one of the intervals of CODE's test. */
static inline gboolean
lec_code_passes_number (const LecCode *code, uint64_t number)
{
  gboolean inside = FALSE;

  if (code->left->class != LEC_CLASS_UNSIGNED)
    number ^= (uint64_t) 1 << 63;
  for (unsigned i = 0; i < code->n_intervals; i++)
    inside |= (number >= code->intervals[i].first) & (number <= code->intervals[i].last);
  return inside;
}

/* The truths of the block as words. */
void lec_column_run_pack (const LecColumnRun *run, LecTernary *result);

/* Kernels: what CODE says of the frames of the block. By their topmost protocol and what their owners say of their
 * layers. */
void lec_layers_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result);
/* By what conversations know. */
void lec_conversation_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result);
/* By what the operations know that own frames. */
void lec_operation_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result);
/* By the verdicts about the frames. */
void lec_verdict_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result);
/* Puts into RESULT, which is what the frames' own layers say, what the messages say that frames go on with. */
void lec_carried_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result);
/* By the flags of TCP segments. */
void lec_flags_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result);

G_END_DECLS
