#include "analysis/conversation-text.h"

#include <arpa/inet.h>
#include <glib/gi18n-lib.h>

#include "analysis/verdict-text.h"
#include "base/publish.h"

const char *
lec_handshake_name (LecHandshake handshake)
{
  static const char *const names[] = { "missing",    "pending",    "complete",   "refused",
                                       "unanswered", "incomplete", "trace-ended" };
  return names[handshake];
}

const char *
lec_side_label (unsigned side)
{
  return side == 0 ? _ ("the client") : _ ("the server");
}

static char *
dup_tcp_outcome (const LecIndex *index, const LecConversation *conversation)
{
  switch ((LecHandshake) LEC_GET (conversation->handshake)) {
  case LEC_HANDSHAKE_PENDING:
    return g_strdup (_ ("waiting for an answer"));
  case LEC_HANDSHAKE_TRACE_ENDED:
    return g_strdup (_ ("no answer yet when the trace ends"));
  case LEC_HANDSHAKE_REFUSED:
    return g_strdup (_ ("refused"));
  case LEC_HANDSHAKE_UNANSWERED: {
    const LecVerdict *verdict =
        lec_index_find_verdict (index, LEC_GET (conversation->syn_frame), LEC_VERDICT_NO_ANSWER);
    return verdict ? lec_verdict_dup_clause (index, verdict) : g_strdup (_ ("no answer"));
  }
  case LEC_HANDSHAKE_MISSING:
  case LEC_HANDSHAKE_COMPLETE:
  case LEC_HANDSHAKE_INCOMPLETE:
    break;
  }
  switch ((LecEnding) LEC_GET (conversation->ending)) {
  case LEC_ENDING_RESET: {
    uint32_t reset_frame = LEC_GET (conversation->reset_frame);
    const LecVerdict *verdict = lec_index_find_verdict (index, reset_frame, LEC_VERDICT_RESET);
    uint32_t n_frames = verdict ? verdict->count : 0;
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "aborted by %s after %u frame", "aborted by %s after %u frames", n_frames),
        lec_side_label (LEC_GET (conversation->reset_side)), n_frames);
  }
  case LEC_ENDING_CLOSED:
    return g_strdup (_ ("closed by both"));
  case LEC_ENDING_HALF_CLOSED:
    return g_strdup (_ ("closed by one side"));
  case LEC_ENDING_OPEN:
    break;
  }
  return LEC_GET (conversation->handshake) == LEC_HANDSHAKE_INCOMPLETE ? g_strdup (_ ("handshake not finished"))
                                                                       : g_strdup (_ ("open"));
}

char *
lec_conversation_dup_outcome (const LecIndex *index, uint32_t conversation)
{
  const LecConversation *row = lec_index_conversation (index, conversation);

  if (row->ip_protocol == 6)
    return dup_tcp_outcome (index, row);
  return LEC_GET (row->n_frames[0]) && LEC_GET (row->n_frames[1]) ? g_strdup (_ ("packets both ways"))
                                                                  : g_strdup (_ ("packets one way only"));
}

char *
lec_conversation_dup_endpoint (const LecIndex *index, uint32_t conversation, unsigned side)
{
  const LecConversation *row = lec_index_conversation (index, conversation);
  const LecAddress *address = &row->address[side];
  char text[INET6_ADDRSTRLEN] = "";

  inet_ntop (address->n_bytes == 16 ? AF_INET6 : AF_INET, address->bytes, text, sizeof text);
  return g_strdup_printf (address->n_bytes == 16 ? "[%s]:%u" : "%s:%u", text, row->port[side]);
}
