/* What a pcapng trace notes beside a frame. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "trace/pcapng-block.h"

#define COMMENTS_MAX 1000u

void
lec_notes_clear (LecNotes *notes)
{
  g_clear_pointer (&notes->comments, g_strfreev);
  g_clear_pointer (&notes->verdict, g_free);
}

void
lec_trace_read_notes (LecTraceCache *cache, LecPlace place, LecNotes *notes)
{
  const LecTraceFormat *format = lec_trace_cache_trace (cache)->format;

  *notes = (LecNotes){ .dropped_frames = -1, .packet_id = -1, .queue = -1 };
  if (format->read_notes != NULL)
    format->read_notes (cache, place, notes);
}

/* epb_verdict, draft-ietf-opsawg-pcapng §4.3: one octet of kind, then the verdict. */
static char *
dup_verdict (const LecOptions *option)
{
  static const char *const xdp[] = { "XDP_ABORTED", "XDP_DROP", "XDP_PASS", "XDP_TX", "XDP_REDIRECT" };
  LecOptions value = *option;
  uint64_t number;

  if (option->length < 1)
    return NULL;
  value.value++;
  value.length--;
  number = lec_options_number (&value);
  if (option->value[0] == 2 && value.length == 8 && number < G_N_ELEMENTS (xdp))
    return g_strdup (xdp[number]);
  if (option->value[0] == 1 && value.length == 8)
    return g_strdup_printf ("TC %" G_GUINT64_FORMAT, number);
  if (option->value[0] == 0) {
    GString *text = g_string_new (_ ("hardware"));

    g_string_append_c (text, ' ');
    for (unsigned i = 0; i < value.length && i < 32; i++)
      g_string_append_printf (text, "%02x", value.value[i]);
    return g_string_free (text, FALSE);
  }
  return g_strdup_printf (_ ("kind %u"), option->value[0]);
}

static void
read_note (const LecOptions *option, LecNotes *notes, GPtrArray *comments)
{
  switch (option->code) {
  case LEC_OPTION_COMMENT:
    if (comments->len < COMMENTS_MAX)
      g_ptr_array_add (comments, lec_options_dup_text (option));
    break;
  case 2:
    notes->flags = option->length == 4 ? (uint32_t) lec_options_number (option) : 0;
    break;
  case 4:
    notes->dropped_frames = (int64_t) MIN (lec_options_number (option), INT64_MAX);
    break;
  case 5:
    notes->packet_id = (int64_t) MIN (lec_options_number (option), INT64_MAX);
    break;
  case 6:
    notes->queue = (int64_t) lec_options_number (option);
    break;
  case 7:
    g_free (notes->verdict);
    notes->verdict = dup_verdict (option);
    break;
  }
}

void
lec_pcapng_read_notes (LecTraceCache *cache, LecPlace place, LecNotes *notes)
{
  g_autoptr (GPtrArray) comments = g_ptr_array_new_with_free_func (g_free);
  LecPacketBlock packet;
  LecBlock block;
  LecOptions options;

  if (!lec_pcapng_read_block (cache, LEC_PLACE_OFFSET (place), &block) || !lec_block_read_packet (&block, 0, &packet))
    return;
  if (packet.drops != 0xffff)
    notes->dropped_frames = packet.drops;
  options = lec_options (&block, packet.options);
  while (lec_options_next (&options))
    read_note (&options, notes, comments);
  if (comments->len > 0) {
    g_ptr_array_add (comments, NULL);
    notes->comments = (char **) g_ptr_array_steal (comments, NULL);
  }
}
