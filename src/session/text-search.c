#include "session/text-search.h"

#include "base/publish.h"

/* Of one worker. */
struct LecTextSearch {
  LecFindQuery *query;
  GString *line;
  LecRowFacts facts;
};

LecTextSearch *
lec_text_search_new (LecFindQuery *query)
{
  LecTextSearch *search = g_new0 (LecTextSearch, 1);

  search->query = lec_find_query_ref (query);
  search->line = g_string_new (NULL);
  lec_row_facts_init (&search->facts);
  return search;
}

void
lec_text_search_free (LecTextSearch *search)
{
  lec_row_facts_clear (&search->facts);
  g_string_free (search->line, TRUE);
  lec_find_query_unref (search->query);
  g_free (search);
}

/* Rows. */

static gboolean
frame_says (LecTextSearch *search, LecFrameReader *reader, uint32_t frame)
{
  const LecDissection *dissection = lec_row_facts_read (&search->facts, reader, frame, LEC_SUMMARY_ALL);

  for (unsigned i = 0; i < dissection->n_layers; i++) {
    if (lec_find_query_is_in_text (search->query, dissection->layers[i].summary))
      return TRUE;
  }
  return FALSE;
}

/* Operations that FRAME belongs to and begins. */
static gboolean
operation_says (LecTextSearch *search, LecFrameReader *reader, LecIndex *index, uint32_t frame)
{
  LecOperationTexts texts = { index, reader, &search->facts };
  uint32_t number = lec_index_operation_of (index, frame);

  if (number == G_MAXUINT32 || lec_index_operation (index, number)->first_frame != frame)
    return FALSE;
  g_string_truncate (search->line, 0);
  lec_operation_append_summary (search->line, &texts, number);
  return lec_find_query_is_in_text (search->query, search->line->str);
}

static gboolean
row_says (LecTextSearch *search, LecFrameReader *reader, LecIndex *index, uint32_t frame)
{
  return frame_says (search, reader, frame) || operation_says (search, reader, index, frame);
}

/* Details. */

static gboolean
details_say (LecTextSearch *search, LecFrameReader *reader, LecIndex *index, uint32_t frame)
{
  g_autoptr (LecTree) tree = lec_tree_new (reader, frame);

  for (unsigned i = 0; i < lec_tree_n_nodes (tree); i++)
    if (lec_find_query_is_in_node (search->query, lec_tree_node (tree, i)))
      return TRUE;
  return FALSE;
}

/* Bytes. */

/* Looks through what a dissection puts together, and at none of its fields. */
typedef struct {
  LecSink sink;
  const LecFindQuery *query;
  gboolean found;
} SourceSink;

static void
look_through_source (LecSink *sink, uint16_t number, const char *name, LecBytes bytes, const LecPiece *pieces,
                     unsigned n_pieces)
{
  SourceSink *sources = (SourceSink *) (void *) sink;
  uint32_t offset, length;

  if (!sources->found)
    sources->found = lec_find_query_in_bytes (sources->query, bytes, 0, &offset, &length);
}

/* Whether a message may begin in FRAME that goes on in others, or a datagram be whole with it. */
static gboolean
may_have_sources (const LecIndex *index, uint32_t frame)
{
  unsigned state = lec_index_state (index, frame);

  return (state & (LEC_FRAME_MESSAGE | LEC_FRAME_MARKED)) != 0 ||
         (lec_index_protocol (index, frame) == LEC_PROTOCOL_TLS && (state & LEC_FRAME_CONTINUES) == 0);
}

static gboolean
bytes_hold (LecTextSearch *search, LecFrameReader *reader, LecIndex *index, uint32_t frame)
{
  const LecRecord *record = lec_frame_reader_record (reader, frame);
  SourceSink sources = { .sink = { .source = look_through_source }, .query = search->query };
  uint32_t offset, length;

  if (lec_find_query_in_bytes (search->query, (LecBytes){ record->bytes, record->captured_bytes }, 0, &offset, &length))
    return TRUE;
  if (!may_have_sources (index, frame))
    return FALSE;
  lec_frame_reader_dissect (reader, frame, &sources.sink, LEC_SUMMARY_NONE);
  return sources.found;
}

gboolean
lec_text_search_run (LecTextSearch *search, LecFrameReader *reader, LecIndex *index, uint32_t from, uint32_t end,
                     LecBitmap *matches, const _Atomic unsigned *cancel)
{
  static gboolean (*const holds[]) (LecTextSearch * search, LecFrameReader * reader, LecIndex * index,
                                    uint32_t frame) = {
    [LEC_FIND_ROWS] = row_says,
    [LEC_FIND_DETAILS] = details_say,
    [LEC_FIND_BYTES] = bytes_hold,
  };
  LecFindWhere where = lec_find_query_where (search->query);

  /* How conversations stand is known only of those that were gone through. */
  lec_frame_reader_set_replay (reader, NULL, NULL);
  for (uint32_t frame = from; frame < end; frame++) {
    if (LEC_GET (*cancel))
      return FALSE;
    lec_bitmap_set (matches, frame, holds[where](search, reader, index, frame));
  }
  return TRUE;
}
