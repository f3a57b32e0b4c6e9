#include "protocol/verdict.h"

/* Message Analyzer's flags of a diagnosis; all that is said of TCP is of its type "application". */
static const LecValueName diagnosis_types[] = {
  { 1, N_ ("application") },
  { 2, N_ ("validation") },
  { 4, N_ ("insufficient data") },
  { 8, N_ ("parsing") },
  { 0, NULL },
};

static const LecValueName diagnosis_levels[] = {
  { 1, N_ ("error") },
  { 2, N_ ("warning") },
  { 4, N_ ("information") },
  { 0, NULL },
};

static const LecField fields[] = {
  [LEC_VERDICT_FIELD_SELF] = { "lectern", NULL, N_ ("Verdicts"), LEC_TYPE_PROTOCOL,
                               .explanation = N_ ("What Lectern concludes from this frame and those around it. It is "
                                                  "not in the frame's bytes.") },
  [LEC_VERDICT_FIELD_KIND] = { "lectern.verdict", NULL, N_ ("Verdict"), LEC_TYPE_STRING,
                               .explanation =
                                   N_ ("What happened, in a word: retransmission, reordered, "
                                       "network-duplicate, duplicate-ack, zero-window, reset, no-answer …") },
  [LEC_VERDICT_FIELD_CONFIDENCE] = { "lectern.verdict.confidence", NULL, N_ ("Confidence"), LEC_TYPE_STRING,
                                     .explanation = N_ ("How sure it is: certain, likely, unclear where the trace "
                                                        "cannot tell, or pending while later frames may.") },
  [LEC_VERDICT_FIELD_CAUSE] = { "lectern.verdict.cause", NULL, N_ ("Cause"), LEC_TYPE_STRING,
                                .explanation =
                                    N_ ("What made the sender repeat it: fast (it was asked to, by duplicate "
                                        "ACKs or SACK), timeout, probe (tail loss probe), syn, syn-ack, or "
                                        "unknown.") },
  [LEC_VERDICT_FIELD_SPURIOUS] = { "lectern.verdict.spurious", NULL, N_ ("Not needed"), LEC_TYPE_BOOLEAN,
                                   .explanation = N_ ("Whether the receiver had these bytes already. Where the trace "
                                                      "cannot tell, the field is not there.") },
  [LEC_VERDICT_FIELD_PLACE] = { "lectern.verdict.place", NULL, N_ ("Place of the loss"), LEC_TYPE_STRING,
                                .explanation = N_ ("Where it was lost: before or after the place of capture, "
                                                   "not-captured where the capture missed it, or unclear.") },
  [LEC_VERDICT_FIELD_REASON] = { "lectern.verdict.reason", NULL, N_ ("Kind of reset"), LEC_TYPE_STRING,
                                 .explanation =
                                     N_ ("What the reset is for: aborted, refused, half-open (it answers a connection "
                                         "that its sender knows nothing of), after-close, or suspicious: it may be "
                                         "from somebody else.") },
  [LEC_VERDICT_FIELD_OF] = { "lectern.verdict.of", NULL, N_ ("Concerns frame"), LEC_TYPE_FRAME,
                             .explanation = N_ ("The other frame that it is about: the nearest earlier copy, what "
                                                "overtook it, what it answers.") },
  [LEC_VERDICT_FIELD_FIRST] = { "lectern.verdict.first", NULL, N_ ("First sent in frame"), LEC_TYPE_FRAME,
                                .explanation = N_ ("The first copy of these bytes that is in the trace.") },
  [LEC_VERDICT_FIELD_PROOF] = { "lectern.verdict.proof", NULL, N_ ("Settled by frame"), LEC_TYPE_FRAME,
                                .explanation = N_ ("A later frame that showed it: one that reports a duplicate, or "
                                                   "opens a window again.") },
  [LEC_VERDICT_FIELD_WHY] = { "lectern.verdict.why", NULL, N_ ("Reason"), LEC_TYPE_FRAME,
                              .explanation = N_ ("A reason for the verdict. The value is the frame that shows it; 0 is "
                                                 "this frame itself.") },
  [LEC_VERDICT_FIELD_TYPES] = { "lectern.diagnosis.types", "#DiagnosisTypes", N_ ("Diagnosis type"), LEC_TYPE_UINT8,
                                .values = diagnosis_types },
  [LEC_VERDICT_FIELD_LEVELS] = { "lectern.diagnosis.levels", "#DiagnosisLevels", N_ ("Diagnosis level"), LEC_TYPE_UINT8,
                                 .values = diagnosis_levels },
  [LEC_VERDICT_FIELD_FLAGS] = { "tcp.analysis.flags", "TCP.TCPDiagnosis", N_ ("TCP verdict"), LEC_TYPE_NONE,
                                .explanation = N_ ("Something is to be said of this segment. The fields tcp.analysis… "
                                                   "are Lectern's own verdicts, by the names that people know.") },
  [LEC_VERDICT_FIELD_RETRANSMISSION] = { "tcp.analysis.retransmission", NULL, N_ ("Retransmission"), LEC_TYPE_NONE,
                                         .explanation = N_ ("The sender sent these bytes before and sends them again, "
                                                            "because no acknowledgment came (RFC 9293 §3.8.1).") },
  [LEC_VERDICT_FIELD_FAST] = { "tcp.analysis.fast_retransmission", NULL, N_ ("Fast retransmission"), LEC_TYPE_NONE,
                               .explanation = N_ ("The sender did not wait for its timer: duplicate ACKs or SACK had "
                                                  "told it what is missing (RFC 5681 §3.2, RFC 6675).") },
  [LEC_VERDICT_FIELD_NEEDLESS] = { "tcp.analysis.spurious_retransmission", NULL, N_ ("Spurious retransmission"),
                                   LEC_TYPE_NONE,
                                   .explanation = N_ ("It was not needed: the receiver had these bytes already. Often "
                                                      "only their acknowledgment was late or lost.") },
  [LEC_VERDICT_FIELD_RTO] = { "tcp.analysis.rto", NULL, N_ ("Timer ran for"), LEC_TYPE_DURATION,
                              .explanation = N_ ("How long the sender had waited when its timer ran out and it sent "
                                                 "this again: since the last that it sent or heard (RFC 6298 §5).") },
  [LEC_VERDICT_FIELD_RTO_FRAME] = { "tcp.analysis.rto_frame", NULL, N_ ("Timer since frame"), LEC_TYPE_FRAME,
                                    .explanation = N_ ("The last frame that the sender sent or heard before its timer "
                                                       "ran out.") },
  [LEC_VERDICT_FIELD_OUT_OF_ORDER] = { "tcp.analysis.out_of_order", NULL, N_ ("Reordered"), LEC_TYPE_NONE,
                                       .explanation = N_ ("Sent in order and overtaken on the way here. What was lost "
                                                          "and sent again is not meant.") },
  [LEC_VERDICT_FIELD_LOST_SEGMENT] = { "tcp.analysis.lost_segment", NULL, N_ ("Bytes missing before it"), LEC_TYPE_NONE,
                                       .explanation = N_ ("Bytes that come before this segment's had not come by here: "
                                                          "lost before here, or not captured (lectern.verdict.place "
                                                          "tells which).") },
  [LEC_VERDICT_FIELD_ACK_LOST_SEGMENT] = { "tcp.analysis.ack_lost_segment", NULL, N_ ("ACK of something never seen"),
                                           LEC_TYPE_NONE,
                                           .explanation = N_ ("It acknowledges bytes that are not in the trace.") },
  [LEC_VERDICT_FIELD_DUPLICATE_ACK] = { "tcp.analysis.duplicate_ack", NULL, N_ ("Duplicate ACK"), LEC_TYPE_NONE,
                                        .explanation = N_ ("It acknowledges nothing new, because what came is not what "
                                                           "the receiver waits for (RFC 5681 §2).") },
  [LEC_VERDICT_FIELD_DUPLICATE_ACK_NUM] = { "tcp.analysis.duplicate_ack_num", NULL, N_ ("Duplicate ACK number"),
                                            LEC_TYPE_UINT32,
                                            .explanation = N_ ("How many there were of this acknowledgment, with this "
                                                               "one; the third is what makes a sender act.") },
  [LEC_VERDICT_FIELD_DUPLICATE_ACK_FRAME] = { "tcp.analysis.duplicate_ack_frame", NULL,
                                              N_ ("Duplicate to the ACK of frame"), LEC_TYPE_FRAME,
                                              .explanation = N_ ("The first frame that acknowledged as much.") },
  [LEC_VERDICT_FIELD_KEEP_ALIVE] = { "tcp.analysis.keep_alive", NULL, N_ ("Keep-alive"), LEC_TYPE_NONE,
                                     .explanation = N_ ("It asks whether the other side is still there (RFC 9293 "
                                                        "§3.8.4). A probe of a shut window is not meant.") },
  [LEC_VERDICT_FIELD_KEEP_ALIVE_ACK] = { "tcp.analysis.keep_alive_ack", NULL, N_ ("Answer to a keep-alive"),
                                         LEC_TYPE_NONE, .explanation = N_ ("The other side is still there.") },
  [LEC_VERDICT_FIELD_ZERO_WINDOW] = { "tcp.analysis.zero_window", NULL, N_ ("Zero window"), LEC_TYPE_NONE,
                                      .explanation =
                                          N_ ("With this segment the receiver shut its window: it has no room "
                                              "left (RFC 9293 §3.8.6). Segments that say so again are not "
                                              "meant.") },
  [LEC_VERDICT_FIELD_ZERO_WINDOW_PROBE] = { "tcp.analysis.zero_window_probe", NULL, N_ ("Zero-window probe"),
                                            LEC_TYPE_NONE,
                                            .explanation = N_ ("The sender asks whether a shut window is open again "
                                                               "(RFC 9293 §3.8.6.1).") },
  [LEC_VERDICT_FIELD_ZERO_WINDOW_PROBE_ACK] = { "tcp.analysis.zero_window_probe_ack", NULL,
                                                N_ ("Answer to a zero-window probe"), LEC_TYPE_NONE,
                                                .explanation = N_ ("The receiver tells how much room it has.") },
  [LEC_VERDICT_FIELD_WINDOW_FULL] = { "tcp.analysis.window_full", NULL, N_ ("Window full"), LEC_TYPE_NONE,
                                      .explanation = N_ ("With this segment the sender has used up the room that the "
                                                         "receiver offered.") },
  [LEC_VERDICT_FIELD_WINDOW_UPDATE] = { "tcp.analysis.window_update", NULL, N_ ("Window update"), LEC_TYPE_NONE,
                                        .explanation = N_ ("The receiver has room again, where the sender had to "
                                                           "wait for it.") },
  [LEC_VERDICT_FIELD_PROBLEM] = { "lectern.problem", NULL, N_ ("Problem"), LEC_TYPE_NONE,
                                  .explanation = N_ ("Something went wrong here, or cost time. What is only worth "
                                                     "knowing, such as a duplicate ACK or a keep-alive, is none.") },
  [LEC_VERDICT_FIELD_COPY] = { "lectern.copy", NULL, N_ ("Copy of another frame"), LEC_TYPE_NONE,
                               .explanation = N_ ("The packet was there once and was captured twice. To hide all "
                                                  "copies, filter for what has not this field.") },
  [LEC_VERDICT_FIELD_UNANSWERED] = { "lectern.unanswered", NULL, N_ ("Request without a response"), LEC_TYPE_NONE,
                                     .explanation = N_ ("Nothing came back for this request before its connection or "
                                                        "the trace ended.") },
  [LEC_VERDICT_FIELD_REMARK] = { "lectern.remark", NULL, N_ ("Remark on the capture"), LEC_TYPE_STRING,
                                 .explanation = N_ ("What to bear in mind before judging this frame: it was cut short, "
                                                    "it is longer than the network carries (super-frame), the "
                                                    "beginning of its conversation was not captured "
                                                    "(handshake-missing), or only one of its directions (one-way).") },
  { NULL },
};

const LecProtocol lec_verdict_protocol = { LEC_PROTOCOL_VERDICT, "lectern", "Lectern", NULL,
                                           N_ ("Verdicts"),      fields,    NULL,      NULL };
