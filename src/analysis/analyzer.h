/* The state of the index pass that is not kept: what its second thread knows while the trace goes by, and drops at the
 * end. Everything in here belongs to that thread. */
#pragma once

#include "analysis/conversation-table.h"
#include "analysis/datagram-table.h"
#include "analysis/index.h"
#include "analysis/tcp-side.h"

G_BEGIN_DECLS

typedef struct LecStreamPair LecStreamPair;

/* A row of a column, of whole lines of the cache, so that a frame touches no more of them than it must. */
typedef struct {
  _Alignas(64) LecTcpSide side[2];
  LecStreamPair *streams;     /* NULL until there is payload */
  uint32_t connect_operation; /* valid where `connecting` */
  bool connecting;
  bool captured_twice; /* as far as can be seen so far: see tcp-copy.h */
} LecTcpFlow;
_Static_assert(sizeof (LecTcpFlow) == 192, "a flow fills three lines of the cache");

typedef struct {
  LecIndex *index;
  LecTraceCache *cache; /* for segments and fragments that waited */
  LecConversationTable conversations;
  LecPool pool;    /* what hangs on flows */
  LecColumn flows; /* LecTcpFlow, a row a conversation */
  LecDatagramTable datagrams;
  GHashTable *exchanges; /* requests of a packet each that nobody answered yet: see exchange.c */
  uint32_t frame;        /* that is being analysed: what waited is delivered with it */
  bool captured_twice;   /* some conversation was */
  uint32_t n_tcp_streams;
  uint32_t n_udp_streams;
} LecAnalyzer;

/* The frame that is being analysed. */
typedef struct {
  uint32_t frame;
  const LecRecord *record;
  const LecHead *head;
  const LecFlowKey *key;
  uint32_t conversation; /* valid for TCP and UDP, as all that follows is */
  unsigned side;
  LecConversation *row;
  LecTcpFlow *flow;
  LecTcpSide *sender; /* flow's: of the frame */
  LecTcpSide *receiver;
} LecFrameAt;

static inline LecTcpFlow *
lec_analyzer_flow (LecAnalyzer *analyzer, uint32_t conversation)
{
  return &LEC_COLUMN (&analyzer->flows, LecTcpFlow, conversation);
}

void lec_analyzer_init (LecAnalyzer *analyzer, LecIndex *index);
void lec_analyzer_clear (LecAnalyzer *analyzer);
/* One frame, in file order; its row in the index is filled but not yet published. */
void lec_analyzer_frame (LecAnalyzer *analyzer, uint32_t frame, const LecRecord *record, const LecHead *head,
                         const LecFlowKey *key);
/* Fetches what a frame of this hash will need: first the conversation, which is returned (G_MAXUINT32 = none), and some
 * frames later what hangs on that. */
static inline uint32_t
lec_analyzer_prefetch_conversation (const LecAnalyzer *analyzer, uint32_t hash)
{
  uint32_t conversation = hash ? lec_conversation_table_peek (&analyzer->conversations, hash) : G_MAXUINT32;

  if (conversation == G_MAXUINT32)
    return conversation;
  const char *row = (const char *) lec_index_conversation (analyzer->index, conversation);
  const char *flow = (const char *) &LEC_COLUMN (&analyzer->flows, LecTcpFlow, conversation);
  __builtin_prefetch (row);
  __builtin_prefetch (row + 64);
  __builtin_prefetch (flow);
  __builtin_prefetch (flow + 64);
  __builtin_prefetch (flow + 128);
  return conversation;
}
void lec_analyzer_prefetch_flow (const LecAnalyzer *analyzer, const LecHead *head, uint32_t conversation);
/* The trace is over: what was pending is judged. */
void lec_analyzer_finish (LecAnalyzer *analyzer);

/* The trace is over. TRUE where it ends so soon after FRAME that silence since then means nothing. CONVERSATION is the
 * frame's, or LEC_OWNER_NONE. */
gboolean lec_analyzer_ends_with (const LecAnalyzer *analyzer, uint32_t conversation, uint32_t frame);

/* OPERATION, which connects nothing, will not be answered any more: END_FRAME closed its connection, or the trace is
 * over (0). */
void lec_analyzer_tell_unanswered (LecAnalyzer *analyzer, LecOperation *operation, uint32_t end_frame);

/* Frame belongs to OPERATION from now on, and has no row of its own. */
void lec_analyzer_claim (LecAnalyzer *analyzer, uint32_t frame, uint32_t operation);

/* tcp-flow.c: handshake, endings, verdicts. */
void lec_tcp_flow_frame (LecAnalyzer *analyzer, const LecFrameAt *at);
void lec_tcp_flow_finish (LecAnalyzer *analyzer, uint32_t conversation);
/* The frame begins a conversation; FORMER had the same 4-tuple, G_MAXUINT32 = none. */
void lec_tcp_flow_begin (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t former);
/* The SYNs before the one that was answered belong to the attempt, too. */
void lec_tcp_flow_claim_syns (LecAnalyzer *analyzer, const LecTcpFlow *flow);
/* TRUE where HEAD's SYN begins a new conversation on the 4-tuple of CONVERSATION. */
gboolean lec_tcp_flow_is_reused (LecAnalyzer *analyzer, uint32_t conversation, unsigned side, const LecHead *head);

/* app-stream.c: payload in order, to whichever application reads it. */
void lec_app_stream_payload (LecAnalyzer *analyzer, const LecFrameAt *at);
/* The other side acknowledged bytes of `side` up to ACKNOWLEDGMENT: what is missing below it will not come. */
void lec_app_stream_acknowledged (LecAnalyzer *analyzer, uint32_t conversation, unsigned side, uint32_t acknowledgment);
/* `side` sends no more: a message that ends with the connection is whole. RESET: it was cut off. */
void lec_app_stream_end (LecAnalyzer *analyzer, uint32_t conversation, unsigned side, uint32_t frame, gboolean reset);
/* What it holds beside its own memory, which is the pool's. */
void lec_app_stream_clear (LecStreamPair *streams);
/* The operation that a pure acknowledgment by `side`, or a repeat of bytes by the other side, belongs to; G_MAXUINT32.
 */
uint32_t lec_app_stream_operation (LecAnalyzer *analyzer, uint32_t conversation, unsigned sender);

/* exchange.c: requests and responses of a frame each: DNS, ICMP echo. */
void lec_exchange_frame (LecAnalyzer *analyzer, const LecFrameAt *at);
GHashTable *lec_exchange_table_new (void);

G_END_DECLS
