/* The inside of a session: what its owner, its loader and its worker share. For the files of src/session only.
 *
 * Three threads. The owner (who opened it) asks and is told; the loader runs the index pass; the worker makes trees,
 * finds frames, reports on the whole and runs filters. Whatever passes between them passes under `mutex`, which is only
 * ever held for the moving of a few pointers: no thread works while it holds it. */
#pragma once

#include <pthread.h>

#include "analysis/index-pass.h"
#include "session/frame-facts.h"
#include "session/matches.h"
#include "session/replay-desk.h"
#include "session/session.h"

G_BEGIN_DECLS

typedef enum {
  LEC_REQUEST_TREE,
  LEC_REQUEST_FRAMES,
  LEC_REQUEST_REPLAY,
  LEC_REQUEST_FACTS, /* of frames, for the owner's table */
  LEC_REQUEST_REPORT,
  LEC_REQUEST_VALUES,
} LecRequestKind;

/* Something asked for: made by the owner, filled by the worker, and given back. */
typedef struct {
  LecRequestKind kind;
  uint32_t subject; /* frame, operation or conversation */
  gboolean absolute_sequence_numbers;
  const LecName *name; /* of values */
  uint64_t serial;     /* of a tree, a replay or values: only the newest is told */
  LecTreeFunc tree_done;
  LecFramesFunc frames_done;
  LecReplayFunc replay_done;
  LecReportFunc report_done;
  LecValuesFunc values_done;
  void *data;
  LecTree *tree;
  GArray *frames; /* found; of facts: asked for */
  LecReplay *replay;
  LecReplaySeries *series;
  LecReport *report;
  LecTraceValues *values;
  GArray *facts;      /* LecFrameFactsEntry, of so many of `frames` */
  gboolean waits;     /* it has been told as far as was quick: now the rest */
  gboolean abandoned; /* under the mutex: a newer one came while the worker was at it */
} LecRequest;

struct LecSession {
  /* Set before the threads start, then read only. */
  char *path;
  gboolean behind; /* its threads let the owner's go first */
  LecIndex *index;
  LecRegistry *registry;
  LecIndexPass *pass;
  int event_fd;
  pthread_t loader;
  pthread_t worker;

  /* The owner's. */
  LecFrameReader *reader;
  LecSessionFunc changed;
  void *changed_data;
  uint64_t tree_serial;
  uint64_t replay_serial;
  uint64_t values_serial;
  LecFrameFacts *facts;
  gboolean absolute_sequence_numbers;
  gboolean dispatching; /* told to free itself meanwhile, it waits for the end of the dispatch */
  gboolean free_after_dispatch;

  _Atomic unsigned loading_over;
  _Atomic unsigned cancel_loading; /* the owner asked for it */
  _Atomic unsigned cancelled;      /* and it came before the end */
  _Atomic unsigned quit;
  _Atomic unsigned hurry; /* set under the mutex: what the worker is at is to be given up for what is more urgent */

  pthread_mutex_t mutex;
  pthread_cond_t wake; /* the worker's */
  /* Under the mutex. */
  GQueue requests;     /* LecRequest, the next one first */
  GQueue waiting;      /* LecRequest that take long, likewise: worked on a little at a time, when there are no others */
  GQueue answers;      /* LecRequest, in the order they were done */
  LecRequest *current; /* what the worker is at, or NULL */
  GPtrArray *matches;  /* LecMatches, oldest first */
  LecMatches *running; /* that the worker is at, or NULL */
  gboolean index_news; /* something was published since the last dispatch */
  gboolean signalled;  /* event_fd is readable */
  gboolean late;       /* there is news that was held back to be told in one with what follows */
  gint64 last_signal_us;
};

/* Any thread, mutex held: there is something to dispatch. Told at once where AT_ONCE, else some tens of times a second.
 */
void lec_session_signal (LecSession *session, gboolean at_once);
/* First thing that a thread of the session does. */
void lec_session_enter_thread (const LecSession *session);
/* The worker thread's function. */
void *lec_session_work (void *session);
void lec_request_free (LecRequest *request);

G_END_DECLS
