/* Internet Protocol, version 4 (RFC 791).
 *
 *    0       4       8       12      16                      31
 *   +-------+-------+---------------+-----------------------+
 *   |version| IHL   | DS field      | total length          |
 *   +-------+-------+---------------+------+----------------+
 *   | identification                |flags | fragment offset|
 *   +---------------+---------------+------+----------------+
 *   | time to live  | protocol      | header checksum       |
 *   +---------------+---------------+-----------------------+
 *   | source address                                        |
 *   +-------------------------------------------------------+
 *   | destination address                                   |
 *   +-------------------------------------------------------+
 *   | options …                                             |  */
#include <glib/gi18n-lib.h>

#include "protocol/ip-checksum.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

#define HEADER_BYTES 20u

enum {
  IP,
  VERSION,
  HDR_LEN,
  DSFIELD,
  DSCP,
  ECN,
  LEN,
  ID,
  FLAGS,
  RB,
  DF,
  MF,
  FRAG_OFFSET,
  TTL,
  PROTO,
  CHECKSUM,
  CHECKSUM_STATUS,
  CHECKSUM_CALCULATED,
  SRC,
  SRC_HOST,
  DST,
  DST_HOST,
  FRAGMENT,
  FRAGMENT_COUNT,
  REASSEMBLED_LENGTH,
  REASSEMBLED_IN,
  OPTIONS,
  OPT_TYPE,
  OPT_LEN,
  OPT_PTR,
  OPT_RA,
  OPT_ROUTE,
  OPT_TIMESTAMP,
  OPT_DATA,
  TOO_LONG,
};

/* IANA, "IP Option Numbers"; the value is the whole octet. */
static const LecValueName option_names[] = {
  { 0, N_ ("End of options") },
  { 1, N_ ("No operation") },
  { 7, N_ ("Record route") },
  { 25, "Quick-Start" },
  { 68, N_ ("Timestamp") },
  { 82, "Traceroute" },
  { 130, N_ ("Security") },
  { 131, N_ ("Loose route") },
  { 133, N_ ("Extended security") },
  { 134, "CIPSO" },
  { 136, N_ ("Stream") },
  { 137, N_ ("Strict route") },
  { 148, N_ ("Router alert") },
  { 0, NULL },
};

static const LecField fields[] = {
  [IP] = { "ip", "IPv4", N_ ("Internet Protocol 4"), LEC_TYPE_PROTOCOL },
  [VERSION] = { "ip.version", "IPv4.Version", N_ ("Version"), LEC_TYPE_UINT8, .mask = 0xf0 },
  [HDR_LEN] = { "ip.hdr_len", "IPv4.HeaderLength", N_ ("Header length"), LEC_TYPE_UINT8, .mask = 0x0f,
                .explanation = N_ (
                    "In bytes. The header counts it in words of 4 bytes: 5 words are 20 bytes, and more mean options "
                    "(RFC 791 §3.1).") },
  [DSFIELD] = { "ip.dsfield", "IPv4.DifferentiatedServicesField", N_ ("Differentiated services"), LEC_TYPE_UINT8,
                LEC_SHOW_HEX },
  [DSCP] = { "ip.dsfield.dscp", "IPv4.DSCP", N_ ("Codepoint"), LEC_TYPE_UINT8, .mask = 0xfc, .values = lec_dscp_names,
             .explanation = N_ ("Asks routers for a certain treatment, such as less delay (RFC 2474 §3).") },
  [ECN] = { "ip.dsfield.ecn", "IPv4.ECN", N_ ("Congestion notification"), LEC_TYPE_UINT8, .mask = 0x03,
            .values = lec_ecn_names,
            .explanation =
                N_ ("A router that is about to drop packets can mark them here instead, if both ends can handle it "
                    "(RFC 3168 §5).") },
  [LEN] = { "ip.len", "IPv4.TotalLength", N_ ("Total length"), LEC_TYPE_UINT16,
            .explanation =
                N_ ("Bytes of header and payload. 0 stands in packets captured before the network card cut them into "
                    "segments.") },
  [ID] = { "ip.id", "IPv4.Identification", N_ ("Identification"), LEC_TYPE_UINT16, LEC_SHOW_HEX,
           .explanation =
               N_ ("Tells which fragments belong together. Many systems count it up, so that two packets with the same "
                   "number are often the same packet captured twice (RFC 6864).") },
  [FLAGS] = { "ip.flags", "IPv4.Flags", N_ ("Flags"), LEC_TYPE_UINT8, LEC_SHOW_BITS, .mask = 0xe0 },
  [RB] = { "ip.flags.rb", NULL, N_ ("Reserved"), LEC_TYPE_BOOLEAN, .mask = 0x80 },
  [DF] = { "ip.flags.df", "IPv4.DontFragment", N_ ("Do not fragment"), LEC_TYPE_BOOLEAN, .mask = 0x40,
           .explanation =
               N_ ("A router that would have to cut the packet must drop it and say so by ICMP, which is how a sender "
                   "finds the largest packet a path takes (RFC 1191).") },
  [MF] = { "ip.flags.mf", "IPv4.MoreFragments", N_ ("More fragments"), LEC_TYPE_BOOLEAN, .mask = 0x20 },
  [FRAG_OFFSET] = { "ip.frag_offset", "IPv4.FragmentOffset", N_ ("Fragment offset"), LEC_TYPE_UINT16, .mask = 0x1fff,
                    .explanation = N_ ("Where this fragment belongs in its datagram, in units of 8 bytes.") },
  [TTL] = { "ip.ttl", "IPv4.TimeToLive", N_ ("Time to live"), LEC_TYPE_UINT8,
            .explanation =
                N_ ("Every router takes one off, and drops the packet at 0 (RFC 1812 §5.3.1). Systems start at 64, 128 "
                    "or 255, so it tells how many routers the packet has passed.") },
  [PROTO] = { "ip.proto", "IPv4.Protocol", N_ ("Protocol"), LEC_TYPE_UINT8, .values = lec_ip_protocol_names },
  [CHECKSUM] = { "ip.checksum", "IPv4.HeaderChecksum", N_ ("Header checksum"), LEC_TYPE_UINT16, LEC_SHOW_HEX },
  [CHECKSUM_STATUS] = { "ip.checksum.status", "IPv4.ChecksumStatus", N_ ("Checksum status"), LEC_TYPE_UINT8,
                        .values = lec_checksum_status_names },
  [CHECKSUM_CALCULATED] = { "ip.checksum_calculated", NULL, N_ ("Should be"), LEC_TYPE_UINT16, LEC_SHOW_HEX },
  [SRC] = { "ip.src", "IPv4.SourceAddress", N_ ("Source"), LEC_TYPE_IPV4 },
  [SRC_HOST] = { "ip.src_host", NULL, N_ ("Source name"), LEC_TYPE_STRING },
  [DST] = { "ip.dst", "IPv4.DestinationAddress", N_ ("Destination"), LEC_TYPE_IPV4 },
  [DST_HOST] = { "ip.dst_host", NULL, N_ ("Destination name"), LEC_TYPE_STRING },
  [FRAGMENT] = { "ip.fragment", NULL, N_ ("Fragment in frame"), LEC_TYPE_FRAME },
  [FRAGMENT_COUNT] = { "ip.fragment.count", NULL, N_ ("Fragments"), LEC_TYPE_UINT32 },
  [REASSEMBLED_LENGTH] = { "ip.reassembled.length", NULL, N_ ("Length of the whole"), LEC_TYPE_UINT32 },
  [REASSEMBLED_IN] = { "ip.reassembled_in", NULL, N_ ("Whole in frame"), LEC_TYPE_FRAME },
  [OPTIONS] = { "ip.options", "IPv4.Options", N_ ("Option"), LEC_TYPE_BYTES },
  [OPT_TYPE] = { "ip.opt.type", NULL, N_ ("Type"), LEC_TYPE_UINT8, .values = option_names },
  [OPT_LEN] = { "ip.opt.len", NULL, N_ ("Length"), LEC_TYPE_UINT8 },
  [OPT_PTR] = { "ip.opt.ptr", NULL, N_ ("Pointer"), LEC_TYPE_UINT8 },
  [OPT_RA] = { "ip.opt.ra", NULL, N_ ("Router alert"), LEC_TYPE_UINT16 },
  [OPT_ROUTE] = { "ip.rec_rt", NULL, N_ ("Address on the route"), LEC_TYPE_IPV4 },
  [OPT_TIMESTAMP] = { "ip.opt.time_stamp", NULL, N_ ("Timestamp"), LEC_TYPE_UINT32 },
  [OPT_DATA] = { "ip.opt.data", NULL, N_ ("Content"), LEC_TYPE_BYTES },
  [TOO_LONG] = { "ip.bogus_ip_length", NULL, N_ ("Impossible length"), LEC_TYPE_NONE },
  { NULL },
};

static const LecAlias aliases[] = {
  { "ip.addr", "IPv4.Address", N_ ("Source or destination"), { "ip.src", "ip.dst" } },
  { "ip.host", NULL, N_ ("Source or destination name"), { "ip.src_host", "ip.dst_host" } },
  { NULL },
};

const LecField *const lec_field_ip_version = &fields[VERSION];

static const LecIpFragmentFields fragment_fields = {
  &fields[FRAGMENT],
  &fields[FRAGMENT_COUNT],
  &fields[REASSEMBLED_LENGTH],
  &fields[REASSEMBLED_IN],
};

/* One option's content behind type and length (RFC 791 §3.1). */
static void
add_option_content (LecDissection *dissection, uint8_t type, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);

  switch (type) {
  case 7: /* the routes: a pointer, then addresses */
  case 131:
  case 137:
    lec_add_uint (dissection, &fields[OPT_PTR], offset, 1, lec_read_u8 (content));
    while (lec_reader_left (content) >= 4) {
      offset = lec_reader_offset (content);
      lec_add_bytes (dissection, &fields[OPT_ROUTE], offset, lec_read_bytes (content, 4));
    }
    break;
  case 68: /* a pointer, overflow and flag, then timestamps, before which addresses may stand */
    lec_add_uint (dissection, &fields[OPT_PTR], offset, 1, lec_read_u8 (content));
    gboolean with_addresses = (lec_read_u8 (content) & 0x0f) != 0;
    while (lec_reader_left (content) >= (with_addresses ? 8 : 4)) {
      if (with_addresses) {
        offset = lec_reader_offset (content);
        lec_add_bytes (dissection, &fields[OPT_ROUTE], offset, lec_read_bytes (content, 4));
      }
      offset = lec_reader_offset (content);
      lec_add_uint (dissection, &fields[OPT_TIMESTAMP], offset, 4, lec_read_u32 (content));
    }
    break;
  case 148: /* RFC 2113 §2.1 */
    lec_add_uint (dissection, &fields[OPT_RA], offset, 2, lec_read_u16 (content));
    break;
  default:
    if (lec_reader_left (content))
      lec_add_bytes (dissection, &fields[OPT_DATA], offset, lec_read_some (content, G_MAXUINT32));
  }
}

static void
add_options (LecDissection *dissection, LecReader *options)
{
  while (lec_reader_left (options)) {
    uint32_t offset = lec_reader_offset (options);
    LecReader ahead = *options;
    uint8_t type = lec_read_u8 (&ahead);
    uint32_t length = type < 2 ? 1 : lec_read_u8 (&ahead);
    if (ahead.state || length < (type < 2 ? 1 : 2) || length > lec_reader_left (options)) {
      options->state |= ahead.state ? ahead.state : LEC_READ_MALFORMED;
      break;
    }
    LecReader option = lec_reader_take (options, length);
    lec_open_bytes (dissection, &fields[OPTIONS], offset, (LecBytes){ option.bytes, option.captured });
    lec_add_uint (dissection, &fields[OPT_TYPE], offset, 1, type);
    if (type >= 2) {
      lec_add_uint (dissection, &fields[OPT_LEN], offset + 1, 1, length);
      lec_reader_skip (&option, 2);
      add_option_content (dissection, type, &option);
    }
    lec_close (dissection);
    if (!type)
      break;
  }
  lec_add_state (dissection, options);
}

/* RFC 791 §3.1: over the header only. */
static void
add_header_checksum (LecDissection *dissection, const uint8_t *header, uint32_t header_bytes, gboolean is_whole,
                     uint32_t offset, uint16_t stored)
{
  LecChecksumStatus status = LEC_CHECKSUM_UNVERIFIED;
  LecChecksumReason reason = LEC_CHECKSUM_CUT;
  uint16_t expected = stored;

  if (is_whole) {
    uint16_t sum = lec_checksum_fold (lec_checksum_add (0, header, header_bytes));
    reason = LEC_CHECKSUM_CHECKED;
    status = sum == 0xffff ? LEC_CHECKSUM_GOOD : LEC_CHECKSUM_BAD;
    expected = (uint16_t) ~lec_checksum_fold ((uint32_t) sum + (uint16_t) ~stored);
    /* No header has 0 as its sum: it was left to the network card. */
    if (status == LEC_CHECKSUM_BAD && !stored) {
      status = LEC_CHECKSUM_UNVERIFIED;
      reason = LEC_CHECKSUM_OFFLOADED;
    }
  }
  lec_add_checksum (dissection, &fields[CHECKSUM], &fields[CHECKSUM_STATUS], &fields[CHECKSUM_CALCULATED], offset,
                    stored, expected, status, reason);
}

static void
add_fields (LecDissection *dissection, const uint8_t *header, uint32_t offset)
{
  uint16_t flags = (uint16_t) (header[6] << 8 | header[7]);

  lec_add_bits (dissection, &fields[VERSION], offset, 1, header[0]);
  lec_add_scaled_bits (dissection, &fields[HDR_LEN], offset, 1, header[0], 4);
  lec_open_uint (dissection, &fields[DSFIELD], offset + 1, 1, header[1]);
  lec_add_bits (dissection, &fields[DSCP], offset + 1, 1, header[1]);
  lec_add_bits (dissection, &fields[ECN], offset + 1, 1, header[1]);
  lec_close (dissection);
  lec_add_uint (dissection, &fields[LEN], offset + 2, 2, (uint64_t) (header[2] << 8 | header[3]));
  lec_add_uint (dissection, &fields[ID], offset + 4, 2, (uint64_t) (header[4] << 8 | header[5]));
  lec_open_bits (dissection, &fields[FLAGS], offset + 6, 1, header[6]);
  lec_add_bits (dissection, &fields[RB], offset + 6, 1, header[6]);
  lec_add_bits (dissection, &fields[DF], offset + 6, 1, header[6]);
  lec_add_bits (dissection, &fields[MF], offset + 6, 1, header[6]);
  lec_close (dissection);
  lec_add_bits (dissection, &fields[FRAG_OFFSET], offset + 6, 2, flags);
  lec_add_uint (dissection, &fields[TTL], offset + 8, 1, header[8]);
  lec_add_uint (dissection, &fields[PROTO], offset + 9, 1, header[9]);
}

static void
fill_head (LecDissection *dissection, const uint8_t *header)
{
  LecHead *head = lec_ip_head (dissection, 0);

  if (!head)
    return;
  if ((header[1] & 3) == 3)
    head->flags |= LEC_HEAD_CONGESTION;
  head->ttl = header[8];
  head->ip_protocol = header[9];
  head->ip_identification = (uint16_t) (header[4] << 8 | header[5]);
  head->source = header + 12;
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint32_t offset = lec_reader_offset (reader);
  LecBytes fixed = lec_read_bytes (reader, HEADER_BYTES);
  const uint8_t *header = fixed.data;
  uint32_t header_bytes = header ? (header[0] & 0x0fu) * 4 : 0;
  uint32_t total = header ? (uint32_t) (header[2] << 8 | header[3]) : 0;
  gboolean with_text = dissection->sink->wants_text || dissection->summaries != LEC_SUMMARY_NONE;
  char from[LEC_ADDRESS_TEXT] = "", to[LEC_ADDRESS_TEXT] = "";

  /* A length of 0 is that of a packet that the network card was to cut into segments. */
  if (header && !total)
    total = HEADER_BYTES + lec_reader_reported_left (reader);
  if (!header || header[0] >> 4 != 4 || header_bytes < HEADER_BYTES || total < header_bytes) {
    lec_dissect_damaged_ip (dissection, &fields[IP], reader, offset);
    return;
  }
  LecReader options = lec_reader_take (reader, header_bytes - HEADER_BYTES);
  gboolean is_whole = options.captured == header_bytes - HEADER_BYTES;
  LecReader state = *reader;
  gboolean too_long = total - header_bytes > lec_reader_reported_left (reader);
  LecReader body = lec_reader_take (reader, MIN (total - header_bytes, lec_reader_reported_left (reader)));
  uint16_t fragmentation = (uint16_t) (header[6] << 8 | header[7]);
  gboolean is_fragment = fragmentation & 0x3fff;
  LecIpFragment fragment = {
    .ip_protocol = header[9],
    .identification = (uint32_t) (header[4] << 8 | header[5]),
    .offset_bytes = (fragmentation & 0x1fffu) * 8,
    .more = (fragmentation & 0x2000) != 0,
  };

  if (with_text) {
    lec_address_text (header + 12, 4, from);
    lec_address_text (header + 16, 4, to);
  }
  fill_head (dissection, header);
  lec_open_group (dissection, &fields[IP], offset, HEADER_BYTES + options.captured, "%s → %s", from, to);
  add_fields (dissection, header, offset);
  add_header_checksum (dissection, header, header_bytes, is_whole, offset + 10,
                       (uint16_t) (header[10] << 8 | header[11]));
  lec_add_bytes (dissection, &fields[SRC], offset + 12, (LecBytes){ header + 12, 4 });
  lec_add_host (dissection, &fields[SRC_HOST], header + 12, 4);
  lec_add_bytes (dissection, &fields[DST], offset + 16, (LecBytes){ header + 16, 4 });
  lec_add_host (dissection, &fields[DST_HOST], header + 16, 4);
  add_options (dissection, &options);
  lec_add_state (dissection, &state);
  lec_head_note_state (dissection, &state);
  if (too_long)
    lec_add_ip_too_long (dissection, &fields[TOO_LONG], total, body.reported + header_bytes);
  if (is_fragment)
    lec_ip_fragment_ask (dissection, &fragment, &body, &fragment_fields);
  lec_close (dissection);

  dissection->pseudo_header_sum = lec_checksum_add (0, header + 12, 8);
  dissection->has_pseudo_header = !too_long;
  if (is_fragment)
    lec_ip_fragment_dissect (dissection, &fragment, &body);
  else
    lec_dissect_ip_payload (dissection, header[9], &body);

  if (!lec_dissection_wants_summary (dissection, layer))
    return;
  if (is_fragment) {
    lec_ip_fragment_summarise (dissection, layer, &fragment, body.reported);
    return;
  }
  g_autofree char *name = lec_ip_protocol_text (header[9]);
  lec_dissection_set_summary (dissection, layer, _ ("%s → %s, %s, length %u, TTL %u"), from, to, name, total,
                              header[8]);
}

const LecProtocol lec_ipv4_protocol = {
  LEC_PROTOCOL_IPV4, "ip", "IPv4", NULL, N_ ("Internet Protocol 4"), fields, aliases, dissect,
};
