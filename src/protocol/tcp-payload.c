/* What a TCP segment carries: which protocol, and which of its messages begin here.
 *
 * A message or record is dissected in the frame where its first byte stands, put together from the frames that hold the
 * rest. HTTP and TLS are known by their content, on any port. */
#include <glib/gi18n-lib.h>

#include "protocol/http-head.h"
#include "protocol/tcp.h"
#include "protocol/tls-record.h"

#define FIELD(name) (&lec_tcp_fields[LEC_TCP_FIELD_##name])
/* HTTP messages that may begin in one frame and are looked at: the shortest response has 15 bytes. */
#define MESSAGES_A_FRAME 64u
#define DNS_PORT         53
#define DNS_HEADER_BYTES 12u

/* Bytes that belong to a message which began earlier. */
static void
add_continuation (LecDissection *dissection, const LecReader *payload, uint32_t length)
{
  LecSurroundings *surroundings = dissection->surroundings;
  LecBytes bytes = { payload->bytes, MIN (length, payload->captured) };

  if (!bytes.length)
    return;
  uint32_t begun_in = surroundings->begun_in ? surroundings->begun_in (surroundings, dissection->frame) : 0;
  lec_open_bytes (dissection, FIELD (SEGMENT_DATA), payload->origin, bytes);
  if (begun_in)
    lec_add_computed (dissection, FIELD (CONTINUATION_TO), begun_in);
  lec_close (dissection);
}

/* The part of PAYLOAD from FROM up to END, as a reader of its own. */
static LecReader
part_of (const LecReader *payload, uint32_t from, uint32_t end)
{
  LecReader part = *payload;

  lec_reader_seek (&part, MIN (from, part.captured));
  return lec_reader_take (&part, MIN (end, payload->reported) - MIN (from, payload->reported));
}

/* How many bytes from the first on PIECES have without a gap. */
static uint32_t
whole_bytes (const GArray *pieces)
{
  uint32_t end = 0;

  for (unsigned i = 0; i < pieces->len; i++) {
    const LecPiece *piece = &g_array_index (pieces, LecPiece, i);
    if (piece->offset > end)
      break;
    end = MAX (end, piece->offset + piece->length);
  }
  return end;
}

/* Runs PROTOCOL over LENGTH bytes of the stream from OFFSET in this frame's payload on, put together from this frame
 * and later ones. FALSE where the rest of the trace cannot be asked. */
static gboolean
dissect_gathered (LecDissection *dissection, LecProtocolId protocol, uint32_t offset, uint64_t length)
{
  LecSurroundings *surroundings = dissection->surroundings;
  g_autoptr (GArray) pieces = NULL;
  uint64_t missing = 0;

  if (!surroundings || !surroundings->stream_bytes)
    return FALSE;
  /* What nobody looks at need not be put together. */
  if (!lec_wants_protocol (dissection, protocol))
    return TRUE;
  uint64_t wanted = MIN (length, LEC_LIMIT_MESSAGE_BYTES);
  LecBytes bytes = surroundings->stream_bytes (surroundings, dissection->frame, offset, wanted, &pieces, &missing);
  if (!bytes.length)
    return FALSE;
  uint16_t former =
      lec_add_source (dissection, _ ("Message from several frames"), bytes,
                      pieces ? (const LecPiece *) (const void *) pieces->data : NULL, pieces ? pieces->len : 0);
  dissection->whole_bytes = pieces && missing ? whole_bytes (pieces) : 0;
  LecReader reader = lec_reader (bytes.data, bytes.length, (uint32_t) wanted, 0);
  lec_dissect_next (dissection, protocol, &reader);
  dissection->source = former;
  dissection->whole_bytes = 0;
  return TRUE;
}

/* HTTP as the index knows it. Messages that are whole in this frame follow each other in one run; the last one may go
 * on in later frames. FALSE: none begins here. */
static gboolean
dissect_messages (LecDissection *dissection, const LecReader *payload)
{
  LecSurroundings *surroundings = dissection->surroundings;
  LecMessageFacts messages[MESSAGES_A_FRAME];
  unsigned n = surroundings->messages (surroundings, dissection->frame, messages, MESSAGES_A_FRAME);

  if (!n)
    return FALSE;
  const LecMessageFacts *last = &messages[n - 1];
  gboolean goes_on = last->length && (uint64_t) last->frame_offset + last->length > payload->captured;
  uint32_t run_end = goes_on ? last->frame_offset : payload->reported;

  add_continuation (dissection, payload, messages[0].frame_offset);
  if (!goes_on || n > 1) {
    LecReader run = part_of (payload, messages[0].frame_offset, run_end);
    lec_dissect_next (dissection, LEC_PROTOCOL_HTTP, &run);
  }
  if (goes_on && !dissect_gathered (dissection, LEC_PROTOCOL_HTTP, last->frame_offset, last->length)) {
    LecReader rest = part_of (payload, last->frame_offset, payload->reported);
    lec_dissect_next (dissection, LEC_PROTOCOL_HTTP, &rest);
  }
  return TRUE;
}

/* The header of the record at OFFSET, which may itself be split over frames. 0: not to be had. */
static uint32_t
record_length (LecDissection *dissection, const LecReader *payload, uint32_t offset)
{
  LecSurroundings *surroundings = dissection->surroundings;
  g_autoptr (GArray) pieces = NULL;
  uint64_t missing = 0;
  LecBytes header = { payload->bytes + offset, payload->captured - offset };

  if (header.length < LEC_TLS_RECORD_HEADER_BYTES && surroundings->stream_bytes)
    header = surroundings->stream_bytes (surroundings, dissection->frame, offset, LEC_TLS_RECORD_HEADER_BYTES, &pieces,
                                         &missing);
  return lec_tls_looks_like_record (header.data, header.length) ? lec_tls_record_length (header.data) : 0;
}

/* TLS records from the first that begins here: those that are whole in one run, then the one that goes on. */
static gboolean
dissect_records (LecDissection *dissection, const LecReader *payload)
{
  LecSurroundings *surroundings = dissection->surroundings;
  uint32_t first, end, length = 0;

  if (!surroundings->record_start (surroundings, dissection->frame, &first) || first >= payload->captured)
    return FALSE;
  for (end = first; end < payload->captured; end += length) {
    length = record_length (dissection, payload, end);
    if (!length || length > payload->captured - end)
      break;
  }
  add_continuation (dissection, payload, first);
  if (end > first) {
    LecReader run = part_of (payload, first, end);
    lec_dissect_next (dissection, LEC_PROTOCOL_TLS, &run);
  }
  if (end < payload->captured && (!length || !dissect_gathered (dissection, LEC_PROTOCOL_TLS, end, length))) {
    LecReader rest = part_of (payload, end, payload->reported);
    if (length)
      lec_dissect_next (dissection, LEC_PROTOCOL_TLS, &rest);
    else
      lec_dissect_data (dissection, &rest);
  }
  return TRUE;
}

/* RFC 1035 §4.1.1 and §4.2.2: whether a length and the header of a message stand at BYTES. */
static gboolean
looks_like_dns (const LecReader *at)
{
  unsigned length = (unsigned) (lec_reader_peek (at, 0) << 8 | lec_reader_peek (at, 1));
  unsigned opcode = (lec_reader_peek (at, 4) >> 3) & 0x0f;
  unsigned n_questions = (unsigned) (lec_reader_peek (at, 6) << 8 | lec_reader_peek (at, 7));

  return lec_reader_left (at) >= 2 + DNS_HEADER_BYTES && length >= DNS_HEADER_BYTES && opcode <= 6 && n_questions <= 4;
}

/* DNS over TCP: each message behind 2 bytes of its length. */
static gboolean
dissect_dns (LecDissection *dissection, const LecReader *payload)
{
  LecReader rest = *payload;
  gboolean any = FALSE;

  while (looks_like_dns (&rest)) {
    uint32_t offset = rest.position;
    uint32_t length = (uint32_t) (lec_reader_peek (&rest, 0) << 8 | lec_reader_peek (&rest, 1));
    lec_reader_skip (&rest, 2);
    any = TRUE;
    if (length <= lec_reader_left (&rest) || !dissect_gathered (dissection, LEC_PROTOCOL_DNS, offset + 2, length)) {
      LecReader message = lec_reader_take (&rest, MIN (length, lec_reader_reported_left (&rest)));
      lec_dissect_next (dissection, LEC_PROTOCOL_DNS, &message);
    } else {
      lec_reader_seek (&rest, rest.captured);
    }
  }
  if (any && lec_reader_left (&rest))
    lec_dissect_data (dissection, &rest);
  return any;
}

/* A frame that stands alone: its first bytes decide. */
static gboolean
dissect_by_content (LecDissection *dissection, const LecReader *payload)
{
  LecHttpStart start = lec_http_looks_like_start (payload->bytes, payload->captured);
  LecReader reader = *payload;

  if (start == LEC_HTTP_START_REQUEST || start == LEC_HTTP_START_RESPONSE)
    return lec_dissect_next (dissection, LEC_PROTOCOL_HTTP, &reader), TRUE;
  if (lec_tls_looks_like_record (payload->bytes, payload->captured))
    return lec_dissect_next (dissection, LEC_PROTOCOL_TLS, &reader), TRUE;
  return FALSE;
}

/* What goes on with something that began in an earlier frame has no node of its own beyond its bytes. */
static gboolean
goes_on (const LecDissection *dissection)
{
  return dissection->stream.application == LEC_PROTOCOL_HTTP || dissection->stream.application == LEC_PROTOCOL_TLS;
}

/* A frame in which some messages end and another goes on has two layers of one protocol: the last one's line tells of
 * both, because a list shows no more than that. */
static void
join_summaries (LecDissection *dissection, unsigned first)
{
  LecLayer *before = NULL;

  for (unsigned i = first; i < dissection->n_layers; i++) {
    LecLayer *layer = &dissection->layers[i];
    if (!layer->summary || (before && before->protocol != layer->protocol))
      continue;
    if (before) {
      char *both = g_strconcat (before->summary, "; ", layer->summary, NULL);
      g_free (layer->summary);
      layer->summary = both;
    }
    before = layer;
  }
}

static gboolean
dissect_as_traced (LecDissection *dissection, const LecReader *payload)
{
  LecSurroundings *surroundings = dissection->surroundings;
  unsigned first = dissection->n_layers;
  gboolean any = surroundings->messages && dissect_messages (dissection, payload);

  if (!any && surroundings->record_start && dissection->stream.application == LEC_PROTOCOL_TLS)
    any = dissect_records (dissection, payload);
  if (any && dissection->summaries != LEC_SUMMARY_NONE)
    join_summaries (dissection, first);
  return any;
}

void
lec_tcp_payload (LecDissection *dissection, LecReader *payload)
{
  LecSurroundings *surroundings = dissection->surroundings;
  gboolean known = dissection->has_stream && !dissection->quoted;
  uint16_t ports[] = { dissection->head.source_port, dissection->head.destination_port };

  if (!payload->captured || dissection->quoted) {
    if (payload->captured)
      lec_dissect_data (dissection, payload);
    return;
  }
  if ((ports[0] == DNS_PORT || ports[1] == DNS_PORT) && dissect_dns (dissection, payload))
    return;
  if (known && dissect_as_traced (dissection, payload))
    return;
  if (known && goes_on (dissection)) {
    add_continuation (dissection, payload, payload->captured);
    return;
  }
  if ((!known || !surroundings->messages) && dissect_by_content (dissection, payload))
    return;
  lec_dissect_data (dissection, payload);
}
