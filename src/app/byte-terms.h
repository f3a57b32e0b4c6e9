/* What a range of a frame's bytes can be filtered by. */
#pragma once

#include "app/byte-view.h"
#include "app/term.h"
#include "session/tree.h"

G_BEGIN_DECLS

/* Terms (LecTerm) for RANGE of one of TREE's sources, the best first: the field that it is, the slice of the field that
 * it is in, and of the frame. None where it is empty, or too long to be written out. Free with g_ptr_array_unref(). */
GPtrArray *lec_byte_terms (const LecTree *tree, unsigned source, LecByteRange range);

G_END_DECLS
