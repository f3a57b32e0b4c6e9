#include "analysis/names.h"

#include <stdatomic.h>
#include <string.h>

#include "base/limits.h"

#define FIRST_SLOTS 64u

typedef struct {
  uint8_t address[16]; /* unused bytes are zero */
  uint8_t address_bytes;
  char *name;
} Entry;

/* Open addressing; a slot is set once and then stays. A table that is half full is copied into one of twice the size;
 * readers of the old one still find what was in it. */
typedef struct {
  uint32_t mask;
  Entry *_Atomic slots[];
} Table;

struct LecNames {
  Table *_Atomic table;
  GPtrArray *tables;  /* every table there was; writer only */
  GPtrArray *entries; /* owns the entries; writer only */
};

static Table *
new_table (LecNames *names, uint32_t n_slots)
{
  Table *table = g_malloc0 (sizeof (Table) + n_slots * sizeof (Entry *));

  table->mask = n_slots - 1;
  g_ptr_array_add (names->tables, table);
  return table;
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

LecNames *
lec_names_new (void)
{
  LecNames *names = g_new0 (LecNames, 1);

  names->tables = g_ptr_array_new_with_free_func (g_free);
  names->entries = g_ptr_array_new_with_free_func (free_entry);
  atomic_init (&names->table, new_table (names, FIRST_SLOTS));
  return names;
}

void
lec_names_free (LecNames *names)
{
  g_ptr_array_unref (names->tables);
  g_ptr_array_unref (names->entries);
  g_free (names);
}

/* The slot of ADDRESS: empty where it has no name. */
static Entry *_Atomic *
find_slot (Table *table, const uint8_t *address, unsigned address_bytes)
{
  uint32_t hash = 2166136261u;

  for (unsigned i = 0; i < address_bytes; i++)
    hash = (hash ^ address[i]) * 16777619u;
  for (uint32_t at = hash & table->mask;; at = (at + 1) & table->mask) {
    const Entry *entry = atomic_load_explicit (&table->slots[at], memory_order_acquire);
    if (!entry || (entry->address_bytes == address_bytes && memcmp (entry->address, address, address_bytes) == 0))
      return &table->slots[at];
  }
}

static Table *
grow (LecNames *names, Table *former)
{
  Table *table = new_table (names, (former->mask + 1) * 2);

  for (guint i = 0; i < names->entries->len; i++) {
    Entry *entry = names->entries->pdata[i];
    atomic_store_explicit (find_slot (table, entry->address, entry->address_bytes), entry, memory_order_relaxed);
  }
  atomic_store_explicit (&names->table, table, memory_order_release);
  return table;
}

void
lec_names_add (LecNames *names, const uint8_t *address, unsigned address_bytes, const char *name)
{
  Table *table = atomic_load_explicit (&names->table, memory_order_relaxed);

  if (address_bytes > 16 || !*name || names->entries->len >= LEC_LIMIT_NAMED_ADDRESSES ||
      atomic_load_explicit (find_slot (table, address, address_bytes), memory_order_relaxed))
    return;
  if (names->entries->len > table->mask / 2)
    table = grow (names, table);
  Entry *entry = g_new0 (Entry, 1);
  memcpy (entry->address, address, address_bytes);
  entry->address_bytes = (uint8_t) address_bytes;
  entry->name = g_utf8_make_valid (name, -1);
  g_ptr_array_add (names->entries, entry);
  atomic_store_explicit (find_slot (table, address, address_bytes), entry, memory_order_release);
}

static void
add_record (const uint8_t *address, unsigned address_bytes, const char *name, void *data)
{
  lec_names_add (data, address, address_bytes, name);
}

void
lec_names_add_records (LecNames *names, LecTrace *trace)
{
  lec_trace_foreach_name (trace, G_MAXUINT32, add_record, names);
}

const char *
lec_names_find (const LecNames *names, const uint8_t *address, unsigned address_bytes)
{
  Table *table = atomic_load_explicit (&names->table, memory_order_acquire);
  const Entry *entry = atomic_load_explicit (find_slot (table, address, address_bytes), memory_order_acquire);

  return entry ? entry->name : NULL;
}
