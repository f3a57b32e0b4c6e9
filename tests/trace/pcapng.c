/* pcapng: sections, interfaces, clocks, every kind of block, and what is told beside the frames. */
#include <string.h>

#include "base/error.h"
#include "whole.h"

#define BYTE_ORDERS(path, test)                                                                                        \
  g_test_add_data_func ("/trace/pcapng/" path "/little", GINT_TO_POINTER (FALSE), test);                               \
  g_test_add_data_func ("/trace/pcapng/" path "/big", GINT_TO_POINTER (TRUE), test)

static void
test_packets (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  size_t second;

  section (&writer);
  interface (&writer, 1, 0);
  packet (&writer, 0, 1700000000123456, 1, 61, 1514);
  second = packet (&writer, 0, 1700000000123457, 2, 0, 0);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpstr (lec_trace_format (whole.trace), ==, "pcapng");
  g_assert_cmpuint (whole.records->len, ==, 2);
  assert_frame (&whole, 0, 1, 61, 1514);
  assert_frame (&whole, 1, 2, 0, 0);
  g_assert_cmpint (whole_frame (&whole, 0)->time_ns, ==, 1700000000123456000);
  g_assert_cmpuint (whole_frame (&whole, 1)->place, ==, LEC_PLACE (second, 0));
  g_assert_false (whole_frame (&whole, 0)->noted);
  g_assert_cmpint (lec_trace_interface (whole.trace, 0)->big_endian, ==, GPOINTER_TO_INT (big_endian));
  assert_read_again (&whole);
}

/* A second section in the other byte order, with interfaces of its own. */
static void
test_sections (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));

  section (&writer);
  interface (&writer, 1, 0);
  interface (&writer, 113, 0);
  packet (&writer, 1, 1000000, 1, 60, 60);
  writer.big_endian = !writer.big_endian;
  section (&writer);
  interface (&writer, 276, 0);
  packet (&writer, 0, 2000000, 2, 62, 62);
  simple_packet (&writer, 3, 63, 63);
  writer.big_endian = !writer.big_endian;
  section (&writer);
  timed_interface (&writer, 0, 9, 0);
  packet (&writer, 0, 3000000000, 4, 64, 64);

  g_auto (Whole) whole = whole_of (&writer);
  static const uint16_t link_types[] = { 113, 276, 276, 0 };
  static const uint32_t interfaces[] = { 1, 2, 2, 3 };
  static const int64_t times_s[] = { 1, 2, 2, 3 };

  assert_whole (&whole);
  g_assert_cmpuint (whole.records->len, ==, 4);
  g_assert_cmpuint (lec_trace_n_interfaces (whole.trace), ==, 4);
  for (guint i = 0; i < 4; i++) {
    g_assert_cmpuint (whole_frame (&whole, i)->link_type, ==, link_types[i]);
    g_assert_cmpuint (LEC_PLACE_INTERFACE (whole_frame (&whole, i)->place), ==, interfaces[i]);
    g_assert_cmpint (whole_frame (&whole, i)->time_ns, ==, times_s[i] * 1000000000);
  }
  assert_read_again (&whole);
}

static void
test_clocks (void)
{
  static const struct {
    uint8_t resolution;
    int64_t offset_s;
    uint64_t ticks;
    int64_t time_ns;
    uint64_t ticks_per_second;
  } clocks[] = {
    { 6, 0, 1700000000123456, 1700000000123456000, 1000000 },
    { 0, 0, 1700000000, 1700000000000000000, 1 },
    { 3, 0, 1700000000123, 1700000000123000000, 1000 },
    { 7, 0, 17000000001234567, 1700000000123456700, 10000000 },
    { 9, 0, 1700000000123456789, 1700000000123456789, 1000000000 },
    { 12, 0, 1700000123456789123, 1700000123456789, 1000000000000 },
    { 19, 5, 12345678901234567890u, 6234567890, 10000000000000000000u },
    { 20, 1, 12345678901234567890u, 1123456789, 0 },
    { 0x80, 0, 17, 17000000000, 1 },
    { 0x8a, 0, 1536, 1500000000, 1024 },
    { 0xa0, 0, (uint64_t) 7 << 32 | 0x80000000, 7500000000, (uint64_t) 1 << 32 },
    { 0xbf, 0, (uint64_t) 3 << 62, 1500000000, (uint64_t) 1 << 63 },
    { 0xff, 2, UINT64_MAX, 2000000000, 0 },
    { 6, -3600, 1700000000000000, 1699996400000000000, 1000000 },
    { 9, 1600000000, 5, 1600000000000000005, 1000000000 },
    { 0, 0, UINT64_MAX, INT64_MAX, 1 },
    { 9, INT64_MIN, 0, INT64_MIN, 1000000000 },
  };
  g_auto (Writer) writer = writer_new (FALSE);

  section (&writer);
  for (unsigned i = 0; i < G_N_ELEMENTS (clocks); i++)
    timed_interface (&writer, 1, clocks[i].resolution, clocks[i].offset_s);
  for (unsigned i = 0; i < G_N_ELEMENTS (clocks); i++)
    packet (&writer, i, clocks[i].ticks, i, 20, 20);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  for (unsigned i = 0; i < G_N_ELEMENTS (clocks); i++) {
    g_assert_cmpint (whole_frame (&whole, i)->time_ns, ==, clocks[i].time_ns);
    g_assert_cmpuint (lec_trace_interface (whole.trace, i)->ticks_per_second, ==, clocks[i].ticks_per_second);
    g_assert_cmpint (lec_trace_interface (whole.trace, i)->time_offset_s, ==, clocks[i].offset_s);
  }
  assert_read_again (&whole);
}

/* A simple packet has no time, no interface number, and is as long as the first interface's snap length lets it be. */
static void
test_simple_packets (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));

  section (&writer);
  interface (&writer, 113, 65);
  interface (&writer, 1, 0);
  simple_packet (&writer, 0, 65, 1514);
  packet (&writer, 1, 5000000, 1, 60, 60);
  simple_packet (&writer, 2, 60, 60);
  simple_packet (&writer, 3, 65, 90);
  packet (&writer, 1, 4000000, 4, 60, 60);
  simple_packet (&writer, 5, 1, 1);

  g_auto (Whole) whole = whole_of (&writer);
  static const int64_t times_s[] = { 0, 5, 5, 5, 4, 4 };

  assert_whole (&whole);
  g_assert_cmpuint (whole.records->len, ==, 6);
  assert_frame (&whole, 0, 0, 65, 1514);
  assert_frame (&whole, 2, 2, 60, 60);
  assert_frame (&whole, 3, 3, 65, 90);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (whole_frame (&whole, i)->time_ns, ==, times_s[i] * 1000000000);
  g_assert_cmpuint (whole_frame (&whole, 2)->link_type, ==, 113);
  assert_read_again (&whole);
}

static void
test_old_packets (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  LecNotes notes;

  section (&writer);
  interface (&writer, 1, 0);
  interface (&writer, 101, 0);
  old_packet (&writer, 1, 0xffff, 1000001, 1, 61, 99);
  old_packet (&writer, 0, 17, 1000002, 2, 62, 62);

  g_auto (Whole) whole = whole_of (&writer);
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new (whole.trace);

  assert_whole (&whole);
  assert_frame (&whole, 0, 1, 61, 99);
  g_assert_cmpuint (whole_frame (&whole, 0)->link_type, ==, 101);
  g_assert_cmpint (whole_frame (&whole, 0)->time_ns, ==, 1000001000);
  g_assert_false (whole_frame (&whole, 0)->noted);
  g_assert_true (whole_frame (&whole, 1)->noted);
  lec_trace_read_notes (cache, whole_frame (&whole, 0)->place, &notes);
  g_assert_cmpint (notes.dropped_frames, ==, -1);
  lec_trace_read_notes (cache, whole_frame (&whole, 1)->place, &notes);
  g_assert_cmpint (notes.dropped_frames, ==, 17);
  lec_notes_clear (&notes);
  assert_read_again (&whole);
}

/* A packet block with options; the caller writes them and ends the block. */
static size_t
packet_with_options (Writer *writer, unsigned number, uint32_t captured)
{
  size_t start = block_begin (writer, 6);

  put_u32 (writer, 0);
  put_u64 (writer, 0);
  put_u32 (writer, captured);
  put_u32 (writer, captured);
  put_frame (writer, number, captured);
  pad_to_4 (writer);
  return start;
}

static void
test_notes (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  LecNotes notes;
  size_t start;

  section (&writer);
  interface (&writer, 1, 0);
  start = packet_with_options (&writer, 1, 61);
  put_text_option (&writer, 1, "first comment");
  put_text_option (&writer, 1, "zweiter: \xc3\xa4\xc3\xb6\xc3\xbc, \xff broken");
  put_u32_option (&writer, 2, 0x00000002);
  put_u64_option (&writer, 4, 1234567890123);
  put_u64_option (&writer, 5, 42);
  put_u32_option (&writer, 6, 3);
  put_u16 (&writer, 7);
  put_u16 (&writer, 9);
  put_u8 (&writer, 2);
  put_u64 (&writer, 1);
  pad_to_4 (&writer);
  put_u32 (&writer, 0);
  block_end (&writer, start);
  start = packet_with_options (&writer, 2, 62);
  put_u32_option (&writer, 2, 0x00000001);
  block_end (&writer, start); /* without the end-of-options option, which is optional */

  g_auto (Whole) whole = whole_of (&writer);
  g_autoptr (LecTraceCache) cache = lec_trace_cache_new (whole.trace);

  assert_whole (&whole);
  g_assert_true (whole_frame (&whole, 0)->noted && whole_frame (&whole, 0)->outbound);
  g_assert_false (whole_frame (&whole, 0)->inbound);
  g_assert_true (whole_frame (&whole, 1)->inbound && !whole_frame (&whole, 1)->noted);
  lec_trace_read_notes (cache, whole_frame (&whole, 0)->place, &notes);
  g_assert_cmpuint (g_strv_length (notes.comments), ==, 2);
  g_assert_cmpstr (notes.comments[0], ==, "first comment");
  g_assert_cmpstr (notes.comments[1], ==, "zweiter: äöü, \357\277\275 broken");
  g_assert_cmphex (notes.flags, ==, 2);
  g_assert_cmpint (notes.dropped_frames, ==, 1234567890123);
  g_assert_cmpint (notes.packet_id, ==, 42);
  g_assert_cmpint (notes.queue, ==, 3);
  g_assert_cmpuint (notes.n_verdicts, ==, 1);
  g_assert_cmpuint (notes.verdicts[0].kind, ==, LEC_NOTED_VERDICT_XDP);
  g_assert_cmpint (notes.verdicts[0].number, ==, 1);
  lec_notes_clear (&notes);
  lec_trace_read_notes (cache, whole_frame (&whole, 1)->place, &notes);
  g_assert_null (notes.comments);
  g_assert_cmpint (notes.packet_id, ==, -1);
  lec_notes_clear (&notes);
  assert_read_again (&whole);
}

static void
test_interface (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  size_t start;

  section (&writer);
  start = block_begin (&writer, 1);
  put_u16 (&writer, 105);
  put_u16 (&writer, 0);
  put_u32 (&writer, 4096);
  put_text_option (&writer, 2, "wlan0");
  put_text_option (&writer, 3, "Wireless");
  put_option (&writer, 9, "\x09", 1);
  put_option (&writer, 11, "\0tcp port 80", 12);
  put_option (&writer, 13, "\x04", 1);
  put_u32 (&writer, 0);
  block_end (&writer, start);
  interface (&writer, 1, 0);
  for (unsigned count = 1; count <= 2; count++) { /* the later one holds */
    start = block_begin (&writer, 5);
    put_u32 (&writer, 0);
    put_u64 (&writer, 0);
    put_u64_option (&writer, 4, 100 * count);
    put_u64_option (&writer, 5, 7 * count);
    put_u64_option (&writer, 7, 3);
    put_u32 (&writer, 0);
    block_end (&writer, start);
  }

  g_auto (Whole) whole = whole_of (&writer);
  const LecInterface *facts = lec_trace_interface (whole.trace, 0);

  assert_whole (&whole);
  g_assert_cmpstr (facts->name, ==, "wlan0");
  g_assert_cmpstr (facts->description, ==, "Wireless");
  g_assert_cmpstr (facts->filter, ==, "tcp port 80");
  g_assert_cmpuint (facts->link_type, ==, 105);
  g_assert_cmpuint (facts->snap_bytes, ==, 4096);
  g_assert_cmpuint (facts->fcs_bytes, ==, 4);
  g_assert_cmpint (facts->received_frames, ==, 200);
  g_assert_cmpint (facts->dropped_frames, ==, 17);
  facts = lec_trace_interface (whole.trace, 1);
  g_assert_null (facts->name);
  g_assert_cmpint (facts->received_frames, ==, -1);
  g_assert_cmpint (facts->dropped_frames, ==, -1);
}

static void
test_description (void)
{
  g_auto (Writer) writer = writer_new (FALSE);
  g_autofree char *description = NULL;
  size_t start = block_begin (&writer, 0x0a0d0d0a);

  put_u32 (&writer, 0x1a2b3c4d);
  put_u32 (&writer, 1);
  put_u64 (&writer, UINT64_MAX);
  put_text_option (&writer, 1, "Recorded in room 12");
  put_text_option (&writer, 4, "dumper 7");
  put_u32 (&writer, 0);
  block_end (&writer, start);

  g_auto (Whole) whole = whole_of (&writer);

  description = lec_trace_dup_description (whole.trace);
  g_assert_cmpstr (description, ==, "Comment: Recorded in room 12\nProgram: dumper 7");
}

static void
collect_name (const uint8_t *address, unsigned address_bytes, const char *name, void *data)
{
  g_string_append_printf (data, "%u:%02x%02x=%s;", address_bytes, address[0], address[address_bytes - 1], name);
}

static void
test_names (gconstpointer big_endian)
{
  static const uint8_t ipv6[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 0x05 };
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  g_autoptr (GString) names = g_string_new (NULL);
  size_t start;

  section (&writer);
  start = block_begin (&writer, 4);
  put_option (&writer, 1, "\x0a\x00\x00\x07ns.example\0www.example", 27);
  put_u16 (&writer, 2);
  put_u16 (&writer, 16 + 11);
  put_bytes (&writer, ipv6, 16);
  put_bytes (&writer, "v6.example", 11);
  pad_to_4 (&writer);
  put_u32 (&writer, 0);
  block_end (&writer, start);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  lec_trace_foreach_name (whole.trace, G_MAXUINT32, collect_name, names);
  g_assert_cmpstr (names->str, ==, "4:0a07=ns.example;4:0a07=www.example;16:2005=v6.example;");
}

/* Secrets, journal entries, custom and unheard-of blocks are passed over, and so are unheard-of options. */
static void
test_other_blocks (gconstpointer big_endian)
{
  static const uint32_t types[] = { 0x0a, 9, 0xbad, 0x40000bad, 0x80000001, 7, 0x12345678 };
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));

  section (&writer);
  for (unsigned i = 0; i < G_N_ELEMENTS (types); i++) {
    size_t start = block_begin (&writer, types[i]);

    put_frame (&writer, i, i * 9);
    block_end (&writer, start);
  }
  interface (&writer, 1, 0);
  packet (&writer, 0, 0, 1, 60, 60);

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpuint (whole.records->len, ==, 1);
  assert_frame (&whole, 0, 1, 60, 60);
}

/* A frame of an interface that is not described is a frame all the same. */
static void
test_missing_interface (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  size_t start;

  section (&writer);
  start = packet (&writer, 5, 1000000, 1, 60, 60);
  interface (&writer, 1, 0);
  packet (&writer, 0, 2000000, 2, 60, 60);
  packet (&writer, 1, 3000000, 3, 60, 60);

  g_auto (Whole) whole = whole_of (&writer);

  assert_damage (&whole, start + 8);
  g_assert_cmpuint (whole.records->len, ==, 3);
  assert_frame (&whole, 0, 1, 60, 60);
  g_assert_cmpuint (whole_frame (&whole, 0)->link_type, ==, LEC_LINK_TYPE_UNKNOWN);
  g_assert_cmpint (whole_frame (&whole, 0)->time_ns, ==, 1000000000);
  g_assert_cmpuint (whole_frame (&whole, 1)->link_type, ==, 1);
  g_assert_null (lec_trace_interface (whole.trace, LEC_PLACE_INTERFACE (whole_frame (&whole, 2)->place)));
  assert_read_again (&whole);
}

/* More captured bytes than the block holds: those that are there, and the next block as if nothing had been. */
static void
test_too_many_captured (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  g_auto (Writer) number = writer_new (GPOINTER_TO_INT (big_endian));
  size_t start;

  section (&writer);
  interface (&writer, 1, 0);
  start = packet (&writer, 0, 0, 1, 60, 60);
  packet (&writer, 0, 0, 2, 60, 60);
  put_u32 (&number, 1000);
  memcpy (writer.bytes->data + start + 20, number.bytes->data, 4);

  g_auto (Whole) whole = whole_of (&writer);

  assert_damage (&whole, start + 4);
  g_assert_cmpuint (whole.records->len, ==, 2);
  assert_frame (&whole, 0, 1, 60, 60);
  assert_frame (&whole, 1, 2, 60, 60);
  assert_read_again (&whole);
}

static void
write_three (Writer *writer, size_t starts[4])
{
  section (writer);
  interface (writer, 1, 0);
  for (unsigned i = 0; i < 3; i++)
    starts[i] = packet (writer, 0, i, i, 50, 50);
  starts[3] = writer->bytes->len;
}

static void
test_cut_off (gconstpointer big_endian)
{
  size_t starts[4], end;
  guint n = 0;

  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  write_three (&writer, starts);
  for (end = starts[3]; end >= 28; end--) {
    g_byte_array_set_size (writer.bytes, (guint) end);

    g_auto (Whole) whole = whole_of (&writer);

    for (n = 0; n < 3 && starts[n + 1] <= end; n++)
      continue;
    g_assert_cmpuint (whole.records->len, ==, n);
    if (end == starts[n] || end == 28)
      assert_whole (&whole);
    else if (end < starts[0])
      assert_damage (&whole, 28);
    else
      assert_damage (&whole, starts[n]);
  }
  for (; end > 0; end--) {
    g_byte_array_set_size (writer.bytes, (guint) end);
    assert_refused (&writer, end < 4 ? LEC_ERROR_UNKNOWN : LEC_ERROR_DAMAGED);
  }
}

static void
test_wrong_lengths (gconstpointer big_endian)
{
  static const uint32_t wrong[] = { 0, 8, 81, 0x7fffffff, 0xffffffff };
  size_t starts[4];

  for (unsigned i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
    g_auto (Writer) number = writer_new (GPOINTER_TO_INT (big_endian));

    write_three (&writer, starts);
    put_u32 (&number, wrong[i]);
    memcpy (writer.bytes->data + starts[1] + 4, number.bytes->data, 4);

    g_auto (Whole) whole = whole_of (&writer);

    g_assert_cmpuint (whole.records->len, ==, 1);
    assert_damage (&whole, starts[1] + 4);
  }
  for (unsigned i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
    g_auto (Writer) number = writer_new (GPOINTER_TO_INT (big_endian));

    write_three (&writer, starts);
    put_u32 (&number, wrong[i]);
    memcpy (writer.bytes->data + starts[2] - 4, number.bytes->data, 4);

    g_auto (Whole) whole = whole_of (&writer);

    g_assert_cmpuint (whole.records->len, ==, 1);
    assert_damage (&whole, starts[2] - 4);
  }
}

/* A block that is too short for what its type says, and an option that runs out of its block. */
static void
test_short_blocks (gconstpointer big_endian)
{
  static const uint32_t types[] = { 1, 2, 3, 5, 6 };

  for (unsigned i = 0; i < G_N_ELEMENTS (types); i++) {
    g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
    size_t start;

    section (&writer);
    start = block_begin (&writer, types[i]);
    block_end (&writer, start);
    interface (&writer, 1, 0);
    packet (&writer, 0, 0, 1, 60, 60);

    g_auto (Whole) whole = whole_of (&writer);

    assert_damage (&whole, start + 4);
    g_assert_cmpuint (whole.records->len, ==, 1);
  }
}

static void
test_long_option (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  size_t start, option;

  section (&writer);
  interface (&writer, 1, 0);
  start = packet_with_options (&writer, 1, 60);
  option = writer.bytes->len;
  put_u16 (&writer, 1);
  put_u16 (&writer, 500);
  put_u32 (&writer, 0);
  block_end (&writer, start);
  packet (&writer, 0, 0, 2, 60, 60);

  g_auto (Whole) whole = whole_of (&writer);

  assert_damage (&whole, option);
  g_assert_cmpuint (whole.records->len, ==, 2);
  assert_frame (&whole, 0, 1, 60, 60);
}

static void
test_no_byte_order (gconstpointer big_endian)
{
  g_auto (Writer) writer = writer_new (GPOINTER_TO_INT (big_endian));
  size_t starts[4], start;

  write_three (&writer, starts);
  start = section (&writer);
  writer.bytes->data[start + 8] = 0x55;

  g_auto (Whole) whole = whole_of (&writer);

  g_assert_cmpuint (whole.records->len, ==, 3);
  assert_damage (&whole, start + 8);
  writer.bytes->data[8] = 0x55;
  assert_refused (&writer, LEC_ERROR_DAMAGED);
}

/* Blocks larger than a buffer, and interfaces of many kinds between them. */
static void
test_large_blocks (void)
{
  g_auto (Writer) writer = writer_new (FALSE);

  section (&writer);
  for (unsigned i = 0; i < 20; i++) {
    size_t start = block_begin (&writer, 0xbad);

    put_frame (&writer, i, i * 50000);
    block_end (&writer, start);
    interface (&writer, i, i == 7 ? 10 : 0);
    packet (&writer, i, i, i, i * 10000, 200000);
  }

  g_auto (Whole) whole = whole_of (&writer);

  assert_whole (&whole);
  g_assert_cmpuint (whole.records->len, ==, 20);
  for (unsigned i = 0; i < 20; i++) {
    assert_frame (&whole, i, i, i * 10000, 200000);
    g_assert_cmpuint (whole_frame (&whole, i)->link_type, ==, i);
  }
  assert_read_again (&whole);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  BYTE_ORDERS ("packets", test_packets);
  BYTE_ORDERS ("sections", test_sections);
  BYTE_ORDERS ("simple-packets", test_simple_packets);
  BYTE_ORDERS ("old-packets", test_old_packets);
  BYTE_ORDERS ("notes", test_notes);
  BYTE_ORDERS ("interface", test_interface);
  BYTE_ORDERS ("names", test_names);
  BYTE_ORDERS ("other-blocks", test_other_blocks);
  BYTE_ORDERS ("missing-interface", test_missing_interface);
  BYTE_ORDERS ("too-many-captured", test_too_many_captured);
  BYTE_ORDERS ("cut-off", test_cut_off);
  BYTE_ORDERS ("wrong-lengths", test_wrong_lengths);
  BYTE_ORDERS ("short-blocks", test_short_blocks);
  BYTE_ORDERS ("long-option", test_long_option);
  BYTE_ORDERS ("no-byte-order", test_no_byte_order);
  g_test_add_func ("/trace/pcapng/clocks", test_clocks);
  g_test_add_func ("/trace/pcapng/description", test_description);
  g_test_add_func ("/trace/pcapng/large-blocks", test_large_blocks);
  return g_test_run ();
}
