/* pcap in all its variants, and damaged in all the ways a file can be. */
#include "base/error.h"
#include "whole.h"

#define US_MAGIC        0xa1b2c3d4
#define NS_MAGIC        0xa1b23c4d
#define KUZNETZOV_MAGIC 0xa1b2cd34

static void
test_microseconds (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));

  pcap_header (&writer, US_MAGIC, 262144, 1);
  pcap_record (&writer, 1700000000, 123456, 1, 60, 60);
  pcap_record (&writer, 4294967295, 999999, 2, 0, 1514);
  pcap_record (&writer, 1600000000, 0, 3, 96, 1514); /* time may go backwards */

  g_auto (Whole) whole = whole_of (&writer);
  const LecInterface *facts = lec_trace_interface (whole.trace, 0);

  assert_whole (&whole);
  g_assert_cmpstr (lec_trace_format (whole.trace), ==, "pcap");
  g_assert_cmpuint (whole.records->len, ==, 3);
  assert_frame (&whole, 0, 1, 60, 60);
  assert_frame (&whole, 1, 2, 0, 1514);
  assert_frame (&whole, 2, 3, 96, 1514);
  g_assert_cmpint (whole_frame (&whole, 0)->time_ns, ==, 1700000000123456000);
  g_assert_cmpint (whole_frame (&whole, 1)->time_ns, ==, 4294967295999999000);
  g_assert_cmpint (whole_frame (&whole, 2)->time_ns, ==, 1600000000000000000);
  g_assert_cmpuint (whole_frame (&whole, 1)->place, ==, LEC_PLACE (24 + 76, 0));
  g_assert_cmpuint (whole_frame (&whole, 0)->link_type, ==, 1);
  g_assert_cmpuint (lec_trace_n_interfaces (whole.trace), ==, 1);
  g_assert_null (lec_trace_interface (whole.trace, 1));
  g_assert_cmpuint (facts->snap_bytes, ==, 262144);
  g_assert_cmpuint (facts->link_type, ==, 1);
  g_assert_cmpuint (facts->ticks_per_second, ==, 1000000);
  g_assert_cmpint (facts->big_endian, ==, GPOINTER_TO_INT (big_endian));
  assert_read_again (&whole);
}

static void
test_nanoseconds (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));

  pcap_header (&writer, NS_MAGIC, 96, 113);
  pcap_record (&writer, 1700000000, 123456789, 1, 60, 60);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpstr (lec_trace_format (whole.trace), ==, "pcap (nanoseconds)");
  g_assert_cmpint (whole_frame (&whole, 0)->time_ns, ==, 1700000000123456789);
  g_assert_cmpuint (whole_frame (&whole, 0)->link_type, ==, 113);
  assert_read_again (&whole);
}

static void
kuznetzov_record (Writer *writer, unsigned number, uint32_t captured, unsigned packet_type)
{
  put_u32 (writer, 1000);
  put_u32 (writer, number);
  put_u32 (writer, captured);
  put_u32 (writer, captured);
  put_u32 (writer, 2); /* interface */
  put_u16 (writer, 0x0800);
  put_u8 (writer, packet_type);
  put_u8 (writer, 0);
  put_frame (writer, number, captured);
}

static void
test_kuznetzov (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));

  pcap_header (&writer, KUZNETZOV_MAGIC, 96, 1);
  kuznetzov_record (&writer, 1, 61, 0);
  kuznetzov_record (&writer, 2, 62, 4);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpuint (whole.records->len, ==, 2);
  assert_frame (&whole, 0, 1, 61, 61);
  assert_frame (&whole, 1, 2, 62, 62);
  g_assert_cmpint (whole_frame (&whole, 1)->time_ns, ==, 1000000002000);
  g_assert_true (whole_frame (&whole, 0)->inbound && !whole_frame (&whole, 0)->outbound);
  g_assert_true (whole_frame (&whole, 1)->outbound && !whole_frame (&whole, 1)->inbound);
  assert_read_again (&whole);
}

/* Four octets of FCS, as two 16-bit units in the top four bits with the bit that says so. */
static void
test_fcs (void)
{
  g_auto (Writer) writer = writer_new (FALSE);

  pcap_header (&writer, US_MAGIC, 262144, 0x24000000 | 1);
  pcap_record (&writer, 1, 0, 1, 64, 64);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpuint (lec_trace_interface (whole.trace, 0)->fcs_bytes, ==, 4);
  g_assert_cmpuint (whole_frame (&whole, 0)->link_type, ==, 1);
}

static void
test_reserved_link_bits (void)
{
  g_auto (Writer) writer = writer_new (FALSE);

  pcap_header (&writer, US_MAGIC, 262144, 0x00300001);
  pcap_record (&writer, 1, 0, 1, 64, 64);

  g_auto (Whole) whole = whole_of (&writer);

  assert_damage (&whole, 20);
  g_assert_cmpuint (whole.records->len, ==, 1);
  g_assert_cmpuint (whole_frame (&whole, 0)->link_type, ==, LEC_LINK_TYPE_UNKNOWN);
}

/* More records than a batch takes, more bytes than a buffer has, and records larger than the rest of it. */
static void
test_batches (void)
{
  static const struct {
    uint32_t bytes;
    unsigned n;
  } runs[] = { { 0, 5000 }, { 60, 5000 }, { 1514, 1500 }, { 9000, 200 }, { 65535, 30 }, { 262144, 7 }, { 60, 100 } };
  g_auto (Writer) writer = writer_new (FALSE);
  unsigned number = 0;

  pcap_header (&writer, US_MAGIC, 262144, 1);
  for (unsigned run = 0; run < G_N_ELEMENTS (runs); run++)
    for (unsigned i = 0; i < runs[run].n; i++, number++)
      pcap_record (&writer, number, 0, number, runs[run].bytes, runs[run].bytes);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpuint (whole.records->len, ==, number);
  number = 0;
  for (unsigned run = 0; run < G_N_ELEMENTS (runs); run++)
    for (unsigned i = 0; i < runs[run].n; i++, number++)
      assert_frame (&whole, number, number, runs[run].bytes, runs[run].bytes);
  assert_read_again (&whole);
}

static void
write_three (Writer *writer)
{
  pcap_header (writer, US_MAGIC, 262144, 1);
  for (unsigned i = 0; i < 3; i++)
    pcap_record (writer, 1000 + i, 0, i, 50, 50);
}

/* Cut at every byte: the whole records before it are there, and the damage stands where the cut record begins. */
static void
test_cut_off (void)
{
  for (guint length = 24; length <= 24 + 3 * 66; length++) {
    g_auto (Writer) writer = writer_new (FALSE);
    guint n = (length - 24) / 66;

    write_three (&writer);
    g_byte_array_set_size (writer.bytes, length);

    g_auto (Whole) whole = whole_of (&writer);

    g_assert_cmpuint (whole.records->len, ==, n);
    if ((length - 24) % 66 == 0)
      assert_whole (&whole);
    else
      assert_damage (&whole, 24 + n * 66);
  }
}

static void
test_cut_header (void)
{
  for (guint length = 0; length < 24; length++) {
    g_auto (Writer) writer = writer_new (FALSE);

    write_three (&writer);
    g_byte_array_set_size (writer.bytes, length);
    assert_refused (&writer, length == 0 ? LEC_ERROR_EMPTY : length < 4 ? LEC_ERROR_UNKNOWN : LEC_ERROR_DAMAGED);
  }
}

static void
test_wrong_length (void)
{
  g_auto (Writer) writer = writer_new (FALSE);

  write_three (&writer);
  writer.bytes->data[24 + 66 + 8 + 3] = 0x7f;

  g_auto (Whole) whole = whole_of (&writer);

  g_assert_cmpuint (whole.records->len, ==, 1);
  assert_frame (&whole, 0, 0, 50, 50);
  assert_damage (&whole, 24 + 66 + 8);
}

static void
test_trailing_garbage (void)
{
  g_auto (Writer) writer = writer_new (FALSE);

  write_three (&writer);
  put_bytes (&writer, "\xde\xad\xbe\xef\xde\xad\xbe\xef\xde\xad\xbe\xef\xde\xad\xbe\xef\xde\xad", 18);

  g_auto (Whole) whole = whole_of (&writer);

  g_assert_cmpuint (whole.records->len, ==, 3);
  assert_damage (&whole, 24 + 3 * 66 + 8);
}

/* Before version 2.4 some writers put the original length first. */
static void
test_swapped_lengths (void)
{
  g_auto (Writer) writer = writer_new (FALSE);

  pcap_header (&writer, US_MAGIC, 68, 1);
  writer.bytes->data[6] = 2;
  put_u32 (&writer, 1000);
  put_u32 (&writer, 0);
  put_u32 (&writer, 1514);
  put_u32 (&writer, 68);
  put_frame (&writer, 9, 68);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  assert_frame (&whole, 0, 9, 68, 1514);
  assert_read_again (&whole);
}

static void
test_no_records (void)
{
  g_auto (Writer) writer = writer_new (TRUE);

  pcap_header (&writer, US_MAGIC, 0, 1);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpuint (whole.records->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/trace/pcap/microseconds/little", GINT_TO_POINTER (FALSE), test_microseconds);
  g_test_add_data_func ("/trace/pcap/microseconds/big", GINT_TO_POINTER (TRUE), test_microseconds);
  g_test_add_data_func ("/trace/pcap/nanoseconds/little", GINT_TO_POINTER (FALSE), test_nanoseconds);
  g_test_add_data_func ("/trace/pcap/nanoseconds/big", GINT_TO_POINTER (TRUE), test_nanoseconds);
  g_test_add_data_func ("/trace/pcap/kuznetzov/little", GINT_TO_POINTER (FALSE), test_kuznetzov);
  g_test_add_data_func ("/trace/pcap/kuznetzov/big", GINT_TO_POINTER (TRUE), test_kuznetzov);
  g_test_add_func ("/trace/pcap/fcs", test_fcs);
  g_test_add_func ("/trace/pcap/reserved-link-bits", test_reserved_link_bits);
  g_test_add_func ("/trace/pcap/batches", test_batches);
  g_test_add_func ("/trace/pcap/cut-off", test_cut_off);
  g_test_add_func ("/trace/pcap/cut-header", test_cut_header);
  g_test_add_func ("/trace/pcap/wrong-length", test_wrong_length);
  g_test_add_func ("/trace/pcap/trailing-garbage", test_trailing_garbage);
  g_test_add_func ("/trace/pcap/swapped-lengths", test_swapped_lengths);
  g_test_add_func ("/trace/pcap/no-records", test_no_records);
  return g_test_run ();
}
