/* Numbers in text. Without a translation they are English, in whatever locale. */
#include "base/text.h"

static void
check (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_numbers (void)
{
  check (lec_dup_text ("%'u %u %'u", 1448u, 1448u, 999u), "1,448 1448 999");
  check (lec_dup_text ("%'lu", G_MAXULONG), "18,446,744,073,709,551,615");
  check (lec_dup_text ("%'d %d", -1234567, G_MININT), "-1,234,567 -2147483648");
  check (lec_dup_text ("%.1f %.0f %'.2f %.1f", 0.25, 9.6, 12345.678, -0.5), "0.2 10 12,345.68 -0.5");
  check (lec_dup_text ("0x%04x %s%% %c", 0xabu, "50", 'x'), "0x00ab 50% x");
}

static void
test_positions (void)
{
  check (lec_dup_text ("%3$s: %1$'u of %2$.1f", 1000u, 2.5, "so"), "so: 1,000 of 2.5");
  check (lec_dup_text ("%1$s %1$s", "twice"), "twice twice");
  check (lec_dup_text ("none"), "none");
}

static void
test_append (void)
{
  g_autoptr (GString) text = g_string_new ("a ");

  lec_append_text (text, "%'u", 65535u);
  g_assert_cmpstr (text->str, ==, "a 65,535");
}

static void
test_capitalized (void)
{
  check (lec_dup_capitalized ("closed by both"), "Closed by both");
  check (lec_dup_capitalized ("ältere zuerst"), "Ältere zuerst");
  check (lec_dup_capitalized ("3 SYNs"), "3 SYNs");
  check (lec_dup_capitalized (""), "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/numbers", test_numbers);
  g_test_add_func ("/text/positions", test_positions);
  g_test_add_func ("/text/append", test_append);
  g_test_add_func ("/text/capitalized", test_capitalized);
  return g_test_run ();
}
