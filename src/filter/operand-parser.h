/* The part of the grammar below a comparison. */
#pragma once

#include "filter/cursor.h"

G_BEGIN_DECLS

LecNode *lec_parse_sum (LecCursor *cursor);
/* {a, b c, d..e} or [a, b]; or one value without brackets, a subnet. */
LecNode *lec_parse_set (LecCursor *cursor);

static inline gboolean
lec_node_is_operand (const LecNode *node)
{
  return node->kind >= LEC_NODE_WORD;
}

G_END_DECLS
