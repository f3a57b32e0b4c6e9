#include "protocol/ip-checksum.h"
#include "protocol/tcp.h"

/* IANA, "Transmission Control Protocol (TCP) Parameters: TCP Option Kind Numbers". */
static const LecValueName option_kinds[] = {
  { 0, N_ ("End of options") },
  { 1, N_ ("No operation") },
  { 2, N_ ("Maximum segment size") },
  { 3, N_ ("Window scale") },
  { 4, N_ ("SACK permitted") },
  { 5, "SACK" },
  { 6, N_ ("Echo") },
  { 7, N_ ("Echo reply") },
  { 8, N_ ("Timestamps") },
  { 9, N_ ("Partial order permitted") },
  { 10, N_ ("Partial order profile") },
  { 11, "CC" },
  { 12, "CC.NEW" },
  { 13, "CC.ECHO" },
  { 14, N_ ("Alternate checksum request") },
  { 15, N_ ("Alternate checksum data") },
  { 18, N_ ("Trailer checksum") },
  { 19, N_ ("MD5 signature") },
  { 20, "SCPS" },
  { 21, "SNACK" },
  { 22, N_ ("Record boundaries") },
  { 23, N_ ("Corruption experienced") },
  { 27, "Quick-Start" },
  { 28, N_ ("User timeout") },
  { 29, "TCP-AO" },
  { 30, "MPTCP" },
  { 34, N_ ("Fast open cookie") },
  { 69, "TCP-ENO" },
  { 172, "AccECN0" },
  { 174, "AccECN1" },
  { 253, N_ ("Experiment 1") },
  { 254, N_ ("Experiment 2") },
  { 0, NULL },
};

/* RFC 8684 §8.2. */
static const LecValueName mptcp_subtypes[] = {
  { 0, "MP_CAPABLE" }, { 1, "MP_JOIN" }, { 2, "DSS" },          { 3, "ADD_ADDR" },  { 4, "REMOVE_ADDR" },
  { 5, "MP_PRIO" },    { 6, "MP_FAIL" }, { 7, "MP_FASTCLOSE" }, { 8, "MP_TCPRST" }, { 0, NULL },
};

/* An option's own node: its bytes, named by Wireshark as a protocol of its own. */
#define OPTION(id, name, label) [LEC_TCP_FIELD_OPTION_##id] = { "tcp.options." name, NULL, label, LEC_TYPE_BYTES }
#define FLAG(id, name, analyzer, label, bit, text)                                                                     \
  [LEC_TCP_FIELD_FLAG_##                                                                                               \
      id] = { "tcp.flags." name, analyzer, label, LEC_TYPE_BOOLEAN, LEC_SHOW_DECIMAL, bit, .explanation = text }
#define MARK(id, name, label) [LEC_TCP_FIELD_CONNECTION_##id] = { "tcp.connection." name, NULL, label, LEC_TYPE_NONE }

const LecField lec_tcp_fields[LEC_TCP_N_FIELDS + 1] = {
  [LEC_TCP_FIELD_SELF] = { "tcp", "TCP", N_ ("Transmission Control Protocol"), LEC_TYPE_PROTOCOL },
  [LEC_TCP_FIELD_SRCPORT] = { "tcp.srcport", "TCP.SourcePort", N_ ("Source port"), LEC_TYPE_UINT16, LEC_SHOW_PORT,
                              .explanation = N_ ("Which program on the sending host: with both addresses and the other "
                                                 "port it names the connection (RFC 9293 §3.1).") },
  [LEC_TCP_FIELD_DSTPORT] = { "tcp.dstport", "TCP.DestinationPort", N_ ("Destination port"), LEC_TYPE_UINT16,
                              LEC_SHOW_PORT },
  [LEC_TCP_FIELD_STREAM] = { "tcp.stream", "TCP.TransportKey", N_ ("Conversation"), LEC_TYPE_UINT32,
                             .explanation = N_ (
                                 "Counts the trace's connections from 0. A pair of ports that is used again begins a "
                                 "new one.") },
  [LEC_TCP_FIELD_LEN] = { "tcp.len", "TCP.PayloadLength", N_ ("Payload length"), LEC_TYPE_UINT32 },
  [LEC_TCP_FIELD_SEQ] = { "tcp.seq", "TCP.RelativeSequenceNumber", N_ ("Sequence number"), LEC_TYPE_UINT32,
                          .explanation = N_ ("The place of the first payload byte in the sender's stream, counted from "
                                             "the start of the connection (RFC 9293 §3.4).") },
  [LEC_TCP_FIELD_SEQ_RAW] = { "tcp.seq_raw", "TCP.SequenceNumber", N_ ("Sequence number as sent"), LEC_TYPE_UINT32,
                              .explanation = N_ ("Connections start at a random number, so that nobody can guess it "
                                                 "(RFC 9293 §3.4.1).") },
  [LEC_TCP_FIELD_NXTSEQ] = { "tcp.nxtseq", "TCP.NextSequenceNumber", N_ ("Next sequence number"), LEC_TYPE_UINT32,
                             .explanation = N_ ("What the sender's next segment starts with. SYN and FIN count as one "
                                                "byte.") },
  [LEC_TCP_FIELD_ACK] = { "tcp.ack", "TCP.RelativeAckNumber", N_ ("Acknowledgement number"), LEC_TYPE_UINT32,
                          .explanation =
                              N_ ("All bytes of the other side before this one have arrived; this is the one "
                                  "that is expected next.") },
  [LEC_TCP_FIELD_ACK_RAW] = { "tcp.ack_raw", "TCP.AcknowledgementNumber", N_ ("Acknowledgement number as sent"),
                              LEC_TYPE_UINT32 },
  [LEC_TCP_FIELD_HDR_LEN] = { "tcp.hdr_len", "TCP.DataOffset", N_ ("Header length"), LEC_TYPE_UINT8, .mask = 0xf0,
                              .explanation = N_ ("In bytes; 20 without options. The header counts it in words of 4 "
                                                 "bytes.") },
  [LEC_TCP_FIELD_FLAGS] = { "tcp.flags", "TCP.Flags", N_ ("Flags"), LEC_TYPE_UINT16, LEC_SHOW_BITS, 0x0fff },
  [LEC_TCP_FIELD_FLAG_RES] = { "tcp.flags.res", NULL, N_ ("Reserved"), LEC_TYPE_BOOLEAN, .mask = 0x0e00 },
  FLAG (AE, "ae", NULL, N_ ("Accurate ECN"), 0x0100, NULL),
  FLAG (CWR, "cwr", "TCP.Flags.CWR", N_ ("CWR: congestion window reduced"), 0x0080,
        N_ ("The sender has slowed down, as ECE asked (RFC 3168 §6.1.2).")),
  FLAG (ECE, "ece", "TCP.Flags.ECE", N_ ("ECE: congestion was met"), 0x0040,
        N_ ("A router marked a packet instead of dropping it: please send more slowly (RFC 3168 §6.1.3). In a SYN: I "
            "can do this.")),
  FLAG (URG, "urg", "TCP.Flags.URG", N_ ("URG: the urgent pointer counts"), 0x0020, NULL),
  FLAG (ACK, "ack", "TCP.Flags.ACK", N_ ("ACK: the acknowledgement number counts"), 0x0010,
        N_ ("Set in all segments but the very first.")),
  FLAG (PUSH, "push", "TCP.Flags.PSH", N_ ("PSH: hand this to the program now"), 0x0008, NULL),
  FLAG (RESET, "reset", "TCP.Flags.RST", N_ ("RST: the connection is aborted"), 0x0004,
        N_ ("There is no such connection, or not any more: everything on its way is lost. As the answer to a SYN it "
            "means that nobody listens at that port (RFC 9293 §3.5.2).")),
  FLAG (SYN, "syn", "TCP.Flags.SYN", N_ ("SYN: opens the connection"), 0x0002,
        N_ ("Tells the number with which this side's bytes start (RFC 9293 §3.5).")),
  FLAG (FIN, "fin", "TCP.Flags.FIN", N_ ("FIN: the sender has no more to send"), 0x0001,
        N_ ("The other side may still send; it closes with a FIN of its own (RFC 9293 §3.6).")),
  [LEC_TCP_FIELD_FLAGS_STR] = { "tcp.flags.str", NULL, N_ ("Flags in letters"), LEC_TYPE_STRING },
  [LEC_TCP_FIELD_WINDOW_VALUE] = { "tcp.window_size_value", "TCP.Window", N_ ("Window as sent"), LEC_TYPE_UINT16 },
  [LEC_TCP_FIELD_WINDOW] = { "tcp.window_size", "TCP.WindowScaled", N_ ("Window"), LEC_TYPE_UINT32,
                             .explanation = N_ (
                                 "How many bytes beyond the acknowledgement number the sender of this segment has room "
                                 "for (RFC 9293 §3.8.6).") },
  [LEC_TCP_FIELD_WINDOW_FACTOR] = { "tcp.window_size_scalefactor", NULL, N_ ("Window scale factor"), LEC_TYPE_INT32,
                                    .explanation =
                                        N_ ("What the window as sent is multiplied by, agreed on in the "
                                            "handshake (RFC 7323 §2). −1: the handshake is not in the trace. "
                                            "−2: it is not used.") },
  [LEC_TCP_FIELD_CHECKSUM] = { "tcp.checksum", "TCP.Checksum", N_ ("Checksum"), LEC_TYPE_UINT16, LEC_SHOW_HEX },
  [LEC_TCP_FIELD_CHECKSUM_STATUS] = { "tcp.checksum.status", "TCP.ChecksumStatus", N_ ("Checksum status"),
                                      LEC_TYPE_UINT8, .values = lec_checksum_status_names,
                                      .explanation =
                                          N_ ("Network cards often compute the checksum after the capture has seen the "
                                              "packet: then it is no damage that it is not right yet.") },
  [LEC_TCP_FIELD_CHECKSUM_CALCULATED] = { "tcp.checksum_calculated", NULL, N_ ("Should be"), LEC_TYPE_UINT16,
                                          LEC_SHOW_HEX },
  [LEC_TCP_FIELD_URGENT_POINTER] = { "tcp.urgent_pointer", "TCP.UrgentPointer", N_ ("Urgent pointer"),
                                     LEC_TYPE_UINT16 },
  [LEC_TCP_FIELD_OPTIONS] = { "tcp.options", "TCP.Options", N_ ("Options"), LEC_TYPE_BYTES },
  [LEC_TCP_FIELD_OPTION_KIND] = { "tcp.option_kind", NULL, N_ ("Kind"), LEC_TYPE_UINT8, .values = option_kinds },
  [LEC_TCP_FIELD_OPTION_LEN] = { "tcp.option_len", NULL, N_ ("Length"), LEC_TYPE_UINT8 },
  OPTION (EOL, "eol", N_ ("End of options")),
  OPTION (NOP, "nop", N_ ("No operation")),
  OPTION (MSS, "mss", N_ ("Maximum segment size")),
  OPTION (WSCALE, "wscale", N_ ("Window scale")),
  OPTION (SACK_PERM, "sack_perm", N_ ("Selective acknowledgement permitted")),
  OPTION (SACK, "sack", N_ ("Selective acknowledgement")),
  OPTION (ECHO, "echo", N_ ("Echo")),
  OPTION (ECHO_REPLY, "echoreply", N_ ("Echo reply")),
  OPTION (TIMESTAMP, "timestamp", N_ ("Timestamps")),
  OPTION (CC, "cc", N_ ("Connection count")),
  OPTION (CC_NEW, "ccnew", N_ ("New connection count")),
  OPTION (CC_ECHO, "ccecho", N_ ("Connection count echo")),
  OPTION (MD5, "md5", N_ ("MD5 signature")),
  OPTION (QS, "qs", "Quick-Start"),
  OPTION (USER_TIMEOUT, "user_to", N_ ("User timeout")),
  OPTION (AO, "ao", N_ ("Authentication")),
  OPTION (MPTCP, "mptcp", "Multipath TCP"),
  OPTION (TFO, "tfo", "Fast Open"),
  OPTION (ACC_ECN, "acc_ecn", "Accurate ECN"),
  OPTION (EXPERIMENTAL, "experimental", N_ ("Experiment")),
  OPTION (UNKNOWN, "unknown", N_ ("Option")),
  [LEC_TCP_FIELD_MSS_VAL] = { "tcp.options.mss_val", "TCP.MaxSegmentSize", N_ ("Largest payload"), LEC_TYPE_UINT16,
                              .explanation =
                                  N_ ("The most payload the sender of this SYN takes in one segment, usually "
                                      "1460: 1500 less two headers (RFC 9293 §3.7.1).") },
  [LEC_TCP_FIELD_WSCALE_SHIFT] = { "tcp.options.wscale.shift", "TCP.WindowScaleFactor", N_ ("Shift"), LEC_TYPE_UINT8,
                                   .explanation = N_ (
                                       "Windows that this side sends later are to be shifted left by so many bits, if "
                                       "both sides sent this option (RFC 7323 §2.2).") },
  [LEC_TCP_FIELD_WSCALE_MULTIPLIER] = { "tcp.options.wscale.multiplier", NULL, N_ ("Multiplier"), LEC_TYPE_UINT16 },
  [LEC_TCP_FIELD_SACK_LE] = { "tcp.options.sack_le", NULL, N_ ("Left edge"), LEC_TYPE_UINT32,
                              .explanation = N_ (
                                  "From here on bytes have arrived, although some before are missing (RFC 2018 §3).") },
  [LEC_TCP_FIELD_SACK_RE] = { "tcp.options.sack_re", NULL, N_ ("Right edge"), LEC_TYPE_UINT32 },
  [LEC_TCP_FIELD_SACK_COUNT] = { "tcp.options.sack.count", NULL, N_ ("Blocks"), LEC_TYPE_UINT8 },
  [LEC_TCP_FIELD_ECHO_VALUE] = { "tcp.options.echo_value", NULL, N_ ("Value"), LEC_TYPE_UINT32 },
  [LEC_TCP_FIELD_TSVAL] = { "tcp.options.timestamp.tsval", "TCP.TimestampValue", N_ ("Timestamp"), LEC_TYPE_UINT32,
                            .explanation = N_ ("The sender's clock, in units of its own. A resent segment carries a "
                                               "later one than the original (RFC 7323 §3).") },
  [LEC_TCP_FIELD_TSECR] = { "tcp.options.timestamp.tsecr", "TCP.TimestampEchoReply", N_ ("Echoed timestamp"),
                            LEC_TYPE_UINT32 },
  [LEC_TCP_FIELD_CC_VALUE] = { "tcp.options.cc_value", NULL, N_ ("Count"), LEC_TYPE_UINT32 },
  [LEC_TCP_FIELD_MD5_DIGEST] = { "tcp.options.md5.digest", NULL, N_ ("Digest"), LEC_TYPE_BYTES },
  [LEC_TCP_FIELD_QS_RATE] = { "tcp.options.qs.rate", NULL, N_ ("Rate"), LEC_TYPE_UINT8, .mask = 0x0f },
  [LEC_TCP_FIELD_QS_TTL_DIFF] = { "tcp.options.qs.ttl_diff", NULL, N_ ("TTL difference"), LEC_TYPE_UINT8 },
  [LEC_TCP_FIELD_USER_TIMEOUT_MINUTES] = { "tcp.options.user_to_granularity", NULL, N_ ("In minutes"), LEC_TYPE_BOOLEAN,
                                           .mask = 0x8000 },
  [LEC_TCP_FIELD_USER_TIMEOUT_VALUE] = { "tcp.options.user_to_val", NULL, N_ ("Timeout"), LEC_TYPE_UINT16,
                                         .mask = 0x7fff },
  [LEC_TCP_FIELD_AO_KEYID] = { "tcp.options.ao.keyid", NULL, N_ ("Key"), LEC_TYPE_UINT8 },
  [LEC_TCP_FIELD_AO_RNEXTKEYID] = { "tcp.options.ao.rnextkeyid", NULL, N_ ("Next key"), LEC_TYPE_UINT8 },
  [LEC_TCP_FIELD_AO_MAC] = { "tcp.options.ao.mac", NULL, N_ ("Authentication code"), LEC_TYPE_BYTES },
  [LEC_TCP_FIELD_MPTCP_SUBTYPE] = { "tcp.options.mptcp.subtype", NULL, N_ ("Subtype"), LEC_TYPE_UINT8, .mask = 0xf0,
                                    .values = mptcp_subtypes },
  [LEC_TCP_FIELD_MPTCP_VERSION] = { "tcp.options.mptcp.version", NULL, N_ ("Version"), LEC_TYPE_UINT8, .mask = 0x0f },
  [LEC_TCP_FIELD_MPTCP_SENDKEY] = { "tcp.options.mptcp.sendkey", NULL, N_ ("Sender's key"), LEC_TYPE_UINT64 },
  [LEC_TCP_FIELD_MPTCP_RECVKEY] = { "tcp.options.mptcp.recvkey", NULL, N_ ("Receiver's key"), LEC_TYPE_UINT64 },
  [LEC_TCP_FIELD_MPTCP_RECVTOK] = { "tcp.options.mptcp.recvtok", NULL, N_ ("Receiver's token"), LEC_TYPE_UINT32 },
  [LEC_TCP_FIELD_MPTCP_SENDRAND] = { "tcp.options.mptcp.sendrand", NULL, N_ ("Sender's random number"),
                                     LEC_TYPE_UINT32 },
  [LEC_TCP_FIELD_MPTCP_ADDRID] = { "tcp.options.mptcp.addrid", NULL, N_ ("Address number"), LEC_TYPE_UINT8 },
  [LEC_TCP_FIELD_TFO_REQUEST] = { "tcp.options.tfo.request", NULL, N_ ("Asks for a cookie"), LEC_TYPE_NONE },
  [LEC_TCP_FIELD_TFO_COOKIE] = { "tcp.options.tfo.cookie", NULL, N_ ("Cookie"), LEC_TYPE_BYTES },
  [LEC_TCP_FIELD_EXPERIMENT_ID] = { "tcp.options.experimental.exid", NULL, N_ ("Experiment"), LEC_TYPE_UINT16,
                                    LEC_SHOW_HEX },
  [LEC_TCP_FIELD_OPTION_PAYLOAD] = { "tcp.options.unknown.payload", NULL, N_ ("Content"), LEC_TYPE_BYTES },
  [LEC_TCP_FIELD_PAYLOAD] = { "tcp.payload", "TCP.Payload", N_ ("Payload"), LEC_TYPE_BYTES },
  [LEC_TCP_FIELD_SEGMENT_DATA] = { "tcp.segment_data", NULL, N_ ("Part of a message"), LEC_TYPE_BYTES },
  [LEC_TCP_FIELD_CONTINUATION_TO] = { "tcp.continuation_to", NULL, N_ ("Goes on with the message of frame"),
                                      LEC_TYPE_FRAME,
                                      .explanation = N_ (
                                          "The message is shown whole in the frame in which its first byte stands.") },
  MARK (SYN, "syn", N_ ("Asks for a connection")),
  MARK (SYNACK, "synack", N_ ("Accepts the connection")),
  MARK (FIN, "fin", N_ ("Ends its side of the connection")),
  MARK (RST, "rst", N_ ("Aborts the connection")),
  { NULL },
};

const LecAlias lec_tcp_aliases[] = {
  { "tcp.port", "TCP.Port", N_ ("Source or destination port"), { "tcp.srcport", "tcp.dstport" } },
  { NULL },
};
