/* What is marked in the text of the filter box: what is wrong in it, and the brackets or quotation marks that belong
 * together where the cursor stands. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct LecFilterMarks LecFilterMarks;

/* ENTRY must outlive it, and has no attributes of its own. */
LecFilterMarks *lec_filter_marks_new (GtkEntry *entry);
void lec_filter_marks_free (LecFilterMarks *marks);

/* In characters. At least one is marked, where the text has any. */
void lec_filter_marks_set_problem (LecFilterMarks *marks, unsigned position, unsigned length);
void lec_filter_marks_clear_problem (LecFilterMarks *marks);

G_END_DECLS
