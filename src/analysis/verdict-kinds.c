#include "analysis/verdict-kinds.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *name;
  const char *label;
  uint8_t severity; /* LecSeverity */
  uint8_t weight;
  const char *explanation;
} kinds[LEC_N_VERDICTS] = {
  [LEC_VERDICT_RETRANSMISSION] = { "retransmission", N_ ("Retransmission"), LEC_SEVERITY_WARNING, 50,
                                   N_ ("The sender sends bytes once more, because nobody acknowledged them in time or "
                                       "the receiver said that they are missing (RFC 9293 §3.8.1).") },
  [LEC_VERDICT_NO_ANSWER] = { "no-answer", N_ ("No answer"), LEC_SEVERITY_ERROR, 80,
                              N_ ("Nobody answered this attempt to connect: neither with consent nor with a "
                                  "refusal.") },
  [LEC_VERDICT_REFUSED] = { "refused", N_ ("Refused"), LEC_SEVERITY_ERROR, 85,
                            N_ ("The attempt to connect was answered with a reset: the host is there, and no program "
                                "listens at that port (RFC 9293 §3.10.7.1).") },
  [LEC_VERDICT_RESET] = { "reset", N_ ("Reset"), LEC_SEVERITY_ERROR, 90,
                          N_ ("One side broke the connection off instead of closing it; what was on its way is lost "
                              "(RFC 9293 §3.5.2).") },
  [LEC_VERDICT_REORDERED] = { "reordered", N_ ("Reordered"), LEC_SEVERITY_WARNING, 40,
                              N_ ("Sent in order, and overtaken on the way here by a segment that was sent later. "
                                  "Nothing was lost and nothing was sent twice.") },
  [LEC_VERDICT_NETWORK_DUPLICATE] = { "network-duplicate", N_ ("Duplicated in the network"), LEC_SEVERITY_WARNING, 35,
                                      N_ ("The sender sent this packet once; the network delivered it more than "
                                          "once.") },
  [LEC_VERDICT_CAPTURE_DUPLICATE] = { "capture-duplicate", N_ ("Captured twice"), LEC_SEVERITY_NOTE, 30,
                                      N_ ("The packet was there once and was recorded twice, as happens with mirror "
                                          "ports and with several interfaces. It says nothing of the connection.") },
  [LEC_VERDICT_SEGMENT_LOST] = { "segment-lost-before", N_ ("Segment lost before here"), LEC_SEVERITY_WARNING, 45,
                                 N_ ("Bytes that come before this segment's were lost between the sender and the place "
                                     "of capture.") },
  [LEC_VERDICT_SEGMENT_UNCAPTURED] = { "segment-not-captured", N_ ("Segment not captured"), LEC_SEVERITY_WARNING, 38,
                                       N_ ("Bytes that come before this segment's passed here and are not in the "
                                           "trace: the capture missed them, the network did not.") },
  [LEC_VERDICT_ACK_OF_UNSEEN] = { "ack-of-unseen", N_ ("ACK of something never seen"), LEC_SEVERITY_WARNING, 37,
                                  N_ ("It acknowledges bytes that are not in the trace: the capture missed them, or "
                                      "they took another way.") },
  [LEC_VERDICT_DUPLICATE_ACK] = { "duplicate-ack", N_ ("Duplicate ACK"), LEC_SEVERITY_NOTE, 20,
                                  N_ ("The receiver says the same again: something came, but not what it waits for. "
                                      "The third makes the sender send that once more (RFC 5681 §3.2).") },
  [LEC_VERDICT_KEEP_ALIVE] = { "keep-alive", N_ ("Keep-alive"), LEC_SEVERITY_NOTE, 5,
                               N_ ("Nothing is to be said; it only asks whether the other side is still there "
                                   "(RFC 9293 §3.8.4).") },
  [LEC_VERDICT_KEEP_ALIVE_ANSWER] = { "keep-alive-answer", N_ ("Answer to a keep-alive"), LEC_SEVERITY_NOTE, 4,
                                      N_ ("The other side is still there.") },
  [LEC_VERDICT_ZERO_WINDOW] = { "zero-window", N_ ("Zero window"), LEC_SEVERITY_WARNING, 60,
                                N_ ("The receiver has no room left, because its program does not read: the sender has "
                                    "to wait (RFC 9293 §3.8.6).") },
  [LEC_VERDICT_ZERO_WINDOW_PROBE] = { "zero-window-probe", N_ ("Zero-window probe"), LEC_SEVERITY_NOTE, 22,
                                      N_ ("The sender asks whether the receiver has room again, lest it wait for ever "
                                          "where that word was lost (RFC 9293 §3.8.6.1).") },
  [LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER] = { "zero-window-probe-answer", N_ ("Answer to a zero-window probe"),
                                             LEC_SEVERITY_NOTE, 21, N_ ("The receiver tells how much room it has.") },
  [LEC_VERDICT_WINDOW_FULL] = { "window-full", N_ ("Window full"), LEC_SEVERITY_NOTE, 25,
                                N_ ("With this segment the sender has used up the room that the receiver offered, and "
                                    "has to wait for more (RFC 9293 §3.8.6).") },
  [LEC_VERDICT_WINDOW_UPDATE] = { "window-update", N_ ("Window update"), LEC_SEVERITY_NOTE, 3,
                                  N_ ("The receiver has room again, and says so.") },
  [LEC_VERDICT_UNANSWERED] = { "unanswered", N_ ("Request without a response"), LEC_SEVERITY_ERROR, 70,
                               N_ ("A query, a ping or an HTTP request that nothing came back for.") },
  [LEC_VERDICT_PORT_REUSED] = { "port-reused", N_ ("Port reused"), LEC_SEVERITY_NOTE, 15,
                                N_ ("A new connection between the same ports of the same addresses. Whoever keeps the "
                                    "former one in mind, as firewalls do, may take both for one (RFC 9293 §3.6.1).") },
  [LEC_VERDICT_HANDSHAKE_MISSING] = { "handshake-missing", N_ ("Handshake missing"), LEC_SEVERITY_NOTE, 10,
                                      N_ ("The connection stood before the capture began, so that what both sides "
                                          "agreed on at its beginning is not in the trace.") },
  [LEC_VERDICT_HANDSHAKE_INCOMPLETE] = { "handshake-incomplete", N_ ("Handshake incomplete"), LEC_SEVERITY_ERROR, 78,
                                         N_ ("The attempt to connect was answered, and that answer was not "
                                             "acknowledged: the connection never stood (RFC 9293 §3.5).") },
  [LEC_VERDICT_SIMULTANEOUS_OPEN] = { "simultaneous-open", N_ ("Simultaneous open"), LEC_SEVERITY_NOTE, 16,
                                      N_ ("Both sides ask for the connection at the same time, and neither waits for "
                                          "the other. It becomes one connection (RFC 9293 §3.5).") },
  [LEC_VERDICT_SIMULTANEOUS_CLOSE] = { "simultaneous-close", N_ ("Simultaneous close"), LEC_SEVERITY_NOTE, 14,
                                       N_ ("Both sides say at the same time that they have no more to send "
                                           "(RFC 9293 §3.6).") },
  [LEC_VERDICT_HALF_CLOSED] = { "half-closed", N_ ("Half-closed"), LEC_SEVERITY_NOTE, 24,
                                N_ ("One side has said that it has no more to send, and the other has not: it may go "
                                    "on "
                                    "(RFC 9293 §3.6).") },
  [LEC_VERDICT_CONGESTION_EXPERIENCED] = { "congestion-experienced", N_ ("Congestion marked"), LEC_SEVERITY_NOTE, 33,
                                           N_ ("A router on the way had a long queue and marked the packet, where it "
                                               "would else have dropped some (RFC 3168 §5).") },
  [LEC_VERDICT_CONGESTION_ECHO] = { "congestion-echo", N_ ("Congestion reported"), LEC_SEVERITY_NOTE, 32,
                                    N_ ("The receiver tells the sender that packets came marked for congestion, until "
                                        "that one answers (RFC 3168 §6.1.3).") },
  [LEC_VERDICT_WINDOW_REDUCED] = { "congestion-window-reduced", N_ ("Slowed down"), LEC_SEVERITY_NOTE, 13,
                                   N_ ("The sender has heard of the congestion and sends more slowly "
                                       "(RFC 3168 §6.1.2).") },
  [LEC_VERDICT_NO_WINDOW_SCALING] = { "no-window-scaling", N_ ("No window scaling"), LEC_SEVERITY_WARNING, 39,
                                      N_ ("Without this option no more than 65,535 bytes can be on their way at once, "
                                          "which is little on a long or fast path (RFC 7323 §2).") },
  [LEC_VERDICT_MSS_MISSING] = { "mss-missing", N_ ("Segment size not told"), LEC_SEVERITY_WARNING, 36,
                                N_ ("Without this option the other side has to send small segments: more of them for "
                                    "the same bytes (RFC 9293 §3.7.1).") },
  [LEC_VERDICT_OLD_TIMESTAMP] = { "old-timestamp", N_ ("Old timestamp"), LEC_SEVERITY_WARNING, 43,
                                  N_ ("Its timestamp is older than what the receiver has taken already, which takes it "
                                      "for a stray from the past and drops it (RFC 7323 §5).") },
  [LEC_VERDICT_CHECKSUM_WRONG] = { "checksum-wrong", N_ ("Checksum wrong"), LEC_SEVERITY_WARNING, 46,
                                   N_ ("Its bytes are not those that the sender had put together: the receiver finds "
                                       "its checksum wrong and drops it (RFC 9293 §3.1).") },
};

const char *
lec_verdict_kind_name (LecVerdictKind kind)
{
  return kinds[kind].name;
}

const char *
lec_verdict_kind_label (LecVerdictKind kind)
{
  return _ (kinds[kind].label);
}

const char *
lec_verdict_kind_explanation (LecVerdictKind kind)
{
  return _ (kinds[kind].explanation);
}

LecSeverity
lec_verdict_kind_severity (LecVerdictKind kind)
{
  return (LecSeverity) kinds[kind].severity;
}

unsigned
lec_verdict_kind_weight (LecVerdictKind kind)
{
  return kinds[kind].weight;
}

const char *
lec_severity_label (LecSeverity severity)
{
  static const char *const labels[] = { N_ ("note"), N_ ("warning"), N_ ("error") };
  return _ (labels[severity]);
}

const char *
lec_confidence_name (LecConfidence confidence)
{
  static const char *const names[] = { "certain", "likely", "unclear", "pending" };
  return names[confidence];
}

const char *
lec_confidence_label (LecConfidence confidence)
{
  static const char *const labels[] = { N_ ("certain"), N_ ("likely"), N_ ("unclear"), N_ ("pending") };
  return _ (labels[confidence]);
}

const char *
lec_cause_name (LecCause cause)
{
  static const char *const names[] = { "unknown", "fast", "fast", "probe", "timeout", "syn", "syn-ack" };
  return names[cause];
}

const char *
lec_reset_reason_name (LecResetReason reason)
{
  static const char *const names[] = { "aborted", "refused", "half-open", "after-close", "suspicious" };
  return names[reason];
}

const char *
lec_evidence_name (LecEvidence evidence)
{
  static const char *const names[] = {
    "seen-before",       "fills-hole",      "ip-id-earlier", "ip-id-same",       "ip-id-later",   "timestamp-earlier",
    "timestamp-same",    "timestamp-later", "identical",     "duplicate-acks",   "sacked-above",  "sacked",
    "acknowledged",      "too-soon",        "silence",       "timeout-recovery", "tail",          "duplicate-reported",
    "answered-too-soon", "echo-of-earlier", "other-hops",    "ip-id-other",      "out-of-window",
  };
  return evidence ? names[g_bit_nth_lsf (evidence, -1)] : NULL;
}
