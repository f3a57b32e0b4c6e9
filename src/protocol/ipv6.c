/* Internet Protocol, version 6 (RFC 8200), with its extension headers.
 *
 *    0       4               12                      31
 *   +-------+---------------+------------------------+
 *   |version| traffic class | flow label             |
 *   +-------+---------------+--------+---------------+
 *   | payload length        | next   | hop limit     |
 *   +-----------------------+--------+---------------+
 *   | source address, 16 bytes                       |
 *   +------------------------------------------------+
 *   | destination address, 16 bytes                  |
 *   +------------------------------------------------+ */
#include <glib/gi18n-lib.h>

#include "protocol/ip-checksum.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

#define HEADER_BYTES 40u

enum {
  IPV6,
  VERSION,
  TCLASS,
  DSCP,
  ECN,
  FLOW,
  PLEN,
  NXT,
  HLIM,
  SRC,
  SRC_HOST,
  DST,
  DST_HOST,
  HOPOPTS,
  HOPOPTS_NXT,
  HOPOPTS_LEN,
  DSTOPTS,
  DSTOPTS_NXT,
  DSTOPTS_LEN,
  ROUTING,
  ROUTING_NXT,
  ROUTING_LEN,
  ROUTING_TYPE,
  ROUTING_SEGLEFT,
  ROUTING_DATA,
  OPT,
  OPT_TYPE,
  OPT_LENGTH,
  OPT_ROUTER_ALERT,
  OPT_TEL,
  OPT_JUMBO,
  OPT_HOME_ADDRESS,
  OPT_PADN,
  OPT_UNKNOWN,
  FRAGHDR,
  FRAGHDR_NXT,
  FRAGHDR_OFFSET,
  FRAGHDR_MORE,
  FRAGHDR_IDENT,
  FRAGMENT,
  FRAGMENT_COUNT,
  REASSEMBLED_LENGTH,
  REASSEMBLED_IN,
  TOO_LONG,
  AH,
  AH_NEXT,
  AH_LENGTH,
  AH_SPI,
  AH_SEQUENCE,
  AH_ICV,
  ESP,
  ESP_SPI,
  ESP_SEQUENCE,
  ESP_DATA,
};

/* IANA, "Destination Options and Hop-by-Hop Options". */
static const LecValueName option_names[] = {
  { 0x00, "Pad1" },
  { 0x01, "PadN" },
  { 0x04, N_ ("Tunnel encapsulation limit") },
  { 0x05, N_ ("Router alert") },
  { 0x07, "CALIPSO" },
  { 0x0f, "PDM" },
  { 0x23, "RPL" },
  { 0x26, "Quick-Start" },
  { 0x30, N_ ("Path MTU") },
  { 0x6d, "MPL" },
  { 0xc2, N_ ("Jumbo payload") },
  { 0xc9, N_ ("Home address") },
  { 0, NULL },
};

static const LecValueName routing_types[] = {
  { 0, N_ ("Source route (deprecated)") },
  { 2, N_ ("Mobile IPv6") },
  { 3, "RPL" },
  { 4, N_ ("Segment routing") },
  { 0, NULL },
};

static const LecField fields[] = {
  [IPV6] = { "ipv6", "IPv6", N_ ("Internet Protocol 6"), LEC_TYPE_PROTOCOL },
  [VERSION] = { "ipv6.version", "IPv6.Version", N_ ("Version"), LEC_TYPE_UINT8, .mask = 0xf0 },
  [TCLASS] = { "ipv6.tclass", "IPv6.TrafficClass", N_ ("Traffic class"), LEC_TYPE_UINT32, LEC_SHOW_HEX,
               .mask = 0x0ff00000 },
  [DSCP] = { "ipv6.tclass.dscp", "IPv6.DSCP", N_ ("Codepoint"), LEC_TYPE_UINT32, .mask = 0x0fc00000,
             .values = lec_dscp_names },
  [ECN] = { "ipv6.tclass.ecn", "IPv6.ECN", N_ ("Congestion notification"), LEC_TYPE_UINT32, .mask = 0x00300000,
            .values = lec_ecn_names },
  [FLOW] = { "ipv6.flow", "IPv6.FlowLabel", N_ ("Flow label"), LEC_TYPE_UINT24, LEC_SHOW_HEX, .mask = 0x000fffff,
             .explanation = N_ ("The same for all packets of a flow, so that routers can keep them on one path "
                                "without looking at the ports (RFC 6437).") },
  [PLEN] = { "ipv6.plen", "IPv6.PayloadLength", N_ ("Payload length"), LEC_TYPE_UINT16,
             .explanation = N_ ("Bytes behind this header, extension headers included (RFC 8200 §3).") },
  [NXT] = { "ipv6.nxt", "IPv6.NextHeader", N_ ("Next header"), LEC_TYPE_UINT8, .values = lec_ip_protocol_names },
  [HLIM] = { "ipv6.hlim", "IPv6.HopLimit", N_ ("Hop limit"), LEC_TYPE_UINT8,
             .explanation = N_ ("Every router takes one off, and drops the packet at 0, as IPv4's time to live.") },
  [SRC] = { "ipv6.src", "IPv6.SourceAddress", N_ ("Source"), LEC_TYPE_IPV6 },
  [SRC_HOST] = { "ipv6.src_host", NULL, N_ ("Source name"), LEC_TYPE_STRING },
  [DST] = { "ipv6.dst", "IPv6.DestinationAddress", N_ ("Destination"), LEC_TYPE_IPV6 },
  [DST_HOST] = { "ipv6.dst_host", NULL, N_ ("Destination name"), LEC_TYPE_STRING },
  [HOPOPTS] = { "ipv6.hopopts", NULL, N_ ("Hop-by-hop options"), LEC_TYPE_BYTES },
  [HOPOPTS_NXT] = { "ipv6.hopopts.nxt", NULL, N_ ("Next header"), LEC_TYPE_UINT8, .values = lec_ip_protocol_names },
  [HOPOPTS_LEN] = { "ipv6.hopopts.len", NULL, N_ ("Length in 8 bytes"), LEC_TYPE_UINT8 },
  [DSTOPTS] = { "ipv6.dstopts", NULL, N_ ("Destination options"), LEC_TYPE_BYTES },
  [DSTOPTS_NXT] = { "ipv6.dstopts.nxt", NULL, N_ ("Next header"), LEC_TYPE_UINT8, .values = lec_ip_protocol_names },
  [DSTOPTS_LEN] = { "ipv6.dstopts.len", NULL, N_ ("Length in 8 bytes"), LEC_TYPE_UINT8 },
  [ROUTING] = { "ipv6.routing", NULL, N_ ("Routing header"), LEC_TYPE_BYTES },
  [ROUTING_NXT] = { "ipv6.routing.nxt", NULL, N_ ("Next header"), LEC_TYPE_UINT8, .values = lec_ip_protocol_names },
  [ROUTING_LEN] = { "ipv6.routing.len", NULL, N_ ("Length in 8 bytes"), LEC_TYPE_UINT8 },
  [ROUTING_TYPE] = { "ipv6.routing.type", NULL, N_ ("Type"), LEC_TYPE_UINT8, .values = routing_types },
  [ROUTING_SEGLEFT] = { "ipv6.routing.segleft", NULL, N_ ("Segments left"), LEC_TYPE_UINT8 },
  [ROUTING_DATA] = { "ipv6.routing.unknown_data", NULL, N_ ("Content"), LEC_TYPE_BYTES },
  [OPT] = { "ipv6.opt", NULL, N_ ("Option"), LEC_TYPE_NONE },
  [OPT_TYPE] = { "ipv6.opt.type", NULL, N_ ("Type"), LEC_TYPE_UINT8, LEC_SHOW_HEX, .values = option_names },
  [OPT_LENGTH] = { "ipv6.opt.length", NULL, N_ ("Length"), LEC_TYPE_UINT8 },
  [OPT_ROUTER_ALERT] = { "ipv6.opt.router_alert", NULL, N_ ("Router alert"), LEC_TYPE_UINT16 },
  [OPT_TEL] = { "ipv6.opt.tel", NULL, N_ ("Encapsulations left"), LEC_TYPE_UINT8 },
  [OPT_JUMBO] = { "ipv6.opt.jumbo", NULL, N_ ("Payload length"), LEC_TYPE_UINT32 },
  [OPT_HOME_ADDRESS] = { "ipv6.opt.mipv6.home_address", NULL, N_ ("Home address"), LEC_TYPE_IPV6 },
  [OPT_PADN] = { "ipv6.opt.padn", NULL, N_ ("Padding"), LEC_TYPE_BYTES },
  [OPT_UNKNOWN] = { "ipv6.opt.unknown", NULL, N_ ("Content"), LEC_TYPE_BYTES },
  [FRAGHDR] = { "ipv6.fraghdr", NULL, N_ ("Fragment header"), LEC_TYPE_BYTES },
  [FRAGHDR_NXT] = { "ipv6.fraghdr.nxt", NULL, N_ ("Next header"), LEC_TYPE_UINT8, .values = lec_ip_protocol_names },
  [FRAGHDR_OFFSET] = { "ipv6.fraghdr.offset", "IPv6.FragmentOffset", N_ ("Offset"), LEC_TYPE_UINT16, .mask = 0xfff8,
                       .explanation = N_ ("Where this fragment belongs in its datagram, in units of 8 bytes "
                                          "(RFC 8200 §4.5).") },
  [FRAGHDR_MORE] = { "ipv6.fraghdr.more", "IPv6.MoreFragments", N_ ("More fragments"), LEC_TYPE_BOOLEAN,
                     .mask = 0x0001 },
  [FRAGHDR_IDENT] = { "ipv6.fraghdr.ident", "IPv6.FragmentIdentification", N_ ("Identification"), LEC_TYPE_UINT32,
                      LEC_SHOW_HEX },
  [FRAGMENT] = { "ipv6.fragment", NULL, N_ ("Fragment in frame"), LEC_TYPE_FRAME },
  [FRAGMENT_COUNT] = { "ipv6.fragment.count", NULL, N_ ("Fragments"), LEC_TYPE_UINT32 },
  [REASSEMBLED_LENGTH] = { "ipv6.reassembled.length", NULL, N_ ("Length of the whole"), LEC_TYPE_UINT32 },
  [REASSEMBLED_IN] = { "ipv6.reassembled.in", NULL, N_ ("Whole in frame"), LEC_TYPE_FRAME },
  [TOO_LONG] = { "ipv6.plen_exceeds_framing", NULL, N_ ("Impossible length"), LEC_TYPE_NONE },
  [AH] = { "ah", NULL, N_ ("Authentication header"), LEC_TYPE_NONE,
           .explanation = N_ ("Proves who sent the packet and that nobody changed it (RFC 4302).") },
  [AH_NEXT] = { "ah.next_header", NULL, N_ ("Next header"), LEC_TYPE_UINT8, .values = lec_ip_protocol_names },
  [AH_LENGTH] = { "ah.length", NULL, N_ ("Length in 4 bytes, less 2"), LEC_TYPE_UINT8 },
  [AH_SPI] = { "ah.spi", NULL, N_ ("Security parameters index"), LEC_TYPE_UINT32, LEC_SHOW_HEX },
  [AH_SEQUENCE] = { "ah.sequence", NULL, N_ ("Sequence"), LEC_TYPE_UINT32 },
  [AH_ICV] = { "ah.icv", NULL, N_ ("Integrity check value"), LEC_TYPE_BYTES },
  [ESP] = { "esp", NULL, N_ ("Encrypted payload"), LEC_TYPE_NONE,
            .explanation = N_ ("What follows is encrypted, its protocol included (RFC 4303).") },
  [ESP_SPI] = { "esp.spi", NULL, N_ ("Security parameters index"), LEC_TYPE_UINT32, LEC_SHOW_HEX },
  [ESP_SEQUENCE] = { "esp.sequence", NULL, N_ ("Sequence"), LEC_TYPE_UINT32 },
  [ESP_DATA] = { "esp.encrypted_data", NULL, N_ ("Encrypted bytes"), LEC_TYPE_BYTES },
  { NULL },
};

static const LecAlias aliases[] = {
  { "ipv6.addr", "IPv6.Address", N_ ("Source or destination"), { "ipv6.src", "ipv6.dst" } },
  { "ipv6.host", NULL, N_ ("Source or destination name"), { "ipv6.src_host", "ipv6.dst_host" } },
  { NULL },
};

static const LecIpFragmentFields fragment_fields = {
  &fields[FRAGMENT],
  &fields[FRAGMENT_COUNT],
  &fields[REASSEMBLED_LENGTH],
  &fields[REASSEMBLED_IN],
};

static void
add_option_content (LecDissection *dissection, uint8_t type, LecReader *content)
{
  uint32_t offset = lec_reader_offset (content);
  uint32_t length = content->reported;

  if (type == 0x01)
    lec_add_bytes (dissection, &fields[OPT_PADN], offset, lec_read_some (content, length));
  else if (type == 0x05 && length == 2) /* RFC 2711 §2.1 */
    lec_add_uint (dissection, &fields[OPT_ROUTER_ALERT], offset, 2, lec_read_u16 (content));
  else if (type == 0x04 && length == 1) /* RFC 2473 §4.1.1 */
    lec_add_uint (dissection, &fields[OPT_TEL], offset, 1, lec_read_u8 (content));
  else if (type == 0xc2 && length == 4) /* RFC 2675 §2 */
    lec_add_uint (dissection, &fields[OPT_JUMBO], offset, 4, lec_read_u32 (content));
  else if (type == 0xc9 && length == 16) /* RFC 6275 §6.3 */
    lec_add_bytes (dissection, &fields[OPT_HOME_ADDRESS], offset, lec_read_bytes (content, 16));
  else if (length)
    lec_add_bytes (dissection, &fields[OPT_UNKNOWN], offset, lec_read_some (content, length));
}

/* RFC 8200 §4.2: type, length, content; type 0 stands alone. */
static void
add_options (LecDissection *dissection, LecReader *options)
{
  while (lec_reader_left (options) && !options->state) {
    uint32_t offset = lec_reader_offset (options);
    uint8_t type = lec_read_u8 (options);
    uint8_t length = type ? lec_read_u8 (options) : 0;
    if (options->state)
      break;
    LecReader content = lec_reader_take (options, length);
    const char *name = lec_value_name (option_names, type);
    lec_open_group (dissection, &fields[OPT], offset, (type ? 2 : 1) + content.captured, "%s", name ? _ (name) : "");
    lec_add_uint (dissection, &fields[OPT_TYPE], offset, 1, type);
    if (type) {
      lec_add_uint (dissection, &fields[OPT_LENGTH], offset + 1, 1, length);
      if (content.captured == length)
        add_option_content (dissection, type, &content);
    }
    lec_close (dissection);
  }
  lec_add_state (dissection, options);
}

/* Hop-by-hop and destination options, and the routing header: next header 1, length 1 in units of 8 bytes beyond the
 * first 8, content. Returns the number of what follows, or −1 where the header is not all there. */
static int
dissect_extension (LecDissection *dissection, uint8_t number, LecReader *reader)
{
  unsigned base = number == LEC_IP_HOP_BY_HOP ? HOPOPTS : number == LEC_IP_ROUTING ? ROUTING : DSTOPTS;
  uint32_t offset = lec_reader_offset (reader);
  LecReader ahead = *reader;
  uint8_t next = lec_read_u8 (&ahead);
  uint32_t units = lec_read_u8 (&ahead);
  LecReader header = lec_reader_take (reader, units * 8 + 8);

  lec_dissection_add_path (dissection, fields[base].name);
  lec_open_bytes (dissection, &fields[base], offset, (LecBytes){ header.bytes, header.captured });
  if (!ahead.state) {
    lec_reader_skip (&header, 2);
    lec_add_uint (dissection, &fields[base + 1], offset, 1, next);
    lec_add_uint (dissection, &fields[base + 2], offset + 1, 1, units);
    if (number == LEC_IP_ROUTING) {
      uint8_t type = lec_read_u8 (&header), segments_left = lec_read_u8 (&header);
      lec_add_uint (dissection, &fields[ROUTING_TYPE], offset + 2, 1, type);
      lec_add_uint (dissection, &fields[ROUTING_SEGLEFT], offset + 3, 1, segments_left);
      lec_add_bytes (dissection, &fields[ROUTING_DATA], offset + 4, lec_read_some (&header, G_MAXUINT32));
      /* The checksum above is of the last destination (RFC 8200 §8.1), which only each type's own layout tells. */
      if (segments_left)
        dissection->has_pseudo_header = FALSE;
    } else {
      add_options (dissection, &header);
    }
  }
  lec_add_state (dissection, reader);
  lec_close (dissection);
  lec_head_note_state (dissection, reader);
  return reader->state || ahead.state ? -1 : next;
}

/* RFC 8200 §4.5. Returns FALSE where the header is not all there. */
static gboolean
read_fragment_header (LecDissection *dissection, LecReader *reader, LecIpFragment *fragment)
{
  uint32_t offset = lec_reader_offset (reader);
  LecBytes whole = lec_read_bytes (reader, 8);

  lec_dissection_add_path (dissection, fields[FRAGHDR].name);
  if (!whole.length) {
    lec_add_state (dissection, reader);
    lec_head_note_state (dissection, reader);
    return FALSE;
  }
  uint16_t place = (uint16_t) (whole.data[2] << 8 | whole.data[3]);
  *fragment = (LecIpFragment){
    .ip_protocol = whole.data[0],
    .identification =
        (uint32_t) whole.data[4] << 24 | (uint32_t) whole.data[5] << 16 | (uint32_t) whole.data[6] << 8 | whole.data[7],
    .offset_bytes = place & 0xfff8u,
    .more = place & 1,
  };
  lec_open_bytes (dissection, &fields[FRAGHDR], offset, whole);
  lec_add_uint (dissection, &fields[FRAGHDR_NXT], offset, 1, fragment->ip_protocol);
  lec_add_bits (dissection, &fields[FRAGHDR_OFFSET], offset + 2, 2, place);
  lec_add_bits (dissection, &fields[FRAGHDR_MORE], offset + 2, 2, place);
  lec_add_uint (dissection, &fields[FRAGHDR_IDENT], offset + 4, 4, fragment->identification);
  lec_close (dissection);
  return TRUE;
}

uint8_t
lec_dissect_ah (LecDissection *dissection, LecReader *reader)
{
  uint32_t offset = lec_reader_offset (reader);
  LecReader ahead = *reader;
  uint8_t next = lec_read_u8 (&ahead);
  uint32_t words = lec_read_u8 (&ahead);
  LecReader header = lec_reader_take (reader, words * 4 + 8); /* RFC 4302 §2.2 */

  lec_dissection_add_path (dissection, "ah");
  lec_open_group (dissection, &fields[AH], offset, header.captured, NULL);
  lec_reader_skip (&header, 4);
  uint32_t spi = lec_read_u32 (&header), sequence = lec_read_u32 (&header);
  if (!header.state) {
    lec_add_uint (dissection, &fields[AH_NEXT], offset, 1, next);
    lec_add_uint (dissection, &fields[AH_LENGTH], offset + 1, 1, words);
    lec_add_uint (dissection, &fields[AH_SPI], offset + 4, 4, spi);
    lec_add_uint (dissection, &fields[AH_SEQUENCE], offset + 8, 4, sequence);
    lec_add_bytes (dissection, &fields[AH_ICV], offset + 12, lec_read_some (&header, G_MAXUINT32));
  }
  lec_add_state (dissection, reader);
  lec_close (dissection);
  lec_head_note_state (dissection, reader);
  return header.state || reader->state ? LEC_IP_NO_NEXT : next;
}

void
lec_dissect_esp (LecDissection *dissection, LecReader *reader)
{
  uint32_t offset = lec_reader_offset (reader);
  uint32_t spi = lec_read_u32 (reader), sequence = lec_read_u32 (reader);
  gboolean is_whole = !reader->state;
  LecBytes rest = lec_read_some (reader, G_MAXUINT32);

  lec_dissection_add_path (dissection, "esp");
  lec_open_group (dissection, &fields[ESP], offset, lec_reader_offset (reader) - offset, NULL);
  if (is_whole) {
    lec_add_uint (dissection, &fields[ESP_SPI], offset, 4, spi);
    lec_add_uint (dissection, &fields[ESP_SEQUENCE], offset + 4, 4, sequence);
    lec_add_bytes (dissection, &fields[ESP_DATA], offset + 8, rest);
  }
  lec_add_state (dissection, reader);
  lec_close (dissection);
}

/* The chain of extension headers, up to what is not one. Returns its number, or −1 where the chain breaks off or a
 * fragment was met (then *IS_FRAGMENT). */
static int
dissect_extensions (LecDissection *dissection, uint8_t first, LecReader *reader, LecIpFragment *fragment,
                    gboolean *is_fragment)
{
  int number = first;

  *is_fragment = FALSE;
  while (number >= 0) {
    switch (number) {
    case LEC_IP_HOP_BY_HOP:
    case LEC_IP_ROUTING:
    case LEC_IP_DESTINATION_OPTIONS:
      number = dissect_extension (dissection, (uint8_t) number, reader);
      break;
    case LEC_IP_FRAGMENT:
      if (!read_fragment_header (dissection, reader, fragment))
        return -1;
      number = fragment->ip_protocol;
      /* An atomic fragment is a whole datagram (RFC 6946 §2). */
      if (!fragment->offset_bytes && !fragment->more)
        break;
      *is_fragment = TRUE;
      return -1;
    case LEC_IP_AH:
      number = lec_dissect_ah (dissection, reader);
      break;
    default:
      return number;
    }
  }
  return -1;
}

static void
fill_head (LecDissection *dissection, const uint8_t *header)
{
  LecHead *head = lec_ip_head (dissection, LEC_HEAD_IPV6);

  if (!head)
    return;
  if ((header[1] >> 4 & 3) == 3)
    head->flags |= LEC_HEAD_CONGESTION;
  head->ttl = header[7];
  head->ip_protocol = header[6];
  head->ip_identification = 0;
  head->source = header + 8;
}

static void
add_fields (LecDissection *dissection, const uint8_t *header, uint32_t offset)
{
  uint32_t first = (uint32_t) header[0] << 24 | (uint32_t) header[1] << 16 | (uint32_t) header[2] << 8 | header[3];

  lec_add_bits (dissection, &fields[VERSION], offset, 1, header[0]);
  /* tshark calls it by IPv4's name too, and so do filters; a tree need not say it twice. */
  if (!dissection->sink->wants_text)
    lec_add_bits (dissection, lec_field_ip_version, offset, 1, header[0]);
  lec_open_bits (dissection, &fields[TCLASS], offset, 4, first);
  lec_add_bits (dissection, &fields[DSCP], offset, 4, first);
  lec_add_bits (dissection, &fields[ECN], offset, 4, first);
  lec_close (dissection);
  lec_add_bits (dissection, &fields[FLOW], offset, 4, first);
  lec_add_uint (dissection, &fields[PLEN], offset + 4, 2, (uint64_t) (header[4] << 8 | header[5]));
  lec_add_uint (dissection, &fields[NXT], offset + 6, 1, header[6]);
  lec_add_uint (dissection, &fields[HLIM], offset + 7, 1, header[7]);
  lec_add_bytes (dissection, &fields[SRC], offset + 8, (LecBytes){ header + 8, 16 });
  lec_add_host (dissection, &fields[SRC_HOST], header + 8, 16);
  lec_add_bytes (dissection, &fields[DST], offset + 24, (LecBytes){ header + 24, 16 });
  lec_add_host (dissection, &fields[DST_HOST], header + 24, 16);
}

static void
set_summary (LecDissection *dissection, unsigned layer, const uint8_t *header, int number,
             const LecIpFragment *fragment, uint32_t body_bytes)
{
  char from[LEC_ADDRESS_TEXT], to[LEC_ADDRESS_TEXT];

  if (fragment) {
    lec_ip_fragment_summarise (dissection, layer, fragment, body_bytes);
    return;
  }
  g_autofree char *name = lec_ip_protocol_text (number >= 0 ? (uint8_t) number : header[6]);
  lec_address_text (header + 8, 16, from);
  lec_address_text (header + 24, 16, to);
  lec_dissection_set_summary (dissection, layer, _ ("%s → %s, %s, length %u, hop limit %u"), from, to, name, body_bytes,
                              header[7]);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint32_t offset = lec_reader_offset (reader);
  LecBytes fixed = lec_read_bytes (reader, HEADER_BYTES);
  const uint8_t *header = fixed.data;
  char from[LEC_ADDRESS_TEXT] = "", to[LEC_ADDRESS_TEXT] = "";

  if (!header || header[0] >> 4 != 6) {
    lec_dissect_damaged_ip (dissection, &fields[IPV6], reader, offset);
    return;
  }
  uint32_t reported = lec_reader_reported_left (reader);
  uint32_t length = (uint32_t) (header[4] << 8 | header[5]);
  /* 0: a jumbogram, or a packet that the network card was to cut into segments. */
  gboolean too_long = length > reported;
  LecReader body = lec_reader_take (reader, length && !too_long ? length : reported);
  LecIpFragment fragment = { 0 };
  gboolean is_fragment;

  fill_head (dissection, header);
  if (dissection->sink->wants_text) {
    lec_address_text (header + 8, 16, from);
    lec_address_text (header + 24, 16, to);
  }
  lec_open_group (dissection, &fields[IPV6], offset, HEADER_BYTES, "%s → %s", from, to);
  add_fields (dissection, header, offset);
  if (too_long)
    lec_add_ip_too_long (dissection, &fields[TOO_LONG], length, reported);
  dissection->pseudo_header_sum = lec_checksum_add (0, header + 8, 32);
  dissection->has_pseudo_header = !too_long;
  int number = dissect_extensions (dissection, header[6], &body, &fragment, &is_fragment);
  if (number >= 0 && !dissection->quoted)
    dissection->head.ip_protocol = (uint8_t) number;
  if (is_fragment)
    lec_ip_fragment_ask (dissection, &fragment, &body, &fragment_fields);
  lec_close (dissection);

  if (is_fragment)
    lec_ip_fragment_dissect (dissection, &fragment, &body);
  else if (number >= 0 && number != LEC_IP_NO_NEXT)
    lec_dissect_ip_payload (dissection, (uint8_t) number, &body);
  else
    lec_dissect_data (dissection, &body);
  if (lec_dissection_wants_summary (dissection, layer))
    set_summary (dissection, layer, header, number, is_fragment ? &fragment : NULL, body.reported);
}

const LecProtocol lec_ipv6_protocol = {
  LEC_PROTOCOL_IPV6, "ipv6", "IPv6", NULL, N_ ("Internet Protocol 6"), fields, aliases, dissect,
};
