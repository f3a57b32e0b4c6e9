/* Real captures: as many frames as another reader has counted, with the same times and lengths. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "whole.h"

/* Where the corpus's count is not the number of frames, and why. */
static const struct {
  const char *file;
  guint frames;
} exceptions[] = {
  /* tshark 4.0 counts custom blocks as frames: 3 of these 8, and 3 of these 11, are. */
  { "gopacket__be__test102.pcapng", 5 },
  { "gopacket__be__test202.pcapng", 8 },
  { "gopacket__le__test202.pcapng", 8 },
};

/* NULL, after a word about it, where there are no captures. */
static char *
find_captures (const char *name)
{
  const char *captures = g_getenv ("LECTERN_CAPTURES");
  g_autofree char *path = captures == NULL ? NULL : g_build_filename (captures, name, NULL);

  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip ("LECTERN_CAPTURES has no such captures");
  return NULL;
}

static GHashTable *
read_row (char *const *columns, const char *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  GHashTable *row = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (unsigned i = 0; cells[i] != NULL && columns[i] != NULL; i++)
    g_hash_table_insert (row, columns[i], g_strdup (cells[i]));
  return row;
}

static guint
expected_frames (const char *file, const char *counted)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (strcmp (exceptions[i].file, file) == 0)
      return exceptions[i].frames;
  return (guint) strtoul (counted, NULL, 10);
}

/* Calls EACH with the file and the row of each trace of the corpus that Lectern reads; returns their number. */
typedef void (*EachTrace) (const char *path, GHashTable *row, void *data);

static guint
foreach_corpus_trace (EachTrace each, void *data)
{
  g_autofree char *folder = find_captures ("corpus");
  g_autofree char *table = folder == NULL ? NULL : g_build_filename (folder, "open.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL, columns = NULL;
  guint n = 0;

  if (table == NULL || !g_file_get_contents (table, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  columns = g_strsplit (lines[0], "\t", -1);
  for (unsigned i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_autoptr (GHashTable) row = read_row (columns, lines[i]);
    const char *file = g_hash_table_lookup (row, "file");
    g_autofree char *path = g_build_filename (folder, file, NULL);

    if (!g_str_has_prefix (g_hash_table_lookup (row, "format"), "pcap"))
      continue;
    each (path, row, data);
    n++;
  }
  return n;
}

static void
compare_count (const char *path, GHashTable *row, void *data)
{
  const char *file = g_hash_table_lookup (row, "file");
  const char *doubt = g_hash_table_lookup (row, "oracle_doubt");
  g_autoptr (GError) error = NULL;
  g_autoptr (LecTrace) trace = lec_trace_open (path, &error);

  if (trace == NULL) { /* damaged from its first byte on, as others find too */
    g_assert_error (error, LEC_ERROR, LEC_ERROR_DAMAGED);
    g_assert_nonnull (strstr (doubt, "tshark error"));
    return;
  }

  g_auto (Whole) whole = whole_read (path);

  if (*doubt == '\0' && whole.records->len != expected_frames (file, g_hash_table_lookup (row, "frames")))
    g_error ("%s: %u frames, not %s", file, whole.records->len, (char *) g_hash_table_lookup (row, "frames"));
  if (*doubt == '\0' && lec_trace_damage (whole.trace) != NULL)
    g_error ("%s: damaged: %s", file, lec_trace_damage (whole.trace)->message);
  assert_read_again (&whole);
}

static void
test_corpus (void)
{
  guint n = foreach_corpus_trace (compare_count, NULL);

  g_test_message ("%u traces", n);
}

/* The number of frames that the truth beside a lab trace tells. */
static guint
true_frames (const char *path)
{
  g_autofree char *truth = g_strdup (path);
  g_autofree char *text = NULL;
  char *name = NULL, *counts;

  *strrchr (truth, '.') = '\0';
  if (g_str_has_suffix (truth, "+keys")) /* the client's trace with its secrets */
    *strrchr (truth, '+') = '\0';
  name = g_strconcat (truth, ".truth.json", NULL);
  g_assert_true (g_file_get_contents (name, &text, NULL, NULL));
  g_free (name);
  counts = strstr (text, "\"counts\": {");
  g_assert_nonnull (counts);
  counts = strstr (counts, "\"frames\": ");
  g_assert_nonnull (counts);
  return (guint) strtoul (counts + strlen ("\"frames\": "), NULL, 10);
}

static void
test_lab (void)
{
  g_autofree char *folder = find_captures ("lab");
  g_autoptr (GDir) files = folder == NULL ? NULL : g_dir_open (folder, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_str_has_suffix (name, ".pcap") && !g_str_has_suffix (name, ".pcapng"))
      continue;

    g_auto (Whole) whole = whole_read (path);

    if (lec_trace_damage (whole.trace) != NULL || whole.records->len != true_frames (path))
      g_error ("%s: %u frames, not %u", name, whole.records->len, true_frames (path));
  }
}

static void
compare_with_tshark (const char *path)
{
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  const char *command[] = {
    "tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "frame.cap_len", NULL
  };
  g_auto (Whole) whole = whole_read (path);

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                               NULL, &output, NULL, NULL, NULL));
  lines = g_strsplit (output, "\n", -1);
  g_assert_cmpuint (MAX (g_strv_length (lines), 1) - 1, ==, whole.records->len);
  for (guint i = 0; i < whole.records->len; i++) {
    const LecRecord *record = whole_frame (&whole, i);
    g_autofree char *ours =
        g_strdup_printf ("%" G_GINT64_FORMAT ".%09" G_GINT64_FORMAT "\t%u\t%u", record->time_ns / 1000000000,
                         record->time_ns % 1000000000, record->original_bytes, record->captured_bytes);

    if (*lines[i] == '\t') /* a simple packet, which has no time of its own */
      g_assert_cmpstr (strchr (ours, '\t'), ==, lines[i]);
    else if (g_ascii_strtoull (lines[i], NULL, 10) > G_MAXINT64 / 1000000000) /* later than 64 bits of ns can tell */
      g_assert_cmpint (record->time_ns, ==, G_MAXINT64);
    else
      g_assert_cmpstr (ours, ==, lines[i]);
  }
}

/* One trace of each format and number of link types, and the oddest ones, by name. */
static void
choose_sample (const char *path, GHashTable *row, void *data)
{
  GHashTable *seen = data;
  const char *file = g_hash_table_lookup (row, "file");
  gboolean several_links = strchr (g_hash_table_lookup (row, "linktypes"), ',') != NULL;
  g_autofree char *kind = g_strdup_printf ("%s %d", (char *) g_hash_table_lookup (row, "format"), several_links);

  for (unsigned i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (strcmp (exceptions[i].file, file) == 0)
      return;
  if (*(char *) g_hash_table_lookup (row, "oracle_doubt") != '\0' || !g_hash_table_add (seen, g_steal_pointer (&kind)))
    return;
  g_test_message ("%s", file);
  compare_with_tshark (path);
}

static void
test_tshark (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *tshark = g_find_program_in_path ("tshark");

  if (tshark == NULL) {
    g_test_skip ("tshark is not installed");
    return;
  }
  foreach_corpus_trace (choose_sample, seen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace/captures/corpus", test_corpus);
  g_test_add_func ("/trace/captures/lab", test_lab);
  g_test_add_func ("/trace/captures/tshark", test_tshark);
  return g_test_run ();
}
