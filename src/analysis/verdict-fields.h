/* Announces verdicts, and remarks on the capture, as fields of a dissection. */
#pragma once

#include "analysis/index.h"
#include "protocol/dissection.h"

G_BEGIN_DECLS

/* Adds every verdict about FRAME, and every remark, inside the node that is open. */
void lec_verdict_fields_add (const LecIndex *index, LecDissection *dissection, uint32_t frame);

/* What is the same for very many verdicts: most fields depend on nothing else. */
#define LEC_VERDICT_KEYS 32768u
/* Below LEC_VERDICT_KEYS. May change while the trace is loading. */
uint32_t lec_verdict_fields_key (const LecVerdict *verdict);
/* Whether verdicts of one key have the same values of FIELD, which is one of lec_verdict_protocol. */
gboolean lec_verdict_fields_depend_on_key (const LecField *field);
/* As lec_verdict_fields_add(), of VERDICT alone. */
void lec_verdict_fields_add_one (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict);

G_END_DECLS
