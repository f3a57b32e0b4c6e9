/* What the rows of the sample traces say. Expected texts are what the traces hold: times and addresses as tcpdump
 * prints them. */
#include <stdio.h>
#include <string.h>

#include "session/rows.h"
#include "trace/writer.h"

typedef struct {
  LecSession *session;
  LecRowList *list;
  LecRowText *text;
} Sample;

static void
open_trace (Sample *sample, const char *path, LecView view)
{
  g_autoptr (GError) error = NULL;
  uint32_t position, removed, added;

  sample->session = lec_session_open (path, &error);
  g_assert_no_error (error);
  lec_session_wait (sample->session);
  sample->list = lec_row_list_new (sample->session, view);
  sample->text = lec_row_text_new ();
  while (lec_row_list_update (sample->list, &position, &removed, &added))
    ;
}

static void
open_sample (Sample *sample, const char *name, LecView view)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_SAMPLES"), name, NULL);

  open_trace (sample, path, view);
}

static void
close_sample (Sample *sample)
{
  lec_row_text_free (sample->text);
  lec_row_list_free (sample->list);
  lec_session_free (sample->session);
}

static LecRow
read_row (Sample *sample, uint32_t position, LecTimeFormat format)
{
  LecRow row, previous;

  g_assert_true (lec_row_list_get (sample->list, position, &row));
  gboolean has_previous = position && lec_row_list_get (sample->list, position - 1, &previous);
  lec_row_text_fill (sample->text, sample->session, &row, has_previous ? &previous : NULL, format, FALSE);
  return row;
}

/* The row that shows FRAME. */
static LecRow
row_of_frame (Sample *sample, uint32_t frame)
{
  uint32_t position = lec_row_list_find (sample->list, frame);

  g_assert_cmpuint (position, !=, G_MAXUINT32);
  return read_row (sample, position, LEC_TIME_SINCE_START);
}

static const char *
text (const Sample *sample, LecColumnId column)
{
  return sample->text->texts[column]->str;
}

static void
assert_begins (const char *what, const char *with)
{
  if (!g_str_has_prefix (what, with))
    g_error ("“%s” does not begin with “%s”", what, with);
}

static void
assert_holds (const char *what, const char *part)
{
  if (!strstr (what, part))
    g_error ("“%s” does not hold “%s”", what, part);
}

static void
keep_frames (LecSession *session, uint32_t operation, GArray *frames, void *data)
{
  *(GArray **) data = frames;
}

static uint32_t
expand (Sample *sample, uint32_t position)
{
  LecRow row;
  GArray *frames = NULL;

  g_assert_true (lec_row_list_get (sample->list, position, &row));
  if (row.kind == LEC_ROW_OPERATION) {
    lec_session_request_frames (sample->session, row.operation, keep_frames, &frames);
    lec_session_wait (sample->session);
  }
  return lec_row_list_expand (sample->list, position, frames);
}

/* S17, S20: the redirection in one line, with where it leads to. */
static void
test_http (void)
{
  Sample sample;

  open_sample (&sample, "redirect.pcap", LEC_VIEW_MESSAGES);
  LecRow row = row_of_frame (&sample, 12);
  g_assert_cmpint (row.kind, ==, LEC_ROW_OPERATION);
  g_assert_cmpuint (row.frame, ==, 10);
  assert_begins (text (&sample, LEC_COLUMN_SUMMARY), "302 Moved Temporarily · GET /promo · first byte 30 ms → http://");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_NUMBER), ==, "10");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_MODULE), ==, "HTTP");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_TIME), ==, "0.121\u202f237");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_ELAPSED), ==, "0.030\u202f327");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_SOURCE), ==, "192.0.2.17");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_DESTINATION), ==, "www.example.com");
  g_assert_cmpuint (sample.text->representative, ==, 12);
  g_assert_cmpint (sample.text->verdict, ==, -1);
  close_sample (&sample);
}

/* Request and response below it, and below these the frames: data by direction, an ACK by what it acknowledges. */
static void
test_http_parts (void)
{
  static const struct {
    LecRowKind kind;
    uint32_t frame;
    const char *module;
    const char *summary;
  } expected[] = {
    { LEC_ROW_REQUEST, 10, "HTTP", "Request, GET /promo" }, { LEC_ROW_FRAME, 10, "TCP", "Flags: ...AP..." },
    { LEC_ROW_FRAME, 11, "TCP", "Flags: ...A...." },        { LEC_ROW_RESPONSE, 12, "HTTP", "Response, Status: " },
    { LEC_ROW_FRAME, 12, "TCP", "Flags: ...AP..." },        { LEC_ROW_FRAME, 13, "TCP", "Flags: ...A...." },
  };
  Sample sample;

  open_sample (&sample, "redirect.pcap", LEC_VIEW_MESSAGES);
  uint32_t top = lec_row_list_find (sample.list, 10);
  g_assert_cmpuint (expand (&sample, top), ==, 2);
  g_assert_cmpuint (expand (&sample, top + 2), ==, 2);
  g_assert_cmpuint (expand (&sample, top + 1), ==, 2);
  for (uint32_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    LecRow row = read_row (&sample, top + 1 + i, LEC_TIME_SINCE_START);
    g_assert_cmpint (row.kind, ==, expected[i].kind);
    g_assert_cmpuint (row.frame, ==, expected[i].frame);
    g_assert_cmpstr (text (&sample, LEC_COLUMN_MODULE), ==, expected[i].module);
    assert_begins (text (&sample, LEC_COLUMN_SUMMARY), expected[i].summary);
  }
  read_row (&sample, top + 4, LEC_TIME_SINCE_START);
  g_assert_cmpstr (text (&sample, LEC_COLUMN_SOURCE), ==, "www.example.com");
  close_sample (&sample);
}

/* Recorded at the server, which sends its SYN/ACK within microseconds: the way to the client and back counts. */
static void
test_round_trip_seen_at_server (void)
{
  Sample sample;

  open_sample (&sample, "windows-logon.pcapng", LEC_VIEW_MESSAGES);
  row_of_frame (&sample, 3);
  g_assert_cmpstr (text (&sample, LEC_COLUMN_SUMMARY), ==, "Connect, complete · three-way handshake, RTT 30 ms");
  close_sample (&sample);
}

/* S13: the handshake in one line; and what else is an operation. */
static void
test_other_operations (void)
{
  Sample sample;

  open_sample (&sample, "redirect.pcap", LEC_VIEW_MESSAGES);
  row_of_frame (&sample, 8);
  g_assert_cmpstr (text (&sample, LEC_COLUMN_SUMMARY), ==, "Connect, complete · three-way handshake, RTT 30 ms");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_MODULE), ==, "TCP");
  row_of_frame (&sample, 4);
  g_assert_cmpstr (text (&sample, LEC_COLUMN_SUMMARY), ==, "A www.example.com → 198.51.100.20 · 30 ms");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_MODULE), ==, "DNS");
  row_of_frame (&sample, 17);
  g_assert_cmpstr (text (&sample, LEC_COLUMN_SUMMARY), ==, "Echo to 198.51.100.20 · answered after 30 ms");
  g_assert_cmpstr (text (&sample, LEC_COLUMN_SOURCE), ==, "192.0.2.17");
  close_sample (&sample);
}

/* S4–S7: the attempt, its own SYN's line, and each repeat a row that names the first. */
static void
test_silent_port (void)
{
  Sample sample;
  unsigned n_repeats = 0;

  open_sample (&sample, "closed-port-silent.pcapng", LEC_VIEW_MESSAGES);
  LecRow row = row_of_frame (&sample, 13);
  g_assert_cmpint (row.kind, ==, LEC_ROW_OPERATION);
  g_assert_false (row.expandable);
  assert_begins (text (&sample, LEC_COLUMN_SUMMARY), "Flags: ......S., SrcPort: 49219, DstPort: FTP(21)");
  assert_holds (text (&sample, LEC_COLUMN_SUMMARY), " · no answer to 3 SYNs");
  g_assert_cmpint (sample.text->verdict, ==, LEC_VERDICT_NO_ANSWER);
  g_assert_false (sample.text->verdict_inside);
  g_assert_cmpstr (text (&sample, LEC_COLUMN_VERDICT), !=, "");
  for (uint32_t i = 0; i < lec_row_list_n_rows (sample.list); i++) {
    row = read_row (&sample, i, LEC_TIME_SINCE_START);
    if (sample.text->verdict != LEC_VERDICT_RETRANSMISSION)
      continue;
    n_repeats++;
    g_assert_cmpint (row.kind, ==, LEC_ROW_FRAME);
    assert_begins (text (&sample, LEC_COLUMN_SUMMARY), "Flags: ......S., SrcPort: 49219");
    assert_holds (text (&sample, LEC_COLUMN_SUMMARY), "13");
  }
  g_assert_cmpuint (n_repeats, ==, 2);
  close_sample (&sample);
}

/* S10 */
static void
test_refused_port (void)
{
  Sample sample;

  open_sample (&sample, "closed-port-refused.pcap", LEC_VIEW_MESSAGES);
  for (uint32_t frame = 3; frame <= 7; frame += 2) {
    LecRow row = row_of_frame (&sample, frame);
    g_assert_cmpuint (row.frame, ==, frame);
    g_assert_true (row.expandable);
    g_assert_cmpstr (text (&sample, LEC_COLUMN_SUMMARY), ==, "Connect, refused · reset by the server after 20 ms");
    g_assert_cmpint (sample.text->verdict, ==, LEC_VERDICT_REFUSED);
    g_assert_cmpuint (sample.text->representative, ==, frame + 1);
  }
  close_sample (&sample);
}

/* A collapsed row tells of trouble in its parts; laid open, it leaves that to them.
 * Here a SYN is sent again, for the SYN-ACK was lost. */
static void
test_verdict_inside (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("LECTERN_CAPTURES"), "lab", "s11d-lost-synack-1.client.pcapng", NULL);
  Sample sample;
  unsigned n_inside = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip ("no captures here");
    return;
  }
  open_trace (&sample, path, LEC_VIEW_MESSAGES);
  for (uint32_t i = 0; i < lec_row_list_n_rows (sample.list); i++) {
    LecRow row = read_row (&sample, i, LEC_TIME_SINCE_START);
    if (!sample.text->verdict_inside)
      continue;
    n_inside++;
    g_assert_cmpint (row.kind, ==, LEC_ROW_OPERATION);
    g_assert_cmpint (sample.text->verdict, ==, LEC_VERDICT_RETRANSMISSION);
    g_assert_cmpuint (expand (&sample, i), >, 0);
    read_row (&sample, i, LEC_TIME_SINCE_START);
    g_assert_cmpint (sample.text->verdict, ==, -1);
  }
  g_assert_cmpuint (n_inside, ==, 1);
  close_sample (&sample);
}

/* Four requests in one frame: each operation tells its own, and its own answer. */
static void
test_pipelining (void)
{
  static const char *const summaries[] = { "200 OK · GET / ·", "200 OK · GET /logo.png ·",
                                           "404 Not Found · GET /nope ·", "200 OK · GET /style.css ·" };
  static const char *const requests[] = { "Request, GET /,", "Request, GET /logo.png,", "Request, GET /nope,",
                                          "Request, GET /style.css," };
  g_autofree char *path =
      g_build_filename (g_getenv ("LECTERN_CAPTURES"), "lab", "s07b-pipelining-1.client.pcapng", NULL);
  Sample sample;
  unsigned n = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip ("no captures here");
    return;
  }
  open_trace (&sample, path, LEC_VIEW_MESSAGES);
  for (uint32_t i = 0; i < lec_row_list_n_rows (sample.list) && n < G_N_ELEMENTS (summaries); i++) {
    LecRow row = read_row (&sample, i, LEC_TIME_SINCE_START);
    if (row.kind != LEC_ROW_OPERATION || strcmp (text (&sample, LEC_COLUMN_MODULE), "HTTP") != 0)
      continue;
    assert_begins (text (&sample, LEC_COLUMN_SUMMARY), summaries[n]);
    g_assert_cmpuint (expand (&sample, i), ==, 2);
    read_row (&sample, i + 1, LEC_TIME_SINCE_START);
    assert_begins (text (&sample, LEC_COLUMN_SUMMARY), requests[n++]);
  }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (summaries));
  close_sample (&sample);
}

static void
test_times (void)
{
  Sample sample;

  open_sample (&sample, "redirect.pcap", LEC_VIEW_FRAMES);
  int64_t time_ns = lec_index_time_ns (lec_session_index (sample.session), 12);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ns / 1000000000);
  g_autofree char *date = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *iso = g_strdup_printf ("%s.%06uZ", date, (unsigned) (time_ns % 1000000000 / 1000));
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (time_ns / 1000000000);
  g_autofree char *clock = g_date_time_format (local, "%H:%M:%S.");

  read_row (&sample, 11, LEC_TIME_SINCE_START);
  g_assert_cmpstr (text (&sample, LEC_COLUMN_TIME), ==, "0.151\u202f564");
  read_row (&sample, 11, LEC_TIME_SINCE_SHOWN); /* the one before is at 0.151446 */
  g_assert_cmpstr (text (&sample, LEC_COLUMN_TIME), ==, "0.000\u202f118");
  read_row (&sample, 11, LEC_TIME_UTC);
  g_assert_cmpstr (text (&sample, LEC_COLUMN_TIME), ==, iso);
  read_row (&sample, 11, LEC_TIME_OF_DAY);
  assert_begins (text (&sample, LEC_COLUMN_TIME), clock);
  close_sample (&sample);
}

static void
test_fields (void)
{
  static const struct {
    uint32_t frame;
    const char *name;
    const char *values;
  } expected[] = {
    { 10, "tcp.port", "64665,80,80,64665" }, /* of the request's and the response's frame */
    { 10, "http.response.code", "302" },
    { 10, "HTTP.Method", "GET" },
    { 1, "tcp.port", "" },
    { 1, "eth.type", "0x0806" },
  };
  Sample sample;

  open_sample (&sample, "redirect.pcap", LEC_VIEW_MESSAGES);
  for (unsigned i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (GString) values = g_string_new (NULL);
    const LecName *name = lec_registry_find (lec_session_registry (sample.session), expected[i].name);
    g_assert_nonnull (name);
    LecRow row = row_of_frame (&sample, expected[i].frame);
    lec_row_append_field (values, sample.session, &row, name);
    g_assert_cmpstr (values->str, ==, expected[i].values);
  }
  close_sample (&sample);
}

/* No row is mute, whatever it is. */
static void
test_all_rows (void)
{
  static const char *const names[] = { "closed-port-silent.pcapng",
                                       "closed-port-refused.pcap",
                                       "landing-page.pcapng",
                                       "not-modified.pcap",
                                       "redirect.pcap",
                                       "lost-segment.pcapng",
                                       "windows-logon.pcapng" };

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++) {
    Sample sample;
    open_sample (&sample, names[i], LEC_VIEW_MESSAGES);
    for (uint32_t position = 0; position < lec_row_list_n_rows (sample.list); position++) {
      read_row (&sample, position, LEC_TIME_SINCE_START);
      for (unsigned column = 0; column < LEC_N_COLUMNS; column++) {
        g_assert_true (g_utf8_validate (text (&sample, column), -1, NULL));
        if (column != LEC_COLUMN_VERDICT && column != LEC_COLUMN_ELAPSED)
          g_assert_cmpstr (text (&sample, column), !=, "");
      }
      expand (&sample, position);
    }
    close_sample (&sample);
  }
}

/* Comments are the frame's own; one without end is cut between characters. */
static void
test_comments (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_autoptr (GString) long_comment = g_string_new (NULL);
  Sample sample;

  for (unsigned i = 0; i < 5000; i++)
    g_string_append (long_comment, "€");
  section (&writer);
  interface (&writer, 1, 0);
  for (unsigned frame = 1; frame <= 3; frame++) {
    size_t start = block_begin (&writer, 6);

    put_u32 (&writer, 0);
    put_u64 (&writer, frame);
    put_u32 (&writer, 60);
    put_u32 (&writer, 60);
    put_frame (&writer, frame, 60);
    if (frame == 1) {
      put_text_option (&writer, 1, "first");
      put_text_option (&writer, 1, "second");
    } else if (frame == 2) {
      put_u64_option (&writer, 4, 12);
    } else {
      put_text_option (&writer, 1, long_comment->str);
    }
    put_u32 (&writer, 0);
    block_end (&writer, start);
  }
  g_autofree char *path = writer_save (&writer, "comments.pcapng");
  g_autofree char *folder = g_path_get_dirname (path);
  open_trace (&sample, path, LEC_VIEW_FRAMES);
  read_row (&sample, 0, LEC_TIME_SINCE_START);
  g_assert_cmpstr (sample.text->comment->str, ==, "first\nsecond");
  read_row (&sample, 1, LEC_TIME_SINCE_START);
  g_assert_cmpstr (sample.text->comment->str, ==, "");
  read_row (&sample, 2, LEC_TIME_SINCE_START);
  g_assert_true (g_utf8_validate (sample.text->comment->str, -1, NULL));
  g_assert_true (g_str_has_suffix (sample.text->comment->str, "€…"));
  g_assert_cmpuint (sample.text->comment->len, <, 2000);
  close_sample (&sample);
  remove (path);
  remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-text/http", test_http);
  g_test_add_func ("/row-text/http-parts", test_http_parts);
  g_test_add_func ("/row-text/other-operations", test_other_operations);
  g_test_add_func ("/row-text/round-trip-seen-at-server", test_round_trip_seen_at_server);
  g_test_add_func ("/row-text/silent-port", test_silent_port);
  g_test_add_func ("/row-text/refused-port", test_refused_port);
  g_test_add_func ("/row-text/verdict-inside", test_verdict_inside);
  g_test_add_func ("/row-text/pipelining", test_pipelining);
  g_test_add_func ("/row-text/times", test_times);
  g_test_add_func ("/row-text/fields", test_fields);
  g_test_add_func ("/row-text/all-rows", test_all_rows);
  g_test_add_func ("/row-text/comments", test_comments);
  return g_test_run ();
}
