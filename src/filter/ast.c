#include "filter/ast.h"

static void
node_free (gpointer data)
{
  LecNode *node = data;

  g_clear_pointer (&node->regex, g_regex_unref);
  g_free (node->children);
  g_free (node);
}

LecSyntax *
lec_syntax_new (void)
{
  LecSyntax *syntax = g_new0 (LecSyntax, 1);

  syntax->nodes = g_ptr_array_new_with_free_func (node_free);
  syntax->texts = g_string_chunk_new (256);
  syntax->owned = g_ptr_array_new_with_free_func (g_free);
  return syntax;
}

void
lec_syntax_free (LecSyntax *syntax)
{
  g_ptr_array_unref (syntax->nodes);
  g_string_chunk_free (syntax->texts);
  g_ptr_array_unref (syntax->owned);
  g_free (syntax);
}

LecNode *
lec_syntax_node (LecSyntax *syntax, LecNodeKind kind, unsigned position, unsigned length)
{
  LecNode *node = g_new0 (LecNode, 1);

  node->kind = kind;
  node->position = position;
  node->length = length;
  g_ptr_array_add (syntax->nodes, node);
  return node;
}

void
lec_node_add (LecNode *node, LecNode *child)
{
  /* Room doubles: 1, 2, 4, 8 … children. */
  if ((node->n_children & (node->n_children - 1)) == 0)
    node->children = g_renew (LecNode *, node->children, MAX (1, node->n_children * 2));
  node->children[node->n_children++] = child;
}

const char *
lec_syntax_text (LecSyntax *syntax, const char *text, size_t bytes)
{
  return g_string_chunk_insert_len (syntax->texts, text, bytes);
}

const char *
lec_relation_sign (LecRelation relation)
{
  static const char *const signs[] = {
    "==", "!=", "===", "!==", "~=", "<", "<=", ">", ">=", "contains", "matches", "in"
  };

  return signs[relation];
}

static void
append_children (GString *text, const char *head, const LecNode *node)
{
  g_string_append_printf (text, "(%s", head);
  for (unsigned i = 0; i < node->n_children; i++) {
    g_string_append_c (text, ' ');
    lec_node_append (text, node->children[i]);
  }
  g_string_append_c (text, ')');
}

static void
append_slices (GString *text, const LecNode *node)
{
  for (unsigned i = 0; i < node->n_slices; i++) {
    const LecSlice *slice = &node->slices[i];

    g_string_append_printf (text, " %d", slice->first);
    if (slice->to_end)
      g_string_append (text, "..");
    else if (slice->last != slice->first)
      g_string_append_printf (text, "..%d", slice->last);
  }
}

static void
append_test (GString *text, const LecNode *node)
{
  static const char *const quantifiers[] = { "", "any ", "all " };
  g_autofree char *head = g_strconcat (quantifiers[node->quantifier], lec_relation_sign (node->relation), NULL);

  append_children (text, head, node);
}

static void
append_bytes (GString *text, const LecNode *node)
{
  g_string_append (text, "$[");
  for (size_t i = 0; i < node->text_bytes; i++)
    g_string_append_printf (text, "%02x", (uint8_t) node->text[i]);
  g_string_append_c (text, ']');
}

static void
append_sliced (GString *text, const char *head, const LecNode *node)
{
  g_string_append_printf (text, "(%s ", head);
  lec_node_append (text, node->children[0]);
  append_slices (text, node);
  g_string_append_c (text, ')');
}

void
lec_node_append (GString *text, const LecNode *node)
{
  const char sign[] = { (char) node->symbol, 0 };

  switch (node->kind) {
  case LEC_NODE_EVERYTHING:
    g_string_append (text, "(everything)");
    return;
  case LEC_NODE_AND:
    append_children (text, "and", node);
    return;
  case LEC_NODE_OR:
    append_children (text, "or", node);
    return;
  case LEC_NODE_NOT:
    append_children (text, "not", node);
    return;
  case LEC_NODE_TEST:
    append_test (text, node);
    return;
  case LEC_NODE_TRUTH:
    append_children (text, "truth", node);
    return;
  case LEC_NODE_PRESENCE:
    append_children (text, "present", node);
    return;
  case LEC_NODE_SEARCH:
    append_children (text, node->relation == LEC_RELATION_MATCHES ? "regex" : "search", node);
    return;
  case LEC_NODE_STACK:
    append_children (text, "stack", node);
    return;
  case LEC_NODE_WORD:
    g_string_append (text, node->text);
    return;
  case LEC_NODE_STRING:
    g_string_append_c (text, '"');
    g_string_append_len (text, node->text, (gssize) node->text_bytes);
    g_string_append_c (text, '"');
    return;
  case LEC_NODE_BYTES:
    append_bytes (text, node);
    return;
  case LEC_NODE_WILDCARD:
    g_string_append_printf (text, "*%s", node->text);
    return;
  case LEC_NODE_ANNOTATION:
    if (node->n_children > 0)
      lec_node_append (text, node->children[0]);
    g_string_append_printf (text, "#%s", node->text);
    return;
  case LEC_NODE_REFERENCE:
    g_string_append_printf (text, "${%s}", node->text);
    return;
  case LEC_NODE_SLICE:
    append_sliced (text, "slice", node);
    return;
  case LEC_NODE_LAYER:
    append_sliced (text, "layer", node);
    return;
  case LEC_NODE_CALL:
    append_children (text, node->text, node);
    return;
  case LEC_NODE_ARITHMETIC:
    append_children (text, node->symbol == 'l' ? "<<" : node->symbol == 'r' ? ">>" : sign, node);
    return;
  case LEC_NODE_SET:
    append_children (text, "set", node);
    return;
  case LEC_NODE_RANGE:
    append_children (text, "..", node);
    return;
  case LEC_NODE_CONSTANT:
    g_string_append (text, node->text != NULL ? node->text : "constant");
    return;
  }
}
