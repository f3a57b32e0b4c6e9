#include "analysis/tcp-side.h"

static LecSequenceRange
range (uint32_t from, uint32_t to)
{
  return (LecSequenceRange){ from, to };
}

/* Holes shrink, split and close as bytes come, also where sequence numbers wrap. */
static void
test_holes (void)
{
  static const uint32_t origins[] = { 1000, 0xfffffff0 };

  for (unsigned i = 0; i < G_N_ELEMENTS (origins); i++) {
    uint32_t origin = origins[i];
    LecTcpSide side = { 0 };
    LecHole *hole;

    g_assert_false (lec_tcp_side_find_hole (&side, range (origin, origin + 100), &hole));
    lec_tcp_side_open_hole (&side, &(LecHole){ .range = range (origin, origin + 100), .opener = 7 });
    lec_tcp_side_open_hole (&side, &(LecHole){ .range = range (origin + 200, origin + 300), .opener = 9 });
    g_assert_false (lec_tcp_side_find_hole (&side, range (origin + 100, origin + 200), &hole));
    g_assert_true (lec_tcp_side_find_hole (&side, range (origin + 150, origin + 201), &hole));
    g_assert_cmpuint (hole->opener, ==, 9);

    lec_tcp_side_fill (&side, range (origin + 40, origin + 60));
    g_assert_cmpuint (side.trouble->holes->len, ==, 3);
    g_assert_false (lec_tcp_side_find_hole (&side, range (origin + 40, origin + 60), &hole));
    g_assert_true (lec_tcp_side_find_hole (&side, range (origin + 59, origin + 61), &hole));
    g_assert_cmpuint (hole->opener, ==, 7);
    lec_tcp_side_fill (&side, range (origin + 50, origin + 250));
    g_assert_cmpuint (side.trouble->holes->len, ==, 2);
    g_assert_true (lec_tcp_side_find_hole (&side, range (origin + 200, origin + 300), &hole));
    g_assert_cmpuint (hole->range.from, ==, origin + 250);
    lec_tcp_side_fill (&side, range (origin, origin + 300));
    g_assert_cmpuint (side.trouble->holes->len, ==, 0);
    lec_tcp_side_clear (&side);
  }
}

static void
test_sacked (void)
{
  LecTcpSide side = { 0 };

  g_assert_false (lec_tcp_side_is_sacked (&side, range (0, 1)));
  lec_tcp_side_sack (&side, range (3000, 4000));
  lec_tcp_side_sack (&side, range (1000, 2000));
  g_assert_true (lec_tcp_side_is_sacked (&side, range (1000, 2000)));
  g_assert_false (lec_tcp_side_is_sacked (&side, range (1500, 3500)));
  g_assert_true (lec_tcp_side_has_sacked_above (&side, 3999));
  g_assert_false (lec_tcp_side_has_sacked_above (&side, 4000));
  lec_tcp_side_sack (&side, range (2000, 3000)); /* joins all three */
  g_assert_cmpuint (side.trouble->sacked->len, ==, 1);
  g_assert_true (lec_tcp_side_is_sacked (&side, range (1500, 3500)));
  side.acknowledged = 4000;
  lec_tcp_side_forget_sacked (&side);
  g_assert_cmpuint (side.trouble->sacked->len, ==, 0);
  lec_tcp_side_clear (&side);
}

/* Identifications of a sender that counts tell the order; those of one that draws them, or sends none, do not. */
static void
test_identifications (void)
{
  LecTcpSide counting = { 0 }, drawing = { 0 }, none = { 0 };
  uint32_t random = 12345;

  for (unsigned i = 0; i < 50; i++) {
    lec_tcp_side_note_identification (&counting, (uint16_t) (65500 + i * 3));
    if (i % 10 == 9) /* one that was overtaken */
      lec_tcp_side_note_identification (&counting, (uint16_t) (65500 + i * 3 - 6));
    random = random * 1664525 + 1013904223;
    lec_tcp_side_note_identification (&drawing, (uint16_t) (random >> 16));
    lec_tcp_side_note_identification (&none, 0);
  }
  g_assert_true (lec_tcp_side_ids_count (&counting));
  g_assert_false (lec_tcp_side_ids_count (&drawing));
  g_assert_false (lec_tcp_side_ids_count (&none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp-side/holes", test_holes);
  g_test_add_func ("/tcp-side/sacked", test_sacked);
  g_test_add_func ("/tcp-side/identifications", test_identifications);
  return g_test_run ();
}
