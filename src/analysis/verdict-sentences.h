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
char *lec_sentence_reset (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_port_reused (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_handshake_missing (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_handshake_incomplete (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_simultaneous_open (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_simultaneous_close (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_half_closed (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_congestion_experienced (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_congestion_echo (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_window_reduced (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_no_window_scaling (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_mss_missing (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_old_timestamp (const LecIndex *index, const LecVerdict *verdict);
char *lec_sentence_checksum_wrong (const LecIndex *index, const LecVerdict *verdict);

G_END_DECLS
