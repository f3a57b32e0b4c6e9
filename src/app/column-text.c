#include "app/column-text.h"

#include <string.h>

#define AND " and "

/* How a column's cells are asked for their text. */
typedef enum {
  ASK_NOT,      /* they have none that a field has */
  ASK_TEXT,     /* a field that is a text */
  ASK_NUMBER,   /* one that is to be written out */
  ASK_TIME,     /* the same, with a decimal point and no spaces */
  ASK_ADDRESSES /* a name or an address; of a frame without one, the hardware's */
} Asking;

static const struct {
  Asking asking;
  const char *name; /* as in the list's header */
} standard[LEC_N_COLUMNS] = {
  [LEC_COLUMN_NUMBER] = { ASK_NUMBER, "Number" },
  [LEC_COLUMN_TIME] = { ASK_TIME, "Time" },
  [LEC_COLUMN_ELAPSED] = { ASK_TIME, "Elapsed" },
  [LEC_COLUMN_SOURCE] = { ASK_ADDRESSES, "Source" },
  [LEC_COLUMN_DESTINATION] = { ASK_ADDRESSES, "Destination" },
  [LEC_COLUMN_MODULE] = { ASK_TEXT, "Module" },
  [LEC_COLUMN_SUMMARY] = { ASK_TEXT, "Summary" },
};

gboolean
lec_column_text_is_possible (int id, LecTimeFormat time_format)
{
  if (id == LEC_COLUMN_TIME)
    return time_format == LEC_TIME_SINCE_START;
  return id < 0 || standard[id].asking != ASK_NOT;
}

static gboolean
has_letters (const char *text)
{
  return strpbrk (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != NULL;
}

static char *
dup_quoted (const char *text)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      g_string_append_c (quoted, '\\');
    g_string_append_c (quoted, *text);
  }
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* lower() only where letters are looked for. */
static char *
dup_contains (const char *operand, const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autofree char *quoted = dup_quoted (lower);

  return has_letters (text) ? g_strdup_printf ("lower(%s) contains %s", operand, quoted)
                            : g_strdup_printf ("%s contains %s", operand, quoted);
}

static char *
dup_of_text (const char *name, const char *text)
{
  return dup_contains (name, text);
}

static char *
dup_of_number (const char *name, const char *text)
{
  g_autofree char *operand = g_strdup_printf ("string(%s)", name);

  return dup_contains (operand, text);
}

/* The cell groups digits with narrow spaces, and its point may be a comma. */
static char *
dup_of_time (const char *name, const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *at = text; *at; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (!g_unichar_isspace (c))
      g_string_append_unichar (digits, c == ',' ? '.' : c);
  }
  return digits->len ? dup_of_number (name, digits->str) : NULL;
}

/* What is a name or an address is looked for without regard to case: "matches" needs no lower(). */
static char *
dup_of_addresses (const char *name, const char *text)
{
  g_autofree char *escaped = g_regex_escape_string (text, -1);
  g_autofree char *pattern = dup_quoted (has_letters (text) ? escaped : text);
  g_autofree char *network = g_strdup_printf ("%s %s %s", name, has_letters (text) ? "matches" : "contains", pattern);
  g_autofree char *hardware = NULL;

  if (text[strspn (text, "0123456789abcdefABCDEF:")] != '\0')
    return g_steal_pointer (&network);
  hardware = dup_of_number (g_str_equal (name, "Source") ? "eth.src" : "eth.dst", text);
  return g_strdup_printf ("(%s or %s and !ip and !ipv6)", network, hardware);
}

char *
lec_column_text_dup_expression (int id, const LecName *field, const char *text, LecTimeFormat time_format)
{
  static char *(*const makers[]) (const char *name, const char *text) = {
    [ASK_TEXT] = dup_of_text,
    [ASK_NUMBER] = dup_of_number,
    [ASK_TIME] = dup_of_time,
    [ASK_ADDRESSES] = dup_of_addresses,
  };

  if (!*text || !lec_column_text_is_possible (id, time_format) || (id < 0 && !field))
    return NULL;
  if (id >= 0)
    return makers[standard[id].asking](standard[id].name, text);
  return makers[field->fields[0]->type == LEC_TYPE_STRING ? ASK_TEXT : ASK_NUMBER](field->name, text);
}

/* Whether what is left of FILTER on both sides of it shows that a part of an "and" was found, and no piece of a word.
 */
static gboolean
is_part (const char *filter, const char *found, const char *expression)
{
  const char *end = found + strlen (expression);

  return (found == filter ||
          (found - filter >= (gssize) strlen (AND) && g_str_has_prefix (found - strlen (AND), AND))) &&
         (*end == '\0' || g_str_has_prefix (end, AND));
}

char *
lec_column_text_dup_without (const char *filter, const char *expression)
{
  const char *found = strstr (filter, expression), *end;
  g_autoptr (GString) rest = NULL;

  while (found && !is_part (filter, found, expression))
    found = strstr (found + 1, expression);
  if (!found)
    return NULL;
  end = found + strlen (expression);
  rest = g_string_new_len (filter, MAX (found - filter - (gssize) (found > filter ? strlen (AND) : 0), 0));
  g_string_append (rest, found == filter && *end ? end + strlen (AND) : end);
  return lec_filter_dup_join (NULL, "only", rest->str);
}
