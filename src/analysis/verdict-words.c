#include "analysis/verdict-words.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "base/publish.h"

/* Of which every verdict has one, but for a frame that an ill-made trace put in none. */
static const LecConversation *
conversation_of (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t conversation = lec_index_conversation_of (index, verdict->frame);

  return conversation == G_MAXUINT32 ? NULL : lec_index_conversation (index, conversation);
}

int64_t
lec_words_span_ns (const LecIndex *index, uint32_t earlier, uint32_t later)
{
  return lec_index_time_ns (index, later) - lec_index_time_ns (index, earlier);
}

gboolean
lec_words_byte (const LecIndex *index, const LecVerdict *verdict, uint32_t *byte)
{
  const LecConversation *conversation = conversation_of (index, verdict);
  gboolean acknowledges = verdict->kind == LEC_VERDICT_DUPLICATE_ACK || verdict->kind == LEC_VERDICT_ACK_OF_UNSEEN;
  unsigned side = verdict->side ^ (unsigned) acknowledges;

  if (!conversation || !(LEC_GET (conversation->sequence_known) & 1u << side))
    return FALSE;
  *byte = verdict->sequence - LEC_GET (conversation->first_sequence[side]);
  return TRUE;
}

gboolean
lec_words_window (const LecIndex *index, const LecVerdict *verdict, uint32_t window, uint32_t *bytes)
{
  const LecConversation *conversation = conversation_of (index, verdict);
  int8_t shift = conversation ? LEC_GET (conversation->window_shift[verdict->side]) : -1;

  if (shift == -1)
    return FALSE;
  *bytes = window << MAX (shift, 0);
  return TRUE;
}

const char *
lec_words_segment (const LecIndex *index, uint32_t frame)
{
  uint8_t flags = lec_index_tcp_flags (index, frame);

  if (flags & LEC_TCP_SYN)
    return flags & LEC_TCP_ACK ? "SYN-ACK" : "SYN";
  return flags & LEC_TCP_FIN ? "FIN" : _ ("segment");
}

char *
lec_words_dup_other_endpoint (const LecIndex *index, const LecVerdict *verdict)
{
  uint32_t conversation = lec_index_conversation_of (index, verdict->frame);

  return conversation == G_MAXUINT32 ? g_strdup ("?")
                                     : lec_conversation_dup_endpoint (index, conversation, !verdict->side);
}

gboolean
lec_words_final (const LecIndex *index)
{
  return LEC_GET (index->complete) != 0;
}
