/* The payload of a TCP conversation, put in order for the application that reads it. Index pass only.
 *
 * Bytes are not kept: what is next is read where it stands in the block; a segment that is ahead of a hole waits as a
 * reference and is read again from the trace when its turn comes. */
#pragma once

#include "analysis/analyzer.h"
#include "protocol/http-head.h"
#include "protocol/tls-record.h"

G_BEGIN_DECLS

/* A segment that waits for the hole before it to be filled. */
typedef struct {
  uint32_t sequence;
  uint32_t length;
  uint32_t frame;
} LecWaitingSegment;

/* Where the reading of one direction's HTTP stands. */
typedef enum {
  LEC_HTTP_AT_START,  /* a message may begin here */
  LEC_HTTP_IN_HEAD,   /* start line and headers so far are in `held` */
  LEC_HTTP_IN_BODY,   /* `left` bytes to come */
  LEC_HTTP_IN_CHUNKS, /* see chunk */
  LEC_HTTP_UNTIL_CLOSE,
  LEC_HTTP_UNTIL_START, /* a hole took the end of a head: the message goes on until another begins */
  LEC_HTTP_TUNNEL,      /* no HTTP any more */
  LEC_HTTP_LOST,        /* a hole took a head: until a segment begins with a start line */
} LecHttpPhase;

typedef struct {
  LecHttpPhase phase;
  uint32_t operation; /* whose message is being read or was read last; G_MAXUINT32 = none yet */
  uint32_t queue;     /* responses: the first operation that has none yet; G_MAXUINT32 = none */
  gboolean is_response;
  uint64_t left;
  uint64_t length;  /* of the message so far */
  GByteArray *held; /* bytes of a head that is not whole, or of a chunk's size line; NULL = none */
  enum { LEC_CHUNK_SIZE, LEC_CHUNK_DATA, LEC_CHUNK_END, LEC_CHUNK_TRAILER } chunk;
} LecHttpSide;

typedef struct {
  uint32_t left; /* bytes of the current record still to come */
  uint8_t header[5];
  uint8_t n_header; /* of them that are here */
  gboolean lost;
} LecTlsSide;

typedef struct {
  uint32_t next_sequence;
  gboolean known;
  gboolean ended;
  GArray *waiting; /* LecWaitingSegment, in order of sequence; NULL = none */
  LecHttpSide http;
  LecTlsSide tls;
} LecStreamSide;

struct LecStreamPair {
  uint8_t application; /* LecProtocolId; LEC_PROTOCOL_DATA = not recognised (yet) */
  LecStreamSide side[2];
};

/* FALSE where no message that is recognised begins with these bytes of a payload. */
static inline gboolean
lec_app_stream_may_begin (const uint8_t start[4])
{
  return start[0] == LEC_TLS_HANDSHAKE || lec_http_may_start (start);
}

/* Fetches what payload sent by SIDE will need. */
static inline void
lec_app_stream_prefetch (const LecStreamPair *streams, unsigned side)
{
  if (!streams)
    return;
  __builtin_prefetch (&streams->side[side]);
  __builtin_prefetch (&streams->side[side].http.length);
}

/* Bytes of a segment in order: which frame brought them, and where in its payload they stand. */
typedef struct {
  uint32_t conversation;
  unsigned side;
  uint32_t frame;
  uint32_t payload_offset;
  uint32_t sequence;
  gboolean may_begin; /* FALSE: no message begins here, and the bytes need not be fetched to know it */
  const uint8_t *bytes;
  uint32_t length;
} LecStreamBytes;

/* http-stream.c */
void lec_http_stream_bytes (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes);
/* LENGTH bytes are missing here and will not come. */
void lec_http_stream_hole (LecAnalyzer *analyzer, LecStreamPair *streams, unsigned side, uint64_t length);
void lec_http_stream_end (LecAnalyzer *analyzer, LecStreamPair *streams, unsigned side, uint32_t frame, gboolean reset);

/* tls-stream.c */
void lec_tls_stream_bytes (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes);
void lec_tls_stream_hole (LecStreamPair *streams, unsigned side, uint64_t length);

G_END_DECLS
