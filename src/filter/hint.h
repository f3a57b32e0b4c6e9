/* Conditions that are right as they stand and yet say nothing of any frame. */
#pragma once

#include "filter/ast.h"

G_BEGIN_DECLS

/* Sets syntax->hint, unless there is one, where CHECKED, which check.c made of WRITTEN, compares with values only that
 * its fields cannot have. NEGATED: it was written with !=. */
void lec_hint_add (LecSyntax *syntax, const LecNode *written, const LecNode *checked, gboolean negated);

G_END_DECLS
