/* Hostile traces: the samples with bytes changed, cut and repeated, opened and dissected to the last frame. What counts
 * is that nothing crashes, hangs or grows without bound; sanitizers see the rest. The changes follow from a seed, so
 * that a failure can be had again: LECTERN_MUTATIONS says how many a sample, LECTERN_SEED where they begin. */
#include <glib/gstdio.h>
#include <unistd.h>

#include "analysis/index-pass.h"
#include "analysis/surroundings.h"
#include "analysis/conversation-text.h"
#include "analysis/verdict-text.h"
#include "protocol/null-sink.h"

static void
ignore_news (LecIndex *index, void *data)
{
}

static void
dissect_everything (LecIndex *index)
{
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  LecSink sink;

  lec_null_sink_init (&sink, FALSE);
  for (uint32_t frame = 1; frame <= lec_index_n_frames (index); frame++)
    lec_frame_reader_dissect (reader, frame, &sink, LEC_SUMMARY_ALL);
  for (uint32_t row = 0; row < atomic_load (&index->n_verdicts); row++)
    g_free (lec_verdict_dup_sentence (index, lec_index_verdict (index, row)));
  for (uint32_t row = 0; row < atomic_load (&index->n_conversations); row++)
    g_free (lec_conversation_dup_outcome (index, row));
}

static void
open_and_dissect (const char *path)
{
  LecTrace *trace = lec_trace_open (path, NULL);

  if (!trace)
    return;
  g_autoptr (LecIndex) index = lec_index_new (trace);
  g_autoptr (LecIndexPass) pass = lec_index_pass_new (index, ignore_news, NULL);
  lec_index_pass_run (pass);
  dissect_everything (index);
}

/* Lengths, offsets and flags are where trouble is: besides any byte, extremes are tried. */
static void
mutate (GRand *random, GByteArray *bytes)
{
  static const uint8_t extremes[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
  unsigned n_changes = (unsigned) g_rand_int_range (random, 1, 40);

  for (unsigned i = 0; i < n_changes && bytes->len > 64; i++) {
    guint at = (guint) g_rand_int_range (random, 24, (gint32) bytes->len), n_removed;
    switch (g_rand_int_range (random, 0, 8)) {
    case 0:
      n_removed = (guint) g_rand_int_range (random, 1, 64); /* MIN would draw twice */
      g_byte_array_remove_range (bytes, at, MIN (n_removed, bytes->len - at));
      break;
    case 1:
      g_byte_array_set_size (bytes, at);
      break;
    case 2:
    case 3:
    case 4:
      bytes->data[at] = extremes[g_rand_int_range (random, 0, G_N_ELEMENTS (extremes))];
      break;
    default:
      bytes->data[at] = (uint8_t) g_rand_int (random);
      break;
    }
  }
}

static guint32
number_from (const char *variable, guint32 otherwise)
{
  const char *text = g_getenv (variable);

  return text ? (guint32) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_mutations (gconstpointer data)
{
  const char *name = data;
  g_autofree char *source = g_build_filename (g_getenv ("LECTERN_SAMPLES"), name, NULL);
  g_autofree char *contents = NULL;
  gsize length;
  guint32 n_mutations = number_from ("LECTERN_MUTATIONS", 60);
  guint32 seed = number_from ("LECTERN_SEED", 1);
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("lectern-XXXXXX", &path, NULL);

  close (fd);
  g_assert_true (g_file_get_contents (source, &contents, &length, NULL));
  for (guint32 i = 0; i < n_mutations; i++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (seed + i);
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_byte_array_append (bytes, (const guint8 *) contents, (guint) length);
    mutate (random, bytes);
    g_test_message ("%s, seed %u", name, seed + i);
    g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
    open_and_dissect (path);
  }
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GDir) dir = g_dir_open (g_getenv ("LECTERN_SAMPLES"), 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));) {
    if (!strstr (name, ".pcap"))
      continue;
    g_autofree char *path = g_strconcat ("/mutations/", name, NULL);
    g_test_add_data_func_full (path, g_strdup (name), test_mutations, g_free);
  }
  return g_test_run ();
}
