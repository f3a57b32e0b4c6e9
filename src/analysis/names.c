#include "analysis/names.h"

#include <stdatomic.h>
#include <string.h>

/* table: address bytes (4 or 16) → name. Replaced, never changed, once published; older tables live on until the end,
 * for readers that still hold names of theirs. */
struct LecNames {
  GHashTable *_Atomic table;
  GPtrArray *tables; /* all that were ever published; writer only */
};

LecNames *
lec_names_new (void)
{
  LecNames *names = g_new0 (LecNames, 1);

  names->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  return names;
}

void
lec_names_free (LecNames *names)
{
  g_ptr_array_unref (names->tables);
  g_free (names);
}

static void
add_name (const uint8_t *address, unsigned address_bytes, const char *name, void *data)
{
  GHashTable *table = data;

  g_hash_table_insert (table, g_bytes_new (address, address_bytes), g_strdup (name));
}

void
lec_names_update (LecNames *names, LecTrace *trace)
{
  GHashTable *table = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, g_free);

  lec_trace_foreach_name (trace, add_name, table);
  GHashTable *former = atomic_load_explicit (&names->table, memory_order_relaxed);
  if (g_hash_table_size (table) == (former ? g_hash_table_size (former) : 0)) {
    g_hash_table_unref (table);
    return;
  }
  g_ptr_array_add (names->tables, table);
  atomic_store_explicit (&names->table, table, memory_order_release);
}

const char *
lec_names_find (const LecNames *names, const uint8_t *address, unsigned address_bytes)
{
  GHashTable *table = atomic_load_explicit (&names->table, memory_order_acquire);

  if (!table)
    return NULL;
  g_autoptr (GBytes) key = g_bytes_new_static (address, address_bytes);
  return g_hash_table_lookup (table, key);
}
