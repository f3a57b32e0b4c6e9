#include "analysis/replay.h"

#include "analysis/segment-head.h"
#include "base/limits.h"
#include "base/publish.h"

/* In one go: frames that are passed over, and frames that are read, each of which takes as long as many of the former.
 */
#define FRAMES_PASSED 400000u
#define FRAMES_READ   4096u
/* Frames that lie further apart than this are read in small pages. */
#define DENSE_BYTES 16384u

struct LecReplayWalk {
  const LecIndex *index;
  LecTraceCache *cache;
  LecReplay *replay;
  LecReplayer replayer;
  LecReplayTally tally;
  uint32_t room; /* for steps */
  uint32_t next_frame;
  uint32_t last_frame;
};

gboolean
lec_replay_window (const LecReplayStep *step, const int8_t window_shift[2], unsigned side, uint32_t *window_bytes)
{
  gboolean plain = (step->flags & LEC_STEP_WINDOW_PLAIN_0 << side) != 0;

  if (!(step->flags & LEC_STEP_WINDOW_TOLD_0 << side) || (!plain && window_shift[side] == -1))
    return FALSE;
  *window_bytes = (uint32_t) step->window[side] << (plain ? 0 : CLAMP (window_shift[side], 0, 14));
  return TRUE;
}

LecReplay *
lec_replay_ref (LecReplay *replay)
{
  atomic_fetch_add_explicit (&replay->references, 1, memory_order_relaxed);
  return replay;
}

void
lec_replay_unref (LecReplay *replay)
{
  if (!replay || atomic_fetch_sub_explicit (&replay->references, 1, memory_order_acq_rel) > 1)
    return;
  g_free (replay->steps);
  g_free (replay->wireshark);
  g_free (replay);
}

size_t
lec_replay_bytes (const LecReplay *replay)
{
  return sizeof *replay + (size_t) replay->n_steps * (sizeof *replay->steps + sizeof *replay->wireshark);
}

int64_t
lec_replay_find (const LecReplay *replay, uint32_t frame)
{
  uint32_t low = 0, high = replay->n_steps;

  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (replay->steps[middle].frame <= frame)
      low = middle + 1;
    else
      high = middle;
  }
  return (int64_t) low - 1;
}

gboolean
lec_replay_facts (const LecReplay *replay, uint32_t frame, LecReplayFacts *facts)
{
  const LecIndex *index = replay->index;
  int64_t at = lec_replay_find (replay, frame);

  if (at < 0 || replay->steps[at].frame != frame)
    return FALSE;
  const LecReplayStep *step = &replay->steps[at];
  const LecReplaySummary *summary = &replay->summary;
  *facts = (LecReplayFacts){
    .step = *step,
    .side = (lec_index_state (index, frame) & LEC_FRAME_SIDE) != 0,
    .round_trip_ns =
        step->timed_frame ? lec_index_time_ns (index, frame) - lec_index_time_ns (index, step->timed_frame) : -1,
    .handshake_ns = summary->handshake_frame && frame >= summary->handshake_frame ? summary->handshake_ns : -1,
    .window_shift = { replay->window_shift[0], replay->window_shift[1] },
    .wireshark = replay->wireshark[at],
  };
  return TRUE;
}

gboolean
lec_replay_facts_of (void *data, uint32_t frame, LecReplayFacts *facts)
{
  return lec_replay_facts (data, frame, facts);
}

/* Making one. */

static LecTraceCache *
new_cache (const LecIndex *index, const LecReplayWalk *walk)
{
  uint64_t start = LEC_PLACE_OFFSET (lec_index_place (index, walk->next_frame));
  uint64_t end = LEC_PLACE_OFFSET (lec_index_place (index, walk->last_frame));

  return end - start > (uint64_t) walk->room * DENSE_BYTES ? lec_trace_cache_new_scattered (index->trace)
                                                           : lec_trace_cache_new (index->trace);
}

LecReplayWalk *
lec_replay_walk_new (const LecIndex *index, uint32_t conversation)
{
  const LecConversation *row = lec_index_conversation (index, conversation);
  gboolean complete = atomic_load_explicit (&index->complete, memory_order_acquire) != 0;
  LecReplayWalk *walk = g_new0 (LecReplayWalk, 1);
  uint64_t n_frames = (uint64_t) LEC_GET (row->n_frames[0]) + LEC_GET (row->n_frames[1]);

  walk->index = index;
  walk->next_frame = row->first_frame;
  walk->last_frame = MIN (LEC_GET (row->last_frame), lec_index_n_frames (index));
  walk->room = (uint32_t) MIN (n_frames, LEC_LIMIT_REPLAY_STEPS);
  walk->replay = g_new0 (LecReplay, 1);
  walk->replay->references = 1;
  walk->replay->index = index;
  walk->replay->conversation = conversation;
  walk->replay->final = complete;
  walk->replay->last_frame = walk->last_frame;
  walk->replay->steps = g_new (LecReplayStep, MAX (walk->room, 1));
  walk->replay->wireshark = g_new (LecWiresharkFinding, MAX (walk->room, 1));
  lec_replayer_init (&walk->replayer, index, conversation);
  if (walk->next_frame <= walk->last_frame)
    walk->cache = new_cache (index, walk);
  return walk;
}

void
lec_replay_walk_free (LecReplayWalk *walk)
{
  if (!walk)
    return;
  lec_replayer_clear (&walk->replayer);
  lec_replay_tally_clear (&walk->tally);
  lec_replay_unref (walk->replay);
  lec_trace_cache_free (walk->cache);
  g_free (walk);
}

static void
read_frame (LecReplayWalk *walk, LecSegmentHead *segment, uint32_t frame)
{
  LecReplay *replay = walk->replay;
  LecReplayStep step;
  LecReplayEvent event;
  int64_t time_ns = lec_index_time_ns (walk->index, frame);

  if (!lec_segment_head_read (segment, walk->index, walk->cache, frame))
    return;
  lec_replayer_frame (&walk->replayer, frame, &segment->head, &step, &event);
  lec_replay_tally_add (&walk->tally, &walk->replayer, &step, &event);
  if (walk->tally.summary.n_frames == 1)
    replay->start_ns = replay->end_ns = time_ns;
  replay->end_ns = MAX (replay->end_ns, time_ns);
  replay->cut |= replay->n_steps == walk->room;
  if (replay->cut)
    return;
  lec_replayer_wireshark (&walk->replayer, frame, &segment->head, &replay->wireshark[replay->n_steps]);
  replay->steps[replay->n_steps++] = step;
}

gboolean
lec_replay_walk_on (LecReplayWalk *walk)
{
  g_auto (LecSegmentHead) segment = { 0 };
  uint32_t n_read = 0;
  uint32_t end = (uint32_t) MIN ((uint64_t) walk->next_frame + FRAMES_PASSED, (uint64_t) walk->last_frame + 1);

  for (; walk->next_frame < end && n_read < FRAMES_READ; walk->next_frame++) {
    if (lec_index_conversation_of (walk->index, walk->next_frame) != walk->replay->conversation)
      continue;
    read_frame (walk, &segment, walk->next_frame);
    n_read++;
  }
  return walk->next_frame > walk->last_frame;
}

LecReplay *
lec_replay_walk_finish (LecReplayWalk *walk)
{
  LecReplay *replay = walk->replay;
  const LecConversation *row = lec_index_conversation (walk->index, replay->conversation);

  lec_replay_tally_finish (&walk->tally);
  replay->summary = walk->tally.summary;
  for (unsigned side = 0; side < 2; side++)
    replay->window_shift[side] = LEC_GET (row->window_shift[side]);
  return lec_replay_ref (replay);
}

gboolean
lec_replay_is_possible (const LecIndex *index, uint32_t conversation)
{
  return conversation != G_MAXUINT32 && lec_index_conversation (index, conversation)->ip_protocol == 6;
}

LecReplay *
lec_replay_new (const LecIndex *index, uint32_t conversation)
{
  g_autoptr (LecReplayWalk) walk = lec_replay_walk_new (index, conversation);

  while (!lec_replay_walk_on (walk))
    ;
  return lec_replay_walk_finish (walk);
}
