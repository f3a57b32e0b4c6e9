/* What finding costs once a trace is read: CPU of the worker's part, over all frames. Built, and run by hand:
 * find TRACE [TEXT…]; a text is looked for in bytes, and in the details of the first frames. */
#include "bench.h"
#include "session/text-search.h"

static const char *const texts[] = { "Trident", "0d 0a 0d 0a", "e", "gr\xc3\xb6\xc3\x9f" };

/* Of details, so many: each frame is dissected with all its texts. */
#define DETAILS_FRAMES 20000u

static void
measure (LecIndex *index, LecFrameReader *reader, LecFindWhere where, const char *text, uint32_t end)
{
  g_autoptr (LecFindQuery) query = lec_find_query_new (where, text);
  g_autoptr (LecTextSearch) search = lec_text_search_new (query);
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();
  _Atomic unsigned cancel = 0;

  lec_bitmap_reserve (matches, end + 64);
  double start_ms = bench_thread_ms ();
  lec_text_search_run (search, reader, index, 1, end, matches, &cancel);
  double took_ms = bench_thread_ms () - start_ms;
  g_print ("%9.1f ms %9.3f us a frame %9u frames  %s: %s\n", took_ms, took_ms * 1000 / MAX (1, end - 1),
           lec_bitmap_count (matches, end), where == LEC_FIND_BYTES ? "bytes" : "details", text);
}

int
main (int argc, char **argv)
{
  g_autoptr (LecIndex) index = bench_index (argc, argv, "find TRACE [TEXT…]");

  if (index == NULL)
    return 1;
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  uint32_t end = lec_index_n_frames (index) + 1;
  for (unsigned i = 0; i < (argc > 2 ? (unsigned) argc - 2 : G_N_ELEMENTS (texts)); i++) {
    const char *text = argc > 2 ? argv[i + 2] : texts[i];

    measure (index, reader, LEC_FIND_BYTES, text, end);
    measure (index, reader, LEC_FIND_DETAILS, text, MIN (end, DETAILS_FRAMES + 1));
  }
  return 0;
}
