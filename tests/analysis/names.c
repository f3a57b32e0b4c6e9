#include "analysis/names.h"
#include "loaded.h"

/* Names stay found while the table grows, in either family, and the first one holds. */
static void
test_many (void)
{
  LecNames *names = lec_names_new ();

  for (uint32_t i = 0; i < 5000; i++) {
    uint8_t address[16] = { 10, (uint8_t) (i >> 8), (uint8_t) i, 1 };
    g_autofree char *name = g_strdup_printf ("host-%u", i);
    lec_names_add (names, address, i % 2 ? 4 : 16, name);
    lec_names_add (names, address, i % 2 ? 4 : 16, "later");
  }
  for (uint32_t i = 0; i < 5000; i++) {
    uint8_t address[16] = { 10, (uint8_t) (i >> 8), (uint8_t) i, 1 };
    g_autofree char *name = g_strdup_printf ("host-%u", i);
    g_assert_cmpstr (lec_names_find (names, address, i % 2 ? 4 : 16), ==, name);
    g_assert_null (lec_names_find (names, address, i % 2 ? 16 : 4));
  }
  lec_names_free (names);
}

/* What a client asked for names the addresses it was told. */
static void
test_dns_answers (void)
{
  static const uint8_t address[] = { 198, 51, 100, 20 };
  g_autoptr (LecIndex) index = loaded_sample ("landing-page.pcapng");

  g_assert_cmpstr (lec_names_find (index->names, address, 4), ==, "www.example.com");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/many", test_many);
  g_test_add_func ("/names/dns-answers", test_dns_answers);
  return g_test_run ();
}
