/* Plain text in columns as expressions: each is understood, means what the cells say, and can be taken out again. */
#include "app/column-text.h"

#include <locale.h>

#include "filter/filter.h"

static void
check (int id, const char *text, const char *expected)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autofree char *expression = lec_column_text_dup_expression (id, NULL, text, LEC_TIME_SINCE_START);
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = expression ? lec_filter_new (registry, expression, &problem) : NULL;

  g_assert_cmpstr (expression, ==, expected);
  g_assert_cmpstr (problem.message, ==, NULL);
  g_assert_true (!expression == !filter);
}

static void
test_standard (void)
{
  check (LEC_COLUMN_NUMBER, "80", "string(Number) contains \"80\"");
  check (LEC_COLUMN_TIME, "0,12", "string(Time) contains \"0.12\"");
  check (LEC_COLUMN_TIME, "0.121\342\200\257068", "string(Time) contains \"0.121068\"");
  check (LEC_COLUMN_TIME, " ", NULL);
  check (LEC_COLUMN_ELAPSED, "0.03", "string(Elapsed) contains \"0.03\"");
  check (LEC_COLUMN_MODULE, "Dns", "lower(Module) contains \"dns\"");
  check (LEC_COLUMN_SUMMARY, "GET /a\"b\\c", "lower(Summary) contains \"get /a\\\"b\\\\c\"");
  check (LEC_COLUMN_SUMMARY, "404", "Summary contains \"404\"");
  check (LEC_COLUMN_SUMMARY, "", NULL);
  check (LEC_COLUMN_VERDICT, "re", NULL);
}

static void
test_addresses (void)
{
  check (LEC_COLUMN_SOURCE, "192.0", "Source contains \"192.0\"");
  check (LEC_COLUMN_DESTINATION, "www.example", "Destination matches \"www\\\\.example\"");
  check (LEC_COLUMN_SOURCE,
         "5e:", "(Source matches \"5e:\" or lower(string(eth.src)) contains \"5e:\" and !ip and !ipv6)");
  check (LEC_COLUMN_DESTINATION, "53",
         "(Destination contains \"53\" or string(eth.dst) contains \"53\" and !ip and !ipv6)");
}

static void
test_fields (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  const char *const names[] = {
    "tcp.port", "http.host", "eth.src", "tcp.flags.syn", "frame.time_delta", "tcp.options"
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++) {
    const LecName *name = lec_registry_find (registry, names[i]);
    g_autofree char *expression = lec_column_text_dup_expression (-1, name, "Ab1", LEC_TIME_UTC);
    g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, NULL);

    g_assert_nonnull (filter);
  }
}

static void
test_times_of_day (void)
{
  g_assert_false (lec_column_text_is_possible (LEC_COLUMN_TIME, LEC_TIME_OF_DAY));
  g_assert_false (lec_column_text_is_possible (LEC_COLUMN_TIME, LEC_TIME_SINCE_SHOWN));
  g_assert_true (lec_column_text_is_possible (LEC_COLUMN_ELAPSED, LEC_TIME_OF_DAY));
}

static void
check_without (const char *filter, const char *part, const char *expected)
{
  g_autofree char *rest = lec_column_text_dup_without (filter, part);

  g_assert_cmpstr (rest, ==, expected);
}

static void
test_taken_out (void)
{
  const char *part = "Summary contains \"404\"";

  check_without ("Summary contains \"404\"", part, "");
  check_without ("tcp and Summary contains \"404\"", part, "tcp");
  check_without ("Summary contains \"404\" and tcp", part, "tcp");
  check_without ("tcp and Summary contains \"404\" and ip", part, "tcp and ip");
  check_without ("(tcp or udp) and Summary contains \"404\"", part, "tcp or udp");
  check_without ("not Summary contains \"404\"", part, NULL);
  check_without ("tcp or Summary contains \"404\"", part, NULL);
  check_without ("tcp", part, NULL);
}

int
main (int n_arguments, char **arguments)
{
  setlocale (LC_ALL, "");
  g_test_init (&n_arguments, &arguments, NULL);
  g_test_add_func ("/column-text/standard", test_standard);
  g_test_add_func ("/column-text/addresses", test_addresses);
  g_test_add_func ("/column-text/fields", test_fields);
  g_test_add_func ("/column-text/times-of-day", test_times_of_day);
  g_test_add_func ("/column-text/taken-out", test_taken_out);
  return g_test_run ();
}
