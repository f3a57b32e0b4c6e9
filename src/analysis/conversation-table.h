/* Finds the conversation of a frame: a hash table from the 5-tuple to rows of the index, open addressing. Index pass
 * only. A reused 4-tuple's entry is overwritten with the new conversation. */
#pragma once

#include "analysis/flow-key.h"
#include "analysis/index.h"

G_BEGIN_DECLS

typedef struct {
  uint32_t hash; /* 0 = free */
  uint32_t conversation;
} LecConversationSlot;

typedef struct {
  LecConversationSlot *slots;
  uint32_t mask; /* number of slots − 1 */
  uint32_t used;
} LecConversationTable;

void lec_conversation_table_init (LecConversationTable *table);
void lec_conversation_table_clear (LecConversationTable *table);

/* The slot of HEAD's conversation; where slot->hash is 0 there is none yet, and lec_conversation_table_fill() makes it.
 * *SWAPPED: the frame's source is side 1. */
LecConversationSlot *lec_conversation_table_find (LecConversationTable *table, const LecIndex *index,
                                                  const LecHead *head, const LecFlowKey *key, gboolean *swapped);
/* Puts CONVERSATION into SLOT, as found just before. Slots may move. */
void lec_conversation_table_fill (LecConversationTable *table, LecConversationSlot *slot, uint32_t hash,
                                  uint32_t conversation);

/* Two steps ahead of a look-up: first the slot is fetched, some frames later what it names. Either may be another
 * conversation's by the time it is used; then nothing is lost but the fetch. */
static inline void
lec_conversation_table_prefetch_slot (const LecConversationTable *table, uint32_t hash)
{
  __builtin_prefetch (&table->slots[hash & table->mask]);
}

static inline uint32_t
lec_conversation_table_peek (const LecConversationTable *table, uint32_t hash)
{
  for (uint32_t at = hash & table->mask;; at = (at + 1) & table->mask) {
    const LecConversationSlot *slot = &table->slots[at];
    if (slot->hash == hash)
      return slot->conversation;
    if (slot->hash == 0)
      return G_MAXUINT32;
  }
}

G_END_DECLS
