/* The columns of the message list: which there are, where they stand, the menu that shows and hides them, and the
 * memory of that. */
#pragma once

#include "app/message-list.h"
#include "app/row-dress.h"

G_BEGIN_DECLS

typedef struct LecListColumns LecListColumns;

/* One column. Owned by its LecListColumns. */
typedef struct {
  LecListColumns *columns;
  int id;               /* LecColumnId, −1 = added for a field */
  char *name;           /* "source"; of an added one the field's */
  const LecName *field; /* of an added one */
  int width;            /* as wanted, in tenths of a digit's width */
  GtkColumnViewColumn *view_column;
  GPtrArray *items; /* the GtkListItems that have a cell in this column; borrowed */
} LecListColumn;

/* A cell, known by its list item's child. */
typedef struct {
  LecListColumn *column;
  GtkListItem *item;  /* borrowed */
  LecRowItem *filled; /* what it says, or NULL */
} LecListCell;

/* What cells have done that are pressed. */
typedef struct {
  void (*toggle) (LecMessageList *list, guint position);
  void (*sign_pressed) (LecMessageList *list, guint position, GtkWidget *sign);
} LecListCellFunctions;

/* LIST and VIEW must outlive the columns. */
LecListColumns *lec_list_columns_new (LecMessageList *list, GtkColumnView *view, GSettings *settings,
                                      const LecListCellFunctions *functions);
void lec_list_columns_free (LecListColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecListColumns, lec_list_columns_free)

/* What cells show comes from DRESS, which is borrowed; NULL = nothing. Added columns need the registry of its session:
 * those that were remembered appear with the first. */
void lec_list_columns_set_dress (LecListColumns *columns, LecRowDress *dress);
LecRowDress *lec_list_columns_dress (LecListColumns *columns);
gboolean lec_list_columns_add (LecListColumns *columns, const char *name);
/* The same at a place among all columns; one that is there is moved. */
gboolean lec_list_columns_add_at (LecListColumns *columns, const char *name, guint position);
/* The column at a place among all, NULL = there is none. */
LecListColumn *lec_list_columns_at (LecListColumns *columns, guint position);
/* What menus call it; translated, borrowed. */
const char *lec_list_column_label (const LecListColumn *column);
/* Fills all cells again, after what they show has changed (list-refill.h). */
void lec_list_columns_refresh (LecListColumns *columns);
/* Sets all widths anew (list-widths.h): for the size of text, and for what the time column has to hold. */
void lec_list_columns_fit (LecListColumns *columns, LecTimeFormat time_format);
/* The same, and only if the size of text has changed since. With the list's own size the widths change by themselves.
 */
void lec_list_columns_follow_text (LecListColumns *columns, LecTimeFormat time_format);
/* Tells the largest frame number, which its column has to hold. */
void lec_list_columns_hold_number (LecListColumns *columns, uint32_t largest, LecTimeFormat time_format);
GMenuModel *lec_list_columns_menu (LecListColumns *columns);
/* The actions of that menu, to be inserted as "columns". Borrowed. */
GActionGroup *lec_list_columns_actions (LecListColumns *columns);
/* The cell that WIDGET is, or is part of; NULL = none. Borrowed. */
const LecListCell *lec_list_cell_of (GtkWidget *widget);
/* The first row from POSITION on that has cells, G_MAXUINT = none. */
guint lec_list_columns_next_row (LecListColumns *columns, guint position);
/* The cell of the row at POSITION in column ID. */
const LecListCell *lec_list_columns_cell (LecListColumns *columns, guint position, int id);

G_END_DECLS
