/* An operation's row laid open: the rows directly below it. The owner thread's.
 *
 *   HTTP operation            any other
 *     request                   frame
 *       frame …                 frame …
 *     response
 *       frame …
 */
#pragma once

#include "session/rows.h"
#include "session/top-rows.h"

G_BEGIN_DECLS

typedef struct {
  LecTopOperation key;
  GArray *frames;            /* uint32_t: those of the request, then those of the response */
  uint32_t n_request_frames; /* all of them where there are no messages */
  gboolean has_messages;     /* request and response have rows of their own */
  gboolean has_request;
  gboolean has_response;
  gboolean request_open;
  gboolean response_open;
  uint32_t request_frame; /* numbers of the messages' rows */
  uint32_t response_frame;
  uint32_t n_seen; /* frames that there were, at least, when these were found */
  uint32_t n_rows;
  uint32_t rows_before; /* rows of the expansions before this one; kept by the list */
} LecExpansion;

/* FRAMES (uint32_t) is taken over. */
LecExpansion *lec_expansion_new (LecIndex *index, LecTopOperation key, GArray *frames);
/* FRAMES, taken over, are what was found among the first N_SEEN frames of the trace. FALSE where no row changed. */
gboolean lec_expansion_renew (LecExpansion *expansion, LecIndex *index, GArray *frames, uint32_t n_seen);
void lec_expansion_free (LecExpansion *expansion);
/* Row NUMBER, below n_rows; leaves row->matches alone. */
void lec_expansion_get (const LecExpansion *expansion, uint32_t number, LecRow *row);
/* The row that shows FRAME, G_MAXUINT32 = none. */
uint32_t lec_expansion_find (const LecExpansion *expansion, uint32_t frame);
/* Opens or closes the row of the request or response (KIND). */
void lec_expansion_open (LecExpansion *expansion, LecRowKind kind, gboolean open);

/* Whether FRAME, of OPERATION, belongs below its response; else below its request. For those that have both. */
gboolean lec_operation_frame_is_of_response (LecIndex *index, const LecOperation *operation, uint32_t frame);
/* The frame up to which frames of OPERATION can stand, as known by now. */
uint32_t lec_operation_last_frame (LecIndex *index, uint32_t operation);
/* TRUE where there is something to lay open. */
gboolean lec_operation_is_expandable (LecIndex *index, uint32_t operation);

G_END_DECLS
