/* The fast path: what the index's columns and tables say of blocks of frames. */
#pragma once

#include "filter/evaluate.h"

G_BEGIN_DECLS

#define LEC_BLOCK_FRAMES 4096u
#define LEC_BLOCK_WORDS  (LEC_BLOCK_FRAMES / 64)

/* What is known of the frames of a block: a bit in neither means that the frame must be dissected. */
typedef struct {
  uint64_t yes[LEC_BLOCK_WORDS];
  uint64_t no[LEC_BLOCK_WORDS];
} LecTernary;

/* A program running over an index. One thread. */
typedef struct LecColumnRun LecColumnRun;

/* N_FRAMES: how many will be asked for in all. For few, tables by owner do not pay. */
LecColumnRun *lec_column_run_new (const LecProgram *program, const LecIndex *index, LecEvaluator *evaluator,
                                  uint32_t n_frames);
void lec_column_run_free (LecColumnRun *run);
/* What earlier frames say of a message, and the index does not, is read with READER, which is borrowed. */
void lec_column_run_set_reader (LecColumnRun *run, LecFrameReader *reader);
/* For a run over one frame at a time: the next is of INDEX. */
void lec_column_run_move (LecColumnRun *run, const LecIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecColumnRun, lec_column_run_free)

/* Frames FIRST … END − 1, all within one block of LEC_BLOCK_FRAMES frames from a multiple of it; bit n of RESULT stands
 * for frame n of that block. Bits of other frames mean nothing. */
void lec_column_run_block (LecColumnRun *run, uint32_t first, uint32_t end, LecTernary *result);

G_END_DECLS
