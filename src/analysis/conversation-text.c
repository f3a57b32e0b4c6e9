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
dup_unanswered (const LecIndex *index, const LecConversation *conversation)
{
  const LecVerdict *verdict = lec_index_find_verdict (index, LEC_GET (conversation->syn_frame), LEC_VERDICT_NO_ANSWER);

  return verdict ? lec_verdict_dup_clause (index, verdict) : g_strdup (_ ("no answer"));
}

static char *
dup_reset (const LecIndex *index, const LecConversation *conversation)
{
  const LecVerdict *verdict = lec_index_find_verdict (index, LEC_GET (conversation->reset_frame), LEC_VERDICT_RESET);
  const char *side = lec_side_label (LEC_GET (conversation->ending_side));
  uint32_t n_frames = verdict ? verdict->count : 0;

  switch (verdict ? (LecResetReason) verdict->reason : LEC_RESET_ABORTED) {
  case LEC_RESET_HALF_OPEN:
    return g_strdup_printf (_ ("reset by %s, which knows nothing of it"), side);
  case LEC_RESET_AFTER_CLOSE:
    return g_strdup_printf (_ ("closed by %s, which reset what still came"), side);
  case LEC_RESET_SUSPICIOUS:
    return g_strdup_printf (_ ("reset in the name of %s, perhaps by a device in between"), side);
  case LEC_RESET_ABORTED:
  case LEC_RESET_REFUSED:
    break;
  }
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "aborted by %s after %u frame", "aborted by %s after %u frames", n_frames), side,
      n_frames);
}

static char *
dup_incomplete (const LecConversation *conversation)
{
  if (LEC_GET (conversation->ending) == LEC_ENDING_RESET)
    return g_strdup_printf (_ ("handshake not finished: reset by %s"),
                            lec_side_label (LEC_GET (conversation->ending_side)));
  return g_strdup (_ ("handshake not finished: the last ACK never came"));
}

/* How it ended, or how it stands; nobody knows how it goes on while the trace is being read. */
static char *
dup_ending (const LecIndex *index, const LecConversation *conversation)
{
  unsigned side = LEC_GET (conversation->ending_side);
  gboolean goes_on = !LEC_GET (index->complete);

  switch ((LecEnding) LEC_GET (conversation->ending)) {
  case LEC_ENDING_RESET:
    return dup_reset (index, conversation);
  case LEC_ENDING_CLOSED:
    return LEC_GET (conversation->traits) & LEC_TRAIT_SIMULTANEOUS_CLOSE ? g_strdup (_ ("closed by both at once"))
                                                                         : g_strdup (_ ("closed by both"));
  case LEC_ENDING_HALF_CLOSED:
    if (goes_on)
      return g_strdup_printf (_ ("closed by %s, so far"), lec_side_label (side));
    return g_strdup_printf (_ ("half-closed: %s waits for %s"), lec_side_label (side), lec_side_label (!side));
  case LEC_ENDING_OPEN:
    break;
  }
  return goes_on ? g_strdup (_ ("open so far")) : g_strdup (_ ("open"));
}

static char *
dup_tcp_outcome (const LecIndex *index, const LecConversation *conversation)
{
  g_autofree char *ending = dup_ending (index, conversation);

  switch ((LecHandshake) LEC_GET (conversation->handshake)) {
  case LEC_HANDSHAKE_PENDING:
    return g_strdup (_ ("waiting for an answer"));
  case LEC_HANDSHAKE_TRACE_ENDED:
    return g_strdup (_ ("no answer yet when the trace ends"));
  case LEC_HANDSHAKE_REFUSED:
    return g_strdup (_ ("refused"));
  case LEC_HANDSHAKE_UNANSWERED:
    return dup_unanswered (index, conversation);
  case LEC_HANDSHAKE_INCOMPLETE:
    return dup_incomplete (conversation);
  case LEC_HANDSHAKE_MISSING:
    /* Translators: %s is how a connection ended. */
    return g_strdup_printf (_ ("%s; handshake missing: the capture began later"), ending);
  case LEC_HANDSHAKE_COMPLETE:
    break;
  }
  return g_steal_pointer (&ending);
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
