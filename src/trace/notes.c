/* What a pcapng trace notes beside a frame. */
#include <string.h>

#include "trace/pcapng-block.h"

#define COMMENTS_MAX 1000u

void
lec_notes_clear (LecNotes *notes)
{
  g_clear_pointer (&notes->comments, g_strfreev);
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
static void
read_verdict (const LecOptions *option, LecNotes *notes)
{
  LecOptions value = *option;
  LecNotedVerdict *verdict;

  if (option->length < 1 || notes->n_verdicts == LEC_NOTED_VERDICTS_MAX)
    return;
  value.value++;
  value.length--;
  verdict = &notes->verdicts[notes->n_verdicts++];
  verdict->kind = option->value[0];
  if (verdict->kind == LEC_NOTED_VERDICT_TC || verdict->kind == LEC_NOTED_VERDICT_XDP) {
    verdict->number = (int64_t) lec_options_number (&value);
  } else {
    verdict->n_bytes = (uint8_t) MIN (value.length, sizeof verdict->bytes);
    memcpy (verdict->bytes, value.value, verdict->n_bytes);
  }
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
    notes->has_flags = option->length == 4;
    notes->flags = notes->has_flags ? (uint32_t) lec_options_number (option) : 0;
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
    read_verdict (option, notes);
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
