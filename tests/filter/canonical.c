/* What a filter becomes: phrases of people who know no language, and names and signs of either vocabulary. */
#include <string.h>

#include "filter/reason.h"
#include "recording.h"

static LecRegistry *registry;

/* tests/data/free-form.txt: what is typed, and the filter it stands for. */
static void
test_free_forms (void)
{
  g_auto (GStrv) lines = lec_test_lines ("free-form.txt");

  g_assert_cmpuint (g_strv_length (lines), >=, 60);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) cells = g_strsplit (*line, "\t", 2);
    LecFilterProblem problem;
    g_autoptr (LecFilter) filter = lec_filter_new (registry, cells[0], &problem);

    if (filter == NULL || strcmp (lec_filter_canonical (filter), cells[1]) != 0) {
      g_test_message ("%s: %s", cells[0], filter != NULL ? lec_filter_canonical (filter) : problem.message);
      g_test_fail ();
    }
    lec_filter_problem_clear (&problem);
  }
}

static const struct {
  const char *text;
  const char *canonical;
} cases[] = {
  { "", "" },
  { "tcp.port==80", "tcp.port==80" }, /* white space alone is no reason */
  { "TCP.Port = 80", "tcp.port == 80" },
  { "TCP.SourcePort ne 80 && !(UDP)", "tcp.srcport != 80 and !udp" },
  { "tcp.port == IANA.Port.HTTP", "tcp.port == 80" },
  { "tcp.port not in [80 443, 8000..8080]", "!(tcp.port in {80, 443, 8000..8080})" },
  { "TCP::Flags:SYN == true", "tcp.flags.syn == true" },
  { "#MessageNumber == 5", "frame.number == 5" },
  { "*HTTPHost == \"a\"", "http.host == \"a\"" },
  { "*Port == 80", "*Port == 80" },
  { "((TCP)) #DiagnosisTypes & 1", "tcp#DiagnosisTypes & 1" },
  { "HTTP.Uri contains \"a.b\"", "http.request.uri matches \"a\\\\.b\"" },
  { "http.request.uri contains 'a\"b'", "http.request.uri contains \"a\\\"b\"" },
  { "contains 'x' casesensitive ENCODING utf8", "contains \"x\" caseSensitive encoding utf8" },
  { "IPv4.Address in 10.1.0.0/16", "ip.addr in {10.1.0.0/16}" },
  { "(a.b or tcp) and udp", NULL },
  { "(http or tcp) and udp or arp", "((http or tcp) and udp) or arp" },
  { "all TCP.Port > 1024", "all tcp.port > 1024" },
  { "tcp.srcport + 1 * 2 == tcp.dstport", "tcp.srcport + {1 * 2} == tcp.dstport" },
  { "ETH.src[0:3] == 00:11:22", "eth.src[0-2] == 00:11:22" },
  { "frame[-4:2,3] == 01:02:03", "frame[-4:2,3] == 01:02:03" },
  { "IP.addr#2", "ip.addr#[2]" },
  { "LEN(http.host) > 5", "len(http.host) > 5" },
  { "tcp.dstport == 'P' and TCP", "tcp.dstport == 'P' and tcp" },
  { "TCP and \\HTTP\\\\IPv4", "tcp and \\HTTP\\\\IPv4" },
};

static void
test_cases (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LecFilter) filter = lec_filter_new (registry, cases[i].text, NULL);

    g_assert_cmpstr (filter != NULL ? lec_filter_canonical (filter) : NULL, ==, cases[i].canonical);
  }
}

/* A filter's canonical text is a filter that passes the same frames, and is canonical itself. */
static void
check_same (LecIndex *index, const char *expression)
{
  g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, NULL);
  g_autoptr (LecFilter) canonical = lec_filter_new (registry, lec_filter_canonical (filter), NULL);

  if (canonical == NULL)
    g_error ("%s: %s", expression, lec_filter_canonical (filter));
  g_assert_cmpstr (lec_filter_canonical (canonical), ==, lec_filter_canonical (filter));
  g_autofree char *frames = lec_test_frames (index, filter), *again = lec_test_frames (index, canonical);
  if (strcmp (frames, again) == 0)
    return;
  g_test_message ("%s: %s, but %s: %s", expression, frames, lec_filter_canonical (filter), again);
  g_test_fail ();
}

static void
test_same_frames (void)
{
  static const char *const recordings[] = { "analyzer.pcapng", "landing-page.pcapng" };
  g_auto (GStrv) lines = lec_test_lines ("filters.txt"), examples = lec_test_lines ("analyzer-filters.txt"),
                 phrases = lec_test_lines ("free-form.txt");

  for (unsigned i = 0; i < G_N_ELEMENTS (recordings); i++) {
    g_autofree char *path = lec_test_recording (recordings[i]);
    g_autoptr (LecIndex) index = lec_test_index (path);

    for (char **line = lines; *line != NULL; line++) {
      const char *ours = strstr (*line, " => ");

      check_same (index, ours != NULL ? ours + 4 : *line);
    }
    for (char **line = examples; *line != NULL; line++) {
      g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);

      check_same (index, cells[1]);
    }
    for (char **line = phrases; *line != NULL; line++) {
      g_auto (GStrv) cells = g_strsplit (*line, "\t", -1);

      check_same (index, cells[0]);
    }
  }
}

/* A filter over a recording, and what is said of the number of frames that it passes; NULL: nothing. */
static const struct {
  const char *expression;
  const char *reason;
} reasons[] = {
  { "", NULL },
  { "tcp.flags.syn", NULL },
  { "tcp.srcport > 60000", NULL },
  { "tcp.flags.reset == 2", NULL }, /* the hint says it */
  { "dns.aaaa", "No frame of this trace has “dns.aaaa”." },
  { "tcp and dns.aaaa", "No frame of this trace has “dns.aaaa”." },
  { "vlan.id == 3 or tls", "No frame of this trace has “vlan.id” or “tls”." },
  { "tcp.port == 81", "20 frames of this trace have “tcp.port”, but “tcp.port == 81” is true of none of them." },
  { "TCP.Port = 81", "20 frames of this trace have “tcp.port”, but “tcp.port == 81” is true of none of them." },
  { "tcp.flags.urg", "“tcp.flags.urg” is true of no frame of this trace." },
  { "tcp and udp", "Each of these conditions is true of some frames, but there is no frame of which all are." },
  { "tcp.port", "Every frame with “tcp” has “tcp.port”: alone, it asks only whether it is there." },
  { "frame.len", "Every frame of this trace has “frame.len”." },
  { "tcp.port != 80", "14 of these frames have no “tcp.port” at all; “tcp.port ~= 80” leaves them out." },
  { "tcp and http.response.code != 200",
    "13 of these frames have no “http.response.code” at all; “http.response.code ~= 200” leaves them out." },
  { "tcp and tcp.port != 81", NULL },
  { "!vlan", "No frame of this trace has “vlan”. “!vlan” is therefore true of all." },
  { "vlan.id != 5", "No frame of this trace has “vlan.id”. “vlan.id != 5” is therefore true of all." },
};

static void
test_reasons (void)
{
  g_autofree char *path = lec_test_recording ("landing-page.pcapng");
  g_autoptr (LecIndex) index = lec_test_index (path);
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  uint32_t end = lec_index_n_frames (index) + 1;

  for (unsigned i = 0; i < G_N_ELEMENTS (reasons); i++) {
    g_autoptr (LecFilter) filter = lec_filter_new (registry, reasons[i].expression, NULL);
    g_autoptr (LecBitmap) matches = lec_bitmap_new ();

    lec_bitmap_reserve (matches, end + 64);
    lec_filter_run (filter, reader, index, 1, end, matches, NULL);
    g_autofree char *reason =
        lec_filter_dup_reason (filter, registry, reader, index, end, lec_bitmap_count (matches, end), NULL);
    g_assert_cmpstr (reason, ==, reasons[i].reason);
    /* And with a pause after each question. */
    g_autoptr (LecInquiry) inquiry = lec_inquiry_new (filter, registry, index, end, lec_bitmap_count (matches, end));
    for (unsigned n_runs = 0; !lec_inquiry_run (inquiry, reader, 0, NULL); n_runs++)
      g_assert_cmpuint (n_runs, <, 50);
    g_assert_cmpstr (lec_inquiry_reason (inquiry), ==, reasons[i].reason);
  }
}

/* A filter that points at a frame of analyzer.pcapng, what it becomes, and the frames that pass; NULL: the problem. */
static const struct {
  const char *expression;
  uint32_t frame;
  const char *canonical;
  const char *frames;
} references[] = {
  { "ip.src == ${ip.src} and http", 5, "ip.src == 192.168.1.1 and http", "5 7" },
  { "ip.src == ${ip.dst} and http", 5, "ip.src == 10.1.2.3 and http", "6 8" },
  { "tcp.port == ${tcp.port} and http", 18, "tcp.port == {64669, 80} and http", "5 6 7 8 18" },
  { "frame.len - 50 > ${frame.len}", 8, "frame.len - 50 > 106", "11" },
  { "http.host == ${HTTP.Host}", 7, "http.host == \"www.hostname.com\"", "7" },
  { "vlan.id == ${vlan.id}", 5, NULL, "Frame 5, which this refers to, has no “vlan.id”." },
  { "ip.src == ${ip.scr}", 5, NULL, "There is no field \"ip.scr\"." },
};

static void
test_references (void)
{
  g_autofree char *path = lec_test_recording ("analyzer.pcapng");
  g_autoptr (LecIndex) index = lec_test_index (path);
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);

  for (unsigned i = 0; i < G_N_ELEMENTS (references); i++) {
    LecFilterProblem problem;
    g_autoptr (LecFilter) filter =
        lec_filter_new_at (registry, references[i].expression, reader, references[i].frame, &problem);

    g_assert_cmpstr (filter != NULL ? lec_filter_canonical (filter) : NULL, ==, references[i].canonical);
    g_autofree char *frames = filter != NULL ? lec_test_frames (index, filter) : g_strdup (problem.message);
    g_assert_cmpstr (frames, ==, references[i].frames);
    lec_filter_problem_clear (&problem);
  }
}

/* What is a mistake stays one: nothing is guessed into it. */
static void
test_mistakes (void)
{
  static const char *const mistakes[] = {
    "htpp",
    "tcp.prot == 80",
    "tcp.prot",
    "nothing.like.this",
    "tcp ==",
    "tcp.port == 80 or",
    "from",
    "port",
    "port banana",
    "host",
    "between 10.0.0.1",
    "99999",
    "http 10.0.0.1 x",
    "( 404",
    "404 )",
    "\"",
    "and",
    "tcp == 80",
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (mistakes); i++) {
    LecFilterProblem problem;
    g_autoptr (LecFilter) filter = lec_filter_new (registry, mistakes[i], &problem);

    if (filter != NULL) {
      g_test_message ("%s: %s", mistakes[i], lec_filter_canonical (filter));
      g_test_fail ();
    }
    g_assert_cmpint (filter == NULL, ==, problem.message != NULL);
    lec_filter_problem_clear (&problem);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  registry = lec_registry_new ();
  g_test_add_func ("/filter/canonical/free-forms", test_free_forms);
  g_test_add_func ("/filter/canonical/cases", test_cases);
  g_test_add_func ("/filter/canonical/same-frames", test_same_frames);
  g_test_add_func ("/filter/canonical/reasons", test_reasons);
  g_test_add_func ("/filter/canonical/references", test_references);
  g_test_add_func ("/filter/canonical/mistakes", test_mistakes);
  int result = g_test_run ();
  lec_registry_free (registry);
  return result;
}
