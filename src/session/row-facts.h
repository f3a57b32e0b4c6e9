/* The few values of a frame that a row's text is made of, picked up while the frame is dissected. */
#pragma once

#include "analysis/surroundings.h"

G_BEGIN_DECLS

typedef enum {
  LEC_FACT_SOURCE_MAC,
  LEC_FACT_DESTINATION_MAC,
  LEC_FACT_HTTP_METHOD,
  LEC_FACT_HTTP_TARGET,
  LEC_FACT_HTTP_STATUS,
  LEC_FACT_HTTP_PHRASE,
  LEC_FACT_HTTP_LOCATION,
  LEC_FACT_HTTP_TYPE,
  LEC_FACT_HTTP_LENGTH,
  LEC_FACT_DNS_NAME,
  LEC_FACT_DNS_TYPE,
  LEC_FACT_DNS_ADDRESS,
  LEC_FACT_DNS_RCODE,
  LEC_N_FACTS
} LecFact;

/* HTTP messages of one frame that can be told apart. */
#define LEC_ROW_FACTS_MESSAGES 64u

/* Where several values of a fact are announced, the first, and their number. */
typedef struct {
  LecSink sink;
  unsigned message; /* facts of HTTP are those of this message in the frame, counted from 0 */
  unsigned n_messages;
  LecSpan spans[LEC_ROW_FACTS_MESSAGES]; /* where the messages stand */
  GString *message_summary;              /* of that message, where the sink wants texts */
  GString *texts[LEC_N_FACTS];
  unsigned n[LEC_N_FACTS];
} LecRowFacts;

void lec_row_facts_init (LecRowFacts *facts);
void lec_row_facts_clear (LecRowFacts *facts);
/* Dissects FRAME anew into FACTS. */
LecDissection *lec_row_facts_read (LecRowFacts *facts, LecFrameReader *reader, uint32_t frame, int summaries);
/* The same for the frame's HTTP message whose first byte stands at MESSAGE_OFFSET of the transport payload. */
LecDissection *lec_row_facts_read_message (LecRowFacts *facts, LecFrameReader *reader, uint32_t frame,
                                           uint32_t message_offset);

G_END_DECLS
