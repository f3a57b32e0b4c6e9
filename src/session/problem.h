/* The kinds of things that may be wrong in a trace: those of verdicts, and HTTP's error responses. What the problems
 * pane lists, and what "next problem" stops at. */
#pragma once

#include "analysis/verdict-kinds.h"

G_BEGIN_DECLS

/* A kind of problem: a LecVerdictKind, or one of these. Some are only notes: see lec_problem_severity(). */
enum {
  LEC_PROBLEM_CLIENT_ERROR = LEC_N_VERDICTS, /* HTTP 4xx */
  LEC_PROBLEM_SERVER_ERROR,
  LEC_N_PROBLEMS
};

/* The filter that passes the frames with a problem of any kind, notes left out. */
#define LEC_PROBLEM_FILTER "lectern.problem or http.response.code >= 400"

/* A word for programs, "retransmission"; and a short translated name for people, "Retransmission". Borrowed. */
const char *lec_problem_name (unsigned kind);
const char *lec_problem_label (unsigned kind);
LecSeverity lec_problem_severity (unsigned kind);
/* How bad it is: the heaviest is the worst. */
unsigned lec_problem_weight (unsigned kind);
/* How many there are so far. Any thread. */
uint32_t lec_problem_count (const LecIndex *index, unsigned kind);
/* The filter that passes the frames it is about. Interned. */
const char *lec_problem_filter (unsigned kind);
/* TRUE where FRAME has it. Any thread. */
gboolean lec_problem_is_in (const LecIndex *index, unsigned kind, uint32_t frame);

G_END_DECLS
