#include "app/cell-terms.h"

#include <string.h>

#include "analysis/verdict-kinds.h"

#define MAX_TERMS 6

/* The fields behind a column, the best first. */
static const char *const column_fields[LEC_N_COLUMNS][12] = {
  [LEC_COLUMN_NUMBER] = { "frame.number" },
  [LEC_COLUMN_ELAPSED] = { "http.time", "dns.time" },
  [LEC_COLUMN_SOURCE] = { "ip.src", "ipv6.src", "arp.src.proto_ipv4", "tcp.srcport", "udp.srcport", "eth.src" },
  [LEC_COLUMN_DESTINATION] = { "ip.dst", "ipv6.dst", "arp.dst.proto_ipv4", "tcp.dstport", "udp.dstport", "eth.dst" },
  [LEC_COLUMN_SUMMARY] = { "http.response.code", "http.request.method", "http.request.uri", "http.host",
                           "http.location", "dns.qry.name", "tls.handshake.extensions_server_name", "icmp.type",
                           "icmpv6.type", "arp.opcode" },
};

/* Collects the wanted fields of one dissection, each once. */
typedef struct {
  LecSink sink;
  const char *const *wanted; /* NULL-terminated */
  unsigned n_wanted;
  const LecName *name;  /* or this one's fields */
  GPtrArray *found[12]; /* LecTerm, by place in `wanted` */
} Collector;

static void
add_term (GPtrArray *terms, char *expression, const char *field)
{
  if (terms->len < MAX_TERMS)
    lec_terms_add (terms, expression, field);
  else
    g_free (expression);
}

static gboolean
is_field_of (const LecName *name, const LecField *field)
{
  for (unsigned i = 0; name && i < name->n_fields; i++) {
    if (name->fields[i] == field)
      return TRUE;
  }
  return FALSE;
}

static void
collect (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  Collector *collector = (Collector *) sink;

  for (unsigned i = 0; i < collector->n_wanted; i++) {
    if (collector->name ? is_field_of (collector->name, field) : strcmp (collector->wanted[i], field->name) == 0)
      add_term (collector->found[i], lec_filter_dup_term (field, value), field->name);
  }
}

static void
collect_close (LecSink *sink)
{
}

static void
collect_frame (GPtrArray *terms, LecSession *session, uint32_t frame, const char *const *wanted, const LecName *name)
{
  Collector collector = { .sink = { .add = collect, .close = collect_close }, .wanted = wanted, .name = name };

  while (name ? collector.n_wanted < 1 : collector.n_wanted < 12 && wanted[collector.n_wanted])
    collector.found[collector.n_wanted++] = lec_terms_new ();
  lec_frame_reader_dissect (lec_session_reader (session), frame, &collector.sink, LEC_SUMMARY_NONE);
  for (unsigned i = 0; i < collector.n_wanted; i++) {
    for (guint j = 0; j < collector.found[i]->len; j++) {
      const LecTerm *term = lec_terms_get (collector.found[i], j);

      add_term (terms, g_strdup (term->expression), term->field);
    }
    g_ptr_array_unref (collector.found[i]);
  }
}

/* The frames whose fields a row shows: of an operation the response's too. */
static unsigned
row_frames (const LecIndex *index, const LecRow *row, uint32_t frames[2])
{
  uint32_t response;

  frames[0] = row->frame;
  if (row->kind != LEC_ROW_OPERATION)
    return 1;
  response =
      atomic_load_explicit (&lec_index_operation (index, row->operation)->response.first_frame, memory_order_relaxed);
  frames[1] = response;
  return response && response != row->frame ? 2 : 1;
}

static void
add_verdict_terms (GPtrArray *terms, const LecIndex *index, uint32_t frame)
{
  uint32_t number = G_MAXUINT32;

  while ((number = lec_index_next_verdict (index, frame, number)) != G_MAXUINT32)
    add_term (
        terms,
        g_strdup_printf ("lectern.verdict == \"%s\"", lec_verdict_kind_name (lec_index_verdict (index, number)->kind)),
        "lectern.verdict");
}

GPtrArray *
lec_cell_terms (LecSession *session, const LecRow *row, int id, const LecName *field)
{
  GPtrArray *terms = lec_terms_new ();
  const LecIndex *index = lec_session_index (session);
  const LecProtocol *protocol;
  uint32_t frames[2];
  unsigned n_frames = row_frames (index, row, frames);

  if (id == LEC_COLUMN_VERDICT)
    add_verdict_terms (terms, index, row->frame);
  if (id == LEC_COLUMN_TIME) {
    add_term (terms, g_strdup_printf ("frame.number >= %u", row->frame), "frame.time_relative");
    add_term (terms, g_strdup_printf ("frame.number <= %u", row->frame), NULL);
  }
  for (unsigned i = 0; i < n_frames && (field || (id >= 0 && column_fields[id][0])); i++)
    collect_frame (terms, session, frames[i], field ? NULL : column_fields[id], field);
  if (!terms->len || id == LEC_COLUMN_SUMMARY || id == LEC_COLUMN_MODULE) {
    protocol = lec_protocol (lec_index_protocol (index, row->frame));
    add_term (terms, g_strdup (protocol->name), NULL);
  }
  if (lec_index_conversation_of (index, row->frame) != G_MAXUINT32)
    lec_terms_add (terms, lec_term_of_conversation (index, lec_index_conversation_of (index, row->frame)), NULL);
  return terms;
}
