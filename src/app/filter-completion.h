/* The list of proposals below the filter's entry. It never takes the focus: the entry has it, and hands its keys on.
 *
 * Signals:
 *   chosen   another proposal is the chosen one, or none: see lec_filter_completion_dup_chosen() */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

#define LEC_TYPE_FILTER_COMPLETION (lec_filter_completion_get_type ())
G_DECLARE_FINAL_TYPE (LecFilterCompletion, lec_filter_completion, LEC, FILTER_COMPLETION, GtkPopover)

/* ENTRY is what is completed; the list hangs at PARENT, which holds it and unparents it when it goes. */
LecFilterCompletion *lec_filter_completion_new (GtkWidget *parent, GtkEntry *entry);
void lec_filter_completion_set_document (LecFilterCompletion *completion, LecDocument *document);
/* The text was changed by typing. */
void lec_filter_completion_update (LecFilterCompletion *completion);
void lec_filter_completion_close (LecFilterCompletion *completion);
/* A key of the entry's, before the entry sees it. TRUE: it was for the list. */
gboolean lec_filter_completion_take_key (LecFilterCompletion *completion, guint key, GdkModifierType modifiers);
/* The chosen proposal, for those who do not see it; NULL = none is. */
char *lec_filter_completion_dup_chosen (LecFilterCompletion *completion);

G_END_DECLS
