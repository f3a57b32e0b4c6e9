/* What a row of the list shows for the document it belongs to: its texts, its sign, its classes and its name. */
#pragma once

#include "app/color-rules.h"
#include "app/document.h"
#include "app/row-item.h"

G_BEGIN_DECLS

typedef struct LecRowDress LecRowDress;

/* DOCUMENT and RULES must outlive the dress. */
LecRowDress *lec_row_dress_new (LecDocument *document, LecColorRules *rules);
void lec_row_dress_free (LecRowDress *dress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRowDress, lec_row_dress_free)

/* The rows that positions count in; forgets what was asked for last. Borrowed. */
void lec_row_dress_set_rows (LecRowDress *dress, const LecRowList *rows);
const LecRowList *lec_row_dress_rows (LecRowDress *dress);
LecSession *lec_row_dress_session (LecRowDress *dress);
/* Whether what a row says depends on the row before it. */
gboolean lec_row_dress_needs_previous (LecRowDress *dress);
/* Borrowed, until another row is asked for. */
const LecRowText *lec_row_dress_text (LecRowDress *dress, const LecRow *row, guint position);
/* Name of the icon of its sign, NULL = none. */
const char *lec_row_dress_sign (LecRowDress *dress, const LecRow *row, guint position);
/* What the sign stands for, in words; "" = nothing. Borrowed, until another row is asked for. */
const char *lec_row_dress_meaning (LecRowDress *dress, const LecRow *row, guint position);
/* What the row's tooltip says: its meaning and the trace's comment on it; NULL = nothing. */
char *lec_row_dress_dup_tooltip (LecRowDress *dress, const LecRow *row, guint position);
/* Gives WIDGET the row's classes and the name that a screen reader says. */
void lec_row_dress_apply (LecRowDress *dress, const LecRow *row, guint position, GtkWidget *widget);

G_END_DECLS
