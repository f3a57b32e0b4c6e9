/* Each expression of tests/data/filters.txt passes the very frames that tshark's display filter passes, for every
 * expression and capture but those of tests/data/filter-exceptions.txt.
 *
 * Left out are frames in which tshark sees a protocol below the application that Lectern does not read.
 *
 * One run of tshark a capture answers for all expressions: a script gives it one listener an expression, and each
 * listener tells the numbers of its frames. A spread of the captures is tried by default; LECTERN_ALL_CAPTURES=1 tries
 * all, LECTERN_CAPTURE=NAME one. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter/carried.h"
#include "recording.h"

/* By default every how-manieth capture of a folder, of those that are not large. */
#define LAB_STEP      20
#define CORPUS_STEP   16
#define LARGEST_BYTES 150000

/* What all cases share: made once in main(). */
static LecRegistry *registry;
static char **theirs, **ours; /* the same expression in both languages */
static GPtrArray *exceptions; /* of char **: a pattern for captures, one for expressions, the reason */
static char *script;          /* for tshark */

static gboolean
is_excepted (const char *capture, const char *expression)
{
  for (unsigned i = 0; i < exceptions->len; i++) {
    char **exception = exceptions->pdata[i];

    if (g_pattern_match_simple (exception[0], capture) && g_pattern_match_simple (exception[1], expression))
      return TRUE;
  }
  return FALSE;
}

static LecBitmap *
find_ours (LecIndex *index, const char *expression)
{
  uint32_t end = lec_index_n_frames (index) + 1;
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  LecBitmap *matches = lec_bitmap_new ();
  LecFilterProblem problem;
  g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, &problem);

  if (filter == NULL)
    g_error ("%s: at %u: %s", expression, problem.position, problem.message);
  lec_bitmap_reserve (matches, end + 64);
  g_assert_true (lec_filter_run (filter, reader, index, 1, end, matches, NULL));
  return matches;
}

/* A message put together from segments is told where it begins, as here, when tshark does not put it together. */
static GSubprocess *
ask_tshark (const char *path)
{
  return g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "tshark", "-n",
                           "-q", "-o", "tcp.desegment_tcp_streams:FALSE", "-X", script, "-r", path, NULL);
}

/* "@3 15 16 20": the frames of the third expression; "@3 refused": tshark does not take it. */
static LecBitmap *
read_theirs (const char *answer, uint32_t end)
{
  LecBitmap *frames = lec_bitmap_new ();
  char *at = (char *) answer;

  lec_bitmap_reserve (frames, end + 64);
  for (uint64_t frame; *at == ' ' && (frame = g_ascii_strtoull (at, &at, 10)) != 0;)
    if (frame < end)
      lec_bitmap_set (frames, (uint32_t) frame, TRUE);
  return frames;
}

/* Whether PROTOCOLS ("eth:ethertype:mpls:ip:tcp:http") are all known, but for what HTTP and TLS carry. */
static gboolean
is_readable (const char *protocols)
{
  static const char *const parts[] = { "ethertype",    "data",         "ipv6.hopopts",
                                       "ipv6.dstopts", "ipv6.routing", "ipv6.fraghdr" };
  g_auto (GStrv) names = g_strsplit (protocols, ":", -1);

  for (char **name = names; *name != NULL; name++) {
    const LecName *known = lec_registry_find (registry, *name);
    gboolean part = known != NULL && known->fields[0]->type == LEC_TYPE_PROTOCOL;

    for (unsigned i = 0; i < G_N_ELEMENTS (parts); i++)
      part |= g_str_equal (*name, parts[i]);
    if (!part)
      return FALSE;
    if (g_str_equal (*name, "http") || g_str_equal (*name, "tls"))
      return TRUE;
  }
  return TRUE;
}

/* Whether FRAME only goes on with a message: of those Lectern says what the message says, and tshark says nothing. */
static gboolean
is_inside_message (const LecIndex *index, uint32_t frame, const char *expression)
{
  return strstr (expression, "http") != NULL && lec_carried_from (index, frame) != 0;
}

/* "#15 eth:ethertype:ip:tcp": which frames are compared. */
static LecBitmap *
find_readable (char **lines, uint32_t end)
{
  LecBitmap *frames = lec_bitmap_new ();

  lec_bitmap_reserve (frames, end + 64);
  for (char **line = lines; *line != NULL; line++) {
    char *protocols;
    uint64_t frame = **line == '#' ? g_ascii_strtoull (*line + 1, &protocols, 10) : 0;

    if (frame > 0 && frame < end && is_readable (protocols + 1))
      lec_bitmap_set (frames, (uint32_t) frame, TRUE);
  }
  return frames;
}

static void
compare (LecIndex *index, const char *capture, unsigned place, const char *answer, const LecBitmap *readable)
{
  uint32_t end = lec_index_n_frames (index) + 1, n_missing = 0, n_extra = 0, first = 0;
  g_autoptr (LecBitmap) wanted = read_theirs (answer, end), found = find_ours (index, ours[place]);

  for (uint32_t frame = 1; frame < end; frame++) {
    gboolean their = lec_bitmap_get (wanted, frame), our = lec_bitmap_get (found, frame);

    if (!lec_bitmap_get (readable, frame) || is_inside_message (index, frame, ours[place]))
      continue;
    n_missing += their && !our;
    n_extra += our && !their;
    if (their != our && first == 0)
      first = frame;
  }
  if (first == 0)
    return;
  g_test_message ("%s: %s: %u frames are missing, %u too many; the first is %u", capture, ours[place], n_missing,
                  n_extra, first);
  g_test_fail ();
}

static void
test_capture (gconstpointer data)
{
  const char *path = data;
  g_autofree char *capture = g_path_get_basename (path), *output = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (LecTrace) trace = lec_trace_open (path, NULL);

  if (trace == NULL) {
    g_test_skip ("not a format that is read");
    return;
  }
  process = ask_tshark (path);
  g_autoptr (LecIndex) index = lec_test_index (path);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
  if (!g_subprocess_get_successful (process)) {
    g_test_skip ("tshark does not read it");
    return;
  }
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  g_autoptr (LecBitmap) readable = find_readable (lines, lec_index_n_frames (index) + 1);
  unsigned n_answers = 0;
  for (char **line = lines; *line != NULL; line++) {
    char *answer;
    unsigned place;

    if (**line != '@')
      continue;
    place = (unsigned) strtoul (*line + 1, &answer, 10) - 1;
    n_answers++;
    if (is_excepted (capture, ours[place]))
      continue;
    if (g_str_equal (answer, " refused"))
      g_error ("tshark does not take %s", theirs[place]);
    compare (index, capture, place, answer, readable);
  }
  g_assert_cmpuint (n_answers, ==, g_strv_length (theirs));
}

static void
read_expressions (void)
{
  g_auto (GStrv) lines = lec_test_lines ("filters.txt"), excepted = lec_test_lines ("filter-exceptions.txt");
  unsigned n = g_strv_length (lines);

  theirs = g_new0 (char *, n + 1);
  ours = g_new0 (char *, n + 1);
  for (unsigned i = 0; i < n; i++) {
    g_auto (GStrv) sides = g_strsplit (lines[i], " => ", 2);

    theirs[i] = g_strdup (sides[0]);
    ours[i] = g_strdup (sides[1] != NULL ? sides[1] : sides[0]);
  }
  exceptions = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (char **line = excepted; *line != NULL; line++) {
    g_ptr_array_add (exceptions, g_strsplit (*line, "\t", 3));
    g_assert_cmpuint (g_strv_length (exceptions->pdata[exceptions->len - 1]), ==, 3);
  }
}

/* The script, as tshark's option; the file is deleted in main(). */
static char *
write_script (char **path)
{
  g_autoptr (GString) text = g_string_new ("local expressions = {\n");
  int file = g_file_open_tmp ("lectern-XXXXXX.lua", path, NULL);

  g_assert_cmpint (file, >=, 0);
  for (char **expression = theirs; *expression != NULL; expression++)
    g_string_append_printf (text, "[==[%s]==],\n", *expression);
  g_string_append (text, "}\n"
                         "local protocols = Field.new('frame.protocols')\n"
                         "local frames = Listener.new('frame')\n"
                         "function frames.packet(p) print('#' .. p.number .. ' ' .. tostring(protocols())) end\n"
                         "for place, expression in ipairs(expressions) do\n"
                         "  local frames = {}\n"
                         "  local taken, listener = pcall(Listener.new, 'frame', expression)\n"
                         "  if taken then\n"
                         "    function listener.packet(p) frames[#frames + 1] = p.number end\n"
                         "    function listener.draw() print('@' .. place .. ' ' .. table.concat(frames, ' ')) end\n"
                         "  else\n"
                         "    print('@' .. place .. ' refused')\n"
                         "  end\n"
                         "end\n");
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (*path, text->str, (gssize) text->len, NULL));
  return g_strconcat ("lua_script:", *path, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
add_captures (const char *folder, unsigned step)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_CAPTURES"), folder, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean all = g_getenv ("LECTERN_ALL_CAPTURES") != NULL;
  const char *only = g_getenv ("LECTERN_CAPTURE"), *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (strstr (name, "README") == NULL && !g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".txt"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (unsigned i = 0, turn = 0; i < names->len; i++) {
    g_autofree char *capture = g_build_filename (path, names->pdata[i], NULL),
                    *test = g_strdup_printf ("/filter/tshark/%s/%s", folder, (char *) names->pdata[i]);
    GStatBuf status;

    if (only != NULL ? strcmp (only, names->pdata[i]) != 0
                     : !all && (g_stat (capture, &status) != 0 || status.st_size > LARGEST_BYTES || turn++ % step != 0))
      continue;
    g_test_add_data_func_full (test, g_steal_pointer (&capture), test_capture, g_free);
  }
}

static void
test_without_captures (void)
{
  g_test_skip ("tshark with its scripts, or the captures, are not here");
}

int
main (int argc, char **argv)
{
  g_autofree char *program = g_find_program_in_path ("tshark"), *script_path = NULL;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  registry = lec_registry_new ();
  read_expressions ();
  script = write_script (&script_path);
  if (program != NULL) {
    add_captures ("lab", LAB_STEP);
    add_captures ("corpus", CORPUS_STEP);
  }
  g_test_add_func ("/filter/tshark/needs", test_without_captures);
  int result = g_test_run ();
  g_unlink (script_path);
  g_free (script);
  g_strfreev (theirs);
  g_strfreev (ours);
  g_ptr_array_unref (exceptions);
  lec_registry_free (registry);
  return result;
}
