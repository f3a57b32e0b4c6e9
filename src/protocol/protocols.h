/* The protocols, and what they call of each other. Only for files of this folder. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

extern const LecProtocol lec_frame_protocol;
extern const LecProtocol lec_ethernet_protocol;
extern const LecProtocol lec_llc_protocol;
extern const LecProtocol lec_vlan_protocol;
extern const LecProtocol lec_cooked_protocol;
extern const LecProtocol lec_loopback_protocol;
extern const LecProtocol lec_raw_protocol;
extern const LecProtocol lec_arp_protocol;
extern const LecProtocol lec_ipv4_protocol;
extern const LecProtocol lec_ipv6_protocol;
extern const LecProtocol lec_icmp_protocol;
extern const LecProtocol lec_icmpv6_protocol;
extern const LecProtocol lec_igmp_protocol;
extern const LecProtocol lec_udp_protocol;
extern const LecProtocol lec_tcp_protocol;
extern const LecProtocol lec_dns_protocol;
extern const LecProtocol lec_mdns_protocol;
extern const LecProtocol lec_llmnr_protocol;
extern const LecProtocol lec_dhcp_protocol;
extern const LecProtocol lec_http_protocol;
extern const LecProtocol lec_tls_protocol;
extern const LecProtocol lec_data_protocol;

/* The dissection's own marks, announced for any protocol: they stand in frame.c's table. */
extern const LecField *const lec_field_cut;
extern const LecField *const lec_field_malformed;
extern const LecField *const lec_field_limit;
/* The same table's, announced by none: the filter takes it from the layers. */
extern const LecField *const lec_field_summary;
extern const LecField *const lec_field_module;

/* ethernet.c: what stands between the end of a link's payload and the end of its frame of FRAME_BYTES. */
void lec_add_trailer (LecDissection *dissection, LecReader *reader, uint32_t frame_bytes);

/* frame.c: says frame.protocols, which is only known at the end. */
void lec_frame_finish (LecDissection *dissection);

G_END_DECLS
