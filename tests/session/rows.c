/* The row list against a plain model of it: an index that grows and is revised at random, with and without a filter,
 * with rows laid open. A mirror is kept from the reported changes alone, as a list widget does. */
#include "session/matches.h"
#include "session/rows.h"

typedef struct {
  LecIndex *index;
  GRand *random;
  LecMatches *matches; /* or NULL */
  GArray *passes;      /* gboolean a frame: what the filter would say, */
  uint32_t first;      /* of frames from here on */
  uint32_t end;        /* and below here */
  LecRowList *list;
  GArray *mirror; /* LecRow */
} Case;

static LecIndex *
new_index (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_SAMPLES"), "redirect.pcap", NULL);
  g_autoptr (GError) error = NULL;
  LecTrace *trace = lec_trace_open (path, &error); /* a trace must be there; nothing is read from it */

  g_assert_no_error (error);
  return lec_index_new (trace);
}

static uint32_t
random_operation (Case *this, uint32_t frame)
{
  uint32_t n = this->index->n_operations;

  if (n && g_rand_double (this->random) < 0.6)
    return n - 1 - (uint32_t) g_rand_int_range (this->random, 0, (int) MIN (n, 20));
  LecOperation operation = { .conversation = 0,
                             .kind = (uint8_t) g_rand_int_range (this->random, 0, 4),
                             .first_frame = frame,
                             .next = G_MAXUINT32 };
  if (frame > 300 && g_rand_double (this->random) < 0.2)
    operation.first_frame -= (uint32_t) g_rand_int_range (this->random, 0, 300);
  operation.request.first_frame = operation.request.last_frame = operation.first_frame;
  return lec_index_add_operation (this->index, &operation);
}

static void
claim (Case *this, uint32_t frame, uint32_t number)
{
  LecOperation *operation = lec_index_operation (this->index, number);

  lec_index_set_owner (this->index, frame, number | LEC_OWNER_OPERATION);
  lec_index_set_state (this->index, frame, 0, LEC_FRAME_OWN_ROW);
  if (frame > operation->first_frame && !operation->response.first_frame)
    operation->response.first_frame = frame;
  if (operation->response.first_frame)
    operation->response.last_frame = MAX (operation->response.last_frame, frame);
}

static void
grow (Case *this, uint32_t n_frames)
{
  uint32_t from = this->index->n_frames + 1;

  lec_index_reserve (this->index, from + n_frames);
  for (uint32_t frame = from; frame < from + n_frames; frame++) {
    gboolean passes = g_rand_double (this->random) < (frame / 5000 % 3 ? 0.5 : 0.001);
    g_array_append_val (this->passes, passes);
    lec_index_set_owner (this->index, frame, LEC_OWNER_NONE);
    lec_index_set_state (this->index, frame, LEC_FRAME_OWN_ROW, 0);
    if (g_rand_double (this->random) < 0.4)
      claim (this, frame, random_operation (this, frame));
    if (g_rand_double (this->random) < 0.05) /* a second one in the same frame */
      random_operation (this, frame);
  }
  this->index->n_frames = from + n_frames - 1;
  lec_index_conversation (this->index, 0)->last_frame = this->index->n_frames;
}

/* A later frame shows that earlier ones belong together. */
static void
revise (Case *this, unsigned n_changes)
{
  for (unsigned i = 0; i < n_changes; i++) {
    uint32_t frame = (uint32_t) g_rand_int_range (this->random, 1, (int) this->index->n_frames + 1);
    if (lec_index_state (this->index, frame) & LEC_FRAME_OWN_ROW && this->index->n_operations)
      claim (this, frame, (uint32_t) g_rand_int_range (this->random, 0, (int) this->index->n_operations));
  }
  this->index->revision++;
}

static gboolean
passes (Case *this, uint32_t frame)
{
  if (!this->matches)
    return TRUE;
  return frame >= this->first && frame < this->end && g_array_index (this->passes, gboolean, frame);
}

/* Judges frames FROM … END − 1 as the worker would: those at either end of what is judged, or all anew. */
static void
judge (Case *this, uint32_t from, uint32_t end, gboolean replaces)
{
  uint32_t first = from & ~63u, n_words = (end + 63) / 64 - first / 64;
  LecMatchNews *news = g_malloc0 (sizeof *news + n_words * sizeof (uint64_t));

  news->from_word = first / 64;
  news->n_words = n_words;
  this->first = this->end ? MIN (this->first, from) : from;
  this->end = MAX (this->end, end);
  news->first = this->first;
  news->end = this->end;
  news->replaces = replaces;
  news->operations = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  for (uint32_t frame = MAX (first, 1); frame < (first & ~63u) + n_words * 64; frame++) {
    if (!passes (this, frame))
      continue;
    news->words[frame / 64 - news->from_word] |= UINT64_C (1) << (frame % 64);
    uint32_t owner = lec_index_owner (this->index, frame);
    if (owner != LEC_OWNER_NONE && !(lec_index_state (this->index, frame) & LEC_FRAME_OWN_ROW)) {
      owner = LEC_OWNER_INDEX (owner);
      g_array_append_val (news->operations, owner);
    }
  }
  lec_matches_take (this->matches, news);
}

static void
assert_rows_equal (const LecRow *a, const LecRow *b)
{
  g_assert_cmpuint (a->frame, ==, b->frame);
  g_assert_cmpuint (a->operation, ==, b->operation);
  g_assert_cmpuint (a->kind, ==, b->kind);
  g_assert_cmpuint (a->depth, ==, b->depth);
}

/* Puts ADDED rows of the list in the place of REMOVED ones of the mirror. */
static void
splice (Case *this, uint32_t position, uint32_t removed, uint32_t added)
{
  g_assert_cmpuint (position + removed, <=, this->mirror->len);
  if (removed)
    g_array_remove_range (this->mirror, position, removed);
  g_autoptr (GArray) fresh = g_array_new (FALSE, TRUE, sizeof (LecRow));
  g_array_set_size (fresh, added);
  for (uint32_t i = 0; i < added; i++)
    g_assert_true (lec_row_list_get (this->list, position + i, &g_array_index (fresh, LecRow, i)));
  g_array_insert_vals (this->mirror, position, fresh->data, added);
  g_assert_cmpuint (lec_row_list_n_rows (this->list), ==, this->mirror->len);
}

static void
assert_mirror_holds (Case *this)
{
  LecRow row;

  for (uint32_t i = 0; i < this->mirror->len; i++) {
    g_assert_true (lec_row_list_get (this->list, i, &row));
    assert_rows_equal (&row, &g_array_index (this->mirror, LecRow, i));
  }
  g_assert_false (lec_row_list_get (this->list, this->mirror->len, &row));
}

static unsigned
update (Case *this)
{
  uint32_t position, removed, added;
  unsigned n_changes = 0;

  while (lec_row_list_update (this->list, &position, &removed, &added)) {
    splice (this, position, removed, added);
    n_changes++;
  }
  g_assert_cmpuint (n_changes, <=, 10);
  return n_changes;
}

/* Operation NUMBER has a frame that it shows and that passes. */
static gboolean
operation_passes (Case *this, uint32_t number, const GArray *operation_has_match)
{
  return !this->matches || g_array_index (operation_has_match, gboolean, number);
}

static GArray *
find_matching_operations (Case *this)
{
  GArray *found = g_array_new (FALSE, TRUE, sizeof (gboolean));

  g_array_set_size (found, this->index->n_operations);
  for (uint32_t frame = 1; frame <= this->index->n_frames; frame++) {
    uint32_t owner = lec_index_owner (this->index, frame);
    if (owner != LEC_OWNER_NONE && passes (this, frame))
      g_array_index (found, gboolean, LEC_OWNER_INDEX (owner)) = TRUE;
  }
  return found;
}

/* All top rows as the definition says them: walks every frame and, at each, every operation that begins there. */
static GArray *
model_top_rows (Case *this)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (LecRow));
  g_autoptr (GArray) matching = find_matching_operations (this);
  g_autoptr (GPtrArray) at = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (uint32_t frame = 0; frame <= this->index->n_frames; frame++)
    g_ptr_array_add (at, g_array_new (FALSE, FALSE, sizeof (uint32_t)));
  for (uint32_t i = 0; i < this->index->n_operations; i++)
    g_array_append_val ((GArray *) at->pdata[lec_index_operation (this->index, i)->first_frame], i);
  for (uint32_t frame = 1; frame <= this->index->n_frames; frame++) {
    LecRow row = { .frame = frame, .operation = G_MAXUINT32, .kind = LEC_ROW_OPERATION };
    GArray *operations = at->pdata[frame];
    for (uint32_t i = 0; lec_row_list_view (this->list) == LEC_VIEW_MESSAGES && i < operations->len; i++) {
      row.operation = g_array_index (operations, uint32_t, i);
      if (operation_passes (this, row.operation, matching) && (!this->matches || frame >= this->first))
        g_array_append_val (rows, row);
    }
    row.kind = LEC_ROW_FRAME;
    row.operation = G_MAXUINT32;
    gboolean own =
        lec_row_list_view (this->list) == LEC_VIEW_FRAMES || lec_index_state (this->index, frame) & LEC_FRAME_OWN_ROW;
    if (own && passes (this, frame))
      g_array_append_val (rows, row);
  }
  return rows;
}

/* The mirror's rows of depth 0 are the model's. */
static void
assert_model_holds (Case *this)
{
  g_autoptr (GArray) model = model_top_rows (this);
  unsigned top = 0;

  for (unsigned i = 0; i < this->mirror->len; i++) {
    const LecRow *row = &g_array_index (this->mirror, LecRow, i);
    if (row->depth)
      continue;
    g_assert_cmpuint (top, <, model->len);
    assert_rows_equal (row, &g_array_index (model, LecRow, top++));
  }
  g_assert_cmpuint (top, ==, model->len);
}

static GArray *
frames_of (Case *this, uint32_t operation)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (uint32_t frame = 1; frame <= this->index->n_frames; frame++)
    if (lec_index_owner (this->index, frame) == (operation | LEC_OWNER_OPERATION))
      g_array_append_val (frames, frame);
  return frames;
}

static int
compare_frames (const void *a, const void *b)
{
  return *(const uint32_t *) a < *(const uint32_t *) b ? -1 : 1;
}

/* Opens or closes some rows, as a reader does. */
static void
toggle_rows (Case *this, unsigned n_rows)
{
  for (unsigned i = 0; i < n_rows && this->mirror->len; i++) {
    uint32_t position = (uint32_t) g_rand_int_range (this->random, 0, (int) this->mirror->len);
    LecRow row;
    g_assert_true (lec_row_list_get (this->list, position, &row));
    if (row.expanded) {
      splice (this, position + 1, lec_row_list_collapse (this->list, position), 0);
    } else {
      GArray *frames = row.kind == LEC_ROW_OPERATION ? frames_of (this, row.operation) : NULL;
      splice (this, position + 1, 0, lec_row_list_expand (this->list, position, frames));
    }
  }
}

/* The frames that an expanded row of the mirror shows, itself not among them. */
static GArray *
shown_frames (Case *this, uint32_t position)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (uint32_t i = position + 1; i < this->mirror->len; i++) {
    const LecRow *row = &g_array_index (this->mirror, LecRow, i);
    if (row->depth == 0)
      break;
    if (row->kind == LEC_ROW_FRAME)
      g_array_append_val (frames, row->frame);
  }
  g_array_sort (frames, compare_frames);
  return frames;
}

/* What was laid open before the trace grew is told as grown, and shows all of its frames then. */
static void
renew (Case *this)
{
  uint32_t operation, position, removed, added;
  LecRow row;

  while ((operation = lec_row_list_find_grown (this->list)) != G_MAXUINT32)
    if (lec_row_list_renew (this->list, operation, frames_of (this, operation), this->index->n_frames, &position,
                            &removed, &added))
      splice (this, position, removed, added);
  assert_mirror_holds (this);
  for (uint32_t i = 0; i < this->mirror->len; i++) {
    g_assert_true (lec_row_list_get (this->list, i, &row));
    if (row.kind != LEC_ROW_OPERATION || !row.expanded ||
        lec_index_operation (this->index, row.operation)->kind == LEC_OPERATION_HTTP)
      continue;
    g_autoptr (GArray) shown = shown_frames (this, i), all = frames_of (this, row.operation);
    g_assert_cmpmem (shown->data, shown->len * sizeof (uint32_t), all->data, all->len * sizeof (uint32_t));
  }
}

/* Every frame is found where it stands, or in the row that shows it, or is hidden. */
static void
assert_finds (Case *this)
{
  g_autoptr (GHashTable) own = g_hash_table_new (NULL, NULL);

  for (uint32_t i = 0; i < this->mirror->len; i++) {
    const LecRow *row = &g_array_index (this->mirror, LecRow, i);
    if (row->kind == LEC_ROW_FRAME)
      g_hash_table_insert (own, GUINT_TO_POINTER (row->frame), GUINT_TO_POINTER (i));
  }
  for (uint32_t frame = 1; frame <= this->index->n_frames; frame++) {
    uint32_t found = lec_row_list_find (this->list, frame);
    gpointer expected;
    if (g_hash_table_lookup_extended (own, GUINT_TO_POINTER (frame), NULL, &expected)) {
      g_assert_cmpuint (found, ==, GPOINTER_TO_UINT (expected));
      continue;
    }
    if (found == G_MAXUINT32)
      continue;
    g_assert_cmpuint (lec_index_owner (this->index, frame), ==,
                      g_array_index (this->mirror, LecRow, found).operation | LEC_OWNER_OPERATION);
  }
  g_assert_cmpuint (lec_row_list_find (this->list, 0), ==, G_MAXUINT32);
  g_assert_cmpuint (lec_row_list_find (this->list, this->index->n_frames + 1), ==, G_MAXUINT32);
}

/* What is hidden before all rows, and the rows themselves, is no more than there is without a filter. */
static void
assert_hidden (Case *this)
{
  g_autoptr (LecRowList) all = lec_row_list_new_over (this->index, lec_row_list_view (this->list));
  uint32_t position, removed, added, hidden = 0, top = 0;

  LecRow unfiltered;

  while (lec_row_list_update (all, &position, &removed, &added))
    ;
  while (this->matches && lec_row_list_get (all, hidden, &unfiltered) && unfiltered.frame < this->first)
    hidden++; /* not judged yet */
  for (uint32_t i = 0; i < this->mirror->len; i++) {
    const LecRow *row = &g_array_index (this->mirror, LecRow, i);
    hidden += lec_row_list_n_hidden_before (this->list, i);
    if (row->depth)
      continue;
    g_assert_true (lec_row_list_get (all, top + hidden, &unfiltered));
    assert_rows_equal (row, &unfiltered);
    top++;
  }
}

static void
begin_case (Case *this, LecView view, gboolean filtered, guint32 seed)
{
  gboolean none = FALSE;

  *this = (Case){ .index = new_index (), .random = g_rand_new_with_seed (seed) };
  lec_index_add_conversation (this->index, &(LecConversation){ .first_frame = 1 });
  this->passes = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_array_append_val (this->passes, none);
  this->mirror = g_array_new (FALSE, TRUE, sizeof (LecRow));
  this->list = lec_row_list_new_over (this->index, view);
  if (filtered) {
    this->matches = lec_matches_new (NULL, NULL, NULL, NULL);
    lec_row_list_set_matches (this->list, this->matches);
  }
}

static void
end_case (Case *this)
{
  lec_row_list_free (this->list);
  lec_matches_free (this->matches);
  lec_index_free (this->index);
  g_rand_free (this->random);
  g_array_unref (this->passes);
  g_array_unref (this->mirror);
}

static void
check (Case *this)
{
  update (this);
  assert_mirror_holds (this);
  assert_model_holds (this);
  assert_finds (this);
  assert_hidden (this);
}

typedef struct {
  LecView view;
  gboolean filtered;
} Kind;

static void
test_model (gconstpointer data)
{
  const Kind *kind = data;

  for (guint32 seed = 1; seed <= 3; seed++) {
    Case this;
    begin_case (&this, kind->view, kind->filtered, seed);
    for (unsigned step = 0; step < 8; step++) {
      uint32_t from = this.index->n_frames + 1;
      grow (&this, (uint32_t) g_rand_int_range (this.random, 1, 4000));
      if (this.matches)
        judge (&this, from, this.index->n_frames + 1, FALSE);
      check (&this);
      renew (&this);
      toggle_rows (&this, 30);
      assert_mirror_holds (&this);
      revise (&this, step % 3 ? 5 : 200);
      if (this.matches)
        judge (&this, 1, this.index->n_frames + 1, TRUE);
      check (&this);
    }
    end_case (&this);
  }
}

/* Judged from some frame on both ways, while the trace grows and what is known of it changes, rows come at both ends
 * and none goes that was there; at last they are those of a filter that began at the first frame. */
static void
test_both_ways (gconstpointer data)
{
  const Kind *kind = data;

  for (guint32 seed = 1; seed <= 6; seed++) {
    Case this;
    begin_case (&this, kind->view, TRUE, seed);
    grow (&this, (uint32_t) g_rand_int_range (this.random, 1, 9000));
    uint32_t place = (uint32_t) g_rand_int_range (this.random, 1, (int) this.index->n_frames + 2);
    this.first = this.end = place;
    for (unsigned step = 0; this.first > 1 || this.end <= this.index->n_frames; step++) {
      uint32_t n_frames = (uint32_t) g_rand_int_range (this.random, 1, 1500);
      uint32_t n_rows = this.mirror->len;
      if (this.first > 1 && (step % 2 || this.end > this.index->n_frames))
        judge (&this, this.first - MIN (this.first - 1, n_frames), this.first, FALSE);
      else
        judge (&this, this.end, MIN (this.end + n_frames, this.index->n_frames + 1), FALSE);
      check (&this);
      g_assert_cmpuint (this.mirror->len, >=, n_rows);
      toggle_rows (&this, 5);
      if (step % 5 == 0 && this.index->n_frames < 12000)
        grow (&this, n_frames);
    }
    revise (&this, 100);
    judge (&this, 1, this.index->n_frames + 1, TRUE);
    check (&this);
    g_assert_cmpuint (this.first, ==, 1);
    end_case (&this);
  }
}

/* A change far before the end is reported apart from what is added there. */
static void
test_changes_stay_narrow (void)
{
  Case this;
  uint32_t position, removed, added;

  begin_case (&this, LEC_VIEW_MESSAGES, FALSE, 3);
  grow (&this, 100000);
  g_assert_cmpuint (update (&this), ==, 1);
  uint32_t own = 1000;
  while (!(lec_index_state (this.index, own) & LEC_FRAME_OWN_ROW))
    own++;
  claim (&this, own, 0);
  this.index->revision++;
  uint32_t n_rows = this.mirror->len;
  grow (&this, 5000);
  g_assert_true (lec_row_list_update (this.list, &position, &removed, &added));
  g_assert_cmpuint (removed, ==, 1);
  g_assert_cmpuint (added, ==, 0);
  splice (&this, position, removed, added);
  g_assert_true (lec_row_list_update (this.list, &position, &removed, &added));
  splice (&this, position, removed, added);
  g_assert_cmpuint (position + 2000, >, n_rows);
  g_assert_false (lec_row_list_update (this.list, &position, &removed, &added));
  check (&this);
  end_case (&this);
}

/* What is published between two changes does not prolong the round, and is there in the next. */
static void
test_a_round_ends_while_the_trace_grows (void)
{
  Case this;
  uint32_t position, removed, added;
  unsigned n_changes = 0;

  begin_case (&this, LEC_VIEW_MESSAGES, FALSE, 5);
  grow (&this, 20000);
  while (lec_row_list_update (this.list, &position, &removed, &added)) {
    splice (&this, position, removed, added);
    grow (&this, 500);
    revise (&this, 5);
    g_assert_cmpuint (++n_changes, <=, 10);
  }
  check (&this);
  end_case (&this);
}

/* An operation over HTTP laid open: request and response, and each frame below one of them, once. */
static void
test_messages_of_an_operation (void)
{
  static const uint32_t own_frames[] = { 3, 4, 5, 6, 7, 8 };
  Case this;
  LecRow row;

  begin_case (&this, LEC_VIEW_MESSAGES, FALSE, 1);
  lec_index_reserve (this.index, 10);
  for (uint32_t frame = 1; frame <= 10; frame++) {
    lec_index_set_owner (this.index, frame, LEC_OWNER_NONE);
    lec_index_set_state (this.index, frame, LEC_FRAME_OWN_ROW, 0);
  }
  /* 3: request. 4: its ACK. 5, 6: response. 7: its ACK. 8: the response's end. */
  LecOperation operation = { .conversation = LEC_OWNER_NONE, .kind = LEC_OPERATION_HTTP, .first_frame = 3 };
  operation.request.first_frame = operation.request.last_frame = 3;
  operation.response.first_frame = 5;
  operation.response.last_frame = 8;
  uint32_t number = lec_index_add_operation (this.index, &operation);
  for (unsigned i = 0; i < G_N_ELEMENTS (own_frames); i++) {
    claim (&this, own_frames[i], number);
    if (own_frames[i] != 3 && own_frames[i] != 7)
      lec_index_set_state (this.index, own_frames[i], LEC_FRAME_SIDE, 0);
  }
  this.index->n_frames = 10;
  update (&this);
  g_assert_cmpuint (this.mirror->len, ==, 5); /* 1, 2, the operation, 9, 10 */

  splice (&this, 3, 0, lec_row_list_expand (this.list, 2, frames_of (&this, number)));
  g_assert_cmpuint (this.mirror->len, ==, 7);
  splice (&this, 5, 0, lec_row_list_expand (this.list, 4, NULL));
  splice (&this, 4, 0, lec_row_list_expand (this.list, 3, NULL));
  static const LecRow expected[] = {
    { 1, G_MAXUINT32, LEC_ROW_FRAME, 0 },
    { 2, G_MAXUINT32, LEC_ROW_FRAME, 0 },
    { 3, 0, LEC_ROW_OPERATION, 0 },
    { 3, 0, LEC_ROW_REQUEST, 1 },
    { 3, 0, LEC_ROW_FRAME, 2 },
    { 4, 0, LEC_ROW_FRAME, 2 },
    { 5, 0, LEC_ROW_RESPONSE, 1 },
    { 5, 0, LEC_ROW_FRAME, 2 },
    { 6, 0, LEC_ROW_FRAME, 2 },
    { 7, 0, LEC_ROW_FRAME, 2 },
    { 8, 0, LEC_ROW_FRAME, 2 },
    { 9, G_MAXUINT32, LEC_ROW_FRAME, 0 },
    { 10, G_MAXUINT32, LEC_ROW_FRAME, 0 },
  };
  g_assert_cmpuint (lec_row_list_n_rows (this.list), ==, G_N_ELEMENTS (expected));
  for (uint32_t i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_assert_true (lec_row_list_get (this.list, i, &row));
    assert_rows_equal (&row, &expected[i]);
    if (row.depth == 2)
      g_assert_cmpuint (lec_row_list_find (this.list, row.frame), ==, i);
  }
  g_assert_cmpuint (lec_row_list_collapse (this.list, 2), ==, 8);
  g_assert_cmpuint (lec_row_list_n_rows (this.list), ==, 5);
  g_assert_cmpuint (lec_row_list_find (this.list, 7), ==, 2);
  end_case (&this);
}

/* A request laid open before its answer came: the answer is there afterwards, and what was open stays so. */
static void
test_growing_operation (void)
{
  Case this;
  uint32_t position, removed, added;
  LecRow row;

  begin_case (&this, LEC_VIEW_MESSAGES, FALSE, 1);
  lec_index_reserve (this.index, 10);
  for (uint32_t frame = 1; frame <= 10; frame++) {
    lec_index_set_owner (this.index, frame, LEC_OWNER_NONE);
    lec_index_set_state (this.index, frame, LEC_FRAME_OWN_ROW, 0);
  }
  LecOperation operation = { .conversation = LEC_OWNER_NONE, .kind = LEC_OPERATION_HTTP, .first_frame = 3 };
  operation.request.first_frame = operation.request.last_frame = 3;
  uint32_t number = lec_index_add_operation (this.index, &operation);
  claim (&this, 3, number);
  this.index->n_frames = 4;
  update (&this);
  splice (&this, 3, 0, lec_row_list_expand (this.list, 2, frames_of (&this, number)));
  splice (&this, 4, 0, lec_row_list_expand (this.list, 3, NULL));
  g_assert_cmpuint (this.mirror->len, ==, 6); /* 1, 2, operation, request, 3, 4 */

  claim (&this, 6, number);
  this.index->n_frames = 10;
  update (&this);
  g_assert_cmpuint (lec_row_list_find_grown (this.list), ==, number);
  g_assert_true (lec_row_list_renew (this.list, number, frames_of (&this, number), 10, &position, &removed, &added));
  splice (&this, position, removed, added);
  g_assert_true (lec_row_list_get (this.list, 3, &row));
  g_assert_true (row.kind == LEC_ROW_REQUEST && row.expanded);
  g_assert_true (lec_row_list_get (this.list, 5, &row));
  g_assert_true (row.kind == LEC_ROW_RESPONSE && row.expandable && row.frame == 6);
  g_assert_cmpuint (lec_row_list_find_grown (this.list), ==, G_MAXUINT32);
  assert_mirror_holds (&this);
  end_case (&this);
}

int
main (int argc, char **argv)
{
  static const Kind messages = { LEC_VIEW_MESSAGES, FALSE }, frames = { LEC_VIEW_FRAMES, FALSE };
  static const Kind some_messages = { LEC_VIEW_MESSAGES, TRUE }, some_frames = { LEC_VIEW_FRAMES, TRUE };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/rows/model/messages", &messages, test_model);
  g_test_add_data_func ("/rows/model/frames", &frames, test_model);
  g_test_add_data_func ("/rows/model/filtered-messages", &some_messages, test_model);
  g_test_add_data_func ("/rows/model/filtered-frames", &some_frames, test_model);
  g_test_add_data_func ("/rows/both-ways/messages", &some_messages, test_both_ways);
  g_test_add_data_func ("/rows/both-ways/frames", &some_frames, test_both_ways);
  g_test_add_func ("/rows/narrow-changes", test_changes_stay_narrow);
  g_test_add_func ("/rows/round-ends", test_a_round_ends_while_the_trace_grows);
  g_test_add_func ("/rows/messages-of-an-operation", test_messages_of_an_operation);
  g_test_add_func ("/rows/growing-operation", test_growing_operation);
  return g_test_run ();
}
