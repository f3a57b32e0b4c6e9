/* What a trace notes beside a frame, as fields: on pcapng written by hand, through the index. */
#include <glib/gstdio.h>

#include "analysis/surroundings.h"
#include "loaded.h"
#include "protocol/registry.h"
#include "trace/writer.h"

typedef struct {
  LecSink base;
  GString *values; /* "name=value" a line */
} Values;

static void
on_field (LecSink *base, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  Values *values = (Values *) base;

  /* None of these stands in the frame's bytes, so none may light any up. */
  if (g_str_has_prefix (field->name, "frame."))
    g_assert_cmpuint (span.length_bits, ==, 0);
  g_string_append_printf (values->values, "%s=", field->name);
  lec_value_append (values->values, field, value, FALSE);
  g_string_append_c (values->values, '\n');
}

static void
on_close (LecSink *sink)
{
}

static char *
dup_values (LecIndex *index, uint32_t frame)
{
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  Values values = { .base = { .add = on_field, .close = on_close }, .values = g_string_new ("\n") };

  lec_frame_reader_dissect (reader, frame, &values.base, LEC_SUMMARY_NONE);
  return g_string_free (values.values, FALSE);
}

static void
assert_line (const char *values, const char *line)
{
  g_autofree char *whole = g_strdup_printf ("\n%s\n", line);

  if (!strstr (values, whole))
    g_error ("no \"%s\" in:%s", line, values);
}

static size_t
begin_packet (Writer *writer, uint32_t interface_id, unsigned number)
{
  size_t start = block_begin (writer, 6);

  put_u32 (writer, interface_id);
  put_u64 (writer, 0);
  put_u32 (writer, 60);
  put_u32 (writer, 60);
  put_frame (writer, number, 60);
  return start;
}

static void
put_interface (Writer *writer, unsigned link_type, const char *name, const char *description)
{
  size_t start = block_begin (writer, 1);

  put_u16 (writer, link_type);
  put_u16 (writer, 0);
  put_u32 (writer, 0);
  put_text_option (writer, 2, name);
  put_text_option (writer, 3, description);
  put_u32 (writer, 0);
  block_end (writer, start);
}

/* One section whose first frame has everything that can be noted, and a second section with interfaces of its own. */
static LecIndex *
noted_index (gboolean big_endian)
{
  g_auto (Writer) writer = writer_new (big_endian);
  size_t start;
  uint8_t verdict[9] = { 2 };

  verdict[big_endian ? 8 : 1] = 1;
  section (&writer);
  put_interface (&writer, 1, "eth0", "Uplink");
  start = begin_packet (&writer, 0, 1);
  put_text_option (&writer, 1, "first comment");
  put_text_option (&writer, 1, "second comment");
  put_u32_option (&writer, 2, 0x81000086);
  put_u64_option (&writer, 4, 7);
  put_u64_option (&writer, 5, 73588229205);
  put_u32_option (&writer, 6, 3);
  put_option (&writer, 7, verdict, sizeof verdict);
  put_option (&writer, 7, "\0\xab\xcd", 3);
  put_u32 (&writer, 0);
  block_end (&writer, start);
  start = begin_packet (&writer, 0, 2);
  put_u32_option (&writer, 2, 1);
  put_u32 (&writer, 0);
  block_end (&writer, start);
  section (&writer);
  put_interface (&writer, 101, "tun0", "Tunnel");
  put_interface (&writer, 113, "any", "All of them");
  packet (&writer, 1, 0, 3, 60, 60);

  g_autofree char *path = writer_save (&writer, "notes.pcapng");
  LecIndex *index = loaded_index (path);
  g_assert_nonnull (index);
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (path);
  g_rmdir (folder);
  return index;
}

static void
test_everything (gconstpointer big_endian)
{
  static const char *const lines[] = { "frame.section_number=1",
                                       "frame.interface_id=0",
                                       "frame.interface_name=eth0",
                                       "frame.interface_description=Uplink",
                                       "frame.interface_queue=3",
                                       "frame.packet_flags=0x81000086",
                                       "frame.packet_flags_direction=0x00000002",
                                       "frame.packet_flags_reception_type=1",
                                       "frame.packet_flags_fcs_length=4",
                                       "frame.packet_flags_crc_error=1",
                                       "frame.packet_flags_packet_too_error=0",
                                       "frame.packet_flags_symbol_error=1",
                                       "frame.packet_id=73588229205",
                                       "frame.verdict=XDP_DROP, hardware",
                                       "frame.verdict.ebpf_xdp=1",
                                       "frame.verdict.hw=abcd",
                                       "frame.encap_type=1",
                                       "frame.drop_count=7",
                                       "frame.comment=first comment",
                                       "frame.comment=second comment" };
  g_autoptr (LecIndex) index = noted_index (GPOINTER_TO_INT (big_endian));
  g_autofree char *values = dup_values (index, 1);

  for (unsigned i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_line (values, lines[i]);
  g_assert_true (lec_index_state (index, 1) & LEC_FRAME_NOTED);
}

/* A direction alone is no reason to read the frame again, and is told all the same; what is not noted is not said. */
static void
test_direction_only (gconstpointer big_endian)
{
  static const char *const absent[] = { "frame.comment", "frame.drop_count", "frame.packet_id", "frame.verdict",
                                        "frame.interface_queue" };
  g_autoptr (LecIndex) index = noted_index (GPOINTER_TO_INT (big_endian));
  g_autofree char *values = dup_values (index, 2);

  g_assert_false (lec_index_state (index, 2) & LEC_FRAME_NOTED);
  assert_line (values, "frame.packet_flags=0x00000001");
  assert_line (values, "frame.packet_flags_direction=0x00000001");
  for (unsigned i = 0; i < G_N_ELEMENTS (absent); i++)
    g_assert_null (strstr (values, absent[i]));
}

/* Interfaces are numbered anew in each section. */
static void
test_second_section (gconstpointer big_endian)
{
  g_autoptr (LecIndex) index = noted_index (GPOINTER_TO_INT (big_endian));
  g_autofree char *values = dup_values (index, 3);

  assert_line (values, "frame.section_number=2");
  assert_line (values, "frame.interface_id=1");
  assert_line (values, "frame.interface_name=any");
  assert_line (values, "frame.encap_type=25");
  g_assert_null (strstr (values, "frame.packet_flags"));
}

static void
add_test (const char *name, void (*test) (gconstpointer))
{
  g_autofree char *little = g_strdup_printf ("/notes/%s/little-endian", name);
  g_autofree char *big = g_strdup_printf ("/notes/%s/big-endian", name);

  g_test_add_data_func (little, GINT_TO_POINTER (FALSE), test);
  g_test_add_data_func (big, GINT_TO_POINTER (TRUE), test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("everything", test_everything);
  add_test ("direction-only", test_direction_only);
  add_test ("second-section", test_second_section);
  return g_test_run ();
}
