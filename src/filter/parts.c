/* A filter's text taken apart where it joins conditions. */
#include <string.h>

#include "filter/filter.h"
#include "filter/operand-parser.h"
#include "filter/parser.h"

static LecFilterPart
part_of (const char *text, unsigned position, unsigned length)
{
  const char *start = g_utf8_offset_to_pointer (text, position);
  const char *end = g_utf8_offset_to_pointer (start, length);

  return (LecFilterPart){ start - text, end - start };
}

/* A comparison that goes on, 1 < x < 9, is a list of tests that nobody wrote one by one. */
static gboolean
is_written_list (const LecNode *node)
{
  return (node->kind == LEC_NODE_AND || node->kind == LEC_NODE_OR) && node->children[0]->written_length > 0;
}

GArray *
lec_filter_dup_parts (const char *text, gboolean *alternatives)
{
  g_autoptr (LecSyntax) syntax = lec_syntax_new ();
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (LecFilterPart));
  LecFilterPart part = { 0, strlen (text) };

  *alternatives = FALSE;
  if (!lec_parser_run (syntax, text, NULL))
    return NULL;
  if (!is_written_list (syntax->root)) {
    if (syntax->root->kind != LEC_NODE_EVERYTHING)
      g_array_append_val (parts, part);
    return g_steal_pointer (&parts);
  }
  *alternatives = syntax->root->kind == LEC_NODE_OR;
  for (unsigned i = 0; i < syntax->root->n_children; i++) {
    const LecNode *child = syntax->root->children[i];

    part = part_of (text, child->written_position, child->written_length);
    g_array_append_val (parts, part);
  }
  return g_steal_pointer (&parts);
}

char *
lec_filter_dup_inverse (const char *text)
{
  g_autoptr (LecSyntax) syntax = lec_syntax_new ();
  const LecNode *denied;

  if (!lec_parser_run (syntax, text, NULL) || syntax->root->kind != LEC_NODE_NOT ||
      syntax->root->children[0]->written_length == 0)
    return lec_filter_dup_join (NULL, "not", text);
  denied = syntax->root->children[0];
  LecFilterPart part = part_of (text, denied->written_position, denied->written_length);
  g_autofree char *inside = g_strndup (text + part.start, part.length);
  /* Without the brackets that only the "not" asked for. */
  return lec_filter_dup_join (NULL, "only", inside);
}
