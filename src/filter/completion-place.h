/* Where in a filter's text the cursor stands, for completion.c: what may be written there. */
#pragma once

#include "filter/lexer.h"

G_BEGIN_DECLS

typedef enum {
  LEC_PLACE_NOWHERE,  /* nothing can be proposed */
  LEC_PLACE_OPERAND,  /* a condition begins: a name, "not", a function */
  LEC_PLACE_OPERATOR, /* behind a name */
  LEC_PLACE_VALUE,    /* behind a relation, or in a set */
  LEC_PLACE_SET,      /* behind "in" */
  LEC_PLACE_JOIN,     /* behind a whole condition */
} LecPlaceKind;

typedef struct {
  LecPlaceKind kind;
  unsigned start; /* bytes START … END − 1 of the text are what is being written, and what a proposal replaces */
  unsigned end;
  char *prefix;        /* … of which this stands before the cursor; an opening quotation mark is part of it */
  const LecName *name; /* OPERATOR and VALUE: that stands on the left; NULL where it is no plain name */
} LecCompletionPlace;

/* CURSOR in bytes. */
void lec_completion_place_find (const LecRegistry *registry, const char *text, unsigned cursor,
                                LecCompletionPlace *place);
void lec_completion_place_clear (LecCompletionPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LecCompletionPlace, lec_completion_place_clear)

G_END_DECLS
