/* Conditions that hang on who owns a frame: its conversation, or an operation. */
#include <string.h>

#include "analysis/operation-fields.h"
#include "base/publish.h"
#include "filter/column-run.h"
#include "filter/facts.h"

/* In a table by owner: what its conversation does not tell, the frame's layers may. */
#define ASK_LAYERS 3
/* On the way to a truth: a TCP segment, whose flags tell. */
#define ASK_FLAGS 4

G_STATIC_ASSERT (LEC_OWNER_OPERATION == 1u << 31);
G_STATIC_ASSERT (LEC_FRAME_SIDE == 1);
G_STATIC_ASSERT (LEC_TRUTH_UNKNOWN == 0 && LEC_TRUTH_NO == 1 && LEC_TRUTH_YES == 2);

/* Columns of the block: it lies within one chunk of each. */
static const _Atomic uint32_t *
owners_of (const LecColumnRun *run)
{
  return &LEC_COLUMN (&run->index->owner, _Atomic uint32_t, run->base);
}

static const _Atomic uint8_t *
states_of (const LecColumnRun *run)
{
  return &LEC_COLUMN (&run->index->state, _Atomic uint8_t, run->base);
}

static const _Atomic uint8_t *
protocols_of (const LecColumnRun *run)
{
  return &LEC_COLUMN (&run->index->protocol, _Atomic uint8_t, run->base);
}

G_STATIC_ASSERT (LEC_COLUMN_CHUNK_ROWS % LEC_BLOCK_FRAMES == 0);

/* The owner, or where that is an operation its conversation; LEC_OWNER_NONE. */
static uint32_t
conversation_of (const LecColumnRun *run, uint32_t owner)
{
  if (owner == LEC_OWNER_NONE || (owner & LEC_OWNER_OPERATION) == 0)
    return owner;
  return lec_index_operation (run->index, LEC_OWNER_INDEX (owner))->conversation;
}

/* What stands for a conversation in an echo, which has none; FALSE where OWNER is no echo, or one in a tunnel. */
static gboolean
find_echo (const LecColumnRun *run, uint32_t owner, LecConversation *echo)
{
  const LecEndpoints *endpoints;

  if (owner == LEC_OWNER_NONE || (owner & LEC_OWNER_OPERATION) == 0 ||
      lec_index_operation (run->index, LEC_OWNER_INDEX (owner))->kind != LEC_OPERATION_ECHO)
    return FALSE;
  endpoints = lec_index_endpoints (run->index, LEC_OWNER_INDEX (owner));
  *echo = (LecConversation){ .address = { endpoints->address[0], endpoints->address[1] } };
  return !LEC_GET (endpoints->tunnelled);
}

static LecStreamKind
kind_of_operation (const LecColumnRun *run, uint32_t owner)
{
  LecConversation echo;

  if (lec_index_operation (run->index, LEC_OWNER_INDEX (owner))->kind != LEC_OPERATION_ECHO)
    return LEC_STREAM_NONE;
  if (!find_echo (run, owner, &echo))
    return LEC_STREAM_ECHO;
  return echo.address[0].n_bytes == 16 ? LEC_STREAM_ECHO_IPV6 : LEC_STREAM_ECHO_IPV4;
}

static LecStreamKind
kind_of_owner (LecColumnRun *run, uint32_t owner)
{
  uint32_t row = lec_row_of_owner (owner), conversation;
  LecStreamKind kind;

  if (row < run->n_rows && run->kinds[row] != LEC_STREAM_UNASKED)
    return run->kinds[row];
  conversation = conversation_of (run, owner);
  if (owner == LEC_OWNER_NONE)
    return LEC_STREAM_NONE;
  if (conversation == LEC_OWNER_NONE)
    kind = kind_of_operation (run, owner);
  else
    kind = conversation != owner ? kind_of_owner (run, conversation)
                                 : lec_facts_stream_kind (lec_index_conversation (run->index, conversation));
  if (row < run->n_rows)
    run->kinds[row] = (uint8_t) kind;
  return kind;
}

static void
fill_streams (LecColumnRun *run)
{
  const _Atomic uint32_t *owners = owners_of (run);

  if (run->has_streams)
    return;
  run->has_streams = TRUE;
  for (unsigned i = run->from; i < run->end; i++) {
    uint32_t owner = atomic_load_explicit (&owners[i], memory_order_relaxed), row = lec_row_of_owner (owner);
    uint8_t kind = row < run->n_rows ? run->kinds[row] : LEC_STREAM_UNASKED;

    run->streams[i] = G_LIKELY (kind != LEC_STREAM_UNASKED) ? kind : (uint8_t) kind_of_owner (run, owner);
  }
}

static unsigned
find_kinds (const LecIndex *index)
{
  uint32_t n_conversations = atomic_load_explicit (&index->n_conversations, memory_order_acquire);
  unsigned kinds = 1u << LEC_STREAM_ECHO | 1u << LEC_STREAM_ECHO_IPV4 | 1u << LEC_STREAM_ECHO_IPV6;

  for (uint32_t i = 0; i < n_conversations; i++)
    kinds |= 1u << lec_facts_stream_kind (lec_index_conversation (index, i));
  return kinds;
}

/* Topmost protocols that the index names over TCP, and over UDP, only. */
static const uint32_t over_tcp = 1u << LEC_PROTOCOL_TCP | 1u << LEC_PROTOCOL_HTTP | 1u << LEC_PROTOCOL_TLS;
static const uint32_t over_udp = 1u << LEC_PROTOCOL_UDP | 1u << LEC_PROTOCOL_DNS | 1u << LEC_PROTOCOL_MDNS |
                                 1u << LEC_PROTOCOL_LLMNR | 1u << LEC_PROTOCOL_DHCP;
static const uint32_t in_echo = 1u << LEC_PROTOCOL_ICMP | 1u << LEC_PROTOCOL_ICMPV6;

static gboolean
is_tcp (LecStreamKind kind)
{
  return kind == LEC_STREAM_TCP_IPV4 || kind == LEC_STREAM_TCP_IPV6;
}

static gboolean
may_carry (LecStreamKind kind, LecProtocolId topmost)
{
  uint32_t carried = kind <= LEC_STREAM_ECHO_IPV6 ? in_echo : is_tcp (kind) ? ~over_udp : ~over_tcp;

  return carried >> topmost & 1;
}

/* What CODE says of frames that have an owner, by their topmost protocol, whoever that is; ASK_LAYERS where it depends
 * on that. */
static void
find_common_truths (const LecColumnRun *run, const LecCode *code, uint8_t truths[LEC_N_PROTOCOLS])
{
  for (unsigned topmost = 0; topmost < LEC_N_PROTOCOLS; topmost++) {
    gboolean first = TRUE;

    truths[topmost] = ASK_LAYERS;
    for (LecStreamKind kind = LEC_STREAM_ECHO; kind < LEC_N_STREAMS; kind++) {
      if ((run->kinds_present >> kind & 1) == 0 || !may_carry (kind, topmost))
        continue;
      if (!first && truths[topmost] != code->by_layers[kind][topmost])
        truths[topmost] = ASK_LAYERS;
      else if (first)
        truths[topmost] = code->by_layers[kind][topmost];
      if (truths[topmost] == ASK_LAYERS)
        break;
      first = FALSE;
    }
  }
}

/* Where all conversations tell all, it mostly matters only that a frame has an owner. */
static void
owned_kernel (LecColumnRun *run, const LecCode *code)
{
  const _Atomic uint32_t *owners = owners_of (run);
  const _Atomic uint8_t *protocols = protocols_of (run);
  uint8_t truths[2][LEC_N_PROTOCOLS]; /* with an owner, without */

  find_common_truths (run, code, truths[0]);
  for (unsigned topmost = 0; code->by_flags != NULL && topmost < LEC_N_PROTOCOLS; topmost++)
    if ((over_tcp >> topmost & 1) != 0)
      truths[0][topmost] = ASK_FLAGS;
  memcpy (truths[1], code->by_layers[LEC_STREAM_NONE], sizeof truths[1]);
  for (unsigned i = run->from, end = run->end; i < end; i++) {
    uint32_t owner = atomic_load_explicit (&owners[i], memory_order_relaxed);
    uint8_t protocol = atomic_load_explicit (&protocols[i], memory_order_relaxed);
    uint8_t truth = truths[owner == LEC_OWNER_NONE][protocol];

    run->truths[i] = G_LIKELY (truth != ASK_LAYERS) ? truth : code->by_layers[kind_of_owner (run, owner)][protocol];
  }
}

static gboolean
do_owners_tell (LecColumnRun *run)
{
  if (run->n_rows > 0 && run->kinds_present == 0)
    run->kinds_present = find_kinds (run->index);
  return run->n_rows > 0 && (run->kinds_present >> LEC_STREAM_NONE & 1) == 0;
}

void
lec_layers_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const _Atomic uint8_t *protocols = protocols_of (run);

  if (do_owners_tell (run)) {
    owned_kernel (run, code);
  } else {
    fill_streams (run);
    for (unsigned i = run->from; i < run->end; i++)
      run->truths[i] = code->by_layers[run->streams[i]][atomic_load_explicit (&protocols[i], memory_order_relaxed)];
  }
  lec_column_run_pack (run, result);
}

static gboolean
is_address_inside (const LecCode *code, LecWideNumber number)
{
  for (unsigned i = 0; i < code->n_intervals; i++)
    if (number >= code->address_intervals[i].first && number <= code->address_intervals[i].last)
      return TRUE;
  return FALSE;
}

/* Whether a frame that SIDE sends has SLOT, and whether its value is INSIDE the intervals of CODE. */
static gboolean
test_slot (const LecCode *code, const LecSlot *slot, const LecConversation *conversation, unsigned side,
           gboolean *inside)
{
  uint64_t number;
  LecWideNumber address;

  if (code->intervals != NULL && lec_facts_conversation_number (slot, conversation, side, &number))
    *inside = lec_code_passes_number (code, number);
  else if (code->intervals == NULL && lec_facts_conversation_address (slot, conversation, side, &address))
    *inside = is_address_inside (code, address);
  else
    return FALSE;
  return TRUE;
}

static gboolean
has_slot (const LecColumnRun *run, const LecCode *code, const LecConversation *conversation)
{
  for (unsigned i = 0; i < code->n_slots; i++)
    if (lec_facts_conversation_has (&run->program->slots[code->slots[i]], conversation))
      return TRUE;
  return FALSE;
}

/* Presence is told, and ports, streams and addresses are compared, where they stand; all else is for the evaluator. */
static gboolean
ask_conversation (LecColumnRun *run, const LecCode *code, const LecConversation *conversation, unsigned side)
{
  unsigned n = 0, n_inside = 0;

  if (code->kind == LEC_CODE_NOT)
    return !ask_conversation (run, code->children[0], conversation, side);
  if (code->kind == LEC_CODE_AND || code->kind == LEC_CODE_OR) {
    gboolean answer = code->kind == LEC_CODE_AND;

    for (unsigned i = 0; i < code->n_children && answer == (code->kind == LEC_CODE_AND); i++)
      answer = ask_conversation (run, code->children[i], conversation, side);
    return answer;
  }
  if (code->kind == LEC_CODE_PRESENT || code->kind == LEC_CODE_TRUE)
    return has_slot (run, code, conversation);
  if (code->intervals == NULL && code->address_intervals == NULL) {
    lec_evaluator_begin (run->evaluator);
    lec_facts_of_conversation (run->evaluator, run->program, conversation, side);
    return lec_evaluator_answer (run->evaluator, code);
  }
  for (unsigned i = 0; i < code->left->n_slots; i++) {
    gboolean inside;

    if (!test_slot (code, &run->program->slots[code->left->slots[i]], conversation, side, &inside))
      continue;
    n_inside += inside;
    n++;
  }
  return lec_aggregate_holds (code->aggregate, n, n_inside);
}

static uint8_t truth_of_owner (LecColumnRun *run, const LecCode *code, uint32_t owner, unsigned side);

/* OWNER's truth where no table holds it: an operation's is that of its CONVERSATION. */
static uint8_t
find_truth (LecColumnRun *run, const LecCode *code, uint32_t owner, uint32_t conversation, unsigned side)
{
  const LecConversation *row;

  if (conversation == LEC_OWNER_NONE)
    return ASK_LAYERS;
  if (conversation != owner)
    return truth_of_owner (run, code, conversation, side);
  row = lec_index_conversation (run->index, conversation);
  if (lec_facts_stream_kind (row) == LEC_STREAM_NONE)
    return ASK_LAYERS;
  return ask_conversation (run, code, row, side) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
}

/* Where there is a table, both sides are found at once, while the owner is in the cache. */
static uint8_t
truth_of_owner (LecColumnRun *run, const LecCode *code, uint32_t owner, unsigned side)
{
  uint32_t conversation;
  uint8_t *memo;

  if (lec_row_of_owner (owner) >= run->n_rows)
    return find_truth (run, code, owner, conversation_of (run, owner), side);
  memo = run->memos[code->memo] + (size_t) lec_row_of_owner (owner) * 2;
  if (memo[side] == LEC_TRUTH_UNKNOWN) {
    conversation = conversation_of (run, owner);
    memo[0] = find_truth (run, code, owner, conversation, 0);
    memo[1] = find_truth (run, code, owner, conversation, 1);
  }
  return memo[side];
}

/* All owners in the order in which they lie in memory, where so many frames will ask that most of them come up. */
static void
fill_memo (LecColumnRun *run, const LecCode *code)
{
  uint32_t n_conversations = atomic_load_explicit (&run->index->n_conversations, memory_order_acquire);
  uint32_t n_operations = atomic_load_explicit (&run->index->n_operations, memory_order_acquire);

  for (uint32_t i = 0; i < MIN (n_conversations, run->n_rows / 2); i++)
    truth_of_owner (run, code, i, 0);
  for (uint32_t i = 0; i < MIN (n_operations, run->n_rows / 2); i++)
    truth_of_owner (run, code, i | LEC_OWNER_OPERATION, 0);
}

/* Of an echo, the one that answers is the other side. */
static uint8_t
ask_echo (LecColumnRun *run, const LecCode *code, uint32_t owner, uint32_t frame)
{
  LecConversation echo;

  if (!find_echo (run, owner, &echo))
    return LEC_TRUTH_UNKNOWN;
  unsigned side = LEC_GET (lec_index_operation (run->index, LEC_OWNER_INDEX (owner))->response.first_frame) == frame;
  return ask_conversation (run, code, &echo, side) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
}

static uint8_t
ask_owner (LecColumnRun *run, const LecCode *code, unsigned i, uint32_t owner, unsigned side)
{
  uint8_t truth = truth_of_owner (run, code, owner, side);

  if (truth == ASK_LAYERS)
    truth = code->by_layers[kind_of_owner (run, owner)][lec_index_protocol (run->index, run->base + i)];
  return truth != LEC_TRUTH_UNKNOWN ? truth : ask_echo (run, code, owner, run->base + i);
}

void
lec_conversation_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const _Atomic uint32_t *owners = owners_of (run);
  const _Atomic uint8_t *states = states_of (run);
  const uint8_t *memo = run->memos[code->memo];
  /* Bytes may be written over anything, so what the loop needs must not lie in the run. */
  uint32_t n_rows = run->n_rows;

  if (run->n_frames > n_rows && !run->has_memo[code->memo]) {
    fill_memo (run, code);
    run->has_memo[code->memo] = TRUE;
  }
  for (unsigned i = run->from, end = run->end; i < end; i++) {
    uint32_t owner = atomic_load_explicit (&owners[i], memory_order_relaxed), row = lec_row_of_owner (owner);
    unsigned side = atomic_load_explicit (&states[i], memory_order_relaxed) & LEC_FRAME_SIDE;
    uint8_t truth = row < n_rows ? memo[(size_t) row * 2 + side] : LEC_TRUTH_UNKNOWN;

    run->truths[i] =
        G_LIKELY (truth == LEC_TRUTH_NO || truth == LEC_TRUTH_YES) ? truth : ask_owner (run, code, i, owner, side);
  }
  lec_column_run_pack (run, result);
}

/* Numbers are compared where they stand; all else is for the evaluator. */
static gboolean
ask_operation (LecColumnRun *run, const LecCode *code, uint32_t owner, uint32_t frame)
{
  uint64_t number;

  if (code->intervals == NULL) {
    lec_evaluator_begin (run->evaluator);
    lec_facts_of_operation (run->evaluator, run->program, run->index, frame);
    return lec_evaluator_answer (run->evaluator, code);
  }
  const LecOperation *operation = lec_index_operation (run->index, LEC_OWNER_INDEX (owner));
  unsigned place = run->program->slots[code->left->slots[0]].row;
  gboolean known = lec_operation_field_number (run->index, operation, place, &number);
  return lec_aggregate_holds (code->aggregate, known, known && lec_code_passes_number (code, number));
}

/* What an operation says, all of its frames say. */
static uint8_t
truth_of_operation (LecColumnRun *run, const LecCode *code, uint32_t owner, uint32_t frame)
{
  uint32_t row = lec_row_of_owner (owner);
  uint8_t *memo = row < run->n_rows ? run->memos[code->memo] + (size_t) row * 2 : NULL;

  if (memo != NULL && *memo != LEC_TRUTH_UNKNOWN)
    return *memo;
  uint8_t truth = ask_operation (run, code, owner, frame) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
  if (memo != NULL)
    *memo = truth;
  return truth;
}

void
lec_operation_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const _Atomic uint32_t *owners = owners_of (run);
  uint8_t without = code->without_values ? LEC_TRUTH_YES : LEC_TRUTH_NO;

  for (unsigned i = run->from, end = run->end; i < end; i++) {
    uint32_t owner = LEC_FOLLOW (owners[i]);
    gboolean is_owned = owner != LEC_OWNER_NONE && (owner & LEC_OWNER_OPERATION) != 0;

    run->truths[i] = is_owned ? truth_of_operation (run, code, owner, run->base + i) : without;
  }
  lec_column_run_pack (run, result);
}

static void
fill_flag_truths (LecColumnRun *run, const LecCode *code)
{
  fill_streams (run);
  for (unsigned i = run->from; i < run->end; i++)
    run->truths[i] = is_tcp (run->streams[i])
                         ? ASK_FLAGS
                         : code->by_layers[run->streams[i]][lec_index_protocol (run->index, run->base + i)];
}

void
lec_flags_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const uint8_t *flags = &LEC_COLUMN (&run->index->tcp_flags, uint8_t, run->base);

  if (do_owners_tell (run))
    owned_kernel (run, code);
  else
    fill_flag_truths (run, code);
  for (unsigned i = run->from; i < run->end; i++) {
    uint8_t by_flags = code->by_flags[flags[i]];

    run->truths[i] = run->truths[i] == ASK_FLAGS ? by_flags : run->truths[i];
  }
  lec_column_run_pack (run, result);
}
