/* The worker: makes trees, finds the frames of operations, and runs filters, in this order of urgency. */
#include "session/session-private.h"

#include <errno.h>
#include <sys/eventfd.h>

#include "base/publish.h"
#include "session/expansion.h"

#define SIGNAL_INTERVAL_US 33000

void
lec_request_free (LecRequest *request)
{
  if (!request)
    return;
  lec_tree_free (request->tree);
  g_clear_pointer (&request->frames, g_array_unref);
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

static void
do_request (LecSession *session, LecFrameReader *reader, LecRequest *request)
{
  if (request->kind == LEC_REQUEST_TREE) {
    lec_frame_reader_set_absolute (reader, request->absolute_sequence_numbers);
    request->tree = lec_tree_new (reader, request->subject);
  } else {
    request->frames = find_frames (session, request->subject);
  }
}

/* The newest filter that has frames to judge, or NULL. */
static LecMatches *
next_matches (LecSession *session)
{
  for (unsigned i = session->matches->len; i-- > 0;) {
    LecMatches *matches = session->matches->pdata[i];
    if (lec_matches_has_work (matches, session->index))
      return matches;
  }
  return NULL;
}

/* Mutex held, and given back while working. */
static void
work_on_matches (LecSession *session, LecFrameReader *reader, LecMatches *matches)
{
  session->running = matches;
  pthread_mutex_unlock (&session->mutex);
  LecMatchNews *news = lec_matches_work (matches, reader, session->index);
  pthread_mutex_lock (&session->mutex);
  session->running = NULL;
  if (news) {
    g_queue_push_tail (&matches->news, news);
    if (!matches->orphan)
      lec_session_signal (session, news->finished);
  }
  if (matches->orphan)
    lec_matches_destroy (matches);
}

static void
work_on_request (LecSession *session, LecFrameReader *reader, LecRequest *request)
{
  session->current = request;
  pthread_mutex_unlock (&session->mutex);
  do_request (session, reader, request);
  pthread_mutex_lock (&session->mutex);
  session->current = NULL;
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

void *
lec_session_work (void *data)
{
  LecSession *session = data;
  LecFrameReader *reader = lec_frame_reader_new (session->index);

  lec_session_enter_thread (session);
  pthread_mutex_lock (&session->mutex);
  while (!LEC_GET (session->quit)) {
    LecRequest *request = g_queue_pop_head (&session->requests);
    LecMatches *matches = request ? NULL : next_matches (session);

    if (request)
      work_on_request (session, reader, request);
    else if (matches)
      work_on_matches (session, reader, matches);
    else
      sleep_until_woken (session);
  }
  pthread_mutex_unlock (&session->mutex);
  lec_frame_reader_free (reader);
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
