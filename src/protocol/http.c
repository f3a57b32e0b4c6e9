/* HTTP/1.0 and 1.1 (RFC 9110, RFC 9112): a message from its first byte on, as much of it as there is. */
#include <glib/gi18n-lib.h>

#include "protocol/http-fields.h"
#include "protocol/http-status.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

/* Bytes of a target or phrase that a summary shows. */
#define SUMMARY_BYTES 512u
/* Messages that may begin in one frame and still be told apart. */
#define MESSAGES_A_FRAME 64u

#define FIELD(name) (&lec_http_fields[HTTP_##name])

/* One message being dissected. */
typedef struct {
  LecDissection *dissection;
  const uint8_t *bytes; /* from the start line on */
  uint32_t length;      /* that are here */
  uint32_t offset;      /* of bytes[0] in its source */
  LecHttpHead head;
} Message;

static void
add_slice (const Message *message, const LecField *field, LecHttpSlice slice)
{
  lec_add_string (message->dissection, field, message->offset + slice.offset, slice.length,
                  (const char *) message->bytes + slice.offset, slice.length);
}

static const uint8_t *
find_byte (const Message *message, LecHttpSlice slice, char byte)
{
  return slice.length ? memchr (message->bytes + slice.offset, byte, slice.length) : NULL;
}

/* Announces what stands between SEPARATORs as FIELD each, without blanks before it. */
static void
add_parts (const Message *message, const LecField *field, LecHttpSlice slice, char separator)
{
  while (slice.length) {
    const uint8_t *end = find_byte (message, slice, separator);
    uint32_t length = end ? (uint32_t) (end - message->bytes) - slice.offset : slice.length;
    LecHttpSlice part = { slice.offset, length };
    while (part.length && message->bytes[part.offset] == ' ') {
      part.offset++;
      part.length--;
    }
    if (part.length)
      add_slice (message, field, part);
    length = MIN (length + 1, slice.length);
    slice = (LecHttpSlice){ slice.offset + length, slice.length - length };
  }
}

static void
add_target (const Message *message)
{
  LecHttpSlice target = message->head.target;
  const uint8_t *mark = find_byte (message, target, '?');

  if (!mark) {
    add_slice (message, FIELD (REQUEST_URI), target);
    return;
  }
  uint32_t path = (uint32_t) (mark - message->bytes) - target.offset;
  LecHttpSlice query = { target.offset + path + 1, target.length - path - 1 };
  lec_open_string (message->dissection, FIELD (REQUEST_URI), message->offset + target.offset, target.length,
                   (const char *) message->bytes + target.offset, target.length);
  add_slice (message, FIELD (REQUEST_URI_PATH), (LecHttpSlice){ target.offset, path });
  add_slice (message, FIELD (REQUEST_URI_QUERY), query);
  add_parts (message, FIELD (REQUEST_URI_PARAMETER), query, '&');
  lec_close (message->dissection);
}

/* TRUE where the target names its server itself (RFC 9112 §3.2.2). */
static gboolean
target_is_absolute (const Message *message)
{
  const uint8_t *target = message->bytes + message->head.target.offset;
  uint32_t length = message->head.target.length;

  return (length > 7 && !g_ascii_strncasecmp ((const char *) target, "http://", 7)) ||
         (length > 8 && !g_ascii_strncasecmp ((const char *) target, "https://", 8));
}

static void
add_full_uri (const Message *message)
{
  const LecHttpHead *head = &message->head;

  if (head->host.length == 0 && !target_is_absolute (message))
    return;
  g_autoptr (GString) uri = g_string_new (NULL);
  if (!target_is_absolute (message) && head->method != LEC_HTTP_METHOD_CONNECT) {
    g_string_append (uri, "http://");
    g_string_append_len (uri, (const char *) message->bytes + head->host.offset, head->host.length);
  }
  g_string_append_len (uri, (const char *) message->bytes + head->target.offset, head->target.length);
  lec_add_string (message->dissection, FIELD (REQUEST_FULL_URI), 0, 0, uri->str, (gssize) uri->len);
}

static void
add_request_line (const Message *message)
{
  const LecHttpHead *head = &message->head;

  lec_open_uint_text (message->dissection, FIELD (REQUEST), message->offset, head->start_line.length, TRUE, "%s",
                      lec_http_method_name (head->method) ? lec_http_method_name (head->method) : _ ("other method"));
  add_slice (message, FIELD (REQUEST_METHOD), head->method_text);
  add_target (message);
  if (head->version.length)
    add_slice (message, FIELD (REQUEST_VERSION), head->version);
  lec_close (message->dissection);
  add_full_uri (message);
}

static void
add_status_line (const Message *message)
{
  const LecHttpHead *head = &message->head;
  const LecHttpStatus *status = lec_http_status (head->status);
  const char *meaning = status ? status->explanation : lec_http_status_class (head->status);

  lec_open_uint_text (message->dissection, FIELD (RESPONSE), message->offset, head->start_line.length, TRUE, "%u %s",
                      head->status, status ? status->phrase : "");
  add_slice (message, FIELD (RESPONSE_VERSION), head->version);
  if (head->status_text.length) {
    lec_add_uint_text (message->dissection, FIELD (RESPONSE_CODE), message->offset + head->status_text.offset,
                       head->status_text.length, head->status, "%u", head->status);
    if (status)
      lec_add_computed_string (message->dissection, FIELD (RESPONSE_CODE_DESC), status->phrase);
    if (meaning)
      lec_add_computed_string (message->dissection, FIELD (RESPONSE_MEANING), _ (meaning));
    lec_add_computed (message->dissection, FIELD (RESPONSE_BEGINS), head->status);
  }
  if (head->phrase.length)
    add_slice (message, FIELD (RESPONSE_PHRASE), head->phrase);
  lec_close (message->dissection);
}

/* RFC 7617 §2: "Basic" SP base64 (user ":" password) */
static void
add_credentials (const Message *message, LecHttpSlice value)
{
  const char *text = (const char *) message->bytes + value.offset;

  if (value.length < 7 || g_ascii_strncasecmp (text, "Basic ", 6))
    return;
  g_autofree char *coded = g_strndup (text + 6, value.length - 6);
  gsize length;
  g_autofree uint8_t *plain = g_base64_decode (coded, &length);
  lec_add_string (message->dissection, FIELD (AUTHBASIC), message->offset + value.offset + 6, value.length - 6,
                  (const char *) plain, (gssize) length);
}

static void
add_length (const Message *message, LecHttpSlice value)
{
  uint64_t number = 0;

  for (uint32_t i = 0; i < value.length; i++) {
    uint8_t digit = message->bytes[value.offset + i];
    if (!g_ascii_isdigit (digit) || number > (G_MAXUINT64 - 9) / 10)
      return;
    number = number * 10 + (digit - '0');
  }
  lec_add_uint_text (message->dissection, FIELD (CONTENT_LENGTH), message->offset + value.offset, value.length, number,
                     "%" G_GUINT64_FORMAT, number);
}

/* Fields that stand inside certain headers. */
static const struct {
  const char *name;
  void (*add) (const Message *message, LecHttpSlice value);
} inner[] = {
  { "content-length", add_length },
  { "authorization", add_credentials },
  { "proxy-authorization", add_credentials },
};

static void
add_header (const Message *message, const LecHttpHeader *header)
{
  const char *name = (const char *) message->bytes + header->name.offset;
  const LecField *field = lec_http_header_field (name, header->name.length);
  LecHttpSlice value = header->value;
  /* From the name's first byte to the value's last. */
  uint32_t start = header->name.length ? header->name.offset : value.offset;
  uint32_t length = value.offset + value.length - start;

  if (field == FIELD (HEADER)) {
    add_slice (message, field, (LecHttpSlice){ start, length });
    return;
  }
  lec_open_string (message->dissection, field, message->offset + start, length,
                   (const char *) message->bytes + value.offset, value.length);
  for (unsigned i = 0; i < G_N_ELEMENTS (inner); i++)
    if (lec_http_is_header (field, inner[i].name))
      inner[i].add (message, value);
  if (lec_http_is_header (field, "cookie"))
    add_parts (message, FIELD (COOKIE_PAIR), value, ';');
  lec_close (message->dissection);
}

static void
add_headers (const Message *message)
{
  const LecHttpHead *head = &message->head;
  uint32_t end = head->headers.offset + head->headers.length;
  uint32_t offset = head->headers.offset;
  LecHttpHeader header;

  if (head->n_headers == 0)
    return;
  lec_open_group (message->dissection, FIELD (HEADERS), message->offset + offset, head->headers.length, "%u",
                  head->n_headers);
  while (lec_http_next_header (message->bytes, end, &offset, &header))
    add_header (message, &header);
  lec_close (message->dissection);
  if (head->content_length_bad)
    lec_add_computed_text (message->dissection, FIELD (CONTENT_LENGTH_BAD), 0, "%s",
                           _ ("The body's end cannot be told"));

  offset = head->headers.offset;
  lec_open_group (message->dissection, FIELD (LINES), message->offset + offset, head->headers.length, NULL);
  while (lec_http_next_header (message->bytes, end, &offset, &header))
    add_slice (message, head->is_response ? FIELD (RESPONSE_LINE) : FIELD (REQUEST_LINE), header.line);
  lec_close (message->dissection);
}

/* chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF (RFC 9112 §7.1). Returns the bytes of all chunks and the
 * trailer; announces them where ANNOUNCE. What does not fit ends it. */
static uint32_t
walk_chunks (const Message *message, uint32_t start, gboolean announce)
{
  LecReader reader = lec_reader (message->bytes + start, message->length - start, message->length - start, 0);
  LecBytes line;

  for (;;) {
    uint32_t at = start + reader.position;
    uint64_t size = 0;
    unsigned digits = 0;
    if (!lec_read_line (&reader, &line))
      return message->length - start;
    while (digits < line.length && g_ascii_isxdigit (line.data[digits]) && size <= G_MAXUINT32)
      size = size << 4 | (uint64_t) g_ascii_xdigit_value (line.data[digits++]);
    if (digits == 0 || size > G_MAXUINT32)
      return message->length - start;
    if (announce)
      lec_add_uint_text (message->dissection, FIELD (CHUNK_SIZE), message->offset + at, digits, size,
                         "%" G_GUINT64_FORMAT, size);
    if (size == 0)
      break;
    LecBytes data = lec_read_some (&reader, (uint32_t) size);
    if (announce)
      lec_add_bytes (message->dissection, FIELD (CHUNK_DATA), message->offset + start + reader.position - data.length,
                     data);
    if (data.length < size || !lec_read_line (&reader, &line))
      return message->length - start;
  }
  /* The trailer ends with an empty line, as a head does (RFC 9112 §7.1.2). */
  while (lec_read_line (&reader, &line))
    if (line.length == 0)
      break;
  return reader.position;
}

/* Bytes of the body that are here. */
static uint32_t
body_length (const Message *message)
{
  uint32_t left = message->length - message->head.length;

  switch (lec_http_head_body (&message->head, LEC_HTTP_METHOD_NONE)) {
  case LEC_HTTP_BODY_NONE:
    return 0;
  case LEC_HTTP_BODY_LENGTH:
    return (uint32_t) MIN (left, (uint64_t) message->head.content_length);
  case LEC_HTTP_BODY_CHUNKED:
    return walk_chunks (message, message->head.length, FALSE);
  case LEC_HTTP_BODY_TUNNEL:
    return 0;
  case LEC_HTTP_BODY_CLOSE:
    break;
  }
  return left;
}

static void
add_body (const Message *message, uint32_t length)
{
  const LecHttpHead *head = &message->head;

  if (length == 0)
    return;
  add_slice (message, FIELD (FILE_DATA), (LecHttpSlice){ head->length, length });
  if (!head->chunked)
    return;
  lec_open_group (message->dissection, FIELD (CHUNKS), message->offset + head->length, length, NULL);
  walk_chunks (message, head->length, TRUE);
  lec_close (message->dissection);
}

/* What is known of this message beyond its bytes. In a frame's own bytes it is found by its place; one that was put
 * together from several frames is the last that begins in its first. */
static gboolean
find_facts (const Message *message, LecMessageFacts *facts)
{
  LecDissection *dissection = message->dissection;
  LecSurroundings *surroundings = dissection->surroundings;
  LecMessageFacts all[MESSAGES_A_FRAME];
  const uint8_t *payload = dissection->head.payload;

  if (!surroundings || !surroundings->messages || dissection->quoted)
    return FALSE;
  unsigned n = surroundings->messages (surroundings, dissection->frame, all, MESSAGES_A_FRAME);
  for (unsigned i = n; i-- > 0;) {
    gboolean here = message->bytes >= payload && message->bytes < payload + dissection->head.payload_captured &&
                    (uint32_t) (message->bytes - payload) == all[i].frame_offset;
    if (all[i].is_response == message->head.is_response && (dissection->source ? i == n - 1 : here)) {
      *facts = all[i];
      return TRUE;
    }
  }
  return FALSE;
}

static void
add_partner (const Message *message)
{
  LecMessageFacts facts;

  if (!find_facts (message, &facts) || facts.partner_frame == 0)
    return;
  lec_add_computed (message->dissection, message->head.is_response ? FIELD (REQUEST_IN) : FIELD (RESPONSE_IN),
                    facts.partner_frame);
  if (message->head.is_response && facts.elapsed_ns >= 0)
    lec_add_computed (message->dissection, FIELD (TIME), (uint64_t) facts.elapsed_ns);
}

static void
append_slice (GString *text, const Message *message, LecHttpSlice slice)
{
  lec_append_escaped (text, (LecBytes){ message->bytes + slice.offset, MIN (slice.length, SUMMARY_BYTES) });
  if (slice.length > SUMMARY_BYTES)
    g_string_append (text, "…");
}

/* "Response, Status: OK (200), Version: HTTP/1.1" */
static char *
dup_summary (const Message *message)
{
  const LecHttpHead *head = &message->head;
  const LecHttpStatus *status = lec_http_status (head->status);
  GString *text = g_string_new (head->is_response ? _ ("Response") : _ ("Request"));

  g_string_append (text, ", ");
  if (head->is_response) {
    g_string_append (text, _ ("Status: "));
    if (head->phrase.length)
      append_slice (text, message, head->phrase);
    else
      g_string_append (text, status ? status->phrase : _ ("no phrase"));
    g_string_append_printf (text, " (%u)", head->status);
  } else {
    append_slice (text, message, head->method_text);
    g_string_append_c (text, ' ');
    append_slice (text, message, head->target);
  }
  if (head->version.length) {
    g_string_append (text, _ (", Version: "));
    append_slice (text, message, head->version);
  }
  return g_string_free (text, FALSE);
}

/* The layer's summary is that of its first message. */
static gboolean
wants_summary (const LecDissection *dissection, unsigned layer)
{
  return !dissection->layers[layer].summary && lec_dissection_wants_summary (dissection, layer);
}

/* A head is read up to where bytes are missing: nobody knows what stood there, nor whether the head had ended. */
static uint32_t
readable_bytes (const Message *message)
{
  uint32_t whole = message->dissection->whole_bytes;

  return whole ? MIN (message->length, whole - MIN (whole, message->offset)) : message->length;
}

/* One message; FALSE where none begins here. */
static gboolean
dissect_message (LecDissection *dissection, LecReader *reader, unsigned layer)
{
  LecBytes all = { reader->bytes + reader->position, lec_reader_left (reader) };
  uint32_t empty = lec_http_empty_lines (all.data, all.length);
  Message message = {
    .dissection = dissection,
    .bytes = all.data + empty,
    .length = all.length - empty,
    .offset = lec_reader_offset (reader) + empty,
  };
  LecHttpHead *head = &message.head;

  if (!lec_http_head_parse (message.bytes, readable_bytes (&message), head))
    return FALSE;
  uint32_t body = head->length ? body_length (&message) : 0;
  uint32_t length = head->length ? head->length + body : message.length;
  lec_reader_skip (reader, empty + length);
  if (lec_reader_left (reader) == 0 &&
      (reader->captured < reader->reported || (dissection->whole_bytes && !head->length)))
    lec_reader_fail (reader, 1);

  g_autofree char *summary = NULL;
  if (dissection->sink->wants_text || wants_summary (dissection, layer))
    summary = dup_summary (&message);
  lec_open_group (dissection, FIELD (PROTOCOL), message.offset, length, "%s", summary ? summary : "");
  if (head->is_response)
    add_status_line (&message);
  else
    add_request_line (&message);
  add_headers (&message);
  add_partner (&message);
  add_body (&message, body);
  lec_add_state (dissection, reader);
  lec_close (dissection);
  if (wants_summary (dissection, layer))
    lec_dissection_set_summary (dissection, layer, "%s", summary);
  return TRUE;
}

/* A run of messages is one layer: requests in a row, or an interim answer and the real one. */
static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  LecHttpStart next;
  uint32_t start = reader->position;

  do {
    if (!dissect_message (dissection, reader, layer))
      break;
    next = lec_http_looks_like_start (reader->bytes + reader->position, lec_reader_left (reader));
  } while (lec_reader_left (reader) && (next == LEC_HTTP_START_REQUEST || next == LEC_HTTP_START_RESPONSE));
  dissection->layers[layer].span.length_bits = (reader->position - start) * 8;
  if (lec_reader_left (reader))
    lec_dissect_data (dissection, reader);
}

static const LecAlias aliases[] = {
  { "http.version", "HTTP.Version", N_ ("Version"), { "http.request.version", "http.response.version" } },
  { NULL },
};

const LecProtocol lec_http_protocol = {
  LEC_PROTOCOL_HTTP, "http", "HTTP", NULL, N_ ("Hypertext Transfer Protocol"), lec_http_fields, aliases, dissect,
};
