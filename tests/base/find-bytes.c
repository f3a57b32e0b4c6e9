/* Bytes looked for among others: the quick search finds what comparing at every place finds. */
#include "base/find-bytes.h"

#include <string.h>

enum { MOST_BYTES = 200, ROUNDS = 20000 };

static gboolean
stands (const uint8_t *at, const LecNeedle *needle)
{
  for (uint32_t i = 0; i < needle->length; i++)
    if (at[i] != needle->bytes[i] && at[i] != needle->others[i])
      return FALSE;
  return TRUE;
}

static const uint8_t *
find_slowly (const uint8_t *data, size_t length, const LecNeedle *needle)
{
  for (size_t i = 0; i + needle->length <= length; i++)
    if (stands (data + i, needle))
      return data + i;
  return NULL;
}

/* Of few different bytes, so that much fits in part. The data ends where its block of memory does. */
static void
fill (uint8_t *bytes, size_t length)
{
  static const uint8_t some[] = { 0, 'a', 'A', 'b', 0xe4, 0xc4 };

  for (size_t i = 0; i < length; i++)
    bytes[i] = some[g_test_rand_int_range (0, (int) sizeof some)];
}

static void
test_random (void)
{
  for (unsigned round = 0; round < ROUNDS; round++) {
    size_t length = (size_t) g_test_rand_int_range (0, MOST_BYTES);
    uint32_t n = (uint32_t) g_test_rand_int_range (1, 6);
    g_autofree uint8_t *data = g_malloc (length + 1), *bytes = g_malloc (n), *others = g_malloc (n);
    const LecNeedle needle = { bytes, g_test_rand_bit () ? others : bytes, n };

    fill (data + 1, length);
    fill (bytes, n);
    fill (others, n);
    g_assert_true (lec_find_needle (data + 1, length, &needle) == find_slowly (data + 1, length, &needle));
  }
}

static gboolean
finds (const char *text, const char *sought, gboolean fold_case)
{
  return lec_find_bytes ((const uint8_t *) text, strlen (text), (const uint8_t *) sought, (uint32_t) strlen (sought),
                         fold_case) != NULL;
}

static void
test_case (void)
{
  g_assert_true (finds ("a long line in which a Trident stands", "Trident", FALSE));
  g_assert_false (finds ("a long line in which a Trident stands", "trident", FALSE));
  g_assert_true (finds ("a long line in which a Trident stands", "TRIDENT", TRUE));
  g_assert_true (finds ("x", "X", TRUE));
  /* Only letters have a case: [ and { differ by that bit as well. */
  g_assert_false (finds ("[1]", "{1}", TRUE));
  g_assert_false (finds ("short", "shorter", TRUE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find-bytes/random", test_random);
  g_test_add_func ("/find-bytes/case", test_case);
  return g_test_run ();
}
