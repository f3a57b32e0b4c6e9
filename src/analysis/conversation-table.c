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

/* Of one size or the other, without a call: this is asked twice for every frame. */
static inline gboolean
same_address (const uint8_t *a, const uint8_t *b, unsigned address_bytes)
{
  return address_bytes == 4 ? memcmp (a, b, 4) == 0 : memcmp (a, b, 16) == 0;
}

static inline gboolean
end_is (const LecConversation *conversation, unsigned side, const uint8_t *address, unsigned address_bytes,
        uint16_t port)
{
  return conversation->port[side] == port && conversation->address[side].n_bytes == address_bytes &&
         same_address (conversation->address[side].bytes, address, address_bytes);
}

LecConversationSlot *
lec_conversation_table_find (LecConversationTable *table, const LecIndex *index, const LecHead *head, uint32_t hash,
                             gboolean *swapped)
{
  unsigned address_bytes = head->flags & LEC_HEAD_IPV6 ? 16 : 4;

  for (uint32_t at = hash & table->mask;; at = (at + 1) & table->mask) {
    LecConversationSlot *slot = &table->slots[at];
    if (slot->hash == 0)
      return slot;
    if (slot->hash != hash)
      continue;
    const LecConversation *conversation = lec_index_conversation (index, slot->conversation);
    if (conversation->ip_protocol != head->ip_protocol)
      continue;
    for (unsigned side = 0; side < 2; side++)
      if (end_is (conversation, side, head->source, address_bytes, head->source_port) &&
          end_is (conversation, !side, head->destination, address_bytes, head->destination_port)) {
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
