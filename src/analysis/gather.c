#include "analysis/gather.h"

#include <string.h>

#include "analysis/segment-head.h"
#include "base/limits.h"
#include "base/publish.h"

/* Frames before the first one that are looked at: its neighbours may have overtaken it on the way. */
#define FRAMES_BEFORE 512u
/* Frames of other conversations that are passed over before the search is given up. */
#define FRAMES_PASSED 1000000u

typedef struct {
  const LecIndex *index;
  LecTraceCache *cache;
  GByteArray *bytes;
  GArray *pieces;
  uint32_t conversation;
  uint8_t side;
  uint32_t start_sequence;
  uint64_t wanted;
  uint64_t reached;  /* the furthest byte that is here */
  GByteArray *known; /* as long as bytes: is this one here? */
} Gathering;

static gboolean
is_of_stream (const Gathering *gathering, uint32_t frame)
{
  return lec_index_conversation_of (gathering->index, frame) == gathering->conversation &&
         (lec_index_state (gathering->index, frame) & LEC_FRAME_SIDE) == gathering->side;
}

static void
grow_to (Gathering *gathering, uint32_t size)
{
  uint32_t former = gathering->bytes->len;

  if (size <= former)
    return;
  g_byte_array_set_size (gathering->bytes, size);
  memset (gathering->bytes->data + former, 0, size - former);
  g_byte_array_set_size (gathering->known, size);
  memset (gathering->known->data + former, 0, size - former);
}

static int
compare_pieces (const void *a, const void *b)
{
  const LecPiece *left = a, *right = b;
  return left->offset < right->offset ? -1 : left->offset > right->offset;
}

/* Puts what a frame brings where it belongs; bytes that are here already stay (the first copy wins). */
static void
add_frame (Gathering *gathering, uint32_t frame)
{
  g_auto (LecSegmentHead) segment = { 0 };
  const LecHead *head = &segment.head;

  if (!lec_segment_head_read (&segment, gathering->index, gathering->cache, frame) || !head->payload_captured)
    return;
  int64_t at = (int32_t) (head->sequence - gathering->start_sequence);
  int64_t from = MAX (at, 0), end = MIN (at + head->payload_captured, (int64_t) gathering->wanted);
  if (from >= end)
    return;
  grow_to (gathering, (uint32_t) end);
  while (from < end) {
    if (gathering->known->data[from]) {
      from++;
      continue;
    }
    int64_t run = from;
    while (run < end && !gathering->known->data[run])
      gathering->known->data[run++] = 1;
    const uint8_t *source = head->payload + (from - at);
    memcpy (gathering->bytes->data + from, source, (size_t) (run - from));
    LecPiece piece = { (uint32_t) from, (uint32_t) (run - from), frame,
                       segment.datagram ? 0 : (uint32_t) (source - segment.record.bytes) };
    g_array_append_val (gathering->pieces, piece);
    from = run;
  }
}

/* Moves `reached` over what is here without a hole. */
static gboolean
is_whole (Gathering *gathering)
{
  while (gathering->reached < gathering->known->len && gathering->known->data[gathering->reached])
    gathering->reached++;
  return gathering->reached >= gathering->wanted;
}

static void
look_around (Gathering *gathering, uint32_t frame, uint32_t last_frame)
{
  uint32_t before = frame > FRAMES_BEFORE ? frame - FRAMES_BEFORE : 1;
  uint32_t taken = 0, passed = 0;

  add_frame (gathering, frame);
  if (is_whole (gathering))
    return;
  for (uint32_t other = before; other < frame; other++)
    if (is_of_stream (gathering, other))
      add_frame (gathering, other);
  for (uint32_t other = frame + 1; other <= last_frame && !is_whole (gathering); other++) {
    if (is_of_stream (gathering, other)) {
      add_frame (gathering, other);
      if (++taken >= LEC_LIMIT_MESSAGE_FRAMES)
        return;
    } else if (++passed >= FRAMES_PASSED) {
      return;
    }
  }
}

GByteArray *
lec_gather_stream (const LecIndex *index, LecTraceCache *cache, uint32_t frame, uint32_t offset, uint64_t length,
                   GArray *pieces, uint64_t *missing)
{
  Gathering gathering = { .index = index,
                          .cache = cache,
                          .bytes = g_byte_array_new (),
                          .pieces = pieces,
                          .conversation = lec_index_conversation_of (index, frame),
                          .side = lec_index_state (index, frame) & LEC_FRAME_SIDE,
                          .wanted = MIN (length, LEC_LIMIT_MESSAGE_BYTES) };
  g_autoptr (GByteArray) known = g_byte_array_new ();
  g_auto (LecSegmentHead) segment = { 0 };

  gathering.known = known;
  *missing = 0;
  if (gathering.conversation == G_MAXUINT32 || !lec_segment_head_read (&segment, index, cache, frame))
    return gathering.bytes;
  const LecConversation *conversation = lec_index_conversation (index, gathering.conversation);
  gathering.start_sequence = segment.head.sequence + offset;
  look_around (&gathering, frame, MIN (LEC_GET (conversation->last_frame), lec_index_n_frames (index)));
  for (uint32_t i = 0; i < known->len; i++)
    *missing += !known->data[i];
  g_array_sort (pieces, compare_pieces);
  return gathering.bytes;
}
