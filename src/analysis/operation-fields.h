/* The operation that a frame belongs to, announced as fields. */
#pragma once

#include "analysis/index.h"
#include "protocol/dissection.h"

G_BEGIN_DECLS

/* Words of filters, of lectern-cli and of its JSON; not translated. */
const char *lec_operation_kind_name (LecOperationKind kind);
const char *lec_outcome_name (LecOutcome outcome);

/* Adds those of the operation that owns FRAME, if one does. Any thread. */
void lec_operation_fields_add (const LecIndex *index, LecDissection *dissection, uint32_t frame);

/* The value of the field at PLACE in lec_operation_protocol.fields; FALSE where it has none, or none that is a number.
 */
gboolean lec_operation_field_number (const LecIndex *index, const LecOperation *operation, unsigned place,
                                     uint64_t *number);

G_END_DECLS
