#include "filter/parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/limits.h"

/* Recursive descent; every function returns NULL with `problem` filled where the text is wrong. */
typedef struct {
  LecSyntax *syntax;
  const LecToken *tokens;
  const LecToken *at;
  unsigned nesting;
  LecFilterProblem *problem;
} Parser;

static LecNode *parse_or (Parser *parser);
static LecNode *parse_sum (Parser *parser);

static void *
fail (Parser *parser, const LecToken *token, const char *message)
{
  lec_filter_problem_set (parser->problem, token->position, MAX (1, token->length), "%s", message);
  return NULL;
}

static gboolean
at_sign (const Parser *parser, int sign)
{
  return parser->at->kind == LEC_TOKEN_SIGN && parser->at->symbol == sign;
}

static gboolean
at_operator (const Parser *parser, const char *operators)
{
  return parser->at->kind == LEC_TOKEN_OPERATOR && strchr (operators, parser->at->symbol) != NULL;
}

static gboolean
skip_sign (Parser *parser, int sign)
{
  if (!at_sign (parser, sign))
    return FALSE;
  parser->at++;
  return TRUE;
}

static gboolean
deeper (Parser *parser)
{
  if (++parser->nesting <= LEC_LIMIT_FILTER_NESTING)
    return TRUE;
  fail (parser, parser->at, _ ("This is nested too deeply to be read."));
  return FALSE;
}

/* A node that begins where FIRST does and ends before the current token. */
static LecNode *
node_from (Parser *parser, LecNodeKind kind, const LecToken *first)
{
  const LecToken *last = parser->at > first ? parser->at - 1 : first;

  return lec_syntax_node (parser->syntax, kind, first->position, last->position + last->length - first->position);
}

static LecNode *
text_node (Parser *parser, LecNodeKind kind)
{
  const LecToken *token = parser->at++;
  LecNode *node = node_from (parser, kind, token);

  node->text = token->text;
  node->text_bytes = token->text_bytes;
  node->quoted_single = token->quoted_single;
  return node;
}

static gboolean
is_operand (const LecNode *node)
{
  return node->kind >= LEC_NODE_WORD;
}

/* "*Port": any protocol's; "#MessageNumber". The name must stand directly behind its sign. */
static LecNode *
parse_marked_name (Parser *parser, LecNodeKind kind, LecNode *scope)
{
  const LecToken *sign = parser->at++;

  if (parser->at->kind != LEC_TOKEN_WORD || parser->at->spaced)
    return fail (parser, sign, _ ("Expected a name directly behind this sign."));
  LecNode *node = text_node (parser, kind);
  node->position = scope != NULL ? scope->position : sign->position;
  node->length = parser->at[-1].position + parser->at[-1].length - node->position;
  if (scope != NULL)
    lec_node_add (node, scope);
  return node;
}

static gboolean
parse_slice_number (Parser *parser, int32_t *number)
{
  gboolean negative = at_operator (parser, "-");
  char *end;

  if (negative)
    parser->at++;
  if (parser->at->kind != LEC_TOKEN_WORD)
    return fail (parser, parser->at, _ ("Expected a byte's place here, such as 0.")) != NULL;
  gint64 value = g_ascii_strtoll (parser->at->text, &end, 0);
  if (*end != '\0' || value < 0 || value > G_MAXINT32)
    return fail (parser, parser->at, _ ("Expected a byte's place here, such as 0.")) != NULL;
  *number = negative ? -value : value;
  parser->at++;
  return TRUE;
}

/* i:length, i-j (both included), i, :length, i: */
static gboolean
parse_slice_range (Parser *parser, LecSlice *slice)
{
  int32_t length;

  if (!at_sign (parser, ':') && !parse_slice_number (parser, &slice->first))
    return FALSE;
  if (skip_sign (parser, ':')) {
    slice->to_end = at_sign (parser, ']') || at_sign (parser, ',');
    if (slice->to_end)
      return TRUE;
    if (!parse_slice_number (parser, &length))
      return FALSE;
    if (length <= 0)
      return fail (parser, parser->at - 1, _ ("A slice has at least one byte.")) != NULL;
    /* Counted from the end, a last byte of −1 or less; beyond the end all is taken. */
    gint64 last = (gint64) slice->first + length - 1;
    slice->to_end = slice->first < 0 && last >= 0;
    slice->last = MIN (last, G_MAXINT32);
    return TRUE;
  }
  slice->last = slice->first;
  if (at_operator (parser, "-")) {
    parser->at++;
    return parse_slice_number (parser, &slice->last);
  }
  return TRUE;
}

/* The ranges up to "]", which is taken too. */
static gboolean
parse_slices (Parser *parser, const LecToken *open, LecNode *node)
{
  g_autoptr (GArray) slices = g_array_new (FALSE, TRUE, sizeof (LecSlice));

  do {
    LecSlice slice = { 0 };

    if (!parse_slice_range (parser, &slice))
      return FALSE;
    g_array_append_val (slices, slice);
  } while (skip_sign (parser, ','));
  if (!skip_sign (parser, ']'))
    return fail (parser, open, _ ("This \"[\" is never closed.")) != NULL;
  node->n_slices = slices->len;
  node->slices = (LecSlice *) g_array_free (g_steal_pointer (&slices), FALSE);
  g_ptr_array_add (parser->syntax->owned, node->slices);
  node->length = parser->at[-1].position + parser->at[-1].length - node->position;
  return TRUE;
}

/* name#2, name#[1-2] */
static LecNode *
parse_layer (Parser *parser, LecNode *operand)
{
  const LecToken *sign = parser->at++;
  LecNode *node = lec_syntax_node (parser->syntax, LEC_NODE_LAYER, operand->position, operand->length);

  lec_node_add (node, operand);
  if (at_sign (parser, '[')) {
    parser->at++;
    return parse_slices (parser, parser->at - 1, node) ? node : NULL;
  }
  if (parser->at->kind != LEC_TOKEN_WORD || parser->at->spaced)
    return fail (parser, sign, _ ("Expected the number of a layer behind \"#\", such as ip.addr#2."));
  node->slices = g_new0 (LecSlice, 1);
  node->n_slices = 1;
  g_ptr_array_add (parser->syntax->owned, node->slices);
  if (!parse_slice_number (parser, &node->slices[0].first))
    return NULL;
  node->slices[0].last = node->slices[0].first;
  node->length = parser->at[-1].position + parser->at[-1].length - node->position;
  return node;
}

/* What may stand directly behind an operand: [0:4], #2, #Annotation. */
static LecNode *
parse_suffixes (Parser *parser, LecNode *operand)
{
  while (operand != NULL && !parser->at->spaced) {
    if (at_sign (parser, '[')) {
      LecNode *node = lec_syntax_node (parser->syntax, LEC_NODE_SLICE, operand->position, operand->length);

      parser->at++;
      lec_node_add (node, operand);
      operand = parse_slices (parser, parser->at - 1, node) ? node : NULL;
    } else if (at_sign (parser, '#')) {
      const LecToken *next = parser->at + 1;
      gboolean annotation = next->kind == LEC_TOKEN_WORD && g_ascii_isalpha (next->text[0]);

      operand = annotation ? parse_marked_name (parser, LEC_NODE_ANNOTATION, operand) : parse_layer (parser, operand);
    } else {
      break;
    }
    if (operand != NULL && operand->kind != LEC_NODE_SLICE && operand->kind != LEC_NODE_LAYER)
      break;
    /* Each suffix is a level of the tree. */
    if (operand != NULL && !deeper (parser))
      return NULL;
  }
  return operand;
}

static LecNode *
parse_call (Parser *parser)
{
  const LecToken *name = parser->at;
  LecNode *node = text_node (parser, LEC_NODE_CALL);
  const LecToken *open = parser->at++;

  while (!at_sign (parser, ')')) {
    LecNode *argument = parse_sum (parser);

    if (argument == NULL)
      return NULL;
    lec_node_add (node, argument);
    if (!skip_sign (parser, ',') && !at_sign (parser, ')'))
      return fail (parser, open, _ ("This \"(\" is never closed."));
  }
  parser->at++;
  node->length = parser->at[-1].position + 1 - name->position;
  return node;
}

/* In brackets: a whole filter in ( ), a sum in { }. */
static LecNode *
parse_bracketed (Parser *parser, int close)
{
  const LecToken *open = parser->at++;
  LecNode *node = close == ')' ? parse_or (parser) : parse_sum (parser);

  if (node == NULL)
    return NULL;
  if (!skip_sign (parser, close)) {
    if (parser->at->kind == LEC_TOKEN_END)
      return fail (parser, open, close == ')' ? _ ("This \"(\" is never closed.") : _ ("This \"{\" is never closed."));
    return fail (parser, parser->at, _ ("Expected \"and\", \"or\" or a closing bracket here."));
  }
  return node;
}

static LecNode *
parse_operand_inside (Parser *parser)
{
  const LecToken *token = parser->at;

  switch (token->kind) {
  case LEC_TOKEN_WORD:
    if (token[1].kind == LEC_TOKEN_SIGN && token[1].symbol == '(' && !token[1].spaced)
      return parse_suffixes (parser, parse_call (parser));
    return parse_suffixes (parser, text_node (parser, LEC_NODE_WORD));
  case LEC_TOKEN_STRING:
    return text_node (parser, LEC_NODE_STRING);
  case LEC_TOKEN_BYTES:
    return text_node (parser, LEC_NODE_BYTES);
  case LEC_TOKEN_REFERENCE:
    return parse_suffixes (parser, text_node (parser, LEC_NODE_REFERENCE));
  case LEC_TOKEN_OPERATOR:
    if (token->symbol == '*')
      return parse_suffixes (parser, parse_marked_name (parser, LEC_NODE_WILDCARD, NULL));
    break;
  case LEC_TOKEN_SIGN:
    if (token->symbol == '#')
      return parse_marked_name (parser, LEC_NODE_ANNOTATION, NULL);
    if (token->symbol == '(')
      return parse_suffixes (parser, parse_bracketed (parser, ')'));
    if (token->symbol == '{')
      return parse_suffixes (parser, parse_bracketed (parser, '}'));
    break;
  case LEC_TOKEN_END:
    return fail (parser, token, _ ("Expected a field or a value here; the filter ends too early."));
  default:
    break;
  }
  return fail (parser, token, _ ("Expected a field, a value or \"(\" here."));
}

/* A number's sign belongs to the number. */
static LecNode *
negate (Parser *parser, const LecToken *sign, LecNode *operand)
{
  if (operand->kind == LEC_NODE_WORD && g_ascii_isdigit (operand->text[0])) {
    g_autofree char *text = g_strconcat ("-", operand->text, NULL);
    LecNode *word = node_from (parser, LEC_NODE_WORD, sign);

    word->text_bytes = strlen (text);
    word->text = lec_syntax_text (parser->syntax, text, word->text_bytes);
    return word;
  }
  LecNode *node = node_from (parser, LEC_NODE_ARITHMETIC, sign);
  node->symbol = '-';
  lec_node_add (node, operand);
  return node;
}

static LecNode *
parse_operand (Parser *parser)
{
  const LecToken *first = parser->at;
  unsigned nesting = parser->nesting;
  LecNode *node;

  if (!deeper (parser))
    return NULL;
  if (at_operator (parser, "-")) {
    parser->at++;
    LecNode *operand = parse_operand (parser);

    if (operand == NULL)
      return NULL;
    node = negate (parser, first, operand);
  } else {
    node = parse_operand_inside (parser);
  }
  parser->nesting = nesting;
  return node;
}

/* Left-associative operators of one strength, whose operands are parsed by NEXT. */
static LecNode *
parse_arithmetic (Parser *parser, const char *operators, LecNode *(*next) (Parser *parser))
{
  const LecToken *first = parser->at;
  unsigned nesting = parser->nesting;
  LecNode *left = next (parser);

  while (left != NULL && at_operator (parser, operators)) {
    int symbol = parser->at->symbol;

    if (!is_operand (left))
      return fail (parser, parser->at, _ ("Expected \"and\" or \"or\" here: a condition cannot be calculated with."));
    /* The tree leans to the left: as deep as the chain is long. */
    if (!deeper (parser))
      return NULL;
    parser->at++;
    LecNode *right = next (parser);
    if (right == NULL)
      return NULL;
    LecNode *node = node_from (parser, LEC_NODE_ARITHMETIC, first);
    node->symbol = symbol;
    lec_node_add (node, left);
    lec_node_add (node, right);
    left = node;
  }
  parser->nesting = nesting;
  return left;
}

static LecNode *
parse_mask (Parser *parser)
{
  return parse_arithmetic (parser, "&|^", parse_operand);
}

static LecNode *
parse_product (Parser *parser)
{
  return parse_arithmetic (parser, "*/%lr", parse_mask);
}

static LecNode *
parse_sum (Parser *parser)
{
  return parse_arithmetic (parser, "+-", parse_product);
}

static LecNode *
parse_set_member (Parser *parser)
{
  const LecToken *first = parser->at;
  LecNode *low = parse_sum (parser);

  if (low == NULL || parser->at->kind != LEC_TOKEN_DOT_DOT)
    return low;
  parser->at++;
  LecNode *high = parse_sum (parser);
  if (high == NULL)
    return NULL;
  LecNode *range = node_from (parser, LEC_NODE_RANGE, first);
  lec_node_add (range, low);
  lec_node_add (range, high);
  return range;
}

/* {a, b c, d..e} or [a, b]; or one value without brackets, a subnet. */
static LecNode *
parse_set (Parser *parser)
{
  const LecToken *open = parser->at;
  int close = at_sign (parser, '{') ? '}' : at_sign (parser, '[') ? ']' : at_sign (parser, '(') ? ')' : 0;
  LecNode *set = lec_syntax_node (parser->syntax, LEC_NODE_SET, open->position, open->length);

  if (close != 0)
    parser->at++;
  if (close != 0 && at_sign (parser, close))
    return fail (parser, parser->at, _ ("Expected a value here: a set has at least one."));
  do {
    LecNode *member = parse_set_member (parser);

    if (member == NULL)
      return NULL;
    lec_node_add (set, member);
    if (close != 0)
      skip_sign (parser, ',');
  } while (close != 0 && !at_sign (parser, close) && parser->at->kind != LEC_TOKEN_END);
  if (close != 0 && !skip_sign (parser, close))
    return fail (parser, open, _ ("This set is never closed."));
  set->length = parser->at[-1].position + parser->at[-1].length - set->position;
  return set;
}

/* Message Analyzer's `contains "text"` and `regex "…"` without a field: the whole message is searched. */
static LecNode *
parse_search (Parser *parser)
{
  const LecToken *first = parser->at++;

  if (parser->at->kind != LEC_TOKEN_STRING && parser->at->kind != LEC_TOKEN_BYTES && parser->at->kind != LEC_TOKEN_WORD)
    return fail (parser, parser->at, _ ("Expected a text in quotation marks here."));
  LecNode *text = text_node (parser, parser->at->kind == LEC_TOKEN_BYTES ? LEC_NODE_BYTES : LEC_NODE_STRING);
  LecNode *search = node_from (parser, LEC_NODE_SEARCH, first);
  search->relation = first->kind == LEC_TOKEN_REGEX || first->relation == LEC_RELATION_MATCHES ? LEC_RELATION_MATCHES
                                                                                               : LEC_RELATION_CONTAINS;
  search->fold_case = TRUE;
  if (parser->at->kind == LEC_TOKEN_WORD && g_ascii_strcasecmp (parser->at->text, "caseSensitive") == 0) {
    search->fold_case = FALSE;
    parser->at++;
  }
  lec_node_add (search, text);
  return search;
}

static LecNode *
make_test (Parser *parser, const LecToken *first, LecRelation relation, LecNode *left, LecNode *right)
{
  LecNode *test = node_from (parser, LEC_NODE_TEST, first);

  test->relation = relation;
  lec_node_add (test, left);
  lec_node_add (test, right);
  return test;
}

/* One relation behind LEFT; *NEXT is what a following relation of a chain (1 < x < 9) compares with. */
static LecNode *
parse_test (Parser *parser, const LecToken *first, LecNode *left, LecNode **next)
{
  const LecToken *sign = parser->at;

  if (!is_operand (left))
    return fail (parser, sign, _ ("Expected \"and\" or \"or\" here: a condition cannot be compared."));
  if (sign->kind == LEC_TOKEN_NOT && sign[1].kind == LEC_TOKEN_IN)
    parser->at++;
  if (parser->at->kind == LEC_TOKEN_IN) {
    parser->at++;
    LecNode *set = parse_set (parser);
    if (set == NULL)
      return NULL;
    LecNode *test = make_test (parser, first, LEC_RELATION_IN, left, set);
    if (sign->kind == LEC_TOKEN_IN)
      return test;
    LecNode *negation = node_from (parser, LEC_NODE_NOT, first);
    lec_node_add (negation, test);
    return negation;
  }
  parser->at++;
  /* "~ =" never stands for anything, but a set may stand behind "==" in Message Analyzer's manner. */
  LecNode *right = parse_sum (parser);
  if (right == NULL)
    return NULL;
  if (!is_operand (right))
    return fail (parser, sign + 1, _ ("Expected a value here."));
  *next = right;
  LecNode *test = make_test (parser, first, sign->relation, left, right);
  if (sign->relation == LEC_RELATION_CONTAINS && parser->at->kind == LEC_TOKEN_WORD &&
      g_ascii_strcasecmp (parser->at->text, "caseSensitive") == 0)
    parser->at++;
  return test;
}

static gboolean
at_relation (const Parser *parser)
{
  return parser->at->kind == LEC_TOKEN_RELATION || parser->at->kind == LEC_TOKEN_IN ||
         (parser->at->kind == LEC_TOKEN_NOT && parser->at[1].kind == LEC_TOKEN_IN);
}

static LecNode *
parse_chain (Parser *parser, const LecToken *first, LecNode *left)
{
  LecNode *result = NULL;

  while (at_relation (parser)) {
    LecNode *next = NULL;
    LecNode *test = parse_test (parser, first, left, &next);

    if (test == NULL)
      return NULL;
    if (result == NULL) {
      result = test;
    } else {
      if (result->kind != LEC_NODE_AND) {
        LecNode *chain = node_from (parser, LEC_NODE_AND, first);

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

/* \HTTP\TCP.Port == 80\\IPv4: elements from the top down. */
static LecNode *
parse_stack (Parser *parser, const LecToken *first, LecNode *element)
{
  g_autoptr (GString) steps = g_string_new (element != NULL ? "-" : NULL); /* "-": anywhere */
  LecNode *stack = lec_syntax_node (parser->syntax, LEC_NODE_STACK, first->position, 0);

  if (element != NULL)
    lec_node_add (stack, element);
  while (skip_sign (parser, '\\')) {
    const LecToken *start;
    gboolean below = skip_sign (parser, '\\');

    g_string_append_c (steps, stack->n_children == 0 ? (below ? '-' : '^') : below ? '>' : '/');
    start = parser->at;
    element = parse_sum (parser);
    if (element != NULL)
      element = parse_chain (parser, start, element);
    if (element == NULL)
      return NULL;
    lec_node_add (stack, element);
  }
  stack->text = lec_syntax_text (parser->syntax, steps->str, steps->len);
  stack->text_bytes = steps->len;
  stack->length = parser->at[-1].position + parser->at[-1].length - first->position;
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
parse_relation (Parser *parser)
{
  const LecToken *first = parser->at;
  LecQuantifier quantifier = LEC_QUANTIFIER_NONE;

  if (first->kind == LEC_TOKEN_REGEX ||
      (first->kind == LEC_TOKEN_RELATION && first->text != NULL &&
       (first->relation == LEC_RELATION_CONTAINS || first->relation == LEC_RELATION_MATCHES)))
    return parse_search (parser);
  if (at_sign (parser, '\\'))
    return parse_stack (parser, first, NULL);
  if (first->kind == LEC_TOKEN_ANY || first->kind == LEC_TOKEN_ALL) {
    quantifier = first->kind == LEC_TOKEN_ANY ? LEC_QUANTIFIER_ANY : LEC_QUANTIFIER_ALL;
    parser->at++;
  }
  LecNode *node = parse_sum (parser);
  if (node == NULL)
    return NULL;
  if (quantifier != LEC_QUANTIFIER_NONE && !at_relation (parser))
    return fail (parser, parser->at, _ ("Expected a comparison here, such as \"== 80\"."));
  node = parse_chain (parser, first, node);
  if (node == NULL)
    return NULL;
  if (quantifier != LEC_QUANTIFIER_NONE)
    set_quantifier (node, quantifier);
  return at_sign (parser, '\\') ? parse_stack (parser, first, node) : node;
}

static LecNode *
parse_not (Parser *parser)
{
  const LecToken *first = parser->at;
  unsigned n_negations = 0;

  while (parser->at->kind == LEC_TOKEN_NOT) {
    n_negations++;
    parser->at++;
  }
  LecNode *node = parse_relation (parser);
  if (node == NULL || n_negations % 2 == 0)
    return node;
  LecNode *negation = node_from (parser, LEC_NODE_NOT, first);
  lec_node_add (negation, node);
  return negation;
}

static LecNode *
parse_list (Parser *parser, LecTokenKind separator, LecNodeKind kind, LecNode *(*next) (Parser *parser))
{
  const LecToken *first = parser->at;
  LecNode *node = next (parser);
  LecNode *list = NULL;

  while (node != NULL && parser->at->kind == separator) {
    parser->at++;
    if (list == NULL) {
      list = node_from (parser, kind, first);
      lec_node_add (list, node);
    }
    node = next (parser);
    if (node != NULL) {
      lec_node_add (list, node);
      list->length = parser->at[-1].position + parser->at[-1].length - first->position;
    }
  }
  return node == NULL ? NULL : list != NULL ? list : node;
}

static LecNode *
parse_and (Parser *parser)
{
  return parse_list (parser, LEC_TOKEN_AND, LEC_NODE_AND, parse_not);
}

static LecNode *
parse_or (Parser *parser)
{
  return parse_list (parser, LEC_TOKEN_OR, LEC_NODE_OR, parse_and);
}

gboolean
lec_parser_run (LecSyntax *syntax, const char *text, LecFilterProblem *problem)
{
  g_autoptr (GArray) tokens = lec_lexer_run (syntax, text, problem);
  Parser parser = { .syntax = syntax, .problem = problem };

  if (tokens == NULL)
    return FALSE;
  parser.tokens = parser.at = (const LecToken *) tokens->data;
  if (parser.at->kind == LEC_TOKEN_END) {
    syntax->root = lec_syntax_node (syntax, LEC_NODE_EVERYTHING, 0, 0);
    return TRUE;
  }
  syntax->root = parse_or (&parser);
  if (syntax->root != NULL && parser.at->kind != LEC_TOKEN_END)
    fail (&parser, parser.at,
          at_sign (&parser, ')') ? _ ("There is no \"(\" for this \")\".")
                                 : _ ("Expected \"and\", \"or\" or a comparison here."));
  return syntax->root != NULL && parser.at->kind == LEC_TOKEN_END;
}
