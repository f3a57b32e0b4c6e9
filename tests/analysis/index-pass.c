#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "loaded.h"

/* No frame disappears: each has a row of its own, or an operation that shows it. */
static void
assert_every_frame_is_shown (const LecIndex *index)
{
  uint32_t n_operations = atomic_load (&index->n_operations);

  for (uint32_t frame = 1; frame <= lec_index_n_frames (index); frame++) {
    uint32_t operation = lec_index_operation_of (index, frame);
    gboolean own_row = (lec_index_state (index, frame) & LEC_FRAME_OWN_ROW) != 0;
    g_assert_true (own_row || operation != G_MAXUINT32);
    if (operation != G_MAXUINT32) {
      g_assert_cmpuint (operation, <, n_operations);
      g_assert_cmpuint (lec_index_operation (index, operation)->first_frame, <=, frame);
    }
  }
}

static void
test_every_frame_is_shown (void)
{
  static const char *const folders[] = { "lab", "corpus" };
  unsigned n_traces = 0;

  for (unsigned i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = g_build_filename (g_getenv ("LECTERN_CAPTURES"), folders[i], NULL);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name (dir));) {
      if (g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".md") || g_str_has_suffix (name, ".tsv") ||
          g_str_has_suffix (name, ".log"))
        continue;
      g_autofree char *path = g_build_filename (folder, name, NULL);
      LecTrace *trace = lec_trace_open (path, NULL);
      if (!trace)
        continue;
      lec_trace_free (trace);
      g_autoptr (LecIndex) index = loaded_index (path);
      assert_every_frame_is_shown (index);
      n_traces++;
    }
  }
  if (!n_traces)
    g_test_skip ("no captures at hand");
}

typedef struct {
  char *source;
  char *fifo;
} Dribble;

static void *
dribble (void *data)
{
  const Dribble *pipe = data;
  g_autofree char *contents = NULL;
  gsize length;
  int fd = open (pipe->fifo, O_WRONLY);

  g_assert_true (g_file_get_contents (pipe->source, &contents, &length, NULL));
  for (gsize at = 0; at < length; at += 97) {
    gsize step = MIN (97, length - at);
    g_assert_cmpint (write (fd, contents + at, step), ==, (gssize) step);
  }
  close (fd);
  return NULL;
}

/* The same trace says the same, read at once or out of a pipe in dribbles. */
static void
test_pipe (void)
{
  g_autoptr (LecIndex) whole = loaded_sample ("lost-segment.pcapng");
  g_autofree char *folder = g_dir_make_tmp ("lectern-XXXXXX", NULL);
  g_autofree char *fifo = g_build_filename (folder, "pipe", NULL);
  g_autofree char *source = g_build_filename (g_getenv ("LECTERN_SAMPLES"), "lost-segment.pcapng", NULL);
  Dribble pipe = { source, fifo };
  pthread_t writer;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  pthread_create (&writer, NULL, dribble, &pipe);
  g_autoptr (LecIndex) piped = loaded_index (fifo);
  pthread_join (writer, NULL);
  g_assert_cmpuint (lec_index_n_frames (piped), ==, lec_index_n_frames (whole));
  g_assert_cmpuint (atomic_load (&piped->n_operations), ==, atomic_load (&whole->n_operations));
  g_assert_cmpuint (atomic_load (&piped->n_verdicts), ==, atomic_load (&whole->n_verdicts));
  for (uint32_t frame = 1; frame <= lec_index_n_frames (whole); frame++) {
    g_assert_cmpuint (lec_index_owner (piped, frame), ==, lec_index_owner (whole, frame));
    g_assert_cmpuint (lec_index_state (piped, frame), ==, lec_index_state (whole, frame));
  }
  unlink (fifo);
  rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/index-pass/every-frame-is-shown", test_every_frame_is_shown);
  g_test_add_func ("/index-pass/pipe", test_pipe);
  return g_test_run ();
}
