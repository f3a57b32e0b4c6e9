/* The header of a TLS record, for whoever follows a stream from record to record (RFC 8446 §5.1).
 *
 *         0        1        2        3        4
 *     +--------+--------+--------+--------+--------+---
 *     |  type  |     version     |     length      | fragment …
 *     +--------+--------+--------+--------+--------+---
 */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define LEC_TLS_RECORD_HEADER_BYTES 5u
/* Largest fragment: 2¹⁴ bytes, and 2048 that compression and encryption may add (RFC 5246 §6.2.3). */
#define LEC_TLS_RECORD_LIMIT_BYTES (16384u + 2048u)

typedef enum {
  LEC_TLS_CHANGE_CIPHER_SPEC = 20,
  LEC_TLS_ALERT = 21,
  LEC_TLS_HANDSHAKE = 22,
  LEC_TLS_APPLICATION_DATA = 23,
  LEC_TLS_HEARTBEAT = 24, /* RFC 6520 §3 */
} LecTlsContentType;

/* TRUE where the first 5 bytes can be the header of a record of SSL 3.0 to TLS 1.3; FALSE also where there are fewer.
 * Only application data may be empty (RFC 8446 §5.1). */
static inline gboolean
lec_tls_looks_like_record (const uint8_t *bytes, uint32_t length)
{
  if (length < LEC_TLS_RECORD_HEADER_BYTES || bytes[0] < LEC_TLS_CHANGE_CIPHER_SPEC || bytes[0] > LEC_TLS_HEARTBEAT ||
      bytes[1] != 3 || bytes[2] > 4)
    return FALSE;
  uint32_t fragment = (uint32_t) bytes[3] << 8 | bytes[4];
  return fragment <= LEC_TLS_RECORD_LIMIT_BYTES && (fragment > 0 || bytes[0] == LEC_TLS_APPLICATION_DATA);
}

/* Bytes of a record that lec_tls_looks_like_record() knows, header included. */
static inline uint32_t
lec_tls_record_length (const uint8_t *bytes)
{
  return LEC_TLS_RECORD_HEADER_BYTES + ((uint32_t) bytes[3] << 8 | bytes[4]);
}

/* The version that the Server Hello at RECORD chose, where there is one (0x0304: TLS 1.3); 0 = none. */
uint16_t lec_tls_server_version (const uint8_t *record, uint32_t length);

G_END_DECLS
