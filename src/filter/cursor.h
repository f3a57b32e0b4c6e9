/* Where the parser stands among a filter's tokens. */
#pragma once

#include "filter/lexer.h"

G_BEGIN_DECLS

/* Recursive descent: every function that takes a cursor and returns a node returns NULL, with `problem` filled, where
 * the text is wrong. `nesting` bounds the depth of the tree. */
typedef struct {
  LecSyntax *syntax;
  const LecToken *at;
  unsigned nesting;
  LecFilterProblem *problem;
} LecCursor;

/* Fills the problem; returns NULL. MESSAGE is translated. */
void *lec_cursor_fail (LecCursor *cursor, const LecToken *token, const char *message);
gboolean lec_cursor_at_sign (const LecCursor *cursor, int sign);
gboolean lec_cursor_at_operator (const LecCursor *cursor, const char *operators);
gboolean lec_cursor_skip_sign (LecCursor *cursor, int sign);
/* One level deeper in the tree; FALSE and a problem where that is too deep. */
gboolean lec_cursor_descend (LecCursor *cursor);
/* A node that begins where FIRST does and ends before the current token. */
LecNode *lec_cursor_node (LecCursor *cursor, LecNodeKind kind, const LecToken *first);
/* The current token, taken, as a node. */
LecNode *lec_cursor_text_node (LecCursor *cursor, LecNodeKind kind);

G_END_DECLS
