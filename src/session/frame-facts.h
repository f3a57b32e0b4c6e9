/* What replays say of frames, as far as it was asked for: the owner's own small table, filled by the worker. So a list
 * shows such a value where it is at hand, and asks where it is not; nothing waits. */
#pragma once

#include "analysis/replay.h"

G_BEGIN_DECLS

typedef struct LecFrameFacts LecFrameFacts;

/* An answer of the worker's. */
typedef struct {
  uint32_t frame;
  gboolean known; /* FALSE: there is nothing to say of it */
  LecReplayFacts facts;
} LecFrameFactsEntry;

LecFrameFacts *lec_frame_facts_new (void);
void lec_frame_facts_free (LecFrameFacts *table);
/* FALSE where nothing is known of FRAME; it is asked for then, unless it was before. */
gboolean lec_frame_facts_find (LecFrameFacts *table, uint32_t frame, LecReplayFacts *facts);
/* The frames to ask the worker for now (uint32_t, in the order in which they were wanted); NULL: none, or it is at some
 * still. The caller's. */
GArray *lec_frame_facts_take_wanted (LecFrameFacts *table);
/* The answer to them: ENTRIES are LecFrameFactsEntry. */
void lec_frame_facts_add (LecFrameFacts *table, const GArray *entries);
/* An answer is still to come. */
gboolean lec_frame_facts_is_waiting (const LecFrameFacts *table);
/* Counts answers. */
uint32_t lec_frame_facts_generation (const LecFrameFacts *table);

G_END_DECLS
