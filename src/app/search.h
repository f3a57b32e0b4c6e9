/* Looking for frames without hiding the others: an expression that the worker judges, and steps from match to match. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

typedef struct LecSearch LecSearch;

/* Whether the row that shows FRAME may be gone to; FALSE passes on to the next match. */
typedef gboolean (*LecSearchAccept) (uint32_t frame, void *data);
/* A step is over: at FRAME, or 0 where there was no further match. */
typedef void (*LecSearchFound) (uint32_t frame, void *data);

LecSearch *lec_search_new (LecDocument *document, LecSearchAccept accept, LecSearchFound found, void *data);
void lec_search_free (LecSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSearch, lec_search_free)

/* What to look for. FALSE where EXPRESSION is not understood. The same again changes nothing. */
gboolean lec_search_set (LecSearch *search, const char *expression);
/* The same for plain text in what rows say. */
void lec_search_set_text (LecSearch *search, const char *text);
/* To the next match after FRAME (or the one before it). The answer comes at once or as soon as the worker has it; a
 * newer step takes the place of an older one. */
void lec_search_step (LecSearch *search, uint32_t frame, gboolean forward);
/* Matches so far. */
uint32_t lec_search_count (LecSearch *search);

G_END_DECLS
