#include "session/rows.h"

#include "base/publish.h"
#include "session/row-list.h"

LecRowList *
lec_row_list_new_over (LecIndex *index, LecView view)
{
  LecRowList *list = g_new0 (LecRowList, 1);

  list->index = index;
  list->view = view;
  lec_top_rows_init (&list->shown);
  list->first = 1;
  list->front_step = G_MAXUINT32;
  list->unfiltered = lec_bitmap_new ();
  lec_bitmap_count (list->unfiltered, 1);
  list->known = g_array_new (FALSE, FALSE, sizeof (LecTopOperation));
  list->expansions = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_expansion_free);
  list->words = g_array_new (FALSE, FALSE, sizeof (uint64_t));
  return list;
}

LecRowList *
lec_row_list_new (LecSession *session, LecView view)
{
  return lec_row_list_new_over (lec_session_index (session), view);
}

void
lec_row_list_free (LecRowList *list)
{
  if (!list)
    return;
  lec_top_rows_clear (&list->shown);
  lec_bitmap_free (list->unfiltered);
  g_array_unref (list->known);
  g_ptr_array_unref (list->expansions);
  g_array_unref (list->words);
  g_free (list);
}

LecView
lec_row_list_view (const LecRowList *list)
{
  return list->view;
}

void
lec_row_list_set_matches (LecRowList *list, LecMatches *matches)
{
  list->matches = matches;
}

void
lec_row_list_set_front_step (LecRowList *list, uint32_t n_rows)
{
  list->front_step = n_rows;
}

gboolean
lec_row_list_has_more_before (const LecRowList *list)
{
  return list->matches && list->first < list->shown.end && lec_matches_first (list->matches) < list->first;
}

/* Expansions. */

static void
count_expansions (LecRowList *list)
{
  uint32_t before = 0;

  for (unsigned i = 0; i < list->expansions->len; i++) {
    LecExpansion *expansion = list->expansions->pdata[i];
    expansion->rows_before = before;
    before += expansion->n_rows;
  }
}

/* The first expansion that is not before KEY. */
static unsigned
find_expansion (const LecRowList *list, LecTopOperation key)
{
  unsigned low = 0, high = list->expansions->len;

  while (low < high) {
    unsigned middle = low + (high - low) / 2;
    if (lec_top_operation_compare (((LecExpansion *) list->expansions->pdata[middle])->key, key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Rows laid open before KEY's own. */
static uint32_t
opened_rows_before (const LecRowList *list, LecTopOperation key)
{
  unsigned index = find_expansion (list, key);

  if (!index)
    return 0;
  const LecExpansion *last = list->expansions->pdata[index - 1];
  return last->rows_before + last->n_rows;
}

static uint32_t
position_of_expansion (const LecRowList *list, const LecExpansion *expansion)
{
  return lec_top_rows_find_operation (&list->shown, expansion->key) + expansion->rows_before;
}

/* The last expansion that stands at or before POSITION, or NULL. */
static LecExpansion *
expansion_before (const LecRowList *list, uint32_t position)
{
  unsigned low = 0, high = list->expansions->len;

  while (low < high) {
    unsigned middle = low + (high - low) / 2;
    if (position_of_expansion (list, list->expansions->pdata[middle]) <= position)
      low = middle + 1;
    else
      high = middle;
  }
  return low ? list->expansions->pdata[low - 1] : NULL;
}

uint32_t
lec_row_list_rows_below (const LecRowList *list, uint32_t frame)
{
  return lec_top_rows_below (&list->shown, frame) + opened_rows_before (list, (LecTopOperation){ frame, 0 });
}

void
lec_row_list_drop_expansions (LecRowList *list, uint32_t from, uint32_t end)
{
  for (unsigned i = find_expansion (list, (LecTopOperation){ from, 0 }); i < list->expansions->len;) {
    LecExpansion *expansion = list->expansions->pdata[i];
    if (expansion->key.frame >= end)
      break;
    if (lec_top_rows_find_operation (&list->shown, expansion->key) == G_MAXUINT32)
      g_ptr_array_remove_index (list->expansions, i);
    else
      i++;
  }
  count_expansions (list);
}

/* Looking. */

uint32_t
lec_row_list_n_rows (const LecRowList *list)
{
  return lec_top_rows_n (&list->shown) + opened_rows_before (list, (LecTopOperation){ G_MAXUINT32, G_MAXUINT32 });
}

static gboolean
frame_matches (const LecRowList *list, uint32_t frame)
{
  if (!list->matches)
    return TRUE;
  return frame && frame < lec_matches_done (list->matches) &&
         lec_bitmap_get (lec_matches_bitmap (list->matches), frame);
}

static gboolean
operation_matches (const LecRowList *list, uint32_t number)
{
  const LecOperation *operation = lec_index_operation (list->index, number);

  return frame_matches (list, operation->first_frame) ||
         frame_matches (list, LEC_GET (operation->response.first_frame));
}

/* The top row with POSITION, which counts top rows only. */
static gboolean
get_top (const LecRowList *list, uint32_t position, LecRow *row)
{
  LecTopOperation top;

  if (!lec_top_rows_get (&list->shown, position, &top))
    return FALSE;
  *row = (LecRow){ .frame = top.frame, .operation = top.operation, .kind = LEC_ROW_FRAME };
  if (top.operation == G_MAXUINT32) {
    row->matches = frame_matches (list, top.frame);
    return TRUE;
  }
  unsigned index = find_expansion (list, top);
  row->kind = LEC_ROW_OPERATION;
  row->expandable = lec_operation_is_expandable (list->index, top.operation);
  row->expanded = index < list->expansions->len &&
                  lec_top_operation_compare (((LecExpansion *) list->expansions->pdata[index])->key, top) == 0;
  row->matches = operation_matches (list, top.operation);
  return TRUE;
}

gboolean
lec_row_list_get (const LecRowList *list, uint32_t position, LecRow *row)
{
  LecExpansion *expansion = expansion_before (list, position);

  if (!expansion)
    return get_top (list, position, row);
  uint32_t below = position - position_of_expansion (list, expansion);
  if (below == 0 || below > expansion->n_rows)
    return get_top (list, position - expansion->rows_before - (below ? expansion->n_rows : 0), row);
  lec_expansion_get (expansion, below - 1, row);
  row->matches = frame_matches (list, row->frame);
  return TRUE;
}

/* The row of OPERATION that shows FRAME. */
static uint32_t
find_in_operation (const LecRowList *list, uint32_t number, uint32_t frame)
{
  LecTopOperation key = { lec_index_operation (list->index, number)->first_frame, number };
  uint32_t top = lec_top_rows_find_operation (&list->shown, key);

  if (top == G_MAXUINT32)
    return G_MAXUINT32;
  uint32_t position = top + opened_rows_before (list, key);
  unsigned index = find_expansion (list, key);
  if (index == list->expansions->len ||
      lec_top_operation_compare (((LecExpansion *) list->expansions->pdata[index])->key, key) != 0)
    return position;
  uint32_t below = lec_expansion_find (list->expansions->pdata[index], frame);
  return below == G_MAXUINT32 ? position : position + 1 + below;
}

/* As far as rows are known, as they were when they were made. */
static gboolean
has_own_row (const LecRowList *list, uint32_t frame)
{
  if (frame >= list->first && frame < list->shown.end)
    return lec_bitmap_get (list->unfiltered, frame);
  return (lec_index_state (list->index, frame) & LEC_FRAME_OWN_ROW) != 0;
}

uint32_t
lec_row_list_find (const LecRowList *list, uint32_t frame)
{
  uint32_t top = frame ? lec_top_rows_find_frame (&list->shown, frame) : G_MAXUINT32;

  if (top != G_MAXUINT32)
    return top + opened_rows_before (list, (LecTopOperation){ frame + 1, 0 });
  if (!frame || frame > lec_index_n_frames (list->index) || list->view == LEC_VIEW_FRAMES)
    return G_MAXUINT32;
  uint32_t owner = lec_index_owner (list->index, frame);
  if (owner == LEC_OWNER_NONE || !(owner & LEC_OWNER_OPERATION) || has_own_row (list, frame))
    return G_MAXUINT32;
  return find_in_operation (list, LEC_OWNER_INDEX (owner), frame);
}

/* How many top rows there would be before ROW, were there no filter; of those that are known. */
static uint32_t
unfiltered_position (const LecRowList *list, const LecTopOperation *row)
{
  LecTopOperation key = *row;

  if (key.operation == G_MAXUINT32)
    key = (LecTopOperation){ row->frame + 1, 0 };
  return lec_bitmap_rank (list->unfiltered, MIN (row->frame, list->shown.end)) +
         lec_top_operations_lower_bound (list->known, key) -
         lec_top_operations_lower_bound (list->known, (LecTopOperation){ list->first, 0 });
}

uint32_t
lec_row_list_n_hidden_before (const LecRowList *list, uint32_t position)
{
  LecExpansion *expansion = expansion_before (list, position);
  LecTopOperation row, previous;

  if (!list->matches)
    return 0;
  if (expansion) {
    uint32_t below = position - position_of_expansion (list, expansion);
    if (below && below <= expansion->n_rows)
      return 0;
    position -= expansion->rows_before + (below ? expansion->n_rows : 0);
  }
  if (!lec_top_rows_get (&list->shown, position, &row))
    return 0;
  if (!position || !lec_top_rows_get (&list->shown, position - 1, &previous))
    return unfiltered_position (list, &row);
  return unfiltered_position (list, &row) - unfiltered_position (list, &previous) - 1;
}

/* Opening and closing. */

static uint32_t
open_operation (LecRowList *list, const LecRow *row, GArray *frames)
{
  LecTopOperation key = { lec_index_operation (list->index, row->operation)->first_frame, row->operation };
  LecExpansion *expansion = lec_expansion_new (list->index, key, frames);

  g_ptr_array_insert (list->expansions, (int) find_expansion (list, key), expansion);
  count_expansions (list);
  return expansion->n_rows;
}

/* Opens or closes the message at POSITION; returns rows added or removed. */
static uint32_t
set_message_open (LecRowList *list, uint32_t position, const LecRow *row, gboolean open)
{
  LecExpansion *expansion = expansion_before (list, position);
  uint32_t n_rows = expansion->n_rows;

  lec_expansion_open (expansion, row->kind, open);
  count_expansions (list);
  return open ? expansion->n_rows - n_rows : n_rows - expansion->n_rows;
}

uint32_t
lec_row_list_expand (LecRowList *list, uint32_t position, GArray *frames)
{
  LecRow row;

  if (!lec_row_list_get (list, position, &row) || !row.expandable || row.expanded) {
    g_clear_pointer (&frames, g_array_unref);
    return 0;
  }
  if (row.kind == LEC_ROW_OPERATION)
    return open_operation (list, &row, frames);
  g_clear_pointer (&frames, g_array_unref);
  return set_message_open (list, position, &row, TRUE);
}

uint32_t
lec_row_list_collapse (LecRowList *list, uint32_t position)
{
  LecRow row;

  if (!lec_row_list_get (list, position, &row) || !row.expanded)
    return 0;
  if (row.kind != LEC_ROW_OPERATION)
    return set_message_open (list, position, &row, FALSE);
  LecExpansion *expansion = expansion_before (list, position);
  uint32_t n_rows = expansion->n_rows;
  g_ptr_array_remove (list->expansions, expansion);
  count_expansions (list);
  return n_rows;
}

gboolean
lec_row_list_has_expanded (const LecRowList *list)
{
  return list->expansions->len > 0;
}

uint32_t
lec_row_list_find_grown (const LecRowList *list)
{
  for (unsigned i = 0; i < list->expansions->len; i++) {
    const LecExpansion *expansion = list->expansions->pdata[i];
    if (lec_operation_last_frame (list->index, expansion->key.operation) > expansion->n_seen)
      return expansion->key.operation;
  }
  return G_MAXUINT32;
}

gboolean
lec_row_list_renew (LecRowList *list, uint32_t operation, GArray *frames, uint32_t n_seen, uint32_t *position,
                    uint32_t *removed, uint32_t *added)
{
  LecTopOperation key = { lec_index_operation (list->index, operation)->first_frame, operation };
  unsigned index = find_expansion (list, key);

  if (index == list->expansions->len ||
      lec_top_operation_compare (((LecExpansion *) list->expansions->pdata[index])->key, key) != 0) {
    g_array_unref (frames);
    return FALSE;
  }
  LecExpansion *expansion = list->expansions->pdata[index];
  *position = position_of_expansion (list, expansion) + 1;
  *removed = expansion->n_rows;
  gboolean changed = lec_expansion_renew (expansion, list->index, frames, n_seen);
  *added = expansion->n_rows;
  count_expansions (list);
  return changed;
}
