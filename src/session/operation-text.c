#include "session/operation-text.h"

#include <glib/gi18n-lib.h>

#include "analysis/quantity-text.h"
#include "analysis/verdict-text.h"
#include "base/publish.h"
#include "protocol/http-head.h"
#include "protocol/http-status.h"
#include "protocol/registry.h"
#include "protocol/value-text.h"

/* Bytes of a target or location that are shown. */
#define SHOWN_TARGET_BYTES 200u

/* Frames looked at for the SYN that was answered. */
#define SEARCHED_FRAMES 65536u

/* An operation as it stands at one moment. */
typedef struct {
  uint32_t number;
  const LecOperation *operation;
  LecOutcome outcome;
  uint32_t request; /* first frames, 0 = none */
  uint32_t response;
} Facts;

static Facts
look_at (LecIndex *index, uint32_t number)
{
  const LecOperation *operation = lec_index_operation (index, number);

  return (Facts){
    .operation = operation,
    .outcome = LEC_GET (operation->outcome),
    .request = LEC_GET (operation->request.first_frame),
    .number = number,
    .response = LEC_GET (operation->response.first_frame),
  };
}

static int64_t
span_ns (LecIndex *index, uint32_t from, uint32_t to)
{
  return from && to ? lec_index_time_ns (index, to) - lec_index_time_ns (index, from) : 0;
}

static void
append_separator (GString *text)
{
  if (text->len)
    g_string_append (text, " · ");
}

/* VALUE, cut at a character's border where it is long. */
static void
append_target (GString *text, const GString *value)
{
  gsize length = MIN (value->len, SHOWN_TARGET_BYTES);

  while (length < value->len && length && (value->str[length] & 0xc0) == 0x80)
    length--;
  g_string_append_len (text, value->str, (gssize) length);
  if (length < value->len)
    g_string_append (text, "…");
}

/* What became of an operation whose answer is not in this trace. */
static const char *
without_answer (const Facts *facts)
{
  static const char *const texts[] = {
    [LEC_OUTCOME_PENDING] = N_ ("waiting for an answer"),
    [LEC_OUTCOME_ANSWERED] = N_ ("answered"),
    [LEC_OUTCOME_UNANSWERED] = N_ ("no answer"),
    [LEC_OUTCOME_REFUSED] = N_ ("refused"),
    [LEC_OUTCOME_RESET] = N_ ("reset before the answer"),
    [LEC_OUTCOME_INCOMPLETE] = N_ ("no whole answer"),
    [LEC_OUTCOME_TRACE_ENDED] = N_ ("no answer yet when the trace ends"),
  };

  return _ (texts[facts->outcome]);
}

/* HTTP. */

static void
append_status (GString *text, const LecRowFacts *facts, const LecOperation *operation)
{
  unsigned code = LEC_GET (operation->status);

  /* Where the capture cut the head short, the operation does not know it and the frame does. */
  if (!code)
    code = (unsigned) g_ascii_strtoull (facts->texts[LEC_FACT_HTTP_STATUS]->str, NULL, 10);
  const LecHttpStatus *known = lec_http_status (code);

  g_string_append_printf (text, "%u", code);
  if (facts->texts[LEC_FACT_HTTP_PHRASE]->len)
    g_string_append_printf (text, " %s", facts->texts[LEC_FACT_HTTP_PHRASE]->str);
  else if (known)
    g_string_append_printf (text, " %s", known->phrase);
}

static void
append_body (GString *text, const LecRowFacts *facts)
{
  guint64 length = g_ascii_strtoull (facts->texts[LEC_FACT_HTTP_LENGTH]->str, NULL, 10);
  const GString *type = facts->texts[LEC_FACT_HTTP_TYPE];
  const char *parameters = strchr (type->str, ';');

  if (length) {
    g_autofree char *size = g_format_size (length);
    g_string_append_printf (text, " · %s", size);
  }
  if (type->len) {
    g_string_append (text, length ? " " : " · ");
    g_string_append_len (text, type->str, parameters ? parameters - type->str : (gssize) type->len);
  }
}

/* What the answer says, and what became of it. */
static void
append_http_answer (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  static const char *const unfinished[LEC_N_OUTCOMES] = {
    [LEC_OUTCOME_PENDING] = N_ ("still coming"),
    [LEC_OUTCOME_RESET] = N_ ("reset before its end"),
    [LEC_OUTCOME_INCOMPLETE] = N_ ("not whole"),
  };

  if (!facts->response) {
    g_string_append (text, without_answer (facts));
    return;
  }
  lec_row_facts_read_message (texts->facts, texts->reader, facts->response,
                              LEC_GET (facts->operation->response.frame_offset));
  append_status (text, texts->facts, facts->operation);
  if (unfinished[facts->outcome])
    g_string_append_printf (text, ", %s", _ (unfinished[facts->outcome]));
}

static void
append_http_request (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  unsigned method = LEC_GET (facts->operation->method);
  const char *name = lec_http_method_name (method);

  if (!facts->request) {
    append_separator (text);
    g_string_append (text, _ ("request not in this trace"));
    return;
  }
  lec_row_facts_read_message (texts->facts, texts->reader, facts->request,
                              LEC_GET (facts->operation->request.frame_offset));
  append_separator (text);
  if (texts->facts->texts[LEC_FACT_HTTP_METHOD]->len)
    name = texts->facts->texts[LEC_FACT_HTTP_METHOD]->str;
  g_string_append_printf (text, "%s ", name ? name : _ ("other method"));
  append_target (text, texts->facts->texts[LEC_FACT_HTTP_TARGET]);
}

/* Trouble inside that the row's parts show. */
static void
append_trouble (GString *text, const LecOperation *operation)
{
  unsigned n_resends = LEC_GET (operation->n_resends), n_gaps = LEC_GET (operation->n_frames_lost);

  if (n_resends)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " · %u resend", " · %u resends", n_resends), n_resends);
  if (n_gaps)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " · %u gap", " · %u gaps", n_gaps), n_gaps);
}

/* Where it leads to comes last: a long one is cut off at the column's end. */
static void
append_http (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  g_autoptr (GString) ending = g_string_new (NULL);

  append_http_answer (text, texts, facts);
  if (facts->response) {
    if (texts->facts->texts[LEC_FACT_HTTP_LOCATION]->len) {
      g_string_append (ending, " → ");
      append_target (ending, texts->facts->texts[LEC_FACT_HTTP_LOCATION]);
    } else {
      append_body (ending, texts->facts);
    }
  }
  append_http_request (text, texts, facts);
  if (facts->request && facts->response) {
    g_string_append_printf (text, " · %s ", _ ("first byte"));
    lec_append_duration (text, span_ns (texts->index, facts->request, facts->response));
  }
  append_trouble (text, facts->operation);
  g_string_append_len (text, ending->str, (gssize) ending->len);
}

/* Connection attempts. */

static uint32_t
n_syns (LecIndex *index, const LecOperation *operation)
{
  if (operation->conversation == LEC_OWNER_NONE)
    return 1;
  return LEC_GET (lec_index_conversation (index, operation->conversation)->n_syns);
}

/* The SYN that was answered: of several the last before the answer, as far as that is not further back than frames
 * are looked at. 0 = not in this trace. */
static uint32_t
answered_syn (LecIndex *index, const Facts *facts)
{
  uint32_t first = facts->request;

  if (!first || n_syns (index, facts->operation) < 2)
    return first;
  if (facts->response - first > SEARCHED_FRAMES)
    first = facts->response - SEARCHED_FRAMES;
  for (uint32_t frame = facts->response; frame-- > first;)
    if (lec_index_owner (index, frame) == (facts->number | LEC_OWNER_OPERATION) &&
        (lec_index_tcp_flags (index, frame) & (LEC_TCP_SYN | LEC_TCP_ACK)) == LEC_TCP_SYN)
      return frame;
  return facts->request;
}

/* Where the round trip ends that the SYN began. The ACK that completes the handshake has seen both ways wherever the
 * trace was recorded; the SYN/ACK alone comes at once where that was at the server. Sent twice, it is not known which
 * of them the ACK is for (RFC 6298 §3). */
static uint32_t
round_trip_end (const Facts *facts)
{
  uint32_t ack = LEC_GET (facts->operation->request.last_frame);

  return ack > facts->response && LEC_GET (facts->operation->response.last_frame) == facts->response ? ack
                                                                                                     : facts->response;
}

static void
append_connected (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  uint32_t n = n_syns (texts->index, facts->operation);
  uint32_t syn = answered_syn (texts->index, facts);

  g_string_append (text, _ ("Connect, complete"));
  g_string_append_printf (text, " · %s", _ ("three-way handshake"));
  if (n > 1)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " after %u SYN", " after %u SYNs", n), n);
  if (!syn)
    return;
  /* Translators: round-trip time. */
  g_string_append_printf (text, ", %s ", _ ("RTT"));
  lec_append_duration (text, span_ns (texts->index, syn, round_trip_end (facts)));
}

static void
append_refused (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  uint32_t syn = answered_syn (texts->index, facts);

  g_string_append_printf (text, "%s · %s", _ ("Connect, refused"), _ ("reset by the server"));
  if (!syn)
    return;
  g_string_append_printf (text, " %s ", _ ("after"));
  lec_append_duration (text, span_ns (texts->index, syn, facts->response));
}

/* The SYN's own line, and what is known of the answer. */
static void
append_unconnected (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  const LecDissection *dissection =
      lec_row_facts_read (texts->facts, texts->reader, facts->operation->first_frame, LEC_SUMMARY_TOP);
  const LecVerdict *verdict =
      lec_index_find_verdict (texts->index, facts->operation->first_frame, LEC_VERDICT_NO_ANSWER);

  for (unsigned i = dissection ? dissection->n_layers : 0; i-- > 0;)
    if (dissection->layers[i].summary && !dissection->layers[i].quoted) {
      g_string_append (text, dissection->layers[i].summary);
      break;
    }
  append_separator (text);
  if (verdict && facts->outcome != LEC_OUTCOME_PENDING) {
    g_autofree char *clause = lec_verdict_dup_clause (texts->index, verdict);
    g_string_append (text, clause);
  } else {
    g_string_append (text,
                     facts->outcome == LEC_OUTCOME_INCOMPLETE ? _ ("handshake not complete") : without_answer (facts));
  }
}

static void
append_connect (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  if (facts->outcome == LEC_OUTCOME_ANSWERED && facts->response)
    append_connected (text, texts, facts);
  else if (facts->outcome == LEC_OUTCOME_REFUSED)
    append_refused (text, texts, facts);
  else
    append_unconnected (text, texts, facts);
}

/* DNS and echo. */

static void
append_dns_answer (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  const GString *address = texts->facts->texts[LEC_FACT_DNS_ADDRESS];
  unsigned n = texts->facts->n[LEC_FACT_DNS_ADDRESS];

  if (LEC_GET (facts->operation->status))
    g_string_append_printf (text, " → %s", texts->facts->texts[LEC_FACT_DNS_RCODE]->str);
  else if (n == 1)
    g_string_append_printf (text, " → %s", address->str);
  else if (n > 1)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, " → %s and %u more", " → %s and %u more", n - 1),
                            address->str, n - 1);
}

static void
append_dns (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  uint32_t frame = facts->response ? facts->response : facts->operation->first_frame;

  lec_row_facts_read (texts->facts, texts->reader, frame, LEC_SUMMARY_NONE);
  g_string_append_printf (text, "%s %s", texts->facts->texts[LEC_FACT_DNS_TYPE]->str,
                          texts->facts->texts[LEC_FACT_DNS_NAME]->str);
  if (!facts->response) {
    g_string_append_printf (text, " · %s", without_answer (facts));
    return;
  }
  append_dns_answer (text, texts, facts);
  g_string_append (text, " · ");
  lec_append_duration (text, span_ns (texts->index, facts->request, facts->response));
}

static void
append_echo (GString *text, const LecOperationTexts *texts, const Facts *facts)
{
  char address[LEC_ADDRESS_TEXT] = "";
  const LecDissection *dissection =
      lec_row_facts_read (texts->facts, texts->reader, facts->operation->first_frame, LEC_SUMMARY_NONE);

  if (dissection && dissection->head.flags & LEC_HEAD_IP)
    lec_address_text (lec_head_destination (&dissection->head), dissection->head.flags & LEC_HEAD_IPV6 ? 16 : 4,
                      address);
  /* Translators: an ICMP echo request to an address. */
  g_string_append_printf (text, _ ("Echo to %s"), address);
  if (facts->response) {
    g_string_append_printf (text, " · %s ", _ ("answered after"));
    lec_append_duration (text, span_ns (texts->index, facts->operation->first_frame, facts->response));
  } else {
    g_string_append_printf (text, " · %s", without_answer (facts));
  }
}

static const struct {
  void (*append) (GString *text, const LecOperationTexts *texts, const Facts *facts);
  LecProtocolId protocol;
} kinds[] = {
  [LEC_OPERATION_CONNECT] = { append_connect, LEC_PROTOCOL_TCP },
  [LEC_OPERATION_HTTP] = { append_http, LEC_PROTOCOL_HTTP },
  [LEC_OPERATION_DNS] = { append_dns, LEC_PROTOCOL_DNS },
  [LEC_OPERATION_ECHO] = { append_echo, LEC_PROTOCOL_ICMP },
};

void
lec_operation_append_summary (GString *text, const LecOperationTexts *texts, uint32_t number)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Facts facts = look_at (texts->index, number);

  if (facts.operation->kind < G_N_ELEMENTS (kinds))
    kinds[facts.operation->kind].append (line, texts, &facts);
  g_string_append_len (text, line->str, (gssize) line->len);
}

uint32_t
lec_operation_representative (LecIndex *index, uint32_t number)
{
  Facts facts = look_at (index, number);

  return facts.response ? facts.response : facts.operation->first_frame;
}

const char *
lec_operation_module (LecIndex *index, uint32_t number)
{
  const LecOperation *operation = lec_index_operation (index, number);
  LecProtocolId id = operation->kind < G_N_ELEMENTS (kinds) ? kinds[operation->kind].protocol : LEC_PROTOCOL_DATA;

  /* ICMP or ICMPv6, DNS or one of its kin: as its frames say. */
  if (operation->kind == LEC_OPERATION_DNS || operation->kind == LEC_OPERATION_ECHO)
    id = lec_index_protocol (index, operation->first_frame);
  const LecProtocol *protocol = lec_protocol (id);
  return protocol ? protocol->module : "";
}
