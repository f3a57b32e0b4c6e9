#include "filter/hint.h"

#include <glib/gi18n-lib.h>

/* Whether no value of FIELD stands in RELATION to the constant. */
static gboolean
is_impossible (LecRelation relation, const LecField *field, const LecNode *node)
{
  const LecConstant *first = &node->constant, *last = &node->last;
  gboolean below = first->outside == LEC_BELOW_ALL, above = first->outside == LEC_ABOVE_ALL;

  switch (relation) {
  case LEC_RELATION_EQUAL:
  case LEC_RELATION_IN:
    return above || last->outside == LEC_BELOW_ALL;
  case LEC_RELATION_LESS:
    return below || (!above && first->value.number == 0);
  case LEC_RELATION_LESS_EQUAL:
    return below;
  case LEC_RELATION_GREATER:
    return above || (!below && first->value.number == lec_literal_largest (field));
  case LEC_RELATION_GREATER_EQUAL:
    return above;
  default:
    return FALSE;
  }
}

/* The field whose values make CONDITION false whatever they are; NULL where they may make it true. */
static const LecField *
find_barren_field (const LecNode *condition)
{
  const LecField *field = NULL;

  if (condition->kind == LEC_NODE_OR) {
    for (unsigned i = 0; i < condition->n_children; i++)
      if ((field = find_barren_field (condition->children[i])) == NULL)
        return NULL;
    return field;
  }
  if (condition->kind != LEC_NODE_TEST ||
      (condition->aggregate != LEC_AGGREGATE_ANY && condition->aggregate != LEC_AGGREGATE_ALL))
    return NULL;
  const LecNode *left = condition->children[0], *values = condition->children[1];
  if (left->kind != LEC_NODE_WORD || left->n_fields == 0 || lec_class_of (left->fields[0]) != LEC_CLASS_UNSIGNED ||
      values->kind != LEC_NODE_SET)
    return NULL;
  for (unsigned i = 0; i < values->n_children; i++)
    if (!is_impossible (condition->relation, left->fields[0], values->children[i]))
      return NULL;
  return left->fields[0];
}

static char *
dup_reason (const LecField *field)
{
  if (field->type == LEC_TYPE_BOOLEAN)
    return g_strdup (_ ("a flag is 0 or 1"));
  if (field->show == LEC_SHOW_PORT)
    return g_strdup (_ ("a port is 0–65535"));
  g_autofree char *largest = g_strdup_printf ("%" G_GUINT64_FORMAT, lec_literal_largest (field));
  return g_strdup_printf (_ ("its values are 0–%s"), largest);
}

void
lec_hint_add (LecSyntax *syntax, const LecNode *written, const LecNode *checked, gboolean negated)
{
  const LecField *field = syntax->hint == NULL ? find_barren_field (checked) : NULL;

  if (field == NULL)
    return;
  g_autofree char *condition =
      g_utf8_substring (syntax->source, written->position, written->position + written->length);
  g_autofree char *reason = dup_reason (field);
  char *hint = g_strdup_printf (
      negated ? _ ("\"%s\" is true of every frame: %s.") : _ ("\"%s\" can never be true: %s."), condition, reason);
  g_ptr_array_add (syntax->owned, hint);
  syntax->hint = hint;
}
