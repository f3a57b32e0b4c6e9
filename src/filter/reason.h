/* Why a filter lets nothing pass, or everything, or more than was meant. */
#pragma once

#include "filter/filter.h"

G_BEGIN_DECLS

/* A translated sentence about FILTER, of whose frames below END COUNT pass; NULL where the number speaks for itself, or
 * once *CANCEL becomes non-zero. It asks the trace further questions, each of which costs what a filter costs. */
char *lec_filter_dup_reason (const LecFilter *filter, const LecRegistry *registry, LecFrameReader *reader,
                             LecIndex *index, uint32_t end, uint32_t count, const _Atomic unsigned *cancel);

G_END_DECLS
