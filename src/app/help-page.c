#include "app/help-page.h"

#include <string.h>

static void
block_free (void *data)
{
  LecHelpBlock *block = data;

  g_free (block->text);
  g_free (block->expression);
  g_free (block->same_expression);
  g_free (block);
}

static LecHelpBlock *
add_block (LecHelpPage *page, LecHelpKind kind, const char *text)
{
  LecHelpBlock *block = g_new0 (LecHelpBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  g_ptr_array_add (page->blocks, block);
  return block;
}

/* "| `expression` …" at *AT → the expression, and *AT behind it; NULL: there is none. */
static char *
take_expression (const char **at)
{
  const char *start = *at, *end;

  if (*start != '|')
    return NULL;
  start += 1 + strspn (start + 1, " ");
  end = *start == '`' ? strchr (start + 1, '`') : NULL;
  if (end == NULL)
    return NULL;
  *at = end + 1 + strspn (end + 1, " ");
  return g_strndup (start + 1, (size_t) (end - start - 1));
}

/* A second cell is an expression only where it is nothing but one: a meaning may begin with code, too. */
static char *
take_same_expression (const char **at)
{
  const char *behind = *at;
  g_autofree char *expression = take_expression (&behind);

  if (expression == NULL || *behind != '|' || behind[1] == '\0')
    return NULL;
  *at = behind;
  return g_steal_pointer (&expression);
}

static gboolean
add_example (LecHelpPage *page, const char *line)
{
  const char *at = line;
  g_autofree char *expression = take_expression (&at);
  g_autofree char *same = expression != NULL ? take_same_expression (&at) : NULL;
  g_autofree char *meaning = NULL;

  if (expression == NULL || *at != '|')
    return FALSE;
  meaning = g_strdup (at + 1);
  if (g_str_has_suffix (meaning, "|"))
    meaning[strlen (meaning) - 1] = '\0';
  LecHelpBlock *block = add_block (page, LEC_HELP_EXAMPLE, g_strstrip (meaning));
  block->expression = g_steal_pointer (&expression);
  block->same_expression = g_steal_pointer (&same);
  return TRUE;
}

LecHelpPage *
lec_help_page_new (const char *text)
{
  LecHelpPage *page = g_new0 (LecHelpPage, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  page->blocks = g_ptr_array_new_with_free_func (block_free);
  for (char **line = lines; *line != NULL; line++) {
    g_strstrip (*line);
    if (g_str_has_prefix (*line, "## ")) {
      add_block (page, LEC_HELP_SECTION, *line + 3);
    } else if (g_str_has_prefix (*line, "# ") && page->title == NULL) {
      page->title = g_strdup (*line + 2);
    } else if (**line != '\0' && !(**line == '|' && add_example (page, *line))) {
      add_block (page, LEC_HELP_PARAGRAPH, *line);
    }
  }
  return page;
}

void
lec_help_page_free (LecHelpPage *page)
{
  g_free (page->title);
  g_ptr_array_unref (page->blocks);
  g_free (page);
}

char *
lec_help_block_dup_markup (const LecHelpBlock *block)
{
  g_auto (GStrv) parts = g_strsplit (block->text, "`", -1);
  GString *markup = g_string_new (NULL);

  for (unsigned i = 0; parts[i] != NULL; i++) {
    g_autofree char *escaped = g_markup_escape_text (parts[i], -1);

    /* Every second part stood between two backticks. */
    g_string_append_printf (markup, i % 2 == 1 ? "<tt>%s</tt>" : "%s", escaped);
  }
  return g_string_free (markup, FALSE);
}
