#include "base/column.h"

#include <stdlib.h>
#include <sys/mman.h>

#define HUGE_PAGE_BYTES   (2u << 20)
#define LEC_COLUMN_CHUNKS (1u << (32 - LEC_COLUMN_CHUNK_SHIFT))

/* mmap rather than malloc: zeroed by the kernel page by page as it is touched, and given back whole. */
static void *
map_zeroed (size_t size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("Out of memory: %zu bytes for a column", size);
  if (size >= HUGE_PAGE_BYTES) /* rows found by chance, as conversations are: fewer misses of the page table's cache */
    madvise (memory, size, MADV_HUGEPAGE);
  return memory;
}

void
lec_column_init (LecColumn *column, uint32_t element_bytes)
{
  column->chunks = map_zeroed (LEC_COLUMN_CHUNKS * sizeof (uint8_t *));
  column->n_chunks = 0;
  column->element_bytes = element_bytes;
}

void
lec_column_clear (LecColumn *column)
{
  if (!column->chunks)
    return;
  for (uint32_t i = 0; i < column->n_chunks; i++)
    munmap (column->chunks[i], (size_t) LEC_COLUMN_CHUNK_ROWS * column->element_bytes);
  munmap (column->chunks, LEC_COLUMN_CHUNKS * sizeof (uint8_t *));
  *column = (LecColumn){ 0 };
}

void
lec_column_grow (LecColumn *column, uint32_t n_rows)
{
  while (((uint64_t) column->n_chunks << LEC_COLUMN_CHUNK_SHIFT) < n_rows)
    column->chunks[column->n_chunks++] = map_zeroed ((size_t) LEC_COLUMN_CHUNK_ROWS * column->element_bytes);
}

size_t
lec_column_bytes (const LecColumn *column)
{
  return (size_t) column->n_chunks * LEC_COLUMN_CHUNK_ROWS * column->element_bytes;
}
