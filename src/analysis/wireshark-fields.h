/* Announces what Wireshark's rules say of a frame as fields of its dissection. */
#pragma once

#include "analysis/replay.h"
#include "protocol/dissection.h"

G_BEGIN_DECLS

/* TRUE where the sink of DISSECTION wants any of them: only then need a replay be made. */
gboolean lec_wireshark_fields_wanted (const LecDissection *dissection);
/* Adds them inside the node that is open; nothing where there is nothing to say. */
void lec_wireshark_fields_add (const LecIndex *index, LecDissection *dissection, const LecReplayFacts *facts);

G_END_DECLS
