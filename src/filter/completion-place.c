#include "filter/completion-place.h"

#include <string.h>

/* Characters that names and values without quotes are made of. */
static gboolean
is_of_word (char character)
{
  return g_ascii_isalnum (character) || (character & 0x80) != 0 ||
         (character != '\0' && strchr ("_.:-/", character) != NULL);
}

/* Where the text in quotes begins that CURSOR stands in; G_MAXUINT = in none. */
static unsigned
open_quote (const char *text, unsigned cursor)
{
  unsigned start = G_MAXUINT;

  for (unsigned i = 0; i < cursor; i++) {
    if (start == G_MAXUINT && (text[i] == '"' || text[i] == '\''))
      start = i;
    else if (start != G_MAXUINT && text[i] == '\\' && i + 1 < cursor)
      i++;
    else if (start != G_MAXUINT && text[i] == text[start])
      start = G_MAXUINT;
  }
  return start;
}

static void
find_range (const char *text, unsigned cursor, LecCompletionPlace *place)
{
  unsigned quote = open_quote (text, cursor);

  place->start = place->end = cursor;
  if (quote != G_MAXUINT) {
    const char *close = strchr (text + cursor, text[quote]);

    place->start = quote;
    place->end = close != NULL ? (unsigned) (close - text) + 1 : (unsigned) strlen (text);
  } else {
    while (place->start > 0 && is_of_word (text[place->start - 1]))
      place->start--;
    while (is_of_word (text[place->end]))
      place->end++;
  }
  place->prefix = g_strndup (text + place->start, cursor - place->start);
}

static const LecToken *
token_at (const GArray *tokens, int i)
{
  return i >= 0 ? &g_array_index (tokens, LecToken, i) : NULL;
}

static gboolean
is_sign (const LecToken *token, const char *symbols)
{
  return token != NULL && token->kind == LEC_TOKEN_SIGN && strchr (symbols, token->symbol) != NULL;
}

/* The name that token I is. */
static const LecName *
name_at (const LecRegistry *registry, const GArray *tokens, int i)
{
  const LecToken *token = token_at (tokens, i);

  return token != NULL && token->kind == LEC_TOKEN_WORD ? lec_registry_find (registry, token->text) : NULL;
}

/* The "in" whose set is open after N tokens; −1 = none is. */
static int
open_set (const GArray *tokens, int n)
{
  for (int i = n - 1; i > 0 && !is_sign (token_at (tokens, i), "}]"); i--)
    if (is_sign (token_at (tokens, i), "{[") && token_at (tokens, i - 1)->kind == LEC_TOKEN_IN)
      return i - 1;
  return -1;
}

static LecPlaceKind
place_after (const LecRegistry *registry, const GArray *tokens, int n, const LecName **name)
{
  const LecToken *last = token_at (tokens, n - 1), *before = token_at (tokens, n - 2);
  int set = open_set (tokens, n);

  if (last == NULL)
    return LEC_PLACE_OPERAND;
  if (set >= 0) {
    gboolean negated = set > 0 && token_at (tokens, set - 1)->kind == LEC_TOKEN_NOT;
    *name = name_at (registry, tokens, set - (negated ? 2 : 1));
    return LEC_PLACE_VALUE;
  }
  switch (last->kind) {
  case LEC_TOKEN_AND:
  case LEC_TOKEN_OR:
  case LEC_TOKEN_ANY:
  case LEC_TOKEN_ALL:
  case LEC_TOKEN_OPERATOR:
    return LEC_PLACE_OPERAND;
  case LEC_TOKEN_NOT: /* `name not` wants "in" */
    return name_at (registry, tokens, n - 2) != NULL ? LEC_PLACE_NOWHERE : LEC_PLACE_OPERAND;
  case LEC_TOKEN_RELATION:
    *name = name_at (registry, tokens, n - 2);
    return LEC_PLACE_VALUE;
  case LEC_TOKEN_IN:
    return LEC_PLACE_SET;
  case LEC_TOKEN_WORD:
    *name = name_at (registry, tokens, n - 1);
    if (*name != NULL && (before == NULL || before->kind != LEC_TOKEN_RELATION))
      return LEC_PLACE_OPERATOR;
    return LEC_PLACE_JOIN;
  case LEC_TOKEN_STRING:
  case LEC_TOKEN_BYTES:
  case LEC_TOKEN_REFERENCE:
    return LEC_PLACE_JOIN;
  case LEC_TOKEN_SIGN:
    return is_sign (last, "(,") ? LEC_PLACE_OPERAND : is_sign (last, ")}]") ? LEC_PLACE_JOIN : LEC_PLACE_NOWHERE;
  default:
    return LEC_PLACE_NOWHERE;
  }
}

/* "*Address" and "#Timestamp": the sign is part of the name, where it does not stand between two others. */
static gboolean
is_marked_name (const char *text, const LecCompletionPlace *place)
{
  unsigned start = place->start;

  return start > 0 && strchr ("*#", text[start - 1]) != NULL &&
         (start == 1 || strchr (" (!&|", text[start - 2]) != NULL);
}

/* What stands before byte END decides. */
static LecPlaceKind
find_kind (const LecRegistry *registry, const char *text, unsigned end, const LecName **name)
{
  g_autoptr (LecSyntax) syntax = lec_syntax_new ();
  g_autofree char *before = g_strndup (text, end);
  g_autoptr (GArray) tokens = lec_lexer_run (syntax, before, NULL);

  *name = NULL;
  return tokens != NULL ? place_after (registry, tokens, (int) tokens->len - 1, name) : LEC_PLACE_NOWHERE;
}

/* Behind a name, a sign may be the beginning of a longer one. */
static gboolean
find_begun_operator (const LecRegistry *registry, const char *text, unsigned cursor, LecCompletionPlace *place)
{
  const LecName *name;

  if (cursor == 0 || strchr ("=!<>~", text[cursor - 1]) == NULL ||
      (cursor > 1 && strchr ("=!<>~", text[cursor - 2]) != NULL))
    return FALSE;
  if (find_kind (registry, text, cursor - 1, &name) != LEC_PLACE_OPERATOR)
    return FALSE;
  place->kind = LEC_PLACE_OPERATOR;
  place->name = name;
  place->start = cursor - 1;
  place->end = cursor + (text[cursor] == '=');
  g_free (place->prefix);
  place->prefix = g_strndup (text + cursor - 1, 1);
  return TRUE;
}

void
lec_completion_place_find (const LecRegistry *registry, const char *text, unsigned cursor, LecCompletionPlace *place)
{
  *place = (LecCompletionPlace){ 0 };
  cursor = MIN (cursor, (unsigned) strlen (text));
  find_range (text, cursor, place);
  if (*place->prefix == '\0' && find_begun_operator (registry, text, cursor, place))
    return;
  if (is_marked_name (text, place)) {
    g_autofree char *name = g_steal_pointer (&place->prefix);

    place->prefix = g_strdup_printf ("%c%s", text[--place->start], name);
  }
  place->kind = find_kind (registry, text, place->start, &place->name);
  if ((*place->prefix == '"' || *place->prefix == '\'') && place->kind != LEC_PLACE_VALUE)
    place->kind = LEC_PLACE_NOWHERE;
  /* A word that touches what stands before it belongs to that: $[c0, ${ip. */
  if (place->start > 0 && *place->prefix != '\0' && strchr ("$#*\\", text[place->start - 1]) != NULL)
    place->kind = LEC_PLACE_NOWHERE;
}

void
lec_completion_place_clear (LecCompletionPlace *place)
{
  g_clear_pointer (&place->prefix, g_free);
}
