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
/* Those of LEC_ORIGIN_OPERATION, of the HTTP messages that begin in FRAME; FALSE where one of them is not known. KEY
 * gets a number below LEC_FACTS_MESSAGE_KEYS that stands for all that was given, or G_MAXUINT32 where none does. */
#define LEC_FACTS_MESSAGE_KEYS 1280u
gboolean lec_facts_of_operations (LecEvaluator *evaluator, const LecProgram *program, const LecIndex *index,
                                  uint32_t frame, uint32_t *key);
/* One numeric field of LEC_ORIGIN_FRAME; FALSE where it is not known. */
gboolean lec_facts_frame_number (const LecSlot *slot, const LecIndex *index, uint32_t frame, uint64_t *number);

G_END_DECLS
