/* Keys of hash tables that are a struct of 32-bit words without padding: hashed and compared as a whole. Whoever makes
 * one clears what it does not use. */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <string.h>

G_BEGIN_DECLS

static inline guint
lec_word_key_hash (const void *key, size_t key_bytes)
{
  const uint32_t *words = key;
  uint32_t hash = 0;

  for (size_t i = 0; i < key_bytes / 4; i++)
    hash = (hash ^ words[i]) * 0x9e3779b1u;
  return hash ^ hash >> 15;
}

/* Defines NAME_hash() and NAME_equal() for g_hash_table_new(), of keys of TYPE. */
#define LEC_DEFINE_WORD_KEY(Type, name)                                                                                \
  G_STATIC_ASSERT (sizeof (Type) % 4 == 0);                                                                            \
  static guint name##_hash (gconstpointer key)                                                                         \
  {                                                                                                                    \
    return lec_word_key_hash (key, sizeof (Type));                                                                     \
  }                                                                                                                    \
  static gboolean name##_equal (gconstpointer a, gconstpointer b)                                                      \
  {                                                                                                                    \
    return memcmp (a, b, sizeof (Type)) == 0;                                                                          \
  }

G_END_DECLS
