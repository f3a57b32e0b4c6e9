/* What sentences, clauses and reasons share. Only for src/analysis. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

/* Nanoseconds from frame EARLIER to frame LATER. */
int64_t lec_words_span_ns (const LecIndex *index, uint32_t earlier, uint32_t later);
/* The sequence number that VERDICT keeps, counted from the SYN, as rows show it: the sender's own, or of an
 * acknowledgment that of the other side. FALSE where that is not known. */
gboolean lec_words_byte (const LecIndex *index, const LecVerdict *verdict, uint32_t *byte);
/* WINDOW, as VERDICT's sender sent it, in bytes; FALSE where its scaling is not known (RFC 7323 §2.2). */
gboolean lec_words_window (const LecIndex *index, const LecVerdict *verdict, uint32_t window, uint32_t *bytes);
/* What a segment without payload is: "SYN", "SYN-ACK", "FIN" or "segment", translated where it is a word. */
const char *lec_words_segment (const LecIndex *index, uint32_t frame);
/* "192.0.2.1:80": the end that VERDICT's sender speaks to. Free with g_free(). */
char *lec_words_dup_other_endpoint (const LecIndex *index, const LecVerdict *verdict);
/* No later frame will change what is known. */
gboolean lec_words_final (const LecIndex *index);

G_END_DECLS
