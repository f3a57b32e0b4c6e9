#include "filter/lexer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/limits.h"
#include "filter/names.h"

/* Where the lexer stands in the text. */
typedef struct {
  LecSyntax *syntax;
  const char *at;
  unsigned position; /* of `at`, in characters */
  GArray *tokens;
  gboolean in_slice; /* between the brackets of field[0:4], where ":" and "-" stand for themselves */
  LecFilterProblem *problem;
} Lexer;

/* Words that are operators, in any case. */
static const struct {
  const char *word;
  LecTokenKind kind;
  LecRelation relation;
  int symbol;
} keywords[] = {
  { "and", LEC_TOKEN_AND },
  { "or", LEC_TOKEN_OR },
  { "not", LEC_TOKEN_NOT },
  { "in", LEC_TOKEN_IN },
  { "any", LEC_TOKEN_ANY },
  { "all", LEC_TOKEN_ALL },
  { "regex", LEC_TOKEN_REGEX },
  { "eq", LEC_TOKEN_RELATION, LEC_RELATION_EQUAL },
  { "any_eq", LEC_TOKEN_RELATION, LEC_RELATION_EQUAL },
  { "ne", LEC_TOKEN_RELATION, LEC_RELATION_NOT_EQUAL },
  { "all_ne", LEC_TOKEN_RELATION, LEC_RELATION_NOT_EQUAL },
  { "all_eq", LEC_TOKEN_RELATION, LEC_RELATION_ALL_EQUAL },
  { "any_ne", LEC_TOKEN_RELATION, LEC_RELATION_ANY_DIFFERS },
  { "lt", LEC_TOKEN_RELATION, LEC_RELATION_LESS },
  { "le", LEC_TOKEN_RELATION, LEC_RELATION_LESS_EQUAL },
  { "gt", LEC_TOKEN_RELATION, LEC_RELATION_GREATER },
  { "ge", LEC_TOKEN_RELATION, LEC_RELATION_GREATER_EQUAL },
  { "contains", LEC_TOKEN_RELATION, LEC_RELATION_CONTAINS },
  { "matches", LEC_TOKEN_RELATION, LEC_RELATION_MATCHES },
  { "bitwise_and", LEC_TOKEN_OPERATOR, 0, '&' },
  { "bitand", LEC_TOKEN_OPERATOR, 0, '&' },
};

/* Operators made of signs; longer ones before those they begin with. */
static const struct {
  const char *sign;
  LecTokenKind kind;
  LecRelation relation;
  int symbol;
} signs[] = {
  { "===", LEC_TOKEN_RELATION, LEC_RELATION_ALL_EQUAL },
  { "!==", LEC_TOKEN_RELATION, LEC_RELATION_ANY_DIFFERS },
  { "==", LEC_TOKEN_RELATION, LEC_RELATION_EQUAL },
  { "!=", LEC_TOKEN_RELATION, LEC_RELATION_NOT_EQUAL },
  { "~=", LEC_TOKEN_RELATION, LEC_RELATION_DIFFERS },
  { "<=", LEC_TOKEN_RELATION, LEC_RELATION_LESS_EQUAL },
  { ">=", LEC_TOKEN_RELATION, LEC_RELATION_GREATER_EQUAL },
  { "<>", LEC_TOKEN_RELATION, LEC_RELATION_NOT_EQUAL },
  { "<<", LEC_TOKEN_OPERATOR, 0, 'l' },
  { ">>", LEC_TOKEN_OPERATOR, 0, 'r' },
  { "\xe2\x89\xa0", LEC_TOKEN_RELATION, LEC_RELATION_NOT_EQUAL },     /* ≠ */
  { "\xe2\x89\xa4", LEC_TOKEN_RELATION, LEC_RELATION_LESS_EQUAL },    /* ≤ */
  { "\xe2\x89\xa5", LEC_TOKEN_RELATION, LEC_RELATION_GREATER_EQUAL }, /* ≥ */
  { "&&", LEC_TOKEN_AND },
  { "||", LEC_TOKEN_OR },
  { "..", LEC_TOKEN_DOT_DOT },
  { "=", LEC_TOKEN_RELATION, LEC_RELATION_EQUAL },
  { "<", LEC_TOKEN_RELATION, LEC_RELATION_LESS },
  { ">", LEC_TOKEN_RELATION, LEC_RELATION_GREATER },
  { "~", LEC_TOKEN_RELATION, LEC_RELATION_MATCHES },
  { "!", LEC_TOKEN_NOT },
  { "+", LEC_TOKEN_OPERATOR, 0, '+' },
  { "-", LEC_TOKEN_OPERATOR, 0, '-' },
  { "*", LEC_TOKEN_OPERATOR, 0, '*' },
  { "/", LEC_TOKEN_OPERATOR, 0, '/' },
  { "%", LEC_TOKEN_OPERATOR, 0, '%' },
  { "&", LEC_TOKEN_OPERATOR, 0, '&' },
  { "|", LEC_TOKEN_OPERATOR, 0, '|' },
  { "^", LEC_TOKEN_OPERATOR, 0, '^' },
  { "(", LEC_TOKEN_SIGN, 0, '(' },
  { ")", LEC_TOKEN_SIGN, 0, ')' },
  { "{", LEC_TOKEN_SIGN, 0, '{' },
  { "}", LEC_TOKEN_SIGN, 0, '}' },
  { "[", LEC_TOKEN_SIGN, 0, '[' },
  { "]", LEC_TOKEN_SIGN, 0, ']' },
  { ",", LEC_TOKEN_SIGN, 0, ',' },
  { ";", LEC_TOKEN_SIGN, 0, ',' },
  { ":", LEC_TOKEN_SIGN, 0, ':' },
  { "#", LEC_TOKEN_SIGN, 0, '#' },
  { "\\", LEC_TOKEN_SIGN, 0, '\\' },
};

/* Quotation marks that open a text, and those that may close it: also what word processors and web pages make. */
static const struct {
  const char *open;
  const char *close[4];
} quotes[] = {
  { "\"", { "\"" } },
  { "'", { "'" } },
  { "\xe2\x80\x9c", { "\xe2\x80\x9d", "\xe2\x80\x9c", "\"" } }, /* “ or ” */
  { "\xe2\x80\x9d", { "\xe2\x80\x9d", "\xe2\x80\x9c", "\"" } }, /* “ or ” */
  { "\xe2\x80\x9e", { "\xe2\x80\x9c", "\xe2\x80\x9d", "\"" } }, /* „ */
  { "\xe2\x80\x98", { "\xe2\x80\x99", "'" } },                  /* ‘ */
  { "\xe2\x80\x99", { "\xe2\x80\x99", "'" } },                  /* ’ */
  { "\xe2\x80\x9a", { "\xe2\x80\x98", "\xe2\x80\x99" } },       /* ‚ */
  { "\xc2\xab", { "\xc2\xbb" } },                               /* « */
};

const char *
lec_keyword_nearest (const char *word)
{
  const char *nearest = NULL;
  unsigned limit = strlen (word) < 6 ? 1 : 2, least = limit + 1;

  for (unsigned i = 0; i < G_N_ELEMENTS (keywords); i++) {
    /* One letter more or less makes anything of the short ones. */
    unsigned distance = strlen (keywords[i].word) < 3 ? least : lec_names_distance (word, keywords[i].word, limit);

    if (distance < least) {
      least = distance;
      nearest = keywords[i].word;
    }
  }
  return nearest;
}

gboolean
lec_filter_problem_set (LecFilterProblem *problem, unsigned position, unsigned length, const char *format, ...)
{
  va_list arguments;

  if (problem == NULL)
    return FALSE;
  va_start (arguments, format);
  g_free (problem->message);
  problem->message = g_strdup_vprintf (format, arguments);
  problem->position = position;
  problem->length = length;
  va_end (arguments);
  return FALSE;
}

static gboolean
skip_prefix (Lexer *lexer, const char *prefix)
{
  if (!g_str_has_prefix (lexer->at, prefix))
    return FALSE;
  lexer->at += strlen (prefix);
  lexer->position += g_utf8_strlen (prefix, -1);
  return TRUE;
}

static gunichar
take (Lexer *lexer)
{
  gunichar character = g_utf8_get_char (lexer->at);

  lexer->at = g_utf8_next_char (lexer->at);
  lexer->position++;
  return character;
}

static LecToken *
push (Lexer *lexer, LecTokenKind kind, unsigned position, gboolean spaced)
{
  LecToken token = { .kind = kind, .position = position, .length = lexer->position - position, .spaced = spaced };

  g_array_append_val (lexer->tokens, token);
  return &g_array_index (lexer->tokens, LecToken, lexer->tokens->len - 1);
}

static void
set_text (Lexer *lexer, LecToken *token, const char *text, size_t bytes)
{
  token->text = lec_syntax_text (lexer->syntax, text, bytes);
  token->text_bytes = bytes;
}

static const char *
closing_quote (Lexer *lexer, unsigned quote)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (quotes[quote].close) && quotes[quote].close[i] != NULL; i++)
    if (g_str_has_prefix (lexer->at, quotes[quote].close[i]))
      return quotes[quote].close[i];
  return NULL;
}

/* What follows a backslash: those of C. Others stay as they are, so that "\d" reaches a regular expression. */
static void
take_escape (Lexer *lexer, GString *text)
{
  static const char letters[] = "abfnrtv\\\"'", meanings[] = "\a\b\f\n\r\t\v\\\"'";
  const char *letter = *lexer->at != '\0' ? strchr (letters, *lexer->at) : NULL;

  if (letter != NULL) {
    g_string_append_c (text, meanings[letter - letters]);
    take (lexer);
  } else if (*lexer->at == 'x' && g_ascii_isxdigit (lexer->at[1])) {
    unsigned value = 0;

    take (lexer);
    for (unsigned i = 0; i < 2 && g_ascii_isxdigit (*lexer->at); i++)
      value = value * 16 + g_ascii_xdigit_value (take (lexer));
    g_string_append_c (text, value);
  } else if (*lexer->at >= '0' && *lexer->at <= '7') {
    unsigned value = 0;

    for (unsigned i = 0; i < 3 && *lexer->at >= '0' && *lexer->at <= '7'; i++)
      value = value * 8 + (take (lexer) - '0');
    g_string_append_c (text, value);
  } else {
    g_string_append_c (text, '\\');
  }
}

/* RAW: backslashes stand for themselves; a doubled quote is one, as in @"…". */
static gboolean
lex_string (Lexer *lexer, unsigned quote, gboolean raw, unsigned start, gboolean spaced)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (;;) {
    const char *close = closing_quote (lexer, quote);

    if (*lexer->at == '\0')
      return lec_filter_problem_set (lexer->problem, start, lexer->position - start,
                                     _ ("This text has no closing quotation mark."));
    if (close != NULL) {
      skip_prefix (lexer, close);
      if (!raw || !skip_prefix (lexer, close))
        break;
      g_string_append (text, close);
    } else if (*lexer->at == '\\' && !raw) {
      take (lexer);
      take_escape (lexer, text);
    } else {
      g_string_append_unichar (text, take (lexer));
    }
  }
  LecToken *token = push (lexer, LEC_TOKEN_STRING, start, spaced);
  set_text (lexer, token, text->str, text->len);
  token->quoted_single = g_str_equal (quotes[quote].open, "'");
  return TRUE;
}

/* $[c0 a8 01 01] */
static gboolean
lex_bytes (Lexer *lexer, unsigned start, gboolean spaced)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  int half = -1;

  while (*lexer->at != '\0' && *lexer->at != ']') {
    unsigned position = lexer->position;
    gunichar character = take (lexer);

    if (character == ' ' || character == ':' || character == '-')
      continue;
    if (character >= 128 || !g_ascii_isxdigit (character))
      return lec_filter_problem_set (lexer->problem, position, 1, _ ("Expected a hexadecimal digit here."));
    if (half < 0) {
      half = g_ascii_xdigit_value (character);
    } else {
      g_string_append_c (bytes, half << 4 | g_ascii_xdigit_value (character));
      half = -1;
    }
  }
  if (!skip_prefix (lexer, "]"))
    return lec_filter_problem_set (lexer->problem, start, lexer->position - start,
                                   _ ("These bytes have no closing \"]\"."));
  if (half >= 0)
    return lec_filter_problem_set (lexer->problem, start, lexer->position - start,
                                   _ ("A byte has two hexadecimal digits; one is missing here."));
  set_text (lexer, push (lexer, LEC_TOKEN_BYTES, start, spaced), bytes->str, bytes->len);
  return TRUE;
}

static gboolean
lex_reference (Lexer *lexer, unsigned start, gboolean spaced)
{
  const char *name = lexer->at;

  while (*lexer->at != '\0' && *lexer->at != '}')
    take (lexer);
  if (*lexer->at == '\0')
    return lec_filter_problem_set (lexer->problem, start, lexer->position - start,
                                   _ ("This reference has no closing \"}\"."));
  size_t bytes = lexer->at - name;
  take (lexer);
  set_text (lexer, push (lexer, LEC_TOKEN_REFERENCE, start, spaced), name, bytes);
  return TRUE;
}

/* Whether BYTES from WORD on look like an address, so that a "/" behind them begins a prefix and is no division. */
static gboolean
looks_like_address (const char *word, size_t bytes)
{
  gboolean separated = FALSE;

  for (size_t i = 0; i < bytes; i++) {
    if (word[i] == '.' || word[i] == ':')
      separated = TRUE;
    else if (!g_ascii_isxdigit (word[i]))
      return FALSE;
  }
  return separated;
}

static gboolean
continues_word (const Lexer *lexer, const char *word)
{
  gunichar character = g_utf8_get_char (lexer->at);

  if (character == '_' || g_unichar_isalnum (character))
    return TRUE;
  if (lexer->in_slice)
    return FALSE;
  if (character == '.')
    return lexer->at[1] != '.';
  if (character == ':' || character == '-')
    return TRUE;
  return character == '/' && g_ascii_isdigit (lexer->at[1]) && looks_like_address (word, lexer->at - word);
}

static gboolean
begins_word (const Lexer *lexer)
{
  gunichar character = g_utf8_get_char (lexer->at);

  if (character == '_' || g_unichar_isalnum (character))
    return TRUE;
  if (lexer->in_slice)
    return FALSE;
  return (character == '.' && g_ascii_isdigit (lexer->at[1])) || (character == ':' && lexer->at[1] == ':');
}

static void
lex_word (Lexer *lexer, unsigned start, gboolean spaced)
{
  const char *word = lexer->at;

  take (lexer);
  while (*lexer->at != '\0' && continues_word (lexer, word))
    take (lexer);
  LecToken *token = push (lexer, LEC_TOKEN_WORD, start, spaced);
  set_text (lexer, token, word, lexer->at - word);
  for (unsigned i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_ascii_strcasecmp (token->text, keywords[i].word) == 0) {
      token->kind = keywords[i].kind;
      token->relation = keywords[i].relation;
      token->symbol = keywords[i].symbol;
    }
}

/* A "[" directly behind a name or a bracket slices it; anywhere else it opens a set. */
static void
follow_brackets (Lexer *lexer, int sign, gboolean spaced)
{
  if (sign == ']') {
    lexer->in_slice = FALSE;
  } else if (sign == '[' && !spaced && lexer->tokens->len > 1) {
    const LecToken *before = &g_array_index (lexer->tokens, LecToken, lexer->tokens->len - 2);

    lexer->in_slice =
        before->kind == LEC_TOKEN_WORD || (before->kind == LEC_TOKEN_SIGN && strchr (")}]#", before->symbol) != NULL);
  }
}

static gboolean
lex_sign (Lexer *lexer, unsigned start, gboolean spaced)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (signs); i++)
    if (skip_prefix (lexer, signs[i].sign)) {
      LecToken *token = push (lexer, signs[i].kind, start, spaced);

      token->relation = signs[i].relation;
      token->symbol = signs[i].symbol;
      follow_brackets (lexer, token->symbol, spaced);
      return TRUE;
    }
  g_autofree char *character = g_strndup (lexer->at, g_utf8_next_char (lexer->at) - lexer->at);
  return lec_filter_problem_set (lexer->problem, start, 1, _ ("\"%s\" has no meaning in a filter."), character);
}

static gboolean
lex_token (Lexer *lexer, gboolean spaced)
{
  unsigned start = lexer->position;

  for (unsigned i = 0; i < G_N_ELEMENTS (quotes); i++)
    if (skip_prefix (lexer, quotes[i].open))
      return lex_string (lexer, i, FALSE, start, spaced);
  if (skip_prefix (lexer, "@\"") || skip_prefix (lexer, "r\"") || skip_prefix (lexer, "R\""))
    return lex_string (lexer, 0, TRUE, start, spaced);
  if (skip_prefix (lexer, "$["))
    return lex_bytes (lexer, start, spaced);
  if (skip_prefix (lexer, "${"))
    return lex_reference (lexer, start, spaced);
  if (begins_word (lexer)) {
    lex_word (lexer, start, spaced);
    return TRUE;
  }
  return lex_sign (lexer, start, spaced);
}

GArray *
lec_lexer_run (LecSyntax *syntax, const char *text, LecFilterProblem *problem)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, TRUE, sizeof (LecToken));
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  Lexer lexer = { .syntax = syntax, .at = valid, .tokens = tokens, .problem = problem };

  if (strlen (valid) > LEC_LIMIT_FILTER_BYTES) {
    lec_filter_problem_set (problem, 0, 0, _ ("This filter is too long: at most %u bytes can be read."),
                            LEC_LIMIT_FILTER_BYTES);
    return NULL;
  }
  for (;;) {
    gboolean spaced = FALSE;

    while (*lexer.at != '\0' && g_unichar_isspace (g_utf8_get_char (lexer.at))) {
      take (&lexer);
      spaced = TRUE;
    }
    if (*lexer.at == '\0') {
      push (&lexer, LEC_TOKEN_END, lexer.position, spaced);
      return g_steal_pointer (&tokens);
    }
    if (!lex_token (&lexer, spaced))
      return NULL;
  }
}
