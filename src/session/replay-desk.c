#include "session/replay-desk.h"

#include "base/limits.h"
#include "base/publish.h"

struct LecReplayDesk {
  LecIndex *index;
  GQueue kept; /* LecReplay, the one asked for last first */
  size_t kept_bytes;
  LecReplayWalk *walk; /* under way, or NULL */
  uint32_t walked;     /* the conversation that it goes through */
  gboolean missed;
};

LecReplayDesk *
lec_replay_desk_new (LecIndex *index)
{
  LecReplayDesk *desk = g_new0 (LecReplayDesk, 1);

  desk->index = index;
  return desk;
}

void
lec_replay_desk_free (LecReplayDesk *desk)
{
  if (!desk)
    return;
  g_queue_clear_full (&desk->kept, (GDestroyNotify) lec_replay_unref);
  lec_replay_walk_free (desk->walk);
  g_free (desk);
}

static void
forget (LecReplayDesk *desk, GList *item)
{
  LecReplay *replay = item->data;

  desk->kept_bytes -= lec_replay_bytes (replay);
  lec_replay_unref (replay);
  g_queue_delete_link (&desk->kept, item);
}

/* One that was made while the trace was being read may lack what came since. */
static gboolean
is_outdated (const LecReplayDesk *desk, const LecReplay *replay)
{
  const LecConversation *row = lec_index_conversation (desk->index, replay->conversation);

  if (replay->final)
    return FALSE;
  return atomic_load_explicit (&desk->index->complete, memory_order_acquire) ||
         LEC_GET (row->last_frame) > replay->last_frame;
}

static LecReplay *
find (LecReplayDesk *desk, uint32_t conversation)
{
  for (GList *item = desk->kept.head; item; item = item->next) {
    LecReplay *replay = item->data;
    if (replay->conversation != conversation)
      continue;
    if (is_outdated (desk, replay)) {
      forget (desk, item);
      return NULL;
    }
    g_queue_unlink (&desk->kept, item);
    g_queue_push_head_link (&desk->kept, item);
    return replay;
  }
  return NULL;
}

/* Keeps REPLAY, and no more than the limit; but always the newest. */
static void
keep (LecReplayDesk *desk, LecReplay *replay)
{
  g_queue_push_head (&desk->kept, replay);
  desk->kept_bytes += lec_replay_bytes (replay);
  while (desk->kept_bytes > LEC_LIMIT_REPLAY_CACHE_BYTES && desk->kept.tail != desk->kept.head)
    forget (desk, desk->kept.tail);
}

LecReplay *
lec_replay_desk_work (LecReplayDesk *desk, uint32_t conversation)
{
  LecReplay *replay = find (desk, conversation);

  if (replay)
    return replay;
  if (desk->walk && desk->walked != conversation)
    g_clear_pointer (&desk->walk, lec_replay_walk_free);
  if (!desk->walk)
    desk->walk = lec_replay_walk_new (desk->index, conversation);
  desk->walked = conversation;
  if (!lec_replay_walk_on (desk->walk))
    return NULL;
  replay = lec_replay_walk_finish (desk->walk);
  g_clear_pointer (&desk->walk, lec_replay_walk_free);
  keep (desk, replay);
  return replay;
}

gboolean
lec_replay_desk_facts (void *data, uint32_t frame, LecReplayFacts *facts)
{
  LecReplayDesk *desk = data;
  uint32_t conversation = lec_index_conversation_of (desk->index, frame);

  if (!lec_replay_is_possible (desk->index, conversation))
    return FALSE;
  LecReplay *replay = lec_replay_desk_work (desk, conversation);
  desk->missed |= !replay;
  return replay && lec_replay_facts (replay, frame, facts);
}

gboolean
lec_replay_desk_take_missed (LecReplayDesk *desk)
{
  gboolean missed = desk->missed;

  desk->missed = FALSE;
  return missed;
}
