#include "analysis/verdict-text.h"

#include <arpa/inet.h>
#include <glib/gi18n-lib.h>

#include "base/publish.h"

static const struct {
  const char *name;
  const char *label;
  uint8_t weight; /* how bad it is beside others */
} kinds[LEC_N_VERDICTS] = {
  [LEC_VERDICT_RETRANSMISSION] = { "retransmission", N_ ("Retransmission"), 50 },
  [LEC_VERDICT_NO_ANSWER] = { "no-answer", N_ ("No answer"), 80 },
  [LEC_VERDICT_REFUSED] = { "refused", N_ ("Refused"), 85 },
  [LEC_VERDICT_RESET] = { "reset", N_ ("Reset"), 90 },
  [LEC_VERDICT_REORDERED] = { "reordered", N_ ("Reordered"), 40 },
  [LEC_VERDICT_NETWORK_DUPLICATE] = { "network-duplicate", N_ ("Duplicated in the network"), 35 },
  [LEC_VERDICT_CAPTURE_DUPLICATE] = { "capture-duplicate", N_ ("Captured twice"), 30 },
  [LEC_VERDICT_SEGMENT_LOST] = { "segment-lost-before", N_ ("Segment lost before here"), 45 },
  [LEC_VERDICT_SEGMENT_UNCAPTURED] = { "segment-not-captured", N_ ("Segment not captured"), 38 },
  [LEC_VERDICT_ACK_OF_UNSEEN] = { "ack-of-unseen", N_ ("ACK of something never seen"), 37 },
  [LEC_VERDICT_DUPLICATE_ACK] = { "duplicate-ack", N_ ("Duplicate ACK"), 20 },
  [LEC_VERDICT_KEEP_ALIVE] = { "keep-alive", N_ ("Keep-alive"), 5 },
  [LEC_VERDICT_KEEP_ALIVE_ANSWER] = { "keep-alive-answer", N_ ("Answer to a keep-alive"), 4 },
  [LEC_VERDICT_ZERO_WINDOW] = { "zero-window", N_ ("Zero window"), 60 },
  [LEC_VERDICT_ZERO_WINDOW_PROBE] = { "zero-window-probe", N_ ("Zero-window probe"), 22 },
  [LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER] = { "zero-window-probe-answer", N_ ("Answer to a zero-window probe"), 21 },
  [LEC_VERDICT_WINDOW_FULL] = { "window-full", N_ ("Window full"), 25 },
  [LEC_VERDICT_WINDOW_UPDATE] = { "window-update", N_ ("Window update"), 3 },
};

const char *
lec_verdict_kind_name (LecVerdictKind kind)
{
  return kinds[kind].name;
}

const char *
lec_verdict_kind_label (LecVerdictKind kind)
{
  return _ (kinds[kind].label);
}

unsigned
lec_verdict_kind_weight (LecVerdictKind kind)
{
  return kinds[kind].weight;
}

const char *
lec_confidence_name (LecConfidence confidence)
{
  static const char *const names[] = { "certain", "likely", "unclear" };
  return names[confidence];
}

const char *
lec_cause_name (LecCause cause)
{
  static const char *const names[] = { "unknown", "fast", "fast", "probe", "timeout", "syn", "syn-ack" };
  return names[cause];
}

const char *
lec_evidence_name (LecEvidence evidence)
{
  static const char *const names[] = {
    "seen-before",       "fills-hole",      "ip-id-earlier", "ip-id-same",       "ip-id-later",  "timestamp-earlier",
    "timestamp-same",    "timestamp-later", "identical",     "duplicate-acks",   "sacked-above", "sacked",
    "acknowledged",      "too-soon",        "silence",       "timeout-recovery", "tail",         "duplicate-reported",
    "answered-too-soon", "echo-of-earlier", "other-hops",    "ip-id-other",
  };
  return evidence ? names[g_bit_nth_lsf (evidence, -1)] : NULL;
}

const char *
lec_handshake_name (LecHandshake handshake)
{
  static const char *const names[] = { "missing",    "pending",    "complete",   "refused",
                                       "unanswered", "incomplete", "trace-ended" };
  return names[handshake];
}

void
lec_append_duration (GString *text, int64_t span)
{
  double ms = (double) span / 1e6;
  double size = ms < 0 ? -ms : ms;

  if (size < 10)
    /* Translators: milliseconds. */
    g_string_append_printf (text, _ ("%.1f ms"), ms);
  else if (size < 1000)
    g_string_append_printf (text, _ ("%.0f ms"), ms);
  else
    /* Translators: seconds. */
    g_string_append_printf (text, _ ("%.1f s"), ms / 1000);
}

static char *
dup_duration (int64_t span_ns)
{
  GString *text = g_string_new (NULL);

  lec_append_duration (text, span_ns);
  return g_string_free (text, FALSE);
}

/* Side 0 opened the conversation; where the opening was not captured that is a guess by ports, and still the best word.
 */
static const char *
by_side (unsigned side)
{
  return side == 0 ? _ ("the client") : _ ("the server");
}

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
  g_autofree char *later = dup_duration (verdict->span_ns);

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
  g_autofree char *span = dup_duration (verdict->span_ns);

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
  g_autofree char *later = dup_duration (verdict->span_ns);

  return g_strdup_printf (_ ("Refused: %s answers the SYN of frame %u with a reset after %s. The host is there, but no "
                             "program listens at that port (RFC 9293 §3.10.7.1)."),
                          by_side (verdict->side), verdict->of, later);
}

static char *
reset_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  if (verdict->after_close)
    return g_strdup_printf (_ ("Reset by %s after both sides had closed: it no longer knows the connection."),
                            by_side (verdict->side));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Reset: %s aborted the connection after %u frame.",
                                       "Reset: %s aborted the connection after %u frames.", verdict->count),
                          by_side (verdict->side), verdict->count);
}

char *
lec_verdict_dup_sentence (const LecIndex *index, const LecVerdict *verdict)
{
  static char *(*const sentences[LEC_N_VERDICTS]) (const LecIndex *, const LecVerdict *) = {
    [LEC_VERDICT_RETRANSMISSION] = retransmission_sentence,
    [LEC_VERDICT_NO_ANSWER] = no_answer_sentence,
    [LEC_VERDICT_REFUSED] = refused_sentence,
    [LEC_VERDICT_RESET] = reset_sentence,
  };
  return sentences[verdict->kind] ? sentences[verdict->kind](index, verdict)
                                  : g_strdup (lec_verdict_kind_label (verdict->kind));
}

static char *
dup_no_answer (uint32_t n_syns, int64_t span_ns)
{
  g_autofree char *span = dup_duration (span_ns);

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
    return g_strdup_printf (_ ("refused by %s"), by_side (verdict->side));
  case LEC_VERDICT_RESET:
    return verdict->after_close ? g_strdup_printf (_ ("reset by %s after the close"), by_side (verdict->side))
                                : g_strdup_printf (_ ("aborted by %s"), by_side (verdict->side));
  default:
    return g_strdup (lec_verdict_kind_label (verdict->kind));
  }
}

static char *
dup_tcp_outcome (const LecIndex *index, const LecConversation *conversation)
{
  switch ((LecHandshake) LEC_GET (conversation->handshake)) {
  case LEC_HANDSHAKE_PENDING:
    return g_strdup (_ ("waiting for an answer"));
  case LEC_HANDSHAKE_TRACE_ENDED:
    return g_strdup (_ ("no answer yet when the trace ends"));
  case LEC_HANDSHAKE_REFUSED:
    return g_strdup (_ ("refused"));
  case LEC_HANDSHAKE_UNANSWERED: {
    const LecVerdict *verdict =
        lec_index_find_verdict (index, LEC_GET (conversation->syn_frame), LEC_VERDICT_NO_ANSWER);
    return verdict ? lec_verdict_dup_clause (index, verdict) : g_strdup (_ ("no answer"));
  }
  case LEC_HANDSHAKE_MISSING:
  case LEC_HANDSHAKE_COMPLETE:
  case LEC_HANDSHAKE_INCOMPLETE:
    break;
  }
  switch ((LecEnding) LEC_GET (conversation->ending)) {
  case LEC_ENDING_RESET: {
    uint32_t reset_frame = LEC_GET (conversation->reset_frame);
    const LecVerdict *verdict = lec_index_find_verdict (index, reset_frame, LEC_VERDICT_RESET);
    uint32_t n_frames = verdict ? verdict->count : 0;
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "aborted by %s after %u frame", "aborted by %s after %u frames", n_frames),
        by_side (LEC_GET (conversation->reset_side)), n_frames);
  }
  case LEC_ENDING_CLOSED:
    return g_strdup (_ ("closed by both"));
  case LEC_ENDING_HALF_CLOSED:
    return g_strdup (_ ("closed by one side"));
  case LEC_ENDING_OPEN:
    break;
  }
  return LEC_GET (conversation->handshake) == LEC_HANDSHAKE_INCOMPLETE ? g_strdup (_ ("handshake not finished"))
                                                                       : g_strdup (_ ("open"));
}

char *
lec_conversation_dup_outcome (const LecIndex *index, uint32_t conversation)
{
  const LecConversation *row = lec_index_conversation (index, conversation);

  if (row->ip_protocol == 6)
    return dup_tcp_outcome (index, row);
  return LEC_GET (row->n_frames[0]) && LEC_GET (row->n_frames[1]) ? g_strdup (_ ("packets both ways"))
                                                                  : g_strdup (_ ("packets one way only"));
}

char *
lec_conversation_dup_endpoint (const LecIndex *index, uint32_t conversation, unsigned side)
{
  const LecConversation *row = lec_index_conversation (index, conversation);
  const LecAddress *address = &row->address[side];
  char text[INET6_ADDRSTRLEN] = "";

  inet_ntop (address->n_bytes == 16 ? AF_INET6 : AF_INET, address->bytes, text, sizeof text);
  return g_strdup_printf (address->n_bytes == 16 ? "[%s]:%u" : "%s:%u", text, row->port[side]);
}
