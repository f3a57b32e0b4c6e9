/* Operands as they are written: names and values, what stands behind them, sums, sets. */
#include "filter/operand-parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/parser.h"

static LecNode *
parse_marked_name (LecCursor *cursor, LecNodeKind kind, LecNode *scope)
{
  const LecToken *sign = cursor->at++;

  if (cursor->at->kind != LEC_TOKEN_WORD || cursor->at->spaced)
    return lec_cursor_fail (cursor, sign, _ ("Expected a name directly behind this sign."));
  LecNode *node = lec_cursor_text_node (cursor, kind);
  node->position = scope != NULL ? scope->position : sign->position;
  node->length = cursor->at[-1].position + cursor->at[-1].length - node->position;
  if (scope != NULL)
    lec_node_add (node, scope);
  return node;
}

static gboolean
parse_slice_number (LecCursor *cursor, int32_t *number)
{
  gboolean negative = lec_cursor_at_operator (cursor, "-");
  char *end;

  if (negative)
    cursor->at++;
  if (cursor->at->kind != LEC_TOKEN_WORD)
    return lec_cursor_fail (cursor, cursor->at, _ ("Expected a byte's place here, such as 0.")) != NULL;
  gint64 value = g_ascii_strtoll (cursor->at->text, &end, 0);
  if (*end != '\0' || value < 0 || value > G_MAXINT32)
    return lec_cursor_fail (cursor, cursor->at, _ ("Expected a byte's place here, such as 0.")) != NULL;
  *number = negative ? -value : value;
  cursor->at++;
  return TRUE;
}

/* i:length, i-j (both included), i, :length, i: */
static gboolean
parse_slice_range (LecCursor *cursor, LecSlice *slice)
{
  int32_t length;

  if (!lec_cursor_at_sign (cursor, ':') && !parse_slice_number (cursor, &slice->first))
    return FALSE;
  if (lec_cursor_skip_sign (cursor, ':')) {
    slice->to_end = lec_cursor_at_sign (cursor, ']') || lec_cursor_at_sign (cursor, ',');
    if (slice->to_end)
      return TRUE;
    if (!parse_slice_number (cursor, &length))
      return FALSE;
    if (length <= 0)
      return lec_cursor_fail (cursor, cursor->at - 1, _ ("A slice has at least one byte.")) != NULL;
    /* Counted from the end, a last byte of −1 or less; beyond the end all is taken. */
    gint64 last = (gint64) slice->first + length - 1;
    slice->to_end = slice->first < 0 && last >= 0;
    slice->last = MIN (last, G_MAXINT32);
    return TRUE;
  }
  slice->last = slice->first;
  if (lec_cursor_at_operator (cursor, "-")) {
    cursor->at++;
    return parse_slice_number (cursor, &slice->last);
  }
  return TRUE;
}

/* The ranges up to "]", which is taken too. */
static gboolean
parse_slices (LecCursor *cursor, const LecToken *open, LecNode *node)
{
  g_autoptr (GArray) slices = g_array_new (FALSE, TRUE, sizeof (LecSlice));

  do {
    LecSlice slice = { 0 };

    if (!parse_slice_range (cursor, &slice))
      return FALSE;
    g_array_append_val (slices, slice);
  } while (lec_cursor_skip_sign (cursor, ','));
  if (!lec_cursor_skip_sign (cursor, ']'))
    return lec_cursor_fail (cursor, open, _ ("This \"[\" is never closed.")) != NULL;
  node->n_slices = slices->len;
  node->slices = (LecSlice *) g_array_free (g_steal_pointer (&slices), FALSE);
  g_ptr_array_add (cursor->syntax->owned, node->slices);
  node->length = cursor->at[-1].position + cursor->at[-1].length - node->position;
  return TRUE;
}

/* name#2, name#[1-2] */
static LecNode *
parse_layer (LecCursor *cursor, LecNode *operand)
{
  const LecToken *sign = cursor->at++;
  LecNode *node = lec_syntax_node (cursor->syntax, LEC_NODE_LAYER, operand->position, operand->length);

  lec_node_add (node, operand);
  if (lec_cursor_at_sign (cursor, '[')) {
    cursor->at++;
    return parse_slices (cursor, cursor->at - 1, node) ? node : NULL;
  }
  if (cursor->at->kind != LEC_TOKEN_WORD || cursor->at->spaced)
    return lec_cursor_fail (cursor, sign, _ ("Expected the number of a layer behind \"#\", such as ip.addr#2."));
  node->slices = g_new0 (LecSlice, 1);
  node->n_slices = 1;
  g_ptr_array_add (cursor->syntax->owned, node->slices);
  if (!parse_slice_number (cursor, &node->slices[0].first))
    return NULL;
  node->slices[0].last = node->slices[0].first;
  node->length = cursor->at[-1].position + cursor->at[-1].length - node->position;
  return node;
}

/* What may stand directly behind an operand: [0:4], #2, #Annotation. */
static LecNode *
parse_suffixes (LecCursor *cursor, LecNode *operand)
{
  while (operand != NULL && !cursor->at->spaced) {
    if (lec_cursor_at_sign (cursor, '[')) {
      LecNode *node = lec_syntax_node (cursor->syntax, LEC_NODE_SLICE, operand->position, operand->length);

      cursor->at++;
      lec_node_add (node, operand);
      operand = parse_slices (cursor, cursor->at - 1, node) ? node : NULL;
    } else if (lec_cursor_at_sign (cursor, '#')) {
      const LecToken *next = cursor->at + 1;
      gboolean annotation = next->kind == LEC_TOKEN_WORD && g_ascii_isalpha (next->text[0]);

      operand = annotation ? parse_marked_name (cursor, LEC_NODE_ANNOTATION, operand) : parse_layer (cursor, operand);
    } else {
      break;
    }
    if (operand != NULL && operand->kind != LEC_NODE_SLICE && operand->kind != LEC_NODE_LAYER)
      break;
    /* Each suffix is a level of the tree. */
    if (operand != NULL && !lec_cursor_descend (cursor))
      return NULL;
  }
  return operand;
}

static LecNode *
parse_call (LecCursor *cursor)
{
  const LecToken *name = cursor->at;
  LecNode *node = lec_cursor_text_node (cursor, LEC_NODE_CALL);
  const LecToken *open = cursor->at++;

  while (!lec_cursor_at_sign (cursor, ')')) {
    LecNode *argument = lec_parse_sum (cursor);

    if (argument == NULL)
      return NULL;
    lec_node_add (node, argument);
    if (!lec_cursor_skip_sign (cursor, ',') && !lec_cursor_at_sign (cursor, ')'))
      return lec_cursor_fail (cursor, open, _ ("This \"(\" is never closed."));
  }
  cursor->at++;
  node->length = cursor->at[-1].position + 1 - name->position;
  return node;
}

/* In brackets: a whole filter in ( ), a sum in { }. */
static LecNode *
parse_bracketed (LecCursor *cursor, int close)
{
  const LecToken *open = cursor->at++;
  LecNode *node = close == ')' ? lec_parse_condition (cursor) : lec_parse_sum (cursor);

  if (node == NULL)
    return NULL;
  if (!lec_cursor_skip_sign (cursor, close)) {
    if (cursor->at->kind == LEC_TOKEN_END)
      return lec_cursor_fail (cursor, open,
                              close == ')' ? _ ("This \"(\" is never closed.") : _ ("This \"{\" is never closed."));
    return lec_cursor_fail (cursor, cursor->at, _ ("Expected \"and\", \"or\" or a closing bracket here."));
  }
  return node;
}

static LecNode *
parse_operand_inside (LecCursor *cursor)
{
  const LecToken *token = cursor->at;

  switch (token->kind) {
  case LEC_TOKEN_WORD:
    if (token[1].kind == LEC_TOKEN_SIGN && token[1].symbol == '(' && !token[1].spaced)
      return parse_suffixes (cursor, parse_call (cursor));
    return parse_suffixes (cursor, lec_cursor_text_node (cursor, LEC_NODE_WORD));
  case LEC_TOKEN_STRING:
    return lec_cursor_text_node (cursor, LEC_NODE_STRING);
  case LEC_TOKEN_BYTES:
    return lec_cursor_text_node (cursor, LEC_NODE_BYTES);
  case LEC_TOKEN_REFERENCE:
    return parse_suffixes (cursor, lec_cursor_text_node (cursor, LEC_NODE_REFERENCE));
  case LEC_TOKEN_OPERATOR:
    if (token->symbol == '*')
      return parse_suffixes (cursor, parse_marked_name (cursor, LEC_NODE_WILDCARD, NULL));
    break;
  case LEC_TOKEN_SIGN:
    if (token->symbol == '#')
      return parse_marked_name (cursor, LEC_NODE_ANNOTATION, NULL);
    if (token->symbol == '(')
      return parse_suffixes (cursor, parse_bracketed (cursor, ')'));
    if (token->symbol == '{')
      return parse_suffixes (cursor, parse_bracketed (cursor, '}'));
    break;
  case LEC_TOKEN_END:
    return lec_cursor_fail (cursor, token, _ ("Expected a field or a value here; the filter ends too early."));
  default:
    break;
  }
  return lec_cursor_fail (cursor, token, _ ("Expected a field, a value or \"(\" here."));
}

/* A number's sign belongs to the number. */
static LecNode *
negate (LecCursor *cursor, const LecToken *sign, LecNode *operand)
{
  if (operand->kind == LEC_NODE_WORD && g_ascii_isdigit (operand->text[0])) {
    g_autofree char *text = g_strconcat ("-", operand->text, NULL);
    LecNode *word = lec_cursor_node (cursor, LEC_NODE_WORD, sign);

    word->text_bytes = strlen (text);
    word->text = lec_syntax_text (cursor->syntax, text, word->text_bytes);
    return word;
  }
  LecNode *node = lec_cursor_node (cursor, LEC_NODE_ARITHMETIC, sign);
  node->symbol = '-';
  lec_node_add (node, operand);
  return node;
}

static LecNode *
parse_operand (LecCursor *cursor)
{
  const LecToken *first = cursor->at;
  unsigned nesting = cursor->nesting;
  LecNode *node;

  if (!lec_cursor_descend (cursor))
    return NULL;
  if (lec_cursor_at_operator (cursor, "-+")) {
    cursor->at++;
    LecNode *operand = parse_operand (cursor);

    if (operand == NULL)
      return NULL;
    node = first->symbol == '-' ? negate (cursor, first, operand) : operand;
  } else {
    node = parse_operand_inside (cursor);
  }
  cursor->nesting = nesting;
  return node;
}

/* Left-associative operators of one strength, whose operands are parsed by NEXT. */
static LecNode *
parse_arithmetic (LecCursor *cursor, const char *operators, LecNode *(*next) (LecCursor *cursor))
{
  const LecToken *first = cursor->at;
  unsigned nesting = cursor->nesting;
  LecNode *left = next (cursor);

  while (left != NULL && lec_cursor_at_operator (cursor, operators)) {
    int symbol = cursor->at->symbol;

    if (!lec_node_is_operand (left))
      return lec_cursor_fail (cursor, cursor->at,
                              _ ("Expected \"and\" or \"or\" here: a condition cannot be calculated with."));
    /* The tree leans to the left: as deep as the chain is long. */
    if (!lec_cursor_descend (cursor))
      return NULL;
    cursor->at++;
    LecNode *right = next (cursor);
    if (right == NULL)
      return NULL;
    LecNode *node = lec_cursor_node (cursor, LEC_NODE_ARITHMETIC, first);
    node->symbol = symbol;
    lec_node_add (node, left);
    lec_node_add (node, right);
    left = node;
  }
  cursor->nesting = nesting;
  return left;
}

static LecNode *
parse_mask (LecCursor *cursor)
{
  return parse_arithmetic (cursor, "&|^", parse_operand);
}

static LecNode *
parse_product (LecCursor *cursor)
{
  return parse_arithmetic (cursor, "*/%lr", parse_mask);
}

LecNode *
lec_parse_sum (LecCursor *cursor)
{
  return parse_arithmetic (cursor, "+-", parse_product);
}

static LecNode *
parse_set_member (LecCursor *cursor)
{
  const LecToken *first = cursor->at;
  LecNode *low = lec_parse_sum (cursor);

  if (low == NULL || cursor->at->kind != LEC_TOKEN_DOT_DOT)
    return low;
  cursor->at++;
  LecNode *high = lec_parse_sum (cursor);
  if (high == NULL)
    return NULL;
  LecNode *range = lec_cursor_node (cursor, LEC_NODE_RANGE, first);
  lec_node_add (range, low);
  lec_node_add (range, high);
  return range;
}

LecNode *
lec_parse_set (LecCursor *cursor)
{
  const LecToken *open = cursor->at;
  int close = lec_cursor_at_sign (cursor, '{')   ? '}'
              : lec_cursor_at_sign (cursor, '[') ? ']'
              : lec_cursor_at_sign (cursor, '(') ? ')'
                                                 : 0;
  LecNode *set = lec_syntax_node (cursor->syntax, LEC_NODE_SET, open->position, open->length);

  if (close != 0)
    cursor->at++;
  if (close != 0 && lec_cursor_at_sign (cursor, close))
    return lec_cursor_fail (cursor, cursor->at, _ ("Expected a value here: a set has at least one."));
  do {
    LecNode *member = parse_set_member (cursor);

    if (member == NULL)
      return NULL;
    lec_node_add (set, member);
    if (close != 0)
      lec_cursor_skip_sign (cursor, ',');
  } while (close != 0 && !lec_cursor_at_sign (cursor, close) && cursor->at->kind != LEC_TOKEN_END);
  if (close != 0 && !lec_cursor_skip_sign (cursor, close))
    return lec_cursor_fail (cursor, open, _ ("This set is never closed."));
  set->length = cursor->at[-1].position + cursor->at[-1].length - set->position;
  return set;
}
