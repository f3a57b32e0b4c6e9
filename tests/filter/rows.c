/* What is asked of the operation that a frame belongs to, known of the request and of the response alike; and of the
 * columns of the list. */
#include "recording.h"

/* An expression, and the frames of redirect.pcap that pass: it holds a question for a name, a connection, a request
 * that is answered with 302, and the same again at the address that this names. */
typedef struct {
  const char *expression;
  const char *frames;
} Case;

static const Case operations[] = {
  { "lectern.operation.status == 302 and http", "10 12" },
  { "http.request and lectern.operation.status == 302", "10" },
  { "http.response and lectern.operation.method == \"GET\" and lectern.operation.status < 300", "25 27 29" },
  { "http.response.code in {200..299}", "25 27 29" },
  { "http.response.begins in {200..299}", "25" },
  { "lectern.operation.kind == \"connect\" and tcp.flags.syn and not tcp.flags.ack", "7 20" },
  { "dns and lectern.operation.response == 4", "3 4" },
  { "arp and lectern.operation", "" },
  { "lectern.operation.request == 10 and not http", "11 13" },
};

static const Case columns[] = {
  { "Module == \"HTTP\"", "10 12 23 25" },
  { "module == \"HTTP\" and Source == 192.0.2.17", "10 23" },
  { "Info contains \"302\"", "12" },
  { "Summary contains \"Who has\" and number < 10", "1 5" },
  { "Protocol == \"ARP\" and Time > 0.06", "5 6 18 19" },
  { "Length == 42 and Number in {1..2}", "1 2" },
  { "Elapsed > 30.3ms and Destination == 198.51.100.20 and http", "10" },
};

static void
check (unsigned n_cases, const Case cases[])
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autofree char *path = lec_test_recording ("redirect.pcap");
  g_autoptr (LecIndex) index = lec_test_index (path);

  for (unsigned i = 0; i < n_cases; i++) {
    g_autoptr (LecFilter) filter = lec_filter_new (registry, cases[i].expression, NULL);
    g_assert_nonnull (filter);
    g_autofree char *frames = lec_test_frames (index, filter);
    g_test_message ("%s", cases[i].expression);
    g_assert_cmpstr (frames, ==, cases[i].frames);
  }
}

static void
test_operations (void)
{
  check (G_N_ELEMENTS (operations), operations);
}

/* A dot finds a name at any depth, a colon goes one level. */
static void
test_levels (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  static const char *const found[] = { "HTTP.code == 200",
                                       "HTTP:Response:code == 200",
                                       "HTTP:StatusCode == 200",
                                       "HTTP::code == 200",
                                       "TCP:Flags:SYN",
                                       "TCP.SYN",
                                       "HTTP:Headers:Server contains \"x\"" };
  static const char *const missed[] = { "HTTP:code == 200", "HTTP:Request:code == 200" };

  for (unsigned i = 0; i < G_N_ELEMENTS (found); i++) {
    g_autoptr (LecFilter) filter = lec_filter_new (registry, found[i], NULL);
    g_test_message ("%s", found[i]);
    g_assert_nonnull (filter);
  }
  for (unsigned i = 0; i < G_N_ELEMENTS (missed); i++) {
    g_autoptr (LecFilter) filter = lec_filter_new (registry, missed[i], NULL);
    g_test_message ("%s", missed[i]);
    g_assert_null (filter);
  }
}

static void
test_columns (void)
{
  check (G_N_ELEMENTS (columns), columns);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/rows/operations", test_operations);
  g_test_add_func ("/filter/rows/columns", test_columns);
  g_test_add_func ("/filter/rows/levels", test_levels);
  return g_test_run ();
}
