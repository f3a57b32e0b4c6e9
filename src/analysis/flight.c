#include "analysis/flight.h"

#include "base/limits.h"

static LecFlying *
segment_at (const LecFlight *flight, unsigned i)
{
  return &g_array_index (flight->segments, LecFlying, i);
}

static bool
is_before (uint32_t a, uint32_t b)
{
  return lec_sequence_distance (a, b) > 0;
}

static unsigned
n_segments (const LecFlight *flight)
{
  return flight->segments ? flight->segments->len : 0;
}

void
lec_flight_clear (LecFlight *flight)
{
  g_clear_pointer (&flight->segments, g_array_unref);
  g_clear_pointer (&flight->copies, g_array_unref);
  flight->first = 0;
}

/* The first segment that ends behind SEQUENCE. */
static unsigned
find_from (const LecFlight *flight, uint32_t sequence)
{
  unsigned low = flight->first, high = n_segments (flight);

  while (low < high) {
    unsigned middle = (low + high) / 2;
    if (is_before (sequence, segment_at (flight, middle)->range.to))
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

/* Gives back what is acknowledged, once that is most of the memory. */
static void
tidy (LecFlight *flight)
{
  if (flight->first == flight->segments->len)
    g_array_set_size (flight->segments, 0);
  else if (flight->first >= 1024 && flight->first > flight->segments->len / 2)
    g_array_remove_range (flight->segments, 0, flight->first);
  else
    return;
  flight->first = 0;
}

/* The place behind what was put at AT; where there are too many the oldest is given up, and what is older than that is
 * not taken. */
static unsigned
insert (LecFlight *flight, unsigned at, const LecFlying *sending, LecSequenceRange range)
{
  LecFlying piece = *sending;

  piece.range = range;
  flight->first += flight->segments->len - flight->first >= LEC_LIMIT_KNOWN_SEGMENTS;
  if (at < flight->first)
    return flight->first;
  g_array_insert_val (flight->segments, at, piece);
  return at + 1;
}

static void
note_copy (LecFlight *flight, const LecFlying *sending)
{
  if (!flight->copies)
    flight->copies = g_array_new (FALSE, FALSE, sizeof (LecFlying));
  if (flight->copies->len >= LEC_LIMIT_RESENDS)
    g_array_remove_index (flight->copies, 0);
  g_array_append_val (flight->copies, *sending);
}

static void
send_again (LecFlight *flight, LecFlying *segment)
{
  if (!segment->sent_twice)
    note_copy (flight, segment);
  segment->sent_twice = true;
}

/* Bytes that are in flight already were sent twice; those between them are new. TRUE where there are any of the former.
 */
static bool
merge (LecFlight *flight, const LecFlying *sending)
{
  LecSequenceRange left = sending->range;
  bool again = false;
  unsigned i = find_from (flight, left.from);

  while (is_before (left.from, left.to)) {
    const LecFlying *next = i < flight->segments->len ? segment_at (flight, i) : NULL;
    LecSequenceRange gap = left;
    if (next && is_before (next->range.from, left.to))
      gap.to = next->range.from;
    if (is_before (gap.from, gap.to)) {
      i = insert (flight, i, sending, gap);
      left.from = gap.to;
      continue;
    }
    LecFlying *segment = segment_at (flight, i++);
    send_again (flight, segment);
    again = true;
    left.from = segment->range.to;
  }
  return again;
}

void
lec_flight_add (LecFlight *flight, const LecFlying *sending)
{
  if (!flight->segments)
    flight->segments = g_array_new (FALSE, FALSE, sizeof (LecFlying));
  tidy (flight);
  unsigned n = flight->segments->len;
  bool again = false;
  if (n == flight->first || !is_before (sending->range.from, segment_at (flight, n - 1)->range.to))
    insert (flight, n, sending, sending->range);
  else
    again = merge (flight, sending);
  if (again || sending->sent_twice)
    note_copy (flight, sending);
}

/* What an acknowledgment covers that was not before, summed up. */
typedef struct {
  uint32_t newest_frame;   /* of those that were not acknowledged selectively before: with it the answer came */
  uint32_t echoed_frame;   /* of those that were sent once, the newest that carried what is echoed */
  LecSequenceRange echoed; /* … and what it brought */
  bool sent_twice;         /* one of them was */
} Covered;

static void
cover (Covered *covered, const LecFlying *segment, const LecTcpSide *sender, const uint32_t *echo)
{
  if (lec_tcp_side_is_sacked (sender, segment->range))
    return;
  covered->newest_frame = MAX (covered->newest_frame, segment->frame);
  covered->sent_twice |= segment->sent_twice;
  if (echo && !segment->sent_twice && segment->has_timestamp && segment->timestamp == *echo &&
      segment->frame > covered->echoed_frame) {
    covered->echoed_frame = segment->frame;
    covered->echoed = segment->range;
  }
}

static bool
overlap (LecSequenceRange a, LecSequenceRange b)
{
  return is_before (a.from, b.to) && is_before (b.from, a.to);
}

/* A receiver echoes the timestamp of the segment that let it go on (RFC 7323 §4.3): where only one sending of any byte
 * carried that one, the answer is to it. */
static LecFlying
find_echoed (const LecFlight *flight, uint32_t number, uint32_t echo, const Covered *covered)
{
  LecFlying found = { .frame = covered->echoed_frame, .range = covered->echoed };

  for (unsigned i = 0; flight->copies && i < flight->copies->len; i++) {
    const LecFlying *copy = &g_array_index (flight->copies, LecFlying, i);
    if (!copy->has_timestamp || copy->timestamp != echo || !is_before (copy->range.from, number))
      continue;
    if (found.frame && overlap (found.range, copy->range))
      return (LecFlying){ 0 };
    if (copy->frame > found.frame)
      found = *copy;
  }
  return found;
}

static bool
is_outdated (const LecFlight *flight, const LecFlying *echoed)
{
  for (unsigned i = 0; flight->copies && i < flight->copies->len; i++) {
    const LecFlying *copy = &g_array_index (flight->copies, LecFlying, i);
    if (copy->sent_twice && copy->frame > echoed->frame && overlap (copy->range, echoed->range))
      return true;
  }
  return false;
}

static void
forget_copies (LecFlight *flight, uint32_t number)
{
  unsigned kept = 0;

  for (unsigned i = 0; i < flight->copies->len; i++) {
    LecFlying copy = g_array_index (flight->copies, LecFlying, i);
    if (is_before (number, copy.range.to))
      g_array_index (flight->copies, LecFlying, kept++) = copy;
  }
  g_array_set_size (flight->copies, kept);
}

LecFlightAnswer
lec_flight_acknowledge (LecFlight *flight, uint32_t number, const LecTcpSide *sender, const uint32_t *echo)
{
  LecFlightAnswer answer = { 0 };
  Covered covered = { 0 };

  for (; flight->first < n_segments (flight); flight->first++) {
    LecFlying *segment = segment_at (flight, flight->first);
    if (!is_before (segment->range.from, number))
      break;
    cover (&covered, segment, sender, echo);
    bool whole = !is_before (number, segment->range.to);
    answer.acks_frame = whole && is_before (segment->range.to, number) ? 0 : segment->frame;
    if (whole)
      continue;
    segment->range.from = number;
    break;
  }
  answer.ambiguous = covered.sent_twice;
  if (!covered.sent_twice)
    answer.timed_frame = answer.acks_frame ? covered.newest_frame : 0;
  if (covered.sent_twice && echo) {
    LecFlying echoed = find_echoed (flight, number, *echo, &covered);
    answer.timed_frame = echoed.frame;
    answer.ambiguous = !echoed.frame;
    answer.outdated = echoed.frame && is_outdated (flight, &echoed);
    if (echoed.frame && echoed.range.to == number)
      answer.acks_frame = echoed.frame;
  }
  if (flight->copies && flight->copies->len)
    forget_copies (flight, number);
  return answer;
}

uint32_t
lec_flight_run_from (const LecFlight *flight, uint32_t up_to)
{
  for (unsigned i = find_from (flight, up_to); i < n_segments (flight); i++) {
    if (is_before (up_to, segment_at (flight, i)->range.from))
      break;
    up_to = segment_at (flight, i)->range.to;
  }
  return up_to;
}
