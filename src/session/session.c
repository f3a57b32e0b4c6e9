#include "session/session-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "base/publish.h"

/* How much nicer than the owner's thread those are that let it go first. */
#define BEHIND_STEPS 5

/* Threads. */

void
lec_session_enter_thread (const LecSession *session)
{
  if (session->behind) /* on Linux a thread's own priority, which those that it starts inherit: setpriority(2) */
    setpriority (PRIO_PROCESS, (id_t) gettid (), getpriority (PRIO_PROCESS, 0) + BEHIND_STEPS);
}

/* Loader. */

static void
on_published (LecIndex *index, void *data)
{
  LecSession *session = data;

  pthread_mutex_lock (&session->mutex);
  session->index_news = TRUE;
  /* At once for the first frames, so that there is something to see. */
  lec_session_signal (session, session->last_signal_us == 0);
  pthread_mutex_unlock (&session->mutex);
}

static void *
load (void *data)
{
  LecSession *session = data;

  lec_session_enter_thread (session);
  lec_index_pass_run (session->pass);
  LEC_SET (session->cancelled, LEC_GET (session->cancel_loading));
  pthread_mutex_lock (&session->mutex);
  atomic_store_explicit (&session->loading_over, 1, memory_order_release);
  session->index_news = TRUE;
  lec_session_signal (session, TRUE);
  pthread_cond_signal (&session->wake);
  pthread_mutex_unlock (&session->mutex);
  return NULL;
}

/* Asking. */

static void
drop_requests_in (GQueue *queue, LecRequestKind kind)
{
  for (GList *item = queue->head, *next; item; item = next) {
    next = item->next;
    if (((LecRequest *) item->data)->kind != kind)
      continue;
    lec_request_free (item->data);
    g_queue_delete_link (queue, item);
  }
}

/* Mutex held. */
static void
drop_requests (LecSession *session, LecRequestKind kind)
{
  drop_requests_in (&session->requests, kind);
  drop_requests_in (&session->waiting, kind);
  if (session->current && session->current->kind == kind)
    session->current->abandoned = TRUE;
}

static void
push_request (LecSession *session, LecRequest *request)
{
  pthread_mutex_lock (&session->mutex);
  if (request->kind == LEC_REQUEST_TREE || request->kind == LEC_REQUEST_REPLAY || request->kind == LEC_REQUEST_VALUES)
    drop_requests (session, request->kind);
  if (request->kind == LEC_REQUEST_TREE)
    g_queue_push_head (&session->requests, request);
  else
    g_queue_push_tail (&session->requests, request);
  if (session->current &&
      (session->current->kind == LEC_REQUEST_REPORT || session->current->kind == LEC_REQUEST_VALUES))
    LEC_SET (session->hurry, 1);
  pthread_cond_signal (&session->wake);
  pthread_mutex_unlock (&session->mutex);
}

/* What the owner's reader has not at hand, the worker finds: one request at a time, so that those that come meanwhile
 * go together. */
static void
ask_for_facts (LecSession *session)
{
  GArray *frames = lec_frame_facts_take_wanted (session->facts);

  if (!frames)
    return;
  LecRequest *request = g_new0 (LecRequest, 1);
  request->kind = LEC_REQUEST_FACTS;
  request->frames = frames;
  push_request (session, request);
}

/* LecReplayFactsFunc of the owner's reader. While the trace is read conversations still grow. */
static gboolean
facts_at_hand (void *data, uint32_t frame, LecReplayFacts *facts)
{
  LecSession *session = data;

  if (lec_session_state (session) == LEC_SESSION_LOADING)
    return FALSE;
  if (lec_frame_facts_find (session->facts, frame, facts))
    return TRUE;
  ask_for_facts (session);
  return FALSE;
}

gboolean
lec_session_find_replay_facts (LecSession *session, uint32_t frame, LecReplayFacts *facts)
{
  return lec_replay_is_possible (session->index, lec_index_conversation_of (session->index, frame)) &&
         facts_at_hand (session, frame, facts);
}

gboolean
lec_session_awaits_facts (LecSession *session)
{
  return lec_frame_facts_is_waiting (session->facts);
}

uint32_t
lec_session_facts_generation (LecSession *session)
{
  return lec_frame_facts_generation (session->facts);
}

/* Owner. */

static void
init_locks (LecSession *session)
{
  pthread_condattr_t attributes;

  pthread_mutex_init (&session->mutex, NULL);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&session->wake, &attributes);
  pthread_condattr_destroy (&attributes);
}

/* All that does not run. */
static void
free_rest (LecSession *session)
{
  g_queue_clear_full (&session->requests, (GDestroyNotify) lec_request_free);
  g_queue_clear_full (&session->waiting, (GDestroyNotify) lec_request_free);
  g_queue_clear_full (&session->answers, (GDestroyNotify) lec_request_free);
  g_ptr_array_unref (session->matches);
  lec_frame_reader_free (session->reader);
  lec_frame_facts_free (session->facts);
  lec_index_pass_free (session->pass);
  lec_registry_free (session->registry);
  lec_index_free (session->index);
  if (session->event_fd >= 0)
    close (session->event_fd);
  pthread_cond_destroy (&session->wake);
  pthread_mutex_destroy (&session->mutex);
  g_free (session->path);
  g_free (session);
}

static void
stop_worker (LecSession *session)
{
  pthread_mutex_lock (&session->mutex);
  LEC_SET (session->quit, 1);
  LEC_SET (session->hurry, 1);
  if (session->running)
    LEC_SET (session->running->cancel, 1);
  pthread_cond_signal (&session->wake);
  pthread_mutex_unlock (&session->mutex);
  pthread_join (session->worker, NULL);
}

static gboolean
start_threads (LecSession *session, GError **error)
{
  int problem = pthread_create (&session->worker, NULL, lec_session_work, session);

  if (!problem) {
    problem = pthread_create (&session->loader, NULL, load, session);
    if (!problem)
      return TRUE;
    stop_worker (session);
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_OPEN, _ ("No thread could be started: %s"), g_strerror (problem));
  return FALSE;
}

static LecSession *
open_session (const char *path, gboolean behind, GError **error)
{
  LecTrace *trace = lec_trace_open (path, error);

  if (!trace)
    return NULL;
  LecSession *session = g_new0 (LecSession, 1);
  init_locks (session);
  session->path = g_strdup (path);
  session->behind = behind;
  session->index = lec_index_new (trace);
  session->registry = lec_registry_new ();
  session->reader = lec_frame_reader_new (session->index);
  session->facts = lec_frame_facts_new ();
  lec_frame_reader_set_replay (session->reader, facts_at_hand, session);
  session->pass = lec_index_pass_new (session->index, on_published, session);
  session->matches = g_ptr_array_new ();
  session->event_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (session->event_fd < 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_OPEN, _ ("No event descriptor could be made: %s"), g_strerror (errno));
    free_rest (session);
    return NULL;
  }
  if (!start_threads (session, error)) {
    free_rest (session);
    return NULL;
  }
  return session;
}

LecSession *
lec_session_open (const char *path, GError **error)
{
  return open_session (path, FALSE, error);
}

LecSession *
lec_session_open_behind (const char *path, GError **error)
{
  return open_session (path, TRUE, error);
}

void
lec_session_free (LecSession *session)
{
  if (!session)
    return;
  if (session->dispatching) { /* by a callback */
    session->free_after_dispatch = TRUE;
    return;
  }
  lec_session_cancel_loading (session);
  stop_worker (session);
  pthread_join (session->loader, NULL);
  for (unsigned i = 0; i < session->matches->len; i++)
    ((LecMatches *) session->matches->pdata[i])->session = NULL;
  free_rest (session);
}

int
lec_session_event_fd (const LecSession *session)
{
  return session->event_fd;
}

void
lec_session_cancel_loading (LecSession *session)
{
  LEC_SET (session->cancel_loading, 1);
  lec_index_pass_cancel (session->pass);
}

LecSessionState
lec_session_state (const LecSession *session)
{
  if (!atomic_load_explicit (&session->loading_over, memory_order_acquire))
    return LEC_SESSION_LOADING;
  return LEC_GET (session->cancelled) ? LEC_SESSION_CANCELLED : LEC_SESSION_DONE;
}

const char *
lec_session_path (const LecSession *session)
{
  return session->path;
}

LecIndex *
lec_session_index (LecSession *session)
{
  return session->index;
}

const LecRegistry *
lec_session_registry (const LecSession *session)
{
  return session->registry;
}

LecFrameReader *
lec_session_reader (LecSession *session)
{
  return session->reader;
}

void
lec_session_set_changed_func (LecSession *session, LecSessionFunc changed, void *data)
{
  session->changed = changed;
  session->changed_data = data;
}

void
lec_session_set_absolute (LecSession *session, gboolean absolute_sequence_numbers)
{
  session->absolute_sequence_numbers = absolute_sequence_numbers;
}

/* Dispatching. A callback may ask for anything, free matches, or free the session: so each step looks anew. */

static void
answer (LecSession *session, LecRequest *request)
{
  switch (request->kind) {
  case LEC_REQUEST_FRAMES:
    request->frames_done (session, request->subject, g_steal_pointer (&request->frames), request->data);
    break;
  case LEC_REQUEST_TREE:
    if (request->serial == session->tree_serial)
      request->tree_done (session, g_steal_pointer (&request->tree), request->data);
    break;
  case LEC_REQUEST_REPLAY:
    if (request->serial == session->replay_serial)
      request->replay_done (session, g_steal_pointer (&request->replay), g_steal_pointer (&request->series),
                            request->data);
    break;
  case LEC_REQUEST_REPORT:
    request->report_done (session, g_steal_pointer (&request->report), request->data);
    break;
  case LEC_REQUEST_VALUES:
    if (request->serial == session->values_serial)
      request->values_done (session, g_steal_pointer (&request->values), request->data);
    break;
  case LEC_REQUEST_FACTS:
    lec_frame_facts_add (session->facts, request->facts);
    ask_for_facts (session);
    if (session->changed)
      session->changed (session, session->changed_data);
    break;
  }
  lec_request_free (request);
}

/* Matches that have news, with these taken in; NULL where there are none. */
static LecMatches *
take_matches_news (LecSession *session)
{
  LecMatches *found = NULL;
  GQueue news = G_QUEUE_INIT;

  pthread_mutex_lock (&session->mutex);
  for (unsigned i = 0; i < session->matches->len && !found; i++) {
    LecMatches *matches = session->matches->pdata[i];
    if (g_queue_is_empty (&matches->news))
      continue;
    found = matches;
    news = matches->news;
    g_queue_init (&matches->news);
  }
  pthread_mutex_unlock (&session->mutex);
  for (LecMatchNews *item; (item = g_queue_pop_head (&news));)
    lec_matches_take (found, item);
  return found;
}

static LecRequest *
take_answer (LecSession *session)
{
  pthread_mutex_lock (&session->mutex);
  LecRequest *request = g_queue_pop_head (&session->answers);
  pthread_mutex_unlock (&session->mutex);
  return request;
}

static gboolean
take_index_news (LecSession *session)
{
  eventfd_t ignored;

  pthread_mutex_lock (&session->mutex);
  if (session->signalled)
    eventfd_read (session->event_fd, &ignored);
  session->signalled = FALSE;
  gboolean news = session->index_news;
  session->index_news = FALSE;
  pthread_mutex_unlock (&session->mutex);
  return news;
}

void
lec_session_dispatch (LecSession *session)
{
  if (session->dispatching)
    return;
  session->dispatching = TRUE;
  gboolean index_news = take_index_news (session);
  if (index_news && session->changed)
    session->changed (session, session->changed_data);
  LecRequest *request;
  while (!session->free_after_dispatch && (request = take_answer (session)))
    answer (session, request);
  LecMatches *matches;
  while (!session->free_after_dispatch && (matches = take_matches_news (session)))
    if (matches->changed)
      matches->changed (session, matches->changed_data);
  session->dispatching = FALSE;
  if (session->free_after_dispatch)
    lec_session_free (session);
}

static gboolean
is_busy (LecSession *session)
{
  gboolean busy = lec_session_state (session) == LEC_SESSION_LOADING;

  pthread_mutex_lock (&session->mutex);
  busy |= session->index_news || session->current || !g_queue_is_empty (&session->requests) ||
          !g_queue_is_empty (&session->waiting) || !g_queue_is_empty (&session->answers);
  for (unsigned i = 0; i < session->matches->len; i++) {
    LecMatches *matches = session->matches->pdata[i];
    busy |= !matches->finished || (matches->wants_reason && !matches->explained) || !g_queue_is_empty (&matches->news);
  }
  pthread_mutex_unlock (&session->mutex);
  return busy;
}

void
lec_session_wait (LecSession *session)
{
  struct pollfd descriptor = { .fd = session->event_fd, .events = POLLIN };

  while (is_busy (session)) {
    poll (&descriptor, 1, -1);
    lec_session_dispatch (session);
  }
}

void
lec_session_request_tree (LecSession *session, uint32_t frame, gboolean absolute_sequence_numbers, LecTreeFunc done,
                          void *data)
{
  g_return_if_fail (frame > 0 && frame <= lec_index_n_frames (session->index));
  LecRequest *request = g_new0 (LecRequest, 1);

  request->kind = LEC_REQUEST_TREE;
  request->subject = frame;
  request->absolute_sequence_numbers = absolute_sequence_numbers;
  request->serial = ++session->tree_serial;
  request->tree_done = done;
  request->data = data;
  push_request (session, request);
}

LecTree *
lec_session_dup_tree (LecSession *session, uint32_t frame, gboolean absolute_sequence_numbers)
{
  g_return_val_if_fail (frame > 0 && frame <= lec_index_n_frames (session->index), NULL);
  lec_frame_reader_set_absolute (session->reader, absolute_sequence_numbers);
  uint32_t conversation = lec_index_conversation_of (session->index, frame);
  g_autoptr (LecReplay) replay = NULL;
  if (lec_replay_is_possible (session->index, conversation))
    replay = lec_replay_new (session->index, conversation);
  lec_frame_reader_set_replay (session->reader, replay ? lec_replay_facts_of : NULL, replay);
  LecTree *tree = lec_tree_new (session->reader, frame);
  lec_frame_reader_set_replay (session->reader, facts_at_hand, session);
  return tree;
}

void
lec_session_request_frames (LecSession *session, uint32_t operation, LecFramesFunc done, void *data)
{
  LecRequest *request = g_new0 (LecRequest, 1);

  request->kind = LEC_REQUEST_FRAMES;
  request->subject = operation;
  request->frames_done = done;
  request->data = data;
  push_request (session, request);
}

void
lec_session_request_replay (LecSession *session, uint32_t conversation, LecReplayFunc done, void *data)
{
  g_return_if_fail (lec_replay_is_possible (session->index, conversation));
  LecRequest *request = g_new0 (LecRequest, 1);

  request->kind = LEC_REQUEST_REPLAY;
  request->subject = conversation;
  request->serial = ++session->replay_serial;
  request->replay_done = done;
  request->data = data;
  push_request (session, request);
}

void
lec_session_request_report (LecSession *session, LecReportFunc done, void *data)
{
  LecRequest *request = g_new0 (LecRequest, 1);

  request->kind = LEC_REQUEST_REPORT;
  request->report_done = done;
  request->data = data;
  push_request (session, request);
}

void
lec_session_request_values (LecSession *session, const LecName *name, LecValuesFunc done, void *data)
{
  LecRequest *request = g_new0 (LecRequest, 1);

  request->kind = LEC_REQUEST_VALUES;
  request->name = name;
  request->absolute_sequence_numbers = session->absolute_sequence_numbers;
  request->serial = ++session->values_serial;
  request->values_done = done;
  request->data = data;
  push_request (session, request);
}

void
lec_session_forget_values (LecSession *session)
{
  session->values_serial++;
}

static void
start_matches (LecSession *session, LecMatches *matches)
{
  matches->absolute_sequence_numbers = session->absolute_sequence_numbers;
  pthread_mutex_lock (&session->mutex);
  g_ptr_array_add (session->matches, matches);
  pthread_cond_signal (&session->wake);
  pthread_mutex_unlock (&session->mutex);
}

LecMatches *
lec_session_match (LecSession *session, LecFilter *filter, LecSessionFunc changed, void *data)
{
  LecMatches *matches = lec_matches_new (session, filter, changed, data);

  start_matches (session, matches);
  return matches;
}

/* Conversations are gone through from their beginning; and columns take no time. */
static void
set_place (LecMatches *matches, uint32_t place)
{
  if (!lec_filter_is_columnar (matches->filter) && !lec_filter_wants_replay (matches->filter))
    matches->place = MAX (place, 1);
}

LecMatches *
lec_session_match_shown (LecSession *session, LecFilter *filter, uint32_t place, LecSessionFunc changed, void *data)
{
  LecMatches *matches = lec_matches_new (session, filter, changed, data);

  matches->wants_reason = TRUE;
  set_place (matches, place);
  start_matches (session, matches);
  return matches;
}

LecMatches *
lec_session_match_from (LecSession *session, LecFilter *filter, uint32_t place, LecSessionFunc changed, void *data)
{
  LecMatches *matches = lec_matches_new (session, filter, changed, data);

  set_place (matches, place);
  start_matches (session, matches);
  return matches;
}

LecMatches *
lec_session_find (LecSession *session, LecFindQuery *query, uint32_t place, LecSessionFunc changed, void *data)
{
  LecMatches *matches = lec_matches_new (session, NULL, changed, data);

  matches->place = MAX (place, 1);
  matches->search = lec_text_search_new (query);
  start_matches (session, matches);
  return matches;
}

void
lec_matches_free (LecMatches *matches)
{
  LecSession *session = matches ? matches->session : NULL;

  if (!matches)
    return;
  if (!session) {
    lec_matches_destroy (matches);
    return;
  }
  pthread_mutex_lock (&session->mutex);
  g_ptr_array_remove (session->matches, matches);
  LEC_SET (matches->cancel, 1);
  gboolean running = matches->orphan = session->running == matches;
  pthread_mutex_unlock (&session->mutex);
  if (!running)
    lec_matches_destroy (matches);
}
