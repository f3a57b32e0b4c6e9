/* Link and network layers over frames made by hand. */
#include "frames.h"
#include "recorder.h"

static void
dissect (Frame *frame, uint16_t link_type, const char *hex)
{
  frame->bytes = bytes_of_hex (hex, &frame->length);
  record_frame (&frame->recorder, &frame->dissection, link_type, frame->bytes, frame->length, frame->length);
}

static void
assert_span (const Frame *frame, const char *name, uint32_t offset_bits, uint32_t length_bits)
{
  const Recorded *recorded = recorder_nth (&frame->recorder, name, 0);

  g_assert_nonnull (recorded);
  g_assert_cmpuint (recorded->span.offset_bits, ==, offset_bits);
  g_assert_cmpuint (recorded->span.length_bits, ==, length_bits);
}

static const char *
top_summary (const Frame *frame)
{
  const LecDissection *dissection = &frame->dissection;

  for (unsigned i = dissection->n_layers; i-- > 0;)
    if (dissection->layers[i].summary)
      return dissection->layers[i].summary;
  return "";
}

#define ARP_BODY "0001 0800 06 04 0001 00005e005310 c0000210 000000000000 cb007135"

static void
arp_asks_in_words (void)
{
  Frame frame;

  dissect (&frame, 1, "ffffffffffff 00005e005310 0806 " ARP_BODY "000000000000000000000000000000000000");
  frame_assert_value (&frame, "frame.protocols", "eth:ethertype:arp");
  frame_assert_value (&frame, "eth.dst", "ff:ff:ff:ff:ff:ff");
  assert_span (&frame, "eth.src", 48, 48);
  frame_assert_value (&frame, "eth.type", "0x0806");
  frame_assert_value (&frame, "arp.opcode", "1");
  frame_assert_value (&frame, "arp.src.hw_mac", "00:00:5e:00:53:10");
  frame_assert_value (&frame, "arp.dst.proto_ipv4", "203.0.113.53");
  assert_span (&frame, "arp.dst.proto_ipv4", 38 * 8, 32);
  frame_assert_value (&frame, "eth.padding", "000000000000000000000000000000000000");
  g_assert_cmpstr (top_summary (&frame), ==, "Who has 203.0.113.53? Tell 192.0.2.16");
  g_assert_cmpuint (frame.dissection.head.protocol, ==, LEC_PROTOCOL_ARP);
  frame_clear (&frame);
}

static void
tags_and_links (void)
{
  static const struct {
    uint16_t link_type;
    const char *hex;
    const char *protocols;
  } cases[] = {
    { 1, "00005e005310 00005e0053fe 8100 6064 0806 " ARP_BODY, "eth:ethertype:vlan:ethertype:arp" },
    { 1, "00005e005310 00005e0053fe 88a8 0001 8100 0002 0806 " ARP_BODY,
      "eth:ethertype:vlan:ethertype:vlan:ethertype:arp" },
    { 1, "00005e005310 00005e0053fe 0024 aaaa03 000000 0806 " ARP_BODY, "eth:llc:arp" },
    { 1, "0180c2000000 00005e0053fe 0007 424203 00000000", "eth:llc:data" },
    { 113, "0000 0001 0006 00005e0053100000 0806 " ARP_BODY, "sll:ethertype:arp" },
    { 276, "0806 0000 00000003 0001 00 06 00005e0053100000 " ARP_BODY, "sll:ethertype:arp" },
    { 0, "02000000 " IPV4 ("0014", "0000", "3b", "0000"), "null:ip" },
    { 0, "00000002 " IPV4 ("0014", "0000", "3b", "0000"), "null:ip" },
    { 108, "0000001e " IPV6 ("0000", "3b"), "null:ipv6" },
    { 101, IPV4 ("0014", "0000", "3b", "0000"), "raw:ip" },
    { 229, IPV6 ("0000", "3b"), "ipv6" },
    { 147, "0102", "data" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    Frame frame;
    dissect (&frame, cases[i].link_type, cases[i].hex);
    frame_assert_value (&frame, "frame.protocols", cases[i].protocols);
    g_assert_cmpuint (frame.dissection.head.flags & (LEC_HEAD_CUT | LEC_HEAD_MALFORMED), ==, 0);
    frame_clear (&frame);
  }
}

static void
vlan_bits_have_their_places (void)
{
  Frame frame;

  dissect (&frame, 1, "00005e005310 00005e0053fe 8100 7064 0806 " ARP_BODY);
  frame_assert_value (&frame, "vlan.priority", "3");
  frame_assert_value (&frame, "vlan.dei", "1");
  frame_assert_value (&frame, "vlan.id", "100");
  assert_span (&frame, "vlan.priority", 14 * 8, 3);
  assert_span (&frame, "vlan.dei", 14 * 8 + 3, 1);
  assert_span (&frame, "vlan.id", 14 * 8 + 4, 12);
  frame_clear (&frame);
}

static void
frame_check_sequence_is_not_payload (void)
{
  Recorder recorder;
  LecDissection dissection = { 0 };
  uint32_t length;
  g_autofree uint8_t *bytes = bytes_of_hex ("ffffffffffff 00005e005310 0806 " ARP_BODY "deadbeef", &length);

  recorder_init (&recorder);
  dissection.sink = &recorder.sink;
  dissection.captured_bytes = dissection.original_bytes = length;
  dissection.link_type = 1;
  dissection.fcs_bytes = 4;
  lec_dissect_frame_bytes (&dissection, bytes);
  g_assert_cmpstr (recorder_value (&recorder, "eth.fcs"), ==, "0xdeadbeef");
  g_assert_null (recorder_nth (&recorder, "eth.trailer", 0));
  lec_dissection_clear (&dissection);
  recorder_clear (&recorder);
}

static void
ipv4_header (void)
{
  Frame frame;

  /* The header's sum is right; two bytes of padding do not belong to it. */
  dissect (&frame, 1, ETHERNET ("0800") IPV4 ("0015", "4000", "fd", "1d53") "aa 0000");
  frame_assert_value (&frame, "ip.version", "4");
  frame_assert_value (&frame, "ip.hdr_len", "20");
  assert_span (&frame, "ip.version", 14 * 8, 4);
  assert_span (&frame, "ip.hdr_len", 14 * 8 + 4, 4);
  frame_assert_value (&frame, "ip.len", "21");
  frame_assert_value (&frame, "ip.id", "0x3041");
  frame_assert_value (&frame, "ip.flags", "0x02");
  frame_assert_value (&frame, "ip.flags.df", "1");
  frame_assert_value (&frame, "ip.flags.mf", "0");
  frame_assert_value (&frame, "ip.ttl", "64");
  frame_assert_value (&frame, "ip.proto", "253");
  frame_assert_value (&frame, "ip.checksum.status", "1");
  frame_assert_value (&frame, "ip.src", "192.0.2.16");
  frame_assert_value (&frame, "ip.dst", "198.51.100.20");
  frame_assert_value (&frame, "data.data", "aa");
  frame_assert_value (&frame, "eth.padding", "0000");
  frame_clear (&frame);

  dissect (&frame, 1, ETHERNET ("0800") IPV4 ("0015", "4000", "fd", "1d54") "aa");
  frame_assert_value (&frame, "ip.checksum.status", "0");
  frame_assert_value (&frame, "ip.checksum_calculated", "0x1d53");
  frame_clear (&frame);

  dissect (&frame, 1, ETHERNET ("0800") IPV4 ("0015", "4000", "fd", "0000") "aa");
  frame_assert_value (&frame, "ip.checksum.status", "2");
  g_assert_cmpstr (recorder_nth (&frame.recorder, "ip.checksum.status", 0)->text, ==,
                   "Not checked: filled in by the network card");
  frame_clear (&frame);
}

static void
ipv4_options (void)
{
  Frame frame;

  /* Router alert, record route with two addresses, end. */
  dissect (&frame, 101, "4900 0024 0001 0000 40 3b 0000 c0000210 c6336414 94040000 070b04 c0000201 c0000202 00");
  frame_assert_value (&frame, "ip.opt.type", "148,7,0");
  frame_assert_value (&frame, "ip.opt.len", "4,11");
  frame_assert_value (&frame, "ip.opt.ra", "0");
  frame_assert_value (&frame, "ip.rec_rt", "192.0.2.1,192.0.2.2");
  frame_clear (&frame);

  /* An option that claims more than the header has. */
  dissect (&frame, 101, "4600 0018 0001 0000 40 3b 0000 c0000210 c6336414 94080000");
  g_assert_nonnull (recorder_nth (&frame.recorder, "_ws.malformed", 0));
  frame_clear (&frame);
}

static void
impossible_lengths (void)
{
  static const char *const frames[] = {
    "44000014000000004011000001020304 05060708",      /* a header of 16 bytes */
    "45000010000000004011000001020304 05060708",      /* a total below the header's */
    "55000014000000004011000001020304 05060708",      /* version 5 */
    "450000ff000000004011000001020304 05060708 0102", /* more than the frame has */
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (frames); i++) {
    Frame frame;
    dissect (&frame, 228, frames[i]);
    g_assert_cmpuint (frame.dissection.head.flags & LEC_HEAD_MALFORMED, !=, 0);
    frame_clear (&frame);
  }
}

static void
ipv4_fragment (void)
{
  Frame frame;

  dissect (&frame, 101, IPV4 ("0018", "2003", "11", "0000") "01020304");
  frame_assert_value (&frame, "ip.flags.mf", "1");
  frame_assert_value (&frame, "ip.frag_offset", "3");
  g_assert_cmpuint (frame.dissection.head.flags & LEC_HEAD_FRAGMENT, !=, 0);
  g_assert_cmpuint (frame.dissection.head.flags & LEC_HEAD_TRANSPORT, ==, 0);
  g_assert_cmpuint (frame.dissection.head.fragment_offset_bytes, ==, 24);
  g_assert_cmpuint (frame.dissection.head.fragment_bytes, ==, 4);
  g_assert_cmpstr (top_summary (&frame), ==, "UDP fragment, bytes 24 to 28, more to come");
  frame_clear (&frame);
}

static gboolean
whole_datagram (LecSurroundings *surroundings, uint32_t frame, LecBytes *bytes, GArray **pieces, uint32_t *completed_in)
{
  static const uint8_t datagram[] = { 0x30, 0x39, 0x30, 0x3a, 0, 12, 0, 0, 'a', 'b', 'c', 'd' };
  LecPiece piece[] = { { 0, 8, 1, 20 }, { 8, 4, 2, 20 } };

  *bytes = (LecBytes){ datagram, sizeof datagram };
  *pieces = g_array_new (FALSE, FALSE, sizeof (LecPiece));
  g_array_append_vals (*pieces, piece, 2);
  *completed_in = frame;
  return TRUE;
}

static void
completing_fragment_shows_the_datagram (void)
{
  LecSurroundings surroundings = { .datagram = whole_datagram };
  LecDissection dissection = { 0 };
  Recorder recorder;
  uint32_t length;
  g_autofree uint8_t *bytes = bytes_of_hex (IPV4 ("0018", "0001", "11", "0000") "61626364", &length);

  recorder_init (&recorder);
  dissection.sink = &recorder.sink;
  dissection.surroundings = &surroundings;
  dissection.frame = 2;
  dissection.captured_bytes = dissection.original_bytes = length;
  dissection.link_type = 101;
  lec_dissect_frame_bytes (&dissection, bytes);
  g_autofree char *fragments = recorder_values (&recorder, "ip.fragment");
  g_assert_cmpstr (fragments, ==, "1,2");
  g_assert_cmpstr (recorder_value (&recorder, "udp.srcport"), ==, "12345");
  g_assert_cmpuint (recorder_nth (&recorder, "udp.srcport", 0)->span.source, ==, 1);
  g_assert_cmpstr (recorder_value (&recorder, "udp.payload"), ==, "61626364");
  g_assert_cmpuint (dissection.head.source_port, ==, 12345);
  lec_dissection_clear (&dissection);
  recorder_clear (&recorder);
}

static void
ipv6_extensions (void)
{
  Frame frame;

  /* Hop-by-hop with a router alert and PadN, destination options with Pad1s, then nothing. */
  dissect (&frame, 101,
           IPV6 ("0010", "00") "3c00 0502 0000 0100"
                               "3b00 000000000000");
  frame_assert_value (&frame, "ipv6.tclass", "0x00000000");
  frame_assert_value (&frame, "ipv6.flow", "0x012345");
  assert_span (&frame, "ipv6.flow", 12, 20);
  frame_assert_value (&frame, "ipv6.hopopts.nxt", "60");
  frame_assert_value (&frame, "ipv6.opt.type", "0x05,0x01,0x00,0x00,0x00,0x00,0x00,0x00");
  frame_assert_value (&frame, "ipv6.opt.router_alert", "0");
  frame_assert_value (&frame, "ipv6.dstopts.nxt", "59");
  frame_assert_value (&frame, "frame.protocols", "raw:ipv6:ipv6.hopopts:ipv6.dstopts");
  frame_clear (&frame);

  dissect (&frame, 101, IPV6 ("000c", "2c") "11000009 00001234 01020304");
  frame_assert_value (&frame, "ipv6.fraghdr.offset", "1");
  frame_assert_value (&frame, "ipv6.fraghdr.more", "1");
  frame_assert_value (&frame, "ipv6.fraghdr.ident", "0x00001234");
  g_assert_cmpuint (frame.dissection.head.fragment_offset_bytes, ==, 8);
  g_assert_cmpuint (frame.dissection.head.ip_protocol, ==, 17);
  frame_clear (&frame);

  dissect (&frame, 101, IPV6 ("0010", "33") "3b02 0000 00000001 00000002 aabbccdd");
  frame_assert_value (&frame, "ah.spi", "0x00000001");
  frame_assert_value (&frame, "ah.icv", "aabbccdd");
  frame_clear (&frame);

  dissect (&frame, 101, IPV6 ("000a", "32") "00000001 00000002 aabb");
  frame_assert_value (&frame, "esp.sequence", "2");
  frame_assert_value (&frame, "esp.encrypted_data", "aabb");
  frame_clear (&frame);
}

/* IP in IP in IP …: ends at the limit of layers and says so. */
static void
layers_end (void)
{
  g_autoptr (GString) hex = g_string_new (NULL);
  unsigned n = 40;
  Frame frame;

  for (unsigned i = 0; i < n; i++)
    g_string_append_printf (hex, "4500%04x0000000040040000c0000210c6336414", (n - i) * 20);
  dissect (&frame, 101, hex->str);
  g_assert_cmpuint (frame.dissection.n_layers, ==, LEC_LIMIT_LAYERS);
  g_assert_nonnull (recorder_nth (&frame.recorder, "lectern.limit", 0));
  frame_clear (&frame);
}

/* Every length to which a frame can be cut gives a dissection that says it is cut, and no value made up. */
static void
cut_at_every_byte (void)
{
  uint32_t length;
  g_autofree uint8_t *bytes =
      bytes_of_hex (ETHERNET ("0800") IPV4 ("001c", "0000", "11", "0000") "3039303a00080000", &length);

  for (uint32_t captured = 0; captured <= length; captured++) {
    g_autofree uint8_t *cut = g_memdup2 (bytes, captured);
    LecDissection dissection;
    Recorder recorder;
    record_frame (&recorder, &dissection, 1, cut, captured, length);
    g_assert_cmpint ((dissection.head.flags & LEC_HEAD_CUT) != 0, ==, captured < length);
    g_assert_cmpint (recorder_nth (&recorder, "lectern.cut", 0) != NULL, ==, captured < length);
    g_assert_cmpint (recorder_nth (&recorder, "udp.length", 0) != NULL, ==, captured == length);
    lec_dissection_clear (&dissection);
    recorder_clear (&recorder);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/arp", arp_asks_in_words);
  g_test_add_func ("/network/links", tags_and_links);
  g_test_add_func ("/network/vlan", vlan_bits_have_their_places);
  g_test_add_func ("/network/fcs", frame_check_sequence_is_not_payload);
  g_test_add_func ("/network/ipv4", ipv4_header);
  g_test_add_func ("/network/ipv4-options", ipv4_options);
  g_test_add_func ("/network/lengths", impossible_lengths);
  g_test_add_func ("/network/ipv4-fragment", ipv4_fragment);
  g_test_add_func ("/network/datagram", completing_fragment_shows_the_datagram);
  g_test_add_func ("/network/ipv6", ipv6_extensions);
  g_test_add_func ("/network/layers", layers_end);
  g_test_add_func ("/network/cut", cut_at_every_byte);
  return g_test_run ();
}
