/* HTTP/1.x as it goes by: where messages begin and end, and which response answers which request (RFC 9112 §6, §9.3).
 * Only places and numbers are kept; texts are read again from the trace for the rows on screen. */
#include "analysis/app-stream.h"
#include "base/limits.h"
#include "base/publish.h"

/* A chunk's size line with its extensions; longer is not believed. */
#define CHUNK_LINE_BYTES 4096u

static LecOperation *
operation_of (LecAnalyzer *analyzer, const LecHttpSide *http)
{
  return lec_index_operation (analyzer->index, http->operation);
}

static LecMessage *
message_of (LecAnalyzer *analyzer, const LecHttpSide *http)
{
  LecOperation *operation = operation_of (analyzer, http);

  return http->is_response ? &operation->response : &operation->request;
}

static void
place_message (LecMessage *message, const LecStreamBytes *bytes)
{
  LEC_SET (message->frame_offset, bytes->payload_offset);
  LEC_SET (message->sequence, bytes->sequence);
  LEC_SET (message->last_frame, bytes->frame);
  LEC_SET (message->first_frame, bytes->frame);
}

static void
add_operation (LecAnalyzer *analyzer, LecHttpSide *http, const LecStreamBytes *bytes, unsigned request_side)
{
  LecOperation operation = { .conversation = bytes->conversation,
                             .first_frame = bytes->frame,
                             .kind = LEC_OPERATION_HTTP,
                             .request_side = (uint8_t) request_side,
                             .outcome = LEC_OUTCOME_PENDING };

  http->operation = lec_index_add_operation (analyzer->index, &operation);
}

/* A request opens an operation; a response goes to the oldest that has none, or opens one where the request was never
 * seen. */
static void
begin_message (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes, gboolean is_response)
{
  LecHttpSide *http = &streams->side[bytes->side].http;
  LecHttpSide *other = &streams->side[!bytes->side].http;

  http->is_response = is_response;
  http->length = 0;
  http->phase = LEC_HTTP_IN_HEAD;
  if (!is_response) {
    add_operation (analyzer, http, bytes, bytes->side);
    if (other->queue == G_MAXUINT32)
      other->queue = http->operation;
  } else if (http->queue != G_MAXUINT32) {
    http->operation = http->queue;
  } else {
    add_operation (analyzer, http, bytes, !bytes->side);
  }
  place_message (message_of (analyzer, http), bytes);
  lec_index_set_state (analyzer->index, bytes->frame, LEC_FRAME_MESSAGE, 0);
  lec_index_set_protocol (analyzer->index, bytes->frame, LEC_PROTOCOL_HTTP);
}

/* The next operation in the queue that is an HTTP exchange without a response. */
static uint32_t
next_unanswered (LecAnalyzer *analyzer, uint32_t operation)
{
  do
    operation = LEC_GET (lec_index_operation (analyzer->index, operation)->next);
  while (operation != G_MAXUINT32 &&
         (lec_index_operation (analyzer->index, operation)->kind != LEC_OPERATION_HTTP ||
          LEC_GET (lec_index_operation (analyzer->index, operation)->response.first_frame)));
  return operation;
}

static void
end_message (LecAnalyzer *analyzer, LecHttpSide *http, LecOutcome outcome)
{
  LecOperation *operation = operation_of (analyzer, http);
  LecMessage *message = message_of (analyzer, http);

  LEC_SET (message->length, (uint32_t) MIN (http->length, G_MAXUINT32));
  if (http->is_response)
    LEC_SET (operation->outcome, (uint8_t) outcome);
  http->phase = LEC_HTTP_AT_START;
  g_clear_pointer (&http->held, g_byte_array_unref);
}

/* A response to CONNECT, or one that switches protocols, ends HTTP on both sides (RFC 9110 §7.8, §9.3.6). */
static void
become_tunnel (LecAnalyzer *analyzer, LecStreamPair *streams, LecHttpSide *http)
{
  end_message (analyzer, http, LEC_OUTCOME_ANSWERED);
  streams->side[0].http.phase = streams->side[1].http.phase = LEC_HTTP_TUNNEL;
}

static void
begin_body (LecAnalyzer *analyzer, LecStreamPair *streams, LecHttpSide *http, const LecHttpHead *head)
{
  LecOperation *operation = operation_of (analyzer, http);
  LecHttpMethod method = http->is_response ? LEC_GET (operation->method) : LEC_HTTP_METHOD_NONE;

  http->left = 0;
  switch (lec_http_head_body (head, method)) {
  case LEC_HTTP_BODY_LENGTH:
    http->left = (uint64_t) head->content_length;
    http->phase = LEC_HTTP_IN_BODY;
    break;
  case LEC_HTTP_BODY_CHUNKED:
    http->phase = LEC_HTTP_IN_CHUNKS;
    http->chunk = LEC_CHUNK_SIZE;
    break;
  case LEC_HTTP_BODY_CLOSE:
    http->phase = LEC_HTTP_UNTIL_CLOSE;
    break;
  case LEC_HTTP_BODY_TUNNEL:
    become_tunnel (analyzer, streams, http);
    return;
  case LEC_HTTP_BODY_NONE:
    http->phase = LEC_HTTP_IN_BODY;
    break;
  }
  if (http->phase == LEC_HTTP_IN_BODY && http->left == 0)
    end_message (analyzer, http, LEC_OUTCOME_ANSWERED);
}

/* What a head says of its operation. An interim response (1xx but 101) leaves its request waiting for the final one
 * (RFC 9110 §15.2), and is an operation of its own. */
static void
note_head (LecAnalyzer *analyzer, LecHttpSide *http, const LecStreamBytes *bytes, const LecHttpHead *head)
{
  LecOperation *operation = operation_of (analyzer, http);
  gboolean interim = head->status >= 100 && head->status < 200 && head->status != 101;

  if (!http->is_response) {
    LEC_SET (operation->method, (uint8_t) head->method);
    return;
  }
  if (interim && http->queue != G_MAXUINT32) {
    LecMessage response = operation->response;
    LEC_SET (operation->response.first_frame, 0);
    add_operation (analyzer, http, bytes, !bytes->side);
    operation = operation_of (analyzer, http);
    operation->response = response;
  } else if (!interim && http->queue != G_MAXUINT32) {
    http->queue = next_unanswered (analyzer, http->queue);
  }
  LEC_SET (operation->status, head->status);
  if (head->status >= 400 && head->status < 500)
    LEC_ADD (analyzer->index->n_client_errors, 1);
  else if (head->status >= 500 && head->status < 600)
    LEC_ADD (analyzer->index->n_server_errors, 1);
}

static void
end_head (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes, const LecHttpHead *head)
{
  LecHttpSide *http = &streams->side[bytes->side].http;

  http->length = head->length;
  note_head (analyzer, http, bytes, head);
  begin_body (analyzer, streams, http, head);
}

/* A head that came in pieces. */
static void
end_held_head (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes, uint32_t length)
{
  LecHttpSide *http = &streams->side[bytes->side].http;
  LecHttpHead head;

  g_autoptr (GByteArray) held = g_steal_pointer (&http->held);
  if (lec_http_head_parse (held->data, length, &head))
    end_head (analyzer, streams, bytes, &head);
  else
    http->phase = LEC_HTTP_LOST;
}

/* Bytes that came at or before the end of a head: how many of this segment's belong to it; 0 = it goes on. */
static uint32_t
read_head (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes)
{
  LecHttpSide *http = &streams->side[bytes->side].http;

  if (!http->held) {
    LecHttpHead head;
    if (lec_http_head_parse (bytes->bytes, bytes->length, &head) && head.length) {
      end_head (analyzer, streams, bytes, &head);
      return head.length;
    }
    http->held = g_byte_array_new ();
  }
  uint32_t former = http->held->len;
  g_byte_array_append (http->held, bytes->bytes, bytes->length);
  /* The empty line may straddle two segments: look again from a little before the new bytes. */
  uint32_t from = former > 3 ? former - 3 : 0;
  uint32_t rest = lec_http_head_length (http->held->data + from, http->held->len - from);
  if (rest) {
    end_held_head (analyzer, streams, bytes, from + rest);
    return from + rest - former;
  }
  if (http->held->len > LEC_LIMIT_HTTP_HEAD_BYTES) {
    g_clear_pointer (&http->held, g_byte_array_unref);
    http->phase = LEC_HTTP_LOST;
  }
  return bytes->length;
}

/* Collects a line of the chunked coding (RFC 9112 §7.1) in `held`. TRUE once it is whole; *TAKEN bytes went into it. */
static gboolean
read_chunk_line (LecHttpSide *http, const uint8_t *bytes, uint32_t length, uint32_t *taken)
{
  const uint8_t *feed = memchr (bytes, '\n', length);

  *taken = feed ? (uint32_t) (feed - bytes) + 1 : length;
  if (!http->held)
    http->held = g_byte_array_new ();
  g_byte_array_append (http->held, bytes, *taken);
  if (http->held->len > CHUNK_LINE_BYTES) {
    http->phase = LEC_HTTP_LOST;
    g_clear_pointer (&http->held, g_byte_array_unref);
    return FALSE;
  }
  return feed != NULL;
}

static gboolean
parse_chunk_size (const GByteArray *line, uint64_t *size)
{
  unsigned digits = 0;

  *size = 0;
  for (guint i = 0; i < line->len && g_ascii_isxdigit (line->data[i]); i++, digits++)
    *size = *size << 4 | (uint64_t) g_ascii_xdigit_value (line->data[i]);
  return digits > 0 && digits <= 15;
}

static void
chunk_line_done (LecAnalyzer *analyzer, LecHttpSide *http)
{
  g_autoptr (GByteArray) line = g_steal_pointer (&http->held);
  gboolean empty = line->len == 1 || (line->len == 2 && line->data[0] == '\r');

  if (http->chunk == LEC_CHUNK_SIZE) {
    if (!parse_chunk_size (line, &http->left))
      http->phase = LEC_HTTP_LOST;
    http->chunk = http->left ? LEC_CHUNK_DATA : LEC_CHUNK_TRAILER;
  } else if (http->chunk == LEC_CHUNK_END) {
    http->chunk = LEC_CHUNK_SIZE;
  } else if (empty) {
    end_message (analyzer, http, LEC_OUTCOME_ANSWERED);
  }
}

static uint32_t
read_chunks (LecAnalyzer *analyzer, LecHttpSide *http, const uint8_t *bytes, uint32_t length)
{
  uint32_t taken;

  if (http->chunk == LEC_CHUNK_DATA) {
    taken = (uint32_t) MIN (http->left, length);
    http->left -= taken;
    http->length += taken;
    if (!http->left)
      http->chunk = LEC_CHUNK_END;
    return taken;
  }
  gboolean whole = read_chunk_line (http, bytes, length, &taken);
  http->length += taken;
  if (whole)
    chunk_line_done (analyzer, http);
  return taken;
}

/* Begins a message where one begins; else the bytes are not understood. */
static uint32_t
read_start (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes)
{
  LecHttpSide *http = &streams->side[bytes->side].http;
  uint32_t empty = lec_http_empty_lines (bytes->bytes, bytes->length);

  if (empty)
    return empty;
  switch (lec_http_looks_like_start (bytes->bytes, bytes->length)) {
  case LEC_HTTP_START_REQUEST:
    begin_message (analyzer, streams, bytes, FALSE);
    return 0;
  case LEC_HTTP_START_RESPONSE:
    begin_message (analyzer, streams, bytes, TRUE);
    return 0;
  case LEC_HTTP_START_MAYBE:
    /* A start line in two segments: the side that asked goes on asking. */
    begin_message (analyzer, streams, bytes,
                   http->operation != G_MAXUINT32 ? http->is_response : http->queue != G_MAXUINT32);
    return 0;
  case LEC_HTTP_START_NO:
    break;
  }
  http->phase = LEC_HTTP_LOST;
  return 0;
}

/* One step: takes some bytes, or changes the phase. */
static uint32_t
step (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes)
{
  LecHttpSide *http = &streams->side[bytes->side].http;
  uint32_t taken = bytes->length;

  switch (http->phase) {
  case LEC_HTTP_AT_START:
    return read_start (analyzer, streams, bytes);
  case LEC_HTTP_IN_HEAD:
    return read_head (analyzer, streams, bytes);
  case LEC_HTTP_IN_CHUNKS:
    return read_chunks (analyzer, http, bytes->bytes, bytes->length);
  case LEC_HTTP_IN_BODY:
    taken = (uint32_t) MIN (http->left, bytes->length);
    http->left -= taken;
    http->length += taken;
    if (!http->left)
      end_message (analyzer, http, LEC_OUTCOME_ANSWERED);
    return taken;
  case LEC_HTTP_UNTIL_CLOSE:
  case LEC_HTTP_UNTIL_START:
    http->length += taken;
    return taken;
  case LEC_HTTP_TUNNEL:
  case LEC_HTTP_LOST:
    break;
  }
  return taken;
}

void
lec_http_stream_bytes (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes)
{
  LecHttpSide *http = &streams->side[bytes->side].http;
  LecStreamBytes rest = *bytes;
  uint32_t owner = G_MAXUINT32;
  gboolean begins = FALSE;

  if ((http->phase == LEC_HTTP_LOST || http->phase == LEC_HTTP_UNTIL_START) && rest.may_begin &&
      lec_http_looks_like_start (rest.bytes, rest.length) >= LEC_HTTP_START_REQUEST) {
    if (http->phase == LEC_HTTP_UNTIL_START)
      end_message (analyzer, http, LEC_OUTCOME_INCOMPLETE);
    http->phase = LEC_HTTP_AT_START;
  }
  while (rest.length) {
    LecHttpPhase phase = http->phase;
    uint32_t taken = step (analyzer, streams, &rest);
    begins |= phase == LEC_HTTP_AT_START && http->phase == LEC_HTTP_IN_HEAD;
    if (taken && phase != LEC_HTTP_AT_START && phase != LEC_HTTP_LOST && phase != LEC_HTTP_TUNNEL) {
      LEC_SET (message_of (analyzer, http)->last_frame, analyzer->frame);
      if (owner == G_MAXUINT32)
        owner = http->operation;
    }
    rest.bytes += taken;
    rest.length -= taken;
    rest.payload_offset += taken;
    rest.sequence += taken;
  }
  if (owner != G_MAXUINT32)
    lec_analyzer_claim (analyzer, bytes->frame, owner);
  if (!begins)
    lec_index_set_state (analyzer->index, bytes->frame, LEC_FRAME_CONTINUES, 0);
}

/* The end of a head is missing: what is here of it still tells the method or the status. */
static void
cut_head (LecAnalyzer *analyzer, LecStreamPair *streams, unsigned side, uint64_t hole_length)
{
  LecHttpSide *http = &streams->side[side].http;
  const LecMessage *message = message_of (analyzer, http);
  LecStreamBytes bytes = { .conversation = operation_of (analyzer, http)->conversation,
                           .side = side,
                           .frame = LEC_GET (message->first_frame) };
  LecHttpHead head;

  g_autoptr (GByteArray) held = g_steal_pointer (&http->held);
  if (held && lec_http_head_parse (held->data, held->len, &head))
    note_head (analyzer, http, &bytes, &head);
  http->length = (held ? held->len : 0) + hole_length;
  http->phase = LEC_HTTP_UNTIL_START;
}

void
lec_http_stream_hole (LecAnalyzer *analyzer, LecStreamPair *streams, unsigned side, uint64_t length)
{
  LecHttpSide *http = &streams->side[side].http;
  gboolean in_data =
      http->phase == LEC_HTTP_IN_BODY || (http->phase == LEC_HTTP_IN_CHUNKS && http->chunk == LEC_CHUNK_DATA);

  if (http->phase == LEC_HTTP_TUNNEL || http->phase == LEC_HTTP_LOST || http->phase == LEC_HTTP_AT_START) {
    if (http->phase == LEC_HTTP_AT_START)
      http->phase = LEC_HTTP_LOST;
    return;
  }
  LecOperation *operation = operation_of (analyzer, http);
  LEC_SET (operation->n_frames_lost, (uint16_t) MIN (LEC_GET (operation->n_frames_lost) + 1, G_MAXUINT16));
  if (http->phase == LEC_HTTP_IN_HEAD) {
    cut_head (analyzer, streams, side, length);
  } else if (http->phase == LEC_HTTP_UNTIL_CLOSE || http->phase == LEC_HTTP_UNTIL_START) {
    http->length += length;
  } else if (in_data && length <= http->left) {
    http->length += length;
    http->left -= length;
    if (!http->left && http->phase == LEC_HTTP_IN_CHUNKS)
      http->chunk = LEC_CHUNK_END;
    else if (!http->left)
      end_message (analyzer, http, LEC_OUTCOME_INCOMPLETE);
  } else { /* it took the end of the body, and what came after */
    end_message (analyzer, http, LEC_OUTCOME_INCOMPLETE);
    http->phase = LEC_HTTP_LOST;
  }
}

/* Requests that nobody will answer any more, since the connection ended in FRAME. */
static void
judge_unanswered (LecAnalyzer *analyzer, LecHttpSide *http, uint32_t frame, gboolean reset)
{
  for (uint32_t row = http->queue; row != G_MAXUINT32;) {
    LecOperation *operation = lec_index_operation (analyzer->index, row);
    gboolean waits = operation->kind == LEC_OPERATION_HTTP && LEC_GET (operation->outcome) == LEC_OUTCOME_PENDING;
    if (waits && reset)
      LEC_SET (operation->outcome, LEC_OUTCOME_RESET);
    else if (waits)
      lec_analyzer_tell_unanswered (analyzer, operation, frame);
    row = LEC_GET (operation->next);
  }
  http->queue = G_MAXUINT32;
}

void
lec_http_stream_end (LecAnalyzer *analyzer, LecStreamPair *streams, unsigned side, uint32_t frame, gboolean reset)
{
  LecHttpSide *http = &streams->side[side].http;

  if (http->operation != G_MAXUINT32 && http->phase >= LEC_HTTP_IN_HEAD && http->phase <= LEC_HTTP_UNTIL_START) {
    gboolean whole = http->phase == LEC_HTTP_UNTIL_CLOSE && !reset && frame;
    if (whole)
      LEC_SET (message_of (analyzer, http)->last_frame, frame);
    end_message (analyzer, http, whole ? LEC_OUTCOME_ANSWERED : reset ? LEC_OUTCOME_RESET : LEC_OUTCOME_INCOMPLETE);
  }
  if (frame)
    judge_unanswered (analyzer, http, frame, reset);
}
