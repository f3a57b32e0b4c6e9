/* A row of the message list while GTK looks at it; not kept by anyone else. */
#pragma once

#include "session/rows.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define LEC_TYPE_ROW_ITEM (lec_row_item_get_type ())
G_DECLARE_FINAL_TYPE (LecRowItem, lec_row_item, LEC, ROW_ITEM, GObject)

LecRowItem *lec_row_item_new (const LecRow *row);
/* Borrowed. May be written to where the row has changed in place. */
LecRow *lec_row_item_row (LecRowItem *item);

/* All that a row says, separated by tabs. Free with g_free(). */
char *lec_row_text_dup_line (const LecRowText *text);

G_END_DECLS
