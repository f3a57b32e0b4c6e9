/* Reasons for verdicts about gaps, acknowledgments, windows and attempts. */
#include "analysis/verdict-reasons.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/verdict-words.h"
#include "base/publish.h"
#include "base/text.h"

/* The duplicate acknowledgment with which a sender takes the segment for lost (RFC 5681 §3.2). */
#define TELLING_DUPLICATE 3

static char *
dup_since (const LecCase *about, uint32_t frame)
{
  return lec_dup_duration (lec_words_span_ns (about->index, frame, about->verdict->frame));
}

static gboolean
has_of (const LecCase *about)
{
  return lec_case_of (about) != 0;
}

static gboolean
has_proof (const LecCase *about)
{
  return lec_case_proof (about) != 0;
}

/* Gaps. */

static char *
gap (const LecCase *about)
{
  const LecVerdict *verdict = about->verdict;
  uint32_t byte;

  if (!lec_words_byte (about->index, verdict, &byte))
    return lec_dup_text (
        g_dngettext (GETTEXT_PACKAGE, "Its sequence number is %'u byte further on than what came before.",
                     "Its sequence number is %'u bytes further on than what came before.", verdict->count),
        verdict->count);
  return lec_dup_text (_ ("Of what %1$s sends, byte %2$'u was expected next, and this segment begins with byte "
                          "%3$'u."),
                       lec_side_label (verdict->side), byte, byte + verdict->count);
}

static char *
gap_filled (const LecCase *about)
{
  uint32_t of = lec_case_of (about);
  g_autofree char *later = lec_dup_duration (lec_words_span_ns (about->index, about->verdict->frame, of));

  return lec_dup_text (
      _ ("Frame %1$u brings it %2$s later, sent again: so the network had lost it before it came here."), of, later);
}

static gboolean
is_gap_left (const LecCase *about)
{
  return !has_of (about);
}

static gboolean
is_asked_for (const LecCase *about)
{
  return about->verdict->n_duplicate_acks > 0;
}

static char *
gap_asked (const LecCase *about)
{
  unsigned n = about->verdict->n_duplicate_acks;

  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "The receiver asked for it once: it did not have it either.",
                                    "The receiver asked for it %'u times: it did not have it either.", n),
                       n);
}

static gboolean
is_unclear (const LecCase *about)
{
  return LEC_GET (about->verdict->confidence) == LEC_CONFIDENCE_UNCLEAR;
}

static char *
gap_acknowledged (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u acknowledges it: the receiver has it, so it passed here or took another way."),
                       lec_case_of (about));
}

static char *
unseen_acknowledged (const LecCase *about)
{
  const LecVerdict *verdict = about->verdict;
  uint32_t byte;

  if (!lec_words_byte (about->index, verdict, &byte))
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "Of what it acknowledges, %'u byte never came by here.",
                                      "Of what it acknowledges, %'u bytes never came by here.", verdict->count),
                         verdict->count);
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "It acknowledges all before byte %1$'u, and %2$'u byte of that never came by here.",
                                    "It acknowledges all before byte %1$'u, and %2$'u bytes of that never came by "
                                    "here.",
                                    verdict->count),
                       byte, verdict->count);
}

/* Acknowledgments. */

static char *
same_before (const LecCase *about)
{
  uint32_t of = lec_case_of (about);
  g_autofree char *since = dup_since (about, of);

  return lec_dup_text (_ ("Frame %1$u acknowledged just as much, %2$s before."), of, since);
}

static gboolean
is_telling (const LecCase *about)
{
  return about->verdict->count == TELLING_DUPLICATE;
}

static char *
keep_alive_asked (const LecCase *about)
{
  uint32_t of = lec_case_of (about);
  g_autofree char *since = dup_since (about, of);

  return lec_dup_text (_ ("Frame %1$u asked, %2$s before."), of, since);
}

static gboolean
is_silence_known (const LecCase *about)
{
  return LEC_GET (about->verdict->span_ns) != 0;
}

static char *
keep_alive_silence (const LecCase *about)
{
  g_autofree char *span = lec_dup_duration (LEC_GET (about->verdict->span_ns));

  return lec_dup_text (_ ("Its sender had sent nothing for %s, and all it had sent was acknowledged."), span);
}

/* Windows. */

static char *
window_opened (const LecCase *about)
{
  g_autofree char *span = lec_dup_duration (LEC_GET (about->verdict->span_ns));

  return lec_dup_text (_ ("Frame %1$u tells of room again, %2$s later."), lec_case_proof (about), span);
}

static gboolean
is_shut_for_good (const LecCase *about)
{
  return !has_proof (about) && lec_words_final (about->index);
}

static char *
window_shut (const LecCase *about)
{
  uint32_t of = lec_case_of (about);
  g_autofree char *since = dup_since (about, of);

  return lec_dup_text (_ ("Frame %1$u had shut the window, %2$s before."), of, since);
}

static char *
window_now (const LecCase *about)
{
  uint32_t bytes;

  if (!about->verdict->count)
    return g_strdup (_ ("The window that it tells is 0, still."));
  if (!lec_words_window (about->index, about->verdict, about->verdict->count, &bytes))
    return lec_dup_text (_ ("The window that it tells is %'u, times a scale that the handshake told, which is not in "
                            "the trace (RFC 7323 §2)."),
                         about->verdict->count);
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "The window that it tells is %'u byte.",
                                    "The window that it tells is %'u bytes.", bytes),
                       bytes);
}

static gboolean
was_shut (const LecCase *about)
{
  return has_of (about) && LEC_GET (about->verdict->span_ns) != 0;
}

static gboolean
was_full (const LecCase *about)
{
  return has_of (about) && !was_shut (about);
}

static char *
window_told (const LecCase *about)
{
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "Frame %1$u told a window of %2$'u byte.",
                                    "Frame %1$u told a window of %2$'u bytes.", about->verdict->count),
                       lec_case_of (about), about->verdict->count);
}

static char *
window_told_less (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u had told a smaller one, and the sender had used it up."), lec_case_of (about));
}

/* Connections. */

static char *
nothing_came_back (const LecCase *about)
{
  g_autofree char *endpoint = lec_words_dup_other_endpoint (about->index, about->verdict);

  return lec_dup_text (_ ("Up to the end of the trace neither a SYN-ACK nor a reset came from %s."), endpoint);
}

static char *
asked_to_connect (const LecCase *about)
{
  uint32_t of = lec_case_of (about);
  g_autofree char *since = dup_since (about, of);

  return lec_dup_text (_ ("Frame %1$u asked for the connection, %2$s before."), of, since);
}

static char *
closed_unanswered (const LecCase *about)
{
  uint32_t of = lec_case_of (about);
  g_autofree char *later = lec_dup_duration (lec_words_span_ns (about->index, about->verdict->frame, of));

  return lec_dup_text (_ ("Frame %1$u ended the connection %2$s later: no response can come any more."), of, later);
}

static gboolean
is_waiting (const LecCase *about)
{
  return !has_of (about);
}

static char *
checksums (const LecCase *about)
{
  uint32_t sums = about->verdict->count;

  return lec_dup_text (_ ("Its checksum is 0x%1$04x, and that of its bytes is 0x%2$04x (RFC 9293 §3.1)."), sums >> 16,
                       sums & 0xffff);
}

static char *
right_repeat (const LecCase *about)
{
  return lec_dup_text (
      _ ("Frame %u has a right one: so it is not that the capturing machine's network card was still to fill it in."),
      lec_case_of (about));
}

#define BIT(kind) LEC_KIND_BIT (LEC_VERDICT_##kind)

const LecReasonRule lec_flow_reasons[] = {
  { BIT (SEGMENT_LOST) | BIT (SEGMENT_UNCAPTURED), 0, NULL, NULL, gap },
  { BIT (SEGMENT_LOST), 0, is_asked_for, NULL, gap_asked },
  { BIT (SEGMENT_LOST), 0, has_of, lec_case_of, gap_filled },
  { BIT (SEGMENT_LOST), 0, is_gap_left, NULL, NULL, N_ ("Up to the end of the trace nothing brings it.") },
  { BIT (SEGMENT_LOST), 0, is_unclear, NULL, NULL,
    N_ ("Nobody asks for it, and nobody acknowledges it: what the network lost and what the capture missed look "
        "the "
        "same then.") },
  { BIT (SEGMENT_UNCAPTURED), 0, has_of, lec_case_of, gap_acknowledged },
  { BIT (ACK_OF_UNSEEN), 0, NULL, NULL, unseen_acknowledged },
  { BIT (ACK_OF_UNSEEN) | BIT (SEGMENT_UNCAPTURED), 0, NULL, NULL, NULL,
    N_ ("A busy capture misses frames: where that happens often, what is counted as lost elsewhere is doubtful, "
        "too.") },
  { BIT (DUPLICATE_ACK), 0, has_of, lec_case_of, same_before },
  { BIT (DUPLICATE_ACK), 0, NULL, NULL, NULL,
    N_ ("It brings no data and nothing new: a receiver sends it at once when a segment comes out of order (RFC 5681 "
        "§4.2).") },
  { BIT (DUPLICATE_ACK), 0, is_telling, NULL, NULL,
    N_ ("The third one is where a sender stops waiting and sends the segment again (RFC 5681 §3.2).") },
  { BIT (KEEP_ALIVE), 0, is_silence_known, NULL, keep_alive_silence },
  { BIT (KEEP_ALIVE) | BIT (ZERO_WINDOW_PROBE), 0, NULL, NULL, NULL,
    N_ ("It stands where the receiver must answer: at a byte that the receiver has, or has no room for.") },
  { BIT (KEEP_ALIVE_ANSWER), 0, has_of, lec_case_of, keep_alive_asked },
  { BIT (KEEP_ALIVE_ANSWER), 0, NULL, NULL, NULL,
    N_ ("It repeats what was acknowledged already: all that a keep-alive asks for (RFC 9293 §3.8.4).") },
  { BIT (ZERO_WINDOW), 0, NULL, NULL, NULL, N_ ("The window in its header is 0 (RFC 9293 §3.8.6).") },
  { BIT (ZERO_WINDOW), 0, has_proof, lec_case_proof, window_opened },
  { BIT (ZERO_WINDOW), 0, is_shut_for_good, NULL, NULL, N_ ("Up to the end of the trace no other one is told.") },
  { BIT (ZERO_WINDOW_PROBE), 0, has_of, lec_case_of, window_shut },
  { BIT (ZERO_WINDOW_PROBE_ANSWER), 0, has_of, lec_case_of, keep_alive_asked },
  { BIT (ZERO_WINDOW_PROBE_ANSWER) | BIT (WINDOW_UPDATE), 0, NULL, NULL, window_now },
  { BIT (WINDOW_UPDATE), 0, was_shut, lec_case_of, window_shut },
  { BIT (WINDOW_UPDATE), 0, was_full, lec_case_of, window_told_less },
  { BIT (WINDOW_FULL), 0, has_of, lec_case_of, window_told },
  { BIT (WINDOW_FULL), 0, NULL, NULL, NULL,
    N_ ("With this segment as many bytes are on their way and not acknowledged.") },
  { BIT (CHECKSUM_WRONG), 0, NULL, NULL, checksums },
  { BIT (CHECKSUM_WRONG), 0, has_of, lec_case_of, right_repeat },
  { BIT (NO_ANSWER), 0, NULL, NULL, nothing_came_back },
  { BIT (NO_ANSWER), 0, NULL, NULL, NULL,
    N_ ("A closed port would have answered with a reset: silence speaks for a firewall, an address that nobody has, or "
        "a "
        "path that loses everything.") },
  { BIT (REFUSED), 0, has_of, lec_case_of, asked_to_connect },
  { BIT (REFUSED), 0, NULL, NULL, NULL,
    N_ ("A reset that acknowledges a SYN says that nothing listens at that port (RFC 9293 §3.5.2).") },
  { BIT (UNANSWERED), 0, has_of, lec_case_of, closed_unanswered },
  { BIT (UNANSWERED), 0, is_waiting, NULL, NULL, N_ ("Up to the end of the trace no response to it came.") },
};
const unsigned lec_n_flow_reasons = G_N_ELEMENTS (lec_flow_reasons);
