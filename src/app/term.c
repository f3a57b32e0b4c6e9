#include "app/term.h"

#include <string.h>

#define IP_PROTOCOL_TCP 6

G_DEFINE_BOXED_TYPE (LecTerm, lec_term, lec_term_copy, lec_term_free)

LecTerm *
lec_term_new (const char *expression, const char *field)
{
  LecTerm *term = g_new (LecTerm, 1);

  *term = (LecTerm){ g_strdup (expression), g_strdup (field) };
  return term;
}

LecTerm *
lec_term_copy (const LecTerm *term)
{
  return lec_term_new (term->expression, term->field);
}

void
lec_term_free (LecTerm *term)
{
  g_free (term->expression);
  g_free (term->field);
  g_free (term);
}

GPtrArray *
lec_terms_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) lec_term_free);
}

const LecTerm *
lec_terms_get (const GPtrArray *terms, guint i)
{
  return g_ptr_array_index (terms, i);
}

static gboolean
holds (const GPtrArray *terms, const char *expression)
{
  for (guint i = 0; i < terms->len; i++)
    if (strcmp (lec_terms_get (terms, i)->expression, expression) == 0)
      return TRUE;
  return FALSE;
}

void
lec_terms_add (GPtrArray *terms, char *expression, const char *field)
{
  if (expression && !holds (terms, expression))
    g_ptr_array_add (terms, lec_term_new (expression, field));
  g_free (expression);
}

char *
lec_term_of_conversation (const LecIndex *index, uint32_t number)
{
  const LecConversation *conversation = lec_index_conversation (index, number);

  return g_strdup_printf ("%s.stream == %u", conversation->ip_protocol == IP_PROTOCOL_TCP ? "tcp" : "udp",
                          conversation->stream);
}
