/* The names that a field's values have: numbers with names, flags, services, and texts that are words of a closed set
 * (a verdict's kind). */
#pragma once

#include "protocol/registry.h"

G_BEGIN_DECLS

/* Whether FIELD's values are texts of a closed set, so that another text can never be one. */
gboolean lec_value_names_are_closed (const LecField *field);
/* The word of that set that NAME is, in any case; NULL where it is none. Static. */
const char *lec_value_names_find (const LecField *field, const char *name);
/* The names nearest to what is written where a value of FIELD (NULL: of any) was expected, quoted and at most three;
 * NULL where none is near. */
char *lec_value_names_dup_nearest (const LecField *field, const char *written);
/* What FIELD wants, to follow "expected", where its values have names; NULL where they have none. */
char *lec_value_names_dup_expectation (const LecField *field);

G_END_DECLS
