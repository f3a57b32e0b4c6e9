#include "filter/reason.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/names.h"
#include "filter/parser.h"

/* More names would be no help. */
#define MOST_NAMES 3

/* What is asked of the trace, over and over. */
typedef struct {
  const LecRegistry *registry;
  LecSyntax *syntax; /* the filter's canonical text */
  LecFrameReader *reader;
  LecIndex *index;
  uint32_t end;
  const _Atomic unsigned *cancel;
  gboolean cancelled;
} Inquiry;

/* How many frames pass TEXT. */
static uint32_t
count_frames (Inquiry *inquiry, const char *text)
{
  g_autoptr (LecFilter) filter = lec_filter_new (inquiry->registry, text, NULL);
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();

  if (filter == NULL || inquiry->cancelled)
    return 0;
  lec_bitmap_reserve (matches, inquiry->end + 64);
  inquiry->cancelled =
      !lec_filter_run (filter, inquiry->reader, inquiry->index, 1, inquiry->end, matches, inquiry->cancel);
  return lec_bitmap_count (matches, inquiry->end);
}

/* Frames that have NAME, be it a flag that is not set. */
static uint32_t
count_presence (Inquiry *inquiry, const char *name)
{
  g_autofree char *text = g_strdup_printf ("%s != nothing", name);

  return count_frames (inquiry, text);
}

static char *
dup_source (const Inquiry *inquiry, const LecNode *node)
{
  return g_utf8_substring (inquiry->syntax->source, node->position, (glong) node->position + node->length);
}

/* The names inside NODE, each once, as they are written. */
static void
collect_names (Inquiry *inquiry, LecNode *node, GPtrArray *names)
{
  if ((node->kind == LEC_NODE_WORD || node->kind == LEC_NODE_WILDCARD || node->kind == LEC_NODE_ANNOTATION) &&
      lec_names_resolve (inquiry->registry, inquiry->syntax, node)) {
    char *name = dup_source (inquiry, node);

    if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_free (name);
    else
      g_ptr_array_add (names, name);
  }
  for (unsigned i = 0; i < node->n_children; i++)
    collect_names (inquiry, node->children[i], names);
}

/* "No frame of this trace has “dns.qry.name”", where that is so of all names inside NODE. */
static char *
dup_absence (Inquiry *inquiry, LecNode *node)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) list = g_string_new (NULL);

  collect_names (inquiry, node, names);
  if (names->len == 0 || names->len > MOST_NAMES)
    return NULL;
  for (unsigned i = 0; i < names->len; i++) {
    if (count_presence (inquiry, names->pdata[i]) > 0)
      return NULL;
    if (i > 0)
      g_string_append (list, _ ("” or “"));
    g_string_append (list, names->pdata[i]);
  }
  return g_strdup_printf (_ ("No frame of this trace has “%s”."), list->str);
}

/* Why NODE alone lets nothing pass; NULL: it lets something pass. */
static char *
dup_reason_of_part (Inquiry *inquiry, LecNode *node)
{
  g_autofree char *text = dup_source (inquiry, node), *absence = NULL;

  if (count_frames (inquiry, text) > 0)
    return NULL;
  absence = dup_absence (inquiry, node);
  if (absence != NULL)
    return g_steal_pointer (&absence);
  if (node->kind == LEC_NODE_TEST && node->children[0]->kind == LEC_NODE_WORD) {
    g_autofree char *name = dup_source (inquiry, node->children[0]);
    uint32_t n = count_presence (inquiry, name);

    return g_strdup_printf (ngettext ("%u frame of this trace has “%s”, but “%s” is not true of it.",
                                      "%u frames of this trace have “%s”, but “%s” is true of none of them.", n),
                            n, name, text);
  }
  return g_strdup_printf (_ ("“%s” is true of no frame of this trace."), text);
}

static char *
dup_reason_of_nothing (Inquiry *inquiry)
{
  LecNode *root = inquiry->syntax->root;

  if (root->kind != LEC_NODE_AND)
    return dup_reason_of_part (inquiry, root);
  for (unsigned i = 0; i < root->n_children && !inquiry->cancelled; i++) {
    char *reason = dup_reason_of_part (inquiry, root->children[i]);

    if (reason != NULL)
      return reason;
  }
  return g_strdup (_ ("Each of these conditions is true of some frames, but there is no frame of which all are."));
}

static char *
dup_reason_of_everything (Inquiry *inquiry)
{
  LecNode *root = inquiry->syntax->root;
  g_autofree char *text = dup_source (inquiry, root);

  if (root->kind == LEC_NODE_NOT || (root->kind == LEC_NODE_TEST && root->relation == LEC_RELATION_NOT_EQUAL)) {
    g_autofree char *absence = dup_absence (inquiry, root);

    return absence != NULL ? g_strdup_printf (_ ("%s “%s” is therefore true of all."), absence, text) : NULL;
  }
  if (root->kind != LEC_NODE_WORD)
    return NULL;
  return g_strdup_printf (_ ("Every frame of this trace has “%s”."), text);
}

/* A value's name alone asks whether it is there: of tcp.port every TCP segment says yes. */
static char *
dup_reason_of_presence (Inquiry *inquiry, uint32_t count)
{
  LecNode *root = inquiry->syntax->root;

  if (root->kind != LEC_NODE_WORD || !lec_names_resolve (inquiry->registry, inquiry->syntax, root))
    return NULL;
  const LecField *field = root->fields[0];
  const LecProtocol *protocol = lec_registry_protocol_of (inquiry->registry, field);
  if (protocol == NULL || protocol->id == LEC_PROTOCOL_VERDICT || protocol->id == LEC_PROTOCOL_OPERATION ||
      field->type <= LEC_TYPE_BOOLEAN || lec_protocol_is_replayed (protocol->id) ||
      protocol->fields[0].type != LEC_TYPE_PROTOCOL || count_frames (inquiry, protocol->fields[0].name) != count)
    return NULL;
  return g_strdup_printf (_ ("Every frame with “%s” has “%s”: alone, it asks only whether it is there."),
                          protocol->fields[0].name, root->text);
}

/* The comparison with != among ROOT's conditions, or NULL. */
static LecNode *
find_inequality (LecNode *root)
{
  LecNode *found = NULL;

  for (unsigned i = 0; root->kind == LEC_NODE_AND && found == NULL && i < root->n_children; i++)
    found = find_inequality (root->children[i]);
  if (root->kind == LEC_NODE_TEST && root->relation == LEC_RELATION_NOT_EQUAL &&
      root->quantifier == LEC_QUANTIFIER_NONE &&
      (root->children[0]->kind == LEC_NODE_WORD || root->children[0]->kind == LEC_NODE_WILDCARD))
    return root;
  return found;
}

/* != is true where the field is not there at all. */
static char *
dup_reason_of_inequality (Inquiry *inquiry)
{
  LecNode *test = find_inequality (inquiry->syntax->root);

  if (test == NULL)
    return NULL;
  g_autofree char *name = dup_source (inquiry, test->children[0]), *value = dup_source (inquiry, test->children[1]);
  g_autofree char *without = g_strdup_printf ("(%s) and %s == nothing", inquiry->syntax->source, name);
  uint32_t n = count_frames (inquiry, without);
  if (n == 0)
    return NULL;
  g_autofree char *strict = g_strdup_printf ("%s ~= %s", name, value);
  return g_strdup_printf (ngettext ("%u of these frames has no “%s” at all; “%s” leaves it out.",
                                    "%u of these frames have no “%s” at all; “%s” leaves them out.", n),
                          n, name, strict);
}

char *
lec_filter_dup_reason (const LecFilter *filter, const LecRegistry *registry, LecFrameReader *reader, LecIndex *index,
                       uint32_t end, uint32_t count, const _Atomic unsigned *cancel)
{
  g_autoptr (LecSyntax) syntax = lec_syntax_new ();
  Inquiry inquiry = { registry, syntax, reader, index, end, cancel, FALSE };
  g_autofree char *reason = NULL;

  if (end <= 1 || !lec_parser_run (syntax, lec_filter_canonical (filter), NULL) ||
      syntax->root->kind == LEC_NODE_EVERYTHING)
    return NULL;
  if (count == 0)
    reason = lec_filter_is_impossible (filter) ? NULL : dup_reason_of_nothing (&inquiry);
  else if (count == end - 1)
    reason = dup_reason_of_everything (&inquiry);
  else
    reason = dup_reason_of_presence (&inquiry, count);
  if (reason == NULL && count > 0)
    reason = dup_reason_of_inequality (&inquiry);
  return inquiry.cancelled ? NULL : g_steal_pointer (&reason);
}
