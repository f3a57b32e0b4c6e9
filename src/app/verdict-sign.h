/* The icon of each kind of verdict, for where no colour rule gives one. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

/* Name of a symbolic icon of ours, never NULL. */
const char *lec_verdict_sign (LecVerdictKind kind);

G_END_DECLS
