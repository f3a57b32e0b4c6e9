/* Hostile filters: bytes, pieces of expressions and changed expressions, read, written canonically, taken apart,
 * turned round, and run over a small recording where they are filters. Nothing may crash, hang or grow without bound;
 * sanitizers see the rest. The texts follow from a seed: LECTERN_SEED says where they begin, LECTERN_SECONDS how long
 * this goes on. */
#include <stdlib.h>
#include <string.h>

#include "analysis/index-pass.h"
#include "filter/reason.h"

static LecRegistry *registry;
static LecIndex *recording;
static LecFrameReader *reader;
static char **expressions;

static const char *const pieces[] = {
  "tcp",
  "tcp.port",
  "ip.addr",
  "*Port",
  "#DiagnosisTypes",
  "http.host",
  "frame",
  "==",
  "!=",
  "~=",
  "===",
  "<",
  ">=",
  "in",
  "contains",
  "matches",
  "~",
  "and",
  "or",
  "!",
  "not",
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
  "\\",
  "\\\\",
  "..",
  ",",
  "any",
  "all",
  "&",
  "<<",
  "+",
  "-",
  "*",
  "/",
  "%",
  "80",
  "0xffffffffffffffff",
  "-1",
  "1e9",
  "10.0.0.1",
  "::1/64",
  "02:00:00:00:00:01",
  "\"a\\x00b\"",
  "'P'",
  "$[00ff]",
  "[0:4]",
  "[-1:]",
  "#2",
  "len(",
  "max(",
  "${",
  "regex",
  "@\"(a+)+$\"",
  "encoding",
  "caseSensitive",
  "UTF7",
  "port",
  "from",
  "host",
  "errors",
  "404",
  "4xx",
  "/x",
  "10ms",
  "between",
  "\xe2\x80\x9c",
  "\xe2\x80\x93",
  "\xff",
  "\"",
  "'",
  "nothing",
  "true",
  "*Summary",
  "*IsOperation",
  "TCP.TCPDiagnosis",
};

static void
run (const LecFilter *filter)
{
  uint32_t end = lec_index_n_frames (recording) + 1;
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();

  lec_bitmap_reserve (matches, end + 64);
  g_assert_true (lec_filter_run (filter, reader, recording, 1, end, matches, NULL));
  g_free (lec_filter_dup_reason (filter, registry, reader, recording, end, lec_bitmap_count (matches, end), NULL));
}

/* Each of its parts, and its inverse, is a filter. */
static void
take_apart (const char *text)
{
  gboolean alternatives;
  g_autoptr (GArray) parts = lec_filter_dup_parts (text, &alternatives);

  if (parts == NULL)
    g_error ("%s is no expression", text);
  if (parts->len == 0)
    return; /* it lets everything pass */
  g_autofree char *inverse = lec_filter_dup_inverse (text);
  LecFilterProblem problem;
  g_autoptr (LecFilter) filter = lec_filter_new (registry, inverse, &problem);
  if (filter == NULL && strstr (problem.message, "too deeply") == NULL) /* it may be the one bracket too much */
    g_error ("the inverse of %s is no filter: %s", text, inverse);
  lec_filter_problem_clear (&problem);
  for (unsigned i = 0; i < parts->len; i++) {
    const LecFilterPart *part = &g_array_index (parts, LecFilterPart, i);
    g_autofree char *piece = g_strndup (text + part->start, part->length);
    g_autoptr (LecFilter) alone = lec_filter_new (registry, piece, NULL);

    if (alone == NULL)
      g_error ("a part of %s is no filter: %s", text, piece);
  }
}

static void
try_text (const char *text)
{
  LecFilterProblem problem;
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (LecFilter) filter = lec_filter_new (registry, text, &problem);

  g_assert_cmpint (filter == NULL, ==, problem.message != NULL);
  lec_filter_problem_clear (&problem);
  if (filter != NULL) {
    g_autoptr (LecFilter) canonical = lec_filter_new (registry, lec_filter_canonical (filter), NULL);

    if (canonical == NULL)
      g_error ("the canonical text of %s is no filter: %s", text, lec_filter_canonical (filter));
    take_apart (lec_filter_expression (filter));
    run (filter);
  }
  if (g_get_monotonic_time () - start_us > 10 * G_USEC_PER_SEC)
    g_error ("this takes too long: %s", text);
}

static void
append_random (GRand *random, GString *text)
{
  g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  if (g_rand_boolean (random))
    g_string_append_c (text, ' ');
}

/* A known expression with a few of its bytes changed, taken out, or replaced by a piece. */
static char *
dup_changed (GRand *random)
{
  unsigned n = g_strv_length (expressions);
  g_autoptr (GString) text = g_string_new (expressions[g_rand_int_range (random, 0, (gint32) n)]);

  for (int changes = g_rand_int_range (random, 1, 4); changes > 0 && text->len > 0; changes--) {
    gssize at = g_rand_int_range (random, 0, (gint32) text->len);

    if (g_rand_boolean (random))
      g_string_erase (text, at, 1);
    if (g_rand_boolean (random))
      g_string_insert (text, MIN (at, (gssize) text->len), pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
    else if (at < (gssize) text->len)
      text->str[at] = (char) g_rand_int_range (random, 1, 256);
  }
  return g_strdup (text->str);
}

static char *
dup_text (GRand *random)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_rand_boolean (random))
    return dup_changed (random);
  for (int n = g_rand_int_range (random, 1, 16); n > 0; n--)
    append_random (random, text);
  return g_strdup (text->str);
}

/* One piece over and over: depth and length have limits. */
static void
test_repeated (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (unsigned n = 50; n <= 5000; n *= 10) {
      g_autoptr (GString) text = g_string_new (NULL);

      for (unsigned k = 0; k < n; k++)
        g_string_append_printf (text, "%s ", pieces[i]);
      try_text (text->str);
      g_string_append (text, "tcp.port == 80");
      try_text (text->str);
    }
}

static void
test_random (void)
{
  const char *seed = g_getenv ("LECTERN_SEED"), *seconds = g_getenv ("LECTERN_SECONDS");
  gint64 end_us = g_get_monotonic_time () + (seconds != NULL ? atoi (seconds) : 5) * G_USEC_PER_SEC;
  unsigned n_texts = 0;

  for (guint32 n = seed != NULL ? (guint32) strtoul (seed, NULL, 10) : 1; g_get_monotonic_time () < end_us; n++) {
    g_autoptr (GRand) random = g_rand_new_with_seed (n);
    g_autofree char *text = dup_text (random);

    try_text (text);
    n_texts++;
  }
  g_test_message ("%u texts", n_texts);
}

static void
ignore_news (LecIndex *index, void *data)
{
}

int
main (int argc, char **argv)
{
  g_autofree char *list = g_build_filename (g_getenv ("LECTERN_TEST_DATA"), "filters.txt", NULL),
                  *path = g_build_filename (g_getenv ("LECTERN_TEST_DATA"), "analyzer.pcapng", NULL), *text = NULL;

  g_test_init (&argc, &argv, NULL);
  registry = lec_registry_new ();
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  expressions = g_strsplit (text, "\n", -1);
  recording = lec_index_new (lec_trace_open (path, NULL));
  LecIndexPass *pass = lec_index_pass_new (recording, ignore_news, NULL);
  lec_index_pass_run (pass);
  reader = lec_frame_reader_new (recording);
  g_test_add_func ("/fuzz/filters/repeated", test_repeated);
  g_test_add_func ("/fuzz/filters/random", test_random);
  int result = g_test_run ();
  lec_frame_reader_free (reader);
  lec_index_pass_free (pass);
  lec_index_free (recording);
  lec_registry_free (registry);
  g_strfreev (expressions);
  return result;
}
