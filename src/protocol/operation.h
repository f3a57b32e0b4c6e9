/* Fields of the operation that a frame belongs to. They stand in the registry beside the protocols', so that filter,
 * columns, details and export know them by the same names; src/analysis announces them. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* Places in lec_operation_protocol.fields. */
enum {
  LEC_OPERATION_FIELD_SELF,
  LEC_OPERATION_FIELD_KIND,
  LEC_OPERATION_FIELD_OUTCOME,
  LEC_OPERATION_FIELD_METHOD,
  LEC_OPERATION_FIELD_STATUS,
  LEC_OPERATION_FIELD_REQUEST,
  LEC_OPERATION_FIELD_RESPONSE,
  LEC_OPERATION_FIELD_FIRST_BYTE,
  LEC_OPERATION_FIELD_LAST_BYTE,
  LEC_OPERATION_FIELD_RESENDS,
  LEC_OPERATION_N_FIELDS,
};

extern const LecProtocol lec_operation_protocol;

G_END_DECLS
