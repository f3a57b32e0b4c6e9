/* What the files that make up the window share. */
#pragma once

#include "app/filter-bar.h"
#include "app/filter-trail.h"
#include "app/find-bar.h"
#include "app/history.h"
#include "app/message-list.h"
#include "app/panes.h"
#include "app/search.h"
#include "app/trust-strip.h"
#include "app/window.h"

G_BEGIN_DECLS

struct _LecWindow {
  GtkApplicationWindow parent;
  /* From the template. */
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkWidget *start_controls; /* those that need a trace */
  GtkWidget *end_controls;
  GtkProgressBar *progress;
  GtkStack *pages;
  LecFilterBar *filter_bar;
  GtkInfoBar *damage; /* what is wrong with the trace: stays until it is closed, whatever else is told */
  GtkLabel *damage_text;
  GtkInfoBar *notice;
  GtkLabel *notice_text;
  GtkButton *notice_button;
  LecFindBar *find_bar;
  GtkWidget *go_to_bar;
  GtkEntry *go_to_entry;
  LecTrustStrip *trust_strip;
  LecMessageList *list;
  GtkWidget *split; /* the list above, the panes below */
  GtkWidget *legend;
  LecPanes *panes;
  GtkToggleButton *messages_button;
  GtkToggleButton *frames_button;
  GtkLabel *status_text;
  GtkLabel *status_end;
  GtkWidget *problems_button; /* how many there are; shows them */
  GtkWidget *cancel_button;
  GMenu *columns_menu;
  GMenu *recent_menu;
  /* Its own. */
  LecDocument *document; /* NULL on the start page */
  GSettings *settings;
  LecHistory *history;
  LecSearch *problems;       /* made when first asked for */
  GtkWidget *properties;     /* the window about the trace; NULL = not open */
  GtkWidget *help;           /* the window of the chapter on filters, or NULL */
  GtkWidget *filter_library; /* its window, or NULL */
  GtkWidget *color_rules;    /* their dialog; NULL = not open */
  LecFilterTrail *trail;
  int trail_step;      /* that is being taken, 0 = none */
  gboolean travelling; /* through the history: no new place in it */
  gboolean damage_told;
  gboolean list_awaits_focus;
};

/* window-actions.c */
void lec_window_add_actions (LecWindow *window);
/* Switches off what cannot be done now. */
void lec_window_update_actions (LecWindow *window);
/* Goes to FRAME; where the filter hides it, offers to show it. */
void lec_window_go_to_frame (LecWindow *window, uint32_t frame);

/* window-library.c */
void lec_window_add_library_actions (LecWindow *window);
/* Switches off what cannot be done now. */
void lec_window_update_library_actions (LecWindow *window);

/* window-open.c */
void lec_window_add_open_actions (LecWindow *window);
/* Lets files be dropped anywhere on it. */
void lec_window_accept_drops (LecWindow *window);

/* window-trail.c: back and forward through the filters that were applied. */
void lec_window_add_trail_actions (LecWindow *window);
/* Switches off what cannot be done now. */
void lec_window_update_trail_actions (LecWindow *window);
/* A trail of its own for the window's document, which is not NULL. */
void lec_window_begin_trail (LecWindow *window);

/* window.c */
/* The one strip with something to say. BUTTON and ACTION may be NULL. */
void lec_window_tell (LecWindow *window, GtkMessageType type, const char *text, const char *button, const char *action,
                      GVariant *target);
void lec_window_untell (LecWindow *window);
void lec_window_set_document (LecWindow *window, LecDocument *document);

G_END_DECLS
