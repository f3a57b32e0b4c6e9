#include "filter/expansion.h"

#include <string.h>

#include "filter/operands.h"
#include "filter/parser.h"

static const struct {
  const char *name;
  const char *condition;
} names[] = {
  /* A row of an operation: its request or its response. */
  { "*IsOperation", "http.response_in or http.request_in or dns.response_in or dns.response_to" },
  { "ICMP.EchoReplyMessage", "icmp.type == 0" },
  { "ICMP.DestinationUnreachableMessage", "icmp.type == 3" },
  { "ICMP.SourceQuenchMessage", "icmp.type == 4" },
  { "ICMP.RedirectMessage", "icmp.type == 5" },
  { "ICMP.EchoRequestMessage", "icmp.type == 8" },
  { "ICMP.EchoMessage", "icmp.type == 8" },
  { "ICMP.TimeExceededMessage", "icmp.type == 11" },
  { "ICMP.ParameterProblemMessage", "icmp.type == 12" },
};

/* Words that Message Analyzer's TCPDiagnosis may hold. */
static const struct {
  const char *words;
  const char *condition;
} diagnoses[] = {
  { "Retransmitted", "tcp.analysis.retransmission" },
  { "Dup-Ack", "tcp.analysis.duplicate_ack" },
  { "Segment-Lost", "tcp.analysis.lost_segment or tcp.analysis.out_of_order" },
};

static void
place (LecNode *node, const LecNode *like)
{
  node->position = like->position;
  node->length = like->length;
  for (unsigned i = 0; i < node->n_children; i++)
    place (node->children[i], like);
}

static LecNode *
read_condition (LecChecker *checker, const char *condition, const LecNode *like)
{
  LecNode *node = lec_parser_read (checker->syntax, condition, NULL);

  place (node, like);
  return node;
}

LecNode *
lec_expansion_of_name (LecChecker *checker, const LecNode *node)
{
  g_autofree char *name = NULL;

  if (node->kind != LEC_NODE_WORD && node->kind != LEC_NODE_WILDCARD)
    return NULL;
  name = g_strconcat (node->kind == LEC_NODE_WILDCARD ? "*" : "", node->text, NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i].name, name) == 0)
      return read_condition (checker, names[i].condition, node);
  return NULL;
}

/* Whether NODE is TCPDiagnosis, in any protocol or in TCP. */
static gboolean
names_diagnosis (const LecNode *node)
{
  const char *last = node->text;

  if (node->kind != LEC_NODE_WORD && node->kind != LEC_NODE_WILDCARD)
    return FALSE;
  for (const char *at = node->text; *at != '\0'; at++)
    if (*at == '.' || *at == ':')
      last = at + 1;
  return g_ascii_strcasecmp (last, "TCPDiagnosis") == 0;
}

LecNode *
lec_expansion_of_diagnosis (LecChecker *checker, const LecNode *test)
{
  const LecNode *left = test->children[0], *right = test->children[1];
  LecNode *list = NULL;

  if (test->relation != LEC_RELATION_CONTAINS || !names_diagnosis (left) ||
      (right->kind != LEC_NODE_STRING && right->kind != LEC_NODE_WORD))
    return NULL;
  LecBytes needle = { (const uint8_t *) right->text, (uint32_t) right->text_bytes };
  for (unsigned i = 0; i < G_N_ELEMENTS (diagnoses); i++) {
    LecBytes words = { (const uint8_t *) diagnoses[i].words, (uint32_t) strlen (diagnoses[i].words) };

    if (!lec_bytes_contain (words, needle, TRUE))
      continue;
    if (list == NULL)
      list = lec_checker_node (checker, LEC_NODE_OR, test);
    lec_node_add (list, read_condition (checker, diagnoses[i].condition, test));
  }
  return list;
}
