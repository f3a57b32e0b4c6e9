#include "session/top-rows.h"

void
lec_top_rows_init (LecTopRows *rows)
{
  rows->own = lec_bitmap_new ();
  lec_bitmap_count (rows->own, 1);
  rows->operations = g_array_new (FALSE, FALSE, sizeof (LecTopOperation));
  rows->end = 1;
}

void
lec_top_rows_clear (LecTopRows *rows)
{
  g_clear_pointer (&rows->own, lec_bitmap_free);
  g_clear_pointer (&rows->operations, g_array_unref);
}

unsigned
lec_top_operations_lower_bound (const GArray *operations, LecTopOperation key)
{
  unsigned low = 0, high = operations->len;

  while (low < high) {
    unsigned middle = low + (high - low) / 2;
    if (lec_top_operation_compare (g_array_index (operations, LecTopOperation, middle), key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

uint32_t
lec_top_rows_below (const LecTopRows *rows, uint32_t frame)
{
  return lec_bitmap_rank (rows->own, MIN (frame, rows->end)) +
         lec_top_operations_lower_bound (rows->operations, (LecTopOperation){ frame, 0 });
}

uint32_t
lec_top_rows_n (const LecTopRows *rows)
{
  return lec_bitmap_rank (rows->own, rows->end) + rows->operations->len;
}

/* Where operation number INDEX stands; ascending with INDEX. */
static uint32_t
operation_position (const LecTopRows *rows, unsigned index)
{
  uint32_t frame = g_array_index (rows->operations, LecTopOperation, index).frame;

  return index + lec_bitmap_rank (rows->own, MIN (frame, rows->end));
}

gboolean
lec_top_rows_get (const LecTopRows *rows, uint32_t position, LecTopOperation *row)
{
  unsigned low = 0, high = rows->operations->len; /* the first operation that stands behind POSITION */

  while (low < high) {
    unsigned middle = low + (high - low) / 2;
    if (operation_position (rows, middle) <= position)
      low = middle + 1;
    else
      high = middle;
  }
  if (low && operation_position (rows, low - 1) == position) {
    *row = g_array_index (rows->operations, LecTopOperation, low - 1);
    return TRUE;
  }
  row->operation = G_MAXUINT32;
  row->frame = lec_bitmap_select (rows->own, position - low);
  return row->frame != G_MAXUINT32;
}

uint32_t
lec_top_rows_find_operation (const LecTopRows *rows, LecTopOperation operation)
{
  unsigned index = lec_top_operations_lower_bound (rows->operations, operation);

  if (index == rows->operations->len ||
      lec_top_operation_compare (g_array_index (rows->operations, LecTopOperation, index), operation) != 0)
    return G_MAXUINT32;
  return operation_position (rows, index);
}

uint32_t
lec_top_rows_find_frame (const LecTopRows *rows, uint32_t frame)
{
  if (frame >= rows->end || !lec_bitmap_get (rows->own, frame))
    return G_MAXUINT32;
  return lec_bitmap_rank (rows->own, frame) +
         lec_top_operations_lower_bound (rows->operations, (LecTopOperation){ frame + 1, 0 });
}
