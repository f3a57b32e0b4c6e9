/* Words that one thread writes and others read at any time: relaxed, and without the bus lock that C's operators on
 * atomics would take. */
#pragma once

#include <stdatomic.h>

#define LEC_GET(word)        atomic_load_explicit (&(word), memory_order_relaxed)
#define LEC_SET(word, value) atomic_store_explicit (&(word), (value), memory_order_relaxed)
/* A word that names a row or the like, which is filled before: whoever follows it finds that whole. */
#define LEC_FOLLOW(word)      atomic_load_explicit (&(word), memory_order_acquire)
#define LEC_LINK(word, value) atomic_store_explicit (&(word), (value), memory_order_release)
/* Single writer. */
#define LEC_ADD(word, value) LEC_SET (word, LEC_GET (word) + (value))
