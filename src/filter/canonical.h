/* A filter as Wireshark would have it written. */
#pragma once

#include "filter/ast.h"

G_BEGIN_DECLS

/* SYNTAX, parsed and not yet checked, as text: names of the registry, signs for words, values as they were typed. What
 * only Message Analyzer has a name for stays as it is. A text that differs from that in white space only is given back
 * as it was. TRANSLATED: a name has become another, not only in case. */
char *lec_canonical_dup (const LecRegistry *registry, LecSyntax *syntax, gboolean *translated);

G_END_DECLS
