/* Where the session's worker makes replays of conversations, and keeps the latest. The worker's only. */
#pragma once

#include "analysis/surroundings.h"

G_BEGIN_DECLS

typedef struct LecReplayDesk LecReplayDesk;

LecReplayDesk *lec_replay_desk_new (LecIndex *index);
void lec_replay_desk_free (LecReplayDesk *desk);
/* The replay of CONVERSATION (which is TCP's) where it is at hand; else works on it for some milliseconds, and then it
 * may be. NULL: call again. Another conversation's that was worked on is given up. Borrowed, until the next call. */
LecReplay *lec_replay_desk_work (LecReplayDesk *desk, uint32_t conversation);
/* What a replay says of FRAME, for a frame reader (LecReplayFactsFunc); works on it as above. */
gboolean lec_replay_desk_facts (void *desk, uint32_t frame, LecReplayFacts *facts);
/* TRUE where a replay was asked for since the last call, and would have taken longer. */
gboolean lec_replay_desk_take_missed (LecReplayDesk *desk);

G_END_DECLS
