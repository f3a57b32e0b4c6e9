#include "filter/facts.h"

#include <string.h>

#include "analysis/verdict-fields.h"
#include "base/publish.h"

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

#define FIND(table, field)                                                                                             \
  ({                                                                                                                   \
    unsigned found = 0;                                                                                                \
    while (found < G_N_ELEMENTS (table) && strcmp ((table)[found].name, (field)->name) != 0)                           \
      found++;                                                                                                         \
    found < G_N_ELEMENTS (table) ? (int) found : -1;                                                                   \
  })

LecOrigin
lec_origin_of (const LecField *field, const LecProtocol *protocol)
{
  if (protocol != NULL && protocol->id == LEC_PROTOCOL_VERDICT)
    return LEC_ORIGIN_VERDICT;
  if (FIND (conversation_facts, field) >= 0)
    return LEC_ORIGIN_CONVERSATION;
  if (FIND (flag_facts, field) >= 0)
    return LEC_ORIGIN_FLAGS;
  return FIND (frame_facts, field) >= 0 ? LEC_ORIGIN_FRAME : LEC_ORIGIN_DISSECTION;
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
    int row =
        program->slots[i].origin == LEC_ORIGIN_CONVERSATION ? FIND (conversation_facts, program->slots[i].field) : -1;
    const LecAddress *source = &conversation->address[side], *destination = &conversation->address[!side];
    LecValue value = { 0 };

    if (row < 0 ||
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
    int row = program->slots[i].origin == LEC_ORIGIN_FLAGS ? FIND (flag_facts, program->slots[i].field) : -1;
    LecValue value = { 0 };

    if (row < 0)
      continue;
    value.number = flags & flag_facts[row].mask;
    if (program->slots[i].field->type == LEC_TYPE_BOOLEAN)
      value.number = value.number != 0;
    lec_evaluator_add (evaluator, i, &value);
  }
}

gboolean
lec_facts_frame_number (const LecField *field, const LecIndex *index, uint32_t frame, uint64_t *number)
{
  int row = FIND (frame_facts, field);

  switch (row < 0 ? FACT_NUMBER : frame_facts[row].fact) {
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
  case FACT_NUMBER:
    *number = frame;
    return row >= 0;
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
    if (!lec_facts_frame_number (program->slots[i].field, index, frame, &value.number))
      return FALSE;
    lec_evaluator_add (evaluator, i, &value);
  }
  return TRUE;
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
