#include "analysis/verdict-text.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"

static char *
dup_endpoint_of (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t conversation = lec_index_conversation_of (index, verdict->frame);

  return conversation == G_MAXUINT32 ? g_strdup ("?")
                                     : lec_conversation_dup_endpoint (index, conversation, !verdict->side);
}

static char *
retransmission_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *later = lec_dup_duration (verdict->span_ns);

  if (verdict->count == 0)
    return g_strdup_printf (_ ("Retransmission of frame %u: the same segment again, %s later."), verdict->first, later);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Retransmission of frame %u: the same %u byte again, %s later.",
                                       "Retransmission of frame %u: the same %u bytes again, %s later.",
                                       verdict->count),
                          verdict->first, verdict->count, later);
}

static char *
no_answer_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *endpoint = dup_endpoint_of (index, verdict);
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  if (verdict->count <= 1)
    return g_strdup_printf (_ ("No answer: no ACK was received for this SYN. %s stayed silent to the end of the trace; "
                               "a firewall may have dropped the segment, or nothing is at that address."),
                            endpoint);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
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

  return g_strdup_printf (_ ("Refused: %s answers the SYN of frame %u with a reset after %s. The host is there, but no "
                             "program listens at that port (RFC 9293 §3.10.7.1)."),
                          lec_side_label (verdict->side), verdict->of, later);
}

static char *
reset_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  if (verdict->after_close)
    return g_strdup_printf (_ ("Reset by %s after both sides had closed: it no longer knows the connection."),
                            lec_side_label (verdict->side));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Reset: %s aborted the connection after %u frame.",
                                       "Reset: %s aborted the connection after %u frames.", verdict->count),
                          lec_side_label (verdict->side), verdict->count);
}

static char *
unanswered_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  if (verdict->of)
    return g_strdup_printf (_ ("No response: the connection was closed in frame %u, %s later, and this request had not "
                               "been answered."),
                            verdict->of, span);
  return g_strdup_printf (_ ("No response: nothing came back for this request in the %s to the end of the trace."),
                          span);
}

char *
lec_verdict_dup_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  static char *(*const sentences[LEC_N_VERDICTS]) (const LecIndex *, const LecVerdict *) = {
    [LEC_VERDICT_RETRANSMISSION] = retransmission_sentence,
    [LEC_VERDICT_NO_ANSWER] = no_answer_sentence,
    [LEC_VERDICT_REFUSED] = refused_sentence,
    [LEC_VERDICT_RESET] = reset_sentence,
    [LEC_VERDICT_UNANSWERED] = unanswered_sentence,
  };
  return sentences[verdict->kind] ? sentences[verdict->kind](index, verdict)
                                  : g_strdup (lec_verdict_kind_label (verdict->kind));
}

static char *
dup_no_answer (uint32_t n_syns, int64_t span_ns)
{
  g_autofree char *span = lec_dup_duration (span_ns);

  if (n_syns <= 1)
    return g_strdup (_ ("no answer"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "no answer to %u SYN over %s, gave up",
                                       "no answer to %u SYNs over %s, gave up", n_syns),
                          n_syns, span);
}

char *
lec_verdict_dup_clause (const LecIndex *index, const LecVerdict *verdict)
{
  switch ((LecVerdictKind) verdict->kind) {
  case LEC_VERDICT_RETRANSMISSION:
    return g_strdup_printf (_ ("retransmission of %u"), verdict->first);
  case LEC_VERDICT_NO_ANSWER:
    return dup_no_answer (verdict->count, verdict->span_ns);
  case LEC_VERDICT_REFUSED:
    return g_strdup_printf (_ ("refused by %s"), lec_side_label (verdict->side));
  case LEC_VERDICT_RESET:
    return verdict->after_close ? g_strdup_printf (_ ("reset by %s after the close"), lec_side_label (verdict->side))
                                : g_strdup_printf (_ ("aborted by %s"), lec_side_label (verdict->side));
  case LEC_VERDICT_UNANSWERED:
    return g_strdup (_ ("no response"));
  default:
    return g_strdup (lec_verdict_kind_label (verdict->kind));
  }
}
