/* TLS records, SSL 3.0 to TLS 1.3 (RFC 8446 §5, RFC 5246 §6.2): tls-record.h draws their header. */
#include <glib/gi18n-lib.h>

#include "protocol/protocols.h"
#include "protocol/tls-fields.h"
#include "protocol/tls-names.h"
#include "protocol/tls-record.h"

#define FIELD(name) (&lec_tls_fields[TLS_##name])

#define TLS_1_3 0x0304

/* Records and messages that a summary names before it says "…". */
#define SUMMARY_ITEMS 6u

gboolean
lec_tls_summary_item (LecTlsWalk *walk)
{
  if (!walk->summary)
    return FALSE;
  walk->n_items++;
  if (walk->n_items > SUMMARY_ITEMS + 1)
    return FALSE;
  if (walk->n_items > 1)
    g_string_append (walk->summary, "; ");
  if (walk->n_items <= SUMMARY_ITEMS)
    return TRUE;
  g_string_append (walk->summary, "…");
  walk->summary = NULL;
  return FALSE;
}

static void
summary_text (LecTlsWalk *walk, const char *text)
{
  if (lec_tls_summary_item (walk))
    g_string_append (walk->summary, text);
}

/* The content of the handshake records from READER's record on, put into one piece; NULL where it cannot grow to
 * WANTED bytes. PIECES says where it came from. */
static GByteArray *
join_records (LecTlsWalk *walk, LecReader fragment, LecReader following, uint32_t wanted, GArray *pieces)
{
  GByteArray *joined = g_byte_array_new ();
  LecReader part = fragment;

  for (;;) {
    uint32_t at = lec_reader_offset (&part);
    LecBytes bytes = lec_read_some (&part, wanted - joined->len);
    g_byte_array_append (joined, bytes.data, bytes.length);
    g_array_append_val (pieces, ((LecPiece){ joined->len - bytes.length, bytes.length, walk->dissection->frame, at }));
    const uint8_t *header = following.bytes + following.position;
    if (joined->len >= wanted || !lec_tls_looks_like_record (header, lec_reader_left (&following)) ||
        header[0] != LEC_TLS_HANDSHAKE)
      return joined;
    uint32_t length = lec_tls_record_length (header);
    lec_reader_skip (&following, LEC_TLS_RECORD_HEADER_BYTES);
    part = lec_reader_take (&following, length - LEC_TLS_RECORD_HEADER_BYTES);
  }
}

/* A message that goes on in further records: it becomes a source of its own. Returns how many of its bytes stand
 * behind this record. */
static uint32_t
dissect_joined (LecTlsWalk *walk, LecReader *fragment, const LecReader *following, uint32_t length)
{
  LecDissection *dissection = walk->dissection;
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LecPiece));
  uint32_t here = lec_reader_left (fragment);
  GByteArray *joined = join_records (walk, *fragment, *following, length, pieces);
  uint32_t n_bytes = joined->len;
  uint8_t *bytes = lec_dissection_own (dissection, g_byte_array_free (joined, FALSE));
  gboolean own = dissection->source == 0; /* else the pieces of the source below are not known here */

  lec_tls_add_bytes (dissection, fragment, TLS_HANDSHAKE_FRAGMENT, here);
  uint16_t former = lec_add_source (dissection, _ ("TLS handshake message"), (LecBytes){ bytes, n_bytes },
                                    own ? (const LecPiece *) (const void *) pieces->data : NULL, own ? pieces->len : 0);
  LecReader message = lec_reader (bytes, n_bytes, length, 0);
  lec_tls_dissect_handshake (walk, &message);
  dissection->source = former;
  return n_bytes - here;
}

/* *CARRIED counts the bytes of a message that an earlier record's message has taken from this one and those after. */
static void
dissect_handshakes (LecTlsWalk *walk, LecReader *fragment, const LecReader *following, uint32_t *carried)
{
  LecDissection *dissection = walk->dissection;
  uint32_t taken = MIN (*carried, lec_reader_left (fragment));

  if (taken) {
    lec_tls_add_bytes (dissection, fragment, TLS_HANDSHAKE_FRAGMENT, taken);
    *carried -= taken;
  }
  while (lec_reader_left (fragment)) {
    uint32_t length;
    if (walk->encrypted || !lec_tls_looks_like_handshake (fragment, &length)) {
      uint32_t offset = lec_reader_offset (fragment);
      LecBytes bytes = lec_read_some (fragment, G_MAXUINT32);
      lec_open_group (dissection, FIELD (HANDSHAKE_MESSAGE), offset, bytes.length, "%s", _ ("encrypted"));
      lec_add_bytes (dissection, FIELD (HANDSHAKE_ENCRYPTED), offset, bytes);
      lec_close (dissection);
      summary_text (walk, _ ("Encrypted handshake message"));
      return;
    }
    if (length > lec_reader_reported_left (fragment) && fragment->captured == fragment->reported) {
      *carried = dissect_joined (walk, fragment, following, length);
    } else {
      LecReader message = lec_reader_take (fragment, length);
      lec_tls_dissect_handshake (walk, &message);
    }
  }
}

static void
dissect_alert (LecTlsWalk *walk, LecReader *fragment)
{
  LecDissection *dissection = walk->dissection;
  uint32_t offset = lec_reader_offset (fragment);
  uint8_t level = lec_reader_peek (fragment, 0);
  const char *name = lec_value_name (lec_tls_alerts, lec_reader_peek (fragment, 1));
  gboolean readable = !walk->encrypted && fragment->reported == 2 && (level == 1 || level == 2);

  lec_open_group (dissection, FIELD (ALERT_MESSAGE), offset, lec_reader_left (fragment), "%s",
                  !readable ? _ ("encrypted")
                  : name    ? name
                            : _ ("unknown"));
  if (readable) {
    lec_tls_add_uint (dissection, fragment, TLS_ALERT_LEVEL, 1);
    lec_tls_add_uint (dissection, fragment, TLS_ALERT_DESC, 1);
  }
  lec_close (dissection);
  if (!lec_tls_summary_item (walk))
    return;
  if (readable)
    g_string_append_printf (walk->summary, _ ("Alert, %s, %s"), level == 2 ? _ ("fatal") : _ ("warning"),
                            name ? name : _ ("unknown"));
  else
    g_string_append (walk->summary, _ ("Encrypted alert"));
}

static void
dissect_heartbeat (LecTlsWalk *walk, LecReader *fragment)
{
  LecDissection *dissection = walk->dissection;
  LecReader ahead = *fragment;
  uint8_t type = lec_read_u8 (&ahead);
  uint32_t length = lec_read_u16 (&ahead);

  lec_open_group (dissection, FIELD (HEARTBEAT_MESSAGE), lec_reader_offset (fragment), lec_reader_left (fragment),
                  NULL);
  if (!walk->encrypted && (type == 1 || type == 2)) {
    lec_tls_add_uint (dissection, fragment, TLS_HEARTBEAT_TYPE, 1);
    lec_tls_add_uint (dissection, fragment, TLS_HEARTBEAT_LENGTH, 2);
    if (length > lec_reader_reported_left (fragment))
      lec_add_computed_text (dissection, FIELD (HEARTBEAT_INVALID), 0, "%s", _ ("more than the record holds"));
    lec_tls_add_bytes (dissection, fragment, TLS_HEARTBEAT_PAYLOAD, MIN (length, lec_reader_left (fragment)));
    lec_tls_add_bytes (dissection, fragment, TLS_HEARTBEAT_PADDING, lec_reader_left (fragment));
  }
  lec_close (dissection);
  summary_text (walk, _ ("Heartbeat"));
}

static void
dissect_application_data (LecTlsWalk *walk, LecReader *fragment)
{
  uint32_t reported = lec_reader_reported_left (fragment);

  lec_tls_add_bytes (walk->dissection, fragment, TLS_APP_DATA, lec_reader_left (fragment));
  if (lec_tls_summary_item (walk))
    g_string_append_printf (
        walk->summary,
        g_dngettext (GETTEXT_PACKAGE, "Application data, %'u byte", "Application data, %'u bytes", reported), reported);
}

static void
dissect_content (LecTlsWalk *walk, uint8_t type, LecReader *fragment, const LecReader *following, uint32_t *carried)
{
  switch (type) {
  case LEC_TLS_CHANGE_CIPHER_SPEC:
    lec_open_group (walk->dissection, FIELD (CHANGE_CIPHER), lec_reader_offset (fragment), lec_reader_left (fragment),
                    NULL);
    lec_close (walk->dissection);
    walk->encrypted = TRUE;
    summary_text (walk, _ ("Change cipher spec"));
    break;
  case LEC_TLS_ALERT:
    dissect_alert (walk, fragment);
    break;
  case LEC_TLS_HANDSHAKE:
    dissect_handshakes (walk, fragment, following, carried);
    break;
  case LEC_TLS_APPLICATION_DATA:
    dissect_application_data (walk, fragment);
    break;
  default:
    dissect_heartbeat (walk, fragment);
  }
}

static void
dissect_record (LecTlsWalk *walk, LecReader *reader, uint32_t *carried)
{
  LecDissection *dissection = walk->dissection;
  uint32_t offset = lec_reader_offset (reader);
  const uint8_t *header = reader->bytes + reader->position;
  uint8_t type = header[0];
  uint32_t length = lec_tls_record_length (header);
  const char *name = lec_value_name (lec_tls_content_types, type);
  gboolean opaque = type == LEC_TLS_APPLICATION_DATA && walk->version >= TLS_1_3;

  lec_open_group (dissection, FIELD (RECORD), offset, MIN (length, lec_reader_left (reader)), "%s", _ (name));
  lec_tls_add_uint (dissection, reader, opaque ? TLS_OPAQUE_TYPE : TLS_CONTENT_TYPE, 1);
  lec_tls_add_uint (dissection, reader, TLS_RECORD_VERSION, 2);
  lec_tls_add_uint (dissection, reader, TLS_RECORD_LENGTH, 2);
  LecReader fragment = lec_reader_take (reader, length - LEC_TLS_RECORD_HEADER_BYTES);
  dissect_content (walk, type, &fragment, reader, carried);
  lec_add_state (dissection, reader);
  lec_close (dissection);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  gboolean wanted = lec_dissection_wants_summary (dissection, layer);
  g_autoptr (GString) summary = g_string_new (NULL);
  LecTlsWalk walk = {
    .dissection = dissection,
    .summary = wanted ? summary : NULL,
    .version = dissection->has_stream && !dissection->quoted ? dissection->stream.tls_version : 0,
  };
  uint32_t carried = 0;
  uint32_t start = reader->position;

  lec_open_group (dissection, FIELD (PROTOCOL), lec_reader_offset (reader), lec_reader_left (reader), NULL);
  while (lec_tls_looks_like_record (reader->bytes + reader->position, lec_reader_left (reader)))
    dissect_record (&walk, reader, &carried);
  if (lec_reader_left (reader) && lec_reader_left (reader) < LEC_TLS_RECORD_HEADER_BYTES)
    lec_reader_fail (reader, LEC_TLS_RECORD_HEADER_BYTES);
  lec_add_state (dissection, reader);
  lec_close (dissection);
  dissection->layers[layer].span.length_bits = (reader->position - start) * 8;
  if (wanted && summary->len)
    lec_dissection_set_summary (dissection, layer, "%s", summary->str);
  if (lec_reader_left (reader))
    lec_dissect_data (dissection, reader);
}

const LecProtocol lec_tls_protocol = {
  LEC_PROTOCOL_TLS, "tls", "TLS", NULL, N_ ("Transport Layer Security"), lec_tls_fields, NULL, dissect,
};
