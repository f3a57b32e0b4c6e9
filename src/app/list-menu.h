/* The context menu of a cell of the message list. */
#pragma once

#include "app/message-list.h"

G_BEGIN_DECLS

/* For ROW at POSITION, in column ID (−1: the added column of FIELD). Free with g_object_unref(). */
GMenuModel *lec_list_menu_new (LecMessageList *list, LecSession *session, const LecRow *row, guint position, int id,
                               const LecName *field);

G_END_DECLS
