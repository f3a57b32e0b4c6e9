/* Back and forward through the filters that were applied. */
#include "app/filter-trail.h"

static LecFilterTiers *
new_tiers (const char *text)
{
  LecFilterTiers *tiers = lec_filter_tiers_new ();

  lec_filter_tiers_write (tiers, text, text);
  return tiers;
}

/* What a window does: the list stands at FRAME, and then another filter is applied. */
static void
go_on (LecFilterTrail *trail, uint32_t frame, const char *text)
{
  g_autoptr (LecFilterTiers) tiers = new_tiers (text);
  LecListPlace place = { .selected.frame = frame, .has_selected = TRUE, .offset = frame / 2.0 };

  lec_filter_trail_leave (trail, &place);
  lec_filter_trail_visit (trail, tiers);
}

/* What is a step away: its text and the frame that was selected; TEXT NULL: nothing is. */
static void
assert_peek (const LecFilterTrail *trail, int step, const char *text, uint32_t frame)
{
  LecListPlace place = { 0 };
  const LecFilterTiers *tiers = lec_filter_trail_peek (trail, step, &place);

  g_assert_cmpstr (tiers ? lec_filter_tiers_text (tiers) : NULL, ==, text);
  g_assert_cmpuint (place.selected.frame, ==, frame);
  g_assert_true (place.offset == frame / 2.0);
}

static void
test_there_and_back (void)
{
  g_autoptr (LecFilterTrail) trail = lec_filter_trail_new ();

  assert_peek (trail, -1, NULL, 0);
  assert_peek (trail, +1, NULL, 0);
  go_on (trail, 5, "tcp");
  go_on (trail, 7, "tcp and http");
  assert_peek (trail, -1, "tcp", 7);
  assert_peek (trail, -2, "", 5);
  assert_peek (trail, -3, NULL, 0);
  lec_filter_trail_leave (trail, &(LecListPlace){ .selected.frame = 9, .offset = 4.5 });
  lec_filter_trail_move (trail, -1);
  assert_peek (trail, +1, "tcp and http", 9);
  lec_filter_trail_move (trail, -1);
  lec_filter_trail_move (trail, -1); /* there is nothing */
  assert_peek (trail, 0, "", 5);
  assert_peek (trail, +1, "tcp", 7);
  lec_filter_trail_move (trail, +1);
  assert_peek (trail, 0, "tcp", 7);
}

static void
test_another_way (void)
{
  g_autoptr (LecFilterTrail) trail = lec_filter_trail_new ();

  go_on (trail, 1, "tcp");
  go_on (trail, 2, "udp");
  lec_filter_trail_move (trail, -1);
  go_on (trail, 3, "tcp"); /* it is that already */
  assert_peek (trail, +1, "udp", 0);
  go_on (trail, 4, "arp");
  assert_peek (trail, +1, NULL, 0);
  assert_peek (trail, -1, "tcp", 4);
  assert_peek (trail, -2, "", 1);
}

/* A part that is off is another state, though the entry may read the same. */
static void
test_whole_states (void)
{
  g_autoptr (LecFilterTrail) trail = lec_filter_trail_new ();
  g_autoptr (LecFilterTiers) tiers = new_tiers ("tcp and http");

  lec_filter_trail_visit (trail, tiers);
  lec_filter_tiers_switch (tiers, 1, FALSE);
  lec_filter_trail_visit (trail, tiers);
  lec_filter_tiers_remove (tiers, 1);
  lec_filter_trail_visit (trail, tiers);
  lec_filter_tiers_narrow (tiers);
  lec_filter_trail_visit (trail, tiers);
  g_assert_cmpuint (lec_filter_tiers_n_kept (lec_filter_trail_peek (trail, 0, NULL)), ==, 1);
  g_assert_cmpuint (lec_filter_tiers_n_pieces (lec_filter_trail_peek (trail, -1, NULL)), ==, 1);
  g_assert_cmpuint (lec_filter_tiers_n_pieces (lec_filter_trail_peek (trail, -2, NULL)), ==, 2);
  g_assert_false (lec_filter_tiers_piece (lec_filter_trail_peek (trail, -2, NULL), 1).on);
  g_assert_true (lec_filter_tiers_piece (lec_filter_trail_peek (trail, -3, NULL), 1).on);
}

/* The oldest are forgotten, and the way back still ends at a filter that was. */
static void
test_a_long_way (void)
{
  g_autoptr (LecFilterTrail) trail = lec_filter_trail_new ();
  unsigned n_back = 0;

  for (unsigned i = 1; i <= 1000; i++) {
    g_autofree char *text = g_strdup_printf ("frame.number == %u", i);

    go_on (trail, i, text);
  }
  for (; lec_filter_trail_peek (trail, -1, NULL); n_back++)
    lec_filter_trail_move (trail, -1);
  g_assert_cmpuint (n_back, >, 100);
  g_assert_cmpuint (n_back, <, 1000);
  assert_peek (trail, (int) n_back - 1, "frame.number == 999", 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/filter-trail/there-and-back", test_there_and_back);
  g_test_add_func ("/app/filter-trail/another-way", test_another_way);
  g_test_add_func ("/app/filter-trail/whole-states", test_whole_states);
  g_test_add_func ("/app/filter-trail/a-long-way", test_a_long_way);
  return g_test_run ();
}
