#include "filter/operands.h"

#include <string.h>

#include "base/find-bytes.h"
#include "base/limits.h"

static int
compare_bytes (LecBytes a, LecBytes b)
{
  uint32_t shared = MIN (a.length, b.length);
  int order = shared > 0 ? memcmp (a.data, b.data, shared) : 0;

  return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static int
compare_addresses (const LecConstant *a, const LecConstant *b)
{
  unsigned bits = MIN (a->prefix_bits, b->prefix_bits), bytes = bits / 8;
  LecBytes x = a->value.bytes, y = b->value.bytes;
  int order;

  if (x.length != y.length || x.length * 8 < bits)
    return compare_bytes (x, y);
  order = bytes > 0 ? memcmp (x.data, y.data, bytes) : 0;
  if (order != 0 || bits % 8 == 0)
    return order;
  unsigned shift = 8 - bits % 8;
  return (x.data[bytes] >> shift) - (y.data[bytes] >> shift);
}

static double
as_real (LecClass class, const LecConstant *value)
{
  return class == LEC_CLASS_REAL       ? value->value.real
         : class == LEC_CLASS_UNSIGNED ? (double) value->value.number
                                       : (double) (int64_t) value->value.number;
}

static int
compare_numbers (LecClass a_class, const LecConstant *a, LecClass b_class, const LecConstant *b)
{
  uint64_t x = a->value.number, y = b->value.number;
  gboolean x_negative = a_class != LEC_CLASS_UNSIGNED && (int64_t) x < 0;
  gboolean y_negative = b_class != LEC_CLASS_UNSIGNED && (int64_t) y < 0;

  if (x_negative != y_negative)
    return x_negative ? -1 : 1;
  /* Of one sign, two's complement orders as plain binary does. */
  return (x > y) - (x < y);
}

int
lec_compare (LecClass a_class, const LecConstant *a, LecClass b_class, const LecConstant *b)
{
  if (b->outside != LEC_WITHIN)
    return b->outside == LEC_ABOVE_ALL ? -1 : 1;
  if (a_class == LEC_CLASS_IPV4 || a_class == LEC_CLASS_IPV6)
    return compare_addresses (a, b);
  if (a_class >= LEC_CLASS_TEXT)
    return compare_bytes (a->value.bytes, b->value.bytes);
  if (a_class == LEC_CLASS_REAL || b_class == LEC_CLASS_REAL) {
    double x = as_real (a_class, a), y = as_real (b_class, b);

    return (x > y) - (x < y);
  }
  return compare_numbers (a_class, a, b_class, b);
}

gboolean
lec_bytes_contain (LecBytes haystack, LecBytes needle, gboolean fold_case)
{
  if (needle.length == 0)
    return TRUE;
  if (haystack.length < needle.length)
    return FALSE;
  return lec_find_bytes (haystack.data, haystack.length, needle.data, needle.length, fold_case) != NULL;
}

static gboolean
push (LecEvaluator *evaluator, const LecConstant *value)
{
  if (evaluator->stack->len >= LEC_LIMIT_FILTER_VALUES)
    return FALSE;
  g_array_append_val (evaluator->stack, *value);
  return TRUE;
}

/* What lies on the stack from START on. */
static LecValues
values_from (const LecEvaluator *evaluator, unsigned start)
{
  return (LecValues){ NULL, start, evaluator->stack->len - start };
}

static LecValues
slot_values (LecEvaluator *evaluator, const LecOperand *operand)
{
  unsigned start = evaluator->stack->len;

  if (operand->n_slots == 1) {
    const GArray *values = evaluator->values[operand->slots[0]];

    return (LecValues){ (const LecConstant *) (const void *) values->data, 0, values->len };
  }
  for (unsigned i = 0; i < operand->n_slots; i++) {
    const GArray *values = evaluator->values[operand->slots[i]];

    for (unsigned k = 0; k < values->len; k++)
      push (evaluator, &g_array_index (values, LecConstant, k));
  }
  return values_from (evaluator, start);
}

/* A range's first and last byte in a value of LENGTH bytes; FALSE: there are none. */
static gboolean
slice_bounds (const LecSlice *slice, uint32_t length, uint32_t *first, uint32_t *last)
{
  int64_t from = slice->first < 0 ? (int64_t) length + slice->first : slice->first;
  int64_t to = slice->to_end ? (int64_t) length - 1 : slice->last < 0 ? (int64_t) length + slice->last : slice->last;

  if (from < 0 || from >= length || to < from || to >= length)
    return FALSE;
  *first = (uint32_t) from;
  *last = (uint32_t) to;
  return TRUE;
}

static void
push_slice (LecEvaluator *evaluator, const LecOperand *operand, const LecConstant *value)
{
  LecConstant result = *value;
  uint32_t length = value->value.bytes.length, first = 0, last = 0, total = 0;

  for (unsigned i = 0; i < operand->n_slices; i++) {
    if (!slice_bounds (&operand->slices[i], length, &first, &last))
      return;
    total += last - first + 1;
  }
  uint8_t *bytes = lec_evaluator_allocate (evaluator, total);
  if (bytes == NULL)
    return;
  result.value.bytes = (LecBytes){ bytes, total };
  for (unsigned i = 0; i < operand->n_slices; i++) {
    slice_bounds (&operand->slices[i], length, &first, &last);
    memcpy (bytes, value->value.bytes.data + first, last - first + 1);
    bytes += last - first + 1;
  }
  push (evaluator, &result);
}

static void
push_layer (LecEvaluator *evaluator, const LecOperand *operand, const LecConstant *value, unsigned n_layers)
{
  for (unsigned i = 0; i < operand->n_slices; i++) {
    const LecSlice *slice = &operand->slices[i];
    int64_t first = slice->first < 0 ? (int64_t) n_layers + 1 + slice->first : slice->first;
    int64_t last = slice->to_end ? G_MAXUINT8 : slice->last < 0 ? (int64_t) n_layers + 1 + slice->last : slice->last;

    if (value->layer >= first && value->layer <= last) {
      push (evaluator, value);
      return;
    }
  }
}

/* Whole numbers wrap around as the machine's do; FALSE: no result. */
static gboolean
calculate_integer (int symbol, int64_t a, int64_t b, int64_t *result)
{
  switch (symbol) {
  case '+':
    *result = (int64_t) ((uint64_t) a + (uint64_t) b);
    return TRUE;
  case '-':
    *result = (int64_t) ((uint64_t) a - (uint64_t) b);
    return TRUE;
  case '*':
    *result = (int64_t) ((uint64_t) a * (uint64_t) b);
    return TRUE;
  case '/':
  case '%':
    if (b == 0 || (a == G_MININT64 && b == -1))
      return FALSE;
    *result = symbol == '/' ? a / b : a % b;
    return TRUE;
  case '&':
    *result = a & b;
    return TRUE;
  case '|':
    *result = a | b;
    return TRUE;
  case '^':
    *result = a ^ b;
    return TRUE;
  case 'l':
    *result = b < 0 || b > 63 ? 0 : (int64_t) ((uint64_t) a << b);
    return TRUE;
  case 'r':
    *result = b < 0 || b > 63 ? 0 : (int64_t) ((uint64_t) a >> b);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
calculate_real (int symbol, double a, double b, double *result)
{
  *result = symbol == '+' ? a + b : symbol == '-' ? a - b : symbol == '*' ? a * b : symbol == '/' && b != 0 ? a / b : 0;
  return strchr ("+-*/", symbol) != NULL && (symbol != '/' || b != 0);
}

static LecValues
arithmetic_values (LecEvaluator *evaluator, const LecOperand *operand)
{
  static const LecConstant zero = { .value = { 0 } };
  const LecOperand *first = operand->children[0], *second = operand->children[operand->n_children - 1];
  gboolean unary = operand->n_children == 1;
  /* A sign's only operand once: twice at every level would be without end. */
  LecValues left = unary ? (LecValues){ &zero, 0, 1 } : lec_operand_values (evaluator, first);
  LecValues right = lec_operand_values (evaluator, second);
  unsigned start = evaluator->stack->len;

  for (unsigned i = 0; i < left.n; i++)
    for (unsigned k = 0; k < right.n; k++) {
      /* By value: pushing may move the stack. */
      LecConstant a = *lec_values_at (evaluator, &left, i), b = *lec_values_at (evaluator, &right, k);
      LecConstant result = { .layer = a.layer };
      int64_t number = 0;
      gboolean there;

      if (operand->class == LEC_CLASS_REAL) {
        there = calculate_real (operand->symbol, as_real (first->class, &a), as_real (second->class, &b),
                                &result.value.real);
      } else {
        there = calculate_integer (operand->symbol, (int64_t) a.value.number, (int64_t) b.value.number, &number);
        result.value.number = (uint64_t) number;
      }
      if (there && !push (evaluator, &result))
        return values_from (evaluator, start);
    }
  return values_from (evaluator, start);
}

/* Whether A comes before B for min, behind it for max. */
static gboolean
wins (const LecOperand *call, const LecOperand *a_operand, const LecConstant *a, const LecOperand *b_operand,
      const LecConstant *b)
{
  int order = lec_compare (a_operand->class, a, b_operand->class, b);

  return call->function == LEC_FUNCTION_MINIMUM ? order < 0 : order > 0;
}

static LecValues
extreme_value (LecEvaluator *evaluator, const LecOperand *operand)
{
  unsigned start = evaluator->stack->len;
  const LecOperand *best_operand = NULL;
  LecConstant best = { .value = { 0 } };

  for (unsigned i = 0; i < operand->n_children; i++) {
    LecValues values = lec_operand_values (evaluator, operand->children[i]);

    for (unsigned k = 0; k < values.n; k++) {
      const LecConstant *value = lec_values_at (evaluator, &values, k);

      if (best_operand == NULL || wins (operand, operand->children[i], value, best_operand, &best)) {
        best_operand = operand->children[i];
        best = *value;
      }
    }
  }
  g_array_set_size (evaluator->stack, start);
  if (best_operand != NULL)
    push (evaluator, &best);
  return values_from (evaluator, start);
}

static void
push_text (LecEvaluator *evaluator, const char *text, size_t bytes, int (*change) (int character))
{
  uint8_t *copy = lec_evaluator_allocate (evaluator, bytes + 1);
  LecConstant result = { .value.bytes = { copy, (uint32_t) bytes } };

  if (copy == NULL)
    return;
  for (size_t i = 0; i < bytes; i++)
    copy[i] = change != NULL ? (uint8_t) change ((uint8_t) text[i]) : (uint8_t) text[i];
  push (evaluator, &result);
}

static int
upper (int character)
{
  return g_ascii_toupper (character);
}

static int
lower (int character)
{
  return g_ascii_tolower (character);
}

/* string(field): as the command line prints it. */
static LecValues
string_values (LecEvaluator *evaluator, const LecOperand *operand)
{
  const LecOperand *child = operand->children[0];
  unsigned start = evaluator->stack->len;
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned i = 0; i < child->n_slots; i++) {
    const GArray *values = evaluator->values[child->slots[i]];

    for (unsigned k = 0; k < values->len; k++) {
      g_string_truncate (text, 0);
      lec_value_append (text, evaluator->program->slots[child->slots[i]].field,
                        &g_array_index (values, LecConstant, k).value, FALSE);
      push_text (evaluator, text->str, text->len, NULL);
    }
  }
  return values_from (evaluator, start);
}

static void
push_call (LecEvaluator *evaluator, const LecOperand *operand, const LecConstant *value)
{
  LecConstant result = *value;
  LecBytes bytes = value->value.bytes;

  switch (operand->function) {
  case LEC_FUNCTION_LENGTH:
    result.value.number = bytes.length;
    break;
  case LEC_FUNCTION_NUMBER:
    if (bytes.length > sizeof result.value.number)
      return;
    result.value.number = 0;
    for (uint32_t i = 0; i < bytes.length; i++)
      result.value.number = result.value.number << 8 | bytes.data[i];
    break;
  case LEC_FUNCTION_ABSOLUTE:
    if (operand->class == LEC_CLASS_REAL)
      result.value.real = value->value.real < 0 ? -value->value.real : value->value.real;
    else if (operand->class != LEC_CLASS_UNSIGNED && (int64_t) value->value.number < 0)
      result.value.number = -value->value.number;
    break;
  case LEC_FUNCTION_UPPER:
  case LEC_FUNCTION_LOWER:
    push_text (evaluator, (const char *) bytes.data, bytes.length,
               operand->function == LEC_FUNCTION_UPPER ? upper : lower);
    return;
  default:
    break;
  }
  push (evaluator, &result);
}

static LecValues
call_values (LecEvaluator *evaluator, const LecOperand *operand)
{
  if (operand->function == LEC_FUNCTION_MINIMUM || operand->function == LEC_FUNCTION_MAXIMUM)
    return extreme_value (evaluator, operand);
  if (operand->function == LEC_FUNCTION_STRING)
    return string_values (evaluator, operand);
  LecValues values = lec_operand_values (evaluator, operand->children[0]);
  unsigned start = evaluator->stack->len;
  if (operand->function == LEC_FUNCTION_COUNT) {
    LecConstant count = { .value.number = values.n };

    if (values.n > 0)
      push (evaluator, &count);
    return values_from (evaluator, start);
  }
  for (unsigned i = 0; i < values.n; i++) {
    LecConstant value = *lec_values_at (evaluator, &values, i);

    push_call (evaluator, operand, &value);
  }
  return values_from (evaluator, start);
}

LecValues
lec_operand_values (LecEvaluator *evaluator, const LecOperand *operand)
{
  unsigned n_layers = 0;

  switch (operand->kind) {
  case LEC_NODE_CONSTANT:
    return (LecValues){ &operand->constant, 0, 1 };
  case LEC_NODE_ARITHMETIC:
    return arithmetic_values (evaluator, operand);
  case LEC_NODE_CALL:
    return call_values (evaluator, operand);
  case LEC_NODE_SLICE:
  case LEC_NODE_LAYER:
    break;
  default:
    return slot_values (evaluator, operand);
  }
  LecValues values = lec_operand_values (evaluator, operand->children[0]);
  unsigned start = evaluator->stack->len;
  for (unsigned i = 0; i < values.n; i++)
    n_layers = MAX (n_layers, lec_values_at (evaluator, &values, i)->layer);
  for (unsigned i = 0; i < values.n; i++) {
    LecConstant value = *lec_values_at (evaluator, &values, i);

    if (operand->kind == LEC_NODE_SLICE)
      push_slice (evaluator, operand, &value);
    else
      push_layer (evaluator, operand, &value, n_layers);
  }
  return values_from (evaluator, start);
}
