#include <string.h>

#include "protocol/http-head.h"

static LecHttpStart
start_of (const char *text)
{
  return lec_http_looks_like_start ((const uint8_t *) text, (uint32_t) strlen (text));
}

static void
assert_slice (const char *text, LecHttpSlice slice, const char *expected)
{
  g_assert_cmpmem (text + slice.offset, slice.length, expected, strlen (expected));
}

static gboolean
parse (const char *text, LecHttpHead *head)
{
  return lec_http_head_parse ((const uint8_t *) text, (uint32_t) strlen (text), head);
}

static void
test_start (void)
{
  static const struct {
    const char *text;
    LecHttpStart start;
  } cases[] = {
    { "GET / HTTP/1.1\r\n", LEC_HTTP_START_REQUEST },
    { "GET /a b HTTP/1.0\n", LEC_HTTP_START_REQUEST },
    { "Brew* /pot HTTP/1.1\r\n", LEC_HTTP_START_REQUEST },
    { "OPTIONS * HTTP/1.1\r\n", LEC_HTTP_START_REQUEST },
    { "HEAD / HTTP/1.1\r\n", LEC_HTTP_START_REQUEST },
    { "HTTP/1.1 200 OK\r\n", LEC_HTTP_START_RESPONSE },
    { "HTTP/1.0", LEC_HTTP_START_RESPONSE },
    { "HTTP/1.1x", LEC_HTTP_START_NO },
    { "", LEC_HTTP_START_MAYBE },
    { "HT", LEC_HTTP_START_MAYBE },
    { "HTTP/1", LEC_HTTP_START_MAYBE },
    { "GE", LEC_HTTP_START_MAYBE },
    { "GET /very/long", LEC_HTTP_START_MAYBE },
    { "GET / HTTP/1.1\r", LEC_HTTP_START_MAYBE },
    { "EHLO mail.example.com\r\n", LEC_HTTP_START_NO },
    { "OPTIONS rtsp://example.com/ RTSP/1.0\r\n", LEC_HTTP_START_NO },
    { "PRI * HTTP/2.0\r\n", LEC_HTTP_START_NO },
    { "GET HTTP/1.1\r\n", LEC_HTTP_START_NO },
    { "GET \x01", LEC_HTTP_START_NO },
    { "\x16\x03\x01", LEC_HTTP_START_NO },
    { " GET / HTTP/1.1\r\n", LEC_HTTP_START_NO },
    { "{\"a\": 1}", LEC_HTTP_START_NO },
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ", LEC_HTTP_START_NO },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (start_of (cases[i].text), ==, cases[i].start);
  }
}

static void
test_length (void)
{
  static const struct {
    const char *text;
    uint32_t length;
  } cases[] = {
    { "GET / HTTP/1.1\r\nA: b\r\n\r\nbody", 24 },
    { "GET / HTTP/1.1\nA: b\n\nbody", 21 },
    { "GET / HTTP/1.1\nA: b\n\r\nbody", 22 },
    { "GET / HTTP/1.1\r\n\r\n", 18 },
    { "GET / HTTP/1.1\r\nA: b\r\n\r", 0 },
    { "GET / HTTP/1.1\r\nA: b\r\n", 0 },
    { "", 0 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (lec_http_head_length ((const uint8_t *) cases[i].text, (uint32_t) strlen (cases[i].text)), ==,
                      cases[i].length);
  g_assert_cmpuint (lec_http_empty_lines ((const uint8_t *) "\r\n\nGET", 6), ==, 3);
  g_assert_cmpuint (lec_http_empty_lines ((const uint8_t *) "\rGET", 4), ==, 0);
}

static void
test_request (void)
{
  const char *text = "POST /a?b=c HTTP/1.1\r\nhost:\twww.example.com  \r\nContent-Length: 5\r\n"
                     "CONNECTION: Keep-Alive, Upgrade\r\nUpgrade: websocket\r\n\r\nhello";
  LecHttpHead head;

  g_assert_true (parse (text, &head));
  g_assert_false (head.is_response);
  g_assert_cmpint (head.method, ==, LEC_HTTP_METHOD_POST);
  assert_slice (text, head.method_text, "POST");
  assert_slice (text, head.target, "/a?b=c");
  assert_slice (text, head.version, "HTTP/1.1");
  assert_slice (text, head.start_line, "POST /a?b=c HTTP/1.1");
  assert_slice (text, head.host, "www.example.com");
  g_assert_cmpint (head.content_length, ==, 5);
  g_assert_true (head.keep_alive);
  g_assert_true (head.upgrade);
  g_assert_false (head.close);
  g_assert_cmpuint (head.n_headers, ==, 4);
  g_assert_cmpstr (text + head.length, ==, "hello");
  g_assert_cmpint (lec_http_head_body (&head, LEC_HTTP_METHOD_NONE), ==, LEC_HTTP_BODY_LENGTH);
}

static void
test_response (void)
{
  const char *text = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nTransfer-Encoding: gzip, chunked\r\n\r\n";
  LecHttpHead head;

  g_assert_true (parse (text, &head));
  g_assert_true (head.is_response);
  g_assert_cmpuint (head.status, ==, 404);
  assert_slice (text, head.phrase, "Not Found");
  assert_slice (text, head.content_type, "text/html");
  g_assert_true (head.chunked);
  g_assert_cmpint (head.content_length, ==, -1);
  g_assert_cmpint (lec_http_head_body (&head, LEC_HTTP_METHOD_GET), ==, LEC_HTTP_BODY_CHUNKED);
  g_assert_cmpint (lec_http_head_body (&head, LEC_HTTP_METHOD_HEAD), ==, LEC_HTTP_BODY_NONE);

  g_assert_true (parse ("HTTP/1.0 200\r\n\r\n", &head));
  g_assert_cmpuint (head.status, ==, 200);
  g_assert_cmpuint (head.phrase.length, ==, 0);
  g_assert_cmpint (lec_http_head_body (&head, LEC_HTTP_METHOD_GET), ==, LEC_HTTP_BODY_CLOSE);
  g_assert_cmpint (lec_http_head_body (&head, LEC_HTTP_METHOD_CONNECT), ==, LEC_HTTP_BODY_TUNNEL);
  g_assert_true (parse ("HTTP/1.1 2xx what\r\n\r\n", &head));
  g_assert_cmpuint (head.status, ==, 2);
  g_assert_true (parse ("HTTP/1.1 what\r\n\r\n", &head));
  g_assert_cmpuint (head.status, ==, 0);
}

/* RFC 9110 §8.6, RFC 9112 §6.3 */
static void
test_content_length (void)
{
  static const struct {
    const char *headers;
    int64_t length;
    gboolean bad;
  } cases[] = {
    { "Content-Length: 42\r\n", 42, FALSE },
    { "Content-Length: 42, 42\r\n", 42, FALSE },
    { "Content-Length: 42\r\nContent-Length: 42\r\n", 42, FALSE },
    { "Content-Length: 42\r\nContent-Length: 43\r\n", -1, TRUE },
    { "Content-Length: -1\r\n", -1, TRUE },
    { "Content-Length: 1e3\r\n", -1, TRUE },
    { "Content-Length:\r\n", -1, TRUE },
    { "Content-Length: 18446744073709551615\r\n", -1, TRUE },
    { "Content-Length: 99999999999999999999999999\r\n", -1, TRUE },
    { "Content-Lengths: 1\r\n", -1, FALSE },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat ("HTTP/1.1 200 OK\r\n", cases[i].headers, "\r\n", NULL);
    LecHttpHead head;
    g_assert_true (parse (text, &head));
    g_assert_cmpint (head.content_length, ==, cases[i].length);
    g_assert_cmpint (head.content_length_bad, ==, cases[i].bad);
  }
}

static void
test_headers (void)
{
  const char *text = "GET / HTTP/1.1\r\nA: one\r\n two\r\nnonsense\r\n: empty\r\nB:\r\n\r\n";
  static const char *const expected[][2] = { { "A", "one\r\n two" }, { "", "nonsense" }, { "", "empty" }, { "B", "" } };
  LecHttpHead head;
  LecHttpHeader header;

  g_assert_true (parse (text, &head));
  g_assert_cmpuint (head.n_headers, ==, 4);
  uint32_t offset = head.headers.offset;
  for (unsigned i = 0; i < 4; i++) {
    g_assert_true (
        lec_http_next_header ((const uint8_t *) text, head.headers.offset + head.headers.length, &offset, &header));
    assert_slice (text, header.name, expected[i][0]);
    assert_slice (text, header.value, expected[i][1]);
  }
  g_assert_false (
      lec_http_next_header ((const uint8_t *) text, head.headers.offset + head.headers.length, &offset, &header));
}

/* Cut at every byte, in memory of exactly that size so that the sanitizer sees a step too far; what was recognised
 * from less must not be taken back with more. */
static void
test_cut (void)
{
  static const char *const texts[] = {
    "POST /a?b=c HTTP/1.1\r\nHost: www.example.com\r\nContent-Length: 5, 5\r\nConnection: close\r\n\r\nhello",
    "HTTP/1.1 302 Found\r\nLocation: /x\r\n y\r\nTransfer-Encoding: chunked\r\n\r\n",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    for (uint32_t length = 0; length <= strlen (texts[i]); length++) {
      g_autofree uint8_t *bytes = length ? g_memdup2 (texts[i], length) : NULL;
      LecHttpHead head;
      g_assert_cmpint (lec_http_looks_like_start (bytes, length), !=, LEC_HTTP_START_NO);
      lec_http_head_parse (bytes, length, &head);
      g_assert_cmpuint (head.length, <=, length);
      g_assert_cmpuint (head.headers.offset + head.headers.length, <=, length);
      g_assert_cmpuint (head.target.offset + head.target.length, <=, length);
    }
}

/* 64 KB of headers, and of one header. */
static void
test_long (void)
{
  g_autoptr (GString) many = g_string_new ("GET / HTTP/1.1\r\n");
  g_autoptr (GString) one = g_string_new ("GET / HTTP/1.1\r\nA: ");
  LecHttpHead head;

  while (many->len < 65536)
    g_string_append (many, "X: y\r\n");
  while (one->len < 65536)
    g_string_append (one, "zzzz");
  g_string_append (many, "\r\n");
  g_string_append (one, "\r\n\r\n");
  g_assert_true (parse (many->str, &head));
  g_assert_cmpuint (head.length, ==, many->len);
  g_assert_cmpuint (head.n_headers, ==, (many->len - 18) / 6);
  g_assert_true (parse (one->str, &head));
  g_assert_cmpuint (head.length, ==, one->len);
  g_assert_cmpuint (head.n_headers, ==, 1);
}

static void
test_methods (void)
{
  for (unsigned i = LEC_HTTP_METHOD_GET; i < LEC_N_HTTP_METHODS; i++) {
    g_autofree char *text = g_strdup_printf ("%s / HTTP/1.1\r\n\r\n", lec_http_method_name ((LecHttpMethod) i));
    LecHttpHead head;
    g_assert_true (parse (text, &head));
    g_assert_cmpuint (head.method, ==, i);
  }
  LecHttpHead head;
  g_assert_true (parse ("get / HTTP/1.1\r\n\r\n", &head));
  g_assert_cmpint (head.method, ==, LEC_HTTP_METHOD_OTHER);
  g_assert_null (lec_http_method_name (LEC_HTTP_METHOD_OTHER));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-head/start", test_start);
  g_test_add_func ("/http-head/length", test_length);
  g_test_add_func ("/http-head/request", test_request);
  g_test_add_func ("/http-head/response", test_response);
  g_test_add_func ("/http-head/content-length", test_content_length);
  g_test_add_func ("/http-head/headers", test_headers);
  g_test_add_func ("/http-head/cut", test_cut);
  g_test_add_func ("/http-head/long", test_long);
  g_test_add_func ("/http-head/methods", test_methods);
  return g_test_run ();
}
