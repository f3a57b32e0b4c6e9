/* Rows of named columns on standard output: as text in columns, as TSV, or as JSON, one object a line. */
#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum {
  LEC_FORMAT_TEXT,
  LEC_FORMAT_TSV,
  LEC_FORMAT_JSON,
} LecFormat;

typedef struct {
  const char *key; /* the name in JSON */
  int width; /* of the column in text: at least so many characters; negative: to the right; 0: JSON and TSV only */
} LecTableColumn;

typedef struct LecTable LecTable;

/* Borrows COLUMNS. */
LecTable *lec_table_new (LecFormat format, const LecTableColumn *columns, unsigned n_columns);
/* Writes what is still buffered. */
void lec_table_free (LecTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecTable, lec_table_free)

LecFormat lec_table_format (const LecTable *table);

/* The cells of a row, in the order of the columns. A NULL text is null in JSON and empty elsewhere. */
void lec_table_add_text (LecTable *table, const char *text);
void lec_table_add_number (LecTable *table, uint64_t number);
void lec_table_add_frame (LecTable *table, uint32_t frame); /* 0 = none */
void lec_table_add_seconds (LecTable *table, int64_t time_ns);
/* With so many DIGITS behind the point. */
void lec_table_add_real (LecTable *table, double value, unsigned digits);
void lec_table_add_boolean (LecTable *table, gboolean value);
void lec_table_add_none (LecTable *table);
/* Several texts: joined by commas, an array in JSON. Text i ends at ENDS[i] in TEXTS. */
void lec_table_add_texts (LecTable *table, const char *texts, const uint32_t *ends, unsigned n_texts);
/* Several texts, each with the frame that it points to (0 = none): an array of {"text", "frame"} in JSON, else joined
 * by spaces. */
void lec_table_add_texts_of_frames (LecTable *table, const char *const *texts, const uint32_t *frames,
                                    unsigned n_texts);
void lec_table_end_row (LecTable *table);

G_END_DECLS
