/* Names as people write them, of both vocabularies, as fields. */
#pragma once

#include "filter/ast.h"

G_BEGIN_DECLS

/* Fills node->fields and node->analyzer_name of a WORD, WILDCARD or ANNOTATION. FALSE: it is no name. */
gboolean lec_names_resolve (const LecRegistry *registry, LecSyntax *syntax, LecNode *node);
/* The known name that is nearest to NAME, or NULL. Borrowed. */
const char *lec_names_nearest (const LecRegistry *registry, const char *name);

G_END_DECLS
