#include "filter/carried.h"

#include "base/publish.h"
#include "filter/column-run.h"
#include "filter/facts.h"
#include "protocol/http-fields.h"
#include "protocol/protocols.h"

/* In a table by operation: no message of HTTP is carried, and the frame's own layers tell all. */
#define OWN_LAYERS 3

uint32_t
lec_carried_from (const LecIndex *index, uint32_t frame)
{
  uint32_t row = lec_index_operation_of (index, frame);

  if (!(lec_index_state (index, frame) & (LEC_FRAME_CONTINUES | LEC_FRAME_MESSAGE)) || row == G_MAXUINT32 ||
      lec_index_operation (index, row)->kind != LEC_OPERATION_HTTP)
    return 0;
  return lec_index_message_begun_in (index, frame);
}

static unsigned
n_http_fields (void)
{
  unsigned n = 0;

  while (lec_http_protocol.fields[n].name)
    n++;
  return n;
}

gboolean
lec_is_carried (const LecField *field)
{
  const LecField *fields = lec_http_protocol.fields;

  return field > fields && field < fields + n_http_fields () && field != &fields[HTTP_RESPONSE_BEGINS];
}

/* Counts messages, or hands on the fields of the last of them. */
typedef struct {
  LecSink sink;
  LecSink *target;     /* NULL: messages are only counted */
  unsigned n_messages; /* counted, or still to come */
  const LecField *first;
  const LecField *end;
} CarriedSink;

/* How a conversation stands is dear to find, and no message says it. */
static gboolean
carried_wants_protocol (LecSink *sink, const LecProtocol *protocol)
{
  return !lec_protocol_is_replayed (protocol->id);
}

static gboolean
carried_wants_field (LecSink *sink, const LecField *field)
{
  const CarriedSink *carried = (const CarriedSink *) (const void *) sink;

  return field == carried->first ||
         (carried->target && (!carried->target->wants_field || carried->target->wants_field (carried->target, field)));
}

static void
carried_add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text,
             gboolean opens)
{
  CarriedSink *carried = (CarriedSink *) (void *) sink;

  if (field < carried->first || field >= carried->end)
    return;
  if (!carried->target) {
    carried->n_messages += field == carried->first;
    return;
  }
  if (field == carried->first && carried->n_messages > 0)
    carried->n_messages--;
  if (!carried->n_messages && field != carried->first && field != carried->first + HTTP_RESPONSE_BEGINS)
    carried->target->add (carried->target, field, value, span, text, opens);
}

static void
carried_close (LecSink *sink)
{
}

static CarriedSink
carried_sink (LecSink *target)
{
  const LecField *fields = lec_http_protocol.fields;
  uint64_t wanted = target ? target->field_bits : lec_field_bit (fields);

  return (CarriedSink){ .sink = { .add = carried_add,
                                  .close = carried_close,
                                  .wants_protocol = carried_wants_protocol,
                                  .wants_field = carried_wants_field,
                                  .field_bits = wanted ? wanted | lec_field_bit (fields) : 0 },
                        .target = target,
                        .first = fields,
                        .end = fields + n_http_fields () };
}

void
lec_carried_dissect (LecFrameReader *reader, const LecIndex *index, uint32_t frame, LecSink *sink)
{
  CarriedSink carried = carried_sink (sink), counted = carried_sink (NULL);

  /* Where no more than one begins, all that is said there is said by it. */
  if (lec_facts_message_key (index, frame) == G_MAXUINT32) {
    lec_frame_reader_dissect (reader, frame, &counted.sink, LEC_SUMMARY_NONE);
    carried.n_messages = counted.n_messages;
  }
  lec_frame_reader_dissect (reader, frame, &carried.sink, LEC_SUMMARY_NONE);
}

static LecTruth
ask_message (LecColumnRun *run, const LecCode *code, const LecOperation *operation, gboolean response, uint32_t begun)
{
  lec_evaluator_begin (run->evaluator);
  if (code->origins != LEC_ORIGIN_MESSAGE ||
      !lec_facts_of_message (run->evaluator, run->program, operation, response)) {
    if (run->reader == NULL)
      return LEC_TRUTH_UNKNOWN;
    lec_evaluator_carry (run->evaluator, run->reader, run->index, begun);
  }
  return lec_evaluator_answer (run->evaluator, code) ? LEC_TRUTH_YES : LEC_TRUTH_NO;
}

/* What CODE says of the message of the operation at ROW that begins in FRAME, or that it goes on with. */
static uint8_t
truth_of_carried (LecColumnRun *run, const LecCode *code, uint32_t row, unsigned side, uint32_t frame)
{
  const LecOperation *operation = lec_index_operation (run->index, row);
  gboolean response = side != operation->request_side;
  const LecMessage *message = response ? &operation->response : &operation->request;
  uint32_t begun = operation->kind == LEC_OPERATION_HTTP ? LEC_GET (message->first_frame) : 0;

  return begun == 0 || begun > frame ? OWN_LAYERS : (uint8_t) ask_message (run, code, operation, response, begun);
}

/* The table's truth of the message of SIDE of the operation at ROW; FRAME carries it. */
static uint8_t
find_truth (LecColumnRun *run, const LecCode *code, uint32_t row, unsigned side, uint32_t frame)
{
  uint32_t place = lec_row_of_owner (row | LEC_OWNER_OPERATION);
  uint8_t *memo = place < run->n_rows ? run->memos[code->carried_memo] + (size_t) place * 2 + side : NULL;

  if (memo && *memo != LEC_TRUTH_UNKNOWN)
    return *memo;
  uint8_t truth = truth_of_carried (run, code, row, side, frame);
  if (memo && truth != OWN_LAYERS)
    *memo = truth;
  return truth;
}

/* FRAME is nothing but the beginning of a message that others may go on with: dissected once for all of them. */
static gboolean
is_only_beginning (const LecColumnRun *run, uint32_t row, unsigned side, uint32_t frame)
{
  const LecOperation *operation = lec_index_operation (run->index, row);
  const LecMessage *message = side == operation->request_side ? &operation->request : &operation->response;

  return run->reader && run->n_rows && operation->kind == LEC_OPERATION_HTTP &&
         LEC_GET (message->first_frame) == frame && lec_facts_message_key (run->index, frame) != G_MAXUINT32;
}

void
lec_carried_kernel (LecColumnRun *run, const LecCode *code, LecTernary *result)
{
  const _Atomic uint32_t *owners = &LEC_COLUMN (&run->index->owner, _Atomic uint32_t, run->base);
  const _Atomic uint8_t *states = &LEC_COLUMN (&run->index->state, _Atomic uint8_t, run->base);

  for (unsigned i = run->from, end = run->end; i < end; i++) {
    uint8_t state = LEC_GET (states[i]), truth = LEC_TRUTH_UNKNOWN;
    uint32_t owner = LEC_FOLLOW (owners[i]), row = LEC_OWNER_INDEX (owner);
    uint64_t bit = (uint64_t) 1 << i % 64;

    if (!(state & (LEC_FRAME_CONTINUES | LEC_FRAME_MESSAGE)) || owner == LEC_OWNER_NONE ||
        !(owner & LEC_OWNER_OPERATION) || !(run->open[i / 64] & bit))
      continue;
    unsigned side = state & LEC_FRAME_SIDE;
    if (!(state & LEC_FRAME_MESSAGE))
      truth = find_truth (run, code, row, side, run->base + i);
    else if (lec_carried_from (run->index, run->base + i)) /* the end of one message, and the beginning of another */
      truth = LEC_TRUTH_UNKNOWN;
    else if (!((result->yes[i / 64] | result->no[i / 64]) & bit) && is_only_beginning (run, row, side, run->base + i))
      truth = find_truth (run, code, row, side, run->base + i);
    else
      continue;
    if (truth == OWN_LAYERS)
      continue;
    result->yes[i / 64] = truth == LEC_TRUTH_YES ? result->yes[i / 64] | bit : result->yes[i / 64] & ~bit;
    result->no[i / 64] = truth == LEC_TRUTH_NO ? result->no[i / 64] | bit : result->no[i / 64] & ~bit;
  }
}
