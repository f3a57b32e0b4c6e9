/* The columns of the message list: which there are, how their cells are filled, where they stand and how wide they are,
 * and the memory of that. */
#pragma once

#include "app/message-list.h"

G_BEGIN_DECLS

typedef struct LecListColumns LecListColumns;

/* One column. Owned by its LecListColumns. */
typedef struct {
  LecListColumns *columns;
  int id;               /* LecColumnId, −1 = added for a field */
  char *name;           /* "source"; of an added one the field's */
  const LecName *field; /* of an added one */
  GtkColumnViewColumn *view_column;
  GPtrArray *items; /* the GtkListItems that have a cell in this column; borrowed */
} LecListColumn;

/* A cell, known by its list item's child. */
typedef struct {
  LecListColumn *column;
  GtkListItem *item; /* borrowed */
} LecListCell;

/* Where cells get what they show. */
typedef struct {
  /* The texts of a row. */
  const LecRowText *(*text) (LecMessageList *list, LecRowItem *item, guint position);
  /* The row's widget as a whole: classes and name. */
  void (*dress) (LecMessageList *list, LecRowItem *item, guint position, GtkWidget *row);
  /* The icon of the row's sign, NULL = none. */
  const char *(*sign) (LecMessageList *list, LecRowItem *item, guint position);
  void (*toggle) (LecMessageList *list, guint position);
  void (*sign_pressed) (LecMessageList *list, guint position, GtkWidget *sign);
} LecListCellSource;

/* LIST and VIEW must outlive the columns. */
LecListColumns *lec_list_columns_new (LecMessageList *list, GtkColumnView *view, GSettings *settings,
                                      const LecListCellSource *source);
void lec_list_columns_free (LecListColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecListColumns, lec_list_columns_free)

/* Added columns need the registry of a session; those of the memory appear with the first. */
void lec_list_columns_set_session (LecListColumns *columns, LecSession *session);
/* Borrowed, NULL before the first. */
LecSession *lec_list_columns_session (LecListColumns *columns);
gboolean lec_list_columns_add (LecListColumns *columns, const char *name);
/* Tells the row objects that are alive what their rows have become in ROWS. */
void lec_list_columns_update_rows (LecListColumns *columns, const LecRowList *rows);
/* Fills all cells again, after what they show has changed. */
void lec_list_columns_refresh (LecListColumns *columns);
/* Follows the size of text, and what the time column has to hold. */
void lec_list_columns_fit (LecListColumns *columns, LecTimeFormat time_format);
GMenuModel *lec_list_columns_menu (LecListColumns *columns);
/* The actions of that menu, to be inserted as "columns". Borrowed. */
GActionGroup *lec_list_columns_actions (LecListColumns *columns);
/* The cell that WIDGET is, or is part of; NULL = none. Borrowed. */
const LecListCell *lec_list_cell_of (GtkWidget *widget);
/* The cell of the row at POSITION in column ID. */
const LecListCell *lec_list_columns_cell (LecListColumns *columns, guint position, int id);

G_END_DECLS
