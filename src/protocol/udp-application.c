#include "protocol/udp-application.h"

/* RFC 1035 §4.1.1, RFC 6762 §18: a header of 12 bytes. */
#define DNS_HEADER_BYTES 12u
/* RFC 2131 §2: up to and without the options; the first byte is 1 or 2. */
#define DHCP_FIXED_BYTES 236u

static gboolean
is_dhcp (const uint8_t *payload, uint32_t captured, uint32_t bytes)
{
  return bytes >= DHCP_FIXED_BYTES && captured && (payload[0] == 1 || payload[0] == 2);
}

LecProtocolId
lec_udp_application (uint16_t source_port, uint16_t destination_port, const uint8_t *payload, uint32_t payload_captured,
                     uint32_t payload_bytes)
{
  static const struct {
    uint16_t port;
    uint8_t protocol;
  } ports[] = {
    { 53, LEC_PROTOCOL_DNS },  { 5353, LEC_PROTOCOL_MDNS }, { 5355, LEC_PROTOCOL_LLMNR },
    { 67, LEC_PROTOCOL_DHCP }, { 68, LEC_PROTOCOL_DHCP },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (ports); i++) {
    if (ports[i].port != source_port && ports[i].port != destination_port)
      continue;
    if (ports[i].protocol == LEC_PROTOCOL_DHCP ? is_dhcp (payload, payload_captured, payload_bytes)
                                               : payload_bytes >= DNS_HEADER_BYTES)
      return ports[i].protocol;
  }
  return LEC_PROTOCOL_UDP;
}
