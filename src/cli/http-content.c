#include "cli/http-content.h"

#include "base/reader.h"

/* The size at the head of a chunk, in hexadecimal, before its extensions (RFC 9112 §7.1). */
static gboolean
parse_chunk_size (LecBytes line, uint32_t *size)
{
  uint64_t value = 0;
  uint32_t digits = 0;

  for (; digits < line.length && g_ascii_isxdigit ((char) line.data[digits]); digits++) {
    value = value << 4 | (unsigned) g_ascii_xdigit_value ((char) line.data[digits]);
    if (value > G_MAXUINT32)
      return FALSE;
  }
  *size = (uint32_t) value;
  return digits > 0;
}

static GByteArray *
unchunk (LecReader reader)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  LecBytes line, data;
  uint32_t size;

  while (lec_read_line (&reader, &line) && parse_chunk_size (line, &size)) {
    if (size == 0)
      return g_steal_pointer (&content);
    data = lec_read_bytes (&reader, size);
    if (!data.data || !lec_read_line (&reader, &line) || line.length > 0)
      return NULL;
    g_byte_array_append (content, data.data, data.length);
  }
  return NULL;
}

GByteArray *
lec_http_content (const uint8_t *bytes, uint32_t length, LecHttpMethod request_method)
{
  LecReader reader = lec_reader (bytes, length, length, 0);
  LecHttpHead head;
  LecBytes body = { 0 };

  if (!lec_http_head_parse (bytes, length, &head) || head.length == 0)
    return NULL;
  lec_reader_skip (&reader, head.length);
  switch (lec_http_head_body (&head, request_method)) {
  case LEC_HTTP_BODY_NONE:
  case LEC_HTTP_BODY_TUNNEL:
    return g_byte_array_new ();
  case LEC_HTTP_BODY_CHUNKED:
    return unchunk (reader);
  case LEC_HTTP_BODY_LENGTH:
    if (head.content_length > lec_reader_left (&reader))
      return NULL;
    body = lec_read_some (&reader, (uint32_t) head.content_length);
    break;
  case LEC_HTTP_BODY_CLOSE:
    body = lec_read_some (&reader, lec_reader_left (&reader));
    break;
  }
  return g_byte_array_append (g_byte_array_new (), body.data ? body.data : (const uint8_t *) "", body.length);
}
