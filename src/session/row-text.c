#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/names.h"
#include "analysis/verdict-text.h"
#include "base/publish.h"
#include "protocol/value-text.h"
#include "session/operation-text.h"
#include "session/row-facts.h"
#include "session/row-verdict.h"
#include "session/rows.h"
#include "session/time-text.h"

/* Of a comment: it is shown in a tooltip. The details have it whole. */
#define COMMENT_BYTES 1000u

/* What is used while one row's texts are made. */
typedef struct {
  LecRowText *text;
  LecIndex *index;
  LecFrameReader *reader;
  const LecRow *row;
  const LecOperation *operation; /* of an operation's row or one of its messages, else NULL */
  LecRowFacts facts;
} Filling;

LecRowText *
lec_row_text_new (void)
{
  LecRowText *text = g_new0 (LecRowText, 1);

  for (unsigned i = 0; i < LEC_N_COLUMNS; i++)
    text->texts[i] = g_string_new (NULL);
  text->comment = g_string_new (NULL);
  text->verdict = -1;
  return text;
}

void
lec_row_text_free (LecRowText *text)
{
  if (!text)
    return;
  for (unsigned i = 0; i < LEC_N_COLUMNS; i++)
    g_string_free (text->texts[i], TRUE);
  g_string_free (text->comment, TRUE);
  g_free (text);
}

static GString *
column (const Filling *filling, LecColumnId id)
{
  return filling->text->texts[id];
}

/* The message that a row of a request or response shows. */
static const LecMessage *
message_of (const Filling *filling)
{
  return filling->row->kind == LEC_ROW_REQUEST ? &filling->operation->request : &filling->operation->response;
}

static void
fill_verdict (Filling *filling)
{
  filling->text->verdict = lec_row_verdict (filling->index, filling->row, &filling->text->verdict_inside);
  if (filling->text->verdict >= 0)
    g_string_append (column (filling, LEC_COLUMN_VERDICT),
                     lec_verdict_kind_label ((LecVerdictKind) filling->text->verdict));
}

/* Comments. */

static void
fill_comment (Filling *filling)
{
  GString *text = filling->text->comment;
  uint32_t frame = filling->row->frame;
  LecNotes notes;

  g_string_truncate (text, 0);
  if (!(lec_index_state (filling->index, frame) & LEC_FRAME_NOTED))
    return;
  lec_trace_read_notes (lec_frame_reader_cache (filling->reader), lec_index_place (filling->index, frame), &notes);
  for (char **comment = notes.comments; comment && *comment && text->len < COMMENT_BYTES; comment++)
    g_string_append_printf (text, "%s%s", text->len ? "\n" : "", *comment);
  lec_notes_clear (&notes);
  if (text->len > COMMENT_BYTES) {
    const char *end = g_utf8_find_prev_char (text->str, text->str + COMMENT_BYTES);

    g_string_truncate (text, end ? (gsize) (end - text->str) : 0);
    g_string_append (text, "…");
  }
}

/* Times. */

static void
fill_times (Filling *filling, const LecRow *previous, LecTimeFormat format)
{
  int64_t time_ns = lec_index_time_ns (filling->index, filling->row->frame);
  int64_t start_ns = lec_index_time_ns (filling->index, 1);
  int64_t previous_ns = previous && previous->frame ? lec_index_time_ns (filling->index, previous->frame) : time_ns;
  uint32_t first = 0, last = 0;

  lec_append_time (column (filling, LEC_COLUMN_TIME), format, time_ns, start_ns, previous_ns);
  if (!filling->operation)
    return;
  if (filling->row->kind == LEC_ROW_OPERATION) {
    first = filling->operation->first_frame;
    last = MAX (LEC_GET (filling->operation->request.last_frame), LEC_GET (filling->operation->response.last_frame));
  } else {
    first = LEC_GET (message_of (filling)->first_frame);
    last = LEC_GET (message_of (filling)->last_frame);
  }
  if (first && last > first && last <= lec_index_n_frames (filling->index))
    lec_append_seconds (column (filling, LEC_COLUMN_ELAPSED),
                        lec_index_time_ns (filling->index, last) - lec_index_time_ns (filling->index, first));
}

/* Addresses. */

static void
append_address (const Filling *filling, LecColumnId id, const uint8_t *address, unsigned n_bytes)
{
  char plain[LEC_ADDRESS_TEXT];
  const char *name = filling->index->names ? lec_names_find (filling->index->names, address, n_bytes) : NULL;

  g_string_append (column (filling, id), name ? name : lec_address_text (address, n_bytes, plain));
}

static gboolean
fill_addresses_of_conversation (const Filling *filling)
{
  if (filling->operation->conversation == LEC_OWNER_NONE)
    return FALSE;
  const LecConversation *conversation = lec_index_conversation (filling->index, filling->operation->conversation);
  unsigned from = (filling->operation->request_side ^ (filling->row->kind == LEC_ROW_RESPONSE)) & 1;
  for (unsigned i = 0; i < 2; i++) {
    const LecAddress *address = &conversation->address[from ^ i];
    append_address (filling, i ? LEC_COLUMN_DESTINATION : LEC_COLUMN_SOURCE, address->bytes, address->n_bytes);
  }
  return TRUE;
}

static void
fill_addresses_of_frame (const Filling *filling, const LecDissection *dissection)
{
  const LecHead *head = &dissection->head;

  if (head->flags & LEC_HEAD_IP && head->source) {
    unsigned n_bytes = head->flags & LEC_HEAD_IPV6 ? 16 : 4;
    append_address (filling, LEC_COLUMN_SOURCE, head->source, n_bytes);
    append_address (filling, LEC_COLUMN_DESTINATION, lec_head_destination (head), n_bytes);
    return;
  }
  g_string_append (column (filling, LEC_COLUMN_SOURCE), filling->facts.texts[LEC_FACT_SOURCE_MAC]->str);
  g_string_append (column (filling, LEC_COLUMN_DESTINATION), filling->facts.texts[LEC_FACT_DESTINATION_MAC]->str);
}

/* Module and summary. */

/* The topmost layer that says something; below the rows of messages, which say the rest, the transport's. */
static const LecLayer *
layer_of_frame (const Filling *filling, const LecDissection *dissection)
{
  const LecLayer *top = NULL;

  for (unsigned i = 0; i < dissection->n_layers; i++) {
    const LecLayer *layer = &dissection->layers[i];
    if (layer->quoted || !layer->summary)
      continue;
    top = layer;
    if (filling->row->depth == 2 && layer->protocol->id == LEC_PROTOCOL_TCP)
      break;
  }
  return top;
}

static void
fill_layer (Filling *filling, const LecDissection *dissection, const LecLayer *layer)
{
  if (!layer && dissection->n_layers)
    layer = &dissection->layers[dissection->n_layers - 1];
  if (!layer)
    return;
  g_string_append (column (filling, LEC_COLUMN_MODULE), layer->protocol->module);
  if (layer->summary)
    g_string_append (column (filling, LEC_COLUMN_SUMMARY), layer->summary);
}

static void
append_clause (Filling *filling, const LecVerdict *verdict)
{
  GString *summary = column (filling, LEC_COLUMN_SUMMARY);

  if (!verdict)
    return;
  g_autofree char *clause = lec_verdict_dup_clause (filling->index, verdict);
  if (summary->len)
    g_string_append (summary, " · ");
  g_string_append (summary, clause);
}

static void
fill_frame (Filling *filling)
{
  int summaries = filling->row->depth == 2 ? LEC_SUMMARY_ALL : LEC_SUMMARY_TOP;
  const LecDissection *dissection =
      lec_row_facts_read (&filling->facts, filling->reader, filling->row->frame, summaries);

  if (dissection) {
    fill_layer (filling, dissection, layer_of_frame (filling, dissection));
    fill_addresses_of_frame (filling, dissection);
  }
  append_clause (filling, lec_worst_verdict (filling->index, filling->row->frame));
}

static void
fill_message (Filling *filling)
{
  const LecMessage *message = message_of (filling);
  const LecDissection *dissection = lec_row_facts_read_message (&filling->facts, filling->reader, filling->row->frame,
                                                                LEC_GET (message->frame_offset));

  g_string_append (column (filling, LEC_COLUMN_MODULE), lec_operation_module (filling->index, filling->row->operation));
  g_string_append (column (filling, LEC_COLUMN_SUMMARY), filling->facts.message_summary->str);
  if (!fill_addresses_of_conversation (filling) && dissection)
    fill_addresses_of_frame (filling, dissection);
  if (filling->row->kind == LEC_ROW_REQUEST)
    append_clause (filling, lec_index_find_verdict (filling->index, filling->row->frame, LEC_VERDICT_NO_ANSWER));
}

static void
fill_operation (Filling *filling)
{
  LecOperationTexts texts = { filling->index, filling->reader, &filling->facts };

  g_string_append (column (filling, LEC_COLUMN_MODULE), lec_operation_module (filling->index, filling->row->operation));
  lec_operation_append_summary (column (filling, LEC_COLUMN_SUMMARY), &texts, filling->row->operation);
  if (!fill_addresses_of_conversation (filling)) {
    const LecDissection *dissection =
        lec_row_facts_read (&filling->facts, filling->reader, filling->row->frame, LEC_SUMMARY_NONE);
    if (dissection)
      fill_addresses_of_frame (filling, dissection);
  }
}

void
lec_row_text_fill (LecRowText *text, LecSession *session, const LecRow *row, const LecRow *previous,
                   LecTimeFormat time_format, gboolean absolute_sequence_numbers)
{
  Filling filling = {
    .text = text, .index = lec_session_index (session), .reader = lec_session_reader (session), .row = row
  };

  for (unsigned i = 0; i < LEC_N_COLUMNS; i++)
    g_string_truncate (text->texts[i], 0);
  if (row->kind != LEC_ROW_FRAME)
    filling.operation = lec_index_operation (filling.index, row->operation);
  lec_frame_reader_set_absolute (filling.reader, absolute_sequence_numbers);
  lec_row_facts_init (&filling.facts);
  text->representative =
      row->kind == LEC_ROW_OPERATION ? lec_operation_representative (filling.index, row->operation) : row->frame;
  g_string_append_printf (text->texts[LEC_COLUMN_NUMBER], "%u", row->frame);
  fill_verdict (&filling);
  fill_times (&filling, previous, time_format);
  if (row->kind == LEC_ROW_OPERATION)
    fill_operation (&filling);
  else if (row->kind == LEC_ROW_FRAME)
    fill_frame (&filling);
  else
    fill_message (&filling);
  lec_row_facts_clear (&filling.facts);
  fill_comment (&filling);
}

/* Added columns. */

typedef struct {
  LecSink sink;
  GString *text;
  const LecName *name;
} FieldSink;

static void
on_field (LecSink *base, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  FieldSink *sink = (FieldSink *) base;

  for (unsigned i = 0; i < sink->name->n_fields; i++) {
    if (field != sink->name->fields[i])
      continue;
    if (sink->text->len)
      g_string_append_c (sink->text, ',');
    lec_value_append (sink->text, field, value, FALSE);
  }
}

static void
on_close (LecSink *sink)
{
}

void
lec_row_append_field (GString *text, LecSession *session, const LecRow *row, const LecName *name)
{
  g_autoptr (GString) values = g_string_new (NULL);
  FieldSink sink = { .sink = { .add = on_field, .close = on_close }, .text = values, .name = name };
  uint32_t frames[2] = { row->frame, 0 };

  if (row->kind == LEC_ROW_OPERATION) {
    const LecOperation *operation = lec_index_operation (lec_session_index (session), row->operation);
    uint32_t response = LEC_GET (operation->response.first_frame);
    frames[1] = response != row->frame ? response : 0;
  }
  for (unsigned i = 0; i < G_N_ELEMENTS (frames); i++)
    if (frames[i])
      lec_frame_reader_dissect (lec_session_reader (session), frames[i], &sink.sink, LEC_SUMMARY_NONE);
  g_string_append_len (text, values->str, (gssize) values->len);
}
