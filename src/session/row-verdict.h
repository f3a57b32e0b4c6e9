/* The verdict that a row of the list is signed with: its own, or the worst about a frame that it hides. */
#pragma once

#include "session/rows.h"

G_BEGIN_DECLS

/* The heaviest verdict about FRAME, NULL = none. Borrowed. */
const LecVerdict *lec_worst_verdict (const LecIndex *index, uint32_t frame);
/* The kind of the worst verdict to be told of ROW, −1 = none; and whether it is about a part that the row hides, not
 * about itself. Costs nothing that grows with the parts, but for the rows of one request or response. */
int lec_row_verdict (LecIndex *index, const LecRow *row, gboolean *inside);
/* The first frame of ROW with a verdict of KIND, as far as frames are looked at for that; 0 = none. For one row. */
uint32_t lec_row_find_verdict (LecIndex *index, const LecRow *row, LecVerdictKind kind);

G_END_DECLS
