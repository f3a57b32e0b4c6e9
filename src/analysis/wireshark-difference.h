/* Where Wireshark's rules say something else of a frame than Lectern's verdicts do, and why: for people. */
#pragma once

#include "analysis/index.h"
#include "analysis/wireshark-rules.h"

G_BEGIN_DECLS

/* "out-of-order": the word of wireshark.verdict for the flag 1 << PLACE. */
const char *lec_wireshark_flag_name (unsigned place);
/* FLAGS without those that a more special one implies: a fast retransmission is a retransmission. */
uint32_t lec_wireshark_narrow (uint32_t flags);
/* "out-of-order, window full": the translated words for FLAGS; NULL where there are none. */
char *lec_wireshark_dup_words (uint32_t flags);
/* Whether FLAGS (LecWiresharkFlags), which the rules give FRAME, are not what its verdicts say. */
gboolean lec_wireshark_differs (const LecIndex *index, uint32_t frame, uint32_t flags);
/* Translated sentences on that; NULL where there is no difference. */
char *lec_wireshark_dup_difference (const LecIndex *index, uint32_t frame, uint32_t flags);
/* The same, as far as it concerns VERDICT. */
char *lec_wireshark_dup_difference_from (const LecIndex *index, const LecVerdict *verdict, uint32_t flags);

G_END_DECLS
