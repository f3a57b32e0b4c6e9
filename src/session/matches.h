/* The inside of LecMatches: how a filter's results get from the worker to the owner. For the files of src/session, and
 * for tests that play the worker.
 *
 * The worker judges frames into a bitmap of its own and hands over copies of what it judged, as news. The owner puts
 * these into the bitmap that is shown when it dispatches: so what is on screen changes at known moments only, and
 * neither ever reads what the other writes.
 *
 * What is judged is one stretch of frames at any time. Where judging takes time, it begins in the middle, where
 * somebody looks, and grows at both ends. */
#pragma once

#include "filter/reason.h"
#include "session/session.h"
#include "session/text-search.h"

G_BEGIN_DECLS

/* A piece of news: some words of the bitmap; or, after all of them, the reason. */
typedef struct {
  uint32_t from_word;
  uint32_t n_words;
  uint32_t first;    /* frames from here on are judged, */
  uint32_t end;      /* and below here */
  gboolean replaces; /* all that was known before is to be forgotten: it begins with word 0 */
  gboolean finished;
  gboolean explained; /* there will be no other reason than this */
  char *reason;       /* or NULL */
  GArray *operations; /* uint32_t: those that have a matching frame, since the news before */
  uint64_t words[];
} LecMatchNews;

struct LecMatches {
  LecSession *session;   /* NULL: it was freed before */
  LecFilter *filter;     /* or else */
  LecTextSearch *search; /* the worker's */
  gboolean absolute_sequence_numbers;
  gboolean wants_reason;
  uint32_t place; /* the frame that is judged first, and from there on both ways; the worker's once it has begun */

  /* The owner's: what was dispatched. */
  LecSessionFunc changed;
  void *changed_data;
  LecBitmap *frames;
  LecBitmap *operations; /* bit n: operation n has a matching frame that it shows */
  GArray *operation_log; /* the same operations in the order they became known */
  uint32_t n_operation_bits;
  uint32_t first;
  uint32_t done;
  uint32_t count;
  uint32_t generation; /* counts replacements: whoever kept something must look at all anew */
  gboolean finished;
  gboolean explained;
  char *reason;

  /* The worker's. */
  LecBitmap *judged;
  LecBitmap *marked; /* operations with a matching frame */
  GArray *newly_marked;
  LecReplayStream *replays; /* NULL: the filter does not ask how conversations stand */
  uint32_t judged_first;    /* frames from here on are judged, */
  uint32_t judged_end;      /* and below here */
  uint32_t early_first;     /* of these, those from here on */
  uint32_t early_end;       /* and below here before the index was complete; 0 = none */
  uint32_t revision;        /* of the index when the first frame was judged */
  uint32_t review;          /* the second run's next frame, 0 = there is none */
  uint32_t slice_frames;    /* to judge in one go */
  LecInquiry *inquiry;      /* why so many pass; NULL: not begun */
  gboolean started;
  gboolean over;     /* all are judged */
  gboolean all_said; /* and the reason is known, where it is wanted */

  _Atomic unsigned cancel;
  /* Under the session's mutex. */
  GQueue news;     /* LecMatchNews */
  gboolean orphan; /* freed while the worker was at it: the worker frees it */
};

LecMatches *lec_matches_new (LecSession *session, LecFilter *filter, LecSessionFunc changed, void *data);
void lec_matches_destroy (LecMatches *matches);

/* Worker, mutex not held: TRUE where there are frames to judge. */
gboolean lec_matches_has_work (const LecMatches *matches, LecIndex *index);
/* Worker, mutex not held: judges some more frames, for some milliseconds; returns news or NULL. */
LecMatchNews *lec_matches_work (LecMatches *matches, LecFrameReader *reader, LecIndex *index);
/* The same of the reason, when all frames are judged. */
gboolean lec_matches_has_reason_to_find (const LecMatches *matches);
LecMatchNews *lec_matches_find_reason (LecMatches *matches, LecFrameReader *reader, LecIndex *index,
                                       const LecRegistry *registry);

/* Owner: takes NEWS in, and over. */
void lec_matches_take (LecMatches *matches, LecMatchNews *news);
gboolean lec_matches_has_operation (const LecMatches *matches, uint32_t operation);

G_END_DECLS
