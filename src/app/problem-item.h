/* A row of the problems pane: a heading, a kind of problem, or a frame with one. */
#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
  LEC_PROBLEM_ROW_HEADING,
  LEC_PROBLEM_ROW_KIND,
  LEC_PROBLEM_ROW_FRAME,
} LecProblemRowType;

#define LEC_TYPE_PROBLEM_ITEM (lec_problem_item_get_type ())
G_DECLARE_FINAL_TYPE (LecProblemItem, lec_problem_item, LEC, PROBLEM_ITEM, GObject)

/* What a row shows. Signal "changed": something of it has become other; who writes to it emits that by
 * lec_problem_item_changed(). */
typedef struct {
  LecProblemRowType type;
  unsigned kind;  /* of session/problem.h; not of a heading */
  uint32_t frame; /* of a frame */
  uint32_t count; /* of a kind */
  gboolean expanded;
  gboolean pressed; /* the list shows only this kind */
  char *text;       /* of a heading; owned */
} LecProblemRow;

LecProblemItem *lec_problem_item_new (LecProblemRowType type, unsigned kind, uint32_t frame);
LecProblemRow *lec_problem_item_row (LecProblemItem *item);
void lec_problem_item_changed (LecProblemItem *item);

G_END_DECLS
