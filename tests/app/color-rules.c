/* The colour rules' file, and the contrast of the palette that is shipped in it. */
#include <glib/gstdio.h>

#include "app/color-rules.h"
#include "app/verdict-sign.h"

static const char *const backgrounds[LEC_N_COLOR_APPEARANCES] = { LEC_COLOR_BACKGROUND_LIGHT,
                                                                  LEC_COLOR_BACKGROUND_DARK };

static GBytes *
shipped_bytes (void)
{
  char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (g_getenv ("LECTERN_COLOR_RULES"), &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

/* A path in a folder that does not exist yet, below a new temporary one. */
static char *
new_user_path (char **top)
{
  g_autoptr (GError) error = NULL;
  *top = g_dir_make_tmp ("lectern-rules-XXXXXX", &error);
  g_assert_no_error (error);
  return g_build_filename (*top, "lectern", "color-rules.ini", NULL);
}

static void
remove_user_path (const char *path, const char *top)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (path);
  g_rmdir (folder);
  g_assert_cmpint (g_rmdir (top), ==, 0);
}

static void
contrast_of_known_pairs (void)
{
  /* The extremes, and two greys with figures from WCAG's own examples. */
  g_assert_cmpfloat_with_epsilon (lec_color_contrast ("#000000", "#ffffff"), 21.0, 0.001);
  g_assert_cmpfloat_with_epsilon (lec_color_contrast ("#ffffff", "#ffffff"), 1.0, 0.001);
  g_assert_cmpfloat_with_epsilon (lec_color_contrast ("#777777", "#ffffff"), 4.48, 0.005);
  g_assert_cmpfloat_with_epsilon (lec_color_contrast ("#ffffff", "#767676"), 4.54, 0.005);
  g_assert_cmpfloat (lec_color_contrast ("red", "#ffffff"), ==, 0);
}

static void
shipped_palette_is_legible (void)
{
  g_autoptr (GBytes) shipped = shipped_bytes ();
  g_autoptr (LecColorRules) rules = lec_color_rules_new (shipped, "/nonexistent/color-rules.ini");
  g_assert_null (lec_color_rules_problem (rules));
  g_assert_cmpuint (lec_color_rules_n_rules (rules), >=, 10);
  for (unsigned i = 0; i < lec_color_rules_n_rules (rules); i++) {
    const LecColorRule *rule = lec_color_rules_get (rules, i);
    g_assert_true (rule->on);
    for (unsigned a = 0; a < LEC_N_COLOR_APPEARANCES; a++) {
      g_assert_nonnull (rule->text[a]);
      /* Alone, and over any other rule's tint: with overlay a row may get text from one and tint from another. */
      double own = lec_color_contrast (rule->text[a], rule->tint[a] != NULL ? rule->tint[a] : backgrounds[a]);
      g_test_message ("%s, %s: %.2f", rule->id, a == LEC_COLOR_LIGHT ? "light" : "dark", own);
      g_assert_cmpfloat (own, >=, 4.5);
      for (unsigned j = i + 1; j < lec_color_rules_n_rules (rules); j++) {
        const LecColorRule *later = lec_color_rules_get (rules, j);
        if (rule->tint[a] == NULL && later->tint[a] != NULL)
          g_assert_cmpfloat (lec_color_contrast (rule->text[a], later->tint[a]), >=, 4.5);
      }
    }
  }
}

static void
colour_is_never_the_only_sign (void)
{
  g_autoptr (GBytes) shipped = shipped_bytes ();
  g_autoptr (LecColorRules) rules = lec_color_rules_new (shipped, "/nonexistent/color-rules.ini");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (unsigned i = 0; i < lec_color_rules_n_rules (rules); i++) {
    const LecColorRule *rule = lec_color_rules_get (rules, i);
    g_assert_cmpstr (lec_color_rule_label (rule), !=, "");
    /* Every meaning has a sign of its own; a request that waits for its answer means nothing yet. */
    if (!g_str_equal (rule->id, "no-status")) {
      g_assert_nonnull (rule->sign);
      g_assert_true (g_hash_table_add (seen, rule->sign));
    }
  }
}

/* The rule for the frames of a kind of problem, NULL = there is none. */
static const LecColorRule *
find_rule (LecColorRules *rules, unsigned kind)
{
  for (unsigned i = 0; i < lec_color_rules_n_rules (rules); i++)
    if (g_str_equal (lec_color_rules_get (rules, i)->filter, lec_problem_filter (kind)))
      return lec_color_rules_get (rules, i);
  return NULL;
}

/* A kind looks and is called the same in the list, the legend and the problems pane. */
static void
rules_of_kinds_look_like_them (void)
{
  static const unsigned seen_at_once[] = {
    LEC_VERDICT_RESET,
    LEC_VERDICT_RETRANSMISSION,
    LEC_VERDICT_NO_ANSWER,
    LEC_VERDICT_REFUSED,
    LEC_VERDICT_UNANSWERED,
    LEC_VERDICT_ZERO_WINDOW,
    LEC_VERDICT_HANDSHAKE_INCOMPLETE,
    LEC_VERDICT_SEGMENT_LOST,
    LEC_VERDICT_SEGMENT_UNCAPTURED,
    LEC_VERDICT_ACK_OF_UNSEEN,
    LEC_VERDICT_REORDERED,
    LEC_VERDICT_NETWORK_DUPLICATE,
    LEC_VERDICT_CAPTURE_DUPLICATE,
    LEC_VERDICT_KEEP_ALIVE,
    LEC_VERDICT_KEEP_ALIVE_ANSWER,
    LEC_PROBLEM_CLIENT_ERROR,
    LEC_PROBLEM_SERVER_ERROR,
    LEC_VERDICT_CHECKSUM_WRONG,
    LEC_VERDICT_OLD_TIMESTAMP,
  };
  g_autoptr (GBytes) shipped = shipped_bytes ();
  g_autoptr (LecColorRules) rules = lec_color_rules_new (shipped, "/nonexistent/color-rules.ini");

  for (unsigned i = 0; i < G_N_ELEMENTS (seen_at_once); i++) {
    g_test_message ("%s", lec_problem_name (seen_at_once[i]));
    g_assert_nonnull (find_rule (rules, seen_at_once[i]));
  }
  for (unsigned kind = 0; kind < LEC_N_PROBLEMS; kind++) {
    const LecColorRule *rule = find_rule (rules, kind);

    if (!rule)
      continue;
    g_assert_cmpstr (rule->sign, ==, lec_problem_sign (kind));
    g_assert_cmpstr (lec_color_rule_label (rule), ==, lec_problem_label (kind));
    /* Neither the rule's filter nor the words for it are said to be the user's own. */
    g_autofree char *meaning = lec_color_rule_dup_meaning (rule);
    g_assert_null (meaning);
  }
}

static void
assert_same_rule (const LecColorRule *a, const LecColorRule *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->filter, ==, b->filter);
  g_assert_cmpstr (a->sign, ==, b->sign);
  g_assert_cmpint (a->bold, ==, b->bold);
  g_assert_cmpint (a->on, ==, b->on);
  for (unsigned i = 0; i < LEC_N_COLOR_APPEARANCES; i++) {
    g_assert_cmpstr (a->text[i], ==, b->text[i]);
    g_assert_cmpstr (a->tint[i], ==, b->tint[i]);
  }
}

static void
count_change (LecColorRules *rules, unsigned *n_changes)
{
  (*n_changes)++;
}

static void
file_goes_round (void)
{
  g_autoptr (GBytes) shipped = shipped_bytes ();
  g_autofree char *top = NULL;
  g_autofree char *path = new_user_path (&top);
  g_autoptr (LecColorRules) rules = lec_color_rules_new (shipped, path);
  g_autoptr (GError) error = NULL;
  unsigned n_changes = 0;
  unsigned n_shipped = lec_color_rules_n_rules (rules);
  g_signal_connect (rules, "changed", G_CALLBACK (count_change), &n_changes);

  LecColorRule *edited = lec_color_rule_copy (lec_color_rules_get (rules, 0));
  g_free (edited->filter);
  edited->filter = g_strdup ("http.host contains \"a;b=c#\" and tcp.port == 80\\");
  g_clear_pointer (&edited->tint[LEC_COLOR_DARK], g_free);
  edited->on = FALSE;
  edited->bold = TRUE;
  lec_color_rules_set (rules, 0, edited);
  lec_color_rules_move (rules, 1, 4);
  LecColorRule *added = lec_color_rule_copy (edited);
  g_free (added->name);
  added->name = g_strdup ("Größe [neu]\nzweite Zeile");
  lec_color_rules_set (rules, n_shipped, added);
  g_assert_cmpuint (n_changes, ==, 3);
  /* A second rule with the same group name would overwrite the first in the file. */
  g_assert_cmpstr (added->id, !=, edited->id);

  g_assert_true (lec_color_rules_save (rules, &error));
  g_assert_no_error (error);
  g_autoptr (LecColorRules) again = lec_color_rules_new (shipped, path);
  g_assert_null (lec_color_rules_problem (again));
  g_assert_cmpuint (lec_color_rules_n_rules (again), ==, n_shipped + 1);
  for (unsigned i = 0; i < n_shipped + 1; i++)
    assert_same_rule (lec_color_rules_get (rules, i), lec_color_rules_get (again, i));

  lec_color_rules_reset (again);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_autoptr (LecColorRules) fresh = lec_color_rules_new (shipped, path);
  g_assert_cmpuint (lec_color_rules_n_rules (again), ==, n_shipped);
  for (unsigned i = 0; i < n_shipped; i++)
    assert_same_rule (lec_color_rules_get (again, i), lec_color_rules_get (fresh, i));
  remove_user_path (path, top);
}

static void
damaged_file_is_told (void)
{
  g_autoptr (GBytes) shipped = shipped_bytes ();
  g_autofree char *top = NULL;
  g_autofree char *path = new_user_path (&top);
  g_autofree char *folder = g_path_get_dirname (path);
  g_mkdir_with_parents (folder, 0700);

  g_assert_true (g_file_set_contents (path, "this is no key file", -1, NULL));
  g_autoptr (LecColorRules) broken = lec_color_rules_new (shipped, path);
  g_assert_nonnull (lec_color_rules_problem (broken));
  g_assert_cmpuint (lec_color_rules_n_rules (broken), >=, 10);

  g_assert_true (g_file_set_contents (path,
                                      "[Bad Id]\nName=x\nFilter=tcp\n[nameless]\nFilter=tcp\n"
                                      "[good]\nName=Good\nFilter=tcp\nTextLight=url(evil)\nTintLight=#12345\n",
                                      -1, NULL));
  g_autoptr (LecColorRules) partly = lec_color_rules_new (shipped, path);
  g_assert_nonnull (strstr (lec_color_rules_problem (partly), "2"));
  g_assert_cmpuint (lec_color_rules_n_rules (partly), ==, 1);
  const LecColorRule *good = lec_color_rules_get (partly, 0);
  g_assert_cmpstr (good->id, ==, "good");
  g_assert_null (good->text[LEC_COLOR_LIGHT]);
  g_assert_null (good->tint[LEC_COLOR_LIGHT]);
  remove_user_path (path, top);
}

/* Of the shipped rules one says what its mark means, or a verdict or a status does; of others, and of a shipped one
 * that was changed, the filter is what there is to say. */
static void
marks_have_a_meaning (void)
{
  g_autoptr (GBytes) shipped = shipped_bytes ();
  g_autoptr (LecColorRules) rules = lec_color_rules_new (shipped, "/nonexistent/color-rules.ini");
  for (unsigned i = 0; i < lec_color_rules_n_rules (rules); i++) {
    const LecColorRule *rule = lec_color_rules_get (rules, i);
    g_autofree char *meaning = lec_color_rule_dup_meaning (rule);
    g_assert_true (meaning == NULL || strstr (meaning, rule->filter) == NULL);
    g_assert_cmpint (meaning != NULL, ==, g_str_equal (rule->id, "start-end") || g_str_equal (rule->id, "no-status"));
    g_autoptr (LecColorRule) changed = lec_color_rule_copy (rule);
    g_free (changed->filter);
    changed->filter = g_strdup ("arp");
    g_autofree char *own = lec_color_rule_dup_meaning (changed);
    g_assert_nonnull (strstr (own, "arp"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/color-rules/contrast-of-known-pairs", contrast_of_known_pairs);
  g_test_add_func ("/color-rules/shipped-palette-is-legible", shipped_palette_is_legible);
  g_test_add_func ("/color-rules/colour-is-never-the-only-sign", colour_is_never_the_only_sign);
  g_test_add_func ("/color-rules/rules-of-kinds-look-like-them", rules_of_kinds_look_like_them);
  g_test_add_func ("/color-rules/marks-have-a-meaning", marks_have_a_meaning);
  g_test_add_func ("/color-rules/file-goes-round", file_goes_round);
  g_test_add_func ("/color-rules/damaged-file-is-told", damaged_file_is_told);
  return g_test_run ();
}
