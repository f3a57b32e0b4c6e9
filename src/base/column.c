#include "base/column.h"

#include "base/pages.h"

#define LEC_COLUMN_CHUNKS (1u << (32 - LEC_COLUMN_CHUNK_SHIFT))
/* Narrower columns would leave too much of a huge page unused. */
#define LEAST_ELEMENT_IN_HUGE_PAGES 4u

static size_t
chunk_bytes (const LecColumn *column)
{
  return (size_t) LEC_COLUMN_CHUNK_ROWS * column->element_bytes;
}

void
lec_column_init (LecColumn *column, uint32_t element_bytes)
{
  column->chunks = lec_pages_new (LEC_COLUMN_CHUNKS * sizeof (uint8_t *));
  column->n_chunks = 0;
  column->element_bytes = element_bytes;
}

void
lec_column_clear (LecColumn *column)
{
  if (!column->chunks)
    return;
  for (uint32_t i = 0; i < column->n_chunks; i++)
    lec_pages_free (column->chunks[i], chunk_bytes (column));
  lec_pages_free (column->chunks, LEC_COLUMN_CHUNKS * sizeof (uint8_t *));
  *column = (LecColumn){ 0 };
}

/* Chunks to add at once: so many as fill a huge page, once there are as many of small pages. */
static uint32_t
chunks_at_once (const LecColumn *column)
{
  uint32_t n_chunks = (uint32_t) (LEC_HUGE_PAGE_BYTES / chunk_bytes (column));

  return column->element_bytes >= LEAST_ELEMENT_IN_HUGE_PAGES && n_chunks > 1 && column->n_chunks >= n_chunks &&
                 column->n_chunks + n_chunks <= LEC_COLUMN_CHUNKS
             ? n_chunks
             : 1;
}

void
lec_column_grow (LecColumn *column, uint32_t n_rows)
{
  while (((uint64_t) column->n_chunks << LEC_COLUMN_CHUNK_SHIFT) < n_rows) {
    uint32_t n_chunks = chunks_at_once (column);
    uint8_t *memory = lec_pages_new (n_chunks * chunk_bytes (column));
    for (uint32_t i = 0; i < n_chunks; i++)
      column->chunks[column->n_chunks++] = memory + i * chunk_bytes (column);
  }
}
