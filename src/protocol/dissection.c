#include "protocol/protocols.h"
#include "protocol/registry.h"

#include <glib/gi18n-lib.h>

void
lec_dissect_frame_bytes (LecDissection *dissection, const uint8_t *bytes)
{
  LecReader reader = lec_reader (bytes, dissection->captured_bytes, dissection->original_bytes, 0);

  if (!dissection->scratch) {
    dissection->scratch = g_string_new (NULL);
    dissection->scratch_is_own = TRUE;
  }
  dissection->n_sources = 1;
  lec_dissect_next (dissection, LEC_PROTOCOL_FRAME, &reader);
  lec_frame_finish (dissection);
}

void
lec_dissection_clear (LecDissection *dissection)
{
  for (unsigned i = 0; i < dissection->n_layers; i++)
    g_clear_pointer (&dissection->layers[i].summary, g_free);
  dissection->n_layers = 0;
  g_clear_pointer (&dissection->owned, g_ptr_array_unref);
  if (dissection->scratch_is_own)
    g_string_free (dissection->scratch, TRUE);
  dissection->scratch = NULL;
  dissection->scratch_is_own = FALSE;
}

void *
lec_dissection_own (LecDissection *dissection, void *memory)
{
  if (!dissection->owned)
    dissection->owned = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (dissection->owned, memory);
  return memory;
}

void
lec_dissection_add_path (LecDissection *dissection, const char *name)
{
  unsigned left = LEC_PATH_BYTES - dissection->path_length;
  unsigned length = (unsigned) strlen (name), sign = dissection->path_length > 0;
  char *end = dissection->path + dissection->path_length;

  if (length + sign >= left)
    return;
  /* This is done for every layer of every frame. */
  *end = ':';
  memcpy (end + sign, name, length + 1);
  dissection->path_length += length + sign;
}

/* What the head calls the frame's protocol ends at the transport, or at what a UDP port says is above it: what a TCP
 * stream carries is only known of the stream as a whole. */
static gboolean
names_the_frame (const LecDissection *dissection, LecProtocolId id)
{
  if (dissection->quoted || id == LEC_PROTOCOL_DATA || id == LEC_PROTOCOL_HTTP || id == LEC_PROTOCOL_TLS)
    return FALSE;
  return !dissection->n_layers || dissection->layers[dissection->n_layers - 1].protocol->id != LEC_PROTOCOL_TCP;
}

gboolean
lec_dissect_next (LecDissection *dissection, LecProtocolId id, LecReader *reader)
{
  const LecProtocol *protocol = lec_protocol (id);
  LecSink *sink = dissection->sink;

  if (names_the_frame (dissection, id))
    dissection->head.protocol = (uint8_t) id;
  if (!protocol)
    protocol = lec_protocol (LEC_PROTOCOL_DATA);
  if (sink->wants_protocol && !sink->wants_protocol (sink, protocol))
    return FALSE;
  if (dissection->n_layers == LEC_LIMIT_LAYERS) {
    lec_add_computed_text (dissection, lec_field_limit, 0, _ ("More than %u layers: the rest is not looked into"),
                           LEC_LIMIT_LAYERS);
    return FALSE;
  }
  dissection->layers[dissection->n_layers++] = (LecLayer){
    .protocol = protocol,
    .span = { dissection->source, lec_reader_offset (reader) * 8, lec_reader_left (reader) * 8 },
    .whole_bits = lec_reader_left (reader) * 8,
    .quoted = dissection->quoted,
  };
  if (id != LEC_PROTOCOL_FRAME)
    lec_dissection_add_path (dissection, protocol->name);
  protocol->dissect (dissection, reader);
  return TRUE;
}

void
lec_dissect_data (LecDissection *dissection, LecReader *reader)
{
  if (lec_reader_reported_left (reader))
    lec_dissect_next (dissection, LEC_PROTOCOL_DATA, reader);
}

gboolean
lec_wants_field (const LecDissection *dissection, const LecField *field)
{
  LecSink *sink = dissection->sink;

  return sink->add && (!sink->wants_field || sink->wants_field (sink, field));
}

gboolean
lec_wants_protocol (const LecDissection *dissection, LecProtocolId protocol)
{
  LecSink *sink = dissection->sink;

  return !sink->wants_protocol || sink->wants_protocol (sink, lec_protocol (protocol));
}

/* The one way to the sink; counts, so that a hostile frame cannot make fields without end. */
static void
announce (LecDissection *dissection, const LecField *field, uint64_t offset_bits, uint64_t length_bits,
          const LecValue *value, const char *text, gboolean opens)
{
  LecSink *sink = dissection->sink;

  if (!sink->add)
    return;
  if (dissection->n_fields >= LEC_LIMIT_FIELDS) {
    if (dissection->n_fields++ == LEC_LIMIT_FIELDS)
      sink->add (sink, lec_field_limit, &(LecValue){ 0 }, (LecSpan){ dissection->source, 0, 0 },
                 _ ("Too many fields: the rest is not shown"), FALSE);
    dissection->n_fields = LEC_LIMIT_FIELDS + 1;
    dissection->n_unopened += opens != FALSE;
    return;
  }
  dissection->n_fields++;
  sink->add (sink, field, value, (LecSpan){ dissection->source, (uint32_t) offset_bits, (uint32_t) length_bits }, text,
             opens);
}

/* TRUE: the sink has no use for FIELD, which then counts and is not made. */
static inline gboolean
pass_over (LecDissection *dissection, const LecField *field)
{
  uint64_t bits = dissection->sink->field_bits;

  if (bits == 0 || (bits & lec_field_bit (field)) != 0 || dissection->n_fields >= LEC_LIMIT_FIELDS)
    return FALSE;
  dissection->n_fields++;
  return TRUE;
}

static void
announce_bytes (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length,
                const LecValue *value, const char *text, gboolean opens)
{
  announce (dissection, field, (uint64_t) offset * 8, (uint64_t) length * 8, value, text, opens);
}

static const char *
format_text (LecDissection *dissection, const char *format, va_list arguments)
{
  if (!format || !dissection->sink->wants_text)
    return NULL;
  g_string_vprintf (dissection->scratch, format, arguments);
  return dissection->scratch->str;
}

void
lec_add_uint (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t value)
{
  if (pass_over (dissection, field))
    return;
  announce_bytes (dissection, field, offset, length, &(LecValue){ .number = value }, NULL, FALSE);
}

void
lec_open_uint (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t value)
{
  if (pass_over (dissection, field))
    return;
  announce_bytes (dissection, field, offset, length, &(LecValue){ .number = value }, NULL, TRUE);
}

static void
announce_bits (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t whole,
               unsigned scale, gboolean opens)
{
  if (pass_over (dissection, field))
    return;
  g_return_if_fail (field->mask);
  unsigned low = (unsigned) __builtin_ctzll (field->mask);
  unsigned high = 63 - (unsigned) __builtin_clzll (field->mask);
  uint64_t first = (uint64_t) offset * 8 + MAX (length * 8, high + 1) - 1 - high;

  announce (dissection, field, first, high - low + 1, &(LecValue){ .number = ((whole & field->mask) >> low) * scale },
            NULL, opens);
}

void
lec_add_bits (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t whole)
{
  announce_bits (dissection, field, offset, length, whole, 1, FALSE);
}

void
lec_open_bits (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t whole)
{
  announce_bits (dissection, field, offset, length, whole, 1, TRUE);
}

void
lec_add_scaled_bits (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t whole,
                     unsigned scale)
{
  announce_bits (dissection, field, offset, length, whole, scale, FALSE);
}

void
lec_add_bytes (LecDissection *dissection, const LecField *field, uint32_t offset, LecBytes bytes)
{
  if (pass_over (dissection, field))
    return;
  announce_bytes (dissection, field, offset, bytes.length, &(LecValue){ .bytes = bytes }, NULL, FALSE);
}

void
lec_open_bytes (LecDissection *dissection, const LecField *field, uint32_t offset, LecBytes bytes)
{
  if (pass_over (dissection, field))
    return;
  announce_bytes (dissection, field, offset, bytes.length, &(LecValue){ .bytes = bytes }, NULL, TRUE);
}

static void
announce_string (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, const char *text,
                 gssize text_length, gboolean opens)
{
  if (pass_over (dissection, field))
    return;
  uint32_t n = (uint32_t) (text_length < 0 ? strlen (text) : (size_t) text_length);

  announce_bytes (dissection, field, offset, length, &(LecValue){ .bytes = { (const uint8_t *) text, n } }, NULL,
                  opens);
}

void
lec_add_string (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, const char *text,
                gssize text_length)
{
  announce_string (dissection, field, offset, length, text, text_length, FALSE);
}

void
lec_open_string (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, const char *text,
                 gssize text_length)
{
  announce_string (dissection, field, offset, length, text, text_length, TRUE);
}

void
lec_add_uint_text (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t value,
                   const char *format, ...)
{
  va_list arguments;

  if (pass_over (dissection, field))
    return;
  va_start (arguments, format);
  announce_bytes (dissection, field, offset, length, &(LecValue){ .number = value },
                  format_text (dissection, format, arguments), FALSE);
  va_end (arguments);
}

void
lec_open_uint_text (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, uint64_t value,
                    const char *format, ...)
{
  va_list arguments;

  if (pass_over (dissection, field))
    return;
  va_start (arguments, format);
  announce_bytes (dissection, field, offset, length, &(LecValue){ .number = value },
                  format_text (dissection, format, arguments), TRUE);
  va_end (arguments);
}

void
lec_open_group (LecDissection *dissection, const LecField *field, uint32_t offset, uint32_t length, const char *format,
                ...)
{
  va_list arguments;

  if (pass_over (dissection, field))
    return;
  va_start (arguments, format);
  announce_bytes (dissection, field, offset, length, &(LecValue){ 0 }, format_text (dissection, format, arguments),
                  TRUE);
  va_end (arguments);
}

void
lec_close (LecDissection *dissection)
{
  if (!dissection->sink->add)
    return;
  if (dissection->n_unopened)
    dissection->n_unopened--;
  else
    dissection->sink->close (dissection->sink);
}

void
lec_add_computed (LecDissection *dissection, const LecField *field, uint64_t value)
{
  if (pass_over (dissection, field))
    return;
  announce (dissection, field, 0, 0, &(LecValue){ .number = value }, NULL, FALSE);
}

void
lec_add_computed_text (LecDissection *dissection, const LecField *field, uint64_t value, const char *format, ...)
{
  va_list arguments;

  if (pass_over (dissection, field))
    return;
  va_start (arguments, format);
  announce (dissection, field, 0, 0, &(LecValue){ .number = value }, format_text (dissection, format, arguments),
            FALSE);
  va_end (arguments);
}

void
lec_add_computed_real (LecDissection *dissection, const LecField *field, double value)
{
  announce (dissection, field, 0, 0, &(LecValue){ .real = value }, NULL, FALSE);
}

void
lec_add_computed_bytes (LecDissection *dissection, const LecField *field, LecBytes bytes)
{
  if (pass_over (dissection, field))
    return;
  announce (dissection, field, 0, 0, &(LecValue){ .bytes = bytes }, NULL, FALSE);
}

void
lec_add_computed_string (LecDissection *dissection, const LecField *field, const char *text)
{
  lec_add_string (dissection, field, 0, 0, text, -1);
}

static uint64_t
read_uint (LecReader *reader, unsigned n_bytes)
{
  LecBytes bytes = lec_read_bytes (reader, n_bytes);
  uint64_t value = 0;

  for (uint32_t i = 0; i < bytes.length; i++)
    value = value << 8 | bytes.data[i];
  return value;
}

uint64_t
lec_take_uint (LecDissection *dissection, LecReader *reader, const LecField *field, unsigned n_bytes)
{
  uint32_t offset = lec_reader_offset (reader);
  uint64_t value = read_uint (reader, n_bytes);

  if (n_bytes && reader->state == LEC_READ_OK)
    lec_add_uint (dissection, field, offset, n_bytes, value);
  return value;
}

LecBytes
lec_take_bytes (LecDissection *dissection, LecReader *reader, const LecField *field, uint32_t length)
{
  uint32_t offset = lec_reader_offset (reader);
  LecBytes bytes = lec_read_bytes (reader, length);

  if (bytes.length)
    lec_add_bytes (dissection, field, offset, bytes);
  return bytes;
}

void
lec_take_flags (LecDissection *dissection, LecReader *reader, const LecField *field, const LecField *last,
                unsigned n_bytes)
{
  uint32_t offset = lec_reader_offset (reader);
  uint64_t value = read_uint (reader, n_bytes);

  if (reader->state)
    return;
  lec_open_uint (dissection, field, offset, n_bytes, value);
  while (field++ < last)
    lec_add_bits (dissection, field, offset, n_bytes, value);
  lec_close (dissection);
}

void
lec_add_state (LecDissection *dissection, const LecReader *reader)
{
  if (reader->state & LEC_READ_CUT)
    lec_add_computed_text (dissection, lec_field_cut, 0, "%s", _ ("The capture kept too few bytes of this frame"));
  if (reader->state & LEC_READ_MALFORMED)
    lec_add_computed_text (dissection, lec_field_malformed, 0, "%s",
                           _ ("Malformed: it claims more bytes than the sender sent"));
}

uint16_t
lec_add_source (LecDissection *dissection, const char *name, LecBytes bytes, const LecPiece *pieces, unsigned n_pieces)
{
  uint16_t former = dissection->source;

  if (dissection->n_sources == G_MAXUINT16)
    return former;
  dissection->source = dissection->n_sources++;
  if (dissection->sink->source)
    dissection->sink->source (dissection->sink, dissection->source, name, bytes, pieces, n_pieces);
  return former;
}

gboolean
lec_dissection_wants_summary (const LecDissection *dissection, unsigned layer)
{
  if (dissection->summaries == LEC_SUMMARY_ALL)
    return TRUE;
  if (dissection->summaries == LEC_SUMMARY_NONE || dissection->quoted)
    return FALSE;
  for (unsigned i = layer + 1; i < dissection->n_layers; i++)
    if (dissection->layers[i].summary)
      return FALSE;
  return TRUE;
}

void
lec_dissection_set_summary (LecDissection *dissection, unsigned layer, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_free (dissection->layers[layer].summary);
  dissection->layers[layer].summary = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

unsigned
lec_dissection_layer (const LecDissection *dissection)
{
  return dissection->n_layers - 1;
}
