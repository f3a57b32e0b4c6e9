#include "filter/facts.h"

#include <string.h>

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
  { "http.request", FACT_REQUEST },
  { "http.response", FACT_RESPONSE },
  { "http.request.method", FACT_METHOD },
  { "http.response.code", FACT_STATUS },
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
  if ((found = FIND (conversation_facts, field)) >= 0)
    return *row = (unsigned) found, LEC_ORIGIN_CONVERSATION;
  if ((found = FIND (flag_facts, field)) >= 0)
    return *row = (unsigned) found, LEC_ORIGIN_FLAGS;
  if ((found = FIND (message_facts, field)) >= 0)
    return *row = (unsigned) found, LEC_ORIGIN_OPERATION;
  if ((found = FIND (frame_facts, field)) >= 0)
    return *row = (unsigned) found, LEC_ORIGIN_FRAME;
  return LEC_ORIGIN_DISSECTION;
}

LecStreamKind
lec_facts_stream_kind (const LecConversation *conversation)
{
  gboolean ipv6 = conversation->address[0].n_bytes == 16;

  /* Frames in a tunnel have more addresses than these, and DNS over TCP is a layer that the index does not name. */
  if (conversation->address[0].n_bytes == 0 || LEC_GET (conversation->tunnelled) ||
      (conversation->ip_protocol == 6 && (conversation->port[0] == DNS_PORT || conversation->port[1] == DNS_PORT)))
    return LEC_STREAM_NONE;
  if (conversation->ip_protocol == 6)
    return ipv6 ? LEC_STREAM_TCP_IPV6 : LEC_STREAM_TCP_IPV4;
  if (conversation->ip_protocol == 17)
    return ipv6 ? LEC_STREAM_UDP_IPV6 : LEC_STREAM_UDP_IPV4;
  return LEC_STREAM_NONE;
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
        (conversation_facts[row].ip_protocol != 0 &&
         conversation_facts[row].ip_protocol != conversation->ip_protocol) ||
        (conversation_facts[row].address_bytes != 0 && conversation_facts[row].address_bytes != source->n_bytes))
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
lec_facts_frame_number (const LecSlot *slot, const LecIndex *index, uint32_t frame, uint64_t *number)
{
  switch (frame_facts[slot->row].fact) {
  case FACT_NUMBER:
    *number = frame;
    return TRUE;
  case FACT_LENGTH:
    *number = LEC_COLUMN (&index->length, uint16_t, frame);
    return *number < G_MAXUINT16;
  case FACT_TIME:
    *number = (uint64_t) lec_index_time_ns (index, frame);
    return TRUE;
  case FACT_RELATIVE:
    *number = (uint64_t) (lec_index_time_ns (index, frame) - lec_index_time_ns (index, 1));
    return TRUE;
  case FACT_DELTA:
    *number = (uint64_t) (lec_index_time_ns (index, frame) - lec_index_time_ns (index, MAX (frame, 2) - 1));
    return TRUE;
  }
  return FALSE;
}

gboolean
lec_facts_of_frame (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame)
{
  for (unsigned i = 0; i < program->n_slots; i++) {
    LecValue value = { 0 };

    if (program->slots[i].origin != LEC_ORIGIN_FRAME)
      continue;
    if (!lec_facts_frame_number (&program->slots[i], index, frame, &value.number))
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

    if (program->slots[i].origin != LEC_ORIGIN_OPERATION ||
        (method == NULL) != (message_facts[row].fact == FACT_RESPONSE || message_facts[row].fact == FACT_STATUS))
      continue;
    if (message_facts[row].fact == FACT_STATUS)
      value.number = status;
    if (message_facts[row].fact == FACT_METHOD)
      value.bytes = (LecBytes){ (const uint8_t *) method, (uint32_t) strlen (method) };
    lec_evaluator_add (evaluator, i, &value);
  }
}

gboolean
lec_facts_of_operations (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame,
                         uint32_t *key)
{
  enum { METHODS = 256 };
  unsigned n_messages = 0;

  /* Operations of a conversation are chained in the order of their requests: those with bytes in FRAME follow the one
   * that owns it. */
  for (uint32_t row = lec_index_operation_of (index, frame); row != G_MAXUINT32;) {
    const LecOperation *operation = lec_index_operation (index, row);
    uint8_t method = LEC_GET (operation->method);
    uint16_t status = LEC_GET (operation->status);
    const char *name = lec_http_method_name (method);

    if (operation->first_frame > frame)
      break;
    row = LEC_GET (operation->next);
    if (operation->kind != LEC_OPERATION_HTTP)
      continue;
    if (LEC_GET (operation->request.first_frame) == frame) {
      if (name == NULL)
        return FALSE;
      add_message (evaluator, program, 0, name);
      *key = method;
      n_messages++;
    }
    if (LEC_GET (operation->response.first_frame) == frame) {
      if (status == 0 || status >= LEC_FACTS_MESSAGE_KEYS - METHODS)
        return FALSE;
      add_message (evaluator, program, status, NULL);
      *key = METHODS + status;
      n_messages++;
    }
  }
  if (n_messages != 1)
    *key = G_MAXUINT32;
  return n_messages > 0;
}

/* The evaluator's own sink passes verdicts over, which dissections announce too. */
typedef struct {
  LecSink sink;
  LecEvaluator *evaluator;
  const LecProgram *program;
} VerdictSink;

static void
verdict_add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text,
             gboolean opens)
{
  VerdictSink *verdicts = (VerdictSink *) (void *) sink;
  int slot = lec_program_find_slot (verdicts->program, field);

  if (slot >= 0)
    lec_evaluator_add (verdicts->evaluator, (unsigned) slot, value);
}

static void
verdict_close (LecSink *sink)
{
}

void
lec_facts_of_verdicts (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame)
{
  VerdictSink verdicts = { { .add = verdict_add, .close = verdict_close }, evaluator, program };
  LecDissection dissection = { .sink = &verdicts.sink, .frame = frame, .summaries = LEC_SUMMARY_NONE };

  lec_verdict_fields_add (index, &dissection, frame);
}
