/* Names and values of a tree as operands: what fields they stand for, and of which class their values are. */
#pragma once

#include "filter/check.h"

G_BEGIN_DECLS

/* Functions that take a checker and return a node return NULL, with `problem` filled, where something does not fit. */
typedef struct {
  const LecRegistry *registry;
  LecSyntax *syntax;
  LecFilterProblem *problem;
} LecChecker;

static inline gboolean
lec_node_is_name (const LecNode *node)
{
  return node->n_fields > 0;
}

static inline gboolean
lec_node_is_literal (const LecNode *node)
{
  return (node->kind == LEC_NODE_WORD && !lec_node_is_name (node)) || node->kind == LEC_NODE_STRING ||
         node->kind == LEC_NODE_BYTES;
}

static inline gboolean
lec_class_is_numeric (LecClass class)
{
  return class >= LEC_CLASS_UNSIGNED && class <= LEC_CLASS_REAL;
}

LecNode *lec_checker_node (LecChecker *checker, LecNodeKind kind, const LecNode *like);
LecNode *lec_checker_node_over (LecChecker *checker, LecNodeKind kind, const LecNode *like, LecNode *child);
/* These fill the problem and return NULL. MESSAGE is translated. */
void *lec_checker_fail (LecChecker *checker, const LecNode *node, const char *message);
void *lec_checker_fail_unknown (LecChecker *checker, const LecNode *node);
LecNode *lec_checker_fail_type (LecChecker *checker, const LecNode *literal, LecClass class, const LecField *field,
                                const LecNode *left);
/* Finds the fields of all names inside NODE. A bare word may turn out to be none. */
gboolean lec_checker_resolve (LecChecker *checker, LecNode *node);
/* The class of NODE's values, and the field that values beside it are read for. FALSE: a literal's is open. */
gboolean lec_node_find_class (const LecNode *node, LecClass *class, const LecField **field);
/* LITERAL as a constant of CLASS, for FIELD or none; NULL without a problem where it cannot be one. */
LecNode *lec_checker_constant (LecChecker *checker, LecNode *literal, LecClass class, const LecField *field);
/* NAME with those of its fields that are of TYPE. */
LecNode *lec_checker_restrict (LecChecker *checker, LecNode *name, LecType type);
/* NODE as an operand of CLASS: its literals become constants, its fields are those of one type. */
LecNode *lec_checker_type (LecChecker *checker, LecNode *node, LecClass class, const LecField *field);

G_END_DECLS
