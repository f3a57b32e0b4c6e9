#include "analysis/flight.h"

#include "base/limits.h"

/* What frame sends, with a timestamp (0 = none). */
static void
send_range (LecFlight *flight, uint32_t frame, uint32_t from, uint32_t to, uint32_t timestamp)
{
  lec_flight_add (
      flight,
      &(LecFlying){ .range = { from, to }, .frame = frame, .timestamp = timestamp, .has_timestamp = timestamp != 0 });
}

static void
expect (LecFlight *flight, const LecTcpSide *sender, uint32_t number, uint32_t echo, LecFlightAnswer expected)
{
  LecFlightAnswer found = lec_flight_acknowledge (flight, number, sender, echo ? &echo : NULL);

  g_assert_cmpuint (found.acks_frame, ==, expected.acks_frame);
  g_assert_cmpuint (found.timed_frame, ==, expected.timed_frame);
  g_assert_cmpint (found.ambiguous, ==, expected.ambiguous);
  g_assert_cmpint (found.outdated, ==, expected.outdated);
}

/* One acknowledgment of two segments is timed from the second; one in the middle of a segment belongs to that one. */
static void
test_in_order (void)
{
  LecFlight flight = { 0 };
  LecTcpSide sender = { 0 };

  send_range (&flight, 1, 0, 100, 0);
  send_range (&flight, 2, 100, 200, 0);
  send_range (&flight, 3, 200, 300, 0);
  expect (&flight, &sender, 200, 0, (LecFlightAnswer){ .acks_frame = 2, .timed_frame = 2 });
  expect (&flight, &sender, 250, 0, (LecFlightAnswer){ .acks_frame = 3, .timed_frame = 3 });
  expect (&flight, &sender, 300, 0, (LecFlightAnswer){ .acks_frame = 3, .timed_frame = 3 });
  /* What never passed here cannot be timed. */
  send_range (&flight, 4, 300, 400, 0);
  expect (&flight, &sender, 500, 0, (LecFlightAnswer){ 0 });
  lec_flight_clear (&flight);
}

/* Numbers wrap. */
static void
test_wrap (void)
{
  LecFlight flight = { 0 };
  LecTcpSide sender = { 0 };

  send_range (&flight, 1, 0xffffff00u, 0xfffffff0u, 0);
  send_range (&flight, 2, 0xfffffff0u, 0x10u, 0);
  g_assert_cmpuint (lec_flight_run_from (&flight, 0xffffff00u), ==, 0x10u);
  expect (&flight, &sender, 0x10u, 0, (LecFlightAnswer){ .acks_frame = 2, .timed_frame = 2 });
  lec_flight_clear (&flight);
}

/* RFC 6298 §3: nobody can tell which of two sendings is answered; RFC 7323 timestamps can. */
static void
test_karn (void)
{
  LecFlight flight = { 0 };
  LecTcpSide sender = { 0 };

  send_range (&flight, 1, 0, 100, 0);
  send_range (&flight, 2, 0, 100, 0);
  expect (&flight, &sender, 100, 0, (LecFlightAnswer){ .acks_frame = 1, .ambiguous = true });

  send_range (&flight, 3, 100, 200, 50);
  send_range (&flight, 4, 100, 200, 60);
  expect (&flight, &sender, 200, 60, (LecFlightAnswer){ .acks_frame = 4, .timed_frame = 4 });
  send_range (&flight, 5, 200, 300, 70);
  lec_flight_add (&flight, &(LecFlying){ { 200, 300 }, 6, 80, true, .sent_twice = true });
  expect (&flight, &sender, 300, 70, (LecFlightAnswer){ .acks_frame = 5, .timed_frame = 5, .outdated = true });
  /* A clock that does not go on between the two. */
  send_range (&flight, 7, 300, 400, 90);
  send_range (&flight, 8, 300, 400, 90);
  expect (&flight, &sender, 400, 90, (LecFlightAnswer){ .acks_frame = 7, .ambiguous = true });
  /* An echo of neither. */
  send_range (&flight, 9, 400, 500, 100);
  send_range (&flight, 10, 400, 500, 110);
  expect (&flight, &sender, 500, 95, (LecFlightAnswer){ .acks_frame = 9, .ambiguous = true });
  lec_flight_clear (&flight);
}

/* Sent before, but never seen here. */
static void
test_known_repeat (void)
{
  LecFlight flight = { 0 };
  LecTcpSide sender = { 0 };

  lec_flight_add (&flight, &(LecFlying){ .range = { 0, 100 }, .frame = 1, .sent_twice = true });
  expect (&flight, &sender, 100, 0, (LecFlightAnswer){ .acks_frame = 1, .ambiguous = true });
  lec_flight_clear (&flight);
}

/* A repeat that makes an acknowledgment leap: what it leaps over was there long before. With timestamps it is timed
 * from the repeat; it acknowledges up to the last byte all the same. */
static void
test_filled_hole (void)
{
  LecFlight flight = { 0 };
  LecTcpSide sender = { .acknowledged_known = true };

  send_range (&flight, 1, 0, 100, 10);
  send_range (&flight, 2, 100, 200, 11);
  send_range (&flight, 3, 200, 300, 12);
  lec_tcp_side_sack (&sender, (LecSequenceRange){ 100, 300 });
  send_range (&flight, 4, 0, 100, 40);
  expect (&flight, &sender, 300, 40, (LecFlightAnswer){ .acks_frame = 3, .timed_frame = 4 });
  lec_tcp_side_clear (&sender);
  lec_flight_clear (&flight);
}

/* No repeat, only late: the acknowledgment came with the segment that came last. */
static void
test_overtaken (void)
{
  LecFlight flight = { 0 };
  LecTcpSide sender = { 0 };

  send_range (&flight, 1, 0, 100, 0);
  send_range (&flight, 2, 200, 300, 0);
  g_assert_cmpuint (lec_flight_run_from (&flight, 100), ==, 100);
  send_range (&flight, 3, 100, 200, 0);
  g_assert_cmpuint (lec_flight_run_from (&flight, 200), ==, 300);
  expect (&flight, &sender, 300, 0, (LecFlightAnswer){ .acks_frame = 2, .timed_frame = 3 });
  lec_flight_clear (&flight);
}

/* One segment over several, some of them new. */
static void
test_partly_again (void)
{
  LecFlight flight = { 0 };
  LecTcpSide sender = { 0 };

  send_range (&flight, 1, 0, 100, 0);
  send_range (&flight, 2, 200, 300, 0);
  send_range (&flight, 3, 50, 400, 0);
  g_assert_cmpuint (lec_flight_run_from (&flight, 0), ==, 400);
  expect (&flight, &sender, 100, 0, (LecFlightAnswer){ .acks_frame = 1, .ambiguous = true });
  expect (&flight, &sender, 200, 0, (LecFlightAnswer){ .acks_frame = 3, .timed_frame = 3 });
  expect (&flight, &sender, 300, 0, (LecFlightAnswer){ .acks_frame = 2, .ambiguous = true });
  expect (&flight, &sender, 400, 0, (LecFlightAnswer){ .acks_frame = 3, .timed_frame = 3 });
  lec_flight_clear (&flight);
}

/* Nobody acknowledges: memory is bounded, and what is newest is kept. */
static void
test_bounded (void)
{
  LecFlight flight = { 0 };
  LecTcpSide sender = { 0 };
  uint32_t n = 2 * LEC_LIMIT_KNOWN_SEGMENTS;

  for (uint32_t i = 0; i < n; i++)
    send_range (&flight, i + 1, i * 10, i * 10 + 10, 0);
  g_assert_cmpuint (flight.segments->len - flight.first, <=, LEC_LIMIT_KNOWN_SEGMENTS);
  g_assert_cmpuint (flight.segments->len, <=, 4 * LEC_LIMIT_KNOWN_SEGMENTS);
  send_range (&flight, n + 1, 5, 8, 0); /* of what was given up */
  expect (&flight, &sender, n * 10, 0, (LecFlightAnswer){ .acks_frame = n, .timed_frame = n });
  lec_flight_clear (&flight);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flight/in-order", test_in_order);
  g_test_add_func ("/flight/wrap", test_wrap);
  g_test_add_func ("/flight/karn", test_karn);
  g_test_add_func ("/flight/known-repeat", test_known_repeat);
  g_test_add_func ("/flight/filled-hole", test_filled_hole);
  g_test_add_func ("/flight/overtaken", test_overtaken);
  g_test_add_func ("/flight/partly-again", test_partly_again);
  g_test_add_func ("/flight/bounded", test_bounded);
  return g_test_run ();
}
