/* The index: all that is kept of a trace, a few bytes a frame.
 *
 * Written by the index pass, read by any thread, without a lock: columns of base/column.h, published by n_frames with a
 * release store after every block. The pass has two threads that hand blocks on: the reading one fills the rows of
 * frames, the other writes all else. What a row refers to (conversation, operation, verdict) is there before the row
 * is. What a later frame changes about an earlier row is a relaxed store of one word of that row, and counted in
 * `revision`, so that a view knows to look again. */
#pragma once

#include <stdatomic.h>

#include "base/column.h"
#include "base/publish.h"
#include "protocol/head.h"
#include "trace/trace.h"

G_BEGIN_DECLS

/* Bits of a frame's state byte. */
typedef enum {
  LEC_FRAME_SIDE = 1 << 0,      /* sent by side 1 of its conversation */
  LEC_FRAME_OWN_ROW = 1 << 1,   /* a top row of the message list; else an operation shows it */
  LEC_FRAME_VERDICT = 1 << 2,   /* there are verdicts about it */
  LEC_FRAME_CUT = 1 << 3,       /* captured shorter than it was */
  LEC_FRAME_NOTED = 1 << 4,     /* the trace holds comments or other notes beside it */
  LEC_FRAME_CONTINUES = 1 << 5, /* its payload goes on with a message or record that began earlier, and starts none */
  LEC_FRAME_MARKED = 1 << 6,    /* there is a LecMark about it */
  LEC_FRAME_MESSAGE = 1 << 7,   /* at least one operation's request or response begins in it */
} LecFrameState;

/* Whom a frame belongs to, in one word: a conversation, or an operation (which knows its conversation). */
#define LEC_OWNER_NONE         G_MAXUINT32
#define LEC_OWNER_OPERATION    0x80000000u
#define LEC_OWNER_INDEX(owner) ((owner) & ~LEC_OWNER_OPERATION)

/* An IP address with its family; IPv4 in the first 4 bytes. */
typedef struct {
  uint8_t bytes[16];
  uint8_t n_bytes; /* 4, 16 or 0 */
} LecAddress;

/* How a connection began. */
typedef enum {
  LEC_HANDSHAKE_MISSING, /* the trace begins later */
  LEC_HANDSHAKE_PENDING, /* a SYN, and what comes is not yet known */
  LEC_HANDSHAKE_COMPLETE,
  LEC_HANDSHAKE_REFUSED,
  LEC_HANDSHAKE_UNANSWERED,
  LEC_HANDSHAKE_INCOMPLETE,  /* SYN and SYN-ACK without the last ACK */
  LEC_HANDSHAKE_TRACE_ENDED, /* a SYN so late that no answer could be in this trace */
} LecHandshake;

/* How it ended, or how it stands. */
typedef enum {
  LEC_ENDING_OPEN,
  LEC_ENDING_HALF_CLOSED, /* one side said FIN */
  LEC_ENDING_CLOSED,      /* both did */
  LEC_ENDING_RESET,
} LecEnding;

#define LEC_BOTH_SIDES 3u /* of a conversation, a bit each */

/* What else is special about a conversation. */
typedef enum {
  LEC_TRAIT_TUNNELLED = 1 << 0, /* some frame has further IP headers before the one with these addresses */
  LEC_TRAIT_SIMULTANEOUS_OPEN = 1 << 1,
  LEC_TRAIT_SIMULTANEOUS_CLOSE = 1 << 2,
} LecTraits;

/* A 5-tuple's lifetime; a reused 4-tuple is a new one. Side 0 opened it, as far as can be seen (the sender of the SYN;
 * else the side with the higher port, else the sender of the first frame). Counters are written by the index pass with
 * relaxed stores and may be read at any time. Two lines of the cache, of which a frame needs the first and n_bytes. */
typedef struct {
  _Alignas(64) LecAddress address[2];
  uint16_t port[2];
  uint8_t ip_protocol;            /* 6 or 17 */
  _Atomic uint8_t application;    /* LecProtocolId recognised by content, LEC_PROTOCOL_DATA where none */
  _Atomic uint8_t handshake;      /* LecHandshake */
  _Atomic uint8_t ending;         /* LecEnding */
  _Atomic uint8_t ending_side;    /* the side that sent the RST; HALF_CLOSED, CLOSED: that said FIN first */
  _Atomic uint8_t traits;         /* LecTraits */
  _Atomic uint8_t sequence_known; /* bit per side, LEC_BOTH_SIDES */
  _Atomic int8_t window_shift[2]; /* −1 unknown, −2 not used */
  _Atomic uint16_t tls_version;   /* that a TLS server chose, 0 = not seen */
  _Atomic uint16_t n_syns;        /* original and retransmitted; 65535 = that or more */
  _Atomic uint32_t last_frame;
  _Atomic uint32_t n_frames[2];

  _Atomic uint64_t n_bytes[2]; /* payload, as sent, repeats included */
  uint32_t stream;             /* tcp.stream or udp.stream */
  uint32_t first_frame;
  _Atomic uint32_t first_sequence[2];
  _Atomic uint32_t syn_frame;     /* 0 = none */
  _Atomic uint32_t syn_ack_frame; /* 0 = none */
  _Atomic uint32_t handshake_ack_frame;
  _Atomic uint32_t reset_frame;
  _Atomic uint32_t n_retransmissions[2];
  _Atomic uint32_t last_operation; /* end of a chain through LecOperation.next; G_MAXUINT32 = none */
} LecConversation;
_Static_assert(sizeof (LecConversation) == 128, "a conversation fills two lines of the cache");

/* What the first frames of a conversation's sides told, and what time told since: a row a conversation, beside its own
 * so that frames need not touch it. Written by the index pass with relaxed stores. */
typedef struct {
  _Atomic uint8_t ttl[2];            /* IP time to live of the side's first frame, 0 = none seen */
  _Atomic uint8_t sent_here;         /* bit per side: the trace says that the capturing machine sent that frame */
  _Atomic uint8_t called;            /* bit per side: it sent a SYN of its own, no answer to one */
  _Atomic uint16_t mss[2];           /* that the side's SYN announced: the other may not send more; 0 = not seen */
  _Atomic uint32_t round_trip_us[2]; /* TCP: least seen from the capture to the side and back; 0 = unknown */
} LecOpening;

typedef enum {
  LEC_OPERATION_CONNECT, /* SYN … ACK, or RST, or silence */
  LEC_OPERATION_HTTP,
  LEC_OPERATION_DNS,
  LEC_OPERATION_ECHO, /* ICMP echo */
} LecOperationKind;

typedef enum {
  LEC_OUTCOME_PENDING, /* not known yet; at the end of the trace it becomes one of the others */
  LEC_OUTCOME_ANSWERED,
  LEC_OUTCOME_UNANSWERED,
  LEC_OUTCOME_REFUSED,
  LEC_OUTCOME_RESET,       /* the connection was reset before the answer was whole */
  LEC_OUTCOME_INCOMPLETE,  /* an answer that is not whole in this trace */
  LEC_OUTCOME_TRACE_ENDED, /* none, and it was asked so late that none could be in this trace */
  LEC_N_OUTCOMES
} LecOutcome;

/* A message of an operation: where its bytes stand. */
typedef struct {
  _Atomic uint32_t first_frame;  /* that holds its first byte; 0 = none seen */
  _Atomic uint32_t last_frame;   /* with which it was whole, or the last that brought bytes */
  _Atomic uint32_t frame_offset; /* of its first byte in the transport payload of first_frame */
  _Atomic uint32_t sequence;     /* TCP: of its first byte */
  _Atomic uint32_t length;       /* bytes, start line and headers included; G_MAXUINT32 = that or more */
} LecMessage;

/* A frame or a verdict was taken from an operation: its frames must be asked which verdict is the worst. */
#define LEC_WORST_UNKNOWN G_MAXUINT8

/* A request with its response, or a connection attempt with its outcome. Written by the index pass, relaxed. */
typedef struct {
  uint32_t conversation; /* LEC_OWNER_NONE for an echo without one */
  uint32_t first_frame;  /* the row's number */
  uint8_t kind;          /* LecOperationKind */
  uint8_t request_side;
  _Atomic uint8_t outcome;        /* LecOutcome */
  _Atomic uint8_t method;         /* HTTP: LecHttpMethod of analysis/http-stream.h */
  _Atomic uint16_t status;        /* HTTP status, DNS rcode; 0 = none yet */
  _Atomic uint16_t n_frames_lost; /* holes inside it */
  _Atomic uint16_t n_resends;     /* retransmissions inside it */
  _Atomic uint8_t worst_verdict;  /* LecVerdictKind + 1 about a frame of it, 0 = none; LEC_WORST_UNKNOWN */
  _Atomic uint32_t next;          /* the conversation's next operation, G_MAXUINT32 = none */
  LecMessage request;
  LecMessage response;
} LecOperation;

/* Who asked whom, of an operation without a conversation: an echo. A row for each operation, beside its own, touched
 * for those only. */
typedef struct {
  LecAddress address[2];     /* side 0 asks */
  _Atomic uint8_t tunnelled; /* as LEC_TRAIT_TUNNELLED; written by the index pass, relaxed */
} LecEndpoints;

/* What can be said about a frame; analysis/verdict-text.c has the names. */
typedef enum {
  LEC_VERDICT_RETRANSMISSION,     /* of = the nearest earlier copy, first = the first one, 0 where it was never here */
  LEC_VERDICT_NO_ANSWER,          /* to a SYN */
  LEC_VERDICT_REFUSED,            /* a RST answered the SYN `of` */
  LEC_VERDICT_RESET,              /* side = who aborted */
  LEC_VERDICT_REORDERED,          /* of = the frame that overtook it */
  LEC_VERDICT_NETWORK_DUPLICATE,  /* the packet `of` once more */
  LEC_VERDICT_CAPTURE_DUPLICATE,  /* the packet `of` once more, because it was captured twice */
  LEC_VERDICT_SEGMENT_LOST,       /* bytes before this frame were lost on their way here; of = what brought them */
  LEC_VERDICT_SEGMENT_UNCAPTURED, /* bytes before this frame passed here unseen; of = the acknowledgment that says so */
  LEC_VERDICT_ACK_OF_UNSEEN,      /* it acknowledges bytes that this capture does not have */
  LEC_VERDICT_DUPLICATE_ACK,      /* count = the how manieth; of = the acknowledgment that it repeats */
  LEC_VERDICT_KEEP_ALIVE,
  LEC_VERDICT_KEEP_ALIVE_ANSWER,        /* of = the keep-alive */
  LEC_VERDICT_ZERO_WINDOW,              /* span_ns = how long it was shut, 0 = to the end of the trace */
  LEC_VERDICT_ZERO_WINDOW_PROBE,        /* of = the frame that shut the window */
  LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER, /* of = the probe; count = the window as sent, without scaling */
  LEC_VERDICT_WINDOW_FULL,              /* of = the frame that told the window; count = its bytes */
  LEC_VERDICT_WINDOW_UPDATE,            /* of = the frame that told the window before; count = the window as sent */
  LEC_VERDICT_UNANSWERED,  /* a request, not of a connection; of = what ended its connection, 0 = the trace did; span_ns
                              = how long nothing had come by then */
  LEC_VERDICT_PORT_REUSED, /* of = the last frame of the conversation that had these addresses and ports */
  LEC_VERDICT_HANDSHAKE_MISSING,      /* the trace has a conversation's frames from this one on */
  LEC_VERDICT_HANDSHAKE_INCOMPLETE,   /* of = the opener's RST that came instead of an ACK; count = SYN-ACKs sent */
  LEC_VERDICT_SIMULTANEOUS_OPEN,      /* of = the other side's SYN */
  LEC_VERDICT_SIMULTANEOUS_CLOSE,     /* of = the other side's FIN */
  LEC_VERDICT_HALF_CLOSED,            /* of = the first frame in which the other side went on, 0 = nothing came */
  LEC_VERDICT_CONGESTION_EXPERIENCED, /* a router marked it, as the first of a row */
  LEC_VERDICT_CONGESTION_ECHO,        /* the receiver reports marks, first of a row; of = the first marked frame */
  LEC_VERDICT_WINDOW_REDUCED,         /* the sender goes slower for it; of = the first report */
  LEC_VERDICT_NO_WINDOW_SCALING,      /* of = the first frame that used up the window; count = its bytes; span_ns */
  LEC_VERDICT_MSS_MISSING,            /* of = the first segment of the default size; count = that size */
  LEC_VERDICT_OLD_TIMESTAMP,          /* of = the segment with the newer one, 0 = not known; count = ticks between */
  LEC_VERDICT_CHECKSUM_WRONG,         /* of = what brings its bytes again; count = the sum, then what it should be */
  LEC_N_VERDICTS
} LecVerdictKind;

typedef enum {
  LEC_CONFIDENCE_CERTAIN,
  LEC_CONFIDENCE_LIKELY,
  LEC_CONFIDENCE_UNCLEAR,
  LEC_CONFIDENCE_PENDING, /* the rest of the trace will tell; never once it is read */
} LecConfidence;

/* What a RST means. */
typedef enum {
  LEC_RESET_ABORTED,
  LEC_RESET_REFUSED,     /* nobody listens */
  LEC_RESET_HALF_OPEN,   /* it answers a segment, `of` if known, of whose connection its sender knows nothing */
  LEC_RESET_AFTER_CLOSE, /* its sender had said FIN */
  LEC_RESET_SUSPICIOUS,  /* evidence: OUT_OF_WINDOW, or OTHER_HOPS than its alleged sender's packets */
} LecResetReason;

/* Why a segment was sent again. */
typedef enum {
  LEC_CAUSE_UNKNOWN,
  LEC_CAUSE_DUPLICATE_ACKS, /* fast retransmit (RFC 5681 §3.2) */
  LEC_CAUSE_SACK,           /* the receiver told what it has (RFC 6675, RFC 8985 §6.2) */
  LEC_CAUSE_PROBE,          /* tail loss probe (RFC 8985 §7) */
  LEC_CAUSE_TIMEOUT,        /* RFC 6298, and what is sent again after it */
  LEC_CAUSE_SYN,            /* nobody answered the SYN (RFC 6298 §5) */
  LEC_CAUSE_SYN_ACK,
} LecCause;

typedef enum {
  LEC_NEED_UNKNOWN, /* cannot be known from this trace, or not yet */
  LEC_NEED_NEEDED,
  LEC_NEED_SPURIOUS,
} LecNeed;

/* What a verdict on a segment rests on. */
typedef enum {
  LEC_EVIDENCE_SEEN_BEFORE = 1 << 0,       /* all its bytes passed here before */
  LEC_EVIDENCE_FILLS_HOLE = 1 << 1,        /* it brings bytes that had been passed over */
  LEC_EVIDENCE_IP_ID_EARLIER = 1 << 2,     /* the sender's IP identifications count, and this one is from before */
  LEC_EVIDENCE_IP_ID_SAME = 1 << 3,        /* … is that of the other copy */
  LEC_EVIDENCE_IP_ID_LATER = 1 << 4,       /* … is from after */
  LEC_EVIDENCE_TIMESTAMP_EARLIER = 1 << 5, /* the same for the timestamps of RFC 7323 */
  LEC_EVIDENCE_TIMESTAMP_SAME = 1 << 6,
  LEC_EVIDENCE_TIMESTAMP_LATER = 1 << 7,
  LEC_EVIDENCE_IDENTICAL = 1 << 8,           /* header and length are those of the other copy */
  LEC_EVIDENCE_DUPLICATE_ACKS = 1 << 9,      /* acknowledgments had asked for it; n_duplicate_acks */
  LEC_EVIDENCE_SACKED_ABOVE = 1 << 10,       /* the receiver had told that it has later bytes */
  LEC_EVIDENCE_SACKED = 1 << 11,             /* … that it has these very bytes */
  LEC_EVIDENCE_ACKNOWLEDGED = 1 << 12,       /* all was acknowledged before */
  LEC_EVIDENCE_TOO_SOON = 1 << 13,           /* no round trip to the sender had passed since anybody could ask for it */
  LEC_EVIDENCE_SILENCE = 1 << 14,            /* nothing was heard before it for longer than a round trip */
  LEC_EVIDENCE_TIMEOUT_RECOVERY = 1 << 15,   /* a timeout had made the sender go back */
  LEC_EVIDENCE_TAIL = 1 << 16,               /* the last thing that was sent */
  LEC_EVIDENCE_DUPLICATE_REPORTED = 1 << 17, /* the receiver told that it came twice (RFC 2883); `proof` */
  LEC_EVIDENCE_ANSWERED_TOO_SOON =
      1 << 18,                            /* acknowledged in `proof`, sooner than a round trip to the receiver takes */
  LEC_EVIDENCE_ECHO_OF_EARLIER = 1 << 19, /* the acknowledgment in `proof` echoes an earlier timestamp (RFC 3522) */
  LEC_EVIDENCE_OTHER_HOPS = 1 << 20,      /* the copy came over another number of hops, or on another interface */
  LEC_EVIDENCE_IP_ID_OTHER = 1 << 21,     /* another one, of a sender whose identifications do not count */
  LEC_EVIDENCE_OUT_OF_WINDOW = 1 << 22,   /* its sequence number is none that the receiver takes */
} LecEvidence;

/* A judgement about a frame. Written once, but for the atomic members: what a later frame tells of it. */
typedef struct {
  uint32_t frame;
  uint32_t next;       /* verdict of the same 256 frames, newest first; G_MAXUINT32 = end */
  _Atomic uint32_t of; /* frame concerned, 0 = none */
  uint32_t first;      /* first copy, 0 = none */
  uint32_t
      count; /* NO_ANSWER: SYNs sent; RESET: frames before it in the conversation; others: see the kinds, or bytes */
  _Atomic uint32_t proof;    /* frame that settled it, 0 = none */
  _Atomic uint32_t evidence; /* LecEvidence */
  uint32_t n_duplicate_acks;
  _Atomic int64_t span_ns; /* NO_ANSWER: first SYN to last; RETRANSMISSION: since `first`, or since the hole was seen */
  uint32_t round_trip_us;  /* least that was seen so far between both ends, 0 = unknown */
  uint32_t sequence; /* of the first byte that it is about, or that is missing; of an acknowledgment, what it says. As
                        sent, not counted from the SYN */
  uint32_t opener;   /* of a segment that fills a hole: the frame that had gone past its bytes; 0 = none */
  uint32_t
      prompt; /* RETRANSMISSION: the frame on which the sender acted: the acknowledgment that asked; where a timer
                 ran out, the last thing it sent or heard before; after that, the frame it ran out with. 0 = none */
  uint8_t kind;
  _Atomic uint8_t confidence;
  uint8_t side;         /* of the conversation: RESET, REFUSED: who sent it */
  uint8_t reason;       /* RESET, REFUSED: LecResetReason */
  uint8_t cause;        /* RETRANSMISSION: LecCause */
  _Atomic uint8_t need; /* RETRANSMISSION: LecNeed: the receiver had the bytes already */
  _Atomic uint8_t withdrawn;
} LecVerdict;

/* A rare fact about a frame, chained like verdicts. */
typedef enum {
  LEC_MARK_RECORD_START, /* value = offset in the payload of the first TLS record that begins here */
  LEC_MARK_DATAGRAM,     /* an IP fragment; value = index in the table of datagrams */
  LEC_MARK_PARTNER,      /* value = the frame that answers or asks (ICMP echo, DNS) */
} LecMarkKind;

typedef struct {
  uint32_t frame;
  uint32_t next;
  uint32_t value;
  uint32_t kind;
} LecMark;

/* An IP datagram in fragments, in order of offset. Immutable once its first fragment's mark is published, but for
 * completed_in. */
typedef struct {
  _Atomic uint32_t completed_in; /* frame with which it was whole, 0 = never */
  _Atomic uint32_t n_fragments;
  _Atomic uint32_t first_fragment; /* chain through the table of fragments; G_MAXUINT32 = none */
  uint32_t n_bytes;
} LecDatagram;

typedef struct {
  uint32_t frame;
  uint32_t offset_bytes; /* in the datagram's payload */
  uint32_t length_bytes;
  _Atomic uint32_t next;
} LecFragment;

typedef struct LecNames LecNames;

typedef struct {
  LecTrace *trace; /* owned */
  LecNames *names; /* owned: the trace's own names of addresses */

  /* A row a frame; row n is frame n, row 0 is not used. See the accessors below. */
  LecColumn time_ns;         /* int64_t */
  LecColumn place;           /* LecPlace */
  LecColumn owner;           /* _Atomic uint32_t: LEC_OWNER_… */
  LecColumn length;          /* uint16_t: original bytes, 65535 = that or more */
  LecColumn tcp_flags;       /* uint8_t */
  LecColumn protocol;        /* _Atomic uint8_t: LecProtocolId, topmost */
  LecColumn state;           /* _Atomic uint8_t: LecFrameState */
  _Atomic uint32_t n_frames; /* frames 1 … n_frames are published */

  LecColumn conversations; /* LecConversation */
  LecColumn openings;      /* LecOpening */
  _Atomic uint32_t n_conversations;
  LecColumn operations; /* LecOperation, in order of creation */
  LecColumn endpoints;  /* LecEndpoints */
  _Atomic uint32_t n_operations;
  LecColumn verdicts; /* LecVerdict */
  _Atomic uint32_t n_verdicts;
  LecColumn verdict_heads; /* _Atomic uint32_t + 1 per 256 frames: newest verdict, 0 = none */
  LecColumn marks;         /* LecMark */
  LecColumn mark_heads;
  uint32_t n_marks;     /* writer only; reached through mark_heads */
  LecColumn datagrams;  /* LecDatagram */
  LecColumn fragments;  /* LecFragment */
  uint32_t n_datagrams; /* writer only */
  uint32_t n_fragments; /* writer only */

  _Atomic uint32_t n_verdicts_of[LEC_N_VERDICTS]; /* not withdrawn */
  _Atomic uint32_t n_client_errors;               /* HTTP responses with a status of 4xx */
  _Atomic uint32_t n_server_errors;               /* … of 5xx */
  _Atomic uint32_t n_frames_of[LEC_N_PROTOCOLS];
  _Atomic uint64_t n_bytes;      /* original bytes of all frames */
  _Atomic int64_t first_time_ns; /* earliest and latest */
  _Atomic int64_t last_time_ns;
  _Atomic uint32_t longest_frame_bytes; /* original; this and the next two save who looks for what is rare a search */
  _Atomic uint8_t states;               /* LecFrameState that some frame began with */
  _Atomic uint8_t steps_back;           /* 1: some frame is earlier than the one before it */
  _Atomic uint32_t revision;            /* counts changes to rows that were published already */
  _Atomic uint32_t complete;            /* the pass is over: nothing changes any more */
} LecIndex;

/* Takes TRACE over. */
LecIndex *lec_index_new (LecTrace *trace);
void lec_index_free (LecIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecIndex, lec_index_free)
/* Private memory of all columns, in bytes touched. */
size_t lec_index_bytes (const LecIndex *index);

static inline uint32_t
lec_index_n_frames (const LecIndex *index)
{
  return atomic_load_explicit (&index->n_frames, memory_order_acquire);
}

static inline int64_t
lec_index_time_ns (const LecIndex *index, uint32_t frame)
{
  return LEC_COLUMN (&index->time_ns, int64_t, frame);
}

static inline LecPlace
lec_index_place (const LecIndex *index, uint32_t frame)
{
  return LEC_COLUMN (&index->place, LecPlace, frame);
}

static inline uint32_t
lec_index_owner (const LecIndex *index, uint32_t frame)
{
  return LEC_FOLLOW (LEC_COLUMN (&index->owner, _Atomic uint32_t, frame));
}

static inline uint8_t
lec_index_state (const LecIndex *index, uint32_t frame)
{
  return atomic_load_explicit (&LEC_COLUMN (&index->state, _Atomic uint8_t, frame), memory_order_relaxed);
}

static inline LecProtocolId
lec_index_protocol (const LecIndex *index, uint32_t frame)
{
  return atomic_load_explicit (&LEC_COLUMN (&index->protocol, _Atomic uint8_t, frame), memory_order_relaxed);
}

static inline uint8_t
lec_index_tcp_flags (const LecIndex *index, uint32_t frame)
{
  return LEC_COLUMN (&index->tcp_flags, uint8_t, frame);
}

static inline LecConversation *
lec_index_conversation (const LecIndex *index, uint32_t conversation)
{
  return &LEC_COLUMN (&index->conversations, LecConversation, conversation);
}

static inline LecOpening *
lec_index_opening (const LecIndex *index, uint32_t conversation)
{
  return &LEC_COLUMN (&index->openings, LecOpening, conversation);
}

static inline LecOperation *
lec_index_operation (const LecIndex *index, uint32_t operation)
{
  return &LEC_COLUMN (&index->operations, LecOperation, operation);
}

/* Of an operation of kind LEC_OPERATION_ECHO. */
static inline LecEndpoints *
lec_index_endpoints (const LecIndex *index, uint32_t operation)
{
  return &LEC_COLUMN (&index->endpoints, LecEndpoints, operation);
}

static inline LecVerdict *
lec_index_verdict (const LecIndex *index, uint32_t verdict)
{
  return &LEC_COLUMN (&index->verdicts, LecVerdict, verdict);
}

/* The conversation that FRAME belongs to, G_MAXUINT32 = none; and the operation that shows it, likewise. */
uint32_t lec_index_conversation_of (const LecIndex *index, uint32_t frame);
uint32_t lec_index_operation_of (const LecIndex *index, uint32_t frame);

/* The frame before FRAME with the first byte of the message that FRAME's sender goes on with, in the operation that
 * owns FRAME; 0 = none. */
uint32_t lec_index_message_begun_in (const LecIndex *index, uint32_t frame);

/* Verdicts about FRAME that hold, newest first: pass G_MAXUINT32 first, then what came back; G_MAXUINT32 at the end. */
uint32_t lec_index_next_verdict (const LecIndex *index, uint32_t frame, uint32_t after);
/* Verdicts are chained for so many frames from a multiple of it on. */
#define LEC_CHAIN_FRAMES 256u
/* The same about all frames of FRAME's chain: cheaper than to ask one after another. */
uint32_t lec_index_next_verdict_near (const LecIndex *index, uint32_t frame, uint32_t after);
/* The verdict of KIND about FRAME, or NULL. */
const LecVerdict *lec_index_find_verdict (const LecIndex *index, uint32_t frame, LecVerdictKind kind);
/* The first of the frames FROM … END − 1 that there is a verdict about; G_MAXUINT32 = none. Frames without are passed
 * over by the hundred. */
uint32_t lec_index_next_with_verdict (const LecIndex *index, uint32_t from, uint32_t end);
/* The value of FRAME's mark of KIND; FALSE: none. */
gboolean lec_index_find_mark (const LecIndex *index, uint32_t frame, LecMarkKind kind, uint32_t *value);

/* Index pass only. */
void lec_index_reserve (LecIndex *index, uint32_t n_frames);
/* What is said of FRAME has changed: a revision, where it was published already. */
void lec_index_note_revision (LecIndex *index, uint32_t frame);
uint32_t lec_index_add_conversation (LecIndex *index, const LecConversation *conversation);
uint32_t lec_index_add_operation (LecIndex *index, const LecOperation *operation);
/* One without a conversation. */
uint32_t lec_index_add_echo (LecIndex *index, const LecOperation *operation, const LecEndpoints *endpoints);
uint32_t lec_index_add_verdict (LecIndex *index, const LecVerdict *verdict);
void lec_index_withdraw_verdict (LecIndex *index, uint32_t verdict);
/* A later frame tells more of a verdict. */
void lec_index_set_need (LecIndex *index, uint32_t verdict, LecNeed need);
void lec_index_set_confidence (LecIndex *index, uint32_t verdict, LecConfidence confidence);
void lec_index_set_span (LecIndex *index, uint32_t verdict, int64_t span_ns, uint32_t proof);
void lec_index_add_mark (LecIndex *index, uint32_t frame, LecMarkKind kind, uint32_t value);
void lec_index_set_owner (LecIndex *index, uint32_t frame, uint32_t owner);
/* The same for an operation, which then knows of the frame's verdicts. */
void lec_index_set_operation (LecIndex *index, uint32_t frame, uint32_t operation);
void lec_index_set_state (LecIndex *index, uint32_t frame, uint8_t set, uint8_t clear);
void lec_index_set_protocol (LecIndex *index, uint32_t frame, LecProtocolId protocol);

G_END_DECLS
