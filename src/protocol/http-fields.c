#include "protocol/http-fields.h"

#include <string.h>

#define FIRST HTTP_FIRST_HEADER

/* A header's field. Its label is the name as HTTP writes it, by which it is found and which is never translated. */
#define HEADER(field, analyzer, label, ...)                                                                            \
  {                                                                                                                    \
    "http." field, analyzer, label, LEC_TYPE_STRING, LEC_SHOW_DECIMAL, 0, NULL, __VA_ARGS__                            \
  }

const LecField lec_http_fields[] = {
  [HTTP_PROTOCOL] = { "http", "HTTP", N_ ("Hypertext Transfer Protocol"), LEC_TYPE_PROTOCOL },
  [HTTP_REQUEST] = { "http.request", "HTTP.Request", N_ ("Request"), LEC_TYPE_BOOLEAN,
                     .explanation =
                         N_ ("A client asks: the start line says what is to be done (the method), to what (the target) "
                             "and in which version of HTTP (RFC 9112 §3).") },
  [HTTP_REQUEST_METHOD] = { "http.request.method", "HTTP.Method", N_ ("Method"), LEC_TYPE_STRING,
                            .explanation = N_ (
                                "What the client wants done. GET fetches, HEAD fetches the headers only, POST hands "
                                "something in, PUT stores, DELETE removes (RFC 9110 §9).") },
  [HTTP_REQUEST_URI] = { "http.request.uri", "HTTP.Uri", N_ ("Target"), LEC_TYPE_STRING,
                         .explanation =
                             N_ ("What is asked for. Usually only path and query: the server's name stands in the Host "
                                 "header. To a proxy it is the whole address (RFC 9112 §3.2).") },
  [HTTP_REQUEST_URI_PATH] = { "http.request.uri.path", "HTTP.UriPath", N_ ("Path"), LEC_TYPE_STRING },
  [HTTP_REQUEST_URI_QUERY] = { "http.request.uri.query", "HTTP.UriQuery", N_ ("Query"), LEC_TYPE_STRING,
                               .explanation = N_ (
                                   "What follows the question mark: values handed to the server, often typed into a "
                                   "form (RFC 3986 §3.4).") },
  [HTTP_REQUEST_URI_PARAMETER] = { "http.request.uri.query.parameter", NULL, N_ ("Parameter"), LEC_TYPE_STRING },
  [HTTP_REQUEST_VERSION] = { "http.request.version", NULL, N_ ("Version"), LEC_TYPE_STRING,
                             .explanation = N_ (
                                 "The highest version of HTTP that the client speaks. From 1.1 on a connection stays "
                                 "open for further requests unless one side says close (RFC 9112 §9.3).") },
  [HTTP_REQUEST_FULL_URI] = { "http.request.full_uri", "HTTP.FullUri", N_ ("Whole address"), LEC_TYPE_STRING,
                              .explanation =
                                  N_ ("Put together from the Host header and the target, as the browser's address "
                                      "line would show it (RFC 9112 §3.3).") },
  [HTTP_RESPONSE] = { "http.response", "HTTP.Response", N_ ("Response"), LEC_TYPE_BOOLEAN,
                      .explanation = N_ ("A server answers: the status line says how it went (RFC 9112 §4).") },
  [HTTP_RESPONSE_VERSION] = { "http.response.version", NULL, N_ ("Version"), LEC_TYPE_STRING,
                              .explanation = N_ ("The version of HTTP that the server speaks; it may be newer than the "
                                                 "request's (RFC 9110 §2.5).") },
  [HTTP_RESPONSE_CODE] = { "http.response.code", "HTTP.StatusCode", N_ ("Status code"), LEC_TYPE_UINT16,
                           .explanation =
                               N_ ("How it went, in three digits. 1xx: wait, 2xx: done, 3xx: look elsewhere or in your "
                                   "own copy, 4xx: the request is at fault, 5xx: the server is (RFC 9110 §15).") },
  [HTTP_RESPONSE_CODE_DESC] = { "http.response.code.desc", NULL, N_ ("Registered phrase"), LEC_TYPE_STRING,
                                .explanation =
                                    N_ ("What the registry of status codes calls this one; the server may have sent "
                                        "other words.") },
  [HTTP_RESPONSE_PHRASE] = { "http.response.phrase", "HTTP.ReasonPhrase", N_ ("Reason phrase"), LEC_TYPE_STRING,
                             .explanation = N_ ("The status in words, for people; programs look at the code only "
                                                "(RFC 9112 §4).") },
  [HTTP_RESPONSE_MEANING] = { "http.response.code.meaning", NULL, N_ ("Meaning"), LEC_TYPE_STRING },
  [HTTP_RESPONSE_BEGINS] = { "http.response.begins", NULL, N_ ("Begins here with status"), LEC_TYPE_UINT16,
                             .explanation = N_ ("The status code, said only of the frame in which the response begins. "
                                                "http.response.code is said of all frames that carry it.") },
  [HTTP_REQUEST_IN] = { "http.request_in", NULL, N_ ("Request in frame"), LEC_TYPE_FRAME,
                        .explanation = N_ ("The frame with the first byte of the request that this answers.") },
  [HTTP_RESPONSE_IN] = { "http.response_in", NULL, N_ ("Response in frame"), LEC_TYPE_FRAME,
                         .explanation = N_ ("The frame with the first byte of the answer to this request.") },
  [HTTP_TIME] = { "http.time", "HTTP.ResponseTime", N_ ("Time since the request"), LEC_TYPE_DURATION,
                  .explanation =
                      N_ ("From the frame that began the request to the frame that began the answer: one journey there "
                          "and back, and what the server took to think.") },
  [HTTP_HEADERS] = { "http.headers", "HTTP.Headers", N_ ("Headers"), LEC_TYPE_NONE,
                     .explanation =
                         N_ ("A line each: a name, a colon, a value. They describe the message, the body and what the "
                             "sender can do (RFC 9110 §6.3).") },
  [HTTP_HEADER] = { "http.header", NULL, N_ ("Header"), LEC_TYPE_STRING,
                    .explanation = N_ ("A header that Lectern has no field of its own for: name and value.") },
  [HTTP_CONTENT_LENGTH] = { "http.content_length", NULL, N_ ("Length of the body"), LEC_TYPE_UINT64,
                            .explanation = N_ ("The Content-Length header as a number of bytes.") },
  [HTTP_CONTENT_LENGTH_BAD] = { "http.content_length.bad", NULL, N_ ("Contradictory Content-Length"), LEC_TYPE_NONE,
                                .explanation = N_ (
                                    "Several lengths that differ, or no number: nobody can know where the body ends. "
                                    "An attacker may use that to smuggle a request past a proxy "
                                    "(RFC 9112 §6.3).") },
  [HTTP_COOKIE_PAIR] = { "http.cookie_pair", NULL, N_ ("Cookie pair"), LEC_TYPE_STRING },
  [HTTP_AUTHBASIC] = { "http.authbasic", "HTTP.Credentials", N_ ("Credentials"), LEC_TYPE_STRING,
                       .explanation =
                           N_ ("User and password. Basic authentication only codes them in Base64, which anyone can "
                               "read who sees the bytes (RFC 7617 §4).") },
  [HTTP_LINES] = { "http.header_lines", NULL, N_ ("Header lines as sent"), LEC_TYPE_NONE },
  [HTTP_REQUEST_LINE] = { "http.request.line", NULL, N_ ("Header line"), LEC_TYPE_STRING },
  [HTTP_RESPONSE_LINE] = { "http.response.line", NULL, N_ ("Header line"), LEC_TYPE_STRING },
  [HTTP_FILE_DATA] = { "http.file_data", "HTTP.Payload", N_ ("Body"), LEC_TYPE_STRING,
                       .explanation =
                           N_ ("What the message carries, as sent: compressed or in chunks where the headers say so "
                               "(RFC 9112 §6).") },
  [HTTP_CHUNKS] = { "http.chunks", NULL, N_ ("Chunks"), LEC_TYPE_NONE,
                    .explanation = N_ (
                        "The server began to send before it knew the length: it sends pieces, each with its length in "
                        "hexadecimal before it, until one of length 0 (RFC 9112 §7.1).") },
  [HTTP_CHUNK_SIZE] = { "http.chunk_size", NULL, N_ ("Chunk length"), LEC_TYPE_UINT32 },
  [HTTP_CHUNK_DATA] = { "http.chunk_data", NULL, N_ ("Chunk"), LEC_TYPE_BYTES },

  [FIRST + 0] = HEADER ("host", "HTTP.Host", "Host",
                        N_ ("Which server is asked: many share one address, and only this name tells them apart. "
                            "Required from HTTP/1.1 on (RFC 9110 §7.2).")),
  [FIRST + 1] = HEADER ("user_agent", "HTTP.UserAgent", "User-Agent",
                        N_ ("The program that asks. Browsers pretend to be several others for old servers' sake "
                            "(RFC 9110 §10.1.5).")),
  [FIRST + 2] = HEADER ("server", "HTTP.Server", "Server",
                        N_ ("The program that answers, and often its version and system, which tells an attacker "
                            "what to look for (RFC 9110 §10.2.4).")),
  [FIRST + 3] = HEADER ("referer", "HTTP.Referer", "Referer",
                        N_ ("The page whose link was followed, or which needed this part; misspelt since 1992 "
                            "(RFC 9110 §10.1.3).")),
  [FIRST + 4] = HEADER ("location", "HTTP.Location", "Location",
                        N_ ("Where to go instead (3xx), or where the new thing is (201) (RFC 9110 §10.2.2).")),
  [FIRST + 5] = HEADER ("cookie", "HTTP.Cookie", "Cookie",
                        N_ ("What the server asked the client to bring along with Set-Cookie: how it knows the same "
                            "client again (RFC 6265 §4.2).")),
  [FIRST + 6] = HEADER ("set_cookie", "HTTP.SetCookie", "Set-Cookie",
                        N_ ("The client is asked to keep this and to send it with each further request "
                            "(RFC 6265 §4.1).")),
  [FIRST + 7] = HEADER ("content_type", "HTTP.ContentType", "Content-Type",
                        N_ ("What kind of thing the body is, and in which character set (RFC 9110 §8.3).")),
  [FIRST + 8] = HEADER ("content_length_header", "HTTP.ContentLength", "Content-Length",
                        N_ ("Bytes of the body. With it the other side knows where the message ends without closing "
                            "the connection. It counts neither start line nor headers (RFC 9110 §8.6).")),
  [FIRST + 9] = HEADER ("content_encoding", "HTTP.ContentEncoding", "Content-Encoding",
                        N_ ("The body is compressed, and by what (RFC 9110 §8.4).")),
  [FIRST + 10] = HEADER ("transfer_encoding", "HTTP.TransferEncoding", "Transfer-Encoding",
                         N_ ("How the body is packed for this journey; chunked: in pieces, each with its length "
                             "(RFC 9112 §6.1).")),
  [FIRST + 11] = HEADER ("connection", "HTTP.Connection", "Connection",
                         N_ ("close: no further message comes after this one; keep-alive: the connection stays open; "
                             "upgrade: another protocol is to follow (RFC 9110 §7.6.1).")),
  [FIRST + 12] = HEADER ("cache_control", "HTTP.CacheControl", "Cache-Control",
                         N_ ("Who may keep a copy, and for how long (RFC 9111 §5.2).")),
  [FIRST + 13] = HEADER ("last_modified", "HTTP.LastModified", "Last-Modified",
                         N_ ("When it was last changed. The client can ask with If-Modified-Since whether that still "
                             "holds (RFC 9110 §8.8.2).")),
  [FIRST + 14] = HEADER ("date", "HTTP.Date", "Date",
                         N_ ("When the server made this answer, by its own clock (RFC 9110 §6.6.1).")),
  [FIRST + 15] = HEADER ("authorization", "HTTP.Authorization", "Authorization",
                         N_ ("The client shows who it is, usually after a 401 (RFC 9110 §11.6.2).")),
  [FIRST + 16] = HEADER ("www_authenticate", "HTTP.WWWAuthenticate", "WWW-Authenticate",
                         N_ ("How the client may show who it is, and for which part of the server "
                             "(RFC 9110 §11.6.1).")),
  [FIRST + 17] = HEADER ("accept", "HTTP.Accept", "Accept",
                         N_ ("Kinds of body that the client can use; q ranks them from 0 to 1 (RFC 9110 §12.5.1).")),
  [FIRST + 18] = HEADER ("accept_language", "HTTP.AcceptLanguage", "Accept-Language",
                         N_ ("Languages that the user reads, the best liked first (RFC 9110 §12.5.4).")),
  [FIRST + 19] = HEADER ("accept_encoding", "HTTP.AcceptEncoding", "Accept-Encoding",
                         N_ ("Compressions that the client can undo (RFC 9110 §12.5.3).")),
  [FIRST + 20] = HEADER ("upgrade", "HTTP.Upgrade", "Upgrade",
                         N_ ("Protocols to which the connection could change, for example websocket "
                             "(RFC 9110 §7.8).")),
  [FIRST + 21] = HEADER ("x_forwarded_for", "HTTP.XForwardedFor", "X-Forwarded-For",
                         N_ ("A proxy says for whom it asks: the client's address as the proxy saw it. Anyone can "
                             "write it.")),
  [FIRST + 22] = HEADER ("proxy_authenticate", "HTTP.ProxyAuthenticate", "Proxy-Authenticate",
                         N_ ("How the client may show the proxy who it is (RFC 9110 §11.7.1).")),
  [FIRST + 23] = HEADER ("proxy_authorization", "HTTP.ProxyAuthorization", "Proxy-Authorization",
                         N_ ("The client shows the proxy who it is (RFC 9110 §11.7.2).")),
  [FIRST + 24] = HEADER ("sec_websocket_accept", NULL, "Sec-WebSocket-Accept",
                         N_ ("Made from the client's key: proves that the server understood WebSocket "
                             "(RFC 6455 §4.2.2).")),
  [FIRST + 25] = HEADER ("sec_websocket_extensions", NULL, "Sec-WebSocket-Extensions", NULL),
  [FIRST + 26] = HEADER ("sec_websocket_key", NULL, "Sec-WebSocket-Key",
                         N_ ("A random value that the server has to answer with Sec-WebSocket-Accept "
                             "(RFC 6455 §4.1).")),
  [FIRST + 27] = HEADER ("sec_websocket_protocol", NULL, "Sec-WebSocket-Protocol", NULL),
  [FIRST + 28] = HEADER ("sec_websocket_version", NULL, "Sec-WebSocket-Version", NULL),
  [FIRST + 29] = HEADER ("http2_settings", NULL, "HTTP2-Settings",
                         N_ ("The client offers HTTP/2 on this connection, with these settings (RFC 7540 §3.2.1).")),
  [FIRST + 30] = HEADER ("if_modified_since", "HTTP.IfModifiedSince", "If-Modified-Since",
                         N_ ("The client has a copy of this age and wants a new one only if it has changed since; "
                             "else the server answers 304 (RFC 9110 §13.1.3).")),
  [FIRST + 31] = HEADER ("if_none_match", "HTTP.IfNoneMatch", "If-None-Match",
                         N_ ("The client has the version with this tag and wants another one only if the tag has "
                             "changed; else the server answers 304 (RFC 9110 §13.1.2).")),
  [FIRST + 32] = HEADER ("etag", "HTTP.ETag", "ETag",
                         N_ ("A tag for this very version: another version has another tag (RFC 9110 §8.8.3).")),
  { NULL },
};

const LecField *
lec_http_header_field (const char *name, uint32_t length)
{
  for (const LecField *field = &lec_http_fields[HTTP_FIRST_HEADER]; field->name; field++)
    if (!g_ascii_strncasecmp (field->label, name, length) && field->label[length] == '\0')
      return field;
  return &lec_http_fields[HTTP_HEADER];
}

gboolean
lec_http_is_header (const LecField *field, const char *name)
{
  return field >= &lec_http_fields[HTTP_FIRST_HEADER] && !g_ascii_strcasecmp (field->label, name);
}
