#include "session/rows.h"

#include "base/publish.h"
#include "session/expansion.h"
#include "session/matches.h"
#include "session/top-rows.h"

/* Changes that are at most this far from each other are reported as one, and so are all that are left after so many:
 * a change costs the toolkit some work by itself, and a large one costs work for each row in it. */
#define NEAR_FRAMES 4096u
#define MAX_CHANGES 8u

/* Looking at all rows anew takes half a millisecond for a million frames: above that it is done now and then. */
#define RESCAN_FREELY_FRAMES 2000000u
#define RESCAN_INTERVAL_US   250000

/* shown: the top rows as they were last reported. unfiltered: frames with a row of their own were there no filter,
 * and known: all operations, from which `shown` is made anew where things change. expansions: of rows in `shown`,
 * ascending. A scan compares what should be shown with `shown`, word by word of the bitmap and from `cursor` to
 * `target`; it stops at each change, with `shown` as reported. */
struct LecRowList {
  LecIndex *index;
  LecView view;
  LecMatches *matches; /* borrowed, or NULL */

  LecTopRows shown;
  LecBitmap *unfiltered;
  GArray *known;         /* LecTopOperation, ascending */
  GPtrArray *expansions; /* LecExpansion */

  uint32_t cursor; /* a multiple of 64, or ≥ target */
  uint32_t target;
  uint32_t former_end; /* shown.end when it began: what comes from here on is one change */
  unsigned changes_left;
  GArray *words; /* of the change being gathered */

  uint32_t n_operations_seen;
  uint32_t revision_seen;
  uint32_t generation_seen;
  unsigned n_log_seen;
  gboolean complete_seen;
  gint64 last_rescan_us;
};

LecRowList *
lec_row_list_new_over (LecIndex *index, LecView view)
{
  LecRowList *list = g_new0 (LecRowList, 1);

  list->index = index;
  list->view = view;
  lec_top_rows_init (&list->shown);
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

static uint32_t
rows_below (const LecRowList *list, uint32_t frame)
{
  return lec_top_rows_below (&list->shown, frame) + opened_rows_before (list, (LecTopOperation){ frame, 0 });
}

static void
drop_expansions (LecRowList *list, uint32_t from, uint32_t end)
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

/* What should be shown. */

/* Bits of 64 frames from FRAME on (a multiple of 64): those with a row of their own, of frames 1 … end − 1. */
static uint64_t
own_rows (const LecRowList *list, uint32_t frame, uint32_t end)
{
  uint64_t word = 0;

  if (list->view == LEC_VIEW_FRAMES) {
    word = G_MAXUINT64;
    if (end - frame < 64)
      word = (UINT64_C (1) << (end - frame)) - 1;
  } else if (end - frame < 64) {
    for (uint32_t i = 0; frame + i < end; i++)
      if (lec_index_state (list->index, frame + i) & LEC_FRAME_OWN_ROW)
        word |= UINT64_C (1) << i;
  } else {
    /* Eight states at a time: the multiplication gathers a bit of each byte in the topmost byte. */
    G_STATIC_ASSERT (LEC_FRAME_OWN_ROW == 2);
    typedef uint64_t __attribute__ ((may_alias)) States;
    States *states = lec_column_at (&list->index->state, frame);
    for (unsigned i = 0; i < 8; i++) {
      uint64_t eight = GUINT64_FROM_LE (__atomic_load_n (&states[i], __ATOMIC_RELAXED));
      uint64_t bits = ((eight >> 1 & UINT64_C (0x0101010101010101)) * UINT64_C (0x0102040810204080)) >> 56;
      word |= bits << (8 * i);
    }
  }
  return frame ? word : word & ~UINT64_C (1);
}

static uint64_t
target_word (const LecRowList *list, uint32_t frame)
{
  uint64_t word = *lec_bitmap_word (list->unfiltered, frame);

  if (list->matches)
    word &= *lec_bitmap_word (lec_matches_bitmap (list->matches), frame);
  return word;
}

static gboolean
operation_is_shown (const LecRowList *list, LecTopOperation operation)
{
  return operation.frame < list->target &&
         (!list->matches || lec_matches_has_operation (list->matches, operation.operation));
}

static int
compare_operations (const void *a, const void *b)
{
  return lec_top_operation_compare (*(const LecTopOperation *) a, *(const LecTopOperation *) b);
}

/* Takes in operations that are new; returns the first frame concerned. They come nearly in order. */
static uint32_t
take_new_operations (LecRowList *list)
{
  uint32_t n_operations = atomic_load_explicit (&list->index->n_operations, memory_order_acquire);
  gboolean sorted = TRUE;
  uint32_t first = G_MAXUINT32;

  if (list->view == LEC_VIEW_FRAMES)
    return first;
  for (; list->n_operations_seen < n_operations; list->n_operations_seen++) {
    uint32_t number = list->n_operations_seen;
    LecTopOperation operation = { lec_index_operation (list->index, number)->first_frame, number };
    const GArray *known = list->known;
    sorted &=
        !known->len || compare_operations (&g_array_index (known, LecTopOperation, known->len - 1), &operation) < 0;
    first = MIN (first, operation.frame);
    g_array_append_val (list->known, operation);
  }
  if (!sorted) {
    unsigned from = list->known->len;
    /* All that is not before the first new one, as one heap. */
    while (from && g_array_index (list->known, LecTopOperation, from - 1).frame >= first)
      from--;
    qsort (&g_array_index (list->known, LecTopOperation, from), list->known->len - from, sizeof (LecTopOperation),
           compare_operations);
  }
  return first;
}

/* The first frame of the operations that began to match, since the last time. */
static uint32_t
take_new_matches (LecRowList *list)
{
  LecMatches *matches = list->matches;
  uint32_t first = G_MAXUINT32;

  if (!matches || list->view == LEC_VIEW_FRAMES)
    return first;
  for (; list->n_log_seen < matches->operation_log->len; list->n_log_seen++) {
    uint32_t number = g_array_index (matches->operation_log, uint32_t, list->n_log_seen);
    first = MIN (first, lec_index_operation (list->index, number)->first_frame);
  }
  return first;
}

/* TRUE where all has to be looked at anew. */
static gboolean
takes_revision (LecRowList *list, uint32_t n_frames)
{
  gboolean complete = atomic_load_explicit (&list->index->complete, memory_order_acquire) != 0;
  uint32_t revision = atomic_load_explicit (&list->index->revision, memory_order_acquire);

  if (list->matches && list->matches->generation != list->generation_seen) {
    list->generation_seen = list->matches->generation;
    list->n_log_seen = 0;
    return TRUE;
  }
  if (revision == list->revision_seen || list->view == LEC_VIEW_FRAMES)
    return FALSE;
  gint64 now_us = g_get_monotonic_time ();
  if (n_frames > RESCAN_FREELY_FRAMES && complete == list->complete_seen &&
      now_us - list->last_rescan_us < RESCAN_INTERVAL_US)
    return FALSE;
  list->revision_seen = revision;
  list->complete_seen = complete;
  list->last_rescan_us = now_us;
  return TRUE;
}

static void
refresh_unfiltered (LecRowList *list, uint32_t from, uint32_t end)
{
  lec_bitmap_reserve (list->unfiltered, end + 64);
  lec_bitmap_recount_from (list->unfiltered, from);
  for (uint32_t frame = from; frame < end; frame += 64)
    *lec_bitmap_word (list->unfiltered, frame) = own_rows (list, frame, end);
  lec_bitmap_count (list->unfiltered, end);
}

/* Sets out to compare what has to be; FALSE where nothing can have changed. */
static gboolean
begin_scan (LecRowList *list)
{
  uint32_t published = lec_index_n_frames (list->index) + 1;
  uint32_t end = list->matches ? MIN (lec_matches_done (list->matches), published) : published;
  uint32_t from = list->shown.end;

  if (takes_revision (list, end))
    from = 1;
  uint32_t first_new = take_new_operations (list), first_match = take_new_matches (list);
  from = MIN (from, MIN (first_new, first_match));
  if (from >= end)
    return FALSE;
  from &= ~63u;
  refresh_unfiltered (list, from, end);
  lec_bitmap_reserve (list->shown.own, end + 64);
  list->cursor = from;
  list->target = end;
  list->former_end = list->shown.end;
  list->changes_left = MAX_CHANGES;
  return TRUE;
}

/* Changes. */

/* A stretch of frames whose rows change, and the first of the words gathered for it. */
typedef struct {
  uint32_t from; /* the first frame concerned */
  uint32_t end;  /* behind the last */
  uint32_t first_word_frame;
} Change;

/* The next operation in ARRAY from *INDEX on that stands below END and is to be shown (or is, in `shown`). */
static const LecTopOperation *
next_operation (const LecRowList *list, const GArray *array, unsigned *index, uint32_t end)
{
  for (; *index < array->len; (*index)++) {
    const LecTopOperation *operation = &g_array_index (array, LecTopOperation, *index);
    if (operation->frame >= end)
      return NULL;
    if (array != list->known || operation_is_shown (list, *operation))
      return operation;
  }
  return NULL;
}

static void
widen (Change *difference, uint32_t frame)
{
  difference->from = MIN (difference->from, frame);
  difference->end = MAX (difference->end, frame + 1);
}

/* Compares the operations of frames below END, from where the two indices stand, which go forward. */
static void
compare_operations_below (const LecRowList *list, unsigned *known_index, unsigned *shown_index, uint32_t end,
                          Change *difference)
{
  for (;;) {
    const LecTopOperation *target = next_operation (list, list->known, known_index, end);
    const LecTopOperation *shown = next_operation (list, list->shown.operations, shown_index, end);
    if (!target && !shown)
      return;
    int order = !shown ? -1 : !target ? 1 : lec_top_operation_compare (*target, *shown);
    if (order != 0)
      widen (difference, order < 0 ? target->frame : shown->frame);
    *known_index += order <= 0;
    *shown_index += order >= 0;
  }
}

static void
compare_words (uint32_t frame, uint64_t target, uint64_t shown, Change *difference)
{
  uint64_t different = target ^ shown;

  if (!different)
    return;
  widen (difference, frame + (uint32_t) __builtin_ctzll (different));
  widen (difference, frame + 63 - (uint32_t) __builtin_clzll (different));
}

/* TRUE where a difference that begins at FROM is to be reported apart from CHANGE. */
static gboolean
stands_apart (const LecRowList *list, const Change *change, uint32_t from)
{
  if (from < change->end + NEAR_FRAMES || change->end > list->former_end)
    return FALSE;
  return list->changes_left > 1 || from >= list->former_end;
}

/* Walks on to the next change. FALSE where there is none up to the end. */
static gboolean
find_change (LecRowList *list, Change *change)
{
  unsigned known_index = lec_top_operations_lower_bound (list->known, (LecTopOperation){ list->cursor, 0 });
  unsigned shown_index = lec_top_operations_lower_bound (list->shown.operations, (LecTopOperation){ list->cursor, 0 });

  *change = (Change){ .from = G_MAXUINT32 };
  g_array_set_size (list->words, 0);
  for (uint32_t frame = list->cursor; frame < list->target; frame += 64) {
    Change difference = { .from = G_MAXUINT32 };
    uint64_t target = target_word (list, frame);
    compare_words (frame, target, *lec_bitmap_word (list->shown.own, frame), &difference);
    compare_operations_below (list, &known_index, &shown_index, frame + 64, &difference);
    if (difference.end) {
      if (!change->end)
        change->first_word_frame = frame;
      else if (stands_apart (list, change, difference.from)) {
        list->cursor = frame;
        return TRUE;
      }
      change->from = MIN (change->from, difference.from);
      change->end = difference.end;
    }
    if (change->end)
      g_array_append_val (list->words, target);
  }
  list->cursor = list->target;
  return change->end != 0;
}

static void
replace_operations (LecRowList *list, const Change *change)
{
  GArray *shown = list->shown.operations;
  unsigned from = lec_top_operations_lower_bound (shown, (LecTopOperation){ change->from, 0 });
  unsigned end = lec_top_operations_lower_bound (shown, (LecTopOperation){ change->end, 0 });
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (LecTopOperation));
  unsigned index = lec_top_operations_lower_bound (list->known, (LecTopOperation){ change->from, 0 });

  for (const LecTopOperation *next; (next = next_operation (list, list->known, &index, change->end)); index++)
    g_array_append_val (fresh, *next);
  if (end > from)
    g_array_remove_range (shown, from, end - from);
  g_array_insert_vals (shown, from, fresh->data, fresh->len);
}

static void
apply_change (LecRowList *list, const Change *change)
{
  lec_bitmap_recount_from (list->shown.own, change->first_word_frame);
  for (unsigned i = 0; i < list->words->len && change->first_word_frame + i * 64 < change->end; i++)
    *lec_bitmap_word (list->shown.own, change->first_word_frame + i * 64) = g_array_index (list->words, uint64_t, i);
  replace_operations (list, change);
  list->shown.end = MAX (list->shown.end, change->end);
  lec_bitmap_count (list->shown.own, list->shown.end);
}

gboolean
lec_row_list_update (LecRowList *list, uint32_t *position, uint32_t *removed, uint32_t *added)
{
  Change change;

  if (list->cursor >= list->target && !begin_scan (list))
    return FALSE;
  if (!find_change (list, &change)) {
    list->shown.end = list->target;
    lec_bitmap_count (list->shown.own, list->shown.end);
    return FALSE;
  }
  list->changes_left -= list->changes_left > 1;
  *position = rows_below (list, change.from);
  *removed = rows_below (list, change.end) - *position;
  apply_change (list, &change);
  drop_expansions (list, change.from, change.end);
  *added = rows_below (list, change.end) - *position;
  return TRUE;
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

uint32_t
lec_row_list_find (const LecRowList *list, uint32_t frame)
{
  uint32_t top = frame ? lec_top_rows_find_frame (&list->shown, frame) : G_MAXUINT32;

  if (top != G_MAXUINT32)
    return top + opened_rows_before (list, (LecTopOperation){ frame + 1, 0 });
  if (!frame || frame > lec_index_n_frames (list->index) || list->view == LEC_VIEW_FRAMES)
    return G_MAXUINT32;
  uint32_t owner = lec_index_owner (list->index, frame);
  if (owner == LEC_OWNER_NONE || !(owner & LEC_OWNER_OPERATION) || lec_bitmap_get (list->unfiltered, frame))
    return G_MAXUINT32;
  return find_in_operation (list, LEC_OWNER_INDEX (owner), frame);
}

/* How many top rows there would be before ROW, were there no filter. */
static uint32_t
unfiltered_position (const LecRowList *list, const LecTopOperation *row)
{
  LecTopOperation key = *row;

  if (key.operation == G_MAXUINT32)
    key = (LecTopOperation){ row->frame + 1, 0 };
  return lec_bitmap_rank (list->unfiltered, MIN (row->frame, list->shown.end)) +
         lec_top_operations_lower_bound (list->known, key);
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
