/* A filter's tokens as a syntax tree. */
#pragma once

#include "filter/cursor.h"

G_BEGIN_DECLS

/* Fills syntax->root; FALSE and PROBLEM where TEXT is no filter. */
gboolean lec_parser_run (LecSyntax *syntax, const char *text, LecFilterProblem *problem);
/* TEXT as a tree in SYNTAX, whose own root stays as it is; NULL and PROBLEM where it is no filter. */
LecNode *lec_parser_read (LecSyntax *syntax, const char *text, LecFilterProblem *problem);
/* A whole condition, as it may stand in brackets. */
LecNode *lec_parse_condition (LecCursor *cursor);

G_END_DECLS
