#include "filter/parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/operand-parser.h"
#include "filter/stack.h"

static gboolean
at_word (const LecCursor *cursor, const char *word)
{
  return cursor->at->kind == LEC_TOKEN_WORD && g_ascii_strcasecmp (cursor->at->text, word) == 0;
}

/* What may follow a text that is searched for: caseSensitive, encoding UTF8. */
static gboolean
parse_manner (LecCursor *cursor, LecNode *node)
{
  for (;;) {
    if (at_word (cursor, "caseSensitive")) {
      node->exact_case = TRUE;
    } else if (at_word (cursor, "encoding")) {
      cursor->at++;
      if (cursor->at->kind != LEC_TOKEN_WORD)
        return lec_cursor_fail (cursor, cursor->at, _ ("Expected the name of an encoding here, such as UTF8.")) != NULL;
      node->text = cursor->at->text;
    } else {
      return TRUE;
    }
    cursor->at++;
    node->length = cursor->at[-1].position + cursor->at[-1].length - node->position;
  }
}

/* Message Analyzer's `contains "text"` and `regex "…"` without a field: the whole message is searched. */
static LecNode *
parse_search (LecCursor *cursor)
{
  const LecToken *first = cursor->at++;

  if (cursor->at->kind != LEC_TOKEN_STRING && cursor->at->kind != LEC_TOKEN_BYTES && cursor->at->kind != LEC_TOKEN_WORD)
    return lec_cursor_fail (cursor, cursor->at, _ ("Expected a text in quotation marks here."));
  LecNode *text = lec_cursor_text_node (cursor, cursor->at->kind == LEC_TOKEN_BYTES ? LEC_NODE_BYTES : LEC_NODE_STRING);
  LecNode *search = lec_cursor_node (cursor, LEC_NODE_SEARCH, first);
  search->relation = first->kind == LEC_TOKEN_REGEX || first->relation == LEC_RELATION_MATCHES ? LEC_RELATION_MATCHES
                                                                                               : LEC_RELATION_CONTAINS;
  search->fold_case = TRUE;
  lec_node_add (search, text);
  return parse_manner (cursor, search) ? search : NULL;
}

static LecNode *
make_test (LecCursor *cursor, const LecToken *first, LecRelation relation, LecNode *left, LecNode *right)
{
  LecNode *test = lec_cursor_node (cursor, LEC_NODE_TEST, first);

  test->relation = relation;
  lec_node_add (test, left);
  lec_node_add (test, right);
  return test;
}

/* One relation behind LEFT; *NEXT is what a following relation of a chain (1 < x < 9) compares with. */
static LecNode *
parse_test (LecCursor *cursor, const LecToken *first, LecNode *left, LecNode **next)
{
  const LecToken *sign = cursor->at;

  if (!lec_node_is_operand (left))
    return lec_cursor_fail (cursor, sign, _ ("Expected \"and\" or \"or\" here: a condition cannot be compared."));
  if (sign->kind == LEC_TOKEN_NOT && sign[1].kind == LEC_TOKEN_IN)
    cursor->at++;
  if (cursor->at->kind == LEC_TOKEN_IN) {
    cursor->at++;
    LecNode *set = lec_parse_set (cursor);
    if (set == NULL)
      return NULL;
    LecNode *test = make_test (cursor, first, LEC_RELATION_IN, left, set);
    if (sign->kind == LEC_TOKEN_IN)
      return test;
    LecNode *negation = lec_cursor_node (cursor, LEC_NODE_NOT, first);
    lec_node_add (negation, test);
    return negation;
  }
  cursor->at++;
  /* "~ =" never stands for anything, but a set may stand behind "==" in Message Analyzer's manner. */
  LecNode *right = lec_parse_sum (cursor);
  if (right == NULL)
    return NULL;
  if (!lec_node_is_operand (right))
    return lec_cursor_fail (cursor, sign + 1, _ ("Expected a value here."));
  *next = right;
  LecNode *test = make_test (cursor, first, sign->relation, left, right);
  if (sign->relation == LEC_RELATION_CONTAINS && !parse_manner (cursor, test))
    return NULL;
  return test;
}

static gboolean
at_relation (const LecCursor *cursor)
{
  return cursor->at->kind == LEC_TOKEN_RELATION || cursor->at->kind == LEC_TOKEN_IN ||
         (cursor->at->kind == LEC_TOKEN_NOT && cursor->at[1].kind == LEC_TOKEN_IN);
}

static LecNode *
parse_chain (LecCursor *cursor, const LecToken *first, LecNode *left)
{
  LecNode *result = NULL;

  while (at_relation (cursor)) {
    LecNode *next = NULL;
    LecNode *test = parse_test (cursor, first, left, &next);

    if (test == NULL)
      return NULL;
    if (result == NULL) {
      result = test;
    } else {
      if (result->kind != LEC_NODE_AND) {
        LecNode *chain = lec_cursor_node (cursor, LEC_NODE_AND, first);

        lec_node_add (chain, result);
        result = chain;
      }
      lec_node_add (result, test);
    }
    if (next == NULL)
      break;
    left = next;
  }
  return result != NULL ? result : left;
}

/* One element of a path. */
static LecNode *
parse_element (LecCursor *cursor)
{
  const LecToken *start = cursor->at;
  LecNode *element = lec_parse_sum (cursor);

  return element != NULL ? parse_chain (cursor, start, element) : NULL;
}

/* \HTTP\TCP.Port == 80\\IPv4: elements from the top down. In Message Analyzer an "or" behind an element stands inside
 * the path. */
static LecNode *
parse_stack (LecCursor *cursor, const LecToken *first, LecNode *element)
{
  g_autoptr (GString) steps = g_string_new (NULL);
  LecNode *stack = lec_syntax_node (cursor->syntax, LEC_NODE_STACK, first->position, 0);

  if (element != NULL) {
    g_string_append_c (steps, LEC_STEP_ANYWHERE);
    lec_node_add (stack, element);
  }
  for (;;) {
    if (lec_cursor_skip_sign (cursor, '\\')) {
      gboolean far = lec_cursor_skip_sign (cursor, '\\');

      g_string_append_c (steps, stack->n_children == 0 ? (far ? LEC_STEP_ANYWHERE : LEC_STEP_TOP)
                                                       : (far ? LEC_STEP_FAR_BELOW : LEC_STEP_BELOW));
    } else if (cursor->at->kind == LEC_TOKEN_OR && cursor->at[1].kind == LEC_TOKEN_WORD && stack->n_children > 1) {
      cursor->at++;
      g_string_append_c (steps, LEC_STEP_ALTERNATIVE);
    } else {
      break;
    }
    element = parse_element (cursor);
    if (element == NULL)
      return NULL;
    lec_node_add (stack, element);
  }
  stack->text = lec_syntax_text (cursor->syntax, steps->str, steps->len);
  stack->text_bytes = steps->len;
  stack->length = cursor->at[-1].position + cursor->at[-1].length - first->position;
  return stack;
}

static void
set_quantifier (LecNode *node, LecQuantifier quantifier)
{
  if (node->kind == LEC_NODE_TEST)
    node->quantifier = quantifier;
  for (unsigned i = 0; node->kind == LEC_NODE_AND && i < node->n_children; i++)
    set_quantifier (node->children[i], quantifier);
}

static LecNode *
parse_relation (LecCursor *cursor)
{
  const LecToken *first = cursor->at;
  LecQuantifier quantifier = LEC_QUANTIFIER_NONE;

  if (first->kind == LEC_TOKEN_REGEX ||
      (first->kind == LEC_TOKEN_RELATION && first->text != NULL &&
       (first->relation == LEC_RELATION_CONTAINS || first->relation == LEC_RELATION_MATCHES)))
    return parse_search (cursor);
  if (lec_cursor_at_sign (cursor, '\\'))
    return parse_stack (cursor, first, NULL);
  if (first->kind == LEC_TOKEN_ANY || first->kind == LEC_TOKEN_ALL) {
    quantifier = first->kind == LEC_TOKEN_ANY ? LEC_QUANTIFIER_ANY : LEC_QUANTIFIER_ALL;
    cursor->at++;
  }
  LecNode *node = lec_parse_sum (cursor);
  if (node == NULL)
    return NULL;
  if (quantifier != LEC_QUANTIFIER_NONE && !at_relation (cursor))
    return lec_cursor_fail (cursor, cursor->at, _ ("Expected a comparison here, such as \"== 80\"."));
  node = parse_chain (cursor, first, node);
  if (node == NULL)
    return NULL;
  if (quantifier != LEC_QUANTIFIER_NONE)
    set_quantifier (node, quantifier);
  return lec_cursor_at_sign (cursor, '\\') ? parse_stack (cursor, first, node) : node;
}

/* NODE is what was read from FIRST on, brackets and all. */
static void
note_written (const LecCursor *cursor, const LecToken *first, LecNode *node)
{
  const LecToken *last = cursor->at - 1;

  node->written_position = first->position;
  node->written_length = last->position + last->length - first->position;
}

static LecNode *
parse_not (LecCursor *cursor)
{
  const LecToken *first = cursor->at;
  unsigned n_negations = 0;

  while (cursor->at->kind == LEC_TOKEN_NOT) {
    n_negations++;
    cursor->at++;
  }
  const LecToken *denied = cursor->at;
  LecNode *node = parse_relation (cursor);
  if (node == NULL || n_negations % 2 == 0)
    return node;
  LecNode *negation = lec_cursor_node (cursor, LEC_NODE_NOT, first);
  note_written (cursor, denied, node);
  lec_node_add (negation, node);
  return negation;
}

static LecNode *
parse_list (LecCursor *cursor, LecTokenKind separator, LecNodeKind kind, LecNode *(*next) (LecCursor *cursor))
{
  const LecToken *first = cursor->at;
  LecNode *node = next (cursor);
  LecNode *list = NULL;

  while (node != NULL && cursor->at->kind == separator) {
    if (list == NULL) {
      note_written (cursor, first, node);
      list = lec_cursor_node (cursor, kind, first);
      lec_node_add (list, node);
    }
    const LecToken *member = ++cursor->at;
    node = next (cursor);
    if (node != NULL) {
      note_written (cursor, member, node);
      lec_node_add (list, node);
      list->length = cursor->at[-1].position + cursor->at[-1].length - first->position;
    }
  }
  return node == NULL ? NULL : list != NULL ? list : node;
}

static LecNode *
parse_and (LecCursor *cursor)
{
  return parse_list (cursor, LEC_TOKEN_AND, LEC_NODE_AND, parse_not);
}

LecNode *
lec_parse_condition (LecCursor *cursor)
{
  return parse_list (cursor, LEC_TOKEN_OR, LEC_NODE_OR, parse_and);
}

LecNode *
lec_parser_read (LecSyntax *syntax, const char *text, LecFilterProblem *problem)
{
  g_autoptr (GArray) tokens = lec_lexer_run (syntax, text, problem);
  LecCursor cursor = { .syntax = syntax, .problem = problem };
  LecNode *root;

  if (tokens == NULL)
    return NULL;
  cursor.at = (const LecToken *) tokens->data;
  if (cursor.at->kind == LEC_TOKEN_END)
    return lec_syntax_node (syntax, LEC_NODE_EVERYTHING, 0, 0);
  root = lec_parse_condition (&cursor);
  if (root == NULL || cursor.at->kind == LEC_TOKEN_END)
    return root;
  const char *nearest = cursor.at->kind == LEC_TOKEN_WORD ? lec_keyword_nearest (cursor.at->text) : NULL;
  if (nearest != NULL) {
    lec_filter_problem_set (problem, cursor.at->position, cursor.at->length,
                            _ ("Expected \"and\", \"or\" or a comparison here. Did you mean \"%s\"?"), nearest);
    return NULL;
  }
  return lec_cursor_fail (&cursor, cursor.at,
                          lec_cursor_at_sign (&cursor, ')') ? _ ("There is no \"(\" for this \")\".")
                                                            : _ ("Expected \"and\", \"or\" or a comparison here."));
}

gboolean
lec_parser_run (LecSyntax *syntax, const char *text, LecFilterProblem *problem)
{
  syntax->source = lec_syntax_text (syntax, text, strlen (text));
  syntax->root = lec_parser_read (syntax, text, problem);
  return syntax->root != NULL;
}
