/* lectern-cli operations: a line an operation. */
#include "analysis/conversation-text.h"
#include "analysis/operation-fields.h"
#include "cli/cli.h"
#include "cli/http-content.h"
#include "protocol/null-sink.h"

static const char *const protocols[] = {
  [LEC_OPERATION_CONNECT] = "TCP",
  [LEC_OPERATION_HTTP] = "HTTP",
  [LEC_OPERATION_DNS] = "DNS",
  [LEC_OPERATION_ECHO] = "ICMP",
};

/* What only the bytes can tell of an operation. */
typedef struct {
  char *method;          /* owned, or NULL */
  char *target;          /* owned, or NULL */
  char *sha256;          /* owned, or NULL */
  int64_t body_bytes;    /* −1 = not known */
  int64_t missing_bytes; /* −1 = not known */
} Contents;

/* The first bytes of MESSAGE, at most LENGTH; they live until the reader's next dissection. */
static LecBytes
gather (LecFrameReader *reader, const LecMessage *message, uint32_t length, uint64_t *missing)
{
  LecSink sink;
  LecDissection *dissection;
  g_autoptr (GArray) pieces = NULL;

  lec_null_sink_init (&sink, TRUE);
  *missing = 0;
  if (!message->first_frame)
    return (LecBytes){ 0 };
  dissection = lec_frame_reader_dissect (reader, message->first_frame, &sink, LEC_SUMMARY_NONE);
  if (!dissection || !dissection->surroundings || !dissection->surroundings->stream_bytes)
    return (LecBytes){ 0 };
  return dissection->surroundings->stream_bytes (dissection->surroundings, message->first_frame, message->frame_offset,
                                                 MIN (length, message->length), &pieces, missing);
}

static char *
dup_slice (LecBytes bytes, LecHttpSlice slice)
{
  return slice.length ? g_utf8_make_valid ((const char *) bytes.data + slice.offset, slice.length) : NULL;
}

static void
read_http_request (LecFrameReader *reader, const LecOperation *operation, Contents *contents)
{
  uint64_t missing;
  LecBytes bytes = gather (reader, &operation->request, LEC_LIMIT_HTTP_HEAD_BYTES, &missing);
  LecHttpHead head;

  if (!bytes.data || !lec_http_head_parse (bytes.data, bytes.length, &head))
    return;
  contents->method = dup_slice (bytes, head.method_text);
  contents->target = dup_slice (bytes, head.target);
}

static void
read_http_content (LecFrameReader *reader, const LecOperation *operation, Contents *contents)
{
  uint64_t missing;
  LecBytes bytes = gather (reader, &operation->response, LEC_LIMIT_MESSAGE_BYTES, &missing);
  g_autoptr (GByteArray) content = NULL;

  if (!bytes.data)
    return;
  contents->missing_bytes = (int64_t) missing;
  content = lec_http_content (bytes.data, bytes.length, operation->method);
  if (!content)
    return;
  contents->body_bytes = content->len;
  if (missing == 0)
    contents->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, content->data, content->len);
}

static void
contents_clear (Contents *contents)
{
  g_free (contents->method);
  g_free (contents->target);
  g_free (contents->sha256);
}

static void
add_count (LecTable *table, int64_t count)
{
  if (count < 0)
    lec_table_add_none (table);
  else
    lec_table_add_number (table, (uint64_t) count);
}

static int64_t
elapsed_ns (const LecIndex *index, const LecOperation *operation)
{
  uint32_t last = operation->response.last_frame;

  return last ? lec_index_time_ns (index, last) - lec_index_time_ns (index, operation->first_frame) : 0;
}

static void
print_operation (LecTable *table, const LecCliTrace *trace, const LecOperation *operation, const Contents *contents)
{
  const LecIndex *index = trace->index;
  uint32_t conversation = operation->conversation;
  g_autofree char *client = NULL, *server = NULL;

  if (conversation != LEC_OWNER_NONE) {
    client = lec_conversation_dup_endpoint (index, conversation, operation->request_side);
    server = lec_conversation_dup_endpoint (index, conversation, 1 - operation->request_side);
  }
  lec_table_add_number (table, operation->first_frame);
  lec_table_add_text (table, protocols[operation->kind]);
  lec_table_add_text (table, client);
  lec_table_add_text (table, server);
  lec_table_add_text (table, lec_outcome_name (operation->outcome));
  lec_table_add_frame (table, operation->status); /* 0 = none, as for a frame */
  lec_table_add_frame (table, operation->request.first_frame);
  lec_table_add_frame (table, operation->request.last_frame);
  lec_table_add_frame (table, operation->response.first_frame);
  lec_table_add_frame (table, operation->response.last_frame);
  if (operation->response.last_frame)
    lec_table_add_seconds (table, elapsed_ns (index, operation));
  else
    lec_table_add_none (table);
  lec_table_add_text (table, contents->method);
  lec_table_add_text (table, contents->target);
  add_count (table, contents->body_bytes);
  lec_table_add_text (table, contents->sha256);
  add_count (table, contents->missing_bytes);
  lec_table_end_row (table);
}

LecExit
lec_cli_operations (const LecOptions *options)
{
  static const LecTableColumn columns[] = {
    { "first_frame", -7 },
    { "protocol", 4 },
    { "client", 22 },
    { "server", 22 },
    { "outcome", 10 },
    { "status", -3 },
    { "request_first_frame", 0 },
    { "request_last_frame", 0 },
    { "response_first_frame", -7 },
    { "response_last_frame", -7 },
    { "elapsed", -12 },
    { "method", 4 },
    { "target", 1 },
    { "body_bytes", 0 },
    { "body_sha256", 0 },
    { "missing_bytes", 0 },
  };
  LecCliTrace trace;
  LecTable *table;
  uint32_t n_operations;

  if (!lec_cli_trace_open (&trace, options))
    return LEC_EXIT_FAILED;
  table = lec_table_new (options->format, columns, G_N_ELEMENTS (columns));
  n_operations = atomic_load_explicit (&trace.index->n_operations, memory_order_acquire);
  for (uint32_t number = 0; number < n_operations; number++) {
    const LecOperation *operation = lec_index_operation (trace.index, number);
    Contents contents = { .body_bytes = -1, .missing_bytes = -1 };

    if (operation->kind == LEC_OPERATION_HTTP) {
      read_http_request (trace.reader, operation, &contents);
      if (options->body_sha256)
        read_http_content (trace.reader, operation, &contents);
    }
    print_operation (table, &trace, operation, &contents);
    contents_clear (&contents);
  }
  lec_table_free (table);
  return lec_cli_trace_close (&trace);
}
