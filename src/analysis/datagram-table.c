#include "analysis/datagram-table.h"

#include <string.h>

#include "analysis/record-head.h"
#include "base/limits.h"
#include "base/publish.h"
#include "base/word-key.h"
#include "protocol/sink.h"

/* What fragments of one datagram share. Unused address bytes are zero, so that it can be compared as a whole. */
typedef struct {
  uint8_t source[16];
  uint8_t destination[16];
  uint32_t identification;
  uint32_t ip_protocol;
} Key;

/* What is known of a datagram that waits. */
typedef struct {
  uint32_t row;
  uint32_t total_bytes; /* 0 until the last fragment is here */
  uint32_t first_frame;
} Waiting;

LEC_DEFINE_WORD_KEY (Key, key)

void
lec_datagram_table_init (LecDatagramTable *table)
{
  table->waiting = g_hash_table_new_full (key_hash, key_equal, g_free, g_free);
  table->order = g_queue_new ();
}

void
lec_datagram_table_clear (LecDatagramTable *table)
{
  g_clear_pointer (&table->waiting, g_hash_table_unref);
  g_queue_free (g_steal_pointer (&table->order));
}

static void
forget (LecDatagramTable *table, Key *key)
{
  g_queue_remove (table->order, key);
  g_hash_table_remove (table->waiting, key);
}

static Waiting *
begin_datagram (LecDatagramTable *table, LecIndex *index, const Key *key, uint32_t frame)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  Key *owned = g_memdup2 (key, sizeof *key);

  if (g_queue_get_length (table->order) >= LEC_LIMIT_DATAGRAMS)
    forget (table, g_queue_peek_head (table->order));
  waiting->row = index->n_datagrams++;
  waiting->first_frame = frame;
  lec_column_reserve (&index->datagrams, waiting->row + 1);
  LecDatagram *datagram = &LEC_COLUMN (&index->datagrams, LecDatagram, waiting->row);
  LEC_SET (datagram->first_fragment, G_MAXUINT32);
  g_hash_table_insert (table->waiting, owned, waiting);
  g_queue_push_tail (table->order, owned);
  return waiting;
}

/* Puts the fragment into the datagram's chain, which is in order of offset; what came first wins where two overlap
 * (RFC 5722 would drop the datagram: a viewer shows what was sent). */
static void
insert_fragment (LecIndex *index, LecDatagram *datagram, uint32_t frame, const LecHead *head)
{
  uint32_t row = index->n_fragments++;
  uint32_t before = G_MAXUINT32, at = LEC_GET (datagram->first_fragment);

  lec_column_reserve (&index->fragments, row + 1);
  LecFragment *fragment = &LEC_COLUMN (&index->fragments, LecFragment, row);
  fragment->frame = frame;
  fragment->offset_bytes = head->fragment_offset_bytes;
  fragment->length_bytes = head->fragment_bytes;
  while (at != G_MAXUINT32) {
    const LecFragment *other = &LEC_COLUMN (&index->fragments, LecFragment, at);
    if (other->offset_bytes > fragment->offset_bytes)
      break;
    before = at;
    at = LEC_GET (other->next);
  }
  LEC_SET (fragment->next, at);
  if (before == G_MAXUINT32)
    atomic_store_explicit (&datagram->first_fragment, row, memory_order_release);
  else
    atomic_store_explicit (&LEC_COLUMN (&index->fragments, LecFragment, before).next, row, memory_order_release);
  LEC_ADD (datagram->n_fragments, 1);
}

static gboolean
is_whole (const LecIndex *index, const LecDatagram *datagram, uint32_t total_bytes)
{
  uint32_t reached = 0;

  for (uint32_t at = LEC_GET (datagram->first_fragment); at != G_MAXUINT32;) {
    const LecFragment *fragment = &LEC_COLUMN (&index->fragments, LecFragment, at);
    if (fragment->offset_bytes > reached)
      return FALSE;
    reached = MAX (reached, fragment->offset_bytes + fragment->length_bytes);
    at = LEC_GET (fragment->next);
  }
  return reached >= total_bytes;
}

uint32_t
lec_datagram_table_add (LecDatagramTable *table, LecIndex *index, uint32_t frame, const LecHead *head)
{
  Key key = { .identification = head->fragment_identification, .ip_protocol = head->ip_protocol };
  unsigned address_bytes = head->flags & LEC_HEAD_IPV6 ? 16 : 4;

  if (head->fragment_offset_bytes + (uint64_t) head->fragment_bytes > LEC_LIMIT_DATAGRAM_BYTES)
    return G_MAXUINT32;
  memcpy (key.source, head->source, address_bytes);
  memcpy (key.destination, lec_head_destination (head), address_bytes);
  Waiting *waiting = g_hash_table_lookup (table->waiting, &key);
  if (!waiting)
    waiting = begin_datagram (table, index, &key, frame);
  LecDatagram *datagram = &LEC_COLUMN (&index->datagrams, LecDatagram, waiting->row);
  if (LEC_GET (datagram->n_fragments) >= LEC_LIMIT_FRAGMENTS)
    return G_MAXUINT32;

  insert_fragment (index, datagram, frame, head);
  lec_index_add_mark (index, frame, LEC_MARK_DATAGRAM, waiting->row);
  if (!head->fragment_more)
    waiting->total_bytes = head->fragment_offset_bytes + head->fragment_bytes;
  if (!waiting->total_bytes || !is_whole (index, datagram, waiting->total_bytes))
    return G_MAXUINT32;
  uint32_t row = waiting->row;
  datagram->n_bytes = waiting->total_bytes;
  atomic_store_explicit (&datagram->completed_in, frame, memory_order_release);
  gpointer owned;
  if (g_hash_table_lookup_extended (table->waiting, &key, &owned, NULL))
    forget (table, owned);
  return row;
}

GByteArray *
lec_datagram_dup_bytes (const LecIndex *index, LecTraceCache *cache, uint32_t row, GArray *pieces)
{
  const LecDatagram *datagram = &LEC_COLUMN (&index->datagrams, LecDatagram, row);
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (datagram->n_bytes);
  uint32_t reached = 0;

  g_byte_array_set_size (bytes, datagram->n_bytes);
  memset (bytes->data, 0, bytes->len);
  for (uint32_t at = atomic_load_explicit (&datagram->first_fragment, memory_order_acquire); at != G_MAXUINT32;) {
    const LecFragment *fragment = &LEC_COLUMN (&index->fragments, LecFragment, at);
    LecRecord record;
    LecHead head;
    at = atomic_load_explicit (&fragment->next, memory_order_acquire);
    if (!lec_trace_read_record (cache, lec_index_place (index, fragment->frame), &record))
      return NULL;
    lec_record_head (&record, lec_trace_interface (index->trace, LEC_PLACE_INTERFACE (record.place)), &head);
    if (!(head.flags & LEC_HEAD_FRAGMENT))
      continue;
    uint32_t end = MIN (fragment->offset_bytes + head.fragment_captured, bytes->len);
    uint32_t from = MAX (reached, fragment->offset_bytes);
    if (from >= end)
      continue;
    const uint8_t *source = head.fragment + (from - fragment->offset_bytes);
    memcpy (bytes->data + from, source, end - from);
    reached = MAX (reached, end);
    if (pieces) {
      LecPiece piece = { from, end - from, fragment->frame, (uint32_t) (source - record.bytes) };
      g_array_append_val (pieces, piece);
    }
  }
  return g_steal_pointer (&bytes);
}
