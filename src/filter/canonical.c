#include "filter/canonical.h"

#include <string.h>

#include "filter/names.h"
#include "filter/operand-parser.h"
#include "filter/typing.h"

typedef struct {
  const LecRegistry *registry;
  LecSyntax *syntax;
  GString *text;
  gboolean translated;
} Writer;

static void write_node (Writer *writer, LecNode *node);

static void
write_source (Writer *writer, const LecNode *node)
{
  g_autofree char *source =
      g_utf8_substring (writer->syntax->source, node->position, (glong) node->position + node->length);

  g_string_append (writer->text, source);
}

/* The one name for what NODE's name stands for; NULL where there is none. */
static const char *
name_of (Writer *writer, LecNode *node)
{
  const LecName *name;

  if (!lec_names_resolve (writer->registry, writer->syntax, node))
    return NULL;
  /* Message Analyzer's TCPDiagnosis holds words; the mark that answers for it does not. */
  if (node->analyzer_name && node->fields[0]->type == LEC_TYPE_NONE)
    return NULL;
  name = lec_registry_find (writer->registry, node->n_fields == 1 ? node->fields[0]->name : node->text);
  return name != NULL && name->n_fields == node->n_fields ? name->name : NULL;
}

static void
write_word (Writer *writer, LecNode *node)
{
  uint64_t number;
  const char *name = name_of (writer, node);

  writer->translated |= name != NULL && g_ascii_strcasecmp (name, node->text) != 0;
  if (name != NULL)
    g_string_append (writer->text, name);
  else if (node->n_fields == 0 && lec_constant_find (node->text, &number))
    g_string_append_printf (writer->text, "%" G_GUINT64_FORMAT, number);
  else
    g_string_append_len (writer->text, node->text, (gssize) node->text_bytes);
}

/* #MessageNumber and *HTTPHost, where one field is meant. */
static void
write_marked (Writer *writer, LecNode *node)
{
  const char *name = node->n_children == 0 ? name_of (writer, node) : NULL;

  if (name != NULL && node->n_fields == 1) {
    g_string_append (writer->text, name);
    writer->translated = TRUE;
  } else {
    if (node->n_children > 0)
      write_node (writer, node->children[0]);
    g_string_append_printf (writer->text, node->kind == LEC_NODE_WILDCARD ? "*%s" : "#%s", node->text);
  }
}

static void
write_quoted (GString *text, const char *bytes, size_t n, char quote)
{
  g_string_append_c (text, quote);
  for (size_t i = 0; i < n; i++) {
    uint8_t byte = (uint8_t) bytes[i];

    if (byte == (uint8_t) quote || byte == '\\')
      g_string_append_printf (text, "\\%c", byte);
    else if (byte < 0x20 || byte == 0x7f)
      g_string_append_printf (text, "\\x%02x", byte);
    else
      g_string_append_c (text, (char) byte);
  }
  g_string_append_c (text, quote);
}

static void
write_bytes (GString *text, const LecNode *node)
{
  g_string_append (text, "$[");
  for (size_t i = 0; i < node->text_bytes; i++)
    g_string_append_printf (text, "%02x", (uint8_t) node->text[i]);
  g_string_append_c (text, ']');
}

static void
write_list (Writer *writer, LecNode *node, const char *separator)
{
  for (unsigned i = 0; i < node->n_children; i++) {
    if (i > 0)
      g_string_append (writer->text, separator);
    write_node (writer, node->children[i]);
  }
}

static void
write_enclosed (Writer *writer, LecNode *node, char open, char close)
{
  g_string_append_c (writer->text, open);
  write_node (writer, node);
  g_string_append_c (writer->text, close);
}

/* A list of conditions; those that bind less strongly stand in brackets. */
static void
write_conditions (Writer *writer, LecNode *node)
{
  for (unsigned i = 0; i < node->n_children; i++) {
    LecNode *child = node->children[i];
    gboolean torn = child->kind == LEC_NODE_OR || child->kind == LEC_NODE_AND;
    /* A path would take what follows an "or" for its own. */
    gboolean greedy = child->kind == LEC_NODE_STACK && i + 1 < node->n_children;

    if (i > 0)
      g_string_append (writer->text, node->kind == LEC_NODE_AND ? " and " : " or ");
    if (torn || greedy)
      write_enclosed (writer, child, '(', ')');
    else
      write_node (writer, child);
  }
}

static void
write_negation (Writer *writer, LecNode *node)
{
  LecNode *child = node->children[0];

  g_string_append_c (writer->text, '!');
  if (lec_node_is_operand (child) && child->kind != LEC_NODE_ARITHMETIC)
    write_node (writer, child);
  else
    write_enclosed (writer, child, '(', ')');
}

static void
write_set (Writer *writer, LecNode *set)
{
  g_string_append_c (writer->text, '{');
  write_list (writer, set, ", ");
  g_string_append_c (writer->text, '}');
}

static void
write_manner (Writer *writer, const LecNode *node)
{
  if (node->exact_case)
    g_string_append (writer->text, " caseSensitive");
  if (node->text != NULL)
    g_string_append_printf (writer->text, " encoding %s", node->text);
}

/* Message Analyzer's `contains` takes letters in any case; Wireshark's does not, but its `matches` does. */
static gboolean
write_folded (Writer *writer, LecNode *test)
{
  LecNode *left = test->children[0], *right = test->children[1];

  if (test->relation != LEC_RELATION_CONTAINS || test->exact_case || test->text != NULL ||
      right->kind != LEC_NODE_STRING || left->kind != LEC_NODE_WORD || name_of (writer, left) == NULL ||
      !left->analyzer_name)
    return FALSE;
  g_autofree char *pattern = g_regex_escape_string (right->text, (gint) right->text_bytes);
  write_node (writer, left);
  g_string_append (writer->text, " matches ");
  write_quoted (writer->text, pattern, strlen (pattern), '"');
  return TRUE;
}

static void
write_test (Writer *writer, LecNode *test)
{
  static const char *const quantifiers[] = { "", "any ", "all " };
  LecNode *right = test->children[1];

  g_string_append (writer->text, quantifiers[test->quantifier]);
  if (write_folded (writer, test))
    return;
  write_node (writer, test->children[0]);
  g_string_append_printf (writer->text, " %s ", lec_relation_sign (test->relation));
  if (right->kind == LEC_NODE_SET)
    write_set (writer, right);
  else
    write_node (writer, right);
  write_manner (writer, test);
}

static void
write_search (Writer *writer, LecNode *search)
{
  g_string_append (writer->text, search->relation == LEC_RELATION_MATCHES ? "regex " : "contains ");
  if (search->children[0]->kind == LEC_NODE_STRING)
    write_quoted (writer->text, search->children[0]->text, search->children[0]->text_bytes, '"');
  else
    write_node (writer, search->children[0]);
  write_manner (writer, search);
}

static void
write_slices (Writer *writer, LecNode *node)
{
  write_node (writer, node->children[0]);
  g_string_append (writer->text, node->kind == LEC_NODE_LAYER ? "#[" : "[");
  for (unsigned i = 0; i < node->n_slices; i++) {
    const LecSlice *slice = &node->slices[i];

    g_string_append_printf (writer->text, i > 0 ? ",%d" : "%d", slice->first);
    if (slice->to_end)
      g_string_append_c (writer->text, ':');
    else if (slice->last != slice->first)
      g_string_append_printf (writer->text, slice->first < 0 ? ":%d" : "-%d",
                              slice->first < 0 ? slice->last - slice->first + 1 : slice->last);
  }
  g_string_append_c (writer->text, ']');
}

static void
write_arithmetic (Writer *writer, LecNode *node)
{
  const char sign[] = { (char) node->symbol, 0 };

  for (unsigned i = 0; i < node->n_children; i++) {
    if (i > 0)
      g_string_append_printf (writer->text, " %s ", node->symbol == 'l' ? "<<" : node->symbol == 'r' ? ">>" : sign);
    else if (node->n_children == 1)
      g_string_append (writer->text, sign);
    if (node->children[i]->kind == LEC_NODE_ARITHMETIC)
      write_enclosed (writer, node->children[i], '{', '}');
    else
      write_node (writer, node->children[i]);
  }
}

static void
write_call (Writer *writer, LecNode *call)
{
  g_autofree char *name = g_ascii_strdown (call->text, -1);

  g_string_append_printf (writer->text, "%s(", name);
  write_list (writer, call, ", ");
  g_string_append_c (writer->text, ')');
}

static void
write_node (Writer *writer, LecNode *node)
{
  switch (node->kind) {
  case LEC_NODE_AND:
  case LEC_NODE_OR:
    write_conditions (writer, node);
    return;
  case LEC_NODE_NOT:
    write_negation (writer, node);
    return;
  case LEC_NODE_TEST:
    write_test (writer, node);
    return;
  case LEC_NODE_SEARCH:
    write_search (writer, node);
    return;
  case LEC_NODE_WORD:
    write_word (writer, node);
    return;
  case LEC_NODE_STRING:
    write_quoted (writer->text, node->text, node->text_bytes,
                  node->quoted_single && node->text_bytes == 1 ? '\'' : '"');
    return;
  case LEC_NODE_BYTES:
    write_bytes (writer->text, node);
    return;
  case LEC_NODE_WILDCARD:
  case LEC_NODE_ANNOTATION:
    write_marked (writer, node);
    return;
  case LEC_NODE_REFERENCE:
    g_string_append_printf (writer->text, "${%s}", node->text);
    return;
  case LEC_NODE_SLICE:
  case LEC_NODE_LAYER:
    write_slices (writer, node);
    return;
  case LEC_NODE_CALL:
    write_call (writer, node);
    return;
  case LEC_NODE_ARITHMETIC:
    write_arithmetic (writer, node);
    return;
  case LEC_NODE_SET:
    write_set (writer, node);
    return;
  case LEC_NODE_RANGE:
    write_list (writer, node, "..");
    return;
  case LEC_NODE_STACK:
    write_source (writer, node);
    return;
  case LEC_NODE_EVERYTHING:
  case LEC_NODE_TRUTH:
  case LEC_NODE_PRESENCE:
  case LEC_NODE_CONSTANT:
    return; /* made by check.c only, or empty */
  }
}

static gboolean
differ_in_space_only (const char *a, const char *b)
{
  for (;; a++, b++) {
    while (g_ascii_isspace (*a))
      a++;
    while (g_ascii_isspace (*b))
      b++;
    if (*a != *b)
      return FALSE;
    if (*a == '\0')
      return TRUE;
  }
}

char *
lec_canonical_dup (const LecRegistry *registry, LecSyntax *syntax, gboolean *translated)
{
  Writer writer = { registry, syntax, g_string_new (NULL) };

  write_node (&writer, syntax->root);
  *translated = writer.translated;
  if (differ_in_space_only (writer.text->str, syntax->source)) {
    g_string_free (writer.text, TRUE);
    return g_strdup (syntax->source);
  }
  return g_string_free (writer.text, FALSE);
}
