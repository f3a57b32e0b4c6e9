/* Packets of a TCP conversation that are in the trace once more: doubled by the network, or captured twice. Index pass
 * only.
 *
 * One copy shows which it is where it came another way. Where copies are bit by bit the same, their number tells: no
 * network doubles a quarter of all that it carries. A copy changes nothing of what is known of its conversation. */
#pragma once

#include "analysis/analyzer.h"

G_BEGIN_DECLS

/* TRUE where a segment without bytes of its own may be a copy: it acknowledges nothing new. All others are known by
 * their sequence numbers. */
static inline bool
lec_tcp_copy_is_possible (const LecFrameAt *at)
{
  const LecHead *head = at->head;
  const LecTcpSide *sender = at->sender, *other = at->receiver;

  if (head->payload_bytes > 1 || head->tcp_flags & (LEC_TCP_SYN | LEC_TCP_FIN | LEC_TCP_RST))
    return false;
  if (!other->acknowledged_known || lec_sequence_distance (other->acknowledged, head->acknowledgment) > 0)
    return false;
  return head->payload_bytes == 0 || head->sequence + 1 == sender->next_sequence;
}

/* Looks whether a segment that is not remembered by its sequence numbers is a copy of one not long before. TRUE: it is,
 * that has been told, and nothing else shall be made of it. */
gboolean lec_tcp_copy_seen (LecAnalyzer *analyzer, const LecFrameAt *at);
/* Remembers such a segment, of a side in trouble. */
void lec_tcp_copy_note (const LecFrameAt *at, LecTcpSide *sender);
/* The frame is a copy of verdict.of, IS_FIRST the first of perhaps several: completes VERDICT by what it is and tells
 * it.
 */
void lec_tcp_copy_tell (LecAnalyzer *analyzer, const LecFrameAt *at, LecVerdict verdict, bool is_first);
/* Whether nothing in EVIDENCE, a LecEvidence, tells two segments with one header apart. */
static inline bool
lec_tcp_copy_is_suspected (uint32_t evidence)
{
  return evidence & LEC_EVIDENCE_IDENTICAL &&
         !(evidence & (LEC_EVIDENCE_IP_ID_OTHER | LEC_EVIDENCE_IP_ID_LATER | LEC_EVIDENCE_IP_ID_EARLIER));
}

/* The frame may be a copy or a retransmission, and was told as the latter: counts it among the copies. */
void lec_tcp_copy_suspect (LecAnalyzer *analyzer, const LecFrameAt *at, bool is_first);
/* The trace is over: says for good which copies were whose. */
void lec_tcp_copies_finish (LecAnalyzer *analyzer);

G_END_DECLS
