#include "app/problem-model.h"

#include <glib/gi18n-lib.h>

#include "session/problem.h"

/* GTK keeps 205 rows alive. Making all of them takes longer than a frame, so frames are told in steps. */
#define STEP_ROWS 32u
#define LAST_STEP 224u
#define STEP_MS   20

/* Numbers that change more often while a trace is read cannot be read themselves, and each lays the list out anew. */
#define LOADING_UPDATE_MS 250

/* GTK's list counts pixels in an int. */
#define LARGEST_COUNT 50000000u

/* A kind and, where it is laid open, its frames. */
typedef struct {
  unsigned kind;
  LecProblemItem *item;
  gboolean listed;
  LecMatches *matches; /* NULL = closed */
  uint32_t generation; /* of the matches, when they were told */
  uint32_t n_told;     /* frames GTK knows of */
  uint32_t ceiling;    /* told at most, by what has been seen */
} Kind;

/* Kinds that are equally bad, and their heading. */
typedef struct {
  LecProblemItem *heading;
  unsigned first; /* of the kinds */
  unsigned end;
  gboolean listed;
} Group;

struct _LecProblemModel {
  GObject parent;
  LecDocument *document;
  Kind kinds[LEC_N_PROBLEMS];           /* the worst first */
  Group groups[LEC_SEVERITY_ERROR + 1]; /* the worst first */
  LecProblemItem *none;                 /* heading, at the top: there are only notes */
  gboolean none_listed;
  guint step_source;
  guint update_source; /* 0 = no update is put off */
  gboolean active;     /* someone sees it: else nothing is counted */
};

static GType
get_item_type (GListModel *model)
{
  return LEC_TYPE_PROBLEM_ITEM;
}

/* Rows of KIND, its own included. */
static guint
n_rows_of (const Kind *kind)
{
  return kind->listed ? 1 + kind->n_told : 0;
}

/* The position of the heading of the group of kinds[I] where that is the first of it, else that of kinds[I]. */
static guint
position_before (const LecProblemModel *self, unsigned i)
{
  guint position = self->none_listed;

  for (unsigned j = 0; j < i; j++)
    position += n_rows_of (&self->kinds[j]);
  for (unsigned j = 0; j < G_N_ELEMENTS (self->groups); j++)
    position += self->groups[j].first < i && self->groups[j].listed;
  return position;
}

static guint
position_of (const LecProblemModel *self, const Kind *kind)
{
  unsigned i = (unsigned) (kind - self->kinds);
  guint position = position_before (self, i);

  for (unsigned j = 0; j < G_N_ELEMENTS (self->groups); j++)
    position += self->groups[j].first == i && self->groups[j].end > i && self->groups[j].listed;
  return position;
}

static guint
get_n_items (GListModel *model)
{
  const LecProblemModel *self = LEC_PROBLEM_MODEL (model);

  return position_before (self, LEC_N_PROBLEMS);
}

/* Row NUMBER of KIND. */
static LecProblemItem *
make_item (const Kind *kind, guint number)
{
  if (number == 0)
    return g_object_ref (kind->item);
  return lec_problem_item_new (LEC_PROBLEM_ROW_FRAME, kind->kind,
                               lec_bitmap_select (lec_matches_bitmap (kind->matches), number - 1));
}

static gpointer
get_item (GListModel *model, guint position)
{
  LecProblemModel *self = LEC_PROBLEM_MODEL (model);

  if (self->none_listed && position-- == 0)
    return g_object_ref (self->none);
  for (unsigned j = 0; j < G_N_ELEMENTS (self->groups); j++) {
    const Group *group = &self->groups[j];

    if (group->listed && position-- == 0)
      return g_object_ref (group->heading);
    for (unsigned i = group->first; i < group->end; i++) {
      if (position < n_rows_of (&self->kinds[i]))
        return make_item (&self->kinds[i], position);
      position -= n_rows_of (&self->kinds[i]);
    }
  }
  return NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LecProblemModel, lec_problem_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Kinds. */

static const LecIndex *
index_of (const LecProblemModel *self)
{
  return lec_session_index (lec_document_session (self->document));
}

static void
set_listed (LecProblemModel *self, Kind *kind, gboolean listed)
{
  guint position = position_of (self, kind);

  kind->listed = listed;
  g_list_model_items_changed (G_LIST_MODEL (self), position, !listed, listed);
}

/* What a later frame made undone stays in the list while something hangs on it. */
static gboolean
is_wanted (const LecProblemModel *self, const Kind *kind)
{
  const LecProblemRow *row = lec_problem_item_row (kind->item);

  return row->count > 0 || row->pressed || kind->matches;
}

static void
count (LecProblemModel *self, Kind *kind)
{
  LecProblemRow *row = lec_problem_item_row (kind->item);
  uint32_t number = lec_problem_count (index_of (self), kind->kind);
  gboolean pressed = g_str_equal (lec_document_entry_text (self->document), lec_problem_filter (kind->kind));

  if (row->count == number && row->pressed == pressed)
    return;
  row->count = number;
  row->pressed = pressed;
  lec_problem_item_changed (kind->item);
}

static gboolean
any_wanted (const LecProblemModel *self, unsigned from, unsigned end)
{
  for (unsigned i = from; i < end; i++)
    if (is_wanted (self, &self->kinds[i]))
      return TRUE;
  return FALSE;
}

static void
set_heading (LecProblemModel *self, gboolean *listed, gboolean wanted, guint position)
{
  if (*listed == wanted)
    return;
  *listed = wanted;
  g_list_model_items_changed (G_LIST_MODEL (self), position, !wanted, wanted);
}

/* From the top down: what comes in above the first row that GTK knows of would be scrolled out of sight. */
static void
list_group (LecProblemModel *self, Group *group)
{
  set_heading (self, &group->listed, any_wanted (self, group->first, group->end), position_before (self, group->first));
  for (unsigned i = group->first; i < group->end; i++)
    if (self->kinds[i].listed != is_wanted (self, &self->kinds[i]))
      set_listed (self, &self->kinds[i], !self->kinds[i].listed);
}

static void
update (LecProblemModel *self)
{
  const Group *notes = &self->groups[LEC_SEVERITY_ERROR - LEC_SEVERITY_NOTE];

  for (unsigned i = 0; i < LEC_N_PROBLEMS; i++)
    count (self, &self->kinds[i]);
  set_heading (self, &self->none_listed,
               any_wanted (self, notes->first, notes->end) && !any_wanted (self, 0, notes->first), 0);
  for (unsigned j = 0; j < G_N_ELEMENTS (self->groups); j++)
    list_group (self, &self->groups[j]);
}

static gboolean
update_put_off (void *data)
{
  LecProblemModel *self = data;

  self->update_source = 0;
  if (self->active)
    update (self);
  return G_SOURCE_REMOVE;
}

static void
document_changed (LecProblemModel *self)
{
  if (!self->active)
    return;
  if (lec_session_state (lec_document_session (self->document)) != LEC_SESSION_LOADING) {
    g_clear_handle_id (&self->update_source, g_source_remove);
    update (self);
  } else if (!self->update_source) {
    self->update_source = g_timeout_add (LOADING_UPDATE_MS, update_put_off, self);
  }
}

static void
filter_changed (LecProblemModel *self)
{
  if (self->active)
    update (self);
}

void
lec_problem_model_set_active (LecProblemModel *self, gboolean active)
{
  self->active = active;
  if (active)
    update (self);
}

/* Frames. */

static Kind *
find (LecProblemModel *self, unsigned kind)
{
  for (unsigned i = 0; i < LEC_N_PROBLEMS; i++)
    if (self->kinds[i].kind == kind)
      return &self->kinds[i];
  g_return_val_if_reached (&self->kinds[0]);
}

static void
tell_frames (LecProblemModel *self, Kind *kind, uint32_t n_frames)
{
  uint32_t former = kind->n_told;
  guint position = position_of (self, kind) + 1;

  kind->n_told = n_frames;
  if (n_frames > former)
    g_list_model_items_changed (G_LIST_MODEL (self), position + former, 0, n_frames - former);
  else if (n_frames < former)
    g_list_model_items_changed (G_LIST_MODEL (self), position + n_frames, former - n_frames, 0);
}

static void
update_frames (LecProblemModel *self, Kind *kind)
{
  uint32_t count = MIN (lec_matches_count (kind->matches), LARGEST_COUNT);

  if (kind->generation != lec_matches_generation (kind->matches)) {
    kind->generation = lec_matches_generation (kind->matches);
    tell_frames (self, kind, 0);
  }
  tell_frames (self, kind, MIN (count, kind->ceiling));
}

static void
matches_changed (LecSession *session, void *data)
{
  LecProblemModel *self = data;

  for (unsigned i = 0; i < LEC_N_PROBLEMS; i++)
    if (self->kinds[i].matches)
      update_frames (self, &self->kinds[i]);
}

static gboolean
raise_ceilings (void *data)
{
  LecProblemModel *self = data;
  gboolean more = FALSE;

  for (unsigned i = 0; i < LEC_N_PROBLEMS; i++) {
    Kind *kind = &self->kinds[i];

    if (!kind->matches || kind->ceiling == G_MAXUINT32)
      continue;
    kind->ceiling = kind->ceiling < LAST_STEP ? kind->ceiling + STEP_ROWS : G_MAXUINT32;
    more |= kind->ceiling != G_MAXUINT32;
    update_frames (self, kind);
  }
  if (!more)
    self->step_source = 0;
  return more;
}

static void
close_kind (LecProblemModel *self, Kind *kind)
{
  tell_frames (self, kind, 0);
  g_clear_pointer (&kind->matches, lec_matches_free);
}

static void
open_kind (LecProblemModel *self, Kind *kind)
{
  LecSession *session = lec_document_session (self->document);
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFilter) filter =
      lec_filter_new (lec_session_registry (session), lec_problem_place_filter (kind->kind), &problem);

  kind->matches = lec_session_match (session, filter, matches_changed, self);
  kind->generation = lec_matches_generation (kind->matches);
  kind->ceiling = STEP_ROWS;
  if (!self->step_source)
    self->step_source = g_timeout_add_full (G_PRIORITY_LOW, STEP_MS, raise_ceilings, self, NULL);
}

void
lec_problem_model_set_expanded (LecProblemModel *self, unsigned number, gboolean expanded)
{
  Kind *kind = find (self, number);

  if ((kind->matches != NULL) == expanded || !kind->listed)
    return;
  lec_problem_item_row (kind->item)->expanded = expanded;
  lec_problem_item_changed (kind->item);
  if (expanded)
    open_kind (self, kind);
  else
    close_kind (self, kind);
}

guint
lec_problem_model_find_kind (LecProblemModel *self, unsigned number)
{
  const Kind *kind = find (self, number);

  return kind->listed ? position_of (self, kind) : G_MAXUINT;
}

guint
lec_problem_model_find_frame (LecProblemModel *self, unsigned number, uint32_t frame)
{
  const Kind *kind = find (self, number);
  uint32_t rank;

  if (!kind->matches || frame >= lec_matches_done (kind->matches) ||
      !lec_bitmap_get (lec_matches_bitmap (kind->matches), frame))
    return G_MAXUINT;
  rank = lec_bitmap_rank (lec_matches_bitmap (kind->matches), frame);
  return rank < kind->n_told ? position_of (self, kind) + 1 + rank : G_MAXUINT;
}

/* Making it. */

/* The worst first. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const Kind *first = a, *second = b;
  int severity = (int) lec_problem_severity (second->kind) - (int) lec_problem_severity (first->kind);

  return severity ? severity : (int) lec_problem_weight (second->kind) - (int) lec_problem_weight (first->kind);
}

static void
lec_problem_model_dispose (GObject *object)
{
  LecProblemModel *self = LEC_PROBLEM_MODEL (object);

  g_clear_handle_id (&self->step_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  /* GTK may hold on to the model for a while: it has no frames any more that would have to be looked up. */
  for (unsigned i = 0; i < LEC_N_PROBLEMS; i++) {
    self->kinds[i].n_told = 0;
    g_clear_pointer (&self->kinds[i].matches, lec_matches_free);
  }
  if (self->document)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (lec_problem_model_parent_class)->dispose (object);
}

static void
lec_problem_model_finalize (GObject *object)
{
  LecProblemModel *self = LEC_PROBLEM_MODEL (object);

  for (unsigned i = 0; i < LEC_N_PROBLEMS; i++)
    g_object_unref (self->kinds[i].item);
  for (unsigned j = 0; j < G_N_ELEMENTS (self->groups); j++)
    g_object_unref (self->groups[j].heading);
  g_object_unref (self->none);
  G_OBJECT_CLASS (lec_problem_model_parent_class)->finalize (object);
}

static void
lec_problem_model_class_init (LecProblemModelClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lec_problem_model_dispose;
  G_OBJECT_CLASS (class)->finalize = lec_problem_model_finalize;
}

static LecProblemItem *
new_heading (const char *text)
{
  LecProblemItem *heading = lec_problem_item_new (LEC_PROBLEM_ROW_HEADING, 0, 0);

  lec_problem_item_row (heading)->text = g_strdup (text);
  return heading;
}

static void
make_groups (LecProblemModel *self)
{
  static const char *const headings[] = {
    [LEC_SEVERITY_NOTE] = N_ ("Notes"),
    [LEC_SEVERITY_WARNING] = N_ ("Warnings"),
    [LEC_SEVERITY_ERROR] = N_ ("Errors"),
  };
  unsigned i = 0;

  for (unsigned j = 0; j < G_N_ELEMENTS (self->groups); j++) {
    LecSeverity severity = LEC_SEVERITY_ERROR - j;
    Group *group = &self->groups[j];

    *group = (Group){ .heading = new_heading (_ (headings[severity])), .first = i };
    while (i < LEC_N_PROBLEMS && lec_problem_severity (self->kinds[i].kind) == severity)
      i++;
    group->end = i;
  }
}

static void
lec_problem_model_init (LecProblemModel *self)
{
  for (unsigned i = 0; i < LEC_N_PROBLEMS; i++)
    self->kinds[i] = (Kind){ .kind = i, .item = lec_problem_item_new (LEC_PROBLEM_ROW_KIND, i, 0) };
  qsort (self->kinds, LEC_N_PROBLEMS, sizeof (Kind), compare);
  make_groups (self);
  self->none = new_heading (_ ("No problems found"));
}

LecProblemModel *
lec_problem_model_new (LecDocument *document)
{
  LecProblemModel *self = g_object_new (LEC_TYPE_PROBLEM_MODEL, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_swapped (document, "changed", G_CALLBACK (document_changed), self);
  g_signal_connect_swapped (document, "filter-changed", G_CALLBACK (filter_changed), self);
  return self;
}
