/* lectern-cli conversations: a line a conversation. */
#include "analysis/conversation-text.h"
#include "analysis/replay-stream.h"
#include "cli/cli.h"

static const char *const endings[] = {
  [LEC_ENDING_OPEN] = "open",
  [LEC_ENDING_HALF_CLOSED] = "half-closed",
  [LEC_ENDING_CLOSED] = "closed",
  [LEC_ENDING_RESET] = "reset",
};

/* What the conversations come to, by their number; those of UDP have no frames in it. */
static void
keep_summary (uint32_t conversation, const LecReplaySummary *summary, void *data)
{
  g_array_index ((GArray *) data, LecReplaySummary, conversation) = *summary;
}

static GArray *
sum_up (const LecIndex *index, uint32_t n_conversations)
{
  GArray *summaries = g_array_sized_new (FALSE, TRUE, sizeof (LecReplaySummary), n_conversations);
  g_autoptr (LecReplayStream) stream = lec_replay_stream_new (index, keep_summary, summaries);

  g_array_set_size (summaries, n_conversations);
  lec_replay_stream_advance (stream, lec_index_n_frames (index), NULL);
  return summaries;
}

static void
add_round_trips (LecTable *table, LecRoundTrips trips)
{
  const int64_t spans_ns[] = { trips.min_ns, trips.median_ns, trips.max_ns };

  for (unsigned i = 0; i < G_N_ELEMENTS (spans_ns); i++) {
    if (trips.n)
      lec_table_add_seconds (table, spans_ns[i]);
    else
      lec_table_add_none (table);
  }
}

static void
add_directions (LecTable *table, const LecReplaySummary *summary)
{
  for (unsigned side = 0; side < 2; side++) {
    double goodput = lec_replay_goodput (summary, side);

    if (goodput > 0)
      lec_table_add_real (table, goodput, 0);
    else
      lec_table_add_none (table);
  }
  for (unsigned side = 0; side < 2; side++) {
    if (summary->n_frames)
      lec_table_add_number (table, summary->side[side].largest_flight_bytes);
    else
      lec_table_add_none (table);
  }
}

static void
add_summary (LecTable *table, const LecReplaySummary *summary)
{
  double rate = lec_replay_retransmission_rate (summary);

  if (summary->handshake_frame)
    lec_table_add_seconds (table, summary->handshake_ns);
  else
    lec_table_add_none (table);
  add_round_trips (table, lec_replay_round_trips (summary));
  add_round_trips (table, summary->side[0].round_trips);
  add_round_trips (table, summary->side[1].round_trips);
  add_directions (table, summary);
  if (rate >= 0)
    lec_table_add_real (table, rate, 6);
  else
    lec_table_add_none (table);
}

static void
print_conversation (LecTable *table, const LecIndex *index, uint32_t number, const LecReplaySummary *summary)
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
  add_summary (table, summary);
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
    { "handshake_rtt", 0 },
    { "rtt_min", 0 },
    { "rtt_median", 0 },
    { "rtt_max", 0 },
    { "client_rtt_min", 0 },
    { "client_rtt_median", 0 },
    { "client_rtt_max", 0 },
    { "server_rtt_min", 0 },
    { "server_rtt_median", 0 },
    { "server_rtt_max", 0 },
    { "client_goodput", 0 },
    { "server_goodput", 0 },
    { "client_largest_flight", 0 },
    { "server_largest_flight", 0 },
    { "retransmission_rate", 0 },
  };
  LecCliTrace trace;
  LecTable *table;
  uint32_t n_conversations;

  if (!lec_cli_trace_open (&trace, options))
    return LEC_EXIT_FAILED;
  table = lec_table_new (options->format, columns, G_N_ELEMENTS (columns));
  n_conversations = atomic_load_explicit (&trace.index->n_conversations, memory_order_acquire);
  g_autoptr (GArray) summaries = sum_up (trace.index, n_conversations);
  for (uint32_t number = 0; number < n_conversations; number++)
    print_conversation (table, trace.index, number, &g_array_index (summaries, LecReplaySummary, number));
  lec_table_free (table);
  return lec_cli_trace_close (&trace);
}
