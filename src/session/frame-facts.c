#include "session/frame-facts.h"

/* Frames that are remembered: many times what a list has on screen. */
#define KNOWN_FRAMES 32768u
/* Frames asked for at a time; of more only the last, for the others are out of sight again. */
#define WANTED_FRAMES 1024u

struct LecFrameFacts {
  GHashTable *known; /* frame → LecFrameFactsEntry, owned */
  GHashTable *asked; /* frames that the worker is at, or that are in `wanted` */
  GArray *wanted;    /* uint32_t */
  gboolean waiting;  /* for an answer */
  uint32_t generation;
};

LecFrameFacts *
lec_frame_facts_new (void)
{
  LecFrameFacts *table = g_new0 (LecFrameFacts, 1);

  table->known = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  table->asked = g_hash_table_new (NULL, NULL);
  table->wanted = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  return table;
}

void
lec_frame_facts_free (LecFrameFacts *table)
{
  if (!table)
    return;
  g_hash_table_unref (table->known);
  g_hash_table_unref (table->asked);
  g_array_unref (table->wanted);
  g_free (table);
}

static void
want (LecFrameFacts *table, uint32_t frame)
{
  if (!g_hash_table_add (table->asked, GUINT_TO_POINTER (frame)))
    return;
  if (table->wanted->len >= WANTED_FRAMES) {
    g_hash_table_remove (table->asked, GUINT_TO_POINTER (g_array_index (table->wanted, uint32_t, 0)));
    g_array_remove_index (table->wanted, 0);
  }
  g_array_append_val (table->wanted, frame);
}

gboolean
lec_frame_facts_find (LecFrameFacts *table, uint32_t frame, LecReplayFacts *facts)
{
  const LecFrameFactsEntry *entry = g_hash_table_lookup (table->known, GUINT_TO_POINTER (frame));

  if (!entry) {
    want (table, frame);
    return FALSE;
  }
  *facts = entry->facts;
  return entry->known;
}

GArray *
lec_frame_facts_take_wanted (LecFrameFacts *table)
{
  if (table->waiting || !table->wanted->len)
    return NULL;
  GArray *wanted = table->wanted;
  table->wanted = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  table->waiting = TRUE;
  return wanted;
}

void
lec_frame_facts_add (LecFrameFacts *table, const GArray *entries)
{
  if (g_hash_table_size (table->known) + entries->len > KNOWN_FRAMES)
    g_hash_table_remove_all (table->known);
  for (unsigned i = 0; i < entries->len; i++) {
    const LecFrameFactsEntry *entry = &g_array_index (entries, LecFrameFactsEntry, i);
    g_hash_table_replace (table->known, GUINT_TO_POINTER (entry->frame), g_memdup2 (entry, sizeof *entry));
    g_hash_table_remove (table->asked, GUINT_TO_POINTER (entry->frame));
  }
  table->waiting = FALSE;
  table->generation++;
}

gboolean
lec_frame_facts_is_waiting (const LecFrameFacts *table)
{
  return table->waiting;
}

uint32_t
lec_frame_facts_generation (const LecFrameFacts *table)
{
  return table->generation;
}
