/* Why a filter lets nothing pass, or everything, or more than was meant. */
#pragma once

#include "filter/filter.h"

G_BEGIN_DECLS

/* What finds the reason out: it asks the trace further questions, each of which costs what a filter costs, and can be
 * left at any time and gone on with. One thread. */
typedef struct LecInquiry LecInquiry;

/* About FILTER, of whose frames below END COUNT pass. REGISTRY and INDEX must outlive it. */
LecInquiry *lec_inquiry_new (const LecFilter *filter, const LecRegistry *registry, LecIndex *index, uint32_t end,
                             uint32_t count);
void lec_inquiry_free (LecInquiry *inquiry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecInquiry, lec_inquiry_free)
/* Asks on, until UNTIL_US of the monotonic time, some milliseconds more, or until *CANCEL (which may be NULL) becomes
 * non-zero. TRUE once it is over. */
gboolean lec_inquiry_run (LecInquiry *inquiry, LecFrameReader *reader, gint64 until_us, const _Atomic unsigned *cancel);
/* The question at hand has been asked of the frames below this. */
uint32_t lec_inquiry_next_frame (const LecInquiry *inquiry);
/* Once it is over: a translated sentence, NULL where the number speaks for itself. Borrowed. */
const char *lec_inquiry_reason (const LecInquiry *inquiry);

/* The same in one go; NULL also once *CANCEL becomes non-zero. */
char *lec_filter_dup_reason (const LecFilter *filter, const LecRegistry *registry, LecFrameReader *reader,
                             LecIndex *index, uint32_t end, uint32_t count, const _Atomic unsigned *cancel);

G_END_DECLS
