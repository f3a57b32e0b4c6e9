/* Fields of what Wireshark's rules would say of a TCP segment, beside Lectern's own verdicts. They stand in the
 * registry beside the protocols', so that filter, columns, details and export know them by the same names; src/analysis
 * announces them. */
#pragma once

#include "protocol/dissection.h"

G_BEGIN_DECLS

/* Places in lec_wireshark_protocol.fields. */
enum {
  LEC_WIRESHARK_FIELD_SELF,
  LEC_WIRESHARK_FIELD_VERDICT,
  LEC_WIRESHARK_FIELD_DIFFERS,
  LEC_WIRESHARK_FIELD_FIRST_FLAG, /* and so on in the order of LecWiresharkFlags */
  LEC_WIRESHARK_FIELD_DUPLICATE_ACK_NUM = LEC_WIRESHARK_FIELD_FIRST_FLAG + 15,
  LEC_WIRESHARK_FIELD_DUPLICATE_ACK_FRAME,
  LEC_WIRESHARK_FIELD_RTO,
  LEC_WIRESHARK_FIELD_RTO_FRAME,
  LEC_WIRESHARK_FIELD_ACKS_FRAME,
  LEC_WIRESHARK_FIELD_ACK_RTT,
  LEC_WIRESHARK_FIELD_INITIAL_RTT,
  LEC_WIRESHARK_FIELD_BYTES_IN_FLIGHT,
  LEC_WIRESHARK_N_FIELDS,
};

extern const LecProtocol lec_wireshark_protocol;

G_END_DECLS
