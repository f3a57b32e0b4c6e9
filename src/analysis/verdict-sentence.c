/* One sentence a verdict: of attempts, acknowledgments and windows here, of segments in
 * segment-sentence.c, of how connections begin and end in connection-sentence.c. */
#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/verdict-sentences.h"
#include "analysis/verdict-words.h"
#include "base/publish.h"
#include "base/text.h"

/* The duplicate acknowledgment with which a sender takes the segment for lost (RFC 5681 §3.2). */
#define TELLING_DUPLICATE 3

/* Connections. */

static char *
no_answer_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *endpoint = lec_words_dup_other_endpoint (index, verdict);
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  if (verdict->count <= 1)
    return lec_dup_text (_ ("No answer: no ACK was received for this SYN. %s stayed silent to the end of the trace; "
                            "a firewall may have dropped the segment, or nothing is at that address."),
                         endpoint);
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "No answer: no ACK was received for this SYN. It was sent %u time over %s and %s "
                                    "stayed silent: a firewall may drop it, or nothing is at that address.",
                                    "No answer: no ACK was received for this SYN. It was sent %u times over %s and "
                                    "%s stayed silent: a firewall may drop it, or nothing is at that address.",
                                    verdict->count),
                       verdict->count, span, endpoint);
}

static char *
refused_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *later = lec_dup_duration (verdict->span_ns);

  return lec_dup_text (_ ("Refused: %s answers the SYN of frame %u with a reset after %s. The host is there, but no "
                          "program listens at that port (RFC 9293 §3.10.7.1)."),
                       lec_side_label (verdict->side), verdict->of, later);
}

static char *
unanswered_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  if (LEC_GET (verdict->confidence) == LEC_CONFIDENCE_UNCLEAR)
    return lec_dup_text (_ ("No response in this trace, nor anything else that %s sends: it was not captured, or took "
                            "another way. Whether a response came is unclear."),
                         lec_side_label (!verdict->side));
  if (verdict->of)
    return lec_dup_text (_ ("No response: the connection was closed in frame %u, %s later, and this request had not "
                            "been answered."),
                         verdict->of, span);
  return lec_dup_text (_ ("No response: nothing came back for this request in the %s to the end of the trace."), span);
}

/* Acknowledgments. */

static char *
ack_of_unseen_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "Acknowledges %'u byte that is not in this trace: the capture missed it, or it "
                                    "took another way.",
                                    "Acknowledges %'u bytes that are not in this trace: the capture missed them, or "
                                    "they took another way.",
                                    verdict->count),
                       verdict->count);
}

static char *
duplicate_ack_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *asks = NULL;
  uint32_t byte;

  if (lec_words_byte (index, verdict, &byte))
    asks = lec_dup_text (_ ("Duplicate ACK number %1$'u: like frame %2$u it asks for byte %3$'u."), verdict->count,
                         verdict->of, byte);
  else
    asks =
        lec_dup_text (_ ("Duplicate ACK number %1$'u: it says the same as frame %2$u."), verdict->count, verdict->of);
  if (verdict->count < TELLING_DUPLICATE)
    return lec_dup_text (_ ("%s Something came, but not what the receiver waits for: that is late or lost."), asks);
  if (verdict->count == TELLING_DUPLICATE)
    return lec_dup_text (_ ("%s With the third one the sender takes what is missing for lost and sends it again."),
                         asks);
  return lec_dup_text (_ ("%s Each of them tells that one more segment came while that one is missing."), asks);
}

static char *
keep_alive_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  if (verdict->span_ns == 0)
    return lec_dup_text (_ ("Keep-alive: with nothing new to say, %s asks whether the other side is still there."),
                         lec_side_label (verdict->side));
  return lec_dup_text (_ ("Keep-alive: after %1$s of silence %2$s asks whether the other side is still there. It "
                          "brings nothing new."),
                       span, lec_side_label (verdict->side));
}

static char *
keep_alive_answer_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  return lec_dup_text (_ ("Answer to the keep-alive of frame %1$u, after %2$s: %3$s is still there."), verdict->of,
                       span, lec_side_label (verdict->side));
}

/* Windows. */

static char *
zero_window_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  int64_t span_ns = LEC_GET (verdict->span_ns);
  uint32_t opened = LEC_GET (verdict->proof);
  g_autofree char *span = lec_dup_duration (span_ns);
  g_autofree char *shut = lec_dup_text (
      _ ("Zero window: %s has no room left, because its program does not read, and the other side has to wait."),
      lec_side_label (verdict->side));

  if (opened)
    return lec_dup_text (_ ("%1$s That took %2$s, up to frame %3$u."), shut, span, opened);
  if (!lec_words_final (index))
    return g_steal_pointer (&shut);
  return lec_dup_text (_ ("%s In this trace the window does not open again."), shut);
}

static char *
zero_window_probe_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  if (!verdict->of)
    return lec_dup_text (_ ("Zero-window probe: %s asks whether the other side has room again."),
                         lec_side_label (verdict->side));
  return lec_dup_text (_ ("Zero-window probe: after %1$s of waiting %2$s asks whether the window that frame %3$u shut "
                          "is open again."),
                       span, lec_side_label (verdict->side), verdict->of);
}

static char *
zero_window_probe_answer_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t bytes;

  if (verdict->count == 0)
    return lec_dup_text (_ ("Answer to the zero-window probe of frame %1$u: %2$s still has no room."), verdict->of,
                         lec_side_label (verdict->side));
  if (!lec_words_window (index, verdict, verdict->count, &bytes))
    return lec_dup_text (_ ("Answer to the zero-window probe of frame %1$u: %2$s has room again."), verdict->of,
                         lec_side_label (verdict->side));
  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE,
                   "Answer to the zero-window probe of frame %1$u: %2$s has room for %3$'u byte again.",
                   "Answer to the zero-window probe of frame %1$u: %2$s has room for %3$'u bytes again.", bytes),
      verdict->of, lec_side_label (verdict->side), bytes);
}

static char *
window_full_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE,
                   "Window full: with this segment %1$s has sent all that fits into the %2$'u byte that frame %3$u "
                   "offered, and has to wait for more room.",
                   "Window full: with this segment %1$s has sent all that fits into the %2$'u bytes that frame %3$u "
                   "offered, and has to wait for more room.",
                   verdict->count),
      lec_side_label (verdict->side), verdict->count, verdict->of);
}

static char *
window_update_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *room = NULL;
  g_autofree char *span = lec_dup_duration (verdict->span_ns);
  uint32_t bytes;

  if (lec_words_window (index, verdict, verdict->count, &bytes))
    room = lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "Window update: %1$s has room for %2$'u byte now.",
                                      "Window update: %1$s has room for %2$'u bytes now.", bytes),
                         lec_side_label (verdict->side), bytes);
  else
    room = lec_dup_text (_ ("Window update: %s has room again; how much is unclear, because the handshake that "
                            "tells the window's scale is not in the trace."),
                         lec_side_label (verdict->side));
  if (verdict->span_ns)
    return lec_dup_text (_ ("%1$s Its window had been shut for %2$s, since frame %3$u."), room, span, verdict->of);
  return lec_dup_text (_ ("%s The sender had used up what it was offered before."), room);
}

char *
lec_verdict_dup_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  static char *(*const sentences[LEC_N_VERDICTS]) (const LecIndex *, const LecVerdict *) = {
    [LEC_VERDICT_RETRANSMISSION] = lec_sentence_retransmission,
    [LEC_VERDICT_NO_ANSWER] = no_answer_sentence,
    [LEC_VERDICT_REFUSED] = refused_sentence,
    [LEC_VERDICT_RESET] = lec_sentence_reset,
    [LEC_VERDICT_UNANSWERED] = unanswered_sentence,
    [LEC_VERDICT_REORDERED] = lec_sentence_reordered,
    [LEC_VERDICT_NETWORK_DUPLICATE] = lec_sentence_network_duplicate,
    [LEC_VERDICT_CAPTURE_DUPLICATE] = lec_sentence_capture_duplicate,
    [LEC_VERDICT_SEGMENT_LOST] = lec_sentence_segment_lost,
    [LEC_VERDICT_SEGMENT_UNCAPTURED] = lec_sentence_segment_uncaptured,
    [LEC_VERDICT_ACK_OF_UNSEEN] = ack_of_unseen_sentence,
    [LEC_VERDICT_DUPLICATE_ACK] = duplicate_ack_sentence,
    [LEC_VERDICT_KEEP_ALIVE] = keep_alive_sentence,
    [LEC_VERDICT_KEEP_ALIVE_ANSWER] = keep_alive_answer_sentence,
    [LEC_VERDICT_ZERO_WINDOW] = zero_window_sentence,
    [LEC_VERDICT_ZERO_WINDOW_PROBE] = zero_window_probe_sentence,
    [LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER] = zero_window_probe_answer_sentence,
    [LEC_VERDICT_WINDOW_FULL] = window_full_sentence,
    [LEC_VERDICT_WINDOW_UPDATE] = window_update_sentence,
    [LEC_VERDICT_PORT_REUSED] = lec_sentence_port_reused,
    [LEC_VERDICT_HANDSHAKE_MISSING] = lec_sentence_handshake_missing,
    [LEC_VERDICT_HANDSHAKE_INCOMPLETE] = lec_sentence_handshake_incomplete,
    [LEC_VERDICT_SIMULTANEOUS_OPEN] = lec_sentence_simultaneous_open,
    [LEC_VERDICT_SIMULTANEOUS_CLOSE] = lec_sentence_simultaneous_close,
    [LEC_VERDICT_HALF_CLOSED] = lec_sentence_half_closed,
    [LEC_VERDICT_CONGESTION_EXPERIENCED] = lec_sentence_congestion_experienced,
    [LEC_VERDICT_CONGESTION_ECHO] = lec_sentence_congestion_echo,
    [LEC_VERDICT_WINDOW_REDUCED] = lec_sentence_window_reduced,
    [LEC_VERDICT_NO_WINDOW_SCALING] = lec_sentence_no_window_scaling,
    [LEC_VERDICT_MSS_MISSING] = lec_sentence_mss_missing,
    [LEC_VERDICT_OLD_TIMESTAMP] = lec_sentence_old_timestamp,
    [LEC_VERDICT_CHECKSUM_WRONG] = lec_sentence_checksum_wrong,
  };

  return sentences[verdict->kind] ? sentences[verdict->kind](index, verdict)
                                  : g_strdup (lec_verdict_kind_explanation (verdict->kind));
}
