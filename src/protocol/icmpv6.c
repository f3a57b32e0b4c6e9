/* ICMPv6 (RFC 4443), with neighbour discovery (RFC 4861) and multicast listeners (RFC 2710, RFC 3810). The header is
 * that of ICMP: type, code, checksum. */
#include <glib/gi18n-lib.h>

#include "protocol/group-record.h"
#include "protocol/icmp-common.h"
#include "protocol/ip-checksum.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

enum {
  ICMPV6,
  TYPE,
  CODE,
  CHECKSUM,
  CHECKSUM_STATUS,
  CHECKSUM_CALCULATED,
  RESERVED,
  MTU,
  POINTER,
  IDENT,
  SEQUENCE,
  RESPONSE_IN,
  RESPONSE_TO,
  RESPONSE_TIME,
  RA_HOP_LIMIT,
  RA_FLAGS,
  RA_MANAGED,
  RA_OTHER,
  RA_HOME,
  RA_PREFERENCE,
  RA_PROXY,
  RA_RESERVED,
  RA_LIFETIME,
  RA_REACHABLE,
  RA_RETRANSMIT,
  NS_TARGET,
  NA_FLAGS,
  NA_ROUTER,
  NA_SOLICITED,
  NA_OVERRIDE,
  NA_RESERVED,
  NA_TARGET,
  RD_TARGET,
  RD_DESTINATION,
  OPTION,
  OPTION_TYPE,
  OPTION_LENGTH,
  OPTION_DATA,
  LINK_ADDRESS,
  SOURCE_LINK_ADDRESS,
  TARGET_LINK_ADDRESS,
  PREFIX_LENGTH,
  PREFIX_FLAGS,
  PREFIX_ON_LINK,
  PREFIX_AUTONOMOUS,
  PREFIX_ROUTER,
  PREFIX_RESERVED,
  PREFIX_VALID,
  PREFIX_PREFERRED,
  PREFIX,
  OPTION_MTU,
  RDNSS_LIFETIME,
  RDNSS,
  NONCE,
  MLD_DELAY,
  MLD_CODE,
  MLD_ADDRESS,
  MLD_FLAGS,
  MLD_SUPPRESS,
  MLD_ROBUSTNESS,
  MLD_RESERVED,
  MLD_INTERVAL,
  MLD_N_SOURCES,
  MLD_SOURCE,
  N_RECORDS,
  RECORD,
  RECORD_TYPE,
  RECORD_AUX,
  RECORD_N_SOURCES,
  RECORD_ADDRESS,
  RECORD_SOURCE,
  RECORD_DATA,
};

enum {
  UNREACHABLE = 1,
  TOO_BIG = 2,
  TIME_EXCEEDED = 3,
  PARAMETER_PROBLEM = 4,
  ECHO = 128,
  ECHO_REPLY = 129,
  LISTENER_QUERY = 130,
  LISTENER_REPORT = 131,
  LISTENER_DONE = 132,
  ROUTER_SOLICITATION = 133,
  ROUTER_ADVERTISEMENT = 134,
  NEIGHBOUR_SOLICITATION = 135,
  NEIGHBOUR_ADVERTISEMENT = 136,
  REDIRECT = 137,
  LISTENER_REPORT_2 = 143,
};

/* IANA, "Internet Control Message Protocol version 6 (ICMPv6) Parameters". */
static const LecValueName types[] = {
  { 1, N_ ("Destination unreachable") },
  { 2, N_ ("Packet too big") },
  { 3, N_ ("Time exceeded") },
  { 4, N_ ("Parameter problem") },
  { 128, N_ ("Echo request") },
  { 129, N_ ("Echo reply") },
  { 130, N_ ("Multicast listener query") },
  { 131, N_ ("Multicast listener report") },
  { 132, N_ ("Multicast listener done") },
  { 133, N_ ("Router solicitation") },
  { 134, N_ ("Router advertisement") },
  { 135, N_ ("Neighbour solicitation") },
  { 136, N_ ("Neighbour advertisement") },
  { 137, N_ ("Redirect") },
  { 138, N_ ("Router renumbering") },
  { 139, N_ ("Node information query") },
  { 140, N_ ("Node information reply") },
  { 141, N_ ("Inverse neighbour solicitation") },
  { 142, N_ ("Inverse neighbour advertisement") },
  { 143, N_ ("Multicast listener report, version 2") },
  { 144, N_ ("Home agent discovery request") },
  { 145, N_ ("Home agent discovery reply") },
  { 146, N_ ("Mobile prefix solicitation") },
  { 147, N_ ("Mobile prefix advertisement") },
  { 151, N_ ("Multicast router advertisement") },
  { 152, N_ ("Multicast router solicitation") },
  { 153, N_ ("Multicast router termination") },
  { 155, N_ ("RPL control") },
  { 160, N_ ("Extended echo request") },
  { 161, N_ ("Extended echo reply") },
  { 0, NULL },
};

static const LecValueName option_types[] = {
  { 1, N_ ("Source link-layer address") },
  { 2, N_ ("Target link-layer address") },
  { 3, N_ ("Prefix information") },
  { 4, N_ ("Redirected header") },
  { 5, N_ ("MTU") },
  { 13, N_ ("Timestamp") },
  { 14, N_ ("Nonce") },
  { 24, N_ ("Route information") },
  { 25, N_ ("DNS servers") },
  { 26, N_ ("Flags extension") },
  { 31, N_ ("DNS search list") },
  { 37, N_ ("Captive portal") },
  { 38, N_ ("PREF64") },
  { 0, NULL },
};

static const LecIcmpCode codes[] = {
  { UNREACHABLE, 0, N_ ("no route") },
  { UNREACHABLE, 1, N_ ("forbidden by a filter") },
  { UNREACHABLE, 2, N_ ("beyond the scope of the source address") },
  { UNREACHABLE, 3, N_ ("address unreachable") },
  { UNREACHABLE, 4, N_ ("port unreachable") },
  { UNREACHABLE, 5, N_ ("source address failed policy") },
  { UNREACHABLE, 6, N_ ("route rejected") },
  { TIME_EXCEEDED, 0, N_ ("hop limit used up on the way") },
  { TIME_EXCEEDED, 1, N_ ("fragments missing for too long") },
  { PARAMETER_PROBLEM, 0, N_ ("wrong header field") },
  { PARAMETER_PROBLEM, 1, N_ ("unknown next header") },
  { PARAMETER_PROBLEM, 2, N_ ("unknown option") },
  { 0, 0, NULL },
};

static const LecField fields[] = {
  [ICMPV6] = { "icmpv6", "ICMPv6", N_ ("Internet Control Message Protocol v6"), LEC_TYPE_PROTOCOL },
  [TYPE] = { "icmpv6.type", "ICMPv6.Type", N_ ("Type"), LEC_TYPE_UINT8, .values = types,
             .explanation = N_ ("What the message is: below 128 an error, from 128 on a question or an answer, among "
                                "them ping and finding neighbours (RFC 4443 §2.1).") },
  [CODE] = { "icmpv6.code", "ICMPv6.Code", N_ ("Code"), LEC_TYPE_UINT8,
             .explanation = N_ ("Says more about the type (RFC 4443).") },
  [CHECKSUM] = { "icmpv6.checksum", NULL, N_ ("Checksum"), LEC_TYPE_UINT16, .show = LEC_SHOW_HEX,
                 .explanation = N_ ("Covers the addresses too (RFC 4443 §2.3).") },
  [CHECKSUM_STATUS] = { "icmpv6.checksum.status", NULL, N_ ("Checksum status"), LEC_TYPE_UINT8,
                        .values = lec_checksum_status_names },
  [CHECKSUM_CALCULATED] = { "icmpv6.checksum_calculated", NULL, N_ ("It should be"), LEC_TYPE_UINT16,
                            .show = LEC_SHOW_HEX },
  [RESERVED] = { "icmpv6.reserved", NULL, N_ ("Reserved"), LEC_TYPE_BYTES },
  [MTU] = { "icmpv6.mtu", NULL, N_ ("MTU"), LEC_TYPE_UINT32,
            .explanation = N_ ("The largest packet that the next link takes. In IPv6 only the sender makes packets "
                               "smaller (RFC 4443 §3.2).") },
  [POINTER] = { "icmpv6.pointer", NULL, N_ ("Pointer"), LEC_TYPE_UINT32,
                .explanation = N_ ("The byte of the quoted packet that is wrong (RFC 4443 §3.4).") },
  [IDENT] = { "icmpv6.echo.identifier", NULL, N_ ("Identifier"), LEC_TYPE_UINT16, .show = LEC_SHOW_HEX },
  [SEQUENCE] = { "icmpv6.echo.sequence_number", NULL, N_ ("Sequence number"), LEC_TYPE_UINT16 },
  [RESPONSE_IN] = { "icmpv6.resp_in", NULL, N_ ("Response in frame"), LEC_TYPE_FRAME },
  [RESPONSE_TO] = { "icmpv6.resp_to", NULL, N_ ("Request in frame"), LEC_TYPE_FRAME },
  [RESPONSE_TIME] = { "icmpv6.resptime", NULL, N_ ("Response time in milliseconds"), LEC_TYPE_DOUBLE },
  [RA_HOP_LIMIT] = { "icmpv6.nd.ra.cur_hop_limit", NULL, N_ ("Hop limit to use"), LEC_TYPE_UINT8 },
  [RA_FLAGS] = { "icmpv6.nd.ra.flag", NULL, N_ ("Flags"), LEC_TYPE_UINT8, .show = LEC_SHOW_HEX },
  [RA_MANAGED] = { "icmpv6.nd.ra.flag.m", NULL, N_ ("Addresses by DHCPv6"), LEC_TYPE_BOOLEAN, .mask = 0x80,
                   .explanation = N_ ("Machines should ask DHCPv6 for an address (RFC 4861 §4.2).") },
  [RA_OTHER] = { "icmpv6.nd.ra.flag.o", NULL, N_ ("Other things by DHCPv6"), LEC_TYPE_BOOLEAN, .mask = 0x40 },
  [RA_HOME] = { "icmpv6.nd.ra.flag.h", NULL, N_ ("Home agent"), LEC_TYPE_BOOLEAN, .mask = 0x20 },
  [RA_PREFERENCE] = { "icmpv6.nd.ra.flag.prf", NULL, N_ ("Preference"), LEC_TYPE_UINT8, .mask = 0x18 },
  [RA_PROXY] = { "icmpv6.nd.ra.flag.p", NULL, N_ ("Proxy"), LEC_TYPE_BOOLEAN, .mask = 0x4 },
  [RA_RESERVED] = { "icmpv6.nd.ra.flag.rsv", NULL, N_ ("Reserved"), LEC_TYPE_UINT8, .mask = 0x3 },
  [RA_LIFETIME] = { "icmpv6.nd.ra.router_lifetime", NULL, N_ ("Router lifetime"), LEC_TYPE_UINT16,
                    .explanation = N_ (
                        "Seconds for which this router may be used as the way out; 0: not at all (RFC 4861 §4.2).") },
  [RA_REACHABLE] = { "icmpv6.nd.ra.reachable_time", NULL, N_ ("Reachable time"), LEC_TYPE_UINT32 },
  [RA_RETRANSMIT] = { "icmpv6.nd.ra.retrans_timer", NULL, N_ ("Retransmission timer"), LEC_TYPE_UINT32 },
  [NS_TARGET] = { "icmpv6.nd.ns.target_address", "ICMPv6.TargetAddress", N_ ("Target"), LEC_TYPE_IPV6,
                  .explanation = N_ ("Who has this address? The question goes to a group that its owner listens to "
                                     "(RFC 4861 §4.3).") },
  [NA_FLAGS] = { "icmpv6.nd.na.flag", NULL, N_ ("Flags"), LEC_TYPE_UINT32, .show = LEC_SHOW_HEX },
  [NA_ROUTER] = { "icmpv6.nd.na.flag.r", NULL, N_ ("Router"), LEC_TYPE_BOOLEAN, .mask = 0x80000000 },
  [NA_SOLICITED] = { "icmpv6.nd.na.flag.s", NULL, N_ ("Answer to a question"), LEC_TYPE_BOOLEAN, .mask = 0x40000000 },
  [NA_OVERRIDE] = { "icmpv6.nd.na.flag.o", NULL, N_ ("Replaces what is known"), LEC_TYPE_BOOLEAN, .mask = 0x20000000 },
  [NA_RESERVED] = { "icmpv6.nd.na.flag.rsv", NULL, N_ ("Reserved"), LEC_TYPE_UINT32, .mask = 0x1fffffff },
  [NA_TARGET] = { "icmpv6.nd.na.target_address", NULL, N_ ("Target"), LEC_TYPE_IPV6,
                  .explanation =
                      N_ ("I have this address; my hardware address stands in the option (RFC 4861 §4.4).") },
  [RD_TARGET] = { "icmpv6.nd.rd.target_address", NULL, N_ ("Better next hop"), LEC_TYPE_IPV6 },
  [RD_DESTINATION] = { "icmpv6.rd.na.destination_address", NULL, N_ ("Destination"), LEC_TYPE_IPV6 },
  [OPTION] = { "icmpv6.opt", NULL, N_ ("Option"), LEC_TYPE_NONE },
  [OPTION_TYPE] = { "icmpv6.opt.type", NULL, N_ ("Type"), LEC_TYPE_UINT8, .values = option_types },
  [OPTION_LENGTH] = { "icmpv6.opt.length", NULL, N_ ("Length in units of 8 bytes"), LEC_TYPE_UINT8 },
  [OPTION_DATA] = { "icmpv6.opt.data", NULL, N_ ("Data"), LEC_TYPE_BYTES },
  [LINK_ADDRESS] = { "icmpv6.opt.linkaddr", NULL, N_ ("Link-layer address"), LEC_TYPE_MAC },
  [SOURCE_LINK_ADDRESS] = { "icmpv6.opt.src_linkaddr", NULL, N_ ("Source link-layer address"), LEC_TYPE_MAC },
  [TARGET_LINK_ADDRESS] = { "icmpv6.opt.target_linkaddr", NULL, N_ ("Target link-layer address"), LEC_TYPE_MAC },
  [PREFIX_LENGTH] = { "icmpv6.opt.prefix.length", NULL, N_ ("Prefix length"), LEC_TYPE_UINT8 },
  [PREFIX_FLAGS] = { "icmpv6.opt.prefix.flag", NULL, N_ ("Flags"), LEC_TYPE_UINT8, .show = LEC_SHOW_HEX },
  [PREFIX_ON_LINK] = { "icmpv6.opt.prefix.flag.l", NULL, N_ ("On this link"), LEC_TYPE_BOOLEAN, .mask = 0x80 },
  [PREFIX_AUTONOMOUS] = { "icmpv6.opt.prefix.flag.a", NULL, N_ ("Make your own address"), LEC_TYPE_BOOLEAN,
                          .mask = 0x40,
                          .explanation = N_ ("A machine may make an address of this prefix and a number of its own "
                                             "(RFC 4862 §5.5).") },
  [PREFIX_ROUTER] = { "icmpv6.opt.prefix.flag.r", NULL, N_ ("Router’s address"), LEC_TYPE_BOOLEAN, .mask = 0x20 },
  [PREFIX_RESERVED] = { "icmpv6.opt.prefix.flag.reserved", NULL, N_ ("Reserved"), LEC_TYPE_UINT8, .mask = 0x1f },
  [PREFIX_VALID] = { "icmpv6.opt.prefix.valid_lifetime", NULL, N_ ("Valid lifetime"), LEC_TYPE_UINT32 },
  [PREFIX_PREFERRED] = { "icmpv6.opt.prefix.preferred_lifetime", NULL, N_ ("Preferred lifetime"), LEC_TYPE_UINT32 },
  [PREFIX] = { "icmpv6.opt.prefix", NULL, N_ ("Prefix"), LEC_TYPE_IPV6,
               .explanation = N_ ("The first part of the addresses on this link (RFC 4861 §4.6.2).") },
  [OPTION_MTU] = { "icmpv6.opt.mtu", NULL, N_ ("MTU"), LEC_TYPE_UINT32 },
  [RDNSS_LIFETIME] = { "icmpv6.opt.rdnss.lifetime", NULL, N_ ("Lifetime"), LEC_TYPE_UINT32 },
  [RDNSS] = { "icmpv6.opt.rdnss", NULL, N_ ("DNS server"), LEC_TYPE_IPV6,
              .explanation = N_ ("Whom to ask for names (RFC 8106 §5.1).") },
  [NONCE] = { "icmpv6.opt.nonce", NULL, N_ ("Nonce"), LEC_TYPE_BYTES },
  [MLD_DELAY] = { "icmpv6.mld.maximum_response_delay", NULL, N_ ("Maximum response delay"), LEC_TYPE_UINT16 },
  [MLD_CODE] = { "icmpv6.mld.maximum_response_code", NULL, N_ ("Maximum response code"), LEC_TYPE_UINT16 },
  [MLD_ADDRESS] = { "icmpv6.mld.multicast_address", NULL, N_ ("Group"), LEC_TYPE_IPV6 },
  [MLD_FLAGS] = { "icmpv6.mld.flag", NULL, N_ ("Flags"), LEC_TYPE_UINT8, .show = LEC_SHOW_HEX },
  [MLD_SUPPRESS] = { "icmpv6.mld.flag.s", NULL, N_ ("Other routers need not act"), LEC_TYPE_BOOLEAN, .mask = 0x8 },
  [MLD_ROBUSTNESS] = { "icmpv6.mld.flag.qrv", NULL, N_ ("Robustness"), LEC_TYPE_UINT8, .mask = 0x7 },
  [MLD_RESERVED] = { "icmpv6.mld.flag.reserved", NULL, N_ ("Reserved"), LEC_TYPE_UINT8, .mask = 0xf0 },
  [MLD_INTERVAL] = { "icmpv6.mld.qqi", NULL, N_ ("Query interval"), LEC_TYPE_UINT8 },
  [MLD_N_SOURCES] = { "icmpv6.mld.nb_sources", NULL, N_ ("Number of sources"), LEC_TYPE_UINT16 },
  [MLD_SOURCE] = { "icmpv6.mld.source_address", NULL, N_ ("Source"), LEC_TYPE_IPV6 },
  [N_RECORDS] = { "icmpv6.mldr.nb_mcast_records", NULL, N_ ("Number of groups"), LEC_TYPE_UINT16 },
  [RECORD] = { "icmpv6.mldr.mar", NULL, N_ ("Group record"), LEC_TYPE_NONE },
  [RECORD_TYPE] = { "icmpv6.mldr.mar.record_type", NULL, N_ ("Record type"), LEC_TYPE_UINT8,
                    .values = lec_group_record_types,
                    .explanation = N_ ("Which senders to the group are wanted (RFC 3810 §5.2.12).") },
  [RECORD_AUX] = { "icmpv6.mldr.mar.aux_data_len", NULL, N_ ("Further words"), LEC_TYPE_UINT8 },
  [RECORD_N_SOURCES] = { "icmpv6.mldr.mar.nb_sources", NULL, N_ ("Number of sources"), LEC_TYPE_UINT16 },
  [RECORD_ADDRESS] = { "icmpv6.mldr.mar.multicast_address", NULL, N_ ("Group"), LEC_TYPE_IPV6 },
  [RECORD_SOURCE] = { "icmpv6.mldr.mar.source_address", NULL, N_ ("Source"), LEC_TYPE_IPV6 },
  [RECORD_DATA] = { "icmpv6.mldr.mar.auxiliary_data", NULL, N_ ("Further data"), LEC_TYPE_BYTES },
  { NULL },
};

static const LecGroupRecordFields record_fields = {
  .record = &fields[RECORD],
  .type = &fields[RECORD_TYPE],
  .aux_words = &fields[RECORD_AUX],
  .n_sources = &fields[RECORD_N_SOURCES],
  .group = &fields[RECORD_ADDRESS],
  .source = &fields[RECORD_SOURCE],
  .aux_data = &fields[RECORD_DATA],
  .address_bytes = 16,
};

static uint64_t
take (LecDissection *dissection, LecReader *reader, unsigned field, unsigned n_bytes)
{
  return lec_take_uint (dissection, reader, &fields[field], n_bytes);
}

static void
take_bytes (LecDissection *dissection, LecReader *reader, unsigned field, uint32_t length)
{
  lec_take_bytes (dissection, reader, &fields[field], length);
}

/* RFC 4861 §4.6.2 */
static void
dissect_prefix (LecDissection *dissection, LecReader *option)
{
  take (dissection, option, PREFIX_LENGTH, 1);
  lec_take_flags (dissection, option, &fields[PREFIX_FLAGS], &fields[PREFIX_RESERVED], 1);
  take (dissection, option, PREFIX_VALID, 4);
  take (dissection, option, PREFIX_PREFERRED, 4);
  lec_reader_skip (option, 4);
  take_bytes (dissection, option, PREFIX, 16);
}

static void
dissect_link_address (LecDissection *dissection, LecReader *option, unsigned own_field)
{
  LecReader again = *option;

  if (lec_reader_left (option) != 6) /* of another kind of link: shown as bytes */
    return;
  take_bytes (dissection, option, LINK_ADDRESS, lec_reader_left (option));
  take_bytes (dissection, &again, own_field, lec_reader_left (&again));
}

static void
dissect_option_value (LecDissection *dissection, LecReader *option, uint8_t type)
{
  switch (type) {
  case 1:
    dissect_link_address (dissection, option, SOURCE_LINK_ADDRESS);
    break;
  case 2:
    dissect_link_address (dissection, option, TARGET_LINK_ADDRESS);
    break;
  case 3:
    dissect_prefix (dissection, option);
    break;
  case 4: /* the packet that was sent the wrong way, after 6 reserved bytes (RFC 4861 §4.6.3) */
    lec_reader_skip (option, 6);
    lec_icmp_dissect_quoted (dissection, LEC_PROTOCOL_IPV6, option);
    lec_reader_seek (option, option->captured);
    break;
  case 5:
    lec_reader_skip (option, 2);
    take (dissection, option, OPTION_MTU, 4);
    break;
  case 14:
    take_bytes (dissection, option, NONCE, lec_reader_left (option));
    break;
  case 25:
    lec_reader_skip (option, 2);
    take (dissection, option, RDNSS_LIFETIME, 4);
    while (lec_reader_left (option) >= 16)
      take_bytes (dissection, option, RDNSS, 16);
    break;
  }
}

/* Options: type, length in units of 8 bytes, value (RFC 4861 §4.6). */
static void
dissect_options (LecDissection *dissection, LecReader *reader)
{
  while (lec_reader_left (reader) && reader->state == LEC_READ_OK) {
    uint8_t type = lec_reader_peek (reader, 0);
    uint32_t units = lec_reader_peek (reader, 1);
    const char *name = lec_value_name (option_types, type);
    if (units == 0) { /* must be discarded, else it would never end (RFC 4861 §4.6) */
      reader->state |= LEC_READ_MALFORMED;
      return;
    }
    lec_open_group (dissection, &fields[OPTION], lec_reader_offset (reader), MIN (units * 8, lec_reader_left (reader)),
                    "%s", name ? _ (name) : _ ("unknown"));
    LecReader option = lec_reader_take (reader, units * 8);
    take (dissection, &option, OPTION_TYPE, 1);
    take (dissection, &option, OPTION_LENGTH, 1);
    dissect_option_value (dissection, &option, type);
    if (lec_reader_left (&option))
      take_bytes (dissection, &option, OPTION_DATA, lec_reader_left (&option));
    lec_close (dissection);
  }
}

static void
dissect_router_advertisement (LecDissection *dissection, LecReader *reader)
{
  take (dissection, reader, RA_HOP_LIMIT, 1);
  lec_take_flags (dissection, reader, &fields[RA_FLAGS], &fields[RA_RESERVED], 1);
  take (dissection, reader, RA_LIFETIME, 2);
  take (dissection, reader, RA_REACHABLE, 4);
  take (dissection, reader, RA_RETRANSMIT, 4);
}

static void
dissect_neighbour (LecDissection *dissection, LecReader *reader, uint8_t type)
{
  switch (type) {
  case ROUTER_SOLICITATION:
    take_bytes (dissection, reader, RESERVED, 4);
    break;
  case ROUTER_ADVERTISEMENT:
    dissect_router_advertisement (dissection, reader);
    break;
  case NEIGHBOUR_SOLICITATION:
    take_bytes (dissection, reader, RESERVED, 4);
    take_bytes (dissection, reader, NS_TARGET, 16);
    break;
  case NEIGHBOUR_ADVERTISEMENT:
    lec_take_flags (dissection, reader, &fields[NA_FLAGS], &fields[NA_RESERVED], 4);
    take_bytes (dissection, reader, NA_TARGET, 16);
    break;
  default:
    take_bytes (dissection, reader, RESERVED, 4);
    take_bytes (dissection, reader, RD_TARGET, 16);
    take_bytes (dissection, reader, RD_DESTINATION, 16);
  }
  dissect_options (dissection, reader);
}

/* RFC 2710 §3; a query of version 2 is longer (RFC 3810 §5.1, §8.1). */
static void
dissect_listener (LecDissection *dissection, LecReader *reader, uint8_t type)
{
  gboolean longer = type == LISTENER_QUERY && lec_reader_reported_left (reader) > 20;

  take (dissection, reader, longer ? MLD_CODE : MLD_DELAY, 2);
  take_bytes (dissection, reader, RESERVED, 2);
  take_bytes (dissection, reader, MLD_ADDRESS, 16);
  if (!longer)
    return;
  lec_take_flags (dissection, reader, &fields[MLD_FLAGS], &fields[MLD_RESERVED], 1);
  take (dissection, reader, MLD_INTERVAL, 1);
  uint64_t n = take (dissection, reader, MLD_N_SOURCES, 2);
  lec_add_group_sources (dissection, reader, &fields[MLD_SOURCE], 16, n);
}

/* RFC 3810 §5.2 */
static void
dissect_records (LecDissection *dissection, LecReader *reader)
{
  take_bytes (dissection, reader, RESERVED, 2);
  uint64_t n = take (dissection, reader, N_RECORDS, 2);
  while (n-- && lec_reader_left (reader) && reader->state == LEC_READ_OK)
    lec_add_group_record (dissection, reader, &record_fields);
}

static uint32_t
dissect_rest (LecDissection *dissection, LecReader *reader, uint8_t type, uint8_t code, gboolean *quotes)
{
  static const LecIcmpEchoFields echo = { &fields[RESPONSE_IN], &fields[RESPONSE_TO], &fields[RESPONSE_TIME] };

  *quotes = type >= UNREACHABLE && type <= PARAMETER_PROBLEM;
  switch (type) {
  case UNREACHABLE:
  case TIME_EXCEEDED:
    take_bytes (dissection, reader, RESERVED, 4);
    break;
  case TOO_BIG:
    take (dissection, reader, MTU, 4);
    break;
  case PARAMETER_PROBLEM:
    take (dissection, reader, POINTER, 4);
    break;
  case ECHO:
  case ECHO_REPLY:
    take (dissection, reader, IDENT, 2);
    take (dissection, reader, SEQUENCE, 2);
    lec_icmp_add_partner (dissection, &echo, type == ECHO_REPLY);
    break;
  case LISTENER_QUERY:
  case LISTENER_REPORT:
  case LISTENER_DONE:
    dissect_listener (dissection, reader, type);
    break;
  case ROUTER_SOLICITATION:
  case ROUTER_ADVERTISEMENT:
  case NEIGHBOUR_SOLICITATION:
  case NEIGHBOUR_ADVERTISEMENT:
  case REDIRECT:
    dissect_neighbour (dissection, reader, type);
    break;
  case LISTENER_REPORT_2:
    dissect_records (dissection, reader);
    break;
  }
  return 0;
}

static gboolean
summarise (LecDissection *dissection, unsigned layer, const char *type_name, LecReader body, uint8_t type)
{
  char target[LEC_ADDRESS_TEXT];

  lec_reader_skip (&body, 4);
  LecBytes address = lec_read_bytes (&body, 16);
  if ((type != NEIGHBOUR_SOLICITATION && type != NEIGHBOUR_ADVERTISEMENT) || !address.data)
    return FALSE;
  lec_dissection_set_summary (dissection, layer, "%s, %s", type_name, lec_address_text (address.data, 16, target));
  return TRUE;
}

static const LecIcmpKind kind = {
  .message = &fields[ICMPV6],
  .type = &fields[TYPE],
  .code = &fields[CODE],
  .checksum = &fields[CHECKSUM],
  .checksum_status = &fields[CHECKSUM_STATUS],
  .checksum_calculated = &fields[CHECKSUM_CALCULATED],
  .codes = codes,
  .pseudo_header = LEC_IP_ICMPV6,
  .echo = ECHO,
  .echo_reply = ECHO_REPLY,
  .quoted = LEC_PROTOCOL_IPV6,
  .dissect_rest = dissect_rest,
  .summarise = summarise,
};

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  lec_icmp_dissect (dissection, reader, &kind);
}

const LecProtocol lec_icmpv6_protocol = {
  LEC_PROTOCOL_ICMPV6, "icmpv6", "ICMPv6", NULL, N_ ("Internet Control Message Protocol v6"), fields, NULL, dissect,
};
