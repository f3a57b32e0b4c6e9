/* ICMP, ICMPv6, IGMP and DHCP on messages made by hand. */
#include "recorder.h"

static void
assert_values (LecProtocolId protocol, const char *hex, const char *summary, const char *const expected[][2])
{
  Recorder recorder;
  LecDissection dissection;
  uint32_t length;
  g_autofree uint8_t *bytes = bytes_of_hex (hex, &length);

  record_message_cut (protocol, bytes, length);
  record_message (&recorder, &dissection, protocol, bytes, length, length);
  g_assert_cmpstr (dissection.layers[0].summary, ==, summary);
  for (unsigned i = 0; expected[i][0]; i++) {
    g_autofree char *values = recorder_values (&recorder, expected[i][0]);
    g_test_message ("%s", expected[i][0]);
    g_assert_cmpstr (values, ==, expected[i][1]);
  }
  record_clear (&recorder, &dissection);
}

static void
test_icmp (void)
{
  static const char *const echo[][2] = { { "icmp.type", "8" },
                                         { "icmp.ident", "512" },
                                         { "icmp.ident_le", "2" },
                                         { "icmp.seq", "1" },
                                         { "icmp.checksum.status", "1" },
                                         { "data.data", "6162" },
                                         { NULL } };
  static const char *const unreachable[][2] = {
    { "icmp.code", "4" }, { "icmp.mtu", "1400" }, { "ip.src", "192.0.2.1" }, { "udp.dstport", "53" }, { NULL }
  };

  assert_values (LEC_PROTOCOL_ICMP, "0800 949c 0200 0001 6162", "Echo request, identifier 512, sequence 1", echo);
  assert_values (LEC_PROTOCOL_ICMP,
                 "0304 0000 0000 0578 4500001c 00000000 4011 0000 c0000201 c6336414 c000 0035 0008 0000",
                 "Destination unreachable, too large, and must not be fragmented", unreachable);
}

static void
test_icmpv6 (void)
{
  static const char *const question[][2] = { { "icmpv6.nd.ns.target_address", "2001:db8::1" },
                                             { "icmpv6.opt.type", "1" },
                                             { "icmpv6.opt.linkaddr", "00:00:5e:00:53:01" },
                                             { NULL } };
  static const char *const endless[][2] = { { "icmpv6.opt.type", "" }, { "_ws.malformed", "1" }, { NULL } };
  static const char *const report[][2] = { { "icmpv6.mldr.mar.multicast_address", "ff02::fb" }, { NULL } };

  assert_values (LEC_PROTOCOL_ICMPV6, "8700 0000 00000000 20010db8000000000000000000000001 0101 00005e005301",
                 "Neighbour solicitation, 2001:db8::1", question);
  /* An option of length 0 would never end. */
  assert_values (LEC_PROTOCOL_ICMPV6, "8500 0000 00000000 0100 0000", "Router solicitation", endless);
  assert_values (LEC_PROTOCOL_ICMPV6, "8f00 0000 0000 0001 04 00 0000 ff0200000000000000000000000000fb",
                 "Multicast listener report, version 2", report);
}

static void
test_igmp (void)
{
  static const char *const query[][2] = {
    { "igmp.version", "2" }, { "igmp.maddr", "224.0.0.1" }, { "igmp.max_resp", "100" }, { NULL }
  };
  static const char *const report[][2] = { { "igmp.version", "3" },
                                           { "igmp.record_type", "4" },
                                           { "igmp.maddr", "224.0.0.251" },
                                           { "igmp.checksum.status", "1" },
                                           { NULL } };

  assert_values (LEC_PROTOCOL_IGMP, "1164 0e9b e0000001", "Membership query, version 2, 224.0.0.1", query);
  assert_values (LEC_PROTOCOL_IGMP, "2200 f902 0000 0001 04000000 e00000fb",
                 "Membership report, version 3, 224.0.0.251", report);
}

/* A message of the client 00:00:5e:00:53:01 with OPTIONS; to be freed. */
static char *
dup_dhcp (const char *options)
{
  GString *hex = g_string_new ("01010600 3e5e0ce3 0000 8000 00000000 00000000 00000000 00000000 00005e005301");

  for (unsigned i = 0; i < 10 + 64 + 128; i++)
    g_string_append (hex, "00");
  g_string_append_printf (hex, "63825363 %s", options);
  return g_string_free (hex, FALSE);
}

static void
test_dhcp (void)
{
  static const char *const discover[][2] = { { "dhcp.option.dhcp", "1" },
                                             { "dhcp.id", "0x3e5e0ce3" },
                                             { "dhcp.hw.mac_addr", "00:00:5e:00:53:01" },
                                             { "dhcp.option.requested_ip_address", "192.0.2.9" },
                                             { "dhcp.option.hostname", "noho" },
                                             { "dhcp.option.request_list_item", "1,3" },
                                             { NULL } };
  g_autofree char *hex = dup_dhcp ("350101 3204c0000209 0c046e6f686f 37020103 ff 00");

  assert_values (LEC_PROTOCOL_DHCP, hex, "Discover, 192.0.2.9", discover);
}

/* An option without a value has none, not the value 0 and not an empty text. */
static void
test_dhcp_empty_options (void)
{
  static const char *const silent[] = { "dhcp.option.value",         "dhcp.option.ip_address_lease_time",
                                        "dhcp.option.interface_mtu", "dhcp.option.hostname",
                                        "dhcp.option.router",        "dhcp.client_id" };
  g_autofree char *hex = dup_dhcp ("3300 1a00 0c00 0300 3d00 ff");
  Recorder recorder;
  LecDissection dissection;

  record_hex (&recorder, &dissection, LEC_PROTOCOL_DHCP, hex);
  g_autofree char *lengths = recorder_values (&recorder, "dhcp.option.length");
  g_assert_cmpstr (lengths, ==, "0,0,0,0,0");
  for (unsigned i = 0; i < G_N_ELEMENTS (silent); i++)
    g_assert_null (recorder_nth (&recorder, silent[i], 0));
  record_clear (&recorder, &dissection);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/icmp", test_icmp);
  g_test_add_func ("/control/icmpv6", test_icmpv6);
  g_test_add_func ("/control/igmp", test_igmp);
  g_test_add_func ("/control/dhcp", test_dhcp);
  g_test_add_func ("/control/dhcp-empty-options", test_dhcp_empty_options);
  return g_test_run ();
}
