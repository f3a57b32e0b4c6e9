#include "filter/typing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/names.h"
#include "filter/value-names.h"

static const char *const functions[LEC_N_FUNCTIONS] = { "len", "count", "upper",  "lower", "min",
                                                        "max", "abs",   "string", "number" };

LecFunction
lec_function_find (const char *name)
{
  unsigned i;

  for (i = 0; i < LEC_N_FUNCTIONS && g_ascii_strcasecmp (functions[i], name) != 0; i++)
    ;
  return (LecFunction) i;
}

LecNode *
lec_checker_node (LecChecker *checker, LecNodeKind kind, const LecNode *like)
{
  return lec_syntax_node (checker->syntax, kind, like->position, like->length);
}

LecNode *
lec_checker_node_over (LecChecker *checker, LecNodeKind kind, const LecNode *like, LecNode *child)
{
  LecNode *node = lec_checker_node (checker, kind, like);

  lec_node_add (node, child);
  return node;
}

void *
lec_checker_fail (LecChecker *checker, const LecNode *node, const char *message)
{
  lec_filter_problem_set (checker->problem, node->position, node->length, "%s", message);
  return NULL;
}

void *
lec_checker_fail_unknown (LecChecker *checker, const LecNode *node)
{
  g_autofree char *name = node->kind == LEC_NODE_WILDCARD     ? g_strconcat ("*", node->text, NULL)
                          : node->kind == LEC_NODE_ANNOTATION ? g_strconcat ("#", node->text, NULL)
                                                              : g_strdup (node->text);
  const char *nearest = lec_names_nearest (checker->registry, name);

  if (nearest != NULL)
    lec_filter_problem_set (checker->problem, node->position, node->length,
                            _ ("There is no field \"%s\". Did you mean \"%s\"?"), name, nearest);
  else
    lec_filter_problem_set (checker->problem, node->position, node->length, _ ("There is no field \"%s\"."), name);
  return NULL;
}

/* Whether values may stand beside fields among NODE's children. */
static gboolean
takes_literals (const LecNode *node)
{
  LecFunction function = node->kind == LEC_NODE_CALL ? lec_function_find (node->text) : LEC_N_FUNCTIONS;

  return node->kind == LEC_NODE_ARITHMETIC || node->kind == LEC_NODE_SET || node->kind == LEC_NODE_RANGE ||
         ((function == LEC_FUNCTION_MINIMUM || function == LEC_FUNCTION_MAXIMUM) && node->n_children > 1);
}

gboolean
lec_checker_resolve (LecChecker *checker, LecNode *node)
{
  if (node->kind == LEC_NODE_REFERENCE)
    return lec_checker_fail (checker, node, _ ("No frame is selected that this could refer to.")) != NULL;
  if (node->kind == LEC_NODE_CALL && lec_function_find (node->text) == LEC_N_FUNCTIONS) {
    lec_filter_problem_set (checker->problem, node->position, (unsigned) g_utf8_strlen (node->text, -1),
                            _ ("There is no function \"%s\". There are len, count, upper, lower, min, max, abs, string "
                               "and number."),
                            node->text);
    return FALSE;
  }
  if (node->kind == LEC_NODE_CALL && node->n_children == 0)
    return lec_checker_fail (checker, node, _ ("Expected a field between the brackets of this function.")) != NULL;
  if (!lec_names_resolve (checker->registry, checker->syntax, node) &&
      (node->kind == LEC_NODE_WILDCARD || node->kind == LEC_NODE_ANNOTATION))
    return lec_checker_fail_unknown (checker, node) != NULL;
  /* The scope of an annotation is a condition of its own. */
  for (unsigned i = 0; node->kind != LEC_NODE_ANNOTATION && i < node->n_children; i++) {
    if (!lec_checker_resolve (checker, node->children[i]))
      return FALSE;
    if (!takes_literals (node) && lec_node_is_literal (node->children[i]))
      return lec_checker_fail_unknown (checker, node->children[i]) != NULL;
  }
  return TRUE;
}

/* tcp[13]: in a sum it is the number that its bytes are. */
static gboolean
is_byte_slice (const LecNode *node)
{
  LecClass class;
  const LecField *field;

  return node->kind == LEC_NODE_SLICE && lec_node_find_class (node, &class, &field) && class == LEC_CLASS_BYTES;
}

/* That of the first child whose class is not open: in min(64, ip.ttl) the second. */
static gboolean
find_first_class (const LecNode *node, LecClass *class, const LecField **field)
{
  gboolean found = FALSE, literal = FALSE;

  for (unsigned i = 0; i < node->n_children; i++) {
    literal |= lec_node_is_literal (node->children[i]);
    found = found || lec_node_find_class (node->children[i], class, field);
  }
  /* A value beside it may be larger than the field can be. */
  if (literal)
    *field = NULL;
  return found;
}

gboolean
lec_node_find_class (const LecNode *node, LecClass *class, const LecField **field)
{
  *field = NULL;
  if (lec_node_is_name (node)) {
    *field = node->fields[0];
    *class = lec_class_of (node->fields[0]);
    return TRUE;
  }
  if (node->kind == LEC_NODE_CALL) {
    LecFunction function = lec_function_find (node->text);

    if (function == LEC_FUNCTION_LENGTH || function == LEC_FUNCTION_COUNT || function == LEC_FUNCTION_NUMBER)
      *class = LEC_CLASS_SIGNED;
    else if (function == LEC_FUNCTION_UPPER || function == LEC_FUNCTION_LOWER || function == LEC_FUNCTION_STRING)
      *class = LEC_CLASS_TEXT;
    else
      return find_first_class (node, class, field);
    return TRUE;
  }
  if (node->kind != LEC_NODE_SLICE && node->kind != LEC_NODE_LAYER && node->kind != LEC_NODE_ARITHMETIC)
    return FALSE;
  for (unsigned i = 0; i < node->n_children; i++)
    if (lec_node_find_class (node->children[i], class, field)) {
      if (node->kind == LEC_NODE_SLICE && *class != LEC_CLASS_TEXT)
        *class = LEC_CLASS_BYTES;
      if (node->kind == LEC_NODE_SLICE)
        *field = NULL;
      if (node->kind == LEC_NODE_ARITHMETIC && (*class == LEC_CLASS_UNSIGNED || is_byte_slice (node->children[i])))
        *class = LEC_CLASS_SIGNED;
      if (node->kind == LEC_NODE_ARITHMETIC && *class == LEC_CLASS_SIGNED)
        *field = NULL;
      return TRUE;
    }
  return FALSE;
}

static gboolean
has_bytes (LecClass class)
{
  return class >= LEC_CLASS_TEXT;
}

LecNode *
lec_checker_constant (LecChecker *checker, LecNode *literal, LecClass class, const LecField *field)
{
  LecNode *node = lec_checker_node (checker, LEC_NODE_CONSTANT, literal);

  node->class = class;
  node->text = literal->text;
  if (literal->kind == LEC_NODE_BYTES) {
    LecBytes bytes = { (const uint8_t *) literal->text, (uint32_t) literal->text_bytes };
    unsigned wanted = class == LEC_CLASS_IPV4 ? 4 : class == LEC_CLASS_IPV6 ? 16 : bytes.length;

    if (!has_bytes (class) || bytes.length != wanted)
      return NULL;
    node->constant = (LecConstant){ .value.bytes = bytes, .prefix_bits = wanted == 4 ? 32 : 128 };
  } else {
    LecLiteral read = { literal->text, literal->text_bytes, literal->kind == LEC_NODE_STRING, literal->quoted_single };

    if (!lec_literal_read (&read, class, field, checker->syntax->owned, &node->constant))
      return NULL;
  }
  node->last = node->constant;
  return node;
}

LecNode *
lec_checker_restrict (LecChecker *checker, LecNode *name, LecType type)
{
  LecNode *node = lec_checker_node (checker, LEC_NODE_WORD, name);

  node->text = name->text;
  node->analyzer_name = name->analyzer_name;
  node->fields = g_new (const LecField *, name->n_fields);
  g_ptr_array_add (checker->syntax->owned, node->fields);
  for (unsigned i = 0; i < name->n_fields; i++)
    if (name->fields[i]->type == type)
      node->fields[node->n_fields++] = name->fields[i];
  node->class = lec_class_of (node->fields[0]);
  return node;
}

LecNode *
lec_checker_fail_type (LecChecker *checker, const LecNode *literal, LecClass class, const LecField *field,
                       const LecNode *left)
{
  g_autofree char *name = left->text != NULL ? g_strdup (left->text) : g_strdup (_ ("the left side"));
  g_autofree char *nearest = literal->text != NULL && literal->kind != LEC_NODE_BYTES
                                 ? lec_value_names_dup_nearest (field, literal->text)
                                 : NULL;
  g_autofree char *named = lec_value_names_dup_expectation (field);
  const char *expected = named != NULL ? named : lec_class_expectation (class, field);

  if (nearest != NULL)
    lec_filter_problem_set (checker->problem, literal->position, literal->length,
                            _ ("Expected %s here, for \"%s\". Did you mean %s?"), expected, name, nearest);
  else
    lec_filter_problem_set (checker->problem, literal->position, literal->length, _ ("Expected %s here, for \"%s\"."),
                            expected, name);
  return NULL;
}

static LecNode *
number_of (LecChecker *checker, LecNode *slice)
{
  LecNode *call = lec_checker_node_over (checker, LEC_NODE_CALL, slice, slice);

  call->text = functions[LEC_FUNCTION_NUMBER];
  call->class = LEC_CLASS_SIGNED;
  return call;
}

LecNode *
lec_checker_type (LecChecker *checker, LecNode *node, LecClass class, const LecField *field)
{
  LecClass own = class;
  const LecField *own_field = field;

  if (lec_node_is_literal (node)) {
    LecNode *constant = lec_checker_constant (checker, node, class, field);
    return constant != NULL ? constant : lec_checker_fail_type (checker, node, class, field, node);
  }
  lec_node_find_class (node, &own, &own_field);
  if (lec_node_is_name (node))
    return lec_checker_restrict (checker, node, own_field->type);
  if (node->kind == LEC_NODE_ARITHMETIC && !lec_class_is_numeric (own))
    return lec_checker_fail (checker, node, _ ("Only numbers can be calculated with."));
  if (node->kind == LEC_NODE_ARITHMETIC && own == LEC_CLASS_DURATION && strchr ("*/%", node->symbol) != NULL)
    class = LEC_CLASS_SIGNED;
  else
    class = own;
  LecNode *typed = lec_checker_node (checker, node->kind, node);
  typed->text = node->text;
  typed->symbol = node->symbol;
  typed->slices = node->slices;
  typed->n_slices = node->n_slices;
  typed->class = own;
  for (unsigned i = 0; i < node->n_children; i++) {
    LecNode *child = lec_checker_type (checker, node->children[i], class, own_field);

    if (child == NULL)
      return NULL;
    lec_node_add (typed, node->kind == LEC_NODE_ARITHMETIC && is_byte_slice (node->children[i])
                             ? number_of (checker, child)
                             : child);
  }
  if (node->kind == LEC_NODE_SLICE && lec_class_is_numeric (typed->children[0]->class))
    return lec_checker_fail (checker, node, _ ("Only texts, bytes and addresses can be sliced."));
  return typed;
}
