/* What a message list should show, compared with what it shows, change by change. */
#include "base/publish.h"
#include "session/row-list.h"

/* Changes that are at most this far from each other are reported as one, and so are all that are left after so many:
 * a change costs the toolkit some work by itself, and a large one costs work for each row in it. */
#define NEAR_FRAMES 4096u
#define MAX_CHANGES 8u

/* Looking at all rows anew takes half a millisecond for a million frames: above that it is done now and then. */
#define RESCAN_FREELY_FRAMES 2000000u
#define RESCAN_INTERVAL_US   250000

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
  return operation.frame >= list->first && operation.frame < list->target &&
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

/* Rows of frames below END, in words from FROM on to TARGET; they are to be counted after that. */
static void
refresh_unfiltered (LecRowList *list, uint32_t from, uint32_t target, uint32_t end)
{
  lec_bitmap_recount_from (list->unfiltered, from);
  for (uint32_t frame = from & ~63u; frame < target; frame += 64)
    *lec_bitmap_word (list->unfiltered, frame) = own_rows (list, frame, end);
  *lec_bitmap_word (list->unfiltered, list->first) &= G_MAXUINT64 << (list->first % 64);
}

/* The first frame for which rows can be known, and behind the last. */
static void
find_stretch (const LecRowList *list, uint32_t *first, uint32_t *end)
{
  uint32_t published = lec_index_n_frames (list->index) + 1;

  *first = list->matches ? lec_matches_first (list->matches) : 1;
  *end = list->matches ? MIN (lec_matches_done (list->matches), published) : published;
}

/* From where on rows are taken in, of those of frames from FIRST on that come before all others. */
static uint32_t
limit_front (const LecRowList *list, uint32_t first, uint32_t end)
{
  unsigned n_operations = lec_top_operations_lower_bound (list->known, (LecTopOperation){ list->first, 0 });
  uint32_t frame = list->first, n_rows = 0;

  if (list->front_step == G_MAXUINT32)
    return first;
  while (frame > first && n_rows < list->front_step) {
    frame = (frame - 1) & ~63u;
    uint64_t passing = *lec_bitmap_word (lec_matches_bitmap (list->matches), frame);
    n_rows += (uint32_t) __builtin_popcountll (passing ? passing & own_rows (list, frame, end) : 0);
    for (; n_operations; n_operations--) {
      const LecTopOperation *last = &g_array_index (list->known, LecTopOperation, n_operations - 1);
      if (last->frame < frame)
        break;
      n_rows += lec_matches_has_operation (list->matches, last->operation) ? 1 : 0;
    }
  }
  return MAX (frame, first);
}

/* The first rows of all. */
static void
begin_at (LecRowList *list, uint32_t first)
{
  list->first = list->shown.end = first;
  lec_bitmap_count (list->shown.own, first);
}

static void
scan (LecRowList *list, uint32_t from, uint32_t target, uint32_t former_end)
{
  list->cursor = from & ~63u;
  list->target = target;
  list->former_end = former_end;
}

/* Sets out to compare what has to be; FALSE where nothing can have changed. */
static gboolean
begin_scan (LecRowList *list)
{
  uint32_t first, end;

  find_stretch (list, &first, &end);
  if (list->first == list->shown.end && first < end)
    begin_at (list, first);
  uint32_t former_first = list->first, from = takes_revision (list, end) ? former_first : list->shown.end;
  uint32_t first_new = take_new_operations (list), first_match = take_new_matches (list);
  if (first < former_first)
    first = limit_front (list, first, end);
  from = MAX (MIN (from, MIN (first_new, first_match)), former_first);
  if (from >= end && first >= former_first)
    return FALSE;
  list->first = MIN (first, former_first);
  if (from == former_first)
    from = list->first;
  gboolean has_front = from > list->first && first < former_first;
  uint32_t front_end = has_front ? MIN ((former_first + 63) & ~63u, end) : list->first;
  lec_bitmap_reserve (list->unfiltered, end + 64);
  lec_bitmap_reserve (list->shown.own, end + 64);
  refresh_unfiltered (list, list->first, front_end, end);
  refresh_unfiltered (list, from, end, end);
  lec_bitmap_count (list->unfiltered, MAX (end, list->shown.end));
  list->changes_left = MAX_CHANGES;
  list->rest_target = end;
  list->rest = has_front ? from : end;
  if (has_front)
    scan (list, list->first, front_end, 0);
  else
    scan (list, from, end, list->shown.end);
  return TRUE;
}

/* After the front, the rest. FALSE: that is done too. */
static gboolean
scan_on (LecRowList *list)
{
  list->shown.end = MAX (list->shown.end, list->target);
  lec_bitmap_count (list->shown.own, list->shown.end);
  if (list->rest >= list->rest_target)
    return FALSE;
  scan (list, list->rest, list->rest_target, list->shown.end);
  list->rest = list->rest_target;
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

/* Walks on to the next change. FALSE where there is none up to the target. */
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

  if (!list->scanning && !begin_scan (list))
    return FALSE;
  do
    list->scanning = find_change (list, &change);
  while (!list->scanning && scan_on (list));
  if (!list->scanning)
    return FALSE;
  list->changes_left -= list->changes_left > 1;
  *position = lec_row_list_rows_below (list, change.from);
  *removed = lec_row_list_rows_below (list, change.end) - *position;
  apply_change (list, &change);
  lec_row_list_drop_expansions (list, change.from, change.end);
  *added = lec_row_list_rows_below (list, change.end) - *position;
  return TRUE;
}
