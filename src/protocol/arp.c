/* Address Resolution Protocol (RFC 826).
 *
 *   hardware type 2, protocol type 2, hardware length 1, protocol length 1, operation 2,
 *   sender hardware, sender protocol, target hardware, target protocol */
#include <glib/gi18n-lib.h>

#include "protocol/ethertype.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

enum {
  ARP,
  HW_TYPE,
  PROTO_TYPE,
  HW_SIZE,
  PROTO_SIZE,
  OPCODE,
  IS_GRATUITOUS,
  IS_PROBE,
  IS_ANNOUNCEMENT,
  SRC_HW_MAC,
  SRC_HW,
  SRC_IPV4,
  SRC_PROTO,
  DST_HW_MAC,
  DST_HW,
  DST_IPV4,
  DST_PROTO,
};

enum { REQUEST = 1, REPLY = 2 };

/* IANA, "Address Resolution Protocol (ARP) Parameters". */
static const LecValueName opcodes[] = {
  { REQUEST, N_ ("Request") },
  { REPLY, N_ ("Reply") },
  { 3, N_ ("Reverse request") },
  { 4, N_ ("Reverse reply") },
  { 8, N_ ("Inverse request") },
  { 9, N_ ("Inverse reply") },
  { 0, NULL },
};

static const LecValueName hardware_types[] = { { 1, "Ethernet" }, { 6, "IEEE 802" }, { 0, NULL } };

static const LecField fields[] = {
  [ARP] = { "arp", "ARP", N_ ("Address resolution"), LEC_TYPE_PROTOCOL },
  [HW_TYPE] = { "arp.hw.type", "ARP.HardwareType", N_ ("Hardware type"), LEC_TYPE_UINT16, .values = hardware_types },
  [PROTO_TYPE] = { "arp.proto.type", "ARP.ProtocolType", N_ ("Protocol type"), LEC_TYPE_UINT16, LEC_SHOW_HEX,
                   .values = lec_ethertype_names },
  [HW_SIZE] = { "arp.hw.size", NULL, N_ ("Hardware address length"), LEC_TYPE_UINT8 },
  [PROTO_SIZE] = { "arp.proto.size", NULL, N_ ("Protocol address length"), LEC_TYPE_UINT8 },
  [OPCODE] = { "arp.opcode", "ARP.OpCode", N_ ("Operation"), LEC_TYPE_UINT16, .values = opcodes,
               .explanation =
                   N_ ("A request asks all stations who has an address; the one that has it replies with its hardware "
                       "address (RFC 826).") },
  [IS_GRATUITOUS] = { "arp.isgratuitous", NULL, N_ ("Unasked for"), LEC_TYPE_BOOLEAN,
                      .explanation =
                          N_ ("Sender and target are the same address: the station tells all others about itself, or "
                              "looks for a second owner of its address (RFC 5227).") },
  [IS_PROBE] = { "arp.isprobe", NULL, N_ ("Probe"), LEC_TYPE_BOOLEAN },
  [IS_ANNOUNCEMENT] = { "arp.isannouncement", NULL, N_ ("Announcement"), LEC_TYPE_BOOLEAN },
  [SRC_HW_MAC] = { "arp.src.hw_mac", "ARP.SenderHardwareAddress", N_ ("Sender's hardware address"), LEC_TYPE_MAC },
  [SRC_HW] = { "arp.src.hw", NULL, N_ ("Sender's hardware address"), LEC_TYPE_BYTES },
  [SRC_IPV4] = { "arp.src.proto_ipv4", "ARP.SenderProtocolAddress", N_ ("Sender's IP address"), LEC_TYPE_IPV4 },
  [SRC_PROTO] = { "arp.src.proto", NULL, N_ ("Sender's protocol address"), LEC_TYPE_BYTES },
  [DST_HW_MAC] = { "arp.dst.hw_mac", "ARP.TargetHardwareAddress", N_ ("Target's hardware address"), LEC_TYPE_MAC },
  [DST_HW] = { "arp.dst.hw", NULL, N_ ("Target's hardware address"), LEC_TYPE_BYTES },
  [DST_IPV4] = { "arp.dst.proto_ipv4", "ARP.TargetProtocolAddress", N_ ("Target's IP address"), LEC_TYPE_IPV4 },
  [DST_PROTO] = { "arp.dst.proto", NULL, N_ ("Target's protocol address"), LEC_TYPE_BYTES },
  { NULL },
};

static void
add_address (LecDissection *dissection, const LecField *known, const LecField *other, gboolean is_known,
             uint32_t offset, LecBytes address)
{
  if (address.length)
    lec_add_bytes (dissection, is_known ? known : other, offset, address);
}

static gboolean
is_zero (LecBytes address)
{
  for (uint32_t i = 0; i < address.length; i++)
    if (address.data[i])
      return FALSE;
  return TRUE;
}

/* RFC 5227 §1.1: a probe asks on behalf of nobody, an announcement asks for its own sender. */
static void
add_judgement (LecDissection *dissection, uint16_t operation, LecBytes sender, LecBytes target)
{
  gboolean gratuitous = !memcmp (sender.data, target.data, 4) && (operation == REQUEST || operation == REPLY);

  if (gratuitous && !is_zero (sender))
    lec_add_computed (dissection, &fields[IS_GRATUITOUS], TRUE);
  if (operation == REQUEST && is_zero (sender) && !is_zero (target))
    lec_add_computed (dissection, &fields[IS_PROBE], TRUE);
  if (gratuitous && operation == REQUEST && !is_zero (sender))
    lec_add_computed (dissection, &fields[IS_ANNOUNCEMENT], TRUE);
}

static void
set_summary (LecDissection *dissection, unsigned layer, uint16_t operation, LecBytes hardware, LecBytes sender,
             LecBytes target)
{
  char from[LEC_ADDRESS_TEXT], to[LEC_ADDRESS_TEXT], mac[LEC_ADDRESS_TEXT];
  const char *name = lec_value_name (opcodes, operation);

  lec_address_text (sender.data, 4, from);
  lec_address_text (target.data, 4, to);
  if (operation == REQUEST && !memcmp (sender.data, target.data, 4))
    lec_dissection_set_summary (dissection, layer, _ ("%s announces itself"), from);
  else if (operation == REQUEST && is_zero (sender))
    lec_dissection_set_summary (dissection, layer, _ ("Does anyone have %s?"), to);
  else if (operation == REQUEST)
    lec_dissection_set_summary (dissection, layer, _ ("Who has %s? Tell %s"), to, from);
  else if (operation == REPLY && hardware.length == 6)
    lec_dissection_set_summary (dissection, layer, _ ("%s is at %s"), from, lec_address_text (hardware.data, 6, mac));
  else
    lec_dissection_set_summary (dissection, layer, _ ("%s, from %s to %s"), name ? _ (name) : "ARP", from, to);
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  LecSurroundings *surroundings = dissection->surroundings;
  unsigned layer = lec_dissection_layer (dissection);
  uint32_t offset = lec_reader_offset (reader);
  uint16_t hardware_type = lec_read_u16 (reader);
  uint16_t protocol_type = lec_read_u16 (reader);
  uint8_t hardware_bytes = lec_read_u8 (reader);
  uint8_t protocol_bytes = lec_read_u8 (reader);
  uint16_t operation = lec_read_u16 (reader);
  LecBytes sender_hardware = lec_read_bytes (reader, hardware_bytes);
  LecBytes sender = lec_read_bytes (reader, protocol_bytes);
  LecBytes target_hardware = lec_read_bytes (reader, hardware_bytes);
  LecBytes target = lec_read_bytes (reader, protocol_bytes);
  gboolean is_mac = hardware_bytes == 6 && (hardware_type == 1 || hardware_type == 6);
  gboolean is_ipv4 = protocol_bytes == 4 && protocol_type == 0x0800;
  uint32_t at = offset + 8;
  const char *name = lec_value_name (opcodes, operation);

  lec_open_group (dissection, &fields[ARP], offset, lec_reader_offset (reader) - offset, "%s", name ? _ (name) : "");
  if (lec_reader_offset (reader) - offset >= 8) {
    lec_add_uint (dissection, &fields[HW_TYPE], offset, 2, hardware_type);
    lec_add_uint (dissection, &fields[PROTO_TYPE], offset + 2, 2, protocol_type);
    lec_add_uint (dissection, &fields[HW_SIZE], offset + 4, 1, hardware_bytes);
    lec_add_uint (dissection, &fields[PROTO_SIZE], offset + 5, 1, protocol_bytes);
    lec_add_uint (dissection, &fields[OPCODE], offset + 6, 2, operation);
    if (is_ipv4 && target.length == 4 && sender.length == 4)
      add_judgement (dissection, operation, sender, target);
    add_address (dissection, &fields[SRC_HW_MAC], &fields[SRC_HW], is_mac, at, sender_hardware);
    add_address (dissection, &fields[SRC_IPV4], &fields[SRC_PROTO], is_ipv4, at += hardware_bytes, sender);
    add_address (dissection, &fields[DST_HW_MAC], &fields[DST_HW], is_mac, at += protocol_bytes, target_hardware);
    add_address (dissection, &fields[DST_IPV4], &fields[DST_PROTO], is_ipv4, at += hardware_bytes, target);
  }
  lec_add_state (dissection, reader);
  if (surroundings && surroundings->verdicts)
    surroundings->verdicts (surroundings, dissection, dissection->frame);
  lec_close (dissection);
  if (reader->state)
    lec_head_note_state (dissection, reader);
  if (!lec_dissection_wants_summary (dissection, layer))
    return;
  if (is_ipv4 && target.length == 4 && sender.length == 4)
    set_summary (dissection, layer, operation, sender_hardware, sender, target);
  else
    lec_dissection_set_summary (dissection, layer, _ ("Operation %u"), operation);
}

const LecProtocol lec_arp_protocol = {
  LEC_PROTOCOL_ARP, "arp", "ARP", NULL, N_ ("Address resolution"), fields, NULL, dissect,
};
