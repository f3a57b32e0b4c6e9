#include "analysis/conversation-text.h"
#include "analysis/verdict-text.h"
#include "loaded.h"

static uint32_t
conversation_to_port (const LecIndex *index, uint16_t port, uint32_t after)
{
  uint32_t n = atomic_load (&index->n_conversations);

  for (uint32_t row = after; row < n; row++)
    if (lec_index_conversation (index, row)->port[1] == port && lec_index_conversation (index, row)->ip_protocol == 6)
      return row;
  g_assert_not_reached ();
}

/* S5–S9: a SYN that nobody answers, and its repeats, which name the first one. */
static void
test_silent_port (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("closed-port-silent.pcapng");
  uint32_t row = conversation_to_port (index, 21, 0);
  const LecConversation *conversation = lec_index_conversation (index, row);
  uint32_t syn = atomic_load (&conversation->syn_frame);
  unsigned n_repeats = 0;

  g_assert_cmpuint (atomic_load (&conversation->n_syns), ==, 3);
  g_assert_cmpuint (atomic_load (&conversation->n_frames[1]), ==, 0);
  g_assert_cmpuint (atomic_load (&conversation->handshake), ==, LEC_HANDSHAKE_UNANSWERED);
  g_autofree char *outcome = lec_conversation_dup_outcome (index, row);
  g_assert_cmpstr (outcome, ==, "no answer to 3 SYNs over 3.0 s, gave up");

  const LecVerdict *no_answer = lec_index_find_verdict (index, syn, LEC_VERDICT_NO_ANSWER);
  g_assert_nonnull (no_answer);
  g_autofree char *sentence = lec_verdict_dup_sentence (index, no_answer);
  g_assert_nonnull (strstr (sentence, "no ACK was received for this SYN"));
  g_assert_null (lec_index_find_verdict (index, syn, LEC_VERDICT_RETRANSMISSION));
  for (uint32_t frame = syn + 1; frame <= lec_index_n_frames (index); frame++) {
    const LecVerdict *verdict = lec_index_find_verdict (index, frame, LEC_VERDICT_RETRANSMISSION);
    if (!verdict)
      continue;
    g_assert_cmpuint (verdict->first, ==, syn);
    g_autofree char *clause = lec_verdict_dup_clause (index, verdict);
    g_autofree char *expected = g_strdup_printf ("retransmission of %u", syn);
    g_assert_cmpstr (clause, ==, expected);
    n_repeats++;
  }
  g_assert_cmpuint (n_repeats, ==, 2);
}

/* S10: refused is not silent; a new attempt from the same port is no retransmission. */
static void
test_refused (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("closed-port-refused.pcap");
  uint32_t row = 0;

  for (unsigned attempt = 0; attempt < 3; attempt++, row++) {
    row = conversation_to_port (index, 21, row);
    const LecConversation *conversation = lec_index_conversation (index, row);
    g_assert_cmpuint (atomic_load (&conversation->handshake), ==, LEC_HANDSHAKE_REFUSED);
    g_assert_cmpuint (atomic_load (&conversation->n_syns), ==, 1);
    g_autofree char *outcome = lec_conversation_dup_outcome (index, row);
    g_assert_cmpstr (outcome, ==, "refused");
    const LecVerdict *verdict =
        lec_index_find_verdict (index, atomic_load (&conversation->reset_frame), LEC_VERDICT_REFUSED);
    g_assert_nonnull (verdict);
    g_assert_cmpuint (verdict->of, ==, atomic_load (&conversation->syn_frame));
    g_assert_cmpuint (verdict->side, ==, 1);
  }
  g_assert_cmpuint (atomic_load (&index->n_verdicts_of[LEC_VERDICT_RETRANSMISSION]), ==, 0);
  g_assert_cmpuint (atomic_load (&index->n_verdicts_of[LEC_VERDICT_NO_ANSWER]), ==, 0);
}

/* S13, S14: the handshake, and the side that hung up. */
static void
test_landing_page (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("landing-page.pcapng");
  const LecConversation *conversation = lec_index_conversation (index, conversation_to_port (index, 80, 0));
  uint32_t syn = atomic_load (&conversation->syn_frame);

  g_assert_cmpuint (atomic_load (&conversation->handshake), ==, LEC_HANDSHAKE_COMPLETE);
  g_assert_cmpuint (atomic_load (&conversation->syn_ack_frame), ==, syn + 1);
  g_assert_cmpuint (atomic_load (&conversation->handshake_ack_frame), ==, syn + 2);
  g_assert_cmpuint (atomic_load (&conversation->ending), ==, LEC_ENDING_RESET);
  g_assert_cmpuint (atomic_load (&conversation->ending_side), ==, 0);
  const LecVerdict *verdict =
      lec_index_find_verdict (index, atomic_load (&conversation->reset_frame), LEC_VERDICT_RESET);
  g_assert_nonnull (verdict);
  g_autofree char *clause = lec_verdict_dup_clause (index, verdict);
  g_assert_cmpstr (clause, ==, "aborted by the client");
  g_assert_cmpuint (atomic_load (&index->n_verdicts_of[LEC_VERDICT_NO_ANSWER]), ==, 0);
}

/* S16: a 304 has no body, and the response after it is paired with its own request. */
static void
test_not_modified (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("not-modified.pcap");
  static const uint16_t expected[] = { 200, 304, 200 };
  unsigned n = 0;

  for (uint32_t row = 0; row < atomic_load (&index->n_operations); row++) {
    const LecOperation *operation = lec_index_operation (index, row);
    if (operation->kind != LEC_OPERATION_HTTP)
      continue;
    g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
    g_assert_cmpuint (atomic_load (&operation->status), ==, expected[n++]);
    g_assert_cmpuint (atomic_load (&operation->response.first_frame), >, atomic_load (&operation->request.first_frame));
    g_assert_cmpuint (atomic_load (&operation->outcome), ==, LEC_OUTCOME_ANSWERED);
  }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdicts/silent-port", test_silent_port);
  g_test_add_func ("/verdicts/refused", test_refused);
  g_test_add_func ("/verdicts/landing-page", test_landing_page);
  g_test_add_func ("/verdicts/not-modified", test_not_modified);
  return g_test_run ();
}
