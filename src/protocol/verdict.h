/* Fields of Lectern's own verdicts. They stand in the registry beside the protocols', so that filter, columns, details
 * and export know them by the same names; src/analysis announces them. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* Places in lec_verdict_protocol.fields. */
enum {
  LEC_VERDICT_FIELD_SELF,
  LEC_VERDICT_FIELD_KIND,
  LEC_VERDICT_FIELD_CONFIDENCE,
  LEC_VERDICT_FIELD_OF,
  LEC_VERDICT_FIELD_FIRST,
  LEC_VERDICT_FIELD_TYPES,
  LEC_VERDICT_FIELD_LEVELS,
  LEC_VERDICT_FIELD_FLAGS,
  LEC_VERDICT_FIELD_RETRANSMISSION,
  LEC_VERDICT_FIELD_PROBLEM,
  LEC_VERDICT_FIELD_COPY,       /* groups what is said of a packet that was captured twice */
  LEC_VERDICT_FIELD_UNANSWERED, /* groups what is said of a request, as …_FLAGS what is said of a segment */
  LEC_VERDICT_FIELD_REMARK,
};

extern const LecProtocol lec_verdict_protocol;

G_END_DECLS
