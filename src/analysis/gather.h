/* Bytes of a TCP stream, put together again from the frames that brought them: for whoever looks at one message. */
#pragma once

#include "analysis/index.h"
#include "protocol/sink.h"

G_BEGIN_DECLS

/* Up to LENGTH bytes of the stream that FRAME belongs to, in its direction, from OFFSET in its payload on. Stops where
 * the trace has no more of them. PIECES get a LecPiece for every run; *MISSING counts bytes in between that were never
 * captured, and are zero. LENGTH is cut at LEC_LIMIT_MESSAGE_BYTES. Free with g_byte_array_unref(). */
GByteArray *lec_gather_stream (const LecIndex *index, LecTraceCache *cache, uint32_t frame, uint32_t offset,
                               uint64_t length, GArray *pieces, uint64_t *missing);

G_END_DECLS
