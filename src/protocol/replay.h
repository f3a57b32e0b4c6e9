/* Fields of how a TCP conversation stands at a frame. They stand in the registry beside the protocols', so that filter,
 * columns, details and export know them by the same names; src/analysis announces them. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* Places in lec_replay_protocol.fields. Those that are of either side: the client's, and behind it the server's. */
enum {
  LEC_REPLAY_FIELD_SELF,
  LEC_REPLAY_FIELD_ACKS_FRAME,
  LEC_REPLAY_FIELD_ACK_RTT,
  LEC_REPLAY_FIELD_RTT_FRAME,
  LEC_REPLAY_FIELD_RTT_AMBIGUOUS,
  LEC_REPLAY_FIELD_INITIAL_RTT,
  LEC_REPLAY_FIELD_BYTES_IN_FLIGHT,
  LEC_REPLAY_FIELD_PUSH_BYTES_SENT,
  LEC_REPLAY_FIELD_STATE,
  LEC_REPLAY_FIELD_IN_FLIGHT = LEC_REPLAY_FIELD_STATE + 2,
  LEC_REPLAY_FIELD_WINDOW = LEC_REPLAY_FIELD_IN_FLIGHT + 2,
  LEC_REPLAY_FIELD_WINDOW_UNKNOWN = LEC_REPLAY_FIELD_WINDOW + 2,
  LEC_REPLAY_N_FIELDS = LEC_REPLAY_FIELD_WINDOW_UNKNOWN + 2,
};

extern const LecProtocol lec_replay_protocol;

G_END_DECLS
