#include "analysis/tcp-limits.h"

#include "analysis/segment-head.h"
#include "base/publish.h"

/* Whoever has no more than 16 bits to tell its window in, and would tell more, tells nearly all of them: a multiple of
 * its segment size at most that far below. */
#define NEARLY_ALL_OF_WINDOW (G_MAXUINT16 - 2 * 1460)
/* With a shorter way to and fro such a window lets 100 Mbit/s through: more than anybody misses. */
#define LEAST_ROUND_TRIP_NS 5000000
/* A single wait may be a hiccup. */
#define TELLING_WAIT 3
#define US_NS        1000
/* What is sent where no size was agreed on (RFC 9293 §3.7.1), and how much of it options may take away. */
#define DEFAULT_SIZE_IPV4   536u
#define DEFAULT_SIZE_IPV6   1220u
#define OPTIONS_BYTES       40u
#define LEAST_FULL_SEGMENTS 8u

static bool
offers_scaling (const LecAnalyzer *analyzer, uint32_t syn)
{
  LecSegmentHead segment = { 0 };
  bool offers =
      lec_segment_head_read (&segment, analyzer->index, analyzer->cache, syn) && segment.head.flags & LEC_HEAD_SCALE;

  lec_segment_head_clear (&segment);
  return offers;
}

/* Of the two that have to offer it the first that does not, 0 where they are not both here. */
static uint32_t
syn_without_scaling (const LecAnalyzer *analyzer, const LecConversation *conversation)
{
  uint32_t syn = LEC_GET (conversation->syn_frame), syn_ack = LEC_GET (conversation->syn_ack_frame);

  if (!syn || !syn_ack)
    return 0;
  return offers_scaling (analyzer, syn) ? syn_ack : syn;
}

/* The sender stood still for a good part of a round trip with nothing lost: so that the way was not used. */
static bool
has_waited (const LecTcpSide *sender, int64_t waited_ns, int64_t round_trip_ns)
{
  const LecTcpTrouble *trouble = sender->trouble;

  return round_trip_ns >= LEAST_ROUND_TRIP_NS && waited_ns >= round_trip_ns / 4 &&
         !(trouble && (trouble->recovery || trouble->n_duplicate_acks));
}

static void
tell_unscaled (LecAnalyzer *analyzer, const LecFrameAt *at, LecTcpTrouble *waits, uint16_t window,
               uint32_t round_trip_us)
{
  LecIndex *index = analyzer->index;
  uint32_t syn = syn_without_scaling (analyzer, lec_index_conversation (index, at->conversation));

  if (syn)
    waits->unscaled_verdict =
        1 + lec_index_add_verdict (index, &(LecVerdict){ .frame = syn,
                                                         .of = waits->unscaled_frame,
                                                         .kind = LEC_VERDICT_NO_WINDOW_SCALING,
                                                         .side = (lec_index_state (index, syn) & LEC_FRAME_SIDE) != 0,
                                                         .count = window,
                                                         .round_trip_us = round_trip_us });
}

void
lec_tcp_limits_waited (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  LecIndex *index = analyzer->index;
  const LecTcpSide *receiver = at->sender;
  LecTcpSide *sender = at->receiver;
  int64_t round_trip_us = sender->round_trip_us ? (int64_t) sender->round_trip_us + receiver->round_trip_us : 0;
  int64_t waited_ns = lec_index_time_ns (index, at->frame) - lec_index_time_ns (index, sender->last_new);

  if (LEC_GET (lec_index_conversation (index, at->conversation)->window_shift[at->side]) != -2 ||
      receiver->window < NEARLY_ALL_OF_WINDOW || !has_waited (sender, waited_ns, round_trip_us * US_NS))
    return;
  LecTcpTrouble *waits = lec_tcp_side_trouble (sender);
  if (!waits->n_unscaled)
    waits->unscaled_frame = sender->last_new;
  waits->n_unscaled++;
  waits->unscaled_ns += waited_ns;
  if (waits->n_unscaled == TELLING_WAIT)
    tell_unscaled (analyzer, at, waits, receiver->window, (uint32_t) round_trip_us);
  if (waits->unscaled_verdict)
    lec_index_set_span (index, waits->unscaled_verdict - 1, waits->unscaled_ns, at->frame);
}

/* The first of several full segments of the default size, 0 where the side sent any larger one, or few. */
static uint32_t
first_of_default_size (const LecTcpSide *sender, uint32_t size)
{
  const LecSegmentRing *ring = &sender->segments;
  uint32_t longest = 0, n = 0, first = 0;

  for (uint32_t i = 0; i < ring->count; i++) {
    const LecSegment *segment = lec_segment_ring_at (ring, i);
    if (segment->length > longest) {
      longest = segment->length;
      n = 0;
      first = segment->frame;
    }
    n += segment->length == longest;
  }
  return longest <= size && longest + OPTIONS_BYTES >= size && n >= LEAST_FULL_SEGMENTS ? first : 0;
}

void
lec_tcp_limits_finish (LecAnalyzer *analyzer, uint32_t conversation, const LecTcpFlow *flow)
{
  LecIndex *index = analyzer->index;
  const LecConversation *row = lec_index_conversation (index, conversation);
  uint32_t syns[2] = { LEC_GET (row->syn_frame), LEC_GET (row->syn_ack_frame) };
  uint32_t size = row->address[0].n_bytes == 16 ? DEFAULT_SIZE_IPV6 : DEFAULT_SIZE_IPV4;

  for (unsigned i = 0; i < 2; i++) {
    unsigned side = syns[i] && lec_index_state (index, syns[i]) & LEC_FRAME_SIDE ? 1 : 0;
    if (!syns[i] || flow->side[!side].segments.count < LEAST_FULL_SEGMENTS ||
        LEC_GET (lec_index_opening (index, conversation)->mss[side]))
      continue;
    uint32_t of = first_of_default_size (&flow->side[!side], size);
    if (of)
      lec_index_add_verdict (
          index,
          &(LecVerdict){
              .frame = syns[i], .of = of, .kind = LEC_VERDICT_MSS_MISSING, .side = (uint8_t) side, .count = size });
  }
}
