#include "filter/brackets.h"

#include <string.h>

#include "base/limits.h"

static const char opening[] = "([{";
static const char closing[] = ")]}";

static gboolean
is_one_of (char character, const char *characters)
{
  return character != '\0' && strchr (characters, character) != NULL;
}

static gboolean
is_pair (char open, char close)
{
  return is_one_of (close, closing) && opening[strchr (closing, close) - closing] == open;
}

/* The end of the text in quotes that begins at START; G_MAXUINT: it has none. */
static unsigned
end_of_quotes (const char *text, unsigned start)
{
  for (unsigned i = start + 1; text[i] != '\0'; i++) {
    if (text[i] == text[start])
      return i;
    if (text[i] == '\\' && text[i + 1] != '\0')
      i++;
  }
  return G_MAXUINT;
}

/* FALSE: what stands at MARK is text. */
static gboolean
find_partner (const char *text, unsigned mark, unsigned *partner)
{
  unsigned open[LEC_LIMIT_FILTER_NESTING], depth = 0;

  *partner = G_MAXUINT;
  for (unsigned i = 0; text[i] != '\0'; i++) {
    if (is_one_of (text[i], "\"'")) {
      unsigned end = end_of_quotes (text, i);
      if (mark == i || mark == end) {
        *partner = mark == i ? end : i;
        return TRUE;
      }
      if (mark > i && mark < end)
        return FALSE;
      if (end == G_MAXUINT)
        return TRUE; /* all that follows is text */
      i = end;
    } else if (is_one_of (text[i], opening) && depth < LEC_LIMIT_FILTER_NESTING) {
      open[depth++] = i;
    } else if (depth > 0 && is_pair (text[open[depth - 1]], text[i])) {
      unsigned begin = open[--depth];
      if (mark == begin || mark == i) {
        *partner = mark == i ? begin : i;
        return TRUE;
      }
    }
  }
  return TRUE;
}

gboolean
lec_brackets_find (const char *text, unsigned cursor, unsigned *mark, unsigned *partner)
{
  static const char marks[] = "()[]{}\"'";

  if (cursor > 0 && is_one_of (text[cursor - 1], marks))
    *mark = cursor - 1;
  else if (is_one_of (text[cursor], marks))
    *mark = cursor;
  else
    return FALSE;
  return find_partner (text, *mark, partner);
}
