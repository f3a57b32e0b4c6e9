/* A filter's tokens as a syntax tree. */
#pragma once

#include "filter/lexer.h"

G_BEGIN_DECLS

/* Fills syntax->root; FALSE and PROBLEM where TEXT is no filter. */
gboolean lec_parser_run (LecSyntax *syntax, const char *text, LecFilterProblem *problem);

G_END_DECLS
