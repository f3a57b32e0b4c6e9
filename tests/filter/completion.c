/* What is proposed where, and that the values of a trace are those that a filter finds, in as many frames. */
#include <string.h>

#include "analysis/loaded.h"
#include "filter/completion.h"

static LecRegistry *registry;

/* The cursor stands at "|"; what is replaced, and by what, the likeliest first. "…" at the end: there may be more. */
static const struct {
  const char *text;
  const char *replaced;
  const char *inserts;
} proposals[] = {
  { "tcp.po|", "tcp.po", "tcp.port …" },
  { "tcp|", "tcp", "tcp tcp.port …" },
  { "TCP.Sou|", "TCP.Sou", "TCP.SourcePort …" },
  { "tcp.Sou|", "tcp.Sou", "TCP.SourcePort …" },
  { "arp or tcp.srcp|", "tcp.srcp", "tcp.srcport" },
  { "not (tcp.srcp|", "tcp.srcp", "tcp.srcport" },
  { "retrans|", "retrans", "tcp.analysis.retransmission …" },
  { "tcp.prot|", "tcp.prot", "tcp.port …" },
  { "htpt|", "htpt", "http …" },
  { "tcp.sr| == 80", "tcp.sr", "tcp.srcport" },
  { "tcp.s|rcport == 80", "tcp.srcport", "tcp.srcport tcp.stream …" },
  { "*|", "*", "*Source *Destination *Address …" },
  { "arp and *ad|", "*ad", "*Address" },
  { "#DiagnosisL|", "#DiagnosisL", "#DiagnosisLevels" },
  { "#Message|", "#Message", "#MessageNumber …" },
  { "tcp.len *ad|", "ad", "" },
  { "no|", "no", "not …" },
  { "10.0|", "10.0", "" },
  { "|", "", "tcp http dns ip udp tls arp icmp lectern.verdict" },
  { "tcp |", "", "and or" },
  { "tcp a|", "a", "and" },
  { "tcp.port |", "", "== != > < >= <= in ~= and or" },
  { "tcp.port =|", "=", "==" },
  { "tcp.port !|", "!", "!=" },
  { "tcp.port >|", ">", "> >=" },
  { "tcp.flags.syn |", "", "== != ~= and or" },
  { "http.host |", "", "== != contains matches in ~= and or" },
  { "http.host con|", "con", "contains" },
  { "tcp.flags.syn == |", "", "true false" },
  { "tcp.flags.syn == t|", "t", "true" },
  { "tcp.port in |", "", "{" },
  { "tcp.port == 80 |", "", "and or" },
  { "tcp.port == 80 o|", "o", "or" },
  { "(tcp.port == 80) |", "", "and or" },
  { "http.host == \"a b|", "\"a b", "" },
  { "\"tcp|", "\"tcp", "" },
  { "$[tcp|", "tcp", "" },
  { "arp.opcode == |", "", "1 2 …" },
  { "arp.opcode == req|", "req", "1 …" },
};

static LecCompletion *
complete (const char *marked, const LecTraceValues *values, char **text)
{
  const char *cursor = strchr (marked, '|');

  g_assert_nonnull (cursor);
  *text = g_strdup_printf ("%.*s%s", (int) (cursor - marked), marked, cursor + 1);
  return lec_completion_new (registry, *text, (unsigned) (cursor - marked), values);
}

static char *
dup_inserts (const LecCompletion *completion)
{
  GString *inserts = g_string_new (NULL);

  for (unsigned i = 0; i < completion->proposals->len; i++)
    g_string_append_printf (inserts, "%s%s", i > 0 ? " " : "",
                            ((LecProposal *) completion->proposals->pdata[i])->insert);
  return g_string_free (inserts, FALSE);
}

static gboolean
is_wanted (const char *inserts, const char *wanted)
{
  const char *more = strstr (wanted, " …");

  if (more == NULL)
    return g_str_equal (inserts, wanted);
  return strncmp (inserts, wanted, more - wanted) == 0 && strchr (" ", inserts[more - wanted]) != NULL;
}

static void
test_places (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (proposals); i++) {
    g_autofree char *text = NULL;
    g_autoptr (LecCompletion) completion = complete (proposals[i].text, NULL, &text);
    g_autofree char *inserts = dup_inserts (completion);

    g_assert_cmpuint (completion->proposals->len, <=, LEC_PROPOSALS_MOST);
    if (!is_wanted (inserts, proposals[i].inserts)) {
      g_test_message ("%s: %s, not %s", proposals[i].text, inserts, proposals[i].inserts);
      g_test_fail ();
    }
    for (unsigned k = 0; k < completion->proposals->len; k++) {
      const LecProposal *proposal = completion->proposals->pdata[k];
      g_autofree char *replaced = g_strndup (text + proposal->start, proposal->end - proposal->start);

      g_assert_cmpstr (replaced, ==, proposals[i].replaced);
    }
  }
}

static void
test_taken (void)
{
  static const struct {
    const char *text;
    const char *taken;
    unsigned cursor;
  } takes[] = {
    { "tcp.po|", "tcp.port", 8 },
    { "tcp.po| == 80", "tcp.port == 80", 8 },
    { "http.host con|", "http.host contains ", 19 },
    { "tcp.port =| 80", "tcp.port == 80", 12 },
    { "tcp a|", "tcp and ", 8 },
    { "äöü or tcp.po|", "äöü or tcp.port", 18 },
    { "tcp.port in |", "tcp.port in {", 13 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (takes); i++) {
    g_autofree char *text = NULL;
    g_autoptr (LecCompletion) completion = complete (takes[i].text, NULL, &text);
    unsigned cursor = 0;

    g_assert_cmpuint (completion->proposals->len, >, 0);
    g_autofree char *taken = lec_proposal_dup_taken (completion->proposals->pdata[0], text, &cursor);
    g_assert_cmpstr (taken, ==, takes[i].taken);
    g_assert_cmpuint (cursor, ==, takes[i].cursor);
  }
}

/* Every name has a type, a label, and is found by its own beginning. */
static void
test_every_name (void)
{
  unsigned n_names;
  const LecName *names = lec_registry_names (registry, &n_names);

  for (unsigned i = 0; i < n_names; i++) {
    g_autofree char *marked = g_strdup_printf ("%.*s|", (int) strlen (names[i].name) - 1, names[i].name);
    g_autofree char *text = NULL;
    g_autoptr (LecCompletion) completion = complete (marked, NULL, &text);
    gboolean found = FALSE;

    for (unsigned k = 0; k < completion->proposals->len; k++) {
      const LecProposal *proposal = completion->proposals->pdata[k];

      g_assert_true (proposal->type != NULL && proposal->label != NULL);
      found |= g_str_equal (proposal->insert, names[i].name);
    }
    if (!found && completion->proposals->len < LEC_PROPOSALS_MOST) {
      g_test_message ("%s is not proposed", names[i].name);
      g_test_fail ();
    }
  }
}

static uint32_t
frames_of (LecIndex *index, const char *expression)
{
  g_autoptr (LecFilter) filter = lec_filter_new (registry, expression, NULL);
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  uint32_t end = lec_index_n_frames (index) + 1, n = 0;
  _Atomic unsigned cancel = 0;

  g_assert_nonnull (filter);
  g_autoptr (LecBitmap) matches = lec_bitmap_new ();
  lec_bitmap_reserve (matches, end);
  g_assert_true (lec_filter_run (filter, reader, index, 1, end, matches, &cancel));
  for (uint32_t frame = 1; frame < end; frame++)
    n += lec_bitmap_get (matches, frame) ? 1 : 0;
  return n;
}

/* What is counted is what `field == value` lets pass; and nothing is left out. */
static void
check_values (LecIndex *index, const char *name)
{
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  const LecName *found = lec_registry_find (registry, name);

  g_assert_nonnull (found);
  g_assert_true (lec_trace_values_wanted (registry, found));
  g_autoptr (LecTraceValues) values = lec_trace_values_new (registry, index, reader, found, NULL);
  g_assert_nonnull (values);
  g_assert_false (values->partial);
  g_autoptr (GString) all = g_string_new (NULL);
  for (unsigned i = 0; i < values->n_values; i++) {
    g_autofree char *expression = g_strdup_printf ("%s == %s", name, values->values[i].text);
    uint32_t n = frames_of (index, expression);

    if (n != values->values[i].n_frames) {
      g_test_message ("%s: %u frames, not %" G_GUINT64_FORMAT, expression, n, values->values[i].n_frames);
      g_test_fail ();
    }
    g_string_append_printf (all, "%s%s", all->len > 0 ? " or " : "", expression);
    g_assert_true (i == 0 || values->values[i - 1].n_frames >= values->values[i].n_frames);
  }
  g_assert_cmpuint (frames_of (index, all->len > 0 ? all->str : "not frame"), ==, frames_of (index, name));
}

static const char *const samples[] = {
  "closed-port-refused.pcap", "closed-port-silent.pcapng", "landing-page.pcapng", "lost-segment.pcapng",
  "lost-upload.pcapng",       "not-modified.pcap",         "redirect.pcap",       "windows-logon.pcapng"
};

static void
test_values (void)
{
  static const char *const names[] = { "tcp.port",
                                       "tcp.srcport",
                                       "udp.port",
                                       "ip.addr",
                                       "ip.src",
                                       "ipv6.addr",
                                       "tcp.stream",
                                       "http.request.method",
                                       "http.response.code",
                                       "lectern.verdict",
                                       "lectern.verdict.confidence",
                                       "http.host",
                                       "dns.qry.name",
                                       "arp.opcode",
                                       "eth.src",
                                       "ip.ttl" };

  for (unsigned i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autoptr (LecIndex) index = loaded_sample (samples[i]);

    g_test_message ("%s", samples[i]);
    for (unsigned k = 0; k < G_N_ELEMENTS (names); k++)
      check_values (index, names[k]);
  }
}

static void
test_values_proposed (void)
{
  g_autoptr (LecIndex) index = loaded_sample ("redirect.pcap");
  g_autoptr (LecFrameReader) reader = lec_frame_reader_new (index);
  const LecName *port = lec_registry_find (registry, "tcp.port");
  g_autofree char *text = NULL, *quoted = NULL, *other = NULL;
  g_autoptr (LecCompletion) without = complete ("tcp.port == |", NULL, &text);

  g_assert_true (without->wanted == port);
  g_assert_cmpuint (without->proposals->len, ==, 0);
  g_autoptr (LecTraceValues) values = lec_trace_values_new (registry, index, reader, port, NULL);
  g_clear_pointer (&text, g_free);
  g_autoptr (LecCompletion) with = complete ("tcp.port in {64665, htt|", values, &text);
  g_assert_null (with->wanted);
  g_assert_cmpuint (with->proposals->len, ==, 1);
  const LecProposal *first = with->proposals->pdata[0];
  g_assert_cmpstr (first->insert, ==, "80");
  g_assert_cmpstr (first->label, ==, "HTTP");
  g_assert_cmpuint (first->n_frames, ==, frames_of (index, "tcp.port == 80"));
  /* Those of one name are not shown for another. */
  g_autoptr (LecCompletion) elsewhere = complete ("udp.port == |", values, &other);
  g_assert_cmpuint (elsewhere->proposals->len, ==, 0);
  g_autoptr (LecTraceValues) methods =
      lec_trace_values_new (registry, index, reader, lec_registry_find (registry, "http.request.method"), NULL);
  g_autoptr (LecCompletion) in_quotes = complete ("http.request.method == \"G|\" and tcp", methods, &quoted);
  unsigned cursor;
  g_assert_cmpuint (in_quotes->proposals->len, ==, 1);
  g_autofree char *taken = lec_proposal_dup_taken (in_quotes->proposals->pdata[0], quoted, &cursor);
  g_assert_cmpstr (taken, ==, "http.request.method == \"GET\" and tcp");
}

/* No text makes it fall, wherever the cursor is. */
static void
test_anything (void)
{
  static const char *const texts[] = { "tcp.port in {80, \"a\\\"b\" } and not (udp[0:4] == $[c0a8]) or ${ip.src} == 'ä",
                                       "\\HTTP\\\\IPv4 #a.b *Port ~= ..", "{[((\"",
                                       "a\xff"
                                       "b\xc3",
                                       "....:::--//" };

  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    for (unsigned cursor = 0; cursor <= strlen (texts[i]) + 1; cursor++)
      lec_completion_free (lec_completion_new (registry, texts[i], cursor, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  registry = lec_registry_new ();
  g_test_add_func ("/completion/places", test_places);
  g_test_add_func ("/completion/taken", test_taken);
  g_test_add_func ("/completion/every-name", test_every_name);
  g_test_add_func ("/completion/values", test_values);
  g_test_add_func ("/completion/values-proposed", test_values_proposed);
  g_test_add_func ("/completion/anything", test_anything);
  int failed = g_test_run ();
  lec_registry_free (registry);
  return failed;
}
