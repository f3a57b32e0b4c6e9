#include "filter/reference.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/names.h"

/* Takes the values of some fields from a dissection, as texts. `sink` comes first: a sink is cast to its taker. */
typedef struct {
  LecSink sink;
  const LecNode *name;
  GPtrArray *texts; /* of char * */
} Taker;

typedef struct {
  const LecRegistry *registry;
  LecSyntax *syntax;
  LecFrameReader *reader;
  uint32_t frame;
  gboolean filled;
  LecFilterProblem *problem;
} Filler;

static void
take_value (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  Taker *taker = (Taker *) (void *) sink;
  g_autoptr (GString) written = NULL;

  for (unsigned i = 0; i < taker->name->n_fields; i++)
    if (taker->name->fields[i] == field) {
      written = g_string_new (NULL);
      lec_value_append (written, field, value, FALSE);
      g_ptr_array_add (taker->texts, g_strdup (written->str));
      return;
    }
}

static void
take_end (LecSink *sink)
{
}

static gboolean
take_all (LecSink *sink, const LecProtocol *protocol)
{
  return !lec_protocol_is_replayed (protocol->id);
}

/* As it would be typed: a text in quotation marks. */
static void
become_literal (Filler *filler, LecNode *node, const LecField *field, const char *text)
{
  node->kind = field->type == LEC_TYPE_STRING ? LEC_NODE_STRING : LEC_NODE_WORD;
  node->text_bytes = strlen (text);
  node->text = lec_syntax_text (filler->syntax, text, node->text_bytes);
}

static gboolean
fill (Filler *filler, LecNode *node)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  LecNode *name = lec_syntax_node (filler->syntax, LEC_NODE_WORD, node->position, node->length);
  Taker taker = { { .add = take_value, .close = take_end, .wants_protocol = take_all }, name, texts };

  filler->filled = TRUE;
  name->text = node->text;
  name->text_bytes = node->text_bytes;
  if (!lec_names_resolve (filler->registry, filler->syntax, name))
    return lec_filter_problem_set (filler->problem, node->position, node->length, _ ("There is no field \"%s\"."),
                                   node->text);
  lec_frame_reader_dissect (filler->reader, filler->frame, &taker.sink, LEC_SUMMARY_NONE);
  if (texts->len == 0)
    return lec_filter_problem_set (filler->problem, node->position, node->length,
                                   _ ("Frame %u, which this refers to, has no “%s”."), filler->frame, node->text);
  if (texts->len == 1) {
    become_literal (filler, node, name->fields[0], texts->pdata[0]);
    return TRUE;
  }
  node->kind = LEC_NODE_SET;
  for (unsigned i = 0; i < texts->len; i++) {
    LecNode *member = lec_syntax_node (filler->syntax, LEC_NODE_WORD, node->position, node->length);

    become_literal (filler, member, name->fields[0], texts->pdata[i]);
    lec_node_add (node, member);
  }
  return TRUE;
}

static gboolean
fill_all (Filler *filler, LecNode *node)
{
  if (node->kind == LEC_NODE_REFERENCE)
    return fill (filler, node);
  for (unsigned i = 0; i < node->n_children; i++)
    if (!fill_all (filler, node->children[i]))
      return FALSE;
  return TRUE;
}

gboolean
lec_references_fill (const LecRegistry *registry, LecSyntax *syntax, LecFrameReader *reader, uint32_t frame,
                     gboolean *filled, LecFilterProblem *problem)
{
  Filler filler = { registry, syntax, reader, frame, FALSE, problem };
  gboolean understood = reader == NULL || fill_all (&filler, syntax->root);

  *filled = filler.filled;
  return understood;
}
