/* ICMP (RFC 792): how routers and hosts tell a sender what became of its packet, and ping.
 *
 *         0        1        2        3
 *     +--------+--------+--------+--------+
 *     |  type  |  code  |    checksum     |
 *     +--------+--------+--------+--------+
 *     |       depends on the type         |
 *     +--------+--------+--------+--------+
 *     | the packet that the message is about, or what an echo carries …
 */
#include <glib/gi18n-lib.h>

#include "protocol/icmp-common.h"
#include "protocol/ip-checksum.h"
#include "protocol/protocols.h"

enum {
  ICMP,
  TYPE,
  CODE,
  CHECKSUM,
  CHECKSUM_STATUS,
  CHECKSUM_CALCULATED,
  UNUSED,
  LENGTH,
  MTU,
  GATEWAY,
  POINTER,
  IDENT,
  IDENT_LE,
  SEQUENCE,
  SEQUENCE_LE,
  ORIGINATE,
  RECEIVE,
  TRANSMIT,
  MASK,
  N_ADDRESSES,
  ENTRY_SIZE,
  LIFETIME,
  ROUTER,
  PREFERENCE,
  RESPONSE_IN,
  RESPONSE_TO,
  RESPONSE_TIME,
};

enum {
  ECHO_REPLY = 0,
  UNREACHABLE = 3,
  SOURCE_QUENCH = 4,
  REDIRECT = 5,
  ECHO = 8,
  ROUTER_ADVERTISEMENT = 9,
  TIME_EXCEEDED = 11,
  PARAMETER_PROBLEM = 12,
  TIMESTAMP = 13,
  TIMESTAMP_REPLY = 14,
  INFORMATION = 15,
  INFORMATION_REPLY = 16,
  ADDRESS_MASK = 17,
  ADDRESS_MASK_REPLY = 18,
};

#define FRAGMENTATION_NEEDED 4

/* IANA, "ICMP Type Numbers". */
static const LecValueName types[] = {
  { ECHO_REPLY, N_ ("Echo reply") },
  { UNREACHABLE, N_ ("Destination unreachable") },
  { SOURCE_QUENCH, N_ ("Source quench") },
  { REDIRECT, N_ ("Redirect") },
  { ECHO, N_ ("Echo request") },
  { ROUTER_ADVERTISEMENT, N_ ("Router advertisement") },
  { 10, N_ ("Router solicitation") },
  { TIME_EXCEEDED, N_ ("Time exceeded") },
  { PARAMETER_PROBLEM, N_ ("Parameter problem") },
  { TIMESTAMP, N_ ("Timestamp request") },
  { TIMESTAMP_REPLY, N_ ("Timestamp reply") },
  { INFORMATION, N_ ("Information request") },
  { INFORMATION_REPLY, N_ ("Information reply") },
  { ADDRESS_MASK, N_ ("Address mask request") },
  { ADDRESS_MASK_REPLY, N_ ("Address mask reply") },
  { 30, N_ ("Traceroute") },
  { 40, N_ ("Photuris") },
  { 42, N_ ("Extended echo request") },
  { 43, N_ ("Extended echo reply") },
  { 0, NULL },
};

static const LecIcmpCode codes[] = {
  { UNREACHABLE, 0, N_ ("network unreachable") },
  { UNREACHABLE, 1, N_ ("host unreachable") },
  { UNREACHABLE, 2, N_ ("protocol unreachable") },
  { UNREACHABLE, 3, N_ ("port unreachable") },
  { UNREACHABLE, 4, N_ ("too large, and must not be fragmented") },
  { UNREACHABLE, 5, N_ ("source route failed") },
  { UNREACHABLE, 6, N_ ("network unknown") },
  { UNREACHABLE, 7, N_ ("host unknown") },
  { UNREACHABLE, 8, N_ ("source host isolated") },
  { UNREACHABLE, 9, N_ ("network forbidden") },
  { UNREACHABLE, 10, N_ ("host forbidden") },
  { UNREACHABLE, 11, N_ ("network unreachable for this service") },
  { UNREACHABLE, 12, N_ ("host unreachable for this service") },
  { UNREACHABLE, 13, N_ ("forbidden by a filter") },
  { UNREACHABLE, 14, N_ ("host precedence violation") },
  { UNREACHABLE, 15, N_ ("precedence cutoff") },
  { REDIRECT, 0, N_ ("for the network") },
  { REDIRECT, 1, N_ ("for the host") },
  { REDIRECT, 2, N_ ("for the service and network") },
  { REDIRECT, 3, N_ ("for the service and host") },
  { TIME_EXCEEDED, 0, N_ ("time to live used up on the way") },
  { TIME_EXCEEDED, 1, N_ ("fragments missing for too long") },
  { PARAMETER_PROBLEM, 0, N_ ("pointer shows the error") },
  { PARAMETER_PROBLEM, 1, N_ ("required option missing") },
  { PARAMETER_PROBLEM, 2, N_ ("bad length") },
  { 0, 0, NULL },
};

static const LecField fields[] = {
  [ICMP] = { "icmp", "ICMP", N_ ("Internet Control Message Protocol"), LEC_TYPE_PROTOCOL },
  [TYPE] = { "icmp.type", "ICMP.Type", N_ ("Type"), LEC_TYPE_UINT8, .values = types,
             .explanation =
                 N_ ("What the message is: 8 and 0 are ping and its answer, 3 says that a packet could not be "
                     "delivered, 11 that it had gone through too many routers (RFC 792).") },
  [CODE] = { "icmp.code", "ICMP.Code", N_ ("Code"), LEC_TYPE_UINT8,
             .explanation = N_ ("Says more about the type; with type 3 what could not be reached (RFC 792).") },
  [CHECKSUM] = { "icmp.checksum", "ICMP.Checksum", N_ ("Checksum"), LEC_TYPE_UINT16, .show = LEC_SHOW_HEX,
                 .explanation = N_ ("Shows whether the message arrived as it was sent (RFC 792).") },
  [CHECKSUM_STATUS] = { "icmp.checksum.status", NULL, N_ ("Checksum status"), LEC_TYPE_UINT8,
                        .values = lec_checksum_status_names },
  [CHECKSUM_CALCULATED] = { "icmp.checksum_calculated", NULL, N_ ("It should be"), LEC_TYPE_UINT16,
                            .show = LEC_SHOW_HEX },
  [UNUSED] = { "icmp.unused", NULL, N_ ("Unused"), LEC_TYPE_BYTES },
  [LENGTH] = { "icmp.length", NULL, N_ ("Length of the quoted packet"), LEC_TYPE_UINT8,
               .explanation =
                   N_ ("In words of 4 bytes; further information follows the quoted packet (RFC 4884 §4).") },
  [MTU] = { "icmp.mtu", NULL, N_ ("MTU of the next hop"), LEC_TYPE_UINT16,
            .explanation = N_ ("The largest packet that the next link takes: the sender should send smaller ones "
                               "(RFC 1191 §4).") },
  [GATEWAY] = { "icmp.redir_gw", NULL, N_ ("Better router"), LEC_TYPE_IPV4,
                .explanation = N_ ("Packets for this destination should go to that router instead (RFC 792).") },
  [POINTER] = { "icmp.pointer", NULL, N_ ("Pointer"), LEC_TYPE_UINT32,
                .explanation = N_ ("The byte of the quoted header that is wrong.") },
  [IDENT] = { "icmp.ident", "ICMP.Identifier", N_ ("Identifier"), LEC_TYPE_UINT16,
              .explanation = N_ ("Tells one ping program from another on the same machine (RFC 792).") },
  [IDENT_LE] = { "icmp.ident_le", NULL, N_ ("Identifier, little endian"), LEC_TYPE_UINT16,
                 .explanation = N_ ("The same bytes the other way round, as Windows fills them in.") },
  [SEQUENCE] = { "icmp.seq", "ICMP.SequenceNumber", N_ ("Sequence number"), LEC_TYPE_UINT16,
                 .explanation = N_ ("Counts the echo requests; the answer repeats it (RFC 792).") },
  [SEQUENCE_LE] = { "icmp.seq_le", NULL, N_ ("Sequence number, little endian"), LEC_TYPE_UINT16 },
  [ORIGINATE] = { "icmp.originate_timestamp", NULL, N_ ("Sent"), LEC_TYPE_UINT32,
                  .explanation = N_ ("Milliseconds since midnight UTC (RFC 792).") },
  [RECEIVE] = { "icmp.receive_timestamp", NULL, N_ ("Received"), LEC_TYPE_UINT32 },
  [TRANSMIT] = { "icmp.transmit_timestamp", NULL, N_ ("Answered"), LEC_TYPE_UINT32 },
  [MASK] = { "icmp.address_mask", NULL, N_ ("Address mask"), LEC_TYPE_IPV4 },
  [N_ADDRESSES] = { "icmp.num_addrs", NULL, N_ ("Number of addresses"), LEC_TYPE_UINT8 },
  [ENTRY_SIZE] = { "icmp.addr_entry_size", NULL, N_ ("Words for each"), LEC_TYPE_UINT8 },
  [LIFETIME] = { "icmp.lifetime", NULL, N_ ("Lifetime"), LEC_TYPE_UINT16 },
  [ROUTER] = { "icmp.router_address", NULL, N_ ("Router"), LEC_TYPE_IPV4 },
  [PREFERENCE] = { "icmp.pref_level", NULL, N_ ("Preference"), LEC_TYPE_INT32 },
  [RESPONSE_IN] = { "icmp.resp_in", NULL, N_ ("Response in frame"), LEC_TYPE_FRAME },
  [RESPONSE_TO] = { "icmp.resp_to", NULL, N_ ("Request in frame"), LEC_TYPE_FRAME },
  [RESPONSE_TIME] = { "icmp.resptime", "ICMP.ResponseTime", N_ ("Response time in milliseconds"), LEC_TYPE_DOUBLE,
                      .explanation = N_ ("From the echo request to this answer: one journey there and back.") },
  { NULL },
};

static void
dissect_echo (LecDissection *dissection, LecReader *reader, uint8_t type)
{
  static const LecIcmpEchoFields echo = { &fields[RESPONSE_IN], &fields[RESPONSE_TO], &fields[RESPONSE_TIME] };
  uint32_t offset = lec_reader_offset (reader);
  uint16_t ident = lec_read_u16 (reader);
  uint16_t sequence = lec_read_u16 (reader);

  if (reader->state)
    return;
  lec_add_uint (dissection, &fields[IDENT], offset, 2, ident);
  lec_add_uint (dissection, &fields[IDENT_LE], offset, 2, GUINT16_SWAP_LE_BE (ident));
  lec_add_uint (dissection, &fields[SEQUENCE], offset + 2, 2, sequence);
  lec_add_uint (dissection, &fields[SEQUENCE_LE], offset + 2, 2, GUINT16_SWAP_LE_BE (sequence));
  if (type == ECHO || type == ECHO_REPLY)
    lec_icmp_add_partner (dissection, &echo, type == ECHO_REPLY);
}

static void
dissect_timestamps (LecDissection *dissection, LecReader *reader, uint8_t type)
{
  dissect_echo (dissection, reader, type);
  lec_take_uint (dissection, reader, &fields[ORIGINATE], 4);
  lec_take_uint (dissection, reader, &fields[RECEIVE], 4);
  lec_take_uint (dissection, reader, &fields[TRANSMIT], 4);
}

/* RFC 1256 §3 */
static void
dissect_routers (LecDissection *dissection, LecReader *reader)
{
  uint64_t n = lec_take_uint (dissection, reader, &fields[N_ADDRESSES], 1);

  lec_take_uint (dissection, reader, &fields[ENTRY_SIZE], 1);
  lec_take_uint (dissection, reader, &fields[LIFETIME], 2);
  while (n-- && lec_reader_left (reader) >= 8) {
    lec_take_bytes (dissection, reader, &fields[ROUTER], 4);
    uint32_t offset = lec_reader_offset (reader);
    lec_add_uint (dissection, &fields[PREFERENCE], offset, 4, (uint64_t) (int64_t) (int32_t) lec_read_u32 (reader));
  }
}

/* The 4 bytes before the quoted packet; returns how many bytes of it are quoted, 0 = all that follows. */
static uint32_t
dissect_error (LecDissection *dissection, LecReader *reader, uint8_t type, uint8_t code)
{
  uint32_t words = lec_reader_peek (reader, 1);

  if (type == REDIRECT) {
    lec_take_bytes (dissection, reader, &fields[GATEWAY], 4);
    return 0;
  }
  if (type == PARAMETER_PROBLEM)
    lec_take_uint (dissection, reader, &fields[POINTER], 1);
  else if (words && type != SOURCE_QUENCH)
    lec_take_bytes (dissection, reader, &fields[UNUSED], 1);
  if (words && type != SOURCE_QUENCH) {
    lec_take_uint (dissection, reader, &fields[LENGTH], 1);
    if (type != UNREACHABLE || code != FRAGMENTATION_NEEDED)
      lec_take_bytes (dissection, reader, &fields[UNUSED], 2);
  } else if (type == UNREACHABLE && code == FRAGMENTATION_NEEDED) {
    lec_take_bytes (dissection, reader, &fields[UNUSED], 2);
  } else {
    lec_take_bytes (dissection, reader, &fields[UNUSED], type == PARAMETER_PROBLEM ? 3 : 4);
    return 0;
  }
  if (type == UNREACHABLE && code == FRAGMENTATION_NEEDED)
    lec_take_uint (dissection, reader, &fields[MTU], 2);
  return words * 4;
}

static uint32_t
dissect_rest (LecDissection *dissection, LecReader *reader, uint8_t type, uint8_t code, gboolean *quotes)
{
  switch (type) {
  case ECHO:
  case ECHO_REPLY:
  case INFORMATION:
  case INFORMATION_REPLY:
    dissect_echo (dissection, reader, type);
    break;
  case TIMESTAMP:
  case TIMESTAMP_REPLY:
    dissect_timestamps (dissection, reader, type);
    break;
  case ADDRESS_MASK:
  case ADDRESS_MASK_REPLY:
    dissect_echo (dissection, reader, type);
    lec_take_bytes (dissection, reader, &fields[MASK], 4);
    break;
  case ROUTER_ADVERTISEMENT:
    dissect_routers (dissection, reader);
    break;
  case UNREACHABLE:
  case SOURCE_QUENCH:
  case REDIRECT:
  case TIME_EXCEEDED:
  case PARAMETER_PROBLEM:
    *quotes = TRUE;
    return dissect_error (dissection, reader, type, code);
  }
  return 0;
}

static const LecIcmpKind kind = {
  .message = &fields[ICMP],
  .type = &fields[TYPE],
  .code = &fields[CODE],
  .checksum = &fields[CHECKSUM],
  .checksum_status = &fields[CHECKSUM_STATUS],
  .checksum_calculated = &fields[CHECKSUM_CALCULATED],
  .codes = codes,
  .echo = ECHO,
  .echo_reply = ECHO_REPLY,
  .quoted = LEC_PROTOCOL_IPV4,
  .dissect_rest = dissect_rest,
};

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  lec_icmp_dissect (dissection, reader, &kind);
}

const LecProtocol lec_icmp_protocol = {
  LEC_PROTOCOL_ICMP, "icmp", "ICMP", NULL, N_ ("Internet Control Message Protocol"), fields, NULL, dissect,
};
