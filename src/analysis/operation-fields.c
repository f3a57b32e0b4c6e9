#include "analysis/operation-fields.h"

#include "base/publish.h"
#include "protocol/http-head.h"
#include "protocol/operation.h"

static const char *const kinds[] = {
  [LEC_OPERATION_CONNECT] = "connect",
  [LEC_OPERATION_HTTP] = "http",
  [LEC_OPERATION_DNS] = "dns",
  [LEC_OPERATION_ECHO] = "echo",
};

static const char *const outcomes[LEC_N_OUTCOMES] = {
  [LEC_OUTCOME_PENDING] = "pending",
  [LEC_OUTCOME_ANSWERED] = "answered",
  [LEC_OUTCOME_UNANSWERED] = "unanswered",
  [LEC_OUTCOME_REFUSED] = "refused",
  [LEC_OUTCOME_RESET] = "reset",
  [LEC_OUTCOME_INCOMPLETE] = "incomplete",
  [LEC_OUTCOME_TRACE_ENDED] = "trace-ended",
};

const char *
lec_operation_kind_name (LecOperationKind kind)
{
  return kinds[kind];
}

const char *
lec_outcome_name (LecOutcome outcome)
{
  return outcomes[outcome];
}

static const LecField *
field (unsigned place)
{
  return &lec_operation_protocol.fields[place];
}

static void
add_words (LecDissection *dissection, unsigned place, const char *words)
{
  if (words)
    lec_add_string (dissection, field (place), 0, 0, words, -1);
}

static gboolean
find_span (const LecIndex *index, uint32_t from, uint32_t to, uint64_t *number)
{
  if (!from || !to)
    return FALSE;
  *number = (uint64_t) (lec_index_time_ns (index, to) - lec_index_time_ns (index, from));
  return TRUE;
}

gboolean
lec_operation_field_number (const LecIndex *index, const LecOperation *operation, unsigned place, uint64_t *number)
{
  uint32_t request = LEC_GET (operation->request.first_frame), response = LEC_GET (operation->response.first_frame);

  switch (place) {
  case LEC_OPERATION_FIELD_STATUS:
    *number = operation->kind == LEC_OPERATION_HTTP ? LEC_GET (operation->status) : 0;
    return *number != 0;
  case LEC_OPERATION_FIELD_REQUEST:
    return (*number = request) != 0;
  case LEC_OPERATION_FIELD_RESPONSE:
    return (*number = response) != 0;
  case LEC_OPERATION_FIELD_FIRST_BYTE:
    return find_span (index, request, response, number);
  case LEC_OPERATION_FIELD_LAST_BYTE:
    return find_span (index, request, LEC_GET (operation->response.last_frame), number);
  case LEC_OPERATION_FIELD_RESENDS:
    *number = LEC_GET (operation->n_resends);
    return TRUE;
  default:
    return FALSE;
  }
}

void
lec_operation_fields_add (const LecIndex *index, LecDissection *dissection, uint32_t frame)
{
  uint32_t row = lec_index_operation_of (index, frame);
  uint64_t number;

  if (row == G_MAXUINT32)
    return;
  const LecOperation *operation = lec_index_operation (index, row);
  lec_open_group (dissection, field (LEC_OPERATION_FIELD_SELF), 0, 0, NULL);
  add_words (dissection, LEC_OPERATION_FIELD_KIND, lec_operation_kind_name (operation->kind));
  add_words (dissection, LEC_OPERATION_FIELD_OUTCOME, lec_outcome_name (LEC_GET (operation->outcome)));
  if (operation->kind == LEC_OPERATION_HTTP)
    add_words (dissection, LEC_OPERATION_FIELD_METHOD, lec_http_method_name (LEC_GET (operation->method)));
  for (unsigned place = LEC_OPERATION_FIELD_STATUS; place < LEC_OPERATION_N_FIELDS; place++)
    if (lec_operation_field_number (index, operation, place, &number))
      lec_add_computed (dissection, field (place), number);
  lec_close (dissection);
}
