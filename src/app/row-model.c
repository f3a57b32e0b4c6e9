#include "app/row-model.h"

/* GTK's list counts pixels in an int: 119 million rows of 18 pixels. */
#define LARGEST_COUNT 60000000u
/* GTK keeps 205 rows alive. Making all of them takes longer than a frame, so they are told in steps until it has them;
 * whatever comes then makes none. */
#define ALIVE_ROWS 240u
#define STEP_ROWS  32u
#define STEP_MS    20
/* Of rows that come before all others, while there are so few that GTK makes them all. */
#define FRONT_ROWS 16u
/* What a new filter lets pass is waited for so long: GTK's rows become the new ones at once, and do not go and come. */
#define SETTLE_MS 60
/* And so long where there is nothing to show instead. */
#define EMPTY_MS 300
/* How often the frames of operations that are laid open are looked for while the trace is read. */
#define GROWTH_MS 250

struct _LecRowModel {
  GObject parent;
  LecDocument *document;
  LecRowList *list;
  guint n_told;      /* rows GTK knows of; changed next to items-changed only */
  gboolean settling; /* those are of the list before this one */
  gboolean replaced; /* rows became others in place, and nobody has asked since */
  guint step_source;
  guint settle_source;
  gint64 begun_us;
  /* The operation laid open whose frames are looked for once more. */
  uint32_t grown;
  GArray *grown_frames; /* found, to be taken in; or NULL */
  uint32_t grown_seen;  /* frames in the trace when they were asked for */
  gint64 grown_us;      /* and when that was */
  gboolean looking;
  guint growth_source;
  LecRowsMade next_made;
  void *made_data;
};

enum { DUE, TOGGLED, N_SIGNALS };
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
  LecRow row = { 0 };

  if (position >= self->n_told)
    return NULL;
  /* While it settles there may be none: the object stands empty until then. */
  lec_row_list_get (self->list, position, &row);
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

static gboolean
step_due (void *data)
{
  LecRowModel *self = data;

  self->step_source = 0;
  g_signal_emit (self, signals[DUE], 0);
  return G_SOURCE_REMOVE;
}

/* Brings the number of rows that GTK knows of to what it is. */
static void
tell_end (LecRowModel *self)
{
  guint n_rows = MIN (lec_row_list_n_rows (self->list), LARGEST_COUNT), n_next = n_rows;

  if (n_rows <= self->n_told || self->step_source)
    return;
  if (self->n_told < ALIVE_ROWS)
    n_next = MIN (n_rows, self->n_told + STEP_ROWS);
  tell (self, self->n_told, 0, n_next - self->n_told);
  /* After the frame that shows this step. */
  if (n_next < n_rows)
    self->step_source = g_timeout_add_full (G_PRIORITY_LOW, STEP_MS, step_due, self, NULL);
}

/* Where to take N_LESS of the rows from POSITION to END − 1 away, when all of them become others anyway; G_MAXUINT =
 * nowhere. GTK 4.8 has one record for each stretch of rows without widgets, and drops as many rows of it as are to go,
 * wherever in it they stand: what goes has to begin with a widget or a stretch, or to end within one. */
static guint
find_gap (LecRowModel *self, guint position, guint end, guint n_less)
{
  guint first = self->next_made (position, self->made_data);
  guint n_left = end - position - n_less;
  guint at_end = self->next_made (position + n_left, self->made_data);

  if (at_end >= end || at_end == position + n_left)
    return position + n_left;
  if (first <= position + n_left)
    return first;
  return position == 0 ? 0 : G_MAXUINT;
}

/* Passes one change on. GTK would make a widget for each row that comes, drop one for each that goes, and look for what
 * it had selected among all that came: so rows become others in place as far as there are both, and whoever shows them
 * fills them again. */
static void
tell_change (LecRowModel *self, guint position, guint removed, guint added)
{
  guint n_in_place, gap;

  if (position >= self->n_told)
    return;
  /* What reaches to the end of what GTK knows is brought to its number there. */
  if (position + removed >= self->n_told) {
    removed = self->n_told - position;
    added = MIN (added, removed);
  }
  n_in_place = MIN (removed, added);
  gap = added < removed ? find_gap (self, position, position + removed, removed - added) : position + removed;
  if (gap == G_MAXUINT)
    tell (self, 0, self->n_told, 0);
  else
    tell (self, gap, removed - n_in_place, added - n_in_place);
  self->replaced |= self->next_made (position, self->made_data) < position + n_in_place;
}

static gboolean
settling_due (void *data)
{
  LecRowModel *self = data;

  self->settle_source = 0;
  g_signal_emit (self, signals[DUE], 0);
  return G_SOURCE_REMOVE;
}

/* Has the list that takes the place of another enough rows to show instead, or has it had its time? */
static gboolean
is_settled (LecRowModel *self)
{
  LecMatches *matches = lec_document_matches (self->document);

  gint64 waited_us = g_get_monotonic_time () - self->begun_us;
  guint n_rows = lec_row_list_n_rows (self->list);

  if (!matches || lec_matches_finished (matches) || n_rows >= MIN (self->n_told, ALIVE_ROWS) ||
      waited_us >= EMPTY_MS * 1000 || (n_rows && waited_us >= SETTLE_MS * 1000))
    return TRUE;
  if (!self->settle_source)
    self->settle_source =
        g_timeout_add ((waited_us < SETTLE_MS * 1000 ? SETTLE_MS : EMPTY_MS) - waited_us / 1000, settling_due, self);
  return FALSE;
}

static void
settle (LecRowModel *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settling = FALSE;
  tell_change (self, 0, self->n_told, lec_row_list_n_rows (self->list));
  tell_end (self);
}

static void
lec_row_model_dispose (GObject *object)
{
  LecRowModel *self = LEC_ROW_MODEL (object);

  g_clear_handle_id (&self->step_source, g_source_remove);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_handle_id (&self->growth_source, g_source_remove);
  /* GTK may hold on to the model for a while; it must not ask the rows any more, whose matches may be gone. */
  self->n_told = 0;
  g_clear_pointer (&self->grown_frames, g_array_unref);
  g_clear_pointer (&self->list, lec_row_list_free);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (lec_row_model_parent_class)->dispose (object);
}

static void
lec_row_model_class_init (LecRowModelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_row_model_dispose;
  signals[DUE] = g_signal_new ("due", LEC_TYPE_ROW_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOGGLED] =
      g_signal_new ("toggled", LEC_TYPE_ROW_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lec_row_model_init (LecRowModel *self)
{
}

LecRowModel *
lec_row_model_new (LecDocument *document, LecView view, LecRowsMade next_made, void *data)
{
  LecRowModel *self = g_object_new (LEC_TYPE_ROW_MODEL, NULL);

  self->document = g_object_ref (document);
  self->next_made = next_made;
  self->made_data = data;
  lec_row_model_begin (self, view);
  lec_row_model_update (self);
  return self;
}

void
lec_row_model_begin (LecRowModel *self, LecView view)
{
  g_clear_pointer (&self->list, lec_row_list_free);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_handle_id (&self->step_source, g_source_remove);
  self->list = lec_row_list_new (lec_document_session (self->document), view);
  lec_row_list_set_matches (self->list, lec_document_matches (self->document));
  self->settling = TRUE;
  self->begun_us = g_get_monotonic_time ();
}

const LecRowList *
lec_row_model_list (LecRowModel *self)
{
  return self->list;
}

gboolean
lec_row_model_is_settling (LecRowModel *self)
{
  return self->settling;
}

gboolean
lec_row_model_take_replaced (LecRowModel *self)
{
  gboolean replaced = self->replaced;

  self->replaced = FALSE;
  return replaced;
}

/* What is laid open while the trace is read shows the frames that there were. */

static void
frames_grown (LecSession *session, uint32_t operation, GArray *frames, void *data)
{
  g_autoptr (LecRowModel) self = data;

  self->looking = FALSE;
  if (self->list)
    self->grown_frames = g_steal_pointer (&frames);
  g_clear_pointer (&frames, g_array_unref);
  g_signal_emit (self, signals[DUE], 0);
}

static gboolean
growth_due (void *data)
{
  LecRowModel *self = data;

  self->growth_source = 0;
  g_signal_emit (self, signals[DUE], 0);
  return G_SOURCE_REMOVE;
}

static void
look_for_growth (LecRowModel *self)
{
  LecSession *session = lec_document_session (self->document);
  gint64 now_us = g_get_monotonic_time ();
  uint32_t grown = lec_row_list_find_grown (self->list);

  if (grown == G_MAXUINT32 || self->looking || self->growth_source)
    return;
  if (now_us - self->grown_us < GROWTH_MS * 1000 && lec_session_state (session) == LEC_SESSION_LOADING) {
    self->growth_source = g_timeout_add (GROWTH_MS, growth_due, self);
    return;
  }
  self->looking = TRUE;
  self->grown = grown;
  self->grown_seen = lec_index_n_frames (lec_session_index (session));
  self->grown_us = now_us;
  lec_session_request_frames (session, grown, frames_grown, g_object_ref (self));
}

static void
take_growth (LecRowModel *self)
{
  uint32_t position, removed, added;

  if (self->grown_frames &&
      lec_row_list_renew (self->list, self->grown, g_steal_pointer (&self->grown_frames), self->grown_seen, &position,
                          &removed, &added) &&
      !self->settling)
    tell_change (self, position, removed, added);
}

/* GTK makes no widget for what comes before rows that it made none for. */
static void
limit_front (LecRowModel *self)
{
  gboolean freely = self->settling || !self->n_told || self->next_made (0, self->made_data) > 0;

  lec_row_list_set_front_step (self->list, freely ? G_MAXUINT32 : FRONT_ROWS);
}

void
lec_row_model_update (LecRowModel *self)
{
  uint32_t position, removed, added;

  take_growth (self);
  limit_front (self);
  while (lec_row_list_update (self->list, &position, &removed, &added)) {
    if (!self->settling)
      tell_change (self, position, removed, added);
  }
  if (!self->settling)
    tell_end (self);
  else if (is_settled (self))
    settle (self);
  if (lec_row_list_has_more_before (self->list) && !self->step_source)
    self->step_source = g_timeout_add_full (G_PRIORITY_LOW, STEP_MS, step_due, self, NULL);
  look_for_growth (self);
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

guint
lec_row_model_find (LecRowModel *self, const LecRow *row, guint near)
{
  guint position = find_row (self, near, row);

  return position != G_MAXUINT ? position : lec_row_list_find (self->list, row->frame);
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

    if (position < self->n_told && !self->settling)
      tell (self, position + 1, 0, added);
    g_signal_emit (self, signals[TOGGLED], 0, position);
    look_for_growth (self);
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

    if (position < self->n_told && !self->settling)
      tell (self, position + 1, MIN (removed, self->n_told - position - 1), 0);
    g_signal_emit (self, signals[TOGGLED], 0, position);
    return;
  }
  opening = g_new (Opening, 1);
  *opening = (Opening){ g_object_ref (self), row, position };
  lec_session_request_frames (lec_document_session (self->document), row.operation, frames_found, opening);
}
