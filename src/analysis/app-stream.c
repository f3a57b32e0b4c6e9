#include "analysis/app-stream.h"

#include "analysis/segment-head.h"
#include "base/limits.h"
#include "base/publish.h"

static LecStreamPair *
streams_of (LecAnalyzer *analyzer, LecTcpFlow *flow)
{
  if (!flow->streams) {
    flow->streams = lec_pool_take (&analyzer->pool, sizeof (LecStreamPair));
    *flow->streams = (LecStreamPair){ .application = LEC_PROTOCOL_DATA };
    for (unsigned side = 0; side < 2; side++) {
      flow->streams->side[side].http.operation = G_MAXUINT32;
      flow->streams->side[side].http.queue = G_MAXUINT32;
    }
  }
  return flow->streams;
}

void
lec_app_stream_clear (LecStreamPair *streams)
{
  if (!streams)
    return;
  for (unsigned side = 0; side < 2; side++) {
    g_clear_pointer (&streams->side[side].waiting, g_array_unref);
    if (streams->side[side].http.held)
      g_byte_array_unref (streams->side[side].http.held);
  }
}

/* What speaks on a connection is told by its bytes, never by its port. A client hello (or the server's) is asked for
 * where the first bytes were not seen, since a lone record header is too easily found by chance. */
static uint8_t
recognise (const LecStreamBytes *bytes)
{
  if (!bytes->may_begin)
    return LEC_PROTOCOL_DATA;
  LecHttpStart start = lec_http_looks_like_start (bytes->bytes, bytes->length);
  if (start == LEC_HTTP_START_REQUEST || start == LEC_HTTP_START_RESPONSE)
    return LEC_PROTOCOL_HTTP;
  if (bytes->length > LEC_TLS_RECORD_HEADER_BYTES && lec_tls_looks_like_record (bytes->bytes, bytes->length) &&
      bytes->bytes[0] == LEC_TLS_HANDSHAKE && (bytes->bytes[5] == 1 || bytes->bytes[5] == 2))
    return LEC_PROTOCOL_TLS;
  return LEC_PROTOCOL_DATA;
}

static void
deliver (LecAnalyzer *analyzer, LecStreamPair *streams, const LecStreamBytes *bytes)
{
  if (streams->application == LEC_PROTOCOL_DATA) {
    streams->application = recognise (bytes);
    if (streams->application == LEC_PROTOCOL_DATA)
      return;
    LEC_SET (lec_index_conversation (analyzer->index, bytes->conversation)->application, streams->application);
  }
  if (streams->application == LEC_PROTOCOL_HTTP)
    lec_http_stream_bytes (analyzer, streams, bytes);
  else
    lec_tls_stream_bytes (analyzer, streams, bytes);
}

static void
hole (LecAnalyzer *analyzer, LecStreamPair *streams, unsigned side, uint32_t length)
{
  streams->side[side].next_sequence += length;
  if (streams->application == LEC_PROTOCOL_HTTP)
    lec_http_stream_hole (analyzer, streams, side, length);
  else if (streams->application == LEC_PROTOCOL_TLS)
    lec_tls_stream_hole (streams, side, length);
}

/* The part of a segment that is next goes on; bytes that the capture cut off are a hole. */
static void
take (LecAnalyzer *analyzer, LecStreamPair *streams, LecStreamBytes *bytes, uint32_t reported_length)
{
  LecStreamSide *stream = &streams->side[bytes->side];
  uint32_t old = stream->next_sequence - bytes->sequence; /* bytes that were delivered before */
  uint32_t captured = bytes->length;

  if (old < captured) {
    bytes->may_begin |= old > 0;
    bytes->bytes += old;
    bytes->payload_offset += old;
    bytes->sequence += old;
    bytes->length = captured - old;
    stream->next_sequence += bytes->length;
    deliver (analyzer, streams, bytes);
  }
  uint32_t delivered = MAX (old, captured);
  if (reported_length > delivered)
    hole (analyzer, streams, bytes->side, reported_length - delivered);
}

/* Reads the payload of a segment that waited again. */
static void
take_waiting (LecAnalyzer *analyzer, LecStreamPair *streams, uint32_t conversation, unsigned side,
              const LecWaitingSegment *waiting)
{
  g_auto (LecSegmentHead) segment = { 0 };
  LecStreamBytes bytes = { .conversation = conversation,
                           .side = side,
                           .frame = waiting->frame,
                           .sequence = waiting->sequence,
                           .may_begin = TRUE };

  if (lec_segment_head_read (&segment, analyzer->index, analyzer->cache, waiting->frame) &&
      segment.head.sequence == waiting->sequence) {
    bytes.bytes = segment.head.payload;
    bytes.length = MIN (segment.head.payload_captured, waiting->length);
  }
  take (analyzer, streams, &bytes, waiting->length);
}

/* Delivers what waited and is next now; with TO, holes before the sequence number TO are given up. */
static void
drain (LecAnalyzer *analyzer, LecStreamPair *streams, uint32_t conversation, unsigned side, const uint32_t *to)
{
  LecStreamSide *stream = &streams->side[side];

  while (stream->waiting && stream->waiting->len) {
    LecWaitingSegment first = g_array_index (stream->waiting, LecWaitingSegment, 0);
    int32_t ahead = lec_sequence_distance (stream->next_sequence, first.sequence);
    if (ahead > 0) {
      if (!to || lec_sequence_distance (stream->next_sequence, *to) <= 0)
        return;
      hole (analyzer, streams, side, MIN ((uint32_t) ahead, *to - stream->next_sequence));
      continue;
    }
    g_array_remove_index (stream->waiting, 0);
    if ((uint32_t) -ahead < first.length)
      take_waiting (analyzer, streams, conversation, side, &first);
  }
  g_clear_pointer (&stream->waiting, g_array_unref);
}

static void
wait_for_hole (LecAnalyzer *analyzer, LecStreamPair *streams, const LecFrameAt *at)
{
  LecStreamSide *stream = &streams->side[at->side];
  LecWaitingSegment segment = { at->head->sequence, at->head->payload_bytes, at->frame };

  if (!stream->waiting)
    stream->waiting = g_array_new (FALSE, FALSE, sizeof (LecWaitingSegment));
  if (stream->waiting->len >= LEC_LIMIT_WAITING_SEGMENTS) {
    uint32_t to = g_array_index (stream->waiting, LecWaitingSegment, 0).sequence;
    drain (analyzer, streams, at->conversation, at->side, &to);
    if (!stream->waiting)
      stream->waiting = g_array_new (FALSE, FALSE, sizeof (LecWaitingSegment));
  }
  unsigned i = stream->waiting->len;
  while (i > 0 && lec_sequence_distance (segment.sequence,
                                         g_array_index (stream->waiting, LecWaitingSegment, i - 1).sequence) > 0)
    i--;
  g_array_insert_val (stream->waiting, i, segment);
}

void
lec_app_stream_payload (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecHead *head = at->head;
  LecStreamPair *streams = streams_of (analyzer, at->flow);
  LecStreamSide *stream = &streams->side[at->side];
  const LecConversation *conversation = at->row;

  if (!stream->known) {
    stream->known = TRUE;
    stream->next_sequence = LEC_GET (conversation->first_sequence[at->side]) + 1;
  }
  int32_t ahead = lec_sequence_distance (stream->next_sequence, head->sequence);
  if (ahead > 0) {
    wait_for_hole (analyzer, streams, at);
    return;
  }
  if ((uint32_t) -ahead >= head->payload_bytes) { /* nothing new: shown with the message that it repeats */
    uint32_t operation = lec_app_stream_operation (analyzer, at->conversation, at->side);
    lec_index_set_state (analyzer->index, at->frame, LEC_FRAME_CONTINUES, 0);
    if (operation != G_MAXUINT32)
      lec_analyzer_claim (analyzer, at->frame, operation);
    return;
  }
  LecStreamBytes bytes = { .conversation = at->conversation,
                           .side = at->side,
                           .frame = at->frame,
                           .sequence = head->sequence,
                           .may_begin = lec_app_stream_may_begin (at->key->payload),
                           .bytes = head->payload,
                           .length = MIN (head->payload_captured, head->payload_bytes) };
  take (analyzer, streams, &bytes, head->payload_bytes);
  if (stream->waiting)
    drain (analyzer, streams, at->conversation, at->side, NULL);
}

void
lec_app_stream_acknowledged (LecAnalyzer *analyzer, uint32_t conversation, unsigned side, uint32_t acknowledgment)
{
  LecStreamPair *streams = lec_analyzer_flow (analyzer, conversation)->streams;

  if (streams->side[side].waiting)
    drain (analyzer, streams, conversation, side, &acknowledgment);
}

void
lec_app_stream_end (LecAnalyzer *analyzer, uint32_t conversation, unsigned side, uint32_t frame, gboolean reset)
{
  LecStreamPair *streams = lec_analyzer_flow (analyzer, conversation)->streams;

  if (!streams || streams->side[side].ended)
    return;
  LecStreamSide *stream = &streams->side[side];
  if (stream->waiting) {
    if (frame && !reset)
      return; /* a FIN ahead of a hole: more may come to fill it */
    uint32_t to = g_array_index (stream->waiting, LecWaitingSegment, stream->waiting->len - 1).sequence;
    drain (analyzer, streams, conversation, side, &to);
  }
  stream->ended = TRUE;
  if (streams->application == LEC_PROTOCOL_HTTP)
    lec_http_stream_end (analyzer, streams, side, frame, reset);
}

uint32_t
lec_app_stream_operation (LecAnalyzer *analyzer, uint32_t conversation, unsigned sender)
{
  const LecStreamPair *streams = lec_analyzer_flow (analyzer, conversation)->streams;

  return streams && streams->application == LEC_PROTOCOL_HTTP ? streams->side[sender].http.operation : G_MAXUINT32;
}
