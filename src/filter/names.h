/* Names as people write them, of both vocabularies, as fields. */
#pragma once

#include "filter/ast.h"

G_BEGIN_DECLS

/* Fills node->fields and node->analyzer_name of a WORD, WILDCARD or ANNOTATION. FALSE: it is no name. */
gboolean lec_names_resolve (const LecRegistry *registry, LecSyntax *syntax, LecNode *node);
/* The I-th of the names that stand for what others mean together (*Address), and the first of those; NULL after the
 * last. Static. */
const char *lec_names_collective (unsigned i, const char **member);
/* The known name that is nearest to NAME, or NULL. Borrowed. */
const char *lec_names_nearest (const LecRegistry *registry, const char *name);
/* Insertions, deletions, changes and swaps of neighbours that lead from A to B, in any case; more than LIMIT where that
 * is already certain. */
unsigned lec_names_distance (const char *a, const char *b, unsigned limit);

G_END_DECLS
