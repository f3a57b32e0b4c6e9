/* A query run over frames by the worker. For the files of src/session. */
#pragma once

#include "base/bitmap.h"
#include "session/find-query.h"
#include "session/operation-text.h"

G_BEGIN_DECLS

typedef struct LecTextSearch LecTextSearch;

LecTextSearch *lec_text_search_new (LecFindQuery *query);
void lec_text_search_free (LecTextSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTextSearch, lec_text_search_free)

/* As lec_filter_run(). */
gboolean lec_text_search_run (LecTextSearch *search, LecFrameReader *reader, LecIndex *index, uint32_t from,
                              uint32_t end, LecBitmap *matches, const _Atomic unsigned *cancel);

G_END_DECLS
