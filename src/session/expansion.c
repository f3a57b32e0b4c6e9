#include "session/expansion.h"

#include <string.h>

#include "base/publish.h"

/* Where the bytes of a message stand, as known when its operation was expanded. */
typedef struct {
  uint32_t first;
  uint32_t last;
} FrameRange;

static FrameRange
range_of (const LecMessage *message)
{
  FrameRange range = { LEC_GET (message->first_frame), LEC_GET (message->last_frame) };

  range.last = MAX (range.first, range.last);
  return range;
}

static gboolean
holds (FrameRange range, uint32_t frame)
{
  return range.first && frame >= range.first && frame <= range.last;
}

uint32_t
lec_operation_last_frame (LecIndex *index, uint32_t number)
{
  const LecOperation *operation = lec_index_operation (index, number);
  uint32_t last = MAX (LEC_GET (operation->request.last_frame), LEC_GET (operation->response.last_frame));

  if (operation->conversation != LEC_OWNER_NONE) {
    const LecConversation *conversation = lec_index_conversation (index, operation->conversation);
    last = MAX (last, LEC_GET (conversation->last_frame));
  }
  return MIN (MAX (last, operation->first_frame), lec_index_n_frames (index));
}

gboolean
lec_operation_is_expandable (LecIndex *index, uint32_t number)
{
  const LecOperation *operation = lec_index_operation (index, number);
  FrameRange request = range_of (&operation->request), response = range_of (&operation->response);

  if (operation->kind == LEC_OPERATION_HTTP || response.first)
    return TRUE;
  /* The repeated SYNs of an attempt without an answer have rows of their own. */
  return operation->kind != LEC_OPERATION_CONNECT && request.last > request.first;
}

/* Data goes by its direction; a frame without data goes to the message it acknowledges, which is the other side's. */
gboolean
lec_operation_frame_is_of_response (LecIndex *index, const LecOperation *operation, uint32_t frame)
{
  FrameRange request = range_of (&operation->request), response = range_of (&operation->response);
  uint8_t state = lec_index_state (index, frame);
  gboolean by_requester = (state & LEC_FRAME_SIDE ? 1 : 0) == operation->request_side;

  if (by_requester ? holds (request, frame) : holds (response, frame))
    return !by_requester;
  if (state & LEC_FRAME_VERDICT && lec_index_find_verdict (index, frame, LEC_VERDICT_RETRANSMISSION))
    return !by_requester;
  if (by_requester)
    return TRUE;
  return response.first && frame > response.first;
}

/* Puts the frames of the request before those of the response, each in file order. */
static void
sort_by_message (LecExpansion *expansion, LecIndex *index, const LecOperation *operation)
{
  GArray *of_request = g_array_sized_new (FALSE, FALSE, sizeof (uint32_t), expansion->frames->len);
  GArray *of_response = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (unsigned i = 0; i < expansion->frames->len; i++) {
    uint32_t frame = g_array_index (expansion->frames, uint32_t, i);
    gboolean response = expansion->has_response &&
                        (!expansion->has_request || lec_operation_frame_is_of_response (index, operation, frame));
    g_array_append_val (response ? of_response : of_request, frame);
  }
  expansion->n_request_frames = of_request->len;
  g_array_append_vals (of_request, of_response->data, of_response->len);
  g_array_unref (of_response);
  g_array_unref (expansion->frames);
  expansion->frames = of_request;
}

static void
count_rows (LecExpansion *expansion)
{
  uint32_t n_response_frames = expansion->frames->len - expansion->n_request_frames;

  if (!expansion->has_messages) {
    expansion->n_rows = expansion->frames->len;
    return;
  }
  expansion->n_rows = (expansion->has_request ? 1 : 0) + (expansion->has_response ? 1 : 0) +
                      (expansion->request_open ? expansion->n_request_frames : 0) +
                      (expansion->response_open ? n_response_frames : 0);
}

/* Arranges the rows of FRAMES, which it takes over. */
static void
lay_out (LecExpansion *expansion, LecIndex *index, GArray *frames)
{
  const LecOperation *operation = lec_index_operation (index, expansion->key.operation);

  expansion->frames = frames ? frames : g_array_new (FALSE, FALSE, sizeof (uint32_t));
  expansion->n_request_frames = expansion->frames->len;
  expansion->has_messages = operation->kind == LEC_OPERATION_HTTP;
  if (expansion->has_messages) {
    expansion->request_frame = range_of (&operation->request).first;
    expansion->response_frame = range_of (&operation->response).first;
    expansion->has_request = expansion->request_frame != 0;
    expansion->has_response = expansion->response_frame != 0;
    sort_by_message (expansion, index, operation);
  }
  count_rows (expansion);
}

LecExpansion *
lec_expansion_new (LecIndex *index, LecTopOperation key, GArray *frames)
{
  LecExpansion *expansion = g_new0 (LecExpansion, 1);

  expansion->key = key;
  lay_out (expansion, index, frames);
  return expansion;
}

static gboolean
has_same_rows (const LecExpansion *a, const LecExpansion *b)
{
  return a->n_request_frames == b->n_request_frames && a->request_frame == b->request_frame &&
         a->response_frame == b->response_frame && a->frames->len == b->frames->len &&
         (!a->frames->len || memcmp (a->frames->data, b->frames->data, a->frames->len * sizeof (uint32_t)) == 0);
}

gboolean
lec_expansion_renew (LecExpansion *expansion, LecIndex *index, GArray *frames, uint32_t n_seen)
{
  LecExpansion former = *expansion;

  lay_out (expansion, index, frames);
  expansion->n_seen = n_seen;
  gboolean is_other = !has_same_rows (expansion, &former);
  g_array_unref (former.frames);
  return is_other;
}

void
lec_expansion_free (LecExpansion *expansion)
{
  g_array_unref (expansion->frames);
  g_free (expansion);
}

void
lec_expansion_open (LecExpansion *expansion, LecRowKind kind, gboolean open)
{
  if (kind == LEC_ROW_REQUEST)
    expansion->request_open = open;
  else if (kind == LEC_ROW_RESPONSE)
    expansion->response_open = open;
  count_rows (expansion);
}

static void
fill_frame (const LecExpansion *expansion, uint32_t index, LecRow *row)
{
  row->kind = LEC_ROW_FRAME;
  row->frame = g_array_index (expansion->frames, uint32_t, index);
  row->depth = expansion->has_messages ? 2 : 1;
}

static void
fill_message (const LecExpansion *expansion, LecRowKind kind, LecRow *row)
{
  gboolean request = kind == LEC_ROW_REQUEST;

  row->kind = kind;
  row->frame = request ? expansion->request_frame : expansion->response_frame;
  row->depth = 1;
  row->expandable = request ? expansion->n_request_frames > 0 : expansion->frames->len > expansion->n_request_frames;
  row->expanded = request ? expansion->request_open : expansion->response_open;
}

/* Number of the response's own row. */
static uint32_t
response_number (const LecExpansion *expansion)
{
  return expansion->has_request ? 1 + (expansion->request_open ? expansion->n_request_frames : 0) : 0;
}

void
lec_expansion_get (const LecExpansion *expansion, uint32_t number, LecRow *row)
{
  uint32_t response = response_number (expansion);

  row->operation = expansion->key.operation;
  row->expandable = row->expanded = FALSE;
  if (!expansion->has_messages)
    fill_frame (expansion, number, row);
  else if (number == response)
    fill_message (expansion, LEC_ROW_RESPONSE, row);
  else if (number > response)
    fill_frame (expansion, expansion->n_request_frames + (number - response - 1), row);
  else if (number == 0)
    fill_message (expansion, LEC_ROW_REQUEST, row);
  else
    fill_frame (expansion, number - 1, row);
}

uint32_t
lec_expansion_find (const LecExpansion *expansion, uint32_t frame)
{
  for (uint32_t i = 0; i < expansion->frames->len; i++) {
    if (g_array_index (expansion->frames, uint32_t, i) != frame)
      continue;
    if (!expansion->has_messages)
      return i;
    if (i < expansion->n_request_frames)
      return expansion->request_open ? 1 + i : 0;
    uint32_t response = response_number (expansion);
    return expansion->response_open ? response + 1 + (i - expansion->n_request_frames) : response;
  }
  return G_MAXUINT32;
}
