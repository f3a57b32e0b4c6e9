/* lectern-cli conversations: a line a conversation. */
#include "analysis/conversation-text.h"
#include "cli/cli.h"

static const char *const endings[] = {
  [LEC_ENDING_OPEN] = "open",
  [LEC_ENDING_HALF_CLOSED] = "half-closed",
  [LEC_ENDING_CLOSED] = "closed",
  [LEC_ENDING_RESET] = "reset",
};

static void
print_conversation (LecTable *table, const LecIndex *index, uint32_t number)
{
  const LecConversation *conversation = lec_index_conversation (index, number);
  gboolean is_tcp = conversation->ip_protocol == 6;
  g_autofree char *client = lec_conversation_dup_endpoint (index, number, 0);
  g_autofree char *server = lec_conversation_dup_endpoint (index, number, 1);
  g_autofree char *outcome = is_tcp ? lec_conversation_dup_outcome (index, number) : NULL;
  int64_t start_ns = lec_index_time_ns (index, conversation->first_frame);
  int64_t end_ns = lec_index_time_ns (index, conversation->last_frame);

  lec_table_add_text (table, is_tcp ? "TCP" : "UDP");
  lec_table_add_number (table, conversation->stream);
  lec_table_add_text (table, client);
  lec_table_add_text (table, server);
  lec_table_add_text (table, lec_protocol (conversation->application)->module);
  lec_table_add_text (table, is_tcp ? lec_handshake_name (conversation->handshake) : NULL);
  lec_table_add_text (table, is_tcp ? endings[conversation->ending] : NULL);
  for (unsigned side = 0; side < 2; side++) {
    lec_table_add_number (table, conversation->n_frames[side]);
    lec_table_add_number (table, conversation->n_bytes[side]);
    lec_table_add_number (table, conversation->n_retransmissions[side]);
  }
  lec_table_add_number (table, conversation->first_frame);
  lec_table_add_number (table, conversation->last_frame);
  lec_table_add_seconds (table, start_ns);
  lec_table_add_seconds (table, end_ns - start_ns);
  lec_table_add_text (table, outcome);
  lec_table_end_row (table);
}

LecExit
lec_cli_conversations (const LecOptions *options)
{
  static const LecTableColumn columns[] = {
    { "protocol", 4 },
    { "stream", -5 },
    { "client", 22 },
    { "server", 22 },
    { "application", 6 },
    { "handshake", 10 },
    { "ending", 0 },
    { "client_frames", -6 },
    { "client_bytes", -9 },
    { "client_retransmissions", 0 },
    { "server_frames", -6 },
    { "server_bytes", -9 },
    { "server_retransmissions", 0 },
    { "first_frame", -7 },
    { "last_frame", -7 },
    { "time_epoch", 0 },
    { "duration", -14 },
    { "outcome", 1 },
  };
  LecCliTrace trace;
  LecTable *table;
  uint32_t n_conversations;

  if (!lec_cli_trace_open (&trace, options))
    return LEC_EXIT_FAILED;
  table = lec_table_new (options->format, columns, G_N_ELEMENTS (columns));
  n_conversations = atomic_load_explicit (&trace.index->n_conversations, memory_order_acquire);
  for (uint32_t number = 0; number < n_conversations; number++)
    print_conversation (table, trace.index, number);
  lec_table_free (table);
  return lec_cli_trace_close (&trace);
}
