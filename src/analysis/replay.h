/* A replay: one TCP conversation gone through from its first frame on, and what was found of each of them. Made on
 * demand, never while the trace is read; immutable once it is made, and may be shared between threads. */
#pragma once

#include "analysis/replay-tally.h"

G_BEGIN_DECLS

/* What a replay says of one frame. */
typedef struct {
  LecReplayStep step;
  unsigned side;          /* that sent it */
  int64_t round_trip_ns;  /* that the frame ends, −1 = none */
  int64_t handshake_ns;   /* −1 = not known, or not yet with this frame */
  int8_t window_shift[2]; /* −1 unknown, −2 not used */
  LecWiresharkFinding wireshark;
} LecReplayFacts;

/* The window that SIDE told, in bytes; FALSE where none was told yet, or its scale is not known. */
gboolean lec_replay_window (const LecReplayStep *step, const int8_t window_shift[2], unsigned side,
                            uint32_t *window_bytes);

typedef struct {
  _Atomic unsigned references;
  const LecIndex *index; /* borrowed: a replay is of no use after it */
  uint32_t conversation;
  uint32_t n_steps;
  LecReplayStep *steps;           /* in order of frames */
  LecWiresharkFinding *wireshark; /* of the same frames */
  gboolean cut;        /* there are more frames than steps: LEC_LIMIT_REPLAY_STEPS; the summary is about all */
  uint32_t last_frame; /* of those that it is about */
  gboolean final;      /* the whole trace had been read when it was made */
  int8_t window_shift[2];
  int64_t start_ns; /* of the first frame and the last one */
  int64_t end_ns;
  LecReplaySummary summary;
} LecReplay;

/* Any thread. */
LecReplay *lec_replay_ref (LecReplay *replay);
void lec_replay_unref (LecReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReplay, lec_replay_unref)
/* Memory that it takes. */
size_t lec_replay_bytes (const LecReplay *replay);
/* The step of FRAME or, where that is none of the conversation's, the last one before it; −1 = it has none. */
int64_t lec_replay_find (const LecReplay *replay, uint32_t frame);
/* What it says of FRAME; FALSE where that has no step. */
gboolean lec_replay_facts (const LecReplay *replay, uint32_t frame, LecReplayFacts *facts);
/* The same for a frame reader (LecReplayFactsFunc): DATA is the replay. */
gboolean lec_replay_facts_of (void *data, uint32_t frame, LecReplayFacts *facts);

/* TRUE where there can be one: CONVERSATION (or G_MAXUINT32) is TCP's. */
gboolean lec_replay_is_possible (const LecIndex *index, uint32_t conversation);
/* Makes one of CONVERSATION at once: for the command line and tests. */
LecReplay *lec_replay_new (const LecIndex *index, uint32_t conversation) G_GNUC_WARN_UNUSED_RESULT;

/* The making of one. One thread. */
typedef struct LecReplayWalk LecReplayWalk;

/* Of CONVERSATION, which is TCP's, as far as it is published now. */
LecReplayWalk *lec_replay_walk_new (const LecIndex *index, uint32_t conversation);
/* Goes on for some milliseconds at most; TRUE once the end is reached. */
gboolean lec_replay_walk_on (LecReplayWalk *walk);
/* The replay, once the end is reached. The caller's. */
LecReplay *lec_replay_walk_finish (LecReplayWalk *walk);
void lec_replay_walk_free (LecReplayWalk *walk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReplayWalk, lec_replay_walk_free)

G_END_DECLS
