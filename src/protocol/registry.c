#include "protocol/registry.h"

#include "protocol/operation.h"
#include "protocol/protocols.h"
#include "protocol/replay.h"
#include "protocol/verdict.h"
#include "protocol/wireshark.h"

/* In the order of LecProtocolId; a line each, so that branches that add one merge. */
/* clang-format off */
static const LecProtocol *const protocols[LEC_N_PROTOCOLS] = {
  [LEC_PROTOCOL_FRAME] = &lec_frame_protocol,
  [LEC_PROTOCOL_ETHERNET] = &lec_ethernet_protocol,
  [LEC_PROTOCOL_LLC] = &lec_llc_protocol,
  [LEC_PROTOCOL_VLAN] = &lec_vlan_protocol,
  [LEC_PROTOCOL_COOKED] = &lec_cooked_protocol,
  [LEC_PROTOCOL_LOOPBACK] = &lec_loopback_protocol,
  [LEC_PROTOCOL_RAW] = &lec_raw_protocol,
  [LEC_PROTOCOL_ARP] = &lec_arp_protocol,
  [LEC_PROTOCOL_IPV4] = &lec_ipv4_protocol,
  [LEC_PROTOCOL_IPV6] = &lec_ipv6_protocol,
  [LEC_PROTOCOL_ICMP] = &lec_icmp_protocol,
  [LEC_PROTOCOL_ICMPV6] = &lec_icmpv6_protocol,
  [LEC_PROTOCOL_IGMP] = &lec_igmp_protocol,
  [LEC_PROTOCOL_UDP] = &lec_udp_protocol,
  [LEC_PROTOCOL_TCP] = &lec_tcp_protocol,
  [LEC_PROTOCOL_DNS] = &lec_dns_protocol,
  [LEC_PROTOCOL_MDNS] = &lec_mdns_protocol,
  [LEC_PROTOCOL_LLMNR] = &lec_llmnr_protocol,
  [LEC_PROTOCOL_DHCP] = &lec_dhcp_protocol,
  [LEC_PROTOCOL_HTTP] = &lec_http_protocol,
  [LEC_PROTOCOL_TLS] = &lec_tls_protocol,
  [LEC_PROTOCOL_DATA] = &lec_data_protocol,
  [LEC_PROTOCOL_VERDICT] = &lec_verdict_protocol,
  [LEC_PROTOCOL_OPERATION] = &lec_operation_protocol,
  [LEC_PROTOCOL_REPLAY] = &lec_replay_protocol,
  [LEC_PROTOCOL_WIRESHARK] = &lec_wireshark_protocol,
};
/* clang-format on */

/* names: in order of protocol and table. by_name: lower-cased names of both vocabularies → LecName in `names`;
 * the keys are owned. by_field: LecField → LecProtocol. Read only once built. */
struct LecRegistry {
  GArray *names;
  GHashTable *by_name;
  GHashTable *by_field;
};

const LecProtocol *
lec_protocol (LecProtocolId id)
{
  return (unsigned) id < LEC_N_PROTOCOLS ? protocols[id] : NULL;
}

gboolean
lec_protocol_is_replayed (LecProtocolId id)
{
  return id == LEC_PROTOCOL_REPLAY || id == LEC_PROTOCOL_WIRESHARK;
}

/* The field called NAME in any protocol's table. */
static const LecField *
find_field (const char *name)
{
  for (unsigned i = 0; i < LEC_N_PROTOCOLS; i++)
    for (const LecField *field = protocols[i] ? protocols[i]->fields : NULL; field && field->name; field++)
      if (!strcmp (field->name, name))
        return field;
  return NULL;
}

static void
add_alias (LecRegistry *registry, const LecProtocol *protocol, const LecAlias *alias)
{
  LecName name = { alias->name, alias->analyzer_name, alias->label, { NULL }, 0, protocol };

  for (unsigned i = 0; i < G_N_ELEMENTS (alias->members) && alias->members[i]; i++) {
    const LecField *field = find_field (alias->members[i]);
    if (field)
      name.fields[name.n_fields++] = field;
  }
  if (name.n_fields)
    g_array_append_val (registry->names, name);
}

static void
add_protocol (LecRegistry *registry, const LecProtocol *protocol)
{
  for (const LecField *field = protocol->fields; field->name; field++) {
    LecName name = { field->name, field->analyzer_name, field->label, { field }, 1, protocol };
    if (field == protocol->fields && !name.analyzer_name)
      name.analyzer_name = protocol->analyzer_name;
    g_array_append_val (registry->names, name);
    g_hash_table_insert (registry->by_field, (gpointer) field, (gpointer) protocol);
  }
  for (const LecAlias *alias = protocol->aliases; alias && alias->name; alias++)
    add_alias (registry, protocol, alias);
}

/* The first one that bears a name keeps it. */
static void
add_key (LecRegistry *registry, const char *name, LecName *target)
{
  g_autofree char *key = name ? g_ascii_strdown (name, -1) : NULL;

  if (key && !g_hash_table_contains (registry->by_name, key))
    g_hash_table_insert (registry->by_name, g_steal_pointer (&key), target);
}

LecRegistry *
lec_registry_new (void)
{
  LecRegistry *registry = g_new0 (LecRegistry, 1);

  registry->names = g_array_new (FALSE, FALSE, sizeof (LecName));
  registry->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  registry->by_field = g_hash_table_new (NULL, NULL);
  for (unsigned i = 0; i < LEC_N_PROTOCOLS; i++)
    if (protocols[i])
      add_protocol (registry, protocols[i]);
  /* Wireshark's names first: they are the canonical ones where the vocabularies meet. */
  for (unsigned i = 0; i < registry->names->len; i++)
    add_key (registry, g_array_index (registry->names, LecName, i).name, &g_array_index (registry->names, LecName, i));
  for (unsigned i = 0; i < registry->names->len; i++)
    add_key (registry, g_array_index (registry->names, LecName, i).analyzer_name,
             &g_array_index (registry->names, LecName, i));
  return registry;
}

void
lec_registry_free (LecRegistry *registry)
{
  if (!registry)
    return;
  g_hash_table_unref (registry->by_name);
  g_hash_table_unref (registry->by_field);
  g_array_unref (registry->names);
  g_free (registry);
}

const LecName *
lec_registry_find (const LecRegistry *registry, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (registry->by_name, key);
}

const LecName *
lec_registry_names (const LecRegistry *registry, unsigned *n_names)
{
  *n_names = registry->names->len;
  return (const LecName *) (const void *) registry->names->data;
}

const LecProtocol *
lec_registry_protocol_of (const LecRegistry *registry, const LecField *field)
{
  return g_hash_table_lookup (registry->by_field, field);
}

const char *
lec_value_name (const LecValueName *names, uint64_t value)
{
  for (; names && names->name; names++)
    if (names->value == value)
      return names->name;
  return NULL;
}
