#include <string.h>

#include "filter/columns.h"
#include "filter/evaluate.h"
#include "filter/filter.h"
#include "filter/parser.h"

static LecRegistry *registry;

/* Announces "ip.src=1.2.3.4 tcp.flags.syn=1 …" as a dissection would; a name alone is a protocol's or a mark's. */
static void
announce (LecSink *sink, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);

  for (char **word = words; *word != NULL && **word != '\0'; word++) {
    char *value = strchr (*word, '=');
    LecConstant constant = { .value = { 0 } };

    if (value != NULL)
      *value++ = '\0';
    const LecName *name = lec_registry_find (registry, *word);
    g_assert_nonnull (name);
    g_assert_cmpuint (name->n_fields, ==, 1);
    LecLiteral literal = { value, value != NULL ? strlen (value) : 0, FALSE, FALSE };
    if (value != NULL)
      g_assert_true (lec_literal_read (&literal, lec_class_of (name->fields[0]), name->fields[0], owned, &constant));
    sink->add (sink, name->fields[0], &constant.value, (LecSpan){ 0 }, NULL, FALSE);
  }
}

static gboolean
passes (const char *expression, const char *frame)
{
  g_autoptr (LecSyntax) syntax = lec_syntax_new ();
  LecFilterProblem problem = { 0 };

  if (!lec_parser_run (syntax, expression, &problem) || !lec_check_run (registry, syntax, &problem))
    g_test_message ("%s: at %u: %s", expression, problem.position, problem.message);
  if (problem.message != NULL) {
    lec_filter_problem_clear (&problem);
    g_test_fail ();
    return FALSE;
  }
  LecProgram *program = lec_program_new (registry, syntax);
  LecEvaluator *evaluator = lec_evaluator_new (program);
  lec_evaluator_begin (evaluator);
  announce (lec_evaluator_sink (evaluator), frame);
  gboolean answer = lec_evaluator_answer (evaluator, program->root);
  lec_evaluator_free (evaluator);
  lec_program_free (program);
  return answer;
}

#define SYN                                                                                                            \
  "frame frame.number=5 frame.len=66 frame.time_delta=0.25 eth eth.src=00:11:22:33:44:55 eth.dst=ff:ff:ff:ff:ff:ff "   \
  "ip ip.src=10.1.2.3 ip.dst=192.0.2.7 ip.proto=6 tcp tcp.srcport=64665 tcp.dstport=80 tcp.flags=2 "                   \
  "tcp.flags.syn=1 tcp.flags.ack=0 tcp.flags.reset=0 tcp.len=0"
#define GET                                                                                                            \
  "frame frame.number=9 ip ip.src=10.1.2.3 ip.dst=192.0.2.7 tcp tcp.srcport=64665 tcp.dstport=80 tcp.len=300 http "    \
  "http.request.method=GET http.request.uri=/MSN/index.html http.host=www.Contoso.com"
#define DNS                                                                                                            \
  "frame frame.number=7 ip ip.src=10.1.2.3 ip.dst=10.1.2.1 udp udp.srcport=5353 udp.dstport=53 dns dns.qry.type=28"
#define ARP  "frame frame.number=3 eth eth.src=00:11:22:33:44:55 eth.dst=ff:ff:ff:ff:ff:ff arp"
#define IPV6 "frame frame.number=8 ipv6 ipv6.src=2001:db8::1 ipv6.dst=fe80::2 tcp tcp.srcport=443 tcp.dstport=50000"

/* An expression, a frame, and whether it passes. */
static const struct {
  const char *expression;
  const char *frame;
  gboolean passes;
} meanings[] = {
  { "", ARP, TRUE },
  { "tcp", SYN, TRUE },
  { "TCP", SYN, TRUE },
  { "tcp", ARP, FALSE },
  { "!UDP&&!TCP", ARP, TRUE },
  { "!UDP&&!TCP", SYN, FALSE },
  /* A bare name: presence, and truth of a flag. */
  { "tcp.len", SYN, TRUE },
  { "tcp.flags.syn", SYN, TRUE },
  { "tcp.flags.ack", SYN, FALSE },
  { "tcp.flags.ack", ARP, FALSE },
  { "tcp.flags.ack != nothing", SYN, TRUE },
  { "tcp.flags.ack ~= nothing", ARP, FALSE },
  { "tcp.flags.reset == true", SYN, FALSE },
  { "tcp.flags.syn == True", SYN, TRUE },
  { "tcp.flags.syn == TRUE", SYN, TRUE },
  { "tcp.flags.syn == 1", SYN, TRUE },
  { "tcp.flags.syn == 2", SYN, FALSE },
  { "tcp.flags.syn != 2", SYN, TRUE },
  /* Aliases: some member. */
  { "tcp.port == 80", SYN, TRUE },
  { "tcp.port == 64665", SYN, TRUE },
  { "tcp.port = 81", SYN, FALSE },
  { "tcp.port in [64665, 64669]", SYN, TRUE },
  { "tcp.port in {1 2 60000..65000}", SYN, TRUE },
  { "tcp.port in {1, 2, 3..79}", SYN, FALSE },
  { "tcp.port not in {1, 2}", SYN, TRUE },
  { "tcp.port not in {1, 2}", ARP, TRUE },
  { "80 == tcp.port", SYN, TRUE },
  { "1000 < tcp.port", SYN, TRUE },
  { "1 < tcp.port < 81", SYN, TRUE },
  { "tcp.port == http", SYN, TRUE },
  { "tcp.port == https", SYN, FALSE },
  { "tcp.port == IANA.Port.HTTP", SYN, TRUE },
  { "tcp.port == 0x50 and tcp.port == 0b1010000 and tcp.port == 0120", SYN, TRUE },
  { "tcp.port == 70000", SYN, FALSE },
  { "tcp.port < 70000", SYN, TRUE },
  { "tcp.port > -1", SYN, TRUE },
  { "tcp.port < -1", SYN, FALSE },
  /* != is the negation of ==, ~= demands the field; any and all. */
  { "tcp.port != 80", SYN, FALSE },
  { "tcp.port != 81", SYN, TRUE },
  { "tcp.port != 80", ARP, TRUE },
  { "!(tcp.port == 80)", ARP, TRUE },
  { "tcp.port ~= 80", ARP, FALSE },
  { "tcp.port ~= 80", SYN, FALSE },
  { "tcp.port ~= 81", SYN, TRUE },
  { "tcp.port !== 80", SYN, TRUE },
  { "tcp.port === 80", SYN, FALSE },
  { "any tcp.port != 80", SYN, TRUE },
  { "all tcp.port != 80", SYN, FALSE },
  { "all tcp.port > 79", SYN, TRUE },
  { "all tcp.port > 80", SYN, FALSE },
  { "all tcp.port > 79", ARP, FALSE },
  { "tcp.port === 80", ARP, FALSE },
  /* Addresses. */
  { "ip.addr == 10.1.2.3", SYN, TRUE },
  { "ip.dst == 10.1.2.3", SYN, FALSE },
  { "ip.addr == 10.0.0.0/8", SYN, TRUE },
  { "ip.src == 192.0.0.0/9", SYN, FALSE },
  { "ip.dst == 192.0.0.0/9", SYN, TRUE },
  { "ip.addr in {192.0.2.0..192.0.2.9}", SYN, TRUE },
  { "ip.src == $[0a010203]", SYN, TRUE },
  { "ip.src == \"10.1.2.3\"", SYN, TRUE },
  { "ipv6.addr == 2001:db8::/32", IPV6, TRUE },
  { "ipv6.addr == 2001:db9::/32", IPV6, FALSE },
  { "*Address == 10.1.2.3", SYN, TRUE },
  { "*Address == FF-FF-FF-FF-FF-FF", SYN, TRUE },
  { "*Address == FF-FF-FF-FF-FF-FE", SYN, FALSE },
  { "*Address == 10.1.2.3 or *Address == 2001:db8::1", IPV6, TRUE },
  { "*Port == 53", DNS, TRUE },
  { "*Port == 53", SYN, FALSE },
  { "eth.src == 00:11:22:33:44:55", SYN, TRUE },
  { "eth.src == 0011.2233.4455", SYN, TRUE },
  { "eth.src[0:3] == 00:11:22", SYN, TRUE },
  { "eth.src[0-2] == 001122", SYN, TRUE },
  { "eth.src[-1:] == 55", SYN, TRUE },
  { "eth.src[5:2] == 55", SYN, FALSE },
  { "eth.src[1,0] == 11:00", SYN, TRUE },
  /* Numbers. */
  { "TCP.SourcePort + 1 == 64666", SYN, TRUE },
  { "tcp.srcport - tcp.dstport == 64585", SYN, TRUE },
  { "tcp.srcport > tcp.dstport", SYN, TRUE },
  { "tcp.srcport == tcp.dstport", SYN, FALSE },
  { "tcp.flags & 0x02", SYN, TRUE },
  { "tcp.flags & 0x12 == 2", SYN, TRUE },
  { "tcp.flags & 0x10", SYN, FALSE },
  { "tcp.flags bitwise_and 0x12 == 2", SYN, TRUE },
  { "eth.src[4:2] & 0x00ff == 0x55", SYN, TRUE },
  { "eth.src[4:2] & 00:aa", SYN, FALSE },
  { "number(eth.src[4:2]) == 0x4455", SYN, TRUE },
  { "max(70000, tcp.srcport) == 70000 and min(1, tcp.srcport) == 1", SYN, TRUE },
  { "max(tcp.dstport, tcp.len, tcp.srcport) == 64665", SYN, TRUE },
  { "tcp.srcport in {80, tcp.dstport}", SYN, FALSE },
  { "tcp.srcport in {tcp.dstport, 64665}", SYN, TRUE },
  { "tcp.len in {tcp.len}", SYN, TRUE },
  { "tcp.len / 0 == 1", SYN, FALSE },
  { "{tcp.len + 1} * 3 == 3", SYN, TRUE },
  { "frame.time_delta > 0.2", SYN, TRUE },
  { "frame.time_delta > 200ms and frame.time_delta < 0.25000001s", SYN, TRUE },
  { "frame.time_delta == 250000us", SYN, TRUE },
  { "#MessageNumber == 5", SYN, TRUE },
  { "max(tcp.srcport, tcp.dstport) == 64665 and min(tcp.port) == 80", SYN, TRUE },
  { "count(tcp.port) == 2", SYN, TRUE },
  { "dns.qry.type == AAAA", DNS, TRUE },
  /* Texts. */
  { "http.request.method == GET", GET, TRUE },
  { "http.request.method == \"GET\"", GET, TRUE },
  { "http.request.method == 'get'", GET, FALSE },
  { "HTTP.Method == \"GET\"", GET, TRUE },
  { "HTTP.Request.Method == \"GET\"", GET, TRUE },
  { "HTTP:Request:Method == \"GET\"", GET, TRUE },
  { "http.request.method in {\"POST\", \"GET\"}", GET, TRUE },
  { "http.request.method in {POST HEAD}", GET, FALSE },
  { "http.host contains \"Contoso\"", GET, TRUE },
  { "http.host contains \"contoso\"", GET, FALSE },
  { "HTTP.Uri contains \"msn\"", GET, TRUE },
  { "http.host matches \"contoso\\.com$\"", GET, TRUE },
  { "http.host ~ \"^contoso\"", GET, FALSE },
  { "lower(http.host) == \"www.contoso.com\"", GET, TRUE },
  { "len(http.request.method) == 3", GET, TRUE },
  { "http.host[0:3] == \"www\"", GET, TRUE },
  { "http.host > \"www\"", GET, TRUE },
  { "string(tcp.dstport) == \"80\"", GET, TRUE },
  { "*HTTPHost == \"www.Contoso.com\"", GET, TRUE },
  { "HTTP and !UDP", GET, TRUE },
  /* Paths. */
  { "TCP::Flags.Syn==true && TCP::Flags.Ack==false", SYN, TRUE },
  { "TCP.Segment.Flags.Syn==True", SYN, TRUE },
  { "TCP:Segment::SYN==true and TCP:::SYN == true", SYN, TRUE },
  { "TCP.Syn==True and *Syn==True", SYN, TRUE },
  { "tcp.syn", SYN, TRUE },
  { "TCP.Rst", SYN, FALSE },
  { "TCP.Segment.SourcePort==64665", SYN, TRUE },
  { "IPv4.Address == 192.0.2.7", SYN, TRUE },
  { "Ipv4.Protocol == IANA.ProtocolType.TCP", SYN, TRUE },
  { "TCP.Port != 81 && *Address != 10.1.2.4", SYN, TRUE },
};

static void
test_meanings (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (meanings); i++) {
    if (passes (meanings[i].expression, meanings[i].frame) != meanings[i].passes) {
      g_test_message ("%s: wrong of %.20s", meanings[i].expression, meanings[i].frame);
      g_test_fail ();
    }
  }
}

/* Expressions that are not understood: where, and a part of what is said. */
static const struct {
  const char *expression;
  unsigned position;
  unsigned length;
  const char *says;
} problems[] = {
  { "tcp.prot == 80", 0, 8, "There is no field \"tcp.prot\". Did you mean \"tcp.port\"?" },
  { "tcp.port == 80 or tcp.prot==1", 18, 8, "Did you mean \"tcp.port\"?" },
  { "TCP.SourcPort == 80", 0, 13, "Did you mean \"TCP.SourcePort\"?" },
  { "htpp", 0, 4, "Did you mean \"http\"?" },
  { "nothing.like.this", 0, 17, "There is no field \"nothing.like.this\"." },
  { "tcp.port == abc", 12, 3, "number" },
  { "tcp.port in {80, abc}", 17, 3, "number" },
  { "ip.addr == 10.0.0.256", 11, 10, "IPv4" },
  { "ip.addr == 10.0.0.0/33", 11, 11, "IPv4" },
  { "tcp.flags.syn == maybe", 17, 5, "true" },
  { "eth.src == 00:11:22", 11, 8, "link address" },
  { "tcp == 80", 0, 3, "no value" },
  { "tcp.port contains \"8\"", 0, 8, "texts" },
  { "http.host matches \"(\"", 18, 3, "regular expression" },
  { "http.host == tcp.port", 0, 21, "kinds" },
  { "http.host + 1 == 2", 0, 13, "numbers" },
  { "tcp.port[0:2] == 1", 0, 13, "sliced" },
  { "all tcp.port in {tcp.len}", 17, 7, "all" },
  { "contains \"a\" encoding EBCDIC", 0, 28, "BigEndianUnicode" },
  { "frobnicate(tcp.port) == 1", 0, 10, "frobnicate" },
  { "99999", 0, 5, "condition" },
  { "80 == 80", 0, 2, "field" },
  { "\"\xc3\xa4\xc3\xb6\" == tcp.prot", 8, 8, "tcp.port" },
  { "#MesageNumber == 1", 0, 13, "#MessageNumber" },
  { "frame.time > \"yesterday\"", 13, 11, "date" },
  /* Values that have names. */
  { "dns.qry.type == AAAAA", 16, 5,
    "Expected a number or its name, such as 1 or \"A\" here, for \"dns.qry.type\". Did you mean \"AAAA\"?" },
  { "dns.qry.type in {A, AAAB}", 20, 4, "Did you mean \"AAAA\"" },
  { "arp.opcode == requst", 14, 6, "Did you mean \"Request\"?" },
  { "TCP.SYN == Ture", 11, 4, "Did you mean \"true\"?" },
  { "tcp.port == htpp", 12, 4, "Did you mean \"HTTP\"" },
  { "TCP.Port == IANA.Port.HTPP", 12, 14, "\"IANA.Port.HTTP\"" },
  { "IPv4.Protocol == IANA.ProtocolType.TPC", 17, 21, "Did you mean \"IANA.ProtocolType.TCP\"" },
  { "TCP#DiagnosisLevels == Standard.DiagnosisLevel.Eror", 23, 28, "\"Standard.DiagnosisLevel.Error\"?" },
  { "tcp.port == zzzzzz", 12, 6, "Expected a number, such as 80 here, for \"tcp.port\"." },
  { "lectern.verdict == \"retransmision\"", 19, 15,
    "Expected one of its words, such as \"no-answer\" here, for \"lectern.verdict\". Did you mean "
    "\"retransmission\"?" },
  { "!(lectern.verdict != rest)", 21, 4, "Did you mean \"reset\"?" },
  { "lectern.verdict in {\"reset\", \"refussed\"}", 29, 10, "Did you mean \"refused\"?" },
  { "lectern.verdict.confidence == \"maybe\"", 30, 7, "one of the words certain, likely, unclear, pending here" },
  { "lectern.verdict.cause == tmeout", 25, 6, "Did you mean \"timeout\"?" },
  { "lectern.tcp.state.client == ETSABLISHED", 28, 11, "Did you mean \"ESTABLISHED\"?" },
  /* Words. */
  { "HTTP.Method matchs \"GET\"", 12, 6, "Did you mean \"matches\"?" },
  { "http.host contans www", 10, 7, "Did you mean \"contains\"?" },
  { "tcp.port == 80 adn udp", 15, 3, "Did you mean \"and\"?" },
};

static void
test_problems (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (problems); i++) {
    LecFilterProblem problem;

    g_assert_null (lec_filter_new (registry, problems[i].expression, &problem));
    if (strstr (problem.message, problems[i].says) == NULL || problem.position != problems[i].position ||
        problem.length != problems[i].length) {
      g_test_message ("%s: %u+%u: %s", problems[i].expression, problem.position, problem.length, problem.message);
      g_test_fail ();
    }
    lec_filter_problem_clear (&problem);
  }
}

/* A filter that nothing is wrong with, and what is said of it; NULL: nothing. */
static const struct {
  const char *expression;
  const char *hint;
} hints[] = {
  { "", NULL },
  { "tcp.port == 65535", NULL },
  { "tcp.port == 70000", "\"tcp.port == 70000\" can never be true: a port is 0–65535." },
  { "udp or TCP.Port==65536", "\"TCP.Port==65536\" can never be true: a port is 0–65535." },
  { "http.host == \"ä\" or udp.port in {65536 70000..80000}",
    "\"udp.port in {65536 70000..80000}\" can never be true: a port is 0–65535." },
  { "udp.port in {53 70000}", NULL },
  { "udp.port in {65000..70000}", NULL },
  { "tcp.port in {-5..80}", NULL },
  { "tcp.port == -1", "\"tcp.port == -1\" can never be true: a port is 0–65535." },
  { "tcp.port > 65535", "\"tcp.port > 65535\" can never be true: a port is 0–65535." },
  { "tcp.port >= 65535", NULL },
  { "tcp.port < 0", "\"tcp.port < 0\" can never be true: a port is 0–65535." },
  { "tcp.port <= 0", NULL },
  { "tcp.port < 70000", NULL },
  { "70000 == tcp.port", "\"70000 == tcp.port\" can never be true: a port is 0–65535." },
  { "tcp.port != 70000", "\"tcp.port != 70000\" is true of every frame: a port is 0–65535." },
  { "!(tcp.port == 70000)", "\"tcp.port == 70000\" can never be true: a port is 0–65535." },
  { "tcp.port ~= 70000", NULL },
  { "tcp.flags.reset == 1", NULL },
  { "tcp.flags.reset == 2", "\"tcp.flags.reset == 2\" can never be true: a flag is 0 or 1." },
  { "all ip.ttl == 256", "\"all ip.ttl == 256\" can never be true: its values are 0–255." },
  { "*Port == 70000", "\"*Port == 70000\" can never be true: a port is 0–65535." },
  { "frame.time_delta == 70000", NULL },
};

static void
test_hints (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (hints); i++) {
    g_autoptr (LecFilter) filter = lec_filter_new (registry, hints[i].expression, NULL);

    g_assert_nonnull (filter);
    g_assert_cmpstr (lec_filter_hint (filter), ==, hints[i].hint);
  }
}

/* Random expressions of words that mean something: checked and compiled or refused, never worse. */
static void
test_random_expressions (void)
{
  static const char *const tokens[] = {
    "tcp",        "tcp.port",
    "ip.addr",    "http.host",
    "frame.time", "tcp.flags.syn",
    "*Port",      "#MessageNumber",
    "eth.src",    "==",
    "!=",         "~=",
    "<",          ">=",
    "contains",   "matches",
    "in",         "and",
    "or",         "not",
    "{",          "}",
    "(",          ")",
    "80",         "1.2.3.4",
    "\"x\"",      "$[00]",
    "..",         ",",
    "[0:2]",      "+",
    "&",          "len(",
    "max(",       "all",
    "tcp\\http",  "-",
    "#2",         "nothing",
    "true",       "::1",
    "10ms",       "===",
    "any",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  unsigned n_understood = 0;

  for (unsigned round = 0; round < 20000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    LecFilterProblem problem;

    for (int n = g_rand_int_range (random, 1, 9); n > 0; n--)
      g_string_append_printf (text, "%s ", tokens[g_rand_int_range (random, 0, G_N_ELEMENTS (tokens))]);
    g_autoptr (LecFilter) filter = lec_filter_new (registry, text->str, &problem);
    n_understood += filter != NULL;
    g_assert_cmpint (filter == NULL, ==, problem.message != NULL);
    lec_filter_problem_clear (&problem);
  }
  g_assert_cmpuint (n_understood, >, 200);
}

/* What is pointed at becomes a term that selects it. */
static void
test_terms (void)
{
  static const struct {
    const char *name;
    const char *value;
    const char *term;
  } terms[] = {
    { "tcp.dstport", "80", "tcp.dstport == 80" },
    { "ip.src", "10.1.2.3", "ip.src == 10.1.2.3" },
    { "ipv6.src", "2001:db8::1", "ipv6.src == 2001:db8::1" },
    { "eth.src", "00:11:22:33:44:55", "eth.src == 00:11:22:33:44:55" },
    { "tcp.flags.syn", "1", "tcp.flags.syn == true" },
    { "http.server", "a\"b\\c", "http.server == \"a\\\"b\\\\c\"" },
    { "frame.time_delta", "0.25", "frame.time_delta == 0.250000000" },
    { "tcp", NULL, "tcp" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (terms); i++) {
    g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
    const LecField *field = lec_registry_find (registry, terms[i].name)->fields[0];
    LecConstant constant = { .value = { 0 } };

    if (terms[i].value != NULL) {
      LecLiteral literal = { terms[i].value, strlen (terms[i].value), FALSE, FALSE };
      g_assert_true (lec_literal_read (&literal, lec_class_of (field), field, owned, &constant));
    }
    g_autofree char *term = lec_filter_dup_term (field, &constant.value);
    g_assert_cmpstr (term, ==, terms[i].term);
    g_autofree char *frame =
        terms[i].value != NULL ? g_strdup_printf ("%s=%s", terms[i].name, terms[i].value) : g_strdup (terms[i].name);
    g_assert_true (passes (term, frame));
  }
}

static void
test_joins (void)
{
  static const struct {
    const char *text, *how, *term, *joined;
  } joins[] = {
    { "", "and", "tcp", "tcp" },
    { "  ", "not", "tcp", "!tcp" },
    { "udp", "only", "tcp", "tcp" },
    { "tcp", "and", "tcp.port == 80", "tcp and tcp.port == 80" },
    { "tcp or udp", "and", "frame.len == 80", "(tcp or udp) and frame.len == 80" },
    { "tcp or udp", "or", "arp", "tcp or udp or arp" },
    { "tcp", "not", "tcp.port == 80", "tcp and !(tcp.port == 80)" },
    /* Brackets where precedence needs them, and only there. */
    { "tcp.port == 80", "and", "udp", "tcp.port == 80 and udp" },
    { "(tcp.port == 80)", "and", "udp", "tcp.port == 80 and udp" },
    { "http.host == \"this or that\"", "and", "udp", "http.host == \"this or that\" and udp" },
    { "tcp||udp", "not", "arp", "(tcp||udp) and !arp" },
    { " (tcp or udp) ", "and", "arp", "(tcp or udp) and arp" },
    { "(tcp or udp)", "or", "arp", "tcp or udp or arp" },
    { "(tcp) and (udp or arp)", "and", "ip", "(tcp) and (udp or arp) and ip" },
    { "not (tcp or udp)", "and", "arp", "not (tcp or udp) and arp" },
    { "tcp and udp", "or", "arp", "tcp and udp or arp" },
    { "tcp", "and", "udp or arp", "tcp and (udp or arp)" },
    { "tcp", "not", "udp or arp", "tcp and !(udp or arp)" },
    { "http.host == \"\xc3\xa4\" or udp", "and", "arp", "(http.host == \"\xc3\xa4\" or udp) and arp" },
    { "tcp ==", "and", "arp", "tcp == and arp" },
    /* What is there already is not said twice. */
    { "tcp.port == 80", "and", "tcp.port == 80", "tcp.port == 80" },
    { "udp and (tcp.port==80 and arp)", "and", "tcp.port == 80", "udp and (tcp.port==80 and arp)" },
    { "udp or tcp.port == 80", "or", "tcp.port == 80", "udp or tcp.port == 80" },
    { "udp or tcp.port == 80", "and", "tcp.port == 80", "(udp or tcp.port == 80) and tcp.port == 80" },
    { "ip and !(tcp.port == 80)", "not", "tcp.port == 80", "ip and !(tcp.port == 80)" },
    { "ip and not tcp", "not", "tcp", "ip and not tcp" },
    { "http.host == \"a\"", "or", "http.host == \"A\"", "http.host == \"a\" or http.host == \"A\"" },
    { "data == \"a\\x00b\"", "or", "data == \"a\\x00c\"", "data == \"a\\x00b\" or data == \"a\\x00c\"" },
    { "tcp.port == 80", "and", "tcp.port == 8", "tcp.port == 80 and tcp.port == 8" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (joins); i++) {
    g_autofree char *joined = lec_filter_dup_join (joins[i].text, joins[i].how, joins[i].term);

    g_assert_cmpstr (joined, ==, joins[i].joined);
  }
}

/* A pattern that would take for ever is given up. */
static void
test_patient_regex (void)
{
  g_autoptr (GString) frame = g_string_new ("http http.host=");
  gint64 start_us = g_get_monotonic_time ();

  for (unsigned i = 0; i < 40; i++)
    g_string_append_c (frame, 'a');
  g_assert_false (passes ("http.host matches \"^(a+)+$x|(a|a)*b\"", frame->str));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 5 * G_USEC_PER_SEC);
}

/* Signs before signs: each is a level, and none may cost twice what the one below it costs. */
static void
test_many_signs (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 start_us = g_get_monotonic_time ();

  for (unsigned i = 0; i < 60; i++)
    g_string_append (text, "- ");
  g_string_append (text, "tcp.len == 300");
  g_assert_true (passes (text->str, GET));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  registry = lec_registry_new ();
  g_test_add_func ("/filter/meaning/values", test_meanings);
  g_test_add_func ("/filter/meaning/problems", test_problems);
  g_test_add_func ("/filter/meaning/hints", test_hints);
  g_test_add_func ("/filter/meaning/random-expressions", test_random_expressions);
  g_test_add_func ("/filter/meaning/terms", test_terms);
  g_test_add_func ("/filter/meaning/joins", test_joins);
  g_test_add_func ("/filter/meaning/patient-regex", test_patient_regex);
  g_test_add_func ("/filter/meaning/many-signs", test_many_signs);
  int result = g_test_run ();
  lec_registry_free (registry);
  return result;
}
