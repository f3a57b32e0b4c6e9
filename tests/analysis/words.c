/* Verdicts in, sentences and clauses out: each kind, and what it may rest on. */
#include <string.h>

#include "analysis/verdict-loss.h"
#include "analysis/verdict-text.h"
#include "known.h"

static const struct {
  LecVerdict verdict;
  const char *sentence;
  const char *clause;
  const char *place;
} said[] = {
  /* Sent again: why. */
  { { RESENT, .cause = LEC_CAUSE_TIMEOUT, .need = LEC_NEED_NEEDED, .evidence = BEFORE | EVIDENCE (SILENCE) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; no duplicate ACKs came before, so the "
    "sender's "
    "timer ran out. Frame 4 was lost after this capture point.",
    "retransmission of 4 (timeout)",
    "after" },
  { { RESENT, .cause = LEC_CAUSE_TIMEOUT, .need = LEC_NEED_NEEDED, .n_duplicate_acks = 1,
      .evidence = BEFORE | EVIDENCE (SILENCE) | EVIDENCE (DUPLICATE_ACKS) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; only 1 duplicate ACK came before, so the "
    "sender's timer ran out. Frame 4 was lost after this capture point.",
    "retransmission of 4 (timeout)",
    "after" },
  { { RESENT, .cause = LEC_CAUSE_TIMEOUT, .need = LEC_NEED_NEEDED, .n_duplicate_acks = 12,
      .evidence = BEFORE | EVIDENCE (SILENCE) | EVIDENCE (DUPLICATE_ACKS) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; 12 duplicate ACKs came before, and still it "
    "took the sender's timer. Frame 4 was lost after this capture point.",
    "retransmission of 4 (timeout)",
    "after" },
  { { RESENT, .cause = LEC_CAUSE_TIMEOUT, .need = LEC_NEED_NEEDED, .prompt = 7,
      .evidence = BEFORE | EVIDENCE (TIMEOUT_RECOVERY) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; the sender's timer had run out before, and "
    "it "
    "goes over all that is not acknowledged. Frame 4 was lost after this capture point.",
    "retransmission of 4 (timeout)",
    "after" },
  { { RESENT, .cause = LEC_CAUSE_DUPLICATE_ACKS, .need = LEC_NEED_NEEDED, .n_duplicate_acks = 3,
      .evidence = BEFORE | EVIDENCE (DUPLICATE_ACKS) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; 3 duplicate ACKs had asked for these bytes, "
    "so "
    "the sender did not wait for its timer. Frame 4 was lost after this capture point.",
    "retransmission of 4 (fast)",
    "after" },
  { { RESENT, .cause = LEC_CAUSE_DUPLICATE_ACKS, .need = LEC_NEED_NEEDED, .evidence = BEFORE },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; the sender was making up for a loss and went "
    "on "
    "with it. Frame 4 was lost after this capture point.",
    "retransmission of 4 (fast)",
    "after" },
  { { RESENT, .cause = LEC_CAUSE_SACK, .need = LEC_NEED_NEEDED, .evidence = BEFORE | EVIDENCE (SACKED_ABOVE) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; the receiver had told that it has later "
    "bytes "
    "and lacks these (SACK). Frame 4 was lost after this capture point.",
    "retransmission of 4 (fast)",
    "after" },
  { { RESENT, .cause = LEC_CAUSE_PROBE, .need = LEC_NEED_NEEDED, .evidence = BEFORE | EVIDENCE (TAIL) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; the sender had no acknowledgment yet, so "
    "it probes with what it had sent last. Frame 4 was lost after this capture point.",
    "retransmission of 4 (probe)",
    "after" },
  { { RESENT, .need = LEC_NEED_NEEDED, .evidence = BEFORE },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; what made the sender repeat it is unclear. "
    "Frame "
    "4 was lost after this capture point.",
    "retransmission of 4",
    "after" },
  /* A SYN and a FIN have no bytes. */
  { { KIND (RETRANSMISSION), .frame = 1, .of = 1, .first = 1, .cause = LEC_CAUSE_SYN, .span_ns = 3000 * MS,
      .evidence = BEFORE },
    "Retransmission of frame 1: the same SYN again, 3.0 s later; the sender had no answer yet, so it tries again. "
    "Whether "
    "frame 1 was lost, or the answer to it, is unclear.",
    "retransmission of 1",
    "unclear" },
  { { KIND (RETRANSMISSION), .frame = 2, .of = 2, .first = 2, .cause = LEC_CAUSE_SYN_ACK, .span_ns = 1000 * MS,
      .evidence = BEFORE, .need = LEC_NEED_NEEDED },
    "Retransmission of frame 2: the same SYN-ACK again, 1.0 s later; the sender had no answer yet, so it tries again. "
    "Frame "
    "2 was lost after this capture point.",
    "retransmission of 2",
    "after" },
  { { KIND (RETRANSMISSION), .frame = 11, .of = 10, .first = 10, .cause = LEC_CAUSE_TIMEOUT, .span_ns = 20 * 1000,
      .evidence = BEFORE, .need = LEC_NEED_NEEDED },
    "Retransmission of frame 10: the same FIN again, 20 µs later; no duplicate ACKs came before, so the sender's timer "
    "ran "
    "out. Frame 10 was lost after this capture point.",
    "retransmission of 10 (timeout)",
    "after" },
  { { KIND (RETRANSMISSION), .frame = 11, .of = 10, .first = 10, .cause = LEC_CAUSE_TIMEOUT, .span_ns = 20 * 1000,
      .evidence = BEFORE | EVIDENCE (ACKNOWLEDGED), .need = LEC_NEED_SPURIOUS },
    "Retransmission of frame 10: the same FIN again, 20 µs later; no duplicate ACKs came before, so the sender's timer "
    "ran "
    "out. It was not needed: the FIN had been acknowledged before, which the sender did not know yet.",
    "retransmission of 10 (timeout, not needed)",
    NULL },
  /* Sent again: whether it was needed. */
  { { RESENT, .cause = LEC_CAUSE_PROBE, .need = LEC_NEED_SPURIOUS, .proof = 10,
      .evidence = BEFORE | EVIDENCE (DUPLICATE_REPORTED) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; the sender had no acknowledgment yet, so it "
    "probes "
    "with "
    "what it had sent last. It was not needed: frame 10 reports that the bytes came twice.",
    "retransmission of 4 (probe, not needed)",
    NULL },
  { { RESENT, .need = LEC_NEED_SPURIOUS, .evidence = BEFORE | EVIDENCE (ACKNOWLEDGED) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; what made the sender repeat it is unclear. "
    "It "
    "was "
    "not needed: the bytes had been acknowledged before, which the sender did not know yet.",
    "retransmission of 4 (not needed)",
    NULL },
  { { RESENT, .cause = LEC_CAUSE_SACK, .need = LEC_NEED_SPURIOUS, .evidence = BEFORE | EVIDENCE (SACKED) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; the receiver had told that it has later "
    "bytes "
    "and "
    "lacks these (SACK). It was not needed: the receiver had told before that it has these bytes.",
    "retransmission of 4 (fast, not needed)",
    NULL },
  { { RESENT, .cause = LEC_CAUSE_TIMEOUT, .need = LEC_NEED_SPURIOUS, .proof = 10,
      .evidence = BEFORE | EVIDENCE (ECHO_OF_EARLIER) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; no duplicate ACKs came before, so the "
    "sender's "
    "timer ran out. It was not needed: frame 10 answers the earlier copy.",
    "retransmission of 4 (timeout, not needed)",
    NULL },
  { { RESENT, .cause = LEC_CAUSE_TIMEOUT, .evidence = BEFORE | EVIDENCE (SILENCE) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; no duplicate ACKs came before, so the "
    "sender's "
    "timer ran out. Whether frame 4 was lost, or the answer to it, is unclear.",
    "retransmission of 4 (timeout)",
    "unclear" },
  { { RESENT, .cause = LEC_CAUSE_DUPLICATE_ACKS, .n_duplicate_acks = 2,
      .evidence = BEFORE | EVIDENCE (DUPLICATE_ACKS) },
    "Retransmission of frame 4: the same 1,000 bytes again, 940 ms later; 2 duplicate ACKs had asked for these bytes. "
    "Frame "
    "4 was probably lost after this capture point.",
    "retransmission of 4 (fast)",
    "after" },
  /* The first copy never came by here, or is forgotten. */
  { { KIND (RETRANSMISSION), .frame = 9, .of = 7, .count = 1000, .side = SERVER, .span_ns = 630 * MS,
      .evidence = BEFORE, .cause = LEC_CAUSE_TIMEOUT, .need = LEC_NEED_NEEDED },
    "Retransmission of frame 7: the same 1,000 bytes again, 630 ms later; no duplicate ACKs came before, so the "
    "sender's "
    "timer ran out. Frame 7 was lost after this capture point.",
    "retransmission of 7 (timeout)",
    "after" },
  { { KIND (RETRANSMISSION), .frame = 9, .count = 1000, .side = SERVER, .evidence = BEFORE,
      .cause = LEC_CAUSE_TIMEOUT },
    "Retransmission of 1,000 bytes that passed here before; no duplicate ACKs came before, so the sender's timer ran "
    "out. "
    "Whether the copy before was lost, or the answer to it, is unclear.",
    "retransmission of a lost segment (timeout)",
    "unclear" },
  { { FILLER, .cause = LEC_CAUSE_SACK, .n_duplicate_acks = 41, .evidence = HOLE | EVIDENCE (IP_ID_LATER) },
    "Retransmission of 1,000 bytes that were lost before here: frame 7 had gone past them 630 ms earlier; 41 duplicate "
    "ACKs "
    "had asked for these bytes, so the sender did not wait for its timer.",
    "retransmission of a lost segment (fast)",
    "before" },
  { { FILLER, .cause = LEC_CAUSE_TIMEOUT, .confidence = LEC_CONFIDENCE_UNCLEAR, .evidence = HOLE },
    "Probably a retransmission of 1,000 bytes that were lost before here: frame 7 had gone past them 630 ms earlier; "
    "no "
    "duplicate ACKs came before, so the sender's timer ran out. It may as well be the first copy, only late: nothing "
    "in it "
    "tells.",
    "retransmission of a lost segment (timeout)",
    "unclear" },
  { { FILLER, .cause = LEC_CAUSE_TIMEOUT, .need = LEC_NEED_SPURIOUS, .evidence = HOLE | EVIDENCE (ACKNOWLEDGED) },
    "Retransmission of 1,000 bytes that had passed here without being captured; no duplicate ACKs came before, so the "
    "sender's timer ran out. It was not needed: the bytes had been acknowledged before, which the sender did not know "
    "yet.",
    "retransmission of a lost segment (timeout, not needed)",
    "not-captured" },
  { { FILLER, .cause = LEC_CAUSE_SACK, .need = LEC_NEED_SPURIOUS, .proof = 10,
      .evidence = HOLE | EVIDENCE (DUPLICATE_REPORTED) },
    "Retransmission of 1,000 bytes that were still missing here: frame 7 had gone past them 630 ms earlier; the "
    "receiver had "
    "told that it has later bytes and lacks these (SACK). It was not needed: frame 10 reports that the bytes came "
    "twice.",
    "retransmission of a lost segment (fast, not needed)",
    "unclear" },
  /* Late, or there twice. */
  { { KIND (REORDERED), .frame = 9, .of = 7, .opener = 7, .count = 1000, .side = SERVER, .span_ns = 630 * MS,
      .evidence = HOLE | EVIDENCE (IP_ID_EARLIER) },
    "Reordered: frame 7 was sent later and overtook it on the way here, by 630 ms. Nothing was lost, and nothing was "
    "sent "
    "twice.",
    "late, overtaken by 7",
    NULL },
  { { KIND (REORDERED), .frame = 9, .of = 7, .opener = 7, .count = 1000, .side = SERVER, .span_ns = 630 * MS,
      .evidence = HOLE, .confidence = LEC_CONFIDENCE_UNCLEAR },
    "Probably reordered: frame 7 had gone past these bytes only 630 ms earlier. It may as well be a retransmission: "
    "nothing "
    "in it tells.",
    "late, overtaken by 7",
    NULL },
  { { KIND (REORDERED), .frame = 9, .of = 7, .first = 7, .count = 1000, .side = SERVER, .span_ns = 630 * MS,
      .evidence = BEFORE | EVIDENCE (IP_ID_EARLIER) },
    "Reordered: this was sent before frame 7, which repeats it and was here 630 ms sooner. It is the late one of the "
    "two, "
    "and nothing was lost before here.",
    "late, overtaken by 7",
    NULL },
  { { KIND (NETWORK_DUPLICATE), .frame = 5, .of = 4, .first = 4, .count = 1000, .side = SERVER, .span_ns = 1 * MS,
      .evidence = BEFORE | EVIDENCE (IDENTICAL) | EVIDENCE (IP_ID_SAME) },
    "Duplicated in the network: the packet of frame 4 once more, 1.0 ms later. The sender sent it only once.",
    "4 once more, duplicated in the network",
    NULL },
  { { KIND (NETWORK_DUPLICATE), .frame = 5, .of = 4, .first = 4, .count = 1000, .side = SERVER, .span_ns = 1 * MS,
      .confidence = LEC_CONFIDENCE_LIKELY, .evidence = BEFORE | EVIDENCE (IDENTICAL) | EVIDENCE (TOO_SOON) },
    "Probably duplicated in the network: the same as frame 4 once more, only 1.0 ms later. No sender repeats itself so "
    "soon.",
    "4 once more, duplicated in the network",
    NULL },
  { { KIND (CAPTURE_DUPLICATE), .frame = 5, .of = 4, .first = 4, .count = 1000, .side = SERVER, .span_ns = 1 * MS },
    "Captured twice: the packet of frame 4 once more, 1.0 ms later. It says nothing of the connection.",
    "4 once more, captured twice",
    NULL },
  /* Gaps. */
  { { KIND (SEGMENT_LOST), .frame = 7, .of = 9, .count = 1000, .side = SERVER, .span_ns = 630 * MS },
    "1,000 bytes before this segment are missing here: lost between the sender and this capture point. Frame 9 brings "
    "what is missing, 630 ms later.",
    "1,000 bytes before it were lost on the way here",
    "before" },
  { { KIND (SEGMENT_LOST), .frame = 7, .count = 1, .side = SERVER, .confidence = LEC_CONFIDENCE_LIKELY },
    "1 byte before this segment is missing here: lost between the sender and this capture point. The receiver asks for "
    "that, and nothing in this trace brings it.",
    "1 byte before it was lost on the way here",
    "before" },
  { { KIND (SEGMENT_LOST), .frame = 7, .count = 1000, .side = SERVER, .confidence = LEC_CONFIDENCE_UNCLEAR },
    "1,000 bytes before this segment are missing here, and nothing brings that. Whether it was lost before here or the "
    "capture missed it is unclear: nobody asks for it and nobody acknowledges it.",
    "1,000 bytes before it are missing",
    "unclear" },
  { { KIND (SEGMENT_UNCAPTURED), .frame = 7, .of = 8, .count = 1000, .side = SERVER },
    "1,000 bytes before this segment are missing here, but frame 8 acknowledges that: the capture missed it, the "
    "network "
    "lost nothing.",
    "1,000 bytes before it were not captured",
    "not-captured" },
  { { KIND (ACK_OF_UNSEEN), .frame = 8, .count = 1000 },
    "Acknowledges 1,000 bytes that are not in this trace: the capture missed them, or they took another way.",
    "acknowledges 1,000 bytes that were not captured",
    "not-captured" },
  /* Acknowledgments. */
  { { KIND (DUPLICATE_ACK), .frame = 8, .of = 6, .count = 1, .sequence = SERVER_START + 2001 },
    "Duplicate ACK number 1: like frame 6 it asks for byte 2,001. Something came, but not what the receiver waits for: "
    "that "
    "is late or lost.",
    "duplicate ACK 1, asks for byte 2,001 again",
    NULL },
  { { KIND (DUPLICATE_ACK), .frame = 8, .of = 6, .count = 3, .sequence = SERVER_START + 2001 },
    "Duplicate ACK number 3: like frame 6 it asks for byte 2,001. With the third one the sender takes what is missing "
    "for "
    "lost and sends it again.",
    "duplicate ACK 3, asks for byte 2,001 again",
    NULL },
  { { KIND (DUPLICATE_ACK), .frame = 8, .of = 6, .count = 40, .sequence = SERVER_START + 2001 },
    "Duplicate ACK number 40: like frame 6 it asks for byte 2,001. Each of them tells that one more segment came while "
    "that "
    "one is missing.",
    "duplicate ACK 40, asks for byte 2,001 again",
    NULL },
  { { KIND (KEEP_ALIVE), .frame = 11, .side = SERVER, .span_ns = 7200 * 1000 * MS },
    "Keep-alive: after 2 h 0 min of silence the server asks whether the other side is still there. It brings nothing "
    "new.",
    "keep-alive after 2 h 0 min",
    NULL },
  { { KIND (KEEP_ALIVE), .frame = 11, .side = CLIENT },
    "Keep-alive: with nothing new to say, the client asks whether the other side is still there.",
    "keep-alive",
    NULL },
  { { KIND (KEEP_ALIVE_ANSWER), .frame = 8, .of = 7, .side = CLIENT, .span_ns = 20 * MS },
    "Answer to the keep-alive of frame 7, after 20 ms: the client is still there.",
    "answer to the keep-alive of 7",
    NULL },
  /* Windows, of which each stands for 128 bytes. */
  { { KIND (ZERO_WINDOW), .frame = 6, .side = CLIENT, .span_ns = 310 * MS, .proof = 8 },
    "Zero window: the client has no room left, because its program does not read, and the other side has to wait. That "
    "took "
    "310 ms, up to frame 8.",
    "window shut for 310 ms",
    NULL },
  { { KIND (ZERO_WINDOW), .frame = 6, .side = CLIENT },
    "Zero window: the client has no room left, because its program does not read, and the other side has to wait. In "
    "this "
    "trace the window does not open again.",
    "window shut",
    NULL },
  { { KIND (ZERO_WINDOW_PROBE), .frame = 7, .of = 6, .side = SERVER, .span_ns = 290 * MS },
    "Zero-window probe: after 290 ms of waiting the server asks whether the window that frame 6 shut is open again.",
    "probe of the window shut in 6",
    NULL },
  { { KIND (ZERO_WINDOW_PROBE), .frame = 7, .side = SERVER },
    "Zero-window probe: the server asks whether the other side has room again.",
    "probe of the shut window",
    NULL },
  { { KIND (ZERO_WINDOW_PROBE_ANSWER), .frame = 8, .of = 7, .side = CLIENT },
    "Answer to the zero-window probe of frame 7: the client still has no room.",
    "answer to the probe of 7: still shut",
    NULL },
  { { KIND (ZERO_WINDOW_PROBE_ANSWER), .frame = 8, .of = 7, .side = CLIENT, .count = 2 },
    "Answer to the zero-window probe of frame 7: the client has room for 256 bytes again.",
    "answer to the probe of 7: room again",
    NULL },
  { { KIND (WINDOW_FULL), .frame = 7, .of = 6, .side = SERVER, .count = 65536 },
    "Window full: with this segment the server has sent all that fits into the 65,536 bytes that frame 6 offered, and "
    "has to wait for more room.",
    "window of 65,536 bytes used up",
    NULL },
  { { KIND (WINDOW_UPDATE), .frame = 8, .of = 6, .side = CLIENT, .count = 10, .span_ns = 310 * MS },
    "Window update: the client has room for 1,280 bytes now. Its window had been shut for 310 ms, since frame 6.",
    "window open again after 310 ms",
    NULL },
  { { KIND (WINDOW_UPDATE), .frame = 8, .of = 6, .side = CLIENT, .count = 10 },
    "Window update: the client has room for 1,280 bytes now. The sender had used up what it was offered before.",
    "window update",
    NULL },
  /* Connections. */
  { { KIND (NO_ANSWER), .frame = 1, .side = CLIENT, .count = 3, .span_ns = 9000 * MS },
    "No answer: no ACK was received for this SYN. It was sent 3 times over 9.0 s and 198.51.100.2:80 stayed silent: a "
    "firewall may drop it, or nothing is at that address.",
    "no answer to 3 SYNs over 9.0 s, gave up",
    NULL },
  { { KIND (NO_ANSWER), .frame = 1, .side = CLIENT, .count = 1 },
    "No answer: no ACK was received for this SYN. 198.51.100.2:80 stayed silent to the end of the trace; a firewall "
    "may have "
    "dropped the segment, or nothing is at that address.",
    "no answer",
    NULL },
  { { KIND (REFUSED), .frame = 2, .of = 1, .side = SERVER, .span_ns = 20 * MS },
    "Refused: the server answers the SYN of frame 1 with a reset after 20 ms. The host is there, but no program "
    "listens at "
    "that port (RFC 9293 §3.10.7.1).",
    "refused by the server",
    NULL },
  { { KIND (RESET), .frame = 11, .side = CLIENT, .count = 146 },
    "Reset: the client aborted the connection after 146 frames.",
    "aborted by the client",
    NULL },
  { { KIND (RESET), .frame = 11, .side = SERVER, .reason = LEC_RESET_AFTER_CLOSE },
    "Reset by the server after it had closed: it has no use for what still comes.",
    "reset by the server after the close",
    NULL },
  { { KIND (RESET), .frame = 11, .of = 10, .side = SERVER, .reason = LEC_RESET_HALF_OPEN },
    "Reset: the server knows nothing of this connection, and says so in answer to frame 10. It was started anew, or "
    "has "
    "given the connection up (RFC 9293 §3.5.1).",
    "reset by the server, which knows nothing of it",
    NULL },
  { { KIND (RESET), .frame = 11, .side = SERVER, .reason = LEC_RESET_SUSPICIOUS, .evidence = EVIDENCE (OUT_OF_WINDOW) },
    "Suspicious reset: its number is none that the client takes, so it ends nothing. Perhaps the server has not sent "
    "it "
    "(RFC 5961 §3.2).",
    "suspicious reset",
    NULL },
  { { KIND (RESET), .frame = 11, .side = SERVER, .reason = LEC_RESET_SUSPICIOUS, .evidence = EVIDENCE (OTHER_HOPS) },
    "Suspicious reset: it came from another distance than all else that the server sends. Perhaps a device in between "
    "has sent it.",
    "suspicious reset",
    NULL },
  { { KIND (PORT_REUSED), .frame = 11, .of = 10, .side = CLIENT, .span_ns = 2000 * MS },
    "Port reused: a new connection with the addresses and ports of the one that ended with frame 10, 2.0 s before.",
    "port used before, up to 10",
    NULL },
  { { KIND (HANDSHAKE_INCOMPLETE), .frame = 2, .side = SERVER, .count = 3, .span_ns = 3000 * MS },
    "Handshake incomplete: this SYN-ACK was sent 3 times over 3.0 s, and the last ACK did not come.",
    "the last ACK never came",
    NULL },
  { { KIND (SIMULTANEOUS_CLOSE), .frame = 11, .of = 10, .side = SERVER },
    "Simultaneous close: this FIN and that of frame 10 crossed on their way. Neither side had heard that the other "
    "closes (RFC 9293 §3.6).",
    "crossed 10 on the way",
    NULL },
  { { KIND (HALF_CLOSED), .frame = 10, .of = 11, .side = CLIENT },
    "Half-closed: the client has no more to send, and takes what the server goes on to send, from frame 11 on (RFC "
    "9293 "
    "§3.6).",
    "half-closed: the server goes on",
    NULL },
  { { KIND (HALF_CLOSED), .frame = 10, .side = CLIENT, .span_ns = 2000 * MS },
    "Half-closed: the client has no more to send and waits for the server to close, in vain for 2.0 s to the end of "
    "the "
    "trace.",
    "half-closed: the server never closes",
    NULL },
  { { KIND (CONGESTION_EXPERIENCED), .frame = 4, .side = SERVER },
    "Congestion marked: a router on the way from the server had a long queue, and marked this packet to say so (RFC "
    "3168 "
    "§5).",
    "Congestion marked",
    NULL },
  { { KIND (CONGESTION_ECHO), .frame = 6, .of = 4, .side = CLIENT },
    "Congestion reported: the client tells that packets come marked, since frame 4, until the sender says that it has "
    "slowed down (RFC 3168 §6.1.3).",
    "reports the congestion of 4",
    NULL },
  { { KIND (NO_WINDOW_SCALING), .frame = 1, .of = 9, .side = CLIENT, .count = 64240, .round_trip_us = 100000,
      .span_ns = 2000000000 },
    "No window scaling: the client does not offer it here, so that no more than 64,240 bytes can be on their way at "
    "once. With a round trip of 100 ms that makes 5.1 Mbit/s at most; the sender waited 2.0 s in all for it (RFC 7323 "
    "§2).",
    "no window scaling, and the window is too small",
    NULL },
  { { KIND (CHECKSUM_WRONG), .frame = 5, .of = 8, .side = SERVER },
    "Checksum wrong: the segment was damaged on its way here, and the client drops it without a word. Frame 8 brings "
    "the same bytes again.",
    "damaged on the way, sent again in 8",
    NULL },
  { { KIND (OLD_TIMESTAMP), .frame = 5, .of = 4, .side = SERVER, .count = 9000 },
    "Old timestamp: it is 9,000 ticks behind that of frame 4, further than packets overtake each other. The receiver "
    "takes "
    "it for a stray from the past and drops it (RFC 7323 §5).",
    "timestamp older than that of 4",
    NULL },
};

static void
test_sentences (void)
{
  g_autoptr (LecIndex) index = known_index ();

  for (unsigned i = 0; i < G_N_ELEMENTS (said); i++) {
    g_autofree char *sentence = lec_verdict_dup_sentence (index, &said[i].verdict);
    g_autofree char *clause = lec_verdict_dup_clause (index, &said[i].verdict);

    g_assert_cmpstr (sentence, ==, said[i].sentence);
    g_assert_cmpstr (clause, ==, said[i].clause);
    g_assert_cmpstr (lec_loss_name (lec_verdict_loss (&said[i].verdict)), ==, said[i].place);
  }
}

/* While frames are still to come, nothing is said to be unclear for good. */
static void
test_pending (void)
{
  g_autoptr (LecIndex) index = known_index ();
  LecVerdict resent = { RESENT, .cause = LEC_CAUSE_TIMEOUT, .evidence = BEFORE };
  LecVerdict shut = { KIND (ZERO_WINDOW), .frame = 6, .side = CLIENT };

  atomic_store (&index->complete, 0);
  g_autofree char *sentence = lec_verdict_dup_sentence (index, &resent);
  g_assert_true (g_str_has_suffix (sentence, "timer ran out. Whether it was needed is not known yet."));
  g_autofree char *window = lec_verdict_dup_sentence (index, &shut);
  g_assert_true (g_str_has_suffix (window, "and the other side has to wait."));
}

/* Without its handshake a window has no scale, and no number is made up. */
static void
test_unknown_scale (void)
{
  g_autoptr (LecIndex) index = known_index ();
  LecVerdict update = { KIND (WINDOW_UPDATE), .frame = 8, .of = 6, .count = 10 };

  atomic_store (&lec_index_conversation (index, 0)->window_shift[CLIENT], -1);
  g_autofree char *sentence = lec_verdict_dup_sentence (index, &update);
  g_assert_nonnull (strstr (sentence, "how much is unclear"));
  g_assert_null (strstr (sentence, "10"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/sentences", test_sentences);
  g_test_add_func ("/words/pending", test_pending);
  g_test_add_func ("/words/unknown-scale", test_unknown_scale);
  return g_test_run ();
}
