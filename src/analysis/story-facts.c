#include "analysis/story-facts.h"

#include <string.h>

#include "analysis/verdict-loss.h"
#include "base/publish.h"
#include "base/word-key.h"

#define TCP 6
/* Rows between two looks at whether somebody wants this to stop. */
#define SLICE_ROWS 0xffffu

/* An application at a server. Unused bytes are zero: compared as a whole. */
typedef struct {
  uint32_t application; /* LecProtocolId */
  uint16_t port;        /* 0 where the application is known by its contents: it may listen at several */
  uint8_t ip_protocol;
  uint8_t address_bytes;
  uint8_t address[16];
} GroupKey;

LEC_DEFINE_WORD_KEY (GroupKey, group)

typedef struct {
  uint32_t n_bytes;
  uint8_t bytes[16];
} AddressKey;

LEC_DEFINE_WORD_KEY (AddressKey, address)

typedef struct {
  LecStoryFacts *facts;
  const LecIndex *index;
  const _Atomic unsigned *cancel;
  GHashTable *groups;  /* GroupKey → LecStoryGroup, owned */
  GHashTable *clients; /* AddressKey, owned */
} Gathering;

static gboolean
is_cancelled (const Gathering *gathering, uint32_t row)
{
  return (row & SLICE_ROWS) == 0 && gathering->cancel && LEC_GET (*gathering->cancel);
}

static gboolean
same_server (const LecIndex *index, uint32_t one, uint32_t other)
{
  const LecConversation *a = lec_index_conversation (index, one), *b = lec_index_conversation (index, other);

  return a->port[1] == b->port[1] && memcmp (&a->address[1], &b->address[1], sizeof a->address[1]) == 0;
}

static void
add_to (const Gathering *gathering, LecStoryCount *count, uint32_t frame, uint32_t conversation)
{
  if (count->n++ == 0) {
    count->frame = frame;
    count->conversation = conversation;
    return;
  }
  if (count->conversation == conversation)
    return;
  if (count->conversation == G_MAXUINT32 || conversation == G_MAXUINT32 ||
      !same_server (gathering->index, count->conversation, conversation))
    count->elsewhere = TRUE;
}

/* Who talks */

static void
note_client (const Gathering *gathering, const LecAddress *address)
{
  AddressKey key = { .n_bytes = address->n_bytes };

  memcpy (key.bytes, address->bytes, address->n_bytes);
  if (g_hash_table_contains (gathering->clients, &key))
    return;
  g_hash_table_add (gathering->clients, g_memdup2 (&key, sizeof key));
  gathering->facts->client = *address;
}

static void
note_group (const Gathering *gathering, uint32_t conversation)
{
  const LecConversation *row = lec_index_conversation (gathering->index, conversation);
  uint8_t application = LEC_GET (row->application);
  GroupKey key = { .application = application,
                   .port = application == LEC_PROTOCOL_DATA ? row->port[1] : 0,
                   .ip_protocol = row->ip_protocol,
                   .address_bytes = row->address[1].n_bytes };

  memcpy (key.address, row->address[1].bytes, key.address_bytes);
  LecStoryGroup *group = g_hash_table_lookup (gathering->groups, &key);
  if (!group) {
    group = g_new0 (LecStoryGroup, 1);
    group->conversation = conversation;
    g_hash_table_insert (gathering->groups, g_memdup2 (&key, sizeof key), group);
  }
  group->n_conversations++;
  for (unsigned side = 0; side < 2; side++) {
    group->n_frames += LEC_GET (row->n_frames[side]);
    group->n_bytes += LEC_GET (row->n_bytes[side]);
  }
}

/* By payload, then by frames, then by who came first. */
static gboolean
is_larger (const LecStoryGroup *group, const LecStoryGroup *than)
{
  if (group->n_bytes != than->n_bytes)
    return group->n_bytes > than->n_bytes;
  if (group->n_frames != than->n_frames)
    return group->n_frames > than->n_frames;
  return group->conversation < than->conversation;
}

static void
rank_group (LecStoryFacts *facts, LecStoryGroup group)
{
  unsigned n_kept = MIN (facts->n_groups, LEC_STORY_GROUPS);

  for (unsigned i = 0; i < n_kept; i++)
    if (is_larger (&group, &facts->groups[i])) {
      LecStoryGroup smaller = facts->groups[i];
      facts->groups[i] = group;
      group = smaller;
    }
  if (n_kept < LEC_STORY_GROUPS)
    facts->groups[n_kept] = group;
  facts->n_groups++;
}

static void
rank_groups (const Gathering *gathering)
{
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, gathering->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    rank_group (gathering->facts, *(const LecStoryGroup *) group);
  gathering->facts->n_clients = g_hash_table_size (gathering->clients);
}

/* Conversations */

static void
note_outcome (const Gathering *gathering, uint32_t conversation)
{
  const LecConversation *row = lec_index_conversation (gathering->index, conversation);
  LecStoryFacts *facts = gathering->facts;
  uint8_t handshake = LEC_GET (row->handshake);

  if (handshake == LEC_HANDSHAKE_UNANSWERED)
    add_to (gathering, &facts->unanswered, LEC_GET (row->syn_frame), conversation);
  else if (handshake == LEC_HANDSHAKE_REFUSED)
    add_to (gathering, &facts->refused, LEC_GET (row->reset_frame), conversation);
  else if (LEC_GET (row->ending) == LEC_ENDING_RESET)
    add_to (gathering, &facts->aborted[LEC_GET (row->ending_side) & 1], LEC_GET (row->reset_frame), conversation);
}

static void
look_at_conversations (const Gathering *gathering)
{
  LecStoryFacts *facts = gathering->facts;
  uint32_t n = atomic_load_explicit (&gathering->index->n_conversations, memory_order_acquire);

  facts->n_conversations = n;
  for (uint32_t i = 0; i < n && !is_cancelled (gathering, i); i++) {
    const LecConversation *row = lec_index_conversation (gathering->index, i);
    note_client (gathering, &row->address[0]);
    note_group (gathering, i);
    for (unsigned side = 0; side < 2; side++) {
      facts->n_bytes += LEC_GET (row->n_bytes[side]);
      facts->n_tcp_frames += row->ip_protocol == TCP ? LEC_GET (row->n_frames[side]) : 0;
    }
    if (row->ip_protocol == TCP)
      note_outcome (gathering, i);
  }
  rank_groups (gathering);
}

/* Operations */

static void
note_status (const Gathering *gathering, const LecOperation *row)
{
  LecStoryFacts *facts = gathering->facts;
  uint16_t status = LEC_GET (row->status);

  if (row->kind == LEC_OPERATION_HTTP && status >= 400 && status < 600) {
    add_to (gathering, &facts->http_errors[status >= 500], LEC_GET (row->response.first_frame), row->conversation);
    facts->n_of_status[status]++;
  }
  if (row->kind == LEC_OPERATION_DNS && status && status < G_N_ELEMENTS (facts->n_of_rcode)) {
    add_to (gathering, &facts->dns_errors, LEC_GET (row->response.first_frame), row->conversation);
    facts->n_of_rcode[status]++;
  }
}

/* From the last byte that was asked to the first that answers. Frames are looked up only once they are published. */
static void
note_span (const Gathering *gathering, uint32_t operation)
{
  const LecOperation *row = lec_index_operation (gathering->index, operation);
  uint32_t asked = LEC_GET (row->request.last_frame), answered = LEC_GET (row->response.first_frame);
  LecStoryFacts *facts = gathering->facts;

  if (!asked || answered <= asked || answered > facts->n_frames)
    return;
  int64_t span_ns = lec_index_time_ns (gathering->index, answered) - lec_index_time_ns (gathering->index, asked);
  if (facts->slowest != G_MAXUINT32 && span_ns <= facts->slowest_ns)
    return;
  facts->slowest = operation;
  facts->slowest_ns = span_ns;
}

/* Of several requests in one frame the first has the verdict for all. */
static gboolean
is_silence_sure (const LecIndex *index, const LecOperation *row)
{
  const LecVerdict *verdict = lec_index_find_verdict (index, row->first_frame, LEC_VERDICT_UNANSWERED);

  return !verdict || LEC_GET (verdict->confidence) != LEC_CONFIDENCE_UNCLEAR;
}

/* An answer that stops short with its connection, and not because the capture has no more of it. */
static gboolean
broke_off (const Gathering *gathering, const LecOperation *row)
{
  const uint32_t frames[] = { LEC_GET (row->request.first_frame), LEC_GET (row->request.last_frame),
                              LEC_GET (row->response.first_frame), LEC_GET (row->response.last_frame) };
  LecOutcome outcome = LEC_GET (row->outcome);
  gboolean stops_short = outcome == LEC_OUTCOME_INCOMPLETE && !LEC_GET (row->n_frames_lost) &&
                         row->conversation != LEC_OWNER_NONE &&
                         LEC_GET (lec_index_conversation (gathering->index, row->conversation)->ending);

  if (outcome != LEC_OUTCOME_RESET && !stops_short)
    return FALSE;
  for (unsigned i = 0; i < G_N_ELEMENTS (frames); i++)
    if (frames[i] && frames[i] <= gathering->facts->n_frames &&
        lec_index_state (gathering->index, frames[i]) & LEC_FRAME_CUT)
      return FALSE;
  return TRUE;
}

static void
look_at_operations (const Gathering *gathering)
{
  LecStoryFacts *facts = gathering->facts;
  uint32_t n = atomic_load_explicit (&gathering->index->n_operations, memory_order_acquire);

  for (uint32_t i = 0; i < n && !is_cancelled (gathering, i); i++) {
    const LecOperation *row = lec_index_operation (gathering->index, i);
    if (row->kind == LEC_OPERATION_CONNECT) /* told of the conversation */
      continue;
    facts->n_operations[row->kind]++;
    if (LEC_GET (row->outcome) == LEC_OUTCOME_UNANSWERED && !is_silence_sure (gathering->index, row))
      facts->n_unheard++;
    else if (LEC_GET (row->outcome) == LEC_OUTCOME_UNANSWERED)
      add_to (gathering, &facts->silent[row->kind], row->first_frame, row->conversation);
    else if (broke_off (gathering, row))
      add_to (gathering, &facts->broken[row->kind], row->first_frame, row->conversation);
    note_status (gathering, row);
    note_span (gathering, i);
  }
}

/* Verdicts */

/* That nobody answers a SYN is told of the attempt; what is sent once more without need was not lost. */
static void
note_resend (const Gathering *gathering, const LecVerdict *row, uint32_t conversation)
{
  LecStoryFacts *facts = gathering->facts;
  LecLoss loss = lec_verdict_loss (row);
  LecStoryCount *count = LEC_GET (row->need) == LEC_NEED_SPURIOUS ? &facts->needless
                         : loss == LEC_LOSS_BEFORE                ? &facts->lost_before
                         : loss == LEC_LOSS_AFTER                 ? &facts->lost_after
                                                                  : &facts->doubtful;

  if (conversation != G_MAXUINT32 &&
      LEC_GET (lec_index_conversation (gathering->index, conversation)->handshake) == LEC_HANDSHAKE_UNANSWERED)
    return;
  add_to (gathering, count, row->frame, conversation);
  if (count == &facts->lost_before || count == &facts->lost_after)
    facts->n_lost_by[row->side & 1]++;
}

static void
look_at_verdicts (const Gathering *gathering)
{
  LecStoryFacts *facts = gathering->facts;
  uint32_t n = atomic_load_explicit (&gathering->index->n_verdicts, memory_order_acquire);

  for (uint32_t i = 0; i < n && !is_cancelled (gathering, i); i++) {
    const LecVerdict *row = lec_index_verdict (gathering->index, i);
    if (LEC_GET (row->withdrawn) || row->frame > facts->n_frames)
      continue;
    uint32_t conversation = lec_index_conversation_of (gathering->index, row->frame);
    if (row->kind == LEC_VERDICT_RETRANSMISSION)
      note_resend (gathering, row, conversation);
    if (row->kind == LEC_VERDICT_ZERO_WINDOW) {
      add_to (gathering, &facts->shut[row->side & 1], row->frame, conversation);
      facts->shut_ns[row->side & 1] += MAX (0, LEC_GET (row->span_ns));
    }
  }
}

void
lec_story_facts_gather (LecStoryFacts *facts, const LecIndex *index, const _Atomic unsigned *cancel)
{
  Gathering gathering = { .facts = facts,
                          .index = index,
                          .cancel = cancel,
                          .groups = g_hash_table_new_full (group_hash, group_equal, g_free, g_free),
                          .clients = g_hash_table_new_full (address_hash, address_equal, g_free, NULL) };

  *facts = (LecStoryFacts){ .slowest = G_MAXUINT32 };
  facts->so_far = !atomic_load_explicit (&index->complete, memory_order_acquire);
  facts->n_frames = lec_index_n_frames (index);
  facts->span_ns = facts->n_frames ? LEC_GET (index->last_time_ns) - LEC_GET (index->first_time_ns) : 0;
  look_at_conversations (&gathering);
  look_at_operations (&gathering);
  look_at_verdicts (&gathering);
  g_hash_table_unref (gathering.groups);
  g_hash_table_unref (gathering.clients);
}
