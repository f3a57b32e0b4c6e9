/* The index pass's checked fast path: the head of a common frame, without the dissectors. A property test holds the two
 * equal over every capture. */
#pragma once

#include "protocol/head.h"
#include "trace/trace.h"

G_BEGIN_DECLS

/* Fills HEAD from RECORD's bytes. FALSE where the dissectors must decide. */
gboolean lec_fast_head (const LecRecord *record, uint8_t fcs_bytes, LecHead *head);
/* The transport header of a whole IP payload: HEAD has its IP part, of which ip_protocol says what follows. FALSE where
 * there is none that can be read. */
gboolean lec_fast_transport (const uint8_t *bytes, uint32_t captured, uint32_t reported, LecHead *head);

G_END_DECLS
