/* Linux cooked capture: what is recorded on the interface "any", where frames of different links meet.
 *
 *   version 1:  packet type 2, address type 2, address length 2, address 8, protocol 2
 *   version 2:  protocol 2, reserved 2, interface 4, address type 2, packet type 1, address length 1, address 8 */
#include <glib/gi18n-lib.h>

#include "protocol/ethertype.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"
#include "protocol/value-text.h"

#define LINK_COOKED_2 276
#define ADDRESS_BYTES 8u

enum { COOKED, PKTTYPE, HATYPE, HALEN, SRC_ETH, SRC_OTHER, UNUSED, ETYPE, LTYPE, IFINDEX };

static const LecValueName packet_types[] = {
  { 0, N_ ("To us") },           { 1, N_ ("Broadcast") },  { 2, N_ ("Multicast") },
  { 3, N_ ("To someone else") }, { 4, N_ ("Sent by us") }, { 0, NULL },
};

static const LecField fields[] = {
  [COOKED] = { "sll", "LinuxCooked", N_ ("Linux cooked capture"), LEC_TYPE_PROTOCOL },
  [PKTTYPE] = { "sll.pkttype", "LinuxCooked.PacketType", N_ ("Packet type"), LEC_TYPE_UINT16, .values = packet_types },
  [HATYPE] = { "sll.hatype", NULL, N_ ("Address type"), LEC_TYPE_UINT16 },
  [HALEN] = { "sll.halen", NULL, N_ ("Address length"), LEC_TYPE_UINT16 },
  [SRC_ETH] = { "sll.src.eth", "LinuxCooked.SourceAddress", N_ ("Source"), LEC_TYPE_MAC },
  [SRC_OTHER] = { "sll.src.other", NULL, N_ ("Source"), LEC_TYPE_BYTES },
  [UNUSED] = { "sll.unused", NULL, N_ ("Unused"), LEC_TYPE_BYTES },
  [ETYPE] = { "sll.etype", "LinuxCooked.Protocol", N_ ("Protocol"), LEC_TYPE_UINT16, LEC_SHOW_HEX,
              .values = lec_ethertype_names },
  [LTYPE] = { "sll.ltype", NULL, N_ ("Protocol"), LEC_TYPE_UINT16, LEC_SHOW_HEX },
  [IFINDEX] = { "sll.ifindex", "LinuxCooked.InterfaceIndex", N_ ("Interface index"), LEC_TYPE_UINT32 },
  { NULL },
};

static void
add_address (LecDissection *dissection, uint32_t offset, LecBytes address, unsigned length)
{
  unsigned used = MIN (length, ADDRESS_BYTES);

  if (used)
    lec_add_bytes (dissection, &fields[used == 6 ? SRC_ETH : SRC_OTHER], offset, (LecBytes){ address.data, used });
  if (used < ADDRESS_BYTES)
    lec_add_bytes (dissection, &fields[UNUSED], offset + used, (LecBytes){ address.data + used, ADDRESS_BYTES - used });
}

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  gboolean second = dissection->link_type == LINK_COOKED_2;
  uint32_t offset = lec_reader_offset (reader);
  uint32_t ifindex = 0;
  uint16_t protocol = 0, packet_type, address_type, address_length;

  if (second) {
    protocol = lec_read_u16 (reader);
    lec_reader_skip (reader, 2);
    ifindex = lec_read_u32 (reader);
    address_type = lec_read_u16 (reader);
    packet_type = lec_read_u8 (reader);
    address_length = lec_read_u8 (reader);
  } else {
    packet_type = lec_read_u16 (reader);
    address_type = lec_read_u16 (reader);
    address_length = lec_read_u16 (reader);
  }
  LecBytes address = lec_read_bytes (reader, ADDRESS_BYTES);
  if (!second)
    protocol = lec_read_u16 (reader);
  if (reader->state) {
    lec_open_group (dissection, &fields[COOKED], offset, 0, NULL);
    lec_add_state (dissection, reader);
    lec_close (dissection);
    lec_head_note_state (dissection, reader);
    return;
  }

  lec_open_group (dissection, &fields[COOKED], offset, second ? 20 : 16, _ ("version %u"), second ? 2 : 1);
  lec_add_uint (dissection, &fields[PKTTYPE], offset + (second ? 10 : 0), second ? 1 : 2, packet_type);
  lec_add_uint (dissection, &fields[HATYPE], offset + (second ? 8 : 2), 2, address_type);
  lec_add_uint (dissection, &fields[HALEN], offset + (second ? 11 : 4), second ? 1 : 2, address_length);
  add_address (dissection, offset + (second ? 12 : 6), address, address_length);
  if (second)
    lec_add_uint (dissection, &fields[IFINDEX], offset + 4, 4, ifindex);
  lec_add_uint (dissection, &fields[protocol < LEC_ETHERTYPE_FIRST ? LTYPE : ETYPE], offset + (second ? 0 : 14), 2,
                protocol);
  lec_close (dissection);

  if (packet_type == 4)
    dissection->outbound = TRUE;
  /* Protocol 4 is an 802.2 header, as Linux counts (if_ether.h: ETH_P_802_2). */
  if (protocol == 4)
    lec_dissect_next (dissection, LEC_PROTOCOL_LLC, reader);
  else if (protocol < LEC_ETHERTYPE_FIRST)
    lec_dissect_data (dissection, reader);
  else
    lec_dissect_ethertype (dissection, protocol, reader);
  lec_add_trailer (dissection, reader, 0);
  if (lec_dissection_wants_summary (dissection, layer)) {
    const char *name = lec_value_name (packet_types, packet_type);
    lec_dissection_set_summary (dissection, layer, _ ("%s, protocol 0x%04x"), name ? _ (name) : "?", protocol);
  }
}

const LecProtocol lec_cooked_protocol = {
  LEC_PROTOCOL_COOKED, "sll", "Linux cooked", "LinuxCooked", N_ ("Linux cooked capture"), fields, NULL, dissect,
};
