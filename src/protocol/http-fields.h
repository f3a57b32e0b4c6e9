/* The fields of HTTP, and which header each belongs to. Only for http.c, and for who asks which of them are said of a
 * message; see http-fields.c. */
#pragma once

#include "protocol/field.h"
#include "protocol/http-head.h"

G_BEGIN_DECLS

enum {
  HTTP_PROTOCOL,
  HTTP_REQUEST,
  HTTP_REQUEST_METHOD,
  HTTP_REQUEST_URI,
  HTTP_REQUEST_URI_PATH,
  HTTP_REQUEST_URI_QUERY,
  HTTP_REQUEST_URI_PARAMETER,
  HTTP_REQUEST_VERSION,
  HTTP_REQUEST_FULL_URI,
  HTTP_RESPONSE,
  HTTP_RESPONSE_VERSION,
  HTTP_RESPONSE_CODE,
  HTTP_RESPONSE_CODE_DESC,
  HTTP_RESPONSE_PHRASE,
  HTTP_RESPONSE_MEANING,
  HTTP_RESPONSE_BEGINS,
  HTTP_REQUEST_IN,
  HTTP_RESPONSE_IN,
  HTTP_TIME,
  HTTP_HEADERS,
  HTTP_HEADER,
  HTTP_CONTENT_LENGTH,
  HTTP_CONTENT_LENGTH_BAD,
  HTTP_COOKIE_PAIR,
  HTTP_AUTHBASIC,
  HTTP_LINES,
  HTTP_REQUEST_LINE,
  HTTP_RESPONSE_LINE,
  HTTP_FILE_DATA,
  HTTP_CHUNKS,
  HTTP_CHUNK_SIZE,
  HTTP_CHUNK_DATA,
  HTTP_FIRST_HEADER, /* from here on, a field a header */
};

extern const LecField lec_http_fields[];

/* The field of the header called NAME (LENGTH bytes, any case); lec_http_fields[HTTP_HEADER] where it has none of its
 * own. */
const LecField *lec_http_header_field (const char *name, uint32_t length);
/* TRUE where FIELD is that of the header called NAME, in lower case. */
gboolean lec_http_is_header (const LecField *field, const char *name);

G_END_DECLS
