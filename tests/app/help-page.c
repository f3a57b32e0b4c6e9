/* The help's chapters: what they say of filters is tried. */
#include <string.h>

#include "analysis/index-pass.h"
#include "app/help-page.h"
#include "filter/recording.h"

static LecHelpPage *
read_page (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_HELP"), name, NULL), *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  return lec_help_page_new (text);
}

static void
texts_become_blocks (void)
{
  g_autoptr (LecHelpPage) page = lec_help_page_new (
      "# A title\n\n## One\n\nSome `a < b` words.\n\n"
      "| `x || y` | either |\n| `x` | `y` | the same |\n| `x` | `z` and more |\n| no expression |\n");
  static const struct {
    LecHelpKind kind;
    const char *text, *expression, *same;
  } expected[] = {
    { LEC_HELP_SECTION, "One", NULL, NULL },         { LEC_HELP_PARAGRAPH, "Some `a < b` words.", NULL, NULL },
    { LEC_HELP_EXAMPLE, "either", "x || y", NULL },  { LEC_HELP_EXAMPLE, "the same", "x", "y" },
    { LEC_HELP_EXAMPLE, "`z` and more", "x", NULL }, { LEC_HELP_PARAGRAPH, "| no expression |", NULL, NULL },
  };

  g_assert_cmpstr (page->title, ==, "A title");
  g_assert_cmpuint (page->blocks->len, ==, G_N_ELEMENTS (expected));
  for (unsigned i = 0; i < page->blocks->len; i++) {
    const LecHelpBlock *block = page->blocks->pdata[i];

    g_assert_cmpint (block->kind, ==, expected[i].kind);
    g_assert_cmpstr (block->text, ==, expected[i].text);
    g_assert_cmpstr (block->expression, ==, expected[i].expression);
    g_assert_cmpstr (block->same_expression, ==, expected[i].same);
  }
  g_autofree char *markup = lec_help_block_dup_markup (page->blocks->pdata[1]);
  g_assert_cmpstr (markup, ==, "Some <tt>a &lt; b</tt> words.");
}

/* The recordings that examples are tried on, each with the frame of TCP that is "selected". */
static const struct {
  const char *name;
  uint32_t selected;
} samples[] = {
  { "landing-page.pcapng", 18 },       { "redirect.pcap", 10 },        { "lost-segment.pcapng", 10 },
  { "closed-port-silent.pcapng", 14 }, { "windows-logon.pcapng", 10 },
};

/* What EXPRESSION finds in INDEX; a filter that is understood, or the test fails. */
static char *
dup_frames (const LecRegistry *registry, LecIndex *index, uint32_t selected, const char *expression)
{
  LecFilterProblem problem = { 0 };
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autoptr (LecFilter) filter = lec_filter_new_at (registry, expression, reader, selected, &problem);

  if (filter == NULL)
    g_test_message ("%s: %s", expression, problem.message);
  g_assert_nonnull (filter);
  g_assert_false (lec_filter_is_impossible (filter));
  return lec_test_frames (index, filter);
}

/* Every example finds something in one of the samples, and two in a row find the same. */
static void
examples_do_as_they_are_said_to (void)
{
  g_autoptr (LecHelpPage) page = read_page ("filter-language.txt");
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  unsigned n_examples = 0;

  for (unsigned s = 0; s < G_N_ELEMENTS (samples); s++) {
    g_autofree char *path = lec_test_recording (samples[s].name);
    g_autoptr (LecIndex) index = lec_test_index (path);

    for (unsigned i = 0; i < page->blocks->len; i++) {
      LecHelpBlock *block = page->blocks->pdata[i];

      if (block->kind != LEC_HELP_EXAMPLE)
        continue;
      g_autofree char *frames = dup_frames (registry, index, samples[s].selected, block->expression);
      g_test_message ("%s: %s: %s", samples[s].name, block->expression, frames);
      if (*frames != '\0')
        g_hash_table_add (found, block);
      if (block->same_expression == NULL)
        continue;
      g_autofree char *same = dup_frames (registry, index, samples[s].selected, block->same_expression);
      g_test_message ("%s: %s: %s", samples[s].name, block->same_expression, same);
      g_assert_cmpstr (frames, ==, same);
    }
  }
  for (unsigned i = 0; i < page->blocks->len; i++) {
    LecHelpBlock *block = page->blocks->pdata[i];

    if (block->kind != LEC_HELP_EXAMPLE)
      continue;
    g_test_message ("%s", block->expression);
    g_assert_true (g_hash_table_contains (found, block));
    n_examples++;
  }
  g_assert_cmpuint (n_examples, >, 80);
}

/* A translation has the same sections, paragraphs and examples in the same order. */
static void
translations_are_alike (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (g_getenv ("LECTERN_LANGUAGES"), &text, NULL, NULL));
  g_auto (GStrv) languages = g_strsplit (g_strstrip (text), "\n", -1);
  for (char **language = languages; *language != NULL; language++) {
    g_autofree char *name = g_strdup_printf ("filter-language.%s.txt", *language);
    g_autoptr (LecHelpPage) page = read_page ("filter-language.txt"), translated = read_page (name);

    for (unsigned i = 0; i < MIN (page->blocks->len, translated->blocks->len); i++) {
      const LecHelpBlock *one = page->blocks->pdata[i], *other = translated->blocks->pdata[i];

      g_test_message ("%s: %s", one->text, other->text);
      g_assert_cmpint (one->kind, ==, other->kind);
      g_assert_cmpstr (one->expression, ==, other->expression);
      g_assert_cmpstr (one->same_expression, ==, other->same_expression);
    }
    g_assert_cmpuint (page->blocks->len, ==, translated->blocks->len);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/help-page/texts-become-blocks", texts_become_blocks);
  g_test_add_func ("/help-page/examples-do-as-they-are-said-to", examples_do_as_they_are_said_to);
  g_test_add_func ("/help-page/translations-are-alike", translations_are_alike);
  return g_test_run ();
}
