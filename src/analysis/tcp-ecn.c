#include "analysis/tcp-ecn.h"

#include "base/publish.h"

/* Where the handshake says that they did not agree on it, flags mean nothing, and bits of the IP header are no router's
 * doing: it marks only what says that it may be marked (RFC 3168 §5, §6.1.1). */
static gboolean
may_have_agreed (const LecIndex *index, const LecConversation *conversation)
{
  uint32_t syn = LEC_GET (conversation->syn_frame), syn_ack = LEC_GET (conversation->syn_ack_frame);
  const uint8_t both = LEC_TCP_ECE | LEC_TCP_CWR;

  return (!syn || (lec_index_tcp_flags (index, syn) & both) == both) &&
         (!syn_ack || (lec_index_tcp_flags (index, syn_ack) & both) == LEC_TCP_ECE);
}

static void
tell (LecAnalyzer *analyzer, const LecFrameAt *at, LecVerdictKind kind, uint32_t of)
{
  LecIndex *index = analyzer->index;
  gboolean is_agreed = LEC_GET (lec_index_conversation (index, at->conversation)->syn_ack_frame) != 0;

  lec_index_add_verdict (index, &(LecVerdict){ .frame = at->frame,
                                               .of = of,
                                               .kind = (uint8_t) kind,
                                               .confidence = is_agreed ? LEC_CONFIDENCE_CERTAIN : LEC_CONFIDENCE_LIKELY,
                                               .side = (uint8_t) at->side });
}

/* Takes a mark into a row of them. TRUE: it is the first. */
static bool
extend (LecMarkedRow *row, uint32_t frame, uint32_t before)
{
  bool is_first = row->last == 0 || row->last != before;

  row->last = frame;
  if (is_first)
    row->first = frame;
  return is_first;
}

void
lec_tcp_ecn_seen (LecAnalyzer *analyzer, const LecFrameAt *at, uint32_t before)
{
  const LecHead *head = at->head;
  LecTcpTrouble *own = lec_tcp_side_trouble (at->sender);
  const LecTcpTrouble *other = at->receiver->trouble;

  if (!may_have_agreed (analyzer->index, at->row))
    return;
  if (head->flags & LEC_HEAD_CONGESTION && extend (&own->congested, at->frame, before))
    tell (analyzer, at, LEC_VERDICT_CONGESTION_EXPERIENCED, 0);
  if (head->tcp_flags & LEC_TCP_ECE && extend (&own->echoed, at->frame, before))
    tell (analyzer, at, LEC_VERDICT_CONGESTION_ECHO, other ? other->congested.first : 0);
  if (head->tcp_flags & LEC_TCP_CWR && extend (&own->reduced, at->frame, before))
    tell (analyzer, at, LEC_VERDICT_WINDOW_REDUCED, other ? other->echoed.first : 0);
}
