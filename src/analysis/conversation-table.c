#include "analysis/conversation-table.h"

#include <string.h>

#define FIRST_SLOTS 1024u

void
lec_conversation_table_init (LecConversationTable *table)
{
  table->slots = g_new0 (LecConversationSlot, FIRST_SLOTS);
  table->mask = FIRST_SLOTS - 1;
  table->used = 0;
}

void
lec_conversation_table_clear (LecConversationTable *table)
{
  g_clear_pointer (&table->slots, g_free);
}

/* The frame's source is SIDE of the conversation. IPv4 is asked of KEY, IPv6 of the frame's bytes. */
static inline gboolean
is_sent_by (const LecConversation *conversation, unsigned side, const LecHead *head, const LecFlowKey *key)
{
  const LecAddress *source = &conversation->address[side], *destination = &conversation->address[!side];

  if (conversation->port[side] != head->source_port || conversation->port[!side] != head->destination_port ||
      source->n_bytes != lec_head_address_bytes (head))
    return FALSE;
  if (head->flags & LEC_HEAD_IPV6)
    return memcmp (source->bytes, head->source, 16) == 0 &&
           memcmp (destination->bytes, lec_head_destination (head), 16) == 0;
  return memcmp (source->bytes, &key->ipv4[0], 4) == 0 && memcmp (destination->bytes, &key->ipv4[1], 4) == 0;
}

LecConversationSlot *
lec_conversation_table_find (LecConversationTable *table, const LecIndex *index, const LecHead *head,
                             const LecFlowKey *key, gboolean *swapped)
{
  for (uint32_t at = key->hash & table->mask;; at = (at + 1) & table->mask) {
    LecConversationSlot *slot = &table->slots[at];
    if (slot->hash == 0)
      return slot;
    if (slot->hash != key->hash)
      continue;
    const LecConversation *conversation = lec_index_conversation (index, slot->conversation);
    if (conversation->ip_protocol != head->ip_protocol)
      continue;
    for (unsigned side = 0; side < 2; side++)
      if (is_sent_by (conversation, side, head, key)) {
        *swapped = side == 1;
        return slot;
      }
  }
}

static void
grow (LecConversationTable *table)
{
  uint32_t n_slots = (table->mask + 1) * 2;
  g_autofree LecConversationSlot *former = table->slots;
  uint32_t n_former = table->mask + 1;

  table->slots = g_new0 (LecConversationSlot, n_slots);
  table->mask = n_slots - 1;
  for (uint32_t i = 0; i < n_former; i++) {
    if (!former[i].hash)
      continue;
    uint32_t at = former[i].hash & table->mask;
    while (table->slots[at].hash)
      at = (at + 1) & table->mask;
    table->slots[at] = former[i];
  }
}

void
lec_conversation_table_fill (LecConversationTable *table, LecConversationSlot *slot, uint32_t hash,
                             uint32_t conversation)
{
  if (!slot->hash)
    table->used++;
  *slot = (LecConversationSlot){ .hash = hash, .conversation = conversation };
  if (table->used > (table->mask + 1) / 2)
    grow (table);
}
