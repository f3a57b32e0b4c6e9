#include "app/search.h"

#include <string.h>

struct LecSearch {
  LecDocument *document;
  LecSearchAccept accept;
  LecSearchFound found;
  LecSearchCounted counted; /* NULL: the search ends at the ends of the trace */
  void *data;
  char *expression; /* or query */
  LecFindQuery *query;
  LecMatches *matches;
  gboolean waiting; /* for the worker to come to the step's answer */
  uint32_t from;
  gboolean forward;
};

LecSearch *
lec_search_new (LecDocument *document, LecSearchAccept accept, LecSearchFound found, void *data)
{
  LecSearch *self = g_new0 (LecSearch, 1);

  self->document = g_object_ref (document);
  self->accept = accept;
  self->found = found;
  self->data = data;
  return self;
}

void
lec_search_set_endless (LecSearch *self, LecSearchCounted counted)
{
  self->counted = counted;
}

void
lec_search_free (LecSearch *self)
{
  g_clear_pointer (&self->matches, lec_matches_free);
  g_clear_pointer (&self->query, lec_find_query_unref);
  g_object_unref (self->document);
  g_free (self->expression);
  g_free (self);
}

/* The first match that is accepted from FIRST to END − 1, or the last of them; 0: there is none. */
static uint32_t
find_between (LecSearch *self, uint32_t first, uint32_t end, gboolean forward)
{
  const LecBitmap *bitmap = lec_matches_bitmap (self->matches);

  if (forward) {
    for (uint32_t at = first; (at = lec_bitmap_next (bitmap, at, end)) != G_MAXUINT32; at++)
      if (self->accept (at, self->data))
        return at;
    return 0;
  }
  for (uint32_t at = end; (at = lec_bitmap_previous (bitmap, at)) != G_MAXUINT32 && at >= first;)
    if (self->accept (at, self->data))
      return at;
  return 0;
}

/* FALSE: it is not known yet. What is judged is one stretch of frames. */
static gboolean
find (LecSearch *self, uint32_t *frame, gboolean *wrapped)
{
  uint32_t judged_first = lec_matches_first (self->matches), judged_end = lec_matches_done (self->matches);
  uint32_t from = MIN (self->from, G_MAXUINT32 - 1);
  gboolean finished = lec_matches_finished (self->matches);

  *wrapped = FALSE;
  if (self->forward && (finished || from + 1 >= judged_first))
    *frame = find_between (self, MAX (from + 1, 1), judged_end, TRUE);
  else if (!self->forward && (finished || from <= judged_end))
    *frame = find_between (self, judged_first, MIN (from, judged_end), FALSE);
  else
    *frame = 0;
  if (*frame == 0 && self->counted == NULL)
    return finished || (!self->forward && judged_first == 1 && from <= judged_end);
  if (*frame != 0 || !finished)
    return *frame != 0;
  /* Round the end, and last to where it began. */
  *wrapped = TRUE;
  *frame = self->forward ? find_between (self, 1, MIN (from + 1, judged_end), TRUE)
                         : find_between (self, MAX (from, 1), judged_end, FALSE);
  return TRUE;
}

static void
try (LecSearch *self)
{
  uint32_t frame;
  gboolean wrapped;

  if (!find (self, &frame, &wrapped))
    return;
  self->waiting = FALSE;
  self->found (frame, wrapped && frame != 0, self->data);
}

static void
matches_changed (LecSession *session, void *data)
{
  LecSearch *self = data;

  if (self->matches == NULL)
    return;
  if (self->waiting)
    try (self);
  if (self->counted != NULL)
    self->counted (self->data);
}

static void
forget (LecSearch *self)
{
  g_clear_pointer (&self->matches, lec_matches_free);
  g_clear_pointer (&self->query, lec_find_query_unref);
  g_clear_pointer (&self->expression, g_free);
  self->waiting = FALSE;
}

gboolean
lec_search_set (LecSearch *self, const char *expression, uint32_t frame)
{
  LecSession *session = lec_document_session (self->document);
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = NULL;

  if (self->expression != NULL && g_str_equal (expression, self->expression))
    return TRUE;
  filter = lec_filter_new (lec_session_registry (session), expression, &problem);
  lec_filter_problem_clear (&problem);
  if (!filter)
    return FALSE;
  forget (self);
  self->expression = g_strdup (expression);
  self->matches = lec_session_match_from (session, filter, frame, matches_changed, self);
  return TRUE;
}

void
lec_search_set_query (LecSearch *self, LecFindQuery *query, uint32_t frame)
{
  if (query == self->query)
    return;
  forget (self);
  self->query = lec_find_query_ref (query);
  self->matches = lec_session_find (lec_document_session (self->document), query, frame, matches_changed, self);
}

void
lec_search_step (LecSearch *self, uint32_t frame, gboolean forward)
{
  if (!self->matches)
    return;
  self->from = frame;
  self->forward = forward;
  self->waiting = TRUE;
  try (self);
}

uint32_t
lec_search_count (LecSearch *self)
{
  return self->matches ? lec_matches_count (self->matches) : 0;
}

gboolean
lec_search_is_finished (LecSearch *self)
{
  return self->matches != NULL && lec_matches_finished (self->matches);
}
