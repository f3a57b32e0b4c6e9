/* Requests and responses that are one packet each: DNS over UDP (RFC 1035 §4.1.1), ICMP echo (RFC 792, RFC 4443 §4). */
#include <string.h>

#include "analysis/analyzer.h"
#include "analysis/dns-names.h"
#include "base/publish.h"
#include "base/reader.h"
#include "base/word-key.h"

#define DNS_HEADER_BYTES  12u
#define ECHO_HEADER_BYTES 8u

/* What a response shares with its request. Unused bytes are zero: compared as a whole. */
typedef struct {
  uint32_t kind; /* LecOperationKind */
  uint32_t conversation;
  uint32_t identification;
  uint8_t asker[16];
  uint8_t asked[16];
} Key;

LEC_DEFINE_WORD_KEY (Key, key)

static uint32_t
add_operation (LecIndex *index, const LecFrameAt *at, const LecOperation *operation, const Key *key)
{
  uint8_t address_bytes = (uint8_t) lec_head_address_bytes (at->head);
  LecEndpoints endpoints = { { { .n_bytes = address_bytes }, { .n_bytes = address_bytes } }, 0 };

  if (operation->kind != LEC_OPERATION_ECHO)
    return lec_index_add_operation (index, operation);
  memcpy (endpoints.address[0].bytes, key->asker, sizeof key->asker);
  memcpy (endpoints.address[1].bytes, key->asked, sizeof key->asked);
  return lec_index_add_echo (index, operation, &endpoints);
}

/* FRAME belongs to the operation ROW. */
static void
claim (LecAnalyzer *analyzer, const LecFrameAt *at, const Key *key, uint32_t row)
{
  if (key->kind == LEC_OPERATION_ECHO && at->head->flags & LEC_HEAD_TUNNELLED)
    LEC_SET (lec_index_endpoints (analyzer->index, row)->tunnelled, 1);
  lec_analyzer_claim (analyzer, at->frame, row);
}

static void
asked (LecAnalyzer *analyzer, const LecFrameAt *at, const Key *key)
{
  gpointer known = g_hash_table_lookup (analyzer->exchanges, key);

  if (known) { /* asked again: the same operation */
    uint32_t row = GPOINTER_TO_UINT (known) - 1;
    LEC_SET (lec_index_operation (analyzer->index, row)->request.last_frame, at->frame);
    claim (analyzer, at, key, row);
    return;
  }
  LecOperation operation = { .conversation = key->conversation,
                             .first_frame = at->frame,
                             .kind = (uint8_t) key->kind,
                             .request_side = (uint8_t) at->side,
                             .outcome = LEC_OUTCOME_PENDING };
  operation.request.first_frame = operation.request.last_frame = at->frame;
  operation.request.length = at->head->payload_bytes;
  uint32_t row = add_operation (analyzer->index, at, &operation, key);
  claim (analyzer, at, key, row);
  g_hash_table_insert (analyzer->exchanges, g_memdup2 (key, sizeof *key), GUINT_TO_POINTER (row + 1));
}

static void
answered (LecAnalyzer *analyzer, const LecFrameAt *at, const Key *key, uint16_t status)
{
  gpointer known = g_hash_table_lookup (analyzer->exchanges, key);

  if (!known)
    return;
  uint32_t row = GPOINTER_TO_UINT (known) - 1;
  LecOperation *operation = lec_index_operation (analyzer->index, row);
  LEC_SET (operation->status, status);
  LEC_SET (operation->outcome, LEC_OUTCOME_ANSWERED);
  LEC_SET (operation->response.length, at->head->payload_bytes);
  LEC_SET (operation->response.last_frame, at->frame);
  LEC_SET (operation->response.first_frame, at->frame);
  claim (analyzer, at, key, row);
  g_hash_table_remove (analyzer->exchanges, key);
}

static void
dns_frame (LecAnalyzer *analyzer, const LecFrameAt *at, LecReader *reader)
{
  const LecReader message = *reader;
  Key key = { .kind = LEC_OPERATION_DNS, .conversation = at->conversation };

  key.identification = lec_read_u16 (reader);
  uint16_t flags = lec_read_u16 (reader);
  if (!(flags & 0x8000)) {
    asked (analyzer, at, &key);
    return;
  }
  answered (analyzer, at, &key, flags & 0x000f);
  lec_dns_learn_names (analyzer->index->names, &message);
}

static void
echo_frame (LecAnalyzer *analyzer, const LecFrameAt *at, LecReader *reader)
{
  static const struct {
    uint8_t ip_protocol;
    uint8_t request;
    uint8_t reply;
  } types[] = { { 1, 8, 0 }, { 58, 128, 129 } };
  const LecHead *head = at->head;
  unsigned address_bytes = head->flags & LEC_HEAD_IPV6 ? 16 : 4;
  Key key = { .kind = LEC_OPERATION_ECHO, .conversation = LEC_OWNER_NONE };
  uint8_t type = lec_read_u8 (reader);

  lec_reader_skip (reader, 3); /* code, checksum */
  key.identification = lec_read_u32 (reader);
  for (unsigned i = 0; i < G_N_ELEMENTS (types); i++) {
    if (types[i].ip_protocol != head->ip_protocol || (type != types[i].request && type != types[i].reply))
      continue;
    gboolean is_reply = type == types[i].reply;
    memcpy (key.asker, is_reply ? lec_head_destination (head) : head->source, address_bytes);
    memcpy (key.asked, is_reply ? head->source : lec_head_destination (head), address_bytes);
    if (is_reply)
      answered (analyzer, at, &key, 0);
    else
      asked (analyzer, at, &key);
  }
}

void
lec_exchange_frame (LecAnalyzer *analyzer, const LecFrameAt *at)
{
  const LecHead *head = at->head;
  LecReader reader = lec_reader (head->payload, head->payload_captured, head->payload_bytes, 0);

  if (head->protocol == LEC_PROTOCOL_DNS && head->payload_captured >= DNS_HEADER_BYTES)
    dns_frame (analyzer, at, &reader);
  else if ((head->protocol == LEC_PROTOCOL_ICMP || head->protocol == LEC_PROTOCOL_ICMPV6) &&
           head->payload_captured >= ECHO_HEADER_BYTES)
    echo_frame (analyzer, at, &reader);
}

GHashTable *
lec_exchange_table_new (void)
{
  return g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
}
