/* What may be written next in a filter: a short list, the likeliest first. */
#pragma once

#include "filter/trace-values.h"

G_BEGIN_DECLS

/* As many as a list is looked through. */
#define LEC_PROPOSALS_MOST 10u

typedef enum {
  LEC_PROPOSAL_PROTOCOL,
  LEC_PROPOSAL_FIELD,
  LEC_PROPOSAL_OPERATOR,
  LEC_PROPOSAL_WORD, /* "and", a function */
  LEC_PROPOSAL_VALUE,
} LecProposalKind;

/* Texts are borrowed from the registry, the values, or static; translated but for `insert`. */
typedef struct {
  LecProposalKind kind;
  char *insert; /* owned; replaces the bytes START … END − 1 */
  unsigned start;
  unsigned end;
  const char *label;    /* or NULL */
  const char *type;     /* or NULL */
  const char *sentence; /* or NULL */
  uint64_t n_frames;    /* VALUE: 0 = not counted */
  gboolean at_least;    /* … or only in part */
} LecProposal;

/* `wanted`: the name whose values in the trace would make the list better; NULL = none, or they were at hand. */
typedef struct {
  GPtrArray *proposals; /* LecProposal */
  const LecName *wanted;
  gboolean begun; /* something of the proposals is written already, or they are few: else they may be a nuisance */
} LecCompletion;

/* What fits at byte CURSOR of TEXT. VALUES, borrowed as long as the completion lives, may be those of another name, or
 * NULL. */
LecCompletion *lec_completion_new (const LecRegistry *registry, const char *text, unsigned cursor,
                                   const LecTraceValues *values);
void lec_completion_free (LecCompletion *completion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecCompletion, lec_completion_free)

/* TEXT with PROPOSAL taken; *CURSOR, in bytes, is where it then belongs. */
char *lec_proposal_dup_taken (const LecProposal *proposal, const char *text, unsigned *cursor);

G_END_DECLS
