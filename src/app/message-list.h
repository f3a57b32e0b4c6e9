/* The message list: a GtkColumnView over a LecRowModel, what of it is selected, and how its rows look. */
#pragma once

#include "app/document.h"
#include "app/list-place.h"
#include "app/row-model.h"

G_BEGIN_DECLS

#define LEC_TYPE_MESSAGE_LIST (lec_message_list_get_type ())
G_DECLARE_FINAL_TYPE (LecMessageList, lec_message_list, LEC, MESSAGE_LIST, GtkWidget)

/* Signal "no-match": there is none in the direction that was gone.
 * Property "document", readable and writable; property "flat": frames rather than messages. */
gboolean lec_message_list_flat (LecMessageList *list);
void lec_message_list_set_flat (LecMessageList *list, gboolean flat);
/* Selects the row that shows FRAME, in the middle of the view where it was outside. FALSE where the filter hides it. */
gboolean lec_message_list_show_frame (LecMessageList *list, uint32_t frame, gboolean take_focus);
/* The same for the very row of FRAME: rows that hide it are laid open, and it is selected when they are. The focus
 * stays where it is. */
gboolean lec_message_list_reveal_frame (LecMessageList *list, uint32_t frame);
/* Selects the next row that passes the filter, or the one before; rows that hold some are laid open. */
void lec_message_list_step_match (LecMessageList *list, gboolean forward);
/* Opens or closes the selected row; with nothing to open, goes to its first part or to the row that it is a part of. */
void lec_message_list_set_selected_expanded (LecMessageList *list, gboolean expanded);
void lec_message_list_toggle_selected (LecMessageList *list);
/* Where the list stood when the document was last told; and where it shall stand, with what was selected then, when the
 * rows of the filter are there that is going to be applied. For those who hear that it is (filter-changing). */
void lec_message_list_get_place (LecMessageList *list, LecListPlace *place);
void lec_message_list_set_place (LecMessageList *list, const LecListPlace *place);
void lec_message_list_take_focus (LecMessageList *list);
/* Rows shown. */
guint lec_message_list_n_rows (LecMessageList *list);
/* The rows, for those who look through them in order. Borrowed, NULL where there is no document; until the next turn of
 * the main loop. */
const LecRowList *lec_message_list_rows (LecMessageList *list);
/* Position of the selected row, GTK_INVALID_LIST_POSITION = none. */
guint lec_message_list_selected (LecMessageList *list);
void lec_message_list_select_position (LecMessageList *list, guint position, gboolean take_focus);
/* The sentences of the selected row's verdicts, beside its sign. FALSE where none is selected. */
gboolean lec_message_list_show_verdict (LecMessageList *list);
/* What the cells of ROW say, in order of LecColumnId. Borrowed, until the next call. */
const LecRowText *lec_message_list_text (LecMessageList *list, const LecRow *row, guint position);
/* The selected row as text, its cells separated by tabs; NULL where none is selected. Free with g_free(). */
char *lec_message_list_dup_selected_text (LecMessageList *list);
/* Adds a column for the field NAME, or shows the one that is there. FALSE where there is no such field. */
gboolean lec_message_list_add_column (LecMessageList *list, const char *name);
/* The menu of the columns' header, for a window's menu too. Borrowed. */
GMenuModel *lec_message_list_columns_menu (LecMessageList *list);
/* The actions of that menu, to be inserted as "columns". Borrowed. */
GActionGroup *lec_message_list_columns_actions (LecMessageList *list);

G_END_DECLS
