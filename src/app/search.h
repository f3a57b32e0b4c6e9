/* Looking for frames without hiding the others: an expression or a query that the worker judges, and steps from match
 * to match. */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

typedef struct LecSearch LecSearch;

/* Whether the row that shows FRAME may be gone to; FALSE passes on to the next match. */
typedef gboolean (*LecSearchAccept) (uint32_t frame, void *data);
/* A step is over: at FRAME, or 0 where there is no match that may be gone to. WRAPPED: it went round the end. */
typedef void (*LecSearchFound) (uint32_t frame, gboolean wrapped, void *data);
/* There are more matches, or there will be no more of them. */
typedef void (*LecSearchCounted) (void *data);

LecSearch *lec_search_new (LecDocument *document, LecSearchAccept accept, LecSearchFound found, void *data);
void lec_search_free (LecSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSearch, lec_search_free)

/* Steps go round the end from now on, and COUNTED is called between them. */
void lec_search_set_endless (LecSearch *search, LecSearchCounted counted);
/* What to look for, from FRAME on first. FALSE where EXPRESSION is not understood. The same again changes nothing. */
gboolean lec_search_set (LecSearch *search, const char *expression, uint32_t frame);
/* The same for a query, of which the search keeps a reference. */
void lec_search_set_query (LecSearch *search, LecFindQuery *query, uint32_t frame);
/* To the next match after FRAME (or the one before it); if endless round the end, and last to FRAME itself. The answer
 * comes at once or as soon as the worker has it; a newer step takes the place of an older one. */
void lec_search_step (LecSearch *search, uint32_t frame, gboolean forward);
/* Matches so far, and whether that is all of them. */
uint32_t lec_search_count (LecSearch *search);
gboolean lec_search_is_finished (LecSearch *search);

G_END_DECLS
