/* Memory straight from the kernel: zeroed as it is touched, given back whole.
 *
 * Pieces of LEC_HUGE_PAGE_BYTES and more are aligned to that and asked for in huge pages. What is found by chance among
 * many megabytes, as conversations and what hangs on them are, otherwise misses in the table of pages at every turn. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_HUGE_PAGE_BYTES ((size_t) 2 << 20)

/* N_BYTES, or the program ends. */
void *lec_pages_new (size_t n_bytes);
/* N_BYTES at MEMORY, which may be a part of what was taken, of whole pages. */
void lec_pages_free (void *memory, size_t n_bytes);

G_END_DECLS
