#include "protocol/tls-record.h"
#include "recorder.h"

#define RANDOM "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
/* SNI "a.test", ALPN "h2", versions GREASE, 1.3 and 1.2. */
#define CLIENT_BODY                                                                                                    \
  "0303" RANDOM "00 0004 1301 0a0a 01 00 0027"                                                                         \
  "0000 000b 0009 00 0006 612e74657374"                                                                                \
  "0010 0005 0003 02 6832"                                                                                             \
  "002b 0007 06 1a1a 0304 0303 0017 0000 "
#define CLIENT_HELLO "16 0301 0058 01 000054" CLIENT_BODY
#define SERVER_HELLO "16 0303 0032 02 00002e 0303" RANDOM "00 1301 00 0006 002b 0002 0304"

static void
test_hellos (void)
{
  Recorder recorder;
  LecDissection dissection;

  record_hex (&recorder, &dissection, LEC_PROTOCOL_TLS, CLIENT_HELLO);
  g_assert_cmpstr (dissection.layers[0].summary, ==, "Client Hello, a.test, h2, TLS 1.3");
  g_assert_cmpstr (recorder_value (&recorder, "tls.record.content_type"), ==, "22");
  g_assert_cmpstr (recorder_value (&recorder, "tls.record.version"), ==, "0x0301");
  g_assert_cmpstr (recorder_value (&recorder, "tls.handshake.type"), ==, "1");
  g_assert_cmpstr (recorder_value (&recorder, "tls.handshake.extensions_server_name"), ==, "a.test");
  g_assert_cmpstr (recorder_value (&recorder, "tls.handshake.extensions_alpn_str"), ==, "h2");
  g_autofree char *suites = recorder_values (&recorder, "tls.handshake.ciphersuite");
  g_assert_cmpstr (suites, ==, "0x1301,0x0a0a");
  g_assert_nonnull (
      strstr (recorder_nth (&recorder, "tls.handshake.ciphersuite", 0)->people, "TLS_AES_128_GCM_SHA256"));
  const Recorded *name = recorder_nth (&recorder, "tls.handshake.extensions_server_name", 0);
  g_assert_cmpuint (name->span.length_bits, ==, 6 * 8);
  g_assert_null (recorder_nth (&recorder, "_ws.malformed", 0));
  record_clear (&recorder, &dissection);

  /* After a Server Hello of TLS 1.3 the type of what is encrypted is not to be trusted. */
  record_hex (&recorder, &dissection, LEC_PROTOCOL_TLS,
              SERVER_HELLO "14 0303 0001 01"
                           "17 0303 0003 aabbcc");
  g_assert_cmpstr (dissection.layers[0].summary, ==,
                   "Server Hello, TLS_AES_128_GCM_SHA256, TLS 1.3; Change cipher spec; Application data, 3 bytes");
  g_autofree char *types = recorder_values (&recorder, "tls.record.content_type");
  g_assert_cmpstr (types, ==, "22,20");
  g_assert_cmpstr (recorder_value (&recorder, "tls.record.opaque_type"), ==, "23");
  record_clear (&recorder, &dissection);

  uint32_t length;
  g_autofree uint8_t *hello = bytes_of_hex (SERVER_HELLO, &length);
  g_assert_cmphex (lec_tls_server_version (hello, length), ==, 0x0304);
  g_assert_cmphex (lec_tls_server_version (hello, 10), ==, 0);
}

/* The same hello in two records: it becomes a source of its own. */
static void
test_joined (void)
{
  uint32_t length;
  g_autofree uint8_t *whole = bytes_of_hex (CLIENT_HELLO, &length);
  g_autoptr (GByteArray) split = g_byte_array_new ();
  static const uint8_t first[] = { 22, 3, 1, 0, 10 };
  uint8_t second[] = { 22, 3, 1, 0, (uint8_t) (length - 15) };
  Recorder recorder;
  LecDissection dissection;

  g_byte_array_append (split, first, 5);
  g_byte_array_append (split, whole + 5, 10);
  g_byte_array_append (split, second, 5);
  g_byte_array_append (split, whole + 15, length - 15);
  record_message (&recorder, &dissection, LEC_PROTOCOL_TLS, split->data, split->len, split->len);
  g_assert_cmpstr (recorder_value (&recorder, "tls.handshake.extensions_server_name"), ==, "a.test");
  g_assert_cmpuint (recorder_nth (&recorder, "tls.handshake.extensions_server_name", 0)->span.source, ==, 1);
  g_assert_null (recorder_nth (&recorder, "tls.handshake.type", 1));
  g_assert_null (recorder_nth (&recorder, "tls.handshake.encrypted", 0));
  record_clear (&recorder, &dissection);
  record_message_cut (LEC_PROTOCOL_TLS, split->data, split->len);
}

static void
test_others (void)
{
  Recorder recorder;
  LecDissection dissection;

  record_hex (&recorder, &dissection, LEC_PROTOCOL_TLS, "15 0303 0002 02 28");
  g_assert_cmpstr (dissection.layers[0].summary, ==, "Alert, fatal, handshake_failure");
  g_assert_cmpstr (recorder_value (&recorder, "tls.alert_message.desc"), ==, "40");
  record_clear (&recorder, &dissection);
  record_hex (&recorder, &dissection, LEC_PROTOCOL_TLS,
              "15 0303 0004 aabbccdd 14 0303 0001 01 16 0303 0008 0100000000000000");
  g_assert_null (recorder_nth (&recorder, "tls.alert_message.level", 0));
  g_assert_null (recorder_nth (&recorder, "tls.handshake.type", 0));
  g_assert_nonnull (recorder_nth (&recorder, "tls.handshake.encrypted", 0));
  record_clear (&recorder, &dissection);
  /* The Heartbleed question: 3 bytes that claim to be 16384. */
  record_hex (&recorder, &dissection, LEC_PROTOCOL_TLS, "18 0302 0003 01 4000");
  g_assert_nonnull (recorder_nth (&recorder, "tls.heartbeat_message.payload_length.invalid", 0));
  record_clear (&recorder, &dissection);
}

static void
test_hostile (void)
{
  static const char *const messages[] = {
    CLIENT_HELLO,
    SERVER_HELLO "17 0303 ffff 00",
    "16 0303 0004 0b 010000 16 0303 0004 00000000",
    "16 0303 0010 0b 00000c 000009 ffffff 01020304 0506",
    "16 0303 0008 0c 000004 03 001d ff",
    "16 0303 0006 0d 000002 ff ff",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (messages); i++) {
    uint32_t length;
    g_autofree uint8_t *bytes = bytes_of_hex (messages[i], &length);
    record_message_cut (LEC_PROTOCOL_TLS, bytes, length);
    /* Each byte changed in turn. */
    for (uint32_t j = 0; j < length; j++) {
      uint8_t former = bytes[j];
      Recorder recorder;
      LecDissection dissection;
      bytes[j] ^= 0xff;
      record_message (&recorder, &dissection, LEC_PROTOCOL_TLS, bytes, length, length);
      record_clear (&recorder, &dissection);
      bytes[j] = former;
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tls/hellos", test_hellos);
  g_test_add_func ("/tls/joined", test_joined);
  g_test_add_func ("/tls/others", test_others);
  g_test_add_func ("/tls/hostile", test_hostile);
  return g_test_run ();
}
