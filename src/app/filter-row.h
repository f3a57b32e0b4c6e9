/* A row of the filter library: a filter with its name, what it is for, and the expression. */
#pragma once

#include <gtk/gtk.h>

#include "app/filter-file.h"

G_BEGIN_DECLS

#define LEC_TYPE_FILTER_ROW (lec_filter_row_get_type ())
G_DECLARE_FINAL_TYPE (LecFilterRow, lec_filter_row, LEC, FILTER_ROW, GtkListBoxRow)

/* HEADING: what stands over it and its neighbours of the same. FILTER may have no name: one of the history. */
GtkWidget *lec_filter_row_new (const LecNamedFilter *filter, const char *heading);
/* Borrowed. */
const LecNamedFilter *lec_filter_row_filter (LecFilterRow *row);
const char *lec_filter_row_heading (LecFilterRow *row);
/* Whether every one of WORDS, which are casefolded, stands somewhere in it. */
gboolean lec_filter_row_has_words (LecFilterRow *row, char **words);

G_END_DECLS
