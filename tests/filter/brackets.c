#include "filter/brackets.h"

/* A text with the cursor at "|", and which characters are shown to belong together: the mark and its partner, or "-".
 */
static const struct {
  const char *text;
  unsigned mark;
  unsigned partner;
} cases[] = {
  { "(tcp or udp)|", 11, 0 },
  { "|(tcp or udp)", 0, 11 },
  { "((a) or (b))|", 11, 0 },
  { "((a)| or (b))", 3, 1 },
  { "tcp.port in {80 443}|", 19, 12 },
  { "eth[0:2|]", 7, 3 },
  { "(a or b|", G_MAXUINT, 0 },
  { "(|a or b", 0, G_MAXUINT },
  { "a)|", 1, G_MAXUINT },
  { "(a]|", 2, G_MAXUINT },
  { "(\"|)\")", 1, 3 },
  { "(\" )|\")", G_MAXUINT, 0 },
  { "(\")\")|", 4, 0 },
  { "(|\")\")", 0, 4 },
  { "a == \"x\\\"y\"|", 10, 5 },
  { "a == \"x|", G_MAXUINT, 0 },
  { "a == \"|x", 5, G_MAXUINT },
  { "f(\"x|", G_MAXUINT, 0 },
  { "tcp|", G_MAXUINT, 0 },
  { "|", G_MAXUINT, 0 },
};

static void
test_partners (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (GStrv) sides = g_strsplit (cases[i].text, "|", 2);
    g_autofree char *text = g_strconcat (sides[0], sides[1], NULL);
    unsigned mark, partner;

    g_test_message ("%s", cases[i].text);
    if (!lec_brackets_find (text, (unsigned) strlen (sides[0]), &mark, &partner)) {
      g_assert_cmpuint (cases[i].mark, ==, G_MAXUINT);
      continue;
    }
    g_assert_cmpuint (mark, ==, cases[i].mark);
    g_assert_cmpuint (partner, ==, cases[i].partner);
  }
}

/* More open brackets than a filter may have. */
static void
test_many (void)
{
  g_autofree char *open = g_strnfill (5000, '(');
  unsigned mark, partner;

  g_assert_true (lec_brackets_find (open, 4999, &mark, &partner));
  g_assert_cmpuint (partner, ==, G_MAXUINT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/brackets/partners", test_partners);
  g_test_add_func ("/filter/brackets/many", test_many);
  return g_test_run ();
}
