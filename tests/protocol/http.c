#include "protocol/http-status.h"
#include "recorder.h"

static void
record (Recorder *recorder, LecDissection *dissection, const char *text)
{
  uint32_t length = (uint32_t) strlen (text);

  record_message (recorder, dissection, LEC_PROTOCOL_HTTP, (const uint8_t *) text, length, length);
}

/* The field covers exactly BYTES of TEXT. */
static void
assert_covers (const Recorder *recorder, const char *name, unsigned n, const char *text, const char *bytes)
{
  const Recorded *recorded = recorder_nth (recorder, name, n);

  g_assert_nonnull (recorded);
  g_assert_cmpmem (text + recorded->span.offset_bits / 8, recorded->span.length_bits / 8, bytes, strlen (bytes));
}

static void
test_request (void)
{
  const char *text = "GET /a/b?x=1&y=2 HTTP/1.1\r\nHost: www.example.com\r\nX-Own:  some thing \r\n"
                     "Cookie: a=1; b=2\r\nAuthorization: Basic dXNlcjpwYXNz\r\n"
                     "If-Modified-Since: Sat, 11 Oct 2014 00:00:00 GMT\r\nIf-None-Match: \"54387300-6e4\"\r\n\r\n";
  Recorder recorder;
  LecDissection dissection;

  record (&recorder, &dissection, text);
  g_assert_cmpstr (dissection.layers[0].summary, ==, "Request, GET /a/b?x=1&y=2, Version: HTTP/1.1");
  g_assert_cmpstr (recorder_value (&recorder, "http.request"), ==, "1");
  g_assert_cmpstr (recorder_value (&recorder, "http.request.method"), ==, "GET");
  g_assert_cmpstr (recorder_value (&recorder, "http.request.uri"), ==, "/a/b?x=1&y=2");
  g_assert_cmpstr (recorder_value (&recorder, "http.request.uri.path"), ==, "/a/b");
  g_assert_cmpstr (recorder_value (&recorder, "http.request.uri.query"), ==, "x=1&y=2");
  g_autofree char *parameters = recorder_values (&recorder, "http.request.uri.query.parameter");
  g_assert_cmpstr (parameters, ==, "x=1,y=2");
  g_assert_cmpstr (recorder_value (&recorder, "http.request.full_uri"), ==, "http://www.example.com/a/b?x=1&y=2");
  g_assert_cmpstr (recorder_value (&recorder, "http.host"), ==, "www.example.com");
  g_assert_cmpstr (recorder_value (&recorder, "http.authbasic"), ==, "user:pass");
  g_assert_cmpstr (recorder_value (&recorder, "http.if_modified_since"), ==, "Sat, 11 Oct 2014 00:00:00 GMT");
  g_assert_cmpstr (recorder_value (&recorder, "http.if_none_match"), ==, "\"54387300-6e4\"");
  assert_covers (&recorder, "http.request", 0, text, "GET /a/b?x=1&y=2 HTTP/1.1");
  assert_covers (&recorder, "http.request.version", 0, text, "HTTP/1.1");
  assert_covers (&recorder, "http.host", 0, text, "Host: www.example.com");
  assert_covers (&recorder, "http.header", 0, text, "X-Own:  some thing");
  assert_covers (&recorder, "http.cookie_pair", 1, text, "b=2");
  assert_covers (&recorder, "http.request.line", 0, text, "Host: www.example.com\r\n");
  g_assert_null (recorder_nth (&recorder, "http.response", 0));
  g_assert_null (recorder_nth (&recorder, "http.file_data", 0));
  record_clear (&recorder, &dissection);
}

static void
test_response (void)
{
  const char *text = "HTTP/1.1 304 Not Modified\r\nServer: nginx/1.22.1\r\nETag: \"1\"\r\n\r\n";
  Recorder recorder;
  LecDissection dissection;

  record (&recorder, &dissection, text);
  g_assert_cmpstr (dissection.layers[0].summary, ==, "Response, Status: Not Modified (304), Version: HTTP/1.1");
  g_assert_cmpstr (recorder_value (&recorder, "http.response.code"), ==, "304");
  g_assert_cmpstr (recorder_value (&recorder, "http.response.phrase"), ==, "Not Modified");
  g_assert_cmpstr (recorder_value (&recorder, "http.response.code.desc"), ==, "Not Modified");
  g_assert_cmpstr (recorder_value (&recorder, "http.server"), ==, "nginx/1.22.1");
  assert_covers (&recorder, "http.response.code", 0, text, "304");
  assert_covers (&recorder, "http.server", 0, text, "Server: nginx/1.22.1");
  record_clear (&recorder, &dissection);
}

/* An interim answer, the real one with its body, and a byte too many: one layer of HTTP, and data. */
static void
test_run (void)
{
  const char *text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello!";
  Recorder recorder;
  LecDissection dissection;

  record (&recorder, &dissection, text);
  g_autofree char *codes = recorder_values (&recorder, "http.response.code");
  g_assert_cmpstr (codes, ==, "100,200");
  g_assert_cmpstr (recorder_value (&recorder, "http.content_length"), ==, "5");
  g_assert_cmpstr (recorder_value (&recorder, "http.file_data"), ==, "hello");
  assert_covers (&recorder, "data.data", 0, text, "!");
  g_assert_cmpuint (dissection.n_layers, ==, 2);
  record_clear (&recorder, &dissection);
}

static void
test_chunks (void)
{
  const char *text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nTrailer: z\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n";
  Recorder recorder;
  LecDissection dissection;

  record (&recorder, &dissection, text);
  g_autofree char *sizes = recorder_values (&recorder, "http.chunk_size");
  g_assert_cmpstr (sizes, ==, "5,6,0");
  assert_covers (&recorder, "http.chunk_data", 1, text, " world");
  assert_covers (&recorder, "http.file_data", 0, text, "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nTrailer: z\r\n\r\n");
  g_assert_cmpuint (recorder_nth (&recorder, "http.response.code", 1)->number, ==, 204);
  record_clear (&recorder, &dissection);
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
    "GET /a?b=c&d HTTP/1.1\r\nHost: h\r\nCookie: ;;a; \r\nAuthorization: Basic ????\r\nContent-Length: 99\r\n\r\nx",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx\r\n-1\r\n",
    "HTTP/1.1 999999 \x01\xff\r\n folded\r\n:\r\nno colon\r\nContent-Length: 1, 2\r\n\r\nbody",
    "POST http://a/ HTTP/1.0\n\nGET",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    record_message_cut (LEC_PROTOCOL_HTTP, (const uint8_t *) texts[i], (uint32_t) strlen (texts[i]));

  /* 64 KB of headers, and a thousand requests in one frame. */
  g_autoptr (GString) many = g_string_new ("GET / HTTP/1.1\r\n");
  while (many->len < 65536)
    g_string_append (many, "X: y\r\n");
  g_string_append (many, "\r\n");
  for (unsigned i = 0; i < 1000; i++)
    g_string_append (many, "GET / HTTP/1.1\r\n\r\n");
  Recorder recorder;
  LecDissection dissection;
  record (&recorder, &dissection, many->str);
  g_assert_nonnull (recorder_nth (&recorder, "http.request", 1000));
  g_assert_nonnull (recorder_nth (&recorder, "http.header", 10000));
  record_clear (&recorder, &dissection);
}

static void
test_statuses (void)
{
  g_assert_cmpstr (lec_http_status (404)->phrase, ==, "Not Found");
  g_assert_null (lec_http_status (299));
  for (unsigned code = 0; code < 700; code++) {
    const LecHttpStatus *status = lec_http_status (code);
    if (status) {
      g_assert_cmpuint (status->code, ==, code);
      g_assert_nonnull (status->explanation);
      g_assert_nonnull (lec_http_status_class (code));
    }
  }
  g_assert_null (lec_http_status_class (600));
  g_assert_true (g_str_has_prefix (lec_http_status_class (599), "5xx"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/request", test_request);
  g_test_add_func ("/http/response", test_response);
  g_test_add_func ("/http/run", test_run);
  g_test_add_func ("/http/chunks", test_chunks);
  g_test_add_func ("/http/hostile", test_hostile);
  g_test_add_func ("/http/statuses", test_statuses);
  return g_test_run ();
}
