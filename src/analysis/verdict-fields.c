#include "analysis/verdict-fields.h"

#include <string.h>

#include "analysis/remarks.h"
#include "analysis/verdict-text.h"
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
add_verdict (const LecIndex *index, LecDissection *dissection, const LecVerdict *verdict)
{
  g_autofree char *sentence = dissection->sink->wants_text ? lec_verdict_dup_sentence (index, verdict) : NULL;
  gboolean is_problem = lec_verdict_kind_severity (verdict->kind) > LEC_SEVERITY_NOTE;
  unsigned group = group_of (verdict->kind);

  lec_open_group (dissection, field (group), 0, 0, sentence ? "%s" : NULL, sentence);
  add_words (dissection, LEC_VERDICT_FIELD_KIND, lec_verdict_kind_name (verdict->kind));
  add_words (dissection, LEC_VERDICT_FIELD_CONFIDENCE, lec_confidence_name (verdict->confidence));
  if (verdict->of)
    lec_add_computed (dissection, field (LEC_VERDICT_FIELD_OF), verdict->of);
  if (verdict->first)
    lec_add_computed (dissection, field (LEC_VERDICT_FIELD_FIRST), verdict->first);
  lec_add_computed (dissection, field (LEC_VERDICT_FIELD_TYPES), DIAGNOSIS_TYPE_APPLICATION);
  lec_add_computed (dissection, field (LEC_VERDICT_FIELD_LEVELS),
                    is_problem ? DIAGNOSIS_LEVEL_WARNING : DIAGNOSIS_LEVEL_INFORMATION);
  if (is_problem)
    lec_add_computed (dissection, field (LEC_VERDICT_FIELD_PROBLEM), 0);
  if (verdict->kind == LEC_VERDICT_RETRANSMISSION)
    lec_add_computed (dissection, field (LEC_VERDICT_FIELD_RETRANSMISSION), 0);
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
