/* Reasons for verdicts about how connections begin and end. */
#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "analysis/verdict-reasons.h"
#include "analysis/verdict-words.h"
#include "base/text.h"

static gboolean
has_of (const LecCase *about)
{
  return lec_case_of (about) != 0;
}

static gboolean
has_no_of (const LecCase *about)
{
  return !has_of (about);
}

static gboolean
is_for (const LecCase *about, LecResetReason reason)
{
  return about->verdict->reason == reason;
}

static gboolean
is_abort (const LecCase *about)
{
  return is_for (about, LEC_RESET_ABORTED);
}

static gboolean
is_half_open (const LecCase *about)
{
  return is_for (about, LEC_RESET_HALF_OPEN);
}

static gboolean
is_after_close (const LecCase *about)
{
  return is_for (about, LEC_RESET_AFTER_CLOSE);
}

static char *
reset_sender (const LecCase *about)
{
  return lec_dup_text (_ ("Its RST flag is set, and %s sent it, or so it says."),
                       lec_side_label (about->verdict->side));
}

static char *
last_before (const LecCase *about)
{
  uint32_t of = lec_case_of (about);
  g_autofree char *since = lec_dup_duration (lec_words_span_ns (about->index, of, about->verdict->frame));

  return lec_dup_text (_ ("Frame %1$u was the last of the former connection, %2$s before."), of, since);
}

static char *
no_last_ack (const LecCase *about)
{
  return lec_dup_text (_ ("Up to the end of the trace nothing from %s acknowledges it."),
                       lec_side_label (!about->verdict->side));
}

static char *
reset_instead (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u is what came instead."), lec_case_of (about));
}

static char *
other_syn (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u is the other side's SYN, and this one does not acknowledge it."),
                       lec_case_of (about));
}

static char *
other_fin (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u is the other side's FIN, and this one does not acknowledge it."),
                       lec_case_of (about));
}

static char *
goes_on (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u acknowledges the FIN, and brings data all the same."), lec_case_of (about));
}

static char *
never_closes (const LecCase *about)
{
  return lec_dup_text (_ ("Up to the end of the trace neither a FIN nor a reset came from %s."),
                       lec_side_label (!about->verdict->side));
}

#define BIT(kind) LEC_KIND_BIT (LEC_VERDICT_##kind)

const LecReasonRule lec_connection_reasons[] = {
  { BIT (RESET), 0, NULL, NULL, reset_sender },
  { BIT (RESET), 0, is_abort, NULL, NULL,
    N_ ("Its sender had not closed before: what was not acknowledged by then is lost.") },
  { BIT (RESET), 0, is_half_open, lec_case_of, NULL,
    N_ ("It has no ACK flag, and its number is the one that the other side acknowledged: so a closed end answers a "
        "segment (RFC 9293 §3.10.7.1).") },
  { BIT (RESET), 0, is_after_close, NULL, NULL, N_ ("Its sender had said FIN before, and had no more to send.") },
  { BIT (RESET), LEC_EVIDENCE_OUT_OF_WINDOW, NULL, NULL, NULL,
    N_ ("Its numbers do not fit what both sides had said before, so that the receiver drops it (RFC 9293 "
        "§3.10.7.4).") },
  { BIT (RESET), LEC_EVIDENCE_OTHER_HOPS, NULL, NULL, NULL,
    N_ ("It passed far more or far fewer routers than the other packets of that side: its TTL says so.") },
  { BIT (PORT_REUSED), 0, has_of, lec_case_of, last_before },
  { BIT (PORT_REUSED), 0, NULL, NULL, NULL,
    N_ ("Its SYN begins with another number than the former one: it is no retransmission.") },
  { BIT (HANDSHAKE_MISSING), 0, NULL, NULL, NULL, N_ ("No SYN between these addresses and ports came before it.") },
  { BIT (HANDSHAKE_INCOMPLETE), 0, has_of, lec_case_of, reset_instead },
  { BIT (HANDSHAKE_INCOMPLETE), 0, has_no_of, NULL, no_last_ack },
  { BIT (SIMULTANEOUS_OPEN), 0, NULL, lec_case_of, other_syn },
  { BIT (SIMULTANEOUS_CLOSE), 0, NULL, lec_case_of, other_fin },
  { BIT (HALF_CLOSED), 0, has_of, lec_case_of, goes_on },
  { BIT (HALF_CLOSED), 0, has_no_of, NULL, never_closes },
};
const unsigned lec_n_connection_reasons = G_N_ELEMENTS (lec_connection_reasons);
