#include "analysis/story-lines.h"

#include "base/publish.h"

static void
free_line (void *data)
{
  LecStoryLine *line = data;

  g_free (line->text);
  g_free (line->filter);
  g_free (line);
}

static gboolean
tell (GPtrArray *lines, const LecTelling *telling, LecTeller teller)
{
  LecStoryLine *line = g_new0 (LecStoryLine, 1);

  if (teller (telling, line)) {
    g_ptr_array_add (lines, line);
    return TRUE;
  }
  free_line (line);
  return FALSE;
}

static int
compare_lines (gconstpointer one, gconstpointer other)
{
  const LecStoryLine *const *a = one, *const *b = other;

  return (int) (*b)->weight - (int) (*a)->weight;
}

GPtrArray *
lec_story_new (const LecIndex *index, const _Atomic unsigned *cancel)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);
  g_autofree LecStoryFacts *facts = g_new (LecStoryFacts, 1);
  LecTelling telling = { index, facts };

  lec_story_facts_gather (facts, index, cancel);
  if (!facts->n_frames || (cancel && LEC_GET (*cancel)))
    return lines;
  for (const LecTeller *teller = lec_story_troubles; *teller; teller++)
    tell (lines, &telling, *teller);
  g_ptr_array_sort (lines, compare_lines);
  /* Who talks is told in any case. */
  if (lines->len >= LEC_STORY_LINES)
    g_ptr_array_remove_range (lines, LEC_STORY_LINES - 1, lines->len - LEC_STORY_LINES + 1);
  tell (lines, &telling, lec_story_tell_who);
  tell (lines, &telling, lec_story_tell_peace);
  g_ptr_array_sort (lines, compare_lines);
  return lines;
}
