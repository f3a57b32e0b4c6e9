#include "app/history.h"

/* Far more than anyone goes back. */
#define LONGEST 500u

struct LecHistory {
  GArray *frames; /* uint32_t */
  guint current;  /* in frames; meaningless while that is empty */
};

LecHistory *
lec_history_new (void)
{
  LecHistory *self = g_new0 (LecHistory, 1);

  self->frames = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  return self;
}

void
lec_history_free (LecHistory *self)
{
  g_array_unref (self->frames);
  g_free (self);
}

void
lec_history_visit (LecHistory *self, uint32_t frame)
{
  if (self->frames->len && g_array_index (self->frames, uint32_t, self->current) == frame)
    return;
  if (self->frames->len)
    g_array_set_size (self->frames, self->current + 1);
  if (self->frames->len == LONGEST)
    g_array_remove_index (self->frames, 0);
  g_array_append_val (self->frames, frame);
  self->current = self->frames->len - 1;
}

uint32_t
lec_history_peek (const LecHistory *self, int step)
{
  gint64 at = (gint64) self->current + step;

  return at >= 0 && at < self->frames->len ? g_array_index (self->frames, uint32_t, at) : 0;
}

void
lec_history_move (LecHistory *self, int step)
{
  if (lec_history_peek (self, step))
    self->current += step;
}
