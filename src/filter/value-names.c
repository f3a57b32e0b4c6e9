#include "filter/value-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/remarks.h"
#include "analysis/tcp-state.h"
#include "analysis/verdict-kinds.h"
#include "analysis/verdict-loss.h"
#include "filter/literal.h"
#include "filter/names.h"
#include "protocol/replay.h"
#include "protocol/services.h"
#include "protocol/verdict.h"

#define NEAREST_MOST 3
/* More words than that are no list that anybody reads. */
#define LISTED_MOST 8

static const char *
kind_name (unsigned i)
{
  return i < LEC_N_VERDICTS ? lec_verdict_kind_name ((LecVerdictKind) i) : NULL;
}

static const char *
confidence_name (unsigned i)
{
  return i <= LEC_CONFIDENCE_PENDING ? lec_confidence_name ((LecConfidence) i) : NULL;
}

static const char *
cause_name (unsigned i)
{
  return i <= LEC_CAUSE_SYN_ACK ? lec_cause_name ((LecCause) i) : NULL;
}

/* The first of them has no name: nothing was lost. */
static const char *
place_name (unsigned i)
{
  return i < LEC_LOSS_UNCLEAR ? lec_loss_name ((LecLoss) (i + 1)) : NULL;
}

static const char *
reason_name (unsigned i)
{
  return i <= LEC_RESET_SUSPICIOUS ? lec_reset_reason_name ((LecResetReason) i) : NULL;
}

static const char *
remark_name (unsigned i)
{
  return i < LEC_N_REMARKS ? lec_remark_name ((LecRemark) i) : NULL;
}

static const char *
state_name (unsigned i)
{
  return i < LEC_N_STATES ? lec_tcp_state_name ((LecTcpState) i) : NULL;
}

/* The words of a set one after the other, NULL after the last. */
typedef const char *(*NameFunc) (unsigned i);

static const struct {
  const LecProtocol *protocol;
  unsigned field;
  NameFunc name;
} sets[] = {
  { &lec_verdict_protocol, LEC_VERDICT_FIELD_KIND, kind_name },
  { &lec_verdict_protocol, LEC_VERDICT_FIELD_CONFIDENCE, confidence_name },
  { &lec_verdict_protocol, LEC_VERDICT_FIELD_CAUSE, cause_name },
  { &lec_verdict_protocol, LEC_VERDICT_FIELD_PLACE, place_name },
  { &lec_verdict_protocol, LEC_VERDICT_FIELD_REASON, reason_name },
  { &lec_verdict_protocol, LEC_VERDICT_FIELD_REMARK, remark_name },
  { &lec_replay_protocol, LEC_REPLAY_FIELD_STATE, state_name },
  { &lec_replay_protocol, LEC_REPLAY_FIELD_STATE + 1, state_name },
};

static NameFunc
find_set (const LecField *field)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (sets); i++)
    if (field == &sets[i].protocol->fields[sets[i].field])
      return sets[i].name;
  return NULL;
}

gboolean
lec_value_names_are_closed (const LecField *field)
{
  return find_set (field) != NULL;
}

const char *
lec_value_names_find (const LecField *field, const char *name)
{
  NameFunc set = find_set (field);

  for (unsigned i = 0; set != NULL && set (i) != NULL; i++)
    if (g_ascii_strcasecmp (set (i), name) == 0)
      return set (i);
  return NULL;
}

/* Names near to what is written, the nearest first. */
typedef struct {
  const char *written;
  unsigned limit;
  unsigned n;
  struct {
    char *name; /* owned */
    unsigned distance;
  } nearest[NEAREST_MOST];
} Search;

static gboolean
is_known (const Search *search, const char *name)
{
  for (unsigned i = 0; i < search->n; i++)
    if (g_ascii_strcasecmp (search->nearest[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

/* PREFIX and NAME together are a candidate. */
static void
consider (Search *search, const char *prefix, const char *name)
{
  g_autofree char *whole = g_strconcat (prefix, name, NULL);
  unsigned distance = lec_names_distance (search->written, whole, search->limit), place = search->n;

  if (distance > search->limit || is_known (search, whole))
    return;
  while (place > 0 && search->nearest[place - 1].distance > distance)
    place--;
  if (place == NEAREST_MOST)
    return;
  if (search->n == NEAREST_MOST)
    g_free (search->nearest[--search->n].name);
  memmove (&search->nearest[place + 1], &search->nearest[place], (search->n - place) * sizeof search->nearest[0]);
  search->nearest[place].name = g_steal_pointer (&whole);
  search->nearest[place].distance = distance;
  search->n++;
}

static void
consider_constants (Search *search)
{
  const char *name;

  for (unsigned i = 0; (name = lec_constant_name (i)) != NULL; i++)
    consider (search, "", name);
  for (unsigned i = 0; (name = lec_service_nth (i)) != NULL; i++)
    consider (search, LEC_CONSTANT_PORT_PREFIX, name);
}

static void
consider_field (Search *search, const LecField *field)
{
  NameFunc set = find_set (field);
  const char *name;

  for (unsigned i = 0; set != NULL && (name = set (i)) != NULL; i++)
    consider (search, "", name);
  for (const LecValueName *value = field->values; value != NULL && value->name != NULL; value++)
    consider (search, "", value->name);
  if (field->type == LEC_TYPE_BOOLEAN) {
    consider (search, "", "true");
    consider (search, "", "false");
  }
  for (unsigned i = 0; field->show == LEC_SHOW_PORT && (name = lec_service_nth (i)) != NULL; i++)
    consider (search, "", name);
}

char *
lec_value_names_dup_nearest (const LecField *field, const char *written)
{
  /* In a name of three letters two changes make anything of anything. */
  Search search = { .written = written, .limit = strlen (written) < 4 ? 1 : 2 };
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_ascii_isdigit (*written))
    return NULL;
  if (field != NULL)
    consider_field (&search, field);
  /* Constants have a dot in their names: nobody who leaves it out means one. */
  if (strchr (written, '.') != NULL && (field == NULL || lec_class_of (field) <= LEC_CLASS_SIGNED))
    consider_constants (&search);
  for (unsigned i = 0; i < search.n; i++) {
    g_string_append_printf (text, i > 0 ? ", \"%s\"" : "\"%s\"", search.nearest[i].name);
    g_free (search.nearest[i].name);
  }
  return search.n > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static char *
dup_expectation_of_set (NameFunc set)
{
  g_autoptr (GString) words = g_string_new (NULL);
  unsigned n;

  for (n = 0; set (n) != NULL && n < LISTED_MOST; n++)
    if (n == 0 || strcmp (set (n), set (n - 1)) != 0)
      g_string_append_printf (words, n > 0 ? ", %s" : "%s", set (n));
  if (set (n) != NULL)
    return g_strdup_printf (_ ("one of its words, such as \"%s\""), set (1));
  return g_strdup_printf (_ ("one of the words %s"), words->str);
}

char *
lec_value_names_dup_expectation (const LecField *field)
{
  NameFunc set = field != NULL ? find_set (field) : NULL;

  if (set != NULL)
    return dup_expectation_of_set (set);
  if (field == NULL || field->values == NULL || field->values->name == NULL || field->type == LEC_TYPE_BOOLEAN)
    return NULL;
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, field->values->value);
  return g_strdup_printf (_ ("a number or its name, such as %s or \"%s\""), number, field->values->name);
}
