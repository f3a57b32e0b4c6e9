#include "analysis/verdict-loss.h"

#include "base/publish.h"

/* The receiver said that it lacks them. */
#define ASKED (LEC_EVIDENCE_DUPLICATE_ACKS | LEC_EVIDENCE_SACKED_ABOVE)

/* A segment that brings what had been passed over: where is the copy that should have come before? */
static LecLoss
loss_of_filler (const LecVerdict *verdict)
{
  if (LEC_GET (verdict->evidence) & (LEC_EVIDENCE_ACKNOWLEDGED | LEC_EVIDENCE_SACKED))
    return LEC_LOSS_UNCAPTURED;
  if (LEC_GET (verdict->need) == LEC_NEED_SPURIOUS || LEC_GET (verdict->confidence) == LEC_CONFIDENCE_UNCLEAR)
    return LEC_LOSS_UNCLEAR;
  return LEC_LOSS_BEFORE;
}

static LecLoss
loss_of_retransmission (const LecVerdict *verdict)
{
  uint32_t evidence = LEC_GET (verdict->evidence);

  if (evidence & LEC_EVIDENCE_FILLS_HOLE)
    return loss_of_filler (verdict);
  switch ((LecNeed) LEC_GET (verdict->need)) {
  case LEC_NEED_SPURIOUS:
    return LEC_LOSS_NONE;
  case LEC_NEED_NEEDED:
    return LEC_LOSS_AFTER;
  default: /* without their word it may have been the acknowledgment that was lost */
    return evidence & ASKED ? LEC_LOSS_AFTER : LEC_LOSS_UNCLEAR;
  }
}

LecLoss
lec_verdict_loss (const LecVerdict *verdict)
{
  switch ((LecVerdictKind) verdict->kind) {
  case LEC_VERDICT_RETRANSMISSION:
    return loss_of_retransmission (verdict);
  case LEC_VERDICT_SEGMENT_LOST:
    return LEC_GET (verdict->confidence) == LEC_CONFIDENCE_UNCLEAR ? LEC_LOSS_UNCLEAR : LEC_LOSS_BEFORE;
  case LEC_VERDICT_SEGMENT_UNCAPTURED:
  case LEC_VERDICT_ACK_OF_UNSEEN:
    return LEC_LOSS_UNCAPTURED;
  default:
    return LEC_LOSS_NONE;
  }
}

const char *
lec_loss_name (LecLoss loss)
{
  static const char *const names[] = { NULL, "before", "after", "not-captured", "unclear" };
  return names[loss];
}
