#include "session/problem.h"

#include <glib/gi18n-lib.h>

#include "analysis/verdict-text.h"
#include "base/publish.h"
#include "protocol/http-status.h"
#include "session/operation-text.h"
#include "session/row-verdict.h"

static const struct {
  const char *name;
  const char *label;
  const char *filter;
  uint16_t first_status;
  uint8_t weight; /* beside those of verdicts */
  LecSeverity severity;
} http_errors[] = {
  [LEC_PROBLEM_CLIENT_ERROR - LEC_N_VERDICTS] = { "http-client-error", N_ ("Client error 4xx"),
                                                  "http.response.code >= 400 and http.response.code < 500", 400, 55,
                                                  LEC_SEVERITY_WARNING },
  [LEC_PROBLEM_SERVER_ERROR - LEC_N_VERDICTS] = { "http-server-error", N_ ("Server error 5xx"),
                                                  "http.response.code >= 500 and http.response.code < 600", 500, 75,
                                                  LEC_SEVERITY_ERROR },
};

#define HTTP_ERROR(kind) (&http_errors[(kind) -LEC_N_VERDICTS])

const char *
lec_problem_name (unsigned kind)
{
  return kind < LEC_N_VERDICTS ? lec_verdict_kind_name (kind) : HTTP_ERROR (kind)->name;
}

const char *
lec_problem_label (unsigned kind)
{
  return kind < LEC_N_VERDICTS ? lec_verdict_kind_label (kind) : _ (HTTP_ERROR (kind)->label);
}

LecSeverity
lec_problem_severity (unsigned kind)
{
  return kind < LEC_N_VERDICTS ? lec_verdict_kind_severity (kind) : HTTP_ERROR (kind)->severity;
}

unsigned
lec_problem_weight (unsigned kind)
{
  return kind < LEC_N_VERDICTS ? lec_verdict_kind_weight (kind) : HTTP_ERROR (kind)->weight;
}

uint32_t
lec_problem_count (const LecIndex *index, unsigned kind)
{
  if (kind < LEC_N_VERDICTS)
    return LEC_GET (index->n_verdicts_of[kind]);
  return kind == LEC_PROBLEM_CLIENT_ERROR ? LEC_GET (index->n_client_errors) : LEC_GET (index->n_server_errors);
}

uint32_t
lec_problem_total (const LecIndex *index)
{
  uint32_t total = 0;

  for (unsigned kind = 0; kind < LEC_N_PROBLEMS; kind++)
    if (lec_problem_severity (kind) > LEC_SEVERITY_NOTE)
      total += lec_problem_count (index, kind);
  return total;
}

const char *
lec_problem_filter (unsigned kind)
{
  /* Under the name that people know, where exactly these frames have it. */
  static const char *const known[LEC_N_VERDICTS] = {
    [LEC_VERDICT_RETRANSMISSION] = "tcp.analysis.retransmission",
    [LEC_VERDICT_REORDERED] = "tcp.analysis.out_of_order",
    [LEC_VERDICT_ACK_OF_UNSEEN] = "tcp.analysis.ack_lost_segment",
    [LEC_VERDICT_DUPLICATE_ACK] = "tcp.analysis.duplicate_ack",
    [LEC_VERDICT_KEEP_ALIVE] = "tcp.analysis.keep_alive",
    [LEC_VERDICT_KEEP_ALIVE_ANSWER] = "tcp.analysis.keep_alive_ack",
    [LEC_VERDICT_ZERO_WINDOW] = "tcp.analysis.zero_window",
    [LEC_VERDICT_ZERO_WINDOW_PROBE] = "tcp.analysis.zero_window_probe",
    [LEC_VERDICT_ZERO_WINDOW_PROBE_ANSWER] = "tcp.analysis.zero_window_probe_ack",
    [LEC_VERDICT_WINDOW_FULL] = "tcp.analysis.window_full",
    [LEC_VERDICT_WINDOW_UPDATE] = "tcp.analysis.window_update",
  };
  g_autofree char *filter = NULL;

  if (kind >= LEC_N_VERDICTS)
    return HTTP_ERROR (kind)->filter;
  if (known[kind])
    return known[kind];
  filter = g_strdup_printf ("lectern.verdict == \"%s\"", lec_verdict_kind_name (kind));
  return g_intern_string (filter);
}

const char *
lec_problem_place_filter (unsigned kind)
{
  g_autofree char *filter = NULL;

  if (kind < LEC_N_VERDICTS)
    return lec_problem_filter (kind);
  unsigned first = HTTP_ERROR (kind)->first_status;
  filter = g_strdup_printf ("http.response.begins >= %u and http.response.begins < %u", first, first + 100);
  return g_intern_string (filter);
}

/* The operation whose response begins in FRAME with such a status; G_MAXUINT32 = none. Of a conversation, those that
 * have bytes in one frame follow each other: they are pipelined. */
static uint32_t
find_error (const LecIndex *index, uint32_t frame, unsigned first_status)
{
  uint32_t row =
      lec_index_state (index, frame) & LEC_FRAME_MESSAGE ? lec_index_operation_of (index, frame) : G_MAXUINT32;

  while (row != G_MAXUINT32) {
    const LecOperation *operation = lec_index_operation (index, row);
    unsigned status = LEC_GET (operation->status);

    if (operation->first_frame > frame)
      return G_MAXUINT32;
    if (operation->kind == LEC_OPERATION_HTTP && LEC_GET (operation->response.first_frame) == frame &&
        status >= first_status && status < first_status + 100)
      return row;
    row = LEC_FOLLOW (operation->next);
  }
  return G_MAXUINT32;
}

gboolean
lec_problem_is_in (const LecIndex *index, unsigned kind, uint32_t frame)
{
  if (kind < LEC_N_VERDICTS)
    return lec_index_find_verdict (index, frame, kind) != NULL;
  return find_error (index, frame, HTTP_ERROR (kind)->first_status) != G_MAXUINT32;
}

char *
lec_problem_dup_text (LecSession *session, unsigned kind, uint32_t frame)
{
  LecIndex *index = lec_session_index (session);
  const LecVerdict *verdict = kind < LEC_N_VERDICTS ? lec_index_find_verdict (index, frame, kind) : NULL;
  uint32_t operation = kind < LEC_N_VERDICTS ? G_MAXUINT32 : find_error (index, frame, HTTP_ERROR (kind)->first_status);
  GString *text = g_string_new (NULL);
  LecRowFacts facts;

  if (verdict) {
    g_string_free (text, TRUE);
    return lec_verdict_dup_sentence (index, verdict);
  }
  if (operation != G_MAXUINT32) {
    lec_row_facts_init (&facts);
    lec_operation_append_summary (text, &(LecOperationTexts){ index, lec_session_reader (session), &facts }, operation);
    lec_row_facts_clear (&facts);
  }
  return g_string_free (text, FALSE);
}

const char *
lec_problem_explanation (unsigned kind)
{
  return kind < LEC_N_VERDICTS ? lec_verdict_kind_explanation (kind)
                               : _ (lec_http_status_class (HTTP_ERROR (kind)->first_status));
}

gboolean
lec_problem_is_of_operation (unsigned kind)
{
  return kind >= LEC_N_VERDICTS || kind == LEC_VERDICT_UNANSWERED || kind == LEC_VERDICT_NO_ANSWER ||
         kind == LEC_VERDICT_REFUSED;
}

/* The frame in which an answer to the row's operation begins that is such an error; 0 = none. */
static uint32_t
find_error_of_row (LecIndex *index, const LecRow *row, unsigned kind)
{
  uint32_t frame = row->frame;

  if (row->kind == LEC_ROW_REQUEST)
    return 0;
  if (row->kind != LEC_ROW_FRAME)
    frame = LEC_GET (lec_index_operation (index, row->operation)->response.first_frame);
  if (!frame || !lec_problem_is_in (index, kind, frame))
    return 0;
  /* Of several that are answered in one frame, the row's own. */
  unsigned status = row->kind != LEC_ROW_FRAME ? LEC_GET (lec_index_operation (index, row->operation)->status) : 0;
  return row->kind == LEC_ROW_FRAME || status / 100 == HTTP_ERROR (kind)->first_status / 100 ? frame : 0;
}

uint32_t
lec_problem_find_in_row (LecIndex *index, const LecRow *row, unsigned kind)
{
  return kind < LEC_N_VERDICTS ? lec_row_find_verdict (index, row, kind) : find_error_of_row (index, row, kind);
}

int
lec_problem_of_row (LecIndex *index, const LecRow *row)
{
  gboolean inside;
  int worst = lec_row_verdict (index, row, &inside);

  for (unsigned kind = LEC_N_VERDICTS; kind < LEC_N_PROBLEMS; kind++)
    if (find_error_of_row (index, row, kind) &&
        (worst < 0 || lec_problem_weight (kind) > lec_problem_weight ((unsigned) worst)))
      worst = (int) kind;
  return worst;
}
