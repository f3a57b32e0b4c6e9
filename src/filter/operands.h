/* Operands of a program as lists of values; the inside of an evaluator. Only for evaluate.c and operands.c. */
#pragma once

#include "filter/evaluate.h"

G_BEGIN_DECLS

/* Values of a frame by slot; their bytes stand in chunks that are used again for the next frame. The stack holds what
 * operands make on the way. `sink` comes first: a sink is cast to its evaluator. */
struct LecEvaluator {
  LecSink sink;
  const LecProgram *program;
  GArray **values; /* per slot, of LecConstant */
  GArray *stack;   /* of LecConstant */
  GPtrArray *chunks;
  unsigned chunk;
  size_t chunk_used;
  GPtrArray *large; /* values that fit no chunk */
  size_t value_bytes;
  GArray *sources;                 /* of LecBytes: put-together sources of the dissection; 0 is the frame itself */
  uint8_t layers[LEC_N_PROTOCOLS]; /* met so far */
};

/* A list of values: in place, or on the stack from `start` on. Good until the stack shrinks. */
typedef struct {
  const LecConstant *direct; /* or NULL */
  unsigned start;
  unsigned n;
} LecValues;

static inline const LecConstant *
lec_values_at (const LecEvaluator *evaluator, const LecValues *values, unsigned i)
{
  return values->direct != NULL ? &values->direct[i]
                                : &g_array_index (evaluator->stack, LecConstant, values->start + i);
}

LecValues lec_operand_values (LecEvaluator *evaluator, const LecOperand *operand);
/* Memory until the next frame; NULL where there is too much already. */
uint8_t *lec_evaluator_allocate (LecEvaluator *evaluator, size_t bytes);

/* −1, 0 or 1. An address with a prefix equals those that share its bits. */
int lec_compare (LecClass a_class, const LecConstant *a, LecClass b_class, const LecConstant *b);
gboolean lec_bytes_contain (LecBytes haystack, LecBytes needle, gboolean fold_case);

G_END_DECLS
