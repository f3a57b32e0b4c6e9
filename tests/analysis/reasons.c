/* Verdicts in, reasons out; and no nonsense about any verdict of the public captures. */
#include <string.h>

#include "analysis/verdict-text.h"
#include "analysis/verdict-why.h"
#include "known.h"

/* "frame text" a line. */
static char *
dup_why (const LecIndex *index, const LecVerdict *verdict)
{
  g_autoptr (GPtrArray) reasons = lec_verdict_why (index, verdict);
  uint32_t frames[LEC_WHY_REASONS];
  unsigned n_frames = lec_verdict_why_frames (index, verdict, frames);
  GString *lines = g_string_new (NULL);

  g_assert_cmpuint (reasons->len, ==, n_frames);
  for (unsigned i = 0; i < reasons->len; i++) {
    const LecReason *reason = reasons->pdata[i];

    g_assert_cmpuint (reason->frame, ==, frames[i]);
    g_string_append_printf (lines, "%u %s\n", reason->frame, reason->text);
  }
  return g_string_free (lines, FALSE);
}

static const struct {
  LecVerdict verdict;
  const char *why;
} explained[] = {
  { { RESENT, .cause = LEC_CAUSE_TIMEOUT, .need = LEC_NEED_NEEDED, .prompt = 8, .round_trip_us = 20000,
      .evidence = BEFORE | EVIDENCE (SILENCE) | EVIDENCE (IP_ID_LATER) | EVIDENCE (TIMESTAMP_LATER) },
    "4 The same data, bytes 1 to 1,000 of what the server sends, passed here before, in frame 4.\n"
    "4 Its IP identification is higher than that of frame 4, and this sender counts them up: it was sent later.\n"
    "4 Its timestamp is later than that of frame 4: the sender's clock had gone on (RFC 7323 §3).\n"
    "8 Nothing was sent and nothing new acknowledged for 610 ms, since frame 8; a round trip takes only 20 ms. So a "
    "timer "
    "ran out (RFC 6298 §5).\n"
    "0 Receivers with SACK report what comes twice, all but old ones (D-SACK, RFC 2883). This one reported nothing: "
    "the earlier copy never arrived.\n" },
  { { RESENT_AFTER (7), .cause = LEC_CAUSE_PROBE, .need = LEC_NEED_SPURIOUS, .proof = 10, .prompt = 8,
      .evidence = BEFORE | EVIDENCE (IP_ID_OTHER) | EVIDENCE (TAIL) | EVIDENCE (DUPLICATE_REPORTED) |
                  EVIDENCE (ECHO_OF_EARLIER) | EVIDENCE (ANSWERED_TOO_SOON) | EVIDENCE (TIMESTAMP_SAME) },
    "4 The same data, bytes 1 to 1,000 of what the server sends, passed here before, in frame 4.\n"
    "7 Frame 7 had repeated it already, 630 ms before.\n"
    "7 Its IP identification is not that of frame 7: it is another packet.\n"
    "7 Its timestamp is that of frame 7: both were sent within a tick of the sender's clock (RFC 7323 §3).\n"
    "0 It is the last thing that was sent, and nothing behind it could make the receiver ask: a sender with SACK "
    "probes so "
    "before its timer runs out (RFC 8985 §7).\n"
    "10 Frame 10 reports that these bytes came twice (D-SACK, RFC 2883 §4): so the earlier copy had arrived.\n"
    "10 Frame 10 acknowledges it only 20 ms later. From here to the receiver and back takes longer: it answers the "
    "earlier "
    "copy.\n"
    "10 Frame 10 acknowledges it with the timestamp of an earlier segment: it answers the earlier copy (RFC 3522 "
    "§3.2).\n" },
  { { FILLER, .cause = LEC_CAUSE_SACK, .n_duplicate_acks = 41, .prompt = 8,
      .evidence = HOLE | EVIDENCE (IP_ID_LATER) | EVIDENCE (DUPLICATE_ACKS) | EVIDENCE (SACKED_ABOVE) },
    "7 Frame 7 had gone past bytes 1 to 1,000, 630 ms before: that was missing here until now.\n"
    "7 Its IP identification is higher than that of frame 7, and this sender counts them up: it was sent later.\n"
    "8 The receiver had asked for it with 41 duplicate ACKs; three are enough for the sender to take it for lost (RFC "
    "5681 "
    "§3.2).\n"
    "0 The receiver had told that it has later bytes (SACK): what lies below them is taken for lost (RFC 6675 §4).\n" },
  { { FILLER, .cause = LEC_CAUSE_UNKNOWN, .confidence = LEC_CONFIDENCE_UNCLEAR, .need = LEC_NEED_SPURIOUS,
      .evidence = HOLE | EVIDENCE (ACKNOWLEDGED) },
    "7 Frame 7 had gone past bytes 1 to 1,000, 630 ms before: that was missing here until now.\n"
    "0 Neither an IP identification nor a timestamp tells what was sent first, and the time that passed does not "
    "either.\n"
    "0 The receiver had acknowledged these bytes before: a copy of them passed here, and the capture missed it.\n"
    "0 Neither duplicate ACKs nor a silence explain why it was sent: what the sender knew is not seen from here.\n" },
  { { RESENT, .cause = LEC_CAUSE_TIMEOUT, .prompt = 7,
      .evidence = BEFORE | EVIDENCE (TIMEOUT_RECOVERY) | EVIDENCE (ACKNOWLEDGED) | EVIDENCE (SACKED) },
    "4 The same data, bytes 1 to 1,000 of what the server sends, passed here before, in frame 4.\n"
    "0 The receiver had told that it has these very bytes (SACK, RFC 2018).\n"
    "0 An acknowledgment of all of it had passed here before. The sender did not have that yet when it sent.\n"
    "7 The sender's timer had run out with frame 7; after that it goes over all that is not acknowledged.\n"
    "0 Whether the earlier copy had arrived is unclear: nothing that came later tells what it answers.\n" },
  { { KIND (REORDERED), .frame = 9, .of = 7, .opener = 7, .count = 1000, .side = SERVER, .n_duplicate_acks = 1,
      .sequence = SERVER_START + 1, .confidence = LEC_CONFIDENCE_LIKELY,
      .evidence = HOLE | EVIDENCE (TOO_SOON) | EVIDENCE (DUPLICATE_ACKS) },
    "7 Frame 7 had gone past bytes 1 to 1,000, 630 ms before: that was missing here until now.\n"
    "7 It came only 630 ms after frame 7: in that time nobody can have asked the sender for it again, and no timer is "
    "so "
    "quick.\n"
    "0 Neither an IP identification nor a timestamp tells what was sent first; the time that passed speaks for it.\n"
    "0 The receiver had asked for it with 1 duplicate ACK: it cannot know what is only late.\n" },
  { { KIND (REORDERED), .frame = 9, .of = 7, .opener = 7, .count = 1, .side = SERVER, .sequence = SERVER_START + 1,
      .evidence = HOLE | EVIDENCE (IP_ID_EARLIER) | EVIDENCE (TIMESTAMP_EARLIER) },
    "7 Frame 7 had gone past byte 1, 630 ms before: that was missing here until now.\n"
    "7 Its IP identification is lower than that of frame 7, and this sender counts them up: it was sent earlier.\n"
    "7 Its timestamp is earlier than that of frame 7: it was sent first (RFC 7323 §3).\n" },
  { { KIND (NETWORK_DUPLICATE), .frame = 2, .of = 1, .first = 1,
      .evidence = BEFORE | EVIDENCE (IP_ID_SAME) | EVIDENCE (IDENTICAL) },
    "1 It has the IP identification of frame 1: a sender that sends again makes a new packet, with another one.\n"
    "1 All that a sender fills in anew when it sends is as in frame 1, 20 ms before.\n" },
  { { KIND (SEGMENT_LOST), .frame = 7, .of = 9, .count = 1000, .side = SERVER, .n_duplicate_acks = 2,
      .sequence = SERVER_START + 1001 },
    "0 Of what the server sends, byte 1,001 was expected next, and this segment begins with byte 2,001.\n"
    "0 The receiver asked for it 2 times: it did not have it either.\n"
    "9 Frame 9 brings it 630 ms later, sent again: so the network had lost it before it came here.\n" },
  { { KIND (DUPLICATE_ACK), .frame = 8, .of = 6, .count = 3, .sequence = SERVER_START + 2001 },
    "6 Frame 6 acknowledged just as much, 310 ms before.\n"
    "0 It brings no data and nothing new: a receiver sends it at once when a segment comes out of order (RFC 5681 "
    "§4.2).\n"
    "0 The third one is where a sender stops waiting and sends the segment again (RFC 5681 §3.2).\n" },
  { { KIND (ZERO_WINDOW), .frame = 6, .side = CLIENT, .span_ns = 310 * MS, .proof = 8 },
    "0 The window in its header is 0 (RFC 9293 §3.8.6).\n"
    "8 Frame 8 tells of room again, 310 ms later.\n" },
  { { KIND (WINDOW_UPDATE), .frame = 8, .of = 6, .side = CLIENT, .count = 10, .span_ns = 310 * MS },
    "0 The window that it tells is 1,280 bytes.\n"
    "6 Frame 6 had shut the window, 310 ms before.\n" },
};

static void
test_reasons (void)
{
  g_autoptr (LecIndex) index = known_index ();

  for (unsigned i = 0; i < G_N_ELEMENTS (explained); i++) {
    g_autofree char *why = dup_why (index, &explained[i].verdict);

    g_assert_cmpstr (why, ==, explained[i].why);
  }
}

/* A timer that runs out twice waits longer the second time, and that is said. */
static void
test_backing_off (void)
{
  g_autoptr (LecIndex) index = known_index ();
  LecVerdict first = { KIND (RETRANSMISSION),
                       .frame = 7,
                       .of = 5,
                       .first = 5,
                       .count = 1000,
                       .side = SERVER,
                       .prompt = 6,
                       .cause = LEC_CAUSE_TIMEOUT,
                       .evidence = BEFORE | EVIDENCE (SILENCE) };
  LecVerdict second = { KIND (RETRANSMISSION),
                        .frame = 9,
                        .of = 7,
                        .first = 5,
                        .count = 1000,
                        .side = SERVER,
                        .prompt = 7,
                        .cause = LEC_CAUSE_TIMEOUT,
                        .evidence = BEFORE | EVIDENCE (SILENCE) };

  lec_index_add_verdict (index, &first);
  g_autofree char *why = dup_why (index, &second);
  g_assert_nonnull (strstr (why, "\n7 Before frame 7 it had waited 290 ms, and 630 ms this time: "));
  g_autofree char *why_first = dup_why (index, &first);
  g_assert_null (strstr (why_first, "it had waited"));
}

/* Signs of a sentence that lacks what it was made for. */
static void
assert_sound (const char *text, const char *path, uint32_t frame)
{
  static const char *const bad[] = { "frame 0", "Frame 0", "(null)", "  ", NULL };

  for (const char *const *word = bad; *word; word++)
    if (strstr (text, *word))
      g_error ("%s, frame %u: “%s”", path, frame, text);
}

static void
check_verdict (const LecIndex *index, const LecVerdict *verdict, const char *path)
{
  g_autofree char *sentence = lec_verdict_dup_sentence (index, verdict);
  g_autofree char *clause = lec_verdict_dup_clause (index, verdict);
  g_autoptr (GPtrArray) reasons = lec_verdict_why (index, verdict);
  g_autofree char *why = dup_why (index, verdict);

  assert_sound (sentence, path, verdict->frame);
  assert_sound (clause, path, verdict->frame);
  g_assert_true (g_str_has_suffix (sentence, "."));
  g_assert_false (g_str_has_suffix (clause, "."));
  g_assert_cmpuint (reasons->len, >=, 1);
  g_assert_cmpuint (reasons->len, <=, LEC_WHY_REASONS);
  for (unsigned i = 0; i < reasons->len; i++) {
    const LecReason *reason = reasons->pdata[i];

    assert_sound (reason->text, path, verdict->frame);
    g_assert_true (g_str_has_suffix (reason->text, "."));
    g_assert_cmpuint (reason->frame, <=, lec_index_n_frames (index));
    g_assert_cmpuint (reason->frame, !=, verdict->frame);
  }
}

static void
test_captures (gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_getenv ("LECTERN_CAPTURES"), data, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  unsigned n_verdicts = 0;
  const char *name;

  if (!dir) {
    g_test_skip ("no captures here");
    return;
  }
  while ((name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (LecTrace) trace = strstr (name, "pcap") ? lec_trace_open (path, NULL) : NULL; /* some are none */

    if (!trace)
      continue;
    g_autoptr (LecIndex) index = loaded_index (path);
    for (uint32_t i = 0; i < atomic_load (&index->n_verdicts); i++) {
      const LecVerdict *verdict = lec_index_verdict (index, i);

      if (!atomic_load (&verdict->withdrawn))
        check_verdict (index, verdict, path), n_verdicts++;
    }
  }
  g_test_message ("%u verdicts", n_verdicts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reasons/each", test_reasons);
  g_test_add_func ("/reasons/backing-off", test_backing_off);
  g_test_add_data_func ("/reasons/lab", "lab", test_captures);
  g_test_add_data_func ("/reasons/corpus", "corpus", test_captures);
  return g_test_run ();
}
