#include "analysis/replay-stream.h"

#include "analysis/segment-head.h"
#include "base/publish.h"

/* Frames between looks at `cancel`. */
#define CANCEL_FRAMES 1024u

/* A conversation that goes on. */
typedef struct {
  LecReplayer replayer;
  LecReplayTally tally;
} Going;

struct LecReplayStream {
  const LecIndex *index;
  LecTraceCache *cache;
  LecReplayStreamFunc over;
  void *data;
  GPtrArray *going; /* Going by conversation, NULL = not met yet, or over */
  uint32_t next_frame;
  LecReplayFacts facts; /* of the last frame, where that is facts.step.frame */
};

LecReplayStream *
lec_replay_stream_new (const LecIndex *index, LecReplayStreamFunc over, void *data)
{
  LecReplayStream *stream = g_new0 (LecReplayStream, 1);

  stream->index = index;
  stream->cache = lec_trace_cache_new (index->trace);
  stream->over = over;
  stream->data = data;
  stream->going = g_ptr_array_new ();
  stream->next_frame = 1;
  return stream;
}

static void
end (LecReplayStream *stream, uint32_t conversation)
{
  Going *going = stream->going->pdata[conversation];

  stream->going->pdata[conversation] = NULL;
  if (stream->over) {
    lec_replay_tally_finish (&going->tally);
    stream->over (conversation, &going->tally.summary, stream->data);
  }
  lec_replayer_clear (&going->replayer);
  lec_replay_tally_clear (&going->tally);
  g_free (going);
}

static void
end_all (LecReplayStream *stream)
{
  for (unsigned i = 0; i < stream->going->len; i++)
    if (stream->going->pdata[i])
      end (stream, i);
}

void
lec_replay_stream_free (LecReplayStream *stream)
{
  if (!stream)
    return;
  end_all (stream);
  g_ptr_array_unref (stream->going);
  lec_trace_cache_free (stream->cache);
  g_free (stream);
}

static Going *
get_going (LecReplayStream *stream, uint32_t conversation)
{
  if (conversation >= stream->going->len)
    g_ptr_array_set_size (stream->going, (int) conversation + 1);
  Going *going = stream->going->pdata[conversation];
  if (!going) {
    going = stream->going->pdata[conversation] = g_new0 (Going, 1);
    lec_replayer_init (&going->replayer, stream->index, conversation);
  }
  return going;
}

static void
note_facts (LecReplayStream *stream, const Going *going, const LecReplayStep *step, const LecReplayEvent *event,
            const LecConversation *row)
{
  stream->facts =
      (LecReplayFacts){ .step = *step,
                        .side = event->side,
                        .round_trip_ns = event->round_trip_ns,
                        .handshake_ns = lec_replayer_handshake_ns (&going->replayer),
                        .window_shift = { LEC_GET (row->window_shift[0]), LEC_GET (row->window_shift[1]) } };
}

static void
take_frame (LecReplayStream *stream, LecSegmentHead *segment, uint32_t frame, gboolean complete)
{
  uint32_t conversation = lec_index_conversation_of (stream->index, frame);
  LecReplayStep step;
  LecReplayEvent event;

  if (conversation == G_MAXUINT32)
    return;
  const LecConversation *row = lec_index_conversation (stream->index, conversation);
  if (row->ip_protocol != 6)
    return;
  Going *going = get_going (stream, conversation);
  if (lec_segment_head_read (segment, stream->index, stream->cache, frame)) {
    lec_replayer_frame (&going->replayer, frame, &segment->head, &step, &event);
    note_facts (stream, going, &step, &event, row);
    if (stream->over)
      lec_replay_tally_add (&going->tally, &going->replayer, &step, &event);
    else
      lec_replayer_wireshark (&going->replayer, frame, &segment->head, &stream->facts.wireshark);
  }
  if (complete && frame >= LEC_GET (row->last_frame))
    end (stream, conversation);
}

void
lec_replay_stream_advance (LecReplayStream *stream, uint32_t frame, const _Atomic unsigned *cancel)
{
  g_auto (LecSegmentHead) segment = { 0 };
  gboolean complete = atomic_load_explicit (&stream->index->complete, memory_order_acquire) != 0;

  for (; stream->next_frame <= frame; stream->next_frame++) {
    if (stream->next_frame % CANCEL_FRAMES == 0 && cancel && LEC_GET (*cancel))
      return;
    take_frame (stream, &segment, stream->next_frame, complete);
  }
}

gboolean
lec_replay_stream_facts (LecReplayStream *stream, uint32_t frame, LecReplayFacts *facts)
{
  if (frame < stream->next_frame && stream->facts.step.frame != frame) {
    if (frame + 1 == stream->next_frame) /* there it stands, and it is no segment */
      return FALSE;
    end_all (stream);
    stream->next_frame = 1;
  }
  lec_replay_stream_advance (stream, frame, NULL);
  *facts = stream->facts;
  return stream->facts.step.frame == frame;
}
