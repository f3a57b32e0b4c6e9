/* A column: elements of one size in chunks that never move once they are there.
 *
 * One writer, any number of readers, no lock. The writer reserves, fills, and publishes a length elsewhere with a
 * release store; a reader takes that length with an acquire load and reads only below it. The table of chunks has its
 * full size from the start (virtual memory that is only touched where used), so that it never moves either. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

#define LEC_COLUMN_CHUNK_SHIFT 16
#define LEC_COLUMN_CHUNK_ROWS  (1u << LEC_COLUMN_CHUNK_SHIFT)

typedef struct {
  uint8_t **chunks; /* LEC_COLUMN_CHUNKS pointers; those below n_chunks are set. Written by the writer only */
  uint32_t n_chunks;
  uint32_t element_bytes;
} LecColumn;

void lec_column_init (LecColumn *column, uint32_t element_bytes);
void lec_column_clear (LecColumn *column);
/* Writer: makes rows 0 … n_rows − 1 exist, zeroed. */
void lec_column_grow (LecColumn *column, uint32_t n_rows);

static inline void
lec_column_reserve (LecColumn *column, uint32_t n_rows)
{
  if (G_UNLIKELY (((uint64_t) column->n_chunks << LEC_COLUMN_CHUNK_SHIFT) < n_rows))
    lec_column_grow (column, n_rows);
}

static inline void *
lec_column_at (const LecColumn *column, uint32_t row)
{
  return column->chunks[row >> LEC_COLUMN_CHUNK_SHIFT] +
         (size_t) (row & (LEC_COLUMN_CHUNK_ROWS - 1)) * column->element_bytes;
}

/* The element as an lvalue; with the size known to the compiler, which is what makes a column as fast as an array. */
#define LEC_COLUMN(column, type, row)                                                                                  \
  (((type *) (column)->chunks[(row) >> LEC_COLUMN_CHUNK_SHIFT])[(row) & (LEC_COLUMN_CHUNK_ROWS - 1)])

G_END_DECLS
