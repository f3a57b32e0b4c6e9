/* All TCP conversations of a trace gone through at once, frame by frame in the order of the trace: for who asks about
 * one frame after the other (filters, the command line). Takes memory only for conversations that go on. One thread. */
#pragma once

#include "analysis/replay.h"

G_BEGIN_DECLS

typedef struct LecReplayStream LecReplayStream;

/* Called for each conversation after its last frame; those of a trace that is still being read, at the end. */
typedef void (*LecReplayStreamFunc) (uint32_t conversation, const LecReplaySummary *summary, void *data);

/* OVER and DATA may be NULL: then nothing is added up. */
LecReplayStream *lec_replay_stream_new (const LecIndex *index, LecReplayStreamFunc over, void *data);
/* Tells of those that go on still, where they are told of. */
void lec_replay_stream_free (LecReplayStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecReplayStream, lec_replay_stream_free)
/* Goes up to FRAME, which is published. Stops early once *CANCEL (which may be NULL) is not 0. */
void lec_replay_stream_advance (LecReplayStream *stream, uint32_t frame, const _Atomic unsigned *cancel);
/* Goes there, from the start again where it is past it already, and says how things stand. FALSE where FRAME is no TCP
 * segment. */
gboolean lec_replay_stream_facts (LecReplayStream *stream, uint32_t frame, LecReplayFacts *facts);

G_END_DECLS
