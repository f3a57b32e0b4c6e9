/* What somebody points at, as the expression of the filter language that it stands for. */
#pragma once

#include <glib-object.h>

#include "analysis/index.h"

G_BEGIN_DECLS

typedef struct {
  char *expression; /* "ip.src == 192.0.2.1" */
  char *field;      /* to add as a column, NULL = none */
} LecTerm;

#define LEC_TYPE_TERM (lec_term_get_type ())
GType lec_term_get_type (void);

/* Both are copied; FIELD may be NULL. */
LecTerm *lec_term_new (const char *expression, const char *field);
LecTerm *lec_term_copy (const LecTerm *term);
void lec_term_free (LecTerm *term);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTerm, lec_term_free)

/* Terms, the best first. Free with g_ptr_array_unref(). */
GPtrArray *lec_terms_new (void);
/* Takes EXPRESSION over: each is there once, and NULL is none. */
void lec_terms_add (GPtrArray *terms, char *expression, const char *field);
const LecTerm *lec_terms_get (const GPtrArray *terms, guint i);

/* "tcp.stream == 3": the TCP or UDP conversation of that number. Free with g_free(). */
char *lec_term_of_conversation (const LecIndex *index, uint32_t conversation);

G_END_DECLS
