#include "base/reader.h"

static const uint8_t bytes[] = { 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08 };

static void
test_byte_orders (void)
{
  LecReader reader = lec_reader (bytes, 8, 8, 0);

  g_assert_cmphex (lec_read_u16 (&reader), ==, 0x0102);
  g_assert_cmphex (lec_read_u16_le (&reader), ==, 0x0403);
  g_assert_cmphex (lec_read_u32 (&reader), ==, 0x05060708);
  g_assert_cmpuint (reader.state, ==, LEC_READ_OK);
  lec_reader_seek (&reader, 0);
  g_assert_cmphex (lec_read_u64_le (&reader), ==, 0x0807060504030201);
  lec_reader_seek (&reader, 1);
  g_assert_cmphex (lec_read_u24 (&reader), ==, 0x020304);
}

/* What the snap length cut and what the sender never sent are told apart. */
static void
test_end (void)
{
  LecReader cut = lec_reader (bytes, 2, 8, 0);
  g_assert_cmphex (lec_read_u32 (&cut), ==, 0);
  g_assert_cmpuint (cut.state, ==, LEC_READ_CUT);
  g_assert_cmpuint (lec_reader_left (&cut), ==, 0);

  LecReader wrong = lec_reader (bytes, 2, 2, 0);
  g_assert_cmphex (lec_read_u32 (&wrong), ==, 0);
  g_assert_cmpuint (wrong.state, ==, LEC_READ_MALFORMED);
  g_assert_cmphex (lec_read_u8 (&wrong), ==, 0);

  LecReader huge = lec_reader (bytes, 8, 8, 0);
  g_assert_null (lec_read_bytes (&huge, G_MAXUINT32).data);
  g_assert_cmpuint (huge.state, ==, LEC_READ_MALFORMED);
}

static void
test_take (void)
{
  LecReader reader = lec_reader (bytes, 6, 8, 100);

  lec_reader_skip (&reader, 2);
  LecReader part = lec_reader_take (&reader, 3);
  g_assert_cmpuint (part.origin, ==, 102);
  g_assert_cmpuint (part.captured, ==, 3);
  LecReader rest = lec_reader_take (&reader, 3);
  g_assert_cmpuint (rest.captured, ==, 1);
  g_assert_cmpuint (rest.reported, ==, 3);
  g_assert_cmpuint (reader.state, ==, LEC_READ_CUT);
}

static void
test_lines (void)
{
  static const uint8_t text[] = "one\r\ntwo\nthree";
  LecReader reader = lec_reader (text, sizeof text - 1, sizeof text - 1, 0);
  LecBytes line;

  g_assert_true (lec_read_line (&reader, &line));
  g_assert_cmpmem (line.data, line.length, "one", 3);
  g_assert_true (lec_read_line (&reader, &line));
  g_assert_cmpmem (line.data, line.length, "two", 3);
  g_assert_false (lec_read_line (&reader, &line));
  g_assert_cmpuint (lec_reader_left (&reader), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/byte-orders", test_byte_orders);
  g_test_add_func ("/reader/end", test_end);
  g_test_add_func ("/reader/take", test_take);
  g_test_add_func ("/reader/lines", test_lines);
  return g_test_run ();
}
