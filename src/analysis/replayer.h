/* Goes through the frames of one TCP conversation, in their order, and says of each how things stand: the state of both
 * ends, what is in flight, the windows, and what an acknowledgment tells of the round trip.
 *
 * Which segments were sent again, or are copies made on the way, it takes from the verdicts of the index. */
#pragma once

#include "analysis/flight.h"
#include "analysis/tcp-state.h"
#include "analysis/wireshark-rules.h"

G_BEGIN_DECLS

typedef enum {
  LEC_STEP_FLIGHT_KNOWN_0 = 1 << 0, /* in_flight[0] is valid */
  LEC_STEP_FLIGHT_KNOWN_1 = 1 << 1,
  LEC_STEP_WINDOW_TOLD_0 = 1 << 2, /* window[0] is valid */
  LEC_STEP_WINDOW_TOLD_1 = 1 << 3,
  LEC_STEP_WINDOW_PLAIN_0 = 1 << 4, /* … and is not scaled: a SYN told it (RFC 7323 §2.2) */
  LEC_STEP_WINDOW_PLAIN_1 = 1 << 5,
  LEC_STEP_AMBIGUOUS = 1 << 6, /* an acknowledgment of something that was sent twice (RFC 6298 §3) */
  LEC_STEP_SEGMENT = 1 << 7,   /* it carries payload: push_bytes is valid */
  LEC_STEP_RETRANSMISSION = 1 << 8,
} LecReplayStepFlags;

/* How things stand with a frame: its sender as it sent it, its receiver once it has it. */
typedef struct {
  uint32_t frame;
  uint32_t in_flight[2]; /* payload bytes, by sender: sent, as far as was seen here, and not acknowledged */
  uint32_t acks_frame;   /* whose last byte is the last that this frame acknowledges; 0 = it acknowledges nothing new */
  uint32_t timed_frame;  /* the round trip began with that one, and ends with this; 0 = it gives no sample */
  uint32_t push_bytes;   /* payload that its sender sent since its last PSH, with this frame's */
  uint16_t window[2];    /* by the receiver that told it, as sent */
  uint8_t states;        /* LecTcpState of side 0 in the lower four bits, of side 1 in the upper */
  uint16_t flags;        /* LecReplayStepFlags */
} LecReplayStep;
_Static_assert(sizeof (LecReplayStep) == 32, "a million of them are 32 MB");

/* One direction, by the side that sends. */
typedef struct {
  LecTcpSide tcp;
  LecFlight flight;
  uint32_t in_order; /* all up to here has passed, or was acknowledged; valid where tcp.known */
  uint32_t window_sequence;
  uint32_t window_acknowledgment; /* of the segment that told tcp.window */
  uint32_t push_bytes;
  uint32_t syn_sequence; /* valid where `syn` */
  bool syn;
  bool window_plain;
  int64_t handshake_ns; /* from here to this side and back, by what acknowledges the other's SYN; −1 = not known */
} LecReplaySide;

/* What a frame was, for who adds things up. */
typedef struct {
  unsigned side;
  uint32_t payload_bytes;
  uint32_t newly_acknowledged; /* payload bytes of the other side */
  int64_t round_trip_ns;       /* of the sample, −1 = none */
  bool in_sequence_space;      /* it is a sending of its own that occupies sequence numbers, not a copy or a probe */
  bool retransmission;
} LecReplayEvent;

typedef struct {
  const LecIndex *index;
  uint32_t conversation;
  LecReplaySide side[2];
  LecTcpEnd ends[2];
  LecWiresharkFlow wireshark;
} LecReplayer;

void lec_replayer_init (LecReplayer *replayer, const LecIndex *index, uint32_t conversation);
void lec_replayer_clear (LecReplayer *replayer);
/* Takes in FRAME of the conversation, sent by SIDE; all earlier ones have been. */
void lec_replayer_frame (LecReplayer *replayer, uint32_t frame, const LecHead *head, LecReplayStep *step,
                         LecReplayEvent *event);
/* What Wireshark's rules say of it: for who has it asked of every frame, in order. */
void lec_replayer_wireshark (LecReplayer *replayer, uint32_t frame, const LecHead *head, LecWiresharkFinding *finding);
/* From one end to the other and back, by the handshake; −1 = not known, not yet, or ambiguous. */
int64_t lec_replayer_handshake_ns (const LecReplayer *replayer);

static inline LecTcpState
lec_replay_step_state (const LecReplayStep *step, unsigned side)
{
  return (LecTcpState) (step->states >> (4 * side) & 15);
}

G_END_DECLS
