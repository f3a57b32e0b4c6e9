#include "filter/free-form.h"

#include <string.h>

#include "base/limits.h"
#include "filter/bare-value.h"
#include "filter/check.h"
#include "filter/filter.h"
#include "filter/parser.h"
#include "filter/phrase.h"

/* Words joined by operators: a clause between two of them is a filter of its own, or a phrase. */
typedef struct {
  const LecRegistry *registry;
  const char *at;
  GString *result;
  GPtrArray *words; /* of the clause: char * */
  GString *clause;  /* as it was typed */
} Splitter;

/* Operators as they are typed, and as the language writes them. */
static const struct {
  const char *typed;
  const char *written;
  gboolean word; /* white space must follow */
} joints[] = {
  { "&&", " and " },
  { "||", " or " },
  { "and", " and ", TRUE },
  { "or", " or ", TRUE },
  { "und", " and ", TRUE },
  { "oder", " or ", TRUE },
  { "not", "!", TRUE },
  { "nicht", "!", TRUE },
  { "but", " and ", TRUE },
  { "aber", " and ", TRUE },
  { "without", " and !", TRUE },
  { "ohne", " and !", TRUE },
  { "!", "!" },
  { "(", "(" },
  { ")", ")" },
};

static gboolean
is_filter (const LecRegistry *registry, const char *text)
{
  g_autoptr (LecSyntax) syntax = lec_syntax_new ();

  return lec_parser_run (syntax, text, NULL) && lec_check_run (registry, syntax, NULL);
}

/* Puts what the clause means behind the result; FALSE: it means nothing. */
static gboolean
end_clause (Splitter *splitter)
{
  g_autofree char *text = g_strstrip (g_strdup (splitter->clause->str)), *condition = NULL;

  if (splitter->words->len > 0) {
    g_ptr_array_add (splitter->words, NULL);
    if (is_filter (splitter->registry, text))
      condition = g_steal_pointer (&text);
    else
      condition = lec_phrase_dup_condition (splitter->registry, (char **) splitter->words->pdata);
    if (condition == NULL)
      return FALSE;
    gboolean torn = strstr (condition, " or ") != NULL || strstr (condition, " and ") != NULL ||
                    (g_str_has_suffix (splitter->result->str, "!") && strchr (condition, ' ') != NULL);
    g_string_append_printf (splitter->result, torn ? "(%s)" : "%s", condition);
  }
  g_ptr_array_set_size (splitter->words, 0);
  g_string_truncate (splitter->clause, 0);
  return TRUE;
}

static gboolean
holds_word (const Splitter *splitter, const char *word)
{
  for (unsigned i = 0; i < splitter->words->len; i++)
    if (g_ascii_strcasecmp (splitter->words->pdata[i], word) == 0)
      return TRUE;
  return FALSE;
}

/* The operator that stands here; −1: none. */
static int
find_joint (const Splitter *splitter)
{
  gboolean open = splitter->words->len == 0;

  /* "between a and b" is one clause, and so is "not found". */
  if (holds_word (splitter, "between") || holds_word (splitter, "zwischen") ||
      g_ascii_strncasecmp (splitter->at, "not found", 9) == 0 ||
      g_ascii_strncasecmp (splitter->at, "not modified", 12) == 0)
    return -1;
  for (unsigned i = 0; i < G_N_ELEMENTS (joints); i++) {
    size_t length = strlen (joints[i].typed);
    char after = strlen (splitter->at) >= length ? splitter->at[length] : '\0';

    if (g_ascii_strncasecmp (splitter->at, joints[i].typed, length) != 0)
      continue;
    if (joints[i].word ? !g_ascii_isspace (after) : joints[i].typed[0] == '!' && after == '=')
      continue;
    /* "len(" is a word; ")" may close it. */
    if (joints[i].typed[0] != '(' || open)
      return (int) i;
  }
  return -1;
}

/* Takes one word, quoted or up to white space or an operator; brackets inside belong to it. */
static void
take_word (Splitter *splitter)
{
  const char *start = splitter->at;
  unsigned depth = 0;

  if (*start == '"' || *start == '\'') {
    const char *end = strchr (start + 1, *start);
    g_autofree char *inside = g_strndup (start + 1, end != NULL ? (size_t) (end - start - 1) : 0);

    /* Without its end it stays what nobody understands. */
    g_ptr_array_add (splitter->words, end != NULL ? lec_bare_value_dup_text (inside) : g_strdup (start));
    splitter->at = end != NULL ? end + 1 : start + strlen (start);
  } else {
    for (; *splitter->at != '\0'; splitter->at++) {
      if (depth == 0 && (g_ascii_isspace (*splitter->at) || strchr (",;", *splitter->at) != NULL ||
                         (*splitter->at == ')' && splitter->at > start)))
        break;
      depth += strchr ("([{", *splitter->at) != NULL;
      depth -= depth > 0 && strchr (")]}", *splitter->at) != NULL;
    }
    g_ptr_array_add (splitter->words, g_strndup (start, splitter->at - start));
  }
  g_string_append_len (splitter->clause, start, splitter->at - start);
}

/* Quotation marks and dashes of word processors as those of programs. */
static char *
dup_plain (const char *text)
{
  static const struct {
    const char *pasted, *plain;
  } signs[] = {
    { "\xe2\x80\x9c", "\"" }, { "\xe2\x80\x9d", "\"" }, { "\xe2\x80\x9e", "\"" }, { "\xc2\xab", "\"" },
    { "\xc2\xbb", "\"" },     { "\xe2\x80\x98", "'" },  { "\xe2\x80\x99", "'" },  { "\xe2\x80\x9a", "'" },
    { "\xe2\x80\x93", "-" },  { "\xe2\x80\x94", "-" },  { "\xe2\x88\x92", "-" },  { "\xc2\xa0", " " },
  };
  g_autoptr (GString) plain = g_string_new (text);

  for (unsigned i = 0; i < G_N_ELEMENTS (signs); i++)
    g_string_replace (plain, signs[i].pasted, signs[i].plain, 0);
  g_strstrip (plain->str);
  return g_strdup (plain->str);
}

static gboolean
split (Splitter *splitter)
{
  while (*splitter->at != '\0') {
    int joint = find_joint (splitter);

    if (g_ascii_isspace (*splitter->at) || strchr (",;", *splitter->at) != NULL) {
      g_string_append_c (splitter->clause, *splitter->at++);
    } else if (joint >= 0) {
      if (!end_clause (splitter))
        return FALSE;
      g_string_append (splitter->result, joints[joint].written);
      splitter->at += strlen (joints[joint].typed);
    } else {
      take_word (splitter);
    }
  }
  return end_clause (splitter);
}

char *
lec_free_form_dup (const LecRegistry *registry, const char *text)
{
  g_autofree char *valid = strlen (text) <= LEC_LIMIT_FREE_FORM_BYTES ? g_utf8_make_valid (text, -1) : NULL;
  g_autofree char *plain = valid != NULL ? dup_plain (valid) : NULL, *result = NULL;
  Splitter splitter = { .registry = registry, .at = plain };

  if (plain == NULL || *plain == '\0')
    return NULL;
  splitter.result = g_string_new (NULL);
  splitter.clause = g_string_new (NULL);
  splitter.words = g_ptr_array_new_with_free_func (g_free);
  gboolean understood = split (&splitter);
  result = g_string_free (splitter.result, FALSE);
  g_string_free (splitter.clause, TRUE);
  g_ptr_array_unref (splitter.words);
  if (!understood || !is_filter (registry, result))
    return NULL;
  /* Brackets around all of it say nothing. */
  return lec_filter_dup_join (result, "only", result);
}
