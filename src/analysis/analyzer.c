#include "analysis/analyzer.h"

#include <string.h>

#include "analysis/app-stream.h"
#include "analysis/copy.h"
#include "analysis/record-head.h"
#include "analysis/tcp-copy.h"
#include "base/publish.h"
#include "protocol/fast-head.h"

#define TCP 6
/* No answer is expected sooner. */
#define LEAST_ANSWER_NS 1000000

void
lec_analyzer_init (LecAnalyzer *analyzer, LecIndex *index)
{
  *analyzer = (LecAnalyzer){ .index = index };
  analyzer->cache = lec_trace_cache_new_scattered (index->trace);
  analyzer->exchanges = lec_exchange_table_new ();
  lec_conversation_table_init (&analyzer->conversations);
  lec_pool_init (&analyzer->pool);
  lec_datagram_table_init (&analyzer->datagrams);
  lec_column_init (&analyzer->flows, sizeof (LecTcpFlow));
}

void
lec_analyzer_clear (LecAnalyzer *analyzer)
{
  uint32_t n_conversations = LEC_GET (analyzer->index->n_conversations);

  for (uint32_t i = 0; i < n_conversations; i++) {
    LecTcpFlow *flow = lec_analyzer_flow (analyzer, i);
    lec_app_stream_clear (flow->streams);
    lec_tcp_side_clear (&flow->side[0]);
    lec_tcp_side_clear (&flow->side[1]);
  }
  lec_column_clear (&analyzer->flows);
  lec_pool_clear (&analyzer->pool);
  lec_conversation_table_clear (&analyzer->conversations);
  lec_datagram_table_clear (&analyzer->datagrams);
  g_hash_table_unref (analyzer->exchanges);
  lec_trace_cache_free (analyzer->cache);
}

void
lec_analyzer_prefetch_flow (const LecAnalyzer *analyzer, const LecHead *head, uint32_t conversation)
{
  if (conversation == G_MAXUINT32 || head->ip_protocol != 6)
    return;
  if (head->payload_bytes) {
    const LecTcpFlow *flow = lec_analyzer_flow ((LecAnalyzer *) analyzer, conversation);
    unsigned side = lec_index_conversation (analyzer->index, conversation)->port[0] != head->source_port;
    lec_segment_ring_prefetch (&flow->side[side].segments);
    lec_app_stream_prefetch (flow->streams, side);
  }
}

void
lec_analyzer_claim (LecAnalyzer *analyzer, uint32_t frame, uint32_t operation)
{
  LecOperation *row = lec_index_operation (analyzer->index, operation);
  gboolean is_new = lec_index_operation_of (analyzer->index, frame) != operation;

  if (is_new && lec_index_find_verdict (analyzer->index, frame, LEC_VERDICT_RETRANSMISSION) &&
      LEC_GET (row->n_resends) < G_MAXUINT16)
    LEC_ADD (row->n_resends, 1);
  lec_index_set_operation (analyzer->index, frame, operation);
  lec_index_set_state (analyzer->index, frame, 0, LEC_FRAME_OWN_ROW);
  lec_index_note_revision (analyzer->index, row->first_frame); /* where the operation's row stands */
}

/* Who opened a conversation: the sender of a SYN; else the receiver of a SYN-ACK; else the end with the higher port,
 * since servers mostly have the low ones; else whoever is seen first. */
static gboolean
sender_is_opener (const LecHead *head)
{
  if (head->ip_protocol == 6 && head->tcp_flags & LEC_TCP_SYN)
    return !(head->tcp_flags & LEC_TCP_ACK);
  return head->source_port >= head->destination_port;
}

static uint32_t
begin_conversation (LecAnalyzer *analyzer, uint32_t frame, const LecHead *head, gboolean *swapped)
{
  uint8_t address_bytes = head->flags & LEC_HEAD_IPV6 ? 16 : 4;
  unsigned source = sender_is_opener (head) ? 0 : 1;
  gboolean is_tcp = head->ip_protocol == 6;
  LecConversation conversation = {
    .ip_protocol = head->ip_protocol,
    .application = is_tcp || head->protocol == LEC_PROTOCOL_UDP ? LEC_PROTOCOL_DATA : head->protocol,
    .stream = is_tcp ? analyzer->n_tcp_streams++ : analyzer->n_udp_streams++,
    .first_frame = frame,
  };

  memcpy (conversation.address[source].bytes, head->source, address_bytes);
  memcpy (conversation.address[!source].bytes, lec_head_destination (head), address_bytes);
  conversation.address[0].n_bytes = conversation.address[1].n_bytes = address_bytes;
  conversation.port[source] = head->source_port;
  conversation.port[!source] = head->destination_port;
  *swapped = source == 1;
  uint32_t row = lec_index_add_conversation (analyzer->index, &conversation);
  lec_column_reserve (&analyzer->flows, row + 1);
  return row;
}

/* The conversation of a TCP or UDP frame, found or begun. */
static void
find_conversation (LecAnalyzer *analyzer, LecFrameAt *at)
{
  gboolean swapped = FALSE;
  LecConversationSlot *slot =
      lec_conversation_table_find (&analyzer->conversations, analyzer->index, at->head, at->key, &swapped);
  gboolean known = slot->hash != 0;

  if (known && at->head->ip_protocol == 6)
    known = !lec_tcp_flow_is_reused (analyzer, slot->conversation, swapped, at->head);
  at->conversation = known ? slot->conversation : begin_conversation (analyzer, at->frame, at->head, &swapped);
  at->side = swapped;
  at->row = lec_index_conversation (analyzer->index, at->conversation);
  at->flow = lec_analyzer_flow (analyzer, at->conversation);
  at->sender = &at->flow->side[at->side];
  at->receiver = &at->flow->side[!at->side];
  if (known)
    return;
  uint32_t former = slot->hash ? slot->conversation : G_MAXUINT32;
  lec_conversation_table_fill (&analyzer->conversations, slot, at->key->hash, at->conversation);
  if (at->head->ip_protocol == 6)
    lec_tcp_flow_begin (analyzer, at, former);
}

/* The first frame of a side. */
static void
note_opening (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  LecOpening *opening = lec_index_opening (analyzer->index, at->conversation);

  LEC_SET (opening->ttl[at->side], at->head->ttl);
  if (at->record->outbound)
    LEC_SET (opening->sent_here, (uint8_t) (LEC_GET (opening->sent_here) | 1u << at->side));
}

static void
other_frame (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  if (!lec_copy_seen (analyzer, at))
    lec_exchange_frame (analyzer, at);
}

static void
conversation_frame (LecAnalyzer *analyzer, LecFrameAt *at)
{
  find_conversation (analyzer, at);
  LecConversation *conversation = at->row;
  LEC_SET (conversation->last_frame, at->frame);
  if (LEC_GET (conversation->n_frames[at->side]) == 0)
    note_opening (analyzer, at);
  LEC_ADD (conversation->n_frames[at->side], 1);
  LEC_ADD (conversation->n_bytes[at->side], at->head->payload_bytes);
  lec_index_set_owner (analyzer->index, at->frame, at->conversation);
  if (at->head->flags & LEC_HEAD_TUNNELLED)
    LEC_SET (conversation->traits, LEC_GET (conversation->traits) | LEC_TRAIT_TUNNELLED);
  if (at->side)
    lec_index_set_state (analyzer->index, at->frame, LEC_FRAME_SIDE, 0);
  if (at->head->ip_protocol == 6)
    lec_tcp_flow_frame (analyzer, at);
  else
    other_frame (analyzer, at);
}

/* A fragment may complete a datagram: then this frame speaks for it. */
static void
fragment_frame (LecAnalyzer *analyzer, LecFrameAt *at)
{
  uint32_t row = lec_datagram_table_add (&analyzer->datagrams, analyzer->index, at->frame, at->head);

  if (row == G_MAXUINT32)
    return;
  g_autoptr (GByteArray) bytes = lec_datagram_dup_bytes (analyzer->index, analyzer->cache, row, NULL);
  LecHead whole = *at->head;
  if (!bytes || !lec_fast_transport (bytes->data, bytes->len, bytes->len, &whole))
    return;
  at->head = &whole;
  LecFlowKey key = lec_flow_key (&whole);
  at->key = &key;
  lec_index_set_protocol (analyzer->index, at->frame, whole.protocol);
  LEC_COLUMN (&analyzer->index->tcp_flags, uint8_t, at->frame) = whole.tcp_flags;
  if (whole.flags & LEC_HEAD_TRANSPORT)
    conversation_frame (analyzer, at);
  else
    other_frame (analyzer, at);
}

void
lec_analyzer_frame (LecAnalyzer *analyzer, uint32_t frame, const LecRecord *record, const LecHead *head,
                    const LecFlowKey *key)
{
  LecFrameAt at = { .frame = frame, .record = record, .head = head, .key = key, .conversation = LEC_OWNER_NONE };

  analyzer->frame = frame;
  if (head->flags & LEC_HEAD_TRANSPORT)
    conversation_frame (analyzer, &at);
  else if (head->flags & LEC_HEAD_FRAGMENT)
    fragment_frame (analyzer, &at);
  else
    other_frame (analyzer, &at);
}

/* From the SYN to the ACK of its answer, 0 = not known. Sent twice, it is not known which SYN was answered
 * (RFC 6298 §3). */
static int64_t
round_trip_ns (const LecIndex *index, uint32_t conversation)
{
  if (conversation == LEC_OWNER_NONE)
    return 0;
  const LecConversation *row = lec_index_conversation (index, conversation);
  uint32_t syn = LEC_GET (row->syn_frame), ack = LEC_GET (row->handshake_ack_frame);
  return syn && ack && LEC_GET (row->n_syns) == 1 ? lec_index_time_ns (index, ack) - lec_index_time_ns (index, syn) : 0;
}

gboolean
lec_analyzer_ends_with (const LecAnalyzer *analyzer, uint32_t conversation, uint32_t frame)
{
  const LecIndex *index = analyzer->index;
  int64_t left_ns = LEC_GET (index->last_time_ns) - lec_index_time_ns (index, frame);

  return left_ns < MAX (round_trip_ns (index, conversation), LEAST_ANSWER_NS);
}

/* A long request can be answered when its last byte is there; what is asked again was asked the first time. */
static uint32_t
asked_in (const LecOperation *operation)
{
  return operation->kind == LEC_OPERATION_HTTP ? LEC_GET (operation->request.last_frame) : operation->first_frame;
}

/* Whoever sends data over TCP had an answer to its SYN at least: that is not in the trace, so nothing tells what else
 * is not. */
static gboolean
is_answer_uncaptured (const LecIndex *index, const LecOperation *operation)
{
  const LecConversation *row =
      operation->conversation == LEC_OWNER_NONE ? NULL : lec_index_conversation (index, operation->conversation);

  return row && row->ip_protocol == TCP && operation->kind != LEC_OPERATION_CONNECT &&
         operation->first_frame != LEC_GET (row->syn_frame) && !LEC_GET (row->n_frames[!operation->request_side]);
}

void
lec_analyzer_tell_unanswered (LecAnalyzer *analyzer, LecOperation *operation, uint32_t end_frame)
{
  LecIndex *index = analyzer->index;
  int64_t end_ns = end_frame ? lec_index_time_ns (index, end_frame) : LEC_GET (index->last_time_ns);

  LEC_SET (operation->outcome, LEC_OUTCOME_UNANSWERED);
  /* Of several requests in one frame the first speaks for all. */
  if (lec_index_find_verdict (index, operation->first_frame, LEC_VERDICT_UNANSWERED))
    return;
  lec_index_add_verdict (index,
                         &(LecVerdict){ .frame = operation->first_frame,
                                        .of = end_frame,
                                        .kind = LEC_VERDICT_UNANSWERED,
                                        .confidence = is_answer_uncaptured (index, operation) ? LEC_CONFIDENCE_UNCLEAR
                                                                                              : LEC_CONFIDENCE_CERTAIN,
                                        .side = operation->request_side,
                                        .span_ns = end_ns - lec_index_time_ns (index, asked_in (operation)) });
}

static void
judge_silence (LecAnalyzer *analyzer, LecOperation *operation)
{
  if (lec_analyzer_ends_with (analyzer, operation->conversation, asked_in (operation)))
    LEC_SET (operation->outcome, LEC_OUTCOME_TRACE_ENDED);
  else
    lec_analyzer_tell_unanswered (analyzer, operation, 0);
}

void
lec_analyzer_finish (LecAnalyzer *analyzer)
{
  LecIndex *index = analyzer->index;
  uint32_t n_conversations = LEC_GET (index->n_conversations);
  uint32_t n_operations = LEC_GET (index->n_operations);

  for (uint32_t i = 0; i < n_conversations; i++)
    if (lec_index_conversation (index, i)->ip_protocol == TCP)
      lec_tcp_flow_finish (analyzer, i);
  lec_tcp_copies_finish (analyzer);
  for (uint32_t i = 0; i < n_operations; i++) {
    LecOperation *operation = lec_index_operation (index, i);
    if (LEC_GET (operation->outcome) == LEC_OUTCOME_PENDING)
      judge_silence (analyzer, operation);
  }
  LEC_ADD (index->revision, 1);
}
