/* IEEE 802.1Q and 802.1ad tags.
 *
 *    0   3 4           16              32
 *   +---+-+------------+---------------+
 *   |pri|D| VLAN       | type of what  |
 *   |   |E| identifier | follows       |
 *   +---+-+------------+---------------+ */
#include <glib/gi18n-lib.h>

#include "protocol/ethertype.h"
#include "protocol/ip-payload.h"
#include "protocol/protocols.h"

enum { VLAN, PRIORITY, DEI, ID, ETYPE, LEN };

static const LecField fields[] = {
  [VLAN] = { "vlan", "VLAN", N_ ("Virtual LAN tag"), LEC_TYPE_PROTOCOL },
  [PRIORITY] = { "vlan.priority", "VLAN.Priority", N_ ("Priority"), LEC_TYPE_UINT16, .mask = 0xe000 },
  [DEI] = { "vlan.dei", "VLAN.DropEligible", N_ ("May be dropped first"), LEC_TYPE_BOOLEAN, .mask = 0x1000 },
  [ID] = { "vlan.id", "VLAN.Identifier", N_ ("VLAN"), LEC_TYPE_UINT16, .mask = 0x0fff,
           .explanation = N_ ("Which of the virtual networks on this wire the frame belongs to (IEEE 802.1Q §9.6).") },
  [ETYPE] = { "vlan.etype", "VLAN.Type", N_ ("Type"), LEC_TYPE_UINT16, LEC_SHOW_HEX, .values = lec_ethertype_names },
  [LEN] = { "vlan.len", NULL, N_ ("Length"), LEC_TYPE_UINT16 },
  { NULL },
};

static void
dissect (LecDissection *dissection, LecReader *reader)
{
  unsigned layer = lec_dissection_layer (dissection);
  uint32_t offset = lec_reader_offset (reader);
  uint16_t tag = lec_read_u16 (reader);
  uint16_t type = lec_read_u16 (reader);
  unsigned vlan = tag & 0x0fff;

  if (reader->state) {
    lec_open_group (dissection, &fields[VLAN], offset, 0, NULL);
    lec_add_state (dissection, reader);
    lec_close (dissection);
    lec_head_note_state (dissection, reader);
    return;
  }
  lec_open_group (dissection, &fields[VLAN], offset, 4, "%u", vlan);
  lec_add_bits (dissection, &fields[PRIORITY], offset, 2, tag);
  lec_add_bits (dissection, &fields[DEI], offset, 2, tag);
  lec_add_bits (dissection, &fields[ID], offset, 2, tag);
  lec_add_uint (dissection, &fields[type < LEC_ETHERTYPE_FIRST ? LEN : ETYPE], offset + 2, 2, type);
  lec_close (dissection);
  if (type < LEC_ETHERTYPE_FIRST) {
    LecReader body = lec_reader_take (reader, MIN (type, lec_reader_reported_left (reader)));
    lec_dissect_next (dissection, LEC_PROTOCOL_LLC, &body);
  } else {
    lec_dissect_ethertype (dissection, type, reader);
  }
  if (lec_dissection_wants_summary (dissection, layer))
    lec_dissection_set_summary (dissection, layer, _ ("VLAN %u, priority %u"), vlan, tag >> 13);
}

const LecProtocol lec_vlan_protocol = {
  LEC_PROTOCOL_VLAN, "vlan", "VLAN", NULL, N_ ("Virtual LAN tag"), fields, NULL, dissect,
};
