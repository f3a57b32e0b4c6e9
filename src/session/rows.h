/* The message list as (snapshot, matches, set of expanded rows): which row stands where, and what it says.
 *
 * Positions are found by rank and select over bitmaps and a sorted array of expanded rows; nothing is kept per row.
 * One thread. */
#pragma once

#include "session/session.h"

G_BEGIN_DECLS

typedef enum {
  LEC_VIEW_MESSAGES, /* operations and messages on top, their parts below */
  LEC_VIEW_FRAMES,   /* every frame, flat, in the order of the trace */
} LecView;

typedef enum {
  LEC_ROW_FRAME,     /* a frame (in LEC_VIEW_MESSAGES: a message that is no part of an operation, or a part) */
  LEC_ROW_OPERATION, /* request and response, or a connection attempt */
  LEC_ROW_REQUEST,   /* of an operation; its children are its frames */
  LEC_ROW_RESPONSE,
} LecRowKind;

typedef struct {
  uint32_t frame;     /* the number it shows: where its first byte stands */
  uint32_t operation; /* G_MAXUINT32 = none */
  uint8_t kind;       /* LecRowKind */
  uint8_t depth;      /* 0 = top */
  gboolean expandable;
  gboolean expanded;
  gboolean matches; /* itself passes the filter (not only a part of it) */
} LecRow;

typedef struct LecRowList LecRowList;

LecRowList *lec_row_list_new (LecSession *session, LecView view);
/* The same over an index that belongs to no session. */
LecRowList *lec_row_list_new_over (LecIndex *index, LecView view);
void lec_row_list_free (LecRowList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRowList, lec_row_list_free)
LecView lec_row_list_view (const LecRowList *list);
/* Borrows MATCHES, which must outlive the list; NULL = all. Call before the first update. */
void lec_row_list_set_matches (LecRowList *list, LecMatches *matches);

/* Takes in what was published since the last call. Returns TRUE where rows changed, and then the change: from row
 * *POSITION, *REMOVED rows went and *ADDED came. Mostly rows are only added at the end. One call reports one change,
 * and the list stands as reported: tell it on, then call again until FALSE. It comes after a few calls, however fast
 * the trace grows: what is published after the first of them is left for the next time. */
gboolean lec_row_list_update (LecRowList *list, uint32_t *position, uint32_t *removed, uint32_t *added);
/* Where matches began in the middle: of the rows that come before all others, about N_ROWS at most are taken in at a
 * time. All of them, unless it is called. */
void lec_row_list_set_front_step (LecRowList *list, uint32_t n_rows);
/* TRUE where for that reason there are more to be taken in. */
gboolean lec_row_list_has_more_before (const LecRowList *list);
uint32_t lec_row_list_n_rows (const LecRowList *list);
/* FALSE where POSITION is none. */
gboolean lec_row_list_get (const LecRowList *list, uint32_t position, LecRow *row);
/* The position of FRAME's row (or of the row that shows it), G_MAXUINT32 where it is hidden. */
uint32_t lec_row_list_find (const LecRowList *list, uint32_t frame);
/* How many rows stand at frames below FRAME, those laid open too. */
uint32_t lec_row_list_rows_below (const LecRowList *list, uint32_t frame);
/* Rows hidden by the filter directly before POSITION, as far as they are judged. */
uint32_t lec_row_list_n_hidden_before (const LecRowList *list, uint32_t position);
/* Opens or closes the row at POSITION; the frames of an operation must be at hand (lec_session_request_frames) when it
 * is opened: FRAMES is taken over. Returns rows added (or removed) directly below. */
uint32_t lec_row_list_expand (LecRowList *list, uint32_t position, GArray *frames);
uint32_t lec_row_list_collapse (LecRowList *list, uint32_t position);
/* Whether some row is open. */
gboolean lec_row_list_has_expanded (const LecRowList *list);
/* An operation that is laid open and may have more frames than were at hand then; G_MAXUINT32 = none. */
uint32_t lec_row_list_find_grown (const LecRowList *list);
/* Lays OPERATION open anew, as far as it is: FRAMES, taken over, were found when there were N_SEEN frames in the trace
 * or more. Returns TRUE where rows changed, and then the change, as lec_row_list_update() does. */
gboolean lec_row_list_renew (LecRowList *list, uint32_t operation, GArray *frames, uint32_t n_seen, uint32_t *position,
                             uint32_t *removed, uint32_t *added);

/* The columns that are always there. */
typedef enum {
  LEC_COLUMN_NUMBER,
  LEC_COLUMN_VERDICT, /* text of the verdict's sign: its kind's label */
  LEC_COLUMN_TIME,
  LEC_COLUMN_ELAPSED,
  LEC_COLUMN_SOURCE,
  LEC_COLUMN_DESTINATION,
  LEC_COLUMN_MODULE,
  LEC_COLUMN_SUMMARY,
  LEC_N_COLUMNS
} LecColumnId;

typedef enum {
  LEC_TIME_SINCE_START,
  LEC_TIME_SINCE_SHOWN, /* since the previous shown row */
  LEC_TIME_OF_DAY,
  LEC_TIME_UTC,
} LecTimeFormat;

/* What a row says, made for the rows on screen. Reuse one for many rows. */
typedef struct {
  GString *texts[LEC_N_COLUMNS];
  GString *comment;        /* the trace's on this frame, a line each, cut where it is very long; "" = none */
  int verdict;             /* the LecVerdictKind to sign it with, −1 = none; of hidden parts too */
  gboolean verdict_inside; /* it is about a part, not about the row itself */
  uint32_t representative; /* the frame that colour rules are asked about */
} LecRowText;

LecRowText *lec_row_text_new (void);
void lec_row_text_free (LecRowText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRowText, lec_row_text_free)
/* PREVIOUS is the row shown above, or NULL. */
void lec_row_text_fill (LecRowText *text, LecSession *session, const LecRow *row, const LecRow *previous,
                        LecTimeFormat time_format, gboolean absolute_sequence_numbers);
/* The values of FIELD in ROW, for an added column, as `frames -e` prints them. */
void lec_row_append_field (GString *text, LecSession *session, const LecRow *row, const LecName *name);

G_END_DECLS
