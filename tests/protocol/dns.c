#include "protocol/dns-name.h"
#include "recorder.h"

#define WWW_EXAMPLE_COM "03 777777 07 6578616d706c65 03 636f6d 00"

static const char query[] = "1234 0100 0001 0000 0000 0000" WWW_EXAMPLE_COM "0001 0001";

/* www.example.com is another name of web.example.com, which has an address. */
static const char response[] = "1234 8180 0001 0002 0000 0001" WWW_EXAMPLE_COM "0001 0001"
                               "c00c 0005 0001 0000012c 0006 03 776562 c010"
                               "c02d 0001 0001 0000003c 0004 c6336414"
                               "00 0029 04d0 00 00 8000 0000";

static void
test_query (void)
{
  Recorder recorder;
  LecDissection dissection;

  record_hex (&recorder, &dissection, LEC_PROTOCOL_DNS, query);
  g_assert_cmpstr (dissection.layers[0].summary, ==, "Query A www.example.com");
  g_assert_cmpstr (recorder_value (&recorder, "dns.id"), ==, "0x1234");
  g_assert_cmpstr (recorder_value (&recorder, "dns.flags.response"), ==, "0");
  g_assert_cmpstr (recorder_value (&recorder, "dns.flags.recdesired"), ==, "1");
  g_assert_cmpstr (recorder_value (&recorder, "dns.qry.name"), ==, "www.example.com");
  g_assert_cmpstr (recorder_value (&recorder, "dns.qry.name.len"), ==, "15");
  g_assert_cmpstr (recorder_value (&recorder, "dns.count.labels"), ==, "3");
  g_assert_cmpstr (recorder_value (&recorder, "dns.qry.type"), ==, "1");
  g_assert_cmpstr (recorder_value (&recorder, "dns.qry.class"), ==, "0x0001");
  const Recorded *name = recorder_nth (&recorder, "dns.qry.name", 0);
  g_assert_cmpuint (name->span.offset_bits, ==, 12 * 8);
  g_assert_cmpuint (name->span.length_bits, ==, 17 * 8);
  const Recorded *desired = recorder_nth (&recorder, "dns.flags.recdesired", 0);
  g_assert_cmpuint (desired->span.offset_bits, ==, 2 * 8 + 7);
  g_assert_cmpuint (desired->span.length_bits, ==, 1);
  record_clear (&recorder, &dissection);
}

static void
test_response (void)
{
  Recorder recorder;
  LecDissection dissection;

  record_hex (&recorder, &dissection, LEC_PROTOCOL_DNS, response);
  g_assert_cmpstr (dissection.layers[0].summary, ==, "Response A www.example.com → 198.51.100.20");
  g_assert_cmpstr (recorder_value (&recorder, "dns.cname"), ==, "web.example.com");
  g_assert_cmpstr (recorder_value (&recorder, "dns.a"), ==, "198.51.100.20");
  g_autofree char *ttls = recorder_values (&recorder, "dns.resp.ttl");
  g_assert_cmpstr (ttls, ==, "300,60");
  g_autofree char *names = recorder_values (&recorder, "dns.resp.name");
  g_assert_cmpstr (names, ==, "www.example.com,web.example.com,<Root>");
  g_assert_cmpstr (recorder_value (&recorder, "dns.rr.udp_payload_size"), ==, "1232");
  g_assert_cmpstr (recorder_value (&recorder, "dns.resp.z.do"), ==, "1");
  g_assert_cmpuint (dissection.n_layers, ==, 1);
  record_clear (&recorder, &dissection);

  record_hex (&recorder, &dissection, LEC_PROTOCOL_DNS, "1234 8183 0001 0000 0000 0000" WWW_EXAMPLE_COM "001c 0001");
  g_assert_cmpstr (dissection.layers[0].summary, ==, "Response, no such name, AAAA www.example.com");
  record_clear (&recorder, &dissection);
}

static void
test_types (void)
{
  static const struct {
    const char *record;
    const char *field;
    const char *value;
  } cases[] = {
    { "000f 0001 00000001 0009 000a 04 6d61696c c010", "dns.mx.mail_exchange", "mail.example.com" },
    { "0010 0001 00000001 0006 02 6869 02 796f", "dns.txt", "hi,yo" },
    { "0021 0001 00000001 0008 0001 0002 0050 c00c", "dns.srv.port", "80" },
    { "0021 0001 00000001 0008 0001 0002 0050 c00c", "dns.srv.target", "www.example.com" },
    { "001c 0001 00000001 0010 20010db8000000000000000000000001", "dns.aaaa", "2001:db8::1" },
    { "0006 0001 00000001 0018 c00c c010 00000001 00000002 00000003 00000004 00000005", "dns.soa.minimum_ttl", "5" },
    { "0101 0001 00000001 0009 80 05 6973737565 6162", "dns.caa.value", "ab" },
    { "0041 0001 00000001 000c 0001 00 0001 0003 02 6832 0003", "dns.svcb.svcparam.alpn", "h2" },
    { "002b 0001 00000001 0006 1234 08 02 abcd", "dns.ds.digest", "abcd" },
    { "0030 0001 00000001 0006 0101 03 08 abcd", "dns.dnskey.flags.secure_entry_point", "1" },
    { "002e 0001 00000001 0017 0001 08 03 00000e10 00000001 00000000 1234 c00c abcdef", "dns.rrsig.signers_name",
      "www.example.com" },
    { "fff0 0001 00000001 0002 abcd", "dns.data", "abcd" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *hex =
        g_strconcat ("1234 8180 0001 0001 0000 0000" WWW_EXAMPLE_COM "00ff 0001 c00c", cases[i].record, NULL);
    Recorder recorder;
    LecDissection dissection;
    record_hex (&recorder, &dissection, LEC_PROTOCOL_DNS, hex);
    g_autofree char *value = recorder_values (&recorder, cases[i].field);
    g_assert_cmpstr (value, ==, cases[i].value);
    record_clear (&recorder, &dissection);
  }
}

/* Multicast DNS uses the class's upper bit; LLMNR has flags of its own. */
static void
test_cousins (void)
{
  Recorder recorder;
  LecDissection dissection;

  record_hex (&recorder, &dissection, LEC_PROTOCOL_MDNS, "0000 0000 0001 0000 0000 0000" WWW_EXAMPLE_COM "00ff 8001");
  g_assert_cmpstr (recorder_value (&recorder, "dns.qry.qu"), ==, "1");
  g_assert_cmpstr (recorder_value (&recorder, "dns.qry.class"), ==, "0x0001");
  g_assert_nonnull (recorder_nth (&recorder, "mdns", 0));
  record_clear (&recorder, &dissection);
  record_hex (&recorder, &dissection, LEC_PROTOCOL_LLMNR, "0001 0100 0001 0000 0000 0000" WWW_EXAMPLE_COM "00ff 0001");
  g_assert_cmpstr (recorder_value (&recorder, "dns.flags.tentative"), ==, "1");
  g_assert_null (recorder_nth (&recorder, "dns.flags.recdesired", 0));
  g_assert_nonnull (recorder_nth (&recorder, "llmnr", 0));
  record_clear (&recorder, &dissection);
}

static void
test_hostile (void)
{
  static const char *const messages[] = {
    response,
    /* A name that points to itself; two that point to each other; a pointer behind the end. */
    "1234 0100 0001 0000 0000 0000 c00c 0001 0001",
    "1234 0100 0001 0000 0000 0000 c00e c00c 0001 0001",
    "1234 0100 0001 0000 0000 0000 ffff 0001 0001",
    /* A label type that never came to be, data longer than the message, counts that lie. */
    "1234 0100 0001 0000 0000 0000 80 41 00 0001 0001",
    "1234 8100 0000 0001 0000 0000 00 0001 0001 00000000 ffff 01020304",
    "1234 8100 ffff ffff ffff ffff 00 0001 0001",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (messages); i++) {
    uint32_t length;
    g_autofree uint8_t *bytes = bytes_of_hex (messages[i], &length);
    record_message_cut (LEC_PROTOCOL_DNS, bytes, length);
  }
}

/* Many labels and pointers: a name stays within 255 bytes. */
static void
test_long_name (void)
{
  uint8_t bytes[1024];
  g_autoptr (GString) name = g_string_new (NULL);

  for (unsigned i = 0; i < sizeof bytes; i += 2) {
    bytes[i] = 1;
    bytes[i + 1] = 'a';
  }
  LecReader message = lec_reader (bytes, sizeof bytes, sizeof bytes, 0);
  LecReader reader = message;
  g_assert_false (lec_dns_read_name (&message, &reader, name, NULL));
  g_assert_cmpuint (reader.state, ==, LEC_READ_MALFORMED);
  g_assert_cmpuint (name->len, <=, 255);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dns/query", test_query);
  g_test_add_func ("/dns/response", test_response);
  g_test_add_func ("/dns/types", test_types);
  g_test_add_func ("/dns/cousins", test_cousins);
  g_test_add_func ("/dns/hostile", test_hostile);
  g_test_add_func ("/dns/long-name", test_long_name);
  return g_test_run ();
}
