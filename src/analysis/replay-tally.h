/* What a TCP conversation comes to: round trips, bytes, goodput, retransmissions. Added up while it is gone through. */
#pragma once

#include "analysis/replayer.h"

G_BEGIN_DECLS

/* n = 0: there are none, and the rest is 0. */
typedef struct {
  uint32_t n;
  int64_t min_ns;
  int64_t median_ns;
  int64_t max_ns;
} LecRoundTrips;

/* One direction, by the side that sends. */
typedef struct {
  uint64_t n_segments;        /* what it sent that occupies sequence numbers; no copies, no keep-alives */
  uint64_t n_retransmissions; /* of them */
  uint64_t delivered_bytes;   /* payload that the other side acknowledged, each byte once */
  int64_t transfer_ns;        /* from its first payload to the last acknowledgment of any, at the place of capture */
  uint32_t largest_flight_bytes;
  uint32_t largest_flight_frame; /* 0 = none */
  uint32_t n_ambiguous;          /* acknowledgments by it that say nothing of time, because of Karn's rule */
  LecRoundTrips round_trips;     /* from the place of capture to this side and back */
} LecReplayDirection;

typedef struct {
  uint32_t n_frames;
  int64_t duration_ns;
  int64_t handshake_ns;     /* −1 = not known */
  uint32_t handshake_frame; /* with which it was, 0 = none */
  LecReplayDirection side[2];
} LecReplaySummary;

/* Round trips of one side, on the way. */
typedef struct {
  GArray *samples; /* int64_t, nanoseconds; NULL = none yet */
  uint32_t stride; /* one in so many is kept */
  uint32_t until_next;
} LecRoundTripSamples;

typedef struct {
  LecReplaySummary summary;
  LecRoundTripSamples samples[2];
  int64_t first_ns;
  int64_t first_payload_ns[2];
  bool has_payload[2];
} LecReplayTally;

void lec_replay_tally_clear (LecReplayTally *tally);
void lec_replay_tally_add (LecReplayTally *tally, const LecReplayer *replayer, const LecReplayStep *step,
                           const LecReplayEvent *event);
/* Over; makes the medians. TALLY's summary is good now. */
void lec_replay_tally_finish (LecReplayTally *tally);

/* Between both ends: to either from the place of capture, added; n = 0 where one of the two is not known. A maximum so
 * made is an upper bound. */
LecRoundTrips lec_replay_round_trips (const LecReplaySummary *summary);
/* What SIDE delivered, in bits per second (RFC 2647 §3.17), as it would see it itself wherever the capture was taken:
 * from its first payload to the last acknowledgment of any. 0 = not known. */
double lec_replay_goodput (const LecReplaySummary *summary, unsigned side);
/* Of all segments that both sides sent, the share that was sent again; −1 where there are none. */
double lec_replay_retransmission_rate (const LecReplaySummary *summary);

G_END_DECLS
