/* The Internet checksum (RFC 1071) and what is known of it. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* As Wireshark's *.checksum.status counts. */
typedef enum {
  LEC_CHECKSUM_BAD,
  LEC_CHECKSUM_GOOD,
  LEC_CHECKSUM_UNVERIFIED,
  LEC_CHECKSUM_NOT_PRESENT,
} LecChecksumStatus;

/* Why it was not verified. */
typedef enum {
  LEC_CHECKSUM_CHECKED,
  LEC_CHECKSUM_CUT,       /* not all bytes are here */
  LEC_CHECKSUM_OFFLOADED, /* it looks as if the network card was to fill it in */
} LecChecksumReason;

extern const LecValueName lec_checksum_status_names[];

/* Adds BYTES as 16-bit words to SUM, an odd last byte as if a zero followed. */
uint32_t lec_checksum_add (uint32_t sum, const uint8_t *bytes, uint32_t length);
/* SUM folded to 16 bits, not complemented. */
uint16_t lec_checksum_fold (uint32_t sum);

/* Judges the checksum of what a transport READER holds, from its beginning: STORED is its checksum field. The pseudo
 * header is the dissection's. *EXPECTED is what the field should hold. */
LecChecksumStatus lec_checksum_judge (const LecDissection *dissection, const LecReader *reader, uint8_t ip_protocol,
                                      uint16_t stored, uint16_t *expected, LecChecksumReason *reason);
/* Likewise for what has no pseudo header: ICMP (RFC 792), IGMP (RFC 3376 §4.1.2). */
LecChecksumStatus lec_checksum_judge_alone (const LecDissection *dissection, const LecReader *reader, uint16_t stored,
                                            uint16_t *expected, LecChecksumReason *reason);
/* Announces a checksum of 2 bytes at OFFSET and its status. EXPECTED_FIELD gets the right value where it is wrong. */
void lec_add_checksum (LecDissection *dissection, const LecField *field, const LecField *status_field,
                       const LecField *expected_field, uint32_t offset, uint16_t stored, uint16_t expected,
                       LecChecksumStatus status, LecChecksumReason reason);

G_END_DECLS
