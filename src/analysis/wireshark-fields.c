#include "analysis/wireshark-fields.h"

#include "analysis/wireshark-difference.h"
#include "protocol/wireshark.h"

_Static_assert(LEC_WIRESHARK_FIELD_FIRST_FLAG + LEC_WIRESHARK_N_FLAGS == LEC_WIRESHARK_FIELD_DUPLICATE_ACK_NUM,
               "a field for each flag");

static const LecField *
field (unsigned place)
{
  return &lec_wireshark_protocol.fields[place];
}

gboolean
lec_wireshark_fields_wanted (const LecDissection *dissection)
{
  LecSink *sink = dissection->sink;

  return sink->add && (!sink->wants_protocol || sink->wants_protocol (sink, &lec_wireshark_protocol));
}

static void
add_words (LecDissection *dissection, uint32_t flags)
{
  for (uint32_t left = lec_wireshark_narrow (flags); left; left &= left - 1)
    lec_add_computed_string (dissection, field (LEC_WIRESHARK_FIELD_VERDICT),
                             lec_wireshark_flag_name ((unsigned) __builtin_ctz (left)));
}

static void
add_difference (const LecIndex *index, LecDissection *dissection, uint32_t frame, uint32_t flags)
{
  LecSink *sink = dissection->sink;
  g_autofree char *text = NULL;

  if (!lec_wireshark_differs (index, frame, flags))
    return;
  text = sink->wants_text ? lec_wireshark_dup_difference (index, frame, flags) : NULL;
  lec_add_computed_text (dissection, field (LEC_WIRESHARK_FIELD_DIFFERS), 0, text ? "%s" : NULL, text);
}

/* Wireshark shows no time that is 0. */
static void
add_since (const LecIndex *index, LecDissection *dissection, uint32_t frame, unsigned duration, unsigned since,
           uint32_t from)
{
  if (!from)
    return;
  uint64_t span_ns = (uint64_t) lec_index_time_ns (index, frame) - (uint64_t) lec_index_time_ns (index, from);
  lec_add_computed (dissection, field (since), from);
  if (span_ns)
    lec_add_computed (dissection, field (duration), span_ns);
}

static void
add_numbers (const LecIndex *index, LecDissection *dissection, uint32_t frame, const LecWiresharkFinding *finding)
{
  if (finding->flags & LEC_WIRESHARK_DUPLICATE_ACK) {
    lec_add_computed (dissection, field (LEC_WIRESHARK_FIELD_DUPLICATE_ACK_NUM), finding->duplicate);
    lec_add_computed (dissection, field (LEC_WIRESHARK_FIELD_DUPLICATE_ACK_FRAME), finding->duplicate_of);
  }
  add_since (index, dissection, frame, LEC_WIRESHARK_FIELD_RTO, LEC_WIRESHARK_FIELD_RTO_FRAME, finding->rto_frame);
  add_since (index, dissection, frame, LEC_WIRESHARK_FIELD_ACK_RTT, LEC_WIRESHARK_FIELD_ACKS_FRAME,
             finding->acks_frame);
  if (finding->initial_rtt_ns)
    lec_add_computed (dissection, field (LEC_WIRESHARK_FIELD_INITIAL_RTT), (uint64_t) finding->initial_rtt_ns);
  if (finding->bytes_in_flight)
    lec_add_computed (dissection, field (LEC_WIRESHARK_FIELD_BYTES_IN_FLIGHT), finding->bytes_in_flight);
}

static gboolean
says_anything (const LecIndex *index, uint32_t frame, const LecWiresharkFinding *finding)
{
  return finding->flags || finding->acks_frame || finding->bytes_in_flight || finding->initial_rtt_ns ||
         lec_wireshark_differs (index, frame, 0);
}

void
lec_wireshark_fields_add (const LecIndex *index, LecDissection *dissection, const LecReplayFacts *facts)
{
  const LecWiresharkFinding *finding = &facts->wireshark;
  uint32_t frame = facts->step.frame;

  if (!says_anything (index, frame, finding))
    return;
  g_autofree char *words = dissection->sink->wants_text ? lec_wireshark_dup_words (finding->flags) : NULL;
  lec_open_group (dissection, field (LEC_WIRESHARK_FIELD_SELF), 0, 0, words ? "%s" : NULL, words);
  add_words (dissection, finding->flags);
  add_difference (index, dissection, frame, finding->flags);
  for (uint32_t left = finding->flags; left; left &= left - 1)
    lec_add_computed (dissection, field (LEC_WIRESHARK_FIELD_FIRST_FLAG + (unsigned) __builtin_ctz (left)), 0);
  add_numbers (index, dissection, frame, finding);
  lec_close (dissection);
}
