/* Types of a filter: names become fields, values become what their field wants, before anything runs. */
#pragma once

#include "filter/lexer.h"

G_BEGIN_DECLS

/* Rewrites syntax->root so that compile.c can take it as it is: names have fields of one type each, values are
 * constants of that type, != is the negation of ==, and a condition stands wherever one must. FALSE and PROBLEM where a
 * name is unknown or a type does not fit. */
gboolean lec_check_run (const LecRegistry *registry, LecSyntax *syntax, LecFilterProblem *problem);

/* What a function of the language takes and gives. */
typedef enum {
  LEC_FUNCTION_LENGTH,
  LEC_FUNCTION_COUNT,
  LEC_FUNCTION_UPPER,
  LEC_FUNCTION_LOWER,
  LEC_FUNCTION_MINIMUM,
  LEC_FUNCTION_MAXIMUM,
  LEC_FUNCTION_ABSOLUTE,
  LEC_FUNCTION_STRING,
  LEC_FUNCTION_NUMBER, /* of up to 8 bytes, the first of most weight */
  LEC_N_FUNCTIONS
} LecFunction;

/* LEC_N_FUNCTIONS: none has this name. */
LecFunction lec_function_find (const char *name);

G_END_DECLS
