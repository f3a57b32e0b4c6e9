/* Text looked for in what rows say: in the summary of every layer of a frame, and in the line of an operation that
 * begins there. For the files of src/session. */
#pragma once

#include "base/bitmap.h"
#include "session/operation-text.h"

G_BEGIN_DECLS

typedef struct LecTextSearch LecTextSearch;

LecTextSearch *lec_text_search_new (const char *text);
void lec_text_search_free (LecTextSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTextSearch, lec_text_search_free)

/* As lec_filter_run(). */
gboolean lec_text_search_run (LecTextSearch *search, LecFrameReader *reader, LecIndex *index, uint32_t from,
                              uint32_t end, LecBitmap *matches, const _Atomic unsigned *cancel);

G_END_DECLS
