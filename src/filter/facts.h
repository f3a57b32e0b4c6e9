/* Values of fields that the index knows, given to an evaluator as a dissection would announce them. */
#pragma once

#include "filter/evaluate.h"

G_BEGIN_DECLS

LecStreamKind lec_facts_stream_kind (const LecConversation *conversation);
/* Fills the slots of LEC_ORIGIN_CONVERSATION for a frame that SIDE sends. */
void lec_facts_of_conversation (LecEvaluator *evaluator, const LecProgram *program, const LecConversation *conversation,
                                unsigned side);
/* Those of LEC_ORIGIN_FLAGS: the twelve bits of a TCP header. */
void lec_facts_of_flags (LecEvaluator *evaluator, const LecProgram *program, unsigned flags);
/* Those of LEC_ORIGIN_FRAME; FALSE where one of them is not known. */
gboolean lec_facts_of_frame (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame);
/* Those of LEC_ORIGIN_VERDICT. */
void lec_facts_of_verdicts (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame);
/* Those of them that one verdict gives. */
void lec_facts_of_verdict (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index,
                           const LecVerdict *verdict);
/* Those of LEC_ORIGIN_OPERATION: the same for all frames that one operation owns. */
void lec_facts_of_operation (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index, uint32_t frame);
/* Those of LEC_ORIGIN_MESSAGE, of the HTTP messages that begin in FRAME; FALSE where one of them is not known. */
gboolean lec_facts_of_messages (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index,
                                uint32_t frame);
/* Those of LEC_ORIGIN_MESSAGE, of the request or of the response of OPERATION; FALSE where one of them is not known. */
gboolean lec_facts_of_message (LecEvaluator *evaluator, const LecProgram *program, const LecOperation *operation,
                               gboolean response);
#define LEC_FACTS_MESSAGE_KEYS 1280u
/* A number that stands for all that is known of the HTTP messages that begin in FRAME, below LEC_FACTS_MESSAGE_KEYS;
 * G_MAXUINT32 where none does. */
uint32_t lec_facts_message_key (const LecIndex *index, uint32_t frame);
/* The same for the one message that FRAME, which begins none, goes on with. */
uint32_t lec_facts_carried_key (const LecIndex *index, uint32_t frame);
/* Operations lie far apart: those that the key of each of FRAMES (bits, counted from BASE) will ask for are fetched at
 * once, not one after another. */
void lec_facts_prefetch_messages (const LecIndex *index, uint32_t base, uint64_t frames);
/* One numeric field of LEC_ORIGIN_FRAME, of N frames (at most 64) from FIRST on within one chunk of the columns; bits
 * in the result stand for those of which it is not known. */
uint64_t lec_facts_frame_numbers (const LecSlot *slot, const LecIndex *index, uint32_t first, unsigned n,
                                  uint64_t *numbers);
/* Whether a frame of CONVERSATION has a field of LEC_ORIGIN_CONVERSATION. */
gboolean lec_facts_conversation_has (const LecSlot *slot, const LecConversation *conversation);
/* One field of LEC_ORIGIN_CONVERSATION that is an address, of a frame that SIDE sends; FALSE where it has none. */
gboolean lec_facts_conversation_address (const LecSlot *slot, const LecConversation *conversation, unsigned side,
                                         LecWideNumber *number);
/* One numeric field of LEC_ORIGIN_CONVERSATION, of a frame that SIDE sends; FALSE where it has none. */
gboolean lec_facts_conversation_number (const LecSlot *slot, const LecConversation *conversation, unsigned side,
                                        uint64_t *number);

G_END_DECLS
