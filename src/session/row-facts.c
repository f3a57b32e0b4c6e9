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
on_add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  LecRowFacts *facts = (LecRowFacts *) sink;

  if (field->type == LEC_TYPE_PROTOCOL) {
    facts->n_messages += strcmp (field->name, "http") == 0;
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
  for (unsigned i = 0; i < LEC_N_FACTS; i++)
    facts->texts[i] = g_string_new (NULL);
}

void
lec_row_facts_clear (LecRowFacts *facts)
{
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

/* The layer of the HTTP message at OFFSET of the payload, and which of the frame's messages it is. One that was put
 * together out of several frames does not stand in this one's bytes: it is the last that begins here. */
static int
find_message (const LecDissection *dissection, uint32_t offset, unsigned *number)
{
  uint32_t payload = payload_offset (dissection);
  int found = -1;
  unsigned n_messages = 0;

  for (unsigned i = 0; i < dissection->n_layers; i++) {
    const LecLayer *layer = &dissection->layers[i];
    if (layer->protocol->id != LEC_PROTOCOL_HTTP || layer->quoted)
      continue;
    gboolean here = layer->span.source == 0 && layer->span.offset_bits / 8 == payload + offset;
    if (found < 0 || here || layer->span.source != 0) {
      found = (int) i;
      *number = n_messages;
    }
    n_messages++;
    if (here)
      break;
  }
  return found;
}

LecDissection *
lec_row_facts_read (LecRowFacts *facts, LecFrameReader *reader, uint32_t frame, int summaries, uint32_t message_offset,
                    int *layer)
{
  unsigned number = 0;
  LecDissection *dissection = read_once (facts, reader, frame, summaries, 0);

  *layer = dissection ? find_message (dissection, message_offset, &number) : -1;
  if (number)
    dissection = read_once (facts, reader, frame, summaries, number);
  return dissection;
}
