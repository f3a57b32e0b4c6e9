/* Reasons for verdicts about congestion marks and TCP options. */
#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/verdict-reasons.h"
#include "base/publish.h"
#include "base/text.h"

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

static char *
first_mark (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u is the first that came with the mark."), lec_case_of (about));
}

static char *
first_report (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u is the first that reported it."), lec_case_of (about));
}

static gboolean
is_agreement_unknown (const LecCase *about)
{
  return LEC_GET (about->verdict->confidence) == LEC_CONFIDENCE_LIKELY;
}

static char *
window_reached (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u was the first to use up all that the window had room for. Nothing was lost, "
                          "and yet the sender had to wait."),
                       lec_case_of (about));
}

static char *
last_wait (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u let it go on after the last such wait."), lec_case_proof (about));
}

static char *
default_size (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u is the first of several segments of the size that is used where none was told."),
                       lec_case_of (about));
}

static char *
newer_timestamp (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u had brought a newer timestamp."), lec_case_of (about));
}

static char *
asked_again (const LecCase *about)
{
  return lec_dup_text (_ ("Frame %u asks for its bytes once more, although nothing is missing there: so they were "
                          "dropped."),
                       lec_case_proof (about));
}

#define BIT(kind) LEC_KIND_BIT (LEC_VERDICT_##kind)

const LecReasonRule lec_option_reasons[] = {
  { BIT (CONGESTION_EXPERIENCED), 0, NULL, NULL, NULL,
    N_ ("Both ECN bits of its IP header are set, and the frame of this side before it had not both.") },
  { BIT (CONGESTION_ECHO), 0, NULL, NULL, NULL,
    N_ ("Its ECE flag is set, and the frame of this side before it had it not.") },
  { BIT (CONGESTION_ECHO), 0, has_of, lec_case_of, first_mark },
  { BIT (WINDOW_REDUCED), 0, NULL, NULL, NULL, N_ ("Its CWR flag is set.") },
  { BIT (WINDOW_REDUCED), 0, has_of, lec_case_of, first_report },
  { BIT (CONGESTION_EXPERIENCED) | BIT (CONGESTION_ECHO) | BIT (WINDOW_REDUCED), 0, is_agreement_unknown, NULL, NULL,
    N_ ("The answer to the SYN is not in the trace: whether both sides agreed on such marks is not known.") },
  { BIT (NO_WINDOW_SCALING), 0, NULL, NULL, NULL,
    N_ ("It has no window scale option, and both sides have to offer that (RFC 7323 §2.2).") },
  { BIT (NO_WINDOW_SCALING), 0, has_of, lec_case_of, window_reached },
  { BIT (NO_WINDOW_SCALING), 0, has_proof, lec_case_proof, last_wait },
  { BIT (MSS_MISSING), 0, NULL, NULL, NULL, N_ ("It has no option for the maximum segment size.") },
  { BIT (MSS_MISSING), 0, has_of, lec_case_of, default_size },
  { BIT (OLD_TIMESTAMP), 0, has_of, lec_case_of, newer_timestamp },
  { BIT (OLD_TIMESTAMP), 0, has_proof, lec_case_proof, asked_again },
};
const unsigned lec_n_option_reasons = G_N_ELEMENTS (lec_option_reasons);
