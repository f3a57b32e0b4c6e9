/* The top rows of a message list: frames that stand for themselves, and operations, in the order of frame numbers.
 *
 * Two sorted sequences merged by rank: a bitmap of frames, and an array of operations with the frame that each begins
 * at. An operation's row stands before the frame's row of the same number; operations of one frame in the order of
 * their creation. The owner thread's. */
#pragma once

#include "base/bitmap.h"

G_BEGIN_DECLS

typedef struct {
  uint32_t frame; /* its first */
  uint32_t operation;
} LecTopOperation;

typedef struct {
  LecBitmap *own;     /* frames with a row of their own, counted up to `end` */
  GArray *operations; /* LecTopOperation, ascending by frame and operation */
  uint32_t end;       /* rows are known for frames below */
} LecTopRows;

void lec_top_rows_init (LecTopRows *rows);
void lec_top_rows_clear (LecTopRows *rows);

uint32_t lec_top_rows_n (const LecTopRows *rows);
/* Number of rows that stand at frames below FRAME. */
uint32_t lec_top_rows_below (const LecTopRows *rows, uint32_t frame);
/* What stands at POSITION: an operation, or (with operation = G_MAXUINT32) a frame. FALSE where nothing does. */
gboolean lec_top_rows_get (const LecTopRows *rows, uint32_t position, LecTopOperation *row);
/* The positions of an operation's and of a frame's row, G_MAXUINT32 = there is none. */
uint32_t lec_top_rows_find_operation (const LecTopRows *rows, LecTopOperation operation);
uint32_t lec_top_rows_find_frame (const LecTopRows *rows, uint32_t frame);

/* The first of OPERATIONS (LecTopOperation, ascending) that is not before KEY. */
unsigned lec_top_operations_lower_bound (const GArray *operations, LecTopOperation key);

static inline int
lec_top_operation_compare (LecTopOperation a, LecTopOperation b)
{
  if (a.frame != b.frame)
    return a.frame < b.frame ? -1 : 1;
  return a.operation < b.operation ? -1 : a.operation > b.operation;
}

G_END_DECLS
