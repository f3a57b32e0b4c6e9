#include "filter/completion.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "filter/completion-place.h"
#include "filter/names.h"

/* How well a name fits what is written: the less, the better. */
typedef enum {
  FIT_EXACT,
  FIT_PREFIX,
  FIT_WORD,   /* a part of the name or a word of its label begins so */
  FIT_INSIDE, /* it stands somewhere in either */
  FIT_NEAR,   /* mistyped */
  FIT_NONE,
} Fit;

/* A name that fits; `order` is its place in the registry. */
typedef struct {
  const LecName *name;
  gboolean analyzer; /* written as Message Analyzer does */
  Fit fit;
  unsigned order;
} Candidate;

/* What is being made, and for what. */
typedef struct {
  const LecRegistry *registry;
  const LecCompletionPlace *place;
  const char *prefix;
  LecCompletion *completion;
} Maker;

#define CLASS(name)   (1u << LEC_CLASS_##name)
#define ORDERED       (CLASS (UNSIGNED) | CLASS (SIGNED) | CLASS (DURATION) | CLASS (TIME) | CLASS (REAL))
#define ADDRESSES     (CLASS (IPV4) | CLASS (IPV6))
#define TEXT_OR_BYTES (CLASS (TEXT) | CLASS (BYTES))
#define ALL_CLASSES   (ORDERED | ADDRESSES | TEXT_OR_BYTES)

/* Behind a name, by the class of its values. */
static const struct {
  const char *insert;
  unsigned classes;
  const char *label;
  const char *sentence;
} operators[] = {
  { "==", ALL_CLASSES, N_ ("equal"), N_ ("Some value of the field is this one.") },
  { "!=", ALL_CLASSES, N_ ("not equal"), N_ ("The exact opposite of ==: frames without the field pass as well.") },
  { "contains", TEXT_OR_BYTES, N_ ("contains"), N_ ("This text stands somewhere in it.") },
  { "matches", TEXT_OR_BYTES, N_ ("matches a pattern"), N_ ("A regular expression finds something in it.") },
  { ">", ORDERED, N_ ("greater"), NULL },
  { "<", ORDERED, N_ ("less"), NULL },
  { ">=", ORDERED, N_ ("greater or equal"), NULL },
  { "<=", ORDERED, N_ ("less or equal"), NULL },
  { "in", ALL_CLASSES, N_ ("one of several"), N_ ("Values and ranges in braces: {80 443 8000..8100}.") },
  { "~=", ALL_CLASSES, N_ ("there, and not equal"), N_ ("As !=, but frames without the field do not pass.") },
};

static const struct {
  const char *insert;
  const char *label;
  const char *sentence;
} joins[] = {
  { "and", N_ ("both"), N_ ("What stands before it and what stands behind it must be true.") },
  { "or", N_ ("either"), N_ ("One of the two must be true.") },
};

/* Where a condition begins. */
static const struct {
  const char *insert;
  const char *label;
  const char *sentence;
} beginnings[] = {
  { "not", N_ ("opposite"), N_ ("What follows must not be true.") },
  { "len(", N_ ("length"), N_ ("How many bytes a text or bytes have: len(http.host) > 20.") },
  { "count(", N_ ("how often"), N_ ("How many values a field has in a frame: count(ip.addr) > 2.") },
  { "upper(", N_ ("in capitals"), N_ ("A text in capital letters, to compare it in any case.") },
  { "lower(", N_ ("in small letters"), N_ ("A text in small letters, to compare it in any case.") },
};

static const struct {
  const char *insert;
  const char *label;
} flags[] = {
  { "true", N_ ("set") },
  { "false", N_ ("not set") },
};

static const char *const types[] = {
  [LEC_TYPE_NONE] = N_ ("mark"),       [LEC_TYPE_PROTOCOL] = N_ ("protocol"), [LEC_TYPE_BOOLEAN] = N_ ("flag"),
  [LEC_TYPE_UINT8] = N_ ("number"),    [LEC_TYPE_UINT16] = N_ ("number"),     [LEC_TYPE_UINT24] = N_ ("number"),
  [LEC_TYPE_UINT32] = N_ ("number"),   [LEC_TYPE_UINT64] = N_ ("number"),     [LEC_TYPE_INT32] = N_ ("number"),
  [LEC_TYPE_INT64] = N_ ("number"),    [LEC_TYPE_DOUBLE] = N_ ("number"),     [LEC_TYPE_DURATION] = N_ ("duration"),
  [LEC_TYPE_TIME] = N_ ("time"),       [LEC_TYPE_FRAME] = N_ ("frame"),       [LEC_TYPE_STRING] = N_ ("text"),
  [LEC_TYPE_BYTES] = N_ ("bytes"),     [LEC_TYPE_IPV4] = N_ ("IPv4 address"), [LEC_TYPE_IPV6] = N_ ("IPv6 address"),
  [LEC_TYPE_MAC] = N_ ("MAC address"),
};

static void
free_proposal (void *data)
{
  LecProposal *proposal = data;

  g_free (proposal->insert);
  g_free (proposal);
}

static gboolean
is_full (const Maker *maker)
{
  return maker->completion->proposals->len >= LEC_PROPOSALS_MOST;
}

static gboolean
has_prefix (const char *text, const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* A proposal that replaces what is written; NULL where the list is full or has it. LABEL and SENTENCE are translated
 * here. */
static LecProposal *
propose (Maker *maker, LecProposalKind kind, const char *insert, const char *label, const char *sentence)
{
  GPtrArray *proposals = maker->completion->proposals;

  if (is_full (maker))
    return NULL;
  for (unsigned i = 0; i < proposals->len; i++)
    if (g_str_equal (((LecProposal *) proposals->pdata[i])->insert, insert))
      return NULL;
  LecProposal *proposal = g_new0 (LecProposal, 1);
  proposal->kind = kind;
  proposal->insert = g_strdup (insert);
  proposal->start = maker->place->start;
  proposal->end = maker->place->end;
  proposal->label = label != NULL && *label != '\0' ? _ (label) : NULL;
  proposal->sentence = sentence != NULL && *sentence != '\0' ? _ (sentence) : NULL;
  g_ptr_array_add (proposals, proposal);
  return proposal;
}

/* Names. */

static gboolean
is_between_words (char character)
{
  return character == '.' || character == '_' || character == ' ' || character == '-' || character == '(';
}

/* Whether PREFIX begins a part of TEXT other than its first. */
static gboolean
begins_part (const char *text, const char *prefix)
{
  for (; *text != '\0'; text++)
    if (is_between_words (*text) && has_prefix (text + 1, prefix))
      return TRUE;
  return FALSE;
}

static gboolean
contains (const char *text, const char *part)
{
  for (; *text != '\0'; text++)
    if (has_prefix (text, part))
      return TRUE;
  return FALSE;
}

static Fit
fit_of_name (const char *name, const char *prefix)
{
  if (name == NULL)
    return FIT_NONE;
  if (g_ascii_strcasecmp (name, prefix) == 0)
    return FIT_EXACT;
  if (has_prefix (name, prefix))
    return FIT_PREFIX;
  if (begins_part (name, prefix))
    return FIT_WORD;
  return strlen (prefix) > 1 && contains (name, prefix) ? FIT_INSIDE : FIT_NONE;
}

static Fit
fit_of_label (const char *label, const char *prefix)
{
  if (strlen (prefix) < 2 || label == NULL || *label == '\0')
    return FIT_NONE;
  if (has_prefix (label, prefix) || begins_part (label, prefix))
    return FIT_WORD;
  return strlen (prefix) > 2 && contains (label, prefix) ? FIT_INSIDE : FIT_NONE;
}

/* In a name of three letters two changes make anything of anything. What is typed may be the beginning of a name. */
static gboolean
is_near (const char *name, const char *prefix)
{
  size_t length = strlen (prefix);
  unsigned limit = length < 5 ? 1 : 2;

  if (name == NULL || length < 3 || strlen (name) + limit < length)
    return FALSE;
  g_autofree char *beginning = g_strndup (name, length);
  return lec_names_distance (name, prefix, limit) <= limit || lec_names_distance (beginning, prefix, limit) <= limit;
}

static Candidate
candidate_of (const LecName *name, unsigned order, const char *prefix, gboolean near)
{
  Fit wireshark = fit_of_name (name->name, prefix), analyzer = fit_of_name (name->analyzer_name, prefix);
  Candidate candidate = { name, FALSE, wireshark, order };

  /* Who writes capitals writes Message Analyzer's names. */
  if (analyzer < wireshark ||
      (analyzer == wireshark && analyzer <= FIT_PREFIX && strncmp (name->analyzer_name, prefix, strlen (prefix)) == 0 &&
       strncmp (name->name, prefix, strlen (prefix)) != 0)) {
    candidate.analyzer = TRUE;
    candidate.fit = analyzer;
  }
  if (candidate.fit > FIT_WORD) {
    candidate.fit = MIN (candidate.fit, fit_of_label (name->label, prefix));
    if (name->label != NULL && *name->label != '\0')
      candidate.fit = MIN (candidate.fit, fit_of_label (_ (name->label), prefix));
  }
  if (candidate.fit == FIT_NONE && near && is_near (name->name, prefix))
    candidate.fit = FIT_NEAR;
  if (candidate.fit == FIT_NONE && near && is_near (name->analyzer_name, prefix)) {
    candidate.fit = FIT_NEAR;
    candidate.analyzer = TRUE;
  }
  return candidate;
}

static unsigned
depth (const char *name)
{
  unsigned n_dots = 0;

  for (; *name != '\0'; name++)
    n_dots += *name == '.';
  return n_dots;
}

/* Names of several fields, such as tcp.port, before the fields; a protocol before what is in it. */
static int
compare_candidates (const void *a, const void *b)
{
  const Candidate *left = a, *right = b;
  unsigned left_depth = depth (left->name->name), right_depth = depth (right->name->name);

  if (left->fit != right->fit)
    return left->fit < right->fit ? -1 : 1;
  if (left_depth != right_depth)
    return left_depth < right_depth ? -1 : 1;
  if ((left->name->n_fields > 1) != (right->name->n_fields > 1))
    return left->name->n_fields > 1 ? -1 : 1;
  return left->order < right->order ? -1 : left->order > right->order;
}

static GArray *
find_candidates (const LecRegistry *registry, const char *prefix, gboolean near)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  unsigned n_names;
  const LecName *names = lec_registry_names (registry, &n_names);

  for (unsigned i = 0; i < n_names; i++) {
    Candidate candidate = candidate_of (&names[i], i, prefix, near);

    if (candidate.fit != FIT_NONE)
      g_array_append_val (candidates, candidate);
  }
  g_array_sort (candidates, compare_candidates);
  return candidates;
}

static void
propose_name (Maker *maker, const LecName *name, gboolean analyzer)
{
  const LecField *field = name->fields[0];
  LecProposalKind kind = field->type == LEC_TYPE_PROTOCOL ? LEC_PROPOSAL_PROTOCOL : LEC_PROPOSAL_FIELD;
  LecProposal *proposal =
      propose (maker, kind, analyzer ? name->analyzer_name : name->name, name->label, field->explanation);

  if (proposal == NULL)
    return;
  proposal->type = field->show == LEC_SHOW_PORT ? _ ("port") : _ (types[field->type]);
  if (name->n_fields > 1)
    proposal->sentence = _ ("Stands for several fields: that one of them fits is enough.");
}

static void
propose_names (Maker *maker)
{
  g_autoptr (GArray) candidates = find_candidates (maker->registry, maker->prefix, FALSE);

  if (candidates->len == 0) {
    g_array_unref (candidates);
    candidates = find_candidates (maker->registry, maker->prefix, TRUE);
  }
  for (unsigned i = 0; i < candidates->len && !is_full (maker); i++) {
    const Candidate *candidate = &g_array_index (candidates, Candidate, i);

    propose_name (maker, candidate->name, candidate->analyzer);
  }
}

/* Message Analyzer's names that stand for those of several protocols. */
static void
propose_collective (Maker *maker)
{
  const char *member, *name;

  for (unsigned i = 0; (name = lec_names_collective (i, &member)) != NULL; i++) {
    const LecName *known = lec_registry_find (maker->registry, member);
    LecProposal *proposal = NULL;

    if (known != NULL && has_prefix (name, maker->prefix))
      proposal = propose (maker, LEC_PROPOSAL_FIELD, name, known->label,
                          N_ ("Stands for several fields: that one of them fits is enough."));
    if (proposal != NULL)
      proposal->type = _ (types[known->fields[0]->type]);
  }
}

/* Where nothing is written yet: the protocols that traces are about. */
static void
propose_protocols (Maker *maker)
{
  static const char *const common[] = { "tcp", "http", "dns", "ip", "udp", "tls", "arp", "icmp", "lectern.verdict" };

  for (unsigned i = 0; i < G_N_ELEMENTS (common); i++) {
    const LecName *name = lec_registry_find (maker->registry, common[i]);

    if (name != NULL)
      propose_name (maker, name, FALSE);
  }
}

/* Places. */

static void
propose_operand (Maker *maker)
{
  if (*maker->prefix == '\0') {
    propose_protocols (maker);
    return;
  }
  if (g_ascii_isdigit (*maker->prefix))
    return;
  if (strchr ("*#", *maker->prefix) != NULL)
    propose_collective (maker);
  for (unsigned i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (has_prefix (beginnings[i].insert, maker->prefix) && strlen (maker->prefix) > 1)
      propose (maker, LEC_PROPOSAL_WORD, beginnings[i].insert, beginnings[i].label, beginnings[i].sentence);
  propose_names (maker);
}

static void
propose_joins (Maker *maker)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (joins); i++)
    if (has_prefix (joins[i].insert, maker->prefix))
      propose (maker, LEC_PROPOSAL_WORD, joins[i].insert, joins[i].label, joins[i].sentence);
}

static unsigned
classes_of (const LecName *name)
{
  const LecField *field = name->fields[0];

  if (field->type == LEC_TYPE_PROTOCOL || field->type == LEC_TYPE_NONE)
    return 0;
  return 1u << lec_class_of (field);
}

/* What a flag is compared with, and all that a flag can be. */
static gboolean
is_flag (const LecName *name)
{
  return name->fields[0]->type == LEC_TYPE_BOOLEAN;
}

static void
propose_operators (Maker *maker)
{
  const LecName *name = maker->place->name;

  for (unsigned i = 0; i < G_N_ELEMENTS (operators); i++)
    if ((operators[i].classes & classes_of (name)) != 0 && has_prefix (operators[i].insert, maker->prefix) &&
        (!is_flag (name) || strchr ("=!~", operators[i].insert[0]) != NULL))
      propose (maker, LEC_PROPOSAL_OPERATOR, operators[i].insert, operators[i].label, operators[i].sentence);
  propose_joins (maker);
}

/* Whether TEXT, which may stand in quotes, begins as what is written, with or without them. */
static gboolean
value_fits (const char *text, const char *meaning, const char *prefix)
{
  gboolean quoted = *prefix == '"' || *prefix == '\'';

  if (*text == '"')
    return has_prefix (text + 1, prefix + quoted);
  return !quoted && (has_prefix (text, prefix) || (*prefix != '\0' && meaning != NULL && has_prefix (meaning, prefix)));
}

static void
propose_counted (Maker *maker, const LecTraceValues *values)
{
  for (unsigned i = 0; i < values->n_values && !is_full (maker); i++) {
    const LecTraceValue *value = &values->values[i];
    LecProposal *proposal = NULL;

    if (value_fits (value->text, value->meaning, maker->prefix))
      proposal = propose (maker, LEC_PROPOSAL_VALUE, value->text, NULL, NULL);
    if (proposal == NULL)
      continue;
    proposal->label = value->meaning;
    proposal->n_frames = value->n_frames;
    proposal->at_least = values->partial;
  }
}

static void
propose_value (Maker *maker, const LecTraceValues *values)
{
  const LecName *name = maker->place->name;

  if (name == NULL)
    return;
  for (unsigned i = 0; is_flag (name) && i < G_N_ELEMENTS (flags); i++)
    if (has_prefix (flags[i].insert, maker->prefix))
      propose (maker, LEC_PROPOSAL_VALUE, flags[i].insert, flags[i].label, NULL);
  if (values != NULL && values->name == name)
    propose_counted (maker, values);
  else if (lec_trace_values_wanted (maker->registry, name))
    maker->completion->wanted = name;
  const LecValueName *named = is_flag (name) ? NULL : name->fields[0]->values;
  for (; named != NULL && named->name != NULL && !is_full (maker); named++) {
    g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, named->value);

    if (value_fits (number, named->name, maker->prefix))
      propose (maker, LEC_PROPOSAL_VALUE, number, named->name, NULL);
  }
  /* A field may be compared with another; but of a letter or two too much begins with those. */
  if (strlen (maker->prefix) > 2 && maker->completion->proposals->len == 0 && g_ascii_isalpha (*maker->prefix))
    propose_names (maker);
}

/* The one proposal that is written already says nothing. */
static void
drop_written (Maker *maker)
{
  GPtrArray *proposals = maker->completion->proposals;

  if (proposals->len == 1 && g_ascii_strcasecmp (((LecProposal *) proposals->pdata[0])->insert, maker->prefix) == 0)
    g_ptr_array_set_size (proposals, 0);
}

LecCompletion *
lec_completion_new (const LecRegistry *registry, const char *text, unsigned cursor, const LecTraceValues *values)
{
  LecCompletion *completion = g_new0 (LecCompletion, 1);
  g_auto (LecCompletionPlace) place;

  completion->proposals = g_ptr_array_new_with_free_func (free_proposal);
  lec_completion_place_find (registry, text, cursor, &place);
  Maker maker = { registry, &place, place.prefix, completion };
  switch (place.kind) {
  case LEC_PLACE_NOWHERE:
    break;
  case LEC_PLACE_OPERAND:
    propose_operand (&maker);
    break;
  case LEC_PLACE_OPERATOR:
    propose_operators (&maker);
    break;
  case LEC_PLACE_VALUE:
    propose_value (&maker, values);
    break;
  case LEC_PLACE_SET:
    if (*place.prefix == '\0')
      propose (&maker, LEC_PROPOSAL_WORD, "{", N_ ("a set"), N_ ("Values and ranges up to a closing brace."));
    break;
  case LEC_PLACE_JOIN:
    propose_joins (&maker);
    break;
  }
  drop_written (&maker);
  completion->begun = *place.prefix != '\0' || place.kind == LEC_PLACE_OPERATOR || place.kind == LEC_PLACE_VALUE;
  return completion;
}

void
lec_completion_free (LecCompletion *completion)
{
  if (completion == NULL)
    return;
  g_ptr_array_unref (completion->proposals);
  g_free (completion);
}

char *
lec_proposal_dup_taken (const LecProposal *proposal, const char *text, unsigned *cursor)
{
  size_t length = strlen (text), start = MIN (proposal->start, length), end = CLAMP (proposal->end, start, length);
  size_t insert = strlen (proposal->insert);
  /* Behind operators and words something is to follow. */
  gboolean spaced = (proposal->kind == LEC_PROPOSAL_OPERATOR || proposal->kind == LEC_PROPOSAL_WORD) &&
                    g_ascii_isalpha (proposal->insert[0]) == g_ascii_isalpha (proposal->insert[insert - 1]) &&
                    proposal->insert[0] != '{' && text[end] != ' ';
  GString *taken = g_string_new_len (text, (gssize) start);

  g_string_append (taken, proposal->insert);
  if (spaced)
    g_string_append_c (taken, ' ');
  *cursor = (unsigned) taken->len + (!spaced && text[end] == ' ' && proposal->kind == LEC_PROPOSAL_OPERATOR);
  g_string_append (taken, text + end);
  return g_string_free (taken, FALSE);
}
