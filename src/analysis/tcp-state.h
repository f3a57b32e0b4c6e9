/* The states of a connection's ends (RFC 9293 §3.3.2), as far as segments that pass by show them: rules only, of no
 * trace and no index, so that each can be tested by itself.
 *
 * A segment tells of two moments: its sender's state when it sent it, and its receiver's once it has it. So do the
 * figures of RFC 9293 ("the state after the departure or arrival of the segment"). While segments cross on their way
 * the two moments are far apart, and an end may seem to go back: it sent its segment before the other one arrived. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  LEC_STATE_UNKNOWN,
  LEC_STATE_CLOSED,
  LEC_STATE_LISTEN,
  LEC_STATE_SYN_SENT,
  LEC_STATE_SYN_RECEIVED,
  LEC_STATE_ESTABLISHED,
  LEC_STATE_FIN_WAIT_1,
  LEC_STATE_FIN_WAIT_2,
  LEC_STATE_CLOSE_WAIT,
  LEC_STATE_CLOSING,
  LEC_STATE_LAST_ACK,
  LEC_STATE_TIME_WAIT,
  LEC_N_STATES
} LecTcpState;

/* Whether something happened. Unknown: perhaps before the trace began. */
typedef enum {
  LEC_DONE_UNKNOWN,
  LEC_DONE_NO,
  LEC_DONE_YES,
} LecDone;

/* What one end did and heard. */
typedef struct {
  bool opened : 1; /* with a SYN of its own, not in answer to one */
  bool syn_sent : 1;
  bool syn_received : 1;
  bool syn_acknowledged : 1;
  bool synchronized : 1; /* it sent what is sent only once both have the other's SYN */
  bool fin_acknowledged : 1;
  bool closed_second : 1; /* it had the other's FIN when it sent its own */
  bool reset : 1;         /* by a RST that it sent or got */
  bool listens_again : 1;
  uint8_t fin_sent; /* LecDone */
  uint8_t fin_received;
} LecTcpEnd;

/* What matters of a segment. */
typedef struct {
  uint8_t tcp_flags;
  bool acks_syn;     /* its acknowledgment covers the receiver's SYN; also where that is not in the trace */
  bool acks_fin;     /* … the receiver's FIN */
  bool new_data;     /* it brings bytes that were not sent before */
  bool fin_in_order; /* its sender's FIN has passed here, in this segment or before, and all bytes before it */
  bool in_window;    /* RST: the receiver will take it (RFC 9293 §3.10.7.4) */
  bool at_next;      /* RST: it bears its sender's next sequence number */
  uint8_t accepted;  /* LecDone: the receiver is known to accept the connection */
} LecStateSegment;

/* SIDE of ENDS sent SEGMENT. */
void lec_tcp_ends_segment (LecTcpEnd ends[2], unsigned side, const LecStateSegment *segment);
LecTcpState lec_tcp_end_state (const LecTcpEnd *end);
/* As RFC 9293 writes it: "FIN-WAIT-1"; "unknown". */
const char *lec_tcp_state_name (LecTcpState state);
