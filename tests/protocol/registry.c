#include "protocol/registry.h"
#include "protocol/services.h"

static void
names_are_unique_and_labelled (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  unsigned n_names;
  const LecName *names = lec_registry_names (registry, &n_names);

  g_assert_cmpuint (n_names, >, 10);
  for (unsigned i = 0; i < n_names; i++) {
    g_autofree char *lower = g_ascii_strdown (names[i].name, -1);
    g_assert_cmpstr (lower, ==, names[i].name);
    if (!g_hash_table_add (seen, g_steal_pointer (&lower)))
      g_error ("%s stands twice", names[i].name);
    g_assert_nonnull (names[i].label);
    g_assert_cmpint (names[i].label[0], !=, '\0');
    g_assert_cmpuint (names[i].n_fields, >=, 1);
  }
  for (unsigned i = 0; i < n_names; i++) {
    if (!names[i].analyzer_name)
      continue;
    g_autofree char *lower = g_ascii_strdown (names[i].analyzer_name, -1);
    /* Both vocabularies may call the same thing the same name ("arp"), never two things. */
    const LecName *found = lec_registry_find (registry, lower);
    if (found != &names[i])
      g_error ("%s is also %s", names[i].analyzer_name, found->name);
  }
}

static void
finds_in_any_case (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  unsigned n_names;
  const LecName *names = lec_registry_names (registry, &n_names);

  for (unsigned i = 0; i < n_names; i++) {
    g_autofree char *upper = g_ascii_strup (names[i].name, -1);
    g_assert_true (lec_registry_find (registry, upper) == &names[i]);
    if (names[i].analyzer_name)
      g_assert_true (lec_registry_find (registry, names[i].analyzer_name) == &names[i]);
    for (unsigned j = 0; j < names[i].n_fields; j++)
      g_assert_nonnull (lec_registry_protocol_of (registry, names[i].fields[j]));
  }
  g_assert_null (lec_registry_find (registry, "tcp.nosuchthing"));
  g_assert_null (lec_registry_find (registry, ""));
}

static void
protocols_stand_at_their_ids (void)
{
  for (unsigned i = 0; i < LEC_N_PROTOCOLS; i++) {
    const LecProtocol *protocol = lec_protocol (i);
    if (!protocol)
      continue;
    g_assert_cmpuint (protocol->id, ==, i);
    g_assert_cmpstr (protocol->fields[0].name, ==, protocol->name);
    g_assert_cmpint (protocol->fields[0].type, ==, LEC_TYPE_PROTOCOL);
  }
  g_assert_null (lec_protocol (LEC_N_PROTOCOLS));
}

static char *
text_of (const LecField *field, LecValue value, gboolean for_people)
{
  GString *text = g_string_new (NULL);

  lec_value_append (text, field, &value, for_people);
  return g_string_free (text, FALSE);
}

static void
values_print_as_tshark_does (void)
{
  static const uint8_t mac[] = { 0, 0x11, 0x22, 0xaa, 0xbb, 0xcc };
  static const uint8_t ipv6[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };
  static const struct {
    LecField field;
    LecValue value;
    const char *expected;
  } cases[] = {
    { { "x", .type = LEC_TYPE_UINT16 }, { .number = 443 }, "443" },
    { { "x", .type = LEC_TYPE_UINT16, .show = LEC_SHOW_HEX }, { .number = 0x800 }, "0x0800" },
    { { "x", .type = LEC_TYPE_UINT24, .show = LEC_SHOW_HEX }, { .number = 1 }, "0x000001" },
    { { "x", .type = LEC_TYPE_UINT8, .show = LEC_SHOW_BITS }, { .number = 2 }, "0x02" },
    { { "x", .type = LEC_TYPE_BOOLEAN }, { .number = 1 }, "1" },
    { { "x", .type = LEC_TYPE_BOOLEAN }, { .number = 0 }, "0" },
    { { "x", .type = LEC_TYPE_INT32 }, { .number = (uint64_t) -1 }, "-1" },
    { { "x", .type = LEC_TYPE_DURATION }, { .number = (uint64_t) -39000 }, "-0.000039000" },
    { { "x", .type = LEC_TYPE_DURATION }, { .number = UINT64_C (1795375357922845654) }, "1795375357.922845654" },
    { { "x", .type = LEC_TYPE_STRING }, { .bytes = { (const uint8_t *) "a\r\n", 3 } }, "a\\r\\n" },
    { { "x", .type = LEC_TYPE_BYTES }, { .bytes = { mac, 6 } }, "001122aabbcc" },
    { { "x", .type = LEC_TYPE_MAC }, { .bytes = { mac, 6 } }, "00:11:22:aa:bb:cc" },
    { { "x", .type = LEC_TYPE_IPV6 }, { .bytes = { ipv6, 16 } }, "2001:db8::1" },
    { { "x", .type = LEC_TYPE_IPV4 }, { .bytes = { ipv6, 4 } }, "32.1.13.184" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = text_of (&cases[i].field, cases[i].value, FALSE);
    g_assert_cmpstr (text, ==, cases[i].expected);
  }
}

static void
values_show_for_people (void)
{
  static const LecValueName names[] = { { 6, "TCP" }, { 0, NULL } };
  static const struct {
    LecField field;
    uint64_t number;
    const char *expected;
  } cases[] = {
    { { "x", .type = LEC_TYPE_UINT16 }, 443, "443 (0x01bb)" },
    { { "x", .type = LEC_TYPE_UINT16, .show = LEC_SHOW_PORT }, 443, "HTTPS(443) (0x01bb)" },
    { { "x", .type = LEC_TYPE_UINT8, .values = names }, 6, "TCP(6) (0x06)" },
    { { "x", .type = LEC_TYPE_UINT8, .values = names }, 7, "7 (0x07)" },
    { { "x", .type = LEC_TYPE_UINT16, .show = LEC_SHOW_HEX }, 0x1bb, "0x01bb (443)" },
    { { "x", .type = LEC_TYPE_BOOLEAN, .mask = 0x10 }, 1, "True  ...1 ...." },
    { { "x", .type = LEC_TYPE_BOOLEAN, .mask = 0x02 }, 0, "False  .... ..0." },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = text_of (&cases[i].field, (LecValue){ .number = cases[i].number }, TRUE);
    g_assert_cmpstr (text, ==, cases[i].expected);
  }
}

static void
services_by_port_and_name (void)
{
  g_assert_cmpstr (lec_service_name (80), ==, "HTTP");
  g_assert_cmpstr (lec_service_name (21), ==, "FTP");
  g_assert_cmpstr (lec_service_name (53), ==, "DNS");
  g_assert_null (lec_service_name (0));
  g_assert_null (lec_service_name (64665));
  g_assert_cmpuint (lec_service_port ("https"), ==, 443);
  g_assert_cmpuint (lec_service_port ("nothing"), ==, 0);
  /* Sorted, or the search misses some. */
  for (unsigned port = 1; port < 65536; port++) {
    const char *name = lec_service_name ((uint16_t) port);
    if (name && strcmp (name, "HTTP-ALT"))
      g_assert_cmpuint (lec_service_port (name), ==, port);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/unique", names_are_unique_and_labelled);
  g_test_add_func ("/registry/find", finds_in_any_case);
  g_test_add_func ("/registry/ids", protocols_stand_at_their_ids);
  g_test_add_func ("/values/tshark", values_print_as_tshark_does);
  g_test_add_func ("/values/people", values_show_for_people);
  g_test_add_func ("/services", services_by_port_and_name);
  return g_test_run ();
}
