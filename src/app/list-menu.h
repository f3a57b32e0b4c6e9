/* The context menu of a cell of the message list. */
#pragma once

#include "app/message-list.h"

G_BEGIN_DECLS

/* PARENT unparents it when it goes. */
GtkWidget *lec_list_menu_new (GtkWidget *parent);
/* Opens it for ROW at POSITION, in column ID (−1: the added column of FIELD), at X and Y in its parent. */
void lec_list_menu_popup (GtkPopoverMenu *menu, LecMessageList *list, LecSession *session, const LecRow *row,
                          guint position, int id, const LecName *field, double x, double y);

G_END_DECLS
