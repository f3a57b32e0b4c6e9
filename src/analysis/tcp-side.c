#include "analysis/tcp-side.h"

#include "base/limits.h"

LecTcpTrouble *
lec_tcp_side_trouble (LecTcpSide *side)
{
  if (!side->trouble) {
    side->trouble = g_new0 (LecTcpTrouble, 1);
    side->trouble->holes = g_array_new (FALSE, FALSE, sizeof (LecHole));
    side->trouble->resends = g_array_new (FALSE, FALSE, sizeof (LecResend));
    side->trouble->sacked = g_array_new (FALSE, FALSE, sizeof (LecSequenceRange));
  }
  return side->trouble;
}

void
lec_tcp_side_clear (LecTcpSide *side)
{
  if (!side->trouble)
    return;
  g_array_unref (side->trouble->holes);
  g_array_unref (side->trouble->resends);
  g_array_unref (side->trouble->sacked);
  g_clear_pointer (&side->trouble, g_free);
}

static gboolean
is_before (uint32_t a, uint32_t b)
{
  return lec_sequence_distance (a, b) > 0;
}

static uint32_t
later (uint32_t a, uint32_t b)
{
  return is_before (a, b) ? b : a;
}

static LecHole *
hole_at (const LecTcpSide *side, unsigned i)
{
  return &g_array_index (side->trouble->holes, LecHole, i);
}

unsigned
lec_tcp_side_hole_from (const LecTcpSide *side, uint32_t sequence)
{
  unsigned low = 0, high = side->trouble->holes->len;

  while (low < high) {
    unsigned middle = (low + high) / 2;
    if (is_before (sequence, hole_at (side, middle)->range.to))
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

gboolean
lec_tcp_side_find_hole (const LecTcpSide *side, LecSequenceRange range, LecHole **hole)
{
  if (!side->trouble)
    return FALSE;
  unsigned i = lec_tcp_side_hole_from (side, range.from);
  if (i == side->trouble->holes->len || !is_before (hole_at (side, i)->range.from, range.to))
    return FALSE;
  *hole = hole_at (side, i);
  return TRUE;
}

void
lec_tcp_side_open_hole (LecTcpSide *side, const LecHole *hole)
{
  GArray *holes = lec_tcp_side_trouble (side)->holes;

  if (holes->len >= LEC_LIMIT_HOLES)
    g_array_remove_index (holes, 0);
  g_array_insert_val (holes, lec_tcp_side_hole_from (side, hole->range.from), *hole);
}

void
lec_tcp_side_fill (LecTcpSide *side, LecSequenceRange range)
{
  if (!side->trouble)
    return;
  GArray *holes = side->trouble->holes;
  unsigned i = lec_tcp_side_hole_from (side, range.from);

  while (i < holes->len && is_before (hole_at (side, i)->range.from, range.to)) {
    LecHole *hole = hole_at (side, i);
    LecHole rest = *hole;
    gboolean starts_inside = is_before (hole->range.from, range.from);
    gboolean ends_inside = is_before (range.to, hole->range.to);

    rest.range.from = range.to;
    hole->range.to = range.from;
    if (starts_inside && ends_inside) {
      g_array_insert_val (holes, i + 1, rest);
      return;
    }
    if (ends_inside)
      *hole = rest;
    else if (!starts_inside)
      g_array_remove_index (holes, i);
    else
      i++;
    if (ends_inside)
      return;
  }
}

void
lec_tcp_side_sack (LecTcpSide *side, LecSequenceRange range)
{
  GArray *sacked = lec_tcp_side_trouble (side)->sacked;
  unsigned i = 0;

  while (i < sacked->len && is_before (g_array_index (sacked, LecSequenceRange, i).to, range.from))
    i++;
  while (i < sacked->len && !is_before (range.to, g_array_index (sacked, LecSequenceRange, i).from)) {
    LecSequenceRange joined = g_array_index (sacked, LecSequenceRange, i);
    if (is_before (joined.from, range.from))
      range.from = joined.from;
    range.to = later (range.to, joined.to);
    g_array_remove_index (sacked, i);
  }
  if (sacked->len < LEC_LIMIT_HOLES)
    g_array_insert_val (sacked, i, range);
}

gboolean
lec_tcp_side_is_sacked (const LecTcpSide *side, LecSequenceRange range)
{
  for (unsigned i = 0; side->trouble && i < side->trouble->sacked->len; i++) {
    LecSequenceRange sacked = g_array_index (side->trouble->sacked, LecSequenceRange, i);
    if (!is_before (range.from, sacked.from) && !is_before (sacked.to, range.to))
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_tcp_side_has_sacked_above (const LecTcpSide *side, uint32_t sequence)
{
  if (!side->trouble || side->trouble->sacked->len == 0)
    return FALSE;
  const GArray *sacked = side->trouble->sacked;
  return is_before (sequence, g_array_index (sacked, LecSequenceRange, sacked->len - 1).to);
}

void
lec_tcp_side_forget_sacked (LecTcpSide *side)
{
  GArray *sacked = side->trouble ? side->trouble->sacked : NULL;

  while (sacked && sacked->len && !is_before (side->acknowledged, g_array_index (sacked, LecSequenceRange, 0).to))
    g_array_remove_index (sacked, 0);
}
