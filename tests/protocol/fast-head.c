/* The fast path and the dissectors say the same of every frame of every capture at hand, and of frames that are cut or
 * changed at random. */
#include <stdio.h>

#include "protocol/dissection.h"
#include "protocol/fast-head.h"
#include "protocol/null-sink.h"
#include "trace/trace.h"

/* Changed copies of a frame that are tried, and frames of a capture of which they are. */
#define MUTATIONS     6
#define MUTATED_EVERY 5

typedef struct {
  uint64_t n_frames;
  uint64_t n_fast;
  uint64_t n_mutated;
} Counts;

static void
slow_head (const LecRecord *record, uint8_t fcs_bytes, LecHead *head)
{
  LecDissection dissection = { 0 };
  LecSink sink;

  lec_null_sink_init (&sink, TRUE);
  dissection.sink = &sink;
  dissection.frame = 1;
  dissection.captured_bytes = record->captured_bytes;
  dissection.original_bytes = record->original_bytes;
  dissection.link_type = record->link_type;
  dissection.fcs_bytes = fcs_bytes;
  lec_dissect_frame_bytes (&dissection, record->bytes);
  *head = dissection.head;
  lec_dissection_clear (&dissection);
}

static char *
describe (const LecRecord *record, const LecHead *head)
{
  const uint8_t *bytes = record->bytes;
  GString *text = g_string_new (NULL);

#define SAY(member) g_string_append_printf (text, #member " %u, ", (unsigned) head->member)
#define PLACE(member)                                                                                                  \
  g_string_append_printf (text, #member " %ld, ", head->member ? (long) (head->member - bytes) : -1L)
  SAY (flags), SAY (protocol), SAY (ip_protocol), SAY (tcp_flags), SAY (ttl);
  PLACE (source);
  SAY (source_port), SAY (destination_port), SAY (sequence), SAY (acknowledgment), SAY (window), SAY (mss);
  SAY (window_shift), SAY (n_sack_blocks), SAY (ip_identification), SAY (timestamp_value), SAY (timestamp_echo);
  for (unsigned i = 0; i < head->n_sack_blocks; i++)
    SAY (sack[i][0]), SAY (sack[i][1]);
  if (head->payload_captured)
    PLACE (payload);
  SAY (payload_captured), SAY (payload_bytes);
  SAY (fragment_identification), SAY (fragment_offset_bytes), SAY (fragment_more);
  if (head->fragment_captured)
    PLACE (fragment);
  SAY (fragment_captured), SAY (fragment_bytes);
#undef SAY
#undef PLACE
  return g_string_free (text, FALSE);
}

static gboolean
compare (const LecRecord *record, uint8_t fcs_bytes, const char *name, uint32_t frame)
{
  LecHead fast, slow;

  slow_head (record, fcs_bytes, &slow);
  if (!lec_fast_head (record, fcs_bytes, &fast))
    return FALSE;
  g_autofree char *fast_text = describe (record, &fast), *slow_text = describe (record, &slow);
  if (strcmp (fast_text, slow_text))
    g_error ("%s, frame %u:\nfast %s\nslow %s", name, frame, fast_text, slow_text);
  return TRUE;
}

static void
compare_mutations (const LecRecord *record, uint8_t fcs_bytes, const char *name, uint32_t frame, Counts *counts)
{
  for (unsigned i = 0; i < MUTATIONS; i++) {
    LecRecord changed = *record;
    uint32_t length = record->captured_bytes;
    if (i % 3 == 0 && length)
      length = (uint32_t) g_test_rand_int_range (0, (int) MIN (length, 120) + 1);
    /* Of its own size, so that a read beyond it is seen by the sanitizer. */
    g_autofree uint8_t *bytes = g_memdup2 (record->bytes, length);
    for (unsigned n = (unsigned) g_test_rand_int_range (0, 4); n && length; n--)
      bytes[g_test_rand_int_range (0, (int) MIN (length, 90))] = (uint8_t) g_test_rand_int ();
    changed.bytes = bytes;
    changed.captured_bytes = length;
    compare (&changed, fcs_bytes, name, frame);
    counts->n_mutated++;
  }
}

static void
compare_trace (const char *path, Counts *counts)
{
  g_autoptr (LecTrace) trace = lec_trace_open (path, NULL);

  if (!trace)
    return;
  LecBatch *batch = lec_batch_new ();
  gboolean more = TRUE;
  uint32_t frame = 0;
  while (more) {
    more = lec_trace_read_batch (trace, batch);
    for (uint32_t i = 0; i < batch->n_records; i++) {
      const LecRecord *record = &batch->records[i];
      const LecInterface *interface = lec_trace_interface (trace, LEC_PLACE_INTERFACE (record->place));
      uint8_t fcs_bytes = interface ? interface->fcs_bytes : 0;
      counts->n_frames++;
      counts->n_fast += compare (record, fcs_bytes, path, ++frame);
      if (frame % MUTATED_EVERY == 1)
        compare_mutations (record, fcs_bytes, path, frame, counts);
    }
  }
  lec_batch_free (batch);
}

static void
compare_folder (gconstpointer data)
{
  const char *captures = g_getenv ("LECTERN_CAPTURES");
  g_autofree char *folder = captures ? g_build_filename (captures, data, NULL) : NULL;
  g_autoptr (GDir) dir = folder ? g_dir_open (folder, 0, NULL) : NULL;
  Counts counts = { 0 };
  const char *name;

  if (!dir) {
    g_test_skip ("no captures here");
    return;
  }
  while ((name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    compare_trace (path, &counts);
  }
  g_test_message ("%" G_GUINT64_FORMAT " frames, %" G_GUINT64_FORMAT " of them fast, %" G_GUINT64_FORMAT " changed ones",
                  counts.n_frames, counts.n_fast, counts.n_mutated);
  g_assert_cmpuint (counts.n_frames, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/fast-head/lab", "lab", compare_folder);
  g_test_add_data_func ("/fast-head/corpus", "corpus", compare_folder);
  return g_test_run ();
}
