/* What one side of a TCP conversation sent and the other has not acknowledged yet: from it follows what an
 * acknowledgment acknowledges, and how long that took. */
#pragma once

#include <stdbool.h>

#include "analysis/tcp-side.h"

G_BEGIN_DECLS

/* A run of bytes (of sequence numbers: SYN and FIN are one each), and the frame that first brought it here. */
typedef struct {
  LecSequenceRange range;
  uint32_t frame;
  uint32_t timestamp; /* RFC 7323; valid where has_timestamp */
  bool has_timestamp;
  bool sent_twice;
} LecFlying;

typedef struct {
  GArray *segments; /* LecFlying from `first` on, in order of sequence, none sharing bytes; NULL = never any */
  unsigned first;
  GArray *copies; /* LecFlying: each sending of what was sent twice, in order of frames; NULL = none */
} LecFlight;

/* What an acknowledgment tells. */
typedef struct {
  uint32_t acks_frame;  /* the frame with the last byte that it acknowledges, 0 = that is not in the trace */
  uint32_t timed_frame; /* the frame that it was the answer to, so that the time since is a round trip; 0 = none */
  bool ambiguous;       /* it could be the answer to any of several sendings (Karn's rule) */
  bool outdated;        /* by its timestamp it answers one that was sent again since */
} LecFlightAnswer;

void lec_flight_clear (LecFlight *flight);
/* SENDING is on its way; its range is not acknowledged yet. SENT_TWICE where it is known to be no first sending though
 * none may be here. */
void lec_flight_add (LecFlight *flight, const LecFlying *sending);
/* All below NUMBER is acknowledged. SENDER knows what was acknowledged selectively before; ECHO is the timestamp that
 * the acknowledgment echoes, or NULL. */
LecFlightAnswer lec_flight_acknowledge (LecFlight *flight, uint32_t number, const LecTcpSide *sender,
                                        const uint32_t *echo);
/* With UP_TO, all bytes below it have passed here: how far that holds with those that have passed before. */
uint32_t lec_flight_run_from (const LecFlight *flight, uint32_t up_to);

G_END_DECLS
