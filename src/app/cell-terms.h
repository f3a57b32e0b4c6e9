/* What a cell of the message list can be filtered by: expressions made from the fields behind it. */
#pragma once

#include "app/term.h"
#include "session/rows.h"

G_BEGIN_DECLS

/* The terms (LecTerm) for ROW in column ID (or of the added column of FIELD, where ID is negative), the best first.
 * Never NULL; free with g_ptr_array_unref(). */
GPtrArray *lec_cell_terms (LecSession *session, const LecRow *row, int id, const LecName *field);

G_END_DECLS
