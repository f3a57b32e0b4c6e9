/* Sentences about verdicts, one function a kind. Only for src/analysis/verdict-sentence.c. */
#pragma once

#include "analysis/verdict-loss.h"
#include "analysis/verdict-text.h"

G_BEGIN_DECLS

char *lec_sentence_retransmission (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_reordered (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_network_duplicate (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_capture_duplicate (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_segment_lost (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_segment_uncaptured (const LecIndex *index, const LecVerdict *verdict);

G_END_DECLS
