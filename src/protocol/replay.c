#include "protocol/replay.h"

#define STATE_EXPLANATION                                                                                               \
  N_ ("One of the states of RFC 9293 §3.3.2. The sender's is the one in which it sent this frame, the receiver's the " \
      "one that it is in once it has this frame. “unknown”: the trace does not show it.")
#define IN_FLIGHT_EXPLANATION                                                                                          \
  N_ ("Payload that it has sent and that is not acknowledged yet, as far as this capture shows it: the FlightSize of " \
      "RFC 5681 §2.")
#define WINDOW_EXPLANATION                                                                                             \
  N_ ("How many bytes it has room for, as it said last, with the scale factor of the handshake (RFC 7323 §2).")
#define UNKNOWN_EXPLANATION                                                                                            \
  N_ ("The window must be multiplied by a factor that only the handshake tells, and that is not in this trace. A "     \
      "guess "                                                                                                         \
      "would be wrong by up to 16,384 times.")

static const LecField fields[LEC_REPLAY_N_FIELDS + 1] = {
  [LEC_REPLAY_FIELD_SELF] = { "tcp.analysis", NULL, N_ ("How the conversation stands"), LEC_TYPE_PROTOCOL,
                              .explanation = N_ ("Worked out from this frame and all of its conversation before it. "
                                                 "It is not in the frame's bytes.") },
  [LEC_REPLAY_FIELD_ACKS_FRAME] = { "tcp.analysis.acks_frame", NULL, N_ ("Acknowledges up to frame"), LEC_TYPE_FRAME,
                                    .explanation = N_ ("That frame has the last byte that this one acknowledges and "
                                                       "none before it did.") },
  [LEC_REPLAY_FIELD_ACK_RTT] = { "tcp.analysis.ack_rtt", NULL, N_ ("Round trip"), LEC_TYPE_DURATION,
                                 .explanation = N_ (
                                     "From the place of capture to the sender of this acknowledgment and back: the "
                                     "time since the frame that it answers. Close to that end it is nearly nothing.") },
  [LEC_REPLAY_FIELD_RTT_FRAME] = { "lectern.tcp.rtt.frame", NULL, N_ ("Round trip measured from frame"), LEC_TYPE_FRAME,
                                   .explanation = N_ ("Of the frames that this one acknowledges, the one that made its "
                                                      "sender answer.") },
  [LEC_REPLAY_FIELD_RTT_AMBIGUOUS] = { "lectern.tcp.rtt.ambiguous", NULL, N_ ("Round trip ambiguous"), LEC_TYPE_NONE,
                                       .explanation = N_ (
                                           "What this acknowledges was sent more than once, and nobody can tell which "
                                           "sending it answers. So it says nothing of the round trip: Karn's rule "
                                           "(RFC 6298 §3). Timestamps could tell (RFC 7323 §4.1).") },
  [LEC_REPLAY_FIELD_INITIAL_RTT] = { "tcp.analysis.initial_rtt", NULL, N_ ("Round trip of the handshake"),
                                     LEC_TYPE_DURATION,
                                     .explanation = N_ ("From the SYN to the acknowledgment of its answer: once from "
                                                        "end to end and back, wherever it was captured.") },
  [LEC_REPLAY_FIELD_BYTES_IN_FLIGHT] = { "tcp.analysis.bytes_in_flight", NULL, N_ ("Sender's bytes in flight"),
                                         LEC_TYPE_UINT32, .explanation = IN_FLIGHT_EXPLANATION },
  [LEC_REPLAY_FIELD_PUSH_BYTES_SENT] = { "tcp.analysis.push_bytes_sent", NULL, N_ ("Bytes since the last PSH"),
                                         LEC_TYPE_UINT32,
                                         .explanation = N_ ("Payload that the sender sent since it last set PSH, with "
                                                            "this frame's: often one write of the program.") },
  [LEC_REPLAY_FIELD_STATE] = { "lectern.tcp.state.client", NULL, N_ ("Client's state"), LEC_TYPE_STRING,
                               .explanation = STATE_EXPLANATION },
  [LEC_REPLAY_FIELD_STATE + 1] = { "lectern.tcp.state.server", NULL, N_ ("Server's state"), LEC_TYPE_STRING,
                                   .explanation = STATE_EXPLANATION },
  [LEC_REPLAY_FIELD_IN_FLIGHT] = { "lectern.tcp.in_flight.client", NULL, N_ ("Client's bytes in flight"),
                                   LEC_TYPE_UINT32, .explanation = IN_FLIGHT_EXPLANATION },
  [LEC_REPLAY_FIELD_IN_FLIGHT + 1] = { "lectern.tcp.in_flight.server", NULL, N_ ("Server's bytes in flight"),
                                       LEC_TYPE_UINT32, .explanation = IN_FLIGHT_EXPLANATION },
  [LEC_REPLAY_FIELD_WINDOW] = { "lectern.tcp.window.client", NULL, N_ ("Client's window"), LEC_TYPE_UINT32,
                                .explanation = WINDOW_EXPLANATION },
  [LEC_REPLAY_FIELD_WINDOW + 1] = { "lectern.tcp.window.server", NULL, N_ ("Server's window"), LEC_TYPE_UINT32,
                                    .explanation = WINDOW_EXPLANATION },
  [LEC_REPLAY_FIELD_WINDOW_UNKNOWN] = { "lectern.tcp.window.client.unknown", NULL, N_ ("Client's window unknown"),
                                        LEC_TYPE_NONE, .explanation = UNKNOWN_EXPLANATION },
  [LEC_REPLAY_FIELD_WINDOW_UNKNOWN + 1] = { "lectern.tcp.window.server.unknown", NULL, N_ ("Server's window unknown"),
                                            LEC_TYPE_NONE, .explanation = UNKNOWN_EXPLANATION },
  { NULL },
};

const LecProtocol lec_replay_protocol = {
  LEC_PROTOCOL_REPLAY, "tcp.analysis", "TCP", NULL, N_ ("How the conversation stands"), fields, NULL, NULL
};
