#include "analysis/replay-tally.h"

#include <math.h>

#include "base/limits.h"

void
lec_replay_tally_clear (LecReplayTally *tally)
{
  for (unsigned side = 0; side < 2; side++)
    g_clear_pointer (&tally->samples[side].samples, g_array_unref);
}

/* Too many: from now on one in twice as many. */
static void
thin_out (LecRoundTripSamples *samples)
{
  unsigned kept = 0;

  for (unsigned i = 0; i < samples->samples->len; i += 2)
    g_array_index (samples->samples, int64_t, kept++) = g_array_index (samples->samples, int64_t, i);
  g_array_set_size (samples->samples, kept);
  samples->stride *= 2;
}

static void
keep_sample (LecRoundTripSamples *samples, int64_t span_ns)
{
  if (!samples->samples) {
    samples->samples = g_array_new (FALSE, FALSE, sizeof (int64_t));
    samples->stride = 1;
  }
  if (samples->until_next > 0) {
    samples->until_next--;
    return;
  }
  samples->until_next = samples->stride - 1;
  g_array_append_val (samples->samples, span_ns);
  if (samples->samples->len >= LEC_LIMIT_ROUND_TRIPS)
    thin_out (samples);
}

static void
add_round_trip (LecReplayTally *tally, unsigned side, int64_t span_ns)
{
  LecRoundTrips *trips = &tally->summary.side[side].round_trips;

  trips->min_ns = trips->n ? MIN (trips->min_ns, span_ns) : span_ns;
  trips->max_ns = trips->n ? MAX (trips->max_ns, span_ns) : span_ns;
  trips->n++;
  keep_sample (&tally->samples[side], span_ns);
}

static void
add_flight (LecReplayDirection *direction, uint32_t in_flight_bytes, uint32_t frame)
{
  if (in_flight_bytes <= direction->largest_flight_bytes)
    return;
  direction->largest_flight_bytes = in_flight_bytes;
  direction->largest_flight_frame = frame;
}

void
lec_replay_tally_add (LecReplayTally *tally, const LecReplayer *replayer, const LecReplayStep *step,
                      const LecReplayEvent *event)
{
  LecReplaySummary *summary = &tally->summary;
  LecReplayDirection *sent = &summary->side[event->side], *acknowledged = &summary->side[!event->side];
  int64_t time_ns = lec_index_time_ns (replayer->index, step->frame);

  if (summary->n_frames++ == 0) {
    tally->first_ns = time_ns;
    summary->handshake_ns = -1;
  }
  summary->duration_ns = MAX (summary->duration_ns, time_ns - tally->first_ns);
  sent->n_segments += event->in_sequence_space;
  sent->n_retransmissions += event->in_sequence_space && event->retransmission;
  sent->n_ambiguous += (step->flags & LEC_STEP_AMBIGUOUS) != 0;
  if (event->round_trip_ns >= 0)
    add_round_trip (tally, event->side, event->round_trip_ns);
  for (unsigned side = 0; side < 2; side++)
    if (step->flags & LEC_STEP_FLIGHT_KNOWN_0 << side)
      add_flight (&summary->side[side], step->in_flight[side], step->frame);
  if (event->payload_bytes && !tally->has_payload[event->side]) {
    tally->has_payload[event->side] = true;
    tally->first_payload_ns[event->side] = time_ns;
  }
  if (event->newly_acknowledged && tally->has_payload[!event->side]) {
    acknowledged->delivered_bytes += event->newly_acknowledged;
    acknowledged->transfer_ns = MAX (0, time_ns - tally->first_payload_ns[!event->side]);
  }
  if (!summary->handshake_frame && (summary->handshake_ns = lec_replayer_handshake_ns (replayer)) >= 0)
    summary->handshake_frame = step->frame;
}

static int
compare_spans (const void *a, const void *b)
{
  int64_t left = *(const int64_t *) a, right = *(const int64_t *) b;
  return left < right ? -1 : left > right;
}

void
lec_replay_tally_finish (LecReplayTally *tally)
{
  if (tally->summary.n_frames == 0)
    tally->summary.handshake_ns = -1;
  for (unsigned side = 0; side < 2; side++) {
    GArray *samples = tally->samples[side].samples;
    if (!samples)
      continue;
    g_array_sort (samples, compare_spans);
    int64_t low = g_array_index (samples, int64_t, (samples->len - 1) / 2);
    int64_t high = g_array_index (samples, int64_t, samples->len / 2);
    tally->summary.side[side].round_trips.median_ns = low + (high - low) / 2;
  }
}

LecRoundTrips
lec_replay_round_trips (const LecReplaySummary *summary)
{
  const LecRoundTrips *a = &summary->side[0].round_trips, *b = &summary->side[1].round_trips;

  if (!a->n || !b->n)
    return (LecRoundTrips){ 0 };
  return (LecRoundTrips){ .n = a->n + b->n,
                          .min_ns = a->min_ns + b->min_ns,
                          .median_ns = a->median_ns + b->median_ns,
                          .max_ns = a->max_ns + b->max_ns };
}

double
lec_replay_goodput (const LecReplaySummary *summary, unsigned side)
{
  const LecReplayDirection *direction = &summary->side[side];
  /* What passes here left its sender so much earlier, and the answer gets there so much later. */
  int64_t span_ns = direction->transfer_ns + direction->round_trips.min_ns;

  return span_ns > 0 ? (double) direction->delivered_bytes * 8 * 1e9 / (double) span_ns : 0;
}

double
lec_replay_retransmission_rate (const LecReplaySummary *summary)
{
  uint64_t n = summary->side[0].n_segments + summary->side[1].n_segments;

  return n ? (double) (summary->side[0].n_retransmissions + summary->side[1].n_retransmissions) / (double) n : -1;
}
