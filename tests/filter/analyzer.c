/* Message Analyzer's own examples: each is understood, and passes the frames of a recording that its guide says. */
#include <stdlib.h>
#include <string.h>

#include "recording.h"

static LecRegistry *registry;

static void
check_example (LecIndex *index, const char *expression, const char *wanted)
{
  LecFilterProblem problem;
  g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, &problem);

  if (filter == NULL) {
    g_test_message ("%s: at %u: %s", expression, problem.position, problem.message);
    lec_filter_problem_clear (&problem);
    g_test_fail ();
    return;
  }
  g_autofree char *frames = lec_test_frames (index, filter);
  if (strcmp (frames, wanted) == 0)
    return;
  g_test_message ("%s: %s, and not %s", expression, frames, wanted);
  g_test_fail ();
}

static void
test_examples (void)
{
  g_auto (GStrv) lines = lec_test_lines ("analyzer-filters.txt");
  g_autoptr (LecIndex) index = NULL;
  g_autofree char *loaded = NULL;
  gboolean seen[70] = { FALSE };

  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);

    g_assert_cmpuint (g_strv_length (cells), ==, 4);
    seen[CLAMP (atoi (cells[0]), 0, 69)] = TRUE;
    if (g_strcmp0 (loaded, cells[2]) != 0) {
      g_autofree char *path = lec_test_recording (cells[2]);

      g_clear_pointer (&index, lec_index_free);
      index = lec_test_index (path);
      g_free (loaded);
      loaded = g_strdup (cells[2]);
    }
    check_example (index, cells[1], cells[3]);
  }
  for (unsigned i = 1; i < G_N_ELEMENTS (seen); i++)
    g_assert_true (seen[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  registry = lec_registry_new ();
  g_test_add_func ("/filter/analyzer/examples", test_examples);
  int result = g_test_run ();
  lec_registry_free (registry);
  return result;
}
