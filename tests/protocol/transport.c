/* UDP and TCP over frames made by hand, alone and with facts about the rest of a trace. */
#include "frames.h"
#include "recorder.h"

#define RAW_IP 101

/* Surroundings with the facts that a test sets; the stream's bytes are those of `later` behind the frame's own. */
typedef struct {
  LecSurroundings base;
  LecStreamFacts facts;
  LecMessageFacts messages[4];
  unsigned n_messages;
  int record_start;  /* −1 = none */
  const char *whole; /* what stream_bytes() gives, from the asked offset on: tests ask for one */
} Around;

static gboolean
stream (LecSurroundings *surroundings, uint32_t frame, LecStreamFacts *facts)
{
  *facts = ((Around *) surroundings)->facts;
  return TRUE;
}

static unsigned
messages (LecSurroundings *surroundings, uint32_t frame, LecMessageFacts *all, unsigned size)
{
  Around *around = (Around *) surroundings;

  g_assert_cmpuint (size, >=, around->n_messages);
  memcpy (all, around->messages, around->n_messages * sizeof *all);
  return around->n_messages;
}

static uint32_t
begun_in (LecSurroundings *surroundings, uint32_t frame)
{
  return frame - 2;
}

static gboolean
record_start (LecSurroundings *surroundings, uint32_t frame, uint32_t *offset)
{
  *offset = (uint32_t) ((Around *) surroundings)->record_start;
  return ((Around *) surroundings)->record_start >= 0;
}

static LecBytes
stream_bytes (LecSurroundings *surroundings, uint32_t frame, uint32_t offset, uint64_t length, GArray **pieces,
              uint64_t *missing)
{
  const char *whole = ((Around *) surroundings)->whole;

  *pieces = g_array_new (FALSE, FALSE, sizeof (LecPiece));
  *missing = 0;
  return (LecBytes){ (const uint8_t *) whole, (uint32_t) MIN (strlen (whole), length) };
}

static Around
around_with (LecProtocolId application)
{
  return (Around){
    .base = { .stream = stream,
              .begun_in = begun_in,
              .messages = messages,
              .record_start = record_start,
              .stream_bytes = stream_bytes },
    .facts = { .stream = 7,
               .side = 1,
               .application = (uint8_t) application,
               .sequence_known = { TRUE, TRUE },
               .first_sequence = { 0xffffff00, 1000 },
               .window_shift = { 8, 2 } },
    .record_start = -1,
  };
}

static void
dissect_bytes (Frame *frame, Around *around, uint8_t *bytes, uint32_t length)
{
  *frame = (Frame){ .bytes = bytes };
  recorder_init (&frame->recorder);
  frame->dissection = (LecDissection){
    .sink = &frame->recorder.sink,
    .surroundings = around ? &around->base : NULL,
    .frame = 3,
    .captured_bytes = length,
    .original_bytes = length,
    .link_type = RAW_IP,
    .summaries = LEC_SUMMARY_ALL,
  };
  lec_dissect_frame_bytes (&frame->dissection, frame->bytes);
}

static void
dissect (Frame *frame, Around *around, const char *hex)
{
  uint32_t length;
  uint8_t *bytes = bytes_of_hex (hex, &length);

  dissect_bytes (frame, around, bytes, length);
}

/* A segment of TCP_HEADER (hex) with PAYLOAD (text) over IPv4. */
static void
dissect_segment (Frame *frame, Around *around, const char *tcp_header, const char *payload)
{
  g_autoptr (GString) hex = g_string_new (NULL);
  size_t header_length = 0;

  for (const char *at = tcp_header; *at; at++)
    header_length += g_ascii_isxdigit (*at);
  g_string_append_printf (hex, "4500%04zx3041400040060000c0000210c6336414 %s",
                          20 + header_length / 2 + strlen (payload), tcp_header);
  for (const char *at = payload; *at; at++)
    g_string_append_printf (hex, "%02x", (uint8_t) *at);
  dissect (frame, around, hex->str);
}

static const char *
summary_of (const Frame *frame, LecProtocolId protocol)
{
  for (unsigned i = 0; i < frame->dissection.n_layers; i++)
    if (frame->dissection.layers[i].protocol->id == protocol)
      return frame->dissection.layers[i].summary;
  return NULL;
}

/* Port 80 to 64665, sequence 1100, acknowledgement 0xffffff10, window 16371. */
#define ACK_RST "0050fc99 0000044c ffffff10 5014 3ff3 0000 0000"
#define DATA    "0050fc99 0000044c ffffff10 5018 3ff3 0000 0000"

static void
summary_has_message_analyzers_shape (void)
{
  Around around = around_with (LEC_PROTOCOL_DATA);
  Frame frame;

  dissect_segment (&frame, &around, ACK_RST, "");
  g_assert_cmpstr (summary_of (&frame, LEC_PROTOCOL_TCP), ==,
                   "Flags: ...A.R.., SrcPort: HTTP(80), DstPort: 64665, Length: 0, Seq Range: 100 - 100, Ack: 16, "
                   "Win: 65484(scale factor: 2)");
  frame_assert_value (&frame, "tcp.stream", "7");
  frame_assert_value (&frame, "tcp.window_size", "65484");
  frame_assert_value (&frame, "tcp.window_size_scalefactor", "4");
  frame_assert_value (&frame, "tcp.flags.str", "·······A·R··");
  frame_assert_value (&frame, "tcp.connection.rst", "1");
  frame_clear (&frame);

  around.base.absolute_sequence_numbers = TRUE;
  dissect_segment (&frame, &around, DATA, "xy");
  g_assert_cmpstr (summary_of (&frame, LEC_PROTOCOL_TCP), ==,
                   "Flags: ...AP..., SrcPort: HTTP(80), DstPort: 64665, Length: 2, Seq Range: 1100 - 1102, "
                   "Ack: 4294967056, Win: 65484(scale factor: 2)");
  frame_clear (&frame);

  around = around_with (LEC_PROTOCOL_DATA);
  around.facts.window_shift[1] = -1;
  dissect_segment (&frame, &around, ACK_RST, "");
  g_assert_true (g_str_has_suffix (summary_of (&frame, LEC_PROTOCOL_TCP), ", Win: 16371"));
  frame_assert_value (&frame, "tcp.window_size_scalefactor", "-1");
  g_assert_nonnull (strstr (recorder_nth (&frame.recorder, "tcp.window_size", 0)->text, "not known"));
  frame_clear (&frame);

  dissect_segment (&frame, NULL, "fc990050 00000001 00000000 8002 2000 0000 0000 020405b4 01030308 01010402", "");
  g_assert_cmpstr (summary_of (&frame, LEC_PROTOCOL_TCP), ==,
                   "Flags: ......S., SrcPort: 64665, DstPort: HTTP(80), Length: 0, Seq Range: 0 - 1, Ack: 0, "
                   "Win: 8192(negotiating scale factor: 8)");
  frame_assert_value (&frame, "tcp.connection.syn", "1");
  frame_assert_value (&frame, "tcp.options.mss_val", "1460");
  frame_assert_value (&frame, "tcp.options.wscale.multiplier", "256");
  frame_assert_value (&frame, "tcp.option_kind", "2,1,3,1,1,4");
  frame_assert_value (&frame, "tcp.options.sack_perm", "0402");
  g_assert_cmpuint (frame.dissection.head.flags & (LEC_HEAD_MSS | LEC_HEAD_SCALE | LEC_HEAD_SACK_PERMITTED), ==,
                    LEC_HEAD_MSS | LEC_HEAD_SCALE | LEC_HEAD_SACK_PERMITTED);
  frame_clear (&frame);
}

static void
numbers_wrap (void)
{
  Around around = around_with (LEC_PROTOCOL_DATA);
  Frame frame;

  around.facts.side = 0;
  dissect_segment (&frame, &around, "fc990050 00000010 000003e9 5011 0010 0000 0000", "abc");
  frame_assert_value (&frame, "tcp.seq", "272");
  frame_assert_value (&frame, "tcp.seq_raw", "16");
  frame_assert_value (&frame, "tcp.nxtseq", "276");
  frame_assert_value (&frame, "tcp.ack", "1");
  frame_assert_value (&frame, "tcp.ack_raw", "1001");
  frame_assert_value (&frame, "tcp.window_size", "4096");
  frame_assert_value (&frame, "tcp.len", "3");
  frame_assert_value (&frame, "tcp.connection.fin", "1");
  frame_clear (&frame);
}

static void
options_with_a_layout (void)
{
  static const struct {
    const char *option;
    const char *field;
    const char *value;
  } cases[] = {
    { "0101080a 00000001 00000002 00000000", "tcp.options.timestamp.tsecr", "2" },
    { "0101050a ffffff20 ffffff30 00000000", "tcp.options.sack_le", "32" },
    { "0101050a ffffff20 ffffff30 00000000", "tcp.options.sack.count", "1" },
    { "06060000 00070000 00000000 00000000", "tcp.options.echo_value", "7" },
    { "0b060000 00090000 00000000 00000000", "tcp.options.cc_value", "9" },
    { "1b080302 00000000 00000000 00000000", "tcp.options.qs.ttl_diff", "2" },
    { "1c048005 00000000 00000000 00000000", "tcp.options.user_to_val", "5" },
    { "1d080102 aabbccdd 00000000 00000000", "tcp.options.ao.mac", "aabbccdd" },
    { "1e0c0081 00000000 00000005 00000000", "tcp.options.mptcp.sendkey", "5" },
    { "1e0c1001 00000003 00000004 00000000", "tcp.options.mptcp.recvtok", "3" },
    { "22060102 03040000 00000000 00000000", "tcp.options.tfo.cookie", "01020304" },
    { "22020000 00000000 00000000 00000000", "tcp.options.tfo.request", "1" },
    { "fe06f989 aabb0000 00000000 00000000", "tcp.options.experimental.exid", "0xf989" },
    { "4d04aabb 00000000 00000000 00000000", "tcp.options.unknown.payload", "aabb" },
    { "03041111 00000000 00000000 00000000", "tcp.options.unknown.payload", "1111" }, /* not a scale's length */
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    Around around = around_with (LEC_PROTOCOL_DATA);
    g_autofree char *header = g_strconcat ("0050fc99 0000044c ffffff10 9010 3ff3 0000 0000", cases[i].option, NULL);
    Frame frame;
    dissect_segment (&frame, &around, header, "");
    frame_assert_value (&frame, cases[i].field, cases[i].value);
    frame_clear (&frame);
  }

  Frame frame;
  dissect_segment (&frame, NULL, "0050fc99 0000044c ffffff10 6010 3ff3 0000 0000 08ff0000", "");
  g_assert_nonnull (recorder_nth (&frame.recorder, "_ws.malformed", 0));
  frame_clear (&frame);
}

static uint16_t
sum_of (const uint8_t *bytes, uint32_t length, uint32_t sum)
{
  for (uint32_t i = 0; i < length; i++)
    sum += i % 2 ? bytes[i] : (uint32_t) bytes[i] << 8;
  while (sum >> 16)
    sum = (sum & 0xffff) + (sum >> 16);
  return (uint16_t) sum;
}

/* Addresses, protocol and length. */
static uint16_t
pseudo_sum (const uint8_t *packet, uint32_t length)
{
  return sum_of (packet + 12, 8, packet[9] + length - 20);
}

static void
checksums (void)
{
  static const struct {
    gboolean udp;
    gboolean outbound;
    enum { RIGHT, WRONG, PSEUDO_ONLY, ZERO } stored;
    const char *status;
  } cases[] = {
    { FALSE, FALSE, RIGHT, "1" }, { FALSE, FALSE, WRONG, "0" }, { FALSE, FALSE, PSEUDO_ONLY, "2" },
    { FALSE, FALSE, ZERO, "0" },  { FALSE, TRUE, ZERO, "2" },   { TRUE, FALSE, RIGHT, "1" },
    { TRUE, FALSE, WRONG, "0" },  { TRUE, FALSE, ZERO, "3" },   { TRUE, TRUE, PSEUDO_ONLY, "2" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    uint32_t length;
    uint8_t *bytes =
        bytes_of_hex (cases[i].udp ? "4500001f304140004011 0000 c0000210 c6336414 30390007 000b 0000 616263"
                                   : "4500002b304140004006 0000 c0000210 c6336414" DATA "616263",
                      &length);
    uint8_t *field = bytes + (cases[i].udp ? 26 : 36);
    uint16_t pseudo = pseudo_sum (bytes, length);
    uint16_t right = (uint16_t) ~sum_of (bytes + 20, length - 20, pseudo);
    uint16_t stored = cases[i].stored == RIGHT         ? right
                      : cases[i].stored == WRONG       ? right ^ 0x0101
                      : cases[i].stored == PSEUDO_ONLY ? pseudo
                                                       : 0;
    field[0] = (uint8_t) (stored >> 8);
    field[1] = (uint8_t) stored;
    Frame frame = { .bytes = bytes };
    recorder_init (&frame.recorder);
    frame.dissection = (LecDissection){ .sink = &frame.recorder.sink,
                                        .captured_bytes = length,
                                        .original_bytes = length,
                                        .link_type = RAW_IP,
                                        .outbound = cases[i].outbound };
    lec_dissect_frame_bytes (&frame.dissection, bytes);
    frame_assert_value (&frame, cases[i].udp ? "udp.checksum.status" : "tcp.checksum.status", cases[i].status);
    if (cases[i].stored == WRONG) {
      g_autofree char *text = g_strdup_printf ("0x%04x", right);
      frame_assert_value (&frame, cases[i].udp ? "udp.checksum_calculated" : "tcp.checksum_calculated", text);
    }
    frame_clear (&frame);
  }
}

static void
udp_knows_its_applications (void)
{
  Around around = around_with (LEC_PROTOCOL_DATA);
  Frame frame;

  dissect (&frame, &around, "4500001f30414000401100 00c0000210c6336414 30390007000b0000 616263");
  frame_assert_value (&frame, "udp.srcport", "12345");
  frame_assert_value (&frame, "udp.length", "11");
  frame_assert_value (&frame, "udp.stream", "7");
  frame_assert_value (&frame, "udp.payload", "616263");
  frame_assert_value (&frame, "data.data", "616263");
  g_assert_cmpstr (summary_of (&frame, LEC_PROTOCOL_UDP), ==, "SrcPort: 12345, DstPort: ECHO(7), Length: 3");
  frame_clear (&frame);

  /* Port 53, and no room for a DNS header; then with room. */
  dissect (&frame, NULL, "4500001f30414000401100 00c0000210c6336414 30390035000b0000 616263");
  g_assert_cmpuint (frame.dissection.head.protocol, ==, LEC_PROTOCOL_UDP);
  frame_clear (&frame);
  dissect (&frame, NULL, "4500002830414000401100 00c0000210c6336414 3039003500140000 000100000000000000000000");
  g_assert_cmpuint (frame.dissection.head.protocol, ==, LEC_PROTOCOL_DNS);
  frame_clear (&frame);
}

static void
content_decides_without_a_trace (void)
{
  Frame frame;

  dissect_segment (&frame, NULL, "fc991f91 0000044c ffffff10 5018 3ff3 0000 0000",
                   "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
  frame_assert_value (&frame, "frame.protocols", "raw:ip:tcp:http");
  frame_assert_value (&frame, "http.request.method", "GET");
  g_assert_cmpuint (frame.dissection.head.protocol, ==, LEC_PROTOCOL_TCP);
  frame_clear (&frame);

  dissect_segment (&frame, NULL, DATA, "only bytes");
  frame_assert_value (&frame, "frame.protocols", "raw:ip:tcp:data");
  frame_clear (&frame);
}

static void
messages_begin_where_the_trace_says (void)
{
  Around around = around_with (LEC_PROTOCOL_HTTP);
  Frame frame;

  /* The end of one message, and the beginning of one that goes on in a later frame. */
  around.n_messages = 1;
  around.messages[0] = (LecMessageFacts){ .frame_offset = 4, .length = 48, .is_response = TRUE, .elapsed_ns = -1 };
  around.whole = "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nwhole";
  dissect_segment (&frame, &around, DATA, "tailHTTP/1.1 404 Not");
  frame_assert_value (&frame, "tcp.segment_data", "7461696c");
  frame_assert_value (&frame, "tcp.continuation_to", "1");
  frame_assert_value (&frame, "http.response.code", "404");
  g_assert_cmpuint (recorder_nth (&frame.recorder, "http.response.code", 0)->span.source, ==, 1);
  g_assert_cmpuint (frame.recorder.n_sources, ==, 1);
  frame_clear (&frame);

  /* The middle of a message: its bytes, and nothing made of them. */
  around.n_messages = 0;
  dissect_segment (&frame, &around, DATA, "GET / HTTP/1.1\r\n\r\n");
  frame_assert_value (&frame, "frame.protocols", "raw:ip:tcp");
  g_assert_null (recorder_nth (&frame.recorder, "http.request.method", 0));
  g_assert_nonnull (recorder_nth (&frame.recorder, "tcp.segment_data", 0));
  frame_clear (&frame);
}

static void
pipelined_requests_are_all_there (void)
{
  Around around = around_with (LEC_PROTOCOL_HTTP);
  Frame frame;

  around.n_messages = 2;
  around.messages[0] = (LecMessageFacts){ .frame_offset = 0, .length = 28, .elapsed_ns = -1 };
  around.messages[1] = (LecMessageFacts){ .frame_offset = 28, .length = 28, .elapsed_ns = -1 };
  dissect_segment (&frame, &around, DATA, "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
  frame_assert_value (&frame, "http.request.uri", "/1,/2");
  frame_clear (&frame);
}

/* One request ends in the frame and the next goes on: the top layer's line, which is all that a list shows, has both.
 */
static void
the_last_line_tells_of_all (void)
{
  Around around = around_with (LEC_PROTOCOL_HTTP);
  Frame frame;

  around.n_messages = 2;
  around.messages[0] = (LecMessageFacts){ .frame_offset = 0, .length = 28, .elapsed_ns = -1 };
  around.messages[1] = (LecMessageFacts){ .frame_offset = 28, .length = 40, .elapsed_ns = -1 };
  around.whole = "GET /2 HTTP/1.1\r\nHost: www.example\r\n\r\n";
  dissect_segment (&frame, &around, DATA, "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2");
  const LecDissection *dissection = &frame.dissection;
  const char *last = dissection->layers[dissection->n_layers - 1].summary;
  g_assert_nonnull (strstr (last, "/1"));
  g_assert_nonnull (strstr (last, "/2"));
  frame_clear (&frame);
}

static void
quoted_segments_leave_the_head_alone (void)
{
  Recorder recorder;
  LecDissection dissection = { 0 };
  uint32_t length;
  g_autofree uint8_t *bytes = bytes_of_hex ("4500003c304140004006 0000 c0000210 c6336414 0050fc99 0000044c", &length);

  recorder_init (&recorder);
  dissection.sink = &recorder.sink;
  dissection.captured_bytes = dissection.original_bytes = length;
  dissection.link_type = RAW_IP;
  dissection.quoted = TRUE;
  lec_dissect_frame_bytes (&dissection, bytes);
  g_assert_cmpstr (recorder_value (&recorder, "tcp.srcport"), ==, "80");
  g_assert_cmpuint (dissection.head.flags, ==, 0);
  g_assert_null (recorder_nth (&recorder, "_ws.malformed", 0));
  lec_dissection_clear (&dissection);
  recorder_clear (&recorder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transport/summary", summary_has_message_analyzers_shape);
  g_test_add_func ("/transport/wrap", numbers_wrap);
  g_test_add_func ("/transport/options", options_with_a_layout);
  g_test_add_func ("/transport/checksums", checksums);
  g_test_add_func ("/transport/udp", udp_knows_its_applications);
  g_test_add_func ("/transport/content", content_decides_without_a_trace);
  g_test_add_func ("/transport/messages", messages_begin_where_the_trace_says);
  g_test_add_func ("/transport/pipelined", pipelined_requests_are_all_there);
  g_test_add_func ("/transport/joined", the_last_line_tells_of_all);
  g_test_add_func ("/transport/quoted", quoted_segments_leave_the_head_alone);
  return g_test_run ();
}
