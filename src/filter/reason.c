#include "filter/reason.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/names.h"
#include "filter/parser.h"

/* More names would be no help. */
#define MOST_NAMES 3

/* Frames asked in one go. */
#define SLICE_FRAMES 16384u

/* How many frames pass a text, as far as it is known. */
typedef struct {
  LecFilter *filter; /* NULL: none passes what is no filter */
  uint32_t next;     /* frames below have been asked */
  uint32_t count;    /* once all have */
} Question;

/* What leads to the reason is gone through from the start after each pause: questions that were answered are not asked
 * again, and what comes of one that was not is dropped. */
struct LecInquiry {
  const LecRegistry *registry;
  LecIndex *index;
  uint32_t end;
  uint32_t count;
  gboolean is_impossible; /* says the filter itself */
  LecSyntax *syntax;      /* the filter's canonical text; NULL: there is nothing to ask */
  GHashTable *questions;  /* text → Question */
  LecBitmap *matches;     /* of the question at hand */
  uint32_t next_frame;    /* and how far it is */
  char *reason;

  /* Of this run. */
  LecFrameReader *reader;
  const _Atomic unsigned *cancel;
  gint64 until_us;
  gboolean asked; /* something: each run comes further */
  gboolean paused;
};

static void
question_free (void *data)
{
  Question *question = data;

  lec_filter_unref (question->filter);
  g_free (question);
}

LecInquiry *
lec_inquiry_new (const LecFilter *filter, const LecRegistry *registry, LecIndex *index, uint32_t end, uint32_t count)
{
  LecInquiry *inquiry = g_new0 (LecInquiry, 1);

  inquiry->registry = registry;
  inquiry->index = index;
  inquiry->end = end;
  inquiry->count = count;
  inquiry->is_impossible = lec_filter_is_impossible (filter);
  inquiry->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, question_free);
  inquiry->matches = lec_bitmap_new ();
  inquiry->syntax = lec_syntax_new ();
  if (end <= 1 || !lec_parser_run (inquiry->syntax, lec_filter_canonical (filter), NULL) ||
      inquiry->syntax->root->kind == LEC_NODE_EVERYTHING)
    g_clear_pointer (&inquiry->syntax, lec_syntax_free);
  return inquiry;
}

void
lec_inquiry_free (LecInquiry *inquiry)
{
  if (inquiry == NULL)
    return;
  g_clear_pointer (&inquiry->syntax, lec_syntax_free);
  g_hash_table_unref (inquiry->questions);
  lec_bitmap_free (inquiry->matches);
  g_free (inquiry->reason);
  g_free (inquiry);
}

static Question *
find_question (LecInquiry *inquiry, const char *text)
{
  Question *question = g_hash_table_lookup (inquiry->questions, text);

  if (question != NULL)
    return question;
  question = g_new0 (Question, 1);
  question->filter = lec_filter_new (inquiry->registry, text, NULL);
  question->next = question->filter != NULL ? 1 : inquiry->end;
  g_hash_table_insert (inquiry->questions, g_strdup (text), question);
  lec_bitmap_reserve (inquiry->matches, inquiry->end + 64);
  lec_bitmap_recount (inquiry->matches);
  return question;
}

/* How many frames pass TEXT. */
static uint32_t
count_frames (LecInquiry *inquiry, const char *text)
{
  if (inquiry->paused)
    return 0;
  Question *question = find_question (inquiry, text);
  while (question->next < inquiry->end) {
    uint32_t end = MIN (inquiry->end, question->next + SLICE_FRAMES);

    inquiry->paused = (inquiry->asked && g_get_monotonic_time () > inquiry->until_us) ||
                      !lec_filter_run (question->filter, inquiry->reader, inquiry->index, question->next, end,
                                       inquiry->matches, inquiry->cancel);
    if (inquiry->paused)
      return 0;
    inquiry->asked = TRUE;
    question->next = inquiry->next_frame = end;
    question->count = lec_bitmap_count (inquiry->matches, end);
  }
  return question->count;
}

/* Frames that have NAME, be it a flag that is not set. */
static uint32_t
count_presence (LecInquiry *inquiry, const char *name)
{
  g_autofree char *text = g_strdup_printf ("%s != nothing", name);

  return count_frames (inquiry, text);
}

static char *
dup_source (const LecInquiry *inquiry, const LecNode *node)
{
  return g_utf8_substring (inquiry->syntax->source, node->position, (glong) node->position + node->length);
}

/* The names inside NODE, each once, as they are written. */
static void
collect_names (LecInquiry *inquiry, LecNode *node, GPtrArray *names)
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
dup_absence (LecInquiry *inquiry, LecNode *node)
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
dup_reason_of_part (LecInquiry *inquiry, LecNode *node)
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
dup_reason_of_nothing (LecInquiry *inquiry)
{
  LecNode *root = inquiry->syntax->root;

  if (root->kind != LEC_NODE_AND)
    return dup_reason_of_part (inquiry, root);
  for (unsigned i = 0; i < root->n_children && !inquiry->paused; i++) {
    char *reason = dup_reason_of_part (inquiry, root->children[i]);

    if (reason != NULL)
      return reason;
  }
  return g_strdup (_ ("Each of these conditions is true of some frames, but there is no frame of which all are."));
}

static char *
dup_reason_of_everything (LecInquiry *inquiry)
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
dup_reason_of_presence (LecInquiry *inquiry, uint32_t count)
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
dup_reason_of_inequality (LecInquiry *inquiry)
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

static char *
dup_reason (LecInquiry *inquiry)
{
  char *reason = NULL;

  if (inquiry->count == 0)
    return inquiry->is_impossible ? NULL : dup_reason_of_nothing (inquiry);
  if (inquiry->count == inquiry->end - 1)
    reason = dup_reason_of_everything (inquiry);
  else
    reason = dup_reason_of_presence (inquiry, inquiry->count);
  return reason != NULL ? reason : dup_reason_of_inequality (inquiry);
}

gboolean
lec_inquiry_run (LecInquiry *inquiry, LecFrameReader *reader, gint64 until_us, const _Atomic unsigned *cancel)
{
  g_autofree char *reason = NULL;

  if (inquiry->syntax == NULL || inquiry->reason != NULL)
    return TRUE;
  inquiry->reader = reader;
  inquiry->until_us = until_us;
  inquiry->cancel = cancel;
  inquiry->asked = inquiry->paused = FALSE;
  reason = dup_reason (inquiry);
  if (inquiry->paused)
    return FALSE;
  inquiry->reason = g_steal_pointer (&reason);
  return TRUE;
}

uint32_t
lec_inquiry_next_frame (const LecInquiry *inquiry)
{
  return inquiry->next_frame;
}

const char *
lec_inquiry_reason (const LecInquiry *inquiry)
{
  return inquiry->reason;
}

char *
lec_filter_dup_reason (const LecFilter *filter, const LecRegistry *registry, LecFrameReader *reader, LecIndex *index,
                       uint32_t end, uint32_t count, const _Atomic unsigned *cancel)
{
  g_autoptr (LecInquiry) inquiry = lec_inquiry_new (filter, registry, index, end, count);

  return lec_inquiry_run (inquiry, reader, G_MAXINT64, cancel) ? g_strdup (inquiry->reason) : NULL;
}
