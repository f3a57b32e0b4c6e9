/* The head of an HTTP/1.x message: its start line and headers (RFC 9112 §2).
 *
 * A pure parser over bytes that are already there: nothing is allocated, kept or changed, so that the index pass and
 * the dissector read a head in the same way. All results are slices of the caller's bytes.
 *
 *        GET /index.html HTTP/1.1 CRLF      start line
 *        Host: www.example.com CRLF         headers, a line each
 *        Accept: text/html CRLF
 *        CRLF                               empty line: the head ends here
 *        …                                  body
 */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Registered methods (RFC 9110 §16.1.1 and its registry) and those of UPnP. The order is kept: indexes store the
 * number. */
typedef enum {
  LEC_HTTP_METHOD_NONE, /* a response */
  LEC_HTTP_METHOD_OTHER,
  LEC_HTTP_METHOD_GET,
  LEC_HTTP_METHOD_HEAD,
  LEC_HTTP_METHOD_POST,
  LEC_HTTP_METHOD_PUT,
  LEC_HTTP_METHOD_DELETE,
  LEC_HTTP_METHOD_CONNECT,
  LEC_HTTP_METHOD_OPTIONS,
  LEC_HTTP_METHOD_TRACE,
  LEC_HTTP_METHOD_PATCH,
  LEC_HTTP_METHOD_ACL,
  LEC_HTTP_METHOD_BASELINE_CONTROL,
  LEC_HTTP_METHOD_BIND,
  LEC_HTTP_METHOD_CHECKIN,
  LEC_HTTP_METHOD_CHECKOUT,
  LEC_HTTP_METHOD_COPY,
  LEC_HTTP_METHOD_LABEL,
  LEC_HTTP_METHOD_LINK,
  LEC_HTTP_METHOD_LOCK,
  LEC_HTTP_METHOD_MERGE,
  LEC_HTTP_METHOD_MKACTIVITY,
  LEC_HTTP_METHOD_MKCALENDAR,
  LEC_HTTP_METHOD_MKCOL,
  LEC_HTTP_METHOD_MKREDIRECTREF,
  LEC_HTTP_METHOD_MKWORKSPACE,
  LEC_HTTP_METHOD_MOVE,
  LEC_HTTP_METHOD_M_SEARCH,
  LEC_HTTP_METHOD_NOTIFY,
  LEC_HTTP_METHOD_ORDERPATCH,
  LEC_HTTP_METHOD_PROPFIND,
  LEC_HTTP_METHOD_PROPPATCH,
  LEC_HTTP_METHOD_QUERY,
  LEC_HTTP_METHOD_REBIND,
  LEC_HTTP_METHOD_REPORT,
  LEC_HTTP_METHOD_SEARCH,
  LEC_HTTP_METHOD_SUBSCRIBE,
  LEC_HTTP_METHOD_UNBIND,
  LEC_HTTP_METHOD_UNCHECKOUT,
  LEC_HTTP_METHOD_UNLINK,
  LEC_HTTP_METHOD_UNLOCK,
  LEC_HTTP_METHOD_UNSUBSCRIBE,
  LEC_HTTP_METHOD_UPDATE,
  LEC_HTTP_METHOD_UPDATEREDIRECTREF,
  LEC_HTTP_METHOD_VERSION_CONTROL,
  LEC_N_HTTP_METHODS
} LecHttpMethod;

typedef enum {
  LEC_HTTP_START_NO,    /* these bytes begin no HTTP/1.x message */
  LEC_HTTP_START_MAYBE, /* so far they might; more bytes are needed to tell */
  LEC_HTTP_START_REQUEST,
  LEC_HTTP_START_RESPONSE,
} LecHttpStart;

/* LENGTH bytes at OFFSET of the message; a length of 0 where there is no such part, or an empty one. */
typedef struct {
  uint32_t offset;
  uint32_t length;
} LecHttpSlice;

/* One header line, with the lines that continue it (RFC 9112 §5.2). */
typedef struct {
  LecHttpSlice name;  /* without the colon; empty where the line has none */
  LecHttpSlice value; /* without the white space around it */
  LecHttpSlice line;  /* all of it, with its line end */
} LecHttpHeader;

/* What framing and pairing need of a head. Filled by lec_http_head_parse(), belongs to its caller. */
typedef struct {
  uint32_t length; /* of the head with its empty line, 0 = not whole: then the rest says what came so far */
  gboolean is_response;
  LecHttpMethod method; /* LEC_HTTP_METHOD_NONE in a response */
  uint16_t status;      /* its first three digits; 0 in a request, or where there are none */
  uint8_t version_major;
  uint8_t version_minor;
  LecHttpSlice start_line; /* without its line end */
  LecHttpSlice method_text;
  LecHttpSlice target;
  LecHttpSlice version; /* "HTTP/1.1" */
  LecHttpSlice status_text;
  LecHttpSlice phrase;
  LecHttpSlice headers; /* all header lines with their line ends, without the empty line */
  uint32_t n_headers;
  int64_t content_length;      /* −1 = none, or none that can be believed */
  gboolean content_length_bad; /* several that differ, or no number: RFC 9112 §6.3 calls it unrecoverable */
  gboolean transfer_encoding;  /* there is one */
  gboolean chunked;            /* and its last coding is chunked */
  gboolean close;              /* Connection: close */
  gboolean keep_alive;         /* Connection: keep-alive */
  gboolean upgrade;            /* Connection: upgrade, with an Upgrade header */
  LecHttpSlice host;
  LecHttpSlice content_type;
  LecHttpSlice content_encoding;
  LecHttpSlice location;
  LecHttpSlice upgrade_to;
} LecHttpHead;

/* How the body that follows a head ends (RFC 9112 §6.3). */
typedef enum {
  LEC_HTTP_BODY_NONE,
  LEC_HTTP_BODY_LENGTH,  /* after content_length bytes */
  LEC_HTTP_BODY_CHUNKED, /* after the chunk of length 0 */
  LEC_HTTP_BODY_CLOSE,   /* with the connection */
  LEC_HTTP_BODY_TUNNEL,  /* no HTTP any more: CONNECT was granted, or another protocol took over */
} LecHttpBody;

/* Whether a message begins at BYTES. Fast: looks at no more than the first line. */
LecHttpStart lec_http_looks_like_start (const uint8_t *bytes, uint32_t length);
/* Faster: FALSE where no message begins with START, the first bytes of what is longer. */
gboolean lec_http_may_start (const uint8_t start[4]);
/* Bytes of empty lines before a start line, which a recipient skips (RFC 9112 §2.2). */
uint32_t lec_http_empty_lines (const uint8_t *bytes, uint32_t length);
/* Bytes up to and including the empty line that ends the head; 0 where it is not among them. Lines end with CR LF or
 * with LF alone (RFC 9112 §2.2). */
uint32_t lec_http_head_length (const uint8_t *bytes, uint32_t length);
/* Reads a head, whole or cut. FALSE where BYTES begin no message. */
gboolean lec_http_head_parse (const uint8_t *bytes, uint32_t length, LecHttpHead *head);
/* The header at *OFFSET of BYTES, which are then behind it; LENGTH ends the headers (head.headers). Start with
 * head.headers.offset. FALSE at the end. */
gboolean lec_http_next_header (const uint8_t *bytes, uint32_t length, uint32_t *offset, LecHttpHeader *header);
/* REQUEST_METHOD is that of the request a response answers, LEC_HTTP_METHOD_NONE where it is not known. */
LecHttpBody lec_http_head_body (const LecHttpHead *head, LecHttpMethod request_method);
/* "GET"; NULL for LEC_HTTP_METHOD_NONE and LEC_HTTP_METHOD_OTHER. Static. */
const char *lec_http_method_name (LecHttpMethod method);

G_END_DECLS
