#include "protocol/wireshark.h"

#define MARK(name, label, explanation)                                                                                 \
  {                                                                                                                    \
    "wireshark.analysis." name, NULL, label, LEC_TYPE_NONE, 0, 0, NULL, explanation                                    \
  }

static const LecField fields[LEC_WIRESHARK_N_FIELDS + 1] = {
  [LEC_WIRESHARK_FIELD_SELF] = { "wireshark", NULL, N_ ("By Wireshark's rules"), LEC_TYPE_PROTOCOL,
                                 .explanation = N_ ("What Wireshark 4.0 would say of this segment, for comparison. Its "
                                                    "rules of thumb go through a conversation once and never come back "
                                                    "to a frame; Lectern's own verdicts are in tcp.analysis.") },
  [LEC_WIRESHARK_FIELD_VERDICT] = { "wireshark.verdict", NULL, N_ ("Verdict by Wireshark's rules"), LEC_TYPE_STRING,
                                    .explanation = N_ ("What the rules call it, in a word: retransmission, "
                                                       "fast-retransmission, out-of-order, lost-segment …") },
  [LEC_WIRESHARK_FIELD_DIFFERS] = { "wireshark.differs", NULL, N_ ("Unlike Lectern's verdict"), LEC_TYPE_NONE,
                                    .explanation = N_ ("The rules say something else than Lectern does, and why.") },
  [LEC_WIRESHARK_FIELD_FIRST_FLAG] =
      MARK ("retransmission", N_ ("Retransmission"),
            N_ ("It begins below the highest byte that had passed. Fast and spurious ones are meant too.")),
  MARK ("fast_retransmission", N_ ("Fast retransmission"),
        N_ ("At least two duplicate ACKs asked for it, and the other side was heard within the last 20 ms.")),
  MARK ("spurious_retransmission", N_ ("Spurious retransmission"),
        N_ ("All of it had been acknowledged when it passed here.")),
  MARK (
      "out_of_order", N_ ("Out-of-order"),
      N_ ("It begins below the highest byte, and that had passed less than the handshake's round trip ago (3 ms where "
          "there was no handshake).")),
  MARK ("lost_segment", N_ ("Previous segment not captured"),
        N_ ("It begins behind the next byte that was expected: lost, late or not captured.")),
  MARK ("ack_lost_segment", N_ ("ACKed unseen segment"),
        N_ ("It acknowledges more than had passed here without a gap.")),
  MARK ("duplicate_ack", N_ ("Duplicate ACK"),
        N_ ("No payload, and acknowledgment, window and sequence number are those of its sender's last segment.")),
  MARK ("keep_alive", N_ ("Keep-alive"), N_ ("At most one byte, which is the one before the next that is expected.")),
  MARK ("keep_alive_ack", N_ ("Answer to a keep-alive"),
        N_ ("A repeated acknowledgment, right behind what counts as a keep-alive.")),
  MARK ("zero_window", N_ ("Zero window"), N_ ("The window is 0. Every such segment is marked.")),
  MARK ("zero_window_probe", N_ ("Zero-window probe"),
        N_ ("One byte, the next that is expected, while the receiver's window is 0.")),
  MARK ("zero_window_probe_ack", N_ ("Answer to a zero-window probe"),
        N_ ("A repeated acknowledgment with a window of 0, right behind what counts as a probe.")),
  MARK ("window_full", N_ ("Window full"),
        N_ ("Its last byte is exactly the last that the receiver's window has room for.")),
  MARK ("window_update", N_ ("Window update"), N_ ("No payload, and nothing in it is new but the window.")),
  MARK ("reused_ports", N_ ("Port reused"),
        N_ ("A SYN with another sequence number than the one before between these addresses and ports.")),
  [LEC_WIRESHARK_FIELD_DUPLICATE_ACK_NUM] = { "wireshark.analysis.duplicate_ack_num", NULL, N_ ("Duplicate ACK number"),
                                              LEC_TYPE_UINT32,
                                              .explanation = N_ ("How many there were of this acknowledgment, with "
                                                                 "this one.") },
  [LEC_WIRESHARK_FIELD_DUPLICATE_ACK_FRAME] = { "wireshark.analysis.duplicate_ack_frame", NULL,
                                                N_ ("Duplicate to the ACK of frame"), LEC_TYPE_FRAME,
                                                .explanation = N_ ("The first frame that acknowledged as much; 0 where "
                                                                   "there was none.") },
  [LEC_WIRESHARK_FIELD_RTO] = { "wireshark.analysis.rto", NULL, N_ ("Timer ran for"), LEC_TYPE_DURATION,
                                .explanation =
                                    N_ ("Since the oldest segment that was not acknowledged. It is taken for "
                                        "the sender's timer, whatever made it send.") },
  [LEC_WIRESHARK_FIELD_RTO_FRAME] = { "wireshark.analysis.rto_frame", NULL, N_ ("Timer since frame"), LEC_TYPE_FRAME,
                                      .explanation = N_ ("The oldest segment that was not acknowledged.") },
  [LEC_WIRESHARK_FIELD_ACKS_FRAME] = { "wireshark.analysis.acks_frame", NULL, N_ ("Acknowledges up to frame"),
                                       LEC_TYPE_FRAME,
                                       .explanation = N_ ("The first segment that ends exactly where this "
                                                          "acknowledgment does.") },
  [LEC_WIRESHARK_FIELD_ACK_RTT] = { "wireshark.analysis.ack_rtt", NULL, N_ ("Round trip"), LEC_TYPE_DURATION,
                                    .explanation = N_ ("Since that segment, even where it was sent again in between: "
                                                       "Karn's rule (RFC 6298 §3) is not kept.") },
  [LEC_WIRESHARK_FIELD_INITIAL_RTT] = { "wireshark.analysis.initial_rtt", NULL, N_ ("Round trip of the handshake"),
                                        LEC_TYPE_DURATION,
                                        .explanation = N_ ("From the last SYN to the first acknowledgment without "
                                                           "one.") },
  [LEC_WIRESHARK_FIELD_BYTES_IN_FLIGHT] = { "wireshark.analysis.bytes_in_flight", NULL, N_ ("Sender's bytes in flight"),
                                            LEC_TYPE_UINT32,
                                            .explanation = N_ ("From the first byte that is not acknowledged to the "
                                                               "last that was sent, without those of SACK.") },
  { NULL },
};

const LecProtocol lec_wireshark_protocol = { LEC_PROTOCOL_WIRESHARK,      "wireshark", "TCP", NULL,
                                             N_ ("By Wireshark's rules"), fields,      NULL,  NULL };
