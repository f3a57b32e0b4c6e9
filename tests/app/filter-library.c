/* The library of filters: what is shipped, what the shipped filters find, and the user's own file. */
#include <glib/gstdio.h>
#include <string.h>

#include "app/filter-history.h"
#include "app/filter-library.h"
#include "filter/recording.h"

static GBytes *
shipped_bytes (void)
{
  char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (g_getenv ("LECTERN_FILTER_LIBRARY"), &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static LecFilterLibrary *
new_library (const char *user_path)
{
  g_autoptr (GBytes) shipped = shipped_bytes ();

  return lec_filter_library_new (shipped, user_path);
}

/* A path in a folder that does not exist yet, below a new temporary one. */
static char *
new_user_path (char **top)
{
  g_autoptr (GError) error = NULL;

  *top = g_dir_make_tmp ("lectern-filters-XXXXXX", &error);
  g_assert_no_error (error);
  return g_build_filename (*top, "lectern", "filters.ini", NULL);
}

static void
remove_user_path (const char *path, const char *top)
{
  g_autofree char *folder = g_path_get_dirname (path), *aside = g_strconcat (path, "~", NULL);

  g_unlink (path);
  g_unlink (aside);
  g_rmdir (folder);
  g_assert_cmpint (g_rmdir (top), ==, 0);
}

static LecFilterFile *
read_text (const char *text, const LecRegistry *registry, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return lec_filter_file_read (bytes, registry, error);
}

/* What is shipped. */

static void
shipped_is_whole (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (GBytes) bytes = shipped_bytes ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LecFilterFile) file = lec_filter_file_read (bytes, registry, &error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_no_error (error);
  for (unsigned i = 0; i < file->complaints->len; i++)
    g_test_message ("%s", (char *) file->complaints->pdata[i]);
  g_assert_cmpuint (file->complaints->len, ==, 0);
  g_assert_cmpuint (file->filters->len, >=, 100);
  for (unsigned i = 0; i < file->filters->len; i++) {
    const LecNamedFilter *filter = file->filters->pdata[i];
    LecFilterProblem problem = { 0 };
    g_autoptr (LecFilter) compiled = lec_filter_new (registry, filter->expression, &problem);

    g_test_message ("%s", filter->id);
    g_assert_true (lec_filter_file_is_id (filter->id));
    g_assert_cmpstr (filter->description, !=, "");
    g_assert_true (g_hash_table_contains (file->names, filter->category));
    g_assert_true (g_hash_table_add (names, g_strdup_printf ("%s/%s", filter->category, filter->name)));
    g_assert_false (lec_filter_is_impossible (compiled));
  }
}

/* Every name and description in every language that the program speaks. */
static void
shipped_is_translated (void)
{
  g_autoptr (GBytes) bytes = shipped_bytes ();
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_bytes (keys, bytes, G_KEY_FILE_KEEP_TRANSLATIONS, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_getenv ("LECTERN_LANGUAGES"), &text, NULL, NULL));
  g_auto (GStrv) languages = g_strsplit (g_strstrip (text), "\n", -1);
  g_auto (GStrv) groups = g_key_file_get_groups (keys, NULL);
  for (char **group = groups; *group != NULL; group++)
    for (char **language = languages; *language != NULL; language++)
      for (unsigned i = 0; i < 2; i++) {
        static const char *const translated[] = { "Name", "Description" };
        g_autofree char *key = g_strdup_printf ("%s[%s]", translated[i], *language);

        if (!g_key_file_has_key (keys, *group, translated[i], NULL))
          continue;
        g_test_message ("[%s] %s", *group, key);
        g_assert_true (g_key_file_has_key (keys, *group, key, NULL));
      }
}

/* What a filter is named after, and recordings made of just that: among the samples, or the public and lab captures. */
static const struct {
  const char *id;
  const char *finds;  /* a frame at least in this recording */
  const char *spares; /* and none in this one, which is healthy in that respect */
} findings[] = {
  { "problems", "landing-page.pcapng", "redirect.pcap" },
  { "cut-short", "corpus/tcpdump__kday6.pcap", "redirect.pcap" },
  { "copies", "corpus/ndpi__s7comm-plus.pcap", "lab/s10-netdup-1.client.pcapng" },
  { "with-comments", "corpus/gopacket__le__test009.pcapng", "redirect.pcap" },
  { "no-answer", "closed-port-silent.pcapng", "closed-port-refused.pcap" },
  { "repeated-syn", "closed-port-silent.pcapng", "closed-port-refused.pcap" },
  { "repeated-syn", "lab/s11c-lost-syn-1.client.pcapng", "lost-upload.pcapng" },
  { "refused", "closed-port-refused.pcap", "closed-port-silent.pcapng" },
  { "refused", "lab/s02a-port-closed-1.client.pcap", "landing-page.pcapng" },
  { "unreachable", "corpus/kurose__NAT_home_side.pcap", "closed-port-silent.pcapng" },
  { "handshake-incomplete", "corpus/zeek__wikipedia.pcap", "closed-port-refused.pcap" },
  { "handshake-missing", "corpus/packets__tcp_teardown.pcapng", "redirect.pcap" },
  { "aborted", "landing-page.pcapng", "closed-port-refused.pcap" },
  { "aborted", "lab/s13b-keepalive-dead-1.client.pcapng", "lab/s13a-keepalive-probes-1.client.pcapng" },
  { "all-resets", "closed-port-refused.pcap", "redirect.pcap" },
  { "half-closed", "lab/s13h-half-close-1.client.pcapng", "redirect.pcap" },
  { "port-reused", "lab/s13f-port-reuse-timewait-1.client.pcapng", "redirect.pcap" },
  { "long-handshake", "corpus/tcpdump__tcp-handshake-nano.pcap", "redirect.pcap" },
  { "tcp-verdicts", "lost-segment.pcapng", "redirect.pcap" },
  { "retransmissions", "lost-upload.pcapng", "redirect.pcap" },
  { "retransmissions", "lab/s08c-loss5-1.client.pcapng", "lab/s10-netdup-1.client.pcapng" },
  { "timeout-retransmissions", "lab/s11e-lost-fin-1.client.pcapng", "lost-segment.pcapng" },
  { "fast-retransmissions", "lost-segment.pcapng", "lab/s11e-lost-fin-1.client.pcapng" },
  { "spurious-retransmissions", "lab/s16b-ack-delay-spike-1.client.pcapng", "lost-segment.pcapng" },
  { "lost-segments", "lost-segment.pcapng", "lost-upload.pcapng" },
  { "not-captured", "lab/s15-capture-drop-1.client.pcapng", "lost-segment.pcapng" },
  { "duplicate-acks", "lost-segment.pcapng", "redirect.pcap" },
  { "third-duplicate-ack", "lost-segment.pcapng", "redirect.pcap" },
  { "reordered", "lab/s09a-reorder-1.client.pcapng", "lost-segment.pcapng" },
  { "network-duplicates", "lab/s10-netdup-1.client.pcapng", "lost-upload.pcapng" },
  { "zero-window", "lab/s12a-zero-window-1.client.pcapng", "lost-upload.pcapng" },
  { "window-stalls", "lab/s12d-zero-window-ack-lost-1.client.pcapng", "lost-upload.pcapng" },
  { "keep-alives", "lab/s13a-keepalive-probes-1.client.pcapng", "redirect.pcap" },
  { "slow-acks", "lab/s11e-lost-fin-1.client.pcapng", "redirect.pcap" },
  { "congestion", "corpus/zeek__modbus__fuzz-72.pcap", "lost-upload.pcapng" },
  { "wireshark-differs", "lost-segment.pcapng", "redirect.pcap" },
  { "http-post", "lost-upload.pcapng", "redirect.pcap" },
  { "http-slow", "lab/s07k-slow-server-1.client.pcapng", "redirect.pcap" },
  { "http-unanswered", "corpus/zeek__http__1000-requests-one-dropped-response.pcap.gz", "redirect.pcap" },
  { "http-conditional", "not-modified.pcap", "redirect.pcap" },
  { "http-logon", "windows-logon.pcapng", "redirect.pcap" },
  { "http-cookies", "corpus/packets__latency3.pcapng", "redirect.pcap" },
  { "status-1xx", "lab/s07f-100-continue-1.client.pcapng", "redirect.pcap" },
  { "status-2xx", "redirect.pcap", "closed-port-refused.pcap" },
  { "status-3xx", "redirect.pcap", "landing-page.pcapng" },
  { "status-4xx", "landing-page.pcapng", "redirect.pcap" },
  { "status-5xx", "lab/s07h-statuses-1.client.pcapng", "landing-page.pcapng" },
  { "status-101", "lab/s07j-websocket-1.client.pcapng", "lab/s07f-100-continue-1.client.pcapng" },
  { "status-200", "redirect.pcap", "closed-port-refused.pcap" },
  { "status-204", "lab/s07h-statuses-1.client.pcapng", "redirect.pcap" },
  { "status-206", "lab/s07e-range-1.client.pcapng", "lab/s07h-statuses-1.client.pcapng" },
  { "status-301", "lab/s07h-statuses-1.client.pcapng", "redirect.pcap" },
  { "status-302", "redirect.pcap", "not-modified.pcap" },
  { "status-304", "not-modified.pcap", "redirect.pcap" },
  { "status-400", "lab/s07h-statuses-1.client.pcapng", "landing-page.pcapng" },
  { "status-401", "windows-logon.pcapng", "landing-page.pcapng" },
  { "status-403", "lab/s07h-statuses-1.client.pcapng", "windows-logon.pcapng" },
  { "status-404", "landing-page.pcapng", "windows-logon.pcapng" },
  { "status-405", "lab/s07h-statuses-1.client.pcapng", "landing-page.pcapng" },
  { "status-500", "lab/s07h-statuses-1.client.pcapng", "landing-page.pcapng" },
  { "status-503", "lab/s07h-statuses-1.client.pcapng", "landing-page.pcapng" },
  { "dns-errors", "corpus/zeek__wikipedia.pcap", "landing-page.pcapng" },
  { "dns-no-such-name", "corpus/zeek__wikipedia.pcap", "landing-page.pcapng" },
  { "dns-unanswered", "corpus/packets__nowebaccess1.pcapng", "landing-page.pcapng" },
  { "dns-slow", "corpus/ndpi__dns_fragmented.pcap", "landing-page.pcapng" },
  { "local-names", "corpus/zeek__wikipedia.pcap", "landing-page.pcapng" },
  { "tls-handshake", "lab/s20a-tls13-http1-1.client.pcapng", "redirect.pcap" },
  { "tls-names", "lab/s20a-tls13-http1-1.client.pcapng", "redirect.pcap" },
  { "tls-certificates", "lab/s20c-tls12-http1-1.client.pcapng", "lab/s20a-tls13-http1-1.client.pcapng" },
  { "tls-fatal", "lab/s20e-tls-bad-cert-1.client.pcapng", "lab/s20c-tls12-http1-1.client.pcapng" },
  { "tls-data", "lab/s20a-tls13-http1-1.client.pcapng", "redirect.pcap" },
  { "fragments", "lab/s17c-ip-fragments-1.middle.pcapng", "redirect.pcap" },
  { "lesson-neighbour", "redirect.pcap", "corpus/tcpdump__tcp-handshake-nano.pcap" },
  { "lesson-handshake", "redirect.pcap", "corpus/packets__tcp_teardown.pcapng" },
  { "lesson-closing", "redirect.pcap", "landing-page.pcapng" },
  { "lesson-silence", "closed-port-silent.pcapng", "closed-port-refused.pcap" },
  { "lesson-loss", "lost-segment.pcapng", "redirect.pcap" },
  { "lesson-copy", "not-modified.pcap", "redirect.pcap" },
  { "lesson-logon", "windows-logon.pcapng", "redirect.pcap" },
};

/* NULL where it is not on this machine. */
static char *
find_recording (const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv (strchr (name, '/') != NULL ? "LECTERN_CAPTURES" : "LECTERN_SAMPLES"), name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

static const LecNamedFilter *
find_shipped (LecFilterLibrary *library, const char *id)
{
  for (unsigned i = 0; i < lec_filter_library_n_filters (library); i++)
    if (g_str_equal (lec_filter_library_get (library, i)->id, id))
      return lec_filter_library_get (library, i);
  g_error ("no filter %s", id);
}

static void
finds_what_it_is_named_after (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (LecFilterLibrary) library = new_library ("/nonexistent/filters.ini");
  unsigned n_looked = 0;

  for (unsigned i = 0; i < 2 * G_N_ELEMENTS (findings); i++) {
    gboolean finds = i % 2 == 0;
    const LecNamedFilter *named = find_shipped (library, findings[i / 2].id);
    const char *recording = finds ? findings[i / 2].finds : findings[i / 2].spares;
    g_autofree char *path = find_recording (recording), *frames = NULL;
    LecFilterProblem problem = { 0 };
    g_autoptr (LecFilter) filter = lec_filter_new (registry, named->expression, &problem);

    if (path == NULL) {
      g_test_message ("%s is not here", recording);
      continue;
    }
    LecIndex *index = lec_test_index (path);
    frames = lec_test_frames (index, filter);
    g_test_message ("%s in %s: %s", named->id, recording, frames);
    g_assert_cmpint (*frames != '\0', ==, finds);
    n_looked++;
    lec_index_free (index);
  }
  g_assert_cmpuint (n_looked, >, G_N_ELEMENTS (findings) / 2);
}

/* The step "three-way handshake" shows just the three, of each connection. */
static void
handshake_is_three_frames (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (LecFilterLibrary) library = new_library ("/nonexistent/filters.ini");
  g_autofree char *path = find_recording ("landing-page.pcapng"), *frames = NULL;
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter =
      lec_filter_new (registry, find_shipped (library, "lesson-handshake")->expression, &problem);
  LecIndex *index = lec_test_index (path);

  frames = lec_test_frames (index, filter);
  g_assert_cmpstr (frames, ==, "15 16 17");
  lec_index_free (index);
}

/* The user's own. */

static void
own_filters_are_kept (void)
{
  char *top;
  g_autofree char *path = new_user_path (&top), *text = NULL;
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (LecFilterLibrary) library = new_library (path);
    unsigned n_shipped = lec_filter_library_n_filters (library);

    g_assert_true (lec_filter_library_set (
        library, NULL, lec_named_filter_new ("My server", "", "Ours;\nall of it", "ip.addr == 192.0.2.7"), &error));
    g_assert_true (lec_filter_library_set (
        library, NULL, lec_named_filter_new ("My server", "http", "", "http.host matches \"^a\\\\d=\""), &error));
    g_assert_true (
        lec_filter_library_set (library, NULL, lec_named_filter_new ("Grüße", "Kurs 3", "", "udp.port == 7"), &error));
    g_assert_cmpuint (lec_filter_library_n_filters (library), ==, n_shipped + 3);
    /* Every change is in the file, and each has an id of its own. */
    g_assert_cmpstr (lec_filter_library_find_own (library, "my-server-2")->category, ==, "http");
  }
  g_autoptr (LecFilterLibrary) again = new_library (path);
  g_assert_null (lec_filter_library_problem (again));
  g_assert_cmpuint (lec_filter_library_n_own (again), ==, 3);
  g_assert_cmpstr (lec_filter_library_find_own (again, "my-server")->description, ==, "Ours;\nall of it");
  g_assert_cmpstr (lec_filter_library_find_own (again, "my-server-2")->expression, ==,
                   "http.host matches \"^a\\\\d=\"");
  /* Own categories first; in a shipped one, the own before the shipped. */
  g_assert_cmpstr (lec_filter_library_get (again, 0)->name, ==, "My server");
  g_assert_cmpstr (lec_filter_library_get (again, 1)->category, ==, "Kurs 3");
  for (unsigned i = 2; i < lec_filter_library_n_filters (again); i++)
    if (g_str_equal (lec_filter_library_get (again, i)->category, "http")) {
      g_assert_true (lec_filter_library_get (again, i)->own);
      break;
    }
  /* A file that people can read. */
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\n[my-server]\nName=My server\nDescription=Ours;"));
  remove_user_path (path, top);
  g_free (top);
}

static void
own_filters_change (void)
{
  char *top;
  g_autofree char *path = new_user_path (&top);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecFilterLibrary) library = new_library (path);

  for (unsigned i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf ("f%u", i);

    lec_filter_library_set (library, NULL, lec_named_filter_new (name, i == 1 ? "Other" : "", "", "tcp"), &error);
    g_assert_no_error (error);
  }
  /* Past the next of its own category, not past that of another. */
  g_assert_true (lec_filter_library_move (library, "f0", +1, &error));
  g_assert_cmpstr (lec_filter_library_get (library, 0)->id, ==, "f2");
  g_assert_cmpstr (lec_filter_library_get (library, 1)->id, ==, "f0");
  g_assert_true (lec_filter_library_move (library, "f0", -1, &error));
  g_assert_cmpstr (lec_filter_library_get (library, 0)->id, ==, "f0");
  g_assert_false (lec_filter_library_move (library, "f0", -1, &error));
  g_assert_false (lec_filter_library_move (library, "f3", +1, &error));
  g_assert_false (lec_filter_library_move (library, "f1", +1, &error));
  g_assert_no_error (error);
  /* A new name keeps the id. */
  g_assert_true (lec_filter_library_set (library, "f3", lec_named_filter_new ("Third", "", "new", "udp"), &error));
  g_assert_cmpstr (lec_filter_library_find_own (library, "f3")->name, ==, "Third");
  g_assert_true (lec_filter_library_remove (library, "f0", &error));
  g_assert_null (lec_filter_library_find_own (library, "f0"));
  g_assert_cmpuint (lec_filter_library_n_own (library), ==, 3);
  remove_user_path (path, top);
  g_free (top);
}

static void
categories_have_names (void)
{
  g_autoptr (LecFilterLibrary) library = new_library ("/nonexistent/filters.ini");
  g_auto (GStrv) categories = lec_filter_library_dup_categories (library);

  g_assert_cmpstr (categories[0], ==, "first-look");
  g_assert_cmpstr (lec_filter_library_category_label (library, "first-look"), ==, "First look");
  g_assert_cmpstr (lec_filter_library_category_of_label (library, "FIRST look"), ==, "first-look");
  g_assert_cmpstr (lec_filter_library_category_of_label (library, "Mine"), ==, "Mine");
  g_assert_cmpstr (lec_filter_library_category_of_label (library, lec_filter_library_category_label (library, "")), ==,
                   "");
}

static void
failing_to_write_changes_nothing (void)
{
  g_autoptr (LecFilterLibrary) library = new_library ("/proc/no/such/filters.ini");
  g_autoptr (GError) error = NULL;

  g_assert_false (lec_filter_library_set (library, NULL, lec_named_filter_new ("a", "", "", "tcp"), &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (lec_filter_library_n_own (library), ==, 0);
}

/* What cannot be read is told with its line, and not lost when something is written. */
static void
broken_file_is_kept (void)
{
  static const char broken[] = "[a]\nName=A\nFilter=tcp\n\nno key here\n";
  char *top;
  g_autofree char *path = new_user_path (&top), *folder = g_path_get_dirname (path), *text = NULL;
  g_autofree char *aside = g_strconcat (path, "~", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, broken, -1, NULL));
  g_autoptr (LecFilterLibrary) library = new_library (path);
  g_assert_nonnull (strstr (lec_filter_library_problem (library), "Line 5:"));
  g_assert_cmpuint (lec_filter_library_n_own (library), ==, 0);
  g_assert_true (lec_filter_library_set (library, NULL, lec_named_filter_new ("b", "", "", "udp"), &error));
  g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, broken);
  remove_user_path (path, top);
  g_free (top);
}

/* Files. */

static void
broken_files_are_told_with_their_line (void)
{
  static const struct {
    const char *text, *line;
  } broken[] = {
    { "junk", "Line 1:" },
    { "# fine\n\n[a]\nName=A\nFilter=tcp\n[b\nName=B\n", "Line 6:" },
    { "Name=before any group\n", "Line 1:" },
    { "[a]\nName=A\nFilter=tcp\n[a]\nName=B\nFilter=udp\n", "Line 4:" },
    { "[a]\nName=\xff\nFilter=tcp\n", "Line 2:" },
    { "\"fine\" tcp\n\"no filter\"\n", "Line 2:" },
    { "\"fine\" tcp\n\n\"no end tcp\n", "Line 3:" },
    { "\"fine\" tcp\nplain words\n", "Line 2:" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (read_text (broken[i].text, NULL, &error));
    g_test_message ("%s", error->message);
    g_assert_true (g_str_has_prefix (error->message, broken[i].line));
  }
}

static void
single_filters_are_left_out_with_their_line (void)
{
  static const char text[] = "[good]\nName=Good\nFilter=tcp\n"
                             "[nameless]\nFilter=udp\n"
                             "[wrong]\nName=Wrong\n\nFilter=tcp.prot == 80\n"
                             "[slash]\nName=Slash\nFilter=http.host matches \"\\d\"\n";
  static const char *const lines[] = { "Line 4:", "Line 9:", "Line 12:" };
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LecFilterFile) file = read_text (text, registry, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (file->filters->len, ==, 1);
  g_assert_cmpuint (file->complaints->len, ==, G_N_ELEMENTS (lines));
  for (unsigned i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_test_message ("%s", (char *) file->complaints->pdata[i]);
    g_assert_true (g_str_has_prefix (file->complaints->pdata[i], lines[i]));
  }
}

static void
wireshark_lists_are_read (void)
{
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LecFilterFile) file =
      read_text ("# mine\n\"Web \\\"only\\\"\" tcp.port == 80\n\n\"No ARP\" not arp\n", registry, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (file->filters->len, ==, 2);
  g_assert_cmpstr (((LecNamedFilter *) file->filters->pdata[0])->name, ==, "Web \"only\"");
  g_assert_cmpstr (((LecNamedFilter *) file->filters->pdata[1])->expression, ==, "not arp");
}

static void
import_overwrites_nothing (void)
{
  char *top;
  g_autofree char *path = new_user_path (&top), *exported = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LecFilterLibrary) library = new_library (path);
  g_autoptr (LecFilterFile) file = NULL, same = NULL;
  LecFilterImport result;

  lec_filter_library_set (library, NULL, lec_named_filter_new ("Mine", "", "", "tcp.port == 1"), &error);
  file = read_text ("[mine]\nName=Mine\nFilter=tcp.port == 2\n[new]\nName=New\nFilter=udp\n", NULL, &error);
  g_assert_true (lec_filter_library_import (library, file, &result, &error));
  g_assert_cmpuint (result.n_added, ==, 2);
  g_assert_cmpuint (result.n_renamed, ==, 1);
  g_assert_cmpuint (result.n_known, ==, 0);
  g_assert_cmpstr (lec_filter_library_find_own (library, "mine")->expression, ==, "tcp.port == 1");
  g_assert_cmpstr (lec_filter_library_find_own (library, "mine-2")->name, ==, "Mine (2)");
  /* What was exported brings nothing new. */
  exported = lec_filter_library_dup_export (library);
  same = read_text (exported, NULL, &error);
  g_assert_true (lec_filter_library_import (library, same, &result, &error));
  g_assert_cmpuint (result.n_added, ==, 0);
  g_assert_cmpuint (result.n_known, ==, 3);
  g_assert_cmpuint (lec_filter_library_n_own (library), ==, 3);
  remove_user_path (path, top);
  g_free (top);
}

/* The history. */

static void
history_has_each_once_and_ends (void)
{
  g_auto (GStrv) history = g_new0 (char *, 1);

  for (unsigned i = 0; i < LEC_FILTER_HISTORY_LENGTH + 10; i++) {
    g_autofree char *text = g_strdup_printf ("frame.number == %u", i % (LEC_FILTER_HISTORY_LENGTH + 5));
    char **longer = lec_filter_history_dup_with ((const char *const *) history, text);

    g_strfreev (history);
    history = longer;
  }
  g_assert_cmpuint (g_strv_length (history), ==, LEC_FILTER_HISTORY_LENGTH);
  g_assert_cmpstr (history[0], ==, "frame.number == 4");
  g_assert_cmpstr (history[4], ==, "frame.number == 0");
  g_assert_cmpstr (history[5], ==, "frame.number == 204");
  for (unsigned i = 1; history[i] != NULL; i++)
    g_assert_cmpstr (history[0], !=, history[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter-library/shipped-is-whole", shipped_is_whole);
  g_test_add_func ("/filter-library/shipped-is-translated", shipped_is_translated);
  g_test_add_func ("/filter-library/finds-what-it-is-named-after", finds_what_it_is_named_after);
  g_test_add_func ("/filter-library/handshake-is-three-frames", handshake_is_three_frames);
  g_test_add_func ("/filter-library/own-filters-are-kept", own_filters_are_kept);
  g_test_add_func ("/filter-library/own-filters-change", own_filters_change);
  g_test_add_func ("/filter-library/categories-have-names", categories_have_names);
  g_test_add_func ("/filter-library/failing-to-write-changes-nothing", failing_to_write_changes_nothing);
  g_test_add_func ("/filter-library/broken-file-is-kept", broken_file_is_kept);
  g_test_add_func ("/filter-library/broken-files-are-told-with-their-line", broken_files_are_told_with_their_line);
  g_test_add_func ("/filter-library/single-filters-are-left-out", single_filters_are_left_out_with_their_line);
  g_test_add_func ("/filter-library/wireshark-lists-are-read", wireshark_lists_are_read);
  g_test_add_func ("/filter-library/import-overwrites-nothing", import_overwrites_nothing);
  g_test_add_func ("/filter-library/history-has-each-once-and-ends", history_has_each_once_and_ends);
  return g_test_run ();
}
