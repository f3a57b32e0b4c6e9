/* Each expression of tests/data/filters.txt passes as many frames as tshark's display filter does. */
#include <stdlib.h>
#include <string.h>

#include "analysis/index-pass.h"
#include "filter/filter.h"

/* Expressions given to one run of tshark. */
#define GROUP 48

static void
ignore_news (LecIndex *index, void *data)
{
}

static uint32_t
count_ours (const LecRegistry *registry, LecIndex *index, const char *expression)
{
  uint32_t end = lec_index_n_frames (index) + 1;
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();
  LecFilterProblem problem;
  g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, &problem);

  if (filter == NULL)
    g_error ("%s: at %u: %s", expression, problem.position, problem.message);
  lec_bitmap_reserve (matches, end + 64);
  g_assert_true (lec_filter_run (filter, reader, index, 1, end, matches, NULL));
  return lec_bitmap_count (matches, end);
}

/* Counts of frames, from the one row of `-z io,stat`: "| 0.0 <> 1.0 | 81 | 65448 | 0 | 0 |". A message put together
 * from segments is told where it begins, as here, when tshark does not put it together. */
static gboolean
count_theirs (const char *path, char **expressions, unsigned n, uint32_t *counts)
{
  g_autofree char *output = NULL;
  g_autoptr (GString) statistics = g_string_new ("io,stat,0");
  const char *row;

  for (unsigned i = 0; i < n; i++)
    g_string_append_printf (statistics, ",%s", expressions[i]);
  const char *arguments[] = { "tshark",        "-n", "-q", "-o", "tcp.desegment_tcp_streams:FALSE", "-r", path, "-z",
                              statistics->str, NULL };
  if (!g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                     &output, NULL, NULL, NULL) ||
      (row = strstr (output, "<>")) == NULL || strchr (row, '|') == NULL || strstr (row + 2, "<>") != NULL)
    row = output != NULL ? g_strrstr (output, "<>") : NULL;
  if (row == NULL)
    return FALSE;
  g_auto (GStrv) cells = g_strsplit (row, "|", -1);
  for (unsigned i = 0; i < n; i++) {
    if (g_strv_length (cells) < 2 * n + 1)
      return FALSE;
    counts[i] = (uint32_t) strtoul (cells[1 + 2 * i], NULL, 10);
  }
  return TRUE;
}

static void
compare_group (const LecRegistry *registry, LecIndex *index, const char *path, GPtrArray *theirs, GPtrArray *ours)
{
  uint32_t counts[GROUP];

  if (theirs->len == 0)
    return;
  if (!count_theirs (path, (char **) theirs->pdata, theirs->len, counts)) {
    g_test_message ("tshark does not take the group that begins with %s", (const char *) theirs->pdata[0]);
    g_test_fail ();
    return;
  }
  for (unsigned i = 0; i < theirs->len; i++) {
    uint32_t count = count_ours (registry, index, ours->pdata[i]);

    if (count != counts[i]) {
      g_test_message ("%s: %s: %u frames here, %u in tshark", path, (const char *) ours->pdata[i], count, counts[i]);
      g_test_fail ();
    }
  }
}

static void
test_capture (gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_CAPTURES"), "lab", (const char *) data, NULL);
  g_autofree char *list = g_build_filename (g_getenv ("LECTERN_TEST_DATA"), "filters.txt", NULL);
  g_autofree char *program = g_find_program_in_path ("tshark"), *text = NULL;
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (GPtrArray) theirs = g_ptr_array_new_with_free_func (g_free),
                        ours = g_ptr_array_new_with_free_func (g_free);

  if (program == NULL || !g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_test_skip (program == NULL ? "tshark is not installed" : "no captures here");
    return;
  }
  g_autoptr (LecIndex) index = lec_index_new (lec_trace_open (path, NULL));
  g_autoptr (LecIndexPass) pass = lec_index_pass_new (index, ignore_news, NULL);
  lec_index_pass_run (pass);
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) sides = g_strsplit (*line, " => ", 2);

    /* Commas part the expressions of io,stat. */
    if (**line == '\0' || **line == '#' || strchr (sides[0], ',') != NULL)
      continue;
    g_ptr_array_add (theirs, g_strdup (sides[0]));
    g_ptr_array_add (ours, g_strdup (sides[1] != NULL ? sides[1] : sides[0]));
    if (theirs->len == GROUP) {
      compare_group (registry, index, path, theirs, ours);
      g_ptr_array_set_size (theirs, 0);
      g_ptr_array_set_size (ours, 0);
    }
  }
  compare_group (registry, index, path, theirs, ours);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/filter/tshark/window-full", "s12c-window-full-1.client.pcapng", test_capture);
  g_test_add_data_func ("/filter/tshark/vlan", "s17b-vlan-1.client.pcapng", test_capture);
  g_test_add_data_func ("/filter/tshark/port-reuse", "s13e-port-reuse-rst-1.client.pcapng", test_capture);
  return g_test_run ();
}
