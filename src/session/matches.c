#include "session/matches.h"

#include <string.h>

#include "base/publish.h"

/* Frames judged in one go, so many that it takes some milliseconds: columns are a thousand times quicker than
 * dissections, and who asks for a tree meanwhile waits for the end of a slice. */
#define SLICE_MIN_FRAMES 256u
#define SLICE_MAX_FRAMES (1024u * 1024)
#define SLICE_QUICK_US   2000
#define SLICE_SLOW_US    8000
/* For the questions that lead to a reason, in one go. */
#define REASON_US 5000

LecMatches *
lec_matches_new (LecSession *session, LecFilter *filter, LecSessionFunc changed, void *data)
{
  LecMatches *matches = g_new0 (LecMatches, 1);

  matches->session = session;
  matches->filter = filter ? lec_filter_ref (filter) : NULL;
  matches->changed = changed;
  matches->changed_data = data;
  matches->frames = lec_bitmap_new ();
  matches->operations = lec_bitmap_new ();
  matches->operation_log = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  matches->judged = lec_bitmap_new ();
  matches->marked = lec_bitmap_new ();
  matches->newly_marked = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  matches->place = 1;
  matches->first = matches->done = matches->judged_first = matches->judged_end = 1;
  matches->slice_frames = 4096;
  lec_bitmap_count (matches->frames, 1);
  return matches;
}

static void
free_news (void *news)
{
  LecMatchNews *item = news;

  g_array_unref (item->operations);
  g_free (item->reason);
  g_free (item);
}

void
lec_matches_destroy (LecMatches *matches)
{
  g_clear_pointer (&matches->filter, lec_filter_unref);
  g_clear_pointer (&matches->search, lec_text_search_free);
  lec_replay_stream_free (matches->replays);
  lec_inquiry_free (matches->inquiry);
  g_free (matches->reason);
  lec_bitmap_free (matches->frames);
  lec_bitmap_free (matches->operations);
  g_array_unref (matches->operation_log);
  lec_bitmap_free (matches->judged);
  lec_bitmap_free (matches->marked);
  g_array_unref (matches->newly_marked);
  g_queue_clear_full (&matches->news, free_news);
  g_free (matches);
}

/* Worker. */

static void
mark_operation (LecMatches *matches, uint32_t operation)
{
  if (lec_bitmap_get (matches->marked, operation))
    return;
  lec_bitmap_set (matches->marked, operation, TRUE);
  g_array_append_val (matches->newly_marked, operation);
}

static gboolean
operation_touches (const LecOperation *operation, uint32_t frame)
{
  return LEC_GET (operation->request.first_frame) == frame || LEC_GET (operation->response.first_frame) == frame;
}

/* Marks the operations that show FRAME: its owner, and those after it in the conversation that begin in the same frame
 * (pipelined requests, or a response that begins where another ends). */
static void
mark_operations_of (LecMatches *matches, LecIndex *index, uint32_t frame, uint32_t n_operations)
{
  uint32_t number = lec_index_owner (index, frame);

  if (number == LEC_OWNER_NONE || !(number & LEC_OWNER_OPERATION))
    return;
  for (number = LEC_OWNER_INDEX (number); number < n_operations;) {
    mark_operation (matches, number);
    number = LEC_FOLLOW (lec_index_operation (index, number)->next);
    if (number >= n_operations || !operation_touches (lec_index_operation (index, number), frame))
      return;
  }
}

/* Marks what stands for the matching frames of [from, end) in the list of messages. */
static void
mark_operations (LecMatches *matches, LecIndex *index, uint32_t from, uint32_t end)
{
  uint32_t n_operations = atomic_load_explicit (&index->n_operations, memory_order_acquire);

  lec_bitmap_reserve (matches->marked, n_operations + 1);
  for (uint32_t frame = lec_bitmap_next (matches->judged, from, end); frame != G_MAXUINT32;
       frame = lec_bitmap_next (matches->judged, frame + 1, end))
    if (!(lec_index_state (index, frame) & LEC_FRAME_OWN_ROW))
      mark_operations_of (matches, index, frame, n_operations);
}

static LecMatchNews *
make_news (LecMatches *matches, uint32_t from, uint32_t end)
{
  uint32_t from_word = from / 64, n_words = (end + 63) / 64 - from_word;
  LecMatchNews *news = g_malloc0 (sizeof *news + n_words * sizeof news->words[0]);

  news->from_word = from_word;
  news->n_words = n_words;
  news->first = matches->judged_first;
  news->end = matches->judged_end;
  for (uint32_t i = 0; i < n_words; i++)
    news->words[i] = *lec_bitmap_word (matches->judged, (from_word + i) * 64);
  news->operations = matches->newly_marked;
  matches->newly_marked = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  return news;
}

static gboolean
index_is_complete (LecIndex *index)
{
  return atomic_load_explicit (&index->complete, memory_order_acquire) != 0;
}

static gboolean
needs_review (const LecMatches *matches, LecIndex *index)
{
  return matches->early_end && atomic_load_explicit (&index->revision, memory_order_acquire) != matches->revision;
}

gboolean
lec_matches_has_work (const LecMatches *matches, LecIndex *index)
{
  if (matches->over)
    return FALSE;
  /* In this order: frames are published before the index is complete. */
  return index_is_complete (index) || matches->judged_first > 1 || matches->judged_end <= lec_index_n_frames (index);
}

/* Conversations are gone through along with the frames, whether or not these are looked at: so what a slice takes does
 * not grow with what was passed over before it. */
static gboolean
judge_replayed (LecMatches *matches, LecFrameReader *reader, LecIndex *index, uint32_t from, uint32_t end)
{
  if (!matches->replays)
    matches->replays = lec_replay_stream_new (index, NULL, NULL);
  lec_frame_reader_set_replay_stream (reader, matches->replays);
  gboolean done = lec_filter_run (matches->filter, reader, index, from, end, matches->judged, &matches->cancel);
  lec_frame_reader_set_replay_stream (reader, NULL);
  if (done)
    lec_replay_stream_advance (matches->replays, end - 1, &matches->cancel);
  return done;
}

static gboolean
judge (LecMatches *matches, LecFrameReader *reader, LecIndex *index, uint32_t from, uint32_t end)
{
  if (matches->search)
    return lec_text_search_run (matches->search, reader, index, from, end, matches->judged, &matches->cancel);
  if (lec_filter_wants_replay (matches->filter))
    return judge_replayed (matches, reader, index, from, end);
  return lec_filter_run (matches->filter, reader, index, from, end, matches->judged, &matches->cancel);
}

/* Runs the filter over a slice; FALSE where it was cancelled. */
static gboolean
run_slice (LecMatches *matches, LecFrameReader *reader, LecIndex *index, uint32_t from, uint32_t end)
{
  gint64 start_us = g_get_monotonic_time ();

  if (from < end && !judge (matches, reader, index, from, end))
    return FALSE;
  gint64 took_us = g_get_monotonic_time () - start_us;
  if (took_us < SLICE_QUICK_US)
    matches->slice_frames = MIN (matches->slice_frames * 2, SLICE_MAX_FRAMES);
  else if (took_us > SLICE_SLOW_US)
    matches->slice_frames = MAX (matches->slice_frames / 2, SLICE_MIN_FRAMES);
  return TRUE;
}

/* Judges what was judged while the trace was loading once more, for later frames may have changed what is known of
 * earlier ones; then tells all of it as one change. */
static LecMatchNews *
review_slice (LecMatches *matches, LecFrameReader *reader, LecIndex *index)
{
  uint32_t end = MIN (matches->early_end, matches->review + matches->slice_frames);

  if (!run_slice (matches, reader, index, matches->review, end))
    return NULL;
  matches->review = end;
  if (end < matches->early_end)
    return NULL;

  lec_bitmap_free (matches->marked);
  matches->marked = lec_bitmap_new ();
  g_array_set_size (matches->newly_marked, 0);
  mark_operations (matches, index, 1, matches->judged_end);
  LecMatchNews *news = make_news (matches, 0, matches->judged_end);
  news->replaces = TRUE;
  news->finished = matches->over = TRUE;
  return news;
}

static void
start (LecMatches *matches, LecIndex *index, uint32_t all)
{
  matches->revision = atomic_load_explicit (&index->revision, memory_order_acquire);
  matches->place = MIN (matches->place, all);
  matches->judged_first = matches->judged_end = matches->place;
  matches->started = TRUE;
}

/* The next slice of frames below ALL: of the side that is behind, counted from where it began. */
static void
choose_slice (const LecMatches *matches, uint32_t all, uint32_t *from, uint32_t *end)
{
  uint32_t n_before = matches->place - matches->judged_first, n_after = matches->judged_end - matches->place;

  if (matches->judged_first > 1 && (matches->judged_end == all || n_before < n_after)) {
    *end = matches->judged_first;
    *from = *end - MIN (*end - 1, matches->slice_frames);
  } else {
    *from = matches->judged_end;
    *end = MIN (all, *from + matches->slice_frames);
  }
}

static LecMatchNews *
judge_slice (LecMatches *matches, LecFrameReader *reader, LecIndex *index)
{
  gboolean complete = index_is_complete (index);
  uint32_t all = lec_index_n_frames (index) + 1, from, end;

  if (!matches->started)
    start (matches, index, all);
  lec_bitmap_reserve (matches->judged, all + 64);
  choose_slice (matches, all, &from, &end);
  if (!run_slice (matches, reader, index, from, end))
    return NULL;
  matches->judged_first = MIN (matches->judged_first, from);
  matches->judged_end = MAX (matches->judged_end, end);
  if (!complete) {
    matches->early_first = matches->judged_first;
    matches->early_end = matches->judged_end;
  }
  mark_operations (matches, index, from, end);
  LecMatchNews *news = make_news (matches, from, end);
  if (complete && matches->judged_first == 1 && matches->judged_end == all) {
    if (needs_review (matches, index))
      matches->review = matches->early_first;
    else
      news->finished = matches->over = TRUE;
  }
  return news;
}

LecMatchNews *
lec_matches_work (LecMatches *matches, LecFrameReader *reader, LecIndex *index)
{
  lec_frame_reader_set_absolute (reader, matches->absolute_sequence_numbers);
  return matches->review ? review_slice (matches, reader, index) : judge_slice (matches, reader, index);
}

/* Why. */

gboolean
lec_matches_has_reason_to_find (const LecMatches *matches)
{
  return matches->over && matches->wants_reason && !matches->all_said;
}

/* Its questions go through the conversations as the filter did, from the first frame on. */
static gboolean
inquire (LecMatches *matches, LecFrameReader *reader)
{
  gboolean replayed = lec_filter_wants_replay (matches->filter);

  if (replayed)
    lec_frame_reader_set_replay_stream (reader, matches->replays);
  gboolean over = lec_inquiry_run (matches->inquiry, reader, g_get_monotonic_time () + REASON_US, &matches->cancel);
  if (replayed)
    lec_frame_reader_set_replay_stream (reader, NULL);
  if (replayed && !over && lec_inquiry_next_frame (matches->inquiry) > 1)
    lec_replay_stream_advance (matches->replays, lec_inquiry_next_frame (matches->inquiry) - 1, &matches->cancel);
  return over;
}

LecMatchNews *
lec_matches_find_reason (LecMatches *matches, LecFrameReader *reader, LecIndex *index, const LecRegistry *registry)
{
  if (!matches->inquiry)
    matches->inquiry = lec_inquiry_new (matches->filter, registry, index, matches->judged_end,
                                        lec_bitmap_count (matches->judged, matches->judged_end));
  lec_frame_reader_set_absolute (reader, matches->absolute_sequence_numbers);
  if (!inquire (matches, reader))
    return NULL;
  matches->all_said = TRUE;
  LecMatchNews *news = make_news (matches, matches->judged_end, matches->judged_end);
  news->n_words = 0;
  news->explained = TRUE;
  news->reason = g_strdup (lec_inquiry_reason (matches->inquiry));
  g_clear_pointer (&matches->inquiry, lec_inquiry_free);
  return news;
}

/* Owner. */

static void
take_operations (LecMatches *matches, const LecMatchNews *news)
{
  for (unsigned i = 0; i < news->operations->len; i++) {
    uint32_t operation = g_array_index (news->operations, uint32_t, i);
    lec_bitmap_reserve (matches->operations, operation + 1);
    lec_bitmap_set (matches->operations, operation, TRUE);
    matches->n_operation_bits = MAX (matches->n_operation_bits, operation + 1);
    g_array_append_val (matches->operation_log, operation);
  }
}

void
lec_matches_take (LecMatches *matches, LecMatchNews *news)
{
  if (news->replaces) {
    lec_bitmap_free (matches->operations);
    matches->operations = lec_bitmap_new ();
    matches->n_operation_bits = 0;
    g_array_set_size (matches->operation_log, 0);
    matches->generation++;
    lec_bitmap_recount (matches->frames);
  }
  lec_bitmap_reserve (matches->frames, news->end + 64);
  lec_bitmap_recount_from (matches->frames, news->from_word * 64);
  for (uint32_t i = 0; i < news->n_words; i++)
    *lec_bitmap_word (matches->frames, (news->from_word + i) * 64) = news->words[i];
  take_operations (matches, news);
  matches->first = news->first;
  matches->done = news->end;
  matches->count = lec_bitmap_count (matches->frames, matches->done);
  matches->finished |= news->finished;
  matches->explained |= news->explained;
  if (news->reason)
    matches->reason = g_steal_pointer (&news->reason);
  free_news (news);
}

gboolean
lec_matches_has_operation (const LecMatches *matches, uint32_t operation)
{
  return operation < matches->n_operation_bits && lec_bitmap_get (matches->operations, operation);
}

uint32_t
lec_matches_first (const LecMatches *matches)
{
  return matches->first;
}

uint32_t
lec_matches_done (const LecMatches *matches)
{
  return matches->done;
}

uint32_t
lec_matches_count (const LecMatches *matches)
{
  return matches->count;
}

gboolean
lec_matches_finished (const LecMatches *matches)
{
  return matches->finished;
}

const char *
lec_matches_reason (const LecMatches *matches)
{
  return matches->reason;
}

const LecBitmap *
lec_matches_bitmap (const LecMatches *matches)
{
  return matches->frames;
}

uint32_t
lec_matches_generation (const LecMatches *matches)
{
  return matches->generation;
}
