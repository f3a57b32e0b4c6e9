/* Brackets and quotation marks of a filter's text, for who shows what belongs together. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bracket or quotation mark before CURSOR, or else behind it, stands at *MARK, and the one that it belongs to at
 * *PARTNER, G_MAXUINT = nowhere. FALSE: there is none, or it is text between quotation marks. All in bytes. */
gboolean lec_brackets_find (const char *text, unsigned cursor, unsigned *mark, unsigned *partner);

G_END_DECLS
