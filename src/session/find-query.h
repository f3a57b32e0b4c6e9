/* What is looked for, and where: in what rows say, in the fields and values of the details, or in bytes. Immutable, for
 * any number of threads. */
#pragma once

#include "base/reader.h"
#include "session/tree.h"

G_BEGIN_DECLS

typedef enum {
  LEC_FIND_ROWS,    /* the summary of every layer of a frame, and the line of an operation that begins there */
  LEC_FIND_DETAILS, /* the names and values of all fields, as the details show them */
  LEC_FIND_BYTES,   /* bytes of frames, and of messages put together out of several */
} LecFindWhere;

typedef struct LecFindQuery LecFindQuery;

/* TEXT is found in any case of letters. Among bytes it is found in UTF-8, UTF-16 of either order and Latin-1; where it
 * is written as bytes are ("0d 0a", "0d:0a", "0x0d0a", "$[0d0a]"), these bytes are found, too. */
LecFindQuery *lec_find_query_new (LecFindWhere where, const char *text);
LecFindQuery *lec_find_query_ref (LecFindQuery *query);
void lec_find_query_unref (LecFindQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecFindQuery, lec_find_query_unref)

LecFindWhere lec_find_query_where (const LecFindQuery *query);
const char *lec_find_query_text (const LecFindQuery *query);
/* Whether TEXT (UTF-8, or NULL) contains it. */
gboolean lec_find_query_is_in_text (const LecFindQuery *query, const char *text);
gboolean lec_find_query_is_in_node (const LecFindQuery *query, const LecTreeNode *node);
/* The first place in BYTES from FROM on; FALSE: there is none. */
gboolean lec_find_query_in_bytes (const LecFindQuery *query, LecBytes bytes, uint32_t from, uint32_t *offset,
                                  uint32_t *length);

G_END_DECLS
