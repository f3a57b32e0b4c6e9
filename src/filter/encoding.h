/* Texts as the bytes that stand for them in a message. */
#pragma once

#include "protocol/registry.h"

G_BEGIN_DECLS

/* The encodings that are tried where none is named. */
#define LEC_ENCODING_USUAL "usual"

/* Whether NAME is one, in any case: "UTF8", "Unicode", LEC_ENCODING_USUAL. */
gboolean lec_encoding_is_known (const char *name);
/* Adds UTF8 in the encodings that NAME stands for to ENCODED (of GBytes), those that can hold it. */
void lec_encoding_add (const char *name, LecBytes utf8, GPtrArray *encoded);
/* "ASCII, UTF8, …". */
char *lec_encoding_dup_names (void);

G_END_DECLS
