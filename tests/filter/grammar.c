#include "filter/parser.h"

/* What is written, and the tree it means; or, where the tree is NULL, the place of the error in characters. */
static const struct {
  const char *text;
  const char *tree;
  unsigned position;
  unsigned length;
} cases[] = {
  { "", "(everything)" },
  { "  \t ", "(everything)" },
  { "tcp", "tcp" },
  { "TCP", "TCP" },
  { "tcp.port==80", "(== tcp.port 80)" },
  { "tcp.port = 80", "(== tcp.port 80)" },
  { "tcp.port eq 80", "(== tcp.port 80)" },
  { "tcp.port NE 80", "(!= tcp.port 80)" },
  { "a gt 1 and b LT 2 or c ge 3 && d le 4", "(or (and (> a 1) (< b 2)) (and (>= c 3) (<= d 4)))" },
  { "tcp.port==64665 or tcp.port==64669", "(or (== tcp.port 64665) (== tcp.port 64669))" },
  { "tcp.port==64665||tcp.port==64669", "(or (== tcp.port 64665) (== tcp.port 64669))" },
  { "a or b and c", "(or a (and b c))" },
  { "a and b or c", "(or (and a b) c)" },
  { "a and (b or c)", "(and a (or b c))" },
  { "a or b or c or d", "(or a b c d)" },
  { "!a", "(not a)" },
  { "not not a", "a" },
  { "!!!a", "(not a)" },
  { "!F==true", "(not (== F true))" },
  { "not a and b", "(and (not a) b)" },
  { "!(a or b)", "(not (or a b))" },
  { "a ~= 1", "(~= a 1)" },
  { "a === 1 or a !== 2", "(or (=== a 1) (!== a 2))" },
  { "a <> 1", "(!= a 1)" },
  { "a \xe2\x89\xa5 1 and a \xe2\x89\xa0 2", "(and (>= a 1) (!= a 2))" },
  { "any tcp.port > 1024", "(any > tcp.port 1024)" },
  { "ALL tcp.port > 1024", "(all > tcp.port 1024)" },
  { "1 < tcp.port < 100", "(and (< 1 tcp.port) (< tcp.port 100))" },
  { "tcp.port in {80, 443, 8000..8080}", "(in tcp.port (set 80 443 (.. 8000 8080)))" },
  { "tcp.port in {80 443 8000..8080}", "(in tcp.port (set 80 443 (.. 8000 8080)))" },
  { "tcp.port IN [64665, 64669]", "(in tcp.port (set 64665 64669))" },
  { "tcp.port in[64665,64669]", "(in tcp.port (set 64665 64669))" },
  { "tcp.port not in {1}", "(not (in tcp.port (set 1)))" },
  { "IPv4.Address in 10.1.0.0/16", "(in IPv4.Address (set 10.1.0.0/16))" },
  { "ip.addr in {10.0.0.1..10.0.0.9}", "(in ip.addr (set (.. 10.0.0.1 10.0.0.9)))" },
  { "ip.addr==192.168.0.0/16", "(== ip.addr 192.168.0.0/16)" },
  { "ipv6.addr == 2001:db8::/32", "(== ipv6.addr 2001:db8::/32)" },
  { "ipv6.addr == ::1", "(== ipv6.addr ::1)" },
  { "eth.addr == 48-2C-6A-1E-59-3D", "(== eth.addr 48-2C-6A-1E-59-3D)" },
  { "http.host == \"www.contoso.com\"", "(== http.host \"www.contoso.com\")" },
  { "http.host == 'www.contoso.com'", "(== http.host \"www.contoso.com\")" },
  { "http.host == \xe2\x80\x9cwww\xe2\x80\x9d", "(== http.host \"www\")" },
  { "http.host == \xe2\x80\x9ewww\xe2\x80\x9c", "(== http.host \"www\")" },
  { "http.host contains \"a\\\"b\\x41\\n\"", "(contains http.host \"a\"bA\n\")" },
  { "http.host matches \"\\d+\\.com\"", "(matches http.host \"\\d+\\.com\")" },
  { "http.host ~ r\"\\d\\\\\"", "(matches http.host \"\\d\\\\\")" },
  { "regex @\"^\\d{3}\"", "(regex \"^\\d{3}\")" },
  { "contains \"Microsoft\"", "(search \"Microsoft\")" },
  { "contains $[534d42] caseSensitive", "(search $[534d42])" },
  { "frame[0:4] == $[00 01:02-03]", "(== (slice frame 0..3) $[00010203])" },
  { "eth.src[0-2] == 00:11:22", "(== (slice eth.src 0..2) 00:11:22)" },
  { "eth.src[:3,5] == 1", "(== (slice eth.src 0..2 5) 1)" },
  { "eth.src[-2:] == 1", "(== (slice eth.src -2..) 1)" },
  { "eth.src[4] == 1", "(== (slice eth.src 4) 1)" },
  { "ip.addr#2 == 1.2.3.4", "(== (layer ip.addr 2) 1.2.3.4)" },
  { "ip.addr#[1-2] == 1.2.3.4", "(== (layer ip.addr 1..2) 1.2.3.4)" },
  { "*Port != IANA.Port.LDAP", "(!= *Port IANA.Port.LDAP)" },
  { "#MessageNumber == 5", "(== #MessageNumber 5)" },
  { "TCP#DiagnosisLevels", "TCP#DiagnosisLevels" },
  { "TCP:::SYN==true", "(== TCP:::SYN true)" },
  { "TCP::Flags.Syn==true && TCP::Flags.Ack==true", "(and (== TCP::Flags.Syn true) (== TCP::Flags.Ack true))" },
  { "TCP.SourcePort + 1 == TCP.DestinationPort / 2", "(== (+ TCP.SourcePort 1) (/ TCP.DestinationPort 2))" },
  { "tcp.flags & 0x02", "(& tcp.flags 0x02)" },
  { "(Etw.Flags & 2) == 2", "(== (& Etw.Flags 2) 2)" },
  { "a + b * c - d == 1", "(== (- (+ a (* b c)) d) 1)" },
  { "{a + b} * c == -1", "(== (* (+ a b) c) -1)" },
  { "len(http.host) > 10", "(> (len http.host) 10)" },
  { "max(a, b) == 1", "(== (max a b) 1)" },
  { "ip.src == ${ip.dst}", "(== ip.src ${ip.dst})" },
  { "tcp.flags bitwise_and 2", "(& tcp.flags 2)" },
  { "tcp.flags BITAND 0x12 == 2", "(== (& tcp.flags 0x12) 2)" },
  { "tcp.len == +5", "(== tcp.len 5)" },
  { "contains \"x\" encoding UTF32 caseSensitive", "(search \"x\")" },
  { "http.host contains \"x\" caseSensitive and a", "(and (contains http.host \"x\") a)" },
  { "\\HTTP\\\\IPv4", "(stack HTTP IPv4)" },
  { "\\HTTP\\TCP.Port == 80\\IPv6 || UDP", "(stack HTTP (== TCP.Port 80) IPv6 UDP)" },
  { "HTTP\\TCP.Port == IANA.Port.HTTP", "(stack HTTP (== TCP.Port IANA.Port.HTTP))" },
  { "!UDP&&!TCP", "(and (not UDP) (not TCP))" },
  /* Errors. */
  { "tcp.port ==", NULL, 11, 1 },
  { "tcp.port == and udp", NULL, 12, 3 },
  { "(tcp", NULL, 0, 1 },
  { "tcp)", NULL, 3, 1 },
  { "tcp http", NULL, 4, 4 },
  { "and", NULL, 0, 3 },
  { "tcp.port in {", NULL, 13, 1 },
  { "tcp.port in {80", NULL, 12, 1 },
  { "tcp.port in {}", NULL, 13, 1 },
  { "\xc3\xa4\xc3\xb6 == \"\xc3\xa4", NULL, 6, 2 },
  { "\xc3\xa4\xc3\xb6 == ;", NULL, 6, 1 },
  { "a == $[0", NULL, 5, 3 },
  { "a == $[0g]", NULL, 8, 1 },
  { "a ? b", NULL, 2, 1 },
  { "* == 1", NULL, 0, 1 },
  { "(a and b) == 1", NULL, 10, 2 },
  { "any tcp.port", NULL, 12, 1 },
  { "frame[0:4 == 1", NULL, 5, 1 },
};

static void
test_trees (void)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LecSyntax) syntax = lec_syntax_new ();
    g_autoptr (GString) tree = g_string_new (NULL);
    LecFilterProblem problem = { 0 };
    gboolean parsed = lec_parser_run (syntax, cases[i].text, &problem);

    g_test_message ("%s", cases[i].text);
    if (cases[i].tree == NULL) {
      g_assert_false (parsed);
      g_assert_nonnull (problem.message);
      g_assert_cmpuint (problem.position, ==, cases[i].position);
      g_assert_cmpuint (problem.length, ==, cases[i].length);
    } else {
      if (!parsed)
        g_test_message ("at %u: %s", problem.position, problem.message);
      g_assert_true (parsed);
      lec_node_append (tree, syntax->root);
      g_assert_cmpstr (tree->str, ==, cases[i].tree);
    }
    lec_filter_problem_clear (&problem);
  }
}

static void
parse_repeated (const char *before, const char *middle, const char *after, unsigned n, gboolean expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (LecSyntax) syntax = lec_syntax_new ();
  LecFilterProblem problem = { 0 };

  for (unsigned i = 0; i < n; i++)
    g_string_append (text, before);
  g_string_append (text, middle);
  for (unsigned i = 0; i < n; i++)
    g_string_append (text, after);
  g_assert_cmpint (lec_parser_run (syntax, text->str, &problem), ==, expected);
  g_assert_cmpint (problem.message == NULL, ==, expected);
  lec_filter_problem_clear (&problem);
}

/* Depth is bounded wherever the grammar is recursive; lists are not deep. */
static void
test_nesting (void)
{
  parse_repeated ("(", "tcp", ")", 20, TRUE);
  parse_repeated ("(", "tcp", ")", 10000, FALSE);
  parse_repeated ("{", "tcp", "}", 10000, FALSE);
  parse_repeated ("len(", "tcp", ")", 10000, FALSE);
  parse_repeated ("- ", "tcp", "", 10000, FALSE);
  parse_repeated ("not (", "tcp", ")", 10000, FALSE);
  parse_repeated ("", "tcp", "[0]", 10000, FALSE);
  parse_repeated ("1 + ", "tcp", "", 10000, FALSE);
  parse_repeated ("a == ", "b", "", 10000, TRUE);
  parse_repeated ("!", "tcp", "", 10000, TRUE);
  parse_repeated ("a or ", "tcp", "", 10000, TRUE);
  parse_repeated ("a", "", "", 100000, FALSE);
}

/* Streams of random tokens: every one ends in a tree or in an error whose place is in the text. */
static void
test_random_tokens (void)
{
  static const char *const tokens[] = {
    "tcp", "tcp.port", "==",    "!=",  "and",     "or",       "not",   "in",   "{",       "}", "[",
    "]",   "(",        ")",     "80",  "1.2.3.4", "\"x\"",    "'",     "..",   ",",       "#", "*",
    "\\",  "contains", "regex", "any", "all",     "-",        "$[00]", "${a}", "len(",    "~", "~=",
    "&",   "+",        ":",     "::",  "0x",      "\xc3\xa4", "\xff",  "@\"",  "matches",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (unsigned round = 0; round < 20000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (LecSyntax) syntax = lec_syntax_new ();
    LecFilterProblem problem = { 0 };

    for (int n = g_rand_int_range (random, 1, 14); n > 0; n--) {
      g_string_append (text, tokens[g_rand_int_range (random, 0, G_N_ELEMENTS (tokens))]);
      if (g_rand_boolean (random))
        g_string_append_c (text, ' ');
    }
    if (!lec_parser_run (syntax, text->str, &problem)) {
      g_autofree char *valid = g_utf8_make_valid (text->str, -1);

      g_assert_nonnull (problem.message);
      g_assert_cmpint (problem.position, <=, g_utf8_strlen (valid, -1));
    }
    lec_filter_problem_clear (&problem);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/grammar/trees", test_trees);
  g_test_add_func ("/filter/grammar/nesting", test_nesting);
  g_test_add_func ("/filter/grammar/random-tokens", test_random_tokens);
  return g_test_run ();
}
