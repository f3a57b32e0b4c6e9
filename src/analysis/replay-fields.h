/* Announces what a replay says of a frame as fields of its dissection. */
#pragma once

#include "analysis/replay.h"
#include "protocol/dissection.h"

G_BEGIN_DECLS

/* TRUE where the sink of DISSECTION wants any of them: only then need a replay be made. */
gboolean lec_replay_fields_wanted (const LecDissection *dissection);
/* Adds them inside the node that is open. */
void lec_replay_fields_add (LecDissection *dissection, const LecReplayFacts *facts);

G_END_DECLS
