#include "protocol/ethertype.h"

static const struct {
  uint16_t type;
  uint8_t protocol;
} ethertypes[] = {
  { 0x0800, LEC_PROTOCOL_IPV4 }, { 0x86dd, LEC_PROTOCOL_IPV6 }, { 0x0806, LEC_PROTOCOL_ARP },
  { 0x8035, LEC_PROTOCOL_ARP }, /* RARP, RFC 903, has ARP's layout */

  { 0x8100, LEC_PROTOCOL_VLAN }, { 0x88a8, LEC_PROTOCOL_VLAN }, { 0x9100, LEC_PROTOCOL_VLAN },
};

const LecValueName lec_ethertype_names[] = {
  { 0x0800, "IPv4" },
  { 0x0806, "ARP" },
  { 0x0842, "Wake-on-LAN" },
  { 0x6003, "DECnet" },
  { 0x8035, "RARP" },
  { 0x809b, "AppleTalk" },
  { 0x80f3, "AARP" },
  { 0x8100, "802.1Q" },
  { 0x8137, "IPX" },
  { 0x86dd, "IPv6" },
  { 0x8808, N_ ("Ethernet flow control") },
  { 0x8809, N_ ("Slow protocols") },
  { 0x8847, "MPLS" },
  { 0x8848, "MPLS multicast" },
  { 0x8863, "PPPoE discovery" },
  { 0x8864, "PPPoE session" },
  { 0x888e, "802.1X" },
  { 0x88a2, "ATA over Ethernet" },
  { 0x88a8, "802.1ad" },
  { 0x88cc, "LLDP" },
  { 0x88e1, "HomePlug AV" },
  { 0x88e5, "MACsec" },
  { 0x88f7, "PTP" },
  { 0x8906, "FCoE" },
  { 0x9000, N_ ("Loopback test") },
  { 0x9100, "802.1 QinQ" },
  { 0, NULL },
};

LecProtocolId
lec_ethertype_protocol (uint16_t type)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (ethertypes); i++)
    if (ethertypes[i].type == type)
      return ethertypes[i].protocol;
  return LEC_PROTOCOL_DATA;
}

void
lec_dissect_ethertype (LecDissection *dissection, uint16_t type, LecReader *reader)
{
  LecProtocolId next = lec_ethertype_protocol (type);

  lec_dissection_add_path (dissection, "ethertype");
  if (next == LEC_PROTOCOL_DATA)
    lec_dissect_data (dissection, reader);
  else
    lec_dissect_next (dissection, next, reader);
}
