#include "analysis/gather.h"
#include "analysis/surroundings.h"
#include "loaded.h"

/* A response that spans segments, one of them lost and sent again, is put together in order and without a hole. */
static void
test_message_over_segments (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("lost-segment.pcapng");
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new (index->trace);
  unsigned n_long = 0;

  for (uint32_t row = 0; row < atomic_load (&index->n_operations); row++) {
    LecOperation *operation = lec_index_operation (index, row);
    uint32_t first = atomic_load (&operation->response.first_frame);
    uint32_t length = atomic_load (&operation->response.length);
    if (operation->kind != LEC_OPERATION_HTTP || !first || atomic_load (&operation->outcome) != LEC_OUTCOME_ANSWERED)
      continue;
    g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LecPiece));
    uint64_t missing;
    g_autoptr (GByteArray) bytes = lec_gather_stream (
        index, cache, first, atomic_load (&operation->response.frame_offset), length, pieces, &missing);
    g_assert_cmpuint (bytes->len, ==, length);
    g_assert_cmpmem (bytes->data, 9, "HTTP/1.1 ", 9);
    uint32_t reached = 0;
    for (guint i = 0; i < pieces->len; i++) {
      const LecPiece *piece = &g_array_index (pieces, LecPiece, i);
      g_assert_cmpuint (piece->offset, >=, reached);
      reached = piece->offset + piece->length;
    }
    g_assert_cmpuint (reached, ==, length);
    n_long += pieces->len > 1;
  }
  g_assert_cmpuint (n_long, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gather/message-over-segments", test_message_over_segments);
  return g_test_run ();
}
