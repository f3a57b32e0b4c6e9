/* What a row of the problems pane looks like: a heading; the sign, name and number of a kind; the number of a frame and
 * what is to be said of it. */
#pragma once

#include <gtk/gtk.h>

#include "app/problem-item.h"
#include "session/session.h"

G_BEGIN_DECLS

#define LEC_TYPE_PROBLEM_ROW (lec_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (LecProblemRowWidget, lec_problem_row, LEC, PROBLEM_ROW, GtkWidget)

GtkWidget *lec_problem_row_new (void);
/* Shows ITEM of SESSION and follows its changes; both NULL: nothing. */
void lec_problem_row_set_item (LecProblemRowWidget *row, LecProblemItem *item, LecSession *session);
/* Whether a point of ROW is on the arrow that opens and closes a kind. */
gboolean lec_problem_row_is_on_arrow (LecProblemRowWidget *row, double x, double y);

G_END_DECLS
