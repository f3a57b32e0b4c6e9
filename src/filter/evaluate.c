#include "filter/evaluate.h"

#include <string.h>

#include "base/limits.h"
#include "filter/carried.h"
#include "filter/operands.h"
#include "protocol/protocols.h"

#define CHUNK_BYTES 16384u

LecEvaluator *
lec_evaluator_new (const LecProgram *program)
{
  LecEvaluator *evaluator = g_new0 (LecEvaluator, 1);

  evaluator->program = program;
  evaluator->values = g_new (GArray *, program->n_slots + 1);
  for (unsigned i = 0; i < program->n_slots; i++)
    evaluator->values[i] = g_array_new (FALSE, FALSE, sizeof (LecConstant));
  evaluator->stack = g_array_new (FALSE, FALSE, sizeof (LecConstant));
  evaluator->chunks = g_ptr_array_new_with_free_func (g_free);
  evaluator->large = g_ptr_array_new_with_free_func (g_free);
  evaluator->sources = g_array_new (FALSE, TRUE, sizeof (LecBytes));
  return evaluator;
}

void
lec_evaluator_free (LecEvaluator *evaluator)
{
  for (unsigned i = 0; i < evaluator->program->n_slots; i++)
    g_array_unref (evaluator->values[i]);
  g_free (evaluator->values);
  g_array_unref (evaluator->stack);
  g_ptr_array_unref (evaluator->chunks);
  g_ptr_array_unref (evaluator->large);
  g_array_unref (evaluator->sources);
  g_free (evaluator);
}

void
lec_evaluator_begin (LecEvaluator *evaluator)
{
  for (unsigned i = 0; i < evaluator->program->n_slots; i++)
    g_array_set_size (evaluator->values[i], 0);
  g_array_set_size (evaluator->sources, 0);
  if (evaluator->large->len > 0)
    g_ptr_array_set_size (evaluator->large, 0);
  evaluator->chunk = 0;
  evaluator->chunk_used = 0;
  evaluator->value_bytes = 0;
  if (evaluator->program->uses_layers)
    memset (evaluator->layers, 0, sizeof evaluator->layers);
}

uint8_t *
lec_evaluator_allocate (LecEvaluator *evaluator, size_t bytes)
{
  evaluator->value_bytes += bytes;
  if (evaluator->value_bytes > LEC_LIMIT_FILTER_VALUE_BYTES)
    return NULL;
  if (bytes > CHUNK_BYTES) {
    g_ptr_array_add (evaluator->large, g_malloc (bytes));
    return evaluator->large->pdata[evaluator->large->len - 1];
  }
  if (evaluator->chunk_used + bytes > CHUNK_BYTES) {
    evaluator->chunk++;
    evaluator->chunk_used = 0;
  }
  if (evaluator->chunk == evaluator->chunks->len)
    g_ptr_array_add (evaluator->chunks, g_malloc (CHUNK_BYTES));
  uint8_t *memory = (uint8_t *) evaluator->chunks->pdata[evaluator->chunk] + evaluator->chunk_used;
  evaluator->chunk_used += bytes;
  return memory;
}

static gboolean
is_in_bytes (LecClass class)
{
  return class >= LEC_CLASS_TEXT;
}

void
lec_evaluator_add (LecEvaluator *evaluator, unsigned slot, const LecValue *value)
{
  const LecSlot *wanted = &evaluator->program->slots[slot];
  LecConstant item = { .value = *value };

  if (evaluator->values[slot]->len >= LEC_LIMIT_FILTER_VALUES)
    return;
  if (wanted->class == LEC_CLASS_IPV4 || wanted->class == LEC_CLASS_IPV6)
    item.prefix_bits = (uint8_t) MIN (value->bytes.length * 8, 128);
  if (evaluator->program->uses_layers)
    item.layer = evaluator->layers[__builtin_ctz (wanted->carriers)];
  if (is_in_bytes (wanted->class) && value->bytes.length > 0 && wanted->field->type != LEC_TYPE_PROTOCOL) {
    /* The dissection may reuse the memory for the next field. */
    uint8_t *copy = lec_evaluator_allocate (evaluator, value->bytes.length);

    if (copy == NULL)
      return;
    memcpy (copy, value->bytes.data, value->bytes.length);
    item.value.bytes.data = copy;
  }
  g_array_append_val (evaluator->values[slot], item);
}

static void
count_layer (LecEvaluator *evaluator, const LecField *field)
{
  for (unsigned i = 0; i < LEC_N_PROTOCOLS; i++)
    if (lec_protocol (i) != NULL && lec_protocol (i)->fields == field)
      evaluator->layers[i]++;
}

static void
sink_add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  LecEvaluator *evaluator = (LecEvaluator *) (void *) sink;

  if (evaluator->program->uses_layers && field->type == LEC_TYPE_PROTOCOL)
    count_layer (evaluator, field);
  int slot = lec_program_find_slot (evaluator->program, field);
  if (slot >= 0 && !(evaluator->program->slots[slot].origin & LEC_ORIGINS_OWN))
    lec_evaluator_add (evaluator, (unsigned) slot, value);
}

static void
sink_close (LecSink *sink)
{
}

static void
sink_source (LecSink *sink, uint16_t source, const char *name, LecBytes bytes, const LecPiece *pieces,
             unsigned n_pieces)
{
  LecEvaluator *evaluator = (LecEvaluator *) (void *) sink;

  if (evaluator->sources->len <= source)
    g_array_set_size (evaluator->sources, source + 1u);
  g_array_index (evaluator->sources, LecBytes, source) = bytes;
}

/* The protocols that may stand above ID in a frame, itself included. */
static uint32_t
reach_of (LecProtocolId id)
{
  static const uint32_t ends = 1u << LEC_PROTOCOL_ARP | 1u << LEC_PROTOCOL_IGMP | 1u << LEC_PROTOCOL_DNS |
                               1u << LEC_PROTOCOL_MDNS | 1u << LEC_PROTOCOL_LLMNR | 1u << LEC_PROTOCOL_DHCP |
                               1u << LEC_PROTOCOL_HTTP | 1u << LEC_PROTOCOL_TLS | 1u << LEC_PROTOCOL_DATA;
  static const uint32_t applications = (ends & ~(1u << LEC_PROTOCOL_ARP) & ~(1u << LEC_PROTOCOL_IGMP));

  if ((ends >> id & 1) != 0)
    return 1u << id;
  if (id == LEC_PROTOCOL_TCP || id == LEC_PROTOCOL_UDP)
    return 1u << id | applications;
  return G_MAXUINT32;
}

static gboolean
sink_wants_protocol (LecSink *sink, const LecProtocol *protocol)
{
  LecEvaluator *evaluator = (LecEvaluator *) (void *) sink;

  if (lec_protocol_is_replayed (protocol->id))
    return evaluator->program->wants_replay;
  return evaluator->program->wants_all || (evaluator->program->protocols & reach_of (protocol->id)) != 0;
}

static gboolean
sink_wants_field (LecSink *sink, const LecField *field)
{
  return lec_program_find_slot (((LecEvaluator *) (void *) sink)->program, field) >= 0;
}

LecSink *
lec_evaluator_sink (LecEvaluator *evaluator)
{
  evaluator->sink = (LecSink){
    .add = sink_add,
    .close = sink_close,
    .source = sink_source,
    .wants_protocol = sink_wants_protocol,
    .wants_field = sink_wants_field,
    /* Layers are counted by their protocols' own fields. */
    .field_bits = evaluator->program->uses_layers ? 0 : evaluator->program->field_bits,
  };
  return &evaluator->sink;
}

void
lec_evaluator_carry (LecEvaluator *evaluator, LecFrameReader *reader, const LecIndex *index, uint32_t frame)
{
  lec_carried_dissect (reader, index, frame, lec_evaluator_sink (evaluator));
  g_array_set_size (evaluator->sources, 0);
}

void
lec_evaluator_add_layers (LecEvaluator *evaluator, const LecDissection *dissection, LecBytes frame)
{
  for (unsigned slot = 0; slot < evaluator->program->n_slots; slot++) {
    const LecField *field = evaluator->program->slots[slot].field;

    if (!evaluator->program->slots[slot].wants_bytes)
      continue;
    g_array_set_size (evaluator->values[slot], 0);
    for (unsigned i = 0; i < dissection->n_layers; i++) {
      const LecLayer *layer = &dissection->layers[i];
      LecConstant item = { .value = { 0 } };
      LecBytes source = layer->span.source == 0 ? frame : (LecBytes){ NULL, 0 };
      uint32_t offset = layer->span.offset_bits / 8;

      if (layer->protocol->fields != field)
        continue;
      if (layer->span.source > 0 && layer->span.source < evaluator->sources->len)
        source = g_array_index (evaluator->sources, LecBytes, layer->span.source);
      if (offset <= source.length)
        item.value.bytes = (LecBytes){ source.data + offset, MIN (layer->whole_bits / 8, source.length - offset) };
      g_array_append_val (evaluator->values[slot], item);
    }
  }
}

static void
add_text (LecEvaluator *evaluator, int slot, const char *text)
{
  if (slot >= 0)
    lec_evaluator_add (evaluator, (unsigned) slot,
                       &(LecValue){ .bytes = { (const uint8_t *) text, (uint32_t) strlen (text) } });
}

/* The topmost layer with a summary gives the list its module. */
void
lec_evaluator_add_frame (LecEvaluator *evaluator, LecBytes frame)
{
  LecConstant item = { .value = { .bytes = frame } };

  g_array_append_val (evaluator->values[0], item);
}

void
lec_evaluator_add_summaries (LecEvaluator *evaluator, const LecDissection *dissection)
{
  int summary_slot = lec_program_find_slot (evaluator->program, lec_field_summary);
  const LecLayer *top = NULL;

  for (unsigned i = 0; i < dissection->n_layers; i++) {
    const LecLayer *layer = &dissection->layers[i];

    if (layer->summary == NULL || layer->quoted)
      continue;
    add_text (evaluator, summary_slot, layer->summary);
    top = layer;
  }
  if (top != NULL)
    add_text (evaluator, lec_program_find_slot (evaluator->program, lec_field_module), top->protocol->module);
}

/* One of == < <= > >= between two values, or with the values of a range. */
static gboolean
is_in_range (LecClass class, const LecConstant *value, const LecRange *range)
{
  if (range->single)
    return lec_compare (class, value, class, &range->first) == 0;
  return lec_compare (class, value, class, &range->first) >= 0 && lec_compare (class, value, class, &range->last) <= 0;
}

static gboolean
holds_order (LecRelation relation, int order)
{
  switch (relation) {
  case LEC_RELATION_LESS:
    return order < 0;
  case LEC_RELATION_LESS_EQUAL:
    return order <= 0;
  case LEC_RELATION_GREATER:
    return order > 0;
  case LEC_RELATION_GREATER_EQUAL:
    return order >= 0;
  default:
    return order == 0;
  }
}

static gboolean
matches_regex (const LecCode *code, LecBytes bytes)
{
  const char *text = bytes.length > 0 ? (const char *) bytes.data : "";

  /* A pattern that takes too many steps is an error of the match: no match then. */
  return g_regex_match_full (code->regex, text, bytes.length, 0, 0, NULL, NULL);
}

/* Whether VALUE passes against the ranges. */
static gboolean
passes (const LecCode *code, const LecConstant *value)
{
  LecClass class = code->left->class;

  if (code->relation == LEC_RELATION_MATCHES)
    return matches_regex (code, value->value.bytes);
  for (unsigned i = 0; i < code->n_ranges; i++) {
    const LecRange *range = &code->ranges[i];
    gboolean holds;

    if (code->relation == LEC_RELATION_CONTAINS)
      holds = lec_bytes_contain (value->value.bytes, range->first.value.bytes, code->fold_case);
    else if (code->relation == LEC_RELATION_EQUAL || code->relation == LEC_RELATION_IN)
      holds = is_in_range (class, value, range);
    else
      holds = holds_order (code->relation, lec_compare (class, value, class, &range->first));
    if (holds)
      return TRUE;
  }
  return FALSE;
}

static gboolean
pair_passes (const LecCode *code, const LecConstant *a, const LecConstant *b)
{
  if (code->relation == LEC_RELATION_CONTAINS)
    return lec_bytes_contain (a->value.bytes, b->value.bytes, code->fold_case);
  return holds_order (code->relation, lec_compare (code->left->class, a, code->right->class, b));
}

gboolean
lec_aggregate_holds (LecAggregate how, unsigned n_pairs, unsigned n_passing)
{
  switch (how) {
  case LEC_AGGREGATE_ALL:
    return n_pairs > 0 && n_passing == n_pairs;
  case LEC_AGGREGATE_NONE:
    return n_pairs > 0 && n_passing == 0;
  case LEC_AGGREGATE_ANY_NOT:
    return n_passing < n_pairs;
  default:
    return n_passing > 0;
  }
}

static gboolean
answer_test (LecEvaluator *evaluator, const LecCode *code)
{
  unsigned floor = evaluator->stack->len, n_pairs = 0, n_passing = 0;
  LecValues left = lec_operand_values (evaluator, code->left);
  LecValues right = code->right != NULL ? lec_operand_values (evaluator, code->right) : (LecValues){ 0 };

  for (unsigned i = 0; i < left.n; i++) {
    const LecConstant *value = lec_values_at (evaluator, &left, i);

    if (code->right == NULL) {
      n_passing += passes (code, value);
      n_pairs++;
    } else {
      for (unsigned k = 0; k < right.n; k++)
        n_passing += pair_passes (code, value, lec_values_at (evaluator, &right, k));
      n_pairs += right.n;
    }
    if (n_passing > 0 && code->aggregate == LEC_AGGREGATE_ANY)
      break;
  }
  g_array_set_size (evaluator->stack, floor);
  return lec_aggregate_holds (code->aggregate, n_pairs, n_passing);
}

static gboolean
answer_nonzero (LecEvaluator *evaluator, const LecCode *code)
{
  unsigned floor = evaluator->stack->len;
  LecValues values = lec_operand_values (evaluator, code->left);
  gboolean calculated = code->left->kind == LEC_NODE_ARITHMETIC, answer = !calculated && values.n > 0;

  for (unsigned i = 0; calculated && !answer && i < values.n; i++) {
    const LecConstant *value = lec_values_at (evaluator, &values, i);

    answer = code->left->class == LEC_CLASS_REAL ? value->value.real != 0 : value->value.number != 0;
  }
  g_array_set_size (evaluator->stack, floor);
  return answer;
}

static gboolean
answer_slots (LecEvaluator *evaluator, const LecCode *code)
{
  for (unsigned i = 0; i < code->n_slots; i++) {
    const GArray *values = evaluator->values[code->slots[i]];
    gboolean flag = evaluator->program->slots[code->slots[i]].field->type == LEC_TYPE_BOOLEAN;

    if (values->len > 0 && (!flag || code->kind == LEC_CODE_PRESENT))
      return TRUE;
    for (unsigned k = 0; k < values->len; k++)
      if (g_array_index (values, LecConstant, k).value.number != 0)
        return TRUE;
  }
  return FALSE;
}

static gboolean
answer_stack (LecEvaluator *evaluator, const LecCode *code)
{
  const GArray *values = evaluator->values[code->slots[0]];
  g_autofree LecStackElement *elements = g_memdup2 (code->elements, code->n_children * sizeof (LecStackElement));

  if (values->len == 0)
    return FALSE;
  for (unsigned i = 0; i < code->n_children; i++)
    elements[i].holds = lec_evaluator_answer (evaluator, code->children[i]);
  return lec_stack_matches (g_array_index (values, LecConstant, 0).value.bytes, elements, code->n_children);
}

gboolean
lec_evaluator_answer (LecEvaluator *evaluator, const LecCode *code)
{
  switch (code->kind) {
  case LEC_CODE_EVERYTHING:
    return TRUE;
  case LEC_CODE_AND:
    for (unsigned i = 0; i < code->n_children; i++)
      if (!lec_evaluator_answer (evaluator, code->children[i]))
        return FALSE;
    return TRUE;
  case LEC_CODE_OR:
    for (unsigned i = 0; i < code->n_children; i++)
      if (lec_evaluator_answer (evaluator, code->children[i]))
        return TRUE;
    return FALSE;
  case LEC_CODE_NOT:
    return !lec_evaluator_answer (evaluator, code->children[0]);
  case LEC_CODE_PRESENT:
  case LEC_CODE_TRUE:
    return answer_slots (evaluator, code);
  case LEC_CODE_NONZERO:
    return answer_nonzero (evaluator, code);
  case LEC_CODE_TEST:
    return answer_test (evaluator, code);
  case LEC_CODE_STACK:
    return answer_stack (evaluator, code);
  }
  return FALSE;
}
