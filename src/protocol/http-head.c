#include "protocol/http-head.h"

#include <string.h>

/* Longest method that is believed: the longest registered one has 17 characters. */
#define LONGEST_METHOD 32u
/* A first line that is still not over after so many bytes begins no message; RFC 9112 §3 asks for 8000 at least. */
#define LONGEST_START_LINE 65536u

static const struct {
  const char *name;
  uint8_t length;
} methods[LEC_N_HTTP_METHODS] = {
#define METHOD(id, text) [LEC_HTTP_METHOD_##id] = { text, sizeof text - 1 }
  METHOD (GET, "GET"),
  METHOD (HEAD, "HEAD"),
  METHOD (POST, "POST"),
  METHOD (PUT, "PUT"),
  METHOD (DELETE, "DELETE"),
  METHOD (CONNECT, "CONNECT"),
  METHOD (OPTIONS, "OPTIONS"),
  METHOD (TRACE, "TRACE"),
  METHOD (PATCH, "PATCH"),
  METHOD (ACL, "ACL"),
  METHOD (BASELINE_CONTROL, "BASELINE-CONTROL"),
  METHOD (BIND, "BIND"),
  METHOD (CHECKIN, "CHECKIN"),
  METHOD (CHECKOUT, "CHECKOUT"),
  METHOD (COPY, "COPY"),
  METHOD (LABEL, "LABEL"),
  METHOD (LINK, "LINK"),
  METHOD (LOCK, "LOCK"),
  METHOD (MERGE, "MERGE"),
  METHOD (MKACTIVITY, "MKACTIVITY"),
  METHOD (MKCALENDAR, "MKCALENDAR"),
  METHOD (MKCOL, "MKCOL"),
  METHOD (MKREDIRECTREF, "MKREDIRECTREF"),
  METHOD (MKWORKSPACE, "MKWORKSPACE"),
  METHOD (MOVE, "MOVE"),
  METHOD (M_SEARCH, "M-SEARCH"),
  METHOD (NOTIFY, "NOTIFY"),
  METHOD (ORDERPATCH, "ORDERPATCH"),
  METHOD (PROPFIND, "PROPFIND"),
  METHOD (PROPPATCH, "PROPPATCH"),
  METHOD (QUERY, "QUERY"),
  METHOD (REBIND, "REBIND"),
  METHOD (REPORT, "REPORT"),
  METHOD (SEARCH, "SEARCH"),
  METHOD (SUBSCRIBE, "SUBSCRIBE"),
  METHOD (UNBIND, "UNBIND"),
  METHOD (UNCHECKOUT, "UNCHECKOUT"),
  METHOD (UNLINK, "UNLINK"),
  METHOD (UNLOCK, "UNLOCK"),
  METHOD (UNSUBSCRIBE, "UNSUBSCRIBE"),
  METHOD (UPDATE, "UPDATE"),
  METHOD (UPDATEREDIRECTREF, "UPDATEREDIRECTREF"),
  METHOD (VERSION_CONTROL, "VERSION-CONTROL"),
#undef METHOD
};

/* tchar of RFC 9110 §5.6.2, a bit a character. */
static const uint32_t token_characters[8] = {
  [1] = 0x03ff6cfa, /* ! # $ % & ' * + - . and digits */
  [2] = 0xc7fffffe, /* A to Z, ^ _ */
  [3] = 0x57ffffff, /* ` a to z, | ~ */
};

static gboolean
is_token_character (uint8_t character)
{
  return token_characters[character >> 5] >> (character & 31) & 1;
}

static gboolean
is_digit (uint8_t character)
{
  return character >= '0' && character <= '9';
}

static gboolean
is_blank (uint8_t character)
{
  return character == ' ' || character == '\t';
}

const char *
lec_http_method_name (LecHttpMethod method)
{
  return method < LEC_N_HTTP_METHODS ? methods[method].name : NULL;
}

/* Methods are case-sensitive (RFC 9110 §9.1). */
static LecHttpMethod
method_of (const uint8_t *bytes, uint32_t length)
{
  for (unsigned i = LEC_HTTP_METHOD_GET; i < LEC_N_HTTP_METHODS; i++)
    if (methods[i].length == length && memcmp (methods[i].name, bytes, length) == 0)
      return (LecHttpMethod) i;
  return LEC_HTTP_METHOD_OTHER;
}

/* The first line without its line end, and in *NEXT where the one behind it begins, 0 = it has no end yet. */
static uint32_t
first_line (const uint8_t *bytes, uint32_t length, uint32_t *next)
{
  const uint8_t *feed = length ? memchr (bytes, '\n', length) : NULL;
  uint32_t end = feed ? (uint32_t) (feed - bytes) : length;

  *next = feed ? end + 1 : 0;
  return feed && end && bytes[end - 1] == '\r' ? end - 1 : end;
}

static LecHttpStart
looks_like_response (const uint8_t *bytes, uint32_t length)
{
  static const char pattern[] = "HTTP/0.0"; /* 0 stands for a digit: RFC 9112 §2.3 */

  for (uint32_t i = 0; i < sizeof pattern - 1; i++) {
    if (i == length)
      return LEC_HTTP_START_MAYBE;
    if (pattern[i] == '0' ? !is_digit (bytes[i]) : bytes[i] != pattern[i])
      return LEC_HTTP_START_NO;
  }
  return length == sizeof pattern - 1 || is_blank (bytes[8]) || bytes[8] == '\r' || bytes[8] == '\n'
             ? LEC_HTTP_START_RESPONSE
             : LEC_HTTP_START_NO;
}

/* TRUE where the line's last word is HTTP/1.x. Targets with a space in them exist, so only the last one counts
 * (RFC 9112 §3 lets a recipient be lenient here); blanks at the end are passed over. */
static gboolean
ends_in_version (const uint8_t *line, uint32_t length, uint32_t *version)
{
  while (length && is_blank (line[length - 1]))
    length--;
  if (length < 9 || !is_blank (line[length - 9]))
    return FALSE;
  *version = length - 8;
  return memcmp (line + *version, "HTTP/1.", 7) == 0 && is_digit (line[length - 1]);
}

LecHttpStart
lec_http_looks_like_start (const uint8_t *bytes, uint32_t length)
{
  uint32_t method = 0;
  uint32_t next, version;

  if (length == 0)
    return LEC_HTTP_START_MAYBE;
  if (bytes[0] == 'H') {
    LecHttpStart response = looks_like_response (bytes, length);
    if (response != LEC_HTTP_START_NO)
      return response;
  }
  uint32_t longest = MIN (length, LONGEST_METHOD);
  while (method < longest && is_token_character (bytes[method]))
    method++;
  if (method == length)
    return LEC_HTTP_START_MAYBE;
  if (method == 0 || bytes[method] != ' ')
    return LEC_HTTP_START_NO;

  uint32_t line = first_line (bytes, MIN (length, LONGEST_START_LINE), &next);
  if (next)
    return ends_in_version (bytes, line, &version) && version > method + 1 ? LEC_HTTP_START_REQUEST : LEC_HTTP_START_NO;
  if (length >= LONGEST_START_LINE)
    return LEC_HTTP_START_NO;
  /* A target is printable; its CR may already be here while its LF is not. */
  for (uint32_t i = method + 1; i < line; i++)
    if ((bytes[i] < ' ' && bytes[i] != '\t' && !(bytes[i] == '\r' && i + 1 == line)) || bytes[i] == 0x7f)
      return LEC_HTTP_START_NO;
  return LEC_HTTP_START_MAYBE;
}

gboolean
lec_http_may_start (const uint8_t start[4])
{
  /* "HTTP" is a token, too. */
  for (unsigned i = 0; i < 4; i++)
    if (!is_token_character (start[i]))
      return i > 0 && start[i] == ' ';
  return TRUE;
}

uint32_t
lec_http_empty_lines (const uint8_t *bytes, uint32_t length)
{
  uint32_t offset = 0;

  for (;;) {
    if (offset < length && bytes[offset] == '\n')
      offset++;
    else if (offset + 1 < length && bytes[offset] == '\r' && bytes[offset + 1] == '\n')
      offset += 2;
    else
      return offset;
  }
}

/* Where the head ends, if the line at OFFSET is empty; else 0. */
static uint32_t
empty_line (const uint8_t *bytes, uint32_t length, uint32_t offset)
{
  if (offset < length && bytes[offset] == '\n')
    return offset + 1;
  if (offset + 1 < length && bytes[offset] == '\r' && bytes[offset + 1] == '\n')
    return offset + 2;
  return 0;
}

uint32_t
lec_http_head_length (const uint8_t *bytes, uint32_t length)
{
  uint32_t offset = 0;
  const uint8_t *feed;

  while (offset < length && (feed = memchr (bytes + offset, '\n', length - offset))) {
    offset = (uint32_t) (feed - bytes) + 1;
    uint32_t end = empty_line (bytes, length, offset);
    if (end)
      return end;
  }
  return 0;
}

/* The slice without blanks and line ends at either side. */
static LecHttpSlice
trimmed (const uint8_t *bytes, uint32_t start, uint32_t end)
{
  while (start < end && is_blank (bytes[start]))
    start++;
  while (end > start && (is_blank (bytes[end - 1]) || bytes[end - 1] == '\r' || bytes[end - 1] == '\n'))
    end--;
  return (LecHttpSlice){ start, end - start };
}

/* Where the header that begins at START ends. Lines that begin with a blank go on with the one before. */
static uint32_t
header_end (const uint8_t *bytes, uint32_t length, uint32_t start)
{
  uint32_t end = start;

  do {
    const uint8_t *feed = memchr (bytes + end, '\n', length - end);
    end = feed ? (uint32_t) (feed - bytes) + 1 : length;
  } while (end < length && is_blank (bytes[end]));
  return end;
}

gboolean
lec_http_next_header (const uint8_t *bytes, uint32_t length, uint32_t *offset, LecHttpHeader *header)
{
  uint32_t start = *offset;

  if (start >= length)
    return FALSE;
  uint32_t end = *offset = header_end (bytes, length, start);

  const uint8_t *colon = memchr (bytes + start, ':', end - start);
  uint32_t name_end = colon ? (uint32_t) (colon - bytes) : start;
  header->name = trimmed (bytes, start, name_end);
  header->value = trimmed (bytes, colon ? name_end + 1 : start, end);
  header->line = (LecHttpSlice){ start, end - start };
  return TRUE;
}

static uint8_t
lower (uint8_t character)
{
  return character >= 'A' && character <= 'Z' ? character | 0x20 : character;
}

/* TEXT is in small letters. */
static gboolean
slice_is (const uint8_t *bytes, LecHttpSlice slice, const char *text)
{
  uint32_t i = 0;

  while (i < slice.length && text[i] && lower (bytes[slice.offset + i]) == (uint8_t) text[i])
    i++;
  return i == slice.length && !text[i];
}

/* The next element of a comma list in VALUE from *OFFSET on; FALSE at its end (RFC 9110 §5.6.1). */
static gboolean
next_element (const uint8_t *bytes, LecHttpSlice value, uint32_t *offset, LecHttpSlice *element)
{
  uint32_t end = value.offset + value.length;

  if (*offset >= end)
    return FALSE;
  const uint8_t *comma = memchr (bytes + *offset, ',', end - *offset);
  uint32_t stop = comma ? (uint32_t) (comma - bytes) : end;
  *element = trimmed (bytes, *offset, stop);
  *offset = stop + 1;
  return TRUE;
}

/* "42, 42" is 42; anything else that differs or is no number makes the length worthless (RFC 9110 §8.6). */
static void
read_content_length (LecHttpHead *head, const uint8_t *bytes, LecHttpSlice value)
{
  uint32_t offset = value.offset;
  LecHttpSlice element;

  if (value.length == 0)
    head->content_length_bad = TRUE;
  while (next_element (bytes, value, &offset, &element)) {
    int64_t number = 0;
    gboolean bad = element.length == 0;
    for (uint32_t i = 0; i < element.length && !bad; i++) {
      uint8_t digit = bytes[element.offset + i];
      bad = !is_digit (digit) || number > (G_MAXINT64 - 9) / 10;
      if (!bad)
        number = number * 10 + (digit - '0');
    }
    if (bad || (head->content_length >= 0 && head->content_length != number))
      head->content_length_bad = TRUE;
    else
      head->content_length = number;
  }
}

static void
read_transfer_encoding (LecHttpHead *head, const uint8_t *bytes, LecHttpSlice value)
{
  uint32_t offset = value.offset;
  LecHttpSlice element;

  head->transfer_encoding = TRUE;
  while (next_element (bytes, value, &offset, &element))
    head->chunked = slice_is (bytes, element, "chunked");
}

static void
read_connection (LecHttpHead *head, const uint8_t *bytes, LecHttpSlice value)
{
  uint32_t offset = value.offset;
  LecHttpSlice element;

  while (next_element (bytes, value, &offset, &element)) {
    head->close |= slice_is (bytes, element, "close");
    head->keep_alive |= slice_is (bytes, element, "keep-alive");
    head->upgrade |= slice_is (bytes, element, "upgrade");
  }
}

/* The first of its name counts. */
static void
keep (LecHttpSlice *slice, LecHttpSlice value)
{
  if (slice->length == 0)
    *slice = value;
}

/* The names wanted differ in length, which makes looking for them cheap. */
static void
note_header (LecHttpHead *head, const uint8_t *bytes, const LecHttpHeader *header)
{
  static const char *const names[18] = {
    [4] = "host",          [7] = "upgrade",         [8] = "location",          [10] = "connection",
    [12] = "content-type", [14] = "content-length", [16] = "content-encoding", [17] = "transfer-encoding",
  };
  uint32_t length = header->name.length;

  if (length >= G_N_ELEMENTS (names) || !names[length] || !slice_is (bytes, header->name, names[length]))
    return;
  switch (length) {
  case 4:
    keep (&head->host, header->value);
    break;
  case 7:
    keep (&head->upgrade_to, header->value);
    break;
  case 8:
    keep (&head->location, header->value);
    break;
  case 10:
    read_connection (head, bytes, header->value);
    break;
  case 12:
    keep (&head->content_type, header->value);
    break;
  case 14:
    read_content_length (head, bytes, header->value);
    break;
  case 16:
    keep (&head->content_encoding, header->value);
    break;
  case 17:
    read_transfer_encoding (head, bytes, header->value);
    break;
  }
}

/* Most headers are none of those, which their first byte tells; a blank before the name, where none belongs, hides it.
 */
static gboolean
may_be_wanted (uint8_t first)
{
  switch (first | 0x20) {
  case 'c':
  case 'h':
  case 'l':
  case 't':
  case 'u':
    return TRUE;
  default:
    return is_blank (first);
  }
}

static void
read_request_line (LecHttpHead *head, const uint8_t *bytes, uint32_t length)
{
  uint32_t version = length;
  uint32_t method = 0;

  while (method < length && bytes[method] != ' ')
    method++;
  head->method_text = (LecHttpSlice){ 0, method };
  head->method = method_of (bytes, method);
  if (ends_in_version (bytes, length, &version)) {
    head->version = (LecHttpSlice){ version, 8 };
    head->version_major = bytes[version + 5] - '0';
    head->version_minor = bytes[version + 7] - '0';
  }
  head->target = trimmed (bytes, MIN (method + 1, version), version);
}

/* status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 §4) */
static void
read_status_line (LecHttpHead *head, const uint8_t *bytes, uint32_t length)
{
  uint32_t offset = MIN (8, length);

  head->is_response = TRUE;
  head->version = (LecHttpSlice){ 0, offset };
  if (offset < 8)
    return;
  head->version_major = bytes[5] - '0';
  head->version_minor = bytes[7] - '0';
  while (offset < length && is_blank (bytes[offset]))
    offset++;
  uint32_t digits = offset;
  while (digits < length && is_digit (bytes[digits]))
    digits++;
  head->status_text = (LecHttpSlice){ offset, digits - offset };
  for (uint32_t i = offset; i < digits && i < offset + 3; i++)
    head->status = head->status * 10 + (bytes[i] - '0');
  head->phrase = trimmed (bytes, digits, length);
}

gboolean
lec_http_head_parse (const uint8_t *bytes, uint32_t length, LecHttpHead *head)
{
  LecHttpStart start = lec_http_looks_like_start (bytes, length);
  LecHttpHeader header;
  uint32_t next;

  memset (head, 0, sizeof *head);
  head->content_length = -1;
  if (start == LEC_HTTP_START_NO || length == 0)
    return FALSE;
  uint32_t line = first_line (bytes, length, &next);
  head->start_line = (LecHttpSlice){ 0, line };
  if (start == LEC_HTTP_START_RESPONSE)
    read_status_line (head, bytes, line);
  else
    read_request_line (head, bytes, line);

  uint32_t offset = next ? next : length;
  head->headers.offset = offset;
  while (!(head->length = empty_line (bytes, length, offset)) && offset < length) {
    head->n_headers++;
    if (!may_be_wanted (bytes[offset])) {
      offset = header_end (bytes, length, offset);
      continue;
    }
    lec_http_next_header (bytes, length, &offset, &header);
    note_header (head, bytes, &header);
  }
  head->headers.length = offset - head->headers.offset;
  if (head->content_length_bad)
    head->content_length = -1;
  head->upgrade = head->upgrade && head->upgrade_to.length > 0;
  return TRUE;
}

LecHttpBody
lec_http_head_body (const LecHttpHead *head, LecHttpMethod request_method)
{
  if (head->is_response) {
    if (head->status == 101)
      return LEC_HTTP_BODY_TUNNEL;
    if (request_method == LEC_HTTP_METHOD_HEAD || (head->status >= 100 && head->status < 200) || head->status == 204 ||
        head->status == 304)
      return LEC_HTTP_BODY_NONE;
    if (request_method == LEC_HTTP_METHOD_CONNECT && head->status >= 200 && head->status < 300)
      return LEC_HTTP_BODY_TUNNEL;
  }
  if (head->chunked)
    return LEC_HTTP_BODY_CHUNKED;
  /* Another transfer coding last: a response goes on until the close; a request has no end that can be known. */
  if (head->transfer_encoding)
    return LEC_HTTP_BODY_CLOSE;
  if (head->content_length >= 0)
    return head->content_length > 0 ? LEC_HTTP_BODY_LENGTH : LEC_HTTP_BODY_NONE;
  return head->is_response ? LEC_HTTP_BODY_CLOSE : LEC_HTTP_BODY_NONE;
}
