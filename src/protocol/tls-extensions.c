/* Extensions of TLS hellos (RFC 8446 §4.2). */
#include <glib/gi18n-lib.h>

#include "protocol/tls-fields.h"
#include "protocol/tls-names.h"

#define FIELD(name) (&lec_tls_fields[TLS_##name])

static const char *
name_or_unknown (const LecValueName *names, uint16_t value)
{
  const char *name = lec_value_name (names, value);

  return name ? name : _ ("unknown");
}

uint32_t
lec_tls_add_uint (LecDissection *dissection, LecReader *reader, unsigned field, unsigned n_bytes)
{
  return (uint32_t) lec_take_uint (dissection, reader, &lec_tls_fields[field], n_bytes);
}

void
lec_tls_add_bytes (LecDissection *dissection, LecReader *reader, unsigned field, uint32_t length)
{
  uint32_t offset = lec_reader_offset (reader);
  LecBytes bytes = lec_read_some (reader, length);

  if (bytes.length)
    lec_add_bytes (dissection, &lec_tls_fields[field], offset, bytes);
  if (bytes.length < length)
    lec_reader_fail (reader, length - bytes.length);
}

void
lec_tls_add_counted (LecDissection *dissection, LecReader *reader, unsigned length_field, unsigned n_bytes,
                     unsigned field)
{
  uint32_t length = lec_tls_add_uint (dissection, reader, length_field, n_bytes);

  lec_tls_add_bytes (dissection, reader, field, length);
}

void
lec_tls_add_scheme (LecDissection *dissection, LecReader *reader)
{
  uint32_t offset = lec_reader_offset (reader);
  uint16_t scheme = lec_read_u16 (reader);

  if (reader->state)
    return;
  lec_open_uint (dissection, FIELD (SCHEME), offset, 2, scheme);
  lec_add_uint (dissection, FIELD (SCHEME_HASH), offset, 1, scheme >> 8);
  lec_add_uint (dissection, FIELD (SCHEME_SIGNATURE), offset + 1, 1, scheme & 0xff);
  lec_close (dissection);
}

static void
server_name (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;

  if (lec_reader_reported_left (reader) == 0) /* a server's: it used the name (RFC 6066 §3) */
    return;
  lec_tls_add_uint (dissection, reader, TLS_SNI_LIST_LENGTH, 2);
  while (lec_reader_left (reader)) {
    uint8_t type = (uint8_t) lec_tls_add_uint (dissection, reader, TLS_SNI_TYPE, 1);
    uint32_t length = lec_tls_add_uint (dissection, reader, TLS_SNI_LENGTH, 2);
    uint32_t offset = lec_reader_offset (reader);
    LecBytes name = lec_read_bytes (reader, length);
    if (reader->state || type != 0)
      return;
    lec_add_string (dissection, FIELD (SNI), offset, name.length, (const char *) name.data, name.length);
    if (!walk->server_name.length)
      walk->server_name = name;
  }
}

static void
application_protocols (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;
  uint32_t length = lec_tls_add_uint (dissection, reader, TLS_ALPN_LENGTH, 2);
  LecReader list = lec_reader_take (reader, length);

  lec_open_group (dissection, FIELD (ALPN_LIST), lec_reader_offset (&list), list.captured, NULL);
  while (lec_reader_left (&list)) {
    uint32_t bytes = lec_tls_add_uint (dissection, &list, TLS_ALPN_STRING_LENGTH, 1);
    uint32_t offset = lec_reader_offset (&list);
    LecBytes name = lec_read_bytes (&list, bytes);
    if (list.state)
      break;
    lec_add_string (dissection, FIELD (ALPN_STRING), offset, name.length, (const char *) name.data, name.length);
    if (!walk->protocol.length)
      walk->protocol = name;
  }
  lec_close (dissection);
  reader->state |= list.state;
}

/* A list of numbers of 2 bytes below a group. */
static void
list_u16 (LecTlsWalk *walk, LecReader *reader, unsigned length_field, unsigned group, unsigned field)
{
  LecDissection *dissection = walk->dissection;
  uint32_t length = lec_tls_add_uint (dissection, reader, length_field, 2);
  LecReader list = lec_reader_take (reader, length);

  lec_open_group (dissection, &lec_tls_fields[group], lec_reader_offset (&list), list.captured, "%u", length / 2);
  while (lec_reader_left (&list) && list.state == LEC_READ_OK) {
    if (field == TLS_SCHEME)
      lec_tls_add_scheme (dissection, &list);
    else
      lec_tls_add_uint (dissection, &list, field, 2);
  }
  lec_close (dissection);
  reader->state |= list.state;
}

static void
supported_groups (LecTlsWalk *walk, LecReader *reader)
{
  list_u16 (walk, reader, TLS_GROUPS_LENGTH, TLS_GROUPS, TLS_GROUP);
}

static void
signature_algorithms (LecTlsWalk *walk, LecReader *reader)
{
  list_u16 (walk, reader, TLS_SCHEMES_LENGTH, TLS_SCHEMES, TLS_SCHEME);
}

static void
point_formats (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;
  uint32_t length = lec_tls_add_uint (dissection, reader, TLS_POINT_FORMATS_LENGTH, 1);
  LecReader list = lec_reader_take (reader, length);

  lec_open_group (dissection, FIELD (POINT_FORMATS), lec_reader_offset (&list), list.captured, "%u", length);
  while (lec_reader_left (&list))
    lec_tls_add_uint (dissection, &list, TLS_POINT_FORMAT, 1);
  lec_close (dissection);
}

static void
supported_versions (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;

  if (walk->hello == 2) {
    uint16_t version = (uint16_t) lec_tls_add_uint (dissection, reader, TLS_SUPPORTED_VERSION, 2);
    if (reader->state == LEC_READ_OK)
      walk->version = walk->best_version = version;
    return;
  }
  lec_tls_add_uint (dissection, reader, TLS_VERSIONS_LENGTH, 1);
  while (lec_reader_left (reader) && reader->state == LEC_READ_OK) {
    uint16_t version = (uint16_t) lec_tls_add_uint (dissection, reader, TLS_SUPPORTED_VERSION, 2);
    if (!lec_tls_is_grease (version) && version >> 8 == 3)
      walk->best_version = MAX (walk->best_version, version);
  }
}

static void
key_share_entry (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;
  LecReader ahead = *reader;
  uint16_t group = lec_read_u16 (&ahead);
  uint32_t length = lec_read_u16 (&ahead);

  lec_open_group (dissection, FIELD (KEY_SHARE_ENTRY), lec_reader_offset (reader),
                  MIN (length + 4, lec_reader_left (reader)), "%s", name_or_unknown (lec_tls_groups, group));
  lec_tls_add_uint (dissection, reader, TLS_KEY_SHARE_GROUP, 2);
  lec_tls_add_uint (dissection, reader, TLS_KEY_EXCHANGE_LENGTH, 2);
  lec_tls_add_bytes (dissection, reader, TLS_KEY_EXCHANGE, length);
  lec_close (dissection);
}

static void
key_share (LecTlsWalk *walk, LecReader *reader)
{
  if (walk->hello == 1) {
    lec_tls_add_uint (walk->dissection, reader, TLS_KEY_SHARE_LENGTH, 2);
    while (lec_reader_left (reader) && reader->state == LEC_READ_OK)
      key_share_entry (walk, reader);
  } else if (walk->is_retry || lec_reader_reported_left (reader) == 2) {
    lec_tls_add_uint (walk->dissection, reader, TLS_KEY_SHARE_SELECTED, 2);
  } else {
    key_share_entry (walk, reader);
  }
}

static void
psk_modes (LecTlsWalk *walk, LecReader *reader)
{
  uint32_t length = lec_tls_add_uint (walk->dissection, reader, TLS_PSK_MODES_LENGTH, 1);

  while (length-- && lec_reader_left (reader))
    lec_tls_add_uint (walk->dissection, reader, TLS_PSK_MODE, 1);
}

static void
pre_shared_key (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;

  if (walk->hello == 2) {
    lec_tls_add_uint (dissection, reader, TLS_PSK_SELECTED, 2);
    return;
  }
  uint32_t length = lec_tls_add_uint (dissection, reader, TLS_PSK_IDENTITIES_LENGTH, 2);
  LecReader identities = lec_reader_take (reader, length);
  while (lec_reader_left (&identities) && identities.state == LEC_READ_OK) {
    lec_tls_add_counted (dissection, &identities, TLS_PSK_IDENTITY_LENGTH, 2, TLS_PSK_IDENTITY);
    uint32_t offset = lec_reader_offset (&identities);
    uint32_t age = lec_read_u32 (&identities);
    if (identities.state == LEC_READ_OK)
      lec_add_uint (dissection, FIELD (PSK_AGE), offset, 4, age);
  }
  reader->state |= identities.state;
  lec_tls_add_counted (dissection, reader, TLS_PSK_BINDERS_LENGTH, 2, TLS_PSK_BINDERS);
}

static void
renegotiation (LecTlsWalk *walk, LecReader *reader)
{
  lec_tls_add_counted (walk->dissection, reader, TLS_RENEGOTIATION_LENGTH, 1, TLS_RENEGOTIATION);
}

static void
padding (LecTlsWalk *walk, LecReader *reader)
{
  lec_tls_add_bytes (walk->dissection, reader, TLS_PADDING, lec_reader_left (reader));
}

static void
cookie (LecTlsWalk *walk, LecReader *reader)
{
  lec_tls_add_counted (walk->dissection, reader, TLS_COOKIE_LENGTH, 2, TLS_COOKIE);
}

static void
status_request (LecTlsWalk *walk, LecReader *reader)
{
  if (lec_reader_reported_left (reader) == 0) /* a server's */
    return;
  lec_tls_add_uint (walk->dissection, reader, TLS_STATUS_TYPE, 1);
  lec_tls_add_counted (walk->dissection, reader, TLS_STATUS_IDS_LENGTH, 2, TLS_EXTENSION_DATA);
  lec_tls_add_counted (walk->dissection, reader, TLS_STATUS_EXTENSIONS_LENGTH, 2, TLS_EXTENSION_DATA);
}

static void
record_size_limit (LecTlsWalk *walk, LecReader *reader)
{
  lec_tls_add_uint (walk->dissection, reader, TLS_RECORD_SIZE_LIMIT, 2);
}

static void
heartbeat (LecTlsWalk *walk, LecReader *reader)
{
  lec_tls_add_uint (walk->dissection, reader, TLS_HEARTBEAT_MODE, 1);
}

static void
fragment_limit (LecTlsWalk *walk, LecReader *reader)
{
  lec_tls_add_uint (walk->dissection, reader, TLS_FRAGMENT_LIMIT, 1);
}

static void
compress_certificate (LecTlsWalk *walk, LecReader *reader)
{
  uint32_t length = lec_tls_add_uint (walk->dissection, reader, TLS_CERTIFICATE_ALGORITHMS_LENGTH, 1);

  for (; length >= 2 && lec_reader_left (reader); length -= 2)
    lec_tls_add_uint (walk->dissection, reader, TLS_CERTIFICATE_ALGORITHM, 2);
}

static const struct {
  uint16_t type;
  void (*dissect) (LecTlsWalk *walk, LecReader *reader);
} extensions[] = {
  { 0, server_name },
  { 1, fragment_limit },
  { 5, status_request },
  { 10, supported_groups },
  { 11, point_formats },
  { 13, signature_algorithms },
  { 15, heartbeat },
  { 16, application_protocols },
  { 21, padding },
  { 27, compress_certificate },
  { 28, record_size_limit },
  { 41, pre_shared_key },
  { 43, supported_versions },
  { 44, cookie },
  { 45, psk_modes },
  { 50, signature_algorithms },
  { 51, key_share },
  { 65281, renegotiation },
};

static void
dissect_extension (LecTlsWalk *walk, LecReader *reader)
{
  LecDissection *dissection = walk->dissection;
  LecReader ahead = *reader;
  uint16_t type = lec_read_u16 (&ahead);
  uint32_t length = lec_read_u16 (&ahead);

  lec_open_group (dissection, FIELD (EXTENSION), lec_reader_offset (reader), MIN (length + 4, lec_reader_left (reader)),
                  "%s", name_or_unknown (lec_tls_extension_types, type));
  lec_tls_add_uint (dissection, reader, TLS_EXTENSION_TYPE, 2);
  lec_tls_add_uint (dissection, reader, TLS_EXTENSION_LENGTH, 2);
  LecReader content = lec_reader_take (reader, length);
  for (unsigned i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (extensions[i].type == type)
      extensions[i].dissect (walk, &content);
  lec_tls_add_bytes (dissection, &content, TLS_EXTENSION_DATA, lec_reader_left (&content));
  lec_add_state (dissection, &content);
  lec_close (dissection);
}

void
lec_tls_dissect_extensions (LecTlsWalk *walk, LecReader *reader)
{
  if (lec_reader_reported_left (reader) == 0) /* before RFC 3546 there were none */
    return;
  uint32_t length = lec_tls_add_uint (walk->dissection, reader, TLS_EXTENSIONS_LENGTH, 2);
  LecReader list = lec_reader_take (reader, length);
  while (lec_reader_left (&list) && list.state == LEC_READ_OK)
    dissect_extension (walk, &list);
}
