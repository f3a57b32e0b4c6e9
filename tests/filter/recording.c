#include "recording.h"

#include "analysis/index-pass.h"
#include "analysis/replay-stream.h"

static void
ignore_news (LecIndex *index, void *data)
{
}

LecIndex *
lec_test_index (const char *path)
{
  g_autoptr (GError) error = NULL;
  LecTrace *trace = lec_trace_open (path, &error);

  g_assert_no_error (error);
  LecIndex *index = lec_index_new (trace);
  g_autoptr (LecIndexPass) pass = lec_index_pass_new (index, ignore_news, NULL);
  lec_index_pass_run (pass);
  return index;
}

char *
lec_test_recording (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_TEST_DATA"), name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  return g_build_filename (g_getenv ("LECTERN_SAMPLES"), name, NULL);
}

char *
lec_test_frames (LecIndex *index, const LecFilter *filter)
{
  uint32_t end = lec_index_n_frames (index) + 1;
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autoptr (LecReplayStream) replays =
      lec_filter_wants_replay (filter) ? lec_replay_stream_new (index, NULL, NULL) : NULL;
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();
  g_autoptr (GString) frames = g_string_new (NULL);

  lec_bitmap_reserve (matches, end + 64);
  lec_frame_reader_set_replay_stream (reader, replays);
  g_assert_true (lec_filter_run (filter, reader, index, 1, end, matches, NULL));
  for (uint32_t frame = 1; frame < end; frame++)
    if (lec_bitmap_get (matches, frame))
      g_string_append_printf (frames, "%s%u", frames->len > 0 ? " " : "", frame);
  return g_string_free (g_steal_pointer (&frames), FALSE);
}

char **
lec_test_lines (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_TEST_DATA"), name, NULL), *text = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && **line != '#')
      g_strv_builder_add (builder, *line);
  return g_strv_builder_end (builder);
}
