#include "analysis/replay-fields.h"

#include <glib/gi18n-lib.h>

#include "protocol/replay.h"

static const LecField *
field (unsigned place)
{
  return &lec_replay_protocol.fields[place];
}

gboolean
lec_replay_fields_wanted (const LecDissection *dissection)
{
  LecSink *sink = dissection->sink;

  return sink->add && (!sink->wants_protocol || sink->wants_protocol (sink, &lec_replay_protocol));
}

static void
add_answer (LecDissection *dissection, const LecReplayFacts *facts)
{
  const LecReplayStep *step = &facts->step;

  if (step->acks_frame)
    lec_add_computed (dissection, field (LEC_REPLAY_FIELD_ACKS_FRAME), step->acks_frame);
  if (facts->round_trip_ns >= 0) {
    lec_add_computed (dissection, field (LEC_REPLAY_FIELD_ACK_RTT), (uint64_t) facts->round_trip_ns);
    lec_add_computed (dissection, field (LEC_REPLAY_FIELD_RTT_FRAME), step->timed_frame);
  }
  if (step->flags & LEC_STEP_AMBIGUOUS)
    lec_add_computed_text (dissection, field (LEC_REPLAY_FIELD_RTT_AMBIGUOUS), 0, "%s",
                           _ ("it acknowledges something that was sent more than once"));
  if (facts->handshake_ns >= 0)
    lec_add_computed (dissection, field (LEC_REPLAY_FIELD_INITIAL_RTT), (uint64_t) facts->handshake_ns);
}

static void
add_side (LecDissection *dissection, const LecReplayFacts *facts, unsigned side)
{
  const LecReplayStep *step = &facts->step;
  uint32_t window_bytes;

  lec_add_computed_string (dissection, field (LEC_REPLAY_FIELD_STATE + side),
                           lec_tcp_state_name (lec_replay_step_state (step, side)));
  if (step->flags & LEC_STEP_FLIGHT_KNOWN_0 << side)
    lec_add_computed (dissection, field (LEC_REPLAY_FIELD_IN_FLIGHT + side), step->in_flight[side]);
  if (lec_replay_window (step, facts->window_shift, side, &window_bytes))
    lec_add_computed (dissection, field (LEC_REPLAY_FIELD_WINDOW + side), window_bytes);
  else if (step->flags & LEC_STEP_WINDOW_TOLD_0 << side)
    lec_add_computed_text (dissection, field (LEC_REPLAY_FIELD_WINDOW_UNKNOWN + side), 0,
                           _ ("%u as sent; the scale factor is not known, because the handshake is not in the trace"),
                           step->window[side]);
}

void
lec_replay_fields_add (LecDissection *dissection, const LecReplayFacts *facts)
{
  const LecReplayStep *step = &facts->step;
  unsigned sender = facts->side;

  lec_open_group (dissection, field (LEC_REPLAY_FIELD_SELF), 0, 0, NULL);
  add_answer (dissection, facts);
  if (step->flags & LEC_STEP_SEGMENT) {
    if (step->flags & LEC_STEP_FLIGHT_KNOWN_0 << sender)
      lec_add_computed (dissection, field (LEC_REPLAY_FIELD_BYTES_IN_FLIGHT), step->in_flight[sender]);
    lec_add_computed (dissection, field (LEC_REPLAY_FIELD_PUSH_BYTES_SENT), step->push_bytes);
  }
  for (unsigned side = 0; side < 2; side++)
    add_side (dissection, facts, side);
  lec_close (dissection);
}
