#include "protocol/ip-checksum.h"

#include <glib/gi18n-lib.h>

const LecValueName lec_checksum_status_names[] = {
  { LEC_CHECKSUM_BAD, N_ ("Bad") },
  { LEC_CHECKSUM_GOOD, N_ ("Good") },
  { LEC_CHECKSUM_UNVERIFIED, N_ ("Not checked") },
  { LEC_CHECKSUM_NOT_PRESENT, N_ ("Not present") },
  { 0, NULL },
};

uint32_t
lec_checksum_add (uint32_t sum, const uint8_t *bytes, uint32_t length)
{
  uint64_t wide = sum;

  for (; length > 1; bytes += 2, length -= 2)
    wide += (uint32_t) (bytes[0] << 8 | bytes[1]);
  if (length)
    wide += (uint32_t) (bytes[0] << 8);
  while (wide >> 32)
    wide = (wide & 0xffffffff) + (wide >> 32);
  return (uint32_t) wide;
}

uint16_t
lec_checksum_fold (uint32_t sum)
{
  while (sum >> 16)
    sum = (sum & 0xffff) + (sum >> 16);
  return (uint16_t) sum;
}

LecChecksumStatus
lec_checksum_judge (const LecDissection *dissection, const LecReader *reader, uint8_t ip_protocol, uint16_t stored,
                    uint16_t *expected, LecChecksumReason *reason)
{
  *expected = stored;
  *reason = LEC_CHECKSUM_CUT;
  if (dissection->quoted || !dissection->has_pseudo_header || reader->captured < reader->reported)
    return LEC_CHECKSUM_UNVERIFIED;

  /* RFC 9293 §3.1, RFC 8200 §8.1: the pseudo header ends with the length and the protocol. */
  uint16_t pseudo = lec_checksum_fold (lec_checksum_fold (dissection->pseudo_header_sum) + reader->reported / 65536 +
                                       (reader->reported & 0xffff) + ip_protocol);
  uint16_t whole = lec_checksum_fold (lec_checksum_add (pseudo, reader->bytes, reader->captured));
  *reason = LEC_CHECKSUM_CHECKED;
  if (whole == 0xffff)
    return LEC_CHECKSUM_GOOD;
  *expected = (uint16_t) ~lec_checksum_fold ((uint32_t) whole + (uint16_t) ~stored);
  /* A system that leaves the sum to its network card puts that of the pseudo header there, or nothing; a capture on
   * the sending machine sees the segment before the card does. */
  if (stored == pseudo || (!stored && dissection->outbound)) {
    *reason = LEC_CHECKSUM_OFFLOADED;
    return LEC_CHECKSUM_UNVERIFIED;
  }
  return LEC_CHECKSUM_BAD;
}

LecChecksumStatus
lec_checksum_judge_alone (const LecDissection *dissection, const LecReader *reader, uint16_t stored, uint16_t *expected,
                          LecChecksumReason *reason)
{
  *expected = stored;
  *reason = LEC_CHECKSUM_CUT;
  if (dissection->quoted || reader->captured < reader->reported)
    return LEC_CHECKSUM_UNVERIFIED;
  uint16_t whole = lec_checksum_fold (lec_checksum_add (0, reader->bytes, reader->captured));
  *reason = LEC_CHECKSUM_CHECKED;
  if (whole == 0xffff)
    return LEC_CHECKSUM_GOOD;
  *expected = (uint16_t) ~lec_checksum_fold ((uint32_t) whole + (uint16_t) ~stored);
  return LEC_CHECKSUM_BAD;
}

void
lec_add_checksum (LecDissection *dissection, const LecField *field, const LecField *status_field,
                  const LecField *expected_field, uint32_t offset, uint16_t stored, uint16_t expected,
                  LecChecksumStatus status, LecChecksumReason reason)
{
  lec_add_uint (dissection, field, offset, 2, stored);
  if (reason == LEC_CHECKSUM_OFFLOADED)
    lec_add_computed_text (dissection, status_field, status, "%s", _ ("Not checked: filled in by the network card"));
  else if (reason == LEC_CHECKSUM_CUT && status == LEC_CHECKSUM_UNVERIFIED)
    lec_add_computed_text (dissection, status_field, status, "%s", _ ("Not checked: not all of its bytes are here"));
  else
    lec_add_computed (dissection, status_field, status);
  if (status == LEC_CHECKSUM_BAD)
    lec_add_computed (dissection, expected_field, expected);
}
