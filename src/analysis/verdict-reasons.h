/* The tables that reasons are looked up in. Only for verdict-why.c and the tables themselves. */
#pragma once

#include "analysis/verdict-why.h"

G_BEGIN_DECLS

/* A verdict that is being explained. */
typedef struct {
  const LecIndex *index;
  const LecVerdict *verdict;
  uint32_t evidence; /* as it is now */
  uint32_t other;    /* the frame that it is held against: the copy, or what had gone past it; 0 = none */
} LecCase;

/* A reason is one of a verdict where kind and evidence are there and the test, if any, holds. */
typedef struct {
  uint64_t kinds;    /* LEC_KIND_BIT() of each */
  uint32_t evidence; /* bits of LecEvidence of which one is there; 0 = whatever is */
  gboolean (*holds) (const LecCase *about);
  uint32_t (*frame) (const LecCase *about); /* NULL = none */
  char *(*dup_text) (const LecCase *about); /* or, with neither frame nor number in it: */
  const char *text;
} LecReasonRule;

#define LEC_KIND_BIT(kind) (UINT64_C (1) << (kind))
_Static_assert(LEC_N_VERDICTS <= 64, "a bit for each kind of verdict");

/* The order is that of the reasons. */
extern const LecReasonRule lec_segment_reasons[];
extern const unsigned lec_n_segment_reasons;
extern const LecReasonRule lec_flow_reasons[];
extern const unsigned lec_n_flow_reasons;
extern const LecReasonRule lec_connection_reasons[];
extern const unsigned lec_n_connection_reasons;
extern const LecReasonRule lec_option_reasons[];
extern const unsigned lec_n_option_reasons;

/* Frames that reasons point to. */
uint32_t lec_case_other (const LecCase *about);
uint32_t lec_case_of (const LecCase *about);
uint32_t lec_case_first (const LecCase *about);
uint32_t lec_case_prompt (const LecCase *about);
uint32_t lec_case_proof (const LecCase *about);

G_END_DECLS
