#include "protocol/operation.h"

static const LecField fields[LEC_OPERATION_N_FIELDS + 1] = {
  [LEC_OPERATION_FIELD_SELF] = { "lectern.operation", NULL, N_ ("Operation"), LEC_TYPE_PROTOCOL,
                                 .explanation = N_ ("The request with its response, or the connection attempt with its "
                                                    "outcome, that this frame is part of. Every frame of an operation "
                                                    "has these fields, the request as well as the response.") },
  [LEC_OPERATION_FIELD_KIND] = { "lectern.operation.kind", NULL, N_ ("Kind"), LEC_TYPE_STRING,
                                 .explanation = N_ ("connect, http, dns or echo (ICMP).") },
  [LEC_OPERATION_FIELD_OUTCOME] = { "lectern.operation.outcome", NULL, N_ ("Outcome"), LEC_TYPE_STRING,
                                    .explanation = N_ ("answered, unanswered, refused, reset, incomplete (the answer "
                                                       "is not whole in this trace), or trace-ended (it was asked too "
                                                       "late for an answer to be in this trace).") },
  [LEC_OPERATION_FIELD_METHOD] = { "lectern.operation.method", NULL, N_ ("Method"), LEC_TYPE_STRING,
                                   .explanation = N_ ("The method of the HTTP request, also known of the frames of its "
                                                      "response.") },
  [LEC_OPERATION_FIELD_STATUS] = { "lectern.operation.status", NULL, N_ ("Status code"), LEC_TYPE_UINT16,
                                   .explanation = N_ ("The status code of the HTTP response, also known of the frames "
                                                      "of its request.") },
  [LEC_OPERATION_FIELD_REQUEST] = { "lectern.operation.request", NULL, N_ ("Request in frame"), LEC_TYPE_FRAME,
                                    .explanation = N_ ("The frame with the first byte of the request.") },
  [LEC_OPERATION_FIELD_RESPONSE] = { "lectern.operation.response", NULL, N_ ("Response in frame"), LEC_TYPE_FRAME,
                                     .explanation = N_ ("The frame with the first byte of the response.") },
  [LEC_OPERATION_FIELD_FIRST_BYTE] = { "lectern.operation.first_byte", NULL, N_ ("Time to first byte"),
                                       LEC_TYPE_DURATION,
                                       .explanation = N_ ("From the first frame of the request to the first frame of "
                                                          "the response: how long one waited before anything came.") },
  [LEC_OPERATION_FIELD_LAST_BYTE] = { "lectern.operation.last_byte", NULL, N_ ("Time to last byte"), LEC_TYPE_DURATION,
                                      .explanation = N_ ("From the first frame of the request to the frame with which "
                                                         "the response was whole, or to the last that brought some of "
                                                         "it.") },
  [LEC_OPERATION_FIELD_RESENDS] = { "lectern.operation.resends", NULL, N_ ("Retransmissions inside"), LEC_TYPE_UINT16,
                                    .explanation = N_ ("How many of its segments were sent again.") },
  { NULL },
};

const LecProtocol lec_operation_protocol = {
  LEC_PROTOCOL_OPERATION, "lectern.operation", "Lectern", NULL, N_ ("Operation"), fields, NULL, NULL
};
