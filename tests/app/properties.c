/* The window about a trace, on traces at hand, on a test display. */
#include <gtk/gtk.h>

#include "app/properties-window.h"
#include "trace/writer.h"

static char *
dup_text_of (const char *path)
{
  g_autoptr (GError) error = NULL;
  LecSession *session = lec_session_open (path, &error);

  g_assert_no_error (error);
  lec_session_wait (session);
  g_autoptr (LecDocument) document = lec_document_new (session);
  GtkWidget *window = lec_properties_window_new (NULL);
  g_object_set (window, "document", document, NULL);
  gtk_window_present (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  char *text = lec_properties_window_dup_text (LEC_PROPERTIES_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
  return text;
}

static void
assert_says (const char *text, const char *line)
{
  g_autofree char *whole = g_strdup_printf ("\n%s\n", line);

  if (!strstr (text, whole))
    g_error ("no line \"%s\" in:\n%s", line, text);
}

static void
test_sample (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_SAMPLES"), "closed-port-refused.pcap", NULL);
  g_autofree char *text = dup_text_of (path);

  assert_says (text, "Name\tclosed-port-refused.pcap");
  assert_says (text, "Format\tpcap");
  assert_says (text, "Damage\nNothing wrong was found.");
  assert_says (text, "Number\tName\tDescription\tLink Type\tCut At\tCapture Filter\tReceived\tDropped");
  g_assert_nonnull (strstr (text, "\tEN10MB\t"));
  g_assert_nonnull (strstr (text, "\tnot told\tnot told\n"));
  g_assert_nonnull (strstr (text, "\nFirst frame\t20"));
}

/* What only pcapng can say, and where it is broken. */
static void
test_everything_told (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  size_t start = block_begin (&writer, 0x0a0d0d0a);
  gsize length_at;

  put_u32 (&writer, 0x1a2b3c4d);
  put_u16 (&writer, 1);
  put_u16 (&writer, 0);
  put_u64 (&writer, G_MAXUINT64);
  put_text_option (&writer, 1, "Recorded in the lab.");
  put_u32 (&writer, 0);
  block_end (&writer, start);
  start = block_begin (&writer, 1);
  put_u16 (&writer, 101);
  put_u16 (&writer, 0);
  put_u32 (&writer, 96);
  put_text_option (&writer, 2, "tun0");
  put_text_option (&writer, 3, "Tunnel");
  put_option (&writer, 11, "\0tcp port 80", 12);
  put_u32 (&writer, 0);
  block_end (&writer, start);
  start = block_begin (&writer, 4);
  put_option (&writer, 1, "\xc0\x00\x02\x01router.example", 4 + 15);
  put_u32 (&writer, 0);
  block_end (&writer, start);
  packet (&writer, 0, 0, 1, 60, 60);
  packet (&writer, 0, 2500000, 2, 60, 60);
  start = block_begin (&writer, 5);
  put_u32 (&writer, 0);
  put_u64 (&writer, 0);
  put_u64_option (&writer, 4, 9);
  put_u64_option (&writer, 5, 7);
  put_u32 (&writer, 0);
  block_end (&writer, start);
  length_at = writer.bytes->len + 4;
  put_u32 (&writer, 6);
  put_u32 (&writer, 5);
  put_u32 (&writer, 5);

  g_autofree char *path = writer_save (&writer, "told.pcapng");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = dup_text_of (path);
  g_autofree char *offset = g_strdup_printf ("\nAt byte\t%" G_GSIZE_FORMAT "\n", length_at);

  assert_says (text, "Frames\t2");
  assert_says (text, "Bytes on the wire\t120 bytes");
  assert_says (text, "Duration\t2.500000 s");
  assert_says (text, "0\ttun0\tTunnel\tRAW\t96 bytes\ttcp port 80\t9\t7");
  assert_says (text, "Comment: Recorded in the lab.");
  assert_says (text, "192.0.2.1\trouter.example");
  g_assert_nonnull (strstr (text, offset));
  remove (path);
  remove (folder);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/properties/sample", test_sample);
  g_test_add_func ("/properties/everything-told", test_everything_told);
  return g_test_run ();
}
