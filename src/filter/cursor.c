#include "filter/cursor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/limits.h"

void *
lec_cursor_fail (LecCursor *cursor, const LecToken *token, const char *message)
{
  lec_filter_problem_set (cursor->problem, token->position, MAX (1, token->length), "%s", message);
  return NULL;
}

gboolean
lec_cursor_at_sign (const LecCursor *cursor, int sign)
{
  return cursor->at->kind == LEC_TOKEN_SIGN && cursor->at->symbol == sign;
}

gboolean
lec_cursor_at_operator (const LecCursor *cursor, const char *operators)
{
  return cursor->at->kind == LEC_TOKEN_OPERATOR && strchr (operators, cursor->at->symbol) != NULL;
}

gboolean
lec_cursor_skip_sign (LecCursor *cursor, int sign)
{
  if (!lec_cursor_at_sign (cursor, sign))
    return FALSE;
  cursor->at++;
  return TRUE;
}

gboolean
lec_cursor_descend (LecCursor *cursor)
{
  if (++cursor->nesting <= LEC_LIMIT_FILTER_NESTING)
    return TRUE;
  lec_cursor_fail (cursor, cursor->at, _ ("This is nested too deeply to be read."));
  return FALSE;
}

LecNode *
lec_cursor_node (LecCursor *cursor, LecNodeKind kind, const LecToken *first)
{
  const LecToken *last = cursor->at > first ? cursor->at - 1 : first;

  return lec_syntax_node (cursor->syntax, kind, first->position, last->position + last->length - first->position);
}

LecNode *
lec_cursor_text_node (LecCursor *cursor, LecNodeKind kind)
{
  const LecToken *token = cursor->at++;
  LecNode *node = lec_cursor_node (cursor, kind, token);

  node->text = token->text;
  node->text_bytes = token->text_bytes;
  node->quoted_single = token->quoted_single;
  return node;
}
