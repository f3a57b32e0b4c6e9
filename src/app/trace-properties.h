/* What there is to tell about a trace as a whole, in tables of words: for its window, and to be copied.
 *
 * Takes the same time however long the trace is: of what can be many only the first are told, and how many there are.
 */
#pragma once

#include "app/document.h"

G_BEGIN_DECLS

typedef enum {
  LEC_PROPERTIES_FILE,
  LEC_PROPERTIES_TIME,
  LEC_PROPERTIES_CONTENTS,
  LEC_PROPERTIES_DAMAGE,
  LEC_PROPERTIES_INTERFACES,
  LEC_PROPERTIES_ORIGIN,
  LEC_PROPERTIES_NAMES,
  LEC_N_PROPERTIES
} LecPropertiesPart;

/* Cells row by row. Where there is a heading, the first row is one; where there are two columns and none, each row is a
 * name and its value. `remark` says what the cells do not: that there are none, or that there are more; "" = nothing.
 */
typedef struct {
  unsigned n_columns;
  gboolean has_heading;
  GPtrArray *cells; /* of char */
  GString *remark;
} LecPropertiesTable;

LecPropertiesTable *lec_properties_table_new (LecDocument *document, LecPropertiesPart part);
void lec_properties_table_free (LecPropertiesTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecPropertiesTable, lec_properties_table_free)
gboolean lec_properties_table_equal (const LecPropertiesTable *table, const LecPropertiesTable *other);
/* A line a row, cells separated by tabs, as it is copied. */
void lec_properties_table_append (const LecPropertiesTable *table, GString *text);

/* The part's title. Borrowed. */
const char *lec_properties_title (LecPropertiesPart part);

G_END_DECLS
