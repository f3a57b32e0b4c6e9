#include "app/search.h"

#include <string.h>

struct LecSearch {
  LecDocument *document;
  LecSearchAccept accept;
  LecSearchFound found;
  void *data;
  char *expression; /* or text */
  gboolean is_text;
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
lec_search_free (LecSearch *self)
{
  g_clear_pointer (&self->matches, lec_matches_free);
  g_object_unref (self->document);
  g_free (self->expression);
  g_free (self);
}

/* FALSE: it is not known yet. */
static gboolean
find (LecSearch *self, uint32_t *frame)
{
  const LecBitmap *bitmap = lec_matches_bitmap (self->matches);
  uint32_t done = lec_matches_done (self->matches);
  uint32_t at = self->from;

  *frame = 0;
  if (self->forward) {
    while ((at = lec_bitmap_next (bitmap, at + 1, done)) != G_MAXUINT32) {
      if (self->accept (at, self->data)) {
        *frame = at;
        return TRUE;
      }
    }
    return lec_matches_finished (self->matches);
  }
  if (at > done && !lec_matches_finished (self->matches))
    return FALSE;
  at = MIN (at, done);
  while ((at = lec_bitmap_previous (bitmap, at)) != G_MAXUINT32 && at > 0) {
    if (self->accept (at, self->data)) {
      *frame = at;
      break;
    }
  }
  return TRUE;
}

static void
try (LecSearch *self)
{
  uint32_t frame;

  if (!find (self, &frame))
    return;
  self->waiting = FALSE;
  self->found (frame, self->data);
}

static void
matches_changed (LecSession *session, void *data)
{
  LecSearch *self = data;

  if (self->waiting && self->matches)
    try (self);
}

/* Takes MATCHES in place of what was looked for; EXPRESSION is what they stand for. */
static void
take (LecSearch *self, LecMatches *matches, const char *expression, gboolean is_text)
{
  g_clear_pointer (&self->matches, lec_matches_free);
  g_free (self->expression);
  self->expression = g_strdup (expression);
  self->is_text = is_text;
  self->waiting = FALSE;
  self->matches = matches;
}

gboolean
lec_search_set (LecSearch *self, const char *expression)
{
  LecSession *session = lec_document_session (self->document);
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter = NULL;

  if (!self->is_text && g_strcmp0 (expression, self->expression) == 0)
    return TRUE;
  filter = lec_filter_new (lec_session_registry (session), expression, &problem);
  lec_filter_problem_clear (&problem);
  if (!filter)
    return FALSE;
  take (self, lec_session_match (session, filter, matches_changed, self), expression, FALSE);
  return TRUE;
}

void
lec_search_set_text (LecSearch *self, const char *text)
{
  if (self->is_text && g_strcmp0 (text, self->expression) == 0)
    return;
  take (self, lec_session_match_text (lec_document_session (self->document), text, matches_changed, self), text, TRUE);
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
