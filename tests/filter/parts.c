/* Filters taken apart where they join conditions, turned round, and put together again. */
#include <string.h>

#include "recording.h"

static LecRegistry *registry;

/* A text and its parts, each in ‹›, behind the word that joins them; NULL: no expression. */
static const struct {
  const char *text;
  const char *parts;
} divisions[] = {
  { "", "and" },
  { "  ", "and" },
  { "tcp", "and ‹tcp›" },
  { "(tcp)", "and ‹(tcp)›" },
  { "tcp and udp", "and ‹tcp› ‹udp›" },
  { "tcp && (udp || arp) and ip.src == 10.0.0.1", "and ‹tcp› ‹(udp || arp)› ‹ip.src == 10.0.0.1›" },
  { "tcp or udp and arp or dns", "or ‹tcp› ‹udp and arp› ‹dns›" },
  { "((tcp and udp))", "and ‹tcp› ‹udp›" },
  { "(tcp and udp) and arp", "and ‹(tcp and udp)› ‹arp›" },
  { "((tcp)) and !(udp or arp)", "and ‹((tcp))› ‹!(udp or arp)›" },
  { "not tcp and not not udp", "and ‹not tcp› ‹not not udp›" },
  { "http.host == \"a and b\" and tcp", "and ‹http.host == \"a and b\"› ‹tcp›" },
  { "http.host == \"ä (\" or tcp", "or ‹http.host == \"ä (\"› ‹tcp›" },
  { "1 < tcp.port < 9", "and ‹1 < tcp.port < 9›" },
  { "1 < tcp.port < 9 and udp", "and ‹1 < tcp.port < 9› ‹udp›" },
  { "tcp.port not in {80 443} and tcp", "and ‹tcp.port not in {80 443}› ‹tcp›" },
  { "not (tcp or udp)", "and ‹not (tcp or udp)›" },
  { "tcp and", NULL },
  { "port 80", NULL },
};

static char *
dup_written (const char *text)
{
  gboolean alternatives;
  g_autoptr (GArray) parts = lec_filter_dup_parts (text, &alternatives);
  g_autoptr (GString) written = g_string_new (alternatives ? "or" : "and");

  for (unsigned i = 0; parts != NULL && i < parts->len; i++) {
    LecFilterPart part = g_array_index (parts, LecFilterPart, i);

    g_string_append_printf (written, " ‹%.*s›", (int) part.length, text + part.start);
  }
  return parts != NULL ? g_strdup (written->str) : NULL;
}

static void
test_divisions (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (divisions); i++) {
    g_autofree char *written = dup_written (divisions[i].text);

    g_assert_cmpstr (written, ==, divisions[i].parts);
  }
}

/* A text, its inverse, and the inverse of that. */
static const struct {
  const char *text;
  const char *inverse;
  const char *again;
} inversions[] = {
  { "tcp", "!tcp", "tcp" },
  { "tcp.port == 80", "!(tcp.port == 80)", "tcp.port == 80" },
  { "(tcp or udp)", "!(tcp or udp)", "tcp or udp" },
  { "not (tcp and udp)", "tcp and udp", "!(tcp and udp)" },
  { "!((tcp))", "tcp", "!tcp" },
  { "tcp.port not in {80}", "!(tcp.port not in {80})", "tcp.port not in {80}" },
  { "1 < tcp.port < 9", "!(1 < tcp.port < 9)", "1 < tcp.port < 9" },
};

static void
test_inversions (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (inversions); i++) {
    g_autofree char *inverse = lec_filter_dup_inverse (inversions[i].text);
    g_autofree char *again = lec_filter_dup_inverse (inverse);

    g_assert_cmpstr (inverse, ==, inversions[i].inverse);
    g_assert_cmpstr (again, ==, inversions[i].again);
  }
}

static char *
dup_list (const char *const *terms, gboolean alternatives, const char *joint)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (unsigned i = 0; terms[i] != NULL; i++)
    g_ptr_array_add (list, (char *) terms[i]);
  return lec_filter_dup_list (list, alternatives, joint);
}

static void
test_lists (void)
{
  static const char *const terms[] = { "tcp or udp", "(arp or dns)", "http and tls", NULL };
  static const char *const path[] = { "\\HTTP\\\\IPv4", "udp", NULL };
  g_autofree char *all = dup_list (terms, FALSE, NULL), *any = dup_list (terms, TRUE, " || "),
                  *none = dup_list (terms + 3, FALSE, NULL),
                  *one = dup_list ((const char *[]){ "tcp or udp", NULL }, FALSE, NULL),
                  *paths = dup_list (path, TRUE, NULL);
  g_autofree char *joined = lec_filter_dup_join (path[0], "or", path[1]);

  g_assert_cmpstr (all, ==, "(tcp or udp) and (arp or dns) and http and tls");
  g_assert_cmpstr (any, ==, "tcp or udp || (arp or dns) || http and tls");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (one, ==, "tcp or udp");
  /* In a path, "or udp" would be a further layer. */
  g_assert_cmpstr (paths, ==, "(\\HTTP\\\\IPv4) or udp");
  g_assert_cmpstr (joined, ==, paths);
}

static char *
dup_frames (LecIndex *index, const char *text)
{
  g_autoptr (LecFilter) filter = lec_filter_new (registry, text, NULL);

  if (filter == NULL)
    g_error ("no filter: %s", text);
  return lec_test_frames (index, filter);
}

static unsigned
count_frames (const char *frames)
{
  g_auto (GStrv) numbers = g_strsplit (frames, " ", -1);

  return *frames != '\0' ? g_strv_length (numbers) : 0;
}

/* The expression that EXPRESSION's parts make when they are joined again. */
static char *
dup_rejoined (const char *expression)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean alternatives;
  g_autoptr (GArray) parts = lec_filter_dup_parts (expression, &alternatives);

  g_assert_nonnull (parts);
  for (unsigned i = 0; i < parts->len; i++) {
    LecFilterPart part = g_array_index (parts, LecFilterPart, i);

    g_ptr_array_add (texts, g_strndup (expression + part.start, part.length));
  }
  return lec_filter_dup_list (texts, alternatives, NULL);
}

/* Whatever is written: its parts say the same together, and its inverse passes the others. */
static void
check_expression (LecIndex *index, const char *text)
{
  g_autoptr (LecFilter) filter = lec_filter_new (registry, text, NULL);
  const char *expression = lec_filter_expression (filter);
  g_autofree char *rejoined = dup_rejoined (expression), *inverse = lec_filter_dup_inverse (expression),
                  *again = lec_filter_dup_inverse (inverse);
  g_autofree char *frames = lec_test_frames (index, filter), *frames_rejoined = dup_frames (index, rejoined),
                  *frames_again = dup_frames (index, again), *others = dup_frames (index, inverse);

  g_test_message ("%s | %s | %s | %s", text, rejoined, inverse, again);
  g_assert_cmpstr (frames_rejoined, ==, frames);
  g_assert_cmpstr (frames_again, ==, frames);
  g_assert_cmpuint (count_frames (frames) + count_frames (others), ==, lec_index_n_frames (index));
}

static void
test_same_frames (void)
{
  g_autofree char *path = lec_test_recording ("analyzer.pcapng");
  g_autoptr (LecIndex) index = lec_test_index (path);
  g_auto (GStrv) lines = lec_test_lines ("filters.txt"), examples = lec_test_lines ("analyzer-filters.txt"),
                 phrases = lec_test_lines ("free-form.txt");

  for (char **line = lines; *line != NULL; line++) {
    const char *ours = strstr (*line, " => ");

    check_expression (index, ours != NULL ? ours + 4 : *line);
  }
  for (char **line = examples; *line != NULL; line++) {
    g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);

    check_expression (index, cells[1]);
  }
  for (char **line = phrases; *line != NULL; line++) {
    g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);

    check_expression (index, cells[0]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  registry = lec_registry_new ();
  g_test_add_func ("/filter/parts/divisions", test_divisions);
  g_test_add_func ("/filter/parts/inversions", test_inversions);
  g_test_add_func ("/filter/parts/lists", test_lists);
  g_test_add_func ("/filter/parts/same-frames", test_same_frames);
  int status = g_test_run ();
  lec_registry_free (registry);
  return status;
}
