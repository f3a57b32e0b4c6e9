/* Plain text that is looked for in a column of the message list, as an expression of the filter language. */
#pragma once

#include "session/rows.h"

G_BEGIN_DECLS

/* FALSE where what the column's cells say stands for no field: they are signs, or count from the row above. ID is −1
 * for the added column of FIELD. */
gboolean lec_column_text_is_possible (int id, LecTimeFormat time_format);
/* "the cell says TEXT, in any case of letters"; NULL where TEXT is empty, or that is not possible. Free with g_free().
 */
char *lec_column_text_dup_expression (int id, const LecName *field, const char *text, LecTimeFormat time_format);
/* FILTER without EXPRESSION, which was added to it with "and"; NULL where it is not a part of it. Free with g_free().
 */
char *lec_column_text_dup_without (const char *filter, const char *expression);

G_END_DECLS
