/* One direction of a TCP conversation, as the capture shows it. Index pass only. */
#pragma once

#include <stdbool.h>

#include "analysis/index.h"
#include "analysis/segment-ring.h"
#include "protocol/head.h"

G_BEGIN_DECLS

/* Furthest that one packet's IP identification is from the next one's, where they count: others may be in between. */
#define LEC_IDENTIFICATION_STEP 2048

typedef struct {
  uint32_t from;
  uint32_t to; /* behind the last byte */
} LecSequenceRange;

/* Bytes that this capture was passed over for: later ones were seen, or an acknowledgment of them.
 *
 *      … 1000 ───────── from      to ───────── next_sequence
 *        seen            (not seen)    seen: the opener and what followed
 */
typedef struct {
  LecSequenceRange range;
  uint32_t opener; /* frame: the first segment beyond, 0 = none yet */
  uint32_t opener_timestamp;
  uint16_t opener_ip_identification;
  bool opener_has_timestamp;
  bool acknowledged; /* the receiver has them: they passed here unseen */
  bool passed;       /* … and the acknowledgment that covers them has been told of */
  bool told;         /* a verdict about the opener says which */
  uint32_t asked;    /* frame: the first acknowledgment that asked for `from` again, 0 = none */
  uint32_t n_asked;  /* how many did */
} LecHole;

/* A retransmission of which it is still to be seen whether it was needed. */
typedef struct {
  LecSequenceRange range;
  uint32_t frame;
  uint32_t verdict; /* row of the index */
  uint32_t loss;    /* row of the verdict that the hole was a loss, since this filled it; G_MAXUINT32 = none */
  uint32_t timestamp;
  bool has_timestamp;
  bool at_edge;  /* it began with the first byte that was not acknowledged */
  bool covered;  /* it has been acknowledged */
  uint8_t cause; /* LecCause */
} LecResend;

/* Segments without sequence numbers of their own that are remembered, so that a copy a few frames later is known. */
#define LEC_BARE_SEGMENTS 16u

typedef struct {
  uint32_t frame; /* 0 = none */
  uint32_t fingerprint;
  uint16_t ip_identification;
  bool copied; /* a copy of it was seen */
} LecBareSegment;

/* Frames of a side in a row that have a mark. */
typedef struct {
  uint32_t first; /* of the last row, 0 = none */
  uint32_t last;
} LecMarkedRow;

/* What only conversations in trouble need. */
typedef struct {
  GArray *holes;               /* LecHole, in order of sequence */
  GArray *resends;             /* LecResend, oldest first */
  GArray *sacked;              /* LecSequenceRange above `acknowledged`, in order, none touching another */
  uint32_t n_duplicate_acks;   /* of the present `acknowledged` */
  uint32_t last_duplicate_ack; /* frame, 0 = none */
  uint32_t recovery_point;     /* what was sent when a recovery began; valid where `recovery` */
  uint8_t recovery;            /* LecCause, 0 = none */
  uint32_t recovery_frame;     /* with which it began; valid where `recovery` */
  uint32_t shut_frame;         /* frame with which this side shut its window, 0 = it is open */
  uint32_t last_shut_frame;    /* the same, once it is open again */
  uint32_t probe;              /* keep-alive or window probe that waits for this side's answer, 0 = none */
  bool probe_is_keep_alive;
  bool half_closed;             /* it said FIN, and the other side went on */
  uint32_t zero_window_verdict; /* row of the index, valid where shut_frame */
  uint32_t n_copies;            /* frames that hold a packet of this side once more */
  uint32_t n_copied;            /* packets of which there is one or more */
  LecMarkedRow congested;       /* by routers: see tcp-ecn.c */
  LecMarkedRow echoed;
  LecMarkedRow reduced;
  int64_t unscaled_ns;       /* it waited in all with a window of 16 bits used up: see tcp-limits.c */
  uint32_t n_unscaled;       /* how often */
  uint32_t unscaled_frame;   /* the last one before the first such wait */
  uint32_t unscaled_verdict; /* row of the index + 1, 0 = none */
  uint32_t n_bare;           /* remembered so far, in turn */
  LecBareSegment bare[LEC_BARE_SEGMENTS];
} LecTcpTrouble;

/* What every segment touches comes first. */
typedef struct {
  uint32_t next_sequence;      /* after the highest byte seen, or acknowledged; valid where `known` */
  uint32_t acknowledged;       /* highest acknowledgment by the other side; valid where `acknowledged_known` */
  uint32_t acknowledged_frame; /* first with that acknowledgment, 0 = none */
  uint32_t last_sent;          /* frame: the last with something in sequence space, 0 = none */
  uint32_t last_new;           /* … with new bytes */
  uint32_t timed_frame;        /* a segment whose acknowledgment is timed, 0 = none */
  uint32_t timed_end;
  uint32_t round_trip_us;  /* least seen from here to this side and back, 0 = unknown */
  LecSegmentRing segments; /* sent lately, oldest first */
  LecTcpTrouble *trouble;  /* NULL = never any */
  uint32_t last_bare;      /* frame: the last bare acknowledgment, 0 = none */
  uint32_t fin_sequence;   /* valid where `fin` */
  uint16_t window;         /* as its last segment said, without scaling; valid where window_known */
  uint16_t ip_identification;
  uint8_t n_ids_up;    /* steps of the IP identification that were small and upwards, saturating */
  uint8_t n_ids_other; /* and the others */
  bool known : 1;
  bool acknowledged_known : 1;
  bool fin : 1;
  bool window_known : 1;
  bool sack_permitted : 1;
  bool window_full : 1;
} LecTcpSide;

/* Sequence numbers of RANGE that lie in none of the holes and below next_sequence have been seen. */
LecTcpTrouble *lec_tcp_side_trouble (LecTcpSide *side);
/* Segments stay: they are their pool's. */
void lec_tcp_side_clear (LecTcpSide *side);

/* The hole that holds the byte at SEQUENCE, or the first one above it; holes->len = none. */
unsigned lec_tcp_side_hole_from (const LecTcpSide *side, uint32_t sequence);
/* TRUE where RANGE shares bytes with a hole; *HOLE = which, good until holes change. */
gboolean lec_tcp_side_find_hole (const LecTcpSide *side, LecSequenceRange range, LecHole **hole);
void lec_tcp_side_open_hole (LecTcpSide *side, const LecHole *hole);
/* RANGE has been seen now. */
void lec_tcp_side_fill (LecTcpSide *side, LecSequenceRange range);

/* The receiver has RANGE. */
void lec_tcp_side_sack (LecTcpSide *side, LecSequenceRange range);
gboolean lec_tcp_side_is_sacked (const LecTcpSide *side, LecSequenceRange range);
/* TRUE where the receiver told of bytes at or after SEQUENCE. */
gboolean lec_tcp_side_has_sacked_above (const LecTcpSide *side, uint32_t sequence);
/* All before `acknowledged` needs no entry any more. */
void lec_tcp_side_forget_sacked (LecTcpSide *side);

/* All of the TCP header that a sender fills anew when it sends again, but for the sequence number; two segments that
 * share it are one, copied. */
static inline uint32_t
lec_tcp_fingerprint (const LecHead *head)
{
  uint32_t value = head->acknowledgment * 0x9e3779b1u;

  value = (value ^ head->window) * 0x85ebca6bu;
  value = (value ^ head->tcp_flags ^ head->payload_bytes << 8) * 0xc2b2ae35u;
  if (head->flags & LEC_HEAD_TIMESTAMP)
    value = (value ^ head->timestamp_value ^ head->timestamp_echo << 7) * 0x27d4eb2fu;
  return value ^ value >> 15;
}

/* The last frame of this side, resets and probes aside. */
static inline uint32_t
lec_tcp_side_last_frame (const LecTcpSide *side)
{
  return MAX (side->last_sent, side->last_bare);
}

/* A packet of this side carries this IP identification (0 where it has none). A small step back is a packet that was
 * overtaken; a far one in either direction says that identifications do not count. */
static inline void
lec_tcp_side_note_identification (LecTcpSide *side, uint16_t ip_identification)
{
  int16_t step = (int16_t) (ip_identification - side->ip_identification);

  if (ip_identification == 0 || (step <= 0 && step > -LEC_IDENTIFICATION_STEP && side->ip_identification))
    return;
  if (step > 0 && step < LEC_IDENTIFICATION_STEP)
    side->n_ids_up += side->n_ids_up < G_MAXUINT8;
  else if (side->ip_identification)
    side->n_ids_other += side->n_ids_other < G_MAXUINT8;
  side->ip_identification = ip_identification;
}

/* TRUE where this side's IP identifications count upwards, so that they tell what was sent first. */
static inline bool
lec_tcp_side_ids_count (const LecTcpSide *side)
{
  return side->n_ids_up >= 2 && side->n_ids_up >= 8 * side->n_ids_other;
}

G_END_DECLS
