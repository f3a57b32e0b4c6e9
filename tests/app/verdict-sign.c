/* Every kind of verdict and of problem can be told by its sign alone, without colour and without words. */
#include "app/verdict-sign.h"

#include <string.h>

static char *
dup_drawing (const char *sign)
{
  g_autofree char *name = g_strconcat (sign, ".svg", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("LECTERN_ICONS"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *drawing = NULL;

  g_file_get_contents (path, &drawing, NULL, &error);
  g_assert_no_error (error);
  return drawing;
}

static void
every_kind_has_its_own (void)
{
  g_autoptr (GHashTable) drawings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (unsigned kind = 0; kind < LEC_N_PROBLEMS; kind++) {
    g_test_message ("%s: %s", lec_problem_name (kind), lec_problem_sign (kind));
    g_assert_true (g_hash_table_add (drawings, dup_drawing (lec_problem_sign (kind))));
  }
}

/* A program that is not installed has its icons in itself. */
static void
every_sign_is_in_the_program (void)
{
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (g_getenv ("LECTERN_RESOURCES"), &list, NULL, &error);
  g_assert_no_error (error);
  for (unsigned kind = 0; kind < LEC_N_PROBLEMS; kind++) {
    g_autofree char *name = g_strdup_printf ("/%s.svg\"", lec_problem_sign (kind));

    g_assert_nonnull (strstr (list, name));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict-sign/every-kind-has-its-own", every_kind_has_its_own);
  g_test_add_func ("/verdict-sign/every-sign-is-in-the-program", every_sign_is_in_the_program);
  return g_test_run ();
}
