#include "analysis/verdict-why.h"

#include <glib/gi18n-lib.h>

#include "analysis/verdict-kinds.h"
#include "analysis/verdict-reasons.h"
#include "analysis/wireshark-difference.h"
#include "base/publish.h"

uint32_t
lec_case_other (const LecCase *about)
{
  return about->other;
}

uint32_t
lec_case_of (const LecCase *about)
{
  return LEC_GET (about->verdict->of);
}

uint32_t
lec_case_first (const LecCase *about)
{
  return about->verdict->first;
}

uint32_t
lec_case_prompt (const LecCase *about)
{
  return about->verdict->prompt;
}

uint32_t
lec_case_proof (const LecCase *about)
{
  return LEC_GET (about->verdict->proof);
}

typedef void (*TakeReason) (const LecReasonRule *rule, const LecCase *about, void *data);

static gboolean
applies (const LecReasonRule *rule, const LecCase *about)
{
  return rule->kinds & LEC_KIND_BIT (about->verdict->kind) && (!rule->evidence || rule->evidence & about->evidence) &&
         (!rule->holds || rule->holds (about));
}

static void
look_through (const LecReasonRule *rules, unsigned n, const LecCase *about, TakeReason take, void *data)
{
  for (unsigned i = 0; i < n; i++)
    if (applies (&rules[i], about))
      take (&rules[i], about, data);
}

static void
look_through_all (const LecIndex *index, const LecVerdict *verdict, TakeReason take, void *data)
{
  LecCase about = { .index = index, .verdict = verdict, .evidence = LEC_GET (verdict->evidence) };

  about.other = verdict->opener ? verdict->opener : LEC_GET (verdict->of);
  look_through (lec_segment_reasons, lec_n_segment_reasons, &about, take, data);
  look_through (lec_flow_reasons, lec_n_flow_reasons, &about, take, data);
  look_through (lec_connection_reasons, lec_n_connection_reasons, &about, take, data);
  look_through (lec_option_reasons, lec_n_option_reasons, &about, take, data);
}

static uint32_t
frame_of (const LecReasonRule *rule, const LecCase *about)
{
  return rule->frame ? rule->frame (about) : 0;
}

static void
free_reason (void *data)
{
  LecReason *reason = data;

  g_free (reason->text);
  g_free (reason);
}

static void
add_reason (GPtrArray *reasons, char *text, uint32_t frame)
{
  LecReason *reason = g_new (LecReason, 1);

  *reason = (LecReason){ text, frame };
  g_ptr_array_add (reasons, reason);
}

static void
take_words (const LecReasonRule *rule, const LecCase *about, void *data)
{
  add_reason (data, rule->dup_text ? rule->dup_text (about) : g_strdup (_ (rule->text)), frame_of (rule, about));
}

GPtrArray *
lec_verdict_why (const LecIndex *index, const LecVerdict *verdict)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func (free_reason);

  look_through_all (index, verdict, take_words, reasons);
  if (reasons->len == 0)
    add_reason (reasons, g_strdup (lec_verdict_kind_explanation (verdict->kind)), 0);
  return reasons;
}

void
lec_verdict_why_add_difference (GPtrArray *reasons, const LecIndex *index, const LecVerdict *verdict, uint32_t flags)
{
  char *text = lec_wireshark_dup_difference_from (index, verdict, flags);

  if (text)
    add_reason (reasons, text, 0);
}

typedef struct {
  uint32_t *frames;
  unsigned n;
} Frames;

static void
take_frame (const LecReasonRule *rule, const LecCase *about, void *data)
{
  Frames *taken = data;

  if (taken->n < LEC_WHY_REASONS)
    taken->frames[taken->n++] = frame_of (rule, about);
}

unsigned
lec_verdict_why_frames (const LecIndex *index, const LecVerdict *verdict, uint32_t frames[LEC_WHY_REASONS])
{
  Frames taken = { frames, 0 };

  look_through_all (index, verdict, take_frame, &taken);
  if (taken.n == 0)
    frames[taken.n++] = 0;
  return taken.n;
}
