/* A filter's text joined with a further term, as a person would write it. */
#include <string.h>

#include "filter/filter.h"
#include "filter/operand-parser.h"
#include "filter/parser.h"

/* A text without the brackets around all of it, and its tree; `root` is NULL where it is no filter. */
typedef struct {
  LecSyntax *syntax;
  LecNode *root;
  char *text;
} Side;

static gboolean
holds_only (const char *from, const char *end, const char *characters)
{
  return strspn (from, characters) >= (size_t) (end - from);
}

/* The root of "( tcp )" is the word inside, and only brackets stand around it. */
static char *
dup_inside (const char *text, const LecNode *root)
{
  const char *start = g_utf8_offset_to_pointer (text, root->position);
  const char *end = g_utf8_offset_to_pointer (start, root->length);

  if (holds_only (text, start, "( \t") && holds_only (end, end + strlen (end), ") \t"))
    return g_strndup (start, end - start);
  return g_strdup (text);
}

static void
side_init (Side *side, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  side->syntax = lec_syntax_new ();
  side->root = lec_parser_run (side->syntax, stripped, NULL) ? side->syntax->root : NULL;
  side->text = side->root != NULL ? dup_inside (stripped, side->root) : g_strdup (stripped);
}

static void
side_clear (Side *side)
{
  g_free (side->text);
  lec_syntax_free (side->syntax);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static char *
dup_negation (const Side *side)
{
  gboolean name = side->root != NULL && lec_node_is_operand (side->root) && side->root->kind != LEC_NODE_ARITHMETIC &&
                  g_utf8_strlen (side->text, -1) == (glong) side->root->length;

  return g_strdup_printf (name ? "!%s" : "!(%s)", side->text);
}

/* Whether NODE is written somewhere in the list of KIND that ROOT is; of one condition, whether it is that. */
static gboolean
is_member (const LecNode *root, LecNodeKind kind, const GString *written)
{
  g_autoptr (GString) own = g_string_new (NULL);

  for (unsigned i = 0; root->kind == kind && i < root->n_children; i++)
    if (is_member (root->children[i], kind, written))
      return TRUE;
  lec_node_append (own, root);
  return g_string_equal (own, written);
}

static gboolean
holds_already (const Side *left, const Side *right, LecNodeKind kind)
{
  g_autoptr (GString) written = g_string_new (NULL);

  if (left->root == NULL || right->root == NULL)
    return FALSE;
  lec_node_append (written, right->root);
  return is_member (left->root, kind, written);
}

/* "and" is stronger than "or", and a path takes what follows an "or" for its own. */
static gboolean
is_torn (const Side *side, LecNodeKind kind)
{
  return side->root != NULL && side->root->kind == (kind == LEC_NODE_AND ? LEC_NODE_OR : LEC_NODE_STACK);
}

static char *
dup_operand (const Side *side, LecNodeKind kind)
{
  return g_strdup_printf (is_torn (side, kind) ? "(%s)" : "%s", side->text);
}

char *
lec_filter_dup_join (const char *text, const char *how, const char *term)
{
  LecNodeKind kind = strcmp (how, "or") == 0 ? LEC_NODE_OR : LEC_NODE_AND;
  g_auto (Side) left, added, right;
  g_autofree char *negation = NULL;

  side_init (&left, text);
  side_init (&added, term);
  if (strcmp (how, "not") == 0)
    negation = dup_negation (&added);
  side_init (&right, negation != NULL ? negation : term);
  if (*left.text == '\0' || strcmp (how, "only") == 0)
    return g_strdup (right.text);
  if (holds_already (&left, &right, kind))
    return g_strdup (left.text);
  g_autofree char *first = dup_operand (&left, kind), *second = dup_operand (&right, kind);
  return g_strdup_printf ("%s %s %s", first, kind == LEC_NODE_OR ? "or" : "and", second);
}

char *
lec_filter_dup_list (const GPtrArray *terms, gboolean alternatives, const char *joint)
{
  LecNodeKind kind = alternatives ? LEC_NODE_OR : LEC_NODE_AND;
  g_autoptr (GString) list = g_string_new (NULL);

  for (unsigned i = 0; i < terms->len; i++) {
    g_auto (Side) side;

    side_init (&side, g_ptr_array_index (terms, i));
    if (i > 0)
      g_string_append (list, joint != NULL ? joint : alternatives ? " or " : " and ");
    if (terms->len > 1 && is_torn (&side, kind))
      g_string_append_printf (list, "(%s)", side.text);
    else
      g_string_append (list, g_ptr_array_index (terms, i));
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}
