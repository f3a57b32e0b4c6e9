/* Replays in words: what the window's page about a conversation says. All translated; free with g_free(). */
#pragma once

#include "analysis/replay-series.h"

G_BEGIN_DECLS

/* Why there is no replay of CONVERSATION (or G_MAXUINT32): a sentence or two. */
char *lec_replay_dup_impossible (const LecIndex *index, uint32_t conversation);

/* "1,448 bytes", "64.2 kB", "1.5 MB". */
char *lec_replay_dup_bytes (uint64_t bytes);
/* What SIDE delivered a second: "9.4 Mbit/s"; "unknown". */
char *lec_replay_dup_goodput (const LecReplaySummary *summary, unsigned side);
/* "40 ms (30 ms to 51 ms)": the median, the least and the most; "unknown". */
char *lec_replay_dup_round_trips (LecRoundTrips trips);
/* "2 of 112 segments (1.8 %)". */
char *lec_replay_dup_retransmissions (const LecReplayDirection *direction);
/* What SIDE has in flight with STEP; "unknown". */
char *lec_replay_dup_in_flight (const LecReplayStep *step, unsigned side);
/* The window that SIDE told at STEP, "unknown, told as 501" where its scale is not known. */
char *lec_replay_dup_window (const LecReplay *replay, const LecReplayStep *step, unsigned side);
/* TRUE where the other side's window is so much larger than what SIDE ever had in flight that it is no use beside it.
 */
gboolean lec_replay_window_is_far (const LecReplaySeries *series, unsigned side);
/* What a curve comes to: "Client → server: up to 39 kB in flight, window up to 64 kB". */
char *lec_replay_dup_flight (const LecReplay *replay, const LecReplaySeries *series, unsigned side);
/* The same in short, for who sees the curve: "Client → server", and what the curve does not show. */
char *lec_replay_dup_flight_label (const LecReplaySeries *series, unsigned side);
/* "To the client and back: 40 ms (30 ms to 51 ms)". */
char *lec_replay_dup_trips (const LecReplay *replay, unsigned side);

/* "Frame 120, 0.2 s after the first". */
char *lec_replay_dup_moment (const LecReplay *replay, const LecReplayStep *step);
/* "Client → server: in flight 39 kB, window 64 kB", with STEP. */
char *lec_replay_dup_standing (const LecReplay *replay, const LecReplayStep *step, unsigned side);
/* What STEP's frame tells of the round trip, or why it tells nothing: a sentence. */
char *lec_replay_dup_round_trip (const LecReplay *replay, const LecReplayStep *step);

G_END_DECLS
