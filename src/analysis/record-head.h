/* The head of a record: by the fast path, or where that leaves it, by the dissectors themselves. */
#pragma once

#include "protocol/head.h"
#include "trace/trace.h"

G_BEGIN_DECLS

/* Pointers in HEAD lead into RECORD's bytes. INTERFACE may be NULL where the trace names none. */
void lec_record_head (const LecRecord *record, const LecInterface *interface, LecHead *head);

G_END_DECLS
