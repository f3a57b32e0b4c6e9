/* The rows of the problems pane: each kind of problem that the trace has, errors before warnings before notes, the
 * worst of each first; and below a kind that is laid open the frames with it.
 *
 * Kinds are counted as the trace is read, by looking at the index's counters some times a second. Frames are found by
 * the worker, with the filter that a click on the kind puts on; of them nothing is kept but what GTK looks at. */
#pragma once

#include "app/document.h"
#include "app/problem-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_PROBLEM_MODEL (lec_problem_model_get_type ())
G_DECLARE_FINAL_TYPE (LecProblemModel, lec_problem_model, LEC, PROBLEM_MODEL, GObject)

/* A GListModel of LecProblemItem. It follows DOCUMENT until it is disposed of, while it is active: at first it is not.
 */
LecProblemModel *lec_problem_model_new (LecDocument *document);
void lec_problem_model_set_active (LecProblemModel *model, gboolean active);
/* Lays KIND open, or closes it. */
void lec_problem_model_set_expanded (LecProblemModel *model, unsigned kind, gboolean expanded);
/* Where KIND stands, G_MAXUINT = it does not. */
guint lec_problem_model_find_kind (LecProblemModel *model, unsigned kind);
/* Where FRAME stands below KIND; G_MAXUINT where that is closed, or does not have it, or the worker has not come so
 * far.
 */
guint lec_problem_model_find_frame (LecProblemModel *model, unsigned kind, uint32_t frame);

G_END_DECLS
