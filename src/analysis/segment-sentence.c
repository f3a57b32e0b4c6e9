/* Sentences about segments that bring bytes: sent again, late, or there twice. */
#include "analysis/verdict-sentences.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/verdict-words.h"
#include "base/publish.h"
#include "base/text.h"

/* With so many duplicate acknowledgments a sender does not wait for its timer (RFC 5681 §3.2). */
#define ENOUGH_DUPLICATES 3

typedef char *(*DupPart) (const LecIndex *index, const LecVerdict *verdict);

static gboolean
has (const LecVerdict *verdict, uint32_t evidence)
{
  return (LEC_GET (verdict->evidence) & evidence) != 0;
}

/* What is sent again. Each such part stands before a semicolon. */

static char *
lead_of_copy (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t frame = verdict->first ? verdict->first : verdict->of;
  g_autofree char *later = lec_dup_duration (verdict->span_ns);

  if (!frame)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "Retransmission of %'u byte that passed here before",
                                      "Retransmission of %'u bytes that passed here before", verdict->count),
                         verdict->count);
  if (verdict->count == 0)
    /* Translators: the second %s is "SYN", "FIN" or "segment". */
    return lec_dup_text (_ ("Retransmission of frame %1$u: the same %2$s again, %3$s later"), frame,
                         lec_words_segment (index, verdict->frame), later);
  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE, "Retransmission of frame %1$u: the same %2$'u byte again, %3$s later",
                   "Retransmission of frame %1$u: the same %2$'u bytes again, %3$s later", verdict->count),
      frame, verdict->count, later);
}

static char *
lead_of_missed (const LecVerdict *verdict)
{
  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE, "Retransmission of %'u byte that had passed here without being captured",
                   "Retransmission of %'u bytes that had passed here without being captured", verdict->count),
      verdict->count);
}

static char *
lead_of_filler (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *earlier = lec_dup_duration (verdict->span_ns);
  LecLoss loss = lec_verdict_loss (verdict);

  if (!verdict->opener || loss == LEC_LOSS_UNCAPTURED)
    return lead_of_missed (verdict);
  if (loss == LEC_LOSS_BEFORE)
    return lec_dup_text (
        g_dngettext (
            GETTEXT_PACKAGE,
            "Retransmission of %1$'u byte that was lost before here: frame %2$u had gone past it %3$s earlier",
            "Retransmission of %1$'u bytes that were lost before here: frame %2$u had gone past them %3$s earlier",
            verdict->count),
        verdict->count, verdict->opener, earlier);
  if (LEC_GET (verdict->confidence) == LEC_CONFIDENCE_UNCLEAR)
    return lec_dup_text (
        g_dngettext (GETTEXT_PACKAGE,
                     "Probably a retransmission of %1$'u byte that was lost before here: frame %2$u had gone past it "
                     "%3$s earlier",
                     "Probably a retransmission of %1$'u bytes that were lost before here: frame %2$u had gone past "
                     "them %3$s earlier",
                     verdict->count),
        verdict->count, verdict->opener, earlier);
  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE,
                   "Retransmission of %1$'u byte that was still missing here: frame %2$u had gone past it %3$s earlier",
                   "Retransmission of %1$'u bytes that were still missing here: frame %2$u had gone past them %3$s "
                   "earlier",
                   verdict->count),
      verdict->count, verdict->opener, earlier);
}

/* Why. Each such part stands behind the semicolon, and is closed with a full stop. */

static char *
cause_in_acknowledgments (const LecIndex *index, const LecVerdict *verdict)
{
  unsigned n = verdict->n_duplicate_acks;

  if (n >= ENOUGH_DUPLICATES)
    return lec_dup_text (
        g_dngettext (GETTEXT_PACKAGE,
                     "%'u duplicate ACK had asked for these bytes, so the sender did not wait for its timer",
                     "%'u duplicate ACKs had asked for these bytes, so the sender did not wait for its timer", n),
        n);
  if (verdict->cause == LEC_CAUSE_SACK)
    return g_strdup (_ ("the receiver had told that it has later bytes and lacks these (SACK)"));
  if (n)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u duplicate ACK had asked for these bytes",
                                      "%'u duplicate ACKs had asked for these bytes", n),
                         n);
  return g_strdup (_ ("the sender was making up for a loss and went on with it"));
}

static char *
cause_in_probe (const LecIndex *index, const LecVerdict *verdict)
{
  return g_strdup (_ ("the sender had no acknowledgment yet, so it probes with what it had sent last"));
}

static char *
cause_in_timer (const LecIndex *index, const LecVerdict *verdict)
{
  unsigned n = verdict->n_duplicate_acks;

  if (has (verdict, LEC_EVIDENCE_TIMEOUT_RECOVERY) && !has (verdict, LEC_EVIDENCE_SILENCE))
    return g_strdup (_ ("the sender's timer had run out before, and it goes over all that is not acknowledged"));
  if (n == 0)
    return g_strdup (_ ("no duplicate ACKs came before, so the sender's timer ran out"));
  if (n < ENOUGH_DUPLICATES)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                      "only %'u duplicate ACK came before, so the sender's timer ran out",
                                      "only %'u duplicate ACKs came before, so the sender's timer ran out", n),
                         n);
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "%'u duplicate ACK came before, and still it took the sender's timer",
                                    "%'u duplicate ACKs came before, and still it took the sender's timer", n),
                       n);
}

static char *
cause_in_handshake (const LecIndex *index, const LecVerdict *verdict)
{
  return g_strdup (_ ("the sender had no answer yet, so it tries again"));
}

static char *
cause_unknown (const LecIndex *index, const LecVerdict *verdict)
{
  return g_strdup (_ ("what made the sender repeat it is unclear"));
}

static char *
dup_cause (const LecIndex *index, const LecVerdict *verdict)
{
  static const DupPart parts[] = {
    [LEC_CAUSE_UNKNOWN] = cause_unknown,         [LEC_CAUSE_DUPLICATE_ACKS] = cause_in_acknowledgments,
    [LEC_CAUSE_SACK] = cause_in_acknowledgments, [LEC_CAUSE_PROBE] = cause_in_probe,
    [LEC_CAUSE_TIMEOUT] = cause_in_timer,        [LEC_CAUSE_SYN] = cause_in_handshake,
    [LEC_CAUSE_SYN_ACK] = cause_in_handshake,
  };
  return parts[verdict->cause](index, verdict);
}

/* Whether it was needed, and where what came before was lost. Sentences of their own. */

static char *
dup_acknowledged (const LecIndex *index, const LecVerdict *verdict)
{
  if (verdict->count)
    return g_strdup (
        _ ("It was not needed: the bytes had been acknowledged before, which the sender did not know yet."));
  /* Translators: "SYN", "FIN" or "segment". */
  return lec_dup_text (_ ("It was not needed: the %s had been acknowledged before, which the sender did not know yet."),
                       lec_words_segment (index, verdict->frame));
}

static char *
dup_spurious (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t proof = LEC_GET (verdict->proof);

  if (has (verdict, LEC_EVIDENCE_ACKNOWLEDGED))
    return dup_acknowledged (index, verdict);
  if (has (verdict, LEC_EVIDENCE_SACKED))
    return g_strdup (_ ("It was not needed: the receiver had told before that it has these bytes."));
  if (has (verdict, LEC_EVIDENCE_DUPLICATE_REPORTED))
    return lec_dup_text (verdict->count ? _ ("It was not needed: frame %u reports that the bytes came twice.")
                                        : _ ("It was not needed: frame %u reports that it came twice."),
                         proof);
  if (has (verdict, LEC_EVIDENCE_ECHO_OF_EARLIER | LEC_EVIDENCE_ANSWERED_TOO_SOON))
    return lec_dup_text (_ ("It was not needed: frame %u answers the earlier copy."), proof);
  return g_strdup (_ ("It was not needed."));
}

static char *
dup_lost_after (const LecVerdict *verdict)
{
  gboolean known = LEC_GET (verdict->need) == LEC_NEED_NEEDED;

  if (!verdict->of)
    return g_strdup (known ? _ ("The copy before was lost after this capture point.")
                           : _ ("The copy before was probably lost after this capture point."));
  return lec_dup_text (known ? _ ("Frame %u was lost after this capture point.")
                             : _ ("Frame %u was probably lost after this capture point."),
                       verdict->of);
}

static char *
dup_undecided (const LecIndex *index, const LecVerdict *verdict)
{
  if (has (verdict, LEC_EVIDENCE_FILLS_HOLE))
    return g_strdup (_ ("It may as well be the first copy, only late: nothing in it tells."));
  if (!lec_words_final (index))
    return g_strdup (_ ("Whether it was needed is not known yet."));
  if (!verdict->of)
    return g_strdup (_ ("Whether the copy before was lost, or the answer to it, is unclear."));
  return lec_dup_text (_ ("Whether frame %u was lost, or the answer to it, is unclear."), verdict->of);
}

static char *
dup_need (const LecIndex *index, const LecVerdict *verdict)
{
  if (LEC_GET (verdict->need) == LEC_NEED_SPURIOUS)
    return dup_spurious (index, verdict);
  if (verdict->of && lec_index_find_verdict (index, verdict->of, LEC_VERDICT_CHECKSUM_WRONG))
    return lec_dup_text (_ ("Frame %u had been damaged on its way here, so that the receiver dropped it."),
                         verdict->of);
  switch (lec_verdict_loss (verdict)) {
  case LEC_LOSS_AFTER:
    return dup_lost_after (verdict);
  case LEC_LOSS_UNCLEAR:
    return dup_undecided (index, verdict);
  default: /* the lead says it */
    return NULL;
  }
}

char *
lec_sentence_retransmission (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *lead =
      has (verdict, LEC_EVIDENCE_FILLS_HOLE) ? lead_of_filler (index, verdict) : lead_of_copy (index, verdict);
  g_autofree char *cause = dup_cause (index, verdict);
  g_autofree char *need = dup_need (index, verdict);
  /* Translators: what is sent again; why. */
  g_autofree char *first = lec_dup_text (_ ("%1$s; %2$s."), lead, cause);

  return need ? lec_dup_text ("%s %s", first, need) : g_steal_pointer (&first);
}

/* The others. */

char *
lec_sentence_reordered (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *later = lec_dup_duration (verdict->span_ns);

  if (has (verdict, LEC_EVIDENCE_SEEN_BEFORE))
    return lec_dup_text (_ ("Reordered: this was sent before frame %1$u, which repeats it and was here %2$s sooner. "
                            "It is the late one of the two, and nothing was lost before here."),
                         verdict->of, later);
  if (LEC_GET (verdict->confidence) == LEC_CONFIDENCE_UNCLEAR)
    return lec_dup_text (_ ("Probably reordered: frame %1$u had gone past these bytes only %2$s earlier. It may as "
                            "well be a retransmission: nothing in it tells."),
                         verdict->of, later);
  return lec_dup_text (_ ("Reordered: frame %1$u was sent later and overtook it on the way here, by %2$s. Nothing "
                          "was lost, and nothing was sent twice."),
                       verdict->of, later);
}

/* Two records of one packet, of which it is not known yet whose doing that is. */
static char *
dup_pending_copy (const LecVerdict *verdict, const char *later)
{
  return lec_dup_text (_ ("The packet of frame %1$u once more, %2$s later. Whether the network or the recording made "
                          "the copy is not known yet."),
                       LEC_GET (verdict->of), later);
}

char *
lec_sentence_network_duplicate (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *later = lec_dup_duration (LEC_GET (verdict->span_ns));
  LecConfidence confidence = LEC_GET (verdict->confidence);

  if (confidence == LEC_CONFIDENCE_PENDING)
    return dup_pending_copy (verdict, later);
  if (confidence == LEC_CONFIDENCE_CERTAIN)
    return lec_dup_text (_ ("Duplicated in the network: the packet of frame %1$u once more, %2$s later. The sender "
                            "sent it only once."),
                         LEC_GET (verdict->of), later);
  return lec_dup_text (_ ("Probably duplicated in the network: the same as frame %1$u once more, only %2$s later. No "
                          "sender repeats itself so soon."),
                       LEC_GET (verdict->of), later);
}

char *
lec_sentence_capture_duplicate (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *later = lec_dup_duration (LEC_GET (verdict->span_ns));

  if (LEC_GET (verdict->confidence) == LEC_CONFIDENCE_PENDING)
    return dup_pending_copy (verdict, later);
  return lec_dup_text (_ ("Captured twice: the packet of frame %1$u once more, %2$s later. It says nothing of the "
                          "connection."),
                       LEC_GET (verdict->of), later);
}

char *
lec_sentence_checksum_wrong (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("Checksum wrong: the segment was damaged on its way here, and %1$s drops it without a "
                          "word. Frame %2$u brings the same bytes again."),
                       lec_side_label (!verdict->side), LEC_GET (verdict->of));
}

static char *
dup_missing (const LecVerdict *verdict)
{
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u byte before this segment is missing here",
                                    "%'u bytes before this segment are missing here", verdict->count),
                       verdict->count);
}

char *
lec_sentence_segment_lost (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *missing = dup_missing (verdict);
  g_autofree char *later = lec_dup_duration (verdict->span_ns);

  if (verdict->of)
    /* Translators: the first %s is "1,448 bytes before this segment are missing here". */
    return lec_dup_text (
        _ ("%1$s: lost between the sender and this capture point. Frame %2$u brings what is missing, %3$s later."),
        missing, verdict->of, later);
  if (LEC_GET (verdict->confidence) == LEC_CONFIDENCE_UNCLEAR)
    return lec_dup_text (_ ("%s, and nothing brings that. Whether it was lost before here or the capture missed it is "
                            "unclear: nobody asks for it and nobody acknowledges it."),
                         missing);
  return lec_dup_text (_ ("%s: lost between the sender and this capture point. The receiver asks for that, "
                          "and nothing in this trace brings it."),
                       missing);
}

char *
lec_sentence_segment_uncaptured (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *missing = dup_missing (verdict);

  if (!verdict->of)
    return lec_dup_text (_ ("%s, but the receiver has that: the capture missed it, the network lost nothing."),
                         missing);
  return lec_dup_text (_ ("%1$s, but frame %2$u acknowledges that: the capture missed it, the network lost nothing."),
                       missing, verdict->of);
}
