/* Packets that are in the trace once more: by whose doing, and that they change nothing else. */
#include "base/publish.h"
#include "story.h"

/* A connection with an answer, each packet of which is there twice: TOLD of the copies as their maker says. */
static GArray *
doubled (StoryFrame told)
{
  static const StoryFrame once[] = {
    { 0, 0, "S", 0, 0, 0, 10, .mss = 1460, .scale = 8 },
    { 20, 1, "SA", 0, 1, 0, 20, .mss = 1460, .scale = 8 },
    { 21, 0, "A", 1, 1, 0, 11 },
    { 22, 0, "PA", 1, 1, 100, 12 },
    { 45, 1, "A", 1, 101, 0, 21 },
    { 46, 1, "PA", 1, 101, 1000, 22 },
    { 47, 1, "PA", 1001, 101, 500, 23 },
    { 48, 0, "A", 101, 1501, 0, 13 },
    { 60, 0, "FA", 101, 1501, 0, 14 },
    { 80, 1, "FA", 1501, 102, 0, 24 },
    { 81, 0, "A", 102, 1502, 0, 15 },
  };
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (StoryFrame));

  for (unsigned i = 0; i < G_N_ELEMENTS (once); i++) {
    StoryFrame copy = once[i];
    copy.ms += 0.05;
    copy.hops = told.hops;
    copy.vlan = told.vlan;
    copy.interface = told.interface;
    g_array_append_val (frames, once[i]);
    g_array_append_val (frames, copy);
  }
  return frames;
}

static void
assert_all_twice (const LecIndex *index, LecConfidence confidence)
{
  const LecConversation *conversation = lec_index_conversation (index, 0);

  for (uint32_t frame = 1; frame <= lec_index_n_frames (index); frame++) {
    story_assert (index, frame, frame % 2 ? "" : "capture-duplicate");
    if (frame % 2)
      continue;
    const LecVerdict *verdict = story_verdict (index, frame, LEC_VERDICT_CAPTURE_DUPLICATE);
    g_assert_cmpuint (verdict->of, ==, frame - 1);
    g_assert_cmpuint (verdict->confidence, ==, confidence);
  }
  g_assert_cmpuint (LEC_GET (conversation->n_bytes[0]), ==, 100);
  g_assert_cmpuint (LEC_GET (conversation->n_bytes[1]), ==, 1500);
  g_assert_cmpuint (LEC_GET (conversation->n_syns), ==, 1);
  story_assert_outcome (index, 0, "closed by both");
}

static void
test_another_way (gconstpointer told)
{
  g_autoptr (GArray) frames = doubled (*(const StoryFrame *) told);
  g_autoptr (LecIndex) index = story_index ((StoryFrame *) frames->data, frames->len, FALSE);
  g_autoptr (LecIndex) index6 = story_index ((StoryFrame *) frames->data, frames->len, TRUE);

  assert_all_twice (index, LEC_CONFIDENCE_CERTAIN);
  assert_all_twice (index6, LEC_CONFIDENCE_CERTAIN);
}

/* Bit by bit the same, their number tells. */
static void
test_mirror_port (void)
{
  g_autoptr (GArray) frames = doubled ((StoryFrame){ .hops = 0 });
  g_autoptr (LecIndex) index = story_index ((StoryFrame *) frames->data, frames->len, FALSE);

  assert_all_twice (index, LEC_CONFIDENCE_LIKELY);
}

/* IPv6 has no identification, so that an acknowledgment may equal another one; segments with bytes are copies. */
static void
test_mirror_port_ipv6 (void)
{
  g_autoptr (GArray) frames = doubled ((StoryFrame){ .hops = 0 });
  g_autoptr (LecIndex) index = story_index ((StoryFrame *) frames->data, frames->len, TRUE);
  const LecConversation *conversation = lec_index_conversation (index, 0);

  for (uint32_t frame = 2; frame <= lec_index_n_frames (index); frame += 2)
    if (frame != 6) /* the last of the handshake: nothing was known yet */
      story_assert (index, frame, "capture-duplicate");
  g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_RETRANSMISSION]), ==, 0);
  g_assert_cmpuint (LEC_GET (conversation->n_bytes[1]), ==, 1500);
}

/* A segment is lost behind a mirror port: three acknowledgments ask for it, each of them there twice, the copies
 * between those that follow; the fourth copy of all comes when the segment was sent again. */
static void
test_duplicate_acknowledgments (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10, .mss = 1460 },
    { 0, 0, "S", 0, 0, 0, 10, .mss = 1460 },
    { 20, 1, "SA", 0, 1, 0, 20, .mss = 1460 },
    { 20, 1, "SA", 0, 1, 0, 20, .mss = 1460 },
    { 21, 0, "A", 1, 1, 0, 11 },
    { 21, 0, "A", 1, 1, 0, 11 },
    { 22, 0, "A", 1, 1, 1000, 12 },
    { 22, 0, "A", 1001, 1, 1000, 13 },
    { 22, 0, "A", 1, 1, 1000, 12 },
    { 22, 0, "A", 2001, 1, 1000, 14 },
    { 22, 0, "A", 1001, 1, 1000, 13 },
    { 22, 0, "A", 3001, 1, 1000, 15 }, /* 12 */
    { 22, 0, "A", 2001, 1, 1000, 14 },
    { 22, 0, "A", 3001, 1, 1000, 15 },
    { 42, 1, "A", 1, 1001, 0, 21 },
    { 42, 1, "A", 1, 1001, 0, 22 }, /* 16: asks, first */
    { 42, 1, "A", 1, 1001, 0, 21 },
    { 42, 1, "A", 1, 1001, 0, 23 }, /* 18: second */
    { 42, 1, "A", 1, 1001, 0, 22 },
    { 42, 1, "A", 1, 1001, 0, 23 },
    { 43, 0, "A", 1001, 1, 1000, 16 }, /* 21 */
    { 43, 0, "A", 1001, 1, 1000, 16 },
    { 43, 1, "A", 1, 1001, 0, 23 },
    { 63, 1, "A", 1, 4001, 0, 24 },
    { 63, 1, "A", 1, 4001, 0, 24 },
    { 63.1, 1, "A", 1, 1001, 0, 23 }, /* 26 */
  };
  static const struct {
    uint32_t frame;
    const char *words;
  } expected[] = { { 16, "duplicate-ack" },     { 17, "capture-duplicate" }, { 18, "duplicate-ack" },
                   { 19, "capture-duplicate" }, { 20, "capture-duplicate" }, { 21, "retransmission" },
                   { 22, "capture-duplicate" }, { 23, "capture-duplicate" }, { 24, "" },
                   { 25, "capture-duplicate" }, { 26, "capture-duplicate" } };
  g_autoptr (LecIndex) index = STORY (frames);

  for (unsigned i = 0; i < G_N_ELEMENTS (expected); i++)
    story_assert (index, expected[i].frame, expected[i].words);
  g_assert_cmpuint (story_verdict (index, 18, LEC_VERDICT_DUPLICATE_ACK)->count, ==, 2);
  g_assert_cmpuint (story_verdict (index, 21, LEC_VERDICT_RETRANSMISSION)->n_duplicate_acks, ==, 2);
  g_assert_cmpuint (LEC_GET (lec_index_conversation (index, 0)->n_retransmissions[0]), ==, 1);
}

/* One copy among many packets is the network's, that of an acknowledgment too. */
static void
test_network (void)
{
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (StoryFrame));
  const StoryFrame handshake[] = { { 0, 0, "S", .id = 10 },
                                   { 20, 1, "SA", 0, 1, .id = 20 },
                                   { 21, 0, "A", 1, 1, .id = 11 } };

  g_array_append_vals (frames, handshake, 3);
  for (uint32_t i = 0; i < 30; i++) {
    StoryFrame data = { 30 + i, 0, "A", 1 + i * 1000, 1, 1000, (uint16_t) (12 + i) };
    StoryFrame ack = { 50 + i, 1, "A", 1, 1001 + i * 1000, 0, (uint16_t) (21 + i) };
    g_array_append_val (frames, data);
    if (i == 10)
      g_array_append_val (frames, data); /* 24 or so */
    g_array_append_val (frames, ack);
    if (i == 20)
      g_array_append_val (frames, ack);
  }
  g_autoptr (LecIndex) index = story_index ((StoryFrame *) frames->data, frames->len, FALSE);
  story_assert (index, 25, "network-duplicate");
  story_assert (index, 47, "network-duplicate");
  g_assert_cmpuint (story_verdict (index, 25, LEC_VERDICT_NETWORK_DUPLICATE)->confidence, ==, LEC_CONFIDENCE_CERTAIN);
  g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_NETWORK_DUPLICATE]), ==, 2);
  g_assert_cmpuint (LEC_GET (lec_index_conversation (index, 0)->n_bytes[0]), ==, 31000);
}

/* Nobody answers, and every SYN is there twice: three were sent. A reset that is there twice is one. */
static void
test_attempts (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "S", 0, 0, 0, 10 },
    { 0.1, 0, "S", 0, 0, 0, 10, .hops = 63 },
    { 1000, 0, "S", 0, 0, 0, 11 },
    { 1000.1, 0, "S", 0, 0, 0, 11, .hops = 63 },
    { 3000, 0, "S", 0, 0, 0, 12 },
    { 3000.1, 0, "S", 0, 0, 0, 12, .hops = 63 },
    { 4000, 0, "S", 0, 0, 0, 13, .port = 40001 },
    { 4000.1, 0, "S", 0, 0, 0, 13, .hops = 63, .port = 40001 },
    { 4001, 1, "RA", 0, 1, 0, 0, .port = 40001 },
    { 4001.1, 1, "RA", 0, 1, 0, 0, .hops = 63, .port = 40001 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  story_assert_outcome (index, 0, "no answer to 3 SYNs over 3.0 s, gave up");
  story_assert (index, 4, "capture-duplicate");
  story_assert (index, 5, "retransmission");
  story_assert (index, 6, "capture-duplicate");
  story_assert_outcome (index, 1, "refused");
  story_assert (index, 9, "refused");
  story_assert (index, 10, "capture-duplicate");
}

/* In such a trace other protocols are looked at, too; on several interfaces at once. */
static void
test_datagrams (void)
{
  static const StoryFrame frames[] = {
    { 0, 0, "D", .bytes = 100, .id = 7 },
    { 0.1, 0, "D", .bytes = 100, .id = 7, .interface = 1 },
    { 0.2, 0, "D", .bytes = 100, .id = 8 },
    { 900, 0, "D", .bytes = 100, .id = 8, .interface = 1 },
  };
  g_autoptr (LecIndex) index = STORY (frames);

  story_assert (index, 2, "capture-duplicate");
  story_assert (index, 3, "");
  story_assert (index, 4, ""); /* another packet with the same number */
  g_assert_cmpuint (LEC_GET (lec_index_conversation (index, 0)->n_bytes[0]), ==, 300);
}

/* Public captures of what the tests above have by hand. */
static void
test_recordings (void)
{
  static const struct {
    const char *name;
    uint32_t n_captured;
    uint32_t n_network;
    uint32_t n_resets;
  } recordings[] = {
    { "corpus/ndpi__rtsp.pcap", 426, 0, 5 },  /* two mirror ports, before and behind a router */
    { "corpus/tcpdump__pptp.pcap", 8, 0, 0 }, /* one direction of two */
    { "corpus/ndpi__s7comm-plus.pcap", 27, 0, 0 },
    { "lab/s10-netdup-1.server.pcapng", 0, 6, 0 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (recordings); i++) {
    g_autofree char *path = g_build_filename (g_getenv ("LECTERN_CAPTURES"), recordings[i].name, NULL);
    g_autoptr (LecIndex) index = loaded_index (path);
    if (!index) {
      g_test_skip ("no public captures here");
      return;
    }
    g_test_message ("%s", recordings[i].name);
    g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_CAPTURE_DUPLICATE]), ==, recordings[i].n_captured);
    g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_NETWORK_DUPLICATE]), ==, recordings[i].n_network);
    g_assert_cmpuint (LEC_GET (index->n_verdicts_of[LEC_VERDICT_RESET]), ==, recordings[i].n_resets);
  }
}

int
main (int argc, char **argv)
{
  static const StoryFrame routed = { .hops = 63 }, tagged = { .vlan = 20 }, elsewhere = { .interface = 1 };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/copies/routed", &routed, test_another_way);
  g_test_add_data_func ("/copies/tagged", &tagged, test_another_way);
  g_test_add_data_func ("/copies/two-interfaces", &elsewhere, test_another_way);
  g_test_add_func ("/copies/mirror-port", test_mirror_port);
  g_test_add_func ("/copies/mirror-port-ipv6", test_mirror_port_ipv6);
  g_test_add_func ("/copies/duplicate-acknowledgments", test_duplicate_acknowledgments);
  g_test_add_func ("/copies/network", test_network);
  g_test_add_func ("/copies/attempts", test_attempts);
  g_test_add_func ("/copies/datagrams", test_datagrams);
  g_test_add_func ("/copies/recordings", test_recordings);
  return g_test_run ();
}
