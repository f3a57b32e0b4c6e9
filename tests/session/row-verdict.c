/* What a closed row is signed with is the worst of what its frames say once it is laid open; and no note hides a
 * problem. Held over every operation of every recording at hand. */
#include "session/row-verdict.h"

#include <string.h>

#include "analysis/verdict-kinds.h"

typedef struct {
  LecSession *session;
  LecIndex *index;
  LecRowList *list;
  unsigned n_signed; /* rows that hide something */
} Look;

static void
keep_frames (LecSession *session, uint32_t operation, GArray *frames, void *data)
{
  *(GArray **) data = frames;
}

static void
expand (Look *look, uint32_t position)
{
  GArray *frames = NULL;
  LecRow row;

  g_assert_true (lec_row_list_get (look->list, position, &row));
  if (row.kind == LEC_ROW_OPERATION) {
    lec_session_request_frames (look->session, row.operation, keep_frames, &frames);
    lec_session_wait (look->session);
  }
  lec_row_list_expand (look->list, position, frames);
}

/* By severity first, then by weight. That a request had no answer is no frame's matter. */
static int
worse (int a, int b)
{
  if (a < 0 || b < 0)
    return MAX (a, b);
  if (lec_verdict_kind_severity (a) != lec_verdict_kind_severity (b))
    return lec_verdict_kind_severity (a) > lec_verdict_kind_severity (b) ? a : b;
  return lec_verdict_kind_weight (a) >= lec_verdict_kind_weight (b) ? a : b;
}

static int
worst_of_frame (Look *look, uint32_t frame)
{
  int worst = -1;

  for (unsigned kind = 0; kind < LEC_N_VERDICTS; kind++)
    if (kind != LEC_VERDICT_UNANSWERED && lec_index_find_verdict (look->index, frame, kind))
      worst = worse (worst, (int) kind);
  return worst;
}

/* Of the rows below the one at POSITION, however deep: they are laid open on the way. Frames only. */
static int
worst_of_rows_below (Look *look, uint32_t position)
{
  int worst = -1;
  LecRow row, below;

  g_assert_true (lec_row_list_get (look->list, position, &row));
  for (uint32_t i = position + 1; lec_row_list_get (look->list, i, &below) && below.depth > row.depth; i++) {
    if (below.expandable && !below.expanded)
      expand (look, i);
    if (below.kind == LEC_ROW_FRAME)
      worst = worse (worst, worst_of_frame (look, below.frame));
  }
  return worst;
}

static void
check_row (Look *look, uint32_t position)
{
  gboolean inside;
  LecRow row;

  g_assert_true (lec_row_list_get (look->list, position, &row));
  int told = lec_row_verdict (look->index, &row, &inside);
  expand (look, position);
  int below = worst_of_rows_below (look, position);

  if (told >= 0 && !inside)
    return; /* of the operation itself */
  if (told != below)
    g_error ("frame %u, kind of row %u: %s, but below it is %s", row.frame, row.kind,
             told < 0 ? "nothing" : lec_verdict_kind_name (told),
             below < 0 ? "nothing" : lec_verdict_kind_name (below));
  look->n_signed += told >= 0;
  if (told >= 0) {
    uint32_t frame = lec_row_find_verdict (look->index, &row, told);

    g_assert_nonnull (lec_index_find_verdict (look->index, frame, told));
  }
}

/* Its operations, and the requests and responses in them, each before and after it is opened. */
static void
check_trace (const char *path, unsigned *n_signed)
{
  g_autoptr (GError) error = NULL;
  Look look = { .session = lec_session_open (path, &error) };
  uint32_t position, removed, added;
  LecRow row;

  if (!look.session)
    return;
  g_test_message ("%s", path);
  lec_session_wait (look.session);
  look.index = lec_session_index (look.session);
  look.list = lec_row_list_new (look.session, LEC_VIEW_MESSAGES);
  while (lec_row_list_update (look.list, &position, &removed, &added))
    ;
  for (uint32_t i = 0; lec_row_list_get (look.list, i, &row); i++) {
    if (row.kind == LEC_ROW_OPERATION && row.expandable)
      check_row (&look, i);
    lec_row_list_get (look.list, i, &row);
    if (row.expanded)
      lec_row_list_collapse (look.list, i);
    if (row.kind == LEC_ROW_OPERATION && row.expandable)
      expand (&look, i);
    if (row.kind == LEC_ROW_REQUEST || row.kind == LEC_ROW_RESPONSE)
      check_row (&look, i);
  }
  lec_row_list_free (look.list);
  lec_session_free (look.session);
  *n_signed += look.n_signed;
}

static void
check_folder (gconstpointer data)
{
  g_autoptr (GDir) directory = g_dir_open (data, 0, NULL);
  unsigned n_signed = 0;
  const char *name;

  if (!directory) {
    g_test_skip ("no captures here");
    return;
  }
  while ((name = g_dir_read_name (directory))) {
    g_autofree char *path = g_build_filename (data, name, NULL);

    if (strstr (name, ".pcap") && !strstr (name, ".middle."))
      check_trace (path, &n_signed);
  }
  g_test_message ("%u closed rows have something to tell", n_signed);
  g_assert_cmpuint (n_signed, >, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *lab = g_build_filename (g_getenv ("LECTERN_CAPTURES"), "lab", NULL);

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/row-verdict/samples", g_getenv ("LECTERN_SAMPLES"), check_folder);
  g_test_add_data_func ("/row-verdict/recordings", lab, check_folder);
  return g_test_run ();
}
