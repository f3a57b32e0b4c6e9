/* From the evidence about a segment to what it is: rules only, no state, so that each can be tested by itself. */
#pragma once

#include <stdbool.h>

#include "analysis/index.h"

G_BEGIN_DECLS

#define LEC_SPAN_UNKNOWN G_MAXINT64

/* What is known when a segment comes that brings sequence numbers below the highest seen. Spans end with its arrival;
 * LEC_SPAN_UNKNOWN where what would begin them was not seen. */
typedef struct {
  uint32_t evidence;        /* LecEvidence */
  int64_t since_copy_ns;    /* nearest earlier copy, or where there is none the segment that passed over the hole */
  int64_t since_asked_ns;   /* first acknowledgment after that which asks for the missing bytes */
  int64_t since_heard_ns;   /* the last segment of the sender's, or acknowledgment that told it something new */
  int64_t round_trip_ns[2]; /* least seen from the capture point to the sender and back, to the receiver and back; 0 */
  int64_t since_silence_ns; /* the sender's first segment after a silence in which a timer may have run out */
  int64_t since_resend_ns;  /* the sender's last retransmission */
  int64_t since_duplicate_ns; /* the last duplicate acknowledgment */
  unsigned n_duplicate_acks;
  unsigned n_resends; /* since there was progress */
  uint8_t tcp_flags;
  bool at_edge; /* it begins with the first byte that is not acknowledged */
  bool sack_permitted;
  bool captured_twice; /* a quarter or more of the conversation's packets are there twice */
  uint8_t recovery;   /* LecCause of the recovery that goes on, 0 = none */
  uint8_t last_cause; /* of the last retransmission; valid where since_resend_ns is known */
} LecSegmentEvidence;

typedef struct {
  LecVerdictKind kind;
  LecCause cause;
  LecConfidence confidence;
  LecNeed need;
  uint32_t evidence; /* what decided added to what was given */
} LecJudgement;

/* TRUE where so long a silence may have made the sender's timer run out; ROUND_TRIP_NS between both ends, 0 = unknown.
 */
bool lec_judge_silence (int64_t silence_ns, int64_t round_trip_ns);
/* TRUE where two copies so close to each other came off one wire, if nothing tells them apart. */
bool lec_judge_at_once (int64_t span_ns);
LecJudgement lec_judge_segment (const LecSegmentEvidence *given);

G_END_DECLS
