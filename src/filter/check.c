#include "filter/check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/limits.h"
#include "filter/names.h"

/* Functions that return a node return NULL with `problem` filled where something does not fit. */
typedef struct {
  const LecRegistry *registry;
  LecSyntax *syntax;
  LecFilterProblem *problem;
} Checker;

static const char *const functions[LEC_N_FUNCTIONS] = {
  "len", "count", "upper", "lower", "min", "max", "abs", "string"
};

static LecNode *check_condition (Checker *checker, LecNode *node);

LecFunction
lec_function_find (const char *name)
{
  unsigned i;

  for (i = 0; i < LEC_N_FUNCTIONS && g_ascii_strcasecmp (functions[i], name) != 0; i++)
    ;
  return (LecFunction) i;
}

static LecNode *
node_like (Checker *checker, LecNodeKind kind, const LecNode *like)
{
  return lec_syntax_node (checker->syntax, kind, like->position, like->length);
}

static LecNode *
node_over (Checker *checker, LecNodeKind kind, const LecNode *like, LecNode *child)
{
  LecNode *node = node_like (checker, kind, like);

  lec_node_add (node, child);
  return node;
}

static void *
fail (Checker *checker, const LecNode *node, const char *message)
{
  lec_filter_problem_set (checker->problem, node->position, node->length, "%s", message);
  return NULL;
}

static void *
fail_unknown (Checker *checker, const LecNode *node)
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

static gboolean
is_name (const LecNode *node)
{
  return node->n_fields > 0;
}

static gboolean
is_literal (const LecNode *node)
{
  return (node->kind == LEC_NODE_WORD && !is_name (node)) || node->kind == LEC_NODE_STRING ||
         node->kind == LEC_NODE_BYTES;
}

/* Finds the fields of all names inside NODE. A bare word may turn out to be none. */
static gboolean
resolve (Checker *checker, LecNode *node)
{
  if (node->kind == LEC_NODE_REFERENCE)
    return fail (checker, node, _ ("No frame is selected that this could refer to.")) != NULL;
  if (node->kind == LEC_NODE_CALL && lec_function_find (node->text) == LEC_N_FUNCTIONS) {
    lec_filter_problem_set (checker->problem, node->position, (unsigned) g_utf8_strlen (node->text, -1),
                            _ ("There is no function \"%s\". There are len, count, upper, lower, min, max, abs and "
                               "string."),
                            node->text);
    return FALSE;
  }
  if (node->kind == LEC_NODE_CALL && node->n_children == 0)
    return fail (checker, node, _ ("Expected a field between the brackets of this function.")) != NULL;
  if (!lec_names_resolve (checker->registry, checker->syntax, node) &&
      (node->kind == LEC_NODE_WILDCARD || node->kind == LEC_NODE_ANNOTATION))
    return fail_unknown (checker, node) != NULL;
  /* The scope of an annotation is a condition of its own. */
  for (unsigned i = 0; node->kind != LEC_NODE_ANNOTATION && i < node->n_children; i++) {
    if (!resolve (checker, node->children[i]))
      return FALSE;
    if (node->kind != LEC_NODE_ARITHMETIC && node->kind != LEC_NODE_SET && node->kind != LEC_NODE_RANGE &&
        is_literal (node->children[i]))
      return fail_unknown (checker, node->children[i]) != NULL;
  }
  return TRUE;
}

/* The class of NODE's values, and the field that values beside it are read for. FALSE: a literal's is open. */
static gboolean
find_class (const LecNode *node, LecClass *class, const LecField **field)
{
  *field = NULL;
  if (is_name (node)) {
    *field = node->fields[0];
    *class = lec_class_of (node->fields[0]);
    return TRUE;
  }
  if (node->kind == LEC_NODE_CALL) {
    LecFunction function = lec_function_find (node->text);

    if (function == LEC_FUNCTION_LENGTH || function == LEC_FUNCTION_COUNT)
      *class = LEC_CLASS_SIGNED;
    else if (function == LEC_FUNCTION_UPPER || function == LEC_FUNCTION_LOWER || function == LEC_FUNCTION_STRING)
      *class = LEC_CLASS_TEXT;
    else
      return find_class (node->children[0], class, field);
    return TRUE;
  }
  if (node->kind != LEC_NODE_SLICE && node->kind != LEC_NODE_LAYER && node->kind != LEC_NODE_ARITHMETIC)
    return FALSE;
  for (unsigned i = 0; i < node->n_children; i++)
    if (find_class (node->children[i], class, field)) {
      if (node->kind == LEC_NODE_SLICE && *class != LEC_CLASS_TEXT)
        *class = LEC_CLASS_BYTES;
      if (node->kind == LEC_NODE_SLICE)
        *field = NULL;
      if (node->kind == LEC_NODE_ARITHMETIC && *class == LEC_CLASS_UNSIGNED)
        *class = LEC_CLASS_SIGNED;
      if (node->kind == LEC_NODE_ARITHMETIC && *class == LEC_CLASS_SIGNED)
        *field = NULL;
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_numeric (LecClass class)
{
  return class >= LEC_CLASS_UNSIGNED && class <= LEC_CLASS_REAL;
}

static gboolean
has_bytes (LecClass class)
{
  return class >= LEC_CLASS_TEXT;
}

/* LITERAL as a constant of CLASS, for FIELD or none; NULL without a problem where it cannot be one. */
static LecNode *
make_constant (Checker *checker, LecNode *literal, LecClass class, const LecField *field)
{
  LecNode *node = node_like (checker, LEC_NODE_CONSTANT, literal);

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

static LecNode *
restrict_fields (Checker *checker, LecNode *name, LecType type)
{
  LecNode *node = node_like (checker, LEC_NODE_WORD, name);

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

static LecNode *
fail_type (Checker *checker, const LecNode *literal, LecClass class, const LecField *field, const LecNode *left)
{
  g_autofree char *name = left->text != NULL ? g_strdup (left->text) : g_strdup (_ ("the left side"));

  lec_filter_problem_set (checker->problem, literal->position, literal->length, _ ("Expected %s here, for \"%s\"."),
                          lec_class_expectation (class, field), name);
  return NULL;
}

/* NODE as an operand of CLASS: its literals become constants, its fields are those of one type. */
static LecNode *
type_operand (Checker *checker, LecNode *node, LecClass class, const LecField *field)
{
  LecClass own = class;
  const LecField *own_field = field;

  if (is_literal (node)) {
    LecNode *constant = make_constant (checker, node, class, field);
    return constant != NULL ? constant : fail_type (checker, node, class, field, node);
  }
  find_class (node, &own, &own_field);
  if (is_name (node))
    return restrict_fields (checker, node, own_field->type);
  if (node->kind == LEC_NODE_ARITHMETIC && !is_numeric (own))
    return fail (checker, node, _ ("Only numbers can be calculated with."));
  if (node->kind == LEC_NODE_ARITHMETIC && own == LEC_CLASS_DURATION && strchr ("*/%", node->symbol) != NULL)
    class = LEC_CLASS_SIGNED;
  else
    class = own;
  LecNode *typed = node_like (checker, node->kind, node);
  typed->text = node->text;
  typed->symbol = node->symbol;
  typed->slices = node->slices;
  typed->n_slices = node->n_slices;
  typed->class = own;
  for (unsigned i = 0; i < node->n_children; i++) {
    LecNode *child = type_operand (checker, node->children[i], class, own_field);

    if (child == NULL)
      return NULL;
    lec_node_add (typed, child);
  }
  if (node->kind == LEC_NODE_SLICE && is_numeric (typed->children[0]->class))
    return fail (checker, node, _ ("Only texts, bytes and addresses can be sliced."));
  return typed;
}

/* TEST's relation as one that compile.c knows; TRUE: the result is to be negated. */
static gboolean
normalise_relation (LecNode *test)
{
  gboolean all = test->quantifier == LEC_QUANTIFIER_ALL, negated = FALSE;

  test->aggregate = all ? LEC_AGGREGATE_ALL : LEC_AGGREGATE_ANY;
  switch (test->relation) {
  case LEC_RELATION_NOT_EQUAL:
    negated = test->quantifier == LEC_QUANTIFIER_NONE;
    test->aggregate = negated ? LEC_AGGREGATE_ANY : all ? LEC_AGGREGATE_NONE : LEC_AGGREGATE_ANY_NOT;
    break;
  case LEC_RELATION_ALL_EQUAL:
    test->aggregate = LEC_AGGREGATE_ALL;
    break;
  case LEC_RELATION_ANY_DIFFERS:
    test->aggregate = LEC_AGGREGATE_ANY_NOT;
    break;
  case LEC_RELATION_DIFFERS:
    test->aggregate = LEC_AGGREGATE_NONE;
    break;
  default:
    return FALSE;
  }
  test->relation = LEC_RELATION_EQUAL;
  return negated;
}

static LecRelation
mirror (LecRelation relation)
{
  switch (relation) {
  case LEC_RELATION_LESS:
    return LEC_RELATION_GREATER;
  case LEC_RELATION_LESS_EQUAL:
    return LEC_RELATION_GREATER_EQUAL;
  case LEC_RELATION_GREATER:
    return LEC_RELATION_LESS;
  case LEC_RELATION_GREATER_EQUAL:
    return LEC_RELATION_LESS_EQUAL;
  default:
    return relation;
  }
}

static LecNode *
copy_test (Checker *checker, const LecNode *test, LecNode *left, LecNode *right)
{
  LecNode *copy = node_like (checker, LEC_NODE_TEST, test);

  copy->relation = test->relation;
  copy->aggregate = test->aggregate;
  copy->fold_case = test->fold_case;
  copy->regex = test->regex != NULL ? g_regex_ref (test->regex) : NULL;
  lec_node_add (copy, left);
  lec_node_add (copy, right);
  return copy;
}

/* The right side of `contains`: text as its bytes, or bytes. */
static LecNode *
make_needle (Checker *checker, LecNode *literal, LecClass class)
{
  gboolean hex = literal->kind == LEC_NODE_WORD && class == LEC_CLASS_BYTES && strpbrk (literal->text, ":-") != NULL;
  LecNode *needle = make_constant (checker, literal, hex ? LEC_CLASS_BYTES : LEC_CLASS_TEXT, NULL);

  return needle != NULL ? needle : make_constant (checker, literal, LEC_CLASS_TEXT, NULL);
}

/* The constants of RIGHT (a set, or one literal) that fit CLASS and FIELD, as a set; NULL where none does. MISFIT gets
 * the first that does not. */
static LecNode *
make_constants (Checker *checker, LecNode *right, LecClass class, const LecField *field, const LecNode **misfit)
{
  LecNode *set = node_like (checker, LEC_NODE_SET, right);
  unsigned n_members = right->kind == LEC_NODE_SET ? right->n_children : 1;

  for (unsigned i = 0; i < n_members; i++) {
    LecNode *member = right->kind == LEC_NODE_SET ? right->children[i] : right;
    gboolean range = member->kind == LEC_NODE_RANGE;
    LecNode *low = range ? member->children[0] : member, *high = range ? member->children[1] : member;
    LecNode *constant = is_literal (low) ? make_constant (checker, low, class, field) : NULL;
    LecNode *last = range && is_literal (high) ? make_constant (checker, high, class, field) : constant;

    if (constant == NULL || last == NULL) {
      if (*misfit == NULL)
        *misfit = constant == NULL ? low : high;
      continue;
    }
    constant->last = last->constant;
    constant->ranged = range;
    lec_node_add (set, constant);
  }
  return set->n_children > 0 ? set : NULL;
}

static gboolean
make_regex (Checker *checker, LecNode *test, const LecNode *pattern)
{
  g_autoptr (GError) error = NULL;
  /* The steps are limited where the pattern is: no text may keep a frame busy for long (PCRE2, "Setting match resource
   * limits"). */
  g_autofree char *limited = g_strdup_printf ("(*LIMIT_MATCH=%u)(*LIMIT_DEPTH=%u)%s", LEC_LIMIT_REGEX_STEPS,
                                              LEC_LIMIT_REGEX_STEPS / 100, pattern->text);

  if (pattern->kind != LEC_NODE_STRING && pattern->kind != LEC_NODE_WORD)
    return fail (checker, pattern, _ ("Expected a regular expression in quotation marks here.")) != NULL;
  test->regex = g_regex_new (limited, G_REGEX_RAW | G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
  if (test->regex != NULL)
    return TRUE;
  lec_filter_problem_set (checker->problem, pattern->position, pattern->length,
                          _ ("This is no regular expression that can be read: %s"), error->message);
  return FALSE;
}

/* TEST over the fields of TYPE among those of LEFT, with RIGHT's values as they want them; NULL without a problem where
 * they do not fit, and then MISFIT. */
static LecNode *
test_with_constants (Checker *checker, LecNode *test, LecNode *left, LecNode *right, LecClass class,
                     const LecField *field, const LecNode **misfit)
{
  LecNode *constants;

  if (test->relation == LEC_RELATION_CONTAINS || test->relation == LEC_RELATION_MATCHES) {
    LecNode *needle = class == LEC_CLASS_TEXT || class == LEC_CLASS_BYTES ? make_needle (checker, right, class) : NULL;

    if (needle == NULL)
      return NULL;
    return copy_test (checker, test, left, node_over (checker, LEC_NODE_SET, right, needle));
  }
  if (class == LEC_CLASS_NONE || (field != NULL && field->type == LEC_TYPE_PROTOCOL))
    return NULL;
  constants = make_constants (checker, right, class, field, misfit);
  return constants != NULL ? copy_test (checker, test, left, constants) : NULL;
}

static LecNode *
fail_constants (Checker *checker, const LecNode *test, const LecNode *left, const LecNode *right, const LecNode *misfit,
                LecClass class, const LecField *field)
{
  if (test->relation == LEC_RELATION_CONTAINS || test->relation == LEC_RELATION_MATCHES)
    return fail (checker, left, _ ("Only texts and bytes can be searched: expected such a field here."));
  if (class == LEC_CLASS_NONE || (field != NULL && field->type == LEC_TYPE_PROTOCOL)) {
    lec_filter_problem_set (
        checker->problem, left->position, left->length,
        _ ("\"%s\" has no value to compare: it is there or not. Expected a field with a value, such "
           "as tcp.port."),
        left->text);
    return NULL;
  }
  return fail_type (checker, misfit != NULL ? misfit : right, class, field, left);
}

/* One test for each type that LEFT's fields have and RIGHT's values fit, joined with "or". */
static LecNode *
check_with_constants (Checker *checker, LecNode *test, LecNode *left, LecNode *right)
{
  LecNode *list = node_like (checker, LEC_NODE_OR, test);
  const LecNode *misfit = NULL;
  LecClass class = LEC_CLASS_NONE;
  const LecField *field = NULL;

  if (right->kind == LEC_NODE_SET)
    for (unsigned i = 0; i < right->n_children; i++)
      if (right->children[i]->kind != LEC_NODE_RANGE && !is_literal (right->children[i]))
        return fail (checker, right->children[i], _ ("Expected a value here: a set has no fields in it."));
  if (!is_name (left)) {
    find_class (left, &class, &field);
    LecNode *typed = type_operand (checker, left, class, field);
    if (typed == NULL)
      return NULL;
    LecNode *made = test_with_constants (checker, test, typed, right, class, field, &misfit);
    return made != NULL && misfit == NULL ? made : fail_constants (checker, test, left, right, misfit, class, field);
  }
  for (unsigned i = 0; i < left->n_fields; i++) {
    gboolean seen = FALSE;

    field = left->fields[i];
    for (unsigned k = 0; k < i; k++)
      seen |= left->fields[k]->type == field->type;
    if (seen)
      continue;
    const LecNode *unfit = NULL;
    LecNode *made = test_with_constants (checker, test, restrict_fields (checker, left, field->type), right,
                                         lec_class_of (field), field, &unfit);
    if (made != NULL)
      lec_node_add (list, made);
    /* Every member of a set must fit some type; with one type that is simply a misfit. */
    if (misfit == NULL)
      misfit = unfit;
  }
  field = left->fields[0];
  if (list->n_children == 0 || (misfit != NULL && list->n_children == 1 && right->kind == LEC_NODE_SET))
    return fail_constants (checker, test, left, right, misfit, lec_class_of (field), field);
  return list->n_children == 1 ? list->children[0] : list;
}

static gboolean
are_comparable (const LecNode *test, LecClass a, LecClass b)
{
  gboolean bytes = (a == LEC_CLASS_TEXT || a == LEC_CLASS_BYTES) && (b == LEC_CLASS_TEXT || b == LEC_CLASS_BYTES);

  if (test->relation == LEC_RELATION_CONTAINS)
    return bytes;
  if (a == b)
    return a != LEC_CLASS_NONE;
  return bytes || ((a == LEC_CLASS_UNSIGNED || a == LEC_CLASS_SIGNED || a == LEC_CLASS_REAL) &&
                   (b == LEC_CLASS_UNSIGNED || b == LEC_CLASS_SIGNED || b == LEC_CLASS_REAL));
}

static LecNode *
check_two_operands (Checker *checker, LecNode *test, LecNode *left, LecNode *right)
{
  LecNode *list = node_like (checker, LEC_NODE_OR, test);
  unsigned n_left = is_name (left) ? left->n_fields : 1, n_right = is_name (right) ? right->n_fields : 1;

  for (unsigned i = 0; i < n_left; i++)
    for (unsigned k = 0; k < n_right; k++) {
      LecClass a, b;
      const LecField *a_field, *b_field;
      LecNode *x = is_name (left) ? restrict_fields (checker, left, left->fields[i]->type) : left;
      LecNode *y = is_name (right) ? restrict_fields (checker, right, right->fields[k]->type) : right;

      /* Once for each pair of types: where the restriction begins with this very field. */
      if ((is_name (left) && x->fields[0] != left->fields[i]) || (is_name (right) && y->fields[0] != right->fields[k]))
        continue;
      if (!find_class (x, &a, &a_field) || !find_class (y, &b, &b_field) || !are_comparable (test, a, b))
        continue;
      x = is_name (x) ? x : type_operand (checker, x, a, a_field);
      y = is_name (y) ? y : type_operand (checker, y, b, b_field);
      if (x == NULL || y == NULL)
        return NULL;
      lec_node_add (list, copy_test (checker, test, x, y));
    }
  if (list->n_children == 0)
    return fail (checker, test, _ ("These two hold different kinds of values, which cannot be compared."));
  return list->n_children == 1 ? list->children[0] : list;
}

/* A name that stands where a value is meant: http in tcp.port == http. Dotted names are always fields. */
static gboolean
reads_as_value (Checker *checker, LecNode *left, LecNode *right)
{
  LecNode literal = *right;

  if (right->kind != LEC_NODE_WORD || !is_name (right) || !is_name (left) || strchr (right->text, '.') != NULL)
    return FALSE;
  literal.n_fields = 0;
  for (unsigned i = 0; i < left->n_fields; i++) {
    LecClass class = lec_class_of (left->fields[i]);

    if ((is_numeric (class) || right->fields[0]->type == LEC_TYPE_PROTOCOL) && class != LEC_CLASS_BYTES &&
        make_constant (checker, &literal, class, left->fields[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
take_values (Checker *checker, LecNode *left, LecNode *right)
{
  if (right->kind == LEC_NODE_SET || right->kind == LEC_NODE_RANGE)
    for (unsigned i = 0; i < right->n_children; i++)
      take_values (checker, left, right->children[i]);
  else if (reads_as_value (checker, left, right))
    right->n_fields = 0;
}

static gboolean
looks_like_value (const LecNode *node)
{
  return node->kind != LEC_NODE_WORD || !(g_ascii_isalpha (node->text[0]) || node->text[0] == '_');
}

/* `X != nothing`: X is there. */
static LecNode *
check_nothing (Checker *checker, const LecNode *test, LecNode *left)
{
  LecNode *presence = node_over (checker, LEC_NODE_PRESENCE, test, left);

  if (!is_name (left))
    return looks_like_value (left) ? fail (checker, left, _ ("Expected a field here.")) : fail_unknown (checker, left);
  return test->relation == LEC_RELATION_EQUAL ? node_over (checker, LEC_NODE_NOT, test, presence) : presence;
}

/* TCP#DiagnosisLevels: the annotation, where the scope is there too. */
static LecNode *
add_scope (Checker *checker, LecNode *condition, const LecNode *operand)
{
  if (condition == NULL || operand->kind != LEC_NODE_ANNOTATION || operand->n_children == 0)
    return condition;
  LecNode *scope = check_condition (checker, operand->children[0]);
  if (scope == NULL)
    return NULL;
  LecNode *both = node_over (checker, LEC_NODE_AND, operand, scope);
  lec_node_add (both, condition);
  return both;
}

static LecNode *
check_test (Checker *checker, LecNode *test)
{
  LecNode *left = test->children[0], *right = test->children[1], *result;
  gboolean set = right->kind == LEC_NODE_SET;

  if (!resolve (checker, left) || !resolve (checker, right))
    return NULL;
  if (right->kind == LEC_NODE_WORD && !is_name (right) && g_ascii_strcasecmp (right->text, "nothing") == 0)
    return add_scope (checker, check_nothing (checker, test, left), left);
  take_values (checker, left, right);
  if (is_literal (left) && !set && !is_literal (right) && test->relation < LEC_RELATION_CONTAINS) {
    LecNode *other = left;

    left = right;
    right = other;
    test->relation = mirror (test->relation);
  }
  if (is_literal (left)) {
    const LecNode *wrong = looks_like_value (left) && !set && !looks_like_value (right) ? right : left;

    return looks_like_value (wrong) ? fail (checker, wrong, _ ("Expected a field here, such as tcp.port."))
                                    : fail_unknown (checker, wrong);
  }
  if (test->relation == LEC_RELATION_MATCHES && !make_regex (checker, test, right))
    return NULL;
  test->fold_case |= test->relation == LEC_RELATION_CONTAINS && left->analyzer_name;
  gboolean negated = normalise_relation (test);
  if (set || is_literal (right))
    result = check_with_constants (checker, test, left, right);
  else
    result = check_two_operands (checker, test, left, right);
  if (result != NULL && negated)
    result = node_over (checker, LEC_NODE_NOT, test, result);
  return add_scope (checker, result, left);
}

static LecNode *
check_truth (Checker *checker, LecNode *operand)
{
  LecClass class = LEC_CLASS_NONE;
  const LecField *field = NULL;

  if (!resolve (checker, operand))
    return NULL;
  if (is_literal (operand))
    return looks_like_value (operand)
               ? fail (checker, operand,
                       _ ("A value alone is no condition. Expected a field and a comparison, such as "
                          "tcp.port == 80."))
               : fail_unknown (checker, operand);
  if (is_name (operand))
    return add_scope (checker, node_over (checker, LEC_NODE_TRUTH, operand, operand), operand);
  if (!find_class (operand, &class, &field))
    return fail (checker, operand,
                 _ ("A value alone is no condition. Expected a field and a comparison, such as "
                    "tcp.port == 80."));
  LecNode *typed = type_operand (checker, operand, class, field);
  return typed != NULL ? node_over (checker, LEC_NODE_TRUTH, operand, typed) : NULL;
}

/* The whole frame is searched for the text. */
static LecNode *
check_search (Checker *checker, LecNode *search)
{
  LecNode *frame = node_like (checker, LEC_NODE_WORD, search), *test = node_like (checker, LEC_NODE_TEST, search);

  frame->text = "frame";
  test->relation = search->relation;
  test->fold_case = search->fold_case;
  lec_node_add (test, frame);
  lec_node_add (test, search->children[0]);
  return check_test (checker, test);
}

static LecNode *
check_condition (Checker *checker, LecNode *node)
{
  switch (node->kind) {
  case LEC_NODE_EVERYTHING:
    return node;
  case LEC_NODE_AND:
  case LEC_NODE_OR:
  case LEC_NODE_NOT:
    for (unsigned i = 0; i < node->n_children; i++) {
      node->children[i] = check_condition (checker, node->children[i]);
      if (node->children[i] == NULL)
        return NULL;
    }
    return node;
  case LEC_NODE_TEST:
    return check_test (checker, node);
  case LEC_NODE_SEARCH:
    return check_search (checker, node);
  case LEC_NODE_STACK:
    return fail (checker, node, _ ("Paths of layers cannot be used here. Join the conditions with \"and\"."));
  default:
    return check_truth (checker, node);
  }
}

gboolean
lec_check_run (const LecRegistry *registry, LecSyntax *syntax, LecFilterProblem *problem)
{
  Checker checker = { registry, syntax, problem };

  syntax->root = check_condition (&checker, syntax->root);
  return syntax->root != NULL;
}
