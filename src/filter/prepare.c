/* What a program's conditions say of frames of which only the layers, or the flags, are known. */
#include <string.h>

#include "analysis/verdict-fields.h"
#include "filter/facts.h"

#define BIT(id) (1u << (id))

static const uint32_t link_layers = BIT (LEC_PROTOCOL_FRAME) | BIT (LEC_PROTOCOL_ETHERNET) | BIT (LEC_PROTOCOL_LLC) |
                                    BIT (LEC_PROTOCOL_VLAN) | BIT (LEC_PROTOCOL_COOKED) | BIT (LEC_PROTOCOL_LOOPBACK) |
                                    BIT (LEC_PROTOCOL_RAW) | BIT (LEC_PROTOCOL_DATA);
static const uint32_t network_layers = BIT (LEC_PROTOCOL_IPV4) | BIT (LEC_PROTOCOL_IPV6);
static const uint32_t streams = BIT (LEC_PROTOCOL_TCP) | BIT (LEC_PROTOCOL_UDP);
static const uint32_t applications = BIT (LEC_PROTOCOL_HTTP) | BIT (LEC_PROTOCOL_TLS) | BIT (LEC_PROTOCOL_DNS) |
                                     BIT (LEC_PROTOCOL_MDNS) | BIT (LEC_PROTOCOL_LLMNR) | BIT (LEC_PROTOCOL_DHCP);

/* Layers that may stand in a frame whose topmost known one is TOPMOST. An ICMP error quotes a packet of any kind, an
 * echo none (RFC 792). */
static uint32_t
possible_layers (LecStreamKind stream, LecProtocolId topmost)
{
  uint32_t layers = link_layers | network_layers | BIT (topmost);

  if (stream == LEC_STREAM_ECHO)
    return layers;
  if (stream == LEC_STREAM_ECHO_IPV4)
    return layers & ~BIT (LEC_PROTOCOL_IPV6);
  if (stream == LEC_STREAM_ECHO_IPV6)
    return layers & ~BIT (LEC_PROTOCOL_IPV4);
  switch (topmost) {
  case LEC_PROTOCOL_ICMP:
  case LEC_PROTOCOL_ICMPV6:
  case LEC_PROTOCOL_DATA:
  case LEC_PROTOCOL_VERDICT:
  case LEC_PROTOCOL_OPERATION:
  case LEC_PROTOCOL_REPLAY:
  case LEC_PROTOCOL_WIRESHARK:
    layers = G_MAXUINT32;
    break;
  case LEC_PROTOCOL_ARP:
    return link_layers | BIT (LEC_PROTOCOL_ARP);
  case LEC_PROTOCOL_IPV4:
  case LEC_PROTOCOL_IPV6:
    return link_layers | network_layers;
  case LEC_PROTOCOL_IGMP:
    return link_layers | network_layers | BIT (LEC_PROTOCOL_IGMP);
  case LEC_PROTOCOL_UDP:
  case LEC_PROTOCOL_TCP:
    layers = link_layers | network_layers | BIT (topmost);
    if (stream == LEC_STREAM_NONE)
      layers |= applications;
    break;
  case LEC_PROTOCOL_HTTP:
  case LEC_PROTOCOL_TLS:
  case LEC_PROTOCOL_DNS:
  case LEC_PROTOCOL_MDNS:
  case LEC_PROTOCOL_LLMNR:
  case LEC_PROTOCOL_DHCP:
    layers = link_layers | network_layers | streams | BIT (topmost);
    break;
  default:
    return link_layers;
  }
  if (stream == LEC_STREAM_TCP_IPV4 || stream == LEC_STREAM_TCP_IPV6)
    layers &= ~BIT (LEC_PROTOCOL_UDP);
  if (stream == LEC_STREAM_UDP_IPV4 || stream == LEC_STREAM_UDP_IPV6)
    layers &= ~BIT (LEC_PROTOCOL_TCP);
  if (stream == LEC_STREAM_TCP_IPV4 || stream == LEC_STREAM_UDP_IPV4)
    layers &= ~BIT (LEC_PROTOCOL_IPV6);
  if (stream == LEC_STREAM_TCP_IPV6 || stream == LEC_STREAM_UDP_IPV6)
    layers &= ~BIT (LEC_PROTOCOL_IPV4);
  return layers;
}

/* Layers that surely stand in it. */
static uint32_t
certain_layers (LecStreamKind stream, LecProtocolId topmost)
{
  static const uint32_t by_stream[LEC_N_STREAMS] = {
    [LEC_STREAM_ECHO_IPV4] = BIT (LEC_PROTOCOL_IPV4),
    [LEC_STREAM_ECHO_IPV6] = BIT (LEC_PROTOCOL_IPV6),
    [LEC_STREAM_TCP_IPV4] = BIT (LEC_PROTOCOL_TCP) | BIT (LEC_PROTOCOL_IPV4),
    [LEC_STREAM_TCP_IPV6] = BIT (LEC_PROTOCOL_TCP) | BIT (LEC_PROTOCOL_IPV6),
    [LEC_STREAM_UDP_IPV4] = BIT (LEC_PROTOCOL_UDP) | BIT (LEC_PROTOCOL_IPV4),
    [LEC_STREAM_UDP_IPV6] = BIT (LEC_PROTOCOL_UDP) | BIT (LEC_PROTOCOL_IPV6),
  };

  return by_stream[stream] | BIT (LEC_PROTOCOL_FRAME) | (topmost == LEC_PROTOCOL_DATA ? 0 : BIT (topmost));
}

/* Slots are used by CODE where SET is TRUE for them. */
static void
find_operand_slots (const LecOperand *operand, gboolean *set)
{
  for (unsigned i = 0; i < operand->n_slots; i++)
    set[operand->slots[i]] = TRUE;
  for (unsigned i = 0; i < operand->n_children; i++)
    find_operand_slots (operand->children[i], set);
}

static void
find_slots (const LecCode *code, gboolean *set)
{
  for (unsigned i = 0; i < code->n_slots; i++)
    set[code->slots[i]] = TRUE;
  if (code->left != NULL)
    find_operand_slots (code->left, set);
  if (code->right != NULL)
    find_operand_slots (code->right, set);
  for (unsigned i = 0; i < code->n_children; i++)
    find_slots (code->children[i], set);
}

static LecTruth
truth_of (LecEvaluator *evaluator, const LecCode *code)
{
  return lec_evaluator_answer (evaluator, code) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
}

static LecTruth
truth_by_layers (LecEvaluator *evaluator, const LecProgram *program, const LecCode *code, const gboolean *used,
                 LecStreamKind stream, LecProtocolId topmost)
{
  uint32_t possible = possible_layers (stream, topmost), certain = certain_layers (stream, topmost);
  LecValue none = { 0 };

  lec_evaluator_begin (evaluator);
  for (unsigned i = 0; i < program->n_slots; i++) {
    const LecSlot *slot = &program->slots[i];

    if (!used[i])
      continue;
    if (slot->carried && !code->is_carried && topmost == LEC_PROTOCOL_TCP)
      return LEC_TRUTH_UNKNOWN;
    if ((slot->carriers & possible) == 0)
      continue;
    if ((slot->certain & certain) == 0 || slot->wants_bytes)
      return LEC_TRUTH_UNKNOWN;
    lec_evaluator_add (evaluator, i, &none);
  }
  return truth_of (evaluator, code);
}

/* Whether all that CODE asks of the flags is the same for every value of the four bits that the index does not keep. */
static LecTruth
truth_by_flags (LecEvaluator *evaluator, const LecProgram *program, const LecCode *code, unsigned flags)
{
  LecTruth first = LEC_TRUTH_UNKNOWN;

  for (unsigned upper = 0; upper < 16; upper++) {
    lec_evaluator_begin (evaluator);
    lec_facts_of_flags (evaluator, program, upper << 8 | flags);
    LecTruth truth = truth_of (evaluator, code);
    if (upper > 0 && truth != first)
      return LEC_TRUTH_UNKNOWN;
    first = truth;
  }
  return first;
}

/* X in the order of unsigned numbers. */
static uint64_t
ordered (LecClass class, uint64_t x)
{
  return class == LEC_CLASS_UNSIGNED ? x : x ^ (uint64_t) 1 << 63;
}

static gboolean
is_address (LecClass class)
{
  return class == LEC_CLASS_IPV4 || class == LEC_CLASS_IPV6;
}

/* The greatest of all. */
static LecWideNumber
most_of (LecClass class)
{
  return class == LEC_CLASS_IPV6 ? ~(LecWideNumber) 0 : class == LEC_CLASS_IPV4 ? G_MAXUINT32 : G_MAXUINT64;
}

/* The least and the greatest that CONSTANT stands for: more than one where only the bits of its prefix count. */
static LecWideInterval
numbers_of (LecClass class, const LecConstant *constant)
{
  LecBytes bytes = constant->value.bytes;
  LecWideNumber number = 0, others;

  if (!is_address (class)) {
    number = ordered (class, constant->value.number);
    return (LecWideInterval){ number, number };
  }
  for (unsigned i = 0; i < bytes.length; i++)
    number = number << 8 | bytes.data[i];
  others = constant->prefix_bits < bytes.length * 8 ? most_of (class) >> constant->prefix_bits : 0;
  return (LecWideInterval){ number & ~others, number | others };
}

static gboolean
interval_of (const LecCode *code, const LecRange *range, LecWideInterval *interval)
{
  LecWideInterval first = numbers_of (code->left->class, &range->first);
  LecWideInterval last = numbers_of (code->left->class, &range->last);
  LecWideNumber most = most_of (code->left->class);
  gboolean below = range->first.outside == LEC_BELOW_ALL, above = range->first.outside == LEC_ABOVE_ALL;

  switch (code->relation) {
  case LEC_RELATION_LESS:
    *interval = (LecWideInterval){ 0, above ? most : first.first - 1 };
    return above || (!below && first.first > 0);
  case LEC_RELATION_LESS_EQUAL:
    *interval = (LecWideInterval){ 0, above ? most : first.last };
    return !below;
  case LEC_RELATION_GREATER:
    *interval = (LecWideInterval){ below ? 0 : first.last + 1, most };
    return below || (!above && first.last < most);
  case LEC_RELATION_GREATER_EQUAL:
    *interval = (LecWideInterval){ below ? 0 : first.first, most };
    return !above;
  default:
    if (range->single) {
      *interval = first;
      return !below && !above;
    }
    *interval = (LecWideInterval){ below ? 0 : first.first, range->last.outside == LEC_ABOVE_ALL ? most : last.last };
    return !above && range->last.outside != LEC_BELOW_ALL && interval->first <= interval->last;
  }
}

static void
add_interval (LecCode *code, const LecRange *range)
{
  LecWideInterval interval;

  if (!interval_of (code, range, &interval))
    return;
  if (code->address_intervals != NULL)
    code->address_intervals[code->n_intervals++] = interval;
  else
    code->intervals[code->n_intervals++] = (LecInterval){ (uint64_t) interval.first, (uint64_t) interval.last };
}

/* A test of one whole number that a frame always has, or of one that its operation may have, or of such numbers of a
 * conversation, or of its addresses, as intervals. */
static void
prepare_intervals (LecProgram *program, LecCode *code)
{
  LecClass class = code->left != NULL ? code->left->class : LEC_CLASS_NONE;
  gboolean of_conversation = code->origins == LEC_ORIGIN_CONVERSATION;
  gboolean of_one = code->origins == LEC_ORIGIN_FRAME || code->origins == LEC_ORIGIN_OPERATION;

  if (code->kind != LEC_CODE_TEST || code->right != NULL || code->left->kind != LEC_NODE_WORD ||
      !(of_conversation || (of_one && code->left->n_slots == 1)) || code->relation == LEC_RELATION_CONTAINS ||
      code->regex != NULL)
    return;
  if (is_address (class))
    g_ptr_array_add (program->owned, code->address_intervals = g_new0 (LecWideInterval, MAX (1, code->n_ranges)));
  else if (class >= LEC_CLASS_UNSIGNED && class <= LEC_CLASS_TIME)
    g_ptr_array_add (program->owned, code->intervals = g_new0 (LecInterval, MAX (1, code->n_ranges)));
  else
    return;
  for (unsigned i = 0; i < code->n_ranges; i++)
    add_interval (code, &code->ranges[i]);
}

/* Parts of a code that is answered from the conversation as one. */
static void
prepare_parts (LecProgram *program, LecCode *code)
{
  for (unsigned i = 0; i < code->n_children; i++) {
    code->children[i]->origins = code->origins;
    prepare_intervals (program, code->children[i]);
    prepare_parts (program, code->children[i]);
  }
}

static gboolean
do_layers_suffice (const LecCode *code)
{
  for (unsigned stream = LEC_STREAM_TCP_IPV4; stream < LEC_N_STREAMS; stream++)
    if (memchr (code->by_layers[stream], LEC_TRUTH_UNKNOWN, LEC_N_PROTOCOLS) != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
do_keys_suffice (const LecProgram *program, const gboolean *used)
{
  for (unsigned i = 0; i < program->n_slots; i++)
    if (used[i] && !lec_verdict_fields_depend_on_key (program->slots[i].field))
      return FALSE;
  return TRUE;
}

static gboolean
is_leaf (const LecCode *code)
{
  return code->kind != LEC_CODE_AND && code->kind != LEC_CODE_OR && code->kind != LEC_CODE_NOT;
}

static void
prepare (LecProgram *program, LecCode *code, LecEvaluator *evaluator, gboolean *used)
{
  memset (used, 0, program->n_slots * sizeof *used);
  find_slots (code, used);
  code->origins = 0;
  for (unsigned i = 0; i < program->n_slots; i++)
    if (used[i])
      code->origins |= program->slots[i].origin;

  code->is_carried = is_leaf (code) && code->origins != 0;
  gboolean any_carried = FALSE;
  for (unsigned i = 0; i < program->n_slots; i++) {
    any_carried |= used[i] && program->slots[i].carried;
    code->is_carried &= !used[i] || program->slots[i].carried;
  }
  /* Of different messages in one frame. */
  if (is_leaf (code) && any_carried && !code->is_carried)
    code->origins |= LEC_ORIGIN_DISSECTION;
  code->dissects = code->is_carried && code->origins != LEC_ORIGIN_MESSAGE;
  if (code->is_carried)
    code->carried_memo = program->n_memos++;
  lec_evaluator_begin (evaluator);
  code->without_values = lec_evaluator_answer (evaluator, code);
  if (is_leaf (code) || code->origins == LEC_ORIGIN_CONVERSATION || code->origins == LEC_ORIGIN_FLAGS)
    for (unsigned stream = 0; stream < LEC_N_STREAMS; stream++)
      for (unsigned topmost = 0; topmost < LEC_N_PROTOCOLS; topmost++)
        code->by_layers[stream][topmost] = truth_by_layers (evaluator, program, code, used, stream, topmost);
  if (code->origins == LEC_ORIGIN_CONVERSATION || code->origins == LEC_ORIGIN_OPERATION)
    code->memo = program->n_memos++;
  if (code->origins == LEC_ORIGIN_FLAGS) {
    code->by_flags = g_malloc (256);
    g_ptr_array_add (program->owned, code->by_flags);
    for (unsigned flags = 0; flags < 256; flags++)
      code->by_flags[flags] = truth_by_flags (evaluator, program, code, flags);
  }
  if (code->origins == LEC_ORIGIN_MESSAGE)
    code->memo = program->n_message_memos++;
  code->by_verdict_key = is_leaf (code) && code->origins == LEC_ORIGIN_VERDICT && do_keys_suffice (program, used);
  if (code->by_verdict_key)
    code->verdict_memo = program->n_verdict_memos++;
  prepare_intervals (program, code);
  if (code->origins == LEC_ORIGIN_CONVERSATION) {
    code->layers_suffice = do_layers_suffice (code);
    prepare_parts (program, code);
    return;
  }
  if (code->origins == LEC_ORIGIN_FLAGS)
    return;
  for (unsigned i = 0; i < code->n_children; i++) {
    prepare (program, code->children[i], evaluator, used);
    code->dissects |= code->children[i]->dissects;
  }
}

static gboolean
needs_bytes (const LecProgram *program)
{
  for (unsigned i = 0; i < program->n_slots; i++)
    if (program->slots[i].wants_bytes)
      return TRUE;
  return FALSE;
}

void
lec_program_prepare (LecProgram *program)
{
  g_autoptr (LecEvaluator) evaluator = lec_evaluator_new (program);
  g_autofree gboolean *used = g_new (gboolean, program->n_slots + 1);

  prepare (program, program->root, evaluator, used);
  program->columnar = !needs_bytes (program);
  for (unsigned i = 0; i < program->n_slots; i++)
    if (program->slots[i].origin == LEC_ORIGIN_DISSECTION)
      program->columnar = FALSE;
}
