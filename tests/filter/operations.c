/* What is asked of the operation that a frame belongs to: known of the request and of the response alike. */
#include "recording.h"

/* An expression, and the frames of redirect.pcap that pass: it holds a question for a name, a connection, a request
 * that is answered with 302, and the same again at the address that this names. */
static const struct {
  const char *expression;
  const char *frames;
} cases[] = {
  { "lectern.operation.status == 302 and http", "10 12" },
  { "http.request and lectern.operation.status == 302", "10" },
  { "http.response and lectern.operation.method == \"GET\" and lectern.operation.status < 300", "25" },
  { "lectern.operation.kind == \"connect\" and tcp.flags.syn and not tcp.flags.ack", "7 20" },
  { "dns and lectern.operation.response == 4", "3 4" },
  { "arp and lectern.operation", "" },
  { "lectern.operation.request == 10 and not http", "11 13" },
};

static void
test_operations (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autofree char *path = lec_test_recording ("redirect.pcap");
  g_autoptr (LecIndex) index = lec_test_index (path);

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LecFilter) filter = lec_filter_new (registry, cases[i].expression, NULL);
    g_assert_nonnull (filter);
    g_autofree char *frames = lec_test_frames (index, filter);
    g_test_message ("%s", cases[i].expression);
    g_assert_cmpstr (frames, ==, cases[i].frames);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/operations", test_operations);
  return g_test_run ();
}
