/* The worker: makes trees, finds the frames of operations, makes replays of conversations, reports on the whole, counts
 * values, and runs filters. */
#include "session/session-private.h"

#include <errno.h>
#include <sys/eventfd.h>

#include "base/publish.h"
#include "session/expansion.h"

#define SIGNAL_INTERVAL_US 33000
/* For facts of frames, in one go. */
#define FACTS_US 8000
/* Of a replay's curves: as many as a chart has pixels on a large screen. */
#define SERIES_BUCKETS 2048u

void
lec_request_free (LecRequest *request)
{
  if (!request)
    return;
  lec_tree_free (request->tree);
  g_clear_pointer (&request->frames, g_array_unref);
  lec_replay_unref (request->replay);
  lec_replay_series_free (request->series);
  g_clear_pointer (&request->facts, g_array_unref);
  lec_report_free (request->report);
  lec_trace_values_free (request->values);
  g_free (request);
}

static gboolean
touches (const LecMessage *message, uint32_t frame)
{
  return LEC_GET (message->first_frame) == frame || LEC_GET (message->last_frame) == frame;
}

/* A frame in which several messages meet has one owner only: so the ends of messages are asked for as well. */
static GArray *
find_frames (LecSession *session, uint32_t number)
{
  LecIndex *index = session->index;
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  if (number >= atomic_load_explicit (&index->n_operations, memory_order_acquire))
    return frames;
  const LecOperation *operation = lec_index_operation (index, number);
  uint32_t last = lec_operation_last_frame (index, number), owner = number | LEC_OWNER_OPERATION;
  for (uint32_t frame = operation->first_frame; frame && frame <= last; frame++) {
    gboolean belongs = lec_index_owner (index, frame) == owner || touches (&operation->request, frame) ||
                       touches (&operation->response, frame);
    if (belongs && !(lec_index_state (index, frame) & LEC_FRAME_OWN_ROW))
      g_array_append_val (frames, frame);
    if ((frame & 0xffff) == 0 && LEC_GET (session->quit))
      break;
  }
  return frames;
}

/* What the worker's functions work with. */
typedef struct {
  LecSession *session;
  LecFrameReader *reader;
  LecReplayDesk *desk;
  LecTrustScan *scan;
} Worker;

/* A request that has been done so far as it could be in some milliseconds: TRUE = all of it. */

static gboolean
do_tree (Worker *worker, LecRequest *request)
{
  lec_frame_reader_set_absolute (worker->reader, request->absolute_sequence_numbers);
  lec_frame_reader_set_replay (worker->reader, lec_replay_desk_facts, worker->desk);
  request->tree = lec_tree_new (worker->reader, request->subject);
  if (!lec_replay_desk_take_missed (worker->desk))
    return TRUE;
  lec_tree_set_lacks_replay (request->tree);
  return FALSE;
}

/* The tree once more, now with the replay. */
static gboolean
do_tree_again (Worker *worker, LecRequest *request)
{
  uint32_t conversation = lec_index_conversation_of (worker->session->index, request->subject);
  LecReplay *replay = lec_replay_desk_work (worker->desk, conversation);

  if (!replay)
    return FALSE;
  lec_frame_reader_set_absolute (worker->reader, request->absolute_sequence_numbers);
  lec_frame_reader_set_replay (worker->reader, lec_replay_facts_of, replay);
  request->tree = lec_tree_new (worker->reader, request->subject);
  return TRUE;
}

static gboolean
do_replay (Worker *worker, LecRequest *request)
{
  LecReplay *replay = lec_replay_desk_work (worker->desk, request->subject);

  if (!replay)
    return FALSE;
  request->replay = lec_replay_ref (replay);
  request->series = lec_replay_series_new (replay, SERIES_BUCKETS);
  return TRUE;
}

static int
compare_conversations (const void *a, const void *b, void *index)
{
  uint32_t left = lec_index_conversation_of (index, *(const uint32_t *) a);
  uint32_t right = lec_index_conversation_of (index, *(const uint32_t *) b);

  return left < right ? -1 : left > right;
}

/* Frame after frame, those of one conversation together. */
static gboolean
do_facts (Worker *worker, LecRequest *request)
{
  if (!request->facts) {
    request->facts = g_array_new (FALSE, TRUE, sizeof (LecFrameFactsEntry));
    g_array_sort_with_data (request->frames, compare_conversations, worker->session->index);
  }
  gint64 until_us = g_get_monotonic_time () + FACTS_US;
  while (request->facts->len < request->frames->len) {
    LecFrameFactsEntry entry = { .frame = g_array_index (request->frames, uint32_t, request->facts->len) };
    entry.known = lec_replay_desk_facts (worker->desk, entry.frame, &entry.facts);
    if (lec_replay_desk_take_missed (worker->desk))
      return FALSE;
    g_array_append_val (request->facts, entry);
    if (g_get_monotonic_time () > until_us)
      return request->facts->len == request->frames->len;
  }
  return TRUE;
}

/* What was scanned when something more urgent came is not scanned again. */
static gboolean
do_report (Worker *worker, LecRequest *request)
{
  request->report = lec_report_new (worker->scan, &worker->session->hurry);
  return request->report != NULL;
}

/* Nothing of it is kept when something more urgent came: it takes a blink. */
static gboolean
do_values (Worker *worker, LecRequest *request)
{
  LecSession *session = worker->session;

  lec_frame_reader_set_absolute (worker->reader, request->absolute_sequence_numbers);
  lec_frame_reader_set_replay (worker->reader, NULL, NULL);
  request->values =
      lec_trace_values_new (session->registry, session->index, worker->reader, request->name, &session->hurry);
  return request->values != NULL;
}

static gboolean
do_request (Worker *worker, LecRequest *request)
{
  switch (request->kind) {
  case LEC_REQUEST_TREE:
    return request->waits ? do_tree_again (worker, request) : do_tree (worker, request);
  case LEC_REQUEST_REPLAY:
    return do_replay (worker, request);
  case LEC_REQUEST_FACTS:
    return do_facts (worker, request);
  case LEC_REQUEST_REPORT:
    return do_report (worker, request);
  case LEC_REQUEST_VALUES:
    return do_values (worker, request);
  case LEC_REQUEST_FRAMES:
    request->frames = find_frames (worker->session, request->subject);
  }
  return TRUE;
}

/* The newest filter that has frames to judge; or else the newest whose reason is to be found; or NULL. */
static LecMatches *
next_matches (LecSession *session)
{
  LecMatches *unexplained = NULL;

  for (unsigned i = session->matches->len; i-- > 0;) {
    LecMatches *matches = session->matches->pdata[i];
    if (lec_matches_has_work (matches, session->index))
      return matches;
    if (!unexplained && lec_matches_has_reason_to_find (matches))
      unexplained = matches;
  }
  return unexplained;
}

/* Mutex held, and given back while working. */
static void
work_on_matches (Worker *worker, LecMatches *matches)
{
  LecSession *session = worker->session;

  session->running = matches;
  pthread_mutex_unlock (&session->mutex);
  LecMatchNews *news = lec_matches_has_reason_to_find (matches)
                           ? lec_matches_find_reason (matches, worker->reader, session->index, session->registry)
                           : lec_matches_work (matches, worker->reader, session->index);
  pthread_mutex_lock (&session->mutex);
  session->running = NULL;
  if (news) {
    g_queue_push_tail (&matches->news, news);
    if (!matches->orphan)
      lec_session_signal (session, news->finished || news->explained);
  }
  if (matches->orphan)
    lec_matches_destroy (matches);
}

/* What is to be told later of a tree that was told already. */
static LecRequest *
rest_of (const LecRequest *request)
{
  LecRequest *rest = g_new0 (LecRequest, 1);

  *rest = *request;
  rest->tree = NULL;
  return rest;
}

/* Mutex held, and given back while working. */
static void
work_on_request (Worker *worker, LecRequest *request)
{
  LecSession *session = worker->session;

  session->current = request;
  LEC_SET (session->hurry, 0);
  pthread_mutex_unlock (&session->mutex);
  gboolean done = do_request (worker, request);
  pthread_mutex_lock (&session->mutex);
  session->current = NULL;
  if (request->abandoned) {
    lec_request_free (request);
    return;
  }
  LecRequest *rest = done ? NULL : request->tree ? rest_of (request) : request;
  if (rest) {
    rest->waits = TRUE;
    g_queue_push_head (&session->waiting, rest);
  }
  if (rest == request)
    return;
  g_queue_push_tail (&session->answers, request);
  lec_session_signal (session, TRUE);
}

/* Sleeps until there is something to do. While the trace loads that is new frames for the filters too, and telling the
 * owner of news that was held back; the loader wakes nobody for each block of frames. */
static void
sleep_until_woken (LecSession *session)
{
  gboolean loading = !atomic_load_explicit (&session->loading_over, memory_order_acquire);

  if (!session->late && !(loading && session->matches->len)) {
    pthread_cond_wait (&session->wake, &session->mutex);
    return;
  }
  gint64 until_us = g_get_monotonic_time () + SIGNAL_INTERVAL_US;
  struct timespec until = { .tv_sec = until_us / G_USEC_PER_SEC, .tv_nsec = until_us % G_USEC_PER_SEC * 1000 };
  if (pthread_cond_timedwait (&session->wake, &session->mutex, &until) == ETIMEDOUT && session->late)
    lec_session_signal (session, TRUE);
}

/* Mutex held: what was asked for first; then what takes long, a little of it. */
static LecRequest *
next_request (LecSession *session)
{
  LecRequest *request = g_queue_pop_head (&session->requests);

  return request ? request : g_queue_pop_head (&session->waiting);
}

void *
lec_session_work (void *data)
{
  LecSession *session = data;
  Worker worker = { session, lec_frame_reader_new (session->index), lec_replay_desk_new (session->index),
                    lec_trust_scan_new (session->index) };

  lec_session_enter_thread (session);
  pthread_mutex_lock (&session->mutex);
  while (!LEC_GET (session->quit)) {
    LecRequest *request = next_request (session);
    LecMatches *matches = request ? NULL : next_matches (session);

    if (request)
      work_on_request (&worker, request);
    else if (matches)
      work_on_matches (&worker, matches);
    else
      sleep_until_woken (session);
  }
  pthread_mutex_unlock (&session->mutex);
  lec_trust_scan_free (worker.scan);
  lec_replay_desk_free (worker.desk);
  lec_frame_reader_free (worker.reader);
  return NULL;
}

void
lec_session_signal (LecSession *session, gboolean at_once)
{
  if (session->signalled)
    return;
  gint64 now_us = g_get_monotonic_time ();
  if (!at_once && now_us - session->last_signal_us < SIGNAL_INTERVAL_US) {
    if (!session->late)
      pthread_cond_signal (&session->wake);
    session->late = TRUE;
    return;
  }
  session->late = FALSE;
  session->signalled = TRUE;
  session->last_signal_us = now_us;
  eventfd_write (session->event_fd, 1);
}
