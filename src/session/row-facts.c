#include "session/row-facts.h"

#include <string.h>

#include "protocol/registry.h"

static const struct {
  const char *field;
  LecFact fact;
  gboolean by_name; /* numbers are shown by the name of the value alone */
} sources[] = {
  { "eth.src", LEC_FACT_SOURCE_MAC },
  { "sll.src.eth", LEC_FACT_SOURCE_MAC },
  { "eth.dst", LEC_FACT_DESTINATION_MAC },
  { "http.request.method", LEC_FACT_HTTP_METHOD },
  { "http.request.uri", LEC_FACT_HTTP_TARGET },
  { "http.response.code", LEC_FACT_HTTP_STATUS },
  { "http.response.phrase", LEC_FACT_HTTP_PHRASE },
  { "http.location", LEC_FACT_HTTP_LOCATION },
  { "http.content_type", LEC_FACT_HTTP_TYPE },
  { "http.content_length", LEC_FACT_HTTP_LENGTH },
  { "dns.qry.name", LEC_FACT_DNS_NAME },
  { "dns.qry.type", LEC_FACT_DNS_TYPE, TRUE },
  { "dns.a", LEC_FACT_DNS_ADDRESS },
  { "dns.aaaa", LEC_FACT_DNS_ADDRESS },
  { "dns.flags.rcode", LEC_FACT_DNS_RCODE, TRUE },
};

static gboolean
is_http_fact (LecFact fact)
{
  return fact >= LEC_FACT_HTTP_METHOD && fact <= LEC_FACT_HTTP_LENGTH;
}

static void
take (LecRowFacts *facts, unsigned source, const LecField *field, const LecValue *value)
{
  LecFact fact = sources[source].fact;
  const char *name = sources[source].by_name && field->values ? lec_value_name (field->values, value->number) : NULL;

  if (is_http_fact (fact) && facts->n_messages != facts->message + 1)
    return;
  if (facts->n[fact]++)
    return;
  if (name)
    g_string_assign (facts->texts[fact], name);
  else
    lec_value_append (facts->texts[fact], field, value, FALSE);
}

static void
begin_message (LecRowFacts *facts, LecSpan span, const char *text)
{
  if (facts->n_messages < LEC_ROW_FACTS_MESSAGES)
    facts->spans[facts->n_messages] = span;
  if (facts->n_messages == facts->message && text)
    g_string_assign (facts->message_summary, text);
  facts->n_messages++;
}

static void
on_add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  LecRowFacts *facts = (LecRowFacts *) sink;

  if (field->type == LEC_TYPE_PROTOCOL) {
    if (strcmp (field->name, "http") == 0)
      begin_message (facts, span, text);
    return;
  }
  for (unsigned i = 0; value && i < G_N_ELEMENTS (sources); i++)
    if (strcmp (field->name, sources[i].field) == 0)
      take (facts, i, field, value);
}

static void
on_close (LecSink *sink)
{
}

void
lec_row_facts_init (LecRowFacts *facts)
{
  *facts = (LecRowFacts){ .sink = { .add = on_add, .close = on_close } };
  facts->message_summary = g_string_new (NULL);
  for (unsigned i = 0; i < LEC_N_FACTS; i++)
    facts->texts[i] = g_string_new (NULL);
}

void
lec_row_facts_clear (LecRowFacts *facts)
{
  g_string_free (facts->message_summary, TRUE);
  for (unsigned i = 0; i < LEC_N_FACTS; i++)
    g_string_free (facts->texts[i], TRUE);
}

static LecDissection *
read_once (LecRowFacts *facts, LecFrameReader *reader, uint32_t frame, int summaries, unsigned message)
{
  for (unsigned i = 0; i < LEC_N_FACTS; i++) {
    g_string_truncate (facts->texts[i], 0);
    facts->n[i] = 0;
  }
  g_string_truncate (facts->message_summary, 0);
  facts->message = message;
  facts->n_messages = 0;
  return lec_frame_reader_dissect (reader, frame, &facts->sink, summaries);
}

/* Where the transport payload begins in the frame. */
static uint32_t
payload_offset (const LecDissection *dissection)
{
  for (unsigned i = 0; i < dissection->n_layers; i++) {
    const LecLayer *layer = &dissection->layers[i];
    if (layer->protocol->id == LEC_PROTOCOL_TCP && !layer->quoted)
      return (layer->span.offset_bits + layer->span.length_bits) / 8 - dissection->head.payload_captured;
  }
  return 0;
}

/* Which of the frame's messages begins at OFFSET of the payload. One that was put together out of several frames does
 * not stand in this one's bytes: it is the last that begins here. */
static unsigned
find_message (const LecRowFacts *facts, const LecDissection *dissection, uint32_t offset)
{
  uint32_t start = payload_offset (dissection) + offset;
  unsigned found = 0;

  for (unsigned i = 0; i < MIN (facts->n_messages, LEC_ROW_FACTS_MESSAGES); i++) {
    if (facts->spans[i].source == 0 && facts->spans[i].offset_bits / 8 == start)
      return i;
    if (facts->spans[i].source != 0)
      found = i;
  }
  return found;
}

LecDissection *
lec_row_facts_read (LecRowFacts *facts, LecFrameReader *reader, uint32_t frame, int summaries)
{
  facts->sink.wants_text = FALSE;
  return read_once (facts, reader, frame, summaries, 0);
}

LecDissection *
lec_row_facts_read_message (LecRowFacts *facts, LecFrameReader *reader, uint32_t frame, uint32_t message_offset)
{
  facts->sink.wants_text = TRUE;
  LecDissection *dissection = read_once (facts, reader, frame, LEC_SUMMARY_NONE, 0);
  unsigned message = dissection ? find_message (facts, dissection, message_offset) : 0;

  return message ? read_once (facts, reader, frame, LEC_SUMMARY_NONE, message) : dissection;
}
