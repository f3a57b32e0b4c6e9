#include "session/text-search.h"

#include <string.h>

#include "base/publish.h"

/* Of one worker. */
struct LecTextSearch {
  char *text;
  GString *line;
  LecRowFacts facts;
};

LecTextSearch *
lec_text_search_new (const char *text)
{
  LecTextSearch *search = g_new0 (LecTextSearch, 1);

  search->text = g_strdup (text);
  search->line = g_string_new (NULL);
  lec_row_facts_init (&search->facts);
  return search;
}

void
lec_text_search_free (LecTextSearch *search)
{
  lec_row_facts_clear (&search->facts);
  g_string_free (search->line, TRUE);
  g_free (search->text);
  g_free (search);
}

/* In any case of letters, as far as ASCII goes: summaries are made of protocol words. */
static gboolean
says (const LecTextSearch *search, const char *line)
{
  return line && strcasestr (line, search->text) != NULL;
}

static gboolean
frame_says (LecTextSearch *search, LecFrameReader *reader, uint32_t frame)
{
  const LecDissection *dissection = lec_row_facts_read (&search->facts, reader, frame, LEC_SUMMARY_ALL);

  for (unsigned i = 0; i < dissection->n_layers; i++) {
    if (says (search, dissection->layers[i].summary))
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
  return says (search, search->line->str);
}

gboolean
lec_text_search_run (LecTextSearch *search, LecFrameReader *reader, LecIndex *index, uint32_t from, uint32_t end,
                     LecBitmap *matches, const _Atomic unsigned *cancel)
{
  for (uint32_t frame = from; frame < end; frame++) {
    if (LEC_GET (*cancel))
      return FALSE;
    lec_bitmap_set (matches, frame,
                    frame_says (search, reader, frame) || operation_says (search, reader, index, frame));
  }
  return TRUE;
}
