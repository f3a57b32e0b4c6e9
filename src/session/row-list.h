/* The inside of a message list, for the files that make it up: rows.c finds rows and opens them, row-changes.c takes in
 * what is new. */
#pragma once

#include "session/expansion.h"
#include "session/matches.h"
#include "session/rows.h"
#include "session/top-rows.h"

G_BEGIN_DECLS

/* shown: the top rows as they were last reported. unfiltered: frames with a row of their own were there no filter,
 * and known: all operations, from which `shown` is made anew where things change. expansions: of rows in `shown`,
 * ascending. Rows are known for frames from `first` on and below shown.end: matches may begin in the middle and grow at
 * both ends. A scan compares what should be shown with `shown`, word by word of the bitmap and from `cursor` to
 * `target`; it stops at each change, with `shown` as reported. What came before `first` is scanned by itself, and then
 * the rest. */
struct LecRowList {
  LecIndex *index;
  LecView view;
  LecMatches *matches; /* borrowed, or NULL */

  LecTopRows shown;
  uint32_t first;
  uint32_t front_step; /* rows to be taken in before these at a time, about */
  LecBitmap *unfiltered;
  GArray *known;         /* LecTopOperation, ascending */
  GPtrArray *expansions; /* LecExpansion */

  gboolean scanning; /* not yet said that there is no further change */
  uint32_t cursor;   /* a multiple of 64, or ≥ target */
  uint32_t target;
  uint32_t rest; /* and where the scan after this one begins; ≥ rest_target where there is none */
  uint32_t rest_target;
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

/* Closes the operations of frames FROM … END − 1 that are no longer shown. */
void lec_row_list_drop_expansions (LecRowList *list, uint32_t from, uint32_t end);

G_END_DECLS
