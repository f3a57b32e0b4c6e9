#include "loaded.h"

static void
ignore_news (LecIndex *index, void *data)
{
}

LecIndex *
loaded_index (const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  LecTrace *trace = lec_trace_open (path, &error);
  g_assert_no_error (error);
  LecIndex *index = lec_index_new (trace);
  g_autoptr (LecIndexPass) pass = lec_index_pass_new (index, ignore_news, NULL);
  lec_index_pass_run (pass);
  return index;
}

LecIndex *
loaded_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_SAMPLES"), name, NULL);
  LecIndex *index = loaded_index (path);

  g_assert_nonnull (index);
  return index;
}
