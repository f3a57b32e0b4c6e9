#include "base/column.h"

/* Elements stay where they are while the column grows: readers hold pointers into it. */
static void
test_elements_never_move (void)
{
  LecColumn column;

  lec_column_init (&column, sizeof (uint64_t));
  lec_column_reserve (&column, 1);
  uint64_t *first = lec_column_at (&column, 0);
  *first = 42;
  lec_column_reserve (&column, 3 * LEC_COLUMN_CHUNK_ROWS);
  g_assert_true (lec_column_at (&column, 0) == first);
  g_assert_cmpuint (*first, ==, 42);
  g_assert_cmpuint (LEC_COLUMN (&column, uint64_t, 3 * LEC_COLUMN_CHUNK_ROWS - 1), ==, 0);
  lec_column_clear (&column);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column/elements-never-move", test_elements_never_move);
  return g_test_run ();
}
