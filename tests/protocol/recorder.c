#include "recorder.h"

static void
recorded_free (void *data)
{
  Recorded *recorded = data;

  g_free (recorded->text);
  g_free (recorded->plain);
  g_free (recorded->people);
  g_free (recorded);
}

static void
add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  Recorder *recorder = (Recorder *) sink;
  Recorded *recorded = g_new0 (Recorded, 1);
  g_autoptr (GString) plain = g_string_new (NULL), people = g_string_new (NULL);

  lec_value_append (plain, field, value, FALSE);
  lec_value_append (people, field, value, TRUE);
  g_assert_true (g_utf8_validate (people->str, -1, NULL));
  *recorded =
      (Recorded){ field,          span, value->number, g_strdup (text), g_strdup (plain->str), g_strdup (people->str),
                  recorder->depth };
  g_ptr_array_add (recorder->fields, recorded);
  if (opens)
    recorder->depth++;
}

static void
close_node (LecSink *sink)
{
  Recorder *recorder = (Recorder *) sink;

  g_assert_cmpuint (recorder->depth, >, 0);
  recorder->depth--;
}

static void
source (LecSink *sink, uint16_t number, const char *name, LecBytes bytes, const LecPiece *pieces, unsigned n_pieces)
{
  Recorder *recorder = (Recorder *) sink;

  g_assert_cmpuint (number, ==, ++recorder->n_sources);
}

void
recorder_init (Recorder *recorder)
{
  *recorder = (Recorder){ .sink = { .add = add, .close = close_node, .wants_text = TRUE, .source = source } };
  recorder->fields = g_ptr_array_new_with_free_func (recorded_free);
}

void
recorder_clear (Recorder *recorder)
{
  g_assert_cmpuint (recorder->depth, ==, 0);
  g_clear_pointer (&recorder->fields, g_ptr_array_unref);
}

const Recorded *
recorder_nth (const Recorder *recorder, const char *name, unsigned n)
{
  for (unsigned i = 0; i < recorder->fields->len; i++) {
    const Recorded *recorded = recorder->fields->pdata[i];
    if (!strcmp (recorded->field->name, name) && !n--)
      return recorded;
  }
  return NULL;
}

const char *
recorder_value (const Recorder *recorder, const char *name)
{
  const Recorded *recorded = recorder_nth (recorder, name, 0);

  if (!recorded)
    g_error ("no field %s", name);
  return recorded->plain;
}

char *
recorder_values (const Recorder *recorder, const char *name)
{
  g_autoptr (GString) all = g_string_new (NULL);
  const Recorded *recorded;

  for (unsigned i = 0; (recorded = recorder_nth (recorder, name, i)); i++)
    g_string_append_printf (all, "%s%s", i ? "," : "", recorded->plain);
  return g_strdup (all->str);
}

void
record_frame (Recorder *recorder, LecDissection *dissection, uint16_t link_type, const uint8_t *bytes,
              uint32_t captured, uint32_t original)
{
  recorder_init (recorder);
  *dissection = (LecDissection){
    .sink = &recorder->sink,
    .frame = 1,
    .time_ns = INT64_C (1600000000123456789),
    .captured_bytes = captured,
    .original_bytes = original,
    .link_type = link_type,
    .summaries = LEC_SUMMARY_ALL,
  };
  lec_dissect_frame_bytes (dissection, bytes);
}

void
record_message (Recorder *recorder, LecDissection *dissection, LecProtocolId protocol, const uint8_t *bytes,
                uint32_t captured, uint32_t reported)
{
  LecReader reader = lec_reader (bytes, captured, reported, 0);

  recorder_init (recorder);
  *dissection = (LecDissection){
    .sink = &recorder->sink,
    .frame = 1,
    .captured_bytes = captured,
    .original_bytes = reported,
    .summaries = LEC_SUMMARY_ALL,
    .n_sources = 1,
    .scratch = g_string_new (NULL),
    .scratch_is_own = TRUE,
  };
  g_assert_true (lec_dissect_next (dissection, protocol, &reader));
  g_assert_cmpuint (recorder->depth, ==, 0);
  for (unsigned i = 0; i < recorder->fields->len; i++) {
    const Recorded *recorded = recorder->fields->pdata[i];
    if (recorded->span.source == 0)
      g_assert_cmpuint (recorded->span.offset_bits + recorded->span.length_bits, <=, captured * 8);
  }
}

void
record_message_cut (LecProtocolId protocol, const uint8_t *bytes, uint32_t length)
{
  for (uint32_t i = 0; i <= 2 * length + 1; i++) {
    uint32_t captured = i / 2;
    g_autofree uint8_t *copy = g_memdup2 (bytes, captured);
    Recorder recorder;
    LecDissection dissection;
    record_message (&recorder, &dissection, protocol, copy, captured, i % 2 ? length : captured);
    recorder_clear (&recorder);
    lec_dissection_clear (&dissection);
  }
}

uint8_t *
bytes_of_hex (const char *hex, uint32_t *length)
{
  GByteArray *bytes = g_byte_array_new ();

  for (int high = -1; *hex; hex++) {
    int digit = g_ascii_xdigit_value (*hex);
    if (digit < 0)
      continue;
    if (high < 0) {
      high = digit;
    } else {
      uint8_t byte = (uint8_t) (high << 4 | digit);
      g_byte_array_append (bytes, &byte, 1);
      high = -1;
    }
  }
  *length = bytes->len;
  return g_byte_array_free (bytes, FALSE);
}

void
record_hex (Recorder *recorder, LecDissection *dissection, LecProtocolId protocol, const char *hex)
{
  uint32_t length;
  g_autofree uint8_t *bytes = bytes_of_hex (hex, &length);

  record_message (recorder, dissection, protocol, bytes, length, length);
}

void
record_clear (Recorder *recorder, LecDissection *dissection)
{
  recorder_clear (recorder);
  lec_dissection_clear (dissection);
}

void
frame_clear (Frame *frame)
{
  record_clear (&frame->recorder, &frame->dissection);
  g_free (frame->bytes);
}

void
frame_assert_value (const Frame *frame, const char *name, const char *expected)
{
  g_autofree char *values = recorder_values (&frame->recorder, name);

  if (strcmp (values, expected))
    g_error ("%s is \"%s\", not \"%s\"", name, values, expected);
}
