/* What columns and tables answer must be exactly what the dissected frame says. */
#include <pthread.h>
#include <string.h>

#include "analysis/index-pass.h"
#include "filter/carried.h"
#include "filter/columns.h"
#include "filter/facts.h"
#include "filter/filter.h"
#include "filter/parser.h"

static const char *const expressions[] = {
  "tcp",
  "udp",
  "ip",
  "ipv6",
  "arp",
  "dns",
  "icmp",
  "icmpv6",
  "igmp",
  "dhcp",
  "icmp.type == 3",
  "http",
  "tls",
  "data",
  "eth",
  "frame",
  "vlan",
  "tcp and not http",
  "!udp && !tcp",
  "tcp.port == 80",
  "tcp.port != 80",
  "tcp.port ~= 80",
  "tcp.srcport == 80",
  "tcp.dstport > 1024",
  "tcp.srcport < tcp.dstport",
  "all tcp.port > 1000",
  "tcp.port in {80 443 8000..9000}",
  "udp.port == 53",
  "tcp.port === 80",
  "tcp.port !== 80",
  "any tcp.port < 1024",
  "all udp.port != 53",
  "tcp.stream ~= 0",
  "udp.port in {53..60} or not tcp.port >= 90",
  "ip and not (tcp.dstport == 80 or udp)",
  "udp.srcport == 53 or tcp.dstport == 80",
  "ip.addr == 10.0.0.0/8",
  "ip.src == 10.0.0.0/9",
  "ip.dst != 10.0.0.0/9",
  "ipv6.addr == fd00::/8",
  "ipv6.src == ::/0",
  "ip.addr == 192.168.1.0/24",
  "ip.addr == 0.0.0.0/0",
  "all ip.addr == 10.0.0.0/8",
  "any ip.addr != 10.0.0.0/8",
  "ip.addr !== 10.0.0.0/9",
  "ip.addr ~= 192.168.0.0/16",
  "ip.addr === 10.0.0.0/8",
  "all ip.addr > 10.0.0.1",
  "ip.src > 10.0.0.0/9 and ip.dst <= 192.168.1.0/24",
  "ip.src < 10.128.0.0/9 or ip.dst >= 224.0.0.0/4",
  "ip.addr in {10.0.0.1 192.168.0.0/17 172.16.0.0..172.31.255.255}",
  "not ip.addr in {10.0.0.0..10.0.0.255}",
  "ipv6.addr == fe80::/10",
  "ipv6.dst == ff02::1 or ipv6.src >= fe80::1",
  "ipv6.addr in {fd00::1..fd00::ff 2001:db8::/32}",
  "all ipv6.addr < ff00::/8",
  "ip.addr == 10.0.0.0/8 and tcp or ipv6",
  "ip.src < ip.dst",
  "ip.src == 10.0.0.0/8 or ipv6.src == fd00::/8",
  "icmp and ip.dst == 10.0.0.0/8",
  "icmpv6 and ipv6.src == fd00::/8 and not ip",
  "tcp.stream == 0",
  "tcp.stream > 1",
  "udp.stream == 0",
  "tcp.flags.syn",
  "tcp.flags.syn == 1 && tcp.flags.ack == 0",
  "tcp.flags.reset == true",
  "tcp.flags.fin or tcp.flags.push",
  "tcp.flags == 0x12",
  "tcp.flags & 0x02",
  "tcp.flags.ack != 1",
  "!tcp.flags.urg",
  "frame.number == 5",
  "frame.number in {1..3 9}",
  "frame.len > 100",
  "frame.len <= 66",
  "frame.time_relative > 0.5",
  "frame.time_delta >= 10ms",
  "frame.time_epoch > 0",
  "tcp contains \"GET\"",
  "tcp and not tcp contains \"GET\"",
  "ip[9] == 6",
  "contains \"http\"",
  "http.request",
  "http.response",
  "http.request.method == GET",
  "http.request.method == \"POST\"",
  "http.response.code == 200",
  "http.response.code >= 400",
  "http.response.code ~= 200",
  "http.host contains \"a\"",
  "dns.qry.name contains \"a\"",
  "dns.flags.response == 0",
  "tcp.analysis.retransmission",
  "tcp.analysis.flags",
  "lectern.verdict == \"retransmission\"",
  "lectern.verdict != \"reset\"",
  "#DiagnosisTypes == 1",
  "#DiagnosisLevels == 2 and tcp",
  "lectern.copy or lectern.problem",
  "lectern.problem",
  "lectern.verdict === \"retransmission\"",
  "lectern.verdict !== \"duplicate-ack\"",
  "lectern.verdict ~= \"retransmission\" and not lectern.unanswered",
  "all lectern.verdict.confidence == \"certain\"",
  "lectern.verdict.cause < \"syn\" or lectern.verdict.place matches \"^(before|not)\"",
  "any lectern.verdict in {\"zero-window\" \"reset\" \"retransmission\"}",
  "count(lectern.verdict) > 1",
  "lectern.verdict.spurious == 0",
  "not tcp.analysis.spurious_retransmission and tcp.analysis.fast_retransmission",
  "lectern.problem or http.response.code >= 400",
  "lectern.verdict.cause == \"fast\" or lectern.verdict.spurious",
  "lectern.verdict.reason == \"refused\" or lectern.verdict.reason == \"aborted\"",
  "lectern.verdict.place == \"after\" and not lectern.verdict.confidence == \"certain\"",
  "lectern.verdict.of < 100 or lectern.verdict.proof > 1000 or lectern.verdict.first == 30",
  "lectern.verdict.why in {1..200}",
  "lectern.operation",
  "lectern.operation.status >= 300",
  "lectern.operation.status != 200",
  "lectern.operation.status in {200 300..399} and not lectern.operation.resends == 0",
  "lectern.operation.last_byte < 100ms",
  "all lectern.operation.request < 40",
  "http.request and lectern.operation.status == 200",
  "lectern.operation.kind == \"connect\" and not lectern.operation.outcome == \"answered\"",
  "lectern.operation.first_byte > 10ms or lectern.operation.resends > 0",
  "tcp contains \"GET\" and lectern.operation.response",
  "tcp.analysis.rto > 0.25 or tcp.analysis.rto_frame < 50",
  "tcp.analysis.duplicate_ack_num == 3 or tcp.analysis.duplicate_ack_frame < 300",
  "tcp.analysis.out_of_order or tcp.analysis.lost_segment or tcp.analysis.ack_lost_segment",
  "tcp.analysis.window_full or tcp.analysis.zero_window_probe_ack and tcp.analysis.flags",
  "tcp.port == 80 and tcp.flags.syn and not tcp.analysis.retransmission or http.response.code == 200",
  "http.response.begins >= 300",
  "http.response.code == http.response.begins",
  "http.host and (tcp.port == 80 or http.response.code == 200)",
};

#define N G_N_ELEMENTS (expressions)

/* All expressions at once: whatever is dissected goes to every evaluator. */
#define FRAMES_COMPARED       1000u
#define FRAMES_WITHOUT_TABLES 200u

typedef struct {
  LecSink sink;
  LecSyntax *syntaxes[N];
  LecProgram *programs[N];
  LecEvaluator *evaluators[N];
  unsigned n_known[N]; /* frames that the columns decided */
  unsigned n_frames;
} Tee;

static void
tee_add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  Tee *tee = (Tee *) (void *) sink;

  for (unsigned i = 0; i < N; i++) {
    int slot = lec_program_find_slot (tee->programs[i], field);

    if (slot >= 0)
      lec_evaluator_add (tee->evaluators[i], (unsigned) slot, value);
  }
}

static void
tee_close (LecSink *sink)
{
}

static Tee *
tee_new (const LecRegistry *registry)
{
  Tee *tee = g_new0 (Tee, 1);

  tee->sink = (LecSink){ .add = tee_add, .close = tee_close };
  for (unsigned i = 0; i < N; i++) {
    LecFilterProblem problem = { 0 };

    tee->syntaxes[i] = lec_syntax_new ();
    if (!lec_parser_run (tee->syntaxes[i], expressions[i], &problem) ||
        !lec_check_run (registry, tee->syntaxes[i], &problem))
      g_error ("%s: at %u: %s", expressions[i], problem.position, problem.message);
    tee->programs[i] = lec_program_new (registry, tee->syntaxes[i]);
    tee->evaluators[i] = lec_evaluator_new (tee->programs[i]);
  }
  return tee;
}

static void
tee_free (Tee *tee)
{
  for (unsigned i = 0; i < N; i++) {
    lec_evaluator_free (tee->evaluators[i]);
    lec_program_free (tee->programs[i]);
    lec_syntax_free (tee->syntaxes[i]);
  }
  g_free (tee);
}

static void
ignore_news (LecIndex *index, void *data)
{
}

static LecIndex *
load (const char *path)
{
  LecTrace *trace = lec_trace_open (path, NULL);

  if (trace == NULL)
    return NULL;
  LecIndex *index = lec_index_new (trace);
  g_autoptr (LecIndexPass) pass = lec_index_pass_new (index, ignore_news, NULL);
  lec_index_pass_run (pass);
  return index;
}

static void
compare_answer (Tee *tee, unsigned i, gboolean answer, const LecTernary *known, uint32_t frame, const char *path)
{
  unsigned bit = frame % LEC_BLOCK_FRAMES;
  gboolean yes = known->yes[bit / 64] >> (bit % 64) & 1, no = known->no[bit / 64] >> (bit % 64) & 1;

  tee->n_known[i] += yes || no;
  if ((yes && !answer) || (no && answer) || (yes && no)) {
    g_test_message ("%s frame %u: %s: columns say %s, the dissection %s", path, frame, expressions[i],
                    yes ? "yes" : "no", answer ? "yes" : "no");
    g_test_fail ();
  }
}

static void
compare_frame (Tee *tee, LecFrameReader *reader, const LecIndex *index, uint32_t frame, const LecTernary *known,
               const char *path)
{

  for (unsigned i = 0; i < N; i++)
    lec_evaluator_begin (tee->evaluators[i]);
  uint32_t begun = lec_carried_from (index, frame);
  if (begun)
    lec_carried_dissect (reader, index, begun, &tee->sink);
  const LecDissection *dissection = lec_frame_reader_dissect (reader, frame, &tee->sink, LEC_SUMMARY_NONE);
  const LecRecord *record = lec_frame_reader_record (reader, frame);
  for (unsigned i = 0; i < N; i++)
    lec_evaluator_add_layers (tee->evaluators[i], dissection, (LecBytes){ record->bytes, record->captured_bytes });
  tee->n_frames++;
  for (unsigned i = 0; i < N; i++) {
    gboolean answer = lec_evaluator_answer (tee->evaluators[i], tee->programs[i]->root);

    compare_answer (tee, i, answer, &known[i], frame, path);
    compare_answer (tee, i, answer, &known[N + i], frame, path);
    if (frame < FRAMES_WITHOUT_TABLES)
      compare_answer (tee, i, answer, &known[2 * N + i], frame, path);
  }
}

static void
compare_trace (Tee *tee, const char *path)
{
  g_autoptr (LecIndex) index = load (path);

  if (index == NULL)
    return;
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autofree LecTernary *known = g_new (LecTernary, 3 * N);
  static const uint32_t n_frames[] = { 256, G_MAXUINT32, 1 };
  LecColumnRun *runs[3 * N]; /* with tables filled as asked, at once, and without */
  uint32_t end = MIN (lec_index_n_frames (index) + 1, FRAMES_COMPARED);

  for (unsigned i = 0; i < 3 * N; i++) {
    runs[i] = lec_column_run_new (tee->programs[i % N], index, tee->evaluators[i % N], n_frames[i / N]);
    lec_column_run_set_reader (runs[i], reader);
  }
  for (uint32_t first = 1; first < end;) {
    uint32_t block_end = MIN (end, (first | (LEC_BLOCK_FRAMES - 1)) + 1);

    for (unsigned i = 0; i < 2 * N; i++)
      lec_column_run_block (runs[i], first, block_end, &known[i]);
    /* Without tables each frame is asked anew, which takes its time. */
    for (unsigned i = 2 * N; i < 3 * N; i++)
      lec_column_run_block (runs[i], first, MIN (block_end, MAX (first + 1, FRAMES_WITHOUT_TABLES)), &known[i]);
    for (uint32_t frame = first; frame < block_end; frame++)
      compare_frame (tee, reader, index, frame, known, path);
    first = block_end;
  }
  for (unsigned i = 0; i < 3 * N; i++)
    lec_column_run_free (runs[i]);
}

static void
test_folder (gconstpointer data)
{
  const char *folder_name = data;
  g_autofree char *folder = g_build_filename (g_getenv ("LECTERN_CAPTURES"), folder_name, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (LecRegistry) registry = lec_registry_new ();
  const char *name;

  if (dir == NULL) {
    g_test_skip ("no captures here");
    return;
  }
  Tee *tee = tee_new (registry);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    /* Of the lab's three points of capture one is enough. */
    if (strstr (name, "pcap") == NULL || strstr (name, ".middle.") != NULL || strstr (name, ".server.") != NULL)
      continue;
    compare_trace (tee, path);
  }
  for (unsigned i = 0; i < N; i++)
    g_test_message ("%u of %u frames decided by columns: %s", tee->n_known[i] / 3, tee->n_frames, expressions[i]);
  tee_free (tee);
}

/* One of several threads that ask one filter at once. */
typedef struct {
  LecFilter *filter;
  LecIndex *index;
  const LecBitmap *matches;
  unsigned n_different;
} Asker;

static void *
ask_frames (void *data)
{
  Asker *asker = data;
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (asker->index);

  for (uint32_t frame = 1; frame <= lec_index_n_frames (asker->index); frame++)
    asker->n_different +=
        lec_filter_matches (asker->filter, reader, asker->index, frame) != lec_bitmap_get (asker->matches, frame);
  return NULL;
}

static void
compare_single (const LecRegistry *registry, LecIndex *index, const char *expression)
{
  uint32_t end = lec_index_n_frames (index) + 1;
  g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, NULL);
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();
  Asker askers[3];
  pthread_t threads[G_N_ELEMENTS (askers)];

  lec_bitmap_reserve (matches, end + 64);
  g_assert_true (lec_filter_run (filter, reader, index, 1, end, matches, NULL));
  for (unsigned i = 0; i < G_N_ELEMENTS (askers); i++) {
    askers[i] = (Asker){ filter, index, matches, 0 };
    g_assert_cmpint (pthread_create (&threads[i], NULL, ask_frames, &askers[i]), ==, 0);
  }
  for (unsigned i = 0; i < G_N_ELEMENTS (askers); i++) {
    pthread_join (threads[i], NULL);
    g_assert_cmpuint (askers[i].n_different, ==, 0);
  }
}

/* Frames asked for one by one, by several threads, pass as in a run over all. */
static void
test_single (void)
{
  static const char *const names[] = { "s12c-window-full-1.client.pcapng", "s17b-vlan-1.client.pcapng" };
  g_autoptr (LecRegistry) registry = lec_registry_new ();

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (g_getenv ("LECTERN_CAPTURES"), "lab", names[i], NULL);
    g_autoptr (LecIndex) index = g_file_test (path, G_FILE_TEST_EXISTS) ? load (path) : NULL;

    if (index == NULL) {
      g_test_skip ("no captures here");
      return;
    }
    for (unsigned k = 0; k < N; k++)
      compare_single (registry, index, expressions[k]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/filter/agreement/lab", "lab", test_folder);
  g_test_add_data_func ("/filter/agreement/windows", "windows", test_folder);
  g_test_add_data_func ("/filter/agreement/corpus", "corpus", test_folder);
  g_test_add_func ("/filter/agreement/single", test_single);
  return g_test_run ();
}
