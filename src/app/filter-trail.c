#include "app/filter-trail.h"

/* Far more than anyone goes back. */
#define LONGEST 200u

typedef struct {
  LecFilterTiers *tiers;
  LecListPlace place;
} Station;

struct LecFilterTrail {
  GArray *stations; /* of Station, never empty */
  guint current;
};

static void
station_clear (void *data)
{
  lec_filter_tiers_free (((Station *) data)->tiers);
}

static Station *
station_at (const LecFilterTrail *self, guint i)
{
  return &g_array_index (self->stations, Station, i);
}

LecFilterTrail *
lec_filter_trail_new (void)
{
  LecFilterTrail *self = g_new0 (LecFilterTrail, 1);
  Station first = { .tiers = lec_filter_tiers_new () };

  self->stations = g_array_new (FALSE, FALSE, sizeof (Station));
  g_array_set_clear_func (self->stations, station_clear);
  g_array_append_val (self->stations, first);
  return self;
}

void
lec_filter_trail_free (LecFilterTrail *self)
{
  g_array_unref (self->stations);
  g_free (self);
}

void
lec_filter_trail_leave (LecFilterTrail *self, const LecListPlace *place)
{
  station_at (self, self->current)->place = *place;
}

void
lec_filter_trail_visit (LecFilterTrail *self, const LecFilterTiers *tiers)
{
  Station station = { 0 };

  if (lec_filter_tiers_equal (station_at (self, self->current)->tiers, tiers))
    return;
  g_array_set_size (self->stations, self->current + 1);
  if (self->stations->len == LONGEST)
    g_array_remove_index (self->stations, 0);
  station.tiers = lec_filter_tiers_copy (tiers);
  g_array_append_val (self->stations, station);
  self->current = self->stations->len - 1;
}

const LecFilterTiers *
lec_filter_trail_peek (const LecFilterTrail *self, int step, LecListPlace *place)
{
  gint64 at = (gint64) self->current + step;

  if (at < 0 || at >= self->stations->len)
    return NULL;
  if (place)
    *place = station_at (self, (guint) at)->place;
  return station_at (self, (guint) at)->tiers;
}

void
lec_filter_trail_move (LecFilterTrail *self, int step)
{
  if (lec_filter_trail_peek (self, step, NULL))
    self->current += step;
}
