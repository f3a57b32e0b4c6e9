/* IP datagrams that arrive in fragments, put together (RFC 791 §3.2, RFC 8200 §4.5). Index pass only; what it finds is
 * kept in the index's tables of datagrams and fragments. */
#pragma once

#include "analysis/index.h"

G_BEGIN_DECLS

typedef struct {
  GHashTable *waiting; /* key: ends, identification and protocol → row of index->datagrams */
  GQueue *order;       /* keys, oldest first: the oldest is given up at LEC_LIMIT_DATAGRAMS */
} LecDatagramTable;

void lec_datagram_table_init (LecDatagramTable *table);
void lec_datagram_table_clear (LecDatagramTable *table);

/* Takes FRAME's fragment in. Returns the row of the datagram that it completes, G_MAXUINT32 where it completes none. */
uint32_t lec_datagram_table_add (LecDatagramTable *table, LecIndex *index, uint32_t frame, const LecHead *head);

/* The payload of datagram ROW, its fragments read again through CACHE; PIECES (may be NULL) get a LecPiece each. Bytes
 * that no fragment brought are zero. NULL where the trace no longer gives them. Free with g_byte_array_unref(). */
GByteArray *lec_datagram_dup_bytes (const LecIndex *index, LecTraceCache *cache, uint32_t row, GArray *pieces);

G_END_DECLS
