#include "filter/check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/limits.h"
#include "filter/encoding.h"
#include "filter/expansion.h"
#include "filter/hint.h"
#include "filter/typing.h"
#include "filter/value-names.h"

static LecNode *check_condition (LecChecker *checker, LecNode *node);

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
copy_test (LecChecker *checker, const LecNode *test, LecNode *left, LecNode *right)
{
  LecNode *copy = lec_checker_node (checker, LEC_NODE_TEST, test);

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
make_needle (LecChecker *checker, LecNode *literal, LecClass class)
{
  /* As in Wireshark, "contains 47" is a byte; a word that is no whole bytes is a text. */
  gboolean hex = literal->kind == LEC_NODE_WORD && class == LEC_CLASS_BYTES &&
                 (strpbrk (literal->text, ":-") != NULL || literal->text_bytes % 2 == 0);
  LecNode *needle = lec_checker_constant (checker, literal, hex ? LEC_CLASS_BYTES : LEC_CLASS_TEXT, NULL);

  return needle != NULL ? needle : lec_checker_constant (checker, literal, LEC_CLASS_TEXT, NULL);
}

/* NEEDLE in the encodings that TEST asks for, as a set. */
static LecNode *
encode (LecChecker *checker, const LecNode *test, const LecNode *literal, LecNode *needle)
{
  LecNode *set = lec_checker_node (checker, LEC_NODE_SET, literal);
  g_autoptr (GPtrArray) encoded = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if (test->text == NULL || literal->kind == LEC_NODE_BYTES) {
    lec_node_add (set, needle);
    return set;
  }
  lec_encoding_add (test->text, needle->constant.value.bytes, encoded);
  for (unsigned i = 0; i < encoded->len; i++) {
    LecNode *constant = lec_checker_node (checker, LEC_NODE_CONSTANT, literal);
    size_t bytes;
    const char *data = g_bytes_get_data (encoded->pdata[i], &bytes);

    constant->class = needle->class;
    constant->constant.value.bytes =
        (LecBytes){ (const uint8_t *) lec_syntax_text (checker->syntax, data, bytes), (uint32_t) bytes };
    constant->last = constant->constant;
    lec_node_add (set, constant);
  }
  return set;
}

/* CONSTANT as the word that it is of FIELD's closed set; NULL where it is none. */
static LecNode *
take_word_of_set (LecNode *constant, const LecField *field)
{
  const char *word = constant != NULL && constant->text != NULL ? lec_value_names_find (field, constant->text) : NULL;

  if (word == NULL)
    return NULL;
  constant->constant.value.bytes = (LecBytes){ (const uint8_t *) word, (uint32_t) strlen (word) };
  constant->last = constant->constant;
  return constant;
}

/* The constants of RIGHT (a set, or one literal) that fit CLASS and FIELD, as a set; NULL where none does. WORDS: they
 * are of FIELD's closed set. MISFIT gets the first that does not fit. */
static LecNode *
make_constants (LecChecker *checker, LecNode *right, LecClass class, const LecField *field, gboolean words,
                const LecNode **misfit)
{
  LecNode *set = lec_checker_node (checker, LEC_NODE_SET, right);
  unsigned n_members = right->kind == LEC_NODE_SET ? right->n_children : 1;

  for (unsigned i = 0; i < n_members; i++) {
    LecNode *member = right->kind == LEC_NODE_SET ? right->children[i] : right;
    gboolean range = member->kind == LEC_NODE_RANGE;
    LecNode *low = range ? member->children[0] : member, *high = range ? member->children[1] : member;
    LecNode *constant = lec_node_is_literal (low) ? lec_checker_constant (checker, low, class, field) : NULL;
    LecNode *last = range && lec_node_is_literal (high) ? lec_checker_constant (checker, high, class, field) : constant;

    if (words)
      constant = last = range ? NULL : take_word_of_set (constant, field);
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
make_regex (LecChecker *checker, LecNode *test, const LecNode *pattern)
{
  g_autoptr (GError) error = NULL;
  /* The steps are limited where the pattern is: no text may keep a frame busy for long (PCRE2, "Setting match resource
   * limits"). */
  g_autofree char *limited = g_strdup_printf ("(*LIMIT_MATCH=%u)(*LIMIT_DEPTH=%u)%s", LEC_LIMIT_REGEX_STEPS,
                                              LEC_LIMIT_REGEX_STEPS / 100, pattern->text);

  if (pattern->kind != LEC_NODE_STRING && pattern->kind != LEC_NODE_WORD)
    return lec_checker_fail (checker, pattern, _ ("Expected a regular expression in quotation marks here.")) != NULL;
  /* Only a line feed ends a line, as in Wireshark; GLib's own default knows more ends. */
  test->regex =
      g_regex_new (limited, G_REGEX_RAW | G_REGEX_CASELESS | G_REGEX_OPTIMIZE | G_REGEX_NEWLINE_LF, 0, &error);
  if (test->regex != NULL)
    return TRUE;
  lec_filter_problem_set (checker->problem, pattern->position, pattern->length,
                          _ ("This is no regular expression that can be read: %s"), error->message);
  return FALSE;
}

/* TEST over the fields of TYPE among those of LEFT, with RIGHT's values as they want them; NULL without a problem where
 * they do not fit, and then MISFIT. */
static LecNode *
test_with_constants (LecChecker *checker, LecNode *test, LecNode *left, LecNode *right, LecClass class,
                     const LecField *field, const LecNode **misfit)
{
  /* *Verdict is a name of several fields, and not all of them have such a set. */
  gboolean words = left->n_fields == 1 && lec_value_names_are_closed (left->fields[0]);
  LecNode *constants;

  if (test->relation == LEC_RELATION_CONTAINS || test->relation == LEC_RELATION_MATCHES) {
    LecNode *needle = class == LEC_CLASS_TEXT || class == LEC_CLASS_BYTES ? make_needle (checker, right, class) : NULL;

    if (needle == NULL)
      return NULL;
    return copy_test (checker, test, left, encode (checker, test, right, needle));
  }
  if (class == LEC_CLASS_NONE || (field != NULL && field->type == LEC_TYPE_PROTOCOL))
    return NULL;
  constants = make_constants (checker, right, class, field, words, misfit);
  return constants != NULL ? copy_test (checker, test, left, constants) : NULL;
}

static LecNode *
fail_constants (LecChecker *checker, const LecNode *test, const LecNode *left, const LecNode *right,
                const LecNode *misfit, LecClass class, const LecField *field)
{
  if (test->relation == LEC_RELATION_CONTAINS || test->relation == LEC_RELATION_MATCHES)
    return lec_checker_fail (checker, left, _ ("Only texts and bytes can be searched: expected such a field here."));
  if (class == LEC_CLASS_NONE || (field != NULL && field->type == LEC_TYPE_PROTOCOL)) {
    lec_filter_problem_set (
        checker->problem, left->position, left->length,
        _ ("\"%s\" has no value to compare: it is there or not. Expected a field with a value, such "
           "as tcp.port."),
        left->text);
    return NULL;
  }
  return lec_checker_fail_type (checker, misfit != NULL ? misfit : right, class, field, left);
}

/* The names behind *Source's addresses, for what is no address. */
static gboolean
is_alias_of_address (const LecNode *left, const LecField *field)
{
  return left->kind == LEC_NODE_WILDCARD && field->type == LEC_TYPE_STRING && left->fields[0]->type == LEC_TYPE_IPV4;
}

static gboolean
is_number_like (const LecNode *literal)
{
  return literal->kind != LEC_NODE_STRING && !(literal->kind == LEC_NODE_WORD && g_ascii_isalpha (literal->text[0]));
}

/* One test for each type that LEFT's fields have and RIGHT's values fit, joined with "or". */
static LecNode *
check_with_constants (LecChecker *checker, LecNode *test, LecNode *left, LecNode *right)
{
  LecNode *list = lec_checker_node (checker, LEC_NODE_OR, test);
  const LecNode *misfit = NULL;
  LecClass class = LEC_CLASS_NONE;
  const LecField *field = NULL;

  if (!lec_node_is_name (left)) {
    lec_node_find_class (left, &class, &field);
    LecNode *typed = lec_checker_type (checker, left, class, field);
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
    if (seen || (is_alias_of_address (left, field) && (list->n_children > 0 || is_number_like (right))))
      continue;
    const LecNode *unfit = NULL;
    LecNode *made = test_with_constants (checker, test, lec_checker_restrict (checker, left, field->type), right,
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
check_two_operands (LecChecker *checker, LecNode *test, LecNode *left, LecNode *right)
{
  LecNode *list = lec_checker_node (checker, LEC_NODE_OR, test);
  unsigned n_left = lec_node_is_name (left) ? left->n_fields : 1,
           n_right = lec_node_is_name (right) ? right->n_fields : 1;

  for (unsigned i = 0; i < n_left; i++)
    for (unsigned k = 0; k < n_right; k++) {
      LecClass a, b;
      const LecField *a_field, *b_field;
      LecNode *x = lec_node_is_name (left) ? lec_checker_restrict (checker, left, left->fields[i]->type) : left;
      LecNode *y = lec_node_is_name (right) ? lec_checker_restrict (checker, right, right->fields[k]->type) : right;

      /* Once for each pair of types: where the restriction begins with this very field. */
      if ((lec_node_is_name (left) && x->fields[0] != left->fields[i]) ||
          (lec_node_is_name (right) && y->fields[0] != right->fields[k]))
        continue;
      if (!lec_node_find_class (x, &a, &a_field) || !lec_node_find_class (y, &b, &b_field) ||
          !are_comparable (test, a, b))
        continue;
      x = lec_node_is_name (x) ? x : lec_checker_type (checker, x, a, a_field);
      y = lec_node_is_name (y) ? y : lec_checker_type (checker, y, b, b_field);
      if (x == NULL || y == NULL)
        return NULL;
      lec_node_add (list, copy_test (checker, test, x, y));
    }
  if (list->n_children == 0)
    return lec_checker_fail (checker, test, _ ("These two hold different kinds of values, which cannot be compared."));
  return list->n_children == 1 ? list->children[0] : list;
}

/* `x in {80, tcp.dstport}`: values together, and a comparison with each field. */
static LecNode *
check_set (LecChecker *checker, LecNode *test, LecNode *left, LecNode *set)
{
  LecNode *list = lec_checker_node (checker, LEC_NODE_OR, test),
          *values = lec_checker_node (checker, LEC_NODE_SET, set);

  for (unsigned i = 0; i < set->n_children; i++) {
    LecNode *member = set->children[i], *equality;

    if (member->kind == LEC_NODE_RANGE || lec_node_is_literal (member)) {
      lec_node_add (values, member);
      continue;
    }
    if (test->quantifier == LEC_QUANTIFIER_ALL)
      return lec_checker_fail (checker, member,
                               _ ("Expected a value here: behind \"all\", a set has no fields in it."));
    equality = copy_test (checker, test, left, member);
    equality->relation = LEC_RELATION_EQUAL;
    equality = check_two_operands (checker, equality, left, member);
    if (equality == NULL)
      return NULL;
    lec_node_add (list, equality);
  }
  if (list->n_children == 0)
    return check_with_constants (checker, test, left, set);
  LecNode *constants = values->n_children > 0 ? check_with_constants (checker, test, left, values) : NULL;
  if (values->n_children > 0 && constants == NULL)
    return NULL;
  if (constants != NULL)
    lec_node_add (list, constants);
  return list->n_children == 1 ? list->children[0] : list;
}

/* A name that stands where a value is meant: http in tcp.port == http. Dotted names are always fields. */
static gboolean
reads_as_value (LecChecker *checker, LecNode *left, LecNode *right)
{
  LecNode literal = *right;

  if (right->kind != LEC_NODE_WORD || !lec_node_is_name (right) || !lec_node_is_name (left) ||
      strchr (right->text, '.') != NULL)
    return FALSE;
  literal.n_fields = 0;
  for (unsigned i = 0; i < left->n_fields; i++) {
    LecClass class = lec_class_of (left->fields[i]);

    if ((lec_class_is_numeric (class) || right->fields[0]->type == LEC_TYPE_PROTOCOL) && class != LEC_CLASS_BYTES &&
        lec_checker_constant (checker, &literal, class, left->fields[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
take_values (LecChecker *checker, LecNode *left, LecNode *right)
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
check_nothing (LecChecker *checker, const LecNode *test, LecNode *left)
{
  LecNode *presence = lec_checker_node_over (checker, LEC_NODE_PRESENCE, test, left);

  if (!lec_node_is_name (left))
    return looks_like_value (left) ? lec_checker_fail (checker, left, _ ("Expected a field here."))
                                   : lec_checker_fail_unknown (checker, left);
  return test->relation == LEC_RELATION_EQUAL ? lec_checker_node_over (checker, LEC_NODE_NOT, test, presence)
                                              : presence;
}

/* TCP#DiagnosisLevels: the annotation, where the scope is there too. */
static LecNode *
add_scope (LecChecker *checker, LecNode *condition, const LecNode *operand)
{
  if (condition == NULL || operand->kind != LEC_NODE_ANNOTATION || operand->n_children == 0)
    return condition;
  LecNode *scope = check_condition (checker, operand->children[0]);
  if (scope == NULL)
    return NULL;
  LecNode *both = lec_checker_node_over (checker, LEC_NODE_AND, operand, scope);
  lec_node_add (both, condition);
  return both;
}

/* `*IsOperation == true`; NULL where TEST is nothing of the kind. */
static LecNode *
expand_truth (LecChecker *checker, const LecNode *test)
{
  const LecNode *right = test->children[1];
  LecNode *condition = NULL;

  if (right->kind == LEC_NODE_WORD && test->relation <= LEC_RELATION_DIFFERS &&
      (g_ascii_strcasecmp (right->text, "true") == 0 || g_ascii_strcasecmp (right->text, "false") == 0))
    condition = lec_expansion_of_name (checker, test->children[0]);
  if (condition == NULL)
    return NULL;
  gboolean equal = test->relation == LEC_RELATION_EQUAL || test->relation == LEC_RELATION_ALL_EQUAL;
  gboolean negated = equal != (g_ascii_strcasecmp (right->text, "true") == 0);
  return negated ? lec_checker_node_over (checker, LEC_NODE_NOT, test, condition) : condition;
}

static gboolean
check_encoding (LecChecker *checker, const LecNode *test)
{
  if (test->text == NULL || lec_encoding_is_known (test->text))
    return TRUE;
  g_autofree char *known = lec_encoding_dup_names ();
  lec_filter_problem_set (checker->problem, test->position, test->length,
                          _ ("There is no encoding \"%s\". There are %s."), test->text, known);
  return FALSE;
}

static LecNode *
check_test (LecChecker *checker, LecNode *test)
{
  LecNode *left = test->children[0], *right = test->children[1], *result;
  gboolean set = right->kind == LEC_NODE_SET;
  LecNode *expansion = expand_truth (checker, test);

  if (expansion == NULL)
    expansion = lec_expansion_of_diagnosis (checker, test);
  if (expansion != NULL)
    return check_condition (checker, expansion);
  if (!check_encoding (checker, test))
    return NULL;
  if (!lec_checker_resolve (checker, left) || !lec_checker_resolve (checker, right))
    return NULL;
  if (right->kind == LEC_NODE_WORD && !lec_node_is_name (right) && g_ascii_strcasecmp (right->text, "nothing") == 0)
    return add_scope (checker, check_nothing (checker, test, left), left);
  take_values (checker, left, right);
  if (lec_node_is_literal (left) && !set && !lec_node_is_literal (right) && test->relation < LEC_RELATION_CONTAINS) {
    LecNode *other = left;

    left = right;
    right = other;
    test->relation = mirror (test->relation);
  }
  if (lec_node_is_literal (left)) {
    const LecNode *wrong = looks_like_value (left) && !set && !looks_like_value (right) ? right : left;

    return looks_like_value (wrong) ? lec_checker_fail (checker, wrong, _ ("Expected a field here, such as tcp.port."))
                                    : lec_checker_fail_unknown (checker, wrong);
  }
  if (test->relation == LEC_RELATION_MATCHES && !make_regex (checker, test, right))
    return NULL;
  test->fold_case |= test->relation == LEC_RELATION_CONTAINS && left->analyzer_name;
  test->fold_case &= !test->exact_case;
  gboolean negated = normalise_relation (test);
  if (set)
    result = check_set (checker, test, left, right);
  else if (lec_node_is_literal (right))
    result = check_with_constants (checker, test, left, right);
  else
    result = check_two_operands (checker, test, left, right);
  if (result != NULL)
    lec_hint_add (checker->syntax, test, result, negated);
  if (result != NULL && negated)
    result = lec_checker_node_over (checker, LEC_NODE_NOT, test, result);
  return add_scope (checker, result, left);
}

static LecNode *
check_truth (LecChecker *checker, LecNode *operand)
{
  LecClass class = LEC_CLASS_NONE;
  const LecField *field = NULL;
  LecNode *expansion = lec_expansion_of_name (checker, operand);

  if (expansion != NULL)
    return check_condition (checker, expansion);
  if (!lec_checker_resolve (checker, operand))
    return NULL;
  if (lec_node_is_literal (operand))
    return looks_like_value (operand)
               ? lec_checker_fail (checker, operand,
                                   _ ("A value alone is no condition. Expected a field and a comparison, such as "
                                      "tcp.port == 80."))
               : lec_checker_fail_unknown (checker, operand);
  if (lec_node_is_name (operand))
    return add_scope (checker, lec_checker_node_over (checker, LEC_NODE_TRUTH, operand, operand), operand);
  if (!lec_node_find_class (operand, &class, &field))
    return lec_checker_fail (checker, operand,
                             _ ("A value alone is no condition. Expected a field and a comparison, such as "
                                "tcp.port == 80."));
  LecNode *typed = lec_checker_type (checker, operand, class, field);
  return typed != NULL ? lec_checker_node_over (checker, LEC_NODE_TRUTH, operand, typed) : NULL;
}

/* A text is sought in the whole frame; a pattern in what the frame carries, too, so that it can ask for its beginning.
 */
static LecNode *
check_search (LecChecker *checker, LecNode *search)
{
  gboolean pattern = search->relation == LEC_RELATION_MATCHES;
  LecNode *where = lec_checker_node (checker, pattern ? LEC_NODE_WILDCARD : LEC_NODE_WORD, search),
          *test = lec_checker_node (checker, LEC_NODE_TEST, search);

  where->text = pattern ? "Text" : "frame";
  test->relation = search->relation;
  test->fold_case = search->fold_case;
  test->exact_case = search->exact_case;
  test->text = search->text != NULL ? search->text : LEC_ENCODING_USUAL;
  lec_node_add (test, where);
  lec_node_add (test, search->children[0]);
  return check_test (checker, test);
}

/* The name that begins NODE, or NULL. */
static const LecNode *
first_name (const LecNode *node)
{
  while (node->kind != LEC_NODE_WORD && node->n_children > 0)
    node = node->children[0];
  return node->kind == LEC_NODE_WORD ? node : NULL;
}

/* The layer that ELEMENT, not yet checked, is about: that of its first name; NULL: of any protocol. */
static const char *
layer_of (LecChecker *checker, const LecNode *element)
{
  const LecNode *name = first_name (element);
  size_t length = name != NULL ? strcspn (name->text, ".:") : 0;
  g_autofree char *module = name != NULL ? g_strndup (name->text, length) : NULL;
  const LecName *found = module != NULL ? lec_registry_find (checker->registry, module) : NULL;

  return found != NULL && found->fields[0]->type == LEC_TYPE_PROTOCOL ? found->fields[0]->name : NULL;
}

static LecNode *
check_stack (LecChecker *checker, LecNode *stack)
{
  stack->protocols = g_new0 (const char *, stack->n_children);
  g_ptr_array_add (checker->syntax->owned, stack->protocols);
  for (unsigned i = 0; i < stack->n_children; i++) {
    stack->protocols[i] = layer_of (checker, stack->children[i]);
    stack->children[i] = check_condition (checker, stack->children[i]);
    if (stack->children[i] == NULL)
      return NULL;
  }
  return stack;
}

static LecNode *
check_condition (LecChecker *checker, LecNode *node)
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
    return check_stack (checker, node);
  default:
    return check_truth (checker, node);
  }
}

gboolean
lec_check_run (const LecRegistry *registry, LecSyntax *syntax, LecFilterProblem *problem)
{
  LecChecker checker = { registry, syntax, problem };

  syntax->root = check_condition (&checker, syntax->root);
  return syntax->root != NULL;
}
