#include "analysis/verdict-fields.h"

#include <string.h>

#include "analysis/remarks.h"
#include "analysis/verdict-loss.h"
#include "analysis/verdict-text.h"
#include "analysis/verdict-why.h"
#include "base/publish.h"
#include "protocol/verdict.h"

/* Message Analyzer counts what is said of TCP as of type "application". */
#define DIAGNOSIS_TYPE_APPLICATION 1

/* … and of level "warning", whatever it is; what only informs has a level of its own there. */
#define DIAGNOSIS_LEVEL_WARNING     2
#define DIAGNOSIS_LEVEL_INFORMATION 4

static const LecField *
field (unsigned place)
{
  return &lec_verdict_protocol.fields[place];
}

static void
add_words (LecDissection *dissection, unsigned place, const char *words)
{
  lec_add_string (dissection, field (place), 0, 0, words, -1);
}

/* What is said of a request, and of the recording itself, is not said of a segment. */
static unsigned
group_of (unsigned kind)
{
  return kind == LEC_VERDICT_UNANSWERED          ? LEC_VERDICT_FIELD_UNANSWERED
         : kind == LEC_VERDICT_CAPTURE_DUPLICATE ? LEC_VERDICT_FIELD_COPY
                                                 : LEC_VERDICT_FIELD_FLAGS;
}

static void
add_number (LecDissection *dissection, unsigned place, uint64_t number)
{
  lec_add_computed (dissection, field (place), number);
}

static void
add_mark (LecDissection *dissection, unsigned place)
{
  lec_add_computed (dissection, field (place), 0);
}

static void
add_frame (LecDissection *dissection, unsigned place, uint32_t frame)
{
  if (frame)
    add_number (dissection, place, frame);
}

/* The sender's timer ran from there on, 0 = it was not the timer, or that is not known. */
static uint32_t
timer_frame (const LecVerdict *verdict)
{
  gboolean by_timer =
      verdict->cause == LEC_CAUSE_TIMEOUT || verdict->cause == LEC_CAUSE_SYN || verdict->cause == LEC_CAUSE_SYN_ACK;

  return by_timer && LEC_GET (verdict->evidence) & LEC_EVIDENCE_SILENCE ? verdict->prompt : 0;
}

static void
add_retransmission (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict)
{
  LecNeed need = LEC_GET (verdict->need);
  uint32_t since = timer_frame (verdict);

  add_words (dissection, LEC_VERDICT_FIELD_CAUSE, lec_cause_name (verdict->cause));
  if (need != LEC_NEED_UNKNOWN)
    add_number (dissection, LEC_VERDICT_FIELD_SPURIOUS, need == LEC_NEED_SPURIOUS);
  if (verdict->cause == LEC_CAUSE_DUPLICATE_ACKS || verdict->cause == LEC_CAUSE_SACK)
    add_mark (dissection, LEC_VERDICT_FIELD_FAST);
  if (need == LEC_NEED_SPURIOUS)
    add_mark (dissection, LEC_VERDICT_FIELD_NEEDLESS);
  if (since)
    add_number (dissection, LEC_VERDICT_FIELD_RTO,
                (uint64_t) (lec_index_time_ns (index, verdict->frame) - lec_index_time_ns (index, since)));
  add_frame (dissection, LEC_VERDICT_FIELD_RTO_FRAME, since);
}

static void
add_duplicate_ack (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict)
{
  add_number (dissection, LEC_VERDICT_FIELD_DUPLICATE_ACK_NUM, verdict->count);
  add_frame (dissection, LEC_VERDICT_FIELD_DUPLICATE_ACK_FRAME, LEC_GET (verdict->of));
}

static void
add_reset (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict)
{
  add_words (dissection, LEC_VERDICT_FIELD_REASON, lec_reset_reason_name ((LecResetReason) verdict->reason));
}

/* What kinds have besides the fields that all have: the name that people know it by, and more. */
static const struct {
  uint8_t mark; /* 0 = none */
  void (*add) (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict);
} extras[LEC_N_VERDICTS] = {
  [LEC_VERDICT_RETRANSMISSION] = { LEC_VERDICT_FIELD_RETRANSMISSION, add_retransmission },
  [LEC_VERDICT_REFUSED] = { 0, add_reset },
  [LEC_VERDICT_RESET] = { 0, add_reset },
  [LEC_VERDICT_REORDERED] = { LEC_VERDICT_FIELD_OUT_OF_ORDER },
  [LEC_VERDICT_SEGMENT_LOST] = { LEC_VERDICT_FIELD_LOST_SEGMENT },
  [LEC_VERDICT_SEGMENT_UNCAPTURED] = { LEC_VERDICT_FIELD_LOST_SEGMENT },
  [LEC_VERDICT_ACK_OF_UNSEEN] = { LEC_VERDICT_FIELD_ACK_LOST_SEGMENT },
  [LEC_VERDICT_DUPLICATE_ACK] = { LEC_VERDICT_FIELD_DUPLICATE_ACK, add_duplicate_ack },
  [LEC_VERDICT_KEEP_ALIVE] = { LEC_VERDICT_FIELD_KEEP_ALIVE },
  [LEC_VERDICT_KEEP_ALIVE_ANSWER] = { LEC_VERDICT_FIELD_KEEP_ALIVE_ACK },
  [LEC_VERDICT_ZERO_WINDOW] = { LEC_VERDICT_FIELD_ZERO_WINDOW },
  [LEC_VERDICT_ZERO_WINDOW_PROBE] = { LEC_VERDICT_FIELD_ZERO_WINDOW_PROBE },
  [LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER] = { LEC_VERDICT_FIELD_ZERO_WINDOW_PROBE_ACK },
  [LEC_VERDICT_WINDOW_FULL] = { LEC_VERDICT_FIELD_WINDOW_FULL },
  [LEC_VERDICT_WINDOW_UPDATE] = { LEC_VERDICT_FIELD_WINDOW_UPDATE },
};

static void
add_why (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict)
{
  LecSink *sink = dissection->sink;
  g_autoptr (GPtrArray) reasons = NULL;
  uint32_t frames[LEC_WHY_REASONS];
  unsigned n;

  if (sink->wants_field && !sink->wants_field (sink, field (LEC_VERDICT_FIELD_WHY)))
    return;
  n = lec_verdict_why_frames (index, verdict, frames);
  reasons = sink->wants_text ? lec_verdict_why (index, verdict) : NULL;
  for (unsigned i = 0; i < n; i++) {
    const LecReason *reason = reasons && i < reasons->len ? reasons->pdata[i] : NULL;

    lec_add_computed_text (dissection, field (LEC_VERDICT_FIELD_WHY), frames[i], reason ? "%s" : NULL,
                           reason ? reason->text : NULL);
  }
}

static void
add_verdict (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict)
{
  g_autofree char *sentence = dissection->sink->wants_text ? lec_verdict_dup_sentence (index, verdict) : NULL;
  gboolean is_problem = lec_verdict_kind_severity (verdict->kind) > LEC_SEVERITY_NOTE;
  const char *place = lec_loss_name (lec_verdict_loss (verdict));

  lec_open_group (dissection, field (group_of (verdict->kind)), 0, 0, sentence ? "%s" : NULL, sentence);
  add_words (dissection, LEC_VERDICT_FIELD_KIND, lec_verdict_kind_name (verdict->kind));
  add_words (dissection, LEC_VERDICT_FIELD_CONFIDENCE, lec_confidence_name (LEC_GET (verdict->confidence)));
  if (place)
    add_words (dissection, LEC_VERDICT_FIELD_PLACE, place);
  if (extras[verdict->kind].mark)
    add_mark (dissection, extras[verdict->kind].mark);
  if (extras[verdict->kind].add)
    extras[verdict->kind].add (index, dissection, verdict);
  add_frame (dissection, LEC_VERDICT_FIELD_OF, LEC_GET (verdict->of));
  add_frame (dissection, LEC_VERDICT_FIELD_FIRST, verdict->first);
  add_frame (dissection, LEC_VERDICT_FIELD_PROOF, LEC_GET (verdict->proof));
  add_why (index, dissection, verdict);
  add_number (dissection, LEC_VERDICT_FIELD_TYPES, DIAGNOSIS_TYPE_APPLICATION);
  add_number (dissection, LEC_VERDICT_FIELD_LEVELS, is_problem ? DIAGNOSIS_LEVEL_WARNING : DIAGNOSIS_LEVEL_INFORMATION);
  if (is_problem)
    add_mark (dissection, LEC_VERDICT_FIELD_PROBLEM);
  lec_close (dissection);
}

void
lec_verdict_fields_add (const LecIndex *index, LecDissection *dissection, uint32_t frame)
{
  uint32_t verdict = lec_index_state (index, frame) & LEC_FRAME_VERDICT
                         ? lec_index_next_verdict (index, frame, G_MAXUINT32)
                         : G_MAXUINT32;
  unsigned remarks = lec_remarks_of_frame (index, frame);

  if (verdict == G_MAXUINT32 && !remarks)
    return;
  lec_open_group (dissection, field (LEC_VERDICT_FIELD_SELF), 0, 0, NULL);
  for (; verdict != G_MAXUINT32; verdict = lec_index_next_verdict (index, frame, verdict))
    add_verdict (index, dissection, lec_index_verdict (index, verdict));
  for (; remarks; remarks &= remarks - 1)
    add_words (dissection, LEC_VERDICT_FIELD_REMARK, lec_remark_name ((LecRemark) __builtin_ctz (remarks)));
  lec_close (dissection);
}

void
lec_verdict_fields_add_one (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict)
{
  lec_open_group (dissection, field (LEC_VERDICT_FIELD_SELF), 0, 0, NULL);
  add_verdict (index, dissection, verdict);
  lec_close (dissection);
}

/* What the fields below are made of: kind, confidence, cause or reason, need, place of the loss. */
#define CONFIDENCE_SHIFT 5
#define REASON_SHIFT     7
#define NEED_SHIFT       10
#define LOSS_SHIFT       12
_Static_assert(LEC_N_VERDICTS <= 1 << CONFIDENCE_SHIFT && LEC_CONFIDENCE_PENDING < 4 && LEC_CAUSE_SYN_ACK < 8 &&
                   LEC_RESET_SUSPICIOUS < 8 && LEC_NEED_SPURIOUS < 4 && LEC_LOSS_UNCLEAR < 8 &&
                   LEC_VERDICT_KEYS == 8u << LOSS_SHIFT,
               "a key has room for all");

uint32_t
lec_verdict_fields_key (const LecVerdict *verdict)
{
  gboolean is_sent_again = verdict->kind == LEC_VERDICT_RETRANSMISSION;
  gboolean is_reset = verdict->kind == LEC_VERDICT_REFUSED || verdict->kind == LEC_VERDICT_RESET;
  uint32_t reason = is_sent_again ? verdict->cause : is_reset ? verdict->reason : 0;
  uint32_t need = is_sent_again ? LEC_GET (verdict->need) : 0;

  return verdict->kind | (uint32_t) LEC_GET (verdict->confidence) << CONFIDENCE_SHIFT | reason << REASON_SHIFT |
         need << NEED_SHIFT | (uint32_t) lec_verdict_loss (verdict) << LOSS_SHIFT;
}

gboolean
lec_verdict_fields_depend_on_key (const LecField *asked)
{
  static const uint8_t places[] = {
    LEC_VERDICT_FIELD_KIND,
    LEC_VERDICT_FIELD_CONFIDENCE,
    LEC_VERDICT_FIELD_CAUSE,
    LEC_VERDICT_FIELD_SPURIOUS,
    LEC_VERDICT_FIELD_PLACE,
    LEC_VERDICT_FIELD_REASON,
    LEC_VERDICT_FIELD_TYPES,
    LEC_VERDICT_FIELD_LEVELS,
    LEC_VERDICT_FIELD_FLAGS,
    LEC_VERDICT_FIELD_RETRANSMISSION,
    LEC_VERDICT_FIELD_FAST,
    LEC_VERDICT_FIELD_NEEDLESS,
    LEC_VERDICT_FIELD_OUT_OF_ORDER,
    LEC_VERDICT_FIELD_LOST_SEGMENT,
    LEC_VERDICT_FIELD_ACK_LOST_SEGMENT,
    LEC_VERDICT_FIELD_DUPLICATE_ACK,
    LEC_VERDICT_FIELD_KEEP_ALIVE,
    LEC_VERDICT_FIELD_KEEP_ALIVE_ACK,
    LEC_VERDICT_FIELD_ZERO_WINDOW,
    LEC_VERDICT_FIELD_ZERO_WINDOW_PROBE,
    LEC_VERDICT_FIELD_ZERO_WINDOW_PROBE_ACK,
    LEC_VERDICT_FIELD_WINDOW_FULL,
    LEC_VERDICT_FIELD_WINDOW_UPDATE,
    LEC_VERDICT_FIELD_PROBLEM,
    LEC_VERDICT_FIELD_COPY,
    LEC_VERDICT_FIELD_UNANSWERED,
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (places); i++)
    if (asked == field (places[i]))
      return TRUE;
  return FALSE;
}
