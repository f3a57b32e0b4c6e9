/* DHCP (RFC 2131, RFC 2132): a fixed part that it has from BOOTP, then options.
 *
 *     +-------+-------+-------+-------+
 *     |  op   | htype | hlen  | hops  |
 *     +-------+-------+-------+-------+
 *     |        transaction ID         |
 *     +---------------+---------------+
 *     |    seconds    |     flags     |
 *     +---------------+---------------+
 *     | addresses: client, your, server, relay (4 bytes each)
 *     | client's hardware address (16), server name (64), boot file (128)
 *     | magic cookie (4), options: code, length, value …
 */
#include <glib/gi18n-lib.h>

#include "protocol/protocols.h"
#include "protocol/value-text.h"

#define MAGIC_COOKIE 0x63825363u

#define OPTION_PAD          0u
#define OPTION_MESSAGE_TYPE 53u
#define OPTION_END          255u

enum {
  PROTOCOL,
  TYPE,
  HARDWARE,
  HARDWARE_LENGTH,
  HOPS,
  ID,
  SECONDS,
  FLAGS,
  BROADCAST,
  RESERVED,
  CLIENT,
  YOUR,
  SERVER,
  RELAY,
  MAC,
  HARDWARE_ADDRESS,
  HARDWARE_PADDING,
  SERVER_NAME,
  FILE_NAME,
  COOKIE,
  OPTION,
  LENGTH,
  VALUE,
  MESSAGE_TYPE,
  MASK,
  ROUTER,
  TIME_SERVER,
  NAME_SERVER,
  HOSTNAME,
  DOMAIN,
  BROADCAST_ADDRESS,
  MTU,
  NTP,
  WINS,
  NODE_TYPE,
  REQUESTED,
  LEASE,
  OVERLOAD,
  SERVER_ID,
  PARAMETER,
  MESSAGE,
  LARGEST,
  RENEWAL,
  REBINDING,
  VENDOR,
  CLIENT_ID,
  END,
  PADDING,
};

static const LecValueName directions[] = {
  { 1, N_ ("Request") },
  { 2, N_ ("Reply") },
  { 0, NULL },
};

/* IANA, "BOOTP Vendor Extensions and DHCP Options". */
static const LecValueName options[] = {
  { 0, N_ ("Pad") },
  { 1, N_ ("Subnet mask") },
  { 2, N_ ("Time offset") },
  { 3, N_ ("Router") },
  { 4, N_ ("Time server") },
  { 5, N_ ("Name server") },
  { 6, N_ ("DNS server") },
  { 7, N_ ("Log server") },
  { 9, N_ ("Printer server") },
  { 12, N_ ("Host name") },
  { 13, N_ ("Boot file size") },
  { 15, N_ ("Domain name") },
  { 17, N_ ("Root path") },
  { 19, N_ ("IP forwarding") },
  { 23, N_ ("Default time to live") },
  { 26, N_ ("Interface MTU") },
  { 28, N_ ("Broadcast address") },
  { 31, N_ ("Router discovery") },
  { 33, N_ ("Static route") },
  { 42, N_ ("NTP server") },
  { 43, N_ ("Vendor-specific information") },
  { 44, N_ ("NetBIOS name server") },
  { 45, N_ ("NetBIOS datagram server") },
  { 46, N_ ("NetBIOS node type") },
  { 47, N_ ("NetBIOS scope") },
  { 50, N_ ("Requested address") },
  { 51, N_ ("Lease time") },
  { 52, N_ ("Option overload") },
  { 53, N_ ("Message type") },
  { 54, N_ ("Server") },
  { 55, N_ ("Parameter list") },
  { 56, N_ ("Message") },
  { 57, N_ ("Largest message") },
  { 58, N_ ("Renewal time") },
  { 59, N_ ("Rebinding time") },
  { 60, N_ ("Vendor class") },
  { 61, N_ ("Client identifier") },
  { 66, N_ ("Boot server name") },
  { 67, N_ ("Boot file name") },
  { 77, N_ ("User class") },
  { 80, N_ ("Rapid commit") },
  { 81, N_ ("Client’s full name") },
  { 82, N_ ("Relay information") },
  { 93, N_ ("Client architecture") },
  { 95, N_ ("LDAP server") },
  { 108, N_ ("IPv6 only preferred") },
  { 114, N_ ("Captive portal") },
  { 116, N_ ("Auto-configuration") },
  { 118, N_ ("Subnet selection") },
  { 119, N_ ("Domain search list") },
  { 121, N_ ("Classless static route") },
  { 150, N_ ("TFTP server") },
  { 249, N_ ("Classless static route (Microsoft)") },
  { 252, N_ ("Proxy auto-discovery") },
  { 255, N_ ("End") },
  { 0, NULL },
};

static const LecValueName message_types[] = {
  { 1, N_ ("Discover") },
  { 2, N_ ("Offer") },
  { 3, N_ ("Request") },
  { 4, N_ ("Decline") },
  { 5, N_ ("ACK") },
  { 6, N_ ("NAK") },
  { 7, N_ ("Release") },
  { 8, N_ ("Inform") },
  { 9, N_ ("Force renew") },
  { 10, N_ ("Lease query") },
  { 11, N_ ("Lease unassigned") },
  { 12, N_ ("Lease unknown") },
  { 13, N_ ("Lease active") },
  { 14, N_ ("Bulk lease query") },
  { 15, N_ ("Lease query done") },
  { 16, N_ ("Active lease query") },
  { 17, N_ ("Lease query status") },
  { 18, N_ ("TLS") },
  { 0, NULL },
};

static const LecField fields[] = {
  [PROTOCOL] = { "dhcp", "DHCP", N_ ("Dynamic Host Configuration Protocol"), LEC_TYPE_PROTOCOL },
  [TYPE] = { "dhcp.type", "DHCP.OpCode", N_ ("Direction"), LEC_TYPE_UINT8, .values = directions,
             .explanation = N_ ("1 from a client, 2 from a server (RFC 2131 §2).") },
  [HARDWARE] = { "dhcp.hw.type", NULL, N_ ("Hardware type"), LEC_TYPE_UINT8, .show = LEC_SHOW_HEX },
  [HARDWARE_LENGTH] = { "dhcp.hw.len", NULL, N_ ("Hardware address length"), LEC_TYPE_UINT8 },
  [HOPS] = { "dhcp.hops", NULL, N_ ("Hops"), LEC_TYPE_UINT8,
             .explanation = N_ ("Relays on the way, each of which adds one.") },
  [ID] = { "dhcp.id", "DHCP.TransactionID", N_ ("Transaction ID"), LEC_TYPE_UINT32, .show = LEC_SHOW_HEX,
           .explanation = N_ ("Chosen by the client; all messages of one exchange carry it (RFC 2131 §2).") },
  [SECONDS] = { "dhcp.secs", NULL, N_ ("Seconds elapsed"), LEC_TYPE_UINT16,
                .explanation = N_ ("How long the client has been trying.") },
  [FLAGS] = { "dhcp.flags", NULL, N_ ("Flags"), LEC_TYPE_UINT16, .show = LEC_SHOW_HEX },
  [BROADCAST] = { "dhcp.flags.bc", NULL, N_ ("Answer by broadcast"), LEC_TYPE_BOOLEAN, .mask = 0x8000,
                  .explanation = N_ ("The client cannot yet receive what is sent to its address, because it has none "
                                     "(RFC 2131 §4.1).") },
  [RESERVED] = { "dhcp.flags.reserved", NULL, N_ ("Reserved"), LEC_TYPE_UINT16, .show = LEC_SHOW_HEX, .mask = 0x7fff },
  [CLIENT] = { "dhcp.ip.client", "DHCP.ClientIP", N_ ("Client’s address"), LEC_TYPE_IPV4,
               .explanation = N_ ("Filled in only by a client that already has an address and wants to keep it.") },
  [YOUR] = { "dhcp.ip.your", "DHCP.YourIP", N_ ("Your address"), LEC_TYPE_IPV4,
             .explanation = N_ ("The address that the server gives to the client.") },
  [SERVER] = { "dhcp.ip.server", "DHCP.ServerIP", N_ ("Next server"), LEC_TYPE_IPV4,
               .explanation = N_ ("Where a machine that starts over the network finds its boot file.") },
  [RELAY] = { "dhcp.ip.relay", NULL, N_ ("Relay"), LEC_TYPE_IPV4,
              .explanation = N_ ("A router that passes messages between networks; from its address the server sees "
                                 "which network the client is on.") },
  [MAC] = { "dhcp.hw.mac_addr", "DHCP.ClientHardwareAddress", N_ ("Client’s hardware address"), LEC_TYPE_MAC },
  [HARDWARE_ADDRESS] = { "dhcp.hw.addr", NULL, N_ ("Client’s hardware address"), LEC_TYPE_BYTES },
  [HARDWARE_PADDING] = { "dhcp.hw.addr_padding", NULL, N_ ("Padding"), LEC_TYPE_BYTES },
  [SERVER_NAME] = { "dhcp.server", NULL, N_ ("Server name"), LEC_TYPE_STRING },
  [FILE_NAME] = { "dhcp.file", NULL, N_ ("Boot file"), LEC_TYPE_STRING },
  [COOKIE] = { "dhcp.cookie", NULL, N_ ("Magic cookie"), LEC_TYPE_IPV4,
               .explanation = N_ ("99.130.83.99 says that options follow, and that this is DHCP and not its "
                                  "predecessor BOOTP (RFC 2131 §3).") },
  [OPTION] = { "dhcp.option.type", NULL, N_ ("Option"), LEC_TYPE_UINT8, .values = options,
               .explanation = N_ (
                   "What the message really says: an option each for its kind, the addresses, the lease (RFC 2132).") },
  [LENGTH] = { "dhcp.option.length", NULL, N_ ("Length"), LEC_TYPE_UINT8 },
  [VALUE] = { "dhcp.option.value", NULL, N_ ("Value"), LEC_TYPE_BYTES },
  [MESSAGE_TYPE] = { "dhcp.option.dhcp", "DHCP.MessageType", N_ ("Message type"), LEC_TYPE_UINT8,
                     .values = message_types,
                     .explanation = N_ ("Discover: who can give me an address? Offer: I can. Request: I take it. ACK: "
                                        "it is yours (RFC 2131 §3.1).") },
  [MASK] = { "dhcp.option.subnet_mask", NULL, N_ ("Subnet mask"), LEC_TYPE_IPV4,
             .explanation = N_ ("Which part of an address names the network (RFC 2132 §3.3).") },
  [ROUTER] = { "dhcp.option.router", NULL, N_ ("Router"), LEC_TYPE_IPV4,
               .explanation = N_ ("The way out of the network (RFC 2132 §3.5).") },
  [TIME_SERVER] = { "dhcp.option.time_server", NULL, N_ ("Time server"), LEC_TYPE_IPV4 },
  [NAME_SERVER] = { "dhcp.option.domain_name_server", NULL, N_ ("DNS server"), LEC_TYPE_IPV4,
                    .explanation = N_ ("Whom to ask for the addresses of names (RFC 2132 §3.8).") },
  [HOSTNAME] = { "dhcp.option.hostname", NULL, N_ ("Host name"), LEC_TYPE_STRING,
                 .explanation = N_ ("What the client calls itself (RFC 2132 §3.14).") },
  [DOMAIN] = { "dhcp.option.domain_name", NULL, N_ ("Domain name"), LEC_TYPE_STRING },
  [BROADCAST_ADDRESS] = { "dhcp.option.broadcast_address", NULL, N_ ("Broadcast address"), LEC_TYPE_IPV4 },
  [MTU] = { "dhcp.option.interface_mtu", NULL, N_ ("MTU"), LEC_TYPE_UINT16 },
  [NTP] = { "dhcp.option.ntp_server", NULL, N_ ("NTP server"), LEC_TYPE_IPV4 },
  [WINS] = { "dhcp.option.netbios_over_tcpip_name_server", NULL, N_ ("NetBIOS name server"), LEC_TYPE_IPV4 },
  [NODE_TYPE] = { "dhcp.option.netbios_over_tcpip_node_type", NULL, N_ ("NetBIOS node type"), LEC_TYPE_UINT8 },
  [REQUESTED] = { "dhcp.option.requested_ip_address", NULL, N_ ("Requested address"), LEC_TYPE_IPV4,
                  .explanation = N_ (
                      "The address the client would like: the one it was offered, or had last time (RFC 2132 §9.1).") },
  [LEASE] = { "dhcp.option.ip_address_lease_time", NULL, N_ ("Lease time"), LEC_TYPE_UINT32,
              .explanation = N_ ("Seconds for which the client may use the address; it asks again after half of that "
                                 "(RFC 2132 §9.2).") },
  [OVERLOAD] = { "dhcp.option.option_overload", NULL, N_ ("Option overload"), LEC_TYPE_UINT8 },
  [SERVER_ID] = { "dhcp.option.dhcp_server_id", NULL, N_ ("Server"), LEC_TYPE_IPV4,
                  .explanation = N_ ("Which server speaks, or whose offer the client takes (RFC 2132 §9.7).") },
  [PARAMETER] = { "dhcp.option.request_list_item", NULL, N_ ("Parameter wanted"), LEC_TYPE_UINT8, .values = options,
                  .explanation =
                      N_ ("The client lists by number the options it would like to hear about (RFC 2132 §9.8).") },
  [MESSAGE] = { "dhcp.option.message", NULL, N_ ("Message"), LEC_TYPE_STRING },
  [LARGEST] = { "dhcp.option.dhcp_max_message_size", NULL, N_ ("Largest message"), LEC_TYPE_UINT16 },
  [RENEWAL] = { "dhcp.option.renewal_time_value", NULL, N_ ("Renewal time"), LEC_TYPE_UINT32 },
  [REBINDING] = { "dhcp.option.rebinding_time_value", NULL, N_ ("Rebinding time"), LEC_TYPE_UINT32 },
  [VENDOR] = { "dhcp.option.vendor_class_id", NULL, N_ ("Vendor class"), LEC_TYPE_STRING,
               .explanation = N_ ("The kind of client: “MSFT 5.0” is Windows (RFC 2132 §9.13).") },
  [CLIENT_ID] = { "dhcp.client_id", NULL, N_ ("Client identifier"), LEC_TYPE_BYTES,
                  .explanation = N_ (
                      "By what the server knows the client again, most often its hardware address (RFC 2132 §9.14).") },
  [END] = { "dhcp.option.end", NULL, N_ ("End"), LEC_TYPE_UINT8 },
  [PADDING] = { "dhcp.option.padding", NULL, N_ ("Padding"), LEC_TYPE_BYTES },
  { NULL },
};

/* How an option's value reads. A list is several of them in a row. */
typedef enum { AS_NUMBER, AS_ADDRESSES, AS_TEXT, AS_NUMBERS, AS_BYTES } Reading;

static const struct {
  uint8_t code;
  uint8_t reading;
  uint8_t field;
} layouts[] = {
  { 1, AS_ADDRESSES, MASK },        { 3, AS_ADDRESSES, ROUTER },
  { 4, AS_ADDRESSES, TIME_SERVER }, { 6, AS_ADDRESSES, NAME_SERVER },
  { 12, AS_TEXT, HOSTNAME },        { 15, AS_TEXT, DOMAIN },
  { 26, AS_NUMBER, MTU },           { 28, AS_ADDRESSES, BROADCAST_ADDRESS },
  { 42, AS_ADDRESSES, NTP },        { 44, AS_ADDRESSES, WINS },
  { 46, AS_NUMBER, NODE_TYPE },     { 50, AS_ADDRESSES, REQUESTED },
  { 51, AS_NUMBER, LEASE },         { 52, AS_NUMBER, OVERLOAD },
  { 53, AS_NUMBER, MESSAGE_TYPE },  { 54, AS_ADDRESSES, SERVER_ID },
  { 55, AS_NUMBERS, PARAMETER },    { 56, AS_TEXT, MESSAGE },
  { 57, AS_NUMBER, LARGEST },       { 58, AS_NUMBER, RENEWAL },
  { 59, AS_NUMBER, REBINDING },     { 60, AS_TEXT, VENDOR },
  { 61, AS_BYTES, CLIENT_ID },
};

/* What the summary needs of a message. */
typedef struct {
  uint8_t type; /* 0 = BOOTP */
  LecBytes your;
  LecBytes requested;
} Facts;

static void
add_number (LecDissection *dissection, LecReader *reader, unsigned field, unsigned n_bytes)
{
  uint32_t offset = lec_reader_offset (reader);
  uint64_t value = 0;

  for (unsigned i = 0; i < n_bytes; i++)
    value = value << 8 | lec_read_u8 (reader);
  if (reader->state == LEC_READ_OK)
    lec_add_uint (dissection, &fields[field], offset, n_bytes, value);
}

static LecBytes
add_bytes (LecDissection *dissection, LecReader *reader, unsigned field, uint32_t length)
{
  return lec_take_bytes (dissection, reader, &fields[field], length);
}

/* Text up to its NUL; a NUL need not be there (RFC 2132 §2). */
static void
add_text (LecDissection *dissection, LecReader *reader, unsigned field, uint32_t length)
{
  uint32_t offset = lec_reader_offset (reader);
  LecBytes bytes = lec_read_bytes (reader, length);
  const uint8_t *end = bytes.length ? memchr (bytes.data, '\0', bytes.length) : NULL;

  if (reader->state == LEC_READ_OK)
    lec_add_string (dissection, &fields[field], offset, length, (const char *) bytes.data,
                    end ? end - bytes.data : (gssize) bytes.length);
}

static void
add_value (LecDissection *dissection, LecReader *value, Reading reading, unsigned field, Facts *facts)
{
  switch (reading) {
  case AS_NUMBER:
    if (field == MESSAGE_TYPE)
      facts->type = lec_reader_peek (value, 0);
    if (lec_reader_left (value) <= 4)
      add_number (dissection, value, field, lec_reader_left (value));
    break;
  case AS_NUMBERS:
    while (lec_reader_left (value))
      add_number (dissection, value, field, 1);
    break;
  case AS_ADDRESSES:
    while (lec_reader_left (value) >= 4) {
      LecBytes address = add_bytes (dissection, value, field, 4);
      if (field == REQUESTED)
        facts->requested = address;
    }
    break;
  case AS_TEXT:
    add_text (dissection, value, field, lec_reader_left (value));
    break;
  case AS_BYTES:
    /* A client identifier is most often a hardware type and address (RFC 2132 §9.14). */
    if (field == CLIENT_ID && lec_reader_left (value) == 7 && lec_reader_peek (value, 0) == 1) {
      add_number (dissection, value, HARDWARE, 1);
      add_bytes (dissection, value, MAC, 6);
      break;
    }
    add_bytes (dissection, value, field, lec_reader_left (value));
  }
}

/* FALSE at the end of options. */
static gboolean
dissect_option (LecDissection *dissection, LecReader *reader, Facts *facts)
{
  uint32_t offset = lec_reader_offset (reader);
  LecReader ahead = *reader;
  uint8_t code = lec_read_u8 (&ahead);
  uint32_t length = code == OPTION_PAD || code == OPTION_END ? 0 : lec_read_u8 (&ahead);
  const char *name = lec_value_name (options, code);

  if (code == OPTION_PAD) {
    uint32_t n = 1;
    while (n < lec_reader_left (reader) && lec_reader_peek (reader, n) == OPTION_PAD)
      n++;
    add_bytes (dissection, reader, PADDING, n);
    return TRUE;
  }
  lec_open_uint_text (dissection, &fields[OPTION], offset,
                      MIN (ahead.position - reader->position + length, lec_reader_left (reader)), code, "%u (%s)", code,
                      name ? _ (name) : _ ("unknown"));
  lec_reader_skip (reader, 1);
  if (code == OPTION_END) {
    lec_add_uint (dissection, &fields[END], offset, 1, code);
  } else {
    add_number (dissection, reader, LENGTH, 1);
    LecReader value = lec_reader_take (reader, length);
    LecBytes bytes = { value.bytes, value.captured };
    if (bytes.length)
      lec_add_bytes (dissection, &fields[VALUE], lec_reader_offset (&value), bytes);
    for (unsigned i = 0; length && i < G_N_ELEMENTS (layouts); i++)
      if (layouts[i].code == code)
        add_value (dissection, &value, layouts[i].reading, layouts[i].field, facts);
  }
  lec_close (dissection);
  return code != OPTION_END;
}

static void
add_hardware_address (LecDissection *dissection, LecReader *reader, uint8_t type, uint8_t length)
{
  if (length > 16)
    length = 16;
  if (length)
    add_bytes (dissection, reader, type == 1 && length == 6 ? MAC : HARDWARE_ADDRESS, length);
  if (length < 16)
    add_bytes (dissection, reader, HARDWARE_PADDING, 16 - length);
}

static void
dissect_fixed (LecDissection *dissection, LecReader *reader, Facts *facts)
{
  static const uint8_t addresses[] = { CLIENT, YOUR, SERVER, RELAY };
  uint8_t type = lec_reader_peek (reader, 1);
  uint8_t length = lec_reader_peek (reader, 2);

  add_number (dissection, reader, TYPE, 1);
  add_number (dissection, reader, HARDWARE, 1);
  add_number (dissection, reader, HARDWARE_LENGTH, 1);
  add_number (dissection, reader, HOPS, 1);
  add_number (dissection, reader, ID, 4);
  add_number (dissection, reader, SECONDS, 2);
  lec_take_flags (dissection, reader, &fields[FLAGS], &fields[RESERVED], 2);
  for (unsigned i = 0; i < G_N_ELEMENTS (addresses); i++) {
    LecBytes address = add_bytes (dissection, reader, addresses[i], 4);
    if (addresses[i] == YOUR)
      facts->your = address;
  }
  add_hardware_address (dissection, reader, type, length);
  add_text (dissection, reader, SERVER_NAME, 64);
  add_text (dissection, reader, FILE_NAME, 128);
}

static void
summarise (LecDissection *dissection, unsigned layer, const Facts *facts, uint8_t direction)
{
  const char *name = lec_value_name (message_types, facts->type);
  LecBytes address = facts->type == 1 || facts->type == 3 ? facts->requested : facts->your;
  char text[LEC_ADDRESS_TEXT] = "";

  if (!lec_dissection_wants_summary (dissection, layer))
    return;
  if (!name)
    name = lec_value_name (directions, direction);
  if (address.length == 4 && (address.data[0] || address.data[1] || address.data[2] || address.data[3]))
    lec_address_text (address.data, 4, text);
  lec_dissection_set_summary (dissection, layer, "%s%s%s", name ? _ (name) : _ ("unknown message"), *text ? ", " : "",
                              text);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint8_t direction = lec_reader_peek (reader, 0);
  Facts facts = { 0 };

  lec_open_group (dissection, &fields[PROTOCOL], lec_reader_offset (reader), lec_reader_left (reader), NULL);
  dissect_fixed (dissection, reader, &facts);
  LecReader ahead = *reader;
  if (lec_read_u32 (&ahead) == MAGIC_COOKIE) {
    add_bytes (dissection, reader, COOKIE, 4);
    while (lec_reader_left (reader) && reader->state == LEC_READ_OK)
      if (!dissect_option (dissection, reader, &facts))
        break;
    if (lec_reader_left (reader))
      add_bytes (dissection, reader, PADDING, lec_reader_left (reader));
  }
  lec_add_state (dissection, reader);
  lec_close (dissection);
  summarise (dissection, layer, &facts, direction);
  if (lec_reader_left (reader))
    lec_dissect_data (dissection, reader);
}

const LecProtocol lec_dhcp_protocol = {
  LEC_PROTOCOL_DHCP, "dhcp", "DHCP", NULL, N_ ("Dynamic Host Configuration Protocol"), fields, NULL, dissect,
};
