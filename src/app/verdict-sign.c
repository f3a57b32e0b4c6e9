#include "app/verdict-sign.h"

const char *
lec_verdict_sign (LecVerdictKind kind)
{
  static const char *const signs[LEC_N_VERDICTS] = {
    [LEC_VERDICT_RETRANSMISSION] = "lectern-retransmission-symbolic",
    [LEC_VERDICT_NO_ANSWER] = "lectern-no-answer-symbolic",
    [LEC_VERDICT_REFUSED] = "lectern-reset-symbolic",
    [LEC_VERDICT_RESET] = "lectern-reset-symbolic",
    [LEC_VERDICT_SEGMENT_LOST] = "lectern-lost-symbolic",
  };

  return signs[kind] ? signs[kind] : "lectern-comment-symbolic";
}
