/* What went wrong in a trace, why, and what took long: a line for each kind. */
#include "analysis/story-lines.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/quantity-text.h"
#include "base/publish.h"
#include "base/text.h"
#include "protocol/dns-fields.h"
#include "protocol/http-head.h"
#include "protocol/http-status.h"

/* Who talks weighs 55 (story-who.c): what has more comes before it. */
#define WEIGHT_UNANSWERED   90
#define WEIGHT_REFUSED      88
#define WEIGHT_SERVER_ERROR 84
#define WEIGHT_SILENT       82
#define WEIGHT_BROKEN       80
#define WEIGHT_ABORTED      75
#define WEIGHT_MUCH_LOST    70
#define WEIGHT_VERY_SLOW    68
#define WEIGHT_DNS_ERROR    65
#define WEIGHT_CLIENT_ERROR 62
#define WEIGHT_SHUT_LONG    60
#define WEIGHT_LOST         45
#define WEIGHT_SHUT         40
#define WEIGHT_SLOW         35
#define WEIGHT_DOUBTFUL     32
#define WEIGHT_NEEDLESS     30
#define WEIGHT_SLOWEST      20

/* One segment of so many lost is felt: TCP goes much slower from there on. */
#define MUCH_LOST_SHARE 100
#define SHUT_LONG_NS    1000000000
#define VERY_SLOW_NS    1000000000
#define SLOW_NS         200000000

/* A frame where it is one, else all of them. */
static void
lead_to (LecStoryLine *line, const LecStoryCount *count, const char *filter)
{
  if (count->n == 1 || !filter)
    line->frame = count->frame;
  else
    line->filter = g_strdup (filter);
}

/* "192.0.2.1:80: aborted by the client after 146 frames." */
static char *
dup_outcome (const LecTelling *telling, uint32_t conversation)
{
  g_autofree char *server = lec_story_dup_server (telling->index, conversation);
  g_autofree char *outcome = lec_conversation_dup_outcome (telling->index, conversation);

  /* TRANSLATORS: a server, and what became of a connection to it */
  return lec_dup_text (_ ("%s: %s."), server, outcome);
}

/* Attempts to connect */

static gboolean
tell_unanswered (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryCount *count = &telling->facts->unanswered;

  if (!count->n)
    return FALSE;
  g_autofree char *server = lec_story_dup_server (telling->index, count->conversation);
  line->weight = WEIGHT_UNANSWERED;
  lead_to (line, count, "lectern.verdict == \"no-answer\"");
  if (count->n == 1)
    line->text = dup_outcome (telling, count->conversation);
  else if (count->elsewhere)
    line->text = lec_dup_text (_ ("%'u attempts to connect got no answer, the first by %s."), count->n, server);
  else
    line->text = lec_dup_text (_ ("%s answered none of %'u attempts to connect."), server, count->n);
  return TRUE;
}

static gboolean
tell_refused (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryCount *count = &telling->facts->refused;

  if (!count->n)
    return FALSE;
  g_autofree char *server = lec_story_dup_server (telling->index, count->conversation);
  line->weight = WEIGHT_REFUSED;
  lead_to (line, count, "lectern.verdict == \"refused\"");
  if (count->n == 1)
    line->text = lec_dup_text (_ ("%s refused the connection: no program listens there."), server);
  else if (count->elsewhere)
    line->text = lec_dup_text (_ ("%'u attempts to connect were refused, the first by %s."), count->n, server);
  else
    line->text = lec_dup_text (_ ("%s refused %'u attempts to connect: no program listens there."), server, count->n);
  return TRUE;
}

static gboolean
tell_aborted (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryCount *by = telling->facts->aborted;
  unsigned side = by[0].n >= by[1].n ? 0 : 1;

  if (!by[side].n)
    return FALSE;
  line->weight = WEIGHT_ABORTED;
  if (by[side].n == 1 && !by[!side].n) {
    line->frame = by[side].frame;
    line->text = dup_outcome (telling, by[side].conversation);
    return TRUE;
  }
  line->filter = g_strdup ("lectern.verdict == \"reset\"");
  if (by[!side].n)
    line->text = lec_dup_text (_ ("%'u connections were aborted: %'u by the client, %'u by the server."),
                               by[0].n + by[1].n, by[0].n, by[1].n);
  else if (side == 0)
    line->text = lec_dup_text (_ ("%'u connections were aborted by the client."), by[0].n);
  else
    line->text = lec_dup_text (_ ("%'u connections were aborted by the server."), by[1].n);
  return TRUE;
}

/* Requests */

/* The two commonest of N_STATUSES from FIRST on: "404 Not Found (2), 401 Unauthorized (1)". */
static char *
dup_commonest (const uint32_t *n_of, unsigned first, unsigned n_statuses, char *(*dup_name) (unsigned status))
{
  g_autoptr (GString) text = g_string_new (NULL);
  unsigned told = G_MAXUINT;

  for (unsigned round = 0; round < 2; round++) {
    unsigned commonest = G_MAXUINT;
    for (unsigned status = first; status < first + n_statuses; status++)
      if (n_of[status] && status != told && (commonest == G_MAXUINT || n_of[status] > n_of[commonest]))
        commonest = status;
    if (commonest == G_MAXUINT)
      break;
    g_autofree char *name = dup_name (commonest);
    lec_append_text (text, "%s%s (%'u)", round ? ", " : "", name, n_of[commonest]);
    told = commonest;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_http_status (unsigned code)
{
  const LecHttpStatus *status = lec_http_status (code);

  return status ? lec_dup_text ("%u %s", code, status->phrase) : g_strdup_printf ("%u", code);
}

static char *
dup_rcode (unsigned code)
{
  const char *name = lec_value_name (lec_dns_fields[DNS_FLAG_RCODE].values, code);

  return name ? g_strdup (name) : lec_dup_text ("%u", code);
}

static gboolean
tell_server_errors (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;
  uint32_t n = facts->n_operations[LEC_OPERATION_HTTP];

  if (!facts->http_errors[1].n)
    return FALSE;
  g_autofree char *statuses = dup_commonest (facts->n_of_status, 500, 100, dup_http_status);
  line->weight = WEIGHT_SERVER_ERROR;
  lead_to (line, &facts->http_errors[1], "http.response.code >= 500");
  /* TRANSLATORS: two numbers, and HTTP's words for what happened */
  line->text = lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "The server failed at %'u of %'u HTTP request: %s.",
                                          "The server failed at %'u of %'u HTTP requests: %s.", n),
                             facts->http_errors[1].n, n, statuses);
  return TRUE;
}

static gboolean
tell_client_errors (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;
  uint32_t n = facts->n_operations[LEC_OPERATION_HTTP];

  if (!facts->http_errors[0].n)
    return FALSE;
  g_autofree char *statuses = dup_commonest (facts->n_of_status, 400, 100, dup_http_status);
  line->weight = WEIGHT_CLIENT_ERROR;
  lead_to (line, &facts->http_errors[0], "http.response.code in {400..499}");
  /* TRANSLATORS: two numbers, and HTTP's words for what happened */
  line->text = lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "The server turned down %'u of %'u HTTP request: %s.",
                                          "The server turned down %'u of %'u HTTP requests: %s.", n),
                             facts->http_errors[0].n, n, statuses);
  return TRUE;
}

static gboolean
tell_dns_errors (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;
  uint32_t n = facts->n_operations[LEC_OPERATION_DNS];

  if (!facts->dns_errors.n)
    return FALSE;
  g_autofree char *codes = dup_commonest (facts->n_of_rcode, 0, G_N_ELEMENTS (facts->n_of_rcode), dup_rcode);
  line->weight = WEIGHT_DNS_ERROR;
  lead_to (line, &facts->dns_errors, "dns.flags.rcode > 0");
  /* TRANSLATORS: two numbers, and DNS's words for what happened */
  line->text = lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE, "%'u of %'u DNS query failed: %s.", "%'u of %'u DNS queries failed: %s.", n),
      facts->dns_errors.n, n, codes);
  return TRUE;
}

static char *
dup_silent (LecOperationKind kind, uint32_t n_silent, uint32_t n)
{
  if (kind == LEC_OPERATION_HTTP)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u of %'u HTTP request was not answered.",
                                      "%'u of %'u HTTP requests were not answered.", n),
                         n_silent, n);
  if (kind == LEC_OPERATION_DNS)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u of %'u DNS query was not answered.",
                                      "%'u of %'u DNS queries were not answered.", n),
                         n_silent, n);
  return lec_dup_text (
      g_dngettext (GETTEXT_PACKAGE, "%'u of %'u ping was not answered.", "%'u of %'u pings were not answered.", n),
      n_silent, n);
}

/* Of the kinds of operations that met silence, the first. */
static gboolean
tell_silent (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;
  unsigned kind = LEC_OPERATION_HTTP;

  while (kind < G_N_ELEMENTS (facts->silent) && !facts->silent[kind].n)
    kind++;
  if (kind == G_N_ELEMENTS (facts->silent))
    return FALSE;
  line->weight = WEIGHT_SILENT;
  lead_to (line, &facts->silent[kind], "lectern.unanswered");
  line->text = dup_silent (kind, facts->silent[kind].n, facts->n_operations[kind]);
  return TRUE;
}

static gboolean
tell_broken (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryCount *count = &telling->facts->broken[LEC_OPERATION_HTTP];
  uint32_t n = telling->facts->n_operations[LEC_OPERATION_HTTP];

  if (!count->n)
    return FALSE;
  line->weight = WEIGHT_BROKEN;
  line->frame = count->frame;
  line->text = lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u of %'u HTTP exchange was not finished.",
                                          "%'u of %'u HTTP exchanges were not finished.", n),
                             count->n, n);
  return TRUE;
}

/* Losses */

/* Whose segments most of them were; NULL where neither side's. */
static const char *
lost_most (const LecStoryFacts *facts)
{
  uint32_t n = facts->n_lost_by[0] + facts->n_lost_by[1];

  if (facts->n_lost_by[0] >= n - n / 4)
    return facts->n_lost_by[1] ? _ ("Most of them were the client’s.") : _ ("The client had sent them.");
  if (facts->n_lost_by[1] >= n - n / 4)
    return facts->n_lost_by[0] ? _ ("Most of them were the server’s.") : _ ("The server had sent them.");
  return NULL;
}

static char *
dup_loss (const LecStoryFacts *facts)
{
  uint32_t before = facts->lost_before.n, after = facts->lost_after.n, n = before + after;
  gulong n_all = facts->n_tcp_frames;

  /* TRANSLATORS: numbers of segments: lost, and of how many */
  if (!after)
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                      "%'u of %'lu TCP segments was lost before it came here, and sent again.",
                                      "%'u of %'lu TCP segments were lost before they came here, and sent again.", n),
                         n, n_all);
  if (!before)
    return lec_dup_text (
        g_dngettext (GETTEXT_PACKAGE, "%'u of %'lu TCP segments was lost after it had passed here, and sent again.",
                     "%'u of %'lu TCP segments were lost after they had passed here, and sent again.", n),
        n, n_all);
  return lec_dup_text (_ ("%'u TCP segments were lost and sent again: %'u before they came here, %'u after."), n,
                       before, after);
}

static gboolean
tell_losses (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;
  uint32_t n = facts->lost_before.n + facts->lost_after.n;

  if (!n)
    return FALSE;
  g_autofree char *loss = dup_loss (facts);
  const char *most = n > 1 ? lost_most (facts) : NULL;
  line->weight = (uint64_t) n * MUCH_LOST_SHARE >= facts->n_tcp_frames ? WEIGHT_MUCH_LOST : WEIGHT_LOST;
  line->text = most ? lec_dup_text ("%s %s", loss, most) : g_steal_pointer (&loss);
  lead_to (line, facts->lost_before.n ? &facts->lost_before : &facts->lost_after,
           n > 1 ? "tcp.analysis.retransmission" : NULL);
  return TRUE;
}

static gboolean
tell_needless (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryCount *count = &telling->facts->needless;

  if (!count->n)
    return FALSE;
  line->weight = WEIGHT_NEEDLESS;
  lead_to (line, count, "tcp.analysis.retransmission");
  line->text =
      lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u segment was sent again without need: the first had arrived.",
                                 "%'u segments were sent again without need: the first had arrived.", count->n),
                    count->n);
  return TRUE;
}

static char *
dup_doubt (uint32_t n, gboolean so_far)
{
  if (so_far)
    return lec_dup_text (
        g_dngettext (GETTEXT_PACKAGE, "%'u segment was sent again; whether the first was lost is not known yet.",
                     "%'u segments were sent again; whether the first ones were lost is not known yet.", n),
        n);
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "%'u segment was sent again; whether the first was lost is unclear.",
                                    "%'u segments were sent again; whether the first ones were lost is unclear.", n),
                       n);
}

static gboolean
tell_doubtful (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryCount *count = &telling->facts->doubtful;

  if (!count->n)
    return FALSE;
  line->weight = WEIGHT_DOUBTFUL;
  lead_to (line, count, "tcp.analysis.retransmission");
  line->text = dup_doubt (count->n, telling->facts->so_far);
  return TRUE;
}

/* 0 ns: to the end of the trace. */
static char *
dup_shut (unsigned side, uint32_t n, int64_t span_ns)
{
  g_autofree char *span = lec_dup_duration (span_ns);

  if (!span_ns)
    return g_strdup (side == 0 ? _ ("The client shut its window, and it stayed shut: the client reads no more.")
                               : _ ("The server shut its window, and it stayed shut: the server reads no more."));
  if (side == 0)
    /* TRANSLATORS: a number of times, and a duration such as "2.0 s" */
    return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                      "The client read too slowly: %'u time its window was shut, for %s.",
                                      "The client read too slowly: %'u times its window was shut, for %s in all.", n),
                         n, span);
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE,
                                    "The server read too slowly: %'u time its window was shut, for %s.",
                                    "The server read too slowly: %'u times its window was shut, for %s in all.", n),
                       n, span);
}

static gboolean
tell_shut (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;
  unsigned side = facts->shut_ns[0] > facts->shut_ns[1] || !facts->shut[1].n ? 0 : 1;
  const LecStoryCount *count = &facts->shut[side];

  if (!count->n)
    return FALSE;
  line->weight = facts->shut_ns[side] >= SHUT_LONG_NS ? WEIGHT_SHUT_LONG : WEIGHT_SHUT;
  lead_to (line, count, "lectern.verdict == \"zero-window\"");
  line->text = dup_shut (side, count->n, facts->shut_ns[side]);
  return TRUE;
}

/* What took long */

static char *
dup_slow_request (const LecTelling *telling, const LecOperation *row)
{
  const char *method = row->kind == LEC_OPERATION_HTTP ? lec_http_method_name (LEC_GET (row->method)) : NULL;

  if (row->conversation == LEC_OWNER_NONE)
    return g_strdup (_ ("a ping"));
  g_autofree char *server = lec_story_dup_server (telling->index, row->conversation);
  if (row->kind == LEC_OPERATION_HTTP)
    /* TRANSLATORS: a method of HTTP and a server: "GET from 192.0.2.1:80" */
    return lec_dup_text (_ ("%s at %s"), method ? method : "HTTP", server);
  return lec_dup_text (_ ("a DNS query at %s"), server);
}

static gboolean
tell_slowest (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;

  if (facts->slowest == G_MAXUINT32)
    return FALSE;
  const LecOperation *row = lec_index_operation (telling->index, facts->slowest);
  g_autofree char *request = dup_slow_request (telling, row);
  g_autofree char *span = lec_dup_duration (facts->slowest_ns);
  line->weight = facts->slowest_ns >= VERY_SLOW_NS ? WEIGHT_VERY_SLOW
                 : facts->slowest_ns >= SLOW_NS    ? WEIGHT_SLOW
                                                   : WEIGHT_SLOWEST;
  line->frame = row->first_frame;
  /* TRANSLATORS: a duration such as "2.0 s", and a request */
  line->text = lec_dup_text (_ ("The slowest answer began after %s: %s."), span, request);
  return TRUE;
}

const LecTeller lec_story_troubles[] = {
  tell_unanswered, tell_refused,       tell_server_errors, tell_silent,   tell_broken,   tell_aborted, tell_losses,
  tell_dns_errors, tell_client_errors, tell_shut,          tell_doubtful, tell_needless, tell_slowest, NULL,
};
