/* Reasons for verdicts about segments that bring bytes: sent again, late, or there twice. */
#include "analysis/verdict-reasons.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/verdict-words.h"
#include "base/publish.h"
#include "base/text.h"

#define US_NS 1000ll
/* With so many duplicate acknowledgments a sender does not wait for its timer (RFC 5681 §3.2). */
#define ENOUGH_DUPLICATES 3

static gboolean
has (const LecCase *about, uint32_t evidence)
{
  return (about->evidence & evidence) != 0;
}

/* "bytes 1,449 to 2,896"; NULL where they are not known, or for what is no data. */
static char *
dup_range (const LecCase *about)
{
  const LecVerdict *verdict = about->verdict;
  uint32_t byte;

  if (!verdict->count || !lec_words_byte (about->index, verdict, &byte))
    return NULL;
  if (verdict->count == 1)
    return lec_dup_text (_ ("byte %'u"), byte);
  return lec_dup_text (_ ("bytes %1$'u to %2$'u"), byte, byte + verdict->count - 1);
}

static char *
dup_since (const LecCase *about, uint32_t frame)
{
  return lec_dup_duration (lec_words_span_ns (about->index, frame, about->verdict->frame));
}

/* What passed here before. */

static gboolean
is_first_known (const LecCase *about)
{
  return about->verdict->first != 0;
}

static char *
first_copy (const LecCase *about)
{
  g_autofree char *range = dup_range (about);

  if (!range)
    return lec_dup_text (_ ("The same %1$s passed here before, in frame %2$u."),
                         lec_words_segment (about->index, about->verdict->frame), about->verdict->first);
  /* Translators: "bytes 1,449 to 2,896", "the client". */
  return lec_dup_text (_ ("The same data, %1$s of what %2$s sends, passed here before, in frame %3$u."), range,
                       lec_side_label (about->verdict->side), about->verdict->first);
}

static gboolean
is_nearest_another (const LecCase *about)
{
  uint32_t of = lec_case_of (about);

  return of && of != about->verdict->first;
}

static char *
nearest_copy (const LecCase *about)
{
  uint32_t of = lec_case_of (about);
  g_autofree char *since = dup_since (about, of);

  if (!about->verdict->first)
    return lec_dup_text (_ ("Frame %1$u brought the same %2$s before, as a repeat itself: the first copy never came by "
                            "here."),
                         of, since);
  return lec_dup_text (_ ("Frame %1$u had repeated it already, %2$s before."), of, since);
}

static gboolean
is_copy_forgotten (const LecCase *about)
{
  return !about->verdict->first && !lec_case_of (about);
}

static gboolean
has_opener (const LecCase *about)
{
  return about->verdict->opener != 0;
}

static uint32_t
opener (const LecCase *about)
{
  return about->verdict->opener;
}

static char *
hole_opened (const LecCase *about)
{
  g_autofree char *range = dup_range (about);
  g_autofree char *since = dup_since (about, about->verdict->opener);

  if (!range)
    return lec_dup_text (_ ("Frame %1$u had gone past it %2$s before: it was missing here until now."),
                         about->verdict->opener, since);
  return lec_dup_text (_ ("Frame %1$u had gone past %2$s, %3$s before: that was missing here until now."),
                       about->verdict->opener, range, since);
}

/* What tells the order of sending. */

static char *
ip_id_later (const LecCase *about)
{
  return lec_dup_text (_ ("Its IP identification is higher than that of frame %u, and this sender counts them up: it "
                          "was sent later."),
                       about->other);
}

static char *
ip_id_earlier (const LecCase *about)
{
  return lec_dup_text (_ ("Its IP identification is lower than that of frame %u, and this sender counts them up: it "
                          "was sent earlier."),
                       about->other);
}

static char *
ip_id_same (const LecCase *about)
{
  return lec_dup_text (_ ("It has the IP identification of frame %u: a sender that sends again makes a new packet, "
                          "with another one."),
                       about->other);
}

static char *
ip_id_other (const LecCase *about)
{
  return lec_dup_text (_ ("Its IP identification is not that of frame %u: it is another packet."), about->other);
}

static char *
timestamp_later (const LecCase *about)
{
  return lec_dup_text (_ ("Its timestamp is later than that of frame %u: the sender's clock had gone on (RFC 7323 "
                          "§3)."),
                       about->other);
}

static char *
timestamp_earlier (const LecCase *about)
{
  return lec_dup_text (_ ("Its timestamp is earlier than that of frame %u: it was sent first (RFC 7323 §3)."),
                       about->other);
}

static char *
timestamp_same (const LecCase *about)
{
  return lec_dup_text (_ ("Its timestamp is that of frame %u: both were sent within a tick of the sender's clock "
                          "(RFC 7323 §3)."),
                       about->other);
}

static char *
too_soon (const LecCase *about)
{
  g_autofree char *since = dup_since (about, about->other);

  return lec_dup_text (_ ("It came only %1$s after frame %2$u: in that time nobody can have asked the sender for it "
                          "again, and no timer is so quick."),
                       since, about->other);
}

static gboolean
is_pending (const LecCase *about)
{
  return LEC_GET (about->verdict->confidence) == LEC_CONFIDENCE_PENDING;
}

static gboolean
is_undecided (const LecCase *about)
{
  uint8_t confidence = LEC_GET (about->verdict->confidence);

  return (confidence == LEC_CONFIDENCE_LIKELY || confidence == LEC_CONFIDENCE_UNCLEAR) &&
         !has (about, LEC_EVIDENCE_IP_ID_SAME);
}

static char *
undecided (const LecCase *about)
{
  if (LEC_GET (about->verdict->confidence) == LEC_CONFIDENCE_LIKELY)
    return g_strdup (_ ("Neither an IP identification nor a timestamp tells what was sent first; the time that passed "
                        "speaks for it."));
  return g_strdup (
      _ ("Neither an IP identification nor a timestamp tells what was sent first, and the time that passed "
         "does not either."));
}

/* Two records of one packet. */

static char *
copied (const LecCase *about)
{
  g_autofree char *since = dup_since (about, about->other);

  return lec_dup_text (_ ("All that a sender fills in anew when it sends is as in frame %1$u, %2$s before."),
                       about->other, since);
}

static gboolean
has_other (const LecCase *about)
{
  return about->other != 0;
}

/* It is not the packet itself that tells. */
static gboolean
is_twice_by_others (const LecCase *about)
{
  return !is_pending (about) && !has (about, LEC_EVIDENCE_OTHER_HOPS);
}

/* What the receiver had said before. */

static char *
duplicate_acks (const LecCase *about)
{
  unsigned n = about->verdict->n_duplicate_acks;

  if (about->verdict->kind == LEC_VERDICT_REORDERED)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                      "The receiver had asked for it with %'u duplicate ACK: it cannot know what is "
                                      "only late.",
                                      "The receiver had asked for it with %'u duplicate ACKs: it cannot know what is "
                                      "only late.",
                                      n),
                         n);
  if (n < ENOUGH_DUPLICATES)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "The receiver had asked for it with %'u duplicate ACK.",
                                      "The receiver had asked for it with %'u duplicate ACKs.", n),
                         n);
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "The receiver had asked for it with %'u duplicate ACK; three are enough for the "
                                    "sender to take it for lost (RFC 5681 §3.2).",
                                    "The receiver had asked for it with %'u duplicate ACKs; three are enough for the "
                                    "sender to take it for lost (RFC 5681 §3.2).",
                                    n),
                       n);
}

static gboolean
is_counted (const LecCase *about)
{
  return about->verdict->n_duplicate_acks > 0;
}

/* The frame that asked, where the sender acted on that. */
static uint32_t
asking_frame (const LecCase *about)
{
  uint8_t cause = about->verdict->cause;

  return cause == LEC_CAUSE_DUPLICATE_ACKS || cause == LEC_CAUSE_SACK ? about->verdict->prompt : 0;
}

static gboolean
is_acknowledged_copy (const LecCase *about)
{
  return has (about, LEC_EVIDENCE_SEEN_BEFORE);
}

static gboolean
is_acknowledged_filler (const LecCase *about)
{
  return has (about, LEC_EVIDENCE_FILLS_HOLE);
}

/* What made the sender do it. */

static gboolean
is_cause_of_timer (const LecCase *about)
{
  return about->verdict->cause == LEC_CAUSE_TIMEOUT || about->verdict->cause == LEC_CAUSE_PROBE;
}

static gboolean
is_silence_timed (const LecCase *about)
{
  uint8_t cause = about->verdict->cause;

  return about->verdict->prompt && (is_cause_of_timer (about) || cause == LEC_CAUSE_SYN || cause == LEC_CAUSE_SYN_ACK);
}

static char *
silence (const LecCase *about)
{
  g_autofree char *span = dup_since (about, about->verdict->prompt);
  g_autofree char *round_trip = lec_dup_duration (about->verdict->round_trip_us * US_NS);

  if (!about->verdict->round_trip_us)
    return lec_dup_text (_ ("Nothing was sent and nothing new acknowledged for %1$s, since frame %2$u: so a timer ran "
                            "out (RFC 6298 §5)."),
                         span, about->verdict->prompt);
  if (about->verdict->cause == LEC_CAUSE_PROBE)
    return lec_dup_text (_ ("Nothing was sent and nothing new acknowledged for %1$s, since frame %2$u; a round trip "
                            "takes only %3$s."),
                         span, about->verdict->prompt, round_trip);
  return lec_dup_text (_ ("Nothing was sent and nothing new acknowledged for %1$s, since frame %2$u; a round trip "
                          "takes only %3$s. So a timer ran out (RFC 6298 §5)."),
                       span, about->verdict->prompt, round_trip);
}

static gboolean
is_going_back (const LecCase *about)
{
  return about->verdict->cause == LEC_CAUSE_TIMEOUT && !has (about, LEC_EVIDENCE_SILENCE) && about->verdict->prompt;
}

static char *
going_back (const LecCase *about)
{
  return lec_dup_text (_ ("The sender's timer had run out with frame %u; after that it goes over all that is not "
                          "acknowledged."),
                       about->verdict->prompt);
}

/* How long the sender had waited before it sent VERDICT's frame for silence; 0 = it did not. */
static int64_t
wait_of (const LecIndex *index, const LecVerdict *verdict)
{
  gboolean by_timer =
      verdict->cause == LEC_CAUSE_TIMEOUT || verdict->cause == LEC_CAUSE_SYN || verdict->cause == LEC_CAUSE_SYN_ACK;

  if (!by_timer || !verdict->prompt || !(LEC_GET (verdict->evidence) & LEC_EVIDENCE_SILENCE))
    return 0;
  return lec_words_span_ns (index, verdict->prompt, verdict->frame);
}

static int64_t
wait_before (const LecCase *about)
{
  const LecVerdict *former = lec_index_find_verdict (about->index, lec_case_of (about), LEC_VERDICT_RETRANSMISSION);

  return former ? wait_of (about->index, former) : 0;
}

/* A sender whose timer ran out waits twice as long the next time; half as long again is meant to be that. */
static gboolean
is_backing_off (const LecCase *about)
{
  int64_t before = lec_case_of (about) ? wait_before (about) : 0;

  return before > 0 && wait_of (about->index, about->verdict) > before / 2 * 3;
}

static char *
backing_off (const LecCase *about)
{
  g_autofree char *now = lec_dup_duration (wait_of (about->index, about->verdict));
  g_autofree char *before = lec_dup_duration (wait_before (about));

  return lec_dup_text (
      _ ("Before frame %1$u it had waited %2$s, and %3$s this time: each time the timer runs out it is "
         "set to twice as long (RFC 6298 §5.5)."),
      lec_case_of (about), before, now);
}

static gboolean
is_probe (const LecCase *about)
{
  return about->verdict->cause == LEC_CAUSE_PROBE;
}

static gboolean
is_cause_unknown (const LecCase *about)
{
  return about->verdict->cause == LEC_CAUSE_UNKNOWN;
}

/* What came after it. */

static char *
duplicate_reported (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u reports that these bytes came twice (D-SACK, RFC 2883 §4): so the earlier copy had "
                          "arrived."),
                       lec_case_proof (about));
}

static char *
answered_too_soon (const LecCase *about)
{
  uint32_t proof = lec_case_proof (about);
  g_autofree char *span = lec_dup_duration (lec_words_span_ns (about->index, about->verdict->frame, proof));

  return lec_dup_text (
      _ ("Frame %1$u acknowledges it only %2$s later. From here to the receiver and back takes longer: "
         "it answers the earlier copy."),
      proof, span);
}

static char *
echo_of_earlier (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u acknowledges it with the timestamp of an earlier segment: it answers the earlier "
                          "copy (RFC 3522 §3.2)."),
                       lec_case_proof (about));
}

static gboolean
is_needed (const LecCase *about)
{
  return LEC_GET (about->verdict->need) == LEC_NEED_NEEDED;
}

static gboolean
is_need_unknown (const LecCase *about)
{
  return LEC_GET (about->verdict->need) == LEC_NEED_UNKNOWN && has (about, LEC_EVIDENCE_SEEN_BEFORE);
}

static char *
need_unknown (const LecCase *about)
{
  if (!lec_words_final (about->index))
    return g_strdup (_ ("Whether it was needed, later frames may tell: the trace is still being read."));
  return g_strdup (
      _ ("Whether the earlier copy had arrived is unclear: nothing that came later tells what it answers."));
}

#define RESENT   LEC_KIND_BIT (LEC_VERDICT_RETRANSMISSION)
#define LATE     LEC_KIND_BIT (LEC_VERDICT_REORDERED)
#define DOUBLED  LEC_KIND_BIT (LEC_VERDICT_NETWORK_DUPLICATE)
#define CAPTURED LEC_KIND_BIT (LEC_VERDICT_CAPTURE_DUPLICATE)
#define COPIED   (DOUBLED | CAPTURED)
#define ANY      (RESENT | LATE | COPIED)
#define SEEN     LEC_EVIDENCE_SEEN_BEFORE

const LecReasonRule lec_segment_reasons[] = {
  { RESENT | LATE, SEEN, is_first_known, lec_case_first, first_copy },
  { RESENT | LATE, SEEN, is_nearest_another, lec_case_of, nearest_copy },
  { RESENT | LATE, SEEN, is_copy_forgotten, NULL, NULL, N_ ("All of its bytes had passed here before.") },
  { ANY, LEC_EVIDENCE_FILLS_HOLE, has_opener, opener, hole_opened },
  { ANY, LEC_EVIDENCE_IP_ID_LATER, NULL, lec_case_other, ip_id_later },
  { ANY, LEC_EVIDENCE_IP_ID_EARLIER, NULL, lec_case_other, ip_id_earlier },
  { LATE | COPIED, LEC_EVIDENCE_IP_ID_SAME, NULL, lec_case_other, ip_id_same },
  { ANY, LEC_EVIDENCE_IP_ID_OTHER, NULL, lec_case_other, ip_id_other },
  { ANY, LEC_EVIDENCE_TIMESTAMP_LATER, NULL, lec_case_other, timestamp_later },
  { ANY, LEC_EVIDENCE_TIMESTAMP_EARLIER, NULL, lec_case_other, timestamp_earlier },
  { RESENT | LATE, LEC_EVIDENCE_TIMESTAMP_SAME, NULL, lec_case_other, timestamp_same },
  { COPIED, 0, has_other, lec_case_other, copied },
  { CAPTURED, LEC_EVIDENCE_OTHER_HOPS, NULL, NULL, NULL,
    N_ ("It came over another number of hops, or on another interface: the same packet was recorded in two places.") },
  { CAPTURED, 0, is_twice_by_others, NULL, NULL,
    N_ ("Many packets of this connection are there twice, one right behind the other: that is the recording's doing, "
        "not "
        "the network's.") },
  { COPIED, 0, is_pending, NULL, NULL,
    N_ ("Whether the network or the recording made the copy, the rest of the trace tells: it is still being read.") },
  { LATE | DOUBLED, LEC_EVIDENCE_TOO_SOON, NULL, lec_case_other, too_soon },
  { RESENT | LATE | DOUBLED, 0, is_undecided, NULL, undecided },
  { RESENT | LATE, LEC_EVIDENCE_DUPLICATE_ACKS, is_counted, asking_frame, duplicate_acks },
  { RESENT, LEC_EVIDENCE_SACKED_ABOVE, NULL, NULL, NULL,
    N_ ("The receiver had told that it has later bytes (SACK): what lies below them is taken for lost (RFC 6675 "
        "§4).") },
  { RESENT, LEC_EVIDENCE_SACKED, NULL, NULL, NULL,
    N_ ("The receiver had told that it has these very bytes (SACK, RFC 2018).") },
  { RESENT, LEC_EVIDENCE_ACKNOWLEDGED, is_acknowledged_copy, NULL, NULL,
    N_ ("An acknowledgment of all of it had passed here before. The sender did not have that yet when it sent.") },
  { RESENT, LEC_EVIDENCE_ACKNOWLEDGED, is_acknowledged_filler, NULL, NULL,
    N_ ("The receiver had acknowledged these bytes before: a copy of them passed here, and the capture missed it.") },
  { RESENT, LEC_EVIDENCE_SILENCE, is_silence_timed, lec_case_prompt, silence },
  { RESENT, 0, is_backing_off, lec_case_of, backing_off },
  { RESENT, LEC_EVIDENCE_TIMEOUT_RECOVERY, is_going_back, lec_case_prompt, going_back },
  { RESENT, 0, is_probe, NULL, NULL,
    N_ ("It is the last thing that was sent, and nothing behind it could make the receiver ask: a sender with SACK "
        "probes so before its timer runs out (RFC 8985 §7).") },
  { RESENT, 0, is_cause_unknown, NULL, NULL,
    N_ ("Neither duplicate ACKs nor a silence explain why it was sent: what the sender knew is not seen from here.") },
  { RESENT, LEC_EVIDENCE_DUPLICATE_REPORTED, NULL, lec_case_proof, duplicate_reported },
  { RESENT, LEC_EVIDENCE_ANSWERED_TOO_SOON, NULL, lec_case_proof, answered_too_soon },
  { RESENT, LEC_EVIDENCE_ECHO_OF_EARLIER, NULL, lec_case_proof, echo_of_earlier },
  { RESENT, 0, is_needed, NULL, NULL,
    N_ ("Receivers with SACK report what comes twice, all but old ones (D-SACK, RFC 2883). This one reported nothing: "
        "the earlier copy never arrived.") },
  { RESENT, 0, is_need_unknown, NULL, need_unknown },
};
const unsigned lec_n_segment_reasons = G_N_ELEMENTS (lec_segment_reasons);
