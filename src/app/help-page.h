/* A chapter of the help, read from a plain text:
 *
 *   # title
 *   ## a section
 *   A paragraph in one line, with `code` in it.
 *   | `expression` | what it finds |
 *   | `expression` | `another that finds the same frames` | what they find |
 *
 * A backtick does not stand in an expression; everything else may. No GTK here. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LEC_HELP_SECTION,
  LEC_HELP_PARAGRAPH,
  LEC_HELP_EXAMPLE,
} LecHelpKind;

typedef struct {
  LecHelpKind kind;
  char *text;            /* as it stands in the file, backticks and all */
  char *expression;      /* EXAMPLE */
  char *same_expression; /* EXAMPLE, or NULL */
} LecHelpBlock;

typedef struct {
  char *title;
  GPtrArray *blocks; /* of LecHelpBlock, in their order */
} LecHelpPage;

/* Every text is a page: what is no heading and no row of examples is a paragraph. */
LecHelpPage *lec_help_page_new (const char *text);
void lec_help_page_free (LecHelpPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecHelpPage, lec_help_page_free)

/* BLOCK's text as Pango markup, `code` in a fixed width. Free with g_free(). */
char *lec_help_block_dup_markup (const LecHelpBlock *block);

G_END_DECLS
