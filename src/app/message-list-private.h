/* What the files of the message list share. */
#pragma once

#include "app/list-columns.h"
#include "app/message-list.h"
#include "app/row-dress.h"

G_BEGIN_DECLS

/* What waits until GTK has placed the rows that it was told of. */
typedef enum {
  LEC_AWAITED_PLACE = 1 << 0,    /* to show the rows around the document's place */
  LEC_AWAITED_SELECTED = 1 << 1, /* or the selected one */
  LEC_AWAITED_FOCUS = 1 << 2,    /* which takes the keyboard, too */
  LEC_AWAITED_CELLS = 1 << 3,    /* to fill those of rows that became others */
} LecAwaited;

struct _LecMessageList {
  GtkWidget parent;
  GtkWidget *overlay;
  GtkColumnView *view;
  GtkWidget *inner; /* the GtkListView inside the view */
  GtkWidget *empty;
  GtkLabel *empty_text;
  GtkLabel *empty_hint;
  GtkWidget *empty_button;
  GtkWidget *filters; /* LecColumnFilters */
  GtkWidget *verdict; /* LecVerdictPopover */
  LecListColumns *columns;
  LecDocument *document;
  LecRowDress *dress;
  LecRowModel *model;
  GtkSingleSelection *selection;
  gboolean flat;
  uint32_t seen_revision;
  LecSessionState seen_state;
  uint32_t seen_facts;
  guint refresh_source;

  uint32_t wanted_frame;    /* to be selected as soon as its row is there, 0 = none */
  gboolean wanted_focus;    /* and to have the keyboard */
  gboolean wanted_in_place; /* but not to be brought into view */
  uint32_t revealed_frame;  /* that rows are being laid open for, 0 = none */
  int step;                 /* to the next match (+1) or back (−1), while rows are being laid open for it; 0 = none */
  LecRow stepped_row;       /* the one that is laid open */
  gboolean follows_end;     /* the last row was asked for, and more were still to come */
  gboolean installing;      /* the selection changes because the model does */
  gboolean is_new;          /* the rows are of another filter or view than those that are in view */

  GdkFrameClock *clock; /* while it is mapped */
  gulong placed_handler;
  gboolean place_is_selected;
  gboolean place_has_focus; /* and the keyboard follows to what is selected there */
  double place_offset;      /* of the place's row from the top of the view, in pixels */
  guint n_placed;           /* rows that GTK had when it placed them last */
  LecAwaited awaited;
};

/* Fills all cells again. */
void lec_message_list_refresh (LecMessageList *list);

/* message-list-selection.c */
void lec_message_list_watch_placing (LecMessageList *list);
void lec_message_list_await (LecMessageList *list, LecAwaited what);
void lec_message_list_selected_changed (LecMessageList *list);
gboolean lec_message_list_selected_is_in_view (LecMessageList *list);
GtkAdjustment *lec_message_list_scrolling (LecMessageList *list);
/* From the top of the view to that of the row at POSITION, in pixels. All rows are of one HEIGHT. For placed rows. */
double lec_message_list_row_offset (LecMessageList *list, guint position, double *height);
/* Rows have changed. WAS_IN_VIEW: the selected row was, and shall be again. */
void lec_message_list_keep_selected (LecMessageList *list, gboolean was_in_view);
/* To the last row; to what will be the last one, where more are to come, unless the user moves meanwhile. */
void lec_message_list_go_to_end (LecMessageList *list);

/* message-list-place.c: before other rows come, and when they are placed. */
void lec_message_list_note_place (LecMessageList *list);
void lec_message_list_scroll_to_place (LecMessageList *list);

/* message-list-matches.c: after the row at POSITION was opened, on to the match. */
void lec_message_list_continue_steps (LecMessageList *list, guint position);

/* message-list-reveal.c: after a row was opened, on to what it was opened for. FALSE where that is not shown. */
gboolean lec_message_list_continue_revealing (LecMessageList *list);

/* message-list-input.c: what the pointer and the keys do. */
void lec_message_list_bind_input (GtkWidgetClass *class);
/* Menus and drags of what cells stand for. */
void lec_message_list_offer_terms (LecMessageList *list);
/* The row's widget, while it has one. */
GtkWidget *lec_message_list_row_widget (LecMessageList *list, guint position);
extern const LecListCellFunctions lec_message_list_cell_functions;

G_END_DECLS
