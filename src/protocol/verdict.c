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
  [LEC_VERDICT_FIELD_KIND] = { "lectern.verdict", NULL, N_ ("Verdict"), LEC_TYPE_STRING },
  [LEC_VERDICT_FIELD_CONFIDENCE] = { "lectern.verdict.confidence", NULL, N_ ("Confidence"), LEC_TYPE_STRING },
  [LEC_VERDICT_FIELD_OF] = { "lectern.verdict.of", NULL, N_ ("Concerns frame"), LEC_TYPE_FRAME },
  [LEC_VERDICT_FIELD_FIRST] = { "lectern.verdict.first", NULL, N_ ("First sent in frame"), LEC_TYPE_FRAME },
  [LEC_VERDICT_FIELD_TYPES] = { "lectern.diagnosis.types", "#DiagnosisTypes", N_ ("Diagnosis type"), LEC_TYPE_UINT8,
                                .values = diagnosis_types },
  [LEC_VERDICT_FIELD_LEVELS] = { "lectern.diagnosis.levels", "#DiagnosisLevels", N_ ("Diagnosis level"),
                                 LEC_TYPE_UINT8, .values = diagnosis_levels },
  [LEC_VERDICT_FIELD_FLAGS] = { "tcp.analysis.flags", "TCP.TCPDiagnosis", N_ ("TCP verdict"), LEC_TYPE_NONE },
  [LEC_VERDICT_FIELD_RETRANSMISSION] = { "tcp.analysis.retransmission", NULL, N_ ("Retransmission"), LEC_TYPE_NONE,
                                         .explanation = N_ ("The sender sent these bytes before and sends them again, "
                                                            "because no acknowledgment came (RFC 9293 §3.8.1).") },
  [LEC_VERDICT_FIELD_PROBLEM] = { "lectern.problem", NULL, N_ ("Problem"), LEC_TYPE_NONE,
                                  .explanation = N_ ("Something went wrong here, or cost time. What is only worth "
                                                     "knowing, such as a duplicate ACK or a keep-alive, is none.") },
  [LEC_VERDICT_FIELD_COPY] = { "lectern.copy", NULL, N_ ("Copy of another frame"), LEC_TYPE_NONE,
                               .explanation = N_ ("The packet was there once and was captured twice. To hide all "
                                                  "copies, filter for what has not this field.") },
  [LEC_VERDICT_FIELD_UNANSWERED] = { "lectern.unanswered", NULL, N_ ("Request without a response"), LEC_TYPE_NONE },
  [LEC_VERDICT_FIELD_REMARK] = { "lectern.remark", NULL, N_ ("Remark on the capture"), LEC_TYPE_STRING,
                                 .explanation = N_ ("What to bear in mind before judging this frame: it was cut short, "
                                                    "it is longer than the network carries (super-frame), the "
                                                    "beginning of its conversation was not captured "
                                                    "(handshake-missing), or only one of its directions (one-way).") },
  { NULL },
};

const LecProtocol lec_verdict_protocol = {
  LEC_PROTOCOL_VERDICT, "lectern", "Lectern", NULL, N_ ("Verdicts"), fields, NULL, NULL
};
