#include "filter/carried.h"
#include "filter/program.h"

#include <string.h>

#include "protocol/protocols.h"
#include "protocol/verdict.h"

typedef struct {
  const LecRegistry *registry;
  LecProgram *program;
  GArray *slots;
} Compiler;

static void *
allocate (Compiler *compiler, size_t bytes)
{
  void *memory = g_malloc0 (MAX (bytes, 1));

  g_ptr_array_add (compiler->program->owned, memory);
  return memory;
}

/* A constant whose bytes live as long as the program. */
static LecConstant
keep_constant (Compiler *compiler, const LecConstant *constant)
{
  LecConstant kept = *constant;

  if (constant->value.bytes.length > 0) {
    uint8_t *bytes = allocate (compiler, constant->value.bytes.length);

    memcpy (bytes, constant->value.bytes.data, constant->value.bytes.length);
    kept.value.bytes.data = bytes;
  }
  return kept;
}

#define PROTOCOL_BIT(id) (1u << (id))

/* The layers that announce the fields of a protocol's table: DNS's stand in its relatives' messages too. */
static uint32_t
carriers_of (const LecProtocol *protocol)
{
  uint32_t dns = PROTOCOL_BIT (LEC_PROTOCOL_DNS) | PROTOCOL_BIT (LEC_PROTOCOL_MDNS) | PROTOCOL_BIT (LEC_PROTOCOL_LLMNR);

  if (protocol == NULL)
    return 0; /* no frame has it: names.c */
  if (protocol->id == LEC_PROTOCOL_FRAME)
    return G_MAXUINT32;
  if (lec_protocol_is_replayed (protocol->id))
    return PROTOCOL_BIT (LEC_PROTOCOL_TCP);
  return (PROTOCOL_BIT (protocol->id) & dns) != 0 ? dns : PROTOCOL_BIT (protocol->id);
}

static unsigned
add_slot (Compiler *compiler, const LecField *field, gboolean wants_bytes)
{
  for (unsigned i = 0; i < compiler->slots->len; i++) {
    LecSlot *slot = &g_array_index (compiler->slots, LecSlot, i);

    if (slot->field == field) {
      slot->wants_bytes |= wants_bytes;
      return i;
    }
  }
  const LecProtocol *protocol = lec_registry_protocol_of (compiler->registry, field);
  LecSlot slot = { .field = field, .class = lec_class_of (field) };
  slot.origin = lec_origin_of (field, protocol, &slot.row);
  slot.carriers = carriers_of (protocol);
  compiler->program->wants_replay |= protocol != NULL && lec_protocol_is_replayed (protocol->id);
  /* A protocol's own field is there exactly where its layer is. */
  if (field->type == LEC_TYPE_PROTOCOL && protocol != NULL && !lec_protocol_is_replayed (protocol->id))
    slot.carriers = slot.certain = PROTOCOL_BIT (protocol->id);
  slot.wants_bytes = wants_bytes;
  compiler->program->wants_summaries |= field == lec_field_summary || field == lec_field_module;
  g_array_append_val (compiler->slots, slot);
  return compiler->slots->len - 1;
}

static unsigned *
add_slots (Compiler *compiler, const LecNode *name, gboolean wants_bytes)
{
  unsigned *slots = allocate (compiler, name->n_fields * sizeof *slots);

  for (unsigned i = 0; i < name->n_fields; i++)
    slots[i] = add_slot (compiler, name->fields[i], wants_bytes && name->fields[i]->type == LEC_TYPE_PROTOCOL);
  return slots;
}

static LecOperand *
compile_operand (Compiler *compiler, const LecNode *node)
{
  LecOperand *operand = allocate (compiler, sizeof *operand);

  operand->kind = node->kind;
  operand->class = node->class;
  operand->symbol = node->symbol;
  if (node->n_fields > 0) {
    operand->kind = LEC_NODE_WORD;
    operand->slots = add_slots (compiler, node, TRUE);
    operand->n_slots = node->n_fields;
    operand->class = lec_class_of (node->fields[0]);
    return operand;
  }
  if (node->kind == LEC_NODE_CONSTANT)
    operand->constant = keep_constant (compiler, &node->constant);
  if (node->kind == LEC_NODE_CALL)
    operand->function = lec_function_find (node->text);
  compiler->program->uses_layers |= node->kind == LEC_NODE_LAYER;
  if (node->n_slices > 0) {
    LecSlice *slices = allocate (compiler, node->n_slices * sizeof *slices);

    memcpy (slices, node->slices, node->n_slices * sizeof *slices);
    operand->slices = slices;
    operand->n_slices = node->n_slices;
  }
  operand->children = allocate (compiler, node->n_children * sizeof (LecOperand *));
  for (unsigned i = 0; i < node->n_children; i++)
    operand->children[operand->n_children++] = compile_operand (compiler, node->children[i]);
  return operand;
}

static void
compile_ranges (Compiler *compiler, LecCode *code, const LecNode *set)
{
  code->ranges = allocate (compiler, set->n_children * sizeof *code->ranges);
  code->n_ranges = set->n_children;
  for (unsigned i = 0; i < set->n_children; i++) {
    const LecNode *constant = set->children[i];
    LecRange *range = &code->ranges[i];

    range->first = keep_constant (compiler, &constant->constant);
    range->last = keep_constant (compiler, &constant->last);
    range->single = !constant->ranged;
  }
}

static void
compile_test (Compiler *compiler, LecCode *code, const LecNode *node)
{
  code->kind = LEC_CODE_TEST;
  code->relation = node->relation;
  code->aggregate = node->aggregate;
  code->fold_case = node->fold_case;
  code->left = compile_operand (compiler, node->children[0]);
  if (node->regex != NULL) {
    code->regex = node->regex;
    g_ptr_array_add (compiler->program->regexes, g_regex_ref (node->regex));
  }
  if (node->children[1]->kind == LEC_NODE_SET)
    compile_ranges (compiler, code, node->children[1]);
  else
    code->right = compile_operand (compiler, node->children[1]);
}

static LecCode *compile (Compiler *compiler, const LecNode *node);

static void
compile_children (Compiler *compiler, LecCode *code, const LecNode *node)
{
  code->children = allocate (compiler, node->n_children * sizeof (LecCode *));
  for (unsigned i = 0; i < node->n_children; i++)
    code->children[code->n_children++] = compile (compiler, node->children[i]);
}

static void
compile_stack (Compiler *compiler, LecCode *code, const LecNode *node)
{
  const LecName *protocols = lec_registry_find (compiler->registry, "frame.protocols");

  code->kind = LEC_CODE_STACK;
  code->slots = allocate (compiler, sizeof *code->slots);
  code->slots[0] = add_slot (compiler, protocols->fields[0], FALSE);
  code->n_slots = 1;
  code->elements = allocate (compiler, node->n_children * sizeof *code->elements);
  for (unsigned i = 0; i < node->n_children; i++)
    code->elements[i] = (LecStackElement){ .step = node->text[i], .protocol = node->protocols[i] };
  compile_children (compiler, code, node);
}

static LecCode *
compile (Compiler *compiler, const LecNode *node)
{
  LecCode *code = allocate (compiler, sizeof *code);

  switch (node->kind) {
  case LEC_NODE_AND:
  case LEC_NODE_OR:
  case LEC_NODE_NOT:
    code->kind = node->kind == LEC_NODE_AND ? LEC_CODE_AND : node->kind == LEC_NODE_OR ? LEC_CODE_OR : LEC_CODE_NOT;
    compile_children (compiler, code, node);
    break;
  case LEC_NODE_STACK:
    compile_stack (compiler, code, node);
    break;
  case LEC_NODE_TRUTH:
  case LEC_NODE_PRESENCE:
    if (node->children[0]->n_fields > 0) {
      code->kind = node->kind == LEC_NODE_TRUTH ? LEC_CODE_TRUE : LEC_CODE_PRESENT;
      code->slots = add_slots (compiler, node->children[0], FALSE);
      code->n_slots = node->children[0]->n_fields;
    } else {
      code->kind = LEC_CODE_NONZERO;
      code->left = compile_operand (compiler, node->children[0]);
    }
    break;
  case LEC_NODE_TEST:
    compile_test (compiler, code, node);
    break;
  default:
    code->kind = LEC_CODE_EVERYTHING;
  }
  return code;
}

static unsigned
hash_field (const LecField *field)
{
  return (unsigned) (((uintptr_t) field >> 3) * 0x9e3779b97f4a7c15u >> 32);
}

static void
fill_table (Compiler *compiler, LecProgram *program)
{
  unsigned size = 8;

  while (size < program->n_slots * 2)
    size *= 2;
  program->table_mask = size - 1;
  program->table_fields = allocate (compiler, size * sizeof *program->table_fields);
  program->table_slots = allocate (compiler, size * sizeof *program->table_slots);
  for (unsigned i = 0; i < program->n_slots; i++) {
    unsigned place = hash_field (program->slots[i].field) & program->table_mask;

    while (program->table_fields[place] != NULL)
      place = (place + 1) & program->table_mask;
    program->table_fields[place] = program->slots[i].field;
    program->table_slots[place] = i;
    program->field_bits |= lec_field_bit (program->slots[i].field);
  }
}

int
lec_program_find_slot (const LecProgram *program, const LecField *field)
{
  unsigned place = hash_field (field) & program->table_mask;

  for (; program->table_fields[place] != NULL; place = (place + 1) & program->table_mask)
    if (program->table_fields[place] == field)
      return (int) program->table_slots[place];
  return -1;
}

LecProgram *
lec_program_new (const LecRegistry *registry, const LecSyntax *syntax)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, TRUE, sizeof (LecSlot));
  LecProgram *program = g_new0 (LecProgram, 1);
  Compiler compiler = { registry, program, slots };

  program->owned = g_ptr_array_new_with_free_func (g_free);
  program->regexes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_regex_unref);
  program->root = compile (&compiler, syntax->root);
  program->n_slots = slots->len;
  program->slots = allocate (&compiler, slots->len * sizeof (LecSlot));
  if (slots->len > 0)
    memcpy (program->slots, slots->data, slots->len * sizeof (LecSlot));
  for (unsigned i = 0; i < program->n_slots; i++) {
    LecSlot *slot = &program->slots[i];

    /* The index knows that a protocol is there, not its bytes, and not which of several layers a value stands in. */
    slot->carried = lec_is_carried (slot->field) && !slot->wants_bytes && !program->uses_layers;
    program->wants_carried |= slot->carried;
    if (slot->wants_bytes || (program->uses_layers && !(slot->origin & LEC_ORIGINS_OWN)))
      slot->origin = LEC_ORIGIN_DISSECTION;
    program->wants_operations |= slot->origin == LEC_ORIGIN_OPERATION;
    if (slot->origin & LEC_ORIGINS_OWN) {
      program->wants_remarks |= slot->field == &lec_verdict_protocol.fields[LEC_VERDICT_FIELD_SELF] ||
                                slot->field == &lec_verdict_protocol.fields[LEC_VERDICT_FIELD_REMARK];
      continue;
    }
    /* Only known when all layers are: a list of them, or a mark that any may make. */
    program->wants_all |= slot->carriers == G_MAXUINT32 && slot->origin == LEC_ORIGIN_DISSECTION;
    program->protocols |= slot->carriers == G_MAXUINT32 ? PROTOCOL_BIT (LEC_PROTOCOL_FRAME) : slot->carriers;
    program->wants_bytes |= slot->wants_bytes;
  }
  program->bytes_suffice = program->n_slots == 1 && program->slots[0].wants_bytes && !program->uses_layers &&
                           program->slots[0].carriers == PROTOCOL_BIT (LEC_PROTOCOL_FRAME);
  fill_table (&compiler, program);
  lec_program_prepare (program);
  return program;
}

void
lec_program_free (LecProgram *program)
{
  g_ptr_array_unref (program->owned);
  g_ptr_array_unref (program->regexes);
  g_free (program);
}
