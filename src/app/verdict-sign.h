/* The icon of each kind of verdict, and of each kind of problem, for where no colour rule gives one. */
#pragma once

#include "session/problem.h"

G_BEGIN_DECLS

/* Name of a symbolic icon of ours, never NULL. */
const char *lec_verdict_sign (LecVerdictKind kind);
/* The same for a kind of session/problem.h. */
const char *lec_problem_sign (unsigned kind);

G_END_DECLS
