#include "filter/trace-values.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/names.h"
#include "analysis/verdict-fields.h"
#include "analysis/verdict-kinds.h"
#include "base/limits.h"
#include "base/publish.h"
#include "filter/carried.h"
#include "filter/facts.h"
#include "protocol/http-head.h"
#include "protocol/http-status.h"
#include "protocol/services.h"

/* One value. The first members are its key; shorter bytes are followed by zeros. */
typedef struct {
  uint64_t number;
  uint8_t bytes[LEC_LIMIT_LISTED_VALUE_BYTES];
  uint32_t n_bytes;
  uint32_t last_frame; /* that it was counted for: a frame counts once */
  const LecField *field;
  uint64_t n_frames;
} Tally;

#define KEY_BYTES offsetof (Tally, last_frame)

/* `sink` comes first: a sink is cast to its counter. */
typedef struct {
  LecSink sink;
  const LecName *name;
  LecIndex *index;
  LecFrameReader *reader;
  const _Atomic unsigned *cancel;
  GHashTable *tallies; /* a set of Tally, owned */
  uint32_t n_frames;
  uint32_t frame; /* that the sink hears of */
  uint32_t n_dissected;
  gboolean partial;
} Counter;

static unsigned
hash_tally (const void *tally)
{
  const uint8_t *key = tally;
  unsigned hash = 2166136261u;

  for (size_t i = 0; i < KEY_BYTES; i++)
    hash = (hash ^ key[i]) * 16777619u;
  return hash;
}

static gboolean
equal_tallies (const void *a, const void *b)
{
  return memcmp (a, b, KEY_BYTES) == 0;
}

static gboolean
is_in_bytes (const LecField *field)
{
  return field->type >= LEC_TYPE_STRING;
}

/* N_FRAMES frames have VALUE; or the frame FRAME has, where that is not 0. */
static void
count (Counter *counter, const LecField *field, const LecValue *value, uint32_t frame, uint64_t n_frames)
{
  Tally key = { .field = field, .last_frame = frame, .n_frames = n_frames };

  if (n_frames == 0)
    return;
  if (!is_in_bytes (field)) {
    key.number = value->number;
  } else {
    if (value->bytes.length > sizeof key.bytes) {
      counter->partial = TRUE;
      return;
    }
    key.n_bytes = value->bytes.length;
    if (key.n_bytes > 0)
      memcpy (key.bytes, value->bytes.data, key.n_bytes);
  }
  Tally *tally = g_hash_table_lookup (counter->tallies, &key);
  if (tally != NULL) {
    if (frame == 0 || tally->last_frame != frame)
      tally->n_frames += n_frames;
    tally->last_frame = frame;
  } else if (g_hash_table_size (counter->tallies) < LEC_LIMIT_FILTER_VALUES) {
    g_hash_table_add (counter->tallies, g_memdup2 (&key, sizeof key));
  } else {
    counter->partial = TRUE;
  }
}

static gboolean
is_member (const LecName *name, const LecField *field)
{
  for (unsigned i = 0; i < name->n_fields; i++)
    if (name->fields[i] == field)
      return TRUE;
  return FALSE;
}

static gboolean
wants_field (LecSink *sink, const LecField *field)
{
  return is_member (((Counter *) (void *) sink)->name, field);
}

static void
add (LecSink *sink, const LecField *field, const LecValue *value, LecSpan span, const char *text, gboolean opens)
{
  Counter *counter = (Counter *) (void *) sink;

  if (is_member (counter->name, field))
    count (counter, field, value, counter->frame, 1);
}

static void
close_group (LecSink *sink)
{
}

static gboolean
is_cancelled (const Counter *counter)
{
  return counter->cancel != NULL && LEC_GET (*counter->cancel) != 0;
}

/* FALSE: enough were dissected. */
static gboolean
dissect (Counter *counter, uint32_t frame)
{
  if (counter->n_dissected++ >= LEC_LIMIT_LISTED_VALUE_FRAMES) {
    counter->partial = TRUE;
    return FALSE;
  }
  uint32_t begun = counter->name->protocol->id == LEC_PROTOCOL_HTTP ? lec_carried_from (counter->index, frame) : 0;
  counter->frame = frame;
  if (begun)
    lec_carried_dissect (counter->reader, counter->index, begun, &counter->sink);
  lec_frame_reader_dissect (counter->reader, frame, &counter->sink, LEC_SUMMARY_NONE);
  return TRUE;
}

/* By conversation. */

/* What CONVERSATION says of the member FIELD for frames that SIDE sends; FALSE: nothing. */
static gboolean
conversation_value (const LecConversation *conversation, const LecField *field, unsigned side, LecValue *value)
{
  LecSlot slot = { .field = field };
  const LecAddress *address = NULL;

  if (lec_origin_of (field, NULL, &slot.row) != LEC_ORIGIN_CONVERSATION)
    return FALSE;
  if (!is_in_bytes (field))
    return lec_facts_conversation_number (&slot, conversation, side, &value->number);
  address = &conversation->address[g_str_has_suffix (field->name, ".src") ? side : !side];
  if (address->n_bytes != (field->type == LEC_TYPE_IPV6 ? 16 : 4))
    return FALSE;
  value->bytes = (LecBytes){ address->bytes, address->n_bytes };
  return TRUE;
}

/* A value that two members have of the same frames counts once. */
static gboolean
is_repeated (const LecConversation *conversation, const LecName *name, unsigned member, unsigned side,
             const LecValue *value)
{
  for (unsigned i = 0; i < member; i++) {
    LecValue other = { 0 };

    if (conversation_value (conversation, name->fields[i], side, &other) && other.number == value->number &&
        other.bytes.length == value->bytes.length &&
        (other.bytes.length == 0 || memcmp (other.bytes.data, value->bytes.data, other.bytes.length) == 0))
      return TRUE;
  }
  return FALSE;
}

static void
count_conversation (Counter *counter, const LecConversation *conversation)
{
  for (unsigned i = 0; i < counter->name->n_fields; i++)
    for (unsigned side = 0; side < 2; side++) {
      LecValue value = { 0 };

      if (conversation_value (conversation, counter->name->fields[i], side, &value) &&
          !is_repeated (conversation, counter->name, i, side, &value))
        count (counter, counter->name->fields[i], &value, 0, LEC_GET (conversation->n_frames[side]));
    }
}

/* Frames in a tunnel have more addresses than their conversation's. */
static gboolean
tells_all (const LecConversation *conversation)
{
  return conversation->address[0].n_bytes != 0 && (LEC_GET (conversation->traits) & LEC_TRAIT_TUNNELLED) == 0;
}

static gboolean
count_by_conversation (Counter *counter)
{
  uint32_t n_conversations = atomic_load_explicit (&counter->index->n_conversations, memory_order_acquire);
  uint64_t n_known = 0;

  for (uint32_t i = 0; i < n_conversations; i++) {
    const LecConversation *conversation = lec_index_conversation (counter->index, i);

    if ((i & 0xfff) == 0 && is_cancelled (counter))
      return FALSE;
    if (!tells_all (conversation))
      continue;
    count_conversation (counter, conversation);
    n_known += (uint64_t) LEC_GET (conversation->n_frames[0]) + LEC_GET (conversation->n_frames[1]);
  }
  for (uint32_t frame = 1; n_known < counter->n_frames && frame <= counter->n_frames; frame++) {
    uint32_t number = lec_index_conversation_of (counter->index, frame);

    if ((frame & 0xff) == 0 && is_cancelled (counter))
      return FALSE;
    if ((number == G_MAXUINT32 || !tells_all (lec_index_conversation (counter->index, number))) &&
        !dissect (counter, frame))
      break;
  }
  return TRUE;
}

/* By operation: of the messages that begin in a frame, or that it goes on with. */

static gboolean
count_by_operation (Counter *counter)
{
  enum { METHODS = 256 };
  const LecField *field = counter->name->fields[0];
  gboolean is_carried = lec_is_carried (field);

  for (uint32_t frame = 1; frame <= counter->n_frames; frame++) {
    LecValue value = { 0 };

    if ((frame & 0xfff) == 0 && is_cancelled (counter))
      return FALSE;
    uint8_t state = lec_index_state (counter->index, frame);
    if ((state & (LEC_FRAME_MESSAGE | LEC_FRAME_CONTINUES)) == 0)
      continue;
    uint32_t begun = is_carried ? lec_carried_from (counter->index, frame) : 0;
    if ((state & LEC_FRAME_MESSAGE) == 0 && begun == 0)
      continue;
    uint32_t key = begun == 0                         ? lec_facts_message_key (counter->index, frame)
                   : (state & LEC_FRAME_MESSAGE) == 0 ? lec_facts_carried_key (counter->index, frame)
                                                      : G_MAXUINT32;
    const char *method = key < METHODS ? lec_http_method_name (key) : NULL;
    /* Several, or one whose method has no name or whose status is not known. */
    if (key == G_MAXUINT32 || key == METHODS || (key < METHODS && method == NULL)) {
      if (!dissect (counter, frame))
        break;
      continue;
    }
    if ((method != NULL) != is_in_bytes (field))
      continue;
    if (method != NULL)
      value.bytes = (LecBytes){ (const uint8_t *) method, (uint32_t) strlen (method) };
    else
      value.number = key - METHODS;
    count (counter, field, &value, frame, 1);
  }
  return TRUE;
}

static gboolean
count_verdicts (Counter *counter)
{
  for (uint32_t frame = 1; frame <= counter->n_frames; frame++) {
    LecDissection dissection = { .sink = &counter->sink, .summaries = LEC_SUMMARY_NONE };

    frame = lec_index_next_with_verdict (counter->index, frame, counter->n_frames + 1);
    if (frame == G_MAXUINT32)
      break;
    if (is_cancelled (counter))
      return FALSE;
    dissection.frame = counter->frame = frame;
    lec_verdict_fields_add (counter->index, &dissection, frame);
  }
  return TRUE;
}

/* By dissection. */

/* The index's column tells which frames have these. */
static gboolean
is_topmost (LecProtocolId protocol)
{
  return protocol == LEC_PROTOCOL_ARP || protocol == LEC_PROTOCOL_IGMP || protocol == LEC_PROTOCOL_DHCP ||
         protocol == LEC_PROTOCOL_MDNS || protocol == LEC_PROTOCOL_LLMNR;
}

static gboolean
count_dissected (Counter *counter)
{
  LecProtocolId protocol = counter->name->protocol->id;

  for (uint32_t frame = 1; frame <= counter->n_frames; frame++) {
    if (is_cancelled (counter))
      return FALSE;
    if (is_topmost (protocol) && lec_index_protocol (counter->index, frame) != protocol)
      continue;
    if (!dissect (counter, frame))
      break;
  }
  return TRUE;
}

static gboolean
count_all (const LecRegistry *registry, Counter *counter)
{
  unsigned row;
  const LecField *field = counter->name->fields[0];

  switch (lec_origin_of (field, lec_registry_protocol_of (registry, field), &row)) {
  case LEC_ORIGIN_CONVERSATION:
    return count_by_conversation (counter);
  case LEC_ORIGIN_MESSAGE:
    return count_by_operation (counter);
  case LEC_ORIGIN_VERDICT:
    return count_verdicts (counter);
  default:
    return count_dissected (counter);
  }
}

/* The list. */

/* What else the value of TALLY is known as; NULL: nothing. */
static char *
dup_meaning (const LecIndex *index, const Tally *tally)
{
  const LecField *field = tally->field;
  const char *known = NULL;

  if (field->show == LEC_SHOW_PORT)
    known = lec_service_name ((uint16_t) tally->number);
  else if (field->values != NULL)
    known = lec_value_name (field->values, tally->number);
  else if (field->type == LEC_TYPE_IPV4 || field->type == LEC_TYPE_IPV6)
    known = lec_names_find (index->names, tally->bytes, tally->n_bytes);
  else if (g_str_equal (field->name, "http.response.code") && lec_http_status ((unsigned) tally->number) != NULL)
    known = lec_http_status ((unsigned) tally->number)->phrase;
  if (g_str_equal (field->name, "lectern.verdict"))
    for (unsigned kind = 0; kind < LEC_N_VERDICTS; kind++)
      if (strlen (lec_verdict_kind_name (kind)) == tally->n_bytes &&
          memcmp (lec_verdict_kind_name (kind), tally->bytes, tally->n_bytes) == 0)
        return g_strdup (lec_verdict_kind_label (kind));
  return known != NULL && *known != '\0' ? g_strdup (_ (known)) : NULL;
}

static int
compare_tallies (const void *a, const void *b)
{
  const Tally *left = *(const Tally *const *) a, *right = *(const Tally *const *) b;

  if (left->n_frames != right->n_frames)
    return left->n_frames > right->n_frames ? -1 : 1;
  return memcmp (left, right, KEY_BYTES);
}

static void
list (const Counter *counter, LecTraceValues *values)
{
  g_autoptr (GPtrArray) tallies = g_ptr_array_new ();
  GHashTableIter every;
  void *tally_of_table;

  g_hash_table_iter_init (&every, counter->tallies);
  while (g_hash_table_iter_next (&every, &tally_of_table, NULL))
    g_ptr_array_add (tallies, tally_of_table);
  g_ptr_array_sort (tallies, compare_tallies);
  values->values = g_new0 (LecTraceValue, MIN (tallies->len, LEC_LIMIT_LISTED_VALUES) + 1);
  for (unsigned i = 0; i < tallies->len && values->n_values < LEC_LIMIT_LISTED_VALUES; i++) {
    const Tally *tally = tallies->pdata[i];
    LecValue value = { .number = tally->number, .bytes = { tally->bytes, tally->n_bytes } };
    g_autofree char *term = lec_filter_dup_term (tally->field, &value);

    if (term == NULL)
      continue;
    LecTraceValue *listed = &values->values[values->n_values++];
    listed->text = g_strdup (term + strlen (tally->field->name) + strlen (" == "));
    listed->meaning = dup_meaning (counter->index, tally);
    listed->n_frames = tally->n_frames;
  }
}

gboolean
lec_trace_values_wanted (const LecRegistry *registry, const LecName *name)
{
  unsigned row;
  const LecField *field = name->fields[0];
  LecProtocolId protocol = lec_registry_protocol_of (registry, field)->id;

  if (protocol == LEC_PROTOCOL_REPLAY || protocol == LEC_PROTOCOL_WIRESHARK)
    return FALSE;
  if (lec_origin_of (field, lec_protocol (protocol), &row) == LEC_ORIGIN_FRAME)
    return FALSE;
  return (field->type >= LEC_TYPE_UINT8 && field->type <= LEC_TYPE_INT64) || field->type == LEC_TYPE_STRING ||
         field->type >= LEC_TYPE_IPV4;
}

LecTraceValues *
lec_trace_values_new (const LecRegistry *registry, LecIndex *index, LecFrameReader *reader, const LecName *name,
                      const _Atomic unsigned *cancel)
{
  Counter counter = { .sink = { .add = add, .close = close_group, .wants_field = wants_field },
                      .name = name,
                      .index = index,
                      .reader = reader,
                      .cancel = cancel,
                      .n_frames = lec_index_n_frames (index) };
  LecTraceValues *values = NULL;

  counter.tallies = g_hash_table_new_full (hash_tally, equal_tallies, g_free, NULL);
  if (count_all (registry, &counter)) {
    values = g_new0 (LecTraceValues, 1);
    values->name = name;
    values->n_frames = counter.n_frames;
    values->partial = counter.partial;
    list (&counter, values);
  }
  g_hash_table_unref (counter.tallies);
  return values;
}

void
lec_trace_values_free (LecTraceValues *values)
{
  if (values == NULL)
    return;
  for (unsigned i = 0; i < values->n_values; i++) {
    g_free (values->values[i].text);
    g_free (values->values[i].meaning);
  }
  g_free (values->values);
  g_free (values);
}
