/* A session: one open trace, its worker threads, and what has been asked of it.
 *
 * Made and used on one thread (the main one). Its workers tell it that there is news by an eventfd, which the owner
 * watches and answers with lec_session_dispatch(); callbacks run in there, on the owner's thread. Nothing here waits,
 * and nothing here takes time that grows with the trace. */
#pragma once

#include "analysis/index.h"
#include "analysis/replay-series.h"
#include "analysis/report.h"
#include "analysis/surroundings.h"
#include "filter/filter.h"
#include "filter/trace-values.h"
#include "protocol/registry.h"
#include "session/find-query.h"
#include "session/tree.h"

G_BEGIN_DECLS

typedef struct LecSession LecSession;

typedef enum {
  LEC_SESSION_LOADING,
  LEC_SESSION_DONE,      /* read to its end, or to the damage that lec_trace_damage() tells */
  LEC_SESSION_CANCELLED, /* what was read stays */
} LecSessionState;

/* Opens PATH and starts loading. NULL and a LEC_ERROR where nothing of it can be shown. */
LecSession *lec_session_open (const char *path, GError **error);
/* The same for an owner who answers people: where processors are short, the session's threads let the owner's go first.
 */
LecSession *lec_session_open_behind (const char *path, GError **error);
/* Cancels everything, waits for the threads (they stop within milliseconds), frees. */
void lec_session_free (LecSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSession, lec_session_free)

/* Becomes readable when lec_session_dispatch() has something to do. */
int lec_session_event_fd (const LecSession *session);
/* Tells `changed` of new frames and revisions, and finished jobs their callbacks. */
void lec_session_dispatch (LecSession *session);
/* Blocks until loading is over and all jobs are done; for the command line and tests. */
void lec_session_wait (LecSession *session);
void lec_session_cancel_loading (LecSession *session);

LecSessionState lec_session_state (const LecSession *session);
const char *lec_session_path (const LecSession *session);
LecIndex *lec_session_index (LecSession *session);
const LecRegistry *lec_session_registry (const LecSession *session);
/* The owner thread's own frame reader, for the rows on screen. */
LecFrameReader *lec_session_reader (LecSession *session);

/* New frames, revisions or a changed state; at most some tens of times a second. */
typedef void (*LecSessionFunc) (LecSession *session, void *data);
void lec_session_set_changed_func (LecSession *session, LecSessionFunc changed, void *data);

/* Filters started from now on see sequence numbers as sent, not relative to the connection's first. */
void lec_session_set_absolute (LecSession *session, gboolean absolute_sequence_numbers);

/* A filter's run over the trace, as it goes on. While the trace loads it follows. */
typedef struct LecMatches LecMatches;
/* Starts running FILTER from the first frame on, in the worker; CHANGED is called from lec_session_dispatch() as
 * results come. Free the matches to cancel, before the session. */
LecMatches *lec_session_match (LecSession *session, LecFilter *filter, LecSessionFunc changed, void *data);
/* The same for a list that stands on it. What takes time begins where somebody looks, at frame PLACE, and goes on from
 * there both ways. When all frames are judged, it is found out why so many pass. */
LecMatches *lec_session_match_shown (LecSession *session, LecFilter *filter, uint32_t place, LecSessionFunc changed,
                                     void *data);
/* The same for who looks for one match after the other from frame PLACE on: what takes time begins there. */
LecMatches *lec_session_match_from (LecSession *session, LecFilter *filter, uint32_t place, LecSessionFunc changed,
                                    void *data);
/* … and for the frames in which what QUERY looks for is found. */
LecMatches *lec_session_find (LecSession *session, LecFindQuery *query, uint32_t place, LecSessionFunc changed,
                              void *data);
void lec_matches_free (LecMatches *matches);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecMatches, lec_matches_free)
/* Frames from the first of these on and below the other are judged, as of the last dispatch. The first is 1, but of
 * matches that are shown only at the end. */
uint32_t lec_matches_first (const LecMatches *matches);
uint32_t lec_matches_done (const LecMatches *matches);
/* Matching frames among them. */
uint32_t lec_matches_count (const LecMatches *matches);
gboolean lec_matches_finished (const LecMatches *matches);
/* Why nothing passes, or everything, or more than was meant: a translated sentence; NULL where there is nothing to say,
 * or not yet. Borrowed. */
const char *lec_matches_reason (const LecMatches *matches);
const LecBitmap *lec_matches_bitmap (const LecMatches *matches);
/* Another number once what was found before has changed; else there is only more of it. */
uint32_t lec_matches_generation (const LecMatches *matches);

/* A details tree of a published frame, made in the worker. The callback gets it (and owns it); a newer request of the
 * same session cancels an older one, whose callback then is not called. Where what is to be said of its conversation
 * takes longer (see lec_tree_lacks_replay()), the callback is called once more when that is known. */
typedef void (*LecTreeFunc) (LecSession *session, LecTree *tree, void *data);
void lec_session_request_tree (LecSession *session, uint32_t frame, gboolean absolute_sequence_numbers,
                               LecTreeFunc done, void *data);
/* The same at once, for the command line and tests. */
LecTree *lec_session_dup_tree (LecSession *session, uint32_t frame, gboolean absolute_sequence_numbers);

/* The frames of an operation in file order, found in the worker (for expanding its row). FRAMES is the callback's. */
typedef void (*LecFramesFunc) (LecSession *session, uint32_t operation, GArray *frames, void *data);
void lec_session_request_frames (LecSession *session, uint32_t operation, LecFramesFunc done, void *data);

/* The replay of a TCP conversation as far as it is published, and its curves, made in the worker. The callback owns
 * both. A newer request of the same session cancels an older one, as for trees. */
typedef void (*LecReplayFunc) (LecSession *session, LecReplay *replay, LecReplaySeries *series, void *data);
void lec_session_request_replay (LecSession *session, uint32_t conversation, LecReplayFunc done, void *data);
/* How the TCP conversation of FRAME stands there, and what Wireshark's rules say of it, where that is at hand. Where it
 * is not, it is asked for, and once it is the number below has changed. */
gboolean lec_session_find_replay_facts (LecSession *session, uint32_t frame, LecReplayFacts *facts);
/* Something of that is still to come. */
gboolean lec_session_awaits_facts (LecSession *session);
/* What the session's own reader announced of conversations was not at hand for all frames, and is now for more of them,
 * whenever this number changes; the changed function is called then. */
uint32_t lec_session_facts_generation (LecSession *session);
/* What is to be said of the trace as a whole, by what is read of it, made in the worker. REPORT is the callback's. */
typedef void (*LecReportFunc) (LecSession *session, LecReport *report, void *data);
void lec_session_request_report (LecSession *session, LecReportFunc done, void *data);
/* The values of NAME, of the session's registry, that occur in what is read of the trace, counted in the worker. VALUES
 * is the callback's. A newer request of the same session cancels an older one. */
typedef void (*LecValuesFunc) (LecSession *session, LecTraceValues *values, void *data);
void lec_session_request_values (LecSession *session, const LecName *name, LecValuesFunc done, void *data);
/* The callback of what was asked for last is not called any more. */
void lec_session_forget_values (LecSession *session);

G_END_DECLS
