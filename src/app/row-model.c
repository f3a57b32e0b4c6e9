#include "app/row-model.h"

/* GTK's list counts pixels in an int: 119 million rows of 18 pixels. */
#define LARGEST_COUNT 60000000u
/* More rows than this going away at once would have GTK look for each of them among the new ones. */
#define LARGEST_REMOVAL 4096u
/* GTK keeps 205 rows alive. Making all of them takes longer than a frame, so they are told in steps. */
#define FIRST_STEP 32u
#define LAST_STEP  240u
#define STEP_MS    20

struct _LecRowModel {
  GObject parent;
  LecDocument *document;
  LecRowList *list;
  guint n_told;  /* rows GTK knows of; changed next to items-changed only */
  guint ceiling; /* told at most, until the first screens are made */
  guint step_source;
};

enum { STALE, TOGGLED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
row_model_get_item_type (GListModel *model)
{
  return LEC_TYPE_ROW_ITEM;
}

static guint
row_model_get_n_items (GListModel *model)
{
  return LEC_ROW_MODEL (model)->n_told;
}

static gpointer
row_model_get_item (GListModel *model, guint position)
{
  LecRowModel *self = LEC_ROW_MODEL (model);
  LecRow row;

  if (position >= self->n_told || !lec_row_list_get (self->list, position, &row))
    return NULL;
  return lec_row_item_new (&row);
}

static void
row_model_list_init (GListModelInterface *interface)
{
  interface->get_item_type = row_model_get_item_type;
  interface->get_n_items = row_model_get_n_items;
  interface->get_item = row_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LecRowModel, lec_row_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, row_model_list_init))

static void
tell (LecRowModel *self, guint position, guint removed, guint added)
{
  self->n_told += added - removed;
  if (removed || added)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* Rows at the end that GTK has not been told of. */
static void
tell_tail (LecRowModel *self)
{
  guint n_rows = MIN (MIN (lec_row_list_n_rows (self->list), self->ceiling), LARGEST_COUNT);

  if (n_rows > self->n_told)
    tell (self, self->n_told, 0, n_rows - self->n_told);
}

static gboolean
raise_ceiling (void *data)
{
  LecRowModel *self = data;

  self->ceiling += FIRST_STEP;
  if (self->ceiling < LAST_STEP && lec_row_list_n_rows (self->list) > self->ceiling) {
    tell_tail (self);
    return G_SOURCE_CONTINUE;
  }
  self->step_source = 0;
  self->ceiling = G_MAXUINT;
  tell_tail (self);
  return G_SOURCE_REMOVE;
}

static void
lec_row_model_dispose (GObject *object)
{
  LecRowModel *self = LEC_ROW_MODEL (object);

  g_clear_handle_id (&self->step_source, g_source_remove);
  /* GTK may hold on to the model for a while; it must not ask the rows any more, whose matches may be gone. */
  self->n_told = 0;
  g_clear_pointer (&self->list, lec_row_list_free);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (lec_row_model_parent_class)->dispose (object);
}

static void
lec_row_model_class_init (LecRowModelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_row_model_dispose;
  signals[STALE] = g_signal_new ("stale", LEC_TYPE_ROW_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOGGLED] =
      g_signal_new ("toggled", LEC_TYPE_ROW_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lec_row_model_init (LecRowModel *self)
{
  self->ceiling = FIRST_STEP;
}

LecRowModel *
lec_row_model_new (LecDocument *document, LecView view)
{
  LecRowModel *self = g_object_new (LEC_TYPE_ROW_MODEL, NULL);
  uint32_t position, removed, added;

  self->document = g_object_ref (document);
  self->list = lec_row_list_new (lec_document_session (document), view);
  lec_row_list_set_matches (self->list, lec_document_matches (document));
  while (lec_row_list_update (self->list, &position, &removed, &added))
    ;
  tell_tail (self);
  /* After the frame that shows the step before. */
  self->step_source = g_timeout_add_full (G_PRIORITY_LOW, STEP_MS, raise_ceiling, self, NULL);
  return self;
}

const LecRowList *
lec_row_model_list (LecRowModel *self)
{
  return self->list;
}

void
lec_row_model_tell_all (LecRowModel *self)
{
  g_clear_handle_id (&self->step_source, g_source_remove);
  self->ceiling = G_MAXUINT;
  tell_tail (self);
}

/* Passes one change on. Rows that go are replaced by as many as came in their place; what GTK has not been told of
 * stays untold. */
static void
tell_change (LecRowModel *self, guint position, guint removed, guint added)
{
  guint told_removed = position < self->n_told ? MIN (removed, self->n_told - position) : 0;

  if (position < self->n_told)
    tell (self, position, told_removed, position + removed < self->n_told ? added : MIN (added, told_removed));
}

void
lec_row_model_update (LecRowModel *self)
{
  uint32_t position, removed, added;

  while (lec_row_list_update (self->list, &position, &removed, &added)) {
    if (removed > LARGEST_REMOVAL && position < self->n_told) {
      g_signal_emit (self, signals[STALE], 0);
      return;
    }
    tell_change (self, position, removed, added);
  }
  tell_tail (self);
}

/* An opening that waits for the worker. */
typedef struct {
  LecRowModel *model;
  LecRow row;
  guint position;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->model);
  g_free (opening);
}

static gboolean
is_row (LecRowModel *self, guint position, const LecRow *wanted)
{
  LecRow row;

  return lec_row_list_get (self->list, position, &row) && row.frame == wanted->frame && row.kind == wanted->kind &&
         row.operation == wanted->operation && row.depth == wanted->depth;
}

/* Rows may have come and gone above it meanwhile. */
static guint
find_row (LecRowModel *self, guint position, const LecRow *row)
{
  guint found;

  if (is_row (self, position, row))
    return position;
  found = lec_row_list_find (self->list, row->frame);
  for (guint back = 0; found != G_MAXUINT32 && back <= 3 && back <= found; back++) {
    if (is_row (self, found - back, row))
      return found - back;
  }
  return G_MAXUINT;
}

static void
frames_found (LecSession *session, uint32_t operation, GArray *frames, void *data)
{
  Opening *opening = data;
  LecRowModel *self = opening->model;
  guint position = self->list ? find_row (self, opening->position, &opening->row) : G_MAXUINT;
  LecRow row;

  if (position != G_MAXUINT && lec_row_list_get (self->list, position, &row) && !row.expanded) {
    guint added = lec_row_list_expand (self->list, position, g_steal_pointer (&frames));

    if (position < self->n_told)
      tell (self, position + 1, 0, added);
    g_signal_emit (self, signals[TOGGLED], 0, position);
  }
  g_clear_pointer (&frames, g_array_unref);
  opening_free (opening);
}

void
lec_row_model_set_expanded (LecRowModel *self, guint position, gboolean expanded)
{
  Opening *opening;
  LecRow row;

  if (!lec_row_list_get (self->list, position, &row) || !row.expandable || row.expanded == expanded)
    return;
  if (!expanded) {
    guint removed = lec_row_list_collapse (self->list, position);

    if (position < self->n_told)
      tell (self, position + 1, MIN (removed, self->n_told - position - 1), 0);
    g_signal_emit (self, signals[TOGGLED], 0, position);
    return;
  }
  opening = g_new (Opening, 1);
  *opening = (Opening){ g_object_ref (self), row, position };
  lec_session_request_frames (lec_document_session (self->document), row.operation, frames_found, opening);
}
