/* A display filter: parsed, checked against the field registry, compiled, and run over frames.
 *
 * A compiled filter is immutable and may be used by any number of threads. Terms that the index's columns,
 * conversations, operations and verdicts can answer are run over them in blocks; only frames that survive those are
 * dissected. */
#pragma once

#include "analysis/index.h"
#include "analysis/surroundings.h"
#include "base/bitmap.h"
#include "protocol/registry.h"

G_BEGIN_DECLS

typedef struct LecFilter LecFilter;

/* Where in the text something is wrong, in characters (not bytes), and what was expected there. */
typedef struct {
  unsigned position;
  unsigned length;
  char *message; /* translated; free with lec_filter_problem_clear() */
} LecFilterProblem;

void lec_filter_problem_clear (LecFilterProblem *problem);

/* NULL where TEXT cannot be understood: then PROBLEM says where and why. An empty TEXT is a filter that lets all pass.
 */
LecFilter *lec_filter_new (const LecRegistry *registry, const char *text, LecFilterProblem *problem);
/* The same, where ${ip.src} means the values that FRAME has; the filter keeps them. */
LecFilter *lec_filter_new_at (const LecRegistry *registry, const char *text, LecFrameReader *reader, uint32_t frame,
                              LecFilterProblem *problem);
LecFilter *lec_filter_ref (LecFilter *filter);
void lec_filter_unref (LecFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFilter, lec_filter_unref)
/* The same in Wireshark's words, as it was understood: of "errors on port 80", or of a name of Message Analyzer's. It
 * is a filter of the same meaning; where the text says it already, the text itself. */
const char *lec_filter_canonical (const LecFilter *filter);
/* The text it was made from; of a phrase, what it was understood as, and of references, what they became: an expression
 * that others can be joined with, and that means the same wherever it stands. */
const char *lec_filter_expression (const LecFilter *filter);
/* What is worth a word though nothing is wrong, translated: "tcp.port == 70000" can never be true: a port is 0–65535;
 * or what a phrase was understood as. Or NULL. */
const char *lec_filter_hint (const LecFilter *filter);
/* TRUE where the hint says that a condition holds of no frame, or of every one, whatever the trace. */
gboolean lec_filter_is_impossible (const LecFilter *filter);
/* The hint, or else how names of Message Analyzer's are said in Wireshark's words; and, a line before it, what became
 * of references. */
char *lec_filter_dup_note (const LecFilter *filter);
/* TRUE where no frame need be dissected to answer. */
gboolean lec_filter_is_columnar (const LecFilter *filter);
/* TRUE where it asks how TCP conversations stand at a frame. */
gboolean lec_filter_wants_replay (const LecFilter *filter);

/* Sets the bits of frames FROM … END − 1 that pass, clears those that do not. MATCHES has room for END bits. Stops
 * early and returns FALSE once *CANCEL becomes non-zero (looked at every few thousand frames, and at every dissected
 * one). */
gboolean lec_filter_run (const LecFilter *filter, LecFrameReader *reader, LecIndex *index, uint32_t from, uint32_t end,
                         LecBitmap *matches, const _Atomic unsigned *cancel);
/* One frame, for colour rules. What it takes is kept in FILTER for the next. */
gboolean lec_filter_matches (const LecFilter *filter, LecFrameReader *reader, LecIndex *index, uint32_t frame);

/* The expression that a field and value stand for: "tcp.port == 80". NULL where the field cannot be compared. */
char *lec_filter_dup_term (const LecField *field, const LecValue *value);
/* TEXT joined with TERM: `how` is one of the words "and", "or", "not" (and not), "only" (TERM alone). */
char *lec_filter_dup_join (const char *text, const char *how, const char *term);

/* A condition in a text: the brackets around it are its own. */
typedef struct {
  size_t start; /* in bytes */
  size_t length;
} LecFilterPart;

/* The conditions that TEXT joins with "and", or with "or" where that is what holds it together: then they are
 * *ALTERNATIVES. A text of one condition is its only part, an empty one has none. GArray of LecFilterPart; NULL where
 * TEXT is no expression. */
GArray *lec_filter_dup_parts (const char *text, gboolean *alternatives);
/* What passes where TEXT does not: "!(tcp or udp)", and of that "tcp or udp" again. */
char *lec_filter_dup_inverse (const char *text);
/* TERMS (of char *) joined with "and", or as ALTERNATIVES; each stands as it is, in brackets where it would be torn
 * apart. JOINT is what to write between two, NULL for the word. */
char *lec_filter_dup_list (const GPtrArray *terms, gboolean alternatives, const char *joint);

G_END_DECLS
