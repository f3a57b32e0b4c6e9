#include "app/problem-item.h"

struct _LecProblemItem {
  GObject parent;
  LecProblemRow row;
};

G_DEFINE_FINAL_TYPE (LecProblemItem, lec_problem_item, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
lec_problem_item_finalize (GObject *object)
{
  g_free (LEC_PROBLEM_ITEM (object)->row.text);
  G_OBJECT_CLASS (lec_problem_item_parent_class)->finalize (object);
}

static void
lec_problem_item_class_init (LecProblemItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = lec_problem_item_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", LEC_TYPE_PROBLEM_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lec_problem_item_init (LecProblemItem *self)
{
}

LecProblemItem *
lec_problem_item_new (LecProblemRowType type, unsigned kind, uint32_t frame)
{
  LecProblemItem *self = g_object_new (LEC_TYPE_PROBLEM_ITEM, NULL);

  self->row = (LecProblemRow){ .type = type, .kind = kind, .frame = frame };
  return self;
}

LecProblemRow *
lec_problem_item_row (LecProblemItem *self)
{
  return &self->row;
}

void
lec_problem_item_changed (LecProblemItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}
