/* Who talks, and that nothing went wrong. */
#include "analysis/story-lines.h"

#include <glib/gi18n-lib.h>

#include "analysis/conversation-text.h"
#include "analysis/names.h"
#include "analysis/quantity-text.h"
#include "base/publish.h"
#include "base/text.h"
#include "protocol/registry.h"
#include "protocol/services.h"
#include "protocol/value-text.h"

#define WEIGHT_WHO   55
#define WEIGHT_PEACE 50

char *
lec_story_dup_host (const LecIndex *index, const LecAddress *address)
{
  char text[LEC_ADDRESS_TEXT];
  const char *name = lec_names_find (index->names, address->bytes, address->n_bytes);

  lec_address_text (address->bytes, address->n_bytes, text);
  return name ? lec_dup_text ("%s (%s)", name, text) : g_strdup (text);
}

char *
lec_story_dup_server (const LecIndex *index, uint32_t conversation)
{
  const LecAddress *address = &lec_index_conversation (index, conversation)->address[1];
  const char *name = lec_names_find (index->names, address->bytes, address->n_bytes);
  char *endpoint = lec_conversation_dup_endpoint (index, conversation, 1);

  if (!name)
    return endpoint;
  char *both = lec_dup_text ("%s (%s)", name, endpoint);
  g_free (endpoint);
  return both;
}

/* What only has the port of such an application is none. */
static gboolean
is_known_by_contents (const char *service)
{
  static const LecProtocolId known[] = { LEC_PROTOCOL_HTTP, LEC_PROTOCOL_TLS, LEC_PROTOCOL_DNS, LEC_PROTOCOL_DHCP };

  for (unsigned i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (lec_protocol (known[i])->module, service) == 0)
      return TRUE;
  return FALSE;
}

static char *
dup_application (const LecConversation *row)
{
  LecProtocolId application = LEC_GET (row->application);
  const char *service = lec_service_name (row->port[1]);

  if (application != LEC_PROTOCOL_DATA)
    return g_strdup (lec_protocol (application)->module);
  if (service && !is_known_by_contents (service))
    return g_strdup (service);
  return lec_dup_text (row->ip_protocol == 6 ? _ ("TCP port %u") : _ ("UDP port %u"), row->port[1]);
}

static char *
dup_group (const LecIndex *index, const LecStoryGroup *group)
{
  const LecConversation *row = lec_index_conversation (index, group->conversation);
  g_autofree char *application = dup_application (row);
  g_autofree char *host = lec_story_dup_host (index, &row->address[1]);

  /* TRANSLATORS: an application and a host: "HTTP with 192.0.2.1" */
  return lec_dup_text (_ ("%s with %s"), application, host);
}

/* "HTTP with 192.0.2.1, DNS with 192.0.2.2 and 3 others" */
static char *
dup_groups (const LecTelling *telling)
{
  const LecStoryFacts *facts = telling->facts;
  unsigned n_named = MIN (facts->n_groups, LEC_STORY_GROUPS), n_others = facts->n_groups - n_named;
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned i = 0; i < n_named; i++) {
    g_autofree char *group = dup_group (telling->index, &facts->groups[i]);
    lec_append_text (text, "%s%s", i ? ", " : "", group);
  }
  if (n_others)
    /* TRANSLATORS: at the end of a list such as "HTTP with 192.0.2.1, DNS with 192.0.2.2" */
    lec_append_text (text, g_dngettext (GETTEXT_PACKAGE, " and %'u other", " and %'u others", n_others), n_others);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_amount (const LecStoryFacts *facts)
{
  g_autofree char *bytes = g_format_size (facts->n_bytes);
  g_autofree char *span = lec_dup_period (facts->span_ns);

  /* TRANSLATORS: a number of conversations, an amount such as "1.2 MB", and a duration such as "2.0 s" */
  return lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "%'u conversation, %s in %s", "%'u conversations, %s in %s",
                                    facts->n_conversations),
                       facts->n_conversations, bytes, span);
}

/* What most of the traffic belongs to. */
static char *
dup_group_filter (const LecIndex *index, const LecStoryFacts *facts)
{
  const LecConversation *row = lec_index_conversation (index, facts->groups[0].conversation);
  const char *transport = row->ip_protocol == 6 ? "tcp" : "udp";
  char address[LEC_ADDRESS_TEXT];

  if (facts->groups[0].n_conversations == 1)
    return lec_dup_text ("%s.stream == %u", transport, row->stream);
  lec_address_text (row->address[1].bytes, row->address[1].n_bytes, address);
  return lec_dup_text ("%s.addr == %s and %s.port == %u", row->address[1].n_bytes == 16 ? "ipv6" : "ip", address,
                       transport, row->port[1]);
}

/* Neither TCP nor UDP: the protocols, the commonest first. */
static gboolean
tell_protocols (const LecTelling *telling, LecStoryLine *line)
{
  unsigned commonest = LEC_PROTOCOL_DATA;
  uint32_t n_most = 0;

  for (unsigned id = 0; id < LEC_N_PROTOCOLS; id++) {
    uint32_t n = LEC_GET (telling->index->n_frames_of[id]);
    if (n > n_most) {
      n_most = n;
      commonest = id;
    }
  }
  line->frame = 1;
  if (commonest == LEC_PROTOCOL_FRAME || commonest == LEC_PROTOCOL_DATA) {
    line->text = lec_dup_text (
        g_dngettext (GETTEXT_PACKAGE, "No TCP and no UDP: what is in %'u of %'u frame is not known here.",
                     "No TCP and no UDP: what is in %'u of %'u frames is not known here.", telling->facts->n_frames),
        n_most, telling->facts->n_frames);
    return TRUE;
  }
  /* TRANSLATORS: a protocol, and two numbers */
  line->text = lec_dup_text (g_dngettext (GETTEXT_PACKAGE, "No TCP and no UDP: %s in %'u of %'u frame.",
                                          "No TCP and no UDP: %s in %'u of %'u frames.", telling->facts->n_frames),
                             lec_protocol (commonest)->module, n_most, telling->facts->n_frames);
  return TRUE;
}

gboolean
lec_story_tell_who (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;

  line->weight = WEIGHT_WHO;
  if (!facts->n_groups)
    return tell_protocols (telling, line);
  g_autofree char *groups = dup_groups (telling);
  g_autofree char *amount = dup_amount (facts);
  if (facts->n_clients == 1) {
    g_autofree char *client = lec_story_dup_host (telling->index, &facts->client);
    /* TRANSLATORS: who talks what with whom, and how much */
    line->text = lec_dup_text (_ ("%s talks %s: %s."), client, groups, amount);
  } else {
    line->text = lec_dup_text (
        g_dngettext (GETTEXT_PACKAGE, "%'u host talks %s: %s.", "%'u hosts talk %s: %s.", facts->n_clients),
        facts->n_clients, groups, amount);
  }
  line->filter = dup_group_filter (telling->index, facts);
  return TRUE;
}

gboolean
lec_story_tell_peace (const LecTelling *telling, LecStoryLine *line)
{
  const LecStoryFacts *facts = telling->facts;
  uint32_t n_trouble = facts->unanswered.n + facts->refused.n + facts->aborted[0].n + facts->aborted[1].n +
                       facts->http_errors[0].n + facts->http_errors[1].n + facts->dns_errors.n + facts->lost_before.n +
                       facts->lost_after.n + facts->needless.n + facts->doubtful.n + facts->n_unheard +
                       facts->shut[0].n + facts->shut[1].n;

  for (unsigned kind = 0; kind < G_N_ELEMENTS (facts->silent); kind++)
    n_trouble += facts->silent[kind].n + facts->broken[kind].n;
  if (n_trouble || facts->so_far || !facts->n_conversations)
    return FALSE;
  line->weight = WEIGHT_PEACE;
  line->text = g_strdup (_ ("Nothing failed: who was called answered, and nothing had to be sent again."));
  return TRUE;
}
