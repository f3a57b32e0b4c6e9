/* What a row's summary line says of its verdict, in a few words. */
#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/verdict-text.h"
#include "analysis/verdict-words.h"
#include "base/publish.h"
#include "base/text.h"

static char *
retransmission_clause (const LecIndex *index, const LecVerdict *verdict)
{
  static const char *const causes[] = {
    [LEC_CAUSE_DUPLICATE_ACKS] = N_ ("fast"), [LEC_CAUSE_SACK] = N_ ("fast"), [LEC_CAUSE_PROBE] = N_ ("probe"),
    [LEC_CAUSE_TIMEOUT] = N_ ("timeout"),     [LEC_CAUSE_SYN_ACK] = NULL,
  };
  const char *cause = causes[verdict->cause] ? _ (causes[verdict->cause]) : NULL;
  const char *needless = LEC_GET (verdict->need) == LEC_NEED_SPURIOUS ? _ ("not needed") : NULL;
  uint32_t frame = verdict->first ? verdict->first : verdict->of;
  g_autofree char *clause =
      frame ? lec_dup_text (_ ("retransmission of %u"), frame) : g_strdup (_ ("retransmission of a lost segment"));

  if (cause && needless)
    return lec_dup_text ("%s (%s, %s)", clause, cause, needless);
  return cause || needless ? lec_dup_text ("%s (%s)", clause, cause ? cause : needless) : g_steal_pointer (&clause);
}

static char *
no_answer_clause (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  if (verdict->count <= 1)
    return g_strdup (_ ("no answer"));
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "no answer to %u SYN over %s, gave up",
                                    "no answer to %u SYNs over %s, gave up", verdict->count),
                       verdict->count, span);
}

static char *
refused_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("refused by %s"), lec_side_label (verdict->side));
}

static char *
reset_clause (const LecIndex *index, const LecVerdict *verdict)
{
  const char *side = lec_side_label (verdict->side);

  switch ((LecResetReason) verdict->reason) {
  case LEC_RESET_HALF_OPEN:
    return lec_dup_text (_ ("reset by %s, which knows nothing of it"), side);
  case LEC_RESET_AFTER_CLOSE:
    return lec_dup_text (_ ("reset by %s after the close"), side);
  case LEC_RESET_SUSPICIOUS:
    return g_strdup (_ ("suspicious reset"));
  case LEC_RESET_ABORTED:
  case LEC_RESET_REFUSED:
    break;
  }
  return lec_dup_text (_ ("aborted by %s"), side);
}

static char *
port_reused_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("port used before, up to %u"), verdict->of);
}

static char *
handshake_missing_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return g_strdup (_ ("handshake missing"));
}

static char *
handshake_incomplete_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return g_strdup (_ ("the last ACK never came"));
}

static char *
simultaneous_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("crossed %u on the way"), verdict->of);
}

static char *
half_closed_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (verdict->of ? _ ("half-closed: %s goes on") : _ ("half-closed: %s never closes"),
                       lec_side_label (!verdict->side));
}

static char *
congestion_echo_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return verdict->of ? lec_dup_text (_ ("reports the congestion of %u"), verdict->of)
                     : g_strdup (_ ("reports congestion"));
}

static char *
window_reduced_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return verdict->of ? lec_dup_text (_ ("sends more slowly because of %u"), verdict->of)
                     : g_strdup (_ ("sends more slowly"));
}

static char *
no_window_scaling_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return g_strdup (_ ("no window scaling, and the window is too small"));
}

static char *
mss_missing_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("no segment size told, so no more than %u"), verdict->count);
}

static char *
old_timestamp_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return verdict->of ? lec_dup_text (_ ("timestamp older than that of %u"), verdict->of)
                     : g_strdup (_ ("timestamp too old"));
}

static char *
checksum_wrong_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("damaged on the way, sent again in %u"), verdict->of);
}

static char *
reordered_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("late, overtaken by %u"), verdict->of);
}

static char *
network_duplicate_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("%u once more, duplicated in the network"), verdict->of);
}

static char *
capture_duplicate_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("%u once more, captured twice"), verdict->of);
}

static char *
segment_lost_clause (const LecIndex *index, const LecVerdict *verdict)
{
  if (LEC_GET (verdict->confidence) == LEC_CONFIDENCE_UNCLEAR)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u byte before it is missing",
                                      "%'u bytes before it are missing", verdict->count),
                         verdict->count);
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u byte before it was lost on the way here",
                                    "%'u bytes before it were lost on the way here", verdict->count),
                       verdict->count);
}

static char *
segment_uncaptured_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u byte before it was not captured",
                                    "%'u bytes before it were not captured", verdict->count),
                       verdict->count);
}

static char *
ack_of_unseen_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "acknowledges %'u byte that was not captured",
                                    "acknowledges %'u bytes that were not captured", verdict->count),
                       verdict->count);
}

static char *
duplicate_ack_clause (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t byte;

  if (!lec_words_byte (index, verdict, &byte))
    return lec_dup_text (_ ("duplicate ACK %'u"), verdict->count);
  return lec_dup_text (_ ("duplicate ACK %1$'u, asks for byte %2$'u again"), verdict->count, byte);
}

static char *
keep_alive_clause (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  return verdict->span_ns ? lec_dup_text (_ ("keep-alive after %s"), span) : g_strdup (_ ("keep-alive"));
}

static char *
keep_alive_answer_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (_ ("answer to the keep-alive of %u"), verdict->of);
}

static char *
zero_window_clause (const LecIndex *index, const LecVerdict *verdict)
{
  int64_t span_ns = LEC_GET (verdict->span_ns);
  g_autofree char *span = lec_dup_duration (span_ns);

  return span_ns ? lec_dup_text (_ ("window shut for %s"), span) : g_strdup (_ ("window shut"));
}

static char *
zero_window_probe_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return verdict->of ? lec_dup_text (_ ("probe of the window shut in %u"), verdict->of)
                     : g_strdup (_ ("probe of the shut window"));
}

static char *
zero_window_probe_answer_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (verdict->count ? _ ("answer to the probe of %u: room again")
                                      : _ ("answer to the probe of %u: still shut"),
                       verdict->of);
}

static char *
window_full_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE, "window of %'u byte used up", "window of %'u bytes used up", verdict->count),
      verdict->count);
}

static char *
window_update_clause (const LecIndex *index, const LecVerdict *verdict)
{
  g_autofree char *span = lec_dup_duration (verdict->span_ns);

  return verdict->span_ns ? lec_dup_text (_ ("window open again after %s"), span) : g_strdup (_ ("window update"));
}

static char *
unanswered_clause (const LecIndex *index, const LecVerdict *verdict)
{
  return g_strdup (LEC_GET (verdict->confidence) == LEC_CONFIDENCE_UNCLEAR ? _ ("no response captured")
                                                                           : _ ("no response"));
}

char *
lec_verdict_dup_clause (const LecIndex *index, const LecVerdict *verdict)
{
  static char *(*const clauses[LEC_N_VERDICTS]) (const LecIndex *, const LecVerdict *) = {
    [LEC_VERDICT_RETRANSMISSION] = retransmission_clause,
    [LEC_VERDICT_NO_ANSWER] = no_answer_clause,
    [LEC_VERDICT_REFUSED] = refused_clause,
    [LEC_VERDICT_RESET] = reset_clause,
    [LEC_VERDICT_REORDERED] = reordered_clause,
    [LEC_VERDICT_NETWORK_DUPLICATE] = network_duplicate_clause,
    [LEC_VERDICT_CAPTURE_DUPLICATE] = capture_duplicate_clause,
    [LEC_VERDICT_SEGMENT_LOST] = segment_lost_clause,
    [LEC_VERDICT_SEGMENT_UNCAPTURED] = segment_uncaptured_clause,
    [LEC_VERDICT_ACK_OF_UNSEEN] = ack_of_unseen_clause,
    [LEC_VERDICT_DUPLICATE_ACK] = duplicate_ack_clause,
    [LEC_VERDICT_KEEP_ALIVE] = keep_alive_clause,
    [LEC_VERDICT_KEEP_ALIVE_ANSWER] = keep_alive_answer_clause,
    [LEC_VERDICT_ZERO_WINDOW] = zero_window_clause,
    [LEC_VERDICT_ZERO_WINDOW_PROBE] = zero_window_probe_clause,
    [LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER] = zero_window_probe_answer_clause,
    [LEC_VERDICT_WINDOW_FULL] = window_full_clause,
    [LEC_VERDICT_WINDOW_UPDATE] = window_update_clause,
    [LEC_VERDICT_UNANSWERED] = unanswered_clause,
    [LEC_VERDICT_PORT_REUSED] = port_reused_clause,
    [LEC_VERDICT_HANDSHAKE_MISSING] = handshake_missing_clause,
    [LEC_VERDICT_HANDSHAKE_INCOMPLETE] = handshake_incomplete_clause,
    [LEC_VERDICT_SIMULTANEOUS_OPEN] = simultaneous_clause,
    [LEC_VERDICT_SIMULTANEOUS_CLOSE] = simultaneous_clause,
    [LEC_VERDICT_HALF_CLOSED] = half_closed_clause,
    [LEC_VERDICT_CONGESTION_ECHO] = congestion_echo_clause,
    [LEC_VERDICT_WINDOW_REDUCED] = window_reduced_clause,
    [LEC_VERDICT_NO_WINDOW_SCALING] = no_window_scaling_clause,
    [LEC_VERDICT_MSS_MISSING] = mss_missing_clause,
    [LEC_VERDICT_OLD_TIMESTAMP] = old_timestamp_clause,
    [LEC_VERDICT_CHECKSUM_WRONG] = checksum_wrong_clause,
  };

  return clauses[verdict->kind] ? clauses[verdict->kind](index, verdict)
                                : g_strdup (lec_verdict_kind_label (verdict->kind));
}
