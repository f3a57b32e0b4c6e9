#include "app/verdict-sign.h"

const char *
lec_verdict_sign (LecVerdictKind kind)
{
  static const char *const signs[LEC_N_VERDICTS] = {
    [LEC_VERDICT_RETRANSMISSION] = "lectern-retransmission-symbolic",
    [LEC_VERDICT_NO_ANSWER] = "lectern-no-answer-symbolic",
    [LEC_VERDICT_REFUSED] = "lectern-refused-symbolic",
    [LEC_VERDICT_RESET] = "lectern-reset-symbolic",
    [LEC_VERDICT_REORDERED] = "lectern-reordered-symbolic",
    [LEC_VERDICT_NETWORK_DUPLICATE] = "lectern-network-duplicate-symbolic",
    [LEC_VERDICT_CAPTURE_DUPLICATE] = "lectern-capture-duplicate-symbolic",
    [LEC_VERDICT_SEGMENT_LOST] = "lectern-lost-symbolic",
    [LEC_VERDICT_SEGMENT_UNCAPTURED] = "lectern-not-captured-symbolic",
    [LEC_VERDICT_ACK_OF_UNSEEN] = "lectern-unseen-symbolic",
    [LEC_VERDICT_DUPLICATE_ACK] = "lectern-duplicate-ack-symbolic",
    [LEC_VERDICT_KEEP_ALIVE] = "lectern-keep-alive-symbolic",
    [LEC_VERDICT_KEEP_ALIVE_ANSWER] = "lectern-keep-alive-answer-symbolic",
    [LEC_VERDICT_ZERO_WINDOW] = "lectern-zero-window-symbolic",
    [LEC_VERDICT_ZERO_WINDOW_PROBE] = "lectern-probe-symbolic",
    [LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER] = "lectern-probe-answer-symbolic",
    [LEC_VERDICT_WINDOW_FULL] = "lectern-window-full-symbolic",
    [LEC_VERDICT_WINDOW_UPDATE] = "lectern-window-update-symbolic",
    [LEC_VERDICT_UNANSWERED] = "lectern-unanswered-symbolic",
    [LEC_VERDICT_PORT_REUSED] = "lectern-port-reused-symbolic",
    [LEC_VERDICT_HANDSHAKE_MISSING] = "lectern-handshake-missing-symbolic",
    [LEC_VERDICT_HANDSHAKE_INCOMPLETE] = "lectern-handshake-incomplete-symbolic",
    [LEC_VERDICT_SIMULTANEOUS_OPEN] = "lectern-simultaneous-open-symbolic",
    [LEC_VERDICT_SIMULTANEOUS_CLOSE] = "lectern-simultaneous-close-symbolic",
    [LEC_VERDICT_HALF_CLOSED] = "lectern-half-closed-symbolic",
    [LEC_VERDICT_CONGESTION_EXPERIENCED] = "lectern-congestion-symbolic",
    [LEC_VERDICT_CONGESTION_ECHO] = "lectern-ecn-echo-symbolic",
    [LEC_VERDICT_WINDOW_REDUCED] = "lectern-window-reduced-symbolic",
    [LEC_VERDICT_NO_WINDOW_SCALING] = "lectern-no-scaling-symbolic",
    [LEC_VERDICT_MSS_MISSING] = "lectern-small-segments-symbolic",
    [LEC_VERDICT_OLD_TIMESTAMP] = "lectern-old-timestamp-symbolic",
    [LEC_VERDICT_CHECKSUM_WRONG] = "lectern-checksum-wrong-symbolic",
  };

  return signs[kind] ? signs[kind] : "lectern-comment-symbolic";
}

const char *
lec_problem_sign (unsigned kind)
{
  if (kind < LEC_N_VERDICTS)
    return lec_verdict_sign (kind);
  return kind == LEC_PROBLEM_SERVER_ERROR ? "lectern-server-error-symbolic" : "lectern-client-error-symbolic";
}
