#include "session/row-verdict.h"

#include "analysis/verdict-kinds.h"
#include "base/publish.h"
#include "session/expansion.h"

/* Frames that are looked at for the verdicts of a row, where its operation does not know them by heart. */
#define SEARCHED_FRAMES 65536u

/* The worse of two kinds; −1 = none. */
static int
worse (int a, int b)
{
  if (a < 0 || b < 0)
    return MAX (a, b);
  return lec_verdict_kind_weight (a) >= lec_verdict_kind_weight (b) ? a : b;
}

const LecVerdict *
lec_worst_verdict (const LecIndex *index, uint32_t frame)
{
  const LecVerdict *worst = NULL;

  if (!frame || !(lec_index_state (index, frame) & LEC_FRAME_VERDICT))
    return NULL;
  for (uint32_t i = lec_index_next_verdict (index, frame, G_MAXUINT32); i != G_MAXUINT32;
       i = lec_index_next_verdict (index, frame, i)) {
    const LecVerdict *verdict = lec_index_verdict (index, i);
    if (!worst || worse (worst->kind, verdict->kind) != worst->kind)
      worst = verdict;
  }
  return worst;
}

static int
worst_kind (const LecIndex *index, uint32_t frame)
{
  const LecVerdict *verdict = lec_worst_verdict (index, frame);

  return verdict ? verdict->kind : -1;
}

/* Whether FRAME stands below ROW, of an operation, once that is laid open. */
static gboolean
is_below (LecIndex *index, const LecRow *row, uint32_t frame)
{
  const LecOperation *operation = lec_index_operation (index, row->operation);

  if (lec_index_owner (index, frame) != (row->operation | LEC_OWNER_OPERATION))
    return FALSE;
  if (row->kind == LEC_ROW_OPERATION || !LEC_GET (operation->request.first_frame) ||
      !LEC_GET (operation->response.first_frame))
    return TRUE;
  return lec_operation_frame_is_of_response (index, operation, frame) == (row->kind == LEC_ROW_RESPONSE);
}

/* The next frame after AFTER (0 = the first) that is below ROW and has a verdict; 0 = none. */
static uint32_t
next_below (LecIndex *index, const LecRow *row, uint32_t after)
{
  uint32_t first = lec_index_operation (index, row->operation)->first_frame;
  uint32_t last = MIN (lec_operation_last_frame (index, row->operation), lec_index_n_frames (index));
  uint32_t end = last - MIN (first, last) > SEARCHED_FRAMES ? first + SEARCHED_FRAMES : last + 1;
  uint32_t frame = MAX (after + 1, first);

  while (frame < end && (frame = lec_index_next_with_verdict (index, frame, end)) != G_MAXUINT32) {
    if (is_below (index, row, frame))
      return frame;
    frame++;
  }
  return 0;
}

static int
worst_below (LecIndex *index, const LecRow *row)
{
  uint8_t known = LEC_GET (lec_index_operation (index, row->operation)->worst_verdict);
  int worst = -1;

  if (known == 0 || (row->kind == LEC_ROW_OPERATION && known != LEC_WORST_UNKNOWN))
    return known - 1;
  for (uint32_t frame = 0; (frame = next_below (index, row, frame)) != 0;)
    worst = worse (worst, worst_kind (index, frame));
  return worst;
}

/* What is said of the operation as a whole. */
static int
verdict_of_operation (LecIndex *index, const LecRow *row)
{
  LecOutcome outcome = LEC_GET (lec_index_operation (index, row->operation)->outcome);

  if (outcome == LEC_OUTCOME_REFUSED && row->kind == LEC_ROW_OPERATION)
    return LEC_VERDICT_REFUSED;
  if (row->kind == LEC_ROW_RESPONSE)
    return -1;
  if (lec_index_find_verdict (index, row->frame, LEC_VERDICT_NO_ANSWER))
    return LEC_VERDICT_NO_ANSWER;
  return outcome == LEC_OUTCOME_UNANSWERED && lec_index_find_verdict (index, row->frame, LEC_VERDICT_UNANSWERED)
             ? LEC_VERDICT_UNANSWERED
             : -1;
}

int
lec_row_verdict (LecIndex *index, const LecRow *row, gboolean *inside)
{
  int own = row->kind == LEC_ROW_FRAME ? worst_kind (index, row->frame) : verdict_of_operation (index, row);
  int below = own < 0 && row->kind != LEC_ROW_FRAME && !row->expanded ? worst_below (index, row) : -1;

  *inside = below >= 0;
  return worse (own, below);
}

uint32_t
lec_row_find_verdict (LecIndex *index, const LecRow *row, LecVerdictKind kind)
{
  if (lec_index_find_verdict (index, row->frame, kind))
    return row->frame;
  for (uint32_t frame = 0; row->kind != LEC_ROW_FRAME && (frame = next_below (index, row, frame)) != 0;)
    if (lec_index_find_verdict (index, frame, kind))
      return frame;
  return 0;
}
