#include "analysis/replay-series.h"

void
lec_replay_series_free (LecReplaySeries *series)
{
  if (!series)
    return;
  g_free (series->buckets[0]);
  g_free (series->buckets[1]);
  g_free (series);
}

unsigned
lec_replay_series_bucket (const LecReplaySeries *series, int64_t time_ns)
{
  double span = (double) (series->end_ns - series->start_ns) + 1;
  double at = (double) (time_ns - series->start_ns) / span * series->n_buckets;

  return (unsigned) CLAMP (at, 0, (double) (series->n_buckets - 1));
}

static void
widen (uint32_t *least, uint32_t *most, gboolean *has, uint32_t value)
{
  *least = *has ? MIN (*least, value) : value;
  *most = *has ? MAX (*most, value) : value;
  *has = TRUE;
}

static void
widen_trips (LecReplayBucket *bucket, int64_t least_ns, int64_t most_ns)
{
  bucket->least_trip_ns = bucket->least_trip_ns < 0 ? least_ns : MIN (bucket->least_trip_ns, least_ns);
  bucket->most_trip_ns = MAX (bucket->most_trip_ns, most_ns);
}

void
lec_replay_bucket_add (LecReplayBucket *sum, const LecReplayBucket *bucket)
{
  if (bucket->has_flight) {
    widen (&sum->least_flight_bytes, &sum->most_flight_bytes, &sum->has_flight, bucket->least_flight_bytes);
    widen (&sum->least_flight_bytes, &sum->most_flight_bytes, &sum->has_flight, bucket->most_flight_bytes);
  }
  if (bucket->has_window) {
    widen (&sum->least_window_bytes, &sum->most_window_bytes, &sum->has_window, bucket->least_window_bytes);
    widen (&sum->least_window_bytes, &sum->most_window_bytes, &sum->has_window, bucket->most_window_bytes);
  }
  if (bucket->least_trip_ns >= 0)
    widen_trips (sum, bucket->least_trip_ns, bucket->most_trip_ns);
  sum->n_retransmissions += bucket->n_retransmissions;
  sum->n_ambiguous += bucket->n_ambiguous;
}

/* How things stand goes on from the bucket LAST to the one before END. */
static void
hold (LecReplaySeries *series, const LecReplay *replay, const LecReplayStep *step, unsigned last, unsigned end)
{
  for (unsigned side = 0; side < 2; side++) {
    gboolean has_flight = (step->flags & LEC_STEP_FLIGHT_KNOWN_0 << side) != 0;
    uint32_t window_bytes;
    gboolean has_window = lec_replay_window (step, replay->window_shift, !side, &window_bytes);
    for (unsigned i = last; i < end; i++) {
      LecReplayBucket *bucket = &series->buckets[side][i];
      if (has_flight)
        widen (&bucket->least_flight_bytes, &bucket->most_flight_bytes, &bucket->has_flight, step->in_flight[side]);
      if (has_window)
        widen (&bucket->least_window_bytes, &bucket->most_window_bytes, &bucket->has_window, window_bytes);
    }
  }
}

static void
count (LecReplaySeries *series, const LecReplay *replay, const LecReplayStep *step, unsigned at)
{
  unsigned side = (lec_index_state (replay->index, step->frame) & LEC_FRAME_SIDE) != 0;
  LecReplayBucket *bucket = &series->buckets[side][at];

  if (step->timed_frame) {
    int64_t span_ns =
        lec_index_time_ns (replay->index, step->frame) - lec_index_time_ns (replay->index, step->timed_frame);
    widen_trips (bucket, span_ns, span_ns);
  }
  if (step->flags & LEC_STEP_RETRANSMISSION)
    bucket->n_retransmissions++;
  if (step->flags & LEC_STEP_AMBIGUOUS)
    bucket->n_ambiguous++;
}

static void
fill (LecReplaySeries *series, const LecReplay *replay)
{
  const LecReplayStep *former = NULL;
  unsigned reached = 0; /* the bucket of the step before, or a later one where the clock was set back */

  for (uint32_t i = 0; i < replay->n_steps; i++) {
    const LecReplayStep *step = &replay->steps[i];
    int64_t time_ns = lec_index_time_ns (replay->index, step->frame);
    unsigned at = lec_replay_series_bucket (series, time_ns);
    if (former && at > reached)
      hold (series, replay, former, reached + 1, at + 1);
    hold (series, replay, step, at, at + 1);
    count (series, replay, step, at);
    former = step;
    reached = MAX (reached, at);
  }
}

static void
find_most (LecReplaySeries *series, unsigned side)
{
  series->most_trip_ns[side] = -1;
  for (unsigned i = 0; i < series->n_buckets; i++) {
    const LecReplayBucket *bucket = &series->buckets[side][i];
    if (bucket->has_flight)
      series->most_flight_bytes[side] = MAX (series->most_flight_bytes[side], bucket->most_flight_bytes);
    if (bucket->has_window)
      series->most_window_bytes[side] = MAX (series->most_window_bytes[side], bucket->most_window_bytes);
    series->most_trip_ns[side] = MAX (series->most_trip_ns[side], bucket->most_trip_ns);
    series->n_retransmissions[side] += bucket->n_retransmissions;
    series->n_ambiguous[side] += bucket->n_ambiguous;
  }
}

LecReplaySeries *
lec_replay_series_new (const LecReplay *replay, unsigned n_buckets)
{
  LecReplaySeries *series = g_new0 (LecReplaySeries, 1);

  series->start_ns = replay->start_ns;
  series->end_ns = replay->end_ns;
  series->n_buckets = n_buckets;
  for (unsigned side = 0; side < 2; side++) {
    series->buckets[side] = g_new0 (LecReplayBucket, n_buckets);
    for (unsigned i = 0; i < n_buckets; i++)
      series->buckets[side][i].least_trip_ns = series->buckets[side][i].most_trip_ns = -1;
  }
  fill (series, replay);
  find_most (series, 0);
  find_most (series, 1);
  return series;
}
