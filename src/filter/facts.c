#include "filter/facts.h"

#include <string.h>

#include "analysis/operation-fields.h"
#include "analysis/verdict-fields.h"
#include "base/publish.h"
#include "protocol/http-head.h"

#define DNS_PORT 53

/* Fields by the place that knows them, each with how it is had from there. */
typedef enum {
  FACT_SOURCE_PORT,
  FACT_DESTINATION_PORT,
  FACT_SOURCE,
  FACT_DESTINATION,
  FACT_STREAM,
  FACT_PROTOCOL,
} ConversationFact;

static const struct {
  const char *name;
  ConversationFact fact;
  uint8_t ip_protocol;   /* 0 = either */
  uint8_t address_bytes; /* 0 = either */
} conversation_facts[] = {
  { "tcp.srcport", FACT_SOURCE_PORT, 6 },  { "tcp.dstport", FACT_DESTINATION_PORT, 6 },
  { "tcp.stream", FACT_STREAM, 6 },        { "tcp", FACT_PROTOCOL, 6 },
  { "udp.srcport", FACT_SOURCE_PORT, 17 }, { "udp.dstport", FACT_DESTINATION_PORT, 17 },
  { "udp.stream", FACT_STREAM, 17 },       { "udp", FACT_PROTOCOL, 17 },
  { "ip.src", FACT_SOURCE, 0, 4 },         { "ip.dst", FACT_DESTINATION, 0, 4 },
  { "ip", FACT_PROTOCOL, 0, 4 },           { "ipv6.src", FACT_SOURCE, 0, 16 },
  { "ipv6.dst", FACT_DESTINATION, 0, 16 }, { "ipv6", FACT_PROTOCOL, 0, 16 },
};

static const struct {
  const char *name;
  uint16_t mask; /* of the header's twelve bits */
} flag_facts[] = {
  { "tcp.flags", 0xfff },
  { "tcp.flags.fin", LEC_TCP_FIN },
  { "tcp.flags.syn", LEC_TCP_SYN },
  { "tcp.flags.reset", LEC_TCP_RST },
  { "tcp.flags.push", LEC_TCP_PSH },
  { "tcp.flags.ack", LEC_TCP_ACK },
  { "tcp.flags.urg", LEC_TCP_URG },
  { "tcp.flags.ece", LEC_TCP_ECE },
  { "tcp.flags.cwr", LEC_TCP_CWR },
};

typedef enum { FACT_NUMBER, FACT_LENGTH, FACT_TIME, FACT_RELATIVE, FACT_DELTA } FrameFact;

static const struct {
  const char *name;
  FrameFact fact;
} frame_facts[] = {
  { "frame.number", FACT_NUMBER },   { "frame.len", FACT_LENGTH },       { "frame.time", FACT_TIME },
  { "frame.time_epoch", FACT_TIME }, { "frame.time_delta", FACT_DELTA }, { "frame.time_relative", FACT_RELATIVE },
};

typedef enum { FACT_REQUEST, FACT_RESPONSE, FACT_METHOD, FACT_STATUS } MessageFact;

static const struct {
  const char *name;
  MessageFact fact;
} message_facts[] = {
  { "http.request", FACT_REQUEST },        { "http.response", FACT_RESPONSE },
  { "http.request.method", FACT_METHOD },  { "http.response.code", FACT_STATUS },
  { "http.response.begins", FACT_STATUS },
};

#define FIND(table, field)                                                                                             \
  ({                                                                                                                   \
    unsigned place = 0;                                                                                                \
    while (place < G_N_ELEMENTS (table) && strcmp ((table)[place].name, (field)->name) != 0)                           \
      place++;                                                                                                         \
    place < G_N_ELEMENTS (table) ? (int) place : -1;                                                                   \
  })

LecOrigin
lec_origin_of (const LecField *field, const LecProtocol *protocol, unsigned *row)
{
  int found;

  *row = 0;
  if (protocol != NULL && protocol->id == LEC_PROTOCOL_VERDICT)
    return LEC_ORIGIN_VERDICT;
  if (protocol != NULL && protocol->id == LEC_PROTOCOL_OPERATION)
    return *row = (unsigned) (field - protocol->fields), LEC_ORIGIN_OPERATION;
  if ((found = FIND (conversation_facts, field)) >= 0)
    return *row = (unsigned) found, LEC_ORIGIN_CONVERSATION;
  if ((found = FIND (flag_facts, field)) >= 0)
    return *row = (unsigned) found, LEC_ORIGIN_FLAGS;
  if ((found = FIND (message_facts, field)) >= 0)
    return *row = (unsigned) found, LEC_ORIGIN_MESSAGE;
  if ((found = FIND (frame_facts, field)) >= 0)
    return *row = (unsigned) found, LEC_ORIGIN_FRAME;
  return LEC_ORIGIN_DISSECTION;
}

LecStreamKind
lec_facts_stream_kind (const LecConversation *conversation)
{
  gboolean ipv6 = conversation->address[0].n_bytes == 16;

  /* Frames in a tunnel have more addresses than these, and DNS over TCP is a layer that the index does not name. */
  if (conversation->address[0].n_bytes == 0 || LEC_GET (conversation->traits) & LEC_TRAIT_TUNNELLED ||
      (conversation->ip_protocol == 6 && (conversation->port[0] == DNS_PORT || conversation->port[1] == DNS_PORT)))
    return LEC_STREAM_NONE;
  if (conversation->ip_protocol == 6)
    return ipv6 ? LEC_STREAM_TCP_IPV6 : LEC_STREAM_TCP_IPV4;
  if (conversation->ip_protocol == 17)
    return ipv6 ? LEC_STREAM_UDP_IPV6 : LEC_STREAM_UDP_IPV4;
  return LEC_STREAM_NONE;
}

gboolean
lec_facts_conversation_has (const LecSlot *slot, const LecConversation *conversation)
{
  uint8_t ip_protocol = conversation_facts[slot->row].ip_protocol;
  uint8_t address_bytes = conversation_facts[slot->row].address_bytes;

  return (ip_protocol == 0 || ip_protocol == conversation->ip_protocol) &&
         (address_bytes == 0 || address_bytes == conversation->address[0].n_bytes);
}

void
lec_facts_of_conversation (LecEvaluator *evaluator, const LecProgram *program, const LecConversation *conversation,
                           unsigned side)
{
  for (unsigned i = 0; i < program->n_slots; i++) {
    unsigned row = program->slots[i].row;
    const LecAddress *source = &conversation->address[side], *destination = &conversation->address[!side];
    LecValue value = { 0 };

    if (program->slots[i].origin != LEC_ORIGIN_CONVERSATION ||
        !lec_facts_conversation_has (&program->slots[i], conversation))
      continue;
    switch (conversation_facts[row].fact) {
    case FACT_SOURCE_PORT:
      value.number = conversation->port[side];
      break;
    case FACT_DESTINATION_PORT:
      value.number = conversation->port[!side];
      break;
    case FACT_SOURCE:
      value.bytes = (LecBytes){ source->bytes, source->n_bytes };
      break;
    case FACT_DESTINATION:
      value.bytes = (LecBytes){ destination->bytes, destination->n_bytes };
      break;
    case FACT_STREAM:
      value.number = conversation->stream;
      break;
    case FACT_PROTOCOL:
      break;
    }
    lec_evaluator_add (evaluator, i, &value);
  }
}

void
lec_facts_of_flags (LecEvaluator *evaluator, const LecProgram *program, unsigned flags)
{
  for (unsigned i = 0; i < program->n_slots; i++) {
    unsigned row = program->slots[i].row;
    LecValue value = { 0 };

    if (program->slots[i].origin != LEC_ORIGIN_FLAGS)
      continue;
    value.number = flags & flag_facts[row].mask;
    if (program->slots[i].field->type == LEC_TYPE_BOOLEAN)
      value.number = value.number != 0;
    lec_evaluator_add (evaluator, i, &value);
  }
}

gboolean
lec_facts_conversation_number (const LecSlot *slot, const LecConversation *conversation, unsigned side,
                               uint64_t *number)
{
  if (conversation_facts[slot->row].ip_protocol != conversation->ip_protocol)
    return FALSE;
  switch (conversation_facts[slot->row].fact) {
  case FACT_SOURCE_PORT:
    *number = conversation->port[side];
    return TRUE;
  case FACT_DESTINATION_PORT:
    *number = conversation->port[!side];
    return TRUE;
  case FACT_STREAM:
    *number = conversation->stream;
    return TRUE;
  default:
    return FALSE;
  }
}

static uint64_t
eight_bytes (const uint8_t *bytes)
{
  uint64_t number;

  memcpy (&number, bytes, sizeof number);
  return GUINT64_FROM_BE (number);
}

gboolean
lec_facts_conversation_address (const LecSlot *slot, const LecConversation *conversation, unsigned side,
                                LecWideNumber *number)
{
  ConversationFact fact = conversation_facts[slot->row].fact;
  const uint8_t *bytes = conversation->address[fact == FACT_SOURCE ? side : !side].bytes;

  if (!lec_facts_conversation_has (slot, conversation) || (fact != FACT_SOURCE && fact != FACT_DESTINATION))
    return FALSE;
  *number = conversation->address[0].n_bytes == 4 ? eight_bytes (bytes) >> 32
                                                  : (LecWideNumber) eight_bytes (bytes) << 64 | eight_bytes (bytes + 8);
  return TRUE;
}

/* The column holds no more than 16 bits of a length. */
static uint64_t
lengths (const LecIndex *index, uint32_t first, unsigned n, uint64_t *numbers)
{
  const uint16_t *column = &LEC_COLUMN (&index->length, uint16_t, first);
  uint64_t unknown = 0;

  for (unsigned i = 0; i < n; i++) {
    numbers[i] = column[i];
    unknown |= (uint64_t) (column[i] == G_MAXUINT16) << i;
  }
  return unknown;
}

uint64_t
lec_facts_frame_numbers (const LecSlot *slot, const LecIndex *index, uint32_t first, unsigned n, uint64_t *numbers)
{
  const int64_t *times = &LEC_COLUMN (&index->time_ns, int64_t, first);
  FrameFact fact = frame_facts[slot->row].fact;
  uint64_t start = fact == FACT_RELATIVE ? (uint64_t) lec_index_time_ns (index, 1) : 0;

  switch (fact) {
  case FACT_NUMBER:
    for (unsigned i = 0; i < n; i++)
      numbers[i] = first + i;
    return 0;
  case FACT_LENGTH:
    return lengths (index, first, n, numbers);
  case FACT_TIME:
  case FACT_RELATIVE:
    for (unsigned i = 0; i < n; i++)
      numbers[i] = (uint64_t) times[i] - start;
    return 0;
  case FACT_DELTA:
    numbers[0] = (uint64_t) times[0] - (uint64_t) lec_index_time_ns (index, MAX (first, 2) - 1);
    for (unsigned i = 1; i < n; i++)
      numbers[i] = (uint64_t) times[i] - (uint64_t) times[i - 1];
    return 0;
  }
  return G_MAXUINT64;
}

gboolean
lec_facts_of_frame (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame)
{
  for (unsigned i = 0; i < program->n_slots; i++) {
    LecValue value = { 0 };

    if (program->slots[i].origin != LEC_ORIGIN_FRAME)
      continue;
    if (lec_facts_frame_numbers (&program->slots[i], index, frame, 1, &value.number) != 0)
      return FALSE;
    lec_evaluator_add (evaluator, i, &value);
  }
  return TRUE;
}

static void
add_message (LecEvaluator *evaluator, const LecProgram *program, unsigned status, const char *method)
{
  for (unsigned i = 0; i < program->n_slots; i++) {
    unsigned row = program->slots[i].row;
    LecValue value = { .number = 1 };

    if (program->slots[i].origin != LEC_ORIGIN_MESSAGE ||
        (method == NULL) != (message_facts[row].fact == FACT_RESPONSE || message_facts[row].fact == FACT_STATUS))
      continue;
    if (message_facts[row].fact == FACT_STATUS)
      value.number = status;
    if (message_facts[row].fact == FACT_METHOD)
      value.bytes = (LecBytes){ (const uint8_t *) method, (uint32_t) strlen (method) };
    lec_evaluator_add (evaluator, i, &value);
  }
}

/* Operations of a conversation are chained in the order of their requests: those with bytes in a frame follow the one
 * that owns it. NULL after the last, which gets *ROW G_MAXUINT32. */
static const LecOperation *
next_operation (const LecIndex *index, uint32_t frame, uint32_t *row)
{
  while (*row != G_MAXUINT32) {
    const LecOperation *operation = lec_index_operation (index, *row);

    if (operation->first_frame > frame)
      break;
    *row = LEC_FOLLOW (operation->next);
    if (operation->kind == LEC_OPERATION_HTTP)
      return operation;
  }
  return NULL;
}

void
lec_facts_prefetch_messages (const LecIndex *index, uint32_t base, uint64_t frames)
{
  for (unsigned step = 0; step < 2; step++)
    for (uint64_t left = frames; left != 0; left &= left - 1) {
      uint32_t row = lec_index_operation_of (index, base + (unsigned) __builtin_ctzll (left));

      if (row != G_MAXUINT32 && step == 1)
        row = LEC_FOLLOW (lec_index_operation (index, row)->next);
      if (row != G_MAXUINT32)
        __builtin_prefetch (lec_index_operation (index, row));
    }
}

enum { METHODS = 256 };

/* Keys of the messages of OPERATION that begin in FRAME; returns their number. */
static unsigned
message_keys (const LecOperation *operation, uint32_t frame, uint32_t keys[2])
{
  unsigned n = 0;

  if (LEC_GET (operation->request.first_frame) == frame)
    keys[n++] = LEC_GET (operation->method);
  if (LEC_GET (operation->response.first_frame) == frame)
    keys[n++] = METHODS + LEC_GET (operation->status);
  return n;
}

uint32_t
lec_facts_message_key (const LecIndex *index, uint32_t frame)
{
  const LecOperation *operation;
  uint32_t key = G_MAXUINT32, row = lec_index_operation_of (index, frame);

  while ((operation = next_operation (index, frame, &row)) != NULL) {
    uint32_t keys[2];
    unsigned n = message_keys (operation, frame, keys);

    if (n > 1 || (n == 1 && key != G_MAXUINT32))
      return G_MAXUINT32;
    if (n == 1)
      key = keys[0];
  }
  return key < LEC_FACTS_MESSAGE_KEYS ? key : G_MAXUINT32;
}

uint32_t
lec_facts_carried_key (const LecIndex *index, uint32_t frame)
{
  const LecOperation *operation = lec_index_operation (index, lec_index_operation_of (index, frame));
  unsigned side = (lec_index_state (index, frame) & LEC_FRAME_SIDE) != 0;
  uint32_t key = side == operation->request_side ? LEC_GET (operation->method) : METHODS + LEC_GET (operation->status);

  return key < LEC_FACTS_MESSAGE_KEYS ? key : G_MAXUINT32;
}

gboolean
lec_facts_of_message (LecEvaluator *evaluator, const LecProgram *program, const LecOperation *operation,
                      gboolean response)
{
  unsigned status = LEC_GET (operation->status);
  const char *method = response ? NULL : lec_http_method_name (LEC_GET (operation->method));

  if (response ? status == 0 : method == NULL)
    return FALSE;
  add_message (evaluator, program, status, method);
  return TRUE;
}

gboolean
lec_facts_of_messages (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame)
{
  const LecOperation *operation;
  uint32_t row = lec_index_operation_of (index, frame);
  unsigned n_messages = 0;

  while ((operation = next_operation (index, frame, &row)) != NULL) {
    uint32_t keys[2];
    unsigned n = message_keys (operation, frame, keys);

    for (unsigned i = 0; i < n; i++) {
      const char *method = keys[i] < METHODS ? lec_http_method_name (keys[i]) : NULL;

      /* A method without a name, or a response whose status is not known. */
      if ((keys[i] < METHODS && method == NULL) || keys[i] == METHODS)
        return FALSE;
      add_message (evaluator, program, keys[i] < METHODS ? 0 : keys[i] - METHODS, method);
    }
    n_messages += n;
  }
  return n_messages > 0;
}

/* The evaluator's own sink passes over what Lectern itself says of a frame, which dissections announce too. */
typedef struct {
  LecSink sink;
  LecEvaluator *evaluator;
  const LecProgram *program;
} OwnSink;

static gboolean
own_wants_field (LecSink *sink, const LecField *field)
{
  return lec_program_find_slot (((OwnSink *) (void *) sink)->program, field) >= 0;
}

static void
own_add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  OwnSink *own = (OwnSink *) (void *) sink;
  int slot = lec_program_find_slot (own->program, field);

  if (slot >= 0)
    lec_evaluator_add (own->evaluator, (unsigned) slot, value);
}

static void
own_close (LecSink *sink)
{
}

void
lec_facts_of_verdict (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index,
                      const LecVerdict *verdict)
{
  OwnSink own = { { .add = own_add, .close = own_close, .wants_field = own_wants_field }, evaluator, program };
  LecDissection dissection = { .sink = &own.sink, .frame = verdict->frame, .summaries = LEC_SUMMARY_NONE };

  lec_verdict_fields_add_one (index, &dissection, verdict);
}

static void
add_own (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame,
         void (*add) (const LecIndex *index, LecDissection *dissection, uint32_t frame))
{
  OwnSink own = { { .add = own_add, .close = own_close, .wants_field = own_wants_field }, evaluator, program };
  LecDissection dissection = { .sink = &own.sink, .frame = frame, .summaries = LEC_SUMMARY_NONE };

  add (index, &dissection, frame);
}

void
lec_facts_of_verdicts (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame)
{
  add_own (evaluator, program, index, frame, lec_verdict_fields_add);
}

void
lec_facts_of_operation (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame)
{
  add_own (evaluator, program, index, frame, lec_operation_fields_add);
}
