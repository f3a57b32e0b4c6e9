#include "app/window-private.h"

/* What the list shows is about to go: it is noted, and, on the way back or forward, where the list is to stand next. */
static void
filter_changing (LecWindow *self)
{
  LecListPlace place;

  lec_message_list_get_place (self->list, &place);
  lec_filter_trail_leave (self->trail, &place);
  if (self->trail_step && lec_filter_trail_peek (self->trail, self->trail_step, &place))
    lec_message_list_set_place (self->list, &place);
}

static void
filter_changed (LecWindow *self)
{
  if (!self->trail_step)
    lec_filter_trail_visit (self->trail, lec_document_filter_tiers (self->document));
}

void
lec_window_begin_trail (LecWindow *self)
{
  g_clear_pointer (&self->trail, lec_filter_trail_free);
  self->trail = lec_filter_trail_new ();
  g_signal_connect_swapped (self->document, "filter-changing", G_CALLBACK (filter_changing), self);
  g_signal_connect_swapped (self->document, "filter-changed", G_CALLBACK (filter_changed), self);
}

static void
go (LecWindow *self, int step)
{
  const LecFilterTiers *tiers = lec_filter_trail_peek (self->trail, step, NULL);

  if (!tiers)
    return;
  self->trail_step = step;
  lec_document_set_tiers (self->document, tiers, NULL);
  self->trail_step = 0;
  lec_filter_trail_move (self->trail, step);
  lec_window_update_trail_actions (self);
}

static void
back (GSimpleAction *action, GVariant *parameter, void *data)
{
  go (data, -1);
}

static void
forward (GSimpleAction *action, GVariant *parameter, void *data)
{
  go (data, +1);
}

static const GActionEntry entries[] = {
  { "filter-back", back, NULL, NULL, NULL },
  { "filter-forward", forward, NULL, NULL, NULL },
};

void
lec_window_add_trail_actions (LecWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
lec_window_update_trail_actions (LecWindow *self)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (entries); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name);
    gboolean possible = self->document && lec_filter_trail_peek (self->trail, i == 0 ? -1 : +1, NULL);

    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), possible);
  }
}
