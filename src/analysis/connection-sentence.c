/* Sentences on how connections begin and end. */
#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/verdict-sentences.h"
#include "base/publish.h"
#include "base/text.h"

static char *
dup_suspicion (const LecVerdict *verdict)
{
  const char *sender = lec_side_label (verdict->side), *receiver = lec_side_label (!verdict->side);

  if (LEC_GET (verdict->evidence) & LEC_EVIDENCE_OUT_OF_WINDOW)
    return lec_dup_text (_ ("Suspicious reset: its number is none that %s takes, so it ends nothing. Perhaps %s has "
                            "not sent it (RFC 5961 §3.2)."),
                         receiver, sender);
  return lec_dup_text (_ ("Suspicious reset: it came from another distance than all else that %s sends. Perhaps a "
                          "device in between has sent it."),
                       sender);
}

static char *
dup_half_open (const LecVerdict *verdict)
{
  const char *sender = lec_side_label (verdict->side);
  uint32_t of = LEC_GET (verdict->of);

  if (of)
    return lec_dup_text (_ ("Reset: %s knows nothing of this connection, and says so in answer to frame %u. It was "
                            "started anew, or has given the connection up (RFC 9293 §3.5.1)."),
                         sender, of);
  return lec_dup_text (_ ("Reset: %s knows nothing of this connection, and says so in answer to a segment. It was "
                          "started anew, or has given the connection up (RFC 9293 §3.5.1)."),
                       sender);
}

char *
lec_sentence_reset (const LecIndex *index, const LecVerdict *verdict)
{
  const char *sender = lec_side_label (verdict->side);

  switch ((LecResetReason) verdict->reason) {
  case LEC_RESET_HALF_OPEN:
    return dup_half_open (verdict);
  case LEC_RESET_AFTER_CLOSE:
    return lec_dup_text (_ ("Reset by %s after it had closed: it has no use for what still comes."), sender);
  case LEC_RESET_SUSPICIOUS:
    return dup_suspicion (verdict);
  case LEC_RESET_ABORTED:
  case LEC_RESET_REFUSED:
    break;
  }
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "Reset: %1$s aborted the connection after %2$'u frame.",
                                    "Reset: %1$s aborted the connection after %2$'u frames.", verdict->count),
                       sender, verdict->count);
}

char *
lec_sentence_port_reused (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *later = lec_dup_duration (LEC_GET (verdict->span_ns));

  return lec_dup_text (_ ("Port reused: a new connection with the addresses and ports of the one that ended with "
                          "frame %u, %s before."),
                       LEC_GET (verdict->of), later);
}

char *
lec_sentence_handshake_missing (const LecIndex *index, const LecVerdict *verdict)
{
  return g_strdup (_ ("Handshake missing: the connection is older than the capture. How windows are scaled and where "
                      "its numbers begin is not known."));
}

char *
lec_sentence_handshake_incomplete (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (LEC_GET (verdict->span_ns));
  uint32_t of = LEC_GET (verdict->of);

  if (of)
    return lec_dup_text (_ ("Handshake incomplete: %s answers this SYN-ACK with the reset of frame %u and not with "
                            "the last ACK, as port scanners do."),
                         lec_side_label (!verdict->side), of);
  if (verdict->count <= 1)
    return g_strdup (_ ("Handshake incomplete: the last ACK, which answers this SYN-ACK, did not come."));
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "Handshake incomplete: this SYN-ACK was sent %u time over %s, and the last ACK "
                                    "did not come.",
                                    "Handshake incomplete: this SYN-ACK was sent %u times over %s, and the last ACK "
                                    "did not come.",
                                    verdict->count),
                       verdict->count, span);
}

char *
lec_sentence_simultaneous_open (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("Simultaneous open: this SYN and that of frame %u crossed on their way. Both sides open "
                          "the same connection (RFC 9293 §3.5)."),
                       LEC_GET (verdict->of));
}

char *
lec_sentence_simultaneous_close (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("Simultaneous close: this FIN and that of frame %u crossed on their way. Neither side had "
                          "heard that the other closes (RFC 9293 §3.6)."),
                       LEC_GET (verdict->of));
}

char *
lec_sentence_half_closed (const LecIndex *index, const LecVerdict *verdict)
{
  const char *side = lec_side_label (verdict->side), *other = lec_side_label (!verdict->side);
  g_autofree char *span = lec_dup_duration (LEC_GET (verdict->span_ns));
  uint32_t of = LEC_GET (verdict->of);

  if (of)
    return lec_dup_text (_ ("Half-closed: %s has no more to send, and takes what %s goes on to send, from frame %u "
                            "on (RFC 9293 §3.6)."),
                         side, other, of);
  return lec_dup_text (_ ("Half-closed: %s has no more to send and waits for %s to close, in vain for %s to the end "
                          "of the trace."),
                       side, other, span);
}
