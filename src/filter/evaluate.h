/* The values that a program wants of one frame, and its answer to them. One thread; used for one frame after another
 * without allocating once its memory has grown. */
#pragma once

#include "analysis/surroundings.h"
#include "filter/program.h"

G_BEGIN_DECLS

typedef struct LecEvaluator LecEvaluator;

/* Borrows PROGRAM. */
LecEvaluator *lec_evaluator_new (const LecProgram *program);
void lec_evaluator_free (LecEvaluator *evaluator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecEvaluator, lec_evaluator_free)

/* Forgets the frame before. */
void lec_evaluator_begin (LecEvaluator *evaluator);
/* Takes the fields of a dissection; those that no dissection announces are passed over. */
LecSink *lec_evaluator_sink (LecEvaluator *evaluator);
/* A value had elsewhere. */
void lec_evaluator_add (LecEvaluator *evaluator, unsigned slot, const LecValue *value);
/* What the layers of a dissection hold, for programs that search protocols' bytes: after the dissection, before the
 * answer. */
void lec_evaluator_add_layers (LecEvaluator *evaluator, const LecDissection *dissection, LecBytes frame);
/* What the last message that begins in FRAME says, of a frame that goes on with it: before its own dissection. */
void lec_evaluator_carry (LecEvaluator *evaluator, LecFrameReader *reader, const LecIndex *index, uint32_t frame);
/* The bytes of a frame that was not dissected, for programs for which they suffice. */
void lec_evaluator_add_frame (LecEvaluator *evaluator, LecBytes frame);
/* What the list shows of it, for programs that search that: the summaries of its layers and its module. */
void lec_evaluator_add_summaries (LecEvaluator *evaluator, const LecDissection *dissection);
gboolean lec_evaluator_answer (LecEvaluator *evaluator, const LecCode *code);
/* Whether a test holds of which N_PASSING of N_PAIRS pairs of values pass. */
gboolean lec_aggregate_holds (LecAggregate how, unsigned n_pairs, unsigned n_passing);

G_END_DECLS
