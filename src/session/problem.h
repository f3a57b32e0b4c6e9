/* The kinds of things that may be wrong in a trace: those of verdicts, and HTTP's error responses. What the problems
 * pane lists, and what "next problem" stops at. */
#pragma once

#include "analysis/verdict-kinds.h"
#include "session/rows.h"

G_BEGIN_DECLS

/* A kind of problem: a LecVerdictKind, or one of these. Some are only notes: see lec_problem_severity(). */
enum {
  LEC_PROBLEM_CLIENT_ERROR = LEC_N_VERDICTS, /* HTTP 4xx */
  LEC_PROBLEM_SERVER_ERROR,
  LEC_N_PROBLEMS
};

/* The filter that passes the frames with a problem of any kind, notes left out. */
#define LEC_PROBLEM_FILTER "lectern.problem or http.response.begins >= 400"

/* A word for programs, "retransmission"; and a short translated name for people, "Retransmission". Borrowed. */
const char *lec_problem_name (unsigned kind);
const char *lec_problem_label (unsigned kind);
LecSeverity lec_problem_severity (unsigned kind);
/* How bad it is: the heaviest is the worst. */
unsigned lec_problem_weight (unsigned kind);
/* How many there are so far. Any thread. */
uint32_t lec_problem_count (const LecIndex *index, unsigned kind);
/* The same of all that are no notes. */
uint32_t lec_problem_total (const LecIndex *index);
/* The filter that passes the frames it is about: of an error response, all that carry it. Interned. */
const char *lec_problem_filter (unsigned kind);
/* The same, but of a response that is such an error only the frame in which it begins. Interned. */
const char *lec_problem_place_filter (unsigned kind);
/* TRUE where FRAME has it. Any thread. */
gboolean lec_problem_is_in (const LecIndex *index, unsigned kind, uint32_t frame);
/* What it means, whichever frame it is about; translated. Borrowed. */
const char *lec_problem_explanation (unsigned kind);
/* What is to be said of it in FRAME: the verdict's sentence, the operation's line. Free with g_free(). */
char *lec_problem_dup_text (LecSession *session, unsigned kind, uint32_t frame);
/* The worst kind that ROW of the list tells of, −1 = none. */
int lec_problem_of_row (LecIndex *index, const LecRow *row);
/* The first frame of ROW with KIND; 0 = none. */
uint32_t lec_problem_find_in_row (LecIndex *index, const LecRow *row, unsigned kind);
/* TRUE where it is said of an operation as a whole, which has a row of its own; else of a frame that a closed row may
 * hide. */
gboolean lec_problem_is_of_operation (unsigned kind);

G_END_DECLS
