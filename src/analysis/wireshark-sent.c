#include "analysis/wireshark-sent.h"

/* Numbers that are further apart than this may be ordered either way. */
#define FAR_BYTES (1u << 30)

static int32_t
distance (uint32_t from, uint32_t to)
{
  return (int32_t) (to - from);
}

static LecWiresharkSending *
at (const LecWiresharkSent *sent, uint32_t place)
{
  return &g_array_index (sent->sendings, LecWiresharkSending, place);
}

void
lec_wireshark_sent_clear (LecWiresharkSent *sent)
{
  g_clear_pointer (&sent->sendings, g_array_unref);
  sent->first = 0;
}

uint32_t
lec_wireshark_sent_n (const LecWiresharkSent *sent)
{
  return sent->sendings ? sent->sendings->len - sent->first : 0;
}

const LecWiresharkSending *
lec_wireshark_sent_oldest (const LecWiresharkSent *sent)
{
  return lec_wireshark_sent_n (sent) ? at (sent, sent->first) : NULL;
}

static void
note_least (LecWiresharkSent *sent, const LecWiresharkSending *sending)
{
  if (distance (sent->least_sequence, sending->sequence) < 0)
    sent->least_sequence = sending->sequence;
  if (distance (sent->least_end, sending->end) < 0)
    sent->least_end = sending->end;
}

static void
note_extent (LecWiresharkSent *sent, const LecWiresharkSending *sending)
{
  sent->extent_start = MIN (sent->extent_start, sending->sequence - sent->extent_base);
  sent->extent_end = MAX (sent->extent_end, sending->end - sent->extent_base);
}

/* TRUE where SENDING may stand behind LAST in an ordered list that begins with FIRST. */
static gboolean
follows (const LecWiresharkSending *first, const LecWiresharkSending *last, const LecWiresharkSending *sending)
{
  return distance (last->sequence, sending->sequence) >= 0 && distance (last->end, sending->end) >= 0 &&
         sending->end - first->sequence < FAR_BYTES;
}

void
lec_wireshark_sent_add (LecWiresharkSent *sent, const LecWiresharkSending *sending)
{
  uint32_t n = lec_wireshark_sent_n (sent);

  if (n >= LEC_WIRESHARK_SENT_MAX)
    return;
  if (!sent->sendings)
    sent->sendings = g_array_new (FALSE, FALSE, sizeof (LecWiresharkSending));
  if (n == 0) {
    g_array_set_size (sent->sendings, sent->first = 0);
    sent->ordered = TRUE;
    sent->least_sequence = sending->sequence;
    sent->least_end = sending->end;
  } else if (sent->ordered && !follows (at (sent, sent->first), at (sent, sent->sendings->len - 1), sending)) {
    sent->ordered = FALSE;
    sent->least_sequence = at (sent, sent->first)->sequence;
    sent->least_end = at (sent, sent->first)->end;
  }
  note_least (sent, sending);
  note_extent (sent, sending);
  g_array_append_vals (sent->sendings, sending, 1);
}

/* Moves what is left to the front once half the room before it is empty. */
static void
close_up (LecWiresharkSent *sent)
{
  if (sent->first > 64 && sent->first > sent->sendings->len / 2) {
    g_array_remove_range (sent->sendings, 0, sent->first);
    sent->first = 0;
  }
}

/* Those that are acknowledged stand in front. */
static LecWiresharkSending
acknowledge_ordered (LecWiresharkSent *sent, uint32_t acknowledgment)
{
  LecWiresharkSending exact = { 0 };
  uint32_t place = sent->first, len = sent->sendings->len;

  for (; place < len && distance (at (sent, place)->end, acknowledgment) >= 0; place++)
    if (at (sent, place)->end == acknowledgment && !exact.frame)
      exact = *at (sent, place);
  sent->first = place;
  for (; place < len && distance (at (sent, place)->sequence, acknowledgment) > 0; place++)
    at (sent, place)->sequence = acknowledgment;
  close_up (sent);
  return exact;
}

static LecWiresharkSending
acknowledge_any (LecWiresharkSent *sent, uint32_t acknowledgment)
{
  LecWiresharkSending exact = { 0 };
  uint32_t left = sent->first;

  for (uint32_t place = sent->first; place < sent->sendings->len; place++) {
    LecWiresharkSending sending = *at (sent, place);
    if (sending.end == acknowledgment && !exact.frame)
      exact = sending;
    if (distance (sending.end, acknowledgment) >= 0)
      continue;
    if (distance (sending.sequence, acknowledgment) > 0)
      sending.sequence = acknowledgment;
    if (left == sent->first) {
      sent->least_sequence = sending.sequence;
      sent->least_end = sending.end;
    }
    note_least (sent, &sending);
    *at (sent, left++) = sending;
  }
  g_array_set_size (sent->sendings, left);
  return exact;
}

LecWiresharkSending
lec_wireshark_sent_acknowledge (LecWiresharkSent *sent, uint32_t acknowledgment)
{
  if (!lec_wireshark_sent_n (sent))
    return (LecWiresharkSending){ 0 };
  if (sent->ordered) {
    sent->extent_known = FALSE;
    return acknowledge_ordered (sent, acknowledgment);
  }
  if (distance (sent->least_end, acknowledgment) < 0 && distance (sent->least_sequence, acknowledgment) <= 0)
    return (LecWiresharkSending){ 0 };
  sent->extent_known = FALSE;
  return acknowledge_any (sent, acknowledgment);
}

static void
find_extent (LecWiresharkSent *sent, uint32_t first_sequence)
{
  sent->extent_known = TRUE;
  sent->extent_base = first_sequence;
  sent->extent_start = G_MAXUINT32;
  sent->extent_end = 0;
  for (uint32_t place = sent->first; place < sent->sendings->len; place++)
    note_extent (sent, at (sent, place));
}

uint32_t
lec_wireshark_sent_span (LecWiresharkSent *sent, uint32_t first_sequence)
{
  if (!lec_wireshark_sent_n (sent))
    return 0;
  if (sent->ordered) {
    uint32_t start = at (sent, sent->first)->sequence - first_sequence;
    uint32_t end = at (sent, sent->sendings->len - 1)->end - first_sequence;
    if (start <= end)
      return end - start;
  }
  if (!sent->extent_known || sent->extent_base != first_sequence)
    find_extent (sent, first_sequence);
  return sent->extent_end - sent->extent_start;
}
