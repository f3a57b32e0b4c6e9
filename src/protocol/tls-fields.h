/* The fields of TLS, and what its files tell each other. Only for them: tls.c walks records, tls-handshake.c messages,
 * tls-extensions.c what stands in hellos. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

enum {
  TLS_PROTOCOL,
  TLS_RECORD,
  TLS_CONTENT_TYPE,
  TLS_OPAQUE_TYPE,
  TLS_RECORD_VERSION,
  TLS_RECORD_LENGTH,
  TLS_CHANGE_CIPHER,
  TLS_ALERT_MESSAGE,
  TLS_ALERT_LEVEL,
  TLS_ALERT_DESC,
  TLS_APP_DATA,
  TLS_HEARTBEAT_MESSAGE,
  TLS_HEARTBEAT_TYPE,
  TLS_HEARTBEAT_LENGTH,
  TLS_HEARTBEAT_PAYLOAD,
  TLS_HEARTBEAT_PADDING,
  TLS_HEARTBEAT_INVALID,
  TLS_HANDSHAKE_MESSAGE,
  TLS_HANDSHAKE_ENCRYPTED,
  TLS_HANDSHAKE_FRAGMENT,
  TLS_HANDSHAKE_TYPE,
  TLS_HANDSHAKE_LENGTH,
  TLS_HANDSHAKE_BODY,
  TLS_VERSION,
  TLS_RANDOM,
  TLS_RANDOM_TIME,
  TLS_RANDOM_BYTES,
  TLS_RETRY,
  TLS_SESSION_ID_LENGTH,
  TLS_SESSION_ID,
  TLS_SUITES_LENGTH,
  TLS_SUITES,
  TLS_SUITE,
  TLS_COMPRESSIONS_LENGTH,
  TLS_COMPRESSIONS,
  TLS_COMPRESSION,
  TLS_CERTIFICATES_LENGTH,
  TLS_CERTIFICATES,
  TLS_CERTIFICATE_LENGTH,
  TLS_CERTIFICATE,
  TLS_CERTIFICATE_TYPES_COUNT,
  TLS_CERTIFICATE_TYPE,
  TLS_NAMES_LENGTH,
  TLS_TICKET_LIFETIME,
  TLS_TICKET_LENGTH,
  TLS_TICKET,
  TLS_CURVE_TYPE,
  TLS_NAMED_CURVE,
  TLS_SERVER_POINT_LENGTH,
  TLS_SERVER_POINT,
  TLS_CLIENT_POINT_LENGTH,
  TLS_CLIENT_POINT,
  TLS_SIGNATURE_LENGTH,
  TLS_SIGNATURE,
  TLS_VERIFY_LENGTH,
  TLS_VERIFY,
  TLS_VERIFY_DATA,
  TLS_EXTENSIONS_LENGTH,
  TLS_EXTENSION,
  TLS_EXTENSION_TYPE,
  TLS_EXTENSION_LENGTH,
  TLS_EXTENSION_DATA,
  TLS_SNI_LIST_LENGTH,
  TLS_SNI_TYPE,
  TLS_SNI_LENGTH,
  TLS_SNI,
  TLS_GROUPS_LENGTH,
  TLS_GROUPS,
  TLS_GROUP,
  TLS_POINT_FORMATS_LENGTH,
  TLS_POINT_FORMATS,
  TLS_POINT_FORMAT,
  TLS_SCHEMES_LENGTH,
  TLS_SCHEMES,
  TLS_SCHEME,
  TLS_SCHEME_HASH,
  TLS_SCHEME_SIGNATURE,
  TLS_ALPN_LENGTH,
  TLS_ALPN_LIST,
  TLS_ALPN_STRING_LENGTH,
  TLS_ALPN_STRING,
  TLS_VERSIONS_LENGTH,
  TLS_SUPPORTED_VERSION,
  TLS_KEY_SHARE_LENGTH,
  TLS_KEY_SHARE_ENTRY,
  TLS_KEY_SHARE_GROUP,
  TLS_KEY_EXCHANGE_LENGTH,
  TLS_KEY_EXCHANGE,
  TLS_KEY_SHARE_SELECTED,
  TLS_PSK_MODES_LENGTH,
  TLS_PSK_MODE,
  TLS_PSK_IDENTITIES_LENGTH,
  TLS_PSK_IDENTITY_LENGTH,
  TLS_PSK_IDENTITY,
  TLS_PSK_AGE,
  TLS_PSK_BINDERS_LENGTH,
  TLS_PSK_BINDERS,
  TLS_PSK_SELECTED,
  TLS_RENEGOTIATION_LENGTH,
  TLS_RENEGOTIATION,
  TLS_PADDING,
  TLS_COOKIE_LENGTH,
  TLS_COOKIE,
  TLS_STATUS_TYPE,
  TLS_STATUS_IDS_LENGTH,
  TLS_STATUS_EXTENSIONS_LENGTH,
  TLS_RECORD_SIZE_LIMIT,
  TLS_HEARTBEAT_MODE,
  TLS_FRAGMENT_LIMIT,
  TLS_CERTIFICATE_ALGORITHMS_LENGTH,
  TLS_CERTIFICATE_ALGORITHM,
};

extern const LecField lec_tls_fields[];

/* What a run of records has told so far, and the summary that is being made of it. Lives while a reader is walked. */
typedef struct {
  LecDissection *dissection;
  GString *summary;   /* NULL = none wanted */
  unsigned n_items;   /* in the summary */
  uint16_t version;   /* that the server chose, 0 = not known */
  uint16_t suite;     /* that the server chose, 0 = not known */
  gboolean encrypted; /* a change cipher spec went by */
  gboolean is_retry;  /* the Server Hello asks for another Client Hello (RFC 8446 §4.1.4) */
  uint8_t hello;      /* handshake type of the hello whose extensions are being read */
  /* Of the hello, for the summary. */
  LecBytes server_name;
  LecBytes protocol; /* first of ALPN */
  uint16_t best_version;
} LecTlsWalk;

/* A message that a run of handshake records holds: READER stands at its type, and its whole length is known to be
 * there or cut. */
void lec_tls_dissect_handshake (LecTlsWalk *walk, LecReader *reader);
/* TRUE where a handshake message can begin with these bytes; *LENGTH is then that of the message with its header.
 * Encrypted ones hardly ever pass. */
gboolean lec_tls_looks_like_handshake (const LecReader *reader, uint32_t *length);
void lec_tls_dissect_extensions (LecTlsWalk *walk, LecReader *reader);
void lec_tls_add_scheme (LecDissection *dissection, LecReader *reader);
/* Begins the next item of the summary; FALSE where none is wanted. */
gboolean lec_tls_summary_item (LecTlsWalk *walk);

/* Announces the next number of N_BYTES (at most 4), and returns it. */
uint32_t lec_tls_add_uint (LecDissection *dissection, LecReader *reader, unsigned field, unsigned n_bytes);
/* Announces at most LENGTH bytes, where there are any. */
void lec_tls_add_bytes (LecDissection *dissection, LecReader *reader, unsigned field, uint32_t length);
/* Announces a length of N_BYTES and so many bytes behind it. */
void lec_tls_add_counted (LecDissection *dissection, LecReader *reader, unsigned length_field, unsigned n_bytes,
                          unsigned field);

G_END_DECLS
