/* Handshake messages of SSL 3.0 to TLS 1.3, as far as they travel unencrypted.
 *
 *         0        1        2        3        4
 *     +--------+--------+--------+--------+---
 *     |  type  |          length          | body …        (RFC 8446 §4)
 *     +--------+--------+--------+--------+---
 */
#include <glib/gi18n-lib.h>

#include "protocol/tls-fields.h"
#include "protocol/tls-names.h"
#include "protocol/tls-record.h"

#define FIELD(name) (&lec_tls_fields[TLS_##name])

#define TLS_1_3 0x0304

/* A handshake message longer than this is not believed; chains of certificates stay far below. */
#define LONGEST_MESSAGE (1u << 18)

/* SHA-256 of "HelloRetryRequest": the random value that marks one (RFC 8446 §4.1.3). */
static const uint8_t retry_random[32] = {
  0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
  0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
};

enum {
  HELLO_REQUEST = 0,
  CLIENT_HELLO = 1,
  SERVER_HELLO = 2,
  NEW_SESSION_TICKET = 4,
  CERTIFICATE = 11,
  SERVER_KEY_EXCHANGE = 12,
  CERTIFICATE_REQUEST = 13,
  SERVER_HELLO_DONE = 14,
  CERTIFICATE_VERIFY = 15,
  CLIENT_KEY_EXCHANGE = 16,
  FINISHED = 20,
};

gboolean
lec_tls_looks_like_handshake (const LecReader *reader, uint32_t *length)
{
  LecReader ahead = *reader;
  uint8_t type = lec_read_u8 (&ahead);
  uint32_t body = lec_read_u24 (&ahead);

  if (ahead.state & LEC_READ_MALFORMED || !lec_value_name (lec_tls_handshake_types, type) || body > LONGEST_MESSAGE)
    return FALSE;
  *length = body + 4;
  switch (type) {
  case HELLO_REQUEST:
  case SERVER_HELLO_DONE:
    return body == 0;
  case CLIENT_HELLO:
  case SERVER_HELLO:
    /* Version, random and the length of a session ID are always there. */
    return body >= 35 && (lec_reader_left (&ahead) == 0 || lec_reader_peek (&ahead, 0) == 3);
  case FINISHED:
    return body <= 64;
  default:
    return TRUE;
  }
}

static void
add_random (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;
  uint32_t offset = lec_reader_offset (reader);
  LecBytes random = lec_read_bytes (reader, 32);

  if (!random.data)
    return;
  LecReader inner = lec_reader (random.data, 32, 32, offset);
  uint64_t seconds = lec_read_u32 (&inner);
  lec_open_bytes (dissection, FIELD (RANDOM), offset, random);
  lec_add_uint (dissection, FIELD (RANDOM_TIME), offset, 4, seconds * 1000000000u);
  lec_tls_add_bytes (dissection, &inner, TLS_RANDOM_BYTES, 28);
  if (walk->hello == SERVER_HELLO && memcmp (random.data, retry_random, 32) == 0) {
    walk->is_retry = TRUE;
    lec_open_group (dissection, FIELD (RETRY), offset, 32, NULL);
    lec_close (dissection);
  }
  lec_close (dissection);
}

static void
append_text (GString *text, LecBytes bytes)
{
  for (uint32_t i = 0; i < bytes.length; i++)
    g_string_append_c (text, g_ascii_isgraph (bytes.data[i]) ? (char) bytes.data[i] : '?');
}

/* What a hello says in a summary: names, protocol, version. */
static void
append_hello (LecTlsWalk *walk)
{
  const char *version = lec_value_name (lec_tls_versions, walk->best_version);

  if (!walk->summary)
    return;
  if (walk->server_name.length) {
    g_string_append (walk->summary, ", ");
    append_text (walk->summary, walk->server_name);
  }
  if (walk->protocol.length) {
    g_string_append (walk->summary, ", ");
    append_text (walk->summary, walk->protocol);
  }
  if (version)
    g_string_append_printf (walk->summary, ", %s", version);
}

static void
client_hello (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;

  walk->best_version = (uint16_t) lec_tls_add_uint (dissection, reader, TLS_VERSION, 2);
  add_random (walk, reader);
  lec_tls_add_counted (dissection, reader, TLS_SESSION_ID_LENGTH, 1, TLS_SESSION_ID);
  uint32_t length = lec_tls_add_uint (dissection, reader, TLS_SUITES_LENGTH, 2);
  LecReader suites = lec_reader_take (reader, length);
  lec_open_group (dissection, FIELD (SUITES), lec_reader_offset (&suites), suites.captured, "%u", length / 2);
  while (lec_reader_left (&suites) >= 2)
    lec_tls_add_uint (dissection, &suites, TLS_SUITE, 2);
  lec_close (dissection);
  length = lec_tls_add_uint (dissection, reader, TLS_COMPRESSIONS_LENGTH, 1);
  LecReader methods = lec_reader_take (reader, length);
  lec_open_group (dissection, FIELD (COMPRESSIONS), lec_reader_offset (&methods), methods.captured, "%u", length);
  while (lec_reader_left (&methods))
    lec_tls_add_uint (dissection, &methods, TLS_COMPRESSION, 1);
  lec_close (dissection);
  lec_tls_dissect_extensions (walk, reader);
  append_hello (walk);
}

static void
server_hello (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;

  walk->version = walk->best_version = (uint16_t) lec_tls_add_uint (dissection, reader, TLS_VERSION, 2);
  add_random (walk, reader);
  lec_tls_add_counted (dissection, reader, TLS_SESSION_ID_LENGTH, 1, TLS_SESSION_ID);
  walk->suite = (uint16_t) lec_tls_add_uint (dissection, reader, TLS_SUITE, 2);
  lec_tls_add_uint (dissection, reader, TLS_COMPRESSION, 1);
  lec_tls_dissect_extensions (walk, reader);
  const char *suite = lec_value_name (lec_tls_suite_names, walk->suite);
  if (walk->summary && suite)
    g_string_append_printf (walk->summary, ", %s", suite);
  append_hello (walk);
}

static void
certificate (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;
  uint32_t length = lec_tls_add_uint (dissection, reader, TLS_CERTIFICATES_LENGTH, 3);
  LecReader list = lec_reader_take (reader, length);

  lec_open_group (dissection, FIELD (CERTIFICATES), lec_reader_offset (&list), list.captured, NULL);
  while (lec_reader_left (&list) && list.state == LEC_READ_OK)
    lec_tls_add_counted (dissection, &list, TLS_CERTIFICATE_LENGTH, 3, TLS_CERTIFICATE);
  lec_close (dissection);
  reader->state |= list.state;
}

static void
new_session_ticket (LecTlsWalk *walk, LecReader *reader)
{
  uint32_t offset = lec_reader_offset (reader);
  uint32_t lifetime = lec_read_u32 (reader);

  if (reader->state == LEC_READ_OK)
    lec_add_uint (walk->dissection, FIELD (TICKET_LIFETIME), offset, 4, lifetime);
  lec_tls_add_counted (walk->dissection, reader, TLS_TICKET_LENGTH, 2, TLS_TICKET);
}

/* Only elliptic curves say in their first byte what they are (RFC 8422 §5.4); other kinds stay bytes. */
static void
server_key_exchange (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;

  if (lec_reader_peek (reader, 0) != 3 ||
      !lec_value_name (lec_tls_groups, (uint64_t) lec_reader_peek (reader, 1) << 8 | lec_reader_peek (reader, 2)))
    return;
  lec_tls_add_uint (dissection, reader, TLS_CURVE_TYPE, 1);
  lec_tls_add_uint (dissection, reader, TLS_NAMED_CURVE, 2);
  lec_tls_add_counted (dissection, reader, TLS_SERVER_POINT_LENGTH, 1, TLS_SERVER_POINT);
  /* The algorithm is named from TLS 1.2 on; before, the signature follows at once. */
  LecReader ahead = *reader;
  uint32_t left = lec_reader_reported_left (reader);
  lec_read_u16 (&ahead);
  if (left >= 4 && lec_read_u16 (&ahead) == left - 4)
    lec_tls_add_scheme (dissection, reader);
  else if (left < 2)
    return;
  lec_tls_add_counted (dissection, reader, TLS_SIGNATURE_LENGTH, 2, TLS_SIGNATURE);
}

static void
client_key_exchange (LecTlsWalk *walk, LecReader *reader)
{
  uint32_t length = lec_reader_peek (reader, 0);

  if (length == 0 || length + 1 != lec_reader_reported_left (reader))
    return;
  lec_tls_add_uint (walk->dissection, reader, TLS_CLIENT_POINT_LENGTH, 1);
  lec_tls_add_bytes (walk->dissection, reader, TLS_CLIENT_POINT, length);
}

static void
certificate_request (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;
  uint32_t count = lec_tls_add_uint (dissection, reader, TLS_CERTIFICATE_TYPES_COUNT, 1);

  while (count-- && lec_reader_left (reader))
    lec_tls_add_uint (dissection, reader, TLS_CERTIFICATE_TYPE, 1);
  /* Signature algorithms came with TLS 1.2 (RFC 5246 §7.4.4): the lengths tell whether they are there. */
  LecReader ahead = *reader;
  uint32_t length = lec_read_u16 (&ahead);
  if (length + 2 < lec_reader_reported_left (reader)) {
    length = lec_tls_add_uint (dissection, reader, TLS_SCHEMES_LENGTH, 2);
    LecReader list = lec_reader_take (reader, length);
    while (lec_reader_left (&list) >= 2)
      lec_tls_add_scheme (dissection, &list);
  }
  lec_tls_add_counted (dissection, reader, TLS_NAMES_LENGTH, 2, TLS_HANDSHAKE_BODY);
}

static void
certificate_verify (LecTlsWalk *walk, LecReader *reader)
{
  LecReader ahead = *reader;
  uint32_t left = lec_reader_reported_left (reader);

  lec_read_u16 (&ahead);
  if (left >= 4 && lec_read_u16 (&ahead) == left - 4)
    lec_tls_add_scheme (walk->dissection, reader);
  lec_tls_add_counted (walk->dissection, reader, TLS_VERIFY_LENGTH, 2, TLS_VERIFY);
}

static void
finished (LecTlsWalk *walk, LecReader *reader)
{
  lec_tls_add_bytes (walk->dissection, reader, TLS_VERIFY_DATA, lec_reader_left (reader));
}

static const struct {
  uint8_t type;
  void (*dissect) (LecTlsWalk *walk, LecReader *reader);
} messages[] = {
  { CLIENT_HELLO, client_hello },
  { SERVER_HELLO, server_hello },
  { NEW_SESSION_TICKET, new_session_ticket },
  { CERTIFICATE, certificate },
  { SERVER_KEY_EXCHANGE, server_key_exchange },
  { CERTIFICATE_REQUEST, certificate_request },
  { CERTIFICATE_VERIFY, certificate_verify },
  { CLIENT_KEY_EXCHANGE, client_key_exchange },
  { FINISHED, finished },
};

void
lec_tls_dissect_handshake (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;
  uint8_t type = lec_reader_peek (reader, 0);
  const char *name = lec_value_name (lec_tls_handshake_types, type);

  walk->hello = type;
  if (lec_tls_summary_item (walk))
    g_string_append (walk->summary, name ? name : _ ("unknown handshake message"));
  lec_open_group (dissection, FIELD (HANDSHAKE_MESSAGE), lec_reader_offset (reader), lec_reader_left (reader), "%s",
                  name ? name : _ ("unknown"));
  lec_tls_add_uint (dissection, reader, TLS_HANDSHAKE_TYPE, 1);
  lec_tls_add_uint (dissection, reader, TLS_HANDSHAKE_LENGTH, 3);
  for (unsigned i = 0; i < G_N_ELEMENTS (messages); i++)
    if (messages[i].type == type)
      messages[i].dissect (walk, reader);
  lec_tls_add_bytes (dissection, reader, TLS_HANDSHAKE_BODY, lec_reader_left (reader));
  lec_add_state (dissection, reader);
  lec_close (dissection);
}

uint16_t
lec_tls_server_version (const uint8_t *record, uint32_t length)
{
  if (!lec_tls_looks_like_record (record, length) || record[0] != LEC_TLS_HANDSHAKE)
    return 0;
  LecReader reader = lec_reader (record, length, length, 0);
  lec_reader_skip (&reader, LEC_TLS_RECORD_HEADER_BYTES);
  if (lec_read_u8 (&reader) != SERVER_HELLO)
    return 0;
  lec_reader_skip (&reader, 3);
  uint16_t version = lec_read_u16 (&reader);
  lec_reader_skip (&reader, 32);
  lec_reader_skip (&reader, lec_read_u8 (&reader)); /* session ID */
  lec_reader_skip (&reader, 5);                     /* cipher suite, compression, length of extensions */
  while (reader.state == LEC_READ_OK && lec_reader_left (&reader)) {
    uint16_t type = lec_read_u16 (&reader);
    uint32_t bytes = lec_read_u16 (&reader);
    if (type == 43 && bytes == 2) { /* supported_versions, which overrides (RFC 8446 §4.2.1) */
      uint16_t chosen = lec_read_u16 (&reader);
      return chosen ? chosen : version;
    }
    lec_reader_skip (&reader, bytes);
  }
  return version;
}
