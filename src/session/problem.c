#include "session/problem.h"

#include <glib/gi18n-lib.h>

#include "base/publish.h"

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

const char *
lec_problem_filter (unsigned kind)
{
  g_autofree char *filter = NULL;

  if (kind >= LEC_N_VERDICTS)
    return HTTP_ERROR (kind)->filter;
  filter = g_strdup_printf ("lectern.verdict == \"%s\"", lec_verdict_kind_name (kind));
  return g_intern_string (filter);
}

/* Operations that begin in one frame follow each other in their conversation: pipelined ones. */
static gboolean
has_status (const LecIndex *index, uint32_t frame, unsigned first_status)
{
  uint32_t row = lec_index_operation_of (index, frame);

  while (row != G_MAXUINT32) {
    const LecOperation *operation = lec_index_operation (index, row);
    unsigned status = LEC_GET (operation->status);

    if (operation->first_frame > frame)
      return FALSE;
    if (operation->kind == LEC_OPERATION_HTTP && LEC_GET (operation->response.first_frame) == frame &&
        status >= first_status && status < first_status + 100)
      return TRUE;
    row = LEC_GET (operation->next);
  }
  return FALSE;
}

gboolean
lec_problem_is_in (const LecIndex *index, unsigned kind, uint32_t frame)
{
  if (kind < LEC_N_VERDICTS)
    return lec_index_find_verdict (index, frame, kind) != NULL;
  return lec_index_state (index, frame) & LEC_FRAME_MESSAGE &&
         has_status (index, frame, HTTP_ERROR (kind)->first_status);
}
