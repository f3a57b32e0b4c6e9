/* A replay as curves over time: what is in flight against the window, round trips, and what was sent again, in so many
 * buckets as a chart may have pixels, however many frames there are. */
#pragma once

#include "analysis/replay.h"

G_BEGIN_DECLS

/* A stretch of time in one direction, by the side that sends. Where nothing happens in it, what was goes on. */
typedef struct {
  gboolean has_flight; /* the first two are valid */
  gboolean has_window; /* the next two: the other side's window is known */
  uint32_t least_flight_bytes;
  uint32_t most_flight_bytes;
  uint32_t least_window_bytes;
  uint32_t most_window_bytes;
  int64_t least_trip_ns; /* from the place of capture to this side and back; −1 = none ends here */
  int64_t most_trip_ns;
  uint32_t n_retransmissions; /* by this side */
  uint32_t n_ambiguous;       /* acknowledgments by it that say nothing of time */
} LecReplayBucket;

typedef struct {
  int64_t start_ns;
  int64_t end_ns;
  unsigned n_buckets;
  LecReplayBucket *buckets[2];
  uint32_t most_flight_bytes[2]; /* of all buckets */
  uint32_t most_window_bytes[2];
  int64_t most_trip_ns[2]; /* −1 = there is none */
  uint32_t n_retransmissions[2];
  uint32_t n_ambiguous[2];
} LecReplaySeries;

/* Takes time that grows with the replay, but little: some ten milliseconds for a million frames. N_BUCKETS is 1 or
 * more. */
LecReplaySeries *lec_replay_series_new (const LecReplay *replay, unsigned n_buckets);
void lec_replay_series_free (LecReplaySeries *series);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReplaySeries, lec_replay_series_free)
/* The bucket that TIME_NS falls into; outside, the nearest. */
unsigned lec_replay_series_bucket (const LecReplaySeries *series, int64_t time_ns);
/* Widens SUM by BUCKET, so that it is about both. */
void lec_replay_bucket_add (LecReplayBucket *sum, const LecReplayBucket *bucket);

G_END_DECLS
