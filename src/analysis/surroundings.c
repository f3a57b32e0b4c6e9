#include "analysis/surroundings.h"

#include "analysis/datagram-table.h"
#include "analysis/gather.h"
#include "analysis/names.h"
#include "analysis/operation-fields.h"
#include "analysis/replay-fields.h"
#include "analysis/verdict-fields.h"
#include "analysis/wireshark-fields.h"
#include "base/publish.h"

/* base: what the dissection sees. bytes: memory that lives as long as the current dissection. */
struct LecFrameReader {
  LecSurroundings base;
  LecIndex *index;
  LecTraceCache *cache;       /* for the frame itself */
  LecTraceCache *other_cache; /* for the frames around it, so that its bytes stay */
  LecDissection dissection;
  LecRecord record;
  LecNotes notes;                  /* of the frame */
  LecReplayFactsFunc replay_facts; /* or NULL */
  void *replay_data;
  GPtrArray *bytes;
  GString *scratch; /* for the texts of dissections */
  gboolean used;    /* dissection holds something to clear */
};

static gboolean
stream_facts (LecSurroundings *surroundings, uint32_t frame, LecStreamFacts *facts)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;
  uint32_t row = lec_index_conversation_of (reader->index, frame);

  if (row == G_MAXUINT32)
    return FALSE;
  const LecConversation *conversation = lec_index_conversation (reader->index, row);
  uint8_t known = LEC_GET (conversation->sequence_known);
  *facts = (LecStreamFacts){ .conversation = row,
                             .stream = conversation->stream,
                             .side = (lec_index_state (reader->index, frame) & LEC_FRAME_SIDE) != 0,
                             .application = LEC_GET (conversation->application),
                             .tls_version = LEC_GET (conversation->tls_version) };
  for (unsigned side = 0; side < 2; side++) {
    facts->sequence_known[side] = (known >> side) & 1;
    facts->first_sequence[side] = LEC_GET (conversation->first_sequence[side]);
    facts->window_shift[side] = LEC_GET (conversation->window_shift[side]);
  }
  return TRUE;
}

static LecMessageFacts
facts_of (const LecFrameReader *reader, const LecOperation *operation, gboolean is_response)
{
  const LecMessage *message = is_response ? &operation->response : &operation->request;
  const LecMessage *partner = is_response ? &operation->request : &operation->response;
  uint32_t length = LEC_GET (message->length);
  LecMessageFacts facts = { .frame_offset = LEC_GET (message->frame_offset),
                            .length = length == G_MAXUINT32 ? 0 : length,
                            .sequence = LEC_GET (message->sequence),
                            .is_response = is_response,
                            .partner_frame = LEC_GET (partner->first_frame),
                            .elapsed_ns = -1 };

  if (facts.partner_frame)
    facts.elapsed_ns = lec_index_time_ns (reader->index, LEC_GET (operation->response.first_frame)) -
                       lec_index_time_ns (reader->index, LEC_GET (operation->request.first_frame));
  return facts;
}

static int
compare_offsets (const void *a, const void *b)
{
  const LecMessageFacts *left = a, *right = b;
  return left->frame_offset < right->frame_offset ? -1 : left->frame_offset > right->frame_offset;
}

/* Operations of one conversation are chained in the order of their requests, so those with bytes in FRAME follow the
 * one that owns it. */
static unsigned
messages_at (LecSurroundings *surroundings, uint32_t frame, LecMessageFacts *messages, unsigned size)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;
  uint32_t row = lec_index_operation_of (reader->index, frame);
  unsigned n = 0;

  if (!(lec_index_state (reader->index, frame) & LEC_FRAME_MESSAGE))
    return 0;
  while (row != G_MAXUINT32 && n < size) {
    const LecOperation *operation = lec_index_operation (reader->index, row);
    if (operation->first_frame > frame)
      break;
    if (operation->kind == LEC_OPERATION_HTTP) {
      if (LEC_GET (operation->request.first_frame) == frame)
        messages[n++] = facts_of (reader, operation, FALSE);
      if (n < size && LEC_GET (operation->response.first_frame) == frame)
        messages[n++] = facts_of (reader, operation, TRUE);
    }
    row = LEC_FOLLOW (operation->next);
  }
  qsort (messages, n, sizeof *messages, compare_offsets);
  return n;
}

static gboolean
record_start (LecSurroundings *surroundings, uint32_t frame, uint32_t *offset)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;

  if (lec_index_find_mark (reader->index, frame, LEC_MARK_RECORD_START, offset))
    return TRUE;
  *offset = 0;
  return lec_index_protocol (reader->index, frame) == LEC_PROTOCOL_TLS;
}

static LecBytes
keep (LecFrameReader *reader, GByteArray *bytes)
{
  g_ptr_array_add (reader->bytes, bytes);
  return (LecBytes){ bytes->data, bytes->len };
}

static LecBytes
stream_bytes (LecSurroundings *surroundings, uint32_t frame, uint32_t offset, uint64_t length, GArray **pieces,
              uint64_t *missing)
{
  LecFrameReader *reader = (LecFrameReader *) surroundings;

  *pieces = g_array_new (FALSE, FALSE, sizeof (LecPiece));
  return keep (reader, lec_gather_stream (reader->index, reader->other_cache, frame, offset, length, *pieces, missing));
}

static gboolean
datagram_bytes (LecSurroundings *surroundings, uint32_t frame, LecBytes *bytes, GArray **pieces, uint32_t *completed_in)
{
  LecFrameReader *reader = (LecFrameReader *) surroundings;
  uint32_t row;

  *completed_in = 0;
  if (!lec_index_find_mark (reader->index, frame, LEC_MARK_DATAGRAM, &row))
    return FALSE;
  const LecDatagram *datagram = &LEC_COLUMN (&reader->index->datagrams, LecDatagram, row);
  *completed_in = atomic_load_explicit (&datagram->completed_in, memory_order_acquire);
  if (*completed_in != frame)
    return FALSE;
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (LecPiece));
  GByteArray *whole = lec_datagram_dup_bytes (reader->index, reader->other_cache, row, found);
  if (!whole)
    return FALSE;
  *bytes = keep (reader, whole);
  *pieces = g_steal_pointer (&found);
  return TRUE;
}

static uint32_t
partner_of (LecSurroundings *surroundings, uint32_t frame)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;
  uint32_t row = lec_index_operation_of (reader->index, frame);

  if (row == G_MAXUINT32)
    return 0;
  const LecOperation *operation = lec_index_operation (reader->index, row);
  uint32_t response = LEC_GET (operation->response.first_frame);
  return response == frame ? LEC_GET (operation->request.first_frame) : response;
}

static uint32_t
begun_in (LecSurroundings *surroundings, uint32_t frame)
{
  return lec_index_message_begun_in (((const LecFrameReader *) surroundings)->index, frame);
}

static void
verdicts_about (LecSurroundings *surroundings, LecDissection *dissection, uint32_t frame)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;

  lec_verdict_fields_add (reader->index, dissection, frame);
  lec_operation_fields_add (reader->index, dissection, frame);
}

static void
replay_at (LecSurroundings *surroundings, LecDissection *dissection, uint32_t frame)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;
  gboolean stand = lec_replay_fields_wanted (dissection), rules = lec_wireshark_fields_wanted (dissection);
  LecReplayFacts facts;

  if (!reader->replay_facts || !(stand || rules) || !reader->replay_facts (reader->replay_data, frame, &facts))
    return;
  if (stand)
    lec_replay_fields_add (dissection, &facts);
  if (rules)
    lec_wireshark_fields_add (reader->index, dissection, &facts);
}

static const char *
name_of (LecSurroundings *surroundings, const uint8_t *address, unsigned address_bytes)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;

  return lec_names_find (reader->index->names, address, address_bytes);
}

static gboolean
times_at (LecSurroundings *surroundings, uint32_t frame, int64_t *previous_ns, int64_t *first_ns)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;

  *first_ns = lec_index_time_ns (reader->index, 1);
  *previous_ns = lec_index_time_ns (reader->index, MAX (frame, 2) - 1);
  return frame > 1;
}

static gboolean
time_of (LecSurroundings *surroundings, uint32_t frame, int64_t *time_ns)
{
  const LecFrameReader *reader = (const LecFrameReader *) surroundings;

  if (frame == 0 || frame > lec_index_n_frames (reader->index))
    return FALSE;
  *time_ns = lec_index_time_ns (reader->index, frame);
  return TRUE;
}

LecFrameReader *
lec_frame_reader_new (LecIndex *index)
{
  LecFrameReader *reader = g_new0 (LecFrameReader, 1);

  reader->base = (LecSurroundings){ .stream = stream_facts,
                                    .messages = messages_at,
                                    .record_start = record_start,
                                    .stream_bytes = stream_bytes,
                                    .datagram = datagram_bytes,
                                    .begun_in = begun_in,
                                    .partner = partner_of,
                                    .verdicts = verdicts_about,
                                    .replay = replay_at,
                                    .name_of = name_of,
                                    .times = times_at,
                                    .time_of = time_of };
  reader->index = index;
  reader->cache = lec_trace_cache_new (index->trace);
  reader->other_cache = lec_trace_cache_new (index->trace);
  reader->scratch = g_string_new (NULL);
  reader->bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  return reader;
}

static void
clear_dissection (LecFrameReader *reader)
{
  if (reader->used)
    lec_dissection_clear (&reader->dissection);
  reader->used = FALSE;
  g_ptr_array_set_size (reader->bytes, 0);
}

void
lec_frame_reader_free (LecFrameReader *reader)
{
  if (!reader)
    return;
  clear_dissection (reader);
  g_ptr_array_unref (reader->bytes);
  g_string_free (reader->scratch, TRUE);
  lec_notes_clear (&reader->notes);
  lec_trace_cache_free (reader->cache);
  lec_trace_cache_free (reader->other_cache);
  g_free (reader);
}

LecTraceCache *
lec_frame_reader_cache (LecFrameReader *reader)
{
  return reader->cache;
}

void
lec_frame_reader_set_absolute (LecFrameReader *reader, gboolean absolute_sequence_numbers)
{
  reader->base.absolute_sequence_numbers = absolute_sequence_numbers;
}

void
lec_frame_reader_set_replay (LecFrameReader *reader, LecReplayFactsFunc facts, void *data)
{
  reader->replay_facts = facts;
  reader->replay_data = data;
}

static gboolean
facts_of_stream (void *stream, uint32_t frame, LecReplayFacts *facts)
{
  return lec_replay_stream_facts (stream, frame, facts);
}

void
lec_frame_reader_set_replay_stream (LecFrameReader *reader, LecReplayStream *stream)
{
  lec_frame_reader_set_replay (reader, stream ? facts_of_stream : NULL, stream);
}

const LecRecord *
lec_frame_reader_record (LecFrameReader *reader, uint32_t frame)
{
  lec_trace_read_record (reader->cache, lec_index_place (reader->index, frame), &reader->record);
  return &reader->record;
}

/* A frame of which nothing but the direction is noted need not be read again for it. */
static void
read_notes (LecFrameReader *reader, uint32_t frame)
{
  const LecRecord *record = &reader->record;

  lec_notes_clear (&reader->notes);
  if (record->noted)
    lec_trace_read_notes (reader->other_cache, lec_index_place (reader->index, frame), &reader->notes);
  else
    reader->notes = (LecNotes){ .has_flags = record->inbound || record->outbound,
                                .flags = record->outbound  ? 2
                                         : record->inbound ? 1
                                                           : 0,
                                .dropped_frames = -1,
                                .packet_id = -1,
                                .queue = -1 };
}

LecDissection *
lec_frame_reader_dissect (LecFrameReader *reader, uint32_t frame, LecSink *sink, int summaries)
{
  LecDissection *dissection = &reader->dissection;
  const LecRecord *record = lec_frame_reader_record (reader, frame);
  uint32_t interface_number = LEC_PLACE_INTERFACE (lec_index_place (reader->index, frame));
  const LecInterface *interface = lec_trace_interface (reader->index->trace, interface_number);

  clear_dissection (reader);
  memset (dissection, 0, sizeof *dissection);
  reader->used = TRUE;
  dissection->sink = sink;
  dissection->scratch = reader->scratch;
  dissection->surroundings = &reader->base;
  dissection->frame = frame;
  dissection->time_ns = lec_index_time_ns (reader->index, frame);
  dissection->captured_bytes = record->captured_bytes;
  dissection->original_bytes = record->original_bytes;
  dissection->section = interface ? interface->section : 0;
  dissection->interface = dissection->section ? interface->id : G_MAXUINT32;
  dissection->link_type = record->link_type;
  dissection->fcs_bytes = interface ? interface->fcs_bytes : 0;
  dissection->outbound = record->outbound;
  if (interface) {
    dissection->interface_name = interface->name;
    dissection->interface_description = interface->description;
  }
  read_notes (reader, frame);
  dissection->notes = &reader->notes;
  dissection->summaries = summaries;
  lec_dissect_frame_bytes (dissection, record->bytes);
  return dissection;
}
