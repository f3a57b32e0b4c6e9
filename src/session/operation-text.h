/* An operation in one line. */
#pragma once

#include "analysis/index.h"
#include "session/row-facts.h"

G_BEGIN_DECLS

/* What an operation's summary is made from. FACTS is a place to work in. */
typedef struct {
  LecIndex *index;
  LecFrameReader *reader;
  LecRowFacts *facts;
} LecOperationTexts;

/* Appends the summary of OPERATION: "302 Found · GET / · first byte 41 ms → http://www.example.com/". */
void lec_operation_append_summary (GString *text, const LecOperationTexts *texts, uint32_t operation);
/* The frame that speaks for it: an answer, or else what asked. */
uint32_t lec_operation_representative (LecIndex *index, uint32_t operation);
/* The module it belongs to: "HTTP". */
const char *lec_operation_module (LecIndex *index, uint32_t operation);

G_END_DECLS
