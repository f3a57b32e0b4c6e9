/* A filter's text as tokens. */
#pragma once

#include "filter/ast.h"
#include "filter/filter.h"

G_BEGIN_DECLS

typedef enum {
  LEC_TOKEN_END,
  LEC_TOKEN_WORD,
  LEC_TOKEN_STRING,
  LEC_TOKEN_BYTES,
  LEC_TOKEN_RELATION, /* any of LecRelation but IN */
  LEC_TOKEN_IN,
  LEC_TOKEN_AND,
  LEC_TOKEN_OR,
  LEC_TOKEN_NOT,
  LEC_TOKEN_ANY,
  LEC_TOKEN_ALL,
  LEC_TOKEN_REGEX,
  LEC_TOKEN_OPERATOR, /* arithmetic: `symbol` */
  LEC_TOKEN_DOT_DOT,
  LEC_TOKEN_REFERENCE, /* ${name}: text is the name */
  LEC_TOKEN_SIGN,      /* one of ( ) { } [ ] , : # \ : `symbol` */
} LecTokenKind;

typedef struct {
  LecTokenKind kind;
  LecRelation relation;
  int symbol;
  unsigned position; /* in characters */
  unsigned length;
  const char *text; /* of words and strings; the syntax owns it */
  size_t text_bytes;
  gboolean spaced; /* white space stands before it */
  gboolean quoted_single;
} LecToken;

/* The tokens of TEXT (GArray of LecToken, the last is LEC_TOKEN_END), or NULL and PROBLEM. */
GArray *lec_lexer_run (LecSyntax *syntax, const char *text, LecFilterProblem *problem);

/* The word for an operator that WORD is nearly, NULL where it is none. Static. */
const char *lec_keyword_nearest (const char *word);

/* Fills PROBLEM, if any, with a translated message; returns FALSE. */
gboolean lec_filter_problem_set (LecFilterProblem *problem, unsigned position, unsigned length, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

G_END_DECLS
