/* The stack of filters: its parts and tiers switched off, turned round, taken out and written on. */
#include "app/filter-tiers.h"

static LecRegistry *registry;

/* As the entry writes it: what is no filter is a mistake of the test. */
static void
write_filter (LecFilterTiers *tiers, const char *text)
{
  g_autoptr (LecFilter) filter = lec_filter_new (registry, text, NULL);

  g_assert_nonnull (filter);
  lec_filter_tiers_write (tiers, text, lec_filter_expression (filter));
}

static LecFilterTiers *
new_tiers (const char *text)
{
  LecFilterTiers *tiers = lec_filter_tiers_new ();

  write_filter (tiers, text);
  return tiers;
}

/* "[tcp] http -udp": kept tiers in brackets, what is off behind a minus. */
static void
assert_pieces (const LecFilterTiers *tiers, const char *expected)
{
  g_autoptr (GString) pieces = g_string_new (NULL);

  for (unsigned i = 0; i < lec_filter_tiers_n_pieces (tiers); i++) {
    LecFilterPiece piece = lec_filter_tiers_piece (tiers, i);

    g_string_append_printf (pieces, piece.is_tier ? "%s%s[%s]" : "%s%s%s", i > 0 ? " " : "", piece.on ? "" : "-",
                            piece.text);
  }
  g_assert_cmpstr (pieces->str, ==, expected);
}

/* What the entry reads, and what is in force, which has to be understood. */
static void
assert_says (const LecFilterTiers *tiers, const char *text, const char *filter)
{
  g_autofree char *whole = lec_filter_tiers_dup_filter (tiers);
  g_autoptr (LecFilter) compiled = lec_filter_new (registry, whole, NULL);

  g_assert_cmpstr (lec_filter_tiers_text (tiers), ==, text);
  g_assert_cmpstr (whole, ==, filter);
  g_assert_nonnull (compiled);
}

static void
test_switching (void)
{
  g_autoptr (LecFilterTiers) tiers = new_tiers ("tcp && (udp or arp) && dns");

  g_assert_false (lec_filter_tiers_alternatives (tiers));
  assert_pieces (tiers, "tcp (udp or arp) dns");
  lec_filter_tiers_switch (tiers, 0, FALSE);
  assert_pieces (tiers, "-tcp (udp or arp) dns");
  assert_says (tiers, "(udp or arp) && dns", "(udp or arp) && dns");
  lec_filter_tiers_switch (tiers, 2, FALSE);
  assert_says (tiers, "(udp or arp)", "(udp or arp)");
  lec_filter_tiers_switch (tiers, 1, FALSE);
  assert_says (tiers, "", "");
  for (unsigned i = 0; i < 3; i++)
    lec_filter_tiers_switch (tiers, i, TRUE);
  assert_says (tiers, "tcp && (udp or arp) && dns", "tcp && (udp or arp) && dns");
}

static void
test_alternatives (void)
{
  g_autoptr (LecFilterTiers) tiers = new_tiers ("tcp or udp and arp or dns");

  g_assert_true (lec_filter_tiers_alternatives (tiers));
  assert_pieces (tiers, "tcp udp and arp dns");
  lec_filter_tiers_switch (tiers, 0, FALSE);
  assert_says (tiers, "udp and arp or dns", "udp and arp or dns");
  lec_filter_tiers_invert (tiers, 1);
  assert_says (tiers, "!(udp and arp) or dns", "!(udp and arp) or dns");
}

static void
test_inverting (void)
{
  g_autoptr (LecFilterTiers) tiers = new_tiers ("(tcp)and(udp or arp)");

  for (unsigned i = 0; i < 4; i++) {
    lec_filter_tiers_invert (tiers, 1);
    assert_says (tiers, "(tcp) and !(udp or arp)", "(tcp) and !(udp or arp)");
    lec_filter_tiers_invert (tiers, 1);
    assert_says (tiers, "(tcp) and (udp or arp)", "(tcp) and (udp or arp)");
  }
  /* What is off can be turned round, and says so when it is on again. */
  lec_filter_tiers_switch (tiers, 0, FALSE);
  lec_filter_tiers_invert (tiers, 0);
  assert_pieces (tiers, "-!tcp udp or arp");
  lec_filter_tiers_switch (tiers, 0, TRUE);
  assert_says (tiers, "!tcp and (udp or arp)", "!tcp and (udp or arp)");
}

static void
test_removing (void)
{
  g_autoptr (LecFilterTiers) tiers = new_tiers ("tcp and udp and dns");

  lec_filter_tiers_switch (tiers, 1, FALSE);
  lec_filter_tiers_remove (tiers, 0);
  assert_pieces (tiers, "-udp dns");
  assert_says (tiers, "dns", "dns");
  lec_filter_tiers_remove (tiers, 0);
  lec_filter_tiers_remove (tiers, 0);
  assert_pieces (tiers, "");
  assert_says (tiers, "", "");
}

/* What is typed while a part is off: the part stays where the rest still is what it was. */
static void
test_writing_on (void)
{
  static const struct {
    const char *text;
    const char *pieces;
  } cases[] = {
    { "tcp and dns and ip", "tcp -udp dns ip" },
    { "ip and dns", "-udp ip dns" }, /* what it stood behind is gone */
    { "dns and tcp", "dns tcp -udp" },
    { "tcp", "tcp -udp" },
    { "tcp and udp", "tcp udp" },
    { "tcp or dns", "tcp dns" },
    { "(tcp and dns) or ip", "(tcp and dns) ip" },
    { "arp", "arp" },
    { "", "" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LecFilterTiers) tiers = new_tiers ("tcp and udp and dns");

    lec_filter_tiers_switch (tiers, 1, FALSE);
    write_filter (tiers, cases[i].text);
    assert_pieces (tiers, cases[i].pieces);
    assert_says (tiers, cases[i].text, cases[i].text);
  }
}

static void
test_phrases (void)
{
  g_autoptr (LecFilterTiers) tiers = new_tiers ("404 and tcp");

  assert_says (tiers, "404 and tcp", "404 and tcp");
  assert_pieces (tiers, "http.response.code == 404 tcp");
  g_assert_true (lec_filter_tiers_narrow (tiers));
  write_filter (tiers, "port 80");
  assert_pieces (tiers, "[404 and tcp] tcp.port == 80 udp.port == 80");
  assert_says (tiers, "port 80", "http.response.code == 404 and tcp and (tcp.port == 80 or udp.port == 80)");
}

static void
test_tiers (void)
{
  g_autoptr (LecFilterTiers) tiers = lec_filter_tiers_new ();

  g_assert_false (lec_filter_tiers_narrow (tiers));
  write_filter (tiers, "tcp or udp");
  lec_filter_tiers_switch (tiers, 1, FALSE);
  g_assert_true (lec_filter_tiers_narrow (tiers));
  assert_pieces (tiers, "[tcp]");
  assert_says (tiers, "", "tcp");
  write_filter (tiers, "http or dns");
  g_assert_true (lec_filter_tiers_narrow (tiers));
  write_filter (tiers, "ip and frame.len > 60");
  g_assert_cmpuint (lec_filter_tiers_n_kept (tiers), ==, 2);
  assert_pieces (tiers, "[tcp] [http or dns] ip frame.len > 60");
  assert_says (tiers, "ip and frame.len > 60", "tcp and (http or dns) and ip and frame.len > 60");
  lec_filter_tiers_switch (tiers, 1, FALSE);
  assert_says (tiers, "ip and frame.len > 60", "tcp and ip and frame.len > 60");
  lec_filter_tiers_invert (tiers, 1);
  lec_filter_tiers_switch (tiers, 1, TRUE);
  assert_says (tiers, "ip and frame.len > 60", "tcp and !(http or dns) and ip and frame.len > 60");
  lec_filter_tiers_invert (tiers, 1);
  assert_pieces (tiers, "[tcp] [http or dns] ip frame.len > 60");
  /* Taken up again, it has the part that was off; the last takes its place. */
  lec_filter_tiers_edit (tiers, 0);
  assert_pieces (tiers, "[ip and frame.len > 60] [http or dns] tcp -udp");
  assert_says (tiers, "tcp", "ip and frame.len > 60 and (http or dns) and tcp");
  lec_filter_tiers_remove (tiers, 1);
  write_filter (tiers, "");
  assert_says (tiers, "", "ip and frame.len > 60");
  lec_filter_tiers_edit (tiers, 0);
  assert_pieces (tiers, "ip frame.len > 60");
}

static void
test_copies (void)
{
  g_autoptr (LecFilterTiers) tiers = new_tiers ("tcp and udp");

  lec_filter_tiers_narrow (tiers);
  write_filter (tiers, "ip and dns");
  g_autoptr (LecFilterTiers) copy = lec_filter_tiers_copy (tiers);
  g_assert_true (lec_filter_tiers_equal (tiers, copy));
  lec_filter_tiers_switch (copy, 0, FALSE);
  g_assert_false (lec_filter_tiers_equal (tiers, copy));
  lec_filter_tiers_switch (copy, 0, TRUE);
  lec_filter_tiers_switch (copy, 2, FALSE);
  g_assert_false (lec_filter_tiers_equal (tiers, copy));
  assert_pieces (tiers, "[tcp and udp] ip dns");
  /* The same text, once with a part that is off. */
  write_filter (tiers, "ip");
  g_assert_cmpstr (lec_filter_tiers_text (tiers), ==, lec_filter_tiers_text (copy));
  g_assert_false (lec_filter_tiers_equal (tiers, copy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  registry = lec_registry_new ();
  g_test_add_func ("/app/filter-tiers/switching", test_switching);
  g_test_add_func ("/app/filter-tiers/alternatives", test_alternatives);
  g_test_add_func ("/app/filter-tiers/inverting", test_inverting);
  g_test_add_func ("/app/filter-tiers/removing", test_removing);
  g_test_add_func ("/app/filter-tiers/writing-on", test_writing_on);
  g_test_add_func ("/app/filter-tiers/phrases", test_phrases);
  g_test_add_func ("/app/filter-tiers/tiers", test_tiers);
  g_test_add_func ("/app/filter-tiers/copies", test_copies);
  int result = g_test_run ();
  lec_registry_free (registry);
  return result;
}
