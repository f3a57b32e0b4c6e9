/* Announces verdicts, and remarks on the capture, as fields of a dissection. */
#pragma once

#include "analysis/index.h"
#include "protocol/dissection.h"

G_BEGIN_DECLS

/* Adds every verdict about FRAME, and every remark, inside the node that is open. */
void lec_verdict_fields_add (const LecIndex *index, LecDissection *dissection, uint32_t frame);

G_END_DECLS
